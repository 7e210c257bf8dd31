"""The direction of imports and the sizes of modules: what the design promises, read off the syntax trees.

    kernel <- results <- language <- rules <- provers <- running <- reports, cli

`records` (what lies on disk, and its recheck) and `explaining` (certificates as mathematics) need the kernel and the
results alone; `recheck` is kept apart from everything that searches. `numerics` uses the language; `testing` uses all
but the reports, and nobody but the command line uses it: Hypothesis is an extra.

An import counts wherever it stands: in a function, under TYPE_CHECKING, or as a text for `import_module`.
"""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path.relative_to(ROOT) for folder in ("proofcheck", "derivations") for path in (ROOT / folder).rglob("*.py")
)

# A part of the package -> the parts that it may import. `package` is `proofcheck/__init__.py`.
KERNEL = {"kernel"}
RESULTS = KERNEL | {"results"}
LANGUAGE = RESULTS | {"language"}
RULES = LANGUAGE | {"rules"}
PROVERS = RULES | {"provers"}
RUN = PROVERS | {"explaining", "records", "running"}
REPORTS = RUN | {"numerics", "reports"}
EVERYTHING = REPORTS | {"cli", "package", "testing", "tex"}
MAY_IMPORT = {
    "kernel": KERNEL,
    "results": RESULTS,
    "records": RESULTS | {"records"},
    "explaining": RESULTS | {"explaining"},
    "language": LANGUAGE,
    "rules": RULES,
    "provers": PROVERS,
    "numerics": {"language", "numerics", "records", "results"},
    "tex": LANGUAGE | {"tex"},
    "running": RUN | {"package"},
    "reports": REPORTS,
    "testing": RUN | {"numerics", "testing"},
    "cli": EVERYTHING,
    "__main__": {"cli"},
    "package": EVERYTHING - {"package"},
    "derivations": {"derivations", "package"},
}
MAY_IMPORT_BY_A_COMPUTED_NAME = {"cli", "package", "running", "testing"}

# What the kernel trusts besides itself; these would let it run what it did not name.
KERNEL_DISTRUSTS = {"builtins", "ctypes", "importlib", "pickle", "pkgutil", "runpy", "subprocess"}


def module_of(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part_of(module: str) -> str:
    """The row of MAY_IMPORT that a module of ours belongs to.

    A name that `proofcheck` itself offers, such as `proofcheck.claim`, belongs to the package's own file.
    """
    top, *below = module.split(".")
    if top == "derivations":
        return top
    return below[0] if below else "package"


def is_part(name: str) -> bool:
    return name in MAY_IMPORT or (ROOT / "proofcheck" / name).is_dir() or (ROOT / f"proofcheck/{name}.py").is_file()


def imported_names(tree: ast.AST, package: str) -> list[tuple[int, str]]:
    """Every (line, dotted name) that the tree imports, relative names resolved from `package`.

    `from a import b` gives `a.b`, whether b is a module or a name in one; a computed name gives `?`.
    """
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                found += [(node.lineno, alias.name) for alias in names]
            case ast.ImportFrom(module=module, names=names, level=level):
                base = absolute(module or "", level, package)
                found += [(node.lineno, f"{base}.{alias.name}") for alias in names]
            case ast.Call(
                func=ast.Name(id="__import__" | "import_module") | ast.Attribute(attr="__import__" | "import_module")
            ):
                match node.args:
                    case [ast.Constant(value=str(name)), *_]:
                        level = len(name) - len(name.lstrip("."))
                        found.append((node.lineno, absolute(name[level:], level, package)))
                    case _:
                        found.append((node.lineno, "?"))
    return found


def absolute(name: str, level: int, package: str) -> str:
    if level == 0:
        return name
    parents = package.split(".")[: len(package.split(".")) - (level - 1)]
    return ".".join([*parents, name] if name else parents)


def why_forbidden(module: str, name: str) -> str | None:
    """The reason why `module` may not import `name`, or None if it may."""
    part = part_of(module)
    top = name.split(".")[0]
    if name == "?":
        return None if part in MAY_IMPORT_BY_A_COMPUTED_NAME else "imports by a computed name"
    if top == "derivations" and part != "derivations":
        return "the package does not know the derivations"
    if top == "proofcheck":
        target = part_of(name)
        target = target if is_part(target) else "package"
        if part == "derivations" and target == "package":
            return None if name.count(".") == 1 else "only `from proofcheck import ...`"
        return None if target in MAY_IMPORT[part] else f"{part} may not import {target}"
    if part == "kernel" and (top in KERNEL_DISTRUSTS or top not in sys.stdlib_module_names | {"flint"}):
        return "the kernel may import the standard library's plain modules and flint only"
    if part == "derivations" and top not in sys.stdlib_module_names | {"derivations", "sympy"}:
        return "a derivation may import proofcheck, sympy and the standard library only"
    return None


def wrong_imports(source: str, path: Path) -> list[str]:
    module = module_of(path)
    if part_of(module) not in MAY_IMPORT:
        return [f"{path}: `{part_of(module)}` has no place in the direction: give it a row in MAY_IMPORT"]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    return [
        f"{path}:{line}: imports {name}: {reason}"
        for line, name in imported_names(ast.parse(source), package)
        if (reason := why_forbidden(module, name))
    ]


def lines_in(path: Path) -> int:
    """The lines of code: without blank lines, comments, docstrings and imports."""
    source = (ROOT / path).read_text(encoding="utf-8")
    passed_over: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Expr(value=ast.Constant(value=str())) | ast.Import() | ast.ImportFrom():
                passed_over |= set(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return sum(
        1
        for number, line in enumerate(source.splitlines(), start=1)
        if line.strip() and not line.strip().startswith("#") and number not in passed_over
    )


def largest_allowed(path: Path) -> int | None:
    """The most lines that a file may have; None for derivations: the paper sets their length."""
    match path.parts:
        case ("proofcheck", "kernel", *_):
            return 200
        case ("proofcheck", *_):
            return 400
        case _:
            return None


def test_the_sources_are_found() -> None:
    assert Path("proofcheck/__init__.py") in SOURCES
    assert any(path.parts[:2] == ("proofcheck", "kernel") for path in SOURCES)
    if (ROOT / "derivations").exists():
        assert any(path.parts[0] == "derivations" for path in SOURCES)


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_imports_follow_the_direction(path: Path) -> None:
    wrong = wrong_imports((ROOT / path).read_text(encoding="utf-8"), path)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", [path for path in SOURCES if largest_allowed(path)], ids=str)
def test_a_module_is_small(path: Path) -> None:
    allowed = largest_allowed(path)
    assert allowed is not None
    assert lines_in(path) <= allowed, f"{path} has {lines_in(path)} lines, more than {allowed}: cut it in two"


def test_the_kernel_is_small() -> None:
    sizes = {str(path): lines_in(path) for path in SOURCES if path.parts[:2] == ("proofcheck", "kernel")}
    assert sizes
    assert sum(sizes.values()) <= 1280, sizes


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("kernel/check.py", "import sympy"),
        ("kernel/check.py", "import numpy.linalg"),
        ("kernel/check.py", "def late():\n    from proofcheck.results import Verdict"),
        ("kernel/check.py", "from ..results import Verdict"),
        ("kernel/check.py", "from .. import results"),
        ("kernel/check.py", "from proofcheck import claim"),
        ("kernel/check.py", "import proofcheck"),
        ("kernel/check.py", "import importlib"),
        ("kernel/check.py", "__import__(name)"),
        ("kernel/__init__.py", "from ..run import run"),
        ("results.py", "from proofcheck.language.claims import Claim"),
        ("results.py", "from . import store"),
        ("records/recheck.py", "from proofcheck.language import claims"),
        ("records/recheck.py", "from proofcheck.running import pool"),
        ("explaining/explain.py", "from proofcheck.provers import portfolio"),
        ("language/scalars.py", "from proofcheck.rules import energy"),
        ("language/scalars.py", "from ..provers.sturm import search"),
        ("rules/energy.py", "from proofcheck.provers import sturm"),
        ("rules/energy.py", "import_module('proofcheck.running.run')"),
        ("rules/energy.py", "import importlib\nimportlib.import_module('..run', __package__)"),
        ("rules/energy.py", "import_module(name)"),
        ("provers/sturm.py", "from proofcheck.running.run import Budget"),
        ("numerics/kernels.py", "from proofcheck.kernel import terms"),
        ("numerics/kernels.py", "from proofcheck import rules"),
        ("numerics/kernels.py", "from proofcheck.provers import sturm"),
        ("numerics/kernels.py", "import proofcheck.running.run"),
        ("numerics/kernels.py", "from proofcheck.testing import falsify"),
        ("testing/falsifying.py", "from proofcheck.reports import latex"),
        ("testing/falsifying.py", "from proofcheck import claim"),
        ("reports/html.py", "from ..testing import falsify"),
        ("running/run.py", "def late():\n    from proofcheck.testing import falsify"),
        ("running/run.py", "from proofcheck.reports import html"),
        ("run.py", "import derivations.bu_xu_chen_2021"),
        ("reports/html.py", "from proofcheck.cli import main"),
        ("novelty.py", "import math"),
        ("../derivations/paper/section.py", "from proofcheck.language import scalar"),
        ("../derivations/paper/section.py", "from proofcheck import kernel"),
        ("../derivations/paper/section.py", "import proofcheck"),
        ("../derivations/paper/section.py", "import numpy"),
    ],
)
def test_a_wrong_import_is_seen(file: str, source: str) -> None:
    assert wrong_imports(source, placed(file))


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("kernel/check.py", "import flint, fractions\nfrom . import terms\nfrom .terms import Term"),
        ("kernel/__init__.py", "from .terms import Term\nfrom proofcheck.kernel import check"),
        ("results.py", "import json\nfrom .kernel.statements import Statement"),
        ("records/store.py", "from pathlib import Path\nfrom proofcheck.kernel import VERSION"),
        (
            "language/scalars.py",
            "import sympy\nfrom ..results import Verdict\nfrom ..kernel.terms import Term",
        ),
        ("numerics/kernels.py", "import numpy\nimport scipy.linalg\nfrom proofcheck.language import claims"),
        (
            "running/run.py",
            "import importlib\nimportlib.import_module(name)\nfrom proofcheck.records import store",
        ),
        ("testing/falsifying.py", "import hypothesis\nfrom proofcheck.kernel import check\nimport_module(name)"),
        ("cli.py", "from proofcheck import __version__\nfrom .reports import html\nfrom .testing import falsify"),
        ("__init__.py", "from .language.claims import claim\nimport_module(name)"),
        (
            "../derivations/paper/section.py",
            "import math\nimport sympy\nfrom proofcheck import claim, scalar",
        ),
        (
            "../derivations/paper/section.py",
            "from .setting import alpha\nfrom derivations.paper import setting",
        ),
    ],
)
def test_a_right_import_is_let_through(file: str, source: str) -> None:
    assert not wrong_imports(source, placed(file))


def placed(file: str) -> Path:
    return Path(file.removeprefix("../")) if file.startswith("../") else Path("proofcheck", file)
