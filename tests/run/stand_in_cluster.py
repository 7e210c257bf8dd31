"""What workers of a cluster are made to answer, instead of searching."""

from proofcheck.kernel.certificates import encode
from proofcheck.running.outcomes import Outcome, encode_outcome
from tests.run.statements import SQUARE_PROOF


def lie(version: str, task: bytes) -> bytes:
    """Say of everything that it is proved, with a proof of something else."""
    return encode_outcome(Outcome(encode(SQUARE_PROOF), None, "a liar"))


def babble(version: str, task: bytes) -> bytes:
    """Answer what nobody understands."""
    return b'{"PROVED": true}'
