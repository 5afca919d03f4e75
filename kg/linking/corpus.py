"""Linking over documents: listed short forms get their canonical name."""

from __future__ import annotations

from collections.abc import Iterable

from kg.language.lexicon import lookup
from kg.linking.document import organization_names, rename
from kg.linking.user_terms import link_user_terms
from kg.types import Fact


def link_corpus(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts of many documents with the canonical names of listed organisations, in the fixed order.

    A pure function of facts: it can be run again when lexicons change, without reading a document again.

    Args:
        facts: Facts of any number of documents, each linked inside its document.
    """
    listed = list(facts)
    canonical = lookup("organizations", "canonical")
    aliases = {name: canonical[name] for name in organization_names(listed) if canonical.get(name, name) != name}
    return sorted(link_user_terms(rename(fact, aliases) for fact in listed), key=Fact.sort_key)
