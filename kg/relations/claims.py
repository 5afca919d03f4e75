"""Claims: who holds which title where and with which status, sentence by sentence, before they become facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.language.patterns import pattern
from kg.language.persons import Name
from kg.language.sentences import Sentence
from kg.language.titles import find_titles
from kg.relations.appointments import announced_status, chain_status
from kg.relations.base import Reading
from kg.relations.discourse import Discourse
from kg.relations.holders import Place, find_holders
from kg.relations.inheritance import Inheritance
from kg.relations.names_beside import Context
from kg.relations.position_chains import Chain, Slot, find_chains
from kg.relations.resumes import Resume, Term, begun_resume, pronoun_term, resume_term
from kg.relations.rolls import Roll, begun_roll

# 接替张三任会长: this close before the titles the verb tells that the person before left.
_SUCCESSION_REACH = 16
_RESUME_CONFIDENCE = 0.8
# What joins the chains of one person's posts behind a verb that the first one has.
_GOES_ON = ("，", "、", "；")


@dataclass(frozen=True, slots=True)
class Claim:
    """A person, a slot and a status, before it becomes a fact.

    Args:
        sentence: The sentence with the title.
        name: The person, in the view of `named_in`.
        named_in: The sentence with the name: in a resume an earlier one, in a roll a later one.
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


class ClaimReader:
    """Reads the claims of one document from its first sentence to its last, and remembers whom it speaks of.

    Args:
        reading: The document.

    >>> from kg.types import Document
    >>> reading = Reading.of(Document("a", "红石市总工会主席王倩到会。此前，她任红石市财政局局长。"))
    >>> [(claim.surface, claim.slot.title.text, claim.status) for claim in ClaimReader(reading).claims()]
    [('王倩', '主席', 'current'), ('王倩', '局长', 'former')]
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._discourse = Discourse(reading)
        self._resume: Resume | None = None
        # The person whom the last claim was about: 他 and 她 mean that one.
        self._spoken_of: Resume | None = None
        self._roll: Roll | None = None
        # What the head of a list (决定任命：) tells of the lines behind it.
        self._announced: str | None = None
        self._claimed: dict[str, Claim] = {}

    def claims(self) -> Iterator[Claim]:
        """Yield the claims in the order of the text."""
        for sentence in self._reading.sentences:
            begun = begun_resume(sentence, self._reading.names) or self._by_surname(sentence)
            resume = self._resume
            self._resume = begun or (resume.up_to(sentence) if resume and resume.continues(sentence) else None)
            if self._spoken_of and not self._spoken_of.continues(sentence):
                self._spoken_of = None
            if not pattern("appointments", "announced_line").match(sentence.view.text):
                self._announced = self._announced if self._roll else None
            for claim in self._of_sentence(sentence):
                self._spoken_of = Resume(claim.name, claim.named_in, sentence.paragraph)
                self._claimed[claim.surface] = claim
                yield claim
            if sentence.view.text.endswith("："):
                self._announced = announced_status(sentence.view.text, len(sentence.view.text)) or self._announced
            self._discourse.observe(sentence)

    def _by_surname(self, sentence: Sentence) -> Resume | None:
        """Return the resume that 谈女士，… begins for the only person of that surname whom the text has named."""
        match = pattern("appointments", "by_surname").match(sentence.view.text)
        found = [claim for name, claim in self._claimed.items() if match and name.startswith(match["surname"])]
        return Resume(found[0].name, found[0].named_in, sentence.paragraph) if len(found) == 1 else None

    def _of_sentence(self, sentence: Sentence) -> Iterator[Claim]:
        roll, self._roll = self._roll, None
        names = roll.names_of(sentence, self._reading) if roll else []
        if roll and names:
            self._roll = roll.up_to(sentence)
            chain = Chain(roll.slots, names, "roll")
            yield from _claims_of_chain(chain, roll.sentence, self._announced, named_in=sentence)
        if find_titles(sentence.view.text):
            # Only sentences with a title are segmented.
            yield from self._of_titles(sentence, names if len(names) == 1 else [])
            self._roll = self._roll or (roll.up_to(sentence) if roll and names else None)

    def _of_titles(self, sentence: Sentence, of_roll: list[Name]) -> Iterator[Claim]:
        """Yield what a sentence's titles say; `of_roll` is the holder that it names as the line of a roll."""
        text = sentence.view.text
        context = Context(text, self._reading.names, self._reading.ends(sentence))
        inheritance = Inheritance(sentence, self._discourse)
        chains = find_chains(text, context.names, context.ends, of_roll[0].end if of_roll else 0)
        previous = of_roll
        running: tuple[Resume, Term] | None = None
        for number, chain in enumerate(chains):
            place = Place(chain, context, previous)
            chain.names, chain.rule = find_holders(place, chains[:number], chains[number + 1 :])
            if "接替" not in text[max(0, chain.start - _SUCCESSION_REACH) : chain.start]:
                previous = chain.names or previous
            inheritance.resolve(chain)
            if chain.names:
                running = None
                self._spoken_of = Resume(chain.names[-1], sentence, sentence.paragraph)
                yield from _claims_of_chain(chain, sentence, self._announced)
            elif begun := self._referred(sentence, chain, context):
                running = begun
            elif not number or text[chains[number - 1].end : chain.start] not in _GOES_ON:
                running = None
            # 现任甲公司董事长，乙协会副会长: what the verb or the line says goes on.
            if running:
                yield from _claims_of_term(chain, sentence, *running)
        self._roll = begun_roll(chains, sentence)

    def _referred(self, sentence: Sentence, chain: Chain, context: Context) -> tuple[Resume, Term] | None:
        """Return the person of the text before to whom a chain without a holder belongs, and what is said of it."""
        resume = self._resume
        if resume and resume.sentence is not sentence and (term := resume_term(chain, context.text, context.names)):
            return resume, term
        if self._spoken_of and (term := pronoun_term(chain, context.text)):
            return self._spoken_of, term
        return None


def _claims_of_term(chain: Chain, sentence: Sentence, person: Resume, term: Term) -> Iterator[Claim]:
    """Yield the posts of 曾任…。现任…。 and of 此前，他是… for the person whom the text names before."""
    rule, confidence = "holds.resume", _RESUME_CONFIDENCE
    for slot in chain.slots:
        said = slot.status(term.status)
        yield Claim(sentence, person.name, person.sentence, slot, said, rule, confidence, term.since, term.until)


def _claims_of_chain(
    chain: Chain, sentence: Sentence, announced: str | None, named_in: Sentence | None = None
) -> Iterator[Claim]:
    """Yield what a chain and its holders say; `named_in` is the sentence of the names if that is another one."""
    status = chain_status(chain, sentence.view.text, announced)
    if chain.rule == "verb.duty_by_name" and status == "current":
        status = "appointed"
    first, alone = chain.slots[0].title.status, len(chain.slots) == 1
    for slot in chain.slots:
        if slot.own is None and pattern("positions", "retired").search(sentence.view.text, 0, slot.title.start):
            # 退休护士长张三: the text does not tell where the post was.
            continue
        if slot.organization is None and pattern("positions", "qualification").fullmatch(slot.title.text):
            # ，1984年出生，注册会计师: a licence, not a post.
            continue
        if slot.own is None and first != "current" and slot.title.status == "current":
            # 原党组书记、局长: the status word counts for the titles of the same organisation behind it.
            status = first
        if (
            chain.rule.startswith(("verb", "person_verb"))
            and sentence.view.text[slot.title.end : slot.title.end + 1].isdigit()
        ):
            # 聘请产业教授92人: how many, not who.
            continue
        if slot.title.weak and slot.own is None and (slot.organization is None or alone):
            # 教练员：张三 in the list of a team is a post there.
            roster = pattern("positions", "roster_role").match(sentence.view.text, slot.title.start)
            given = chain.rule.startswith(("verb", "person_verb")) and slot.title.text.endswith(
                ("顾问", "委员", "理事")
            )
            listed = given or (chain.rule == "roll" and not slot.title.text.endswith("成员"))
            # 委员：张三 under the heading of a committee
            listed = listed or pattern("positions", "members_line").match(sentence.view.text) is not None
            # ，顾问张三，会长李四: in the list of an association's officers.
            officer = sentence.view.text[max(0, chain.start - 1) : chain.start] in ("，", "；", "、") and pattern(
                "positions", "association_role"
            ).fullmatch(f"{slot.organization} {slot.title.text}")
            in_roster = roster and roster.end("title") == slot.title.end
            if not slot.organization or not (listed or officer or in_roster):
                continue
        for name in _holders_of(slot, chain, sentence.view.text):
            confidence = min(0.99, max(0.3, 0.75 + 0.06 * name.score))
            # 方立新任市长: 新 is part of the name, not of a status word.
            inside = not named_in and name.start < slot.title.outer < name.end
            said = status if inside else slot.status(status)
            yield Claim(sentence, name, named_in or sentence, slot, said, f"holds.{chain.rule}", confidence)


def _holders_of(slot: Slot, chain: Chain, text: str) -> Sequence[Name]:
    """Return who holds one slot of a chain: 张三、李四分别当选会长和秘书长 pairs up in order."""
    names, slots = chain.names, chain.slots
    if len(slots) < 2 or len(slots) != len(names) or not chain.rule.startswith("verb"):
        return names
    apart = pattern("positions", "each_one").search(text, names[-1].end, chain.start)
    return [names[slots.index(slot)]] if apart else names
