"""Events: which meeting, when, where and how, who hosts it, attends it and speaks at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.language.dates import date_in, resolve_date
from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.relations.base import Reading, make_fact, organization_mention, relation
from kg.relations.discourse import organizations_in
from kg.relations.position_chains import find_chains
from kg.types import EntityType, Fact, Mention, QualifierValue

_EVENT_BEFORE_VERB = pattern("events", "event_before_verb")
_EVENT_AFTER_VERB = pattern("events", "event_after_verb")
_BEFORE_EVENT = pattern("events", "before_event")
_POINTING_EVENT = pattern("events", "pointing_event")
_MODE = pattern("events", "mode")
_PLACE = pattern("events", "place")
_NOT_A_PLACE = pattern("events", "not_a_place")
_HOSTED_BY = pattern("events", "hosted_by")
_HOST_BEFORE_VERB = pattern("events", "host_before_verb")
_ROLE = pattern("events", "role")
_BETWEEN_ROLES = pattern("events", "between_roles")
_REPORTED = pattern("events", "reported")
_STOP = re.compile(r"[。；]")
# Verbs inside what looks like the name of an event: the name begins behind the last of them.
_VERBS_BEFORE_NAME = (
    "举行的",
    "召开的",
    "举办的",
    "主办的",
    "承办的",
    "协办的",
    "支持的",
    "指导的",
    "出席",
    "参加",
    "召开",
    "举行",
)
_MOST_ROLES = 3


@dataclass(frozen=True, slots=True)
class _Event:
    """An event with the view offset at which its name begins in its own sentence."""

    mention: Mention
    start: int


@relation("events")
def events(reading: Reading) -> Iterator[Fact]:
    """Yield `hosts`, `held_on`, `held_at`, `attends` and `speaks_at` of the meetings that a document reports."""
    current: _Event | None = None
    for sentence in reading.sentences:
        found = _event(sentence)
        if found:
            current = found
            yield from _held(reading, sentence, found)
        if current:
            yield from _roles(reading, sentence, current)


def _event(sentence: Sentence) -> _Event | None:
    """Return the event that a sentence says is held, None if it names none."""
    text = sentence.view.text
    match = _EVENT_BEFORE_VERB.search(text) or _EVENT_AFTER_VERB.search(text)
    if not match:
        return None
    start, end = match.span("name")
    lead = _BEFORE_EVENT.match(text[start:end])
    start += lead.end() if lead else 0
    cut = max(text.rfind(verb, start, end) for verb in _VERBS_BEFORE_NAME)
    if cut >= start:
        start = cut + (3 if text[cut + 2 : cut + 3] == "的" else 2)
    name = text[start:end]
    if len(name) < 4 or _POINTING_EVENT.match(name) or "《" in name:
        return None
    return _Event(sentence.mention(start, end, EntityType.EVENT), start)


def _held(reading: Reading, sentence: Sentence, event: _Event) -> Iterator[Fact]:
    """Yield when, where and how an event is held, and by whom."""
    text = sentence.view.text
    mode = _MODE.search(text)
    qualifiers: dict[str, QualifierValue] = {"mode": mode.group(1) if mode else None}
    day = date_in(text)
    date = resolve_date(day, reading.document.published) if day else None
    qualifiers["date"] = date
    if day and date:
        # The date is an attribute of the event; the mention of the date is the object.
        when = sentence.mention(*day.span(), EntityType.EVENT, event.mention.name)
        yield make_fact(sentence, event.mention, "held_on", when, dict(qualifiers), 0.85, "events.date")
    place = _PLACE.search(text)
    if place and not _NOT_A_PLACE.search(place["place"]):
        where = sentence.mention(*place.span("place"), EntityType.PLACE)
        yield make_fact(sentence, event.mention, "held_at", where, dict(qualifiers), 0.8, "events.place")
    by = _HOSTED_BY.search(text) or _HOST_BEFORE_VERB.search(text[: event.start])
    hosts = organizations_in(text, *by.span("who"), reading.ends(sentence)) if by else ()
    for host in hosts:
        mention = organization_mention(sentence, host)
        yield make_fact(sentence, mention, "hosts", event.mention, {"date": date}, 0.8, "events.host")


def _roles(reading: Reading, sentence: Sentence, event: _Event) -> Iterator[Fact]:
    """Yield who attends or speaks: the persons of the title chains before the verb in the same clause group."""
    text = sentence.view.text
    if not _ROLE.search(text):
        return
    for start, end in _persons(reading, sentence):
        stop = _STOP.search(text, end)
        rest = text[end : stop.start() if stop else None]
        following = list(_ROLE.finditer(rest))[:_MOST_ROLES]
        if not following:
            continue
        first = following[0]
        gap = rest[: first.start()]
        if "被" in gap or _REPORTED.search(gap):
            continue
        person = sentence.mention(start, end, EntityType.PERSON)
        for role in following:
            if role is not first and not _BETWEEN_ROLES.fullmatch(rest, first.end(), role.start()):
                break
            predicate = "attends" if role.lastgroup == "attend" else "speaks_at"
            qualifiers: dict[str, QualifierValue] = {"verb": role.group()}
            yield make_fact(sentence, person, predicate, event.mention, qualifiers, 0.75, f"events.{predicate}")


def _persons(reading: Reading, sentence: Sentence) -> list[tuple[int, int]]:
    """Return the spans of the names in title chains, and of those that the document has confirmed, left to right."""
    text = sentence.view.text
    chains = find_chains(text, reading.names, reading.ends(sentence))
    chained = {(name.start, name.end) for chain in chains for name in chain.names if name.score > 0.5}
    confirmed = {
        match.span()
        for surface in reading.names.confirmed
        if surface in text
        for match in re.finditer(re.escape(surface), text)
    }
    return sorted(chained | confirmed)
