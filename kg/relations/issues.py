"""`issues`, `co_issues` and `cites`: who issues which document, and which documents are only cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.language.dates import date_in, resolve_date
from kg.language.lexicon import matcher
from kg.language.organizations import Organization
from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.relations.base import Reading, make_fact, organization_mention, relation
from kg.relations.discourse import Discourse, organizations_in
from kg.relations.issued_titles import Title, VerbBefore, is_not_yet, titles_in, verb_before
from kg.relations.issuer_names import IssuerNames
from kg.relations.issuers import IssuerFinder, Issuers
from kg.relations.signed_notices import SignedNotice, signed_notice, signers
from kg.types import EntityType, Fact, Mention, QualifierValue

_NUMBER = pattern("issues", "document_number")
_BY_IN_NEXT_SENTENCE = pattern("issues", "by_in_next_sentence")
_ABOUT_DOCUMENT = pattern("issues", "about_document")
_APART = pattern("issues", "apart")
_JOINS_OTHERS = pattern("issues", "joins_others")
_ANY_KIND = ("文件", "标准", "政策")
_JOINT = pattern("issues", "joint")
_ADVERBS_IN_VERB = pattern("issues", "adverbs_in_verb")


@dataclass(frozen=True, slots=True)
class Issue:
    """One document with its issuers, before it becomes facts."""

    sentence: Sentence
    issuers: list[Mention]
    document: Mention
    verb: str
    date: str | None
    number: str | None
    stated: int | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Issuing:
    """A verb of issuing beside a title: who issues, the verb, what stands before the verb in its part, the rule."""

    issuers: Issuers
    verb: str
    before_verb: str
    rule: str


@relation("issues")
def issues(reading: Reading) -> Iterator[Fact]:
    """Yield a fact for each issuer and document that is issued, and `cites` for documents that are only cited."""
    notice = signed_notice(reading)
    own = notice.issuers if notice else signers(reading)
    last: list[Mention] = []
    last_issued = False
    discourse = Discourse(reading)
    resolver = IssuerNames(reading, discourse)
    documents: list[Mention] = []
    for sentence in reading.sentences:
        text = sentence.view.text
        titles = titles_in(text)
        issued = False
        _note_posts(reading, sentence, discourse)
        for title in titles:
            issue = _issue(
                reading, sentence, title, IssuerFinder(reading, sentence, last, own, issued=last_issued), resolver
            )
            if issue:
                yield from _issue_facts(issue)
                last = _subject_of(issue, reading)
                issued = last_issued = True
            else:
                yield from _citation(sentence, title)
        documents += [_document_mention(sentence, title) for title in titles]
        pointed = _pointed(reading, sentence, documents, resolver)
        if pointed:
            yield from _issue_facts(pointed)
        found = () if issued else _outside_titles(text, titles)
        if found:
            last = [organization_mention(sentence, found[0])]
            last_issued = False
        discourse.observe(sentence)
    if notice:
        yield from _issue_facts(_signed(notice))


def _subject_of(issue: Issue, reading: Reading) -> list[Mention]:
    """Return the issuers of whom the next clause without a subject speaks: of 甲会同乙 only 甲."""
    first, *others = issue.issuers
    between = reading.document.text[first.end : others[0].start] if others else ""
    return [first] if _JOINS_OTHERS.search(between) else issue.issuers


def _note_posts(reading: Reading, sentence: Sentence, discourse: Discourse) -> None:
    """Let the discourse know the bodies that have posts in a sentence, whatever their names end with."""
    for fact in reading.facts("holds"):
        body, title = fact.qualifiers.get("organization"), fact.qualifiers.get("title")
        if fact.predicate == "holds" and body and title and fact.evidence.start == sentence.start:
            discourse.note(str(body), str(title))


def _pointed(reading: Reading, sentence: Sentence, documents: list[Mention], resolver: IssuerNames) -> Issue | None:
    """Return the issue of a document that the text has named and points to: 该计划由A、B联合出台."""
    text = sentence.view.text
    match = _BY_IN_NEXT_SENTENCE.search(text)
    # 该计划由: what is planned here is the document, not its issuing.
    if match is None or is_not_yet(text[match.start("who") :], match.start("verb") - match.start("who")):
        return None
    kind = match["kind"]
    named = [one for one in documents if one.name.endswith(kind) or kind in _ANY_KIND]
    who = IssuerFinder(reading, sentence, []).between(*match.span("who"))
    issuers = resolver.issuers(who.mentions, sentence)
    if not named or not issuers:
        return None
    joint = _JOINT.search(match["between"])
    day = date_in(match.group())
    return Issue(
        sentence,
        issuers,
        named[-1],
        verb=joint.group(1) + match["verb"] if joint else match["verb"],
        date=resolve_date(day, reading.document.published) if day else None,
        number=None,
        stated=who.stated,
        rule="issues.pointed_document",
        confidence=0.8,
    )


def _outside_titles(text: str, titles: list[Title]) -> list[Organization]:
    """Return the organisations of a sentence that are no part of a title."""
    found = organizations_in(text, 0, len(text))
    return [one for one in found if not any(title.start <= one.start < title.end for title in titles)]


def _signed(notice: SignedNotice) -> Issue:
    """Return the issue of the notice that the document itself is."""
    return Issue(
        notice.sentence,
        notice.issuers,
        notice.document,
        verb="印发",
        date=notice.date,
        number=notice.number,
        stated=None,
        rule="issues.signed_notice",
        confidence=0.85,
    )


def _document_mention(sentence: Sentence, title: Title) -> Mention:
    return sentence.mention(*title.name, EntityType.NOTICE)


def _issue(
    reading: Reading, sentence: Sentence, title: Title, finder: IssuerFinder, resolver: IssuerNames
) -> Issue | None:
    """Return the issue of a document, None if nobody is said to issue it."""
    text = sentence.view.text
    issuing = _issuing(text, title, finder)
    if issuing is None:
        return None
    apart = _apart(text, title, issuing)
    issuers = resolver.issuers(apart, sentence)
    if not issuers:
        return None
    day = date_in(text)
    number = _NUMBER.search(title.note) or _NUMBER.search(text)
    return Issue(
        sentence,
        issuers,
        _document_mention(sentence, title),
        verb=_full_verb(issuing),
        date=resolve_date(day, reading.document.published) if day else None,
        number=number.group() if number else None,
        stated=issuing.issuers.stated,
        rule=issuing.rule,
        confidence=0.6 if issuing.issuers.carried else 0.92,
    )


def _issuing(text: str, title: Title, finder: IssuerFinder) -> _Issuing | None:
    """Return the verb of issuing beside a title with its issuers, None if the document is not said to be issued."""
    found = verb_before(text, title)
    if found and is_not_yet(text, found.start):
        return None
    if found and _ABOUT_DOCUMENT.match(text[title.end :]):
        return None
    first = _verb_first(text, title, found, finder) if found else None
    if first and first.issuers.mentions:
        return first
    # 他主持制定的《…》由某局发布: nobody issues before the title, somebody behind it.
    return _title_first(text, title, finder) or first


def _apart(text: str, title: Title, issuing: _Issuing) -> list[Mention]:
    """Return the issuers of a title: of as many titles as issuers behind 分别 each has its own."""
    issuers = issuing.issuers.mentions
    if not _APART.search(issuing.before_verb):
        return issuers
    verb = verb_before(text, title)
    same = [other for other in titles_in(text) if verb and verb_before(text, other) == verb]
    return [issuers[same.index(title)]] if len(same) == len(issuers) > 1 else issuers


def _verb_first(text: str, title: Title, found: VerbBefore, finder: IssuerFinder) -> _Issuing:
    """Return who issues with a verb before the title."""
    verb, before = text[found.start : found.end], text[: found.start]
    unit = pattern("issues", "unit_behind_title").match(text[title.end :])
    if unit:
        who = finder.between(title.end + unit.start("who"), title.end + unit.end("who"))
        return _Issuing(who, verb, before, "issues.unit_behind_title")
    return _Issuing(finder.before_verb(found.start), verb, before, "issues.verb_before_title")


def _title_first(text: str, title: Title, finder: IssuerFinder) -> _Issuing | None:
    """Return who issues with a verb behind the title, None if none stands there or the document is only cited."""
    before, behind = text[: title.start], text[title.end :]
    if pattern("issues", "cited").search(before) or pattern("issues", "not_issued").search(before):
        return None
    later = pattern("issues", "by_behind_verb").match(behind)
    if later:
        issuers = finder.between(title.end + later.start("who"), title.end + later.end("who"))
        return _Issuing(issuers, later["verb"], later["between"], "issues.title_before_verb")
    after = pattern("issues", "verb_after_title").match(behind)
    if not after or is_not_yet(behind, after.start("verb")):
        return None
    offset = title.end
    issuers = finder.around_title(title.start, offset + after.start("between"), offset + after.end("between"))
    return _Issuing(issuers, after["verb"], behind[: after.start("verb")], "issues.title_before_verb")


def _full_verb(issuing: _Issuing) -> str:
    """Return the verb without adverbs, with 联合 or 共同 where one stands before it."""
    verb = _ADVERBS_IN_VERB.sub("", issuing.verb)
    joint = _JOINT.search(issuing.before_verb)
    return joint.group(1) + verb if joint and not verb.startswith(joint.group(1)) else verb


def _issue_facts(issue: Issue) -> Iterator[Fact]:
    unique = {mention.name: mention for mention in issue.issuers}
    predicate = "co_issues" if len(unique) > 1 or (issue.stated or 0) > 1 else "issues"
    qualifiers: dict[str, QualifierValue] = {
        "verb": issue.verb,
        "date": issue.date,
        "document_number": issue.number,
        "stated_count": issue.stated,
        "named_count": len(unique),
    }
    for mention in unique.values():
        yield make_fact(
            issue.sentence, mention, predicate, issue.document, dict(qualifiers), issue.confidence, issue.rule
        )


def _citation(sentence: Sentence, title: Title) -> Iterator[Fact]:
    """Yield that the organisation before 根据《…》, or else the first one behind it, cites the document."""
    text = sentence.view.text
    cited = pattern("issues", "cited").search(text[: title.start])
    if not cited:
        return
    before = organizations_in(text, 0, cited.start())
    found = before[-1:] or organizations_in(text, title.end, len(text))[:1]
    if not found:
        return
    verb = matcher("issuing_verbs", "cite").search(cited.group())
    yield make_fact(
        sentence,
        organization_mention(sentence, found[0]),
        "cites",
        _document_mention(sentence, title),
        {"verb": verb.group() if verb else None},
        0.7,
        "cites.preposition",
    )
