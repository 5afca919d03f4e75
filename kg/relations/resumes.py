"""Resumes: sentences and lines without a subject (曾任…。现任…。; 1999.11—2003.08 某局局长) after a person's name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.language.dates import partial_date
from kg.language.patterns import pattern
from kg.language.persons import Name, NameFinder
from kg.language.sentences import Sentence
from kg.relations.appointments import verb_before
from kg.relations.lone_names import name_of_resume
from kg.relations.position_chains import Chain

# Between the blocks of a resume blank lines may stand, which count as paragraphs.
_BLANK_LINES = 2


@dataclass(frozen=True, slots=True)
class Resume:
    """The person whom a text speaks of: `name` in `sentence`; `paragraph` is the last one that belongs to it."""

    name: Name
    sentence: Sentence
    paragraph: int

    def continues(self, sentence: Sentence) -> bool:
        """Say whether a later sentence still belongs to the resume.

        >>> from kg.language.sentences import split_sentences
        >>> from kg.types import Document
        >>> first, second = split_sentences(Document("a", "王倩，女，1970年生。曾任局长。"))
        >>> Resume(Name(0, 2, 1.0), first, 0).continues(second)
        True
        """
        dated = pattern("appointments", "resume_line").match(sentence.view.text) is not None
        return sentence.paragraph - self.paragraph <= (1 + _BLANK_LINES if dated else 1)

    def up_to(self, sentence: Sentence) -> Resume:
        """Return the resume after one more of its sentences."""
        return replace(self, paragraph=sentence.paragraph)


@dataclass(frozen=True, slots=True)
class Term:
    """What a resume says about a post: its status, and since and until when (ISO dates, perhaps without the day)."""

    status: str
    since: str | None = None
    until: str | None = None


def begun_resume(sentence: Sentence, names: NameFinder) -> Resume | None:
    """Return the resume that a sentence begins (张三，男，1970年生; 张三同志简历), None if it begins none.

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
    title = pattern("appointments", "resume_title").fullmatch(text, start) if sentence.caption else None
    if not title and not pattern("appointments", "resume_head").match(text, start):
        return None
    name = names.after(text, start, prior=0.8) or name_of_resume(text, start)
    if not name or (title and name.end != title.end("name")):
        return None
    return Resume(name, sentence, sentence.paragraph)


def resume_term(chain: Chain, text: str, names: NameFinder) -> Term | None:
    """Return what a resume says about a chain's posts, None if they need not be those of the resume's person.

    Args:
        chain: Titles without a holder.
        text: The normalised characters of a sentence that continues the resume.
        names: The finder of names, with what the document has confirmed.

    >>> from kg.relations.position_chains import find_chains
    >>> chain = find_chains("曾任红石市总工会主席", NameFinder(), frozenset())[0]
    >>> resume_term(chain, "曾任红石市总工会主席", NameFinder()).status
    'former'
    >>> chain = find_chains("2003.08—2006.05红石市总工会主席", NameFinder(), frozenset())[0]
    >>> resume_term(chain, "2003.08—2006.05红石市总工会主席", NameFinder())
    Term(status='former', since='2003-08', until='2006-05')
    """
    line = pattern("appointments", "resume_line").match(text)
    if line and line.end() <= chain.start:
        lasts = line["to"] is None or line["to"].endswith("今")
        since, until = partial_date(line["from"]), None if lasts else partial_date(line["to"])
        return Term("current" if lasts else "former", since, until)
    # 历任设计员、技术中心副主任: posts that are no titles may stand between.
    between = pattern("appointments", "resume_list").search(text, 0, chain.start)
    verb = verb_before(text, between.end("verb") if between else chain.start)
    if not verb or not pattern("appointments", "resume_lead").fullmatch(text, 0, verb.start()):
        return None
    if any(name in text[: verb.start()] for name in names.confirmed):
        return None
    return Term(verb.lastgroup or "current")


def pronoun_term(chain: Chain, text: str) -> Term | None:
    """Return what 此前，他是… says about a chain's posts, None if no pronoun is the subject of their verb.

    Args:
        chain: Titles without a holder.
        text: The normalised characters of the sentence.

    >>> from kg.relations.position_chains import find_chains
    >>> text = "此前，他任红石市总工会主席"
    >>> pronoun_term(find_chains(text, NameFinder(), frozenset())[0], text).status
    'former'
    """
    verb = verb_before(text, chain.start)
    if not verb or not pattern("appointments", "pronoun").search(text, 0, verb.start()):
        return None
    past = pattern("appointments", "said_former").search(text, 0, chain.start)
    return Term("former" if past else verb.lastgroup or "current")
