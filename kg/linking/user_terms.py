"""Linking with terms of one's own: canonical names for short forms, words that are no names, one order of two ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kg.language.user_lexicon import normalized
from kg.types import EntityType, Fact, Mention, QualifierValue

_NAMED = (EntityType.PERSON, EntityType.ORGANIZATION)
_NAMING = ("organization", "actor")


@dataclass(frozen=True, slots=True)
class LinkingTerms:
    """What linking is to do besides its own rules; surfaces are normalised (`kg.language.user_lexicon`).

    Args:
        aliases: Short form → canonical name, for entities of every type.
        titles: Title → canonical title.
        words: Words that name no person and no organisation.
        symmetric: Relations that say the same in both directions.
    """

    aliases: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    words: frozenset[str] = frozenset()
    symmetric: frozenset[str] = frozenset()


_terms: LinkingTerms | None = None


def set_linking_terms(terms: LinkingTerms | None) -> None:
    """Let linking follow other terms than before, or none."""
    global _terms
    _terms = terms


def link_user_terms(facts: Iterable[Fact]) -> Iterable[Fact]:
    """Return the facts with the canonical names of the terms in use; without terms, as they are.

    Args:
        facts: Facts that are linked already; some may be left out, none is added.

    >>> at = Mention("a.txt", 0, 2, "云帆", EntityType.ORGANIZATION)
    >>> set_linking_terms(LinkingTerms(aliases={"云帆": "云帆科技集团"}))
    >>> [fact.subject.name for fact in link_user_terms([Fact(at, "part_of", at)])]
    ['云帆科技集团']
    >>> set_linking_terms(None)
    """
    return facts if _terms is None else _linked(facts, _terms)


def _linked(facts: Iterable[Fact], terms: LinkingTerms) -> Iterator[Fact]:
    renames = bool(terms.aliases or terms.titles or terms.words)
    for fact in facts:
        if terms.words and any(_is_word(mention, terms) for mention in (fact.subject, fact.object)):
            continue
        renamed = _renamed(fact, terms) if renames else fact
        if renamed.predicate not in terms.symmetric:
            yield renamed
        elif renamed.subject.name != renamed.object.name:
            # One direction for both wordings, so that they support one edge.
            first, second = sorted((renamed.subject, renamed.object), key=lambda mention: (mention.name, mention.start))
            yield replace(renamed, subject=first, object=second)


def _is_word(mention: Mention, terms: LinkingTerms) -> bool:
    return mention.type in _NAMED and normalized(mention.name) in terms.words


def _renamed(fact: Fact, terms: LinkingTerms) -> Fact:
    qualifiers: dict[str, QualifierValue] = dict(fact.qualifiers)
    for key in _NAMING:
        name = qualifiers.get(key)
        if isinstance(name, str):
            qualifiers[key] = None if normalized(name) in terms.words else _canonical(name, terms.aliases)
    title = qualifiers.get("title")
    if isinstance(title, str):
        qualifiers["title"] = terms.titles.get(normalized(title), title)
    subject, object_ = (_mention(mention, fact, terms) for mention in (fact.subject, fact.object))
    if qualifiers == fact.qualifiers and (subject, object_) == (fact.subject, fact.object):
        return fact
    return replace(fact, subject=subject, object=object_, qualifiers=MappingProxyType(qualifiers))


def _mention(mention: Mention, fact: Fact, terms: LinkingTerms) -> Mention:
    is_position = mention.type is EntityType.POSITION
    name = _position(mention, fact, terms) if is_position else _canonical(mention.name, terms.aliases)
    return mention if name == mention.name else replace(mention, name=name)


def _position(mention: Mention, fact: Fact, terms: LinkingTerms) -> str:
    """Return a position's name, made of its organisation's and its title, with the canonical names of both."""
    owner = fact.qualifiers.get("organization") or (fact.object.name if fact.predicate == "at" else None)
    owner = owner if isinstance(owner, str) and mention.name.startswith(owner) else ""
    title = mention.name.removeprefix(owner)
    known = "" if normalized(owner) in terms.words else _canonical(owner, terms.aliases)
    return known + terms.titles.get(normalized(title), title)


def _canonical(name: str, aliases: Mapping[str, str]) -> str:
    return aliases.get(normalized(name), name)
