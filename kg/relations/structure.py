"""`part_of`: departments and branches whose name begins with the whole's, and parts that the text says to be parts."""

from __future__ import annotations

from collections.abc import Iterator

from kg.language.lexicon import matcher
from kg.language.organization_names import debris_end, tidy_name
from kg.language.organization_parts import whole_length
from kg.language.organizations import Organization, organization_before
from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.relations.base import Reading, make_fact, relation
from kg.relations.discourse import Discourse, is_generic, organizations_in, strip_term
from kg.types import EntityType, Fact, Mention

_DEPARTMENT = 0.85
_STATED = 0.8
_CERTAIN = ("known", "strong")
# The clause in which a part and its whole stand.
_MARKS = "，。；：！？"


@relation("structure")
def structure(reading: Reading) -> Iterator[Fact]:
    """Yield that a department, branch or subsidiary is part of its organisation (某局某司 → 某局)."""
    discourse = Discourse(reading)
    named = _named(reading)
    for sentence in reading.sentences:
        spans = named.get(sentence.start, set()) | set(_in_text(reading, sentence))
        for start, end in sorted(spans):
            yield from _parts(sentence, start, end)
        for part, whole in _stated(sentence, discourse):
            if part.name != whole.name:
                yield make_fact(sentence, part, "part_of", whole, {}, _STATED, "structure.stated")
        discourse.observe(sentence)


def _named(reading: Reading) -> dict[int, set[tuple[int, int]]]:
    """Return the spans of the organisations of positions and documents, by the offset of their sentence."""
    begins = {sentence.start: sentence for sentence in reading.sentences}
    spans: dict[int, set[tuple[int, int]]] = {}
    for fact in (*reading.facts("holds"), *reading.facts("issues")):
        mention = fact.object if fact.predicate == "at" else fact.subject
        sentence = begins.get(fact.evidence.start)
        if sentence is None or mention.type is not EntityType.ORGANIZATION:
            continue
        start = sentence.view.text.find(mention.name)
        if start >= 0:
            spans.setdefault(sentence.start, set()).add((start, start + len(mention.name)))
    return spans


def _in_text(reading: Reading, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield the spans of organisations in a sentence that have a whole, with the department directly behind them."""
    text = sentence.view.text
    for found in organizations_in(text, 0, len(text)):
        end = _department_end(text, found.end)
        name = text[found.start : end]
        if not whole_length(name):
            continue
        # Only such a sentence is segmented: words before the name (受, 从) are seen by their borders.
        again = organization_before(text, end, found.start, reading.ends(sentence))
        if again:
            yield again.start, end


def _department_end(text: str, start: int) -> int:
    """Return where the department that begins at a place ends, the place if none is known by what stands behind it.

    >>> _department_end("教育部高等教育司司长张三", 3), _department_end("教育部高等教育发展", 3)
    (8, 3)
    """
    titles = matcher("titles", "head", "full")
    for end in matcher("departments").ends(text, start):
        if titles.match(text, end) or pattern("structure", "after_department").match(text, end):
            return end
    run = pattern("structure", "may_be_department").match(text, start)
    for end in range(run.end() if run else start, start + 2, -1):
        if text[end - 1] in "司处科部室" and (
            pattern("structure", "after_unlisted_department").match(text, end)
            or titles.match(text, end)
            or (text[end : end + 1] in ("副", "原") and titles.match(text, end + 1))
        ):
            return end
    return start


def _parts(sentence: Sentence, start: int, end: int) -> Iterator[Fact]:
    """Yield each part of a name with its nearest whole: 某局某司某处 → 某局某司 → 某局."""
    text = sentence.view.text
    tidy = tidy_name(text[start:end])
    if not text.endswith(tidy, start, end) or debris_end(tidy):
        return
    start = end - len(tidy)
    while size := whole_length(text[start:end]):
        part = sentence.mention(start, end, EntityType.ORGANIZATION)
        end = start + size
        whole = sentence.mention(start, end, EntityType.ORGANIZATION)
        yield make_fact(sentence, part, "part_of", whole, {}, _DEPARTMENT, "structure.department")


def _stated(sentence: Sentence, discourse: Discourse) -> Iterator[tuple[Mention, Mention]]:
    """Yield the part and the whole where a verb or a noun tells that one belongs to the other."""
    text = sentence.view.text
    for match in pattern("structure", "belongs").finditer(text):
        part, whole = _before(text, match.start()), _behind(text, match.end())
        yield from _pair(sentence, discourse, part, whole)
    for match in pattern("structure", "is_part").finditer(text):
        part, whole = _before(text, match.start()), _before(text, match.end("whole"), match.start("whole"))
        yield from _pair(sentence, discourse, part, whole)
    for match in pattern("structure", "owned").finditer(text):
        whole, part = _before(text, match.start()), _behind(text, match.end())
        if part and part.start == match.end():
            yield from _pair(sentence, discourse, part, whole)


def _pair(
    sentence: Sentence, discourse: Discourse, part: Organization | None, whole: Organization | None
) -> Iterator[tuple[Mention, Mention]]:
    """Yield the mentions of a part and a whole, with the names that 公司 and 协会 stand for, if both have one."""
    if part is None or whole is None:
        return
    names = [discourse.resolve(one.text, sentence, one.start) for one in (part, whole)]
    if all(name and not is_generic(name) for name in names):
        first, second = (
            sentence.mention(one.start, one.end, EntityType.ORGANIZATION, name if name != one.text else "")
            for one, name in zip((part, whole), names, strict=True)
            if name
        )
        yield first, second


def _before(text: str, end: int, floor: int = 0) -> Organization | None:
    """Return the organisation that ends at a place, None if what stands there is not certain to be one."""
    floor = max(floor, *(text.rfind(mark, 0, end) + 1 for mark in _MARKS))
    found = organization_before(text, end, floor)
    if found is None or found.kind not in _CERTAIN:
        return None
    return Organization.of(text, found.start, found.start + len(strip_term(found.text)))


def _behind(text: str, start: int) -> Organization | None:
    """Return the first organisation behind a place in the same clause."""
    stops = [place for mark in _MARKS if (place := text.find(mark, start)) >= 0]
    found = organizations_in(text, start, min(stops, default=len(text)))
    return found[0] if found else None
