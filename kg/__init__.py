"""Chinese official, industry and union news and notices → a knowledge graph with the sentence behind every edge."""

from kg.errors import InputError, KgError, OutputError, UsageError
from kg.pipeline import extract, load
from kg.types import Document, EntityType, Evidence, Fact, Mention

__version__ = "0.1.0"
__all__ = [
    "Document",
    "EntityType",
    "Evidence",
    "Fact",
    "InputError",
    "KgError",
    "Mention",
    "OutputError",
    "UsageError",
    "extract",
    "load",
]
