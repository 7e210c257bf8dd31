"""Finding derivations and importing them: each under a private name, each on its own.

A derivation is a folder with `__init__.py` (its docstring's first line is the title; `SOURCE`, `ORDER`, `UNCOVERED`
and `FIGURES` are optional) or a single file; any file may have `FINDINGS`. What cannot be read becomes a `Trouble` at
the author's line.
"""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import inspect
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar

from proofcheck.results import Trouble

from .guarding import PATIENCE, guarded

if TYPE_CHECKING:
    # The language is loaded for those who load derivations, not for those who only look for them.
    from proofcheck.language.claims import Claim
    from proofcheck.language.findings import Finding

FOLDER = "derivations"
#: How the names of derivations' modules begin.
PRIVATE = "proofcheck_derivation_"
Declared = TypeVar("Declared")
Read = TypeVar("Read")

#: What an author calls the language's classes, which Python's own messages name.
_KINDS = {
    **dict.fromkeys(("Symbol", "Add", "Multiply", "Power", "Call", "Inner", "Total", "Named"), "a scalar"),
    **dict.fromkeys(("Fixed", "VectorSum", "Scaled"), "a vector"),
    "Constant": "a number",
    "ScalarPath": "a function of time",
    "Path": "a path of vectors",
    "Applied": "an operator's image",
    "Operator": "an operator",
    "Relation": "a relation",
    "VectorEquation": "an equation of vectors",
    "Chain": "a chain",
    "Claim": "a claim",
    "Flow": "a flow",
}
_CLASS = re.compile(rf"'({'|'.join(_KINDS)})'(?: object)?|(?<=not )({'|'.join(_KINDS)})\b")
#: What Python says of a call that does not fit a function, and of a name that we have not.
_CALL = re.compile(r"\b(\w+)\(\) (?:got an unexpected keyword argument '(\w+)'|missing \d|takes )")
_NOT_THERE = re.compile(r"cannot import name '(\w+)' from 'proofcheck'")


class NoDerivation(Exception):
    """Paths that name no derivation, or two of one name; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a derivation's files are: what to import, and the folder that its troubles point into."""

    path: Path

    @property
    def name(self) -> str:
        """The derivation's name: of its folder, or of its file without the suffix."""
        return self.path.stem if self.path.is_file() else self.path.name

    @property
    def main_file(self) -> Path:
        """The file that is imported first."""
        return self.path if self.path.is_file() else self.path / "__init__.py"

    def shown(self, file: str) -> str:
        """A file as a reader of the derivation names it: from the current folder, or from the derivation's."""
        path = Path(file).resolve()
        for base in (Path.cwd(), self.path.parent):
            if path.is_relative_to(base):
                return path.relative_to(base).as_posix()
        return path.name

    def trouble(self, error: BaseException, line: int, claim: str = "") -> Trouble:
        """An error of the author's code, at the innermost line that is in the derivation."""
        if isinstance(error, SyntaxError) and error.filename and self._has(error.filename):
            file, line = error.filename, error.lineno or 1
            message, remedy = f"{claim}Python cannot read this line: {error.msg}", "correct the line"
        else:
            file, line = self._place(error, line)
            message, remedy = claim + _what(error), _remedy(error)
        return Trouble(self.shown(file), line, message, remedy)

    def place(self, error: BaseException, line: int = 1) -> str:
        """Where in the derivation an error came up, as file and line."""
        file, line = self._place(error, line)
        return f"{self.shown(file)}:{line}"

    def _place(self, error: BaseException, line: int) -> tuple[str, int]:
        """The innermost line of the derivation, or the given one of its main file."""
        file = str(self.main_file)
        for frame, number in traceback.walk_tb(error.__traceback__):
            if self._has(frame.f_code.co_filename):
                file, line = frame.f_code.co_filename, number or line
        return file, line

    def _has(self, file: str) -> bool:
        return Path(file).is_relative_to(self.path)


@dataclass(frozen=True, slots=True)
class Derivation:
    """An imported derivation: its claims in the paper's order, and what kept others from being read."""

    source: Source
    title: str
    source_text: str
    claims: tuple[Claim, ...]
    troubles: tuple[Trouble, ...]
    uncovered: tuple[tuple[str, str], ...]
    figures: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    sections: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The derivation's name."""
        return self.source.name


def find(paths: Sequence[Path]) -> tuple[Source, ...]:
    """The derivations at the paths: a derivation itself, one of its files, or a folder of derivations.

    Raises `NoDerivation`.
    """
    found: dict[Path, None] = {}
    for path in paths or (Path(FOLDER),):
        found |= dict.fromkeys(_found_at(path))
    sources = tuple(map(Source, found))
    named: dict[str, Source] = {}
    for source in sources:
        first = named.setdefault(source.name, source)
        if first is not source:
            raise NoDerivation(f"{first.path} and {source.path} have one name, so their records would have one file")
    return sources


def _found_at(path: Path) -> list[Path]:
    resolved = path.resolve()
    if resolved.is_file() and resolved.suffix == ".py":
        return [resolved.parent if (resolved.parent / "__init__.py").is_file() else resolved]
    if (resolved / "__init__.py").is_file():
        return [resolved]
    if not resolved.is_dir():
        near = _nearest(path.name, (each.name for each in path.parent.iterdir())) if path.parent.is_dir() else ""
        raise NoDerivation(f"there is no {path}{near}; `proofcheck new NAME` makes {FOLDER}/NAME.py to begin with")
    inside = [
        child
        for child in sorted(resolved.iterdir())
        if not child.name.startswith(("_", "."))
        and (child.suffix == ".py" if child.is_file() else any(child.glob("*.py")))
    ]
    if not inside:
        raise NoDerivation(f"{path} has no derivation; `proofcheck new NAME` makes one to begin with")
    return inside


def load(source: Source, patience: float = PATIENCE) -> Derivation:
    """Import a derivation. Errors of its code become its troubles, as does a file that takes too long.

    Only Ctrl-C is raised.
    """
    from proofcheck.language.claims import collecting

    troubles: list[Trouble] = []
    if not source.main_file.is_file():
        remedy = "write one: its docstring's first line is the derivation's title"
        missing = Trouble(source.shown(str(source.main_file)), 1, "the folder has no __init__.py", remedy)
        return Derivation(source, source.name, "", (), (missing,), ())
    with collecting() as gathered:
        main = _imported(source, _private_name(source), source.main_file, troubles, patience)
        files = _files(source, main, troubles) if main is not None else []
        modules = {source.main_file: main}
        for file in files:
            modules[file] = _imported(source, f"{_private_name(source)}.{file.stem}", file, troubles, patience)
    claims = _named_once(source, _in_order([source.main_file, *files], gathered), troubles)
    if not claims and not troubles:
        remedy = "decorate a function that returns a statement with @claim(...)"
        troubles.append(Trouble(source.shown(str(source.main_file)), 1, "the derivation has no claims", remedy))
    findings = tuple(each for file in modules for each in _findings(source, file, modules[file], claims, troubles))
    with_claims = {claim.file for claim in claims}
    sections = tuple(
        (source.shown(str(file)), _title(module) or file.stem)
        for file, module in modules.items()
        if str(file) in with_claims
    )
    source_text = _declared(source, main, "SOURCE", "", troubles)
    uncovered: Mapping[str, str] = _declared(source, main, "UNCOVERED", {}, troubles)
    pairs = tuple((str(number), str(reason)) for number, reason in uncovered.items())
    figures = tuple(map(str, _declared(source, main, "FIGURES", (), troubles)))
    title = _title(main) or source.name
    return Derivation(source, title, source_text, tuple(claims), tuple(troubles), pairs, figures, findings, sections)


def stated(source: Source, claim: Claim, read: Callable[[Claim], Read], patience: float = PATIENCE) -> Read | Trouble:
    """What is read off a claim, or what went wrong while its author's code ran. Only Ctrl-C is raised."""
    try:
        with guarded(f"the claim {claim.name} ({source.shown(claim.file)}:{claim.line})", patience):
            return read(claim)
    except KeyboardInterrupt as error:
        error.add_note(f"at {source.place(error, claim.line)}")
        raise
    except BaseException as error:
        return source.trouble(error, claim.line, f"{claim.where}: ")


def _title(module: ModuleType | None) -> str:
    """The first line of a module's docstring."""
    return next(iter(((module.__doc__ if module else None) or "").strip().splitlines()), "")


def _findings(
    source: Source, file: Path, module: ModuleType | None, claims: Sequence[Claim], troubles: list[Trouble]
) -> list[Finding]:
    """The findings of a file whose claims are the derivation's own."""
    from proofcheck.language.findings import Finding

    declared: object = getattr(module, "FINDINGS", ())
    wrong = ""
    if not isinstance(declared, tuple | list) or not all(isinstance(each, Finding) for each in declared):
        declared, wrong = (), "FINDINGS holds something that is no finding"
    found = []
    for each in declared:
        if strangers := [about.name for about in each.claims if not any(about is claim for claim in claims)]:
            wrong = f"the finding {each.title!r} is about {', '.join(strangers)}, which is no claim of the derivation"
        else:
            found.append(each)
    if wrong:
        remedy = 'make it a tuple of survives("title", "two sentences", claim), fails(...), lacks(...) or loose(...)'
        troubles.append(Trouble(source.shown(str(file)), _line_of(file, "FINDINGS"), wrong, remedy))
    return found


def _private_name(source: Source) -> str:
    """The name of the imported module: one that hides no other."""
    return PRIVATE + re.sub(r"\W", "_", source.name)


def _files(source: Source, main: ModuleType, troubles: list[Trouble]) -> list[Path]:
    """The files of a derivation's folder, first those that ORDER names."""
    if source.path.is_file():
        return []
    files = {path.stem: path for path in sorted(source.path.glob("*.py")) if not path.name.startswith("_")}
    first: list[Path] = []
    order: Sequence[object] = _declared(source, main, "ORDER", (), troubles)
    for name in map(str, order):
        if name in files:
            first.append(files.pop(name))
            continue
        message = f"ORDER names {name!r}, and there is no {name}.py{_nearest(name, files)}"
        line = _line_of(source.main_file, "ORDER")
        troubles.append(Trouble(source.shown(str(source.main_file)), line, message, "name files of the folder"))
    return [*first, *files.values()]


def _imported(source: Source, name: str, path: Path, troubles: list[Trouble], patience: float) -> ModuleType | None:
    try:
        if "." in name:
            with guarded(f"the import of {source.shown(str(path))}", patience):
                return importlib.import_module(name)  # done already where an earlier file imported it
        for known in [known for known in sys.modules if known == name or known.startswith(f"{name}.")]:
            del sys.modules[known]
        places = [str(path.parent)] if path.name == "__init__.py" else None
        spec = importlib.util.spec_from_file_location(name, path, submodule_search_locations=places)
        assert spec is not None and spec.loader is not None
        module = sys.modules[name] = importlib.util.module_from_spec(spec)
        with guarded(f"the import of {source.shown(str(path))}", patience):
            spec.loader.exec_module(module)
        return module
    except KeyboardInterrupt as error:
        error.add_note(f"at {source.place(error)}")
        raise
    except BaseException as error:
        sys.modules.pop(name, None)
        if (trouble := source.trouble(error, 1)) not in troubles:
            troubles.append(trouble)
        return None


def _in_order(files: Sequence[Path], gathered: Iterable[Claim]) -> list[Claim]:
    """The derivation's own claims; a file that another one imports still keeps its place."""
    places = {str(file): place for place, file in enumerate(files)}
    return sorted((claim for claim in gathered if claim.file in places), key=lambda claim: places[claim.file])


def _named_once(source: Source, gathered: Iterable[Claim], troubles: list[Trouble]) -> list[Claim]:
    """The claims without those whose name an earlier one has."""
    claims: dict[str, Claim] = {}
    for claim in gathered:
        first = claims.setdefault(claim.name, claim)
        if first is not claim:
            earlier = f"{source.shown(first.file)}:{first.line}"
            message = f"the name {claim.name} is used twice; {earlier} has it first"
            remedy = "give this claim a name of its own"
            troubles.append(Trouble(source.shown(claim.file), claim.line, message, remedy))
    return list(claims.values())


def _declared(
    source: Source, module: ModuleType | None, name: str, default: Declared, troubles: list[Trouble]
) -> Declared:
    value: Declared = getattr(module, name, default)
    kind = Mapping if isinstance(default, dict) else Sequence if isinstance(default, tuple) else str
    if isinstance(value, kind) and (kind is str or not isinstance(value, str)):
        return value
    shown, line = source.shown(str(source.main_file)), _line_of(source.main_file, name)
    remedy = {"SOURCE": "a text", "ORDER": "a tuple of file names", "UNCOVERED": "a dict from numbers to reasons"}
    remedy["FIGURES"] = "a tuple of names of figures"
    troubles.append(Trouble(shown, line, f"{name} is a {type(value).__name__}", f"make it {remedy[name]}"))
    return default


def _line_of(file: Path, name: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(name)), 1)


def _nearest(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _vocabulary() -> Sequence[str]:
    """What a derivation can import from proofcheck."""
    names: Sequence[str] = importlib.import_module("proofcheck").__all__
    return names


def _what(error: BaseException) -> str:
    text = str(error) or "no message"
    if isinstance(error, TypeError | AttributeError):
        text = _CLASS.sub(lambda found: _KINDS[found[1] or found[2]], text)
    return text if type(error).__module__.startswith("proofcheck") else f"{type(error).__name__}: {text}"


def _remedy(error: BaseException) -> str:
    match error:
        case _ if isinstance(remedy := getattr(error, "remedy", None), str):
            return remedy
        case NameError(name=str(name)):
            return f"define {name} before this line, or import it from proofcheck{_nearest(name, _vocabulary())}"
        case ModuleNotFoundError(name=str(name)) if name.split(".")[0] == FOLDER:
            return "import a neighbouring file by its relative name: from proofcheck.setting import ..."
        case ModuleNotFoundError(name=str(name)):
            return f"correct the name, or install {name.split('.')[0]}"
        case ImportError():
            wanted = _NOT_THERE.search(str(error))
            return f"import a name that the module has{_nearest(wanted[1], _vocabulary()) if wanted else ''}"
        case TypeError() if (found := _CALL.search(str(error))) and found[1] in _vocabulary():
            known = inspect.signature(getattr(importlib.import_module("proofcheck"), found[1])).parameters
            near = _nearest(found[2], known) if found[2] else f"; help(proofcheck.{found[1]}) explains them"
            return f"{found[1]} takes {', '.join(known)}{near}"
        case TypeError() if (found := _CALL.search(str(error))) and found[2] == "by":
            return "name the claims that the link needs after its side: .le(x, earlier_claim)"
        case TypeError() if "a scalar was expected, not a" in _what(error):
            return "make a scalar of vectors by inner(x, y) or norm(x), and apply an operator: H(x)"
        case _:
            return "correct the line, or what it is given"
