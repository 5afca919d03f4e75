"""Facts as JSON Lines (`schema.md` §3): from facts, and from the facts that a graph holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import networkx as nx

from kg.graph_facts import graph_facts
from kg.output_files import replacing
from kg.types import Fact
from kg.writers import register
from kg.xml_text import json_text


@register(".jsonl")
def write_graph_facts(graph: nx.MultiDiGraph, path: Path) -> tuple[Path, ...]:
    """Write the facts that a graph holds, one for each piece of evidence.

    Args:
        graph: A graph from `build_graph` or `read_graph`.
        path: The file.

    Raises:
        OutputError: The place cannot be written.
    """
    return write_facts(graph_facts(graph), path)


def write_facts(facts: Iterable[Fact], path: str | Path) -> tuple[Path, ...]:
    """Write facts, one a line in the fixed order.

    Args:
        facts: The facts in any order.
        path: The file.

    Raises:
        OutputError: The place cannot be written.
    """
    file_path = Path(path)
    with replacing(file_path) as file:
        file.writelines(fact_lines(facts))
    return (file_path,)


def fact_lines(facts: Iterable[Fact]) -> Iterator[str]:
    """Yield facts as lines of JSON in the order document, evidence start, predicate, subject, object.

    Lone surrogates and control characters are written as escapes, so that every line is valid UTF-8.

    >>> list(fact_lines([]))
    []
    """
    listed = [(fact.sort_key(), json_text(fact.to_dict()) + "\n") for fact in facts]
    for _, line in sorted(listed):
        yield line


def read_facts(lines: Iterable[str]) -> Iterator[Fact]:
    """Yield the facts of JSON Lines; the inverse of `fact_lines` but for surface forms outside the sentence.

    Raises:
        KeyError: A line lacks a key of the contract.
        ValueError: A line is not JSON.

    >>> list(read_facts(["\\n"]))
    []
    """
    return (Fact.from_dict(json.loads(line)) for line in lines if line.strip())
