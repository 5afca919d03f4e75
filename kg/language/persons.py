"""Names of persons: candidates at a place, scored by surname, given name, context and the rest of the document."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.language.lexicon import lookup, matcher, table, trie_pattern
from kg.language.normalize import is_han

_PUNCTUATION = set("，。；：！？、（）“”‘’《》〈〉【】[]—…·|/ ")
# A conjunction after a name is followed by a name, an organisation or a title, never by a verb.
_CONJUNCTIONS = "和与及同跟暨"
_DOTTED = re.compile(r"[\u4e00-\u9fffA-Za-z\-]{1,9}(?:[·.][\u4e00-\u9fffA-Za-z\-]{1,9}){1,4}")
# Particles that follow names far more often than they end them.
_NEVER_LAST = frozenset("兼致因指算均都又再皆共在就对向从已将曾还也则说任为是与及等的了把被让给")
_UNKNOWN_PERSON = re.compile(r"[\u4e00-\u9fff]某{1,2}[\u4e00-\u9fff]?")


@dataclass(frozen=True, slots=True)
class Name:
    """A candidate name of a person in a view: its span and a score in which 0 is a coin toss."""

    start: int
    end: int
    score: float


@functools.cache
def _surnames() -> dict[str, float]:
    return {row["surface"]: math.log(1 + float(row["weight"])) for row in table("surnames")}


@functools.cache
def _given() -> dict[str, float]:
    return {row["surface"]: (float(row["weight"]) - 2) / 4 for row in table("given_name_characters")}


@functools.cache
def _transliteration() -> frozenset[str]:
    return frozenset("".join(row["surface"] for row in table("transliteration_characters")))


@functools.cache
def _boundaries() -> re.Pattern[str]:
    """Words that may stand directly before a name without belonging to it."""
    return re.compile("(?:" + trie_pattern(row["surface"] for row in table("boundary_words")) + ")$")


@functools.cache
def _title_ends() -> re.Pattern[str]:
    rows = [row["surface"] for row in table("titles") if row["kind"] in ("head", "full", "role")]
    return re.compile("(?:" + trie_pattern(rows) + ")(?:同志)?$")


def _follows(text: str, end: int, known: Callable[[str], bool]) -> float:
    """Return how well the characters after `end` fit as the continuation after a name."""
    if end >= len(text) or text[end] in _PUNCTUATION:
        return 1.2
    if not is_han(text[end]):
        return 0.5
    if text[end] in _CONJUNCTIONS:
        after = text[end + 1 : end + 2]
        return 0.5 if after in _surnames() or text[end + 1 : end + 3] in _surnames() or _starts_body(text, end + 1) else -0.6
    match = matcher("name_followers").match(text, end)
    if match:
        kind = lookup("name_followers", "kind")[match.group()]
        if len(match.group()) >= 2:
            return 1.2
        # One character verbs and particles (说, 在, 任) also begin other words and given names.
        return 0.7 if kind == "verb" else 0.5
    if matcher("titles", "head", "full", "modifier").match(text, end):
        return 0.9
    if matcher("boundary_words").match(text, end):
        return 0.5
    if known(text[end : end + 2]) or known(text[end : end + 3]):
        return 0.5
    return -1.0


def _starts_body(text: str, start: int) -> bool:
    return bool(matcher("organizations", column="type").match(text, start) or matcher("divisions", column="level").match(text, start)
                or text.startswith(("中国", "全国", "国家", "省", "市", "县", "区"), start))  # fmt: skip


@functools.cache
def _common_words() -> frozenset[str]:
    """Words of the language that are no names although they begin like one."""
    names = ("name_like_words", "name_stop_words", "name_followers", "action_verbs", "adverbs", "boundary_words", "countries", "departments", "organization_suffixes")
    return frozenset(row["surface"] for name in names for row in table(name) if len(row["surface"]) >= 2)


@functools.cache
def _verbs_and_particles() -> frozenset[str]:
    names = ("name_stop_words", "name_followers", "action_verbs", "adverbs", "boundary_words", "countries")
    return frozenset(row["surface"] for name in names for row in table(name) if len(row["surface"]) >= 2)


_BODY_TAIL = frozenset("会部庭局厅委校院社队厂")
_COUNTING = frozenset("百千万亿余名位")


def _inside(text: str, start: int, end: int) -> float | None:
    """Return the score of `text[start:end]` as a Chinese name on its own, None where it cannot be one."""
    surface = text[start:end].replace(" ", "")
    if not all(is_han(character) for character in surface) or not 2 <= len(surface) <= 4:
        return None
    if surface[0] in "第及与并或其的" or lookup("boundary_words", "kind").get(surface[:2]) == "verb" and len(surface) == 3:
        return None
    double = surface[:2] in _surnames() and len(surface) >= 3
    family = surface[:2] if double else surface[:1]
    if family not in _surnames():
        return None
    given = surface[len(family) :]
    if len(given) > 2:
        return None
    score = (_surnames()[family] - 4.5) / 2.2 + (1.2 if double else 0.0)
    score += sum(_given().get(character, -1.1) for character in given) / (1.0 if len(given) == 1 else 1.4)
    score += 0.7 if len(given) == 2 else 0.0
    words = _common_words()
    if surface in lookup("divisions", "level") or surface in lookup("organizations", "canonical"):
        return None
    if surface in words:
        # 高峰 and 黎明 are words and names: usual characters of given names leave the question open.
        named = lookup("name_like_words", "kind").get(surface) in ("word", "place") and surface not in _verbs_and_particles()
        if not named or any(_given().get(character, -1.0) < 0.5 for character in given):
            return None
        score -= 1.2
    if len(given) == 2 and surface[:2] in words:
        score -= 1.2
    if len(given) == 2 and given in words:
        score -= 1.0
    if len(given) == 2 and (given[-1] in _BODY_TAIL or set(given) & _COUNTING):
        score -= 2.0
    if len(given) == 2 and given[-1] in _NEVER_LAST:
        score -= 1.3
    return score


class NameFinder:
    """Finds names at given places of a view; names that the document has confirmed vote.

    >>> finder = NameFinder()
    >>> name = finder.after("主席王倩动员部署", 2)
    >>> (name.start, name.end)
    (2, 4)
    """

    def __init__(self) -> None:
        self.confirmed: dict[str, int] = {}
        self.bodies: set[str] = set()

    def confirm(self, surface: str) -> None:
        """Remember a name of which both borders were certain."""
        self.confirmed[surface] = self.confirmed.get(surface, 0) + 1

    def _known(self, surface: str) -> bool:
        return surface in self.confirmed

    def _score(self, text: str, start: int, end: int, ends: frozenset[int]) -> float | None:
        score = _inside(text, start, end)
        surface = text[start:end].replace(" ", "")
        if self._known(surface):
            return (score if score is not None else 0.0) + 4.0
        if score is None:
            return None
        if ends:
            score += 0.3 if end in ends else -0.5
        return score

    def after(self, text: str, start: int, ends: frozenset[int] = frozenset(), *, prior: float = 1.2) -> Name | None:
        """Return the best name that begins at `start`, None if none is plausible.

        Args:
            text: The normalised characters of a sentence.
            start: Where the name must begin.
            ends: The borders of words in `text`.
            prior: What the context before `start` adds (a title directly before makes a name likely).
        """
        dotted = self._dotted_after(text, start) or _latin_after(text, start)
        if dotted:
            return dotted
        best: Name | None = None
        for end in self._ends(text, start):
            score = self._score(text, start, end, ends)
            if score is None:
                continue
            score += prior + (1.2 if text[end : end + 2] in self.bodies else _follows(text, end, self._known))
            if best is None or score > best.score:
                best = Name(start, end, score)
        if best is not None and best.score > 0:
            return best
        return self._transliterated_after(text, start) or (_UNKNOWN_MATCH(text, start))

    @staticmethod
    def _ends(text: str, start: int) -> Iterator[int]:
        # 王 倩: the space inside a two-character name is typesetting.
        if text[start + 1 : start + 2] == " " and is_han(text[start + 2 : start + 3]):
            after = text[start + 3 : start + 4]
            if not after or not is_han(after):
                yield start + 3
        for size in (2, 3, 4):
            if start + size <= len(text):
                yield start + size

    def before(self, text: str, end: int, ends: frozenset[int] = frozenset(), *, floor: int = 0, prior: float = 0.6) -> Name | None:
        """Return the best name that ends at `end` and begins at or after `floor`, None if none is plausible."""
        dotted = self._dotted_before(text, end, floor)
        if dotted:
            return dotted
        best: Name | None = None
        sizes = (2, 3, 4)
        if text[end - 2 : end - 1] == " ":
            sizes = (3,)
        for size in sizes:
            start = end - size
            if start < floor or text[start] == "任" and text[start - 1 : start] in tuple("聘委担责主时现历曾专连"):
                continue
            score = self._score(text, start, end, ends)
            if score is None:
                continue
            score += prior + self._precedes(text, start, floor, ends)
            if best is None or score > best.score:
                best = Name(start, end, score)
        return best if best is not None and best.score > 0 else None

    def _precedes(self, text: str, start: int, floor: int, ends: frozenset[int]) -> float:
        if start == floor or start == 0 or text[start - 1] in _PUNCTUATION:
            return 1.2
        if _title_ends().search(text, max(floor, start - 8), start):
            return 1.2
        if _boundaries().search(text, max(floor, start - 6), start):
            return 0.7
        if any(self._known(text[start - size : start]) for size in (2, 3)):
            return 0.5
        match = matcher("action_verbs").match(text, start - 2)
        if match and match.end() == start:
            return 0.5
        return -1.3 if not ends or start not in ends else -0.6

    def _dotted_after(self, text: str, start: int) -> Name | None:
        match = _DOTTED.match(text, start)
        if not match or "·" not in match.group() and "." not in match.group():
            return None
        last = max(match.group().rfind("·"), match.group().rfind(".")) + 1 + start
        if re.search(r"[的兼任]", text[start:last]) or matcher("titles", "head", "full").search(text, start, last):
            return None
        end = self._transliterated_end(text, last, match.end())
        return Name(start, end, 4.0) if end > last else None

    def _dotted_before(self, text: str, end: int, floor: int) -> Name | None:
        match = re.search(r"[\u4e00-\u9fffA-Za-z·]{3,30}$", text[floor:end])
        if not match or "·" not in match.group() or match.group().endswith("·"):
            return None
        last = match.group().rpartition("·")[2]
        if len(last) > 6 or matcher("boundary_words").search(last) or matcher("titles", "head").search(last):
            return None
        start = floor + match.start() + match.group().index("·")
        letters = _transliteration()
        first = start
        while first > floor and text[first - 1] in letters and start - first < 7:
            if _boundaries().search(text, max(floor, first - 4), first) and first < start:
                break
            first -= 1
        if first == start and first > floor and is_han(text[first - 1]) and (first - 1 == floor or text[first - 2] in _PUNCTUATION):
            first -= 1
        return Name(first, end, 4.0) if first < start else None

    def _transliterated_end(self, text: str, start: int, limit: int) -> int:
        """Return where the last part of a foreign or minority name ends: before a word that follows names."""
        letters, end = _transliteration(), start
        if letters.issuperset(text[start : start + 2]):
            # 买买提|出席, not 买买|提出: of two borders among usual letters the later one.
            run = start
            while run < limit and text[run] in letters and run - start < 8:
                run += 1
            for place in range(run, start + 1, -1):
                follower = matcher("name_followers").match(text, place)
                if follower and len(follower.group()) >= 2:
                    return place
        while end < limit and end - start < 9:
            if is_han(text[end]) and end > start:
                follower = matcher("name_followers").match(text, end) or matcher("boundary_words").match(text, end)
                if follower and (len(follower.group()) >= 2 or text[end] not in letters and end - start >= 2):
                    break
                if matcher("titles", "head", "full").match(text, end):
                    break
                if text[end] not in letters and end - start >= 4:
                    break
            end += 1
        return end

    def _transliterated_after(self, text: str, start: int) -> Name | None:
        letters = _transliteration()
        limit = start
        while limit < len(text) and text[limit] in letters:
            limit += 1
        end = self._transliterated_end(text, start, limit)
        if end - start < 3:
            return None
        if text[start:end] in lookup("divisions", "level") or text[start:end] in lookup("countries", "source") or _follows(text, end, self._known) < 0.4:
            return None
        return Name(start, end, 0.4)


_LATIN = re.compile(r"[A-Z][a-zA-Z'’]+(?: (?:[A-Z]\.? )?[A-Z][a-zA-Z'’]+){1,3}")


def _latin_after(text: str, start: int) -> Name | None:
    """Return a name in Latin letters (Peter Huang)."""
    match = _LATIN.match(text, start)
    return Name(start, match.end(), 2.0) if match else None


def _UNKNOWN_MATCH(text: str, start: int) -> Name | None:  # noqa: N802
    match = _UNKNOWN_PERSON.match(text, start)
    return Name(start, match.end() if text[match.end() - 1] == "某" else match.end(), 1.0) if match else None
