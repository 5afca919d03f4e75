"""A folder that `kg build` wrote: the graph in it, and the decisions behind its names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kg.errors import InputError, OutputError
from kg.linking import Ambiguity, Linked, Merge
from kg.query import KnowledgeGraph

GRAPH_FILE = "graph.graphml"
DECISIONS_FILE = "linking.json"


def read_graph_folder(path: str | Path) -> KnowledgeGraph:
    """Read the graph of a folder with its decisions; of a GraphML file, the graph alone.

    Args:
        path: The folder, or a GraphML file.

    Raises:
        InputError: There is no graph, or the decisions cannot be read.
    """
    folder = Path(path)
    graph = KnowledgeGraph.read(folder / GRAPH_FILE if folder.is_dir() else folder)
    if folder.is_dir():
        graph.linked = read_decisions(folder / DECISIONS_FILE)
    return graph


def read_decisions(path: Path) -> Linked:
    """Read the decisions of linking; a file that is not there holds none.

    Raises:
        InputError: The file is not what `write_decisions` writes.

    >>> read_decisions(Path("nowhere.json")).merges
    ()
    """
    if not path.exists():
        return Linked(())
    try:
        record = json.loads(path.read_text("utf-8"))
        merges = tuple(Merge(**one) for one in record["merges"])
        doubts = tuple(Ambiguity(**one) for one in record["ambiguities"])
        return Linked((), merges, doubts, dict(record["reprints"]), tuple(record["unmatched"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} does not hold decisions of linking ({error}); build the graph again.") from error


def write_decisions(linked: Linked, path: Path) -> None:
    """Write the decisions of linking as JSON; the same decisions give the same bytes.

    Raises:
        OutputError: The place cannot be written.
    """
    record: dict[str, Any] = {
        "merges": [one.to_dict() for one in linked.merges],
        "ambiguities": [one.to_dict() for one in linked.ambiguities],
        "reprints": dict(linked.reprints),
        "unmatched": list(linked.unmatched),
    }
    try:
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror}); give another folder with -o.") from error
