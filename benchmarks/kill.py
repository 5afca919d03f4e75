"""Builds killed at random moments: what was committed stays, and the next run ends with the bytes of an undisturbed
one.

    python benchmarks/kill.py [--kills 50] [--articles 150] [--seed 0]

Each kill is a `kg build` in a process of its own that gets SIGKILL: in turn after a random part of the time that an
undisturbed build takes, and shortly after a reader has seen a random number of documents. Of each kind every second one
works with two processes, and every third kill hits twice. Exit status 1 if anything differs.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generated import write_articles

from kg import project
from kg.outputs import OUTPUTS, write_outputs
from kg.store import STORE_FILE, Store

ROOT = Path(__file__).parents[1]


def start(articles: Path, out: Path, workers: int) -> subprocess.Popen[bytes]:
    """Start a build in a process of its own."""
    command = [sys.executable, "-m", "kg", "build", str(articles), "-o", str(out), "--workers", str(workers)]
    return subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def committed(out: Path) -> int:
    """Return how many documents a reader sees; 0 if there is no store yet."""
    try:
        with Store.open(out) as store:
            return store.count()[0]
    except project.InputError:
        return 0


def killed(articles: Path, out: Path, workers: int, delay: float, documents: int) -> tuple[int, int]:
    """Start a build, kill it, and return the documents that a reader saw before and sees after it.

    Args:
        articles: The folder to build.
        out: The folder to build into.
        workers: The number of processes.
        delay: How long to wait in seconds, once the reader has seen the documents.
        documents: How many documents the reader must have seen.
    """
    process = start(articles, out, workers)
    while committed(out) < documents and process.poll() is None:
        time.sleep(0.01)
    time.sleep(delay)
    before = committed(out)
    process.send_signal(signal.SIGKILL)
    process.wait()
    after = committed(out)
    if (out / STORE_FILE).is_file():
        connection = sqlite3.connect(out / STORE_FILE)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
    return before, after


def finish(articles: Path, out: Path) -> project.Update:
    """Run the build once more, undisturbed."""
    with project.opened(out, wait=True, create=True) as store:
        done = project.update(store, articles)
        write_outputs(store, "zh")
    return done


def contents(out: Path) -> dict[str, bytes]:
    """Return the outputs; a file that does not belong there is one too many."""
    names = {path.name for path in out.iterdir()} - {STORE_FILE, f"{STORE_FILE}-lock"}
    return {name: (out / name).read_bytes() for name in sorted(names)}


def main() -> int:
    """Kill builds and compare; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--articles", type=int, default=150)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        articles = folder / "articles"
        write_articles(articles, 0, options.articles)
        begin = time.perf_counter()
        assert start(articles, folder / "undisturbed", 1).wait() == 0
        lasted = time.perf_counter() - begin
        wanted = contents(folder / "undisturbed")
        assert sorted(wanted) == sorted(OUTPUTS)
        wrong, kept = 0, []
        for number in range(options.kills):
            out = folder / f"out{number}"
            lost = False
            for _ in range(2 if number % 3 == 2 else 1):
                by_time = (chance.uniform(0.1, 1) * lasted, 0)
                by_documents = (chance.uniform(0, 0.3), chance.randrange(1, options.articles))
                delay, documents = by_documents if number % 2 else by_time
                before, after = killed(articles, out, 1 + number // 2 % 2, delay, documents)
                lost = lost or after < before
            done = finish(articles, out)
            same = contents(out) == wanted and len(done.unchanged) == after and not lost
            wrong += not same
            kept.append(after)
            print(
                f"kill {number + 1}: {after:4} of {options.articles} kept, {'same bytes' if same else 'WRONG'}",
                flush=True,
            )
        part = sum(0 < count < options.articles for count in kept)
        print(f"{options.kills} kills, {part} of them between the first and the last commit: {wrong} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
