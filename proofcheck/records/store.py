"""A store on disk from keys to bytes: one file a key, written whole or not at all.

A value that was damaged is not given back. Nothing here is trusted: whoever reads evidence from the store has
the kernel check it again, so a wrong byte can only cost time.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

#: Where a run keeps what it finds, in the folder in which it runs.
FOLDER = Path(".proofcheck")
_LENGTH_OF_CHECKSUM = 64


class NotWritten(OSError):
    """A file that could not be written, as opposed to one that could not be read."""


class Store:
    """Bytes by key, under a folder that is made when first written to.

    Two processes may use one folder at once: a file is replaced in one step, and equal keys mean equal questions.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     store = Store(Path(folder))
    ...     store.put(key_of("1", "a statement"), b"its evidence")
    ...     store.get(key_of("1", "a statement")), store.get(key_of("2", "a statement"))
    (b'its evidence', None)
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """The value, or None where there is none, or only a damaged one. Raises `OSError` on unreadable files."""
        try:
            written = self._path(key).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None
        checksum, value = written[:_LENGTH_OF_CHECKSUM], written[_LENGTH_OF_CHECKSUM:]
        return value if checksum == _checksum(value) else None

    def put(self, key: str, value: bytes) -> None:
        """Keep the value, on disk when this returns. Raises `NotWritten`."""
        write_whole(self._path(key), _checksum(value) + value)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key


def record_of(name: str, folder: Path = FOLDER) -> Path:
    """Where the record of a derivation lies."""
    return folder / "records" / f"{name}.json"


def key_of(*parts: str) -> str:
    """One key for several texts, safe as a file's name."""
    lengths = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(lengths.encode()).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part. Raises `NotWritten`."""
    temporary = path.with_name(f".writing-{os.getpid()}-{secrets.token_hex(8)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        os.replace(temporary, path)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            # A disk that is full is told without a name, and the draft's name says nothing to anyone.
            named = error.filename if str(error.filename) not in ("None", str(temporary)) else path
            raise NotWritten(error.errno, error.strerror, str(named)) from error
        raise


def _checksum(value: bytes) -> bytes:
    return hashlib.sha256(value).hexdigest().encode()
