"""Lists of organisations before a verb of issuing, and the subject of an earlier clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.language.lexicon import matcher
from kg.language.organization_lists import split_list
from kg.language.organizations import Organization, classify, organization_before
from kg.language.patterns import pattern
from kg.language.quantities import chinese_number
from kg.relations.discourse import is_generic, organizations_in

_BEFORE_ISSUER = pattern("issues", "before_issuer")
_BETWEEN_ISSUERS = pattern("issues", "between_issuers")
_ADVERBS_AT_END = pattern("issues", "adverbs_at_end")
_AFTER_PREPOSITION = pattern("issues", "after_preposition")
_PHRASE = pattern("issues", "phrase")
_SEVERAL = pattern("issues", "several")
_STATED_COUNT = pattern("issues", "stated_count")
_UNNAMED = pattern("issues", "unnamed")
_WORD_AT_END = pattern("issues", "word_at_end")
_BODY_WITHIN = pattern("issues", "body_within")
_BRAND = pattern("issues", "brand")
_BODY_OF_PLACES = pattern("issues", "body_of_places")
_LONGEST_PLACE = 8
_NO_BODY = pattern("issues", "no_body")
_CLAUSE = re.compile(r"[^，；]+")
_JOINS = re.compile(r"[、和与及]|以及|会同|联合|携手|")
_CERTAIN_KINDS = ("known", "strong", "weak")


def _is_local(name: str) -> bool:
    """Say whether a short name looks like local shorthand for a body (省总, 市文旅)."""
    return 2 <= len(name) <= 5 and name[0] in "省市县区全"


def subject_of_clause(text: str, start: int, end: int) -> list[Organization]:
    """Return the organisations at the head of the nearest earlier clause that begins with one.

    Args:
        text: The normalised characters of a sentence.
        start: Where its part with the clauses begins.
        end: Where that part ends.

    >>> [found.text for found in subject_of_clause("红石市总工会制定标准37项", 0, 12)]
    ['红石市总工会']
    """
    for clause in reversed(list(_CLAUSE.finditer(text, start, end))):
        first, after = clause.span()
        joined = _BETWEEN_ISSUERS.match(text, first, after)
        first = joined.end() if joined else first
        generic = matcher("generic_bodies").match(text, first, after)
        if generic and len(generic.group()) >= 2:
            # 集团公司党委: the body within belongs to the name.
            inner = _BODY_WITHIN.match(text, generic.end(), after)
            end = inner.end() if inner else generic.end()
            return [Organization(first, end, text[first:end], "unknown")]
        lead = _BEFORE_ISSUER.match(text[first:after])
        first += lead.end() if lead else 0
        listed = list_before(text, first, after, frozenset())
        if listed and listed[0].start == first and listed[-1].end >= after - 2:
            return listed
        if before := _before_phrase(text, first, after):
            return before
        if place := _acting_place(text, first, after):
            return [place]
        named = _at_head(text, first, after)
        if named:
            return named
    return []


def _acting_place(text: str, start: int, end: int) -> Organization | None:
    """Return the division with which a clause begins if a verb follows (清源市设立专项资金，并出台了《…》)."""
    for after in range(start + 3, min(start + _LONGEST_PLACE, end) + 1):
        if classify(text[start:after]) == "place" and matcher("action_verbs").match(text, after, end):
            return Organization.of(text, start, after)
    return None


def _before_phrase(text: str, start: int, end: int) -> list[Organization]:
    """Return the list before a phrase (省委组织部、省国资委等三部门|联合下发通知).

    Of the places where a phrase may begin the one with the longest list before it counts, of equals the last.
    """
    best: list[Organization] = []
    for phrase in _PHRASE.finditer(text, start + 2, end):
        before = list_before(text, start, without_count(text, start, phrase.start())[0], frozenset())
        if before and before[0].start == start and len(before) >= len(best):
            best = before
    return best


def _at_head(text: str, start: int, end: int) -> list[Organization]:
    """Return the organisations with which a clause begins: one, or a list."""
    result: list[Organization] = []
    for found in organizations_in(text, start, end):
        if _JOINS.fullmatch(text[start : found.start]):
            result.append(found)
            start = found.end
    return result


def without_count(text: str, start: int, end: int) -> tuple[int, int | None]:
    """Return where the names end before 等七部门, and the number that it states.

    Args:
        text: The normalised characters of a sentence.
        start: Where the names begin.
        end: Where they and the number end.

    >>> without_count("教育部等七部门", 0, 7)
    (3, 7)
    """
    several = _SEVERAL.search(text[start:end])
    end = start + several.start() if several else end
    count = _STATED_COUNT.search(text, start, end)
    if count is None or count.end() < end - 2:
        return end, None
    number = chinese_number(count["count"])
    return count.start(), int(number) if number else None


def list_before(text: str, start: int, end: int, ends: frozenset[int]) -> list[Organization]:
    """Return the list of organisations that ends at `end`, each of which must look like one.

    Args:
        text: The normalised characters of a sentence.
        start: Where the list may begin.
        end: Where it ends.
        ends: The borders of words in `text`, from the segmenter.

    >>> [found.text for found in list_before("近日，教育部、红石市总工会", 0, 13, frozenset())]
    ['教育部', '红石市总工会']
    """
    result: list[Organization] = []
    for clause in _CLAUSE.finditer(text, start, end):
        listed = [found for part in _parts(text, *clause.span()) for found in split_list(text, *part, ends)]
        cleaned = [found for found in (_cleaned(text, organization) for organization in listed) if found is not None]
        cleaned = _distributed(cleaned)
        certain = [found for found in cleaned if _is_certain(found)]
        if certain and len(cleaned) > 1:
            # Among bodies stand brands too (海棠家居、雅木集团).
            certain = [found for found in cleaned if found in certain or _BRAND.fullmatch(found.text)]
        if cleaned and len(certain) == len(cleaned):
            result += certain
        elif len(cleaned) > 2 and 2 * len(certain) >= len(cleaned) and cleaned[-1] in certain:
            # Among bodies stand bodies, but before the first of them there may be anything.
            result += cleaned if cleaned[0] in certain else cleaned[cleaned.index(certain[0]) :]
        elif certain and cleaned[-1].kind in _CERTAIN_KINDS:
            result = [cleaned[-1]]
        elif len(cleaned) == 1 and (cleaned[0].kind == "place" or _BRAND.fullmatch(cleaned[0].text)):
            result += cleaned
        else:
            result = []
    return result


def _distributed(listed: list[Organization]) -> list[Organization]:
    """Return places before the body of a place as bodies (江苏、浙江两省总工会 → 江苏省总工会, 浙江省总工会)."""
    *places, last = listed or [Organization(0, 0, "", "")]
    if not places or any(place.kind != "place" for place in places):
        return listed
    lengths = [length for length in range(2, _LONGEST_PLACE) if classify(last.text[:length]) == "place"]
    found = ((length, _BODY_OF_PLACES.fullmatch(last.text[length:])) for length in lengths)
    length, body = next(((length, match) for length, match in found if match), (0, None))
    if body is None or classify(body["body"]) not in ("strong", "weak", "known"):
        return listed
    level = body["level"] or ""
    names = [place.text for place in places] + [last.text[:length]]
    full = [name if not level or name.endswith(level) else name + level for name in names]
    spans = [(place.start, place.end) for place in places] + [(last.start, last.end)]
    return [Organization(*span, name + body["body"], "strong") for span, name in zip(spans, full, strict=True)]


def _is_certain(found: Organization) -> bool:
    if found.kind == "weak" and (_WORD_AT_END.search(found.text) or _NO_BODY.search(found.text)):
        return False
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
    if _UNNAMED.match(organization.text) or _AFTER_PREPOSITION.search(text[: organization.start]):
        return None
    if organization.kind == "known":
        return organization
    found = organization_before(text, organization.end, organization.start)
    if found is not None and _AFTER_PREPOSITION.search(text[organization.start : found.start]):
        return None
    return found if found is not None and classify(found.text) else None
