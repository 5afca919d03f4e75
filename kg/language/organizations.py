"""Names of organisations: where the name that ends at a given place begins, and lists of them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from kg.language.lexicon import lookup, matcher, table, trie_pattern, words
from kg.language.normalize import is_han

_HARD = set("，。；：！？“”‘’《》〈〉【】、|…—/ ")
# Characters that make 任, 为, 免 part of another word when they stand directly before or after it.
_NEIGHBOURS = {
    "任": ("责主委信担就现上离留常听胜历前", "务职何期意性命"),
    "为": ("作成称认因以名分视列评选定确改变华行", ""),
    "免": ("减避难", "费税疫检"),
    "聘": ("招应", "用"),
    "经": ("已曾财神", "济营理验过典贸信销"),
}
# Adverbs and phrases before an organisation that no lexicon of borders lists one by one.
_LEAD = re.compile(
    r"^(?:(?:\d{2,4}年)?\d{1,2}月(?:\d{1,2}日)?(?:至\d{1,2}日|-\d{1,2}日)?(?:上午|下午|晚间?|晚上)?|\d{4}年|\d{1,2}日(?:上午|下午|晚)?|\d+日[,，]?|"
    r"其中|此外|另外|同时|同日|当天|当日|随后|最后|首先|其次|会上|会前|会后|会议由|同意|决定|经|据|由|对|与|和|及|向|在|的|了|是|为|以|被|让|请|还有|包括|其(?!中)|兼任?|"
    r"现|现任|时任|原|前任|新任|著名|知名|优秀|本次|此次|该项目|参会的|参加|到会|应邀|特邀|嘉宾|记者|通讯员|[一二三四五六七八九十]+、|\d+[.、])+"
)
_COORDINATION = re.compile(r"以及|和|与|及|暨|同|会同|联合")
# 和, 与 and 及 that belong to a name (发展和改革, 文化和旅游) follow a part that is no organisation by itself.
_TAIL_OF_BODY = re.compile(r"(?:部|委|局|厅|会|院|府|室|司|署|办|行|社|团|校|所|厂|队|台|站|中心|公司|集团|大学|联盟|银行|学院|医院|政府|工会|总工会|工商联|妇联|科协|政协|人大|市委|省委|县委|区委|党委)$")
_WEAK_ENDINGS = re.compile(r"[局厅司部处院所社团盟会厂矿行委办署队校台站室科组网馆店园庭系班级]$")
_BARE_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,24}(?:省|市|县|区|州|镇|乡|村|社区|自治区|自治州|自治县|街道)$")


@dataclass(frozen=True, slots=True)
class Organization:
    """A name of an organisation in a view: its span, its characters, and how it was recognised.

    `kind` is `known` (listed), `strong` (an ending that only organisations have), `weak` (an ambiguous ending),
    `place` (a division alone), `department` (an internal department alone) or `unknown` (none of these).
    """

    start: int
    end: int
    text: str
    kind: str


# One character that stands for an organisation named before (校党委书记).
POINTERS = frozenset("校院厂行社台馆所")


@functools.cache
def _endings(strength: str) -> re.Pattern[str]:
    rows = [row["surface"] for row in table("organization_suffixes") if row["domain"].startswith(strength)]
    return re.compile("(?:" + trie_pattern(rows) + ")(?:（[^（）]{1,12}）)?$")


@functools.cache
def _departments() -> frozenset[str]:
    return frozenset(words("departments"))


@functools.cache
def _known_names() -> re.Pattern[str]:
    return re.compile(trie_pattern(row["surface"] for row in table("organizations") if len(row["surface"]) >= 2))


# One-character words that end what stands before a name when they are words of their own.
_SINGLE_BORDERS = frozenset("由在向对据被把将给让为是和与及并的了从任免聘经系")


@functools.cache
def _borders() -> re.Pattern[str]:
    """Words that no name of an organisation contains: those that occur inside a listed name or ending do not count."""
    names = "\n".join(row["surface"] for name in ("organizations", "organization_suffixes", "departments") for row in table(name))
    multiple = [row["surface"] for row in table("boundary_words") if len(row["surface"]) > 1 and row["surface"] not in names]
    return re.compile(trie_pattern([*multiple, *_SINGLE_BORDERS]))


def classify(text: str) -> str:
    """Return how a string can be recognised as an organisation's name (see `Organization.kind`); "" if it cannot be.

    >>> classify("教育部"), classify("红石市总工会"), classify("红石市")
    ('known', 'strong', 'place')
    """
    if text in lookup("organizations", "canonical"):
        return "known"
    if text in _departments():
        return "department"
    if text in lookup("divisions", "level") or _BARE_PLACE.match(text):
        return "place"
    if _endings("strong").search(text) and len(text) >= 2:
        return "strong"
    if len(text) >= 3 and (_WEAK_ENDINGS.search(text) or _endings("weak").search(text)):
        return "weak"
    return "unknown" if len(text) >= 2 or text in POINTERS else ""


def _region(text: str, end: int, floor: int) -> int:
    """Return the leftmost place at which a name that ends at `end` could begin: brackets inside a name are skipped."""
    start = end
    while start > floor:
        character = text[start - 1]
        if character == "）":
            opening = text.rfind("（", floor, start)
            if opening < 0 or start - opening > 16 or re.search(r"[，。；：、]", text[opening:start]):
                break
            start = opening
            continue
        if character in _HARD or character == "（":
            break
        start -= 1
    return start


def _protected(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans inside which no border is looked for: listed names."""
    return [match.span() for match in _known_names().finditer(text, start, end)]


def _border_cuts(text: str, start: int, end: int, ends: frozenset[int]) -> int:
    """Return the end of the last word that cannot be inside a name."""
    shields = _protected(text, start, end)
    cut = start
    position = start
    while match := _borders().search(text, position, end):
        first, after = match.span()
        position = first + 1
        if any(left < after and first < right for left, right in shields):
            continue
        if after >= end and match.group() in "和与及同":
            continue
        if len(match.group()) == 1 and not _single_is_border(text, start, first, end, ends):
            continue
        cut = max(cut, after)
        position = after
    return cut


def _single_is_border(text: str, start: int, place: int, end: int, ends: frozenset[int]) -> bool:
    """Say whether a one-character word (和, 由, 在, 为 …) at `place` separates rather than being part of a name."""
    character = text[place]
    if character in "的了":
        return True
    left, right = text[start:place], text[place + 1 : end]
    if character in "和与及暨同":
        if re.search(r"[省市县区州旗盟镇乡]$", left) and re.match(r"[\u4e00-\u9fff]{1,8}(?:省|市|县|区|州)", right):
            return True
        if not _TAIL_OF_BODY.search(left):
            # 张三和李四: nothing that ends like an organisation stands on the left.
            return len(left) <= 4 and bool(left) and left[0] in lookup("surnames", "weight") and classify(right) in ("known", "strong")
        # 发展和改革委员会: 发展 ends like nothing; 某部和某局: both sides do.
        return len(left) >= 2 and (classify(right) in ("known", "strong", "weak", "place"))
    if character in _NEIGHBOURS:
        before, after = _NEIGHBOURS[character]
        if left[-1:] and left[-1] in before or right[:1] and right[0] in after:
            return False
    elif character in "系将从对向" and (place not in ends or place + 1 not in ends):
        return False
    return not (character == "由" and left.endswith("自") or character == "在" and left.endswith("存"))


def organization_before(text: str, end: int, floor: int = 0, ends: frozenset[int] = frozenset()) -> Organization | None:
    """Return the organisation whose name ends at `end`, None if nothing there can be one.

    Args:
        text: The normalised characters of a sentence.
        end: Where the name ends (a title or a list separator follows).
        floor: Where the last name, title or separator ended; the organisation begins there or later.
        ends: The borders of words in `text`, from the segmenter.

    >>> organization_before("近日，红石市总工会主席张三到会", 8).text
    '红石市总工会'
    """
    start = _region(text, end, floor)
    start = _border_cuts(text, start, end, ends)
    lead = _LEAD.match(text[start:end])
    if lead and not _known_names().match(text, start):
        start += lead.end()
    while start < end and not (is_han(text[start]) or text[start].isalnum()):
        start += 1
    if start >= end:
        return None
    name = text[start:end]
    kind = classify(name)
    if not kind or len(name) > 46:
        return None
    return Organization(start, end, name, kind)


def split_list(text: str, start: int, end: int, ends: frozenset[int] = frozenset()) -> list[Organization]:
    """Return the organisations of a list in `text[start:end]`: separated by 、 and 和, or adjacent without separator.

    >>> [o.text for o in split_list("教育部、红石市文化和旅游局和红石市总工会", 0, 20)]
    ['教育部', '红石市文化和旅游局', '红石市总工会']
    """
    result: list[Organization] = []
    first = start
    for piece in re.finditer(r"[^、，；/ ]+", text[start:end]):
        first, after = start + piece.start(), start + piece.end()
        result += _split_coordination(text, first, after)
    return result


def _split_coordination(text: str, start: int, end: int) -> list[Organization]:
    for match in _COORDINATION.finditer(text, start + 1, end - 1):
        left, right = text[start : match.start()], text[match.end() : end]
        if any(a < match.end() and match.start() < b for a, b in _protected(text, start, end)):
            continue
        if left in lookup("generic_bodies", "endings") and classify(right) in ("known", "strong", "weak"):
            return [_organization(text, start, match.start()), *_split_coordination(text, match.end(), end)]
        if _TAIL_OF_BODY.search(left) and classify(left) in ("known", "strong", "weak") and classify(right) in (
            "known", "strong", "weak", "department"):  # fmt: skip
            return [*_split_adjacent(text, start, match.start()), *_split_coordination(text, match.end(), end)]
    return _split_adjacent(text, start, end)


_ADJACENT = re.compile(
    r"(?:中共|中国共产党)?[\u4e00-\u9fff]{0,12}?(?:省委|市委|县委|区委|州委|旗委|盟委|党委)(?=[\u4e00-\u9fff]{0,12}(?:政府|人大|政协|纪委|办公室|办公厅))"
)


def _split_adjacent(text: str, start: int, end: int) -> list[Organization]:
    """Split 市委市政府 and 中共中央办公厅国务院办公厅; a listed name that begins where another ends splits too."""
    name = text[start:end]
    for match in _known_names().finditer(text, start, end):
        other = _known_names().match(text, match.end(), end)
        if match.start() == start and other and other.end() == end:
            return [_organization(text, start, match.end()), _organization(text, match.end(), end)]
    pair = re.fullmatch(r"((?:中共)?[\u4e00-\u9fff]{0,12}?[省市县区州旗盟]委)((?:[\u4e00-\u9fff]{0,12}?)[省市县区州旗盟](?:人民)?政府|[省市县区]人大常委会)", name)
    if pair:
        cut = start + pair.end(1)
        return [_organization(text, start, cut), _organization(text, cut, end)]
    return [_organization(text, start, end)] if name else []


def _organization(text: str, start: int, end: int) -> Organization:
    return Organization(start, end, text[start:end], classify(text[start:end]))
