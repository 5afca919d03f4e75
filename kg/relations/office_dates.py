"""When an office began and ended: the date of the appointment or departure, not any date of its sentence."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from kg.language.dates import partial_date, resolve_parts
from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.language.title_marks import inside_title
from kg.relations.base import Reading
from kg.relations.claims import Claim

# Claims by these rules tell of an event; a title beside a name (新当选的会长张三) tells of a state.
_EVENTS = ("holds.verb", "holds.person_verb", "holds.roll")
_DAYS_BACK = {"day_of_publication": 0, "day_before": 1, "two_days_before": 2}

Span = tuple[str | None, str | None]
"""Since and until, as ISO dates, perhaps without the day or the month."""


class OfficeDates:
    """Dates the claims of one document: by the time before their verb, else by the meeting that the text reports.

    Args:
        reading: The document; without its date of publication only times with a year count.

    >>> from kg.relations.claims import ClaimReader
    >>> from kg.types import Document
    >>> text = "4月17日，红石市总工会召开会议。会议选举王倩为红石市总工会主席，张三不再担任红石市总工会主席。"
    >>> reading = Reading.of(Document("a", text, published="2023-04-18"))
    >>> dates = OfficeDates(reading)
    >>> [dates.span(claim) for claim in ClaimReader(reading).claims()]
    [('2023-04-17', None), (None, '2023-04-17')]
    """

    def __init__(self, reading: Reading) -> None:
        self._published = reading.document.published
        # Sentence start → the time of the meeting or decision that it belongs to.
        self._occasions = dict(_occasions(reading.sentences, self._published))

    def span(self, claim: Claim, appointed: Collection[str] = ()) -> Span:
        """Return since and until when a claim's person holds the office, each None where the text does not say.

        Args:
            claim: The claim.
            appointed: The persons whom the document appoints to something.
        """
        text, start = claim.sentence.view.text, claim.slot.start
        known = claim.since, claim.until
        between = pattern("office_dates", "from_to").search(text, 0, start)
        if any(known) or (between and not _is_bracketed(text, between.start(), start)):
            return known if any(known) or not between else _from_to(between)
        left = claim.status == "removed" or claim.rule.endswith(".removed")
        if (left or claim.status == "appointed") and (_tells_event(claim) or claim.rule == "holds.resume"):
            when = self._when(claim)
            return (None, when) if left else (when, None)
        if claim.status == "former" and claim.surface in appointed:
            before = pattern("office_dates", "just_before").search(text, 0, start)
            left = before is not None and not pattern("office_dates", "long_before").search(before.group())
            return None, self._occasions.get(claim.sentence.start) if left else None
        return self._begun(text, start) if claim.status == "current" else None, None

    def _when(self, claim: Claim) -> str | None:
        """Return the time of an appointment or departure."""
        sentence, slot = claim.sentence, claim.slot
        text = sentence.view.text
        behind = pattern("office_dates", "term_behind").search(text, slot.title.end)
        said = _next_time(text, behind.end()) if behind else None
        if said and pattern("office_dates", "lasts").search(text, said.end()):
            return self._resolve(said, sentence)
        said = _last_time(text, slot.start)
        if said:
            return self._resolve(said, sentence)
        # 曾任…。 of a resume is not what the meeting decides.
        return None if claim.rule.startswith("holds.resume") else self._occasions.get(sentence.start)

    def _begun(self, text: str, start: int) -> str | None:
        """Return since when a state lasts (2023年9月起担任; 2019年3月，张三担任)."""
        said = _last_time(text, start)
        if not said:
            return None
        lasts = pattern("office_dates", "lasts").match(text, said.end())
        taken = pattern("office_dates", "takes_up").fullmatch(text, said.end(), start)
        return _resolved(said, self._published, None) if lasts or taken else None

    def _resolve(self, said: re.Match[str], sentence: Sentence) -> str | None:
        return _resolved(said, self._published, self._occasions.get(sentence.start))


def _tells_event(claim: Claim) -> bool:
    """Say whether a claim comes from a verb or from a line of a list (主席：王倩), not from a title beside a name."""
    slot = claim.slot
    listed = slot.title.status == "current" and claim.sentence.view.text.startswith("：", slot.title.end)
    return claim.rule.startswith(_EVENTS) or listed


def _occasions(sentences: list[Sentence], published: str | None) -> Iterator[tuple[int, str | None]]:
    """Yield for each sentence the time of the meeting or decision that the text has last reported, None for none."""
    when = next((_alone(sentence, published) for sentence in reversed(sentences) if _alone(sentence, published)), None)
    first = True
    for sentence in sentences:
        text = sentence.view.text
        said = pattern("office_dates", "dateline").match(text)
        found = pattern("office_dates", "day").match(text, said.end()) if said else None
        told = found and not pattern("office_dates", "flashback").search(text)
        if found and told and (first or pattern("office_dates", "occasion").search(text)):
            when, first = _resolved(found, published, when), False
        yield sentence.start, when


def _alone(sentence: Sentence, published: str | None) -> str | None:
    """Return the date of a line that is nothing but a date."""
    text = sentence.view.text
    match = pattern("office_dates", "date_alone").fullmatch(text)
    said = pattern("office_dates", "day").match(text) if match else None
    return _resolved(said, published, None) if said else None


def _last_time(text: str, end: int) -> re.Match[str] | None:
    """Return the last time that stands before `end` and is one of an office, not of a life or in a title or bracket."""
    found = None
    for match in pattern("office_dates", "day").finditer(text, 0, end):
        if pattern("office_dates", "born").match(text, match.end()):
            continue
        if not inside_title(text, match.start()) and not _is_bracketed(text, match.start(), end):
            found = match
    return found


def _next_time(text: str, start: int) -> re.Match[str] | None:
    return pattern("office_dates", "day").match(text, start)


def _is_bracketed(text: str, place: int, end: int) -> bool:
    """Say whether a bracket around `place` closes before `end`."""
    opening = text.rfind("（", 0, place)
    return opening >= 0 and place < text.find("）", opening) < end


def _from_to(match: re.Match[str]) -> Span:
    return partial_date(match["from"]), partial_date(match["to"]) if match["to"] else None


def _resolved(match: re.Match[str], published: str | None, occasion: str | None) -> str | None:
    """Return the ISO form of a match of `day`; 当日 is the day of the occasion, 日前 is none."""
    kind = match.lastgroup or ""
    if kind == "same_day":
        return occasion
    if kind in _DAYS_BACK:
        return str(date.fromisoformat(published) - timedelta(_DAYS_BACK[kind])) if published else None
    if kind == "vague":
        return None
    year = match["year"] or match["year_of_month"] or match["only_year"]
    return resolve_parts(year, match["month"] or match["only_month"], match["day"], published)
