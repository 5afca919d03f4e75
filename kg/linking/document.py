"""Linking inside one document: short forms of organisations get the full name that the document gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from kg.language.normalize import make_view
from kg.linking.aliases import document_aliases
from kg.types import Document, EntityType, Fact, Mention

_NAMING = ("organization", "actor")


def organization_names(facts: Iterable[Fact]) -> set[str]:
    """Return the names of organisations that facts give, in mentions and in qualifiers."""
    names: set[str] = set()
    for fact in facts:
        names.update(m.name for m in (fact.subject, fact.object) if m.type is EntityType.ORGANIZATION)
        names.update(str(fact.qualifiers[key]) for key in _NAMING if fact.qualifiers.get(key))
    return names


def rename(fact: Fact, aliases: Mapping[str, str]) -> Fact:
    """Return a fact with canonical names in its mentions and qualifiers; the surface forms stay in the mentions."""
    qualifiers = dict(fact.qualifiers)
    changed = False
    for key in _NAMING:
        name = qualifiers.get(key)
        if isinstance(name, str) and name in aliases:
            qualifiers[key] = aliases[name]
            changed = True
    subject, object_ = _renamed(fact.subject, aliases), _renamed(fact.object, aliases)
    old = fact.qualifiers.get("organization")
    if changed and isinstance(old, str):
        subject, object_ = (_moved(mention, old, str(qualifiers["organization"])) for mention in (subject, object_))
    if not changed and subject is fact.subject and object_ is fact.object:
        return fact
    return replace(fact, subject=subject, object=object_, qualifiers=MappingProxyType(qualifiers))


def _renamed(mention: Mention, aliases: Mapping[str, str]) -> Mention:
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


def link_document(document: Document, facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts of a document with canonical names, in the fixed order and without repetitions.

    Args:
        document: The document that the facts come from.
        facts: Its facts as the extractors made them.
    """
    listed = list(facts)
    names = organization_names(listed)
    text = make_view(document.text, 0, len(document.text)).text if "称" in document.text or "稱" in document.text else ""
    aliases = document_aliases(text, names)
    unique = {str(fact.to_dict()): fact for fact in (rename(fact, aliases) for fact in listed)}
    return sorted(unique.values(), key=Fact.sort_key)
