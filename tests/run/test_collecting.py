"""Derivations are found and imported; what cannot be read points at the author's line."""

import sys
from pathlib import Path

import pytest

from proofcheck.results import Trouble
from proofcheck.running.collecting import Derivation, NoDerivation, find, load
from proofcheck.running.run import run

GOOD = '''"""A title.

More."""
from proofcheck import claim, scalar

SOURCE = "A paper"
UNCOVERED = {"3.01": "prose"}
x = scalar("x")


@claim("Lemma 1", covers="1.1")
def squares():
    """A square is not negative."""
    return x**2 >= 0
'''
CLAIM = """from proofcheck import claim, scalar
x = scalar("x")


@claim("Lemma {number}")
def {name}():
    return x**2 >= 0
"""


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


def loaded(path: Path) -> Derivation:
    [source] = find([path])
    return load(source)


def only_trouble(path: Path) -> Trouble:
    [trouble] = loaded(path).troubles
    return trouble


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_file_is_a_derivation() -> None:
    write(Path("derivations"), paper=GOOD)
    [source] = find([])
    derivation = load(source)
    assert (derivation.name, derivation.title, derivation.source_text) == ("paper", "A title.", "A paper")
    assert derivation.uncovered == (("3.01", "prose"),)
    assert [(claim.name, claim.where, claim.covers) for claim in derivation.claims] == [
        ("squares", "Lemma 1", ("1.1",))
    ]
    assert not derivation.troubles


def test_a_folder_is_a_derivation_in_the_order_that_it_gives() -> None:
    folder = write(
        Path("derivations/paper"),
        __init__='"""Title."""\nORDER = ("second", "first")\n',
        first=CLAIM.format(number=2, name="two") + "from .second import one\n",
        second=CLAIM.format(number=1, name="one") + "from .setting import y\n",
        setting="from proofcheck import scalar\ny = scalar('y')\n",
        _private="raise ValueError('imported by nobody')\n",
    )
    for path in (folder, Path("derivations"), folder / "first.py"):
        assert [claim.name for claim in loaded(path).claims] == ["one", "two"]


def test_without_an_order_files_go_by_name_also_where_they_import_later_ones() -> None:
    folder = write(
        Path("paper"),
        __init__='"""Title."""\n',
        a="from .b import two\n" + CLAIM.format(number=1, name="one"),
        b=CLAIM.format(number=2, name="two"),
    )
    assert [claim.name for claim in loaded(folder).claims] == ["one", "two"]


def test_nothing_of_a_derivation_stays_under_a_public_name() -> None:
    write(Path("derivations"), paper=GOOD)
    loaded(Path("derivations"))
    assert "paper" not in sys.modules
    assert "derivations.paper" not in sys.modules


def test_a_changed_derivation_is_read_anew() -> None:
    write(Path("derivations"), paper=GOOD)
    loaded(Path("derivations"))
    write(Path("derivations"), paper=GOOD.replace("squares", "squares_anew"))
    assert [claim.name for claim in loaded(Path("derivations")).claims] == ["squares_anew"]


@pytest.mark.parametrize(
    ("text", "line", "message", "remedy"),
    [
        ("x = (\n", 1, "Python cannot read this line", "correct"),
        ("import proofcheck\n\nx = = 1\n", 3, "Python cannot read this line", "correct"),
        ("x = 1\ny = gamma + 1\n", 2, "name 'gamma' is not defined", "define gamma"),
        ("\nimport no_such_module\n", 2, "No module named 'no_such_module'", "install no_such_module"),
        ("from derivations.other import x\n", 1, "No module named 'derivations", "relative name"),
        ("from proofcheck import scaler\n", 1, "scaler", "a name that the module has; did you mean 'scalar'?"),
        ("import os\nx = scalr('x')\n", 2, "name 'scalr'", "or import it from proofcheck; did you mean 'scalar'?"),
        ("from proofcheck import scalar\nscalar('x', postive=True)\n", 2, "'postive'", "did you mean 'positive'?"),
        ("from proofcheck import gronwall\ngronwall()\n", 2, "missing 3", "gronwall takes along, "),
        ("from proofcheck import chain\nchain(1).le(2, by=3)\n", 2, "'by'", "after its side"),
        ("from proofcheck import norm, vector\nnorm(vector('x')) + vector('y')\n", 2, "a scalar", "norm(x)"),
        ("from proofcheck import operator\noperator('H', atleast=1)\n", 2, "'atleast'", "did you mean 'at_least'?"),
        ("def f():\n    return 1 / 0\n\nf()\n", 2, "ZeroDivisionError", "correct"),
        ("raise SystemExit(3)\n", 1, "SystemExit", "correct"),
        ("from proofcheck import claim\nclaim('a', expect='REFUTED')\n", 2, "Verdict.REFUTED", "correct"),
        ("from proofcheck import claim\nclaim('a', amends='b')\n", 2, "not its name", "correct"),
        ('"""Title."""\n', 1, "has no claims", "@claim"),
        ("SOURCE = 3\n" + GOOD.replace("SOURCE", "TITLE"), 1, "SOURCE is a int", "make it a text"),
        (GOOD.replace('{"3.01": "prose"}', "'prose'"), 7, "UNCOVERED is a str", "make it a dict"),
    ],
)
def test_what_cannot_be_read_points_at_the_line(text: str, line: int, message: str, remedy: str) -> None:
    write(Path("derivations"), paper=text)
    trouble = only_trouble(Path("derivations"))
    assert (trouble.file, trouble.line) == ("derivations/paper.py", line)
    assert message in trouble.message
    assert remedy in trouble.remedy


def test_a_broken_file_is_told_once_and_the_rest_is_read() -> None:
    folder = write(
        Path("paper"),
        __init__='"""Title."""\n',
        a="from .setting import y\n" + CLAIM.format(number=1, name="one"),
        b=CLAIM.format(number=2, name="two"),
        c="from .setting import y\n",
        setting="\n\ny = z\n",
    )
    derivation = loaded(folder)
    assert [(trouble.file, trouble.line) for trouble in derivation.troubles] == [("paper/setting.py", 3)]
    assert [claim.name for claim in derivation.claims] == ["two"]


def test_claims_before_a_broken_line_are_read() -> None:
    write(Path("derivations"), paper=GOOD + "\n\nbroken\n")
    derivation = loaded(Path("derivations"))
    assert [claim.name for claim in derivation.claims] == ["squares"]
    assert derivation.troubles[0].line == 17


def test_a_name_used_twice_is_told_at_the_second() -> None:
    write(Path("derivations"), paper=GOOD + "\n\n" + GOOD.partition("\n\n\n")[2])
    derivation = loaded(Path("derivations"))
    [trouble] = derivation.troubles
    assert (trouble.line, len(derivation.claims)) == (17, 1)
    assert "squares is used twice; derivations/paper.py:11 has it first" in trouble.message


def test_an_order_that_names_no_file_is_told() -> None:
    folder = write(
        Path("paper"),
        __init__='"""Title."""\n\nORDER = ("heavy_bal",)\n',
        heavy_ball=CLAIM.format(number=1, name="one"),
    )
    trouble = only_trouble(folder)
    assert (trouble.line, trouble.message) == (
        3,
        "ORDER names 'heavy_bal', and there is no heavy_bal.py; did you mean 'heavy_ball'?",
    )
    assert [claim.name for claim in loaded(folder).claims] == ["one"]


def test_a_folder_without_init_among_derivations_is_told() -> None:
    write(Path("derivations/paper"), section=GOOD)
    assert "__init__.py" in only_trouble(Path("derivations")).message


def test_a_path_without_derivations_is_a_usage_error() -> None:
    for path in (Path("derivations"), Path("nowhere.py"), Path(".")):
        with pytest.raises(NoDerivation, match="proofcheck new"):
            find([path])
    with pytest.raises(NoDerivation, match="one name"):
        find([write(Path("a"), paper=GOOD), write(Path("b"), paper=GOOD)])
    assert len(find([write(Path("derivations"), paper=GOOD), Path("derivations/paper.py")])) == 1


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ("x + scalar('a') == 0", "a vector was expected, not a scalar"),
        ("scalar('a') * (x + x) <= 1", "not supported between instances of a vector and 'int'"),
        ("norm2(x) + (x - x) >= 0", "a scalar was expected, not a vector"),
        ("operator('H')(scalar('a')) == 0", "a vector was expected, not a scalar"),
        ("operator('H')(x).dot == 0", "an operator's image has no attribute 'dot'"),
        ("x * scalar('a') == 0", "a scalar was expected, not a path of vectors"),
    ],
)
def test_types_are_told_in_the_words_of_the_language(stated: str, message: str) -> None:
    text = "from proofcheck import *\nx = path('x')\n@claim('Lemma 1')\ndef first():\n    return " + stated
    write(Path("derivations"), paper='"""T."""\n' + text + "\n")
    [result] = run([loaded(Path("derivations/paper.py"))]).derivations
    assert message in result.troubles[0].message
