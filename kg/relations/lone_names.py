"""Names known by the place that they fill, however rare they are: between a verb and 为, 由 and 担任, a mark and （."""

from __future__ import annotations

from kg.language.name_contexts import starts_body
from kg.language.name_scores import given_name_weight, may_be_called, may_begin_name, surnames
from kg.language.organizations import classify
from kg.language.patterns import pattern
from kg.language.persons import Name
from kg.language.titles import find_titles

HONORIFICS = ("同志", "先生", "女士")


_LONGEST_LONE = 3


def before_honorific(text: str, end: int) -> int:
    """Return where the name ends that a form of address may follow (张三同志|担任)."""
    return end - 2 if text[:end].endswith(HONORIFICS) else end


def lone_successor(text: str, start: int) -> Name | None:
    """Return what fills the place between 由 and 担任 and begins with a surname, however rare the name is."""
    match = pattern("appointments", "lone_successor").match(text, start)
    return Name(*match.span("name"), 0.5) if match and match["name"][0] in surnames() else None


def lone_object(text: str, start: int, limit: int) -> Name | None:
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


def lone_subject(text: str, edge: int) -> list[Name]:
    """毕力格同志任…: a name without a Chinese surname between a border and 同志."""
    match = pattern("appointments", "lone_subject").search(text[:edge])
    if not match:
        return []
    if text.startswith(HONORIFICS, edge):
        return [Name(*match.span("name"), 0.8)]
    # ：高峰任院长: a word that may be a name and has a surname.
    word = match["name"]
    fits = len(word) <= _LONGEST_LONE and word[0] in surnames() and may_be_called(word) and not find_titles(word)
    takes = pattern("appointments", "lone_takes").match(text, edge)
    return [Name(*match.span("name"), 0.3)] if fits and takes and classify(word) in ("unknown", "weak") else []


def lone_before_bracket(text: str, edge: int) -> Name | None:
    """Return what has a surname and fills the place between a mark and the bracket with the titles.

    >>> lone_before_bracket("成员：汪洋（董事长）", 5).start
    3
    """
    match = pattern("appointments", "lone_subject").search(text[:edge])
    surname = match and len(match["name"]) <= _LONGEST_LONE and match["name"][0] in surnames()
    return Name(*match.span("name"), 0.3) if match and surname and not find_titles(match["name"]) else None
