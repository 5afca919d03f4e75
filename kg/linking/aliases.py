"""When one organisation's name is a short form of another: defined in the text, listed, or an ordered subsequence."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from kg.language.lexicon import lookup, words
from kg.language.patterns import pattern

_LEVEL = re.compile(r"[省市县区州旗盟镇乡]")
_NUMBER = re.compile(r"[一二三四五六七八九十百\d]+")
# 市总工会 for 红石市总工会: what is left out is a place or 中国, 全国, 中华.
_LEFT_OUT = re.compile(r"[\u4e00-\u9fff]{2,6}")


@functools.cache
def _endings(kind: str) -> tuple[str, ...]:
    return words("organization_endings", kind)


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
    for match in pattern("aliases", "defined").finditer(text):
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
        return full[len(short) :] in _endings("legal_form")
    if full.endswith(short):
        left_out = full[: -len(short)]
        return _LEFT_OUT.fullmatch(left_out) is not None and not left_out.endswith(_endings("own_body"))
    if len(short) >= 4 and short[-2:] == full[-2:] and len(full) - len(short) > 1:
        # 东江大学 and 东江师范大学 are two bodies: both names are complete.
        return False
    if short[:2] != full[:2] or _NUMBER.findall(short) != _NUMBER.findall(full):
        return False
    levels = _LEVEL.findall(short)
    if levels != _LEVEL.findall(full)[: len(levels)] or short[-1] not in full[-4:]:
        return False
    return all(
        short.endswith((ending, ending[0], ending[-1])) for ending in _endings("own_body") if full.endswith(ending)
    )


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
        if short not in result and listed.get(short) != short and (full := _only_full_name(short, unique)):
            result[short] = full
    return {short: _follow(result, short) for short in result}


def _only_full_name(short: str, names: Sequence[str]) -> str | None:
    """Return the one name that a name may abbreviate; of several that abbreviate one another the longest."""
    candidates = [full for full in names if may_abbreviate(short, full)]
    if not candidates:
        return None
    longest = max(candidates, key=len)
    agreed = all(other == longest or may_abbreviate(other, longest) for other in candidates)
    return longest if agreed else None


def _follow(aliases: Mapping[str, str], name: str) -> str:
    """Return the name at the end of a chain of short forms; a circle ends where it began."""
    seen = {name}
    while name in aliases and aliases[name] not in seen:
        name = aliases[name]
        seen.add(name)
    return name
