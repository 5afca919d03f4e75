"""Issuers: the organisations that stand before a verb of issuing, or with 由 between a title and its verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.language.lexicon import matcher
from kg.language.organizations import Organization, classify, organization_before, split_list
from kg.language.patterns import pattern
from kg.language.quantities import chinese_number
from kg.language.sentences import Sentence
from kg.relations.base import Reading, organization_mention
from kg.relations.discourse import is_generic, organizations_in
from kg.relations.pointed_issuers import host, speaker
from kg.relations.signed_notices import SignedNotice
from kg.types import EntityType, Mention

_ADVERBIALS = pattern("issues", "adverbials")
_BY = pattern("issues", "by")
_BY_BEFORE_TITLE = pattern("issues", "by_before_title")
_MAKER_BEFORE_TITLE = pattern("issues", "maker_before_title")
_SEVERAL = pattern("issues", "several")
_STATED_COUNT = pattern("issues", "stated_count")
_BEFORE_ISSUER = pattern("issues", "before_issuer")
_JOINED_TO_LAST = pattern("issues", "joined_to_last")
_NO_SUBJECT = pattern("issues", "no_subject")
_POINTING_SUBJECT = pattern("issues", "pointing_subject")
_ADVERBS_AT_END = pattern("issues", "adverbs_at_end")
_BETWEEN_ISSUERS = pattern("issues", "between_issuers")
_PHRASE = pattern("issues", "phrase")
_PHRASE_ALONE = pattern("issues", "phrase_alone")
_IN_BRACKETS = pattern("issues", "in_brackets")
_NOTE_AT_END = pattern("issues", "note_at_end")
_GOES_ON = pattern("issues", "goes_on")
_THIS_NOTICE = pattern("issues", "this_notice")
_FIRST_PERSON = pattern("issues", "first_person")
_AT_MEETING = pattern("issues", "at_meeting")
_UNNAMED = pattern("issues", "unnamed")
_CLAUSE = re.compile(r"[^，；]+")
# What ends the part of a sentence with the issuers: a comma only parts adverbials from them.
_STOPS = "。；！？：》"
_CERTAIN_KINDS = ("known", "strong", "weak")


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
        notice: The notice that the document itself is, or None.
    """

    def __init__(
        self, reading: Reading, sentence: Sentence, last: list[Mention], notice: SignedNotice | None = None
    ) -> None:
        self._reading = reading
        self._sentence = sentence
        self._text = sentence.view.text
        self._last = last
        self._notice = notice

    def before_verb(self, verb: int) -> Issuers:
        """Return the issuers before a verb of issuing that begins at a view offset."""
        start = max(self._text.rfind(mark, 0, verb) for mark in _STOPS) + 1
        first = None
        for end in self._ends_before(start, verb):
            issuers = self._issuers(start, end, clause_before="，" in self._text[end:verb])
            if issuers.mentions:
                return issuers
            first = first or issuers
            phrased = self._before_phrase(start, end)
            if phrased:
                return phrased
        return first or Issuers([])

    def _ends_before(self, start: int, verb: int) -> Iterator[int]:
        """Yield where the issuers may end: before all that can be adverbials, then before less of it.

        世界卫生|组织 is no adverb of a verb.
        """
        adverbials = _ADVERBIALS.search(self._text, start, verb)
        while adverbials and adverbials.start() < verb:
            yield adverbials.start()
            adverbials = _ADVERBIALS.search(self._text, adverbials.start() + 1, verb)
        yield verb

    def _before_phrase(self, start: int, end: int) -> Issuers | None:
        """Return the issuers before the longest phrase (在…上, 面向…, 为…) that may stand between them and the verb."""
        phrases = [match.start() for match in _PHRASE.finditer(self._text, start + 2, end)]
        for place in reversed(phrases):
            if "，" in self._text[place:end]:
                break
            before, stated = self._without_count(start, place)
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
        adverbials = _ADVERBIALS.search(between)
        between = between[: adverbials.start()] if adverbials else between
        by = _BY.search(between)
        if by:
            return self._issuers(start + by.start("who"), start + by.end("who"))
        if between.strip("，、") and not _PHRASE_ALONE.fullmatch(between):
            return Issuers([])
        before = self._text[:title]
        maker = _BY_BEFORE_TITLE.search(before) or _MAKER_BEFORE_TITLE.search(before)
        return self._issuers(*maker.span("who")) if maker else Issuers([])

    def _issuers(self, start: int, end: int, *, clause_before: bool = False) -> Issuers:
        """Return the issuers in a part of the view.

        Args:
            start: Where the part begins.
            end: Where it ends.
            clause_before: Whether the subject may stand at the head of an earlier clause.
        """
        text = self._text
        end, stated = self._without_count(start, end)
        end = start + len(text[start:end].rstrip("等，、和与及的在于 "))
        bracket = _IN_BRACKETS.search(text[start:end])
        if bracket:
            # 三部门（甲、乙、丙）联合印发: the issuers stand in the brackets behind their number.
            count = chinese_number(bracket["count"])
            found = self._listed(start + bracket.start("who"), start + bracket.end("who"))
            if found:
                return Issuers(found, int(count) if count else None)
        end = start + len(_NOTE_AT_END.sub("", text[start:end]))
        lead = _BEFORE_ISSUER.match(text[start:end])
        start += lead.end() if lead else 0
        first_person = _FIRST_PERSON.match(text[start:end])
        home = speaker(self._reading, self._sentence) if first_person else None
        if first_person and home:
            # 我们联合省教育厅: the body of the speaker, and those named behind.
            more = self._listed(start + first_person.end(), end) if first_person["joined"] else []
            return Issuers([self._mention_of(start, start + first_person.end("we"), home), *more], stated)
        joined = _JOINED_TO_LAST.match(text[start:end]) if self._last else None
        if joined:
            # 并与某院共同发布: the issuer of the clause before and the one named here.
            more = self._listed(start + joined.end(), end)
            if more:
                return Issuers([*self._last, *more], stated)
        # 协会制定标准37项，发布《…》: the subject stands at the head of an earlier clause.
        subject = _subject_of_clause(text, start, end) if clause_before else []
        found = [organization_mention(self._sentence, organization) for organization in subject]
        found = found or self._listed(start, end)
        if not found and _GOES_ON.match(text[start:end].rpartition("，")[2]):
            found = [organization_mention(self._sentence, one) for one in _subject_of_clause(text, start, end)]
        if found:
            return Issuers(found, stated)
        return self._unnamed(text[start:end], stated)

    def _unnamed(self, part: str, stated: int | None) -> Issuers:
        """Return the issuers that a part of the view without their names points to."""
        if self._notice and _THIS_NOTICE.search(part):
            return Issuers(self._notice.issuers, stated, carried=True)
        if _AT_MEETING.search(part):
            found = host(self._reading, self._sentence)
            return Issuers([found] if found else self._last, stated, carried=True)
        if not part or _NO_SUBJECT.fullmatch(part) or _POINTING_SUBJECT.search(part):
            return Issuers(self._last, stated, carried=True)
        return Issuers([], stated)

    def _mention_of(self, start: int, end: int, name: str) -> Mention:
        """Return the mention of the body that a word (我局) stands for."""
        return self._sentence.mention(start, end, EntityType.ORGANIZATION, name)

    def _without_count(self, start: int, end: int) -> tuple[int, int | None]:
        """Return where the names end before 等七部门, and the number that it states."""
        several = _SEVERAL.search(self._text[start:end])
        end = start + several.start() if several else end
        count = _STATED_COUNT.search(self._text, start, end)
        if count is None or count.end() < end - 2:
            return end, None
        number = chinese_number(count["count"])
        return count.start(), int(number) if number else None

    def _listed(self, start: int, end: int) -> list[Mention]:
        found = _list_before(self._text, start, end, self._reading.ends(self._sentence))
        return [organization_mention(self._sentence, organization) for organization in found]


def _is_local(name: str) -> bool:
    """Say whether a short name looks like local shorthand for a body (省总, 市文旅)."""
    return 2 <= len(name) <= 5 and name[0] in "省市县区全"


def _subject_of_clause(text: str, start: int, end: int) -> list[Organization]:
    """Return the organisation at the head of the nearest earlier clause that begins with one."""
    for clause in reversed(list(_CLAUSE.finditer(text, start, end))):
        first, after = clause.span()
        generic = matcher("generic_bodies").match(text, first, after)
        if generic and len(generic.group()) >= 2:
            return [Organization(first, generic.end(), generic.group(), "unknown")]
        lead = _BEFORE_ISSUER.match(text[first:after])
        first += lead.end() if lead else 0
        listed = _list_before(text, first, after, frozenset())
        if listed and listed[0].start == first and listed[-1].end >= after - 2:
            return listed
        named = [found for found in organizations_in(text, first, after) if found.start == first]
        if named:
            return named[:1]
    return []


def _list_before(text: str, start: int, end: int, ends: frozenset[int]) -> list[Organization]:
    """Return the list of organisations that ends at `end`, each of which must look like one."""
    result: list[Organization] = []
    for clause in _CLAUSE.finditer(text, start, end):
        listed = [found for part in _parts(text, *clause.span()) for found in split_list(text, *part, ends)]
        cleaned = [found for found in (_cleaned(text, organization) for organization in listed) if found is not None]
        certain = [found for found in cleaned if _is_certain(found)]
        # Of three and more, one may be a name that nothing else tells to be one.
        if certain and len(certain) >= len(cleaned) - (1 if len(cleaned) > 2 else 0):
            result += certain
        elif certain and cleaned[-1].kind in _CERTAIN_KINDS:
            result = [cleaned[-1]]
        elif len(cleaned) == 1 and cleaned[0].kind == "place":
            result += cleaned
        else:
            result = []
    return result


def _is_certain(found: Organization) -> bool:
    return found.kind in (*_CERTAIN_KINDS, "department") or is_generic(found.text) or _is_local(found.text)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts between 会同 and 联合, which always separate issuers."""
    first = start
    for separator in _BETWEEN_ISSUERS.finditer(text, start, end):
        # 区总工会还|联合区卫健局: adverbs before the separator belong to no name.
        adverbs = _ADVERBS_AT_END.search(text, first, separator.start())
        end_of_part = adverbs.start() if adverbs else separator.start()
        if end_of_part > first:
            yield first, end_of_part
        first = separator.end()
    if first < end:
        yield first, end


def _cleaned(text: str, organization: Organization) -> Organization | None:
    """Return an issuer without what stands before its name (近日, 由, 记者从), None if no name is left."""
    if _UNNAMED.match(organization.text):
        return None
    if organization.kind == "known":
        return organization
    found = organization_before(text, organization.end, organization.start)
    return found if found is not None and classify(found.text) else None
