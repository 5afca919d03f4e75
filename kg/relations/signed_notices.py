"""Signed notices: a title line without 《》, a 文号, a body, and a signature block with issuers and date at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.language.dates import DATE, resolve_date
from kg.language.lexicon import trie_pattern, words
from kg.language.organizations import classify, split_list
from kg.language.sentences import Sentence
from kg.relations.base import Reading
from kg.types import EntityType, Mention

_KINDS = trie_pattern(words("notice_types", "notice"))
_ABOUT = re.compile(rf"^(?P<who>[\u4e00-\u9fff、 （）]{{0,80}}?)(?P<name>(?:关于|转发)[^。；]{{4,120}}?{_KINDS})(?:（[^（）]{{1,20}}）)?$")
_BARE = re.compile(r"^(?P<who>)(?P<name>[\u4e00-\u9fff\d（）年]{4,60}(?:公告|通告|公报|公示|通报|决定|倡议书|声明|令|任免名单|任免通知))$")
_NUMBER = re.compile(r"^[\u4e00-\u9fffA-Za-z]{1,14}[〔\[【（](?:19|20)\d{2}[〕\]】）]\s?第?\d{1,4}号$")
_SIGNED_DATE = re.compile(r"^(?:19|20|二[〇零○])[\d〇零○一二三四五六七八九]{2}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$")
_BODY_NAME = re.compile(r"^[\u4e00-\u9fff（）·]{2,40}$")


@dataclass(frozen=True, slots=True)
class SignedNotice:
    """A notice that the document itself is."""

    sentence: Sentence
    issuers: list[Mention]
    document: Mention
    date: str | None
    number: str | None


def signed_notice(reading: Reading) -> SignedNotice | None:
    """Return the notice that a document is, None if it has no title line with 关于…的通知 and no signature block."""
    sentences = reading.sentences
    found = _title_line(sentences[:6])
    if found is None:
        return None
    index, last, title = found
    sentence = sentences[index]
    signature, date, evidence = _signature(reading, sentences[last + 1 :])
    issuers = signature or _named(reading, sentence, title.start("who"), title.end("who"))
    if not issuers or not (signature or date):
        return None
    number = next((s.view.text for s in sentences[: last + 4] if _NUMBER.match(s.view.text)), None)
    document = _document(sentences[index : last + 1], title)
    # The signature is the evidence of who issues; the title line stands in the object's own offsets.
    return SignedNotice(evidence or sentence, issuers, document, date, number)


def _title_line(head: list[Sentence]) -> tuple[int, int, re.Match[str]] | None:
    """Return the first and last line of the title and its match; a long title may be set on two lines."""
    for pattern in (_ABOUT, _BARE):
        for index, sentence in enumerate(head):
            if not sentence.caption:
                continue
            title = pattern.match(sentence.view.text)
            if title:
                return index, index, title
            if index + 1 < len(head) and head[index + 1].caption and pattern is _ABOUT:
                title = pattern.match(sentence.view.text + head[index + 1].view.text)
                if title and title.start("name") < len(sentence.view.text):
                    return index, index + 1, title
    return None


def _document(lines: list[Sentence], title: re.Match[str]) -> Mention:
    first, start = lines[0], title.start("name")
    if len(lines) == 1:
        return first.mention(start, title.end("name"), EntityType.NOTICE)
    begin = first.view.offsets[start]
    # The title runs over a line break; its surface is what stands between.
    surface = first.text[begin - first.start :] + "\n" + lines[1].text
    return Mention(first.document, begin, lines[1].end, surface, EntityType.NOTICE, "".join(title["name"].split()))


def _named(reading: Reading, sentence: Sentence, start: int, end: int) -> list[Mention]:
    found = split_list(sentence.view.text, start, end, reading.ends(sentence))
    return [
        sentence.mention(o.start, o.end, EntityType.ORGANIZATION)
        for o in found
        if o.kind in ("known", "strong", "weak")
    ]


def _signature(reading: Reading, rest: list[Sentence]) -> tuple[list[Mention], str | None, Sentence | None]:
    """Return the issuers and the date of the signature block: names of organisations on lines before the last date."""
    place = next((k for k in range(len(rest) - 1, -1, -1) if _SIGNED_DATE.match(rest[k].view.text.strip("（）"))), None)
    if place is None:
        return [], None, None
    match = DATE.search(rest[place].view.text)
    date = resolve_date(match, reading.document.published) if match else None
    issuers: list[Mention] = []
    evidence = None
    for sentence in reversed(rest[:place]):
        if sentence.view.text[-1] in "。！？；：" or len(issuers) > 20:
            break
        listed: list[Mention] = []
        for piece in re.finditer(r"[^ ]+", sentence.view.text):
            name = piece.group()
            if not _BODY_NAME.match(name) or classify(name) not in ("known", "strong", "weak"):
                listed = []
                break
            listed.append(sentence.mention(piece.start(), piece.end(), EntityType.ORGANIZATION))
        if not listed:
            break
        issuers = listed + issuers
        evidence = sentence
    return issuers, date, evidence
