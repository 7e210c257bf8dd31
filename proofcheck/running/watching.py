"""What an author's code reads besides Python files: a result that depends on it is not known by those files alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Events of Python's audit by which code learns what is in no file that it opens itself.
_ASKING = {"os.fork", "os.posix_spawn", "os.system", "socket.connect", "subprocess.Popen"}

_read: set[str] = set()
_state = {"installed": False, "watching": False}


@contextmanager
def watched() -> Iterator[None]:
    """Note what the code inside reads, or asks of other programs."""
    if not _state["installed"]:
        sys.addaudithook(_note)  # which can never be removed again
        _state["installed"] = True
    before, _state["watching"] = _state["watching"], True
    try:
        yield
    finally:
        _state["watching"] = before


def read_elsewhere() -> frozenset[str]:
    """Everything but Python's and the installed packages' own files that watched code has read in this process."""
    installed = [Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix)]
    return frozenset(
        path
        for path in _read - _imported()
        if not any(Path(path).resolve().is_relative_to(place) for place in installed)
    )


def _imported() -> set[str]:
    """The files of modules: whoever asks what a derivation imports finds them there."""
    files = (
        getattr(module, name, None) for module in list(sys.modules.values()) for name in ("__file__", "__cached__")
    )
    return {os.path.abspath(file) for file in files if isinstance(file, str)}


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if not _state["watching"]:
        return
    if event in _ASKING:
        _read.add(event)
    elif event == "open":
        path, mode, flags = arguments
        writes = mode[:1] in "wax" if isinstance(mode, str) else _only_writes(flags)
        if isinstance(path, str | bytes) and not writes:
            _read.add(os.path.abspath(os.fsdecode(path)))


def _only_writes(flags: object) -> bool:
    return isinstance(flags, int) and flags & os.O_ACCMODE == os.O_WRONLY
