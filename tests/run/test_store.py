"""The store gives back what was put in, whole, or nothing."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from proofcheck.records.store import Store, key_of, write_whole

KEY = key_of("a")


def only_file(folder: Path) -> Path:
    [file] = [path for path in folder.rglob("*") if path.is_file()]
    return file


def test_what_was_put_is_there_in_another_run(tmp_path: Path) -> None:
    Store(tmp_path).put(KEY, b"value\nwith lines\n")
    assert Store(tmp_path).get(KEY) == b"value\nwith lines\n"
    assert Store(tmp_path).get(key_of("b")) is None


def test_a_store_that_was_never_written_is_empty(tmp_path: Path) -> None:
    assert Store(tmp_path / "none").get(KEY) is None
    assert not (tmp_path / "none").exists()


def test_any_flipped_bit_makes_the_value_absent(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put(KEY, b"value")
    file = only_file(tmp_path)
    written = file.read_bytes()
    for place in range(len(written)):
        for bit in range(8):
            flipped = bytearray(written)
            flipped[place] ^= 1 << bit
            file.write_bytes(flipped)
            assert store.get(KEY) is None
    file.write_bytes(written[:-1])
    assert store.get(KEY) is None


def test_parts_of_a_key_are_kept_apart() -> None:
    assert key_of("ab", "c") != key_of("a", "bc")


def test_many_writers_of_one_key_leave_one_whole_value(tmp_path: Path) -> None:
    values = [str(number).encode() * 10_000 for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda value: Store(tmp_path).put(KEY, value), values * 5))
    assert Store(tmp_path).get(KEY) in values
    only_file(tmp_path)


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "taken"
    target.mkdir()
    (target / "inside").write_bytes(b"old")
    with pytest.raises(OSError):
        write_whole(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
