"""When one organisation's name is a short form of another: defined in the text, listed, or an ordered subsequence."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping

from kg.language.lexicon import lookup, table, trie_pattern

_DEFINED = re.compile(
    r"(?P<full>[\u4e00-\u9fffA-Za-z0-9]{4,40})（(?:以下|下)?(?:统一)?(?:简称|称)(?:为|：|:)?[“\"'‘]?(?P<short>[\u4e00-\u9fffA-Za-z0-9]{2,16})[”\"'’]?(?:，[^）]*|、[^）]*)?）"
)
_LEVELS = re.compile(r"省|市|县|区|州|旗|盟|镇|乡")
_LEGAL_FORMS = ("有限公司", "股份有限公司", "有限责任公司", "公司", "集团有限公司", "集团股份有限公司", "控股集团有限公司", "集团")
_NUMBERS = re.compile(r"[一二三四五六七八九十百\d]+")
_ENDINGS = ("办公室", "办公厅", "出版社", "分会", "专业委员会", "学院", "医院", "杂志社", "研究院", "研究所", "中心", "分公司", "支行", "分行", "基金会", "党委", "纪委", "工会")


@functools.cache
def _divisions() -> re.Pattern[str]:
    return re.compile(trie_pattern(row["surface"] for row in table("divisions") if row["level"] in ("province", "city")))


def defined_aliases(text: str, names: Iterable[str]) -> dict[str, str]:
    """Return short form → full name for the names that a text defines (以下简称…).

    Args:
        text: The text with full-width punctuation.
        names: The organisations' names found in the text; a definition counts for the longest one it ends with.

    >>> defined_aliases("红石轻工业联合会（以下简称“联合会”）", ["红石轻工业联合会"])
    {'联合会': '红石轻工业联合会'}
    """
    result = {}
    known = sorted(set(names), key=len, reverse=True)
    for match in _DEFINED.finditer(text):
        full = next((name for name in known if match["full"].endswith(name)), None)
        if full and match["short"] != full:
            result[match["short"]] = full
    return result


def is_subsequence(short: str, full: str) -> bool:
    """Say whether the characters of `short` occur in `full` in the same order.

    >>> is_subsequence("中国轻工联", "中国轻工业联合会")
    True
    """
    rest = iter(full)
    return all(character in rest for character in short)


def may_abbreviate(short: str, full: str) -> bool:
    """Say whether a name may be the short form of another: same region, level, number and kind of body.

    >>> may_abbreviate("中国轻工联", "中国轻工业联合会"), may_abbreviate("河南省财政厅", "湖南省财政厅")
    (True, False)
    >>> may_abbreviate("中国轻工业联合会", "中国轻工业联合会出版社")
    False
    """
    if not 3 <= len(short) < len(full) or not is_subsequence(short, full):
        return False
    if full.startswith(short):
        # 某厅 is not short for 某厅党组 or 某厅办公室; only a company's legal form may be left out.
        return full[len(short) :] in _LEGAL_FORMS
    if full.endswith(short):
        # 市总工会 for 红石市总工会: what is left out is a place or 中国, 全国, 中华.
        left_out = full[: -len(short)]
        return len(short) >= 3 and bool(re.fullmatch(r"中国|全国|中华|中共|国家|[\u4e00-\u9fff]{2,6}", left_out)) and not any(
            left_out.endswith(ending) for ending in _ENDINGS
        )
    if _same_ending(short, full) and len(full) - len(short) > 1:
        # 东江大学 and 东江师范大学 are two bodies: both names are complete.
        return False
    if short[:2] != full[:2] or _NUMBERS.findall(short) != _NUMBERS.findall(full):
        return False
    if [mark for mark in _LEVELS.findall(short)] != [mark for mark in _LEVELS.findall(full)][: len(_LEVELS.findall(short))]:
        return False
    for ending in _ENDINGS:
        if full.endswith(ending) and not short.endswith((ending, ending[0], ending[-1])):
            return False
    return short[-1] in full[-4:]


def _same_ending(short: str, full: str) -> bool:
    return len(short) >= 4 and short[-2:] == full[-2:]


def document_aliases(text: str, names: Iterable[str]) -> Mapping[str, str]:
    """Return short form → full name for the organisations of one document.

    Args:
        text: The text with full-width punctuation.
        names: Every name found in it.

    >>> document_aliases("", ["红石轻工业联合会", "红石轻工联", "全总", "中华全国总工会"])["全总"]
    '中华全国总工会'
    """
    listed = lookup("organizations", "canonical")
    unique = sorted(set(names))
    result = dict(defined_aliases(text, unique))
    for name in unique:
        canonical = listed.get(name)
        if canonical and canonical != name and (canonical in unique or canonical in text):
            result.setdefault(name, canonical)
    for short in unique:
        if short in result or short in listed and listed[short] == short:
            continue
        candidates = [full for full in unique if may_abbreviate(short, full)]
        if len(candidates) == 1:
            result[short] = candidates[0]
        elif candidates:
            longest = max(candidates, key=len)
            if all(other == longest or may_abbreviate(other, longest) for other in candidates):
                result[short] = longest
    return {short: _follow(result, short) for short in result}


def _follow(aliases: Mapping[str, str], name: str) -> str:
    seen = {name}
    while name in aliases and aliases[name] not in seen:
        name = aliases[name]
        seen.add(name)
    return name
