"""The `kg` command: what it understands; what each command does is in `kg.commands`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg import __version__, commands, examples, identity_commands, store_commands
from kg.errors import KgError
from kg.question_parser import QUERY_EXAMPLES, add_questions, add_terms, assignment

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]

Run = Callable[[argparse.Namespace], int]

_BROKEN_PIPE, _INTERRUPTED = 128 + 13, 128 + 2
_FORMAT = "default: %(default)s"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the `kg` command and return its exit status.

    Args:
        arguments: The arguments after `kg`; those of the process if not given.
    """
    for stream in (sys.stdout, sys.stderr):
        # Chinese must come out as UTF-8 in every locale, and what UTF-8 cannot hold must not end the program.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = make_parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output has seen enough; without this Python complains when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except KgError as error:
        print(f"kg: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        where = error.filename or "standard output"
        print(f"kg: {where} failed ({error.strerror or error}); is the disk full?", file=sys.stderr)
        return 2
    return status


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line.

    >>> make_parser().parse_args(["build", "articles", "-o", "out"]).workers
    1
    """
    parser = argparse.ArgumentParser(
        prog="kg",
        description="Chinese news and notices → a knowledge graph with the sentence behind every edge.",
        epilog=examples.MAIN,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"kg {__version__}")
    listed = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_build(listed)
    _add_remove(listed)
    _add_status(listed)
    _add_extract(listed)
    _add_query(listed)
    _add_diff(listed)
    _add_ledger(listed)
    _add_export(listed)
    _add_identity(listed)
    _add_evaluate(listed)
    return parser


def _command(listed: _Commands, name: str, run: Run, summary: str, epilog: str = "") -> argparse.ArgumentParser:
    parser = listed.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(run=run)
    return parser


def _add_build(listed: _Commands) -> None:
    parser = _command(
        listed, "build", store_commands.build, "make or extend the graph of files and folders", examples.BUILD
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder with articles")
    _add_changes(parser)
    add_terms(parser)
    _add_workers(parser)
    _add_language(parser)


def _add_remove(listed: _Commands) -> None:
    parser = _command(listed, "remove", store_commands.remove, "take documents out of the graph", examples.REMOVE)
    parser.add_argument("documents", nargs="+", metavar="DOCUMENT", help="the id of a document, or its file")
    _add_changes(parser)
    add_terms(parser)


def _add_changes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="DIR", help="the folder to write to")
    parser.add_argument(
        "--export",
        choices=("auto", "always", "never"),
        default="auto",
        help="whether to write the outputs; auto: unless few of many documents have changed (default)",
    )
    parser.add_argument(
        "--no-export",
        dest="export",
        action="store_const",
        const="never",
        help="the same as --export never: change the store only; see `kg export DIR`",
    )
    _add_wait(parser)


def _add_status(listed: _Commands) -> None:
    parser = _command(
        listed, "status", store_commands.status, "say what a folder holds and what is stale", examples.STATUS
    )
    parser.add_argument("graph", type=Path, metavar="DIR", help="the folder that `kg build` wrote to")
    parser.add_argument("--all", action="store_true", help="name every stale document, not the first 50 only")
    add_terms(parser)


def _add_extract(listed: _Commands) -> None:
    parser = _command(listed, "extract", commands.extract, "print the facts of files and folders", examples.EXTRACT)
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")
    parser.add_argument("--format", choices=("jsonl", "table"), default="jsonl", help="default: %(default)s")
    parser.add_argument(
        "--min-confidence", type=_share, default=0.0, metavar="X", help="leave out facts below X, from 0 to 1"
    )
    add_terms(parser)
    _add_workers(parser)


def _add_query(listed: _Commands) -> None:
    parser = _command(listed, "query", commands.query, "ask a graph questions", QUERY_EXAMPLES)
    parser.add_argument("graph", type=Path, metavar="GRAPH", help="a .graphml file, or the folder that holds it")
    add_questions(parser)


def _add_diff(listed: _Commands) -> None:
    parser = _command(listed, "diff", commands.diff, "show what has changed from one graph to another", examples.DIFF)
    parser.add_argument("old", type=Path, metavar="OLD", help="a .graphml file, or the folder that holds it")
    parser.add_argument("new", type=Path, metavar="NEW", help="the later one")
    add_terms(parser)
    parser.add_argument("--format", choices=("table", "jsonl", "csv", "md"), default="table", help=_FORMAT)


def _add_ledger(listed: _Commands) -> None:
    parser = _command(listed, "ledger", commands.ledger, "put plans and results side by side", examples.LEDGER)
    parser.add_argument("graph", type=Path, metavar="GRAPH", help="a .graphml file, or the folder that holds it")
    parser.add_argument("--organization", metavar="NAME", help="of this organization; default: all")
    parser.add_argument("--metric", metavar="NAME", help="a part of what is counted, or of verb and object")
    add_terms(parser)
    parser.add_argument("--format", choices=("table", "csv", "md", "jsonl"), default="table", help=_FORMAT)


def _add_export(listed: _Commands) -> None:
    parser = _command(
        listed,
        "export",
        store_commands.export,
        "write a graph in another format, or the outputs of a folder as they are now",
        examples.EXPORT,
    )
    parser.add_argument("graph", type=Path, metavar="GRAPH", help="a .graphml file, or the folder that holds it")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="FILE",
        help="the extension says the format: .graphml, .html, .gexf, .csv or .jsonl; without it, a folder's outputs",
    )
    _add_wait(parser)
    add_terms(parser)
    _add_language(parser, default=None)


def _add_identity(listed: _Commands) -> None:
    folder = "the folder that `kg build` wrote"
    parser = _command(listed, "explain", identity_commands.explain, "say why a node is what it is", examples.EXPLAIN)
    parser.add_argument("graph", type=Path, metavar="DIR", help=folder)
    parser.add_argument("node", metavar="NODE", help="a node id, a name or an alias")
    add_terms(parser)
    parser = _command(listed, "ambiguities", identity_commands.ambiguities, "list the names left apart in doubt")
    parser.add_argument("graph", type=Path, metavar="DIR", help=folder)
    parser.add_argument("--type", choices=("Person", "Organization", "Notice"), help="those of one type only")
    add_terms(parser)
    parser = _command(
        listed, "review", identity_commands.review, "decide the doubtful names one by one", examples.REVIEW
    )
    parser.add_argument("graph", type=Path, metavar="DIR", help=folder)
    add_terms(parser)


def _add_evaluate(listed: _Commands) -> None:
    parser = _command(listed, "evaluate", commands.evaluate, "score facts against gold", examples.EVALUATE)
    parser.add_argument("gold", type=Path, metavar="GOLD", help="gold documents as JSON Lines")
    parser.add_argument("facts", type=Path, metavar="FACTS", help="what `kg extract` has printed; a graph's folder")
    parser.add_argument("--identity", action="store_true", help="score who is who in a graph, not facts")
    parser.add_argument("--errors", action="store_true", help="list every mistake with its reason")
    parser.add_argument(
        "--min",
        nargs="+",
        action="extend",
        default=[],
        type=_floor,
        metavar="RELATION=F1",
        help="the least F1 of a relation",
    )
    add_terms(parser)
    parser.add_argument("--compare", type=Path, metavar="OLD_FACTS", help="show what has changed since these facts")


def _add_workers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="how many processes; default: %(default)s")


def _add_wait(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--wait", action="store_true", help="wait while another build writes to the folder")


def _add_language(parser: argparse.ArgumentParser, default: str | None = "zh") -> None:
    shown = default or "that of the last build"
    parser.add_argument(
        "--lang", choices=("zh", "en"), default=default, help=f"the language of the page; default: {shown}"
    )


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0 to 1")
    return value


def _floor(text: str) -> tuple[str, float]:
    name, value = assignment(text)
    if name not in ("holds", "issues", "targets", "identity"):
        raise argparse.ArgumentTypeError(f"{name!r} is none of holds, issues, targets, identity")
    return name, _share(value or "")
