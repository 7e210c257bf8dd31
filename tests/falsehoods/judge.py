"""A process that judges what it reads, a line at a time, within limits; `fuzzing.Judge` starts it and asks.

A line is `["pair", text]`, the JSON of a statement, a proof or a witness and a table of terms, or `["record", text]`,
the text of a record. The answer is `[outcome, details, seconds of computing, bytes at the peak]`.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from click.testing import CliRunner

from proofcheck.cli import main
from proofcheck.kernel.check import Rejected, check_written, refute_written
from proofcheck.kernel.reading import Malformed
from proofcheck.kernel.terms import Reader

MEMORY = 1 << 30


def judged_pair(written: str) -> tuple[str, str]:
    """`accepted` or `turned down`; whatever else is raised is a `crash`."""
    statement, evidence, table = json.loads(written)
    judge = refute_written if type(evidence) is list and evidence[:1] == ["Witness"] else check_written
    try:
        judge(statement, evidence, Reader(table))
    except (Rejected, Malformed) as error:
        return "turned down", str(error)
    return "accepted", ""


def judged_record(written: str, folder: Path) -> tuple[str, str]:
    """What `proofcheck recheck` says of a file with this text; a refusal names the file and exits with 1."""
    file = folder / "a record.json"
    file.write_bytes(written.encode("utf-8", "surrogatepass"))
    run = CliRunner().invoke(main, ["recheck", str(file)])
    if run.exception is not None and not isinstance(run.exception, SystemExit):
        return "crash", repr(run.exception)
    # `recheck` turns down whatever the kernel does not accept, its errors too: they have names like ValueError.
    told = "Traceback" not in run.output and "Error: " not in run.output
    if run.exit_code == 1 and run.output.startswith(f"{file}: turned down: ") and told:
        return "turned down", run.output
    if run.output.startswith(f"{file}: holds: ") and run.exit_code in (0, 1):
        return "accepted", run.output
    return "crash", f"exit code {run.exit_code}: {run.output}"


def judged(kind: str, written: str, folder: Path) -> tuple[str, str]:
    """The outcome, and details for a person."""
    try:
        return judged_pair(written) if kind == "pair" else judged_record(written, folder)
    except BaseException as error:
        return "crash", f"{type(error).__name__}: {error}"


def peak() -> int:
    """The most memory that this process has had; `ru_maxrss` knows also the one from which it was forked."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) << 10


def answer_all() -> None:
    """Answer every line of standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        for line in sys.stdin:
            kind, written = json.loads(line)
            start = time.process_time()
            outcome, details = judged(kind, written, Path(folder))
            seconds = time.process_time() - start
            print(json.dumps([outcome, details[:300], seconds, peak()]), flush=True)


if __name__ == "__main__":
    answer_all()
