"""An evaluation as text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kg.error_analysis import REASONS, Mistake, fact_text, record_text
from kg.evaluate import Evaluation, Interval, f1_change
from kg.matching import CRITERIA
from kg.text_table import one_line, text_table

_RELATIONS = tuple(criterion.name for criterion in CRITERIA if criterion.name == criterion.relation)


def scores_report(evaluation: Evaluation) -> str:
    """Return the scores of each criterion, then of each relation in each genre, with 95 % intervals."""
    overall = [[criterion.name, *_cells(evaluation, criterion.name)] for criterion in CRITERIA]
    header = ["gold", "found", "precision", "recall", "F1"]
    parts = [text_table(["relation", *header], overall)]
    genres = sorted(set(evaluation.genres))
    if len(genres) > 1:
        rows = [
            [relation, genre, evaluation.genres.count(genre), *_cells(evaluation, relation, genre)]
            for relation in _RELATIONS
            for genre in genres
        ]
        parts.append(text_table(["relation", "genre", "documents", *header], [row for row in rows if row[3] or row[4]]))
    documents = len(evaluation.documents)
    parts.append(f"95 % intervals in brackets: bootstrap over {documents} documents.")
    return "\n\n".join(parts)


def mistakes_report(mistakes: Sequence[Mistake]) -> str:
    """Return every mistake with its reason, and how often each reason occurs."""
    counts = Counter((mistake.relation, mistake.reason) for mistake in mistakes)
    table = text_table(
        ["relation", *REASONS],
        [[relation, *(counts[relation, reason] for reason in REASONS)] for relation in _RELATIONS],
    )
    order = {reason: place for place, reason in enumerate(REASONS)}
    listed = sorted(mistakes, key=lambda one: (_RELATIONS.index(one.relation), order[one.reason], one.document))
    return "\n\n".join([table, *("\n".join(_lines(mistake)) for mistake in listed)])


def comparison_report(before: Evaluation, after: Evaluation, *, with_mistakes: bool = False) -> str:
    """Return how F1 has changed and how many mistakes went and came.

    Args:
        before: The older evaluation.
        after: The newer one, against the same gold.
        with_mistakes: List the mistakes that went (`-`) and came (`+`) too.
    """
    old, new = _keys(before.mistakes), _keys(after.mistakes)
    rows = []
    for relation in _RELATIONS:
        change, interval = f1_change(before, after, relation)
        gone = sum(key[1] == relation for key in (old - new).elements())
        come = sum(key[1] == relation for key in (new - old).elements())
        scores = (f"{evaluation.score(relation).f1:.3f}" for evaluation in (before, after))
        rows.append([relation, *scores, f"{change:+.3f}{_brackets(interval, '+.2f')}", gone, come])
    table = text_table(["relation", "F1 before", "F1 after", "change", "mistakes gone", "mistakes come"], rows)
    if not with_mistakes:
        return table
    lines = [f"{sign} {'  '.join(key)}" for sign, keys in (("-", old - new), ("+", new - old)) for key in sorted(keys)]
    return "\n".join([table, "", *lines])


def _cells(evaluation: Evaluation, name: str, genre: str | None = None) -> list[object]:
    score = evaluation.score(name, genre)
    values = (score.precision, score.recall, score.f1)
    shown = (f"{value:.3f}{_brackets(interval)}" for value, interval in zip(values, score.intervals, strict=True))
    return [score.gold, score.found, *shown]


def _brackets(interval: Interval | None, form: str = ".2f") -> str:
    return f" [{interval.low:{form}}, {interval.high:{form}}]" if interval else ""


def _keys(mistakes: Sequence[Mistake]) -> Counter[tuple[str, ...]]:
    """Return what tells mistakes apart: a record missed, a fact wrong."""
    keys: Counter[tuple[str, ...]] = Counter()
    for mistake in mistakes:
        if mistake.record is not None:
            keys[mistake.document, mistake.relation, "missed", record_text(mistake.record, mistake.relation)] += 1
        if mistake.fact is not None:
            keys[mistake.document, mistake.relation, "wrong", fact_text(mistake.fact)] += 1
    return keys


def _lines(mistake: Mistake) -> Iterator[str]:
    yield f"{mistake.relation}  {mistake.reason}  {mistake.document}"
    if mistake.record is not None:
        yield f"  gold  {one_line(record_text(mistake.record, mistake.relation))}"
    if mistake.fact is not None:
        yield f"  said  {one_line(fact_text(mistake.fact))}  ({mistake.fact.extractor}, {mistake.fact.confidence:g})"
        yield f"  from  {one_line(mistake.fact.evidence.sentence, 160)}"
