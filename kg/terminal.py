"""What the commands of `kg` have in common: terms of one's own, a progress bar, and what they say of a run."""

from __future__ import annotations

import argparse
import functools
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.text_table import one_line, text_table

if TYPE_CHECKING:
    from kg.engines import FileResult
    from kg.query import KnowledgeGraph

GRAPH_FILE = "graph.graphml"
"""The name of the GraphML file in the folder of a build."""
_WARNINGS_SHOWN = 20


def with_terms(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Let a command follow the lexicon and the relations of the user's own from its first file to its last line."""

    @functools.wraps(command)
    def run(options: argparse.Namespace) -> int:
        if options.lexicon is None and options.patterns is None:
            return command(options)
        from kg.terms import use_terms

        with use_terms(options.lexicon, options.patterns):
            return command(options)

    return run


class ProgressBar:
    """A progress bar over files on standard error; nothing where that is no terminal."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def update(self, done: int, total: int, result: FileResult) -> None:
        """Show that a file is done."""
        if self._bar is None:
            from tqdm import tqdm

            # The thread that would redraw a bar standing still is not worth a thread.
            tqdm.monitor_interval = 0
            self._bar = tqdm(total=total, unit=" files", file=sys.stderr, disable=None, dynamic_ncols=True)
        self._bar.update(done - self._bar.n)


def summary(graph: KnowledgeGraph, language: str) -> str:
    """Return how much of what there is in a graph, as text with tables."""
    from kg.vocabulary import entity_types, relations

    entities = Counter(data["type"] for _, data in graph.graph.nodes(data=True))
    facts = Counter(fact.predicate for fact in graph.facts)
    edges = Counter(data["predicate"] for _, _, data in graph.graph.edges(data=True))
    labels = {
        name: getattr(shown, f"label_{language}") for name, shown in (*entity_types().items(), *relations().items())
    }
    totals = {
        "documents": len(graph.documents),
        "facts": len(graph.facts),
        "entities": graph.graph.number_of_nodes(),
        "edges": graph.graph.number_of_edges(),
    }
    parts = [
        " · ".join(f"{name} {count}" for name, count in totals.items()),
        text_table(
            ["entities", "", "count"], [[name, labels.get(name), entities[name]] for name in labels if entities[name]]
        ),
        text_table(
            ["relations", "", "facts", "edges"],
            [[name, labels.get(name), facts[name], edges[name]] for name in labels if facts[name]],
        ),
    ]
    return "\n\n".join(parts if graph.facts else parts[:1]) + "\n"


def print_warnings(warnings: Sequence[str]) -> None:
    """Print what the readers had to decide, up to a number that people still read."""
    for warning in warnings[:_WARNINGS_SHOWN]:
        print(f"note: {one_line(warning)}", file=sys.stderr)
    if len(warnings) > _WARNINGS_SHOWN:
        print(f"note: … and {len(warnings) - _WARNINGS_SHOWN} more of this kind.", file=sys.stderr)


def print_remarks(skipped: Sequence[tuple[str, str]], facts: int) -> None:
    """Print that nothing was found, and what was skipped and why."""
    if not facts:
        print("note: no fact was found; is the text Chinese news or a notice?", file=sys.stderr)
    if skipped:
        print(f"skipped {len(skipped)}:", file=sys.stderr)
    for _, reason in skipped:
        print(f"  {one_line(reason)}", file=sys.stderr)


def read_graph(path: Path) -> KnowledgeGraph:
    """Return the graph of a folder as its store is now, or of a GraphML file; say so if its outputs are older."""
    from kg.export_state import are_current
    from kg.outputs import graph_at
    from kg.store import STORE_FILE, Store

    if (path / STORE_FILE).is_file():
        with Store.open(path) as store:
            if not are_current(store):
                advice = f"`kg export {path}` writes them, and makes answers faster"
                print(f"note: answered from the store; the outputs are older ({advice}).", file=sys.stderr)
    return graph_at(path)
