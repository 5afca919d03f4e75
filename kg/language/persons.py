"""Names of persons: candidates at a place, scored by surname, given name, context and the rest of the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.language.latin_names import anonymous_name_after, latin_name_after, latin_name_before
from kg.language.lexicon import matcher
from kg.language.name_contexts import (
    begins_former_post,
    ends_like_surname,
    ends_word,
    follower_score,
    preceding_score,
)
from kg.language.name_scores import has_word_inside, may_begin_name, may_end_name, name_score, surnames
from kg.language.normalize import is_han
from kg.language.patterns import pattern
from kg.language.transliterated_names import (
    behind_nation,
    dotted_name_after,
    dotted_name_before,
    long_name_before,
    long_names_after,
    transliterated_name_after,
    transliterated_name_before,
)

# A long name counts only where what follows surely ends it.
_CERTAIN_FOLLOWER = 0.5
_LONG_MINORITY = 4
# What directly follows a title, and what a word that surely follows names adds.
_BEHIND_TITLE, _SURE_FOLLOWER = 1.2, 1.2
_SPACED = 0.5
_FILLS_PLACE = 1.3
# A name that ends with the adverb of what follows loses this.
_CUT_ADVERB = 3.5
# A foreign name without a dot of this many characters is no Chinese one.
_LONG_FOREIGN = 4


@dataclass(frozen=True, slots=True)
class Name:
    """A candidate name of a person in a view: its span and a score in which 0 is a coin toss."""

    start: int
    end: int
    score: float


class NameFinder:
    """Finds names at given places of a view; names that the document has confirmed vote.

    >>> finder = NameFinder()
    >>> name = finder.after("主席王倩动员部署", 2)
    >>> (name.start, name.end)
    (2, 4)
    """

    def __init__(self) -> None:
        # A set that keeps its order, so that what is found does not depend on hashes.
        self.confirmed: dict[str, None] = {}
        # The first two characters of the organisations that the document names: one of them may follow a name.
        self.bodies: set[str] = set()

    def confirm(self, surface: str) -> None:
        """Remember a name of which both borders were certain.

        >>> finder = NameFinder()
        >>> finder.confirm("王倩")
        >>> "王倩" in finder.confirmed
        True
        """
        self.confirmed[surface] = None

    def after(self, text: str, start: int, ends: frozenset[int] = frozenset(), *, prior: float = 1.2) -> Name | None:
        """Return the best name that begins at `start`, None if none is plausible.

        Args:
            text: The normalised characters of a sentence.
            start: Where the name must begin.
            ends: The borders of words in `text`.
            prior: What the context before `start` adds (a title directly before makes a name likely).

        >>> NameFinder().after("会议研究部署", 0) is None
        True
        """
        if end := dotted_name_after(text, start):
            return Name(behind_nation(text, start), end, 4.0)
        if end := latin_name_after(text, start):
            return Name(start, end, 2.0)
        for end in long_names_after(text, start):
            # 才让 ends Tibetan names, although 让 is a particle.
            usual = is_han(text[end - 1]) if end - start >= _LONG_MINORITY else may_end_name(text[end - 1])
            if usual and follower_score(text, end, self.confirmed) >= _CERTAIN_FOLLOWER:
                return Name(start, end, 2.0)
        best: Name | None = None
        if begins_former_post(text, start):
            return None
        for end in _ends_of_names(text, start):
            score = self._score(text, start, end, ends)
            if score is None:
                continue
            body = text[end : end + 2] in self.bodies and may_end_name(text[end - 1])
            follower = _SURE_FOLLOWER if body else follower_score(text, end, self.confirmed)
            score += prior + follower
            if end - start > 2 and pattern("names", "just_now").match(text, end - 1):
                # 王倩|正带着, 王倩|和他的徒弟
                score -= _CUT_ADVERB
            if prior >= _BEHIND_TITLE and follower >= _SURE_FOLLOWER and has_word_inside(text[start:end]):
                # 理事长楼向前主持: three characters fill the place, although two of them are a word.
                score += _FILLS_PLACE
            if best is None or score > best.score:
                best = Name(start, end, score)
        unusual = self._unusual_after(text, start)
        if best is None or best.score <= 0 or (unusual and self._is_cut(text, best, unusual)):
            return unusual
        return best

    def _is_cut(self, text: str, best: Name, unusual: Name) -> bool:
        """Say whether a Chinese name is only the beginning of a foreign one (伊万|科维奇)."""
        size = unusual.end - unusual.start
        inside = best.end < unusual.end and size >= _LONG_FOREIGN
        return inside and follower_score(text, best.end, self.confirmed) < _CERTAIN_FOLLOWER

    def before(
        self, text: str, end: int, ends: frozenset[int] = frozenset(), *, floor: int = 0, prior: float = 0.6
    ) -> Name | None:
        """Return the best name that ends at `end`, None if none is plausible.

        Args:
            text: The normalised characters of a sentence.
            end: Where the name must end.
            ends: The borders of words in `text`.
            floor: The first place at which the name may begin.
            prior: What the context after `end` adds.

        >>> name = NameFinder().before("近日，王倩主席到会", 5)
        >>> (name.start, name.end)
        (3, 5)
        """
        dotted = dotted_name_before(text, end, floor)
        if dotted is not None:
            return Name(behind_nation(text, dotted), end, 4.0)
        latin = latin_name_before(text, end, floor)
        if latin is not None:
            return Name(latin, end, 2.0)
        long = long_name_before(text, end, floor)
        if long is None:
            long = transliterated_name_before(text, end, floor)
        if long is not None:
            return Name(long, end, 2.0)
        best: Name | None = None
        # 王 倩: the space inside a two-character name is typesetting.
        for size in (3,) if text[end - 2 : end - 1] == " " else (2, 3, 4):
            start = end - size
            if start < floor or ends_like_surname(text, start) or (start > floor and ends_word(text, start)):
                continue
            score = self._score(text, start, end, ends)
            if score is None:
                continue
            score += prior + preceding_score(text, start, floor, ends, self.confirmed)
            if best is None or score > best.score:
                best = Name(start, end, score)
        if best is None or best.score <= 0:
            return None
        return _with_leftover(text, best, floor)

    def _score(self, text: str, start: int, end: int, ends: frozenset[int]) -> float | None:
        """Return how well a span fits a name on its own, with the vote of the document and of the segmenter."""
        surface = text[start:end].replace(" ", "")
        score = name_score(surface)
        if score is None and " " in text[start:end]:
            # 应 征: nobody sets a space into the verb.
            alone = len(surface) == 2 and not is_han(text[start - 1 : start]) and text[end : end + 1] != " "
            score = _SPACED if alone and surface[0] in surnames() else None
        if text[start - 1 : start] == "·":
            # 查尔斯·李|任执行院长: the last part of a foreign name.
            return None
        if (place := matcher("foreign_places").match(text, start)) and place.end() > end:
            # 塔吉克|斯坦驻华大使
            return None
        if surface in self.confirmed:
            return (score or 0.0) + 4.0
        if score is None or not ends:
            return score
        return score + (0.3 if end in ends else -0.5)

    def _unusual_after(self, text: str, start: int) -> Name | None:
        """Return the foreign name or the one made anonymous that begins at `start`."""
        end = transliterated_name_after(text, start)
        if end is not None and follower_score(text, end, self.confirmed) >= 0.4:
            return Name(start, end, 0.4)
        end = anonymous_name_after(text, start)
        return Name(start, end, 1.0) if end is not None else None


def _ends_of_names(text: str, start: int) -> Iterator[int]:
    """Yield where a Chinese name that begins at `start` may end."""
    if text[start + 1 : start + 2] == " " and is_han(text[start + 2 : start + 3]):
        after = text[start + 3 : start + 4]
        if not is_han(after):
            yield start + 3
        # 仉 少 卿: character recognition sets spaces between all three.
        if after == " " and is_han(text[start + 4 : start + 5]) and not is_han(text[start + 5 : start + 6]):
            yield start + 5
        # 吴 成应邀: the space is inside a name of two characters, so it ends before what follows a name.
        if is_han(after) and follower_score(text, start + 3) > 0:
            yield start + 3
        return
    for size in (2, 3, 4):
        if start + size <= len(text) and not text.startswith("中共", start + size - 1):
            yield start + size


def _with_leftover(text: str, name: Name, floor: int) -> Name:
    """Return a name of two characters with the one that alone is left between it and the mark before it.

    妥 of 、妥卫东 is a surname that no lexicon has.
    """
    start = name.start - 1
    if name.end - name.start != 2 or start < floor or not is_han(text[start]) or not start:
        return name
    if text[start - 1] not in "、，；：" or not may_end_name(text[start]) or not may_begin_name(text[start]):
        return name
    return Name(start, name.end, name.score - 0.3)
