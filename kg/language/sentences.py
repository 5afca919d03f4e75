"""Sentences of a document, with quotation marks and brackets kept whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.language.normalize import View, make_view
from kg.language.wrapping import wrapped_breaks
from kg.types import Document, EntityType, Evidence, Mention

_END = "。！？!?"
_OPEN, _CLOSE = "（《〈【", "）》〉】"
_BOUND = re.compile(r"[。！？!?]+[”’」』）)]*")
_ENCLOSING = re.compile(f"[{_OPEN}“”]")
_LINE = re.compile(r"[^\n]*\n?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: where it is, its text as read, and its normalised view.

    Args:
        document: The id of the document.
        start: The offset of the first character in the document.
        end: The offset after the last one.
        text: The text as read, `document.text[start:end]`.
        view: The normalised characters, with offsets into the document.
        paragraph: The number of the paragraph, from 0.
        caption: Whether the sentence is a line of its own without closing punctuation (a headline, a caption).
    """

    document: str
    start: int
    end: int
    text: str
    view: View
    paragraph: int
    caption: bool = False

    @property
    def evidence(self) -> Evidence:
        """The sentence as evidence of a fact.

        >>> split_sentences(Document("a", "好。主席王倩到会"))[1].evidence.start
        2
        """
        return Evidence(self.document, self.start, self.end, self.text)

    def surface(self, start: int, end: int) -> str:
        """Return the characters as read for view characters `start` to `end` (half-open), white space left out.

        >>> split_sentences(Document("a", "主席王 倩到会"))[0].surface(2, 5)
        '王倩'
        """
        first, after = self.view.span(start, end)
        return "".join(self.text[first - self.start : after - self.start].split())

    def mention(self, start: int, end: int, kind: EntityType, name: str = "") -> Mention:
        """Return a mention for view characters `start` to `end` (half-open).

        Args:
            start: The view offset of the first character.
            end: The view offset after the last one.
            kind: The type of the entity.
            name: Its name where that is not what the sentence says.

        >>> mention = split_sentences(Document("a", "好。主席王倩到会"))[1].mention(2, 4, EntityType.PERSON)
        >>> mention.start, mention.end, mention.name
        (4, 6, '王倩')
        """
        first, after = self.view.span(start, end)
        surface = self.text[first - self.start : after - self.start]
        return Mention(self.document, first, after, surface, kind, name or self.surface(start, end))


def _paragraphs(text: str, breaks: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield the spans of paragraphs: lines, joined over the breaks that only wrap."""
    start = 0
    for match in _LINE.finditer(text):
        end = match.end()
        if end == len(text) or not match.group():
            if start < len(text):
                yield start, len(text)
            return
        if end - 1 in breaks:
            continue
        yield start, end
        start = end


def _sentence_ends(view: str) -> list[int]:
    """Return the ends of sentences in a paragraph's view; inside quotation marks or brackets no mark ends one."""
    if not _ENCLOSING.search(view):
        return [match.end() for match in _BOUND.finditer(view)]
    ends: list[int] = []
    depth, quoted, place = 0, False, 0
    while place < len(view):
        character = view[place]
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif character == "“":
            quoted = True
        elif character == "”":
            quoted = False
            if depth == 0 and place and view[place - 1] in _END:
                ends.append(place + 1)
        elif depth == 0 and not quoted and (match := _BOUND.match(view, place)):
            place = match.end()
            ends.append(place)
            continue
        place += 1
    # A mark that was never closed must not swallow the paragraph.
    return [match.end() for match in _BOUND.finditer(view)] if depth or quoted else ends


def split_sentences(document: Document) -> list[Sentence]:
    """Return the sentences of a document in order, page furniture left out.

    Args:
        document: The document as read.

    >>> [s.text for s in split_sentences(Document("a", "他说：“好。走吧。”会议结束。\\n通知"))]
    ['他说：“好。走吧。”', '会议结束。', '通知']
    """
    breaks = wrapped_breaks(document.text)
    result: list[Sentence] = []
    for number, (start, end) in enumerate(_paragraphs(document.text, breaks)):
        body = start + len(document.text[start:end].rstrip())
        if any(first <= start and body <= after for first, after in document.furniture):
            continue
        view = make_view(document.text, start, end, breaks)
        cuts = [0, *_sentence_ends(view.text), len(view.text)]
        for first, after in pairwise(cuts):
            sentence = _make(document, view, first, after, number, alone=len(cuts) == 2)
            if sentence is not None:
                result.append(sentence)
    return result


def _make(document: Document, view: View, first: int, after: int, number: int, *, alone: bool) -> Sentence | None:
    """Return the sentence of a part of a paragraph's view without the spaces around it, None if nothing is left."""
    while first < after and view.text[first] == " ":
        first += 1
    while first < after and view.text[after - 1] == " ":
        after -= 1
    if first >= after:
        return None
    start, end = view.span(first, after)
    part = View(view.text[first:after], view.offsets[first:after])
    caption = alone and part.text[-1] not in _END + "；：，"
    return Sentence(document.id, start, end, document.text[start:end], part, number, caption)
