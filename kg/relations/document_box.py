"""The box above a document on a page: the labelled fields that say who issues it, under which number and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from kg.language.dates import date_in, resolve_date
from kg.language.normalize import View, make_view
from kg.language.organizations import classify
from kg.language.patterns import pattern
from kg.types import Document, EntityType, Mention

_FIELD = pattern("signed_notices", "box_field")
_NUMBER = pattern("issues", "document_number")
_MEDIA = pattern("signed_notices", "media")
_NAMED_KINDS = ("known", "strong", "weak")
_LINE = re.compile(r"[^\r\n]*\S[^\r\n]*")
_NAME = re.compile(r"[^、，；/| ]+")
_ISO = re.compile(r"((?:19|20)\d{2})[-./]?(\d{1,2})[-./]?(\d{1,2})")
# How many lines from the top the fields may stand, and how long a line of fields may be.
_HEAD = 30
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class DocumentBox:
    """What the fields above a document say.

    Args:
        issuers: The bodies that a field names as those that issue.
        source: The body that puts the document on the page, or None.
        number: The document number, or None.
        signed: The ISO date under which the document is signed, or None.
        posted: The ISO date on which it was put on the page, or None.
    """

    issuers: tuple[Mention, ...] = ()
    source: Mention | None = None
    number: str | None = None
    signed: str | None = None
    posted: str | None = None


@dataclass(frozen=True, slots=True)
class _Value:
    """The value of a field: where it stands in the view of its line."""

    view: View
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.view.text[self.start : self.end]


def document_box(document: Document) -> DocumentBox:
    r"""Return what the fields above a document say, read from its first lines.

    Args:
        document: The document as read.

    >>> box = document_box(Document("a", "发文机关：红石市人民政府\n成文日期：2024-03-05\n文号：红政发〔2024〕3号"))
    >>> [issuer.name for issuer in box.issuers], box.signed, box.number
    (['红石市人民政府'], '2024-03-05', '红政发〔2024〕3号')
    """
    values: dict[str, _Value] = {}
    for label, value in _fields(document.text):
        values.setdefault(label, value)
    number = _NUMBER.search(values["number"].text) if "number" in values else None
    sources = _bodies(document, values.get("source"))
    return DocumentBox(
        tuple(_bodies(document, values.get("issuer"))),
        sources[0] if len(sources) == 1 else _publisher(document),
        number.group() if number else None,
        _day(values.get("signed")),
        _day(values.get("posted")),
    )


def _fields(text: str) -> Iterator[tuple[str, _Value]]:
    """Yield the labels and values of the fields in the first lines; a value may stand on the line below its label."""
    label = None
    for line in islice(_LINE.finditer(text), _HEAD):
        if line.end() - line.start() > _LONGEST:
            label = None
            continue
        view = make_view(text, *line.span())
        found = list(_FIELD.finditer(view.text))
        if label and not found:
            yield label, _Value(view, 0, len(view.text))
        label = None
        ends = [*(match.start() for match in found[1:]), len(view.text)]
        for field, after in zip(found, ends, strict=False):
            if field.lastgroup and view.text[field.end() : after].strip():
                yield field.lastgroup, _Value(view, field.end(), after)
        if found and found[-1].end() == len(view.text):
            label = found[-1].lastgroup


def _bodies(document: Document, value: _Value | None) -> list[Mention]:
    """Return the mentions of the bodies that a value lists, none if it holds anything else or a paper."""
    result = []
    for word in _NAME.finditer(value.text) if value else ():
        name = word.group()
        if classify(name) not in _NAMED_KINDS or _MEDIA.search(name):
            return []
        start, end = value.view.span(value.start + word.start(), value.start + word.end()) if value else (0, 0)
        result.append(Mention(document.id, start, end, document.text[start:end], EntityType.ORGANIZATION, name))
    return result


def _publisher(document: Document) -> Mention | None:
    """Return the mention of the body that a line below the headline names beside the date, without a label."""
    name = document.publisher or ""
    start = document.text.find(name) if name else -1
    if start < 0 or classify(name) not in _NAMED_KINDS or _MEDIA.search(name):
        return None
    return Mention(document.id, start, start + len(name), name, EntityType.ORGANIZATION, name)


def _day(value: _Value | None) -> str | None:
    """Return the ISO date that a value begins with, None if it holds none."""
    if value is None:
        return None
    iso = _ISO.match(value.text)
    if iso:
        return f"{iso[1]}-{int(iso[2]):02}-{int(iso[3]):02}"
    match = date_in(value.text)
    return resolve_date(match, None) if match else None
