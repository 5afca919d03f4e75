"""Linking over documents: who is who in all of them, by rules that give their reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from kg.language.organization_names import is_bare
from kg.linking.clues import Clues, document_clues
from kg.linking.corrected import KnownNames, correct
from kg.linking.corrected_figures import Correcting, correct_figures, is_day
from kg.linking.corrections import Corrections
from kg.linking.decisions import Ambiguity, Linked, Merge, full_order
from kg.linking.metrics import link_metrics
from kg.linking.notices import link_notices
from kg.linking.organizations import OrganizationLinks, link_organizations
from kg.linking.persons import link_persons
from kg.linking.profiles import Profile, Unit
from kg.linking.renaming import NAMING, CanonicalNames
from kg.linking.reprints import find_reprints
from kg.linking.user_terms import link_user_terms
from kg.types import Document, EntityType, Fact, Mention


def link_corpus(
    facts: Iterable[Fact],
    documents: Iterable[Document] = (),
    corrections: Corrections | None = None,
    clues: Iterable[Clues] = (),
) -> Linked:
    """Return the facts of many documents with the canonical names of the corpus, and every decision.

    A pure function: it can be run again when lexicons or corrections change, without extracting again. A position
    of which the text says only 市 or 中心 loses that word: in one document it is clear, over many it names nothing.

    Args:
        facts: Facts of any number of documents, each linked inside its document.
        documents: The documents; their texts tell of renamed bodies, defined short forms and reprints.
        corrections: What a person has decided.
        clues: The clues of further documents, kept from an earlier run (`document_clues`).

    >>> from kg.types import Evidence
    >>> def fact(document, person):
    ...     mention = Mention(document, 0, len(person), person, EntityType.PERSON)
    ...     office = Mention(document, 3, 5, "主席", EntityType.POSITION, "甲工会主席")
    ...     qualifiers = {"title": "主席", "organization": "甲工会", "status": "current"}
    ...     return Fact(mention, "holds", office, qualifiers, Evidence(document, 0, 5, person + "主席"))
    >>> linked = link_corpus([fact("a", "王 倩"), fact("b", "王倩")])
    >>> [one.subject.name for one in linked.facts], linked.merges[0].rule
    (['王倩', '王倩'], 'person.organization')
    """
    corrections = corrections or Corrections()
    known_clues = {clue.document: clue for clue in (*clues, *map(document_clues, documents))}
    named = (_without_bare_owner(fact) for fact in link_user_terms(facts))
    listed = sorted((fact for fact in named if fact), key=full_order)
    reprints = find_reprints(
        {document: clue.fingerprint for document, clue in known_clues.items()},
        {document: clue.published for document, clue in known_clues.items()},
    )
    same = corrections.pairs("same") + [(alias, name) for name, alias in corrections.pairs("alias")]
    different = corrections.pairs("different")
    bodies = link_organizations(_organization_names(listed), known_clues, reprints, same, different)
    canonical = CanonicalNames({EntityType.ORGANIZATION: bodies.canonical})
    listed = [canonical.rename(fact) for fact in listed]
    profiles = _profiles(listed, known_clues, bodies.canonical)
    persons, person_merges, person_doubts = link_persons(profiles, known_clues, bodies.places, same, different)
    notices, notice_merges, notice_doubts = link_notices(listed)
    metrics, metric_merges = link_metrics(listed)
    others = CanonicalNames({EntityType.PERSON: persons, EntityType.NOTICE: notices}, metrics)
    listed = correct_figures((others.rename(fact) for fact in listed), *_correcting(known_clues, bodies.canonical))
    merges = [*bodies.merges, *person_merges, *notice_merges, *metric_merges]
    doubts = [*bodies.ambiguities, *person_doubts, *notice_doubts]
    linked = _with_parts(link_user_terms(listed), bodies)
    if not corrections.listed:
        return _result(linked, merges, doubts, reprints)
    known = KnownNames.of(bodies.canonical, persons, notices, profiles)
    return correct(_result(linked, merges, doubts, reprints), corrections, known)


def _correcting(
    clues: Mapping[str, Clues], bodies: Mapping[Unit, str]
) -> tuple[list[Correcting], dict[str, tuple[str | None, str]]]:
    """Return the documents that correct figures, and the date and the publisher of each document."""
    named = _bodies_of_documents(bodies)
    texts = [
        Correcting(document, clue.published, clue.publisher, named.get(document, ()), clue.figures)
        for document, clue in clues.items()
        if clue.figures and clue.published and is_day(clue.published)
    ]
    return texts, {document: (clue.published, clue.publisher) for document, clue in clues.items()} if texts else {}


def _bodies_of_documents(bodies: Mapping[Unit, str]) -> Mapping[str, set[str]]:
    named: defaultdict[str, set[str]] = defaultdict(set)
    for (document, _), name in bodies.items():
        named[document].add(name)
    return named


def _organization_names(facts: Iterable[Fact]) -> dict[str, Counter[str]]:
    names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for fact in facts:
        counted = names[fact.evidence.document]
        for mention in (fact.subject, fact.object):
            if mention.type is EntityType.ORGANIZATION:
                counted[mention.name] += 1
        for key in NAMING:
            if isinstance(name := fact.qualifiers.get(key), str) and name:
                counted[name] += 1
    return dict(names)


def _profiles(facts: Sequence[Fact], clues: Mapping[str, Clues], bodies: Mapping[Unit, str]) -> dict[Unit, Profile]:
    """Return what each document says about each person in it; the facts' organisations are linked."""
    context = _bodies_of_documents(bodies)
    found: dict[Unit, Profile] = {}
    shared: dict[str, frozenset[str]] = {}
    for fact in facts:
        for mention in (fact.subject, fact.object):
            if mention.type is not EntityType.PERSON:
                continue
            document = fact.evidence.document
            profile = found.get((document, mention.name))
            if profile is None:
                published = clues[document].published if document in clues else None
                around = shared.setdefault(document, frozenset(context.get(document, ())))
                profile = found[document, mention.name] = Profile(context=around, published=published)
            profile.facts += 1
            body = fact.qualifiers.get("organization")
            if fact.predicate == "holds" and isinstance(body, str) and body:
                title, status = fact.qualifiers.get("title"), fact.qualifiers.get("status")
                profile.add_post(body, str(title or ""), str(status or ""))
    return found


def _with_parts(facts: Iterable[Fact], bodies: OrganizationLinks) -> list[Fact]:
    """Return facts without bodies that are part of themselves, and with departments that are part of their owner."""
    kept = [fact for fact in facts if fact.predicate != "part_of" or fact.subject.name != fact.object.name]
    said = {(fact.evidence.document, fact.subject.name) for fact in kept if fact.predicate == "part_of"}
    added: dict[Unit, Fact] = {}
    for fact in kept:
        for mention in (fact.subject, fact.object):
            unit = (mention.document, mention.name)
            owner, part = bodies.owners.get(mention.name, ("", ""))
            # Only where the words name the owner too (省总|办公室), not where the department stands alone.
            named = mention.text.endswith(part) and len(mention.text) > len(part)
            if owner and named and mention.type is EntityType.ORGANIZATION and unit not in said:
                words = mention.text[: -len(part)]
                whole = replace(mention, name=owner, text=words, end=mention.start + len(words))
                added.setdefault(unit, _part_of(mention, whole, fact))
    return kept + list(added.values())


def _part_of(part: Mention, whole: Mention, source: Fact) -> Fact:
    return Fact(part, "part_of", whole, {}, source.evidence, round(0.9 * source.confidence, 3), "linking.inner_body")


def _result(
    facts: Iterable[Fact], merges: Iterable[Merge], doubts: Iterable[Ambiguity], reprints: Mapping[str, str]
) -> Linked:
    return Linked(
        tuple(sorted(facts, key=full_order)),
        tuple(sorted(set(merges), key=Merge.sort_key)),
        tuple(sorted(set(doubts), key=Ambiguity.sort_key)),
        dict(sorted(reprints.items())),
    )


def _without_bare_owner(fact: Fact) -> Fact | None:
    """Return a fact without an organisation that names none; None if it says nothing else."""
    if fact.predicate in ("at", "part_of") and any(
        mention.type is EntityType.ORGANIZATION and is_bare(mention.name) for mention in (fact.subject, fact.object)
    ):
        return None
    owner = fact.qualifiers.get("organization")
    if not isinstance(owner, str) or not is_bare(owner):
        return fact
    return replace(
        fact,
        object=_without(fact.object, owner),
        qualifiers=MappingProxyType({**fact.qualifiers, "organization": None}),
    )


def _without(mention: Mention, owner: str) -> Mention:
    """Return the mention of a position whose name does not begin with its organisation."""
    rest = mention.name.removeprefix(owner)
    return replace(mention, name=rest) if rest and mention.type is EntityType.POSITION else mention
