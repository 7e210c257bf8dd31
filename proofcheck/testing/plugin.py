"""The pytest plugin: `pytest derivations/` settles each claim as a test, and draws against what is expected to hold.

A claim is collected twice where numbers can be drawn against it: `energy_decays` passes when its verdict is the
expected one, `energy_decays[drawn]`, marked `slow`, when no exact witness against it is found, nor a solution along
which it fails in numbers. What is needed is imported when a derivation is collected, so that the plugin costs other
projects nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from proofcheck.language.claims import Claim
    from proofcheck.language.expressions import Relation
    from proofcheck.results import DerivationResult
    from proofcheck.running.collecting import Derivation

_IMPORTS = re.compile(r"^\s*(from|import)\s+proofcheck\b", re.MULTILINE)
_FOLDERS = "proofcheck_derivations"
_LOADED = pytest.StashKey[dict[Path, "Derivation"]]()
_SETTLED = pytest.StashKey[dict[str, "DerivationResult"]]()


class NotAsExpected(AssertionError):
    """A claim whose verdict is not the expected one, or that a witness refutes; the message is for the reader."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say where derivations are, and how long to search."""
    parser.addini(_FOLDERS, "folders whose files and packages are derivations", type="args", default=["derivations"])
    group = parser.getgroup("proofcheck", "claims of derivations")
    group.addoption("--proofcheck-seconds", type=float, default=10, metavar="N", help="the budget of one search; 10")
    group.addoption("--proofcheck-examples", type=int, default=200, metavar="N", help="draws for each relation; 200")


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker."""
    config.addinivalue_line("markers", "slow: takes long; of claims, those that draw many numbers")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A derivation's file, in a folder that holds derivations."""
    source = _source_of(file_path, parent.config)
    if source is None:
        return None
    collected: pytest.Collector = DerivationFile.from_parent(parent, path=file_path)
    return collected


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Nothing in place of the test module that pytest sees in a file which is named to it."""
    if _source_of(module_path, parent.config) is None:
        return None
    empty: pytest.Module = _NoModule.from_parent(parent, path=module_path)
    return empty


class _NoModule(pytest.Module):
    def collect(self) -> list[pytest.Item | pytest.Collector]:
        return []


class DerivationFile(pytest.File):
    """A file of claims."""

    def collect(self) -> Iterator[pytest.Item]:
        """Its claims, in order."""
        from proofcheck.explaining.showing import lines_of_trouble

        derivation = _derivation(self)
        here = derivation.source.shown(str(self.path))
        troubles = [trouble for trouble in derivation.troubles if trouble.file == here]
        if troubles:
            raise self.CollectError("\n".join(line for trouble in troubles for line in lines_of_trouble(trouble)))
        for claim in derivation.claims:
            if Path(claim.file) == self.path:
                yield ClaimItem.from_parent(self, name=claim.name, claim=claim)
                if _can_be_drawn(derivation, claim):
                    yield DrawnItem.from_parent(self, name=f"{claim.name}[drawn]", claim=claim)


class _Item(pytest.Item):
    def __init__(self, *, claim: Claim, **keywords: object) -> None:
        super().__init__(**keywords)  # type: ignore[arg-type]
        self.claim = claim

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the claim stands."""
        return self.path, self.claim.line - 1, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> object:  # type: ignore[override]
        """What is wrong with the claim, without a traceback."""
        return str(excinfo.value) if isinstance(excinfo.value, NotAsExpected) else super().repr_failure(excinfo)


class ClaimItem(_Item):
    """A claim, settled; all claims of the session are settled together, with what they rest on."""

    def runtest(self) -> None:
        """Compare the verdict. Raises `NotAsExpected`."""
        from proofcheck.explaining.showing import lines_of_claim, lines_of_trouble

        derivation = _derivation(self)
        settled = _settled(self.session)[derivation.name]
        for claim in settled.claims:
            if claim.name == self.claim.name:
                self.user_properties.append(("verdict", claim.verdict.value))
                if not claim.as_expected:
                    verdicts = f"{claim.where}: {claim.verdict.value}, expected {claim.expected.value}"
                    raise NotAsExpected("\n".join((verdicts, *lines_of_claim(claim, settled, search=False))))
                return
        troubles = [trouble for trouble in settled.troubles if trouble not in derivation.troubles]
        raise NotAsExpected("\n".join(line for trouble in troubles for line in lines_of_trouble(trouble)))


class DrawnItem(_Item):
    """A claim, drawn against."""

    def __init__(self, *, claim: Claim, **keywords: object) -> None:
        """Take long."""
        super().__init__(claim=claim, **keywords)
        self.add_marker("slow")

    def runtest(self) -> None:
        """Search for an exact witness, or a solution that numbers say is one. Raises `NotAsExpected`."""
        try:
            from proofcheck.testing import falsify, lines_of
        except ImportError as error:
            pytest.skip(str(error))
        option = self.config.option
        seed = int(getattr(option, "hypothesis_seed", None) or 0)
        found = falsify(self.claim, examples=option.proofcheck_examples, seed=seed, seconds=option.proofcheck_seconds)
        self.user_properties.append(("verdict", found.verdict.value))
        if found.witness is not None or found.suspected:
            raise NotAsExpected("\n".join(lines_of(found)))
        if not found.draws:
            pytest.skip(f"not drawn: {found.reason}")


def _source_of(path: Path, config: pytest.Config) -> Path | None:
    """The derivation that a file belongs to: the file itself, or its folder inside a folder of derivations."""
    if path.suffix != ".py" or path.name.startswith(".") or (path.name.startswith("_") and path.name != "__init__.py"):
        return None
    if any(path.match(pattern) for pattern in config.getini("python_files")):
        return None
    package = path.parent
    for folder in _folders(config):
        if package == folder and path.name != "__init__.py":
            return path if _speaks_of_proofcheck([path]) else None
        if package.parent == folder and (package / "__init__.py").is_file():
            return package if _speaks_of_proofcheck(sorted(package.glob("*.py"))) else None
    return None


def _folders(config: pytest.Config) -> set[Path]:
    """The folders of derivations below pytest's root and below the current folder, or the root itself by its name."""
    root, here = config.rootpath, config.invocation_params.dir
    named = [Path(each) for each in config.getini(_FOLDERS)]
    below = {base / each for base in (root, here) for each in named}
    return below | {root for each in named if root.parts[-len(each.parts) :] == each.parts}


def _speaks_of_proofcheck(files: list[Path]) -> bool:
    """Whether one of the files imports proofcheck: other projects may have folders of that name."""
    return any(_IMPORTS.search(file.read_text(encoding="utf-8", errors="replace")) for file in files)


def _derivation(node: pytest.File | _Item) -> Derivation:
    """The derivation of a file, imported once a session."""
    from proofcheck.running.collecting import Source, load

    source = _source_of(node.path, node.config)
    assert source is not None
    loaded = node.config.stash.setdefault(_LOADED, {})
    if source not in loaded:
        loaded[source] = load(Source(source))
    return loaded[source]


def _settled(session: pytest.Session) -> dict[str, DerivationResult]:
    """The results of all claims that the session selects, settled together at the first call."""
    from proofcheck.records.store import FOLDER
    from proofcheck.running.run import Settings, cores, run

    config = session.config
    if _SETTLED not in config.stash:
        items = [item for item in session.items if isinstance(item, ClaimItem)]
        derivations = {derivation.name: derivation for item in items for derivation in (_derivation(item),)}
        wanted = {(_derivation(item).name, item.claim.name) for item in items}
        # One process of several, as pytest-xdist makes them, does not start others for every core.
        jobs = 1 if hasattr(config, "workerinput") else cores()
        folder = config.invocation_params.dir / FOLDER
        settings = Settings(folder=folder, jobs=jobs, seconds=config.option.proofcheck_seconds)
        result = run(list(derivations.values()), settings, lambda d, claim: (d.name, claim.name) in wanted)
        config.stash[_SETTLED] = {each.name: each for each in result.derivations}
    return config.stash[_SETTLED]


def _can_be_drawn(derivation: Derivation, claim: Claim) -> bool:
    """Whether a claim is expected to hold and states something of solutions, or what numbers can be drawn for."""
    from proofcheck.results import Trouble, Verdict
    from proofcheck.running.collecting import stated
    from proofcheck.testing.instances import NotDrawn, instance_of

    if claim.expect is not Verdict.PROVED:
        return False
    relations = stated(derivation.source, claim, _relations)
    if isinstance(relations, Trouble):
        return False  # it is told when the claim is settled
    for relation in relations:
        if relation.flows():
            return True
        try:
            if instance_of(relation).decisive:
                return True
        except NotDrawn:
            continue
    return False


def _relations(claim: Claim) -> list[Relation]:
    """What a claim states, or what a rule concludes along a flow."""
    from proofcheck.rules.obligations import Argument
    from proofcheck.testing.instances import relations_of

    if not isinstance(claim.stated, Argument):
        return list(relations_of(claim.stated))
    concluded = claim.stated.conclusion
    return [] if concluded is None or not concluded.flows() else [concluded]
