"""Sentences of a document, with quotation marks and brackets kept whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.language.normalize import View, make_view, wrapped_breaks
from kg.types import Document, EntityType, Evidence, Mention

_END = "。！？!?"
_OPEN, _CLOSE = "（《〈【", "）》〉】"
_BOUND = re.compile(r"[。！？!?]+[”’」』）)]*")
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
        """The sentence as evidence of a fact."""
        return Evidence(self.document, self.start, self.end, self.text)

    def surface(self, start: int, end: int) -> str:
        """Return the characters as read for view characters `start` to `end`, white space left out."""
        first, after = self.view.span(start, end)
        return "".join(self.text[first - self.start : after - self.start].split())

    def mention(self, start: int, end: int, kind: EntityType, name: str = "") -> Mention:
        """Return a mention for view characters `start` to `end` (half-open)."""
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


def _cuts(view: str) -> list[int]:
    """Return the ends of sentences in a paragraph's view; a closing mark inside quotation marks or brackets ends none."""
    ends, depth, quoted = [], 0, False
    k = 0
    while k < len(view):
        character = view[k]
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif character == "“":
            quoted = True
        elif character == "”":
            quoted = False
            if k and view[k - 1] in _END and depth == 0:
                ends.append(k + 1)
        elif character in _END and depth == 0 and not quoted:
            match = _BOUND.match(view, k)
            k = match.end() if match else k + 1
            ends.append(k)
            continue
        k += 1
    # A mark that was never closed must not swallow the paragraph.
    if depth or quoted:
        return [match.end() for match in _BOUND.finditer(view)]
    return ends


def split_sentences(document: Document) -> list[Sentence]:
    """Return the sentences of a document in order, page furniture left out.

    Args:
        document: The document as read.

    >>> [s.text for s in split_sentences(Document("a", "他说：“好。走吧。”会议结束。\\n通知"))]
    ['他说：“好。走吧。”', '会议结束。', '通知']
    """
    text = document.text
    breaks = wrapped_breaks(text)
    result: list[Sentence] = []
    for number, (start, end) in enumerate(_paragraphs(text, breaks)):
        body = start + len(text[start:end].rstrip())
        if any(first <= start and body <= after for first, after in document.furniture):
            continue
        view = make_view(text, start, end, breaks)
        if not view.text.strip():
            continue
        cuts = [*_cuts(view.text), len(view.text)]
        first = 0
        for cut in cuts:
            sentence = _make(document, view, first, cut, number, last=cut == len(view.text) and len(cuts) == 1)
            if sentence is not None:
                result.append(sentence)
            first = max(first, cut)
    return result


def _make(document: Document, view: View, first: int, cut: int, number: int, *, last: bool) -> Sentence | None:
    while first < cut and view.text[first] == " ":
        first += 1
    while first < cut and view.text[cut - 1] == " ":
        cut -= 1
    if first >= cut:
        return None
    start, end = view.span(first, cut)
    part = View(view.text[first:cut], view.offsets[first:cut])
    caption = last and part.text[-1] not in _END + "；：，"
    return Sentence(document.id, start, end, document.text[start:end], part, number, caption)
