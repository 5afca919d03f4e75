"""How long the commands take from the shell to their first result, in seconds (the best of several runs).

    python benchmarks/startup.py [--runs 5]

The work itself is one sentence, so that what is measured is starting: the interpreter, imports, lexicons, the model.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
SENTENCE = "红石市总工会主席王倩出席会议。"


def seconds(command: Sequence[str], folder: Path, runs: int) -> float:
    """Return the shortest time that a command takes, from start to exit.

    Args:
        command: The command.
        folder: The folder to run it in.
        runs: How often to run it.
    """
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
        best = min(best, time.perf_counter() - start)
    return best


def main() -> None:
    """Print the time of each command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    kg = [sys.executable, "-m", "kg"]
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "import kg": [sys.executable, "-c", "import kg"],
        "kg --help": [*kg, "--help"],
        "kg extract a.txt": [*kg, "extract", "a.txt"],
        "kg build a.txt -o out": [*kg, "build", "a.txt", "-o", "out"],
        "kg query out positions 王倩": [*kg, "query", "out", "positions", "王倩"],
    }
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.txt").write_text(SENTENCE, "utf-8")
        for name, command in commands.items():
            print(f"{seconds(command, Path(folder), runs):6.2f} s  {name}", flush=True)


if __name__ == "__main__":
    main()
