"""Bodies that a text points to without their name where it says who issues: 我局, 我们, 会上, 其."""

from __future__ import annotations

from collections.abc import Iterable

from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.relations.base import Reading, organization_mention
from kg.relations.discourse import organizations_in
from kg.types import Fact, Mention

_LABEL = pattern("issues", "speaker_label")
_SPEECH = pattern("issues", "speech")
_HOST_OF_MEETING = pattern("issues", "host_of_meeting")
_JOINT_HOSTS = pattern("issues", "joint_hosts")
# How many lines from the top a text says that it is a speech.
_HEAD = 4


def speaker(reading: Reading, sentence: Sentence) -> str | None:
    """Return the organisation for which the person speaks whose words a sentence is, None if the text does not say.

    Args:
        reading: The document under extraction.
        sentence: The sentence.

    >>> from kg.types import Document
    >>> text = "红石市财政局局长张伟强介绍情况。\\n张伟强：我局印发了办法。"
    >>> reading = Reading.of(Document("a", text))
    >>> speaker(reading, reading.sentences[1])
    '红石市财政局'
    """
    posts = [fact for fact in reading.facts("holds") if fact.predicate == "holds" and fact.qualifiers["organization"]]
    label = _label(reading, sentence)
    if label:
        return _home(fact for fact in posts if label.endswith(fact.subject.name))
    quoted = _home(fact for fact in posts if fact.evidence.start == sentence.start)
    if quoted:
        return quoted
    if any(_SPEECH.search(line.view.text) for line in reading.sentences[:_HEAD]):
        return _home(posts)
    return None


def _label(reading: Reading, sentence: Sentence) -> str | None:
    """Return the name before the colon with which the words of a speaker begin: above or in the paragraph."""
    for line in reversed(reading.sentences):
        if line.start <= sentence.start and (label := _LABEL.match(line.view.text)):
            return label["who"]
    return None


def _home(posts: Iterable[Fact]) -> str | None:
    return next((str(fact.qualifiers["organization"]) for fact in posts), None)


def host(reading: Reading, sentence: Sentence) -> Mention | None:
    """Return the only host of the meeting at which a sentence says that something is issued, None if none is named.

    Args:
        reading: The document under extraction.
        sentence: The sentence.

    >>> from kg.types import Document
    >>> reading = Reading.of(Document("a", "记者从红石市财政局召开的通气会上获悉。会上发布了《办法》。"))
    >>> host(reading, reading.sentences[1]).name
    '红石市财政局'
    """
    for line in reading.sentences:
        held = _HOST_OF_MEETING.search(line.view.text) if line.start <= sentence.start else None
        if held and _JOINT_HOSTS.search(held.group()):
            # 由某协会与某大学联合主办: which of them issues is not said.
            return None
        found = organizations_in(line.view.text, *held.span("who")) if held else ()
        if len(found) == 1:
            return organization_mention(line, found[0])
    facts = [fact for fact in reading.facts("events") if fact.predicate == "hosts"]
    if any(_JOINT_HOSTS.search(fact.evidence.sentence) for fact in facts):
        return None
    hosts = {fact.subject.name: fact.subject for fact in facts}
    return next(iter(hosts.values())) if len(hosts) == 1 else None
