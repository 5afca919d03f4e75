"""Facts of the relations that a user has declared (`--patterns`), by regular expressions over mentions."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.language.tries import trie_pattern
from kg.relations.base import Reading, make_fact, relation
from kg.relations.declaration import DeclaredRelation
from kg.relations.declared_qualifiers import Scope, find_qualifiers
from kg.relations.mention_finders import MentionFinder
from kg.relations.mention_masks import MaskedText, Span, mask, template_expression
from kg.relations.required_words import required_words
from kg.types import EntityType, Fact

# Between the ends of a symmetric relation: all of one list are joined with one another.
_SAME_LIST = re.compile(r"、|和|及|以及|暨")

Pair = tuple[Span, Span]

_in_use: tuple[DeclaredRelation, ...] = ()


def set_declared_relations(relations: Sequence[DeclaredRelation]) -> None:
    """Let extraction look for other declared relations than before, or for none."""
    global _in_use
    _in_use = tuple(relations)


@dataclass(frozen=True, slots=True)
class _Found:
    """One match in a sentence: the ends that it joins, where its qualifiers may stand, and its status."""

    pairs: tuple[Pair, ...]
    scope: Scope
    status: str


# The name sorts behind those of the built-in families: they must not find other facts because this one asks for theirs.
@relation("user_relations")
def user_relations(reading: Reading) -> Iterator[Fact]:
    """Yield the facts of the declared relations in use."""
    if not _in_use:
        return
    finder = MentionFinder(reading)
    for sentence in reading.sentences:
        for declared in _in_use:
            yield from _facts(reading, sentence, declared, finder)


@functools.cache
def _expressions(declared: DeclaredRelation) -> tuple[re.Pattern[str], ...]:
    ends = declared.subject, declared.object
    return tuple(
        re.compile(template_expression(pattern, *ends, symmetric=declared.symmetric)) for pattern in declared.patterns
    )


@functools.cache
def _trigger(declared: DeclaredRelation) -> re.Pattern[str] | None:
    """Return what a sentence must have for any pattern to match; None if a pattern matches without a certain word."""
    words = [required_words(pattern) for pattern in declared.patterns]
    return re.compile(trie_pattern(word for listed in words for word in listed)) if all(words) else None


def _facts(reading: Reading, sentence: Sentence, declared: DeclaredRelation, finder: MentionFinder) -> Iterator[Fact]:
    text = sentence.view.text
    trigger = _trigger(declared)
    if trigger is not None and not trigger.search(text):
        return
    types = dict.fromkeys((declared.subject, declared.object))
    spans = [span for kind in types for span in finder.spans(sentence, kind)]
    spans = [span for span in spans if _fits(text[span.start : span.end], span.type, declared)]
    if {span.type for span in spans} != set(types):
        return
    masked = mask(text, spans, with_brackets=not any("（" in pattern for pattern in declared.patterns))
    done: set[Pair] = set()
    for found in _matches(text, masked, declared):
        for subject, object_ in found.pairs:
            pair = (object_, subject) if declared.symmetric and subject.start > object_.start else (subject, object_)
            if pair in done or text[subject.start : subject.end] == text[object_.start : object_.end]:
                continue
            done.add(pair)
            qualifiers = find_qualifiers(sentence, declared, found.scope, object_, reading.document.published)
            yield make_fact(
                sentence,
                sentence.mention(pair[0].start, pair[0].end, declared.subject),
                declared.name,
                sentence.mention(pair[1].start, pair[1].end, declared.object),
                {**qualifiers, "status": found.status},
                declared.confidence,
                f"declared.{declared.name}",
            )


def _fits(surface: str, kind: EntityType, declared: DeclaredRelation) -> bool:
    """Say whether a mention may stand for one of the placeholders of its type."""
    filters = [
        expression
        for end, expression in ((declared.subject, declared.subject_text), (declared.object, declared.object_text))
        if end is kind
    ]
    return any(expression is None or re.search(expression, surface) for expression in filters)


def _matches(text: str, masked: MaskedText, declared: DeclaredRelation) -> list[_Found]:
    """Return the matches of all patterns, left to right, with the stretches that belong to each."""
    matches = [match for expression in _expressions(declared) for match in expression.finditer(masked.text)]
    matches.sort(key=lambda match: (match.start(), -match.end()))
    result = []
    for match in matches:
        status = _status(masked.text, match)
        if status is not None:
            scope = Scope(*(masked.places[place] for place in _scope(masked.text, match, matches)))
            result.append(_Found(_pairs(text, masked, match, declared), scope, status))
    return result


def _scope(text: str, match: re.Match[str], matches: Sequence[re.Match[str]]) -> tuple[int, int, int]:
    """Return where the match or clause before ends, where the second end of this match begins, and what comes next."""
    second = _second_end(match)
    # 甲与乙签署《…》，并与丙签署《…》: the second match begins with 甲 too; what is its own begins at 丙.
    following = [max(other.start(), _second_end(other) if other.start() < match.end() else 0) for other in matches]
    after = min((place for place in following if place >= match.end()), default=len(text))
    clause = re.compile(r"[。；！？]").search(text, match.end(), after)
    ended = max((other.end() for other in matches if other.end() <= second), default=0)
    first = max(ended, *(text.rfind(mark, 0, second) + 1 for mark in "。；！？"))
    return first, second, clause.start() if clause else after


def _second_end(match: re.Match[str]) -> int:
    return max(match.start("subject"), match.start("object"))


def _status(text: str, match: re.Match[str]) -> str | None:
    """Return `achieved`, or `planned` for what is yet to come; None if it is denied, doubted or asked."""
    start = min(match.start("subject"), match.start("object"))
    before = re.split(r"[，。；]", text[max(0, start - 40) : start])[-1]
    inside = text[start : match.end()]
    after = text[match.end() :].split("；")[0]
    if (
        pattern("user_relations", "denied_inside").search(inside)
        or pattern("user_relations", "denied_before").search(before)
        or pattern("user_relations", "denied_after").search(after)
    ):
        return None
    return "planned" if pattern("user_relations", "planned").search(before + inside) else "achieved"


def _pairs(text: str, masked: MaskedText, match: re.Match[str], declared: DeclaredRelation) -> tuple[Pair, ...]:
    """Return the pairs of ends: each subject with each object; in a symmetric relation, all of one list."""
    ends = {
        group: [
            span
            for span in masked.listed(match, group)
            if expression is None or re.search(expression, text[span.start : span.end])
        ]
        for group, expression in (("subject", declared.subject_text), ("object", declared.object_text))
    }
    if declared.symmetric:
        first, last = sorted(ends, key=match.start)
        between = match.string[match.end(first) : match.start(last)]
        if between == "、" or (_SAME_LIST.fullmatch(between) and len(match[last]) == 1):
            return tuple(combinations((*ends[first], *ends[last]), 2))
    return tuple(product(ends["subject"], ends["object"]))
