"""How well what stands before and after a string fits a person's name: scores in which 0 is a coin toss."""

from __future__ import annotations

import functools
from collections.abc import Container

from kg.language.lexicon import ending_matcher, lookup, matcher, words
from kg.language.name_scores import PUNCTUATION, border_words, common_words, surnames
from kg.language.normalize import is_han
from kg.language.patterns import pattern
from kg.language.word_matcher import EndingMatcher


@functools.cache
def _title_end() -> EndingMatcher:
    return EndingMatcher(words("titles", "head", "full", "role"), "(?:同志)?")


def ends_with_boundary(text: str, floor: int, end: int) -> bool:
    """Say whether `text[floor:end]` ends with a word that may stand directly before a name.

    >>> ends_with_boundary("记者从", 0, 3)
    True
    """
    return ending_matcher("boundary_words").search(text, floor, end) is not None


def follower_score(text: str, end: int, confirmed: Container[str] = ()) -> float:
    """Return how well the characters after `end` fit as the continuation after a name.

    Args:
        text: The normalised characters of a sentence.
        end: Where the name ends.
        confirmed: Names that the document has confirmed.

    >>> follower_score("张三出席会议", 2) > 0 > follower_score("张三丰出席", 2)
    True
    """
    if end >= len(text) or text[end] in PUNCTUATION:
        return 1.2
    if not is_han(text[end]):
        return 0.5
    if pattern("positions", "honorific").match(text, end):
        return 1.2
    if text[end] in border_words("conjunction"):
        # A conjunction after a name is followed by a name, an organisation or a title, never by a verb.
        family = text[end + 1 : end + 2] in surnames() or text[end + 1 : end + 3] in surnames()
        people = pattern("names", "people").match(text, end + 1)
        return (
            0.5 if family or people or starts_body(text, end + 1) or text[end + 1 : end + 2] in ("他", "她") else -0.6
        )
    if pattern("names", "visit").match(text, end):
        return 1.2
    match = matcher("name_followers").match(text, end)
    if match:
        if len(match.group()) >= 2:
            # 史可为|指出: nobody's 为 stands before a verb of speaking.
            return 2.8 if pattern("names", "last_before_speech").match(text, end - 1) else 1.2
        if _straddled(text, end):
            # 司马青|正在: the last character would begin a word that follows names.
            return -1.2
        if text[end + 1 : end + 2] in ("", *PUNCTUATION) and lookup("name_followers", "kind")[match.group()] != "verb":
            # 朱宏|均、: a particle does not end a clause.
            return -1.0
        if match.group() in ("任", "作", "做", "卖", "买") and text[end + 1 : end + 2] in ("、", "和"):
            # 朱宏任、王晓明: the list of names goes on.
            return -1.0
        # One character verbs and particles (说, 在, 任) also begin other words and given names.
        return 0.7 if lookup("name_followers", "kind")[match.group()] == "verb" else 0.5
    if matcher("titles", "head", "full", "modifier").match(text, end):
        return 0.9
    if text[end + 1 : end + 2] in border_words("aspect"):
        # 干了二十年: only a verb has a particle of aspect behind it; 叶明拿|出了: cut in the middle of the verb.
        return 0.0 if _straddled(text, end) else 0.9
    listed = (matcher(name).match(text, end) for name in ("action_verbs", "adverbs"))
    if any(word is not None and len(word.group()) >= 2 for word in listed):
        return 0.8
    if (word := matcher("boundary_words").match(text, end)) and word.group() != "前":
        # 刘颖应|邀: the character before begins a longer word.
        return -1.2 if len(word.group()) == 1 and _straddled(text, end) else 0.5
    if text[end : end + 2] in confirmed or text[end : end + 3] in confirmed:
        return 0.5
    # 袁恪|应邀: the last character would begin a word that follows names.
    return -1.6 if _straddled(text, end) else -1.0


def _straddled(text: str, end: int) -> bool:
    """Say whether the character before `end` begins an adverb or verb that follows names."""
    word = matcher("name_followers").match(text, end - 1)
    return word is not None and len(word.group()) >= 2


def starts_body(text: str, start: int) -> bool:
    """Say whether an organisation may begin at a place: a listed one, or one named by its place or level.

    >>> starts_body("市财政局", 0), starts_body("表示", 0)
    (True, False)
    """
    if matcher("organizations").match(text, start):
        return True
    if matcher("divisions").match(text, start):
        return True
    return text.startswith(("中国", "全国", "国家", "省", "市", "县", "区"), start)


def preceding_score(
    text: str, start: int, floor: int = 0, ends: frozenset[int] = frozenset(), confirmed: Container[str] = ()
) -> float:
    """Return how well the characters before `start` fit as what stands before a name.

    Args:
        text: The normalised characters of a sentence.
        start: Where the name begins.
        floor: Where the last name, title or separator ended.
        ends: The borders of words in `text`.
        confirmed: Names that the document has confirmed.

    >>> preceding_score("会长张三", 2) > 0 > preceding_score("红石张三", 2)
    True
    """
    if start in (floor, 0) or text[start - 1] in PUNCTUATION:
        return 1.2
    if _title_end().search(text, max(floor, start - 8), start):
        return 1.2
    if _is_cut(text, floor, start):
        return -2.0
    if ends_with_boundary(text, max(floor, start - 6), start):
        return 0.7
    if any(text[start - size : start] in confirmed for size in (2, 3)):
        return 0.5
    match = matcher("action_verbs").match(text, start - 2)
    if match and match.end() == start:
        return 0.5
    return -0.6 if start in ends else -1.3


def _is_cut(text: str, floor: int, start: int) -> bool:
    """Say whether the surname is left out: it alone stands between a title or verb and `start` (总经理查|于明)."""
    if text[start - 1] not in surnames() or start - 1 <= floor:
        return False
    if _title_end().search(text, max(floor, start - 9), start - 1):
        return True
    before = ending_matcher("boundary_words").search(text, max(floor, start - 7), start - 1)
    return before is not None and len(before.group()) > 1


def may_stand_before_title(text: str, start: int, end: int, floor: int = 0) -> bool:
    """Say whether a name that nothing else confirms may be one before a title (张三会长), not a word (环保署长).

    Args:
        text: The normalised characters of a sentence.
        start: Where the name begins.
        end: Where it ends.
        floor: Where the last name, title or separator ended.

    >>> may_stand_before_title("王倩会长", 0, 2), may_stand_before_title("环保署长", 0, 2)
    (True, False)
    """
    if text[start:end] in common_words():
        return False
    if start > floor and text[start] in border_words("verb_too"):
        # 曾在某校任物理教授
        return text[start - 1] in PUNCTUATION
    return True


def ends_like_surname(text: str, start: int) -> bool:
    """Say whether the surname at `start` is the end of a word (聘任, 主任), not a surname.

    >>> ends_like_surname("聘任张三", 1)
    True
    """
    return text[start - 1 : start + 1] in border_words("ends_like_surname")


def ends_word(text: str, start: int) -> bool:
    """Say whether the surname at `start` is far more often the end of a word (裁判员) where a character precedes it.

    >>> ends_word("裁判员和", 2), ends_word("，员和", 1)
    (True, False)
    """
    return text[start] in border_words("word_end") and start > 0 and is_han(text[start - 1])


def begins_former_post(text: str, start: int) -> bool:
    """Say whether 原 at `start` tells a former post (原财务总监, 原市财政局局长) and is no surname.

    >>> begins_former_post("原财务总监", 0), begins_former_post("原洪波到会", 0)
    (True, False)
    """
    if not text.startswith("原", start):
        return False
    title = matcher("titles", "head", "full", "modifier", "body").match(text, start + 1)
    return title is not None or starts_body(text, start + 1)
