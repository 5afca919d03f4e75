"""`holds` and `at`: who holds which position where, from title chains, verbs of appointment, resumes and lists."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from kg.relations.base import Reading, make_fact, relation
from kg.relations.claims import Claim, ClaimReader
from kg.relations.discourse import organizations_in
from kg.relations.office_dates import OfficeDates, Span
from kg.types import EntityType, Evidence, Fact

# A name of this score is certain enough to vote on other places of the document.
_CERTAIN = 2.0
# A name and a title that stand in two sentences are shown together if they are this close, in characters.
_LONGEST_EVIDENCE = 400
# A title this short directly behind a name (张三会长) may shorten one that the document gives in full.
_SHORT_TITLE = 3


@relation("holds")
def holds(reading: Reading) -> Iterator[Fact]:
    """Yield a fact for each person and title (schema.md, `holds`), and `at` for each position at an organisation.

    Args:
        reading: The document; the names that it makes certain are confirmed in its `names`.
    """
    for sentence in reading.sentences:
        for found in organizations_in(sentence.view.text, 0, len(sentence.view.text)):
            reading.names.bodies.add(found.text[:2])
    # The first pass confirms names whose borders are certain, the second one lets them vote.
    for claim in ClaimReader(reading).claims():
        if claim.name.score >= _CERTAIN:
            reading.names.confirm(claim.surface)
    yield from _facts(reading, list(ClaimReader(reading).claims()))


def _facts(reading: Reading, claims: Sequence[Claim]) -> Iterator[Fact]:
    """Yield facts; a claim without organisation takes the one that the document gives for the person and title."""
    known = _known_organizations(claims)
    # 当选秘书长 is not at the body whose 秘书长 the person was before.
    held = _known_organizations([claim for claim in claims if claim.status != "former"])
    # 某院副院长张三任副院长: the new post is not the one beside which the sentence names the person.
    known_in = {(claim.key, claim.sentence.start) for claim in claims if claim.slot.own}
    full = _full_names(claims)
    written = reading.traditional()
    dates = OfficeDates(reading)
    appointed = {claim.surface for claim in claims if claim.status == "appointed"}
    for claim in claims:
        organization = claim.slot.organization
        if not claim.slot.own and not claim.slot.settled and claim.key in known and not _new_post(claim, known_in):
            own_time = known if claim.status == "former" else held
            organization = own_time.get(claim.key) or organization or known[claim.key]
        elif not claim.slot.own and _shortens_other(claim, known):
            continue
        own = claim.slot.own
        if own and own.text == organization == claim.sentence.view.text[own.start : own.end]:
            organization = claim.sentence.surface(own.start, own.end)
        elif organization:
            organization = "".join(written.get(character, character) for character in organization)
        evidence = _evidence(claim, reading)
        fact = replace(_position_fact(claim, organization, dates.span(claim, appointed)), evidence=evidence)
        if claim.surface in full:
            fact = replace(fact, subject=replace(fact.subject, name=full[claim.surface]))
        yield fact
        if organization:
            yield replace(_organization_fact(claim, fact, organization), evidence=evidence)


def _new_post(claim: Claim, known_in: Container[tuple[tuple[str, str], int]]) -> bool:
    """Say whether a verb gives a person a post like the one that the same sentence says the person has elsewhere."""
    appointed = claim.status == "appointed" and claim.rule.startswith("holds.verb")
    return appointed and claim.slot.organization is not None and (claim.key, claim.sentence.start) in known_in


def _full_names(claims: Sequence[Claim]) -> dict[str, str]:
    """Return family name → full name for the foreigners whom a text later calls by the family name alone."""
    dotted = {claim.surface: claim.named_in.surface(claim.name.start, claim.name.end) for claim in claims}
    return {name.rpartition("·")[2]: written for name, written in dotted.items() if "·" in name}


def _evidence(claim: Claim, reading: Reading) -> Evidence:
    """Return the sentence of the title; with the one that names the person, and what is between, where that is near."""
    title, name = claim.sentence, claim.named_in
    start, end = min(title.start, name.start), max(title.end, name.end)
    if title is name or end - start > _LONGEST_EVIDENCE:
        return title.evidence
    return Evidence(title.document, start, end, reading.document.text[start:end])


def _known_organizations(claims: Sequence[Claim]) -> dict[tuple[str, str], str]:
    """Return (person, title) → organisation; one that stands beside the title counts before one that is inherited."""
    known: dict[tuple[str, str], str] = {}
    for beside in (True, False):
        for claim in claims:
            if claim.slot.organization and (claim.slot.own or not beside):
                known.setdefault(claim.key, claim.slot.organization)
    return known


def _shortens_other(claim: Claim, known: Mapping[tuple[str, str], str]) -> bool:
    """Say whether a title behind a name (张会长) shortens one that the document gives for the person in full."""
    person, title = claim.key
    if claim.rule != "holds.title_after_name" or len(title) > _SHORT_TITLE:
        return False
    return any(other == person and full.endswith(title) for other, full in known)


def _position_fact(claim: Claim, organization: str | None, span: Span) -> Fact:
    sentence, slot = claim.sentence, claim.slot
    title = sentence.surface(slot.title.start, slot.title.end)
    subject = claim.named_in.mention(claim.name.start, claim.name.end, EntityType.PERSON)
    name = (organization or "") + title
    position = sentence.mention(slot.title.start, slot.title.end, EntityType.POSITION, name)
    qualifiers = {
        "title": title,
        "organization": organization,
        "status": claim.status,
        "since": span[0],
        "until": span[1],
    }
    confidence = claim.confidence if organization else claim.confidence - 0.05
    return make_fact(sentence, subject, "holds", position, dict(qualifiers), confidence, claim.rule)


def _organization_fact(claim: Claim, fact: Fact, organization: str) -> Fact:
    """Return that the position is one at its organisation.

    The mention is where the sentence names the organisation, the title itself where it does not.
    """
    named = claim.slot.own or claim.slot.title
    place = claim.sentence.mention(named.start, named.end, EntityType.ORGANIZATION, organization)
    return make_fact(claim.sentence, fact.object, "at", place, {}, fact.confidence, "holds.position")
