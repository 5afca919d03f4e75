"""Short titles: 《意见》 is the only document of the text whose title ends so, a headline shortens an event's name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from kg.language.patterns import pattern
from kg.linking.aliases import is_subsequence
from kg.types import EntityType, Fact, Mention

_NUMBER = re.compile(r"\d+|第[一二三四五六七八九十百]+[届次期]")


def full_titles(text: str, names: Iterable[str]) -> dict[str, str]:
    """Return short title → full title for those that one document of a text alone can have.

    Args:
        text: The normalised characters of the document.
        names: The titles that facts give.

    >>> full_titles("印发《关于红石产业的意见》，对照《意见》落实。", ["意见"])
    {'意见': '关于红石产业的意见'}
    """
    result: dict[str, str] = {}
    for short in sorted(name for name in set(names) if pattern("aliases", "short_title").fullmatch(name)):
        found = {
            match["title"] + (match["note"] or "")
            for match in pattern("aliases", "full_title").finditer(text)
            if match["title"].endswith(short) and match["title"] != short
        }
        if len(found) == 1:
            result[short] = found.pop()
    return result


def full_events(names: Iterable[str]) -> dict[str, str]:
    """Return short name → full name for events of one kind and number whose one name leaves out words of the other.

    >>> full_events(["红石集团年会", "红石港航集团有限公司年会", "第二届红石论坛"])
    {'红石集团年会': '红石港航集团有限公司年会'}
    """
    unique = sorted(set(names))
    result: dict[str, str] = {}
    for short in unique:
        longer = [full for full in unique if _shortens(short, full)]
        longest = max(longer, key=len, default="")
        if longest and all(one == longest or _shortens(one, longest) for one in longer):
            result[short] = longest
    return result


def _shortens(short: str, full: str) -> bool:
    same_end = short[-2:] == full[-2:] and short[:1] == full[:1]
    numbers = set(_NUMBER.findall(short)) <= set(_NUMBER.findall(full))
    return len(short) < len(full) and same_end and numbers and is_subsequence(short, full)


def titles_of(facts: Iterable[Fact]) -> set[str]:
    """Return the titles of the documents that facts name.

    >>> titles_of([])
    set()
    """
    return _names(facts, EntityType.NOTICE)


def events_of(facts: Iterable[Fact]) -> set[str]:
    """Return the names of the events that facts name.

    >>> events_of([])
    set()
    """
    return _names(facts, EntityType.EVENT)


def _names(facts: Iterable[Fact], kind: EntityType) -> set[str]:
    return {one.name for fact in facts for one in (fact.subject, fact.object) if one.type is kind}


def retitled(fact: Fact, titles: dict[str, str]) -> Fact:
    """Return a fact with the full titles of its documents and the full names of its events.

    >>> notice = Mention("a", 0, 2, "意见", EntityType.NOTICE)
    >>> body = Mention("a", 3, 7, "红石协会", EntityType.ORGANIZATION)
    >>> retitled(Fact(body, "cites", notice), {"意见": "关于红石的意见"}).object.name
    '关于红石的意见'
    """
    subject, object_ = (_retitled(one, titles) for one in (fact.subject, fact.object))
    return (
        fact if subject is fact.subject and object_ is fact.object else replace(fact, subject=subject, object=object_)
    )


def _retitled(mention: Mention, titles: dict[str, str]) -> Mention:
    if mention.type in (EntityType.NOTICE, EntityType.EVENT) and mention.name in titles:
        return replace(mention, name=titles[mention.name])
    return mention
