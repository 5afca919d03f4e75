"""How well mentions are joined to entities, against gold: pairwise and B-cubed precision, recall and F1.

Only mentions that extraction found are scored; how many of the gold it found is a figure of its own (`coverage`), so
that a name which was never extracted does not look like a mistake of linking.

Sources: Bagga and Baldwin, "Algorithms for scoring coreference chains", 1998 (B-cubed); pairwise scores as in
Menestrina, Whang and Garcia-Molina, "Evaluating entity resolution results", 2010.
"""

from __future__ import annotations

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

import networkx as nx

from kg.errors import InputError
from kg.explanation import node_mentions
from kg.text_table import text_table
from kg.types import EntityType, Fact

SCORED = (EntityType.PERSON, EntityType.ORGANIZATION)


class Mentioned(NamedTuple):
    """A form in a document, and the entity that it was taken for."""

    document: str
    text: str
    type: str
    entity: str


@dataclass(frozen=True, slots=True)
class IdentityScore:
    """The scores of one type of entity.

    Args:
        gold: How many forms the gold has, a form being a string in a document.
        found: How many of them extraction found.
        pairwise: Precision, recall and F1 over pairs of found forms.
        b_cubed: Precision, recall and F1 over found forms.
        mistakes: Gold entities that were split, and found entities that join several, a line each.
    """

    gold: int
    found: int
    pairwise: tuple[float, float, float]
    b_cubed: tuple[float, float, float]
    mistakes: tuple[str, ...]

    @property
    def coverage(self) -> float:
        """The share of the gold's forms that extraction found."""
        return self.found / self.gold if self.gold else 0.0


def evaluate_identity(gold: Iterable[Mentioned], found: Iterable[Mentioned]) -> dict[str, IdentityScore]:
    """Score found mentions against gold.

    Args:
        gold: The forms of the gold with their entities.
        found: The forms that extraction and linking found.

    >>> gold = [Mentioned("a", "王倩", "Person", "P1"), Mentioned("b", "王倩", "Person", "P2")]
    >>> score = evaluate_identity(gold, [Mentioned("a", "王倩", "Person", "x"), Mentioned("b", "王倩", "Person", "x")])
    >>> score["Person"].b_cubed[:2]
    (0.5, 1.0)
    """
    counted: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for one in found:
        counted[_key(one)][one.entity] += 1
    entity_of = {key: min(votes, key=lambda name: (-votes[name], name)) for key, votes in counted.items()}
    by_type: defaultdict[str, list[Mentioned]] = defaultdict(list)
    for one in sorted(set(gold)):
        by_type[one.type].append(one)
    return {type: _score(listed, entity_of) for type, listed in sorted(by_type.items())}


def _key(one: Mentioned) -> tuple[str, str, str]:
    text = "".join(unicodedata.normalize("NFKC", one.text).split())
    return PurePosixPath(one.document).stem, text, one.type


def _score(gold: Sequence[Mentioned], entity_of: Mapping[tuple[str, str, str], str]) -> IdentityScore:
    met = [one for one in gold if _key(one) in entity_of]
    right = [one.entity for one in met]
    said = [entity_of[_key(one)] for one in met]
    together = Counter(zip(right, said, strict=True))
    in_gold, in_found = Counter(right), Counter(said)
    pairs = [sum(count * (count - 1) // 2 for count in counts.values()) for counts in (together, in_found, in_gold)]
    precision = pairs[0] / pairs[1] if pairs[1] else 1.0
    recall = pairs[0] / pairs[2] if pairs[2] else 1.0
    size = len(met) or 1
    b_precision = sum(count * count / in_found[found] for (_, found), count in together.items()) / size
    b_recall = sum(count * count / in_gold[entity] for (entity, _), count in together.items()) / size
    return IdentityScore(
        len(gold),
        len(met),
        (precision, recall, _f1(precision, recall)),
        (b_precision, b_recall, _f1(b_precision, b_recall)),
        tuple(_mistakes(together)),
    )


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _mistakes(together: Mapping[tuple[str, str], int]) -> Iterator[str]:
    split: defaultdict[str, list[str]] = defaultdict(list)
    joined: defaultdict[str, list[str]] = defaultdict(list)
    for entity, found in sorted(together):
        split[entity].append(found)
        joined[found].append(entity)
    yield from (f"split: {entity} → {' | '.join(found)}" for entity, found in split.items() if len(found) > 1)
    yield from (f"joined: {' | '.join(entities)} → {found}" for found, entities in joined.items() if len(entities) > 1)


def fact_mentions(facts: Iterable[Fact]) -> Iterator[Mentioned]:
    """Yield the forms of linked facts.

    Args:
        facts: Facts with the names of the corpus (`Linked.facts`).
    """
    for fact in facts:
        for mention in (fact.subject, fact.object):
            if mention.type in SCORED:
                yield Mentioned(mention.document, mention.text, mention.type.value, mention.name)


def graph_mentions(graph: nx.MultiDiGraph) -> Iterator[Mentioned]:
    """Yield the forms of a graph's nodes."""
    for node, data in graph.nodes(data=True):
        if data.get("type") in SCORED:
            for mention in node_mentions(graph, node):
                yield Mentioned(mention.document, mention.text, data["type"], node)


def read_identity_gold(path: Path) -> list[Mentioned]:
    """Read a gold file: JSON Lines of `id`, `type`, `name` and `mentions` (each with `document` and `text`).

    Raises:
        InputError: The file is missing, not JSON Lines, or a line is no entity.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The gold file {path} cannot be read; check the path.") from error
    result: list[Mentioned] = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                result += _entity(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise InputError(f"{path}, line {number}: not an entity of an identity gold ({error!r}).") from error
    return result


def _entity(record: Mapping[str, Any]) -> list[Mentioned]:
    return [Mentioned(one["document"], one["text"], record["type"], record["id"]) for one in record["mentions"]]


def identity_report(scores: Mapping[str, IdentityScore], *, with_mistakes: bool = False) -> str:
    """Return the scores as a table.

    Args:
        scores: Type → score.
        with_mistakes: List what was split and joined too.
    """
    rows: list[list[object]] = []
    for type, score in scores.items():
        for measure, values in (("pairwise", score.pairwise), ("B-cubed", score.b_cubed)):
            rows.append([type, measure, *(f"{value:.3f}" for value in values), f"{score.found}/{score.gold}"])
    table = text_table(["type", "measure", "precision", "recall", "F1", "found by extraction"], rows)
    if not with_mistakes:
        return table
    lines = [f"{type}  {line}" for type, score in scores.items() for line in score.mistakes]
    return "\n".join([table, "", *lines])
