"""Quantities in normalised text: Arabic and Chinese numerals, 万 and 亿, ranges, bounds, units and base units."""

from __future__ import annotations

import functools
import itertools
import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.language.lexicon import table
from kg.language.patterns import pattern
from kg.language.tries import trie_pattern

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_MAGNITUDES = {
    "百": 100.0, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7,
    "亿": 1e8, "个亿": 1e8, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12,
}  # fmt: skip
_BOUNDS = {
    ">=": ("不少于", "不低于", "不小于", "至少", "最少", "不下于", "大于等于"),
    "<=": ("不超过", "不高于", "不多于", "不大于", "至多", "最多", "控制在", "低于等于"),
    ">": ("超过", "突破", "超", "逾", "高于", "多于", "大于", "超出", "高达", "多达"),
    "<": ("低于", "少于", "小于", "不足", "不到", "未达"),
    "~": ("大约", "约", "近", "将近", "接近", "约为", "左右"),
}
_BOUND_BEFORE = re.compile("(?:" + trie_pattern(w for words in _BOUNDS.values() for w in words) + ")$")
# What makes 约 the end of a word for an agreement.
_AGREEMENTS = frozenset("签合条契节邀租违预公履践")
_BOUND_OF = {word: bound for bound, group in _BOUNDS.items() for word in group}
_BOUND_AFTER = (
    (re.compile(r"(?:及|或)?以上|起"), ">="),
    (re.compile(r"(?:及|或)?以[内下]|之内"), "<="),
    (re.compile(r"左右|上下|许"), "~"),
    (re.compile(r"之多|余|多|有余"), ">"),
)
# How many characters before a number may tell its bound.
_LONGEST_BOUND = 4

_NUMERAL = pattern("quantities", "numeral")
_SCALE_AT_END = pattern("quantities", "scale_at_end")
_ORDINAL = pattern("quantities", "ordinal")
_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit in a view.

    Args:
        start: The view offset of the number's first character.
        end: The view offset after the unit (and after 以上, 左右).
        value_text: The number as written, without 万 and 亿.
        unit: The unit as written, with 万 and 亿.
        value: The number in base units, of a range its lower end; None if it cannot be computed.
        base_unit: The base unit (人, 元, 米, …).
        kind: What is measured (`count`, `person`, `money`, `ratio`, `date`, …).
        bound: `>=`, `<=`, `>`, `<`, `~` or None.
        unit_start: The view offset at which the unit begins.
        lead: The view offset at which the words that tell the bound begin (不少于100家), else `start`.
        unit_end: The view offset after the unit (before 以上, 左右).
    """

    start: int
    end: int
    value_text: str
    unit: str
    value: float | None
    base_unit: str
    kind: str
    bound: str | None
    unit_start: int
    lead: int
    unit_end: int = 0


@functools.cache
def _units() -> dict[str, tuple[str, float, str]]:
    return {row["surface"]: (row["base_unit"], float(row["factor"]), row["kind"]) for row in table("units")}


def chinese_number(text: str) -> float | None:
    """Return the number that a numeral names, Arabic or Chinese, None if it names none.

    >>> chinese_number("三百二十"), chinese_number("1,234.5"), chinese_number("两千"), chinese_number("十二")
    (320.0, 1234.5, 2000.0, 12.0)
    """
    plain = text.replace(",", "")
    if _ARABIC.fullmatch(plain):
        return float(plain)
    whole, _, decimals = plain.partition("点")
    if not _CHINESE.fullmatch(whole) or any(character not in _DIGITS for character in decimals):
        return None
    total = section = digit = 0
    for character in whole:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _POWERS:
            section += (digit or 1) * _POWERS[character]
            digit = 0
        else:
            total = (total + section + digit) * (10_000 if character == "万" else 100_000_000)
            section = digit = 0
    number = float(total + section + digit)
    if decimals:
        number += float("0." + "".join(str(_DIGITS[character]) for character in decimals))
    return number


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities in normalised text, left to right.

    >>> [(q.value_text, q.unit, q.value, q.base_unit) for q in find_quantities("新增就业5.2万人,增长8.5%")]
    [('5.2', '万人', 52000.0, '人'), ('8.5', '%', 8.5, '%')]
    """
    found = [
        _quantity(text, match)
        for match in pattern("quantities", "quantity").finditer(text)
        if match.group()[0] not in "零〇" and not _ORDINAL.search(text, max(0, match.start() - 8), match.start())
    ]
    return [_with_unit_of(text, *pair) for pair in itertools.zip_longest(found, found[1:])]


def _with_unit_of(text: str, quantity: Quantity, following: Quantity | None) -> Quantity:
    """5个和3个百分点: 个 stands for the unit of the next number."""
    if following is None or quantity.unit != "个" or text[quantity.end : following.lead] not in tuple("、和与及"):
        return quantity
    if following.unit not in ("个百分点", "个基点"):
        return quantity
    return replace(quantity, unit=following.unit, base_unit=following.base_unit, kind=following.kind)


class _Parts(NamedTuple):
    """What a match of the pattern `quantity` says by itself; `middles` are the 余, 多, 来 and 几 in the number."""

    value_text: str
    middles: str
    unit: str
    value: float | None
    base_unit: str
    kind: str


def _quantity(text: str, match: re.Match[str]) -> Quantity:
    if match["fraction"]:
        parts = _Parts(match.group(), "", "", _fraction(match.group()), "", "ratio")
    elif match["shared"]:
        parts = _shared(match)
    elif match["bare"]:
        parts = _bare(match.group())
    elif match["to"]:
        parts = _range(match)
    else:
        parts = _number_with_unit(match)
    start, unit_end = match.span()
    bound, lead, end = _bound(text, start, unit_end, parts.middles)
    return Quantity(
        start,
        end,
        parts.value_text,
        parts.unit,
        parts.value,
        parts.base_unit,
        parts.kind,
        bound,
        unit_start=start + len(parts.value_text),
        lead=lead,
        unit_end=unit_end,
    )


def _bare(text: str) -> _Parts:
    """三百万: 万 or 亿 is all the unit there is."""
    found = _SCALE_AT_END.search(text)
    scale = found.group() if found else ""
    number = text.removesuffix(scale)
    middles = number[-1:] if number.endswith(("余", "多", "来", "几")) else ""
    number = number.removesuffix(middles)
    kind = "money" if scale == "个亿" else "bare"
    return _Parts(number, middles, scale, _scaled(number, scale, 1.0), "元" if kind == "money" else "", kind)


def _shared(match: re.Match[str]) -> _Parts:
    """1.8和2.7个百分点, 40万、15万人次: the unit stands behind the last number."""
    base_unit, factor, kind = _units()[match["sharedunit"]]
    scale = match["partscale"]
    value = _scaled(match["part"], scale, factor)
    return _Parts(match["part"], "", scale + match["sharedunit"], value, base_unit, kind)


def _range(match: re.Match[str]) -> _Parts:
    """3至5家, 10%—15%: the value is the lower end, in the scale of the upper end if it has none of its own."""
    scale, unit = match["scale1"], match["unit1"]
    base_unit, factor, kind = _units()[unit]
    low = _NUMERAL.match(match["low"])
    value = _scaled(low.group() if low else "", match["lowscale"] or scale, factor)
    number = match["low"] + match["to"] + match["high"]
    return _Parts(number, match["m1"] + match["m2"], scale + unit, value, base_unit, kind)


def _number_with_unit(match: re.Match[str]) -> _Parts:
    number, scale, unit = match["value"], match["scale2"], match["unit2"]
    base_unit, factor, kind = _units()[unit]
    return _Parts(number, match["m3"] + match["m4"], scale + unit, _scaled(number, scale, factor), base_unit, kind)


def _bound(text: str, start: int, end: int, middles: str) -> tuple[str | None, int, int]:
    """Return the bound, where its words before the number begin, and where those after the unit end."""
    before = _BOUND_BEFORE.search(text, max(0, start - _LONGEST_BOUND), start)
    if before and before.group() == "约" and text[before.start() - 1 : before.start()] in _AGREEMENTS:
        # 签约|43亿元
        before = None
    lead = before.start() if before else start
    for words, bound in _BOUND_AFTER:
        after = words.match(text, end)
        # 起, 多, 余 and 许 before another character begin a word of their own (5人起草).
        if after and not (after.group() in ("起", "多", "余", "许") and _HAN.match(text, after.end())):
            return bound, lead, after.end()
    if before:
        return _BOUND_OF[before.group()], lead, end
    if middles:
        return "~" if "来" in middles or "几" in middles else ">", lead, end
    return None, lead, end


def _scaled(number: str, scale: str, factor: float) -> float | None:
    """Return the value in base units; 数 and 几 count as one."""
    if scale == "万" and "亿" in number:
        # 一亿六千|万: 万 counts only what stands behind 亿.
        hundred_millions, _, rest = number.partition("亿")
        above, below = chinese_number(hundred_millions), chinese_number(rest)
        return None if above is None or below is None else round((above * 1e8 + below * 1e4) * factor, 6)
    value = 1.0 if number in ("数", "几") else chinese_number(number)
    # 131.7 times 1e8 is 13169999999.999998 in floating point; a double is good for 15 digits.
    return None if value is None else float(f"{value * _MAGNITUDES.get(scale, 1.0) * factor:.15g}")


def _fraction(text: str) -> float | None:
    """Return the value of 百分之五 as percent, of 三分之二 and 七成五 as a share of one."""
    if "成" in text:
        whole, _, part = text.partition("成")
        return (_DIGITS[whole] * 10 + (5 if part == "半" else _DIGITS[part])) / 100
    below, _, above = text.partition("分之")
    low, high = chinese_number(below), chinese_number(above)
    return None if not low or high is None else round(high / low * (100 if below == "百" else 1), 6)
