"""Chinese official, industry and union news and notices → a knowledge graph with the sentence behind every edge."""

from typing import TYPE_CHECKING, Any

from kg.errors import BusyError, InputError, KgError, OutputError, UsageError
from kg.types import Document, EntityType, Evidence, Fact, Mention

if TYPE_CHECKING:
    from kg.builder import build
    from kg.extraction import extract
    from kg.graph import build_graph, read_graph
    from kg.pipeline import load
    from kg.query import KnowledgeGraph
    from kg.store import Store
    from kg.terms import use_terms

__version__ = "0.1.0"
__all__ = [
    "BusyError",
    "Document",
    "EntityType",
    "Evidence",
    "Fact",
    "InputError",
    "KgError",
    "KnowledgeGraph",
    "Mention",
    "OutputError",
    "Store",
    "UsageError",
    "build",
    "build_graph",
    "extract",
    "load",
    "read_graph",
    "use_terms",
]

# spaCy alone takes a second to import, which `kg --help` and questions to a graph need not wait for.
_LATE = {
    "KnowledgeGraph": "kg.query",
    "Store": "kg.store",
    "build": "kg.builder",
    "build_graph": "kg.graph",
    "extract": "kg.extraction",
    "load": "kg.pipeline",
    "read_graph": "kg.graph",
    "use_terms": "kg.terms",
}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Import a public name at its first use (PEP 562)."""
        if name not in _LATE:
            raise AttributeError(f"module 'kg' has no attribute {name!r}")
        from importlib import import_module

        value = globals()[name] = getattr(import_module(_LATE[name]), name)
        return value

    def __dir__() -> list[str]:
        """Return the public names, those not yet imported too."""
        return sorted({*globals(), *__all__})
