"""Names without a Chinese form: dotted (塔依尔·买买提), of a minority (索朗多吉), transliterated (史密斯)."""

from __future__ import annotations

import functools
import re

from kg.language.lexicon import ending_matcher, lookup, matcher, words
from kg.language.name_contexts import ends_with_boundary
from kg.language.name_scores import PUNCTUATION, may_end_name, surnames
from kg.language.normalize import is_han
from kg.language.patterns import pattern

_DOTTED = re.compile(r"[\u4e00-\u9fffA-Za-z\-]{1,9}(?:[·.][\u4e00-\u9fffA-Za-z\-]{1,9}){1,4}")
_DOTTED_BEFORE = re.compile(r"[\u4e00-\u9fffA-Za-z·]{3,30}$")
# The longest first part of a dotted name, and the longest that a title alone borders.
_LONGEST_FIRST = 7
_LONGEST_BEHIND_TITLE = 6
# Prepositions that end a last part of one character (丽莎·陈|对).
_AFTER_SURNAME = "对向给为在就"
_SHORTEST_RUN = 4


@functools.cache
def _letters() -> frozenset[str]:
    """Return the characters that usually write foreign sounds."""
    return frozenset("".join(words("transliteration_characters")))


@functools.cache
def _first_part_letters() -> frozenset[str]:
    """Return the characters that write the first part of a dotted name, those of the minorities' names too."""
    return _letters() | _minority_letters() | frozenset("都合")


@functools.cache
def _last_part_letters() -> frozenset[str]:
    return _letters() | frozenset("都不")


def dotted_name_after(text: str, start: int) -> int | None:
    """Return where the name with · or . inside that begins at `start` ends, None if none does.

    >>> dotted_name_after("塔依尔·买买提出席会议", 0)
    7
    """
    match = _DOTTED.match(text, start)
    if not match:
        return None
    last = max(match.group().rfind("·"), match.group().rfind(".")) + 1 + start
    if re.search(r"[的兼任]", text[start:last]) or matcher("titles", "head", "full").search(text, start, last):
        return None
    end = _last_part_end(text, last, match.end())
    return end if end > last else None


def dotted_name_before(text: str, end: int, floor: int = 0) -> int | None:
    """Return where the name with · inside that ends at `end` begins, at `floor` or later, None if none does.

    >>> dotted_name_before("记者从塔依尔·买买提", 10)
    3
    """
    match = _DOTTED_BEFORE.search(text[floor:end])
    if not match or "·" not in match.group() or match.group().endswith("·"):
        return None
    last = match.group().rpartition("·")[2]
    if not may_end_name(last[-1]) and last[-1] not in _letters():
        # 贝克尔做首席技术官: the verb behind the name.
        return None
    if (
        len(last) > 6
        or any(len(word.group()) >= 2 for word in matcher("boundary_words").finditer(last))
        or matcher("titles", "head").search(last)
    ):
        return None
    dot = floor + match.start() + match.group().index("·")
    first = _first_part_start(text, dot, floor)
    return first if first < dot else None


def _first_part_start(text: str, dot: int, floor: int) -> int:
    """Return where the first part of a dotted name, the one that ends at `dot`, begins."""
    letters, first = _first_part_letters(), dot
    border = max((place for place in range(floor, dot) if text[place] in PUNCTUATION), default=floor - 1) + 1
    if 0 < dot - border <= _LONGEST_FIRST and letters.issuperset(text[border:dot]) and may_end_name(text[border]):
        # 阿布都热合曼·: 都 is a letter between letters.
        return border
    while first > floor and text[first - 1] in letters and dot - first < _LONGEST_FIRST:
        if first < dot and (ends_with_boundary(text, max(floor, first - 4), first) or _ends_title(text, floor, first)):
            break
        first -= 1
    if (
        0 < dot - border <= _longest_first(text, border, dot)
        and all(map(is_han, text[border:dot]))
        and not _is_word(text, border, dot)
    ):
        # 、何塞·路易斯: the first part fills the place between a mark and the dot.
        return border
    behind_title = _after_title(text, dot, floor)
    if behind_title is not None and behind_title < first:
        return behind_title
    if first == dot and first > floor and is_han(text[first - 1]):
        # One character that is no usual letter must stand alone.
        alone = first - 1 == floor or text[first - 2] in PUNCTUATION
        return first - 1 if alone else first
    return first


def _after_title(text: str, dot: int, floor: int) -> int | None:
    """Return where the first part begins that fills the place between a title and the dot (首席科学家叶莲娜·)."""
    for place in range(dot - 2, max(floor, dot - _LONGEST_BEHIND_TITLE) - 1, -1):
        if not is_han(text[place]):
            return None
        if _ends_title(text, floor, place):
            return None if _is_word(text, place, dot) else place
    return None


def _ends_title(text: str, floor: int, end: int) -> bool:
    """Say whether a title ends at a place (院士|沃尔夫冈)."""
    return ending_matcher("titles", "head", "full").search(text, max(floor, end - 8), end) is not None


def _longest_first(text: str, start: int, end: int) -> int:
    """Return how long a first part that fills its place may be: longer where most of it are usual letters."""
    usual = sum(character in _first_part_letters() for character in text[start:end])
    return _LONGEST_FIRST if 3 * usual >= 2 * (end - start) else 4


def _is_word(text: str, start: int, end: int) -> bool:
    """Say whether words that stand before names, or titles, are part of what stands before the dot."""
    return any(
        ends_with_boundary(text, start, place) or _ends_title(text, start, place) for place in range(start + 1, end)
    )


@functools.cache
def _minority_letters() -> frozenset[str]:
    return frozenset(words("minority_name_characters"))


def long_names_after(text: str, start: int) -> tuple[int, ...]:
    """Return where a Tibetan, Mongolian, Vietnamese or Japanese name that begins at `start` may end.

    >>> long_names_after("索朗多吉，", 0), long_names_after("佐久间健一、", 0)
    ((4,), (4, 5))
    """
    run = start
    while run < len(text) and text[run] in _minority_letters() and run - start < 6:
        run += 1
    if text[start + 1 : start + 2] == "氏" and all(map(is_han, text[start : start + 4])):
        # 阮氏秋河: a Vietnamese woman's name.
        return (start + 4, start + 3) if len(text) >= start + 4 else ()
    family = matcher("japanese_surnames", column="source").match(text, start)
    given = re.match("[\u4e00-\u9fff]{1,3}", text[family.end() :]) if family else None
    japanese = range(family.end() + 1, family.end() + given.end() + 1) if family and given else ()
    return (*_ends_of_run(text, start, run), *(end for end in japanese if end - start >= 3))


def _ends_of_run(text: str, start: int, run: int) -> tuple[int, ...]:
    """Return where a name may end whose letters go on to `run`: 说 and 正 are letters too, but rather follow a name."""
    verb = matcher("name_followers").match(text, run - 2)
    if verb and len(verb.group()) >= 2:
        # 鲁班|参加: the last letters are the verb.
        run -= 2
    if run - start < _SHORTEST_RUN:
        return ()
    if may_end_name(text[run - 1]) and text[run - 1] != "正":
        return (run,)
    if text[run - 1] == "让" or (not _speaks(text[run - 1]) and text[run : run + 1] in ("", *PUNCTUATION)):
        # 才让 ends Tibetan names.
        return (run,)
    return (run - 1,) if run - start > _SHORTEST_RUN else ()


def long_name_before(text: str, end: int, floor: int) -> int | None:
    """Return where the Tibetan or Mongolian name that ends at `end` begins (four to six characters), None if none does.

    >>> long_name_before("，那顺巴图任", 5, 0)
    1
    """
    start = end
    while start > floor and text[start - 1] in _minority_letters() and end - start < 6:
        start -= 1
    bordered = (
        start == floor or text[start - 1] in PUNCTUATION or ends_with_boundary(text, max(floor, start - 4), start)
    )
    return start if end - start >= 4 and bordered else None


def transliterated_name_after(text: str, start: int) -> int | None:
    """Return where the name of usual letters of transliteration that begins at `start` ends, None if none does.

    >>> transliterated_name_after("史密斯表示感谢", 0)
    3
    """
    if matcher("foreign_places").match(text, start):
        return None
    letters, limit = _letters(), start
    while limit < len(text) and text[limit] in letters:
        limit += 1
    end = _last_part_end(text, start, limit)
    if end - start < 3:
        return None
    return None if _is_place(text[start:end]) else end


def transliterated_name_before(text: str, end: int, floor: int) -> int | None:
    """Return where the name of five usual letters of transliteration or more that ends at `end` begins, else None.

    It fills the place behind a mark or the beginning.

    >>> transliterated_name_before("，斯托伊科维奇不再任教", 7, 0)
    1
    """
    start = end
    while start > floor and text[start - 1] in _letters():
        start -= 1
    bordered = start == floor or text[start - 1] in PUNCTUATION
    return start if end - start >= 5 and bordered and not _is_place(text[start:end]) else None


def _is_place(word: str) -> bool:
    return word in lookup("divisions", "level") or word in lookup("foreign_places", "source")


def _last_part_end(text: str, start: int, limit: int) -> int:
    """Return where the last part of a foreign or minority name ends: before a word that follows names."""
    return _before_long_follower(text, start, limit) or _before_any_follower(text, start, limit)


def _before_long_follower(text: str, start: int, limit: int) -> int | None:
    """Return the later one of two borders among usual letters: 买买提|出席, not 买买|提出."""
    letters = _last_part_letters()
    if not letters.issuperset(text[start : start + 2]):
        return None
    run = start
    while run < limit and text[run] in letters and run - start < 8:
        run += 1
    for place in range(run, start + 1, -1):
        if _long_follower(text, place):
            # 买买提|都表示: 都 is a letter too, but rather follows a name.
            return place - 1 if text[place - 1] == "都" and place - start > 3 else place
    return None


def _long_follower(text: str, place: int) -> bool:
    """Say whether a word of two characters or more that follows names, or an action, begins at a place."""
    if pattern("names", "visit").match(text, place):
        return True
    if pattern("names", "inside").search(text, max(0, place - 2), place + 1):
        # 买买|提任: the character belongs to the name.
        return False
    words_there = (matcher(name).match(text, place) for name in ("name_followers", "action_verbs", "adverbs"))
    return any(word is not None and len(word.group()) >= 2 for word in words_there)


def _before_any_follower(text: str, start: int, limit: int) -> int:
    letters, end = _last_part_letters(), start
    while end < limit and end - start < 9:
        if is_han(text[end]) and end > start:
            follower = matcher("name_followers").match(text, end) or matcher("boundary_words").match(text, end)
            unusual = text[end] not in letters
            if follower and not is_han(text[end + 1 : end + 2]) and not _speaks(follower.group()):
                # A particle before a mark (阿不都、) is the end of the name.
                follower = None
            short = end - start == 1 and text[start] in surnames() and text[end] in _AFTER_SURNAME
            if follower and (len(follower.group()) >= 2 or (unusual and (end - start >= 2 or short))):
                break
            if _long_follower(text, end):
                break
            if matcher("titles", "head", "full").match(text, end) or (unusual and end - start >= 4):
                break
        end += 1
    return end


def _speaks(word: str) -> bool:
    """Say whether a word that follows names is a verb (说), which may end a clause."""
    return lookup("name_followers", "kind").get(word) == "verb"
