"""`holds` and `at`: who holds which position where, from title chains, verbs of appointment, resumes and lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.language.dates import beginning_in, date_in, resolve_date
from kg.language.patterns import pattern
from kg.language.persons import Name
from kg.language.sentences import Sentence
from kg.language.titles import find_titles
from kg.relations.appointments import chain_status
from kg.relations.base import Reading, make_fact, relation
from kg.relations.discourse import Discourse, organizations_in
from kg.relations.holders import Place, find_holders
from kg.relations.inheritance import Inheritance
from kg.relations.names_beside import Context
from kg.relations.position_chains import Chain, Slot, find_chains
from kg.relations.resumes import Resume, Term, begun_resume, pronoun_term, resume_term
from kg.types import EntityType, Fact

# A name of this score is certain enough to vote on other places of the document.
_CERTAIN = 2.0
# 接替张三任会长: this close before the titles the verb tells that the person before left.
_SUCCESSION_REACH = 16
_RESUME_CONFIDENCE = 0.8
# The statuses that may tell since when.
_HELD = ("appointed", "current")
# A title this short directly behind a name (张三会长) may shorten one that the document gives in full.
_SHORT_TITLE = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """A person, a slot and a status, before it becomes a fact.

    Args:
        sentence: The sentence with the title.
        name: The person, in the view of `named_in`.
        named_in: The sentence with the name: in a resume an earlier one.
        slot: The title and its organisation.
        status: `current`, `appointed`, `former`, `removed` or `candidate`.
        rule: The name of the extractor.
        confidence: From 0 to 1.
        since: The ISO date (perhaps without the day) since when, where a resume gives it.
        until: The same, until when.
    """

    sentence: Sentence
    name: Name
    named_in: Sentence
    slot: Slot
    status: str
    rule: str
    confidence: float
    since: str | None = None
    until: str | None = None

    @property
    def surface(self) -> str:
        """The normalised characters of the name."""
        return self.named_in.view.text[self.name.start : self.name.end].replace(" ", "")

    @property
    def key(self) -> tuple[str, str]:
        """The person and the title."""
        return self.surface, self.slot.title.text


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
    for claim in _claims(reading):
        if claim.name.score >= _CERTAIN:
            reading.names.confirm(claim.surface)
    yield from _facts(reading, list(_claims(reading)))


def _claims(reading: Reading) -> Iterator[Claim]:
    discourse = Discourse(reading)
    resume: Resume | None = None
    spoken_of: Resume | None = None
    claimed: dict[str, Claim] = {}
    for sentence in reading.sentences:
        begun = begun_resume(sentence, reading.names) or _by_surname(sentence, claimed)
        resume = begun or (resume.up_to(sentence) if resume and resume.continues(sentence) else None)
        spoken_of = spoken_of if spoken_of and spoken_of.continues(sentence) else None
        # Only sentences with a title are segmented.
        if find_titles(sentence.view.text):
            for claim in _claims_of_sentence(sentence, reading, discourse, resume, spoken_of):
                spoken_of = Resume(claim.name, claim.named_in, sentence.paragraph)
                claimed[claim.surface] = claim
                yield claim
        discourse.observe(sentence)


def _by_surname(sentence: Sentence, claimed: Mapping[str, Claim]) -> Resume | None:
    """Return the resume that 谈女士，… begins for the only person of that surname whom the text has named."""
    match = pattern("appointments", "by_surname").match(sentence.view.text)
    found = [claim for name, claim in claimed.items() if match and name.startswith(match["surname"])]
    return Resume(found[0].name, found[0].named_in, sentence.paragraph) if len(found) == 1 else None


def _claims_of_sentence(
    sentence: Sentence, reading: Reading, discourse: Discourse, resume: Resume | None, spoken_of: Resume | None
) -> Iterator[Claim]:
    text = sentence.view.text
    context = Context(text, reading.names, reading.ends(sentence))
    inheritance = Inheritance(sentence, discourse)
    chains = find_chains(text, context.names, context.ends)
    previous: list[Name] = []
    running: tuple[Resume, Term] | None = None
    for number, chain in enumerate(chains):
        chain.names, chain.rule = find_holders(Place(chain, context, previous), chains[:number], chains[number + 1 :])
        if "接替" not in text[max(0, chain.start - _SUCCESSION_REACH) : chain.start]:
            previous = chain.names or previous
        inheritance.resolve(chain)
        if chain.names:
            spoken_of = Resume(chain.names[-1], sentence, sentence.paragraph)
            yield from _claims_of_chain(chain, sentence)
            running = None
            continue
        joint = context.text[chains[number - 1].end : chain.start] if number else ""
        if resume and resume.sentence is not sentence and (term := resume_term(chain, context.text, context.names)):
            running = resume, term
        elif spoken_of and (term := pronoun_term(chain, context.text)):
            running = spoken_of, term
        elif joint not in ("，", "、", "；"):
            running = None
        # 现任甲公司董事长，乙协会副会长: what the verb or the line says goes on.
        if running:
            yield from _claims_of_term(chain, sentence, *running)


def _claims_of_term(chain: Chain, sentence: Sentence, person: Resume, term: Term) -> Iterator[Claim]:
    """Yield the posts of 曾任…。现任…。 and of 此前，他是… for the person whom the text names before."""
    rule, confidence = "holds.resume", _RESUME_CONFIDENCE
    for slot in chain.slots:
        said = slot.status(term.status)
        yield Claim(sentence, person.name, person.sentence, slot, said, rule, confidence, term.since, term.until)


def _claims_of_chain(chain: Chain, sentence: Sentence) -> Iterator[Claim]:
    status = chain_status(chain, sentence.view.text)
    if chain.rule == "verb.duty_by_name" and status == "current":
        status = "appointed"
    first = chain.slots[0].title.status
    for slot in chain.slots:
        if slot.own is None and first != "current" and slot.title.status == "current":
            # 原党组书记、局长: the status word counts for the titles of the same organisation behind it.
            status = first
        if slot.title.weak and slot.own is None and (slot.organization is None or len(chain.slots) == 1):
            continue
        for name in _holders_of(slot, chain, sentence.view.text):
            confidence = min(0.99, max(0.3, 0.75 + 0.06 * name.score))
            yield Claim(sentence, name, sentence, slot, slot.status(status), f"holds.{chain.rule}", confidence)


def _holders_of(slot: Slot, chain: Chain, text: str) -> list[Name]:
    """Return who holds one slot of a chain: 张三、李四分别当选会长和秘书长 pairs up in order."""
    names, slots = chain.names, chain.slots
    if len(slots) < 2 or len(slots) != len(names) or not chain.rule.startswith("verb"):
        return names
    apart = pattern("positions", "each_one").search(text, names[-1].end, chain.start)
    return [names[slots.index(slot)]] if apart else names


def _facts(reading: Reading, claims: Sequence[Claim]) -> Iterator[Fact]:
    """Yield facts; a claim without organisation takes the one that the document gives for the person and title."""
    known = _known_organizations(claims)
    written = reading.traditional()
    for claim in claims:
        organization = claim.slot.organization
        if not claim.slot.own and claim.key in known:
            organization = known[claim.key]
        elif not claim.slot.own and _shortens_other(claim, known):
            continue
        if organization:
            organization = "".join(written.get(character, character) for character in organization)
        fact = _position_fact(claim, organization)
        yield fact
        if organization:
            yield _organization_fact(claim, fact, organization)


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


def _position_fact(claim: Claim, organization: str | None) -> Fact:
    sentence, slot = claim.sentence, claim.slot
    title = sentence.surface(slot.title.start, slot.title.end)
    subject = claim.named_in.mention(claim.name.start, claim.name.end, EntityType.PERSON)
    name = (organization or "") + title
    position = sentence.mention(slot.title.start, slot.title.end, EntityType.POSITION, name)
    day = date_in(sentence.view.text)
    when = resolve_date(day, None) if day else None
    begun = beginning_in(sentence.view.text[: slot.start]) if claim.status in _HELD else None
    qualifiers = {
        "title": title,
        "organization": organization,
        "status": claim.status,
        "since": claim.since or (begun or when if begun or claim.status == "appointed" else None),
        "until": claim.until or (when if claim.status == "removed" else None),
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
