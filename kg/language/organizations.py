"""Names of organisations: where the name that ends at a given place begins."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.language.lexicon import Row, ending_matcher, lookup, matcher, table, words
from kg.language.name_contexts import starts_body
from kg.language.name_scores import name_score
from kg.language.normalize import is_han
from kg.language.patterns import pattern
from kg.language.word_matcher import EndingMatcher, WordMatcher

_HARD_BORDERS = frozenset("，。；：！？“”‘’《》〈〉【】、|…—/ （")
_LONGEST_NAME = 46
_LONGEST_QUOTATION = 10


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

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Organization:
        """Return the organisation that `text[start:end]` names.

        >>> Organization.of("近日，红石市总工会", 3, 9).kind
        'strong'
        """
        return cls(start, end, text[start:end], classify(text[start:end]))


@functools.cache
def pointers() -> frozenset[str]:
    """Return the characters that stand for an organisation named before (校党委书记).

    >>> "校" in pointers()
    True
    """
    return frozenset(words("organization_endings", "pointer"))


@functools.cache
def _ending(strength: str) -> EndingMatcher:
    rows = (row["surface"] for row in table("organization_suffixes") if row["domain"].startswith(strength))
    return EndingMatcher(rows, "(?:（[^（）]{1,12}）)?")


@functools.cache
def _departments() -> frozenset[str]:
    return frozenset(words("departments"))


@functools.cache
def known_name() -> WordMatcher:
    """Return the matcher of the listed organisations."""
    return WordMatcher(name for name in words("organizations") if len(name) >= 2)


@functools.cache
def _border_characters() -> Mapping[str, Row]:
    """Return the one-character words that end what stands before a name when they are words of their own."""
    return {row["surface"]: row for row in table("organization_borders")}


@functools.cache
def _border() -> WordMatcher:
    """Words that no name of an organisation contains: those that occur inside a listed name or ending do not count."""
    files = ("organizations", "organization_suffixes", "departments")
    listed = "\n".join(name for file in files for name in words(file))
    multiple = [word for word in words("boundary_words") if len(word) > 1 and word not in listed]
    return WordMatcher([*multiple, *_border_characters()])


@functools.lru_cache(maxsize=4096)
def classify(text: str) -> str:
    """Return how a string can be recognised as an organisation's name (see `Organization.kind`); "" if it cannot be.

    >>> classify("教育部"), classify("红石市总工会"), classify("红石市")
    ('known', 'strong', 'place')
    """
    if text in lookup("organizations", "canonical"):
        return "known"
    if text in _departments():
        return "department"
    if text in lookup("divisions", "level") or pattern("organizations", "bare_place").match(text):
        return "place"
    if len(text) >= 2 and _ending("strong").search(text):
        return "strong"
    ambiguous = ending_matcher("organization_endings", "ambiguous")
    if len(text) >= 3 and (ambiguous.search(text) or _ending("weak").search(text)):
        return "weak"
    return "unknown" if len(text) >= 2 or text in pointers() else ""


@functools.cache
def _ending_inside() -> WordMatcher:
    rows = table("organization_suffixes")
    return WordMatcher(row["surface"] for row in rows if row["domain"].startswith("strong"))


def ending_inside(text: str) -> bool:
    """Say whether an ending that only organisations have stands inside a string.

    >>> ending_inside("红石集团企业传讯"), ending_inside("企业传讯")
    (True, False)
    """
    return _ending_inside().search(text) is not None


def _leftmost(text: str, end: int, floor: int) -> int:
    """Return the leftmost place at which a name that ends at `end` could begin: brackets inside a name are skipped."""
    start = end
    while start > floor:
        character = text[start - 1]
        if character == "）":
            opening = text.rfind("（", floor, start)
            inside = text[opening + 1 : start - 1]
            if opening < 0 or start - opening > 16 or re.search(r"[，。；：、]", inside):
                break
            if pattern("organizations", "bracketed_mark").fullmatch(inside):
                break
            start = opening
            continue
        if character == "”" and (quotation := _inner_quotation(text, floor, start)) is not None:
            start = quotation
            continue
        if character in _HARD_BORDERS:
            break
        start -= 1
    return start


def _inner_quotation(text: str, floor: int, end: int) -> int | None:
    """Return where the quotation that ends at `end` begins, if it is part of a name (省委“两新”工委), else None."""
    opening = text.rfind("“", floor, end)
    if opening <= floor or end - opening > _LONGEST_QUOTATION or not is_han(text[opening - 1]):
        return None
    if re.search(r"[，。；：、]", text[opening:end]):
        return None
    return opening if ending_matcher("organization_endings", "coordinated").search(text, floor, opening) else None


def listed_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of listed names and countries, inside which no border is looked for.

    >>> listed_spans("世界气象组织发布", 0, 8)
    [(0, 6)]
    """
    found = (expression.finditer(text, start, end) for expression in (known_name(), matcher("foreign_places")))
    return [match.span() for matches in found for match in matches]


def _after_last_border(text: str, start: int, end: int, ends: frozenset[int]) -> int:
    """Return the end of the last word that cannot be inside a name."""
    listed = listed_spans(text, start, end)
    cut = position = start
    while match := _border().search(text, position, end):
        first, after = match.span()
        position = first + 1
        if any(left < after and first < right for left, right in listed):
            continue
        if after >= end and match.group() in ("和", "与", "及", "系"):
            continue
        if after - first == 1 and not _is_border(text, (start, cut), first, end, ends):
            continue
        tail = after - first > 1 and pattern("organizations", "department_tail").fullmatch(text, after, end)
        if tail and not pattern("appointments", "become").fullmatch(match.group()):
            # 新闻发布|科: the verb is part of the department's name; 担任|中心主任.
            continue
        cut = position = first + 1 if _is_pronoun(match.group(), text, first) else after
    for verb in pattern("organizations", "verb_behind_body").finditer(text, cut, end):
        # Also a verb that some name contains (改革推进中心) ends one behind the ending of a body.
        inside = any(left < verb.end() and verb.start() < right for left, right in listed)
        if not inside and _ending("strong").search(text[cut : verb.start()]):
            cut = verb.end()
    return cut


def _is_pronoun(word: str, text: str, start: int) -> bool:
    """Say whether 其 at the beginning of a word is one of its own (免去其|实验室主任职务)."""
    return (
        word in ("其实", "其中", "其他", "其余")
        and pattern("appointments", "takes_person").search(text, max(0, start - 4), start) is not None
    )


def _is_border(text: str, starts: tuple[int, int], place: int, end: int, ends: frozenset[int]) -> bool:
    """Say whether a one-character word (和, 由, 在, 为 …) at `place` separates rather than being part of a name.

    `starts` are where the part looked at begins, and where the last border in it ends.
    """
    row = _border_characters()[text[place]]
    left, right = text[starts[0] : place], text[place + 1 : end]
    if row["kind"] == "always":
        return True
    if pattern("organizations", "serves").match(text, place):
        return False
    if row["kind"] == "coordination":
        return _coordinates(text[starts[1] : place], right)
    if text[place] == "为" and len(left) > 1 and left[-1] == "华" and starts_body(right, 0):
        # 林国华为某省审计厅厅长: no word 华为.
        return True
    # 任, 为 and 免 are part of another word beside certain characters (责任, 任务).
    if text[place] == "为" and matcher("divisions").match(right):
        # 林国华为某省某厅厅长
        return True
    if (left and left[-1] in row["before"]) or (right and right[0] in row["after"]):
        return False
    return row["kind"] != "word" or (place in ends and place + 1 in ends)


def _coordinates(left: str, right: str) -> bool:
    """Say whether 和 between two strings joins two names rather than being part of one (发展和改革委员会)."""
    if re.search(r"[省市县区州旗盟镇乡]$", left) and re.match(r"[\u4e00-\u9fff]{1,8}(?:省|市|县|区|州)", right):
        return True
    if right in lookup("generic_bodies", "endings"):
        # 教授张三及公司副董事长
        return True
    if left.removeprefix("其") in lookup("generic_bodies", "endings"):
        # 实验室与设备管理处: the beginning names no body.
        return False
    if ending_matcher("organization_endings", "coordinated").search(left):
        # 发展和改革委员会: 发展 ends like nothing; 某部和某局: both sides do.
        return len(left) >= 2 and classify(right) in ("known", "strong", "weak", "place")
    # 张三和李四: nothing that ends like an organisation stands on the left.
    person = (name_score(left) or 0) > 0 and not matcher("divisions").match(left)
    whole = person or left in lookup("organizations", "canonical")
    return whole and classify(right) in ("known", "strong", "place")


@functools.lru_cache(maxsize=8192)
def organization_before(text: str, end: int, floor: int = 0, ends: frozenset[int] = frozenset()) -> Organization | None:
    """Return the organisation whose name ends at `end`, None if nothing there can be one.

    Args:
        text: The normalised characters of a sentence.
        end: Where the name ends (a title or a list separator follows).
        floor: Where the last name, title or separator ended; the organisation begins there or later.
        ends: The borders of words in `text`, from the segmenter.

    >>> organization_before("近日，红石市总工会主席张三到会", 9).text
    '红石市总工会'
    """
    start = _after_last_border(text, _leftmost(text, end, floor), end, ends)
    lead = pattern("organizations", "lead").match(text[start:end])
    if lead and not known_name().match(text, start):
        start += lead.end()
    while start < end and not (is_han(text[start]) or text[start].isalnum()):
        start += 1
    ministry = pattern("organizations", "foreign_ministry").search(text, floor, start)
    if ministry and matcher("foreign_places").match(text, ministry.start()):
        # 某国农业、林业和食品部: the list is part of the name.
        start = ministry.start()
    if not 0 < end - start <= _LONGEST_NAME:
        return None
    found = Organization.of(text, start, end)
    return found if found.kind else None
