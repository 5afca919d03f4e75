"""How well a string, and what stands before and after it, fit a person's name: scores in which 0 is a coin toss."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Mapping

from kg.language.lexicon import lookup, table, words
from kg.language.normalize import is_han

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
def border_words(kind: str) -> frozenset[str]:
    """Return the characters of one kind in the table of borders of names.

    >>> "和" in border_words("conjunction")
    True
    """
    return frozenset(words("name_borders", kind))


# Nobody's name begins with these words.
_ADDRESSES = ("先生", "女士", "同志")


@functools.cache
def _stop_words() -> frozenset[str]:
    return frozenset(words("name_stop_words"))


@functools.cache
def _verbs_and_particles() -> frozenset[str]:
    return frozenset(word for name in _VOCABULARY for word in words(name) if len(word) >= 2)


@functools.cache
def common_words() -> frozenset[str]:
    """Return the words of the language that are no names, or not only names.

    >>> "担任" in common_words()
    True
    """
    return _verbs_and_particles().union(word for name in _NOUNS for word in words(name) if len(word) >= 2)


def may_end_name(character: str) -> bool:
    """Say whether a character may end a name: particles follow names.

    >>> may_end_name("伟"), may_end_name("以")
    (True, False)
    """
    return is_han(character) and character not in border_words("never_last")


def may_begin_name(character: str) -> bool:
    """Say whether a character may begin a name: 由 rather stands before one.

    >>> may_begin_name("王"), may_begin_name("由")
    (True, False)
    """
    return character not in border_words("never_first")


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
    if surface[0] in border_words("never_first") and surface[:2] not in surnames():
        return None
    if len(surface) == 3 and lookup("boundary_words", "kind").get(surface[:2]) == "verb":
        return None
    if surface[0] == "任" and surface[1:] in lookup("generic_bodies", "endings"):
        # 某某任中心主任
        return None
    if len(surface) > 2 and surface[:2] in _ADDRESSES:
        # 某某先生和副总经理
        return None
    if len(surface) >= 3 and surface[1] == "氏" and surface[0] in surnames():
        # 阮氏清河: a woman of Vietnam.
        return name_score(surface[0] + surface[2:])
    if len(surface) == _MARRIED and surface[:2] not in surnames() and surface[:2] not in common_words():
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
    if family in border_words("conjunction") and (
        given[0] in border_words("numeral") or any(known.get(character, -1.0) <= 0 for character in given)
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
    particle = surface[0] in border_words("conjunction") or surface[0] in border_words("verb_too")
    if particle and given in lookup("foreign_places", "source"):
        # 和澳洲, 向智利
        return True
    if surface not in common_words():
        return False
    # 高峰 and 黎明 are words and names: usual characters of given names leave the question open.
    named = lookup("name_like_words", "kind").get(surface) in ("word", "place")
    if not named or surface in _verbs_and_particles():
        return True
    return surface in _stop_words()


def may_be_called(word: str) -> bool:
    """Say whether somebody may be called by a word that is also one of the language (高峰): it is no verb or particle.

    >>> may_be_called("高峰"), may_be_called("同时")
    (True, False)
    """
    return word not in _verbs_and_particles() and min(map(given_name_weight, word[1:])) > 0 and may_begin_name(word[0])


def has_word_inside(surface: str) -> bool:
    """Say whether the given name of a name of three characters is a word of the language too (楼向前).

    >>> has_word_inside("楼向前"), has_word_inside("王小倩")
    (True, False)
    """
    return len(surface) == 3 and surface[1:] in common_words() and may_end_name(surface[2])


def _adjustments(surface: str, given: str) -> Iterator[float]:
    """Yield what a name's length, words inside it and its last character add to its score."""
    common = common_words()
    if len(given) == 2:
        yield 0.7
    if surface in common or surface in lookup("divisions", "level"):
        # 黄岩 is a district and may be a name.
        yield -1.2
    if given[-1] in border_words("never_last"):
        # Particles follow names far more often than they end them.
        yield -1.8 if len(given) == 2 else -0.8
    if len(given) < 2:
        return
    if surface[:2] in common:
        # 保证|本公告 is a verb, 揭晓明 is a name all the same.
        usual = _given_name_scores().get(given[-1], -1.0) > 0.5
        yield -2.2 if surface[:2] in _verbs_and_particles() and not usual else -1.2
    if given in common and surface[0] in border_words("conjunction"):
        # 和家长: a conjunction and a noun.
        yield -3.0
    if given in common:
        # 关企业: no character of the word is one that names are made of.
        usual = given in border_words("given_word") or all(
            _given_name_scores().get(character, -1.0) > 0 for character in given
        )
        yield -1.0 if usual else -3.2 if given in _verbs_and_particles() else -2.2
    if given[-1] in border_words("body_ending") or given[-1] in border_words("counting"):
        yield -2.0
