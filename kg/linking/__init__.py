"""Linking: which mentions name one entity, inside a document and over documents."""

from kg.linking.corpus import link_corpus
from kg.linking.document import link_document

__all__ = ["link_corpus", "link_document"]
