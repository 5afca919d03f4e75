"""Terms of office: since and until when each person held each office, from what articles of many years say."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, groupby

import networkx as nx

from kg.errors import UsageError
from kg.names import fold
from kg.offices import Statement, acting_for, is_single, office_key, statements
from kg.rows import Row

# An article that comes out this many days after an office has ended may still speak of the time before.
_LATE_NEWS = 14
_START, _SEEN, _END = range(3)


@dataclass(frozen=True, slots=True)
class Term(Row):
    """A term of office.

    Args:
        person: The person's name.
        title: The title.
        organization: The organization, or None if no text names it.
        since: The ISO date of the appointment, perhaps without day or month, if a text tells it.
        until: The ISO date of the departure, if a text tells it.
        first_seen: The date of the first article that says that the office is held or taken up.
        last_seen: The date of the last one.
        ended_by: A date at which the term was over, where only that is known: a text says 原, or it has a new holder.
        conflict: Who else holds the office at the same time, None for nobody.
        documents: The documents that speak of the term.
        sentence: The sentence that says most about it.
        person_id: The node of the person.
        office: What tells offices apart.
    """

    person: str
    title: str
    organization: str | None
    since: str | None
    until: str | None
    first_seen: str | None
    last_seen: str | None
    ended_by: str | None
    conflict: str | None
    documents: tuple[str, ...]
    sentence: str | None
    person_id: str
    office: str

    @property
    def start(self) -> str | None:
        """The first day on which the office is known to be held."""
        return min((day for day in (self.since and first_day(self.since), self.first_seen) if day), default=None)

    @property
    def end(self) -> str | None:
        """The first day on which it is known to be held no longer."""
        return last_day(self.until) if self.until else self.ended_by

    def covers(self, day: str) -> bool:
        """Say whether the office is held on a day; one whose end nobody tells goes on."""
        return self.start is not None and self.start <= day and (self.end is None or day < self.end)


def first_day(date: str) -> str:
    """Return the first day of an ISO date without day or month.

    >>> first_day("2023-04"), last_day("2023-02"), last_day("2023")
    ('2023-04-01', '2023-02-28', '2023-12-31')
    """
    return date + "-01-01"[(len(date) - 4) :]


def last_day(date: str) -> str:
    """Return the last day of an ISO date without day or month."""
    if len(date) == 10:
        return date
    year, month = int(date[:4]), int(date[5:7] or 12)
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return str(following - datetime.timedelta(1))


def check_date(text: str) -> str:
    """Return an ISO date, that of a month or year as its last day.

    Raises:
        UsageError: It is none.

    >>> check_date("2022-06-17"), check_date("2022-06")
    ('2022-06-17', '2022-06-30')
    """
    try:
        if not re.fullmatch(r"\d{4}(?:-\d\d){0,2}", text):
            raise ValueError(text)
        return str(datetime.date.fromisoformat(last_day(text)))
    except ValueError:
        raise UsageError(f"{text!r} is no date; write it as 2022-06-17, 2022-06 or 2022.") from None


def terms(graph: nx.MultiDiGraph) -> list[Term]:
    """Return the terms of office that a graph tells, by person, start and office.

    Appointments and elections begin a term, removals end it; an article that says that somebody holds an office bounds
    it (`first_seen`, `last_seen`), one that says 原 or 前任 bounds its end. Elected again, the term goes on. An acting
    post ends with the election to the full one. A body has one 会长: the next one ends the term of the one before, and
    two who are both said to hold it are a conflict.

    Args:
        graph: A graph from `build_graph` or `read_graph`.
    """
    listed = statements(graph)
    made: list[Term] = []
    for _, group in groupby(listed, key=lambda one: (one.person, one.office, "" if one.office else one.title)):
        made += _terms_of_office(list(group))
    made = _without_acting_ends(made)
    by_office: defaultdict[str, list[Term]] = defaultdict(list)
    for term in made:
        by_office[term.office].append(term)
    result = [term for office in sorted(by_office) for term in _beside_others(by_office[office])]
    return sorted(result, key=_order)


def _order(term: Term) -> tuple[str, ...]:
    return (term.person_id, term.start or term.end or "", term.office, term.title, term.until or "")


@dataclass(slots=True)
class _Span:
    """A term while its statements are read in the order of their days."""

    since: str | None = None
    until: str | None = None
    ended_by: str | None = None
    seen: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.until is None and self.ended_by is None


def _points(said: Sequence[Statement]) -> Iterator[tuple[str, int, Statement]]:
    """Yield the day, the kind and the statement of what begins, shows or ends a term."""
    for one in said:
        if one.status in ("current", "appointed"):
            if one.since:
                yield first_day(one.since), _START, one
            if one.published:
                # An office that is to be taken up later is held from then on.
                yield max(one.published, first_day(one.since) if one.since else ""), _SEEN, one
        if one.until:
            yield last_day(one.until), _END, one
        elif one.status == "removed" and one.published:
            yield one.published, _END, one


def _spans(said: Sequence[Statement]) -> list[_Span]:
    """Return the terms that the statements about one person and one office tell, in order."""
    spans: list[_Span] = []
    first_told: dict[str, str] = {}
    for day, kind, one in sorted(_points(said), key=lambda point: (point[:2], point[2].document, point[2].sentence)):
        last = spans[-1] if spans else None
        told = first_told.setdefault(fold(one.sentence), day)
        if kind == _START:
            if last is None or not last.is_open:
                spans.append(_Span(since=one.since))
            elif last.since and one.since and one.since.startswith(last.since):
                last.since = one.since
        elif kind == _SEEN:
            if last is None or (not last.is_open and not _is_late(last, day, told)):
                spans.append(last := _Span())
            if last.is_open:
                last.seen = (*last.seen, day)
        elif last is None or not last.is_open:
            if last is None:
                spans.append(_Span(until=one.until, ended_by=None if one.until else day))
            elif one.until and (last.until is None or one.until.startswith(last.until)):
                last.until = one.until
        else:
            last.until, last.ended_by = one.until, None if one.until else day
    return spans


def _is_late(span: _Span, day: str, told: str) -> bool:
    """Say whether an article only comes late: it repeats an older one, or is of the days just after the end."""
    end = last_day(span.until) if span.until else span.ended_by or ""
    return told <= end or (datetime.date.fromisoformat(day) - datetime.date.fromisoformat(end)).days <= _LATE_NEWS


def _terms_of_office(said: Sequence[Statement]) -> list[Term]:
    """Return the terms of one person in one office."""
    spans = _spans(said)
    past = sorted(one.published for one in said if one.status == "former" and one.published and not one.until)
    if not spans:
        if not any(one.status in ("former", "removed", "current", "appointed") for one in said):
            return []
        spans = [_Span(ended_by=past[0] if past else None)]
    last = spans[-1]
    if last.is_open:
        # 原会长 in an article of later days; an article that calls somebody so too early is not believed.
        last.ended_by = next((day for day in past if day > max(last.seen, default=first_day(last.since or ""))), None)
    return [_term(said, span, spans) for span in spans]


def _term(said: Sequence[Statement], span: _Span, spans: Sequence[_Span]) -> Term:
    own = [one for one in said if _belongs(one, span, spans)]
    best = min(own or said, key=_says_less)
    names = [(one.organization or "", one.title) for one in said]
    organization, title = min(names, key=lambda pair: (-names.count(pair), pair))
    return Term(
        best.name,
        title,
        organization or None,
        span.since,
        span.until,
        min(span.seen, default=None),
        max(span.seen, default=None),
        span.ended_by,
        None,
        tuple(sorted({one.document for one in own})),
        best.sentence,
        best.person,
        best.office,
    )


def _says_less(one: Statement) -> tuple[bool, bool, str, str]:
    return not (one.since or one.until), one.status == "former", one.published or "", one.sentence


def _belongs(one: Statement, span: _Span, spans: Sequence[_Span]) -> bool:
    """Say whether a statement speaks of a term: of several the last that had begun."""
    if len(spans) == 1:
        return True
    day = one.since or one.until or one.published or ""
    begun = [other for other in spans if (min(other.seen, default="") or other.since or "") <= day]
    return span is (begun or spans)[-1]


def _without_acting_ends(made: Iterable[Term]) -> list[Term]:
    """Let an acting post end with the election to the full one."""
    listed = list(made)
    since = {(term.person_id, term.office): term.since for term in reversed(listed) if term.since}
    result = []
    for term in listed:
        full = acting_for(term.title)
        elected = since.get((term.person_id, office_key(term.organization, full))) if full else None
        result.append(replace(term, until=elected) if elected and term.until is None else term)
    return result


def _beside_others(same_office: Sequence[Term]) -> Iterator[Term]:
    """Yield the terms of one office with what follows from those of others: the end by a successor, and conflicts."""
    if not same_office[0].office or not is_single(same_office[0].title):
        yield from same_office
        return
    others: defaultdict[int, list[str]] = defaultdict(list)
    for (a, one), (b, other) in combinations(enumerate(same_office), 2):
        if one.person_id != other.person_id and _overlap(one, other):
            others[a].append(other.person)
            others[b].append(one.person)
    for place, term in enumerate(same_office):
        ended = term.ended_by
        if term.end is None:
            later = (other.start for other in same_office if other.person_id != term.person_id)
            known = term.last_seen or term.start or ""
            ended = min((day for day in later if day and day > known), default=None)
        yield replace(term, ended_by=ended, conflict="、".join(sorted(set(others[place]))) or None)


def _overlap(one: Term, other: Term) -> bool:
    """Say whether two terms surely overlap: each is known to have lasted on some day inside the other."""
    a, b = _surely(one), _surely(other)
    if not a or not b:
        return False
    start, end = max(a[0], b[0]), min(a[1], b[1])
    # On the day of a change of office two hold it; else one article, or two of a day, contradict each other.
    handed_over = any(term.since or term.until for term in (one, other))
    return start < end or (start == end and not handed_over)


def _surely(term: Term) -> tuple[str, str] | None:
    """Return the first and last day between which a term surely lasted."""
    start = last_day(term.since) if term.since else term.first_seen
    end = first_day(term.until) if term.until else term.last_seen
    return (start, end) if start and end else None
