"""Linking: which mentions name one entity, inside a document and over documents."""

from kg.linking.clues import Clues, document_clues
from kg.linking.corpus import link_corpus
from kg.linking.corrections import Corrections, read_corrections
from kg.linking.decisions import Ambiguity, Linked, Merge
from kg.linking.document import link_document

__all__ = [
    "Ambiguity",
    "Clues",
    "Corrections",
    "Linked",
    "Merge",
    "document_clues",
    "link_corpus",
    "link_document",
    "read_corrections",
]
