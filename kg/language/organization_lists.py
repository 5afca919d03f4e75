"""Lists of organisations: separated by 、 and 和, or adjacent without separator (市委市政府)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.language.lexicon import ending_matcher, lookup
from kg.language.organizations import Organization, classify, known_name, listed_spans
from kg.language.patterns import pattern

_COORDINATION = re.compile(r"以及|和|与|及|暨|同|会同|联合")


def split_list(text: str, start: int, end: int, ends: frozenset[int] = frozenset()) -> list[Organization]:
    """Return the organisations of a list: separated by 、 and 和, or adjacent without separator.

    Args:
        text: The normalised characters of a sentence.
        start: Where the list begins.
        end: Where it ends.
        ends: The borders of words in `text`, from the segmenter.

    >>> [o.text for o in split_list("教育部、红石市文化和旅游局和红石市总工会", 0, 20)]
    ['教育部', '红石市文化和旅游局', '红石市总工会']
    """
    pieces = re.finditer(r"[^、，；/ ]+", text[start:end])
    return [found for piece in pieces for found in _coordinated(text, start + piece.start(), start + piece.end())]


def _coordinated(text: str, start: int, end: int) -> Iterator[Organization]:
    """Yield the organisations that 和 and the like join, from left to right."""
    listed = listed_spans(text, start, end)
    for match in _COORDINATION.finditer(text, start + 1, end - 1):
        left, right = text[start : match.start()], classify(text[match.end() : end])
        if any(first < match.end() and match.start() < after for first, after in listed):
            continue
        if left in lookup("generic_bodies", "endings") and right in ("known", "strong", "weak"):
            yield Organization.of(text, start, match.start())
        elif _is_body(left) and right in ("known", "strong", "weak", "department"):
            yield from _adjacent(text, start, match.start())
        else:
            continue
        yield from _coordinated(text, match.end(), end)
        return
    yield from _adjacent(text, start, end)


def _is_body(name: str) -> bool:
    ending = ending_matcher("organization_endings", "coordinated").search(name)
    return ending is not None and classify(name) in ("known", "strong", "weak")


def _adjacent(text: str, start: int, end: int) -> Iterator[Organization]:
    """Yield the parts of 市委市政府 and 中共中央办公厅国务院办公厅: two listed names, or two bodies of one place."""
    first = known_name().match(text, start, end)
    second = known_name().match(text, first.end(), end) if first else None
    if first and second and second.end() == end:
        cut = first.end()
    else:
        pair = pattern("organizations", "committee_and_government").fullmatch(text, start, end)
        cut = pair.end("first") if pair else start
    if cut > start:
        yield Organization.of(text, start, cut)
    if end > cut:
        yield Organization.of(text, cut, end)
