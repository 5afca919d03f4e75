"""The questions of `kg query` on the command line; what answers each is in `kg.questions`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

QUERY_EXAMPLES = """\
examples:
  kg query out positions 张崇和
  kg query out holders --organization 中国轻工业联合会 --title 会长
  kg query out notices --organization 工业和信息化部 --format csv > notices.csv
  kg query out metrics --action 建设
  kg query out find --predicate holds --where status=appointed
  kg query out path 张崇和 王倩
  kg query out as-of 2022-06-17 --organization 中国轻工业联合会
  kg query out timeline 张崇和
  kg query out successions 中国轻工业联合会 会长
  kg query out conflicts --format md
  kg query out diff 2022-01-01 2022-12-31
  kg query out neighbors 中国轻工业联合会 --depth 2 --format jsonl

GRAPH is a .graphml file, or the folder that `kg build` wrote one to. Names may be aliases or node ids.
"""


def add_questions(parser: argparse.ArgumentParser) -> None:
    """Add a command for each question to the parser of `kg query`.

    >>> parser = argparse.ArgumentParser()
    >>> add_questions(parser)
    >>> parser.parse_args(["timeline", "张崇和"]).question
    'timeline'
    """
    questions = parser.add_subparsers(title="questions", metavar="QUESTION", required=True)

    def question(name: str, summary: str) -> argparse.ArgumentParser:
        examples = [line for line in QUERY_EXAMPLES.splitlines() if line.startswith(f"  kg query out {name}")]
        added = questions.add_parser(
            name,
            help=summary,
            description=summary[0].upper() + summary[1:] + ".",
            epilog="\n".join(["example:", *examples]),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        added.set_defaults(question=name)
        added.add_argument(
            "--format", choices=("table", "jsonl", "csv", "md"), default="table", help="default: %(default)s"
        )
        add_terms(added)
        return added

    question("positions", "what a person holds, held or is to hold").add_argument("person", metavar="NAME")
    asked = question("holders", "who holds positions")
    asked.add_argument("--organization", metavar="NAME", help="at this organization")
    asked.add_argument("--title", help="of this title, in full")
    asked = question("notices", "which documents were issued")
    asked.add_argument("--organization", metavar="NAME", help="by this organization, alone or with others")
    asked = question("metrics", "which quantities are planned or achieved")
    asked.add_argument("--action", help="by this action, or a part of its verb and object")
    asked.add_argument("--organization", metavar="NAME", help="by this organization")
    asked = question("find", "edges by their ends, relation and qualifiers")
    asked.add_argument("--subject", metavar="NAME")
    asked.add_argument("--predicate", metavar="RELATION")
    asked.add_argument("--object", metavar="NAME")
    asked.add_argument(
        "--where",
        nargs="+",
        action="extend",
        default=[],
        type=assignment,
        metavar="QUALIFIER=VALUE",
        help="a qualifier; without a value, its absence",
    )
    asked = question("path", "how two entities are connected")
    asked.add_argument("a", metavar="A")
    asked.add_argument("b", metavar="B")
    asked = question("neighbors", "which entities are near one")
    asked.add_argument("name", metavar="NAME")
    asked.add_argument("--predicate", metavar="RELATION", help="follow only this relation")
    asked.add_argument("--depth", type=int, default=1, metavar="N", help="how many edges to go; default: %(default)s")
    _add_questions_of_time(question)


def _add_questions_of_time(question: Callable[[str, str], argparse.ArgumentParser]) -> None:
    asked = question("as-of", "who held which office on a date")
    asked.add_argument("date", metavar="DATE", help="2022-06-17, or a month or year for its last day")
    asked.add_argument("--organization", metavar="NAME", help="at this organization")
    question("timeline", "the offices of a person, since and until when").add_argument("person", metavar="PERSON")
    asked = question("successions", "who held an office one after the other")
    asked.add_argument("organization", metavar="ORGANIZATION")
    asked.add_argument("title", metavar="TITLE", help="in full")
    question("conflicts", "offices that two are said to hold at one time")
    asked = question("diff", "which terms of office began and ended between two dates")
    asked.add_argument("old", metavar="FROM")
    asked.add_argument("new", metavar="TO")


def add_terms(parser: argparse.ArgumentParser) -> None:
    """Add the options that name terms of the user's own.

    Args:
        parser: The parser of a command.
    """
    parser.add_argument(
        "--lexicon",
        type=Path,
        metavar="TSV",
        help="titles, organizations, units, short forms, verbs and words of your own",
    )
    parser.add_argument("--patterns", type=Path, metavar="TOML", help="relations of your own")


def assignment(text: str) -> tuple[str, str | None]:
    """Return the two sides of NAME=VALUE; without a value None.

    >>> assignment("status=current"), assignment("until=")
    (('status', 'current'), ('until', None))
    """
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE")
    return name, value or None
