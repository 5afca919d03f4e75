"""Organisations that a text names: where, which of them only point back, and at which a title may be one."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from kg.language.lexicon import lookup, matcher, table
from kg.language.organizations import Organization, classify, organization_before
from kg.language.patterns import pattern
from kg.language.titles import find_titles, inner_bodies
from kg.language.word_matcher import WordMatcher

_UNNAMED_BODY = pattern("organizations", "unnamed_body")
_TERM = pattern("discourse", "term")


_SESSION = pattern("discourse", "session")


_BARE_SESSION = pattern("discourse", "bare_session")


_OWN_COMMITTEE = pattern("discourse", "own_committee")


_SITE = pattern("discourse", "site")


_WORD_GOES_ON = pattern("discourse", "word_goes_on")


_TICKER = pattern("discourse", "ticker")


_INNER_COMMITTEE = pattern("discourse", "inner_committee")


_HEADED = pattern("discourse", "headed")


_WHOLE = pattern("discourse", "whole")


_COMMITTEE = pattern("discourse", "committee")


_BEFORE_COMMITTEE = pattern("discourse", "before_committee")


POINTER = pattern("discourse", "pointer")


_CONGRESS = pattern("discourse", "congress")


UNIVERSITY = "大学"
_MARKS = "，。；：、“"


@functools.cache
def _certain() -> WordMatcher:
    rows = table("organization_suffixes")
    return WordMatcher(row["surface"] for row in rows if row["domain"].startswith("strong"))


@functools.cache
def _listed() -> WordMatcher:
    return WordMatcher(row["surface"] for row in table("organizations") if len(row["surface"]) >= 2)


@functools.cache
def _bodies() -> dict[str, re.Pattern[str]]:
    return {row["surface"]: re.compile(f"(?:{row['endings']})(?:（[^（）]*）)?$") for row in table("title_bodies")}


@functools.lru_cache(maxsize=4096)
def fits(title: str, organization: str) -> bool:
    """Say whether a title may be one at an organisation that is not named beside it.

    >>> fits("副会长", "红石自行车协会"), fits("副会长", "红石市财政局")
    (True, False)
    """
    endings = title_endings(title)
    return not endings or _bodies()[endings].search(organization) is not None


@functools.lru_cache(maxsize=4096)
def title_endings(title: str) -> str:
    """Return the head in the table of bodies that a title ends with, "" if any body may have such a post."""
    if any(title.startswith(body) and title != body for body in inner_bodies()):
        # 工会主席: a hospital has one too.
        return ""
    title = title.removesuffix("助理")
    return max((head for head in _bodies() if title.endswith(head)), key=len, default="")


def generic_endings(name: str) -> str:
    """Return what the full name ends with for which a generic noun (公司) may stand, "" if it is none."""
    return lookup("generic_bodies", "endings").get(name, "")


@functools.lru_cache(maxsize=4096)
def is_generic(name: str) -> bool:
    """Say whether a name (公司, 该会) only points back to an organisation.

    >>> is_generic("该公司"), is_generic("红石自行车协会")
    (True, False)
    """
    return bool(generic_endings(name) or generic_endings(POINTER.sub("", name)))


@functools.lru_cache(maxsize=4096)
def strip_term(name: str) -> str:
    """Return an organisation's name without the term of office (第三届理事会).

    >>> strip_term("红石自行车协会第三届理事会")
    '红石自行车协会'
    """
    bare = _SITE.sub("", _SESSION.sub("", _TERM.sub("", _BARE_SESSION.sub("", name))))
    committee = _OWN_COMMITTEE.search(name)
    return bare or (committee["name"] if committee else "")


@functools.lru_cache(maxsize=8192)
def organizations_in(text: str, start: int, end: int, ends: frozenset[int] = frozenset()) -> tuple[Organization, ...]:
    """Return the organisations with a certain ending, or listed, in a part of normalised text, left to right.

    Args:
        text: The normalised characters of a sentence.
        start: Where the part begins.
        end: Where the part ends.
        ends: The borders of words in `text`, from the segmenter; without them the lexicons alone decide.

    >>> [found.text for found in organizations_in("红石市总工会主席张三出席", 0, 12)]
    ['红石市总工会']
    """
    found: dict[int, Organization] = {}
    for match in _certain().finditer(text, start, end):
        if _WORD_GOES_ON.match(text, match.end()):
            continue
        organization = organization_before(text, match.end(), start, ends)
        if organization and _SESSION.search(organization.text):
            whole = strip_term(organization.text)
            organization = Organization(organization.start, organization.start + len(whole), whole, organization.kind)
        if organization and (inner := _INNER_COMMITTEE.search(organization.text)):
            # 甲公司党委 acts for 甲公司.
            whole = organization.text[: inner.start("committee")]
            organization = Organization(organization.start, organization.start + len(whole), whole, organization.kind)
        organization = _without_title(organization, text) if organization else None
        if organization and _UNNAMED_BODY.match(organization.text):
            continue
        if organization and organization.kind in ("strong", "known") and len(organization.text) > len(match.group()):
            known = found.get(organization.start)
            if known is None or known.end < organization.end:
                found[organization.start] = organization
    for match in _listed().finditer(text, start, end):
        if _WORD_GOES_ON.match(text, match.end()):
            # 轻工行业: no bank.
            continue
        if not any(o.start <= match.start() and match.end() <= o.end for o in found.values()):
            found[match.start()] = Organization(match.start(), match.end(), match.group(), "known")
    return tuple(found[key] for key in sorted(found))


def _without_title(organization: Organization, text: str) -> Organization:
    """Return an organisation without the title that was taken for its beginning (独立董事|武汉某大学)."""
    titles = find_titles(organization.text)
    place = titles and titles[0].start == 0 and matcher("divisions").match(organization.text, titles[0].end)
    rest = Organization.of(text, organization.start + titles[0].end, organization.end) if place else None
    return rest if rest and rest.kind in ("strong", "known") else organization


def begins_with_place(name: str) -> bool:
    """Say whether a name begins with a division or a word for a country or a part of it.

    >>> begins_with_place("湖南工学院"), begins_with_place("物流学院")
    (True, False)
    """
    return matcher("divisions").match(name) is not None or pattern("discourse", "of_country").match(name) is not None


@functools.lru_cache(maxsize=4096)
def named_in(text: str) -> tuple[str | None, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return what a sentence names: a committee set up, divisions, organisations, listed companies.

    Every relation family takes note of every sentence, so a sentence is looked through only once.
    """
    divisions = (match.group() for match in matcher("divisions").finditer(text))
    organizations = [strip_term(found.text) for found in organizations_in(text, 0, len(text))]
    # 某大学某学院 speaks of 某大学 too.
    organizations += [
        whole.group() for name in organizations if (whole := _WHOLE.match(name)) and whole.group() != name
    ]
    return (
        last_committee(text),
        tuple(name for name in divisions if len(name) > 1),
        tuple(name for name in organizations if name and not is_generic(name)),
        tuple(listed["name"] for listed in _TICKER.finditer(text)),
    )


@functools.lru_cache(maxsize=4096)
def congress_in(text: str) -> str | None:
    """Return the last body whose congress or council a sentence tells, None if it tells none.

    >>> congress_in("近日，红石自行车协会召开第二次会员代表大会")
    '红石自行车协会'
    """
    found = [found for found in organizations_in(text, 0, len(text)) if _CONGRESS.match(text, found.end)]
    named = [name for name in (strip_term(one.text) for one in found) if name and not is_generic(name)]
    # 甲公司2024年工作会议暨: a meeting, not the body that holds it.
    named = [name for name in named if classify(name) in ("known", "strong") and not find_titles(name)]
    return named[-1] if named else None


def same_head(text: str, edge: int, title: str) -> str | None:
    """Return the last body before `edge` whose name ends with the head of 部长, 处长 …, at a mark."""
    head = _HEADED.search(title)
    place = max((text.rfind(head["head"] + mark, 0, edge) for mark in "，。；、）"), default=-1) if head else -1
    found = organization_before(text, place + 1) if place > 0 else None
    return found.text if found and len(found.text) > 3 and not is_generic(found.text) else None


def last_committee(text: str) -> str | None:
    """Return the last body that a text sets up (成立…领导小组), None if it sets up none."""
    found = [match for match in _COMMITTEE.finditer(text) if "简称" not in match.group()]
    return _BEFORE_COMMITTEE.sub("", found[-1].group()) if found else None


@functools.cache
def places_of_level(level: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of a division of some level at the beginning of a name, and behind a mark in a text."""
    # A town's name stands behind those of its city and county.
    longest = 14 if level in "镇乡" else 6
    named = re.compile(rf"[\u4e00-\u9fff]{{1,{longest}}}?{level}(?!政协|人大)")
    return named, re.compile(rf"(?:^|[{_MARKS}])((?:(?![由在和的为到与任])[\u4e00-\u9fff]){{2,4}}{level})")


def groups_of(endings: Sequence[str]) -> list[tuple[str, ...]]:
    """Return endings in the order in which they count; behind universities all kinds of schools count alike.

    >>> groups_of(["协会", "学会"])
    [('协会',), ('学会',)]
    """
    if endings[0] == UNIVERSITY and len(endings) > 1:
        return [(UNIVERSITY,), tuple(endings[1:])]
    return [(ending,) for ending in endings]


def ends_with_any(endings: tuple[str, ...], name: str) -> bool:
    """Say whether a name ends with one of several endings.

    >>> ends_with_any(("局", "厅"), "红石市财政局")
    True
    """
    return name.endswith(endings)


def bodies_in(text: str) -> Iterator[str]:
    """Yield the names of the organisations of a sentence in order, without terms and without words that only point.

    >>> list(bodies_in("红石市总工会与红石市财政局召开会议"))
    ['红石市总工会', '红石市财政局']
    """
    for found in organizations_in(text, 0, len(text)):
        name = strip_term(found.text)
        if name and not is_generic(name):
            yield name


def partners_in(text: str) -> Iterator[str]:
    """Yield the bodies that a sentence sets beside the one that speaks (我院与甲医院): they are not ours.

    >>> list(partners_in("我院与红石市中医院签约"))
    ['红石市中医院']
    """
    for match in pattern("discourse", "ours_and").finditer(text):
        beside = organizations_in(text, match.end(), len(text))
        yield from (strip_term(one.text) for one in beside[:1] if one.start == match.end())
