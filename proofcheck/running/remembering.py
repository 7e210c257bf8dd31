"""Results of runs of all claims, kept under everything that they were computed from.

Where nothing has changed a run only prints what the last one found. A result is believed only with its seal: a keyed
hash whose secret lies in the user's own folder, so that neither a damaged cache nor one that came with somebody else's
files counts. `proofcheck recheck` believes no seal.
"""

from __future__ import annotations

import hashlib
import hmac
import importlib.metadata
import os
import secrets
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.statements import canonical
from proofcheck.records.record import read_record
from proofcheck.records.store import write_whole
from proofcheck.results import ClaimResult, DerivationResult

from .collecting import PRIVATE, Source
from .watching import read_elsewhere

_PACKAGE = Path(__file__).resolve().parents[1]
_LENGTH_OF_SECRET = 32


def surroundings(seconds: float) -> str:
    """A hash of all that a result depends on besides the derivation: our own code, the packages, Python, the budget.

    >>> surroundings(10) == surroundings(10) != surroundings(11)
    True
    """
    packages = sorted([each.name, each.version] for each in importlib.metadata.distributions())
    return _hash_of([sys.version, str(seconds), packages, _hashes(_PACKAGE.rglob("*.py"))])


def fingerprint(source: Source, around: str) -> str:
    """A hash of the derivation's files, where they are, and the surroundings. Raises `OSError`."""
    files = [source.path] if source.path.is_file() else source.path.rglob("*.py")
    return _hash_of([source.shown(str(source.main_file)), _hashes(files), around])


def remember(result: DerivationResult, source: Source, record: Path, before: str, after: str) -> None:
    """Seal the record of a run that began and ended with these fingerprints.

    Nothing is remembered of a result that surprises, of a derivation that was changed meanwhile or that imports or
    reads files from elsewhere, and where the user's own folder cannot be written to. Raises `NotWritten`.
    """
    secret = _secret()
    if result.as_expected and before == after and secret is not None and not _depends_on_more(source):
        write_whole(_sealed(record), _seal(secret, after, record.read_bytes()))


def recalled(record: Path, now: str) -> DerivationResult | None:
    """The result in a record, if its seal says that it was computed here, from what has this fingerprint."""
    try:
        written = record.read_bytes()
        seal = _sealed(record).read_bytes()
        secret = _secret()
        if secret is None or not hmac.compare_digest(_seal(secret, now, written), seal):
            return None
        result = read_record(written).derivation
    except (OSError, Malformed):
        return None
    return replace(result, claims=tuple(map(_stored, result.claims)))


def _stored(claim: ClaimResult) -> ClaimResult:
    obligations = (replace(each, stored=each.statement is not None) for each in claim.obligations)
    return replace(claim, obligations=tuple(obligations))


def _sealed(record: Path) -> Path:
    return record.with_suffix(".seal")


def _seal(secret: bytes, printed: str, record: bytes) -> bytes:
    sealed = canonical([printed, hashlib.sha256(record).hexdigest()])
    return hmac.new(secret, sealed, "sha256").hexdigest().encode()


def _depends_on_more(source: Source) -> bool:
    """Whether something was read or imported that belongs neither to a derivation nor to what is installed."""
    if read_elsewhere():
        return True
    known = (source.path, _PACKAGE, *(Path(prefix).resolve() for prefix in (sys.prefix, sys.base_prefix)))
    files = [
        Path(file).resolve()
        for name, module in list(sys.modules.items())
        if (file := getattr(module, "__file__", None)) is not None and not name.startswith(PRIVATE)
    ]
    return not all(any(file.is_relative_to(place) for place in known) for file in files)


def _hashes(paths: Iterable[Path]) -> list[list[str]]:
    return [[str(path), hashlib.sha256(path.read_bytes()).hexdigest()] for path in sorted(paths)]


def _hash_of(data: object) -> str:
    return hashlib.sha256(canonical(data)).hexdigest()


def _secret() -> bytes | None:
    """The user's secret, made when it is first asked for; None where it cannot be kept."""
    path = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "proofcheck" / "secret"
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(path, secrets.token_bytes(_LENGTH_OF_SECRET))
            path.chmod(0o600)
        found = path.read_bytes()
    except (OSError, RuntimeError):
        return None
    return found if len(found) == _LENGTH_OF_SECRET else None
