"""Titles: the words that name a post, with their modifiers and the words that tell its status."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from kg.language.lexicon import lookup, matcher, trie_pattern, words

# Modifiers that are organisations of their own unless a company, school or hospital stands before them.
BODIES = ("工会", "团委", "妇联", "科协", "侨联", "文联")
_BODY_OWNER = re.compile(r"(?:公司|集团|厂|矿|大学|学院|学校|中学|小学|医院|研究院|研究所|银行|局|厅|厅机关|机关|中心)$")
# What follows 长 when the character belongs to another word (城市长期, 协会长远).
_LONG = re.compile(r"长(?=[期远达久效短途假处征治]|三角|沙[市县理的]|春[市大师]|江[经三流沿干以]|城[汽]|安[街汽])")
# What makes a title the first part of a body's name (参事室, 秘书处).
_BODY_TAIL = frozenset("室处厅局团组队会所")
_STATUS = {
    "former": ("原", "时任", "前", "前任", "曾任", "已故", "离任", "卸任", "上任", "上届", "往届", "历任", "老"),
    "appointed": ("新任", "新当选", "新当选的", "继任", "新晋", "新一届", "新聘任的", "新任命的", "刚刚当选的"),
    "candidate": ("候任", "拟任", "候选", "提名", "拟提名", "获提名"),
    "current": ("现任", "首任", "首届"),
}
_STATUS_OF = {word: status for status, group in _STATUS.items() for word in group}
_STATUS_BEFORE = re.compile("(?:" + trie_pattern(_STATUS_OF) + ")的?$")


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
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    heads = matcher("titles", "head", "full", "not_title")
    plain = [word for word in words("titles", "modifier") if word not in (*BODIES, "总")]
    modifier = re.compile("(?:" + trie_pattern(plain) + ")$")
    bodies = re.compile("(?:" + trie_pattern(BODIES) + ")$")
    return heads, modifier, bodies


def status_before(text: str, end: int, floor: int = 0) -> tuple[int, str]:
    """Return where a status word that ends at `end` begins, and the status it tells; (`end`, `current`) if none does.

    >>> status_before("某局原局长", 3)
    (2, 'former')
    """
    match = _STATUS_BEFORE.search(text, max(floor, end - 6), end)
    if not match or text[match.start() - 1 : match.end()] in ("草原", "高原", "平原", "太原", "中原", "目前", "之前", "日前"):
        return end, "current"
    return match.start(), _STATUS_OF[match.group().removesuffix("的")] if match.group() not in _STATUS_OF else _STATUS_OF[
        match.group()
    ]


@functools.lru_cache(maxsize=2048)
def find_titles(text: str) -> tuple[Title, ...]:
    """Return the titles in normalised text, left to right, without overlaps.

    >>> [title.text for title in find_titles("某公司党委副书记、总经理张三到会,会长单位参加")]
    ['党委副书记', '总经理']
    """
    heads, _, _ = _patterns()
    kinds, domains = lookup("titles", "kind"), lookup("titles", "domain")
    result: list[Title] = []
    position = 0
    while match := heads.search(text, position):
        word = match.group()
        position = match.start() + 1
        if kinds[word] == "not_title":
            inner = _head_before_double_surname(word, text, match.start())
            if inner is None:
                position = match.end()
                continue
            word = inner
        if text[match.start() + len(word) : match.start() + len(word) + 1] in _BODY_TAIL and match.start() + len(word) < len(text):
            continue
        if word.endswith("长") and _LONG.match(text, match.start() + len(word) - 1):
            continue
        after = match.start() + len(word)
        floor = result[-1].end if result else 0
        if match.start() < floor:
            continue
        start = _with_modifiers(text, match.start(), floor)
        outer, status = status_before(text, start, floor)
        result.append(Title(start, after, text[start:after], outer, status, "weak" in domains[word]))
        position = after
    return tuple(result)


def _head_before_double_surname(word: str, text: str, start: int) -> str | None:
    """Return the title inside a compound that is none where a double surname follows (副主席令狐昭明)."""
    kinds = lookup("titles", "kind")
    for size in range(len(word) - 1, 1, -1):
        following = text[start + size : start + size + 2]
        if kinds.get(word[:size]) in ("head", "full") and following in lookup("surnames", "weight") and len(following) == 2:
            return word[:size]
    return None


def _with_modifiers(text: str, start: int, floor: int) -> int:
    """Return where the modifiers of a head that begins at `start` begin."""
    _, modifier, bodies = _patterns()
    while match := modifier.search(text, max(floor, start - 8), start):
        start = match.start()
    match = bodies.search(text, max(floor, start - 4), start)
    if match and _BODY_OWNER.search(text, max(floor, start - 14), match.start()):
        start = match.start()
        while match := modifier.search(text, max(floor, start - 8), start):
            start = match.start()
    return start
