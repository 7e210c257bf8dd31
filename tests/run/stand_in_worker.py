"""A worker whose prover is known by heart, and misbehaves on some statements. Run it as a script."""

import os
import resource
import signal
import sys
import time

import flint

from proofcheck.kernel.certificates import encode
from proofcheck.kernel.statements import Statement
from proofcheck.results import Attempt
from proofcheck.running.outcomes import Outcome
from proofcheck.running.worker import serve
from tests.run.statements import ABSURD, FALSE, FALSE_WITNESS, SQUARE, SQUARE_PROOF


def count(event: str) -> None:
    """Leave a trace of the event, where a test asks for traces."""
    if file := os.environ.get("PROOFCHECK_TEST_COUNT"):
        with open(file, "a", encoding="utf-8") as traces:
            traces.write(f"{event}\n")


def decide(statement: Statement, seconds: float, only_refute: bool) -> Outcome:
    """Answer as the statement's variable tells."""
    count("searched")
    match statement.variables:
        case ("crash",):
            os.kill(os.getpid(), signal.SIGSEGV)
        case ("hang",):
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
            time.sleep(1000)
        case ("overrun",):
            while True:
                time.sleep(1)
        case ("kill",):
            os.kill(os.getpid(), signal.SIGKILL)
        case ("bomb",):
            resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29))
            held = [b""]
            while True:
                held.append(bytes(2**20))
        case ("flint",):
            resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29))
            print(flint.fmpz(3) ** 2**34)
        case ("memory",):
            print(len(bytearray(2**40)))
        case ("error",):
            raise ZeroDivisionError("by a prover")
        case ("chatter",):
            print("not an answer")
            os.write(1, b"nor this\n")
    if statement == SQUARE and not only_refute:
        return Outcome(encode(SQUARE_PROOF), None, "by heart", (Attempt("by heart", seconds / 4, "proved"),))
    if statement == FALSE:
        return Outcome(None, encode(FALSE_WITNESS), "by heart", (Attempt("by heart", 0, "refuted"),))
    if statement == ABSURD:
        return Outcome(encode(SQUARE_PROOF), None, "a liar", (Attempt("a liar", 0, "proved"),))
    return Outcome(attempts=(Attempt("by heart", 0, "nothing found"),))


if __name__ == "__main__":
    count("started")
    if "--mute" in sys.argv:
        sys.exit(3)
    serve(decide)
