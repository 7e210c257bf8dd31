"""Arrays that took long to compute, kept on disk as .npz files, which hold numbers and no code."""

import hashlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

from proofcheck.records.store import write_whole

from .kernels import FloatArray

#: Where the numbers of a project are kept, seen from the folder in which a command runs.
FOLDER = Path(".proofcheck") / "numerics"


def kept(path: Path, make: Callable[[], Mapping[str, FloatArray]]) -> dict[str, FloatArray]:
    """Return the arrays of a file if it is there, and else make them and write the file.

    A file that cannot be read is made again; an interrupted run leaves no half of one. Raises `OSError` where the
    file cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for value in (1.0, 2.0):
    ...         kept(Path(folder) / "a.npz", lambda: {"a": np.array([value])})["a"].tolist()
    [1.0]
    [1.0]
    """
    if path.exists():
        try:
            with path.open("rb") as stored, np.load(stored) as arrays:
                return {name: np.asarray(arrays[name], dtype=np.float64) for name in arrays.files}
        except (BadZipFile, EOFError, KeyError, OSError, ValueError):
            path.unlink()
    made = dict(make())
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, array in made.items():
            with archive.open(f"{name}.npy", "w") as member:
                np.save(member, array)
    write_whole(path, content.getvalue())
    return made


def name_for(*parts: object) -> str:
    """Return a file's name that belongs to these arrays, numbers and texts, and to no others.

    >>> name_for("a", 1) == name_for("a", 1), name_for("a", 1) == name_for("a", 2)
    (True, False)
    """
    digest = hashlib.sha256()
    for part in parts:
        if isinstance(part, np.ndarray):
            array: NDArray[np.float64] = np.ascontiguousarray(part)
            content = repr((array.shape, str(array.dtype))).encode() + array.tobytes()
        else:
            content = repr(part).encode()
        digest.update(len(content).to_bytes(8, "big") + content)
    return f"{digest.hexdigest()[:32]}.npz"
