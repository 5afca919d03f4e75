"""The commands about who is who: `kg explain`, `kg ambiguities`, `kg review`, `kg evaluate --identity`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import OutputError
from kg.terminal import read_graph, with_terms
from kg.text_table import one_line, records_table, text_table

if TYPE_CHECKING:
    from kg.explanation import Explanation
    from kg.linking import Ambiguity
    from kg.linking.corrections import Correction
    from kg.query import KnowledgeGraph

_SHOWN = 3
_QUESTION = "same (s), different (d), later (Enter), stop (q); a note may follow: "


@with_terms
def explain(options: argparse.Namespace) -> int:
    """Print why a node is what it is."""
    print("\n\n".join(_sections(read_graph(options.graph).explain(options.node))))
    return 0


@with_terms
def ambiguities(options: argparse.Namespace) -> int:
    """Print the pairs of names that were left apart in doubt, the most important first."""
    doubts = read_graph(options.graph).linked.ambiguities
    records = [doubt.to_dict() for doubt in doubts if options.type in (None, doubt.kind)]
    if records:
        print(records_table(records, ["weight", "kind", "a", "b", "reason"]))
    else:
        print("No pair of names was left in doubt.", file=sys.stderr)
    return 0


@with_terms
def review(options: argparse.Namespace) -> int:
    """Ask about each doubt, on the terminal or from standard input, and write the answers to `corrections.toml`."""
    from kg.linking.corrections import FILE_NAME, corrections_text, read_corrections

    graph = read_graph(options.graph)
    file = options.graph / FILE_NAME
    decided = read_corrections(file)
    known = {frozenset(pair) for action in ("same", "different") for pair in decided.pairs(action)}
    doubts = [doubt for doubt in graph.linked.ambiguities if frozenset((doubt.a, doubt.b)) not in known]
    answers = list(_answers(graph, doubts))
    if answers:
        _append(file, corrections_text(answers))
        print(f"{len(answers)} decisions written to {file}; the next `kg build` follows them.")
    else:
        print("Nothing was decided.")
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Print the scores of a graph's identities against gold; return 1 if an F1 is below the floor."""
    from kg import evaluate_identity as evaluation

    graph = read_graph(options.facts)
    gold = evaluation.read_identity_gold(options.gold)
    scores = evaluation.evaluate_identity(gold, evaluation.graph_mentions(graph.graph))
    print(evaluation.identity_report(scores, with_mistakes=options.errors))
    floors = dict(options.min)
    below = [
        f"{type}: {measure} F1 {values[2]:.3f} is below the floor {floors['identity']}."
        for type, score in scores.items()
        for measure, values in (("pairwise", score.pairwise), ("B-cubed", score.b_cubed))
        if values[2] < floors.get("identity", 0.0)
    ]
    print(*below, sep="\n", end="\n" if below else "", file=sys.stderr)
    return 1 if below else 0


def _sections(found: Explanation) -> Iterator[str]:
    entity = found.entity
    seen = f"{entity.first_seen} … {entity.last_seen}" if entity.first_seen else "no date"
    yield f"{entity.id}\n{entity.type} · {entity.documents} documents · {seen}"
    if entity.aliases:
        yield "also called: " + "、".join(entity.aliases)
    if found.merges:
        rows = [[one.name, one.rule, one.reason, one.document or "everywhere"] for one in found.merges]
        yield text_table(["name", "rule", "because", "in"], rows)
    if found.ambiguities:
        yield records_table([one.to_dict() for one in found.ambiguities], ["weight", "a", "b", "reason"])
    places = [[mention.document, mention.start, mention.end, mention.text] for mention in found.mentions]
    yield text_table(["named in", "start", "end", "as"], places)
    shown = [[edge.subject, edge.label, edge.object, edge.weight, edge.document, edge.sentence] for edge in found.edges]
    yield text_table(["subject", "", "object", "weight", "first in", "sentence"], shown)


def _answers(graph: KnowledgeGraph, doubts: list[Ambiguity]) -> Iterator[Correction]:
    from kg.linking.corrections import Correction

    for number, doubt in enumerate(doubts, 1):
        print(f"\n{number} of {len(doubts)} · {doubt.kind} · weight {doubt.weight:g} · {doubt.reason}")
        for name in (doubt.a, doubt.b):
            print(f"  {name}")
            for sentence in _sentences(graph, doubt.kind, name):
                print(f"    {one_line(sentence, 110)}")
        answer = _ask()
        if answer is None:
            return
        action = {"s": "same", "d": "different"}.get(answer[:1])
        if action:
            yield Correction(action, {"a": doubt.a, "b": doubt.b}, answer[1:].strip())


def _ask() -> str | None:
    """Return the answer; None for the end."""
    while True:
        try:
            answer = input(_QUESTION).strip()
        except EOFError:
            print()
            return None
        if answer in ("q", "quit"):
            return None
        if not answer or answer[:2].strip() in ("s", "d"):
            return answer
        print(f"  {answer!r} is no answer.")


def _sentences(graph: KnowledgeGraph, kind: str, name: str) -> list[str]:
    from kg.errors import UsageError

    try:
        edges = graph.explain(f"{kind}:{name}").edges
    except UsageError:
        return []
    sentences = dict.fromkeys(edge.sentence for edge in edges if edge.sentence)
    return list(sentences)[:_SHOWN]


def _append(file: Path, text: str) -> None:
    """Append to a file so that it is either as before or complete."""
    new = file.with_suffix(".new")
    try:
        before = file.read_text("utf-8") if file.exists() else "# Decisions about names: docs/corrections.md\n"
        new.write_text(before + text, "utf-8")
        os.replace(new, file)
    except OSError as error:
        raise OutputError(f"{file} cannot be written ({error.strerror}); check the folder.") from error
