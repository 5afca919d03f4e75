"""What each command of `kg` does: one call into the library, and its result on the terminal.

Heavy modules are imported inside the commands, so that `kg --help` and mistyped commands answer at once.
"""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.terminal import ProgressBar, graph_file, print_remarks, print_warnings, with_terms
from kg.text_table import records_table

if TYPE_CHECKING:
    from kg.engines import FileResult
    from kg.query import KnowledgeGraph
    from kg.rows import Rows

# Ids and offsets serve programs; a table for people is better without them.
_NOT_IN_TABLES = frozenset({"id", "subject_id", "object_id", "key", "subject_type", "object_type", "label"})


@with_terms
def extract(options: argparse.Namespace) -> int:
    """Print the facts of files, folders and standard input, and nothing else, on standard output."""
    from kg import builder, writers

    paths = [path for path in options.paths if path != "-"]
    given = [_standard_input()] if len(paths) < len(options.paths) else []
    with ProgressBar() as bar:
        found = builder.extract_corpus(paths, options.workers, bar.update, given)
    print_warnings([warning for document in found.documents for warning in document.warnings])
    facts = [fact for fact in found.facts if fact.confidence >= options.min_confidence]
    if options.format == "jsonl":
        sys.stdout.writelines(writers.facts.fact_lines(facts))
    else:
        rows = [
            {
                "document": fact.evidence.document,
                "subject": fact.subject.name,
                "predicate": fact.predicate,
                "object": fact.object.name,
                "status": fact.qualifiers.get("status"),
                "confidence": fact.confidence,
                "sentence": fact.evidence.sentence,
            }
            for fact in facts
        ]
        print(records_table(rows, ["document", "subject", "predicate", "object", "status", "confidence", "sentence"]))
    print_remarks(found.skipped, len(found.facts))
    return 0


def query(options: argparse.Namespace) -> int:
    """Print the answer of a graph to one question."""
    from kg.query import KnowledgeGraph

    graph = KnowledgeGraph.read(graph_file(options.graph))
    rows = _answer(graph, options)
    records = [row.record() for row in rows]
    if options.format == "jsonl":
        from kg.xml_text import json_text

        sys.stdout.writelines(json_text({name: record.get(name) for name in rows.columns}) + "\n" for record in records)
    elif options.format == "csv":
        table = csv.writer(sys.stdout, lineterminator="\n")
        table.writerow(rows.columns)
        table.writerows([_cell(record.get(name)) for name in rows.columns] for record in records)
    elif records:
        print(records_table(records, [name for name in rows.columns if name not in _NOT_IN_TABLES]))
    if not records:
        print("Nothing in the graph fits.", file=sys.stderr)
    return 0


def evaluate(options: argparse.Namespace) -> int:
    """Print the scores of facts against gold; return 1 if one is below its floor."""
    from kg import evaluate as evaluation
    from kg import evaluation_report as report

    gold = evaluation.read_gold(options.gold)
    result = evaluation.evaluate(gold, evaluation.read_fact_file(options.facts))
    print(report.scores_report(result))
    if options.errors:
        print("\n" + report.mistakes_report(result.mistakes))
    if options.compare:
        before = evaluation.evaluate(gold, evaluation.read_fact_file(options.compare))
        print("\n" + report.comparison_report(before, result, with_mistakes=options.errors))
    below = [(name, floor) for name, floor in options.min if result.score(name).f1 < floor]
    for name, floor in below:
        print(f"{name}: F1 {result.score(name).f1:.3f} is below the floor {floor}.", file=sys.stderr)
    return 1 if below else 0


def _standard_input() -> FileResult:
    from kg.engines import FileResult
    from kg.extraction import extract_document
    from kg.readers import read_stdin

    try:
        document = read_stdin()
    except InputError as error:
        return FileResult(Path("stdin"), skipped=str(error))
    return FileResult(Path("stdin"), document, tuple(extract_document(document)))


def _answer(graph: KnowledgeGraph, options: argparse.Namespace) -> Rows[Any]:
    match options.question:
        case "positions":
            return graph.positions(options.person)
        case "holders":
            return graph.holders(options.organization, options.title)
        case "notices":
            return graph.notices(options.organization)
        case "metrics":
            return graph.metrics(options.action, options.organization)
        case "path":
            return graph.path(options.a, options.b)
        case "neighbors":
            return graph.neighbors(options.name, options.predicate, options.depth)
    return graph.find(options.subject, options.predicate, options.object, **dict(options.where))


def _cell(value: object) -> object:
    return "、".join(map(str, value)) if isinstance(value, tuple) else value
