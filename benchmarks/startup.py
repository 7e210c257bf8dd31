"""How long `proofcheck --help` takes, as a ratio to a Python interpreter that does nothing."""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median


def measure(command: Sequence[str]) -> float:
    """Return the wall time of one run of `command` in seconds; raises CalledProcessError if it fails."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Run both commands by turns and print the medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="measured runs of each command (default: 15)")
    runs = parser.parse_args().runs
    if runs < 1:
        parser.error("--runs must be at least 1")

    script = Path(sys.executable).with_name("proofcheck")
    if not script.exists():
        parser.error(
            f"no proofcheck beside {sys.executable}: install the project into this environment first"
        )
    helping, idle = [str(script), "--help"], [sys.executable, "-c", "pass"]

    for command in (helping, idle):
        measure(command)
    pairs = [(measure(helping), measure(idle)) for _ in range(runs)]
    helping_seconds = median(pair[0] for pair in pairs)
    idle_seconds = median(pair[1] for pair in pairs)
    print(f"proofcheck --help   {helping_seconds:.3f} s   median of {runs}")
    print(f"python -c pass      {idle_seconds:.3f} s   median of {runs}")
    print(f"ratio               {helping_seconds / idle_seconds:.2f}")


if __name__ == "__main__":
    main()
