"""Characters per CPU second of extraction, as a ratio to `jieba.posseg` on the same texts in the same run.

    python benchmarks/speed.py [--rounds 5]

The texts are the open articles and passages of this project. Every round begins with empty caches, so that a text that
was read before gains nothing; rounds of the two alternate, so that a busy machine slows both. Loading models and
lexicons is not counted for either (`benchmarks/startup.py` measures it).
"""

from __future__ import annotations

import argparse
import functools
import gc
import logging
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jieba
import jieba.posseg

from kg.extraction import extract_document
from kg.readers import read_text
from kg.types import Document

DATA = Path(__file__).parents[1] / "data"
# Texts that are kept unseen stay unseen, though time alone tells nothing about them.
UNSEEN = ("blind-", "x-", "y-")


def texts() -> list[str]:
    """Return the open texts."""
    paths = sorted([*DATA.glob("articles/*.txt"), *DATA.glob("passages/*.txt")])
    return [path.read_text("utf-8") for path in paths if not path.name.startswith(UNSEEN)]


def extract_all(documents: Sequence[Document]) -> int:
    """Extract the facts of documents and return their number."""
    return sum(len(extract_document(document)) for document in documents)


def tag_all(documents: Sequence[Document]) -> int:
    """Tag documents with jieba and return the number of words."""
    return sum(len(jieba.posseg.lcut(document.text)) for document in documents)


def forget_texts() -> None:
    """Empty the bounded caches of `kg`, which hold texts; the others hold lexicons."""
    for cache in [found for found in gc.get_objects() if isinstance(found, functools._lru_cache_wrapper)]:
        if cache.__module__.startswith("kg.") and cache.cache_parameters()["maxsize"] is not None:
            cache.cache_clear()


def cpu_seconds(work: Callable[[Sequence[Document]], int], documents: Sequence[Document]) -> float:
    """Return the CPU seconds that a piece of work takes."""
    forget_texts()
    start = time.process_time()
    work(documents)
    return time.process_time() - start


def main() -> None:
    """Print the speeds and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    jieba.setLogLevel(logging.ERROR)
    documents = [read_text(text, f"{number}.txt") for number, text in enumerate(texts())]
    size = sum(len(document.text) for document in documents)
    works = {"kg extract": extract_all, "jieba.posseg": tag_all}
    for work in works.values():
        work(documents[:3])
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            seconds[name].append(cpu_seconds(work, documents))
    ratios = [theirs / ours for ours, theirs in zip(*seconds.values(), strict=True)]
    print(f"{len(documents)} texts, {size:,} characters, {rounds} rounds; characters per CPU second (median):")
    for name, spent in seconds.items():
        print(f"  {name:13} {size / statistics.median(spent):>10,.0f}")
    print(f"ratio {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
