"""The parts of an organisation's name: places, body, legal form; and when two names can only mean one body.

A name is an alias of another if it has the same place, level, number and kind of body and is either the same in full
(省人社厅, 省人力资源和社会保障厅) or an ordered subsequence of it (轻工联). Edit distance is no measure here: 河南省财政厅
and 湖南省财政厅 are one character apart (design.md §3).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from kg.language.lexicon import ending_matcher, lookup, matcher, table, trie_pattern, words

LEVELS = ("自治区", "自治州", "自治县", "省", "市", "县", "区", "州", "旗", "盟", "镇", "乡")
_UNKNOWN_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,3}?省|[\u4e00-\u9fff]{2,5}?(?:自治区|自治州|自治县)|[\u4e00-\u9fff]{2,3}?市|[\u4e00-\u9fff]{1,3}?县|[\u4e00-\u9fff]{2,3}?区"
)
_PARTY = re.compile(r"^(?:中国共产党|中共)(?=.)")
_YOUTH = re.compile(r"^(?:中国共产主义青年团|共青团|团)(?P<place>.{1,8}?)委(?:员会)?$")
_CONFERENCE = re.compile(r"^(?:中国人民政治协商会议|人民政协)(?P<place>.{1,8}?)委员会$")
_FIELD_HEAD = r"(?=(?:厅|局|委员会|委|部|办公室|办|中心|系统|研究院|学院|总站|所|站))"
_OFFICIAL = re.compile(r"(?:厅|局|委员会|委|政府|总工会|法院|检察院|人大|政协|人大常委会|妇联|党校|总队|纪委)$")
_JOINING = re.compile(r"[和与及、]|第(?=[一二三四五六七八九十\d])")
_NUMBER = re.compile(r"[一二三四五六七八九十百\d]+")
_ENDINGS_DROPPED = re.compile(r"工业|行业|产业|业")


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
    party = _PARTY.match(rest)
    if party and (len(rest) > party.end() + 1):
        stripped = rest[party.end() :]
        if _first_place(stripped) or _level_at(stripped):
            rest = re.sub(r"^((?:[^委]|委(?!员会))*?)委员会", r"\1委", stripped, count=1)
    places, rest = _split_places(rest)
    legal = ""
    if ending := ending_matcher("short_bodies", "legal").search(rest):
        if ending.start() >= 2:
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
    bodies = _bodies()
    for size in range(min(len(rest), 14), 0, -1):
        if rest[:size] in bodies and (size == len(rest) or is_inner(rest[size:])):
            return bodies[rest[:size]] + rest[size:]
    if field := _field().match(rest):
        return lookup_kind("field")[field.group()] + rest[field.end() :]
    return rest


def is_inner(name: str) -> bool:
    """Say whether a name is that of a department or of another body inside an organisation.

    >>> is_inner("权益保障部"), is_inner("党组"), is_inner("职业能力建设处"), is_inner("队")
    (True, True, True, False)
    """
    return (
        name in lookup("departments", "domain")
        or name in inner_bodies()
        or (len(name) >= 3 and _INNER.fullmatch(name) is not None)
    )


_INNER = re.compile(
    r"[\u4e00-\u9fff]{1,14}(?:部|处|科|室|司|办公室|办公厅|中心|学院|系|工会|党支部|党总支|专业委员会|分会|编辑部|秘书处|[一二三四五六七八九十]分局|支队|大队|附属医院|附院|分公司|支行|分行|研究所|研究院)"
)


@functools.cache
def inner_bodies() -> frozenset[str]:
    """Return the bodies that are part of any organisation (党组, 工会, 团委)."""
    more = ("党组", "党委", "纪委", "纪检组", "党总支", "党支部", "机关党委", "理事会", "监事会", "董事会", "机关", "总部")
    return frozenset({*more, *words("inner_bodies", "body"), *words("title_bodies")} - set(words("title_bodies")))


@functools.lru_cache(maxsize=1 << 18)
def inner_cuts(name: str) -> tuple[tuple[str, str], ...]:
    """Return the ways to part a name into an owner and a body inside it, the longest owner first.

    >>> [owner for owner, _ in inner_cuts("东江大学第二附属医院护理部")]
    ['东江大学第二附属医院', '东江大学']
    >>> inner_cuts("江源省总工会")
    ()
    """
    ending = ending_matcher("organization_suffixes").search(name)
    last = ending.start() if ending else len(name)
    found = []
    for cut in range(min(len(name) - 2, last), 2, -1):
        owner, inner = name[:cut], name[cut:]
        if name[cut - 1 : cut + 1] in _INSIDE_WORDS:
            continue
        if name[cut - 1] in _OWNER_ENDS and is_inner(inner) and parse_name(owner).body and not _is_division(owner):
            found.append((owner, inner))
    return tuple(found)


_INSIDE_WORDS = frozenset("大学 学院 学校 学会 学科 社会 社区 会议 会员 会计 部门 部队 局部 办公 团委 团体 团队 所属 站点 行政 行业 协同 协调 队伍 组织 台湾 处理 院校 校园 大队 大型".split())
# Owners end with one of these.
_OWNER_ENDS = frozenset("总会局厅部委院校司社学府团处行站所心办协联队厂矿组台馆大")


def owners(name: str) -> tuple[str, ...]:
    """Return what a name says its body is part of, the nearest first; complete names only.

    >>> owners("东江大学第二附属医院护理部")
    ('东江大学第二附属医院', '东江大学')
    """
    return tuple(owner for owner, _ in inner_cuts(name) if is_complete(parse_name(owner)))


@functools.cache
def _bodies() -> Mapping[str, str]:
    """Return short bodies and full ones with their full form."""
    rows = lookup_kind("body")
    return {**rows, **{full: full for full in rows.values()}}


@functools.cache
def _field() -> re.Pattern[str]:
    return re.compile(trie_pattern(words("short_bodies", "field")) + _FIELD_HEAD)


def _reordered(text: str) -> str:
    """Bring the place to the front: 团省委 → 省团委, 中国人民政治协商会议某省委员会 → 某省政协."""
    for expression, body in ((_YOUTH, "团委"), (_CONFERENCE, "政协")):
        match = expression.match(text)
        if match and (match["place"] in LEVELS or _is_division(match["place"])):
            return match["place"] + body
    return text


def _is_division(text: str) -> bool:
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
    if unknown := _UNKNOWN_PLACE.match(text):
        place = unknown.group()
        if not _no_division().search(place) and not (match and match.end() >= unknown.end()):
            return unknown.end(), place
    if match:
        canonical = short_divisions().get(match.group())
        if canonical and _behind_short_place(text[match.end() :]):
            return match.end(), canonical
    return None


def _behind_short_place(rest: str) -> bool:
    """Say whether a name without its level (河南|财政厅) may stand before a body: before offices only."""
    return bool(rest) and rest not in LEVELS and (_OFFICIAL.search(rest) is not None or rest in lookup_kind("body"))


@functools.cache
def _no_division() -> re.Pattern[str]:
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
    return _NUMBER.findall(re.sub(r"统一|唯一|三农|三峡|一体|一带一路|九三学社|四川|九江|八一|五金|一汽|百货|百色", "", body))


def full_head(body: str) -> str:
    """Return the ending of a body in full (联合会, 大学), empty if it ends like none."""
    match = _full_heads().search(body)
    return match.group() if match else ""


@functools.cache
def _full_heads() -> re.Pattern[str]:
    return re.compile(trie_pattern(heads_of("")) + "$")


@functools.cache
def heads_of(short: str) -> frozenset[str]:
    """Return the full endings that a short one may stand for; all of them for the empty string."""
    rows = lookup_kind("head")
    listed = rows.values() if not short else (rows.get(short, ""),)
    return frozenset(head for heads in listed for head in heads.split("|") if head)


def is_complete(parts: NameParts) -> bool:
    """Say whether a name has its legal form or a full ending of two characters or more: it abbreviates nothing.

    >>> is_complete(parse_name("东江大学")), is_complete(parse_name("东大一附院"))
    (True, False)
    """
    return bool(parts.legal) or len(full_head(parts.body)) >= 2 or (bool(parts.places) and parts.body in _bodies())


def abbreviates(short: NameParts, full: NameParts) -> bool:
    """Say whether a name can be the short form of another: same place, level, number and kind of body, in order.

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
def _short_heads() -> re.Pattern[str]:
    return ending_matcher("short_bodies", "head")
