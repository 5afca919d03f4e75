"""Bodies that a text points to without their name where it says who issues: 我局, 我们, 会上, 其."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.relations.base import Reading, organization_mention
from kg.relations.discourse import organizations_in
from kg.types import EntityType, Fact, Mention

_LABEL = pattern("issues", "speaker_label")
_SAYS = pattern("issues", "says")
_SPEECH = pattern("issues", "speech")
_CONFERENCE = pattern("issues", "conference")
_DEPARTMENT = pattern("issues", "department")
_LEADS = pattern("issues", "leads")
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
        home = _home(fact for fact in posts if label.endswith(fact.subject.name))
        # At a ministry's own press conference the heads of its departments speak for the ministry.
        return home if home and not _DEPARTMENT.search(home) else _conference(reading) or home
    quoted = _home(fact for fact in posts if fact.evidence.start == sentence.start)
    if quoted:
        return quoted
    if any(_SPEECH.search(line.view.text) for line in reading.sentences[:_HEAD]):
        return _home(posts)
    return None


def _label(reading: Reading, sentence: Sentence) -> str | None:
    """Return the name before the colon with which the words of a speaker begin: above or in the paragraph.

    A line that is a label alone (会长：) is a speaker's only if somebody with a post has that name.
    """
    names = {fact.subject.name for fact in reading.facts("holds")}
    for line in reversed(reading.sentences):
        label = _LABEL.match(line.view.text) if line.start <= sentence.start else None
        who = _SAYS.sub("", label["who"]) if label else ""
        if label and (label.end() < len(line.view.text) or who in names):
            return who
    return None


def _conference(reading: Reading) -> str | None:
    """Return the body whose press conference a text records, None if it records none."""
    for line in reading.sentences[:_HEAD]:
        found = organizations_in(line.view.text, 0, len(line.view.text)) if _CONFERENCE.search(line.view.text) else ()
        if found:
            return found[0].text
    return None


def represented(reading: Reading, sentence: Sentence, end: int) -> Mention | None:
    """Return the body that a person leads whose name ends at a view offset, None if nobody's does.

    Args:
        reading: The document under extraction.
        sentence: The sentence.
        end: The view offset.

    >>> from kg.types import Document
    >>> reading = Reading.of(Document("a", "红石市财政局局长张伟强发布《办法》。"))
    >>> represented(reading, reading.sentences[0], 11).name
    '红石市财政局'
    """
    if not end:
        return None
    offset = sentence.view.offsets[end - 1] + 1
    for fact in reading.facts("holds"):
        body = fact.qualifiers.get("organization")
        led = fact.predicate == "holds" and fact.subject.end == offset and fact.qualifiers["status"] == "current"
        if led and body and _LEADS.search(str(fact.qualifiers["title"])):
            text = reading.document.text
            start = max(text.rfind(str(body), 0, offset), text.find(str(body)))
            if start >= 0:
                after = start + len(str(body))
                return Mention(sentence.document, start, after, text[start:after], EntityType.ORGANIZATION, str(body))
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
    if several_hosts(reading, sentence):
        return None
    for line, who in _held_before(reading, sentence):
        found = organizations_in(line.view.text, *who.span("who"))
        if len(found) == 1:
            return organization_mention(line, found[0])
    hosts = {fact.subject.name: fact.subject for fact in reading.facts("events") if fact.predicate == "hosts"}
    return next(iter(hosts.values())) if len(hosts) == 1 else None


def several_hosts(reading: Reading, sentence: Sentence) -> bool:
    """Say whether several bodies hold the meeting of which a sentence speaks, so that none is said to issue.

    Args:
        reading: The document under extraction.
        sentence: The sentence.

    >>> from kg.types import Document
    >>> text = "由红石市财政局和红石市总工会联合主办的论坛举行。会上发布了《办法》。"
    >>> reading = Reading.of(Document("a", text))
    >>> several_hosts(reading, reading.sentences[1])
    True
    """
    if any(_JOINT_HOSTS.search(who.group()) for _, who in _held_before(reading, sentence)):
        return True
    facts = (fact for fact in reading.facts("events") if fact.predicate == "hosts")
    return any(_JOINT_HOSTS.search(fact.evidence.sentence) for fact in facts)


def _held_before(reading: Reading, sentence: Sentence) -> Iterator[tuple[Sentence, re.Match[str]]]:
    """Yield the sentences up to one that say who holds a meeting, and where."""
    for line in reading.sentences:
        if line.start <= sentence.start and (held := _HOST_OF_MEETING.search(line.view.text)):
            yield line, held
