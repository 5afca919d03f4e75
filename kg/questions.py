"""The questions of `kg query`: which method of a graph answers each, and with which options."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.query import KnowledgeGraph
    from kg.rows import Rows

Answer = Callable[["KnowledgeGraph", argparse.Namespace], "Rows[Any]"]

QUESTIONS: Mapping[str, Answer] = {
    "positions": lambda graph, asked: graph.positions(asked.person),
    "holders": lambda graph, asked: graph.holders(asked.organization, asked.title),
    "notices": lambda graph, asked: graph.notices(asked.organization),
    "metrics": lambda graph, asked: graph.metrics(asked.action, asked.organization),
    "find": lambda graph, asked: graph.find(asked.subject, asked.predicate, asked.object, **dict(asked.where)),
    "path": lambda graph, asked: graph.path(asked.a, asked.b),
    "neighbors": lambda graph, asked: graph.neighbors(asked.name, asked.predicate, asked.depth),
    "as-of": lambda graph, asked: graph.as_of(asked.date, asked.organization),
    "timeline": lambda graph, asked: graph.timeline(asked.person),
    "successions": lambda graph, asked: graph.successions(asked.organization, asked.title),
    "conflicts": lambda graph, asked: graph.conflicts(),
    "diff": lambda graph, asked: graph.diff(asked.old, asked.new),
}


def answer(graph: KnowledgeGraph, asked: argparse.Namespace) -> Rows[Any]:
    """Return what a graph answers to the question that the options hold.

    Args:
        graph: The graph.
        asked: The options; `question` is one of `QUESTIONS`.

    Raises:
        UsageError: There is no such question, or the graph cannot answer it.
    """
    if asked.question not in QUESTIONS:
        raise UsageError(f"There is no question {asked.question!r}; known are {', '.join(QUESTIONS)}.")
    return QUESTIONS[asked.question](graph, asked)
