"""How well a string, and what stands before and after it, fit a person's name: scores in which 0 is a coin toss."""

from __future__ import annotations

import functools
import math
from collections.abc import Container, Iterator, Mapping

from kg.language.lexicon import ending_matcher, lookup, matcher, table, words
from kg.language.normalize import is_han
from kg.language.patterns import pattern
from kg.language.word_matcher import EndingMatcher

PUNCTUATION = frozenset("，。；：！？、（）“”‘’《》〈〉【】[]—…·|/ ")
# Forms of address and the like, which stand beside names.
_BEGIN_OTHER = ("先生", "女士", "同志", "博士", "硕士", "院士", "中国", "全国")
_END_OTHER = ("先生", "女士", "同志", "中国")
# A name of this length has two surnames; that costs it something.
_MARRIED, _TWO_SURNAMES = 4, 1.5
_USUAL_SURNAME = math.log(1 + 90)
# What the full name of a division ends with.
_LEVELS = "省市县区州盟旗镇乡"
# Words of the language that are no names although they begin like one.
_VOCABULARY = (
    "name_stop_words", "name_followers", "action_verbs", "adverbs", "boundary_words", "foreign_places"
)  # fmt: skip
_NOUNS = ("name_like_words", "departments", "organization_suffixes")


@functools.cache
def surnames() -> Mapping[str, float]:
    """Return surname → the logarithm of its frequency.

    >>> surnames()["王"] > surnames()["丁"]
    True
    """
    return {row["surface"]: math.log(1 + float(row["weight"])) for row in table("surnames")}


@functools.cache
def _given_name_scores() -> Mapping[str, float]:
    return {row["surface"]: (float(row["weight"]) - 2) / 4 for row in table("given_name_characters")}


@functools.cache
def _border_words(kind: str) -> frozenset[str]:
    return frozenset(words("name_borders", kind))


# Nobody's name begins with these words.
_ADDRESSES = ("先生", "女士", "同志")


@functools.cache
def _title_end() -> EndingMatcher:
    return EndingMatcher(words("titles", "head", "full", "role"), "(?:同志)?")


@functools.cache
def _stop_words() -> frozenset[str]:
    return frozenset(words("name_stop_words"))


@functools.cache
def _verbs_and_particles() -> frozenset[str]:
    return frozenset(word for name in _VOCABULARY for word in words(name) if len(word) >= 2)


@functools.cache
def _common_words() -> frozenset[str]:
    return _verbs_and_particles().union(word for name in _NOUNS for word in words(name) if len(word) >= 2)


def ends_with_boundary(text: str, floor: int, end: int) -> bool:
    """Say whether `text[floor:end]` ends with a word that may stand directly before a name.

    >>> ends_with_boundary("记者从", 0, 3)
    True
    """
    return ending_matcher("boundary_words").search(text, floor, end) is not None


def may_end_name(character: str) -> bool:
    """Say whether a character may end a name: particles follow names.

    >>> may_end_name("伟"), may_end_name("以")
    (True, False)
    """
    return is_han(character) and character not in _border_words("never_last")


def may_begin_name(character: str) -> bool:
    """Say whether a character may begin a name: 由 rather stands before one.

    >>> may_begin_name("王"), may_begin_name("由")
    (True, False)
    """
    return character not in _border_words("never_first")


def given_name_weight(character: str) -> float:
    """Return how usual a character is in names, Chinese or transliterated: negative for one that names do not have.

    >>> given_name_weight("伟") > 0 > given_name_weight("份")
    True
    """
    letters = lookup("minority_name_characters", "source")
    return 0.5 if character in letters and may_end_name(character) else _given_name_scores().get(character, -1.0)


@functools.lru_cache(maxsize=8192)
def name_score(surface: str) -> float | None:
    """Return how well a string fits a Chinese name on its own, None where it cannot be one.

    Args:
        surface: Normalised characters without spaces.

    >>> name_score("王倩") > name_score("高峰") > 0
    True
    >>> name_score("会议") is None
    True
    """
    if not 2 <= len(surface) <= 4 or not all(map(is_han, surface)):
        return None
    if surface[0] in _border_words("never_first") and surface[:2] not in surnames():
        return None
    if len(surface) == 3 and lookup("boundary_words", "kind").get(surface[:2]) == "verb":
        return None
    if len(surface) > 2 and surface[:2] in _ADDRESSES:
        # 某某先生和副总经理
        return None
    if len(surface) == _MARRIED and surface[:2] not in surnames() and surface[:2] not in _common_words():
        if min(surnames().get(character, 0.0) for character in surface[:2]) < _USUAL_SURNAME:
            return None
        # 冯叶秀兰: the husband's surname before the woman's own name.
        own_name = name_score(surface[1:])
        return own_name - _TWO_SURNAMES if own_name is not None and own_name > _TWO_SURNAMES else None
    double = len(surface) >= 3 and surface[:2] in surnames()
    family = surface[:2] if double else surface[:1]
    given = surface[len(family) :]
    if family not in surnames() or len(given) > 2 or _is_other_word(surface, given):
        return None
    known = _given_name_scores()
    if family in _border_words("conjunction") and (
        given[0] in _border_words("numeral") or any(known.get(character, -1.0) <= 0 for character in given)
    ):
        # 会长和朝廷: a conjunction, unless usual characters of given names follow.
        return None
    score = (surnames()[family] - 4.5) / 2.2 + (1.2 if double else 0.0)
    score += sum(known.get(character, -1.1) for character in given) / (1.0 if len(given) == 1 else 1.4)
    for adjustment in _adjustments(surface, given):
        score += adjustment
    return score


def _is_other_word(surface: str, given: str) -> bool:
    """Say whether a string is a place, a listed organisation or a word that nobody is called."""
    if surface in lookup("organizations", "canonical"):
        return True
    if surface.startswith(_BEGIN_OTHER) or surface.endswith(_END_OTHER):
        # 先生和, 博士进, 中国驻
        return True
    level = lookup("divisions", "level").get(surface)
    if level == "province" or (level is not None and surface[-1] in _LEVELS):
        return True
    if surface[0] in _border_words("conjunction") and given in lookup("foreign_places", "source"):
        # 和澳洲
        return True
    if surface not in _common_words():
        return False
    # 高峰 and 黎明 are words and names: usual characters of given names leave the question open.
    named = lookup("name_like_words", "kind").get(surface) in ("word", "place")
    if not named or surface in _verbs_and_particles():
        return True
    return surface in _stop_words()


def has_word_inside(surface: str) -> bool:
    """Say whether the given name of a name of three characters is a word of the language too (楼向前).

    >>> has_word_inside("楼向前"), has_word_inside("王小倩")
    (True, False)
    """
    return len(surface) == 3 and surface[1:] in _common_words() and may_end_name(surface[2])


def _adjustments(surface: str, given: str) -> Iterator[float]:
    """Yield what a name's length, words inside it and its last character add to its score."""
    common = _common_words()
    if len(given) == 2:
        yield 0.7
    if surface in common or surface in lookup("divisions", "level"):
        # 黄岩 is a district and may be a name.
        yield -1.2
    if given[-1] in _border_words("never_last"):
        # Particles follow names far more often than they end them.
        yield -1.8 if len(given) == 2 else -0.8
    if len(given) < 2:
        return
    if surface[:2] in common:
        # 保证|本公告 is a verb, 揭晓明 is a name all the same.
        usual = _given_name_scores().get(given[-1], -1.0) > 0.5
        yield -2.2 if surface[:2] in _verbs_and_particles() and not usual else -1.2
    if given in common and surface[0] in _border_words("conjunction"):
        # 和家长: a conjunction and a noun.
        yield -3.0
    if given in common:
        # 关企业: no character of the word is one that names are made of.
        usual = given in _border_words("given_word") or all(
            _given_name_scores().get(character, -1.0) > 0 for character in given
        )
        yield -1.0 if usual else -3.2 if given in _verbs_and_particles() else -2.2
    if given[-1] in _border_words("body_ending") or given[-1] in _border_words("counting"):
        yield -2.0


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
    if text[end] in _border_words("conjunction"):
        # A conjunction after a name is followed by a name, an organisation or a title, never by a verb.
        family = text[end + 1 : end + 2] in surnames() or text[end + 1 : end + 3] in surnames()
        people = pattern("names", "people").match(text, end + 1)
        return 0.5 if family or people or starts_body(text, end + 1) else -0.6
    if pattern("names", "visit").match(text, end):
        return 1.2
    match = matcher("name_followers").match(text, end)
    if match:
        if len(match.group()) >= 2:
            return 1.2
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
    if text[end + 1 : end + 2] in _border_words("aspect"):
        # 干了二十年: only a verb has a particle of aspect behind it.
        return 0.9
    listed = (matcher(name).match(text, end) for name in ("action_verbs", "adverbs"))
    if any(word is not None and len(word.group()) >= 2 for word in listed):
        return 0.8
    if (word := matcher("boundary_words").match(text, end)) and word.group() != "前":
        return 0.5
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
    """Say whether a surname is left out: it alone stands between a title or verb and `start` (总经理查|于明)."""
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
    if text[start:end] in _common_words():
        return False
    if start > floor and text[start] in _border_words("verb_too"):
        # 曾在某校任物理教授
        return text[start - 1] in PUNCTUATION
    return True


def ends_like_surname(text: str, start: int) -> bool:
    """Say whether the surname at `start` is the end of a word (聘任, 主任), not a surname.

    >>> ends_like_surname("聘任张三", 1)
    True
    """
    return text[start - 1 : start + 1] in _border_words("ends_like_surname")


def ends_word(text: str, start: int) -> bool:
    """Say whether the surname at `start` is far more often the end of a word (裁判员) where a character precedes it.

    >>> ends_word("裁判员和", 2), ends_word("，员和", 1)
    (True, False)
    """
    return text[start] in _border_words("word_end") and start > 0 and is_han(text[start - 1])


def begins_former_post(text: str, start: int) -> bool:
    """Say whether 原 at `start` tells a former post (原财务总监, 原市财政局局长) and is no surname.

    >>> begins_former_post("原财务总监", 0), begins_former_post("原洪波到会", 0)
    (True, False)
    """
    if not text.startswith("原", start):
        return False
    title = matcher("titles", "head", "full", "modifier", "body").match(text, start + 1)
    return title is not None or starts_body(text, start + 1)
