"""Where nothing has changed, a run recalls what the last one found; what is not sealed here is not believed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

#: A derivation that leaves a trace whenever it is imported.
DERIVATION = '''"""A paper of one claim."""

from pathlib import Path

from proofcheck import claim, scalar

x = scalar("x")
with (Path(__file__).parents[1] / "imports").open("a") as trace:
    trace.write("1")


@claim("Lemma 1")
def squares():
    """A square is not negative."""
    return x**2 >= 0
'''
RECORD = Path(".proofcheck/records/paper.json")


class Desk:
    """A folder with one derivation, and a user who runs it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder, folder / "home"
        self.derivation = folder / "derivations" / "paper.py"
        self.derivation.parent.mkdir()
        self.derivation.write_text(DERIVATION)

    def run(self, *options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "proofcheck.cli", "run", *options],
            cwd=self.folder,
            env=os.environ | {"XDG_STATE_HOME": str(self.home), "PYTHONSAFEPATH": "1"},
            capture_output=True,
            text=True,
            timeout=120,
        )

    @property
    def imports(self) -> int:
        """How often the derivation was imported: a run that recalls imports nothing."""
        return len((self.folder / "imports").read_text())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    first = desk.run()
    assert (first.returncode, desk.imports) == (0, 1), first.stdout + first.stderr
    return desk


def test_nothing_is_done_again_where_nothing_changed(desk: Desk) -> None:
    again = desk.run()
    assert (again.returncode, desk.imports) == (0, 1)
    assert "1 claim, 1 PROVED, all as expected" in again.stdout
    assert "stored" in again.stdout


def test_a_changed_file_is_read_again(desk: Desk) -> None:
    desk.derivation.write_text(DERIVATION.replace("x**2 >= 0", "x**2 > 0"))
    changed = desk.run()
    assert (changed.returncode, desk.imports) == (1, 2)
    assert "REFUTED" in changed.stdout
    # A result that surprises is not remembered.
    assert desk.run().returncode == 1
    assert desk.imports == 3


def test_another_budget_is_another_run(desk: Desk) -> None:
    assert desk.run("--seconds", "5").returncode == 0
    assert desk.imports == 2


@pytest.mark.parametrize("file", [RECORD, RECORD.with_suffix(".seal")], ids=["record", "seal"])
def test_a_flipped_bit_is_seen(desk: Desk, file: Path) -> None:
    damaged = bytearray((desk.folder / file).read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (desk.folder / file).write_bytes(damaged)
    again = desk.run()
    assert (again.returncode, desk.imports) == (0, 2)
    assert "1 PROVED" in again.stdout


def test_a_record_that_lies_is_not_believed(desk: Desk) -> None:
    content = json.loads((desk.folder / RECORD).read_bytes())
    content["content"]["claims"][0]["where"] = "Riemann's hypothesis"
    (desk.folder / RECORD).write_text(json.dumps(content))
    assert "Riemann" not in desk.run().stdout


def test_what_another_user_sealed_is_not_believed(desk: Desk) -> None:
    desk.home = desk.folder / "somebody else"
    assert desk.run().returncode == 0
    assert desk.imports == 2


def test_a_derivation_with_files_elsewhere_is_not_remembered(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (tmp_path / "constants.py").write_text("bound = 0\n")
    path = f"import sys\nsys.path.insert(0, {str(tmp_path)!r})\nfrom constants import bound\n"
    desk.derivation.write_text(DERIVATION.replace("\nx = ", f"{path}\nx = ").replace(">= 0", ">= bound"))
    assert desk.run().returncode == 0
    (tmp_path / "constants.py").write_text("bound = 1\n")
    assert desk.run().returncode == 1


@pytest.mark.parametrize(
    "read",
    [
        "int(Path('bound.txt').read_text())",
        "int(os.read(os.open('bound.txt', os.O_RDONLY), 9))",
        "int(subprocess.run(['cat', 'bound.txt'], capture_output=True, check=True).stdout)",
    ],
)
@pytest.mark.parametrize("where", ["import", "claim"])
def test_a_derivation_that_reads_what_is_no_python_file_is_not_remembered(
    tmp_path: Path, read: str, where: str
) -> None:
    desk = Desk(tmp_path)
    text = DERIVATION.replace("from pathlib", "import os\nimport subprocess\nfrom pathlib")
    if where == "import":
        text = text.replace("\nx = ", f"\nbound = {read}\nx = ").replace(">= 0", ">= bound")
    else:
        text = text.replace(">= 0", f">= {read}")
    desk.derivation.write_text(text)
    (tmp_path / "bound.txt").write_text("0")
    assert desk.run().returncode == 0
    (tmp_path / "bound.txt").write_text("1")
    changed = desk.run()
    assert changed.returncode == 1
    assert "REFUTED" in changed.stdout


def test_a_python_file_that_is_read_and_not_imported_is_no_part_of_the_derivation(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.derivation.write_text(
        DERIVATION.replace("\nx = ", "\nbound = int(Path('bound.py').read_text())\nx = ").replace(">= 0", ">= bound")
    )
    (tmp_path / "bound.py").write_text("0")
    assert desk.run().returncode == 0
    (tmp_path / "bound.py").write_text("1")
    assert desk.run().returncode == 1


def test_without_a_place_for_the_secret_nothing_is_remembered(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.home.write_text("a file, not a folder")
    assert [desk.run().returncode for _ in range(2)] == [0, 0]
    assert desk.imports == 2
