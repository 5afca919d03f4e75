"""Rolls: a title on a line (副理事长：), with or without its first holder, and its holders on the lines behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.language.organizations import classify
from kg.language.patterns import pattern
from kg.language.persons import Name, NameFinder
from kg.language.sentences import Sentence
from kg.language.titles import find_titles
from kg.relations.base import Reading
from kg.relations.position_chains import Chain, Slot

# How likely a name begins a line of a roll.
_PRIOR = 0.8
# Between a label and its names blank lines may stand, which count as paragraphs.
_BLANK_LINES = 1
# What fills a place of a roll whose other places have names is a name, but a less certain one.
_UNUSUAL = 0.3
_LONGEST_CHINESE = 4
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Roll:
    """The titles of `sentence`, whose holders stand in the lines behind it.

    `paragraph` is the last one read; `open` tells that the label's own line names nobody.
    """

    slots: list[Slot]
    sentence: Sentence
    paragraph: int
    open: bool = True

    def names_of(self, sentence: Sentence, reading: Reading) -> list[Name]:
        """Return the names of a line of the roll; none for a line that is something else.

        A line has nothing but names (and what stands in brackets), or one name with the person's own post behind it.

        Args:
            sentence: The next sentence.
            reading: The document.
        """
        text = sentence.view.text
        beside = sentence.paragraph - self.paragraph
        if not 1 <= beside <= 1 + (_BLANK_LINES if self.open else 0):
            return []
        if pattern("positions", "roll_line_label").match(text):
            # 秘书长：柯某 is a line of its own, whatever stands above it.
            return []
        first = reading.names.after(text, 0, reading.ends(sentence), prior=_PRIOR)
        if first and _has_post_behind(text, first.end, reading.names):
            return [first]
        # Behind a label with a holder of its own only a name with a post goes on, for a headline may stand there.
        return _names_alone(text, reading.names) if self.open else []

    def up_to(self, sentence: Sentence) -> Roll:
        """Return the roll after one more of its lines."""
        return replace(self, paragraph=sentence.paragraph)


def _has_post_behind(text: str, end: int, names: NameFinder) -> bool:
    """Say whether the person's own post stands behind a name: 张三（女）　甲公司董事长; 张三（甲公司董事长）."""
    bracket = pattern("positions", "roll_bracket").fullmatch(text, end)
    if bracket:
        return bool(find_titles(bracket["inside"]))
    post = pattern("positions", "roll_post").match(text, end)
    if not post:
        return False
    titles = find_titles(text[post.end() :])
    return bool(titles) or names.after(text, post.end(), prior=_PRIOR) is None


def _names_alone(text: str, names: NameFinder) -> list[Name]:
    """Return the names of a line that has nothing but names: most of its places must be filled by usual ones."""
    result: list[Name] = []
    usual = 0
    for start, end in _places(text):
        surface = text[start:end].replace(" ", "")
        if not 2 <= len(surface) <= (_LONGEST_CHINESE if "·" not in surface else _LONGEST):
            found = names.after(text, start, prior=_PRIOR)
            if not found or found.end != end:
                return []
        if find_titles(surface) or classify(surface) not in ("unknown", "weak"):
            return []
        found = names.after(text, start, prior=_PRIOR)
        fits = found is not None and found.end == end
        usual += fits
        result.append(found if found and fits else Name(start, end, _UNUSUAL))
    return result if 2 * usual > len(result) else []


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Yield the places of a line's names; the space inside a name of two characters (于 和) does not end it."""
    place = 0
    while place < len(text):
        match = pattern("positions", "roll_name").match(text, place)
        if not match:
            # The line has something else: an empty place is no name.
            yield place, place
            return
        yield match.span("name")
        place = match.end()


def begun_roll(chains: Sequence[Chain], sentence: Sentence) -> Roll | None:
    """Return the roll that a sentence begins: with a title and a colon, or a list of holders that ends open.

    Args:
        chains: The chains of the sentence.
        sentence: The sentence.

    >>> from kg.language.persons import NameFinder
    >>> from kg.relations.position_chains import find_chains
    >>> from kg.types import Document
    >>> sentence = Reading.of(Document("a", "副会长（排名不分先后）：")).sentences[0]
    >>> begun_roll(find_chains(sentence.view.text, NameFinder(), frozenset()), sentence).slots[0].title.text
    '副会长'
    """
    if not chains:
        return None
    text = sentence.view.text
    rest = text[chains[-1].end :]
    opens = pattern("positions", "roll_label").fullmatch(rest) if not chains[-1].names else rest == "、"
    if opens:
        return Roll(chains[-1].slots, sentence, sentence.paragraph)
    first = chains[0]
    label = pattern("positions", "roll_line_label").match(text)
    if label and sentence.caption and first.names and first.names[0].start >= label.end() >= first.slots[-1].title.end:
        # 副组长：张三　甲公司董事长: the line below may begin with another holder's name.
        return Roll(first.slots, sentence, sentence.paragraph, open=False)
    return None
