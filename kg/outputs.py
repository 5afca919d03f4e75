"""What is made from a store: the graph, and the files that show it, whole and only when something has changed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from kg import view, writers
from kg.builder import linked_graph
from kg.errors import OutputError, UsageError
from kg.export_state import OUTPUTS, are_current, export_notes
from kg.extractor_version import clues_version, terms_version
from kg.graph_folder import read_graph_folder, write_decisions
from kg.linking.corrections import FILE_NAME, read_corrections
from kg.query import KnowledgeGraph
from kg.store import STORE_FILE, Store

__all__ = ["OUTPUTS", "graph_at", "graph_of", "refuse_other_terms", "write_outputs"]

_STAGING = ".kg-outputs"


def graph_of(store: Store) -> KnowledgeGraph:
    """Return the graph of all documents of a store, the same as a build from scratch gives.

    Args:
        store: The store; a build may be at it, what it commits meanwhile is not seen.
    """
    with store.snapshot():
        documents, facts, clues = list(store.documents()), list(store.facts()), store.clues(clues_version())
    decided = read_corrections(store.path.parent / FILE_NAME)
    return linked_graph(facts, documents, corrections=decided, clues=clues)


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
    folder, notes = store.path.parent, export_notes(store, language)
    if store.notes().get("outputs") == notes["outputs"]:
        return None
    graph = graph_of(store)
    staging = folder / _STAGING
    shutil.rmtree(staging, ignore_errors=True)
    try:
        staging.mkdir()
        page, graphml, facts, decisions = (staging / name for name in OUTPUTS)
        view.write_page(graph.graph, page, language=notes["language"])
        writers.write(graph.graph, graphml)
        writers.facts.write_facts(graph.facts, facts)
        write_decisions(graph.linked, decisions)
        for name in OUTPUTS:
            os.replace(staging / name, folder / name)
    except OSError as error:
        raise OutputError(f"{folder} cannot be written to: {error.strerror or error}; give another folder.") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    store.note(export_notes(store, language))
    return graph


def graph_at(path: str | Path) -> KnowledgeGraph:
    """Return the graph of a folder, with its decisions, or of a GraphML file.

    It is that of the folder's store as it is now: read from the outputs if these are current, which is faster.

    Args:
        path: The folder, or a GraphML file; a build may be at its store.

    Raises:
        InputError: There is no graph.
        UsageError: The outputs are not current, and the last build followed other terms than those in use.
    """
    if (Path(path) / STORE_FILE).is_file():
        with Store.open(path) as store:
            if not are_current(store):
                refuse_other_terms(store)
                return graph_of(store)
    return read_graph_folder(path)


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
