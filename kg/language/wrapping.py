"""Hard-wrapped text: the line breaks that stand where a line was full and end nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import pairwise

_LINE = re.compile(r"[^\n]*\n?")
_CLOSING = "。！？!?；;：:"
_CLOSED_LINE = re.compile(rf"[{_CLOSING}”」』）)]\s*$")
# 张三　甲公司董事长: the columns of a list, which are no part of a paragraph.
_COLUMNS = re.compile(r"\s*\S{1,6}(?:\u3000|  )\s*[^\s，。；,;]+(?:\s+[^\s，。；,;]+)*\s*")
_ENDS_ITEM = re.compile(r"[。；;]\s*$")
_MARK_INSIDE = re.compile(r"[，、,（]")
# A line that ends with one of these goes on, whatever its length.
_DANGLING = "、，,（(《“"
# How many columns a full line may be shorter than the longest: a closing mark does not begin a line.
_SLACK = 4
_NARROWEST, _WIDEST = 32, 240
Measure = Callable[[str], int]


def _columns(line: str) -> int:
    """Return how many columns a line takes on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def _characters(line: str) -> int:
    """Return twice the number of characters, as if each took two columns: some programs wrap by characters."""
    return 2 * len(line)


def _width(lines: list[str], measure: Measure) -> int:
    """Return the length at which the lines are hard-wrapped, or 0.

    A text is hard-wrapped when several lines end, without closing punctuation, within four columns of the longest.
    """
    lengths = [measure(line.rstrip()) for line in lines]
    filled = [length for length in lengths if length]
    if len(filled) < 2:
        return 0
    widest = max(filled)
    if not _NARROWEST <= widest <= _WIDEST:
        return 0
    full = [number for number, length in enumerate(lengths) if length >= widest - _SLACK]
    open_ended = [
        number for number in full if not (_CLOSED_LINE.search(lines[number]) or _COLUMNS.fullmatch(lines[number]))
    ]
    wrapped = len(open_ended) >= 2 and 2 * len(open_ended) >= len(full) and 4 * len(full) >= len(filled)
    return widest if wrapped or _items_wrap(lines, full, open_ended) else 0


def _items_wrap(lines: list[str], full: list[int], open_ended: list[int]) -> bool:
    """Say whether the few full lines are the long items of a list: each goes on in a line that ends it."""
    if len(open_ended) < 2 or len(full) > len(open_ended):
        return False
    return all(
        _MARK_INSIDE.search(lines[number]) and number + 1 < len(lines) and _ENDS_ITEM.search(lines[number + 1])
        for number in open_ended
    )


def wrapped_breaks(text: str) -> frozenset[int]:
    r"""Return the offsets of the line breaks that only wrap a paragraph and end nothing.

    Args:
        text: The text as read.

    >>> wrapped_breaks("中国某某协会会长张\n三出席会议。")
    frozenset()
    >>> wrapped_breaks("会长张三、\n李四出席会议。")
    frozenset({5})
    """
    spans = [match.span() for match in _LINE.finditer(text) if match.group()]
    lines = [text[start:end] for start, end in spans]
    widths = [(measure, _width(lines, measure)) for measure in (_columns, _characters)]
    breaks: set[int] = set()
    running = False
    for (start, end), (next_start, next_end) in pairwise(spans):
        body, after = text[start:end].rstrip("\r\n"), text[next_start:next_end]
        # An indented paragraph runs on until a line ends it; a caption or a signature has no comma inside.
        begins = body[:1] in (" ", "\t", "\u3000") and re.search(r"[，。、,]", body) is not None
        running = (running or begins) and body.rstrip()[-1:] not in ("", *_CLOSING)
        if not body.strip() or not after.strip() or after[0] in " \t\u3000":
            running = False
            continue
        full = any(width > 0 and measure(body) >= width - _SLACK for measure, width in widths)
        if full or running or body.rstrip()[-1] in _DANGLING:
            breaks.update(range(start + len(body), end))
    return frozenset(breaks)
