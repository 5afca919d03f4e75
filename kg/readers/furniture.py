"""Page furniture: lines of a page that are no part of the article, found by patterns kept as data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.readers.dates import is_date_line
from kg.readers.header import Line, find_headers, is_body, is_item, split_lines

KINDS = (
    *("breadcrumb", "byline", "contact", "copyright", "counter", "disclaimer", "host", "licence", "navigation"),
    *("neighbour", "related", "share", "source", "support"),
)
PLACES = ("head", "tail", "anywhere")
COLUMNS = ("pattern", "kind", "where", "source")
# Footers run on for several hundred characters; a line that is longer is no furniture.
_LONGEST_LINE = 400
_LONGEST_NAVIGATION_ITEM = 10
_LONGEST_LINK = 60
# Only these may hold full sentences (未经许可不得转载。); every other line with a sentence end is body.
_MAY_HOLD_SENTENCES = {"copyright", "licence", "disclaimer"}
_SENTENCE_IN_FOOTER = re.compile(r"^(?:凡|本网|本站|版权|未经|免责|[Cc]opyright|COPYRIGHT|©)")
# A footer for certain; the others that stand in a tail may be the contact block of a notice.
_CERTAIN = {"copyright", "licence", "navigation", "support"}
_SEPARATOR = re.compile(r"[\s|｜丨│·•/>＞]+")
_LABELLED = re.compile(r"[\u4e00-\u9fff]{2,8}\s*[:：]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of page furniture; it must match the whole line.

    Args:
        pattern: A regular expression; for kind `navigation` one item of a navigation bar.
        kind: What the line is (one of `KINDS`).
        where: Whether it counts above the body (`head`), below it (`tail`) or `anywhere`.
        source: Where the pattern was taken from.
    """

    pattern: str
    kind: str
    where: str
    source: str


@cache
def load_patterns() -> tuple[Pattern, ...]:
    """Return the patterns of `kg/resources/furniture.tsv`, in the order of the file.

    Raises:
        ValueError: The file breaks its own form (columns, kinds, places).

    >>> {pattern.where for pattern in load_patterns()} <= set(PLACES)
    True
    """
    table = (files("kg") / "resources" / "furniture.tsv").read_text(encoding="utf-8")
    head, *rows = (line.split("\t") for line in table.splitlines())
    if tuple(head) != COLUMNS:
        raise ValueError(f"furniture.tsv must have the columns {', '.join(COLUMNS)}.")
    for number, row in enumerate(rows, 2):
        if len(row) != len(COLUMNS) or row[1] not in KINDS or row[2] not in PLACES:
            raise ValueError(f"furniture.tsv, line {number}: expected a pattern, a known kind, a place and a source.")
    return tuple(Pattern(*row) for row in rows)


@cache
def _navigation_items() -> frozenset[str]:
    return frozenset(row.pattern for row in load_patterns() if row.kind == "navigation")


@cache
def _compiled(place: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the kinds that may stand in a place, each with one pattern for all of its rows."""
    rows = [row for row in load_patterns() if row.kind != "navigation" and row.where in (place, "anywhere")]
    kinds = dict.fromkeys(row.kind for row in rows)
    joined = {kind: "|".join(f"(?:{row.pattern})" for row in rows if row.kind == kind) for kind in kinds}
    return tuple((kind, re.compile(pattern)) for kind, pattern in joined.items())


def find_furniture(text: str) -> tuple[tuple[int, int], ...]:
    """Find the lines of a text that are page furniture: kept out of extraction, but not out of the text.

    Breadcrumbs, header lines, navigation, links to other articles, copyright and licence lines, share buttons and
    bylines. A sentence of the body is never furniture; lines that notices have too (`主办单位：`, `电话：`) count only
    next to a certain footer.

    Args:
        text: The text as read.

    Returns:
        The spans `(start, end)` of whole lines without their line breaks, in order, disjoint.

    >>> text = "当前位置：首页 > 新闻\\n会长张三出席会议。\\n版权所有：甲协会"
    >>> [text[start:end] for start, end in find_furniture(text)]
    ['当前位置：首页 > 新闻', '版权所有：甲协会']
    """
    lines = split_lines(text)
    kinds = classify_lines(lines)
    return tuple((lines[index].start, lines[index].end) for index in sorted(kinds))


def classify_lines(lines: Sequence[Line]) -> dict[int, str]:
    """Return the kind of furniture of each line that is furniture, by the index of the line.

    Args:
        lines: The lines of the text that are not blank.

    >>> classify_lines(split_lines("会长张三出席会议。\\n上一篇：没有了"))
    {1: 'neighbour'}
    """
    kinds: dict[int, str] = dict.fromkeys(find_headers(lines), "header")
    anywhere = {index: kind for index, line in enumerate(lines) if (kind := _kind_of(line.text, "anywhere"))}
    kinds |= anywhere
    body = [index for index, line in enumerate(lines) if index not in kinds and is_body(line.text)]
    first = body[0] if body else len(lines)
    # Footers run on as long as a paragraph does.
    last = next((index for index in reversed(body) if not _kind_of(lines[index].text, "tail")), -1)
    kinds |= _in_place(lines, range(first), "head")
    tail = _in_place(lines, range(last + 1, len(lines)), "tail")
    related = _related_links(lines, range(first + 1, len(lines)), kinds)
    uncertain = {index: kind for index, kind in tail.items() if kind in {"host", "contact"} and index not in kinds}
    kinds |= {index: kind for index, kind in tail.items() if index not in uncertain}
    kinds |= _beside_certain(lines, range(last + 1, len(lines)), kinds, uncertain)
    return kinds | related


def _in_place(lines: Sequence[Line], places: Iterable[int], place: str) -> dict[int, str]:
    return {index: kind for index in places if (kind := _kind_of(lines[index].text, place))}


def _kind_of(line: str, place: str) -> str | None:
    has_sentence = "。" in line
    if len(line) > _LONGEST_LINE or is_item(line) or (has_sentence and not _SENTENCE_IN_FOOTER.match(line)):
        return None
    if _is_navigation(line, place):
        return "navigation"
    for kind, pattern in _compiled(place):
        if kind == "related" or (has_sentence and kind not in _MAY_HOLD_SENTENCES):
            continue
        if pattern.fullmatch(line):
            return kind
    return None


def _is_navigation(line: str, place: str) -> bool:
    """Say whether a line is a navigation bar: short items, at least two of them known, or one known item alone."""
    items = [item for item in _SEPARATOR.split(line) if item]
    known = sum(item in _navigation_items() for item in items)
    if len(items) == 1:
        return known == 1 and place != "anywhere"
    long = sum(len(item) > _LONGEST_NAVIGATION_ITEM for item in items)
    return long <= 1 and known >= 2 and 3 * known >= len(items)


def _related_links(lines: Sequence[Line], places: Iterable[int], known: dict[int, str]) -> dict[int, str]:
    """Take the heading of a list of links and the lines below it, as long as they look like links."""
    heading = next(pattern for kind, pattern in _compiled("tail") if kind == "related")
    found: dict[int, str] = {}
    inside = False
    for index in places:
        text = lines[index].text
        if heading.fullmatch(text):
            inside = True
        elif "。" in text or len(text) > _LONGEST_LINK or is_date_line(text):
            inside = False
        if inside and index not in known:
            found[index] = "related"
    return found


def _beside_certain(
    lines: Sequence[Line], tail: range, certain: dict[int, str], uncertain: dict[int, str]
) -> dict[int, str]:
    """Take those uncertain lines of the tail that touch a certain footer line, one unknown line between allowed.

    A host line needs a certain line above it too, or must not be part of a block of labelled lines, as the
    notice of an event has them.
    """
    taken: dict[int, str] = {}
    anchors = [index for index in tail if certain.get(index) in _CERTAIN]
    for order in (reversed(tail), iter(tail)):
        gap = 2  # nothing certain seen yet
        for index in order:
            if certain.get(index) in _CERTAIN:
                gap = 0
            elif index in uncertain and gap <= 1:
                if uncertain[index] == "contact" or _is_host_of_site(lines, index, anchors):
                    taken[index], gap = uncertain[index], 0
            elif index not in certain:
                gap = 2 if is_date_line(lines[index].text) else gap + 1
    return taken


def _is_host_of_site(lines: Sequence[Line], index: int, anchors: Sequence[int]) -> bool:
    block = index > 0 and _LABELLED.match(lines[index - 1].text) is not None
    return index < anchors[-1] and (anchors[0] < index or not block)
