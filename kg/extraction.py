"""From a document to its facts: every rule in turn, and linking inside the document; spaCy is not needed for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from kg.linking import link_document
from kg.readers import read, read_text
from kg.relations import Reading, extract_facts
from kg.relations.confidence import calibrated
from kg.terms import use_terms
from kg.types import Document, Evidence, Fact, Mention

# A text longer than this is read in parts, so that memory does not grow with the text.
_PART = 200_000
_Place = TypeVar("_Place", Mention, Evidence)


def extract(
    source: str | Path | Document, lexicon: str | Path | None = None, patterns: str | Path | None = None
) -> list[Fact]:
    """Return the facts of a text, a file or a document, in the fixed order.

    Args:
        source: A `str` is text, a `Path` a file, a `Document` itself.
        lexicon: A lexicon of one's own for this call (docs/your-own-terms.md); for many calls, see `kg.use_terms`.
        patterns: A file that declares relations of one's own for this call.

    Raises:
        InputError: A file cannot be read, or a lexicon or a relation of one's own is wrong.

    >>> fact = next(f for f in extract("红石市总工会主席王倩出席会议。") if f.predicate == "holds")
    >>> fact.subject.name, fact.qualifiers["title"], fact.evidence.sentence
    ('王倩', '主席', '红石市总工会主席王倩出席会议。')
    """
    with use_terms(lexicon, patterns):
        if isinstance(source, Document):
            return extract_document(source)
        return extract_document(read(source) if isinstance(source, Path) else read_text(source))


def extract_document(document: Document) -> list[Fact]:
    """Return the facts of one document, linked inside it; a pure function.

    Args:
        document: The document as read.

    >>> facts = extract_document(Document("a", "红石市总工会主席王倩出席会议。"))
    >>> [fact.subject.name for fact in facts if fact.predicate == "holds"]
    ['王倩']
    """
    return [calibrated(fact) for fact in raw_facts(document)]


def raw_facts(document: Document) -> list[Fact]:
    """Return the facts of one document with the scores that the rules gave them, before calibration.

    Args:
        document: The document as read.

    >>> 0 < raw_facts(Document("a", "红石市总工会主席王倩出席会议。"))[0].confidence < 1
    True
    """
    facts: list[Fact] = []
    for part, shift in _parts(document):
        facts += _shifted(extract_facts(Reading.of(part)), shift)
    return link_document(document, facts)


def _parts(document: Document) -> Iterator[tuple[Document, int]]:
    """Yield the parts of a document, cut between lines, each with the offset at which it begins."""
    start, size = 0, len(document.text)
    while start < size:
        end = min(start + _PART, size)
        if end < size:
            line = document.text.rfind("\n", start, end)
            end = line + 1 if line > start else end
        if (start, end) == (0, size):
            yield document, 0
            return
        furniture = tuple(
            (max(first, start) - start, min(after, end) - start)
            for first, after in document.furniture
            if first < end and after > start
        )
        yield replace(document, text=document.text[start:end], furniture=furniture), start
        start = end


def _shifted(facts: Iterable[Fact], shift: int) -> Iterable[Fact]:
    """Return the facts of a part with the offsets that they have in the whole document."""
    if not shift:
        return facts
    return (
        replace(
            fact,
            subject=_moved(fact.subject, shift),
            object=_moved(fact.object, shift),
            evidence=_moved(fact.evidence, shift),
        )
        for fact in facts
    )


def _moved(place: _Place, shift: int) -> _Place:
    return replace(place, start=place.start + shift, end=place.end + shift)
