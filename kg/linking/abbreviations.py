"""Short names: which full names one may abbreviate, found without comparing it with all of them.

A name is short for another if it has the same place, level, number and kind of body and is an ordered subsequence of it
(轻工联). Edit distance is no measure here: 河南省财政厅 and 湖南省财政厅 are one character apart (design.md §3).
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Mapping

from kg.language.lexicon import ending_matcher, words
from kg.language.tries import trie_pattern
from kg.language.word_matcher import EndingMatcher
from kg.linking.name_parts import NameParts, full_bodies, lookup_kind

_SMALL_BLOCK = 48
_NUMBER = re.compile(r"[一二三四五六七八九十百\d]+")
_ENDINGS_DROPPED = re.compile(r"工业|行业|产业|业")


class AbbreviationIndex:
    """Full names in blocks of one place and one first character; a large block knows who has which character.

    Args:
        full: Name → its parts, of names that are complete.

    >>> from kg.linking.name_parts import parse_name
    >>> index = AbbreviationIndex({name: parse_name(name) for name in ("江源省轻纺工业联合会", "江源省田径协会")})
    >>> index.full_names(parse_name("江源省轻纺联"))
    ['江源省轻纺工业联合会']
    """

    def __init__(self, full: Mapping[str, NameParts]) -> None:
        self._full = full
        self._blocks: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for name, parts in sorted(full.items()):
            if parts.body:
                self._blocks[parts.key[0], parts.body[0]].append(name)
        self._holders: dict[tuple[str, str], dict[str, set[str]]] = {}

    def full_names(self, short: NameParts) -> list[str]:
        """Return the names that a short one may abbreviate, sorted."""
        block = (short.key[0], short.body[0])
        names = self._blocks.get(block, [])
        if len(names) > _SMALL_BLOCK:
            holders = self._holders_of(block)
            sets = sorted((holders.get(character, set()) for character in set(short.body)), key=len)
            names = sorted(set.intersection(*sets))
        return [name for name in names if name != short.text and abbreviates(short, self._full[name])]

    def _holders_of(self, block: tuple[str, str]) -> dict[str, set[str]]:
        if block not in self._holders:
            holders: defaultdict[str, set[str]] = defaultdict(set)
            for name in self._blocks[block]:
                for character in set(self._full[name].body):
                    holders[character].add(name)
            self._holders[block] = dict(holders)
        return self._holders[block]


def same_legal_form(a: str, b: str) -> bool:
    """Say whether two legal forms can be those of one company: the same, or one not given.

    >>> same_legal_form("", "集团"), same_legal_form("公司", "股份"), same_legal_form("集团", "股份")
    (True, True, False)
    """
    return a == b or not a or not b or "公司" in (a, b) or (a, b) in _WIDER or (b, a) in _WIDER


_WIDER = {("集团", "集团股份"), ("控股", "控股集团"), ("控股", "控股股份")}


def numbers(body: str) -> list[str]:
    """Return the numbers in a body, without those of words like 统一.

    >>> numbers("一附属医院"), numbers("统一战线工作部")
    (['一'], [])
    """
    return _NUMBER.findall(_no_number().sub("", body))


@functools.cache
def _no_number() -> re.Pattern[str]:
    return re.compile(trie_pattern(words("short_bodies", "no_number")))


def full_head(body: str) -> str:
    """Return the ending of a body in full (联合会, 大学), empty if it ends like none."""
    match = _full_heads().search(body)
    return match.group() if match else ""


@functools.cache
def _full_heads() -> EndingMatcher:
    return EndingMatcher(heads_of(""))


@functools.cache
def heads_of(short: str) -> frozenset[str]:
    """Return the full endings that a short one may stand for; all of them for the empty string."""
    rows = lookup_kind("head")
    listed = rows.values() if not short else (rows.get(short, ""),)
    return frozenset(head for heads in listed for head in heads.split("|") if head)


def is_complete(parts: NameParts) -> bool:
    """Say whether a name has its legal form or a full ending of two characters or more: it abbreviates nothing.

    >>> from kg.linking.name_parts import parse_name
    >>> is_complete(parse_name("东江大学")), is_complete(parse_name("东大一附院"))
    (True, False)
    """
    return bool(parts.legal) or len(full_head(parts.body)) >= 2 or (bool(parts.places) and parts.body in full_bodies())


def abbreviates(short: NameParts, full: NameParts) -> bool:
    """Say whether a name can be the short form of another: same place, level, number and kind of body, in order.

    >>> from kg.linking.name_parts import parse_name
    >>> abbreviates(parse_name("江建一局"), parse_name("江源建工集团第一工程局有限公司"))
    True
    >>> abbreviates(parse_name("东江大学"), parse_name("东江师范大学"))
    False
    """
    a, b = short.body, full.body
    if not 2 <= len(a) < len(b) or a[0] != b[0] or numbers(a) != numbers(b):
        return False
    if short.key[0] != full.key[0] or (short.legal and not same_legal_form(short.legal, full.legal)):
        return False
    rest = iter(b)
    if not all(character in rest for character in a):
        return False
    # 某局 is not short for 某局东湖分局: what stands behind a name in full is a part of its body (but 一中 is 一中学).
    if b.startswith(a) and len(b) - len(full_head(b)) >= len(a):
        return False
    return _same_kind(a, b, short, full)


def _same_kind(a: str, b: str, short: NameParts, full: NameParts) -> bool:
    head = full_head(b)
    if not head:
        # A company's brand: its last character stands in the last word of the full name.
        return bool(full.legal) and len(a) >= 3 and a[:2] == b[:2] and a[-1] in b[-2:] and not full_head(a)
    own = full_head(a)
    if len(own) >= 2:
        if own != head:
            return False
        # 轻工联合会 for 轻工业联合会: both are complete, so that only an empty word may be left out.
        dropped = _ENDINGS_DROPPED.sub("", b) == _ENDINGS_DROPPED.sub("", a)
        return dropped or (bool(short.legal) and len(a) >= 4)
    ending = _short_heads().search(a)
    return ending is not None and any(head == known or head.endswith(known) for known in heads_of(ending.group()))


@functools.cache
def _short_heads() -> EndingMatcher:
    return ending_matcher("short_bodies", "head")
