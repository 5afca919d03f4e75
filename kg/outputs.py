"""What is made from a store: the graph, and the files that show it, whole and only when something has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import networkx as nx

from kg import view, writers
from kg.builder import linked_graph
from kg.errors import OutputError, UsageError
from kg.extractor_version import package_version, terms_version
from kg.graph import read_graph
from kg.graph_folder import DECISIONS_FILE, write_decisions
from kg.linking import read_corrections
from kg.query import KnowledgeGraph
from kg.store import Store

OUTPUTS = ("graph.html", "graph.graphml", "facts.jsonl", DECISIONS_FILE)
"""The names of the files that are made from the store: the page, the graph, the facts, the decisions of linking."""
_CORRECTIONS = "corrections.toml"
_STAGING = ".kg-outputs"


def graph_of(store: Store) -> KnowledgeGraph:
    """Return the graph of all documents of a store, the same as a build from scratch gives.

    Args:
        store: The store; a build may be at it, what it commits meanwhile is not seen.
    """
    with store.snapshot():
        documents, facts = list(store.documents()), list(store.facts())
    return linked_graph(facts, documents, corrections=read_corrections(store.path.parent / _CORRECTIONS))


def write_outputs(store: Store, language: str | None = None) -> KnowledgeGraph | None:
    """Write the page, the graph and the facts of a store into its folder, if they are not there already.

    The files take the place of older ones when all of them are finished.

    Args:
        store: The store, opened to be changed (`opened`).
        language: The language of the page; that of the last page if not given.

    Returns:
        The graph, or None if nothing has changed since the outputs were written.

    Raises:
        OutputError: A file cannot be written.
        UsageError: The last build followed other terms than those in use.
    """
    refuse_other_terms(store)
    folder, notes = store.path.parent, store.notes()
    language = language or notes.get("language", "zh")
    corrections = folder / _CORRECTIONS
    decided = hashlib.sha256(corrections.read_bytes()).hexdigest() if corrections.is_file() else ""
    state = " ".join([notes.get("revision", "0"), package_version(), terms_version(), language, decided])
    if notes.get("outputs") == f"{state} {_digest(folder)}":
        return None
    graph = graph_of(store)
    staging = folder / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    try:
        staging.mkdir()
        page, graphml, facts, decisions = (staging / name for name in OUTPUTS)
        view.write_page(graph.graph, page, language=language)
        writers.write(graph.graph, graphml)
        writers.facts.write_facts(graph.facts, facts)
        write_decisions(graph.linked, decisions)
        for name in OUTPUTS:
            os.replace(staging / name, folder / name)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written to: {error.strerror or error}; give another folder.") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    store.note({"outputs": f"{state} {_digest(folder)}", "language": language})
    return graph


def newest_graph(store: Store) -> nx.MultiDiGraph:
    """Return the graph of a store, read from its outputs if these are current, which is faster.

    Args:
        store: The store; a build may be at it.

    Raises:
        UsageError: The outputs are not current, and the last build followed other terms than those in use.
    """
    file = store.path.parent / "graph.graphml"
    if store.outputs_are_current() and file.is_file():
        return read_graph(file)
    refuse_other_terms(store)
    return graph_of(store).graph


def refuse_other_terms(store: Store) -> None:
    """Refuse to link what a store holds by other terms than those of its last build.

    Raises:
        UsageError: The terms in use are others.
    """
    if store.notes().get("terms", "") != terms_version():
        with_or_without = "with" if store.notes().get("terms") else "without"
        raise UsageError(
            f"{store.path.parent} was last built {with_or_without} terms of your own; "
            "give the same --lexicon and --patterns as then, or build it again."
        )


def _digest(folder: Path) -> str:
    """Return a digest of the outputs in a folder, so that one that was deleted or changed by hand is written again."""
    digest = hashlib.sha256()
    for name in OUTPUTS:
        path = folder / name
        digest.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"-")
    return digest.hexdigest()
