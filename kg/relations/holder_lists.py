"""Lists of holders: names before and behind a place, each perhaps with brackets or with posts of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.language.lexicon import ending_matcher
from kg.language.patterns import pattern
from kg.language.persons import Name
from kg.relations.names_beside import Context
from kg.relations.position_chains import Chain

# What fills the last place of a list is a name if the one before it is this certain.
_CERTAIN_SUBJECT = 0.8


_BRACKET_END = re.compile(r"（[^（）]{1,30}）$")


_JOINTS = ("、", "和", "以及", "及")


# The longest bracket or conjunction between two names has fewer characters.
JOINT_REACH = 40


_LONGEST_ROLE = 16


def with_listed(names: list[Name], text: str, earlier: Sequence[Chain]) -> list[Name]:
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


def listed_behind(chain: Chain, later: Sequence[Chain], text: str) -> list[Name]:
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


def names_until(context: Context, edge: int) -> list[Name]:
    """Return the names of the list that ends at `edge`, brackets behind the names left out."""
    bracket = _BRACKET_END.search(context.text, max(0, edge - JOINT_REACH), edge)
    end = bracket.start() if bracket else edge
    found = context.name_before(end, prior=0.8) or _last_of_list(context, end)
    result: list[Name] = []
    while found:
        result.insert(0, found)
        start = max(0, found.start - JOINT_REACH)
        joint = pattern("appointments", "person_before").search(context.text, start, found.start)
        found = context.name_before(joint.start(), prior=0.8) if joint else None
    return result


def _last_of_list(context: Context, end: int) -> Name | None:
    """Return what fills the place behind a name and 、 at the end of a list, however rare it is as a name."""
    match = pattern("appointments", "last_of_list").search(context.text, max(0, end - 4), end)
    if not match or not (before := context.name_before(match.start(), prior=0.8)):
        return None
    return Name(match.start("name"), end, 0.3) if before.score > _CERTAIN_SUBJECT else None


def names_from(context: Context, start: int, limit: int) -> list[Name]:
    """Return the names of the list that begins at `start`, as far as they end before `limit`."""
    result: list[Name] = []
    found = context.name_after(start, 0.9)
    while found and found.end <= limit:
        result.append(found)
        joint = pattern("appointments", "next_person").match(context.text, found.end)
        found = context.name_after(joint.end(), 0.8) if joint else None
    return result
