"""Classes of words that the rules on quantities tell apart."""

from __future__ import annotations

import functools
import re

from kg.language.lexicon import lookup, table, words
from kg.language.patterns import pattern
from kg.language.tries import trie_pattern
from kg.language.word_matcher import EndingMatcher, WordMatcher

# What 培训 and the like take as an object: then they are verbs and no nouns' beginnings.
OF_PERSONS = re.compile(
    r"[\u4e00-\u9fff]{0,4}?(?:职工|员工|人员|学员|工人|农民|教师|干部|选手|群众|学生|居民|骨干|会员|人才|劳动力|工匠"
    r"|劳动者|患者|游客|老[年人]|儿童|妇女|农户|家庭|师生|病人|残疾人|退役军人|青年|牧民|村民|市民|旅客|客商)"
)


@functools.cache
def metric_words(kind: str) -> frozenset[str]:
    """Return the words of one class of the lexicon `metric_words`.

    Args:
        kind: `pivot_verb` (推动: the verb behind it governs), `bound_verb` (不少于: only bounds a number),
            `counted_verb` (出口: also names what is counted), `nominal_verb` (检测: as often the first part of a noun),
            `place_word` (全省: names a place, not what is counted), `noun_end` (取得: ends a noun behind a number),
            `result_verb` (惠及: what stands before it is its subject), `intransitive_verb` (就业: what follows is no
            object), `behind_verb` (签字: stands behind its counted subject), `named_sum` (出口: before a sum of money
            no verb), `single_verb` (建: a verb where it is a word by itself) or `idiom_measure` (点: with a small
            Chinese numeral part of an idiom).

    >>> "出口" in metric_words("counted_verb")
    True
    """
    return frozenset(words("metric_words", kind))


def is_nominal(verb: str) -> bool:
    """Say whether a verb is as often the first part of a noun (检测试剂, 培训班, 发明专利).

    >>> is_nominal("检测"), is_nominal("建成")
    (True, False)
    """
    return verb in metric_words("nominal_verb")


def is_filler(text: str) -> bool:
    """Say whether a phrase names nothing.

    >>> is_filler("同比"), is_filler("营业收入")
    (True, False)
    """
    return pattern("metrics", "trailing_fillers").fullmatch(text) is not None


def change_of(verb: str) -> str:
    """Return what a verb says of a quantity: `increase`, `decrease`, or `level` for every other verb.

    >>> change_of("增长"), change_of("下降"), change_of("建成")
    ('increase', 'decrease', 'level')
    """
    kind = lookup("action_verbs", "kind").get(verb)
    return kind if kind in ("increase", "decrease") else "level"


@functools.cache
def _scale_verbs() -> tuple[str, ...]:
    """Verbs of reaching, growing and falling."""
    return tuple(row["surface"] for row in table("action_verbs") if row["kind"] != "do")


@functools.cache
def verbs() -> WordMatcher:
    """Return what matches all verbs that may govern a number, single characters too.

    >>> verbs().match("建成5家").group(), verbs().match("建了5家").group()
    ('建成', '建')
    """
    return WordMatcher([*words("action_verbs"), *words("metric_words", "single_verb")])


@functools.cache
def behind_verbs() -> WordMatcher:
    """Return what matches the verbs that may stand behind their counted subject (学生|学会了…).

    >>> behind_verbs().match("签字同意").group()
    '签字'
    """
    doing = (verb for verb in words("action_verbs") if verb not in metric_words("bound_verb"))
    return WordMatcher([*doing, *words("metric_words", "behind_verb")])


@functools.cache
def scale_verb_at_end() -> EndingMatcher:
    """Return what matches a verb of reaching, growing or falling that ends a part of a text.

    >>> scale_verb_at_end().search("营业收入增长").group()
    '增长'
    """
    # Words that only bound a number (不少于) never say what is done.
    return EndingMatcher(verb for verb in _scale_verbs() if verb not in metric_words("bound_verb"))


@functools.cache
def noun_end() -> re.Pattern[str]:
    """Return the pattern of what ends a noun behind a number: a verb, or a preposition before more text.

    >>> noun_end().search("企业参加培训").start()
    2
    """
    verbs = trie_pattern([*(verb for verb in _scale_verbs() if len(verb) >= 2), *metric_words("noun_end")])
    return re.compile(rf"(?<=[\u4e00-\u9fff]{{2}})(?:{verbs}|[给为被向对从在](?=[\u4e00-\u9fff]))")
