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
        """Say whether a later sentence still belongs to the resume.

        >>> from kg.language.sentences import split_sentences
        >>> from kg.types import Document
        >>> first, second = split_sentences(Document("a", "王倩，女，1970年生。曾任局长。"))
        >>> Resume(Name(0, 2, 1.0), first).continues(second)
        True
        """
        return sentence.paragraph - self.sentence.paragraph <= 1


def begun_resume(sentence: Sentence, names: NameFinder) -> Resume | None:
    """Return the resume that a sentence begins (张三，男，1970年生), None if it begins none.

    Args:
        sentence: The sentence.
        names: The finder of names, with what the document has confirmed.

    >>> from kg.language.sentences import split_sentences
    >>> from kg.types import Document
    >>> begun_resume(split_sentences(Document("a", "王倩，女，1970年生。"))[0], NameFinder()).name.end
    2
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

    >>> from kg.relations.position_chains import find_chains
    >>> chain = find_chains("曾任红石市总工会主席", NameFinder(), frozenset())[0]
    >>> resume_status(chain, "曾任红石市总工会主席", NameFinder())
    'former'
    """
    verb = verb_before(text, chain.start)
    if not verb or not pattern("appointments", "resume_lead").fullmatch(text, 0, verb.start()):
        return None
    if any(name in text[: verb.start()] for name in names.confirmed):
        return None
    return verb.lastgroup or "current"
