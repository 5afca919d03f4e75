"""Precision, recall and F1 of facts against gold, with bootstrap intervals and the reason for every mistake."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.error_analysis import Mistake, explain
from kg.errors import InputError
from kg.matching import CRITERIA, Criterion, Record, gold_records, match
from kg.types import Fact

RESAMPLES = 2000
SEED = 20220621
_PERCENT = (2.5, 97.5)

Counts = NDArray[np.int64]
"""One row a document: required records that were said, required records that were missed, wrong facts."""
Floats = NDArray[np.float64]


class Interval(NamedTuple):
    """A 95 % interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 over some documents.

    Args:
        gold: How many records are required.
        found: How many facts are right or wrong.
        precision: The share of `found` that is right, 0 if there is none.
        recall: The share of `gold` that was said, 0 if there is none.
        f1: Their harmonic mean.
        intervals: The 95 % intervals of the three, None where they cannot be told (a single document).
    """

    gold: int
    found: int
    precision: float
    recall: float
    f1: float
    intervals: tuple[Interval | None, Interval | None, Interval | None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How facts meet gold, document by document.

    Args:
        documents: The ids of the gold documents.
        genres: The genre of each, `—` where the gold file gives none.
        counts: For each criterion its counts, one row a document.
        mistakes: Every missed record and every wrong fact with the reason.
    """

    documents: tuple[str, ...]
    genres: tuple[str, ...]
    counts: Mapping[str, Counts]
    mistakes: tuple[Mistake, ...]

    def score(self, name: str, genre: str | None = None) -> Score:
        """Return the score of a criterion over all documents, or those of a genre.

        The intervals are percentiles over 2,000 seeded resamples of whole documents, because mistakes of one document
        are not independent.

        Args:
            name: The name of a criterion (`holds`).
            genre: A genre, or None for all.

        Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13.
        """
        chosen = [place for place, own in enumerate(self.genres) if genre in (None, own)]
        counts = self.counts[name][chosen]
        hit, missed, wrong = (int(number) for number in counts.sum(axis=0))
        precision, recall = _ratio(hit, hit + wrong), _ratio(hit, hit + missed)
        resampled = _resampled(counts)
        intervals = (_interval(resampled[0]), _interval(resampled[1]), _interval(resampled[2]))
        return Score(hit + missed, hit + wrong, precision, recall, _f1(precision, recall), intervals)


def evaluate(golds: Iterable[Record], facts: Iterable[Fact]) -> Evaluation:
    """Compare facts with gold.

    Args:
        golds: Gold documents (`schema.md` §5).
        facts: Facts; one belongs to the gold document whose id is the stem of its evidence's document.

    >>> gold = {"id": "a", "holds": [{"person": "张三", "title": "会长", "org": None}], "issues": [], "targets": []}
    >>> evaluate([gold], []).score("holds").recall
    0.0
    """
    listed = sorted({str(gold["id"]): gold for gold in golds}.items())
    said: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        said[PurePosixPath(fact.evidence.document).stem].append(fact)
    counts: dict[str, list[tuple[int, int, int]]] = {criterion.name: [] for criterion in CRITERIA}
    mistakes: list[Mistake] = []
    for id, gold in listed:
        for criterion in CRITERIA:
            matching = match(*_of_one_document(gold, said[id], criterion), criterion.matches)
            counts[criterion.name].append((len(matching.hits), len(matching.missed), len(matching.wrong)))
            if criterion.name == criterion.relation:
                mistakes += explain(id, criterion.relation, matching)
    arrays = {name: np.array(rows, dtype=np.int64).reshape(-1, 3) for name, rows in counts.items()}
    genres = tuple(str(gold.get("genre") or "—") for _, gold in listed)
    return Evaluation(tuple(id for id, _ in listed), genres, arrays, tuple(mistakes))


def f1_change(before: Evaluation, after: Evaluation, name: str) -> tuple[float, Interval | None]:
    """Return how much F1 of a criterion has changed, with its 95 % interval over resamples of the same documents.

    Args:
        before: The older evaluation.
        after: The newer one, against the same gold.
        name: The name of a criterion.
    """
    change = after.score(name).f1 - before.score(name).f1
    return change, _interval(_resampled(after.counts[name])[2] - _resampled(before.counts[name])[2])


def read_gold(path: Path) -> list[Record]:
    """Read a gold file.

    Raises:
        InputError: The file is missing, not JSON Lines, or a line is no gold document.
    """

    def gold(record: Any) -> Record:
        for relation in ("holds", "issues", "targets"):
            list(gold_records(record, relation))
        return {**record, "id": str(record["id"])}

    return list(_records(path, gold, "gold file"))


def read_fact_file(path: Path) -> list[Fact]:
    """Read a file of facts as JSON Lines.

    Raises:
        InputError: The file is missing, not JSON Lines, or a line is no fact.
    """
    return list(_records(path, Fact.from_dict, "file of facts"))


def _records(path: Path, make: Callable[[Any], Any], kind: str) -> Iterator[Any]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise InputError(f"The {kind} {path} cannot be read ({reason}); check the path.") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield make(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{path}, line {number}: not a line of a {kind} ({error!r}).") from error


def _of_one_document(
    gold: Record, facts: Sequence[Fact], criterion: Criterion
) -> tuple[Sequence[Record], Sequence[Fact]]:
    said = [fact for fact in facts if fact.predicate in criterion.predicates]
    return list(gold_records(gold, criterion.relation)), said


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _resampled(counts: Counts) -> tuple[Floats, Floats, Floats]:
    """Return precision, recall and F1 of resamples of the documents; NaN where a resample has nothing to divide by."""
    # One document says nothing about how documents differ.
    if len(counts) < 2:
        nothing = np.full(RESAMPLES, np.nan)
        return nothing, nothing, nothing
    draws = np.random.default_rng(SEED).integers(0, len(counts), (RESAMPLES, len(counts)))
    hit, missed, wrong = counts[draws].sum(axis=1).T.astype(np.float64)
    with np.errstate(invalid="ignore"):
        return hit / (hit + wrong), hit / (hit + missed), 2 * hit / (2 * hit + missed + wrong)


def _interval(values: Floats) -> Interval | None:
    known = values[~np.isnan(values)]
    return Interval(*(float(bound) for bound in np.percentile(known, _PERCENT))) if len(known) else None
