"""Nouns around quantities: what is counted, before a number, behind it, or in the clause before."""

from __future__ import annotations

import re

from kg.language.lexicon import matcher
from kg.language.patterns import pattern
from kg.relations.governing_verbs import Span
from kg.relations.metric_words import is_nominal, noun_end, verbs

# What ends a clause around a number.
STOPS = "，；：。！？（）"

_LEADING_WORDS = pattern("metrics", "leading_words")
_TRAILING_FILLERS = pattern("metrics", "trailing_fillers")
_BEFORE_LISTED_TITLE = pattern("metrics", "before_listed_title")
_BEFORE_PLANNED = pattern("metrics", "before_planned")
_NOUN_AFTER_NUMBER = pattern("metrics", "noun_after_number")
_NOT_A_NOUN = pattern("metrics", "not_a_noun")
_BEHIND_VERB_IN_NOUN = pattern("metrics", "behind_verb_in_noun")
_NOUN_TAIL = pattern("metrics", "noun_tail")
_REQUIRED = pattern("metrics", "required")
_COMPARISON = pattern("metrics", "comparison")
# Verbs that are as often the end of a noun (行业|组织).
_ALSO_NOUNS = frozenset(("组织", "报告", "投资", "收藏", "贡献", "项目", "提案", "发明", "编制"))
_MODIFIER_END = pattern("metrics", "modifier_end")
# Nouns of one character that are counted.
_PREDICATE = pattern("metrics", "predicate")
SHORT_NOUNS = frozenset("村县镇乡市区校州户人岗园站点馆厂店院班组队寨旗")
_BEFORE_PERIOD = pattern("metrics", "before_period")
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_NUMBER = re.compile(r"\d|[一二三四五六七八九十][万亿千百]|百分之")
_DIGIT = re.compile(r"\d")
_OBJECT = re.compile(r"了?([\u4e00-\u9fff]{2,12})")
_NUMBERED = re.compile(r"的(?=\d)")
_WORDS_WITH_MIDDLE = frozenset(("初中", "高中", "集中", "空中", "途中", "完中", "职中"))
_LONGEST_BRACKET = 24
_LONGEST_PREVIOUS_NOUN = 24


def clause_start(text: str, place: int) -> int:
    """Return where the clause around an offset begins; a bracket closed before it (生产总值（GDP）) does not begin one.

    >>> clause_start("全年，生产总值（GDP）5亿元", 12)
    3
    """
    while place > 0:
        character = text[place - 1]
        if character == "）":
            opening = text.rfind("（", 0, place)
            if opening < 0 or place - opening > _LONGEST_BRACKET:
                return place
            place = opening
        elif character in STOPS:
            return place
        else:
            place -= 1
    return 0


def without_fillers(text: str, start: int, end: int) -> int:
    """Return where `text[start:end]` ends when the fillers at its end are left out.

    >>> without_fillers("营业收入同比", 0, 6)
    4
    """
    fillers = _TRAILING_FILLERS.search(text, start, end)
    return fillers.start() if fillers else end


def noun_between(text: str, start: int, end: int) -> Span | None:
    """Return the noun in `text[start:end]` without the words that only lead to it or follow it, None if none is left.

    >>> noun_between("其中营业收入同比", 0, 8)
    (2, 6)
    """
    compared = _COMPARISON.search(text, start, end)
    end = without_fillers(text, start, compared.start() if compared else end)
    start = _skip(_BEFORE_LISTED_TITLE, text, start, end)
    start = _skip(_BEFORE_PLANNED, text, start, end)
    start = _skip(_BEFORE_PERIOD, text, start, end)
    if text[end - 1 : end] == "）" and (opening := text.rfind("（", start, end)) > start + 1:
        # 业务收入（不包括…）: the bracket only explains the noun.
        end = opening
    while True:
        leading = _LEADING_WORDS.match(text[start:end])
        first = start + leading.end() if leading else start
        listed = matcher("metric_nouns").match(text, start, end) if leading else None
        if listed and listed.end() > first:
            # 一般|公共预算收入: the first word belongs to the noun.
            first = start
        if leading and end == first and _REQUIRED.search(leading.group()):
            # 干燥指数要求|提高8%
            return (start, end) if end - start > 2 else None
        if end - first == 1 and text[first] in "率值量额数度":
            # 成功|率
            first = start
        after = without_fillers(text, first, end)
        if (first, after) == (start, end):
            start, end = _with_marks(text, start, end)
            return (start, end) if end - start >= 2 and _HAN.search(text, start, end) else None
        start, end = first, after


def _with_marks(text: str, start: int, end: int) -> Span:
    """Return a noun with the opening mark that belongs to it (“白名单”项目), or without the closing one (僵尸企业”)."""
    close = text.find("”", start, end)
    if close < 0 or text.rfind("“", start, close) >= 0 or text[start - 1 : start] != "“":
        return start, end
    return (start, close) if close == end - 1 else (start - 1, end)


def noun_behind(text: str, start: int, stop: int) -> Span | None:
    """Return the noun that begins at the end of a number, None if there is none.

    Args:
        text: The normalised characters of a sentence.
        start: Where the number with its unit ends.
        stop: Where the next number begins, or the text ends.

    >>> noun_behind("新建5家评价总站", 4, 8)
    (4, 8)
    """
    match = _NOUN_AFTER_NUMBER.match(text[start:stop])
    if match is None or _NOT_A_NOUN.match(match["noun"]) or _NOT_A_NOUN.match(text, start):
        return None
    # 26个国家|的118所高校: another number has another noun.
    noun = _NUMBERED.split(match["noun"])[0]
    verb = noun_end().search(noun)
    noun = _without_clause(noun[: verb.start() if verb else None]).rstrip("和与及、的，")
    first = start + match.start("noun")
    if noun.endswith("中") and noun[-2:] not in _WORDS_WITH_MIDDLE and len(noun) > 3:
        # 386家重点企业|中，
        noun = noun[:-1]
    if text.startswith("均", first + len(noun)) and noun[-1:] in tuple("年月日户人亩"):
        # 脱贫户|年均增收
        noun = noun[:-1]
    return (first, first + len(noun)) if len(noun) >= 2 or noun in SHORT_NOUNS else None


def _without_clause(noun: str) -> str:
    """Return a noun without the clause that begins with its verb (高校|增设相关专业方向)."""
    if verbs().match(noun):
        return noun
    for verb in verbs().finditer(noun, 1):
        left = noun[: verb.start()]
        if verb.group() in _ALSO_NOUNS and (verb.end() == len(noun) or verbs().match(noun, verb.end())):
            continue
        if _NOUN_TAIL.match(noun, verb.end()):
            continue
        if len(verb.group()) < 2 or is_nominal(verb.group()) or (len(left) < 2 and left not in SHORT_NOUNS):
            continue
        if not _MODIFIER_END.search(left) and not _BEHIND_VERB_IN_NOUN.match(noun, verb.end()):
            return left
    return noun


def object_of(text: str, verb: Span) -> Span | None:
    """Return the noun directly behind a verb (取得|证书), None if there is none.

    >>> object_of("三百余人取得证书", (4, 6))
    (6, 8)
    """
    match = _OBJECT.match(text, verb[1])
    return match.span(1) if match else None


def previous_noun(text: str, clause: int) -> Span | None:
    """Return the noun that ends the clause before (主营业务收入，同比增长5%), None if there is none.

    Args:
        text: The normalised characters of a sentence.
        clause: Where the clause with the number begins.

    >>> previous_noun("主营业务收入，同比增长5%", 7)
    (0, 6)
    """
    if clause < 2:
        return None
    start = max(text.rfind(mark, 0, clause - 1) for mark in STOPS) + 1
    number = _DIGIT.search(text, start, clause - 1)
    predicate = None if number else _PREDICATE.search(text, start, clause - 1)
    edge = number or predicate
    found = noun_between(text, start, edge.start() if edge else clause - 1)
    return found if found and found[1] - found[0] <= _LONGEST_PREVIOUS_NOUN else None


def without_examples(text: str, noun: Span) -> Span:
    """Return a noun without the examples listed before 等 (甲、乙等|本科专业).

    >>> without_examples("甲、乙等专业", (0, 6))
    (4, 6)
    """
    last = text.rfind("等", *noun)
    return (last + 1, noun[1]) if last >= 0 and noun[1] - last > 2 else noun


def topic(text: str, clause: int) -> Span | None:
    """Return the noun of the clause before if that clause says without a number how it fared, else None.

    Args:
        text: The normalised characters of a sentence.
        clause: Where the clause with the number begins.

    >>> topic("现金流量净额由负转正，达到5亿元", 11)
    (0, 6)
    """
    start = max(text.rfind(mark, 0, clause - 1) for mark in STOPS) + 1 if clause > 1 else 0
    if _NUMBER.search(text, start, clause) or not _PREDICATE.search(text, start, clause):
        return None
    return previous_noun(text, clause)


def _skip(words: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Return the offset behind words at the beginning of `text[start:end]` if enough is left for a noun."""
    match = words.match(text[start:end])
    return start + match.end() if match and end - start - match.end() >= 2 else start
