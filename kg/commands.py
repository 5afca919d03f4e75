"""What each command of `kg` does: one call into the library, and its result on the terminal.

Heavy modules are imported inside the commands, so that `kg --help` and mistyped commands answer at once.
"""

from __future__ import annotations

import argparse
import csv
import functools
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import InputError, OutputError
from kg.text_table import markdown_table, one_line, records_table, text_table

if TYPE_CHECKING:
    from kg.engines import FileResult
    from kg.query import KnowledgeGraph
    from kg.rows import Rows
    from kg.types import Document

_GRAPH_FILE = "graph.graphml"
_WARNINGS_SHOWN = 20
# Ids and offsets serve programs; a table for people is better without them.
_NOT_IN_TABLES = frozenset(
    {"id", "subject_id", "object_id", "key", "subject_type", "object_type", "label", "person_id", "office"}
)


def _with_terms(command: Callable[[argparse.Namespace], int]) -> Callable[[argparse.Namespace], int]:
    """Let a command follow the lexicon and the relations of the user's own from its first file to its last line."""

    @functools.wraps(command)
    def run(options: argparse.Namespace) -> int:
        if options.lexicon is None and options.patterns is None:
            return command(options)
        from kg.terms import use_terms

        with use_terms(options.lexicon, options.patterns):
            return command(options)

    return run


@_with_terms
def build(options: argparse.Namespace) -> int:
    """Make the graph of files and folders, write it, and say what was found and what was skipped."""
    from kg import builder, view, writers
    from kg.graph_folder import DECISIONS_FILE, write_decisions

    folder: Path = options.output
    _make_folder(folder)
    with _ProgressBar() as bar:
        graph = builder.build(options.paths, options.workers, bar.update, corrections=folder / "corrections.toml")
    _print_warnings(graph.documents)
    page, graphml, facts = folder / "graph.html", folder / _GRAPH_FILE, folder / "facts.jsonl"
    view.write_page(graph.graph, page, language=options.lang)
    writers.write(graph.graph, graphml)
    writers.facts.write_facts(graph.facts, facts)
    write_decisions(graph.linked, folder / DECISIONS_FILE)
    print(_summary(graph, options.lang))
    rows = [[page, "open it in a browser"], [graphml, "open it in Gephi"], [facts, "one fact a line"]]
    print(text_table(["written", ""], [[str(file), use] for file, use in rows], limit=0))
    _print_remarks(graph.skipped, len(graph.facts))
    for sentence in graph.linked.unmatched:
        print(f"note: {one_line(sentence)}", file=sys.stderr)
    return 0


@_with_terms
def extract(options: argparse.Namespace) -> int:
    """Print the facts of files, folders and standard input, and nothing else, on standard output."""
    from kg import builder, writers

    paths = [path for path in options.paths if path != "-"]
    given = [_standard_input()] if len(paths) < len(options.paths) else []
    with _ProgressBar() as bar:
        found = builder.extract_corpus(paths, options.workers, bar.update, given)
    _print_warnings(found.documents)
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
    _print_remarks(found.skipped, len(found.facts))
    return 0


def query(options: argparse.Namespace) -> int:
    """Print the answer of a graph to one question."""
    from kg.questions import answer

    _print_rows(answer(_read(options.graph), options), options.format)
    return 0


def diff(options: argparse.Namespace) -> int:
    """Print what has changed from one graph to another."""
    _print_rows(_read(options.new).diff(_read(options.old)), options.format)
    return 0


def ledger(options: argparse.Namespace) -> int:
    """Print plans and results side by side."""
    _print_rows(_read(options.graph).ledger(options.organization, options.metric), options.format)
    return 0


def export(options: argparse.Namespace) -> int:
    """Write a graph in another format and print the paths of the files."""
    from kg import view, writers
    from kg.graph import read_graph

    graph, file = read_graph(_graph_file(options.graph)), options.output
    if file.suffix.lower() == ".html":
        view.write_page(graph, file, language=options.lang)
        written: tuple[Path, ...] = (file,)
    else:
        written = writers.write(graph, file)
    print(*written, sep="\n")
    return 0


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


class _ProgressBar:
    """A progress bar over files on standard error; nothing where that is no terminal."""

    def __init__(self) -> None:
        self._bar: Any = None

    def __enter__(self) -> _ProgressBar:
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


def _standard_input() -> FileResult:
    from kg.engines import FileResult
    from kg.pipeline import extract_document
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


def _read(path: Path) -> KnowledgeGraph:
    from kg.query import KnowledgeGraph

    return KnowledgeGraph.read(_graph_file(path))


def _graph_file(path: Path) -> Path:
    return path / _GRAPH_FILE if path.is_dir() else path


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made a folder: {error.strerror}; give another with -o.") from error


def _summary(graph: KnowledgeGraph, language: str) -> str:
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


def _print_warnings(documents: Iterable[Document]) -> None:
    warnings = [warning for document in documents for warning in document.warnings]
    for warning in warnings[:_WARNINGS_SHOWN]:
        print(f"note: {one_line(warning)}", file=sys.stderr)
    if len(warnings) > _WARNINGS_SHOWN:
        print(f"note: … and {len(warnings) - _WARNINGS_SHOWN} more of this kind.", file=sys.stderr)


def _print_remarks(skipped: Sequence[tuple[str, str]], facts: int) -> None:
    if not facts:
        print("note: no fact was found; is the text Chinese news or a notice?", file=sys.stderr)
    if skipped:
        print(f"skipped {len(skipped)}:", file=sys.stderr)
    for _, reason in skipped:
        print(f"  {one_line(reason)}", file=sys.stderr)


def _cell(value: object) -> object:
    return "、".join(map(str, value)) if isinstance(value, tuple) else value
