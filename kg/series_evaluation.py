"""Scores of terms of office and of ledger rows against gold over a series of articles."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from kg.errors import InputError
from kg.ledger import LedgerRow
from kg.names import fold
from kg.timeline import Term
from kg.types import EntityType, Fact, Mention

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How found rows meet gold ones.

    Args:
        right: How many gold rows are found as they should be.
        missed: Gold rows that no found row is, with what comes nearest.
        wrong: Found rows that are no gold row.
    """

    right: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def precision(self) -> float:
        """The share of found rows that is right."""
        return self.right / (self.right + len(self.wrong)) if self.right else 0.0

    @property
    def recall(self) -> float:
        """The share of gold rows that is found."""
        return self.right / (self.right + len(self.missed)) if self.right else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of the two.

        >>> Agreement(3, ("a",), ()).f1
        0.8571428571428571
        """
        return 2 * self.right / (2 * self.right + len(self.missed) + len(self.wrong)) if self.right else 0.0


class Identities:
    """Which entity of the gold a name means, document by document.

    Args:
        records: The lines of the gold for identity: `id`, `type`, `name` and `mentions`.

    >>> record = {"id": "P1", "type": "Person", "name": "王倩", "mentions": [{"document": "a", "text": "王主席"}]}
    >>> identities = Identities([record])
    >>> identities.of(["王倩"], ["x/a.txt"]), identities.of(["李四"], ["x/a.txt"])
    ('P1', None)
    """

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = {record["id"]: record for record in records}
        self._by_place: dict[tuple[str, str], str] = {}
        self._by_name: defaultdict[str, set[str]] = defaultdict(set)
        documents: defaultdict[str, set[str]] = defaultdict(set)
        for id, record in self._records.items():
            for mention in record["mentions"]:
                self._by_place[mention["document"], fold(mention["text"])] = id
                self._by_name[fold(mention["text"])].add(id)
                documents[mention["document"]].add(id)
            self._by_name[fold(record["name"])].add(id)
        # The name in full counts in every document that mentions the entity in any form.
        for document, ids in documents.items():
            for id in sorted(ids):
                self._by_place.setdefault((document, fold(self._records[id]["name"])), id)

    def name(self, id: str) -> str:
        """Return a name that no other entity has."""
        name = str(self._records[id]["name"])
        shared = sum(record["name"] == name for record in self._records.values()) > 1
        return f"{name}（{id}）" if shared else name

    def of(self, names: Iterable[str], documents: Iterable[str]) -> str | None:
        """Return the entity that most of the documents mean by one of the names, None if none knows any.

        Args:
            names: The forms of a name.
            documents: The paths or ids of documents.
        """
        folded = [fold(name) for name in names]
        votes = Counter(
            id
            for document in documents
            for name in folded
            if (id := self._by_place.get((PurePosixPath(document).stem, name)))
        )
        if votes:
            return min(votes, key=lambda entity: (-votes[entity], entity))
        alone = {id for name in folded for id in self._by_name.get(name, ()) if len(self._by_name[name]) == 1}
        return alone.pop() if len(alone) == 1 else None

    def link(self, fact: Fact) -> Fact:
        """Return a fact with the names that the gold gives its persons and organizations: perfect linking."""
        document = fact.evidence.document

        def named(name: object) -> str | None:
            id = self.of([str(name)], [document]) if name else None
            return self.name(id) if id else (str(name) if name else None)

        qualifiers = dict(fact.qualifiers)
        for key in ("organization", "actor"):
            if qualifiers.get(key):
                qualifiers[key] = named(qualifiers[key])
        ends: list[Mention] = []
        for mention in (fact.subject, fact.object):
            known = mention.type in (EntityType.PERSON, EntityType.ORGANIZATION)
            name = named(mention.name) if known else mention.name
            if mention.type is EntityType.POSITION and qualifiers.get("title"):
                name = f"{qualifiers.get('organization') or ''}{qualifiers['title']}"
            ends.append(replace(mention, name=name or mention.name))
        return replace(fact, subject=ends[0], object=ends[1], qualifiers=qualifiers)


def read_records(path: Path) -> list[Record]:
    """Read a gold file of the series.

    Raises:
        InputError: The file is missing or is no JSON Lines.
    """
    try:
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        raise InputError(f"The gold file {path} cannot be read ({error}).") from error


def compare_terms(
    gold: Sequence[Record], found: Sequence[Term], identities: Identities, aliases: Mapping[str, Sequence[str]] = {}
) -> Agreement:
    """Compare terms by person, title, organization, since and until.

    Args:
        gold: Lines of the gold for terms.
        found: The terms.
        identities: Which entities the names mean.
        aliases: Node id of a person or organization → further names.
    """

    def same(record: Record, term: Term) -> bool:
        person = identities.of([term.person, *aliases.get(term.person_id, ())], term.documents)
        office = [term.organization or "", *aliases.get(f"Organization:{term.organization}", ())]
        return person == record["person"] and _same_office(record, term, office, identities)

    def exact(record: Record, term: Term) -> bool:
        return (term.since, term.until) == (record["since"], record["until"])

    # Gold speaks of the persons and bodies of the series; others that the articles name are not judged.
    return _compare(gold, found, same, exact, _shown_term)


def _same_office(record: Record, term: Term, names: Sequence[str], identities: Identities) -> bool:
    """Say whether a term is at the office of a record; `names` are the forms of its organization's name."""
    accepted = [record, *record.get("alias", ())]
    for one in accepted:
        if "organization_name" in one:
            if fold(f"{term.organization or ''}{term.title}") == fold(one["organization_name"] + one["title"]):
                return True
            continue
        organization = identities.of(names, term.documents)
        if organization == one["organization"] and term.title == one["title"]:
            return True
        whole = fold(f"{term.organization or ''}{term.title}")
        if whole == fold(identities.name(one["organization"]) + one["title"]):
            return True
    return False


def compare_ledger(gold: Sequence[Record], found: Sequence[LedgerRow], identities: Identities) -> Agreement:
    """Compare ledger rows by organization, object, unit, change, period, planned and achieved.

    Args:
        gold: Lines of the gold for the ledger.
        found: The rows.
        identities: Which entities the names mean.
    """

    def same(record: Record, row: LedgerRow) -> bool:
        organization = identities.of([row.organization], row.documents)
        stated = (organization, row.unit, row.period, row.change)
        wanted = (record["organization"], record["unit"], record["period"], record["change"])
        return stated == wanted and _same_object(record, row)

    def exact(record: Record, row: LedgerRow) -> bool:
        return (row.planned, row.achieved) == (record["planned"], record["achieved"])

    return _compare(gold, found, same, exact, _shown_row)


def _same_object(record: Record, row: LedgerRow) -> bool:
    accepted = {fold(name) for name in (record["object"], *record["object_alias"])}
    said = {fold(row.metric), fold(f"{row.action or ''}{row.metric}")}
    action = row.action is None or record["action"] is None or fold(row.action) == fold(record["action"])
    return bool(said & accepted) or (action and any(one.endswith(fold(row.metric)) for one in accepted))


def _compare(
    gold: Sequence[Record],
    found: Sequence[Any],
    same: Callable[[Record, Any], bool],
    exact: Callable[[Record, Any], bool],
    shown: Callable[[Any], str],
) -> Agreement:
    """Match each gold row with one found row: those that agree in all first."""
    free = list(found)
    right, missed, open_ = 0, [], []
    for record in gold:
        hit = next((row for row in free if same(record, row) and exact(record, row)), None)
        if hit is None:
            open_.append(record)
            continue
        free.remove(hit)
        right += 1
    for record in open_:
        near = next((row for row in free if same(record, row)), None)
        beside = f" — found: {shown(near)}" if near else ""
        missed.append(json.dumps(record, ensure_ascii=False) + beside)
    return Agreement(right, tuple(missed), tuple(shown(row) for row in free))


def _shown_term(term: Term) -> str:
    return f"{term.person} {term.title} {term.organization} {term.since}–{term.until} {'、'.join(term.documents)}"


def _shown_row(row: LedgerRow) -> str:
    figures = f"{row.planned} → {row.achieved}"
    return f"{row.organization} {row.action} {row.metric} {row.unit} {row.period} {row.change}: {figures}"
