"""Quantities in normalised text: Arabic and Chinese numerals, 万 and 亿, ranges, bounds, units and base units."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from kg.language.lexicon import table, trie_pattern

_DIGIT = {c: v for v, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWER = {"十": 10, "百": 100, "千": 1000}
_MAGNITUDE = {"百": 100.0, "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "十亿": 1e9, "百亿": 1e10, "千亿": 1e11, "万亿": 1e12, "个亿": 1e8}
_ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_CHINESE = r"(?:(?:[一二两三四五六七八九十百千零〇]+[万亿](?=[一二两三四五六七八九十百千零〇]))*[一二两三四五六七八九十百千零〇]+(?:点[一二三四五六七八九零]+)?)"
_SCALE = r"(?:个亿|万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?!瓦|米|克|卡|伏|升|焦)|百(?!分))"
_FRACTION = r"(?:百分之[一二三四五六七八九十百零点\d.]+|千分之[一二三四五六七八九十百零点\d.]+|[一二三四五六七八九十]分之[一二三四五六七八九十]|[一二三四五六七八九]成[一二三四五六七八九](?![\u4e00-\u9fff]?[个项家]))"
_BOUNDS = {
    ">=": ("不少于", "不低于", "不小于", "至少", "最少", "不下于", "大于等于"),
    "<=": ("不超过", "不高于", "不多于", "不大于", "至多", "最多", "控制在", "低于等于"),
    ">": ("超过", "突破", "超", "逾", "高于", "多于", "大于", "超出", "高达", "多达"),
    "<": ("低于", "少于", "小于", "不足", "不到", "未达"),
    "~": ("大约", "约", "近", "将近", "接近", "约为", "左右"),
}
_BOUND_BEFORE = re.compile("(?:" + trie_pattern(w for words in _BOUNDS.values() for w in words) + ")$")
_BOUND_OF = {word: bound for bound, group in _BOUNDS.items() for word in group}
_BOUND_AFTER = (
    (re.compile(r"(?:及|或)?以上|起"), ">="), (re.compile(r"(?:及|或)?以[内下]|之内"), "<="),
    (re.compile(r"左右|上下|许"), "~"), (re.compile(r"之多|余|多|有余"), ">"),
)  # fmt: skip

# 第十|九次: the number is the rest of an ordinal.
_ORDINAL = re.compile(r"第[\d零〇一二三四五六七八九十百千]*(?:[、至到—\-])?$")


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


@functools.cache
def _pattern() -> re.Pattern[str]:
    unit = trie_pattern(_units())
    number = rf"(?:{_ARABIC}|{_CHINESE}|数(?=[十百千万亿])|几(?=[十百千万亿]))"
    scale = rf"{_SCALE}?"
    middle = r"(?:余|多|来|几)?"
    return re.compile(
        rf"(?P<fraction>{_FRACTION})"
        rf"|(?<![\d.第A-Za-z])(?P<low>{number}(?P<lowscale>{scale})(?P<lowunit>{unit}|个?百分点|%)?)(?P<to>[至到\-—～~]{{1,2}})(?P<high>{number})(?P<m1>{middle})(?P<scale1>{scale})(?P<m2>{middle})(?P<unit1>{unit})"
        rf"|(?<![\d.第A-Za-z])(?P<value>{number})(?P<m3>{middle})(?P<scale2>{scale})(?P<m4>{middle})(?P<unit2>{unit})"
        rf"|(?P<bare>(?<![\d.第A-Za-z]){number}{middle}{_SCALE})(?![\u4e00-\u9fff])"
    )


def chinese_number(text: str) -> float | None:
    """Return the number that a numeral names, Arabic or Chinese, None if it names none.

    >>> chinese_number("三百二十"), chinese_number("1,234.5"), chinese_number("两千"), chinese_number("十二")
    (320.0, 1234.5, 2000.0, 12.0)
    """
    plain = text.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return float(plain)
    whole, _, decimals = plain.partition("点")
    if not re.fullmatch(r"[零〇一二两三四五六七八九十百千万亿]+", whole):
        return None
    total = section = digit = 0
    for character in whole:
        if character in _DIGIT:
            digit = _DIGIT[character]
        elif character in _POWER:
            section += (digit or 1) * _POWER[character]
            digit = 0
        else:
            total = (total + section + digit) * (10_000 if character == "万" else 100_000_000)
            section = digit = 0
    number = float(total + section + digit)
    if decimals:
        number += float("0." + "".join(str(_DIGIT[character]) for character in decimals))
    return number


def _bound(text: str, start: int, end: int, middles: str) -> tuple[str | None, int, int]:
    """Return the bound, where its words before the number begin, and where those after the unit end."""
    before = _BOUND_BEFORE.search(text, max(0, start - 4), start)
    lead = before.start() if before else start
    bound = _BOUND_OF[before.group()] if before else None
    for pattern, said in _BOUND_AFTER:
        after = pattern.match(text, end)
        if after and not (after.group() in ("起", "多", "余", "许") and re.match(r"[\u4e00-\u9fff]", text[after.end() : after.end() + 1])):
            return said, lead, after.end()
    if bound is None and re.search(r"[余多来几]", middles):
        bound = "~" if "来" in middles or "几" in middles else ">"
    return bound, lead, end


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities in normalised text, left to right.

    >>> [(q.value_text, q.unit, q.value, q.base_unit) for q in find_quantities("新增就业5.2万人,增长8.5%")]
    [('5.2', '万人', 52000.0, '人'), ('8.5', '%', 8.5, '%')]
    """
    found = _pattern().finditer(text)
    return [_quantity(text, match) for match in found if match.group()[0] not in "零〇" and not _ORDINAL.search(text, max(0, match.start() - 8), match.start())]


def _quantity(text: str, match: re.Match[str]) -> Quantity:
    groups = match.groupdict()
    if groups["fraction"]:
        bound, lead, end = _bound(text, match.start(), match.end(), "")
        return Quantity(match.start(), end, match.group(), "", _fraction(match.group()), "", "ratio", bound, match.end(), lead, match.end())
    if groups["bare"]:
        scale = re.search(_SCALE + "$", match.group())
        number = match.group()[: scale.start()] if scale else match.group()
        middles = "".join(re.findall(r"[余多来几]$", number))
        number = re.sub(r"[余多来几]$", "", number)
        bound, lead, end = _bound(text, match.start(), match.end(), middles)
        value = _scaled(number, scale.group() if scale else "", 1.0)
        return Quantity(match.start(), end, number, scale.group() if scale else "", value, "", "bare", bound, match.start() + len(number), lead, match.end())
    if groups["to"]:
        number, scale, unit, middles = groups["low"], groups["scale1"], groups["unit1"], groups["m1"] + groups["m2"]
        low = re.match(rf"{_ARABIC}|{_CHINESE}", number)
        value = _scaled(low.group() if low else "", groups["lowscale"] or scale, _units()[unit][1])
        number = number + groups["to"] + groups["high"]
    else:
        number, scale, unit, middles = groups["value"], groups["scale2"], groups["unit2"], groups["m3"] + groups["m4"]
        value = _scaled(number, scale, _units()[unit][1])
    bound, lead, end = _bound(text, match.start(), match.end(), middles)
    base, _, kind = _units()[unit]
    return Quantity(match.start(), end, number, scale + unit, value, base, kind, bound, match.start() + len(number), lead, match.end())


def _scaled(number: str, scale: str, factor: float) -> float | None:
    value = 1.0 if number in ("数", "几") else chinese_number(number)
    return None if value is None else round(value * _MAGNITUDE.get(scale, 1.0) * factor, 6)


def _fraction(text: str) -> float | None:
    if "成" in text:
        whole, _, part = text.partition("成")
        return (_DIGIT[whole] * 10 + _DIGIT[part]) / 100
    below, _, above = text.partition("分之")
    low, high = chinese_number(below), chinese_number(above)
    return None if not low or high is None else round(high / low * (100 if below == "百" else 1), 6)
