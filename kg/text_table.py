"""Tables for a terminal, in which a Chinese character takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

CELL_COLUMNS = 48
"""How many columns a cell may take before it is cut."""


def text_table(header: Sequence[str], rows: Iterable[Sequence[Any]], limit: int = CELL_COLUMNS) -> str:
    """Return a table: numbers to the right, all else to the left, two spaces between columns.

    Args:
        header: The heading of each column.
        rows: As many cells each; None is an empty cell.
        limit: The columns of the terminal that a cell may take at most; 0 for any number.

    >>> print(text_table(["person", "n"], [["张三", 5], ["某人", None]]))
    person  n
    ------  -
    张三    5
    某人
    """
    listed = [list(row) for row in rows]
    numeric = [
        all(isinstance(row[column], int | float) for row in listed if row[column] is not None) and bool(listed)
        for column in range(len(header))
    ]
    cells = [[one_line(_text(value), limit) for value in row] for row in (header, *listed)]
    widths = [max(display_width(row[column]) for row in cells) for column in range(len(header))]
    cells.insert(1, ["-" * width for width in widths])
    lines = [
        "  ".join(_padded(cell, width, right) for cell, width, right in zip(row, widths, numeric, strict=True))
        for row in cells
    ]
    return "\n".join(line.rstrip() for line in lines)


def records_table(records: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Return the table of some columns of records; a column without any value is left out.

    >>> print(records_table([{"person": "张三", "since": None}], ["person", "since"]))
    person
    ------
    张三
    """
    shown = [column for column in columns if any(record.get(column) not in (None, "", ()) for record in records)]
    return text_table(shown, [[record.get(column) for column in shown] for record in records])


def markdown_table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a table in Markdown; None is an empty cell.

    >>> print(markdown_table(["metric", "planned"], [["a|b", 5.0], ["c", None]]))
    | metric | planned |
    |---|---|
    | a\\|b | 5 |
    | c |  |
    """
    lines = ["| " + " | ".join(header) + " |", "|---" * len(header) + "|"]
    for row in rows:
        cells = (one_line(_text(value)).replace("|", "\\|") for value in row)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def display_width(text: str) -> int:
    """Return how many columns a text takes on a terminal.

    Source: Unicode Standard Annex 11, East Asian Width; ambiguous characters take one column.

    >>> display_width("会长a")
    5
    """
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def one_line(text: str, limit: int = 0) -> str:
    """Return a text on one line that can do nothing to a terminal, cut to a number of columns if that is not 0.

    >>> one_line("会\\x1b[31m长\\n张三", 9)
    '会�[31m…'
    """
    # Control characters would be obeyed by the terminal, direction marks would turn the line round.
    clean = "".join(character if character.isprintable() else "\ufffd" for character in " ".join(text.split()))
    if not limit or display_width(clean) <= limit:
        return clean
    width = 1
    for place, character in enumerate(clean):
        width += display_width(character)
        if width > limit:
            return clean[:place] + "…"
    return clean


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.12g}"
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _padded(cell: str, width: int, right: bool) -> str:
    gap = " " * (width - display_width(cell))
    return gap + cell if right else cell + gap
