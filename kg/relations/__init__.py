"""Relations: one family a file; each extractor reads a document's sentences and yields facts."""

from kg.relations.base import Reading, extract_facts, relation, relation_names

__all__ = ["Reading", "extract_facts", "relation", "relation_names"]
