"""Who holds a chain of titles that has no name directly beside it: verbs, 一职由, brackets and apposition."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kg.language.lexicon import ending_matcher
from kg.language.name_scores import given_name_weight, may_begin_name, starts_body, surnames
from kg.language.organizations import Organization, classify
from kg.language.patterns import pattern
from kg.language.persons import Name
from kg.language.titles import find_titles
from kg.relations.appointments import verb_before
from kg.relations.names_beside import Context
from kg.relations.position_chains import Chain, Slot

_BRACKET_END = re.compile(r"（[^（）]{1,30}）$")
_HONORIFICS = ("同志", "先生", "女士")
_JOINTS = ("、", "和", "以及", "及")
# The longest bracket or conjunction between two names has fewer characters.
_JOINT_REACH = 40
_LONGEST_LONE = 3
_LONGEST_ROLE = 16
_DUTY = "verb.duty_by_name"
# A subject that stands clauses before its verb must be this certain.
_CERTAIN_SUBJECT = 0.8


class Holders(NamedTuple):
    """The names of those who hold a chain of titles, and the rule that found them."""

    names: list[Name]
    rule: str


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
    pointer = pattern("appointments", "pointer").search(text, max(0, chain.start - _JOINT_REACH), chain.start)
    if pointer:
        return Holders(place.previous, "person_verb.removed" if pointer["removed"] else "person_verb.appointed")
    beside = Holders(chain.names, chain.rule)
    if chain.names and chain.rule == "title_before_name" and verb_before(text, chain.start) is None:
        return beside
    if not chain.names and (listed := _listed_behind(chain, later, text)):
        return Holders(listed, "listed_behind")
    for rule in _RULES if not chain.names else (_subject_of_verb,):
        found = rule(place)
        if found and found.rule == _DUTY:
            return Holders(_all_on_duty(place, later, found.names), found.rule)
        if found:
            return Holders(_with_listed(found.names, text, earlier), found.rule) if _is_verb(found) else found
    return beside


def _is_verb(found: Holders) -> bool:
    return found.rule.startswith("verb")


def _with_listed(names: list[Name], text: str, earlier: Sequence[Chain]) -> list[Name]:
    """Return the names with those listed before them, each behind titles of its own.

    甲公司总裁张三、乙公司经理李四当选副会长: both are elected.
    """
    result, edge = list(names), names[0].start
    for chain in reversed(earlier):
        if chain.names and pattern("positions", "academic_rank").fullmatch(text, chain.start, chain.end):
            # 院长张三教授，乙协会会长李四: the rank belongs to the name before it.
            edge = chain.start if text[chain.end : edge] in (*_JOINTS, "，") else edge
            continue
        if not chain.names or chain.rule != "title_before_name":
            break
        added = chain.names
        if any(name.start == result[0].start for name in added):
            added = [name for name in added if name.start < result[0].start]
        elif text[added[-1].end : edge] not in (*_JOINTS, "，", "") and not _only_role(text[added[-1].end : edge]):
            break
        result = [*added, *result]
        edge = chain.start
    return result


def _only_role(between: str) -> bool:
    """Say whether a mark and a role that is no post stand between two names of a list (，前国家队队员)."""
    role = between[:1] in ("，", "、") and ending_matcher("titles", "role").search(between)
    return bool(role) and "，" not in between[1:] and len(between) <= _LONGEST_ROLE


def _listed_behind(chain: Chain, later: Sequence[Chain], text: str) -> list[Name]:
    """副会长为甲公司董事长张三、乙公司经理李四; 组长：省长张三: each of the listed has a post of their own too."""
    lead = pattern("appointments", "list_lead").match(text, chain.end)
    if not lead:
        return []
    result: list[Name] = []
    edge = lead.end()
    for other in later:
        joint = text[edge : other.start]
        if other.rule != "title_before_name" or (joint not in _JOINTS if result else joint):
            break
        result += other.names
        edge = other.end
    return result


def _names_until(context: Context, edge: int) -> list[Name]:
    """Return the names of the list that ends at `edge`, brackets behind the names left out."""
    bracket = _BRACKET_END.search(context.text, max(0, edge - _JOINT_REACH), edge)
    end = bracket.start() if bracket else edge
    found = context.name_before(end, prior=0.8) or _last_of_list(context, end)
    result: list[Name] = []
    while found:
        result.insert(0, found)
        start = max(0, found.start - _JOINT_REACH)
        joint = pattern("appointments", "person_before").search(context.text, start, found.start)
        found = context.name_before(joint.start(), prior=0.8) if joint else None
    return result


def _last_of_list(context: Context, end: int) -> Name | None:
    """Return what fills the place behind a name and 、 at the end of a list, however rare it is as a name."""
    match = pattern("appointments", "last_of_list").search(context.text, max(0, end - 4), end)
    if not match or not (before := context.name_before(match.start(), prior=0.8)):
        return None
    return Name(match.start("name"), end, 0.3) if before.score > _CERTAIN_SUBJECT else None


def _names_from(context: Context, start: int, limit: int) -> list[Name]:
    """Return the names of the list that begins at `start`, as far as they end before `limit`."""
    result: list[Name] = []
    found = context.name_after(start, 0.9)
    while found and found.end <= limit:
        result.append(found)
        joint = pattern("appointments", "next_person").match(context.text, found.end)
        found = context.name_after(joint.end(), 0.8) if joint else None
    return result


def _owner_of_duty(place: Place) -> Holders | None:
    """张三的某局局长职务: a line of a list of removals."""
    chain, text = place.chain, place.context.text
    edge = chain.start - 1
    if edge < 0 or text[edge] != "的" or not pattern("appointments", "duty").match(text, chain.end):
        return None
    held = pattern("appointments", "held_before").search(text, 0, edge)
    edge = _before_honorific(text, held.start() if held else edge)
    names = _names_until(place.context, edge)
    return Holders(names, "person_verb.removed") if names else None


def _holder_after_duty(place: Place) -> Holders | None:
    """某协会会长一职由张三担任."""
    chain, context = place.chain, place.context
    by = pattern("appointments", "duty_by").match(context.text, chain.end)
    if not by:
        return None
    until = pattern("appointments", "until_takes_duty").match(context.text, by.end())
    name = context.name_before(_before_honorific(context.text, until.end()), floor=chain.end) if until else None
    if not name:
        name = context.name_after(by.end(), 0.9)
        if not name or not pattern("appointments", "takes_duty").match(context.text, name.end):
            name = _lone_successor(context.text, by.end())
            if name is None:
                return None
    return Holders([name], _DUTY)


def _all_on_duty(place: Place, later: Sequence[Chain], found: list[Name]) -> list[Name]:
    """Return all who take a duty over: 执行主席由副县长张三、某局局长李四担任."""
    by = pattern("appointments", "duty_by").match(place.context.text, place.chain.end)
    last = found[-1]
    if not by or by.end() >= last.start:
        return found
    listed = [name for chain in later if chain.rule == "title_before_name" for name in chain.names]
    before = [name for name in listed if by.end() < name.start and name.end < last.start]
    if before:
        return [*before, last]
    return [name for name in _names_until(place.context, last.end) if name.start >= by.end()] or found


def _before_honorific(text: str, end: int) -> int:
    """Return where the name ends that a form of address may follow (张三同志|担任)."""
    return end - 2 if text[:end].endswith(_HONORIFICS) else end


def _lone_successor(text: str, start: int) -> Name | None:
    """Return what fills the place between 由 and 担任 and begins with a surname, however rare the name is."""
    match = pattern("appointments", "lone_successor").match(text, start)
    return Name(*match.span("name"), 0.5) if match and match["name"][0] in surnames() else None


def _object_of_verb(place: Place) -> Holders | None:
    """免去张三某局局长职务: the person stands where the organisation was found."""
    slot, text = place.chain.slots[0], place.context.text
    left = max(text.rfind(mark, 0, slot.start) for mark in "，。；：") + 1
    verbs = list(pattern("appointments", "takes_person").finditer(text, left, slot.title.start))
    if not verbs:
        return None
    verb = verbs[-1]
    names = _names_from(place.context, verb.end(), slot.title.start)
    if not names:
        lone = _lone_object(text, verb.end(), slot.title.outer)
        if not lone:
            return None
        names = [lone]
    bridge = pattern("appointments", "bridge").match(text, names[-1].end)
    found = _begin_behind(slot, bridge.end() if bridge else names[-1].end, text)
    return Holders(names, f"person_verb.{verb.lastgroup}") if found else None


def _lone_object(text: str, start: int, limit: int) -> Name | None:
    """Return what fills the place between a verb and 为, or a body, however rare it is as a name."""
    lone = pattern("appointments", "lone_object").match(text, start)
    if lone and lone.end() <= limit:
        return Name(*lone.span("name"), 0.5)
    for size in (2, 3):
        # 免去卓越中共某区委书记职务
        body = starts_body(text, start + size) or classify(text[start + size : limit]) == "department"
        if start + size >= limit or not body:
            continue
        family = text[start] in surnames() and may_begin_name(text[start])
        if family and min(map(given_name_weight, text[start + 1 : start + size])) > 0:
            return Name(start, start + size, 0.5)
    return None


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
        return Holders([given], f"verb.{kind}") if given else None
    # 董事长江南春当选会长: the name behind the person's other post has been read already.
    beside = place.previous if place.previous and _before_honorific(text, edge) == place.previous[-1].end else []
    names = beside or _names_until(context, edge) or _lone_subject(text, edge)
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


def _lone_subject(text: str, edge: int) -> list[Name]:
    """毕力格同志任…: a name without a Chinese surname between a border and 同志."""
    match = pattern("appointments", "lone_subject").search(text[:edge])
    if not match or not text.startswith(_HONORIFICS, edge):
        return []
    return [Name(*match.span("name"), 0.8)]


def _earlier_subject(context: Context, edge: int, kind: str) -> list[Name]:
    """Return the person that an earlier clause of the sentence is about."""
    text = context.text
    start = max(text.rfind(mark, 0, edge) for mark in "；。") + 1
    ordinal = pattern("appointments", "ordinal").match(text, start)
    first = context.name_after(ordinal.end() if ordinal else start, 0.6)
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
    opening -= 2 if text[:opening].endswith(_HONORIFICS) else 0
    name = place.context.name_before(opening) or _lone_before_bracket(text, opening)
    return Holders([name], "bracket") if name else None


def _lone_before_bracket(text: str, edge: int) -> Name | None:
    """Return what stands alone between a mark and the bracket with titles (：汪洋（董事长）) and has a surname."""
    match = pattern("appointments", "lone_subject").search(text[:edge])
    surname = match and len(match["name"]) <= _LONGEST_LONE and match["name"][0] in surnames()
    return Name(*match.span("name"), 0.3) if match and surname and not find_titles(match["name"]) else None


def _apposition(place: Place) -> Holders | None:
    """张三，某公司董事长，…; 张三 某公司董事长."""
    chain, context, text = place.chain, place.context, place.context.text
    if text[chain.end : chain.end + 1] not in ("", *"，。；）、！？"):
        return None
    if place.previous and pattern("positions", "roll_post").fullmatch(text, place.previous[-1].end, chain.start):
        # 组长：张三　省委副书记: the other posts of the person stand behind the name.
        return Holders([place.previous[-1]], "apposition")
    ordinal = pattern("appointments", "ordinal").match(text)
    name = context.name_after(ordinal.end() if ordinal else 0, 0.4)
    if not name or name.end > chain.start or name.score < _CERTAIN_SUBJECT:
        return None
    between = text[name.end : chain.start]
    if pattern("appointments", "resume_subject").match(text, name.end) and between.endswith(("，", "、")):
        # 张三，男，1970年生，教授: whatever stands between, it is the person's.
        return Holders([name], "apposition")
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
