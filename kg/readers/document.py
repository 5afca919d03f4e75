"""From a decoded text to a document: page furniture and metadata, the same for every reader."""

from __future__ import annotations

from kg.readers.furniture import classify_lines
from kg.readers.header import split_lines
from kg.readers.metadata import Metadata, metadata_of_lines
from kg.types import Document


def make_document(
    text: str,
    id: str,
    reader: str,
    encoding: str = "utf-8",
    warnings: tuple[str, ...] = (),
    known: Metadata | None = None,
) -> Document:
    """Make a document of a text: find its furniture and what it says about itself.

    Args:
        text: The text as read, without NUL and lone surrogates.
        id: The name under which facts cite the document.
        reader: The name of the reader.
        encoding: The encoding that was decided for the bytes.
        warnings: What the reader had to decide.
        known: Metadata that the page holds outside of its text; it comes first.

    >>> make_document("甲协会召开年会\\n会长张三出席会议。", "a.txt", "text").title
    '甲协会召开年会'
    """
    lines = split_lines(text)
    kinds = classify_lines(lines)
    metadata = (known or Metadata()).or_else(metadata_of_lines(lines, kinds))
    return Document(
        id=id,
        text=text,
        title=metadata.title,
        published=metadata.published,
        publisher=metadata.publisher,
        author=metadata.author,
        reader=reader,
        encoding=encoding,
        furniture=tuple((lines[index].start, lines[index].end) for index in sorted(kinds)),
        warnings=warnings,
    )
