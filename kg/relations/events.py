"""Events: which meeting is held when, where and how, and who hosts it; `event_roles` adds who attends and speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.language.dates import date_in, resolve_date
from kg.language.event_names import EventName, event_names
from kg.language.organization_lists import split_list
from kg.language.organizations import organization_before
from kg.language.patterns import pattern
from kg.language.places import place_name
from kg.language.sentences import Sentence
from kg.relations.base import Reading, make_fact, relation
from kg.relations.discourse import Discourse, is_generic, strip_term
from kg.relations.event_roles import roles
from kg.types import EntityType, Fact, Mention, QualifierValue

_STOPS = "。；"
_PREPOSITION = re.compile("[在于]")
_CERTAIN = ("known", "strong", "weak")
_VERB_REACH = 60


@dataclass(frozen=True, slots=True)
class Held:
    """An event that a sentence says is held.

    Args:
        name: Its name in the sentence.
        verb: The view offsets of the verb of holding.
        before: Whether the verb stands before the name.
        begin: Where the part of the sentence that speaks of it begins.
    """

    name: EventName
    verb: tuple[int, int]
    before: bool
    begin: int


@relation("events")
def events(reading: Reading) -> Iterator[Fact]:
    """Yield `hosts`, `held_on`, `held_at`, `attends` and `speaks_at` of the meetings that a document reports."""
    discourse = Discourse(reading)
    current: Mention | None = None
    for sentence in reading.sentences:
        named: dict[int, Mention] = {}
        for held in _held_in(sentence.view.text):
            hosts = _hosts(reading, sentence, held, discourse)
            mention = _mention(sentence, held.name, hosts, discourse)
            named[held.name.start] = current = mention
            yield from _facts(reading, sentence, held, mention, hosts)
        if current and not named:
            yield from _hosts_of_current(reading, sentence, current, discourse)
        for fact in roles(reading, sentence, named, current):
            current = fact.object
            yield fact
        discourse.observe(sentence)


def _held_in(text: str) -> Iterator[Held]:
    """Yield the events of a sentence beside a verb of holding."""
    begin = 0
    for name in event_names(text):
        begin = max(begin, *(text.rfind(mark, 0, name.start) + 1 for mark in _STOPS))
        before = pattern("events", "held_before_name").search(text, max(begin, name.start - _VERB_REACH), name.start)
        gap = pattern("events", "gap_to_held").match(text, name.end)
        behind = _verb_behind(text, name.end) if gap and (before is None or before["of"] == "的") else None
        # 甲会主办的某论坛在某地开幕: the verb behind tells where.
        if behind:
            yield Held(name, behind, before=False, begin=begin)
        elif before:
            yield Held(name, before.span("verb"), before=True, begin=begin)
        begin = name.end


def _verb_behind(text: str, end: int) -> tuple[int, int] | None:
    """Return the span of the verb of holding behind a name that ends at a place, None if there is none."""
    for verb in pattern("events", "held").finditer(text, end, end + _VERB_REACH):
        if pattern("events", "gap_to_held").fullmatch(text, end, verb.start()):
            return verb.span()
    return None


def _mention(sentence: Sentence, name: EventName, hosts: list[Mention], discourse: Discourse) -> Mention:
    """Return the mention of an event; a name that many events bear (新闻发布会) gets its host before it."""
    full = name.text
    own = pattern("events", "own_name").match(full)
    of_company = pattern("events", "of_company").match(full)
    if own:
        who = discourse.resolve(own["who"], sentence, name.start)
        full = who + full[own.end() :] if who and not is_generic(who) else full
    elif not name.specific or of_company:
        host = hosts[0].name if hosts else discourse.resolve("公司") if of_company else None
        full = host + full if host and not is_generic(host) and not full.startswith(host) else full
    shown = _surface(sentence, name) if full == name.text else full
    return sentence.mention(name.start, name.end, EntityType.EVENT, shown)


def _surface(sentence: Sentence, name: EventName) -> str:
    """Return the name as read, without the bracket that defines a short form in it."""
    written = sentence.surface(name.start, name.end)
    return written if name.end - name.start == len(name.text) else name.text


def _facts(reading: Reading, sentence: Sentence, held: Held, event: Mention, hosts: list[Mention]) -> Iterator[Fact]:
    """Yield when, where and how an event is held, and by whom."""
    text = sentence.view.text
    begin, end = held.begin, max(held.name.end, held.verb[1])
    part = text[begin:end]
    mode = pattern("events", "mode").search(part)
    qualifiers: dict[str, QualifierValue] = {"mode": mode.group(1) if mode else None}
    day = date_in(part)
    date = resolve_date(day, reading.document.published) if day else None
    qualifiers["date"] = date
    if day and date:
        # The date is an attribute of the event; the mention of the date is the object.
        when = sentence.mention(begin + day.start(), begin + day.end(), EntityType.EVENT, event.name)
        yield make_fact(sentence, event, "held_on", when, dict(qualifiers), 0.85, "events.date")
    where = _place(sentence, begin, held.verb[1])
    if where:
        yield make_fact(sentence, event, "held_at", where, dict(qualifiers), 0.8, "events.place")
    for host in hosts:
        yield make_fact(sentence, host, "hosts", event, {"date": date}, 0.8, "events.host")


def _place(sentence: Sentence, begin: int, end: int) -> Mention | None:
    """Return the place that stands before the verb of holding that ends at a place."""
    text = sentence.view.text
    for preposition in _PREPOSITION.finditer(text, begin, end):
        match = pattern("events", "place").match(text, preposition.start(), end)
        found = place_name(match["place"]) if match and match.end() == end else None
        if match and found:
            start, name = match.start("place") + found[0], found[1]
            shown = sentence.surface(start, match.end("place"))
            return sentence.mention(
                start, match.end("place"), EntityType.PLACE, shown if len(shown) == len(name) > 1 else name
            )
    return None


def _hosts(reading: Reading, sentence: Sentence, held: Held, discourse: Discourse) -> list[Mention]:
    """Return the hosts of an event: 由A主办、B承办的…; A在某地召开…; …由A主办."""
    text = sentence.view.text
    found: list[Mention] = []
    begin, verb = held.begin, held.verb
    head = text[begin : held.name.start if held.before else verb[0]]
    for match in pattern("events", "hosted_by").finditer(text, begin, max(held.name.start, begin)):
        found += _listed(reading, sentence, *match.span("who"), discourse)
    behind = pattern("events", "hosted_by").search(text, held.name.end, held.name.end + _VERB_REACH)
    if not found and behind and text.startswith("由", behind.start()):
        found += _listed(reading, sentence, *behind.span("who"), discourse)
    if found or not held.before:
        return _unique(found)
    stop = begin + max(head.rfind(mark) + 1 for mark in "。；：")
    end = begin + len(_without_tail(text[begin : verb[0]]))
    return _unique(_listed(reading, sentence, min(stop, end), end, discourse))


def _without_tail(text: str) -> str:
    """Return the hosts without the time, place and adverbs behind them."""
    tail = pattern("events", "host_at_end").search(text)
    return text[: tail.start()] if tail else text


def _listed(reading: Reading, sentence: Sentence, start: int, end: int, discourse: Discourse) -> list[Mention]:
    """Return the organisations of a list in a part of the view; one that is none makes the list end there."""
    text = sentence.view.text
    start = max(start, *(text.rfind(mark, start, end) + 1 for mark in "，的"))
    lead = pattern("events", "before_hosts").match(text[start:end])
    start += lead.end() if lead else 0
    result: list[Mention] = []
    for one in reversed(split_list(text, start, end, reading.ends(sentence))):
        found = one if one.kind == "known" else organization_before(text, one.end, one.start, reading.ends(sentence))
        if found is None or (found.kind not in _CERTAIN and not is_generic(found.text)):
            break
        name = discourse.resolve(found.text, sentence, found.start)
        if name and not is_generic(name):
            shown = "" if name == found.text else name
            length = len(strip_term(found.text)) or len(found.text)
            result.insert(0, sentence.mention(found.start, found.start + length, EntityType.ORGANIZATION, shown))
    return result


def _unique(mentions: list[Mention]) -> list[Mention]:
    return list({mention.name: mention for mention in mentions}.values())


def _hosts_of_current(reading: Reading, sentence: Sentence, event: Mention, discourse: Discourse) -> Iterator[Fact]:
    """Yield the hosts of the event that the text has named (本届论坛由A主办，B承办)."""
    text = sentence.view.text
    pointer = pattern("events", "event_of_text").search(text)
    if not pointer:
        return
    for match in pattern("events", "hosted_by").finditer(text, pointer.end()):
        for host in _listed(reading, sentence, *match.span("who"), discourse):
            yield make_fact(sentence, host, "hosts", event, {"date": None}, 0.75, "events.host")
