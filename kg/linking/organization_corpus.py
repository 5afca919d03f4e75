"""The organisation names of a corpus while they are joined: one rule a method, each with its reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.language.lexicon import lookup
from kg.linking.abbreviations import AbbreviationIndex, is_complete, same_legal_form
from kg.linking.clues import Clues
from kg.linking.disjoint_sets import DisjointSets
from kg.linking.local_names import Reading
from kg.linking.name_parts import NameParts, clean, parse_name
from kg.linking.owners import inner_cuts

Names = Mapping[str, Counter[str]]
"""Document → the names of organisations in it, with the number of facts."""
Pair = tuple[str, str]

_DEEPEST = 4


@dataclass(slots=True)
class OrganizationCorpus:
    """The names of a corpus, each in the form that means the same everywhere.

    Args:
        names: Document → the names in it.
        clues: Document → its clues.
        readings: (Document, name) → what the name stands for, where only the document explains it.
        sets: The names that were joined.
        reasons: Name → the rule that joined it, and why.
        old: Former names.
        counts: Name → the number of facts.
        written: Name → the form to show.
        parts: Name → its parts.
        documents: Name → the documents that have it.
        open: Name → the names that it may stand for.
        inner: Name of a department → a name of its owner in the corpus, the owner's and its own part of the name.
    """

    names: Names
    clues: Mapping[str, Clues]
    readings: dict[tuple[str, str], Reading]
    sets: DisjointSets[str] = field(default_factory=DisjointSets)
    reasons: dict[str, tuple[str, str]] = field(default_factory=dict)
    old: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    written: dict[str, str] = field(default_factory=dict)
    parts: dict[str, NameParts] = field(default_factory=dict)
    documents: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    open: dict[str, list[str]] = field(default_factory=dict)
    inner: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for document in sorted(self.names):
            for name, count in sorted(self.names[document].items()):
                full = self.full(document, name)
                if full is None:
                    continue
                key = clean(full)
                self.written.setdefault(key, full)
                self.counts[key] += count
                self.documents[key].add(document)
                self.sets.find(key)
        self.parts = {key: parse_name(key) for key in self.counts}

    def full(self, document: str, name: str) -> str | None:
        """Return the form of a name that means the same everywhere, None if there is none."""
        reading = self.readings.get((document, name))
        return name if reading is None else reading.name

    def join(self, name: str, other: str, rule: str, reason: str) -> None:
        """Join two names; the reason is why the first is a name of the second."""
        for one in (name, other):
            self.parts.setdefault(one, parse_name(one))
            self.written.setdefault(one, one)
        if self.sets.find(name) != self.sets.find(other) and self.sets.union(name, other):
            self.reasons.setdefault(name, (rule, reason))

    def known_suffix(self, text: str) -> str | None:
        """Return the longest name of the corpus that a string ends with."""
        text = clean(text)
        return next((text[start:] for start in range(len(text) - 1) if text[start:] in self.counts), None)

    def known_prefix(self, text: str) -> str | None:
        """Return the longest name of the corpus that a string begins with."""
        text = clean(text)
        return next((text[:end] for end in range(len(text), 1, -1) if text[:end] in self.counts), None)

    def join_listed(self) -> None:
        """Join short forms that a table lists with their full names."""
        listed = lookup("organizations", "canonical")
        for name in sorted(self.counts):
            canonical = listed.get(self.written[name]) or listed.get(name)
            if canonical and clean(canonical) != name:
                self.written.setdefault(clean(canonical), canonical)
                self.join(name, clean(canonical), "organization.listed", f"a listed short form of {canonical}")

    def join_full_forms(self) -> None:
        """Join names of the same place and body; a legal form left out is no difference unless several fit."""
        blocks: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for name in sorted(self.counts):
            if self.parts[name].body:
                blocks[self.parts[name].key].append(name)
        for block in blocks.values():
            if len(block) == 1:
                continue
            for name in block:
                others = [other for other in block if other != name and self._same_full_form(name, other)]
                if others and all(
                    same_legal_form(self.parts[a].legal, self.parts[b].legal) for a in others[:8] for b in others[:8]
                ):
                    best = max(others, key=self._rank)
                    if self._rank(best) > self._rank(name):
                        reason = f"it has the place and the full form of {self.written[best]}"
                        self.join(name, best, "organization.full_form", reason)
                elif others:
                    self.open[name] = sorted(others)

    def _same_full_form(self, a: str, b: str) -> bool:
        first, second = self.parts[a], self.parts[b]
        wider = {parts.places[-2] for parts in (first, second) if len(parts.places) > 1}
        return len(wider) < 2 and same_legal_form(first.legal, second.legal)

    def join_renamed(self) -> None:
        """Join the names that a body bore one after the other."""
        for document in sorted(self.clues):
            for before, behind in self.clues[document].renames:
                old, new = self.known_suffix(before), self.known_prefix(behind)
                if old and new and old != new and not self._is_part(old, new):
                    self.old.add(old)
                    reason = f"{document} says that it was renamed {self.written[new]}"
                    self.join(old, new, "organization.renamed", reason)

    def _is_part(self, a: str, b: str) -> bool:
        return a.startswith(b) or b.startswith(a)

    def keep_merged_bodies_apart(self) -> None:
        """Let bodies that became part of another stay bodies of their own."""
        for document in sorted(self.clues):
            for before, behind in self.clues[document].merges:
                new = self.known_prefix(behind)
                old = {self.known_suffix(text) for text in before.replace("、", "与").replace("和", "与").split("与")}
                for name in sorted(name for name in old if name):
                    if new and name != new:
                        self.sets.keep_apart(name, new)

    def join_defined(self) -> None:
        """Join short forms that one document defines wherever they stand, if no document defines them otherwise."""
        defined: defaultdict[str, set[str]] = defaultdict(set)
        for document in sorted(self.clues):
            for before, short in self.clues[document].definitions:
                full = self.known_suffix(before)
                if full and len(short) >= 3 and clean(short) in self.counts and not parse_name(short).level:
                    defined[clean(short)].add(full)
        for short, full_names in sorted(defined.items()):
            roots = {self.sets.find(full) for full in full_names}
            if len(roots) == 1:
                full = min(full_names)
                self.join(short, full, "organization.defined", f"a text calls {self.written[full]} so")

    def join_abbreviations(self) -> None:
        """Join names that can abbreviate only one body of the corpus; the others stay open."""
        index = AbbreviationIndex({name: self.parts[name] for name in self.counts if is_complete(self.parts[name])})
        listed = lookup("organizations", "canonical")
        explained = {self.sets.find(name) for name in self.counts if is_complete(self.parts[name])}
        for short in sorted(self.counts):
            parts = self.parts[short]
            if self.sets.find(short) in explained or short in listed or len(parts.body) < 2:
                continue
            found = index.full_names(parts)
            roots = sorted({self.sets.find(full) for full in found})
            if len(roots) == 1 and self._is_specific(parts):
                full = max(found, key=self._rank)
                reason = f"it abbreviates {self.written[full]} and no other body of the corpus"
                self.join(short, full, "organization.abbreviation", reason)
            elif roots:
                self.open.setdefault(short, sorted(found))

    def _is_specific(self, parts: NameParts) -> bool:
        """Say whether an abbreviation is long enough to mean one body: two characters need their document's help."""
        return len(parts.text) >= (3 if parts.places else 4)

    def join_inner_bodies(self) -> None:
        """Join departments of one body that have one name (省总办公室, 江源省总工会办公室)."""
        of_key: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for name in self.counts:
            of_key[self.parts[name].key].append(name)
        known: dict[tuple[str, str], str] = {}
        for name in sorted(self.counts, key=lambda one: (len(one), one)):
            for owner, inner in inner_cuts(name):
                key = parse_name(owner).key
                whole = owner if owner in self.counts else min(of_key.get(key, ()), default=None)
                if whole is None or whole == name:
                    continue
                self.inner[name] = whole, owner, inner
                place = self.sets.find(whole), parse_name("省" + inner).body
                other = known.setdefault(place, name)
                if other != name:
                    short, full = sorted((name, other), key=self._rank)
                    reason = f"a part of the same body with the name of {self.written[full]}"
                    self.join(short, full, "organization.inner_body", reason)
                break

    def settle_in_documents(self) -> None:
        """Give names that stayed open the one body of their document that fits."""
        roots: dict[str, set[str]] = {}
        for short in sorted(self.open):
            fitting = {self.sets.find(full): full for full in sorted(self.open[short], key=self._rank)}
            if len(fitting) == 1 and self.sets.find(short) in fitting:
                continue
            for document in sorted(self.documents[short]):
                if document not in roots:
                    full_names = (self.full(document, name) for name in self.names[document])
                    roots[document] = {self.sets.find(clean(full)) for full in full_names if full}
                there = sorted((fitting.keys() & roots[document]) - {self.sets.find(short)})
                if len(there) == 1:
                    reason = f"the document names {self.written[fitting[there[0]]]}"
                    reading = Reading(self.written[fitting[there[0]]], "organization.in_document", reason)
                    for name in self.names[document]:
                        if clean(self.full(document, name) or "") == short:
                            self.readings[document, name] = reading

    def _rank(self, name: str) -> tuple[object, ...]:
        """Return what makes a name a better canonical name than another: recent, listed, complete, long, common."""
        parts = self.parts[name]
        listed = lookup("organizations", "canonical").get(self.written[name]) == self.written[name]
        wider = sum(map(len, parts.places[:-1]))
        whole = is_complete(parts)
        return name not in self.old, listed, whole, len(name) - wider, self.counts[name], name

    def canonical_names(self) -> dict[str, str]:
        """Return name → canonical name; that of a department begins with the canonical name of its owner."""
        best = {self.sets.find(group[0]): max(group, key=self._rank) for group in self.sets.groups(self.written)}
        done: dict[str, str] = {}

        def canonical(root: str, depth: int = 0) -> str:
            if root not in done:
                name = best[root]
                done[root] = self.written[name]
                whole, owner, part = self.inner.get(name, ("", "", ""))
                # A part with a legal form is a company, whose name is complete.
                if whole and depth < _DEEPEST and not parse_name(part).legal:
                    above = canonical(self.sets.find(whole), depth + 1)
                    if len(above) > len(owner) or parse_name(above).key != parse_name(owner).key:
                        done[root] = above + part
            return done[root]

        return {name: canonical(self.sets.find(name)) for name in self.written}

    def reason(self, name: str, best: str, canonical_of: Mapping[str, str]) -> Pair:
        """Return the rule by which a name has its canonical name, and why."""
        if name in self.reasons:
            return self.reasons[name]
        if name in self.inner:
            whole, owner, _ = self.inner[name]
            return "organization.owner", f"{owner} is a name of {canonical_of[whole]}"
        return "organization.same", f"{best} was joined with another name of it"
