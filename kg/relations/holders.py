"""Who holds a chain of titles that has no name directly beside it: verbs, 一职由, brackets and apposition."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.language.organizations import Organization
from kg.language.patterns import pattern
from kg.language.persons import Name
from kg.relations.appointments import verb_before
from kg.relations.holder_lists import JOINT_REACH, listed_behind, names_from, names_until, with_listed
from kg.relations.lone_names import (
    HONORIFICS,
    before_honorific,
    lone_before_bracket,
    lone_object,
    lone_subject,
    lone_successor,
    name_of_resume,
)
from kg.relations.names_beside import Context
from kg.relations.position_chains import Chain, Slot

# Verbs with so many other senses that they need the person directly before them (请来工程师张三当顾问).
_ONLY_BESIDE = ("当", "做", "来当", "来做")
_DUTY = "verb.duty_by_name"
# A subject that stands clauses before its verb must be this certain.
_CERTAIN_SUBJECT = 0.8


class Holders(NamedTuple):
    """The names of those who hold a chain of titles, and the rule that found them."""

    names: list[Name]
    rule: str


# What 局 in 张三，局党组书记 may be.
_OWN_BODY = tuple("局厅委部院校厂所馆社行台会司")


@dataclass(frozen=True, slots=True)
class Place:
    """A chain of titles and where its holders are looked for.

    Args:
        chain: The chain.
        context: The sentence.
        previous: The holders of the chain before.
    """

    chain: Chain
    context: Context
    previous: list[Name]


def find_holders(place: Place, earlier: Sequence[Chain], later: Sequence[Chain] = ()) -> Holders:
    """Return who holds a chain, and by which rule; nobody if no rule finds anyone.

    Args:
        place: The chain and its sentence.
        earlier: The chains of the sentence before it.
        later: The chains of the sentence behind it.

    >>> from kg.language.persons import NameFinder
    >>> from kg.relations.position_chains import find_chains
    >>> context = Context("王倩当选为红石市总工会主席", NameFinder(), frozenset())
    >>> chain = find_chains(context.text, context.names, context.ends)[0]
    >>> find_holders(Place(chain, context, []), []).rule
    'verb.appointed'
    """
    chain, text = place.chain, place.context.text
    pointer = pattern("appointments", "pointer").search(text, max(0, chain.start - JOINT_REACH), chain.start)
    if pointer:
        return Holders(place.previous, "person_verb.removed" if pointer["removed"] else "person_verb.appointed")
    beside = Holders(chain.names, chain.rule)
    if chain.names and chain.rule == "title_before_name" and verb_before(text, chain.start) is None:
        return beside
    if not chain.names and (listed := listed_behind(chain, later, text)):
        return Holders(listed, "listed_behind")
    for rule in _RULES if not chain.names else (_subject_of_verb,):
        found = rule(place)
        if found and found.rule == _DUTY:
            return Holders(_all_on_duty(place, later, found.names), found.rule)
        if found:
            return Holders(with_listed(found.names, text, earlier), found.rule) if _is_verb(found) else found
    return beside


def _is_verb(found: Holders) -> bool:
    return found.rule.startswith("verb")


def _owner_of_duty(place: Place) -> Holders | None:
    """张三的某局局长职务: a line of a list of removals."""
    chain, text = place.chain, place.context.text
    edge = chain.start - 1
    if edge < 0 or text[edge] != "的" or not pattern("appointments", "duty").match(text, chain.end):
        return None
    held = pattern("appointments", "held_before").search(text, 0, edge)
    edge = before_honorific(text, held.start() if held else edge)
    names = names_until(place.context, edge)
    return Holders(names, "person_verb.removed") if names else None


def _holder_after_duty(place: Place) -> Holders | None:
    """某协会会长一职由张三担任."""
    chain, context = place.chain, place.context
    by = pattern("appointments", "duty_by").match(context.text, chain.end)
    if not by:
        return None
    until = pattern("appointments", "until_takes_duty").match(context.text, by.end())
    name = context.name_before(before_honorific(context.text, until.end()), floor=chain.end) if until else None
    if not name:
        name = context.name_after(by.end(), 0.9)
        if not name or not pattern("appointments", "takes_duty").match(context.text, name.end):
            name = lone_successor(context.text, by.end())
            if name is None:
                return None
    return Holders([name], _DUTY)


def _all_on_duty(place: Place, later: Sequence[Chain], found: list[Name]) -> list[Name]:
    """Return all who take a duty over: 执行主席由副县长张三、某局局长李四担任."""
    by = pattern("appointments", "duty_by").match(place.context.text, place.chain.end)
    listed = [name for chain in later if chain.rule == "title_before_name" for name in chain.names]
    # 由某院院长才让多杰担任: the name behind the title begins where the title ends.
    last = next((name for name in listed if name.end == found[-1].end and name.start < found[-1].start), found[-1])
    if not by or by.end() >= last.start:
        return found
    before = [name for name in listed if by.end() < name.start and name.end < last.start]
    if before:
        return [*before, last]
    if last is not found[-1]:
        return [last]
    return [name for name in names_until(place.context, last.end) if name.start >= by.end()] or found


def _object_of_verb(place: Place) -> Holders | None:
    """免去张三某局局长职务: the person stands where the organisation was found."""
    slot, text = place.chain.slots[0], place.context.text
    left = max(text.rfind(mark, 0, slot.start) for mark in "，。；：") + 1
    verbs = list(pattern("appointments", "takes_person").finditer(text, left, slot.title.start))
    if not verbs:
        return None
    verb = verbs[-1]
    names = names_from(place.context, verb.end(), slot.title.start)
    if not names:
        lone = lone_object(text, verb.end(), slot.title.outer)
        if not lone:
            return None
        names = [lone]
    bridge = pattern("appointments", "bridge").match(text, names[-1].end)
    found = _begin_behind(slot, bridge.end() if bridge else names[-1].end, text)
    return Holders(names, f"person_verb.{verb.lastgroup}") if found else None


def _begin_behind(slot: Slot, edge: int, text: str) -> bool:
    """Cut the person off a slot's organisation, which begins at `edge`; say whether the slot may begin there."""
    if slot.own is None or edge <= slot.own.start:
        return edge >= slot.start
    slot.own = Organization.of(text, edge, slot.own.end) if edge < slot.own.end else None
    return True


def _subject_of_verb(place: Place) -> Holders | None:
    """张三任某局局长; 张三，男，1970年生，现任某局局长."""
    chain, context, text = place.chain, place.context, place.context.text
    verb = verb_before(text, chain.start)
    if not verb and chain.slots[0].title.status == "candidate":
        # 任党委副书记，提名总经理人选: the status word of the title is the verb.
        verb = verb_before(text, chain.slots[0].title.start)
    if not verb:
        return None
    adverb = pattern("appointments", "adverb").search(text, 0, verb.start())
    edge = adverb.start() if adverb else verb.start()
    kind = verb.lastgroup or "current"
    if pattern("appointments", "several").search(text, verb.end(), chain.slots[0].title.start):
        # 为首批15名教授颁发聘书: several unnamed ones.
        return None
    listed = pattern("appointments", "listed_name").search(text, 0, verb.end())
    if listed:
        # 任命马俊成为厅长; 马俊成为厅长；: in lists 为 is the verb.
        return Holders([Name(*listed.span("name"), 1.0)], "verb.appointed")
    if pattern("appointments", "pronoun_object").search(verb.group()):
        given = _recipient(context, verb.start())
        # 秘书长张三退休，理事会聘请其为名誉会长
        recipients = [given] if given else place.previous[-1:]
        return Holders(recipients, f"verb.{kind}") if recipients else None
    # 董事长江南春当选会长: the name behind the person's other post has been read already.
    if verb.group().endswith("为") and pattern("appointments", "given_to").match(text, chain.end):
        return None
    beside = place.previous if place.previous and before_honorific(text, edge) == place.previous[-1].end else []
    if verb.group() in _ONLY_BESIDE and not beside:
        return None
    names = beside or names_until(context, edge) or lone_subject(text, edge)
    if not names and not chain.names:
        behind_comma = place.previous and edge and text[edge - 1] == "，" and place.previous[-1].end < edge
        before = place.previous if behind_comma else []
        # 乙任会长；甲因年龄原因，不再担任…: a clause of its own has a subject of its own.
        same = before and "；" not in text[before[-1].end : edge]
        names = before if same else _earlier_subject(context, edge, kind) or before
    return Holders(names, f"verb.{kind}") if names else None


def _recipient(context: Context, edge: int) -> Name | None:
    """Return the person whom 他 in 向张三颁发聘书，聘请他为 means: the one behind the last preposition."""
    places = pattern("appointments", "recipient").finditer(context.text, 0, edge)
    found = (context.name_after(place.end(), 0.8) for place in places)
    return next((name for name in reversed(list(found)) if name and name.end <= edge), None)


def _earlier_subject(context: Context, edge: int, kind: str) -> list[Name]:
    """Return the person that an earlier clause of the sentence is about."""
    text = context.text
    start = max(text.rfind(mark, 0, edge) for mark in "；。") + 1
    ordinal = pattern("appointments", "ordinal").match(text, start)
    begin = ordinal.end() if ordinal else start
    first = context.name_after(begin, 0.6) or name_of_resume(text, begin)
    if first and first.end < edge and pattern("appointments", "resume_subject").match(text, first.end):
        return [first]
    if edge and text[edge - 1] not in "，；、）" and kind in ("current", "appointed"):
        return []
    clauses = [0, *(place + 1 for place in range(edge) if text[place] in "，；：")]
    for clause in reversed(clauses):
        lead = pattern("appointments", "subject_lead").match(text, clause)
        name = context.name_after(lead.end() if lead else clause, 0.2)
        if name and name.score > _CERTAIN_SUBJECT and name.end <= edge:
            return [name]
    return _last_confirmed(context, edge) if kind == "removed" else []


def _last_confirmed(context: Context, edge: int) -> list[Name]:
    """Return the last name before `edge` that the document has confirmed."""
    found = [
        match.span()
        for surface in context.names.confirmed
        for match in re.finditer(re.escape(surface), context.text[:edge])
    ]
    return [Name(*max(found, key=lambda span: span[0]), 2.0)] if found else []


def _before_bracket(place: Place) -> Holders | None:
    """张三（女，某公司董事长）."""
    chain, text = place.chain, place.context.text
    opening = text.rfind("（", 0, chain.start)
    inside = text[opening + 1 : chain.start]
    if opening < 1 or "）" in inside or text[chain.end : chain.end + 1] not in ("", *"）；，、"):
        return None
    if inside and not inside.endswith(("，", "；", "、")):
        return None
    opening -= 2 if text[:opening].endswith(HONORIFICS) else 0
    name = place.context.name_before(opening) or lone_before_bracket(text, opening)
    return Holders([name], "bracket") if name else None


def _apposition(place: Place) -> Holders | None:
    """张三，某公司董事长，…; 张三 某公司董事长."""
    chain, context, text = place.chain, place.context, place.context.text
    if text[chain.end : chain.end + 1] not in ("", *"，。；）、！？"):
        return None
    if place.previous and pattern("positions", "roll_post").fullmatch(text, place.previous[-1].end, chain.start):
        # 组长：张三　省委副书记: the other posts of the person stand behind the name.
        return Holders([place.previous[-1]], "apposition")
    ordinal = pattern("appointments", "ordinal").match(text)
    begin = ordinal.end() if ordinal else 0
    name = context.name_after(begin, 0.4) or name_of_resume(text, begin)
    if not name or name.end > chain.start or name.score < _CERTAIN_SUBJECT:
        return None
    between = text[name.end : chain.start]
    if pattern("appointments", "resume_subject").match(text, name.end) and between.endswith(("，", "、")):
        # 张三，男，1970年生，教授: whatever stands between, it is the person's.
        return Holders([name], "apposition")
    # 张三，局党组书记: the body that the whole list is about.
    between = between[:-1] if between[-1:] in _OWN_BODY and between[:-1].endswith("，") else between
    latin = not between and text[name.end - 1].isascii()
    listed = (
        latin or re.fullmatch(r"，(?:[^，。；]{1,12}，){0,6}", between) or between in (" ", "：", "-", "——", "（女），")
    )
    return Holders([name], "apposition") if listed else None


_RULES: tuple[Callable[[Place], Holders | None], ...] = (
    _owner_of_duty,
    _holder_after_duty,
    _object_of_verb,
    _subject_of_verb,
    _before_bracket,
    _apposition,
)
