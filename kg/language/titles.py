"""Titles: the words that name a post, with their modifiers and the words that tell its status."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from kg.language.lexicon import ending_matcher, lookup, matcher, words
from kg.language.name_scores import PUNCTUATION, name_score
from kg.language.word_matcher import EndingMatcher

# What scores more is a usual name.
_USUAL_NAME = 1.5
_STATUSES = ("former", "appointed", "candidate", "current")


@dataclass(frozen=True, slots=True)
class Title:
    """A title in a view.

    Args:
        start: The view offset of its first character, status words left out.
        end: The view offset after its last character.
        text: Its normalised characters.
        outer: The offset from which the status word (原, 时任) counts.
        status: `current`, `appointed`, `former`, `removed` or `candidate`.
        weak: Whether the word also has other readings (代表, 专家) and needs an organisation before it.
    """

    start: int
    end: int
    text: str
    outer: int
    status: str
    weak: bool


@functools.cache
def inner_bodies() -> frozenset[str]:
    """Return the bodies inside an organisation (工会, 团委): modifiers of a title if a company or school stands before.

    >>> "工会" in inner_bodies()
    True
    """
    return frozenset(words("inner_bodies", "body"))


@functools.cache
def _modifier_end() -> EndingMatcher:
    # 总 belongs to words of its own (总会会长), inner bodies need an owner.
    plain = set(words("titles", "modifier")) - inner_bodies() - {"总"}
    return EndingMatcher(plain)


@functools.cache
def _status_end() -> EndingMatcher:
    return EndingMatcher(words("status_words", *_STATUSES), "的?")


def status_before(text: str, end: int, floor: int = 0) -> tuple[int, str]:
    """Return where a status word that ends at `end` begins, and the status it tells; (`end`, `current`) if none does.

    Args:
        text: The normalised characters of a sentence.
        end: Where the status word must end.
        floor: The first place at which it may begin.

    >>> status_before("某局原局长", 3)
    (2, 'former')
    """
    match = _status_end().search(text, max(floor, end - 6), end)
    kinds = lookup("status_words", "kind")
    if not match or kinds.get(text[max(0, match.start() - 1) : end]) == "other_word":
        return end, "current"
    word = match.group()
    return match.start(), kinds[word if word in kinds else word.removesuffix("的")]


@functools.lru_cache(maxsize=2048)
def find_titles(text: str) -> tuple[Title, ...]:
    """Return the titles in normalised text, left to right, without overlaps.

    Args:
        text: The normalised characters of a sentence.

    >>> [title.text for title in find_titles("某公司党委副书记、总经理张三到会,会长单位参加")]
    ['党委副书记', '总经理']
    """
    heads = matcher("titles", "head", "full", "not_title")
    kinds, domains = lookup("titles", "kind"), lookup("titles", "domain")
    result: list[Title] = []
    floor = position = 0
    while match := heads.search(text, position):
        word: str | None = match.group()
        position = match.start() + 1
        if kinds[match.group()] == "not_title":
            word = _head_before_double_surname(match.group(), text, match.start())
            position = match.end() if word is None else position
        if word is None or _continues(text, match.start() + len(word)):
            continue
        end = match.start() + len(word)
        start = _with_modifiers(text, match.start(), floor)
        outer, status = status_before(text, start, floor)
        if status == "current":
            status = _own_status(text[start:end])
        result.append(Title(start, end, text[start:end], outer, status, "weak" in domains[word]))
        floor = position = end
    return tuple(result)


def _own_status(title: str) -> str:
    """Return the status that a title's own first modifier tells (候任会长)."""
    kinds = lookup("status_words", "kind")
    word = next((title[:size] for size in (3, 2) if kinds.get(title[:size]) in _STATUSES), "")
    return kinds.get(word, "current")


def _continues(text: str, end: int) -> bool:
    """Say whether the head that ends at `end` is part of a body's name (秘书处) or of a longer word (城市长期)."""
    if lookup("title_borders", "kind").get(text[end : end + 1]) == "body_tail":
        return True
    return matcher("title_borders", "word_with_head").match(text, end - 1) is not None


def _head_before_double_surname(word: str, text: str, start: int) -> str | None:
    """Return the title inside a compound that is none where a name follows (副主席令狐昭明; 秘书长国金凤)."""
    kinds = lookup("titles", "kind")
    named = text[start + len(word) - 1 : start + len(word) + 2]
    if word[-1] == "国" and kinds.get(word[:-1]) in ("head", "full") and (name_score(named) or 0) > _USUAL_NAME:
        # 秘书长国金凤、: the surname, not a country.
        return word[:-1] if text[start + len(word) + 2 : start + len(word) + 3] in ("", *PUNCTUATION) else None
    for size in range(len(word) - 1, 1, -1):
        following = text[start + size : start + size + 2]
        if (
            kinds.get(word[:size]) in ("head", "full")
            and len(following) == 2
            and following in lookup("surnames", "weight")
        ):
            return word[:size]
    return None


def _with_modifiers(text: str, start: int, floor: int) -> int:
    """Return where the modifiers of a head that begins at `start` begin."""
    start = _before_modifiers(text, start, floor)
    body = ending_matcher("inner_bodies", "body").search(text, max(floor, start - 4), start)
    if body and ending_matcher("inner_bodies", "owner").search(text, max(floor, start - 14), body.start()):
        return _before_modifiers(text, body.start(), floor)
    return start


def _before_modifiers(text: str, start: int, floor: int) -> int:
    kinds = lookup("title_borders", "kind")
    while match := _modifier_end().search(text, max(floor, start - 8), start):
        if len(match.group()) == 1 and kinds.get(text[max(0, match.start() - 1) : start]) == "word_with_modifier":
            # 宁德时代董事长: the modifier is the end of another word.
            break
        start = match.start()
    return start
