"""What each command of `kg` does: one call into the library, and its result on the terminal.

Heavy modules are imported inside the commands, so that `kg --help` and mistyped commands answer at once.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.terminal import ProgressBar, print_remarks, print_warnings, read_graph, with_terms
from kg.text_table import markdown_table, records_table

if TYPE_CHECKING:
    from kg.engines import FileResult
    from kg.rows import Rows

# Ids and offsets serve programs; a table for people is better without them.
_NOT_IN_TABLES = frozenset(
    {"id", "subject_id", "object_id", "key", "subject_type", "object_type", "label", "person_id", "office"}
)


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


@with_terms
def query(options: argparse.Namespace) -> int:
    """Print the answer of a graph to one question."""
    from kg.questions import answer

    _print_rows(answer(read_graph(options.graph), options), options.format)
    return 0


@with_terms
def diff(options: argparse.Namespace) -> int:
    """Print what has changed from one graph to another."""
    _print_rows(read_graph(options.new).diff(read_graph(options.old)), options.format)
    return 0


@with_terms
def ledger(options: argparse.Namespace) -> int:
    """Print plans and results side by side."""
    _print_rows(read_graph(options.graph).ledger(options.organization, options.metric), options.format)
    return 0


@with_terms
def evaluate(options: argparse.Namespace) -> int:
    """Print the scores of facts against gold; return 1 if one is below its floor."""
    if options.identity:
        from kg import identity_commands

        return identity_commands.evaluate(options)
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


def _print_rows(rows: Rows[Any], format: str) -> None:
    """Print rows in a format, and a remark if there are none."""
    _PRINTERS[format](rows)
    if not rows:
        print("Nothing in the graph fits.", file=sys.stderr)


def _print_table(rows: Rows[Any]) -> None:
    if rows:
        columns = [name for name in rows.columns if name not in _NOT_IN_TABLES]
        print(records_table([row.record() for row in rows], columns))


def _print_lines(rows: Rows[Any]) -> None:
    from kg.xml_text import json_text

    records = (row.record() for row in rows)
    sys.stdout.writelines(json_text({name: record.get(name) for name in rows.columns}) + "\n" for record in records)


def _print_csv(rows: Rows[Any]) -> None:
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(rows.columns)
    table.writerows([_cell(row.record().get(name)) for name in rows.columns] for row in rows)


def _print_markdown(rows: Rows[Any]) -> None:
    columns = [name for name in rows.columns if name not in _NOT_IN_TABLES]
    print(markdown_table(columns, [[_cell(row.record().get(name)) for name in columns] for row in rows]))


_PRINTERS: dict[str, Callable[[Rows[Any]], None]] = {
    "table": _print_table,
    "jsonl": _print_lines,
    "csv": _print_csv,
    "md": _print_markdown,
}


def _cell(value: object) -> object:
    return "、".join(map(str, value)) if isinstance(value, tuple) else value
