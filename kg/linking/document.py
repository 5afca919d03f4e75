"""Linking inside one document: short forms of organisations get the full name that the document gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import attrgetter
from types import MappingProxyType

from kg.language.normalize import make_view
from kg.language.organization_names import tidy_name
from kg.language.patterns import pattern
from kg.linking.aliases import document_aliases
from kg.linking.short_titles import events_of, full_events, full_titles, retitled, titles_of
from kg.linking.user_terms import link_user_terms
from kg.types import Document, EntityType, Fact, Mention

# The qualifiers that give an organisation's name.
_NAMING = ("organization", "actor")
_mention = attrgetter("name", "type", "start", "end")


def organization_names(facts: Iterable[Fact]) -> set[str]:
    """Return the names of organisations that facts give, in mentions and in qualifiers.

    Args:
        facts: The facts of a document or of many.

    >>> from kg.types import Evidence
    >>> post = Mention("a", 2, 4, "会长", EntityType.POSITION)
    >>> body = Mention("a", 0, 2, "轻联", EntityType.ORGANIZATION, "轻联")
    >>> organization_names([Fact(post, "at", body, {}, Evidence("a", 0, 4, "轻联会长"), 0.9, "holds.position")])
    {'轻联'}
    """
    names: set[str] = set()
    for fact in facts:
        names.update(m.name for m in (fact.subject, fact.object) if m.type is EntityType.ORGANIZATION)
        names.update(str(fact.qualifiers[key]) for key in _NAMING if fact.qualifiers.get(key))
    return names


def rename(fact: Fact, aliases: Mapping[str, str]) -> Fact:
    """Return a fact with canonical names in its mentions and qualifiers; the surface forms stay in the mentions.

    Args:
        fact: The fact.
        aliases: Short form → full name.

    >>> from kg.types import Evidence
    >>> post = Mention("a", 0, 4, "轻联会长", EntityType.POSITION, "轻联会长")
    >>> body = Mention("a", 0, 2, "轻联", EntityType.ORGANIZATION, "轻联")
    >>> fact = Fact(post, "at", body, {}, Evidence("a", 0, 4, "轻联会长"), 0.9, "holds.position")
    >>> rename(fact, {"轻联": "轻工业联合会"}).subject.name
    '轻工业联合会会长'
    """
    named = {key: fact.qualifiers.get(key) for key in _NAMING}
    changed = {key: aliases[name] for key, name in named.items() if isinstance(name, str) and name in aliases}
    subject, object_ = _renamed(fact.subject, aliases), _renamed(fact.object, aliases)
    old = named["organization"]
    if changed and isinstance(old, str):
        new = changed.get("organization", old)
        subject, object_ = (_moved(mention, old, new) for mention in (subject, object_))
    if not changed and subject is fact.subject and object_ is fact.object:
        return fact
    return replace(fact, subject=subject, object=object_, qualifiers=MappingProxyType({**fact.qualifiers, **changed}))


def _renamed(mention: Mention, aliases: Mapping[str, str]) -> Mention:
    """Return a mention with the canonical name of its organisation, the one that a position's name begins with too."""
    if mention.type is EntityType.ORGANIZATION and mention.name in aliases:
        return replace(mention, name=aliases[mention.name])
    if mention.type is EntityType.POSITION:
        for short in sorted(aliases, key=len, reverse=True):
            if mention.name.startswith(short) and not mention.name.startswith(aliases[short]):
                return replace(mention, name=aliases[short] + mention.name[len(short) :])
    return mention


def _moved(mention: Mention, old: str, new: str) -> Mention:
    """Give a position the full name of its organisation."""
    if mention.type is EntityType.POSITION and mention.name.startswith(old) and not mention.name.startswith(new):
        return replace(mention, name=new + mention.name[len(old) :])
    return mention


def _printed(fact: Fact) -> tuple[object, ...]:
    """Return what tells the facts of one document apart when they are printed."""
    return (
        fact.predicate,
        _mention(fact.subject),
        _mention(fact.object),
        tuple(fact.qualifiers.items()),
        fact.evidence.start,
        fact.evidence.end,
        fact.confidence,
        fact.extractor,
    )


def link_document(document: Document, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts of a document with canonical names, in the fixed order and without repetitions.

    Args:
        document: The document that the facts come from.
        facts: Its facts as the extractors made them.

    >>> from kg.types import Evidence
    >>> post = Mention("a", 0, 2, "会长", EntityType.POSITION)
    >>> bodies = [Mention("a", 0, 2, name, EntityType.ORGANIZATION, name) for name in ("轻工联", "轻工业联合会")]
    >>> facts = [Fact(post, "at", body, {}, Evidence("a", 0, 2, "会长"), 0.9, "holds.position") for body in bodies]
    >>> {fact.object.name for fact in link_document(Document("a", ""), facts)}
    {'轻工业联合会'}
    """
    listed = list(link_user_terms(facts))
    tidy = {name: tidy_name(name) for name in organization_names(listed)}
    listed = [rename(fact, tidy) for fact in listed]
    names = organization_names(listed)
    # Only a text with 简称 or 下称 can define a short form.
    defines = "称" in document.text or "稱" in document.text
    short = any(pattern("aliases", "short_title").fullmatch(title) for title in titles_of(listed))
    text = make_view(document.text, 0, len(document.text)).text if defines or short else ""
    aliases = document_aliases(text if defines else "", names)
    titles = full_titles(text, titles_of(listed)) if short else {}
    titles |= full_events(events_of(listed))
    renamed = link_user_terms(retitled(rename(fact, aliases), titles) for fact in listed)
    unique = {_printed(fact): fact for fact in renamed}
    return sorted(unique.values(), key=Fact.sort_key)
