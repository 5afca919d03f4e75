"""Rolls: a title alone on its line (副理事长：) and its holders on the lines behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.language.patterns import pattern
from kg.language.persons import Name
from kg.language.sentences import Sentence
from kg.relations.base import Reading
from kg.relations.position_chains import Chain, Slot

# How likely a name begins a line of a roll.
_PRIOR = 0.8


@dataclass(frozen=True, slots=True)
class Roll:
    """The titles of `sentence`, whose holders stand in the lines behind it; `paragraph` is the last one read."""

    slots: list[Slot]
    sentence: Sentence
    paragraph: int

    def names_of(self, sentence: Sentence, reading: Reading) -> list[Name]:
        """Return the names of a line that has nothing but names (and what stands in brackets); else none.

        Args:
            sentence: The next sentence.
            reading: The document.
        """
        if sentence.paragraph - self.paragraph != 1:
            return []
        text, place = sentence.view.text, 0
        names: list[Name] = []
        while place < len(text):
            found = reading.names.after(text, place, reading.ends(sentence), prior=_PRIOR)
            joint = pattern("positions", "roll_joint").match(text, found.end) if found else None
            if not found or not joint:
                # 张三　甲公司董事长: the person's own post stands behind the name.
                alone = found and not names and pattern("positions", "roll_post").match(text, found.end)
                return [found] if found and alone else []
            names.append(found)
            place = joint.end()
        return names

    def up_to(self, sentence: Sentence) -> Roll:
        """Return the roll after one more of its lines."""
        return replace(self, paragraph=sentence.paragraph)


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
    rest = sentence.view.text[chains[-1].end :]
    opens = pattern("positions", "roll_label").fullmatch(rest) if not chains[-1].names else rest == "、"
    return Roll(chains[-1].slots, sentence, sentence.paragraph) if opens else None
