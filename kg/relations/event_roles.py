"""Who attends and who speaks: the persons of a list share the verbs behind its last one, and only those."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.language.event_names import EventName, event_names
from kg.language.lexicon import matcher
from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.relations.base import Reading, make_fact
from kg.relations.position_chains import find_chains
from kg.types import EntityType, Fact, Mention, QualifierValue

_STOP = re.compile(r"[。；]")
_MOST_ROLES = 4
# 在致辞中表示: what follows are the words.
_IN_SPEECH = ("中", "时")
# How far the next person of a list may stand behind a name: an organisation and titles, or a person nobody found.
_LIST_REACH = 60


@dataclass(frozen=True, slots=True)
class _Person:
    """A name with the place where its titles and organisation begin."""

    start: int
    end: int
    outer: int


@dataclass(frozen=True, slots=True)
class _Role:
    """A verb of attending or speaking, and the event that stands beside it, if one does."""

    verb: str
    attends: bool
    event: EventName | None


def roles(
    reading: Reading, sentence: Sentence, named: Mapping[int, Mention], current: Mention | None
) -> Iterator[Fact]:
    """Yield `attends` and `speaks_at` of the persons of a sentence.

    Args:
        reading: The document.
        sentence: The sentence.
        named: The events that the sentence says are held, by the view offset of their names.
        current: The event that the text has named last.
    """
    text = sentence.view.text
    if not pattern("events", "role").search(text):
        return
    persons = _persons(reading, sentence)
    for number, person in enumerate(persons):
        for role in _roles_of(text, persons, number):
            event = _event(sentence, role, named, current)
            if event is None:
                continue
            predicate = "attends" if role.attends else "speaks_at"
            who = sentence.mention(person.start, person.end, EntityType.PERSON)
            qualifiers: dict[str, QualifierValue] = {"verb": role.verb}
            yield make_fact(sentence, who, predicate, event, qualifiers, 0.8, f"events.{predicate}")


def _event(sentence: Sentence, role: _Role, named: Mapping[int, Mention], current: Mention | None) -> Mention | None:
    """Return the event of a role: the one beside its verb, else the one that the text speaks of."""
    if role.event is None or (not role.event.specific and role.event.start not in named and current):
        return current
    known = named.get(role.event.start)
    if known or role.event.specific:
        return known or sentence.mention(role.event.start, role.event.end, EntityType.EVENT)
    return None


def _roles_of(text: str, persons: list[_Person], number: int) -> list[_Role]:
    """Return the roles of a person: those that the text behind its name gives, or those of the next in the list."""
    end = persons[number].end
    following = persons[number + 1] if number + 1 < len(persons) else None
    joint = pattern("events", "next_person").match(text, end)
    if joint and following:
        between = text[joint.end() : max(joint.end(), following.outer)]
        if len(between) <= _LIST_REACH and not _tells(between):
            return _roles_of(text, persons, number + 1)
    stop = _STOP.search(text, end)
    limit = min(stop.start() if stop else len(text), max(end, following.outer) if following else len(text))
    found = _roles_between(text, end, limit)
    if joint and not found:
        # 会长张三及各部门负责人参加会议: the last of the list is nobody by name.
        verb = pattern("events", "role").search(text, joint.end(), limit)
        if verb and verb.start() - joint.end() <= _LIST_REACH and not _tells(text[joint.end() : verb.start()]):
            found = _roles_between(text, verb.start(), limit)
    return found


def _tells(text: str) -> bool:
    """Say whether what stands between two persons is more than the titles of the second one."""
    return bool(
        _STOP.search(text) or pattern("events", "role").search(text) or pattern("events", "reported").search(text)
    )


def _roles_between(text: str, start: int, limit: int) -> list[_Role]:
    """Return the roles that the verbs of a part of the text give, the first one close behind the persons."""
    found: list[_Role] = []
    place = start
    for verb in pattern("events", "role").finditer(text, start, limit):
        if verb.start() < place:
            continue
        if not (_leads_on(text, place, verb.start()) if found else _leads_to_role(text, place, verb.start())):
            break
        attends = verb.lastgroup == "attend"
        event = _beside(text, place, verb.start(), verb.end(), limit)
        if event is None and not _may_stand_alone(text, verb):
            break
        found.append(_Role(verb.group(), attends, event))
        place = event.end if event and event.start >= verb.end() else verb.end()
        if len(found) == _MOST_ROLES:
            break
    # 出席某论坛并致辞: the event beside one verb is that of the others.
    beside = next((role.event for role in found if role.event), None)
    return [role if role.event else _Role(role.verb, role.attends, beside) for role in found]


def _leads_to_role(text: str, start: int, end: int) -> bool:
    """Say whether the verb at `end` is that of the persons before `start`: a title and adverbs at most between them.

    >>> _leads_to_role("张三会长应邀出席", 2, 6), _leads_to_role("张三反对出席", 2, 4)
    (True, False)
    """
    between = pattern("events", "before_role")
    starts = (*matcher("titles", "head", "full").ends(text, start, end), start)
    return any(between.fullmatch(text, after, end) for after in starts)


def _leads_on(text: str, start: int, end: int) -> bool:
    return pattern("events", "between_roles").fullmatch(text, start, end) is not None


def _may_stand_alone(text: str, verb: re.Match[str]) -> bool:
    """Say whether a verb of a role means the event of the text: it has no other object (参加调研)."""
    if verb.group().endswith(_IN_SPEECH) or pattern("events", "role_without_object").match(text, verb.start()):
        return True
    return pattern("events", "object_of_role").match(text, verb.end()) is not None


def _beside(text: str, place: int, start: int, end: int, limit: int) -> EventName | None:
    """Return the event that is the object of a verb (出席某论坛), or that stands before it (在某论坛上致辞)."""
    for name in event_names(text):
        if end <= name.start <= end + 2 and name.end <= limit:
            return name
        if (
            place <= name.start
            and name.end <= start
            and text.startswith(("上", "中", "开幕", "现场", "期间"), name.end)
        ):
            return name
    return None


def _persons(reading: Reading, sentence: Sentence) -> list[_Person]:
    """Return the names in title chains, and those that the document has confirmed, left to right."""
    text = sentence.view.text
    found: dict[tuple[int, int], int] = {}
    for chain in find_chains(text, reading.names, reading.ends(sentence)):
        for name in chain.names:
            if name.score > 0.5:
                before = chain.start if chain.start < name.start else name.start
                # Of several names behind one chain only the first has the titles before it.
                first = name is chain.names[0]
                found[name.start, name.end] = before if first else name.start
    for surface in reading.names.confirmed:
        for match in re.finditer(re.escape(surface), text) if surface in text else ():
            found.setdefault(match.span(), match.start())
    return [_Person(start, end, outer) for (start, end), outer in sorted(found.items())]
