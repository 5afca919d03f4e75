"""Issuers: the organisations that stand before a verb of issuing, or with 由 between a title and its verb."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.language.organizations import Organization, listed_spans
from kg.language.patterns import pattern
from kg.language.quantities import chinese_number
from kg.language.sentences import Sentence
from kg.relations.base import Reading, organization_mention
from kg.relations.discourse import organizations_in
from kg.relations.issuer_lists import list_before, subject_of_clause, without_count
from kg.relations.pointed_issuers import host, represented, several_hosts, speaker
from kg.types import EntityType, Mention

_ADVERBIALS = pattern("issues", "adverbials")
_BY = pattern("issues", "by")
_BY_BEFORE_TITLE = pattern("issues", "by_before_title")
_MAKER_BEFORE_TITLE = pattern("issues", "maker_before_title")
_AND_THEN = pattern("issues", "and_then")
_MAKER_OF = pattern("issues", "maker_of")
_BEFORE_ISSUER = pattern("issues", "before_issuer")
_JOINED_TO_LAST = pattern("issues", "joined_to_last")
_NO_SUBJECT = pattern("issues", "no_subject")
_POINTING_SUBJECT = pattern("issues", "pointing_subject")
_PHRASE = pattern("issues", "phrase")
_PHRASE_ALONE = pattern("issues", "phrase_alone")
_IN_BRACKETS = pattern("issues", "in_brackets")
_NOTE_AT_END = pattern("issues", "note_at_end")
_GOES_ON = pattern("issues", "goes_on")
_APPROVED_BEFORE = pattern("issues", "approved_before")
_THIS_BEHIND_TITLE = pattern("issues", "this_behind_title")
_THIS_BEFORE_TITLE = pattern("issues", "this_before_title")
_THIS_NOTICE = pattern("issues", "this_notice")
_FIRST_PERSON = pattern("issues", "first_person")
_JOINED_CLAUSE = pattern("issues", "joined_clause")
_ITS = pattern("issues", "its")
_AT_MEETING = pattern("issues", "at_meeting")
_DID_TOGETHER = pattern("issues", "did_together")
_JOINTLY = re.compile("，.*(?:联合|共同)")
_ABOUT_ISSUERS = pattern("issues", "about_issuers")
_PERSON = pattern("issues", "person_as_subject")
_LED_BY = pattern("issues", "led_by")
_MEMBERS = pattern("issues", "members")
_DATELINE = pattern("issues", "dateline")
_BRACKETS = re.compile("（[^（）]*）")
_FORWARDED = re.compile("转发|批转")
# What ends the part of a sentence with the issuers: a comma only parts adverbials from them.
_STOPS = "。；！？：》"


def _after_stop(text: str, verb: int) -> int:
    """Return where the part of a sentence begins leading to a verb; marks in brackets (代码：002983) stop nothing."""
    bare = _BRACKETS.sub(lambda found: "\0" * len(found.group()), text[:verb])
    return max(bare.rfind(mark) for mark in _STOPS) + 1


@dataclass(frozen=True, slots=True)
class Issuers:
    """The issuers of a document.

    Args:
        mentions: Their mentions.
        stated: How many the text says there are (七部门), or None.
        carried: Whether they are those of the document before.
    """

    mentions: list[Mention]
    stated: int | None = None
    carried: bool = False


class IssuerFinder:
    """Finds the issuers of the documents of one sentence.

    Args:
        reading: The document under extraction.
        sentence: The sentence.
        last: The issuers, or the organisation, that the text named last.
        signers: The bodies that issue or sign the document itself.
        issued: Whether `last` are issuers.
    """

    def __init__(
        self,
        reading: Reading,
        sentence: Sentence,
        last: list[Mention],
        signers: Sequence[Mention] = (),
        *,
        issued: bool = False,
    ) -> None:
        self._reading = reading
        self._sentence = sentence
        self._text = sentence.view.text
        self._last = last
        self._signers = list(signers)
        self._issued = issued

    def before_verb(self, verb: int) -> Issuers:
        """Return the issuers before a verb of issuing that begins at a view offset."""
        dateline = _DATELINE.match(self._text)
        start = max(_after_stop(self._text, verb), dateline.end() if dateline and dateline.end() < verb else 0)
        if spoken := self._spoken_about(start, verb):
            return spoken
        first = None
        for end in self._ends_before(start, verb):
            issuers = self._issuers(start, end, verb, clause_before="，" in self._text[end:verb])
            if issuers.mentions:
                return issuers
            first = first or issuers
            phrased = self._before_phrase(start, end)
            if phrased:
                return phrased
        return first or Issuers([])

    def _spoken_about(self, start: int, verb: int) -> Issuers | None:
        """Return the issuers of a document that a person speaks about (就甲局、乙局联合出台的《…》作了解读)."""
        spoken = _ABOUT_ISSUERS.match(self._text, start, verb)
        if spoken is None:
            return None
        begin = self._sentence.view.span(spoken.end(), spoken.end() + 1)[0]
        for end in self._ends_before(spoken.end(), verb):
            names, stated = without_count(self._text, spoken.end(), end)
            found = self._listed(spoken.end(), names)
            if found and found[0].start == begin:
                return Issuers(found, stated)
        return None

    def _ends_before(self, start: int, verb: int) -> Iterator[int]:
        """Yield where the issuers may end: before all that can be adverbials, then before less of it.

        The 组织 of 世界卫生组织 is no adverb.
        """
        names = listed_spans(self._text, start, verb)
        adverbials = _ADVERBIALS.search(self._text, start, verb)
        while adverbials and adverbials.start() < verb:
            if not any(first < adverbials.start() < last for first, last in names):
                yield adverbials.start()
            adverbials = _ADVERBIALS.search(self._text, adverbials.start() + 1, verb)
        yield verb

    def _before_phrase(self, start: int, end: int) -> Issuers | None:
        """Return the issuers before the longest phrase (在…上, 面向…, 为…) that may stand between them and the verb."""
        phrases = [match.start() for match in _PHRASE.finditer(self._text, start + 2, end)]
        for place in reversed(phrases):
            if "，" in self._text[place:end]:
                break
            before, stated = without_count(self._text, start, place)
            found = self._listed(start, before)
            if found:
                return Issuers(found, stated)
        return None

    def between(self, start: int, end: int) -> Issuers:
        """Return the issuers that stand alone between two view offsets."""
        return self._issuers(start, end)

    def around_title(self, title: int, start: int, end: int) -> Issuers:
        """Return the issuers of a title before its verb: 《…》由A、B联合印发; 由A制定的《…》日前发布.

        Args:
            title: The view offset of the title.
            start: Where the text between the title and the verb begins.
            end: Where the verb begins.
        """
        between = self._text[start:end]
        if self._signers and _THIS_BEHIND_TITLE.search(between):
            return Issuers(self._signers, carried=True)
        if _AND_THEN.fullmatch(between):
            maker = _MAKER_OF.search(self._text[:title])
            return self._issuers(*maker.span("who")) if maker else Issuers([])
        adverbials = _ADVERBIALS.search(between)
        between = between[: adverbials.start()] if adverbials else between
        by = _BY.search(between)
        if by:
            return self._issuers(start + by.start("who"), start + by.end("who"))
        approved = _APPROVED_BEFORE.search(between)
        if approved:
            return Issuers(self._listed(start + approved.start("who"), start + approved.end("who")))
        if between.strip("，、") and not _PHRASE_ALONE.fullmatch(between):
            return Issuers([])
        before = self._text[:title]
        if _THIS_BEFORE_TITLE.search(before) and not _FORWARDED.match(self._text, end):
            return Issuers(self._signers, carried=True)
        maker = _BY_BEFORE_TITLE.search(before) or _MAKER_BEFORE_TITLE.search(before)
        return self._issuers(*maker.span("who")) if maker else Issuers([])

    def _issuers(self, start: int, end: int, verb: int | None = None, *, clause_before: bool = False) -> Issuers:
        """Return the issuers in a part of the view.

        Args:
            start: Where the part begins.
            end: Where it ends.
            verb: Where the verb begins, if adverbials stand between.
            clause_before: Whether the subject may stand at the head of an earlier clause.
        """
        text = self._text
        end, stated = without_count(self._text, start, end)
        end = start + len(text[start:end].rstrip("等，、和与及的在于 "))
        bracket = _IN_BRACKETS.search(text[start:end])
        if bracket:
            # 三部门（甲、乙、丙）联合印发: the issuers stand in the brackets behind their number.
            count = chinese_number(bracket["count"])
            found = self._listed(start + bracket.start("who"), start + bracket.end("who"))
            if found:
                return Issuers(found, int(count) if count else None)
        end = start + len(_NOTE_AT_END.sub("", text[start:end]))
        begin = start
        lead = _BEFORE_ISSUER.match(text[start:end])
        start += lead.end() if lead else 0
        first_person = _FIRST_PERSON.match(text[start:end])
        home = speaker(self._reading, self._sentence) if first_person else None
        if _PERSON.search(text[start:end]) or (first_person and not home and first_person["we"] == "我们"):
            return Issuers([], stated)
        if first_person and home:
            # 我们联合省教育厅: the body of the speaker, and those named behind.
            more = self._listed(start + first_person.end(), end) if first_person["joined"] else []
            return Issuers([self._mention_of(start, start + first_person.end("we"), home), *more], stated)
        joined = _JOINED_TO_LAST.match(text[start:end]) if self._last else None
        if joined and "，" not in text[start + joined.end() : end]:
            # 并与某院共同发布: the issuer of the clause before and the one named here.
            more = self._listed(start + joined.end(), end)
            if more:
                return Issuers([*self._last, *more], stated)
        led = _LED_BY.search(text, start, end)
        if led and (found := self._led(start, led, end)):
            return Issuers(found, stated)
        together = _DID_TOGETHER.search(text[start:end]) if verb and _JOINTLY.search(text[end : verb + 2]) else None
        if together and len(found := self._listed(start + together.start("who"), start + together.end("who"))) > 1:
            return Issuers(found, stated)
        # 协会制定标准37项，发布《…》: the subject stands at the head of an earlier clause.
        subject = subject_of_clause(text, start, end) if clause_before else []
        found = self._with_last(subject) or self._listed(start, end)
        if not found and _GOES_ON.match(text[start:end].rpartition("，")[2]):
            found = self._with_last(subject_of_clause(text, start, end))
        if found:
            return Issuers(found, stated)
        body = represented(self._reading, self._sentence, end)
        if body:
            return Issuers([body], stated)
        if _ITS.search(text[start:end]):
            found = [organization_mention(self._sentence, one) for one in organizations_in(text, start, end)[:1]]
            return Issuers(found or self._last, stated, carried=True)
        # 会上，正式发布: what leads to the issuers, and adverbials, may be all that there is.
        occasion = text[start:end] or text[begin : verb or end]
        return self._unnamed(text[start:end], occasion[: occasion.rfind("，") + 1] or occasion, stated)

    def _led(self, start: int, led: re.Match[str], end: int) -> list[Mention]:
        """Return a subject and those that it leads (协会牵头甲公司、乙公司等企业), none if either is missing."""
        members = _MEMBERS.search(self._text, led.end(), end)
        rest = self._listed(led.end(), members.start()) if members else []
        subject = self._listed(start, led.start()) if rest else []
        return [*subject, *rest] if subject else []

    def _with_last(self, subject: list[Organization]) -> list[Mention]:
        """Return the mentions of a clause's subject; behind 联合 (联合甲建立机制，印发) those before it too."""
        found = [organization_mention(self._sentence, organization) for organization in subject]
        joined = found and _JOINED_CLAUSE.search(self._text[: subject[0].start])
        return [*self._last, *found] if joined else found

    def _unnamed(self, part: str, occasion: str, stated: int | None) -> Issuers:
        """Return the issuers that a part of the view without their names points to, or the occasion named in it."""
        if self._signers and _THIS_NOTICE.search(part):
            return Issuers(self._signers, stated, carried=True)
        if _AT_MEETING.search(occasion):
            if not self._issued and several_hosts(self._reading, self._sentence):
                return Issuers([], stated)
            found = host(self._reading, self._sentence)
            return Issuers([found] if found else self._last, stated, carried=True)
        if not part or _NO_SUBJECT.fullmatch(part) or _POINTING_SUBJECT.search(part):
            return Issuers(self._last, stated, carried=True)
        return Issuers([], stated)

    def _mention_of(self, start: int, end: int, name: str) -> Mention:
        """Return the mention of the body that a word (我局) stands for."""
        return self._sentence.mention(start, end, EntityType.ORGANIZATION, name)

    def _listed(self, start: int, end: int) -> list[Mention]:
        found = list_before(self._text, start, end, self._reading.ends(self._sentence))
        return [organization_mention(self._sentence, organization) for organization in found]
