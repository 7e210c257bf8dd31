"""Arrays that took long to compute, kept on disk as .npz files, which hold numbers and no code."""

import hashlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
from numpy.typing import NDArray

from proofcheck.records.store import write_whole

from .kernels import FloatArray

#: Where the numbers of a project are kept, seen from the folder in which a command runs.
FOLDER = Path(".proofcheck") / "numerics"
_DIGEST = hashlib.sha256().digest_size


def kept(path: Path, make: Callable[[], Mapping[str, FloatArray]]) -> dict[str, FloatArray]:
    """Return the arrays of a file if it is there, and else make them and write the file.

    A file that is not as it was written is made again: a digest stands at its end. An interrupted run leaves no half of
    one, nor do two runs at once. Raises `OSError` where the file cannot be written; where there cannot be such a
    folder, before anything is made.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     for value in (1.0, 2.0):
    ...         kept(Path(folder) / "a.npz", lambda: {"a": np.array([value])})["a"].tolist()
    [1.0]
    [1.0]
    """
    found = _read(path)
    if found is not None:
        return found
    path.parent.mkdir(parents=True, exist_ok=True)
    made = dict(make())
    write_whole(path, _packed(made))
    return made


def _read(path: Path) -> dict[str, FloatArray] | None:
    """The arrays of a file; None if it is not there or not as it was written."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    archive, digest = content[:-_DIGEST], content[-_DIGEST:]
    if hashlib.sha256(archive).digest() != digest:
        return None
    with np.load(BytesIO(archive)) as arrays:
        return {name: np.asarray(arrays[name], dtype=np.float64) for name in arrays.files}


def _packed(arrays: Mapping[str, FloatArray]) -> bytes:
    """An archive that `numpy.load` reads, and its digest, which `numpy.load` passes over."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w") as member:
                np.save(member, array)
    return content.getvalue() + hashlib.sha256(content.getvalue()).digest()


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
