"""Print precision, recall and F1 of every gold set, with bootstrap intervals, as Markdown.

python benchmarks/accuracy.py            # the sets of data/gold
python benchmarks/accuracy.py --genres   # also by genre
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import kg
from kg.evaluate import evaluate, read_gold

ROOT = Path(__file__).resolve().parent.parent
RELATIONS = ("holds", "issues", "targets")
SETS = {
    "articles, open": ("articles-open",),
    "articles, blind": ("articles-blind",),
    "passages, open": tuple(f"passages-{letter}" for letter in "abcdefghijkswx"),
    "passages, blind": ("passages-t", "passages-y", "passages-z"),
}


def facts_of(stem: str) -> Iterator[kg.Fact]:
    """Yield the facts of the texts that a gold file names."""
    folder = ROOT / "data" / ("articles" if stem.startswith("articles") else "passages")
    for gold in read_gold(ROOT / "data" / "gold" / f"{stem}.jsonl"):
        yield from kg.extract(folder / f"{gold['id']}.txt")


def row(name: str, genre: str | None, evaluation: object) -> str:
    cells = []
    for relation in RELATIONS:
        score = evaluation.score(relation, genre)  # type: ignore[attr-defined]
        interval = score.intervals[2]
        around = f" [{interval.low:.2f}, {interval.high:.2f}]" if interval else ""
        cells.append(f"{score.precision:.3f} / {score.recall:.3f} / **{score.f1:.3f}**{around} ({score.gold})")
    return f"| {name} | " + " | ".join(cells) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--genres", action="store_true", help="print a row for each genre too")
    options = parser.parse_args()
    print("| set | " + " | ".join(f"{relation}: P / R / **F1** [95 %] (gold)" for relation in RELATIONS) + " |")
    print("|---|" + "---|" * len(RELATIONS))
    for name, stems in SETS.items():
        golds = [gold for stem in stems for gold in read_gold(ROOT / "data" / "gold" / f"{stem}.jsonl")]
        evaluation = evaluate(golds, [fact for stem in stems for fact in facts_of(stem)])
        print(row(name, None, evaluation))
        if options.genres:
            for genre in dict.fromkeys(evaluation.genres):
                print(row(f"{name}: {genre}", genre, evaluation))


if __name__ == "__main__":
    main()
