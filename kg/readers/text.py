"""The reader of plain text."""

from __future__ import annotations

from kg.errors import InputError
from kg.readers.document import make_document
from kg.readers.encoding import clean, decode, has_text
from kg.readers.registry import Reader
from kg.types import Document


def read_text_bytes(data: bytes, id: str) -> Document:
    """Make a document of the bytes of a text file.

    Args:
        data: The bytes, in any encoding that `kg.readers.encoding.decode` knows.
        id: The name under which facts cite the document.

    Raises:
        InputError: The bytes are empty, binary, or in no known encoding.

    >>> read_text_bytes("会长张三出席会议。".encode("gb18030"), "a.txt").warnings
    ('a.txt is not in UTF-8; it was read as gb18030.',)
    """
    decoded = decode(data, id)
    return make_document(decoded.text, id, "text", decoded.encoding, decoded.warnings)


def read_text(text: str, id: str = "text") -> Document:
    """Make a document of a text that is in memory.

    Args:
        text: The text; NUL and lone surrogates are replaced by U+FFFD, all else stays as it is.
        id: The name under which facts cite the document.

    Raises:
        InputError: The text is empty or holds nothing but white space.

    >>> read_text("会长张三出席会议。").id
    'text'
    """
    text, replaced = clean(text)
    if not has_text(text):
        raise InputError(f"{id} is empty; give a text with at least one sentence.")
    warning = f"{id} holds {replaced} NUL characters or lone surrogates; they were replaced by U+FFFD."
    return make_document(text, id, "text", "utf-8", (warning,) if replaced else ())


READER = Reader("text", (".txt", ".text"), read_text_bytes)
