"""Strings for the page: what a browser cannot show is replaced one for one, so that offsets stay right."""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

Span = tuple[int, int]

# Inside a script element these could end it, open a comment, or (U+2028, U+2029) end a line of JavaScript.
_ESCAPED_IN_SCRIPTS = "<>&\u2028\u2029"
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_DIRECTION_MARKS = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(value: object) -> str:
    """Return a value as text that UTF-8 can hold and a browser can show, with as many characters as before.

    >>> clean("会\\ud800长\\x00")
    '会\ufffd长 '
    """
    return _UNSHOWABLE.sub(lambda found: "\ufffd" if found[0] >= "\ud800" else " ", str(value))


def one_line(value: object, limit: int = 0) -> str:
    """Return a name as one line without direction marks, cut to `limit` characters if that is not 0.

    >>> one_line("关于做好\\n工作的通知", 6)
    '关于做好 …'
    """
    line = _line(str(value))
    return line[: limit - 1] + "…" if 0 < limit < len(line) else line


# The names of relations, qualifiers and dates recur with every edge.
@functools.lru_cache(maxsize=1 << 16)
def _line(text: str) -> str:
    return " ".join(_DIRECTION_MARKS.sub("", clean(text)).split())


def to_json(value: object) -> str:
    """Return a value as JSON that may stand inside `<script type="application/json">`.

    >>> to_json({"name": "</script>"})
    '{"name":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in _ESCAPED_IN_SCRIPTS:
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def number(value: float) -> str:
    """Return a number as people write it.

    >>> number(50000), number(3.50), number(0.30000000000000004)
    ('50,000', '3.5', '0.3')
    """
    if not math.isfinite(value):
        return str(value)
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{round(value, 6):,}"


def highlights(sentence: str, spans: Iterable[tuple[str, Span]]) -> list[list[Any]]:
    """Return the parts of a sentence to mark, in order and without overlap.

    Args:
        sentence: The sentence.
        spans: A role (`subject`, `object`) and the `(start, end)` that it covers, in characters of the sentence;
            what lies outside the sentence is left out.

    Returns:
        `[start, end, roles]` with offsets in UTF-16 code units, which is how JavaScript counts;
        a part that two roles share has both, with a space between.

    >>> highlights("张三任会长。", [("subject", (0, 2)), ("object", (3, 5))])
    [[0, 2, 'subject'], [3, 5, 'object']]
    >>> highlights("𠮷野任会长。", [("subject", (0, 2)), ("object", (0, 5))])
    [[0, 3, 'subject object'], [3, 6, 'object']]
    """
    inside = [(role, span) for role, span in spans if 0 <= span[0] < span[1] <= len(sentence)]
    borders = sorted({offset for _, span in inside for offset in span})
    parts: list[list[Any]] = []
    for start, end in pairwise(borders):
        roles = " ".join(role for role, span in inside if span[0] <= start and end <= span[1])
        if roles:
            parts.append([utf16_offset(sentence, start), utf16_offset(sentence, end), roles])
    return parts


def utf16_offset(text: str, offset: int) -> int:
    """Return an offset in characters as an offset in UTF-16 code units.

    >>> utf16_offset("𠮷野", 1)
    2
    """
    before = text[:offset]
    if max(before, default="") <= "\uffff":
        return offset
    return offset + sum(character > "\uffff" for character in before)
