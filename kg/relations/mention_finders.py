"""Where a sentence mentions entities of a type: what the placeholders of declared relations may stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from kg.language.lexicon import matcher
from kg.language.normalize import make_view
from kg.language.patterns import pattern
from kg.language.quantities import Quantity, find_quantities
from kg.language.sentences import Sentence
from kg.language.tries import trie_pattern
from kg.relations.base import Reading
from kg.relations.discourse import is_generic
from kg.relations.free_organizations import free_organizations
from kg.relations.mention_masks import Span
from kg.types import EntityType

_NOT_COUNTED = frozenset({"date", "age", "ordinal", "bare", "time"})


class MentionFinder:
    """Finds the mentions of one document; what its facts name is looked for in all of its sentences.

    Args:
        reading: The document; the facts of its built-in relations are extracted if they have not been.

    >>> from kg.relations.base import extract_facts
    >>> from kg.types import Document
    >>> reading = Reading.of(Document("a", "红石市总工会主席王倩到会。王倩访问教育部。"))
    >>> _ = list(extract_facts(reading))
    >>> [(span.start, span.end) for span in MentionFinder(reading).spans(reading.sentences[1], EntityType.PERSON)]
    [(0, 2)]
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._patterns: dict[EntityType, re.Pattern[str] | None] = {}

    def spans(self, sentence: Sentence, kind: EntityType) -> Iterator[Span]:
        """Yield the mentions of a type in a sentence's view, in no particular order; they may overlap."""
        text = sentence.view.text
        titles = [match.span() for match in pattern("user_relations", "document").finditer(text)]
        for span in _FINDERS[kind](self, sentence):
            # 《甲乙合作协议》 names a document; the bodies in its title are not said to do anything.
            if kind is EntityType.NOTICE or not any(left < span.end and span.start < right for left, right in titles):
                yield span

    def _named(self, sentence: Sentence, kind: EntityType) -> Iterator[Span]:
        """Yield the places at which a sentence says a name that facts of the document give."""
        if kind not in self._patterns:
            names = sorted(set(_NAMES_OF[kind](self._reading)))
            self._patterns[kind] = re.compile(trie_pattern(names)) if names else None
        expression = self._patterns[kind]
        if expression is not None:
            for match in expression.finditer(sentence.view.text):
                yield _span(*match.span(), kind)

    def _persons(self, sentence: Sentence) -> Iterator[Span]:
        yield from self._named(sentence, EntityType.PERSON)

    def _organizations(self, sentence: Sentence) -> Iterator[Span]:
        name_ends = [name.end for name in self._named(sentence, EntityType.PERSON)]
        for start, end in free_organizations(sentence.view.text, self._reading.ends(sentence), name_ends):
            yield _span(start, end, EntityType.ORGANIZATION)
        yield from self._named(sentence, EntityType.ORGANIZATION)

    def _notices(self, sentence: Sentence) -> Iterator[Span]:
        for match in pattern("user_relations", "document").finditer(sentence.view.text):
            yield Span(match.start("name"), match.end("name"), EntityType.NOTICE, *match.span())

    def _places(self, sentence: Sentence) -> Iterator[Span]:
        """Yield divisions, those of several levels in a row as one (河南省洛阳市)."""
        division = matcher("divisions")
        text = sentence.view.text
        first: int | None = None
        end = position = 0
        while position < len(text):
            match = division.match(text, position)
            if match is None or len(match.group()) < 2:
                position += 1
                continue
            if first is not None and match.start() != end:
                yield _span(first, end, EntityType.PLACE)
                first = None
            first = match.start() if first is None else first
            end = position = match.end()
        if first is not None:
            yield _span(first, end, EntityType.PLACE)
        yield from self._named(sentence, EntityType.PLACE)

    def _events(self, sentence: Sentence) -> Iterator[Span]:
        yield from self._named(sentence, EntityType.EVENT)

    def _metrics(self, sentence: Sentence) -> Iterator[Span]:
        for found in measured(sentence.view.text):
            yield _span(found.lead, found.end, EntityType.METRIC)


def measured(text: str) -> Iterator[Quantity]:
    """Yield the quantities in normalised text that count or measure something (dates, ages and ordinals do not).

    >>> [quantity.unit for quantity in measured("6月17日，投资5亿元建设3个项目")]
    ['亿元', '个']
    """
    for found in find_quantities(text):
        if found.kind not in _NOT_COUNTED and (found.unit or found.kind == "ratio"):
            yield found


def _span(start: int, end: int, kind: EntityType) -> Span:
    return Span(start, end, kind, start, end)


def _persons_of(reading: Reading) -> Iterator[str]:
    for fact in reading.facts("holds"):
        if fact.predicate == "holds":
            name = _normalized(fact.subject.name)
            yield name
            # The view keeps the space that typesetting puts into a name of two characters (王　倩).
            if len(name) == 2:
                yield f"{name[0]} {name[1]}"


def _organizations_of(reading: Reading) -> Iterator[str]:
    for fact in (*reading.facts("holds"), *reading.facts("issues")):
        if fact.subject.start == fact.object.start:
            # 会长张三: the organisation is not named here, its mention is that of the title.
            continue
        for mention in (fact.subject, fact.object):
            name = _normalized(mention.text)
            if mention.type is EntityType.ORGANIZATION and len(name) >= 3 and not is_generic(name):
                yield name


def _places_of(reading: Reading) -> Iterator[str]:
    for fact in reading.facts("events"):
        if fact.predicate == "held_at":
            yield _normalized(fact.object.text)


def _events_of(reading: Reading) -> Iterator[str]:
    for fact in reading.facts("events"):
        for mention in (fact.subject, fact.object):
            if mention.type is EntityType.EVENT:
                yield _normalized(mention.name)


def _normalized(name: str) -> str:
    return make_view(name, 0, len(name)).text.replace(" ", "")


_NAMES_OF: Mapping[EntityType, Callable[[Reading], Iterable[str]]] = {
    EntityType.PERSON: _persons_of,
    EntityType.ORGANIZATION: _organizations_of,
    EntityType.PLACE: _places_of,
    EntityType.EVENT: _events_of,
}
_FINDERS: Mapping[EntityType, Callable[[MentionFinder, Sentence], Iterator[Span]]] = {
    EntityType.PERSON: MentionFinder._persons,
    EntityType.ORGANIZATION: MentionFinder._organizations,
    EntityType.NOTICE: MentionFinder._notices,
    EntityType.PLACE: MentionFinder._places,
    EntityType.EVENT: MentionFinder._events,
    EntityType.METRIC: MentionFinder._metrics,
}
