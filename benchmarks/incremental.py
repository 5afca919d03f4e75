"""What it costs to add one article to a large store, as a share of the full build.

    python benchmarks/incremental.py [--articles 10000] [--keep FOLDER]

Every step is the `kg` command in a process of its own, start of the interpreter and imports included. CPU seconds are
compared, because a busy machine makes the clock slow, not (so much) them; the clock is printed beside.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generated import write_articles

ROOT = Path(__file__).parents[1]


def run(*arguments: str | Path) -> tuple[float, float]:
    """Run the command and return its CPU seconds and those of the clock."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, end - start


def main() -> None:
    """Print the cost of each step and its share of the full build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where to leave the articles and the store")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        articles, out, count = folder / "articles", folder / "out", options.articles
        files = write_articles(articles, 0, count)
        size = sum(len(file.read_text("utf-8")) for file in files)
        print(f"{count:,} articles, {size:,} characters", flush=True)
        full_store, _ = show("full build, --export never", run("build", articles, "-o", out, "--export", "never"))
        export, _ = show("kg export: the outputs", run("export", out))
        full = full_store + export
        print(f"full build: {full:.1f} CPU seconds; shares are of these", flush=True)
        new = write_articles(folder / "new", count, count + 7)
        # Of three, so that what else the machine does counts less; the long steps even it out by themselves.
        show("one more article", min(run("build", file, "-o", out) for file in new[:3]), full)
        given = min(run("build", articles, file, "-o", out) for file in new[3:6])
        show("one more article, its folder given", given, full)
        show("nothing new, folder given, outputs behind", run("build", articles, "-o", out), full)
        show("a question, outputs behind", run("query", out, "notices"), full)
        show("kg status", run("status", out), full)
        show("one more article, --export always", run("build", new[6], "-o", out, "--export", "always"), full)
        show("nothing new, outputs current", run("build", articles, "-o", out), full)
        show("a question, outputs current", run("query", out, "notices"), full)


def show(what: str, seconds: tuple[float, float], full: float | None = None) -> tuple[float, float]:
    """Print a step and return its seconds."""
    cpu, clock = seconds
    share = f"{cpu / full:8.2%}" if full else " " * 8
    print(f"{what:42} {cpu:8.2f} CPU s {clock:8.2f} s {share}", flush=True)
    return seconds


if __name__ == "__main__":
    main()
