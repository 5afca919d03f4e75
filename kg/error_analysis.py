"""Why a fact is wrong or a record was missed: each wrong fact beside the missed record that it comes nearest to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kg.matching import (
    Matching,
    Record,
    accepted,
    contains,
    normal,
    same_action,
    same_amount,
    same_issuer,
    same_object,
    same_organization,
    same_quantity,
)
from kg.types import Fact

PAIRED = ("boundary", "wrong organization", "wrong action", "wrong object")
"""The reasons that set a fact beside a record, the likeliest first."""
REASONS = (*PAIRED, "missing", "spurious")
"""All reasons: `missing` has no fact that comes near, `spurious` no record."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A missed record, a wrong fact, or both where one explains the other.

    Args:
        document: The id of the gold document.
        relation: `holds`, `issues` or `targets`.
        reason: One of `REASONS`.
        record: The missed record, or None.
        fact: The wrong fact, or None.
    """

    document: str
    relation: str
    reason: str
    record: Record | None = None
    fact: Fact | None = None


def explain(document: str, relation: str, matching: Matching) -> list[Mistake]:
    """Return the mistakes of one document and relation, each missed record and each wrong fact once.

    Args:
        document: The id of the gold document.
        relation: `holds`, `issues` or `targets`.
        matching: How its facts meet its records.
    """
    reason_of = _REASON[relation]
    pairs = sorted(
        (PAIRED.index(reason), i, k)
        for i, record in enumerate(matching.missed)
        for k, fact in enumerate(matching.wrong)
        if (reason := reason_of(record, fact)) is not None
    )
    mistakes: list[Mistake] = []
    records, facts = set(range(len(matching.missed))), set(range(len(matching.wrong)))
    for rank, i, k in pairs:
        if i in records and k in facts:
            records.remove(i)
            facts.remove(k)
            mistakes.append(Mistake(document, relation, PAIRED[rank], matching.missed[i], matching.wrong[k]))
    mistakes += [Mistake(document, relation, "missing", record=matching.missed[i]) for i in sorted(records)]
    mistakes += [Mistake(document, relation, "spurious", fact=matching.wrong[k]) for k in sorted(facts)]
    return mistakes


def record_text(record: Record, relation: str) -> str:
    """Return a gold record in a few words.

    >>> record_text({"person": "张三", "title": "会长", "org": "甲协会"}, "holds")
    '张三 · 会长 · 甲协会'
    """
    if relation == "holds":
        return _joined(record["person"], record["title"], record.get("org"))
    if relation == "issues":
        return _joined(record["org"], f"《{record['document']}》")
    return _joined(record.get("action"), record["object_core"], f"{record['value']}{record.get('unit') or ''}")


def fact_text(fact: Fact) -> str:
    """Return a fact in the same few words as a gold record."""
    said = fact.qualifiers
    if fact.predicate == "holds":
        return _joined(fact.subject.name, said.get("title"), said.get("organization"))
    if fact.predicate in ("issues", "co_issues"):
        return _joined(fact.subject.name, f"《{normal(fact.object.name)}》")
    return _joined(said.get("action"), said.get("object"), f"{said.get('value_text') or ''}{said.get('unit') or ''}")


def _joined(*parts: object) -> str:
    return " · ".join(str(part) if part else "—" for part in parts)


def _near(said: str, forms: Sequence[str] | frozenset[str]) -> bool:
    return any(contains(said, form) for form in forms)


def _shares(said: str, longest: str) -> bool:
    """Say whether two phrases have two characters in a row in common."""
    return SequenceMatcher(None, said, longest, autojunk=False).find_longest_match().size >= 2


def _holds_reason(record: Record, fact: Fact) -> str | None:
    said_person, said_title = normal(fact.subject.name), normal(fact.qualifiers.get("title"))
    persons, titles = accepted(record, "person"), accepted(record, "title")
    person, title, organization = said_person in persons, said_title in titles, same_organization(record, fact)
    if person and title:
        return "wrong organization"
    if organization and (person or _near(said_person, persons)) and (title or _near(said_title, titles)):
        return "boundary"
    return "wrong object" if person and organization else None


def _issues_reason(record: Record, fact: Fact) -> str | None:
    said, forms = normal(fact.object.name), accepted(record, "document")
    if said in forms:
        return "wrong organization"
    if not same_issuer(record, fact):
        return None
    return "boundary" if _near(said, forms) else "wrong object"


def _targets_reason(record: Record, fact: Fact) -> str | None:
    if same_amount(record, fact):
        return "wrong action"
    if same_quantity(record, fact):
        said, longest = normal(fact.qualifiers.get("object")), normal(record.get("object_full"))
        return "boundary" if _shares(said, longest) else "wrong object"
    value = normal(fact.qualifiers.get("value_text"))
    near = same_object(record, fact) and same_action(record, fact) and _near(value, accepted(record, "value"))
    return "boundary" if near else None


_REASON: dict[str, Callable[[Record, Fact], str | None]] = {
    "holds": _holds_reason,
    "issues": _issues_reason,
    "targets": _targets_reason,
}
