"""Signed notices: a title line without 《》, a 文号, a body, and a signature block with issuers and date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.language.organization_lists import split_list
from kg.language.organizations import classify
from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.relations.base import Reading, organization_mention
from kg.relations.document_box import document_box
from kg.relations.signatures import Signature, dated_line, signatures
from kg.types import EntityType, Mention

_ABOUT = pattern("signed_notices", "title_with_about")
_WITHOUT_ABOUT = pattern("signed_notices", "title_without_about")
_NUMBER = pattern("signed_notices", "document_number")
_ADDRESSEE = pattern("signed_notices", "addressee")
_DISCLAIMER = pattern("signed_notices", "exchange_disclaimer")
_LISTING = pattern("signed_notices", "exchange_listing")
_NOT_IN_TITLE = pattern("signed_notices", "not_in_title")
_BOX_DOCUMENT = pattern("signed_notices", "box_document")
_OFFICIAL = pattern("signed_notices", "official_title")
_ORDER = pattern("signed_notices", "order")
_NAMED_KINDS = ("known", "strong", "weak")
# How many lines from the top the title may begin, and over how many lines it may run.
_HEAD = 8
_MOST_LINES = 6
# How many lines behind the title its number and addressee may stand.
_BELOW_TITLE = 4


@dataclass(frozen=True, slots=True)
class SignedNotice:
    """A notice that the document itself is.

    Args:
        sentence: The evidence of who issues it: the signature, or else the title line.
        issuers: The mentions of the issuers.
        document: The mention of the title.
        date: The ISO date of the signature block, or None.
        number: The document number, or None.
    """

    sentence: Sentence
    issuers: list[Mention]
    document: Mention
    date: str | None
    number: str | None


@dataclass(frozen=True, slots=True)
class _Title:
    """A title line, perhaps set over several lines: their numbers, the joined text, and the spans in that."""

    first: int
    last: int
    name: tuple[int, int]
    who: tuple[int, int]


def signed_notice(reading: Reading) -> SignedNotice | None:
    """Return the notice that a document is, None if it has no title line with a signature or a number to it."""
    exchange = _exchange_notice(reading.sentences)
    if exchange:
        return exchange
    title = _title(reading.sentences)
    if title is None:
        return None
    lines = reading.sentences[title.first : title.last + 1]
    below = reading.sentences[title.last + 1 : title.last + 1 + _BELOW_TITLE]
    head = reading.sentences[: title.last + 1 + _BELOW_TITLE]
    box = document_box(reading.document)
    number = _number(head) or box.number
    named = _named(reading, lines, title)
    signature = next(signatures(reading, reading.sentences[title.last + 1 :]), None) or Signature([], None, None)
    issuers = signature.issuers if len(signature.issuers) >= len(named) else named
    document = _document(reading, lines, title)
    if not issuers:
        # The page alone says whose document it shows.
        posted = [box.source] if box.source and _BOX_DOCUMENT.fullmatch(document.name) else []
        issuers = list(box.issuers) or posted
    formal = signature.date or number or box.signed or any(_ADDRESSEE.match(sentence.text) for sentence in below)
    # 中共某省委 某省人民政府关于…的意见: a headline in the form of a document's title, whose date the reader has taken.
    official = bool(reading.document.published and named and _OFFICIAL.fullmatch(document.name))
    if not issuers or not (signature.issuers or formal or official or issuers is not named):
        return None
    # The signature is the evidence of who issues; the title line stands in the object's own offsets.
    evidence = signature.sentence if issuers is signature.issuers else None
    date = signature.date or box.signed or (None if named else box.posted)
    return SignedNotice(evidence or lines[0], issuers, document, date, number)


def signers(reading: Reading) -> list[Mention]:
    """Return the bodies that a text without a title of its own speaks for: those of an order, those that sign it.

    Args:
        reading: The document under extraction.

    >>> from kg.types import Document
    >>> order = "红石市人民政府令\\n第86号\\n《办法》已经审议通过，现予公布。\\n市长 张伟强"
    >>> [body.name for body in signers(Reading.of(Document("a", order)))]
    ['红石市人民政府']
    """
    for line in reading.sentences[:_HEAD]:
        order = _ORDER.fullmatch(line.view.text) if line.caption else None
        listed = split_list(line.view.text, *order.span("who"), reading.ends(line)) if order else []
        if listed and all(found.kind in _NAMED_KINDS for found in listed):
            return [organization_mention(line, found) for found in listed]
    signature = next(signatures(reading, reading.sentences), None)
    return signature.issuers if signature and signature.sentence != reading.sentences[0] else []


def _number(head: Sequence[Sentence]) -> str | None:
    """Return the document number on a line of its own near the title, with or without brackets."""
    lines = (sentence.view.text.strip("（）()") for sentence in head)
    return next((line for line in lines if _NUMBER.match(line)), None)


def _joined(lines: Sequence[Sentence]) -> str:
    """Return the text of lines: names of organisations keep a space between them, a wrapped title has none."""
    result = ""
    for line in lines:
        between = " " if result and all(classify(word) in _NAMED_KINDS for word in result.split()[-1:]) else ""
        result += between + line.view.text
    return result


def _runs(reading: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Yield the first and last number of lines near the top that may hold one title, single lines first."""
    head = [sentence.caption for sentence in reading[: _HEAD + _MOST_LINES]]
    for first in range(min(_HEAD, len(head))):
        last = first
        while last < len(head) and head[last] and last - first < _MOST_LINES:
            if last > first and not _adjoins(reading[last - 1], reading[last]):
                break
            yield first, last
            last += 1


def _adjoins(line: Sentence, after: Sentence) -> bool:
    """Say whether no paragraph stands between two lines and the first may go on in the second."""
    return after.paragraph == line.paragraph + 1 and not _NOT_IN_TITLE.search(line.view.text)


def _title(sentences: Sequence[Sentence]) -> _Title | None:
    """Return the title of the document, one with 关于 before others."""
    for expression in (_ABOUT, _WITHOUT_ABOUT):
        for first, last in _runs(sentences):
            match = expression.match(_joined(sentences[first : last + 1]))
            if match and match["name"].count("《") == match["name"].count("》"):
                named = all(classify(word) in _NAMED_KINDS for word in match["who"].split())
                # 抵制低价倾销 维护行业秩序倡议书: what stands before the space is no issuer.
                whole = expression is _WITHOUT_ABOUT and not named
                start = match.start("who") if whole else match.start("name")
                return _Title(first, last, (start, match.end("name")), match.span("who"))
    return None


def _exchange_notice(sentences: Sequence[Sentence]) -> SignedNotice | None:
    """Return the announcement at an exchange: the company, its code and the title stand below the disclaimer."""
    head = sentences[:_HEAD]
    if not any(_DISCLAIMER.search(sentence.view.text) for sentence in head):
        return None
    code = next((place for place, sentence in enumerate(head) if _LISTING.match(sentence.view.text)), None)
    if code is None or code + 1 >= len(sentences) or not sentences[code + 1].caption:
        return None
    companies = [line for line in head[:code] if line.caption and classify(line.view.text) in _NAMED_KINDS]
    if not companies:
        return None
    title = sentences[code + 1]
    company = companies[0].mention(0, len(companies[0].view.text), EntityType.ORGANIZATION)
    document = title.mention(0, len(title.view.text), EntityType.NOTICE)
    dated = (dated_line(line.view.text, None) for line in reversed(sentences))
    return SignedNotice(companies[0], [company], document, next((day for day in dated if day), None), None)


def _document(reading: Reading, lines: Sequence[Sentence], title: _Title) -> Mention:
    """Return the mention of a title on one line or more; of more, the line breaks between them belong to it."""
    first, last = lines[0], lines[-1]
    if first is last:
        return first.mention(*title.name, EntityType.NOTICE)
    name = _joined(lines)[slice(*title.name)]
    begins = sum(len(line.view.text) for line in lines) - len(name.replace(" ", ""))
    offsets = [offset for line in lines for offset in line.view.offsets]
    start, end = offsets[max(begins, 0)], last.end
    text = reading.document.text[start:end]
    return Mention(first.document, start, end, text, EntityType.NOTICE, "".join(text.split()))


def _named(reading: Reading, lines: Sequence[Sentence], title: _Title) -> list[Mention]:
    """Return the issuers that the title line, or the lines above its name, name."""
    result: list[Mention] = []
    first, left = title.who
    for line in lines:
        part = min(left, len(line.view.text))
        listed = split_list(line.view.text, first, part, reading.ends(line)) if part > first else []
        result += [organization_mention(line, found) for found in listed if found.kind in _NAMED_KINDS]
        first, left = 0, left - part - 1
    return result
