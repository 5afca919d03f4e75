"""Documents that are issued: one title ± 《》 and one document number are one, two numbers are two."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.linking.decisions import Ambiguity, Merge
from kg.linking.disjoint_sets import DisjointSets
from kg.types import EntityType, Fact

KIND = "Notice"
Unit = tuple[str, str]
_NUMBER = re.compile(r"[〔\[【(〖](?P<year>(?:19|20)\d{2})[〕\]】)〗]")
_NUMBER_ONLY = re.compile(r"^[\u4e00-\u9fffA-Za-z]{1,12}〔\d{4}〕第?\d+号$")


@dataclass(slots=True)
class _About:
    """What a document says about a notice."""

    numbers: set[str] = field(default_factory=set)
    issuers: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    facts: int = 0


def title_key(title: str) -> str:
    """Return a title without differences of typography.

    >>> title_key("《关于“技能江源” 竞赛的通知》") == title_key('关于"技能江源"竞赛的通知')
    True
    """
    text = "".join(unicodedata.normalize("NFKC", title).split())
    text = re.sub(r"^[《〈]+|[》〉]+$", "", text)
    return document_number(re.sub(r"[“”\"‘’'「」『』]", "", text).replace("〈", "《").replace("〉", "》"))


def document_number(number: str) -> str:
    """Return a document number with the brackets of the standard (GB/T 9704).

    >>> document_number("江人社发[2021] 36号"), document_number("江人社发（2021）第36号")
    ('江人社发〔2021〕36号', '江人社发〔2021〕36号')
    """
    text = "".join(unicodedata.normalize("NFKC", number).split())
    return re.sub(r"〕第(?=\d+号)", "〕", _NUMBER.sub(r"〔\g<year>〕", text))


def link_notices(facts: Iterable[Fact]) -> tuple[dict[Unit, str], list[Merge], list[Ambiguity]]:
    """Return (document, name) → canonical name, the decisions, and the doubts.

    Args:
        facts: Facts whose organisations are linked.

    >>> link_notices([])
    ({}, [], [])
    """
    about: dict[Unit, _About] = {}
    for fact in facts:
        for mention in (fact.subject, fact.object):
            if mention.type is EntityType.NOTICE:
                _add(about.setdefault((fact.evidence.document, mention.name), _About()), mention.name, fact)
    sets: DisjointSets[Unit] = DisjointSets()
    by_number: defaultdict[str, list[Unit]] = defaultdict(list)
    by_title: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in sorted(about):
        sets.find(unit)
        by_title[title_key(unit[1])].append(unit)
        for number in sorted(about[unit].numbers):
            by_number[number].append(unit)
    for units in by_number.values():
        for unit in units[1:]:
            sets.union(units[0], unit)
    doubts: list[Ambiguity] = []
    apart = [_join_title(units, about, sets) for units in by_title.values()]
    canonical = _names(about, sets)
    for pairs in apart:
        doubts += [
            Ambiguity.between(KIND, canonical[a], canonical[b], 0.3, "one title, and nothing tells which was meant")
            for a, b in pairs
            if canonical[a] != canonical[b]
        ]
    merges = {
        Merge(KIND, unit[1], name, *_why(unit, name, about), unit[0])
        for unit, name in canonical.items()
        if name != unit[1]
    }
    return canonical, sorted(merges, key=Merge.sort_key), sorted(set(doubts), key=Ambiguity.sort_key)


def _add(about: _About, name: str, fact: Fact) -> None:
    about.facts += 1
    number = fact.qualifiers.get("document_number")
    if isinstance(number, str):
        about.numbers.add(document_number(number))
    if _NUMBER_ONLY.match(title_key(name)):
        about.numbers.add(title_key(name))
    if fact.predicate in ("issues", "co_issues"):
        about.issuers.add(fact.subject.name)
        if isinstance(date := fact.qualifiers.get("date"), str):
            about.dates.add(date)


def _join_title(units: list[Unit], about: Mapping[Unit, _About], sets: DisjointSets[Unit]) -> list[tuple[Unit, Unit]]:
    """Join the units of one title unless numbers or issuers tell them apart; return the pairs in doubt."""
    groups: dict[Unit, list[Unit]] = {}
    for unit in units:
        groups.setdefault(sets.find(unit), []).append(unit)
    numbered = [group for group in groups.values() if any(about[unit].numbers for unit in group)]
    plain = [unit for unit in units if sets.find(unit) not in {sets.find(group[0]) for group in numbered}]
    doubts: list[tuple[Unit, Unit]] = []
    for unit in plain:
        issuers = about[unit].issuers
        fitting = [
            group
            for group in numbered
            if not issuers or any(not about[one].issuers or about[one].issuers & issuers for one in group)
        ]
        if len(fitting) == 1:
            sets.union(fitting[0][0], unit)
        else:
            doubts += [(unit, group[0]) for group in fitting[:3]]
    return doubts + _join_plain([unit for unit in plain if sets.find(unit) == unit], about, sets)


def _join_plain(units: list[Unit], about: Mapping[Unit, _About], sets: DisjointSets[Unit]) -> list[tuple[Unit, Unit]]:
    """Join units without a number: by a common issuer, and those of no known issuer with the only group."""
    first: dict[str, Unit] = {}
    for unit in units:
        for issuer in sorted(about[unit].issuers):
            sets.union(first.setdefault(issuer, unit), unit)
    roots = sorted({sets.find(unit) for unit in units if about[unit].issuers})
    unknown = [unit for unit in units if not about[unit].issuers]
    if len(roots) <= 1:
        for unit in unknown:
            sets.union(roots[0] if roots else unknown[0], unit)
        return []
    return [(unit, root) for unit in unknown for root in roots[:3]]


def _names(about: Mapping[Unit, _About], sets: DisjointSets[Unit]) -> dict[Unit, str]:
    """Return the canonical names: the title most used; two of one title are told apart by number or issuer."""
    chosen: dict[Unit, str] = {}
    groups = sets.groups()
    for group in groups:
        titles = Counter[str]()
        for unit in group:
            titles[_shown(unit[1])] += about[unit].facts
        best = sorted(
            titles, key=lambda name: (bool(_NUMBER_ONLY.match(title_key(name))), -titles[name], -len(name), name)
        )
        chosen[sets.find(group[0])] = best[0]
    shared = Counter(title_key(name) for name in chosen.values())
    result: dict[Unit, str] = {}
    for group in groups:
        root = sets.find(group[0])
        name = chosen[root]
        if shared[title_key(name)] > 1:
            numbers = sorted(number for unit in group for number in about[unit].numbers)
            issuers = sorted(issuer for unit in group for issuer in about[unit].issuers)
            mark = next(iter(numbers or issuers), min(group)[0])
            name = f"{name}（{mark}）"
        result.update(dict.fromkeys(group, name))
    return result


def _shown(name: str) -> str:
    text = re.sub(r"^《(?P<title>[^《》]*)》$", r"\g<title>", name.strip())
    return title_key(text) if _NUMBER_ONLY.match(title_key(text)) else text


def _why(unit: Unit, name: str, about: Mapping[Unit, _About]) -> tuple[str, str]:
    numbers = sorted(about[unit].numbers)
    if numbers and title_key(unit[1]) != title_key(name):
        return "notice.number", f"the same document number {numbers[0]}"
    return "notice.title", "the same title in another typography"
