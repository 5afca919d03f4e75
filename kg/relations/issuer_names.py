"""The names of issuers that a text calls 协会 or 学校 where it says who issues."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from kg.language.organizations import classify
from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.relations.base import Reading
from kg.relations.discourse import Discourse
from kg.types import Mention

_MEETING = pattern("issues", "meeting")


class IssuerNames:
    """Gives issuers the names that 协会 or 学校 stand for, in the characters of the document.

    Args:
        reading: The document under extraction.
        discourse: What its text so far is about.

    >>> from kg.types import Document, EntityType
    >>> reading = Reading.of(Document("a", "红石自行车协会成立。协会发布《办法》。"))
    >>> discourse = Discourse(reading)
    >>> discourse.observe(reading.sentences[0])
    >>> said = reading.sentences[1].mention(0, 2, EntityType.ORGANIZATION)
    >>> [issuer.name for issuer in IssuerNames(reading, discourse).issuers([said], reading.sentences[1])]
    ['红石自行车协会']
    """

    def __init__(self, reading: Reading, discourse: Discourse) -> None:
        self._discourse = discourse
        self._written = reading.traditional()
        self._simplified = {written: character for character, written in self._written.items()}

    def issuers(self, mentions: list[Mention], sentence: Sentence) -> list[Mention]:
        """Return the issuers that mentions of a sentence stand for; those that stand for nothing are left out."""
        found = (self._issuer(mention, sentence) for mention in mentions)
        return [mention for mention in found if mention]

    def _issuer(self, mention: Mention, sentence: Sentence) -> Mention | None:
        own = sentence.start <= mention.start < sentence.end
        edge = bisect_left(sentence.view.offsets, mention.start) if own else 0
        said = "".join(self._simplified.get(character, character) for character in mention.name)
        if said.startswith("该") and classify(said[1:]) in ("strong", "known"):
            # 该省总工会: the union of the province that the text speaks of.
            said = said[1:]
        name = self._discourse.resolve(said, sentence if own else None, edge)
        if name is None or _MEETING.search(name) or name.startswith("该"):
            return None
        full = "".join(self._written.get(character, character) for character in name)
        return mention if name == mention.name else replace(mention, name=full)
