"""The parts of an organisation's name: places, body, legal form.

Two names with one place and one body in full are one (省人社厅, 省人力资源和社会保障厅); for shorter ones see
`kg.linking.abbreviations`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from kg.language.lexicon import ending_matcher, matcher, table, words
from kg.language.patterns import pattern
from kg.language.tries import trie_pattern
from kg.language.word_matcher import EndingMatcher
from kg.linking.inner_bodies import is_inner

LEVELS = ("自治区", "自治州", "自治县", "省", "市", "县", "区", "州", "旗", "盟", "镇", "乡")
_JOINING = re.compile(r"[和与及、]|第(?=[一二三四五六七八九十\d])")
_FIELD_HEAD = r"(?=(?:厅|局|委员会|委|部|办公室|办|中心|系统|研究院|学院|总站|所|站))"


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart.

    Args:
        text: The name without spaces and quotation marks.
        places: The divisions that it begins with, the widest first; a level without a name (`省`) as it is.
        body: The rest in its full form, without 和, 第 and the legal form.
        legal: The legal form (`集团`, `股份`), empty if there is none.

    >>> parse_name("省人社厅").places, parse_name("江源省人社厅").body
    (('省',), '人力资源社会保障厅')
    """

    text: str
    places: tuple[str, ...]
    body: str
    legal: str

    @property
    def key(self) -> tuple[str, str]:
        """What two full names of one body share, but for the legal form."""
        return (self.places[-1] if self.places else ""), self.body

    @property
    def level(self) -> str:
        """The level that the name gives instead of a place (`省`), empty if none."""
        return self.places[0] if self.places and self.places[0] in LEVELS else ""


def clean(name: str) -> str:
    """Return a name without differences of typography.

    >>> clean("“江源”（集团）有限公司")
    '江源集团有限公司'
    """
    text = re.sub(r"[\s“”‘’\"'《》〈〉「」]", "", unicodedata.normalize("NFKC", name))
    return re.sub(r"\((集团|控股|股份)\)", r"\1", text)


@functools.lru_cache(maxsize=1 << 18)
def parse_name(name: str) -> NameParts:
    """Take a name apart.

    >>> parse_name("中共江源省委").key == parse_name("中国共产党江源省委员会").key
    True
    """
    text = clean(name)
    rest = _reordered(text)
    party = pattern("organization_names", "party").match(rest)
    if party and (len(rest) > party.end() + 1):
        stripped = rest[party.end() :]
        if _first_place(stripped) or _level_at(stripped):
            rest = pattern("organization_names", "party_committee").sub(r"\1委", stripped, count=1)
    places, rest = _split_places(rest)
    legal = ""
    ending = ending_matcher("short_bodies", "legal").search(rest)
    if ending and ending.start() >= 2:
        legal, rest = lookup_kind("legal")[ending.group()], rest[: ending.start()]
    if places:
        rest = expand(rest)
    return NameParts(text, places, _JOINING.sub("", rest), legal)


@functools.cache
def lookup_kind(kind: str) -> Mapping[str, str]:
    """Return surface → canonical of a kind of row of `short_bodies.tsv`."""
    return {row["surface"]: row["canonical"] for row in table("short_bodies") if row["kind"] == kind}


def expand(rest: str) -> str:
    """Return the full form of what stands behind a place.

    >>> expand("工信厅"), expand("总办公室"), expand("总队")
    ('工业和信息化厅', '总工会办公室', '总队')
    """
    bodies = full_bodies()
    for size in range(min(len(rest), 18), 0, -1):
        if rest[:size] in bodies and (size == len(rest) or is_inner(rest[size:])):
            return bodies[rest[:size]] + rest[size:]
    if field := _field().match(rest):
        return lookup_kind("field")[field.group()] + rest[field.end() :]
    return rest


@functools.cache
def full_bodies() -> Mapping[str, str]:
    """Return short bodies and full ones with their full form."""
    rows = lookup_kind("body")
    return {**rows, **{full: full for full in rows.values()}}


@functools.cache
def _field() -> re.Pattern[str]:
    return re.compile(trie_pattern(words("short_bodies", "field")) + _FIELD_HEAD)


def _reordered(text: str) -> str:
    """Bring the place to the front: 团省委 → 省团委, 中国人民政治协商会议某省委员会 → 某省政协."""
    for expression, body in (("youth_league", "团委"), ("political_conference", "政协")):
        match = pattern("organization_names", expression).match(text)
        if match and (match["place"] in LEVELS or is_division(match["place"])):
            return match["place"] + body
    return text


def is_division(text: str) -> bool:
    """Say whether a string is the name of a division and no more.

    >>> is_division("平阜市"), is_division("平阜市财政局")
    (True, False)
    """
    found = _first_place(text)
    return found is not None and found[0] == len(text)


def _split_places(text: str) -> tuple[tuple[str, ...], str]:
    places: list[str] = []
    rest = text
    while (found := _first_place(rest)) and (found[0] < len(rest)) and len(places) < 3:
        places.append(found[1])
        rest = rest[found[0] :]
    if not places and (level := _level_at(rest)):
        return (level,), rest[len(level) :]
    return tuple(places), rest


def _level_at(text: str) -> str:
    """Return the level without a name that a name begins with (省|总工会)."""
    if matcher("short_bodies", "no_level").match(text) and not re.match(r"市政(?:府|协)", text):
        return ""
    level = next((level for level in LEVELS if text.startswith(level) and len(text) > len(level)), "")
    return level if level and _is_body(text[len(level) :]) else ""


def _is_body(rest: str) -> bool:
    return (
        expand(rest) != rest
        or ending_matcher("short_bodies", "head").search(rest) is not None
        or ending_matcher("organization_suffixes").search(rest) is not None
        or is_inner(rest)
    )


def _first_place(text: str) -> tuple[int, str] | None:
    """Return the length and the full name of the division that a name begins with."""
    match = matcher("divisions").match(text)
    if match and match.group()[-1] in "省市县区州旗盟" and len(match.group()) > 2:
        return match.end(), match.group()
    if unknown := pattern("organization_names", "unknown_place").match(text):
        place = unknown.group()
        known = place[-2] in _BEFORE_LEVELS or _no_division().search(place)
        if not known and not (match and match.end() >= unknown.end()):
            return unknown.end(), place
    if match:
        canonical = short_divisions().get(match.group())
        if canonical and _behind_short_place(text[match.end() :]):
            return match.end(), canonical
    return None


# In 摘自省公共就业服务中心 自 is no part of a place.
_BEFORE_LEVELS = frozenset("自在由和与及对向从本各全该我两与赴到是的了为")


def _behind_short_place(rest: str) -> bool:
    """Say whether a name without its level (河南|财政厅) may stand before a body: before offices only."""
    return (
        bool(rest)
        and rest not in LEVELS
        and (pattern("organization_names", "official").search(rest) is not None or rest in lookup_kind("body"))
    )


@functools.cache
def _no_division() -> EndingMatcher:
    return ending_matcher("short_bodies", "no_division")


@functools.cache
def short_divisions() -> Mapping[str, str]:
    """Return provinces and cities by their names without the level (河南 → 河南省); doubtful ones are left out."""
    found: dict[str, set[str]] = {}
    for row in table("divisions"):
        if row["level"] in ("province", "city") and row["surface"] != row["canonical"]:
            found.setdefault(row["surface"], set()).add(row["canonical"])
    provinces = {row["surface"] for row in table("divisions") if row["level"] == "province"}
    return {short: min(full) for short, full in found.items() if len(full) == 1 or short in provinces}
