"""Linking over documents: listed short forms get their canonical name, local bodies the place of their document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from kg.language.lexicon import lookup
from kg.language.normalize import make_view
from kg.language.organization_names import is_bare
from kg.linking.document import organization_names, rename
from kg.linking.local_names import with_place
from kg.linking.user_terms import link_user_terms
from kg.types import Document, EntityType, Fact, Mention


def link_corpus(facts: Iterable[Fact], documents: Iterable[Document] = ()) -> list[Fact]:
    """Return the facts of many documents with the canonical names of listed organisations, in the fixed order.

    A pure function of facts and texts: it can be run again when lexicons change, without extracting again. A position
    of which the text says only 市 or 中心 loses that word: in one document it is clear, over many it names nothing.

    Args:
        facts: Facts of any number of documents, each linked inside its document.
        documents: The documents; where one speaks of one city only, its 市总工会 gets the city's name.

    >>> from kg.types import Evidence
    >>> text = "市总工会主席到会。红石市委到会。"
    >>> post = Mention("a", 4, 6, "主席", EntityType.POSITION, "市总工会主席")
    >>> bodies = [Mention("a", 0, 4, name, EntityType.ORGANIZATION, name) for name in ("市总工会", "红石市委")]
    >>> facts = [Fact(post, "at", body, {}, Evidence("a", 0, 9, text[:9])) for body in bodies]
    >>> sorted(fact.object.name for fact in link_corpus(facts, [Document("a", text)]))
    ['红石市委', '红石市总工会']
    """
    listed = _placed(list(facts), documents)
    canonical = lookup("organizations", "canonical")
    aliases = {name: canonical[name] for name in organization_names(listed) if canonical.get(name, name) != name}
    named = (_without_bare_owner(rename(fact, aliases)) for fact in listed)
    return sorted(link_user_terms(fact for fact in named if fact), key=Fact.sort_key)


def _placed(facts: list[Fact], documents: Iterable[Document]) -> list[Fact]:
    """Return the facts with the place of their document before the names of local bodies."""
    texts = {document.id: document.text for document in documents}
    by_document: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_document[fact.evidence.document].append(fact)
    result: list[Fact] = []
    for name, own in by_document.items():
        text = texts.get(name, "")
        places = with_place(make_view(text, 0, len(text)).text, organization_names(own)) if text else {}
        result += [rename(fact, places) for fact in own]
    return result


def _without_bare_owner(fact: Fact) -> Fact | None:
    """Return a fact without an organisation that names none; None if it says nothing else."""
    if fact.predicate in ("at", "part_of") and any(
        mention.type is EntityType.ORGANIZATION and is_bare(mention.name) for mention in (fact.subject, fact.object)
    ):
        return None
    owner = fact.qualifiers.get("organization")
    if not isinstance(owner, str) or not is_bare(owner):
        return fact
    return replace(
        fact,
        object=_without(fact.object, owner),
        qualifiers=MappingProxyType({**fact.qualifiers, "organization": None}),
    )


def _without(mention: Mention, owner: str) -> Mention:
    """Return the mention of a position whose name does not begin with its organisation."""
    rest = mention.name.removeprefix(owner)
    return replace(mention, name=rest) if rest and mention.type is EntityType.POSITION else mention
