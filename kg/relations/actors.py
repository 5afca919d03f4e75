"""Actors: the organisation that acts in a sentence, or that 我们, 该会 and an unnamed subject refer to."""

from __future__ import annotations

import re
from dataclasses import replace

from kg.language.lexicon import lookup, matcher
from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.relations.base import Reading
from kg.relations.discourse import Discourse, is_generic, organizations_in, strip_term
from kg.types import EntityType, Mention

_WE = pattern("actors", "we")
_GENERIC = pattern("actors", "generic")
_SPEAKS = pattern("actors", "speaks")
_BEFORE_ACTOR = pattern("actors", "before_actor")
_NAMED = pattern("actors", "named")
# What stands directly before a generic noun that is a subject: a mark, or the end of an adverb (今年, 会上).
_BEFORE_GENERIC = frozenset("，。；：”今年上会")
# What, directly behind an organisation, makes it tell only whose the subject is; nothing acts at the end of a sentence.
_BEHIND_OWNER = ("", *"的、（”》")
# How far behind a person's name the verb of speaking may stand.
_SPEAKING_REACH = 24


class ActorFinder:
    """Finds the actor of an action; remembers who spoke and which organisations the document is certain of.

    Args:
        reading: The document under extraction.

    >>> from kg.types import Document
    >>> reading = Reading.of(Document("a.txt", "中国红石协会新建评价总站5家。"))
    >>> ActorFinder(reading).actor(reading.sentences[0], 6).name
    '中国红石协会'
    """

    def __init__(self, reading: Reading) -> None:
        self._discourse = Discourse(reading)
        # Persons with the organisations at which they hold a post: their words are the organisation's.
        self._homes = {
            fact.subject.name: str(fact.qualifiers["organization"])
            for fact in reading.facts("holds")
            if fact.predicate == "holds" and fact.qualifiers["organization"]
        }
        self._certain = set(self._homes.values()) | {fact.subject.name for fact in reading.facts("issues")}
        self._short = _defined_forms(reading)
        self._speaker: str | None = None
        self._last: Mention | None = None
        self._paragraph = -1

    def actor(self, sentence: Sentence, edge: int) -> Mention | None:
        """Return the organisation that acts, None if the text leaves it open.

        Args:
            sentence: The sentence with the action; sentences are asked about in the order of the text.
            edge: The view offset at which the action begins.
        """
        if sentence.paragraph != self._paragraph:
            self._last, self._paragraph = None, sentence.paragraph
        self._listen(sentence, edge)
        # An action without a subject of its own is that of the last actor in the paragraph.
        self._last = self._named(sentence, edge) or self._pointed(sentence, edge) or self._last
        return self._last

    def observe(self, sentence: Sentence) -> None:
        """Take note of a sentence that has been read."""
        self._listen(sentence, len(sentence.view.text))
        self._discourse.observe(sentence)

    def _named(self, sentence: Sentence, edge: int) -> Mention | None:
        """Return the last organisation before the action that is named as a subject, perhaps in short."""
        text = sentence.view.text
        spans = [match.span() for short in self._short for match in re.finditer(re.escape(short), text[:edge])]
        for found in organizations_in(text, 0, edge):
            name = strip_term(found.text)
            if name and not is_generic(name) and self._is_certain(name):
                spans.append((found.start, found.end))
        for start, end in sorted(spans, reverse=True):
            if not _BEFORE_ACTOR.search(text[:start]) or text[end : end + 1] in _BEHIND_OWNER:
                continue
            # 某会会长: the organisation only tells whose the subject is.
            if not matcher("titles", "head", "full", "modifier").match(text, end):
                return sentence.mention(start, end, EntityType.ORGANIZATION)
        return None

    def _is_certain(self, name: str) -> bool:
        """Say whether a name is one that the document or a lexicon knows, or that tells one organisation apart."""
        if name in self._certain or name in lookup("organizations", "canonical"):
            return True
        verb = matcher("action_verbs").match(name)
        if verb and len(verb.group()) >= 2:
            return False
        return bool(_NAMED.match(name) or matcher("divisions").match(name))

    def _pointed(self, sentence: Sentence, edge: int) -> Mention | None:
        """Return what 我们, 双方 or 协会 before the action points to."""
        text = sentence.view.text
        pointers = list(_WE.finditer(text, 0, edge))
        if pointers and self._speaker:
            return replace(sentence.mention(*pointers[-1].span(), EntityType.ORGANIZATION), name=self._speaker)
        for generic in reversed(list(_GENERIC.finditer(text, 0, edge))):
            if generic.start() and text[generic.start() - 1] not in _BEFORE_GENERIC:
                continue
            name = self._discourse.resolve(generic.group(), sentence, generic.start())
            if name and name != generic.group():
                return replace(sentence.mention(*generic.span(), EntityType.ORGANIZATION), name=name)
        return None

    def _listen(self, sentence: Sentence, edge: int) -> None:
        """Remember whose words the sentence gives, as far as it has been read."""
        text = sentence.view.text
        if not _SPEAKS.search(text):
            return
        for person, home in self._homes.items():
            place = text.rfind(person, 0, edge)
            if place >= 0 and _SPEAKS.search(text, place, place + len(person) + _SPEAKING_REACH):
                self._speaker = home


def _defined_forms(reading: Reading) -> frozenset[str]:
    """Return the short forms that the text defines for organisations (以下简称“省轻纺联”), generic ones left out."""
    defined = pattern("aliases", "defined")
    matches = (match for sentence in reading.sentences for match in defined.finditer(sentence.view.text))
    return frozenset(
        match["short"]
        for match in matches
        if not is_generic(match["short"]) and organizations_in(match["full"], 0, len(match["full"]))
    )
