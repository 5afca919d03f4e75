"""Short titles of documents: 《意见》 is the only document of the text whose title ends with 意见."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.language.patterns import pattern
from kg.types import EntityType, Fact, Mention


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


def titles_of(facts: Iterable[Fact]) -> set[str]:
    """Return the titles of the documents that facts name.

    >>> titles_of([])
    set()
    """
    return {one.name for fact in facts for one in (fact.subject, fact.object) if one.type is EntityType.NOTICE}


def retitled(fact: Fact, titles: dict[str, str]) -> Fact:
    """Return a fact with the full titles of its documents.

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
    if mention.type is EntityType.NOTICE and mention.name in titles:
        return replace(mention, name=titles[mention.name])
    return mention
