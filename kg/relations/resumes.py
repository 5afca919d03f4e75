"""Resumes: sentences without a subject (曾任…。现任…。) after the one that names a person (张三，男，1970年生)."""

from __future__ import annotations

from dataclasses import dataclass

from kg.language.patterns import pattern
from kg.language.persons import Name, NameFinder
from kg.language.sentences import Sentence
from kg.relations.appointments import verb_before
from kg.relations.position_chains import Chain


@dataclass(frozen=True, slots=True)
class Resume:
    """The person whose resume a sentence begins."""

    name: Name
    sentence: Sentence

    def continues(self, sentence: Sentence) -> bool:
        """Say whether a later sentence still belongs to the resume."""
        return sentence.paragraph - self.sentence.paragraph <= 1


def begun_resume(sentence: Sentence, names: NameFinder) -> Resume | None:
    """Return the resume that a sentence begins (张三，男，1970年生), None if it begins none.

    Args:
        sentence: The sentence.
        names: The finder of names, with what the document has confirmed.
    """
    text = sentence.view.text
    ordinal = pattern("appointments", "ordinal").match(text)
    start = ordinal.end() if ordinal else 0
    if not pattern("appointments", "resume_head").match(text, start):
        return None
    name = names.after(text, start, prior=0.8)
    return Resume(name, sentence) if name else None


def resume_status(chain: Chain, text: str, names: NameFinder) -> str | None:
    """Return the status of a chain's posts that belong to the resume's person, None if they need not be that person's.

    Args:
        chain: Titles without a holder.
        text: The normalised characters of a sentence that continues the resume.
        names: The finder of names, with what the document has confirmed.
    """
    verb = verb_before(text, chain.start)
    if not verb or not pattern("appointments", "resume_lead").fullmatch(text, 0, verb.start()):
        return None
    if any(name in text[: verb.start()] for name in names.confirmed):
        return None
    return verb.lastgroup or "current"
