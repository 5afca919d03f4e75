"""Signature blocks: the names of issuers on lines of their own, and the date below them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.language.dates import date_in, resolve_date
from kg.language.organizations import classify
from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.relations.base import Reading
from kg.types import EntityType, Mention

_DATE = pattern("signed_notices", "signed_date")
_ISO_DATE = pattern("signed_notices", "signed_iso_date")
_SEAL = pattern("signed_notices", "seal")
_BODY_NAME = pattern("signed_notices", "body_name")
_WORD = re.compile(r"[^ ]+")
_SPACED = re.compile(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff](?: [\u4e00-\u9fff]){2,}(?![\u4e00-\u9fff])")
_MEDIA = pattern("signed_notices", "media")
_SUBTITLE = pattern("signed_notices", "subtitle")
_INNER_BODY = pattern("signed_notices", "inner_body")
_NAMED_KINDS = ("known", "strong", "weak")
_MOST_ISSUERS = 20
_SHORTEST_NAME = 2


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature block.

    Args:
        issuers: The mentions of the names.
        date: The ISO date, or None.
        sentence: The line with the first name, None if there are no names.
    """

    issuers: list[Mention]
    date: str | None
    sentence: Sentence | None


def dated_line(text: str, published: str | None) -> str | None:
    """Return the date of a line that holds a date alone, "" if it cannot be resolved, None if it is no such line.

    Args:
        text: The normalised characters of the line.
        published: The ISO date of the document, or None.

    >>> dated_line("二〇二四年五月三日", None), dated_line("（2024年5月3日印发）", None), dated_line("2024-05-03", None)
    ('2024-05-03', '2024-05-03', '2024-05-03')
    >>> dated_line("5月3日召开会议", None)
    """
    line = text.strip("（） ")
    iso = _ISO_DATE.match(line)
    if iso:
        return f"{iso['year']}-{int(iso['month']):02}-{int(iso['day']):02}"
    if not _DATE.match(line):
        return None
    # The circle that some write for 〇 is a sign of layout to the view.
    match = date_in(line.replace(" ", "〇"))
    return (resolve_date(match, published) if match else None) or ""


def signatures(reading: Reading, lines: Sequence[Sentence]) -> Iterator[Signature]:
    """Yield the signature blocks of a document from the last to the first, then the last date without names.

    Args:
        reading: The document under extraction.
        lines: Its sentences below the title.
    """
    days = [dated_line(line.view.text, reading.document.published) for line in lines]
    for place in reversed(range(len(lines))):
        if days[place] is None:
            continue
        issuers, first = _names_above(reading, lines[:place])
        if issuers:
            yield Signature(issuers, days[place] or None, first)
    # Bulletins are signed below the title; the date there may have become the date of the document.
    below = _names_below_title(lines) if reading.document.published else []
    if below:
        yield Signature(below, reading.document.published, lines[0])
    dated = [day for day in days if day is not None]
    if dated:
        yield Signature([], dated[-1] or None, None)


def _names_below_title(lines: Sequence[Sentence]) -> list[Mention]:
    """Return the names on the lines directly below a title and what may be written below it, none of a paper."""
    result: list[Mention] = []
    for line in lines:
        if not result and _SUBTITLE.match(line.view.text):
            continue
        listed = _names(line) if line.caption else []
        if not listed or any(_MEDIA.search(mention.name) for mention in listed):
            break
        result += listed
    return result


def _names_above(reading: Reading, lines: Sequence[Sentence]) -> tuple[list[Mention], Sentence | None]:
    """Return the names on the lines directly above a date, and the topmost of these lines."""
    issuers: list[Mention] = []
    first = None
    inner: Sentence | None = None
    for line in reversed(lines):
        if _SEAL.fullmatch(line.view.text):
            continue
        if line.view.text[-1] in "。！？；：" or len(issuers) > _MOST_ISSUERS:
            break
        if not issuers and inner is None and _INNER_BODY.fullmatch(line.view.text.replace(" ", "")):
            inner = line
            continue
        listed = _names(line)
        if not listed:
            break
        issuers = ([_with_inner(reading, listed[-1], inner)] if inner and not issuers else listed) + issuers
        first = line
    return issuers, first


def _with_inner(reading: Reading, body: Mention, inner: Sentence) -> Mention:
    """Return the mention of a body whose inner body (董事会) stands on the next line."""
    text = reading.document.text[body.start : inner.end]
    return replace(body, end=inner.end, text=text, name=body.name + inner.view.text.replace(" ", ""))


def _names(line: Sentence) -> list[Mention]:
    """Return the names on a line of the signature block, none if the line holds anything else."""
    text = line.view.text
    spans = [span for word in _words(text) for span in _split(text, *word)]
    names = ["".join(text[start:end].split()) for start, end in spans]
    if not all(_BODY_NAME.match(name) and classify(name) in _NAMED_KINDS for name in names):
        return []
    return [
        line.mention(start, end, EntityType.ORGANIZATION, "" if name == text[start:end] else name)
        for (start, end), name in zip(spans, names, strict=True)
    ]


def _words(text: str) -> list[tuple[int, int]]:
    """Return the spans of the words of a line; the letters of a name that is spaced out (教 育 部) are one word."""
    spaced = [match.span() for match in _SPACED.finditer(text)]
    plain = [match.span() for match in _WORD.finditer(text)]
    inside = [word for word in plain if not any(start <= word[0] and word[1] <= end for start, end in spaced)]
    return sorted([*inside, *spaced])


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of listed names that a spaced-out run joins (教 育 部 民 政 部), or the run as it is."""
    letters = [place for place in range(start, end) if text[place] != " "]
    if len(letters) == end - start:
        yield start, end
        return
    result, first = [], 0
    while first < len(letters):
        after = next((last for last in range(len(letters), first + 1, -1) if _is_listed(text, letters[first:last])), 0)
        if not after:
            yield start, end
            return
        result.append((letters[first], letters[after - 1] + 1))
        first = after
    yield from result


def _is_listed(text: str, letters: Sequence[int]) -> bool:
    return len(letters) >= _SHORTEST_NAME and classify("".join(text[place] for place in letters)) == "known"
