"""Signed notices: a title line without 《》, a 文号, a body, and a signature block with issuers and date at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.language.dates import DATE, resolve_date
from kg.language.organizations import classify, split_list
from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.relations.base import Reading, organization_mention
from kg.types import EntityType, Mention

_TITLE_WITHOUT_ABOUT = pattern("signed_notices", "title_without_about")
_NUMBER = pattern("signed_notices", "document_number")
_SIGNED_DATE = pattern("signed_notices", "signed_date")
_BODY_NAME = pattern("signed_notices", "body_name")
_WORD = re.compile(r"[^ ]+")
_NAMED_KINDS = ("known", "strong", "weak")
# How many lines from the top the title line may stand.
_HEAD = 6
_MOST_ISSUERS = 20


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


def signed_notice(reading: Reading) -> SignedNotice | None:
    """Return the notice that a document is, None if it has no title line with 关于…的通知 and no signature block."""
    sentences = reading.sentences
    found = _title_line(sentences[:_HEAD])
    if found is None:
        return None
    index, last, title = found
    sentence = sentences[index]
    signature, date, evidence = _signature(reading, sentences[last + 1 :])
    issuers = signature or _named(reading, sentence, title.start("who"), title.end("who"))
    if not issuers or not (signature or date):
        return None
    number = next((s.view.text for s in sentences[: last + 4] if _NUMBER.match(s.view.text)), None)
    document = _document(reading, sentences[index : last + 1], title)
    # The signature is the evidence of who issues; the title line stands in the object's own offsets.
    return SignedNotice(evidence or sentence, issuers, document, date, number)


def _title_line(head: list[Sentence]) -> tuple[int, int, re.Match[str]] | None:
    """Return the first and last line of the title and its match; a long title may be set on two lines."""
    about = pattern("signed_notices", "title_with_about")
    for index, sentence in enumerate(head):
        if not sentence.caption:
            continue
        line = sentence.view.text
        title = about.match(line)
        if title:
            return index, index, title
        if index + 1 < len(head) and head[index + 1].caption:
            title = about.match(line + head[index + 1].view.text)
            if title and title.start("name") < len(line):
                return index, index + 1, title
    for index, sentence in enumerate(head):
        title = _TITLE_WITHOUT_ABOUT.match(sentence.view.text) if sentence.caption else None
        if title:
            return index, index, title
    return None


def _document(reading: Reading, lines: list[Sentence], title: re.Match[str]) -> Mention:
    """Return the mention of a title on one line or two; of two, the line break between them belongs to it."""
    first, last = lines[0], lines[-1]
    if first is last:
        return first.mention(title.start("name"), title.end("name"), EntityType.NOTICE)
    start, end = first.view.offsets[title.start("name")], last.end
    name = "".join(title["name"].split())
    return Mention(first.document, start, end, reading.document.text[start:end], EntityType.NOTICE, name)


def _named(reading: Reading, sentence: Sentence, start: int, end: int) -> list[Mention]:
    """Return the issuers that the title line names before 关于."""
    listed = split_list(sentence.view.text, start, end, reading.ends(sentence))
    return [organization_mention(sentence, found) for found in listed if found.kind in _NAMED_KINDS]


def _signature(reading: Reading, rest: list[Sentence]) -> tuple[list[Mention], str | None, Sentence | None]:
    """Return the issuers and the date of the signature block: names of organisations on lines before the last date."""
    dated = (place for place in reversed(range(len(rest))) if _SIGNED_DATE.match(rest[place].view.text.strip("（）")))
    last = next(dated, None)
    if last is None:
        return [], None, None
    match = DATE.search(rest[last].view.text)
    date = resolve_date(match, reading.document.published) if match else None
    issuers: list[Mention] = []
    evidence = None
    for sentence in reversed(rest[:last]):
        if sentence.view.text[-1] in "。！？；：" or len(issuers) > _MOST_ISSUERS:
            break
        listed = _signers(sentence)
        if not listed:
            break
        issuers = listed + issuers
        evidence = sentence
    return issuers, date, evidence


def _signers(sentence: Sentence) -> list[Mention]:
    """Return the names on a line of the signature block, none if the line holds anything else."""
    names = list(_WORD.finditer(sentence.view.text))
    if not all(_BODY_NAME.match(name.group()) and classify(name.group()) in _NAMED_KINDS for name in names):
        return []
    return [sentence.mention(name.start(), name.end(), EntityType.ORGANIZATION) for name in names]
