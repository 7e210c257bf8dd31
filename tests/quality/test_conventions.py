"""What the code of the package and of the derivations never does, read off the syntax trees.

No text is executed, no failure is swallowed, nothing prints in passing, no float stands where things are
decided, and every public name says what it means.
"""

import ast
import inspect
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import proofcheck

ROOT = Path(__file__).parents[2]
SOURCES = sorted(
    path.relative_to(ROOT) for folder in ("proofcheck", "derivations") for path in (ROOT / folder).rglob("*.py")
)

EXECUTES_TEXT = {"eval", "exec", "lambdify", "parse_expr", "sympify"}
READS_CODE = {"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve"}
MAY_PRINT = ("proofcheck/cli.py", "proofcheck/reports/")
# Numerics compute, provers only search, and the rest measure time.
MAY_HOLD_FLOATS = (
    "proofcheck/cli.py",
    "proofcheck/numerics/",
    "proofcheck/provers/",
    "proofcheck/reports/",
    "proofcheck/running/answering.py",
    "proofcheck/testing/",
)

Finding = tuple[int, str]
Convention = Callable[[ast.Module], Iterator[Finding]]


def executed_text(tree: ast.Module) -> Iterator[Finding]:
    """Mentions of what runs a text as code; a mention is enough, since a function can be handed on."""
    sympy_names = {"sympy"}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                sympy_names |= {alias.asname for alias in names if alias.name == "sympy" and alias.asname}
                yield from ((node.lineno, a.name) for a in names if a.name.split(".")[0] in READS_CODE)
            case ast.ImportFrom(module=str(module), names=names):
                if module.split(".")[0] in READS_CODE:
                    yield node.lineno, module
                yield from ((node.lineno, a.name) for a in names if a.name in EXECUTES_TEXT)
                if module.split(".")[0] == "sympy":
                    yield from ((node.lineno, "sympy's S") for a in names if a.name == "S")
            case ast.Name(id=name) if name in EXECUTES_TEXT:
                yield node.lineno, name
            case ast.Attribute(attr=name, value=value) if name in EXECUTES_TEXT:
                # A method such as `Poly.eval` is another thing; `builtins.eval` is not.
                if name not in {"eval", "exec"} or (isinstance(value, ast.Name) and value.id == "builtins"):
                    yield node.lineno, name
            case ast.Call(keywords=keywords) if any(k.arg == "allow_pickle" for k in keywords):
                yield node.lineno, "allow_pickle"
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="S", value=ast.Name(id=name)) if name in sympy_names:
                yield node.lineno, "sympy's S"


def swallowed_failures(tree: ast.Module) -> Iterator[Finding]:
    """Handlers that catch everything unnamed, or that do nothing with what they caught."""
    for node in ast.walk(tree):
        match node:
            case ast.ExceptHandler(type=None):
                yield node.lineno, "bare except"
            case ast.ExceptHandler(body=[ast.Pass() | ast.Expr(value=ast.Constant())]):
                yield node.lineno, "except: pass"
            case ast.Call(func=ast.Name(id="suppress") | ast.Attribute(attr="suppress"), args=kinds) if any(
                isinstance(kind, ast.Name) and kind.id in {"BaseException", "Exception"} for kind in kinds
            ):
                yield node.lineno, "suppress(Exception)"


def prints(tree: ast.Module) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == "print":
            yield node.lineno, "print"


def float_literals(tree: ast.Module) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, float | complex):
            yield node.lineno, f"{node.value!r}; an exact number is written Rational(1, 3) or Fraction(1, 3)"


def float_conversions(tree: ast.Module) -> Iterator[Finding]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="float" | "complex" as name)):
                yield node.lineno, f"{name}(...)"


def undocumented_names(tree: ast.Module) -> Iterator[Finding]:
    """Public functions, classes and methods, and the module itself, that lack a docstring."""
    if tree.body and not ast.get_docstring(tree):
        yield 1, "the module has no docstring"
    yield from undocumented_in(tree)


def undocumented_in(scope: ast.Module | ast.ClassDef) -> Iterator[Finding]:
    for node in scope.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if not ast.get_docstring(node) and not repeats_a_documented_name(node):
            yield node.lineno, f"{node.name} has no docstring"
        if isinstance(node, ast.ClassDef):
            yield from undocumented_in(node)


def repeats_a_documented_name(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> bool:
    """Whether a decorator says that the docstring stands elsewhere, as at an overload or a setter."""
    return any(
        ast.unparse(decorator).rpartition(".")[2] in {"deleter", "overload", "override", "setter"}
        for decorator in node.decorator_list
    )


def within(path: Path, places: tuple[str, ...]) -> bool:
    return any(path.as_posix() == place or path.as_posix().startswith(place) for place in places)


def violations(convention: Convention, source: str, path: Path) -> list[str]:
    return [f"{path}:{line}: {what}" for line, what in convention(ast.parse(source))]


def conventions_for(path: Path) -> list[Convention]:
    conventions: list[Convention] = [executed_text, swallowed_failures]
    if not within(path, MAY_PRINT):
        conventions.append(prints)
    if not within(path, MAY_HOLD_FLOATS):
        conventions.append(float_literals)
    if within(path, ("proofcheck/kernel/",)):
        conventions.append(float_conversions)
    if within(path, ("proofcheck/",)):
        conventions.append(undocumented_names)
    return conventions


def test_the_sources_are_found() -> None:
    assert Path("proofcheck/__init__.py") in SOURCES
    if (ROOT / "derivations").exists():
        assert any(path.parts[0] == "derivations" for path in SOURCES)


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_conventions_are_kept(path: Path) -> None:
    source = (ROOT / path).read_text(encoding="utf-8")
    broken = [line for convention in conventions_for(path) for line in violations(convention, source, path)]
    assert not broken, "\n".join(broken)


def test_the_distribution_is_named_typed_and_callable() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "proofcheck-workbench"
    assert project["scripts"] == {"proofcheck": "proofcheck.cli:main"}
    assert (ROOT / "proofcheck/py.typed").is_file()


@pytest.mark.parametrize(
    ("convention", "source"),
    [
        (executed_text, "eval('1')"),
        (executed_text, "exec('1')"),
        (executed_text, "run = eval"),
        (executed_text, "import builtins\nbuiltins.exec('1')"),
        (executed_text, "import sympy\nsympy.sympify('x')"),
        (executed_text, "from sympy import sympify as read"),
        (executed_text, "from sympy.parsing.sympy_parser import parse_expr"),
        (executed_text, "import sympy as sp\nsp.lambdify(x, y)"),
        (executed_text, "import sympy as sp\nsp.S('x')"),
        (executed_text, "from sympy import S"),
        (executed_text, "def late():\n    import pickle"),
        (executed_text, "from pickle import loads"),
        (executed_text, "numpy.load(path, allow_pickle=True)"),
        (swallowed_failures, "try:\n    f()\nexcept:\n    raise"),
        (swallowed_failures, "try:\n    f()\nexcept ValueError:\n    pass"),
        (swallowed_failures, "try:\n    f()\nexcept ValueError:\n    ..."),
        (swallowed_failures, "with contextlib.suppress(Exception):\n    f()"),
        (prints, "print('here')"),
        (prints, "list(map(print, found))"),
        (float_literals, "x = 0.5"),
        (float_literals, "def f(budget=1e-9): return budget"),
        (float_literals, "x = 2j"),
        (float_conversions, "float(x)"),
        (undocumented_names, "x = 1"),
        (undocumented_names, "'''Doc.'''\ndef f(): return 1"),
        (undocumented_names, "'''Doc.'''\nclass Term:\n    x: int"),
        (undocumented_names, "'''Doc.'''\nclass Term:\n    '''Doc.'''\n    def degree(self): return 1"),
    ],
)
def test_a_violation_is_seen(convention: Convention, source: str) -> None:
    assert list(convention(ast.parse(source)))


@pytest.mark.parametrize(
    ("convention", "source"),
    [
        (executed_text, "polynomial.eval(2)\nimport re\nre.compile('x')\nS = operator('S')\nS(Delta)"),
        (swallowed_failures, "try:\n    f()\nexcept ValueError as problem:\n    raise Rejected from problem"),
        (prints, "console.print('shown')"),
        (float_literals, "x = 1\ny = '0.5'\nisinstance(x, float)"),
        (float_conversions, "isinstance(x, float)"),
        (undocumented_names, "'''Doc.'''\ndef _f(): return 1\nclass _Hidden:\n    def f(self): return 1"),
        (undocumented_names, ""),
    ],
)
def test_good_code_is_let_through(convention: Convention, source: str) -> None:
    assert not list(convention(ast.parse(source)))


@pytest.mark.parametrize(
    ("path", "convention"),
    [
        ("proofcheck/running/run.py", prints),
        ("proofcheck/provers/sturm.py", prints),
        ("proofcheck/kernel/check.py", float_literals),
        ("proofcheck/kernel/check.py", float_conversions),
        ("proofcheck/rules/energy.py", float_literals),
        ("derivations/paper/section.py", float_literals),
        ("derivations/paper/section.py", executed_text),
        ("proofcheck/numerics/kernels.py", undocumented_names),
    ],
)
def test_a_convention_covers_its_files(path: str, convention: Convention) -> None:
    assert convention in conventions_for(Path(path))


#: Names for values, which have no docstring of their own.
CONSTANTS = {"pi"}


@pytest.mark.parametrize("name", sorted(set(proofcheck.__all__) - CONSTANTS))
def test_a_public_name_says_what_it_means_and_shows_it(name: str) -> None:
    documented = inspect.getdoc(getattr(proofcheck, name)) or ""
    assert ">>>" in documented, f"{name} has no example"
