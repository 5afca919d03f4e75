"""What the text so far is about: the organisation that an unnamed one (会长, 公司, 我们, 该会) refers to."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence

from kg.language.lexicon import matcher
from kg.language.organizations import classify
from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.relations.base import Reading
from kg.relations.named_bodies import (
    POINTER,
    UNIVERSITY,
    begins_with_place,
    bodies_in,
    congress_in,
    ends_with_any,
    fits,
    generic_endings,
    groups_of,
    is_generic,
    last_committee,
    named_in,
    organizations_in,
    partners_in,
    places_of_level,
    same_head,
    strip_term,
    title_endings,
)

__all__ = ["Discourse", "fits", "is_generic", "organizations_in", "strip_term"]

_COMMITTEE_TITLE = pattern("discourse", "committee_title")
_ACADEMY_TITLE = "院士"
_PROPOSES = ("提名", "推荐", "推选的", "委派", "派出")
_OURS = ("我", "本")
_HEAD_OF_PLACE = pattern("discourse", "head_of_place")
_EVERY_PLACE = pattern("discourse", "every_place")
_MARKS = "，。；：、“"
# A listed company has all of these posts.
_COMPANY_TITLES = ("董事长", "董事", "监事", "总经理", "总裁", "首席执行官", "首席财务官", "财务总监", "董事会秘书")
# Short names that begin like this stand for the only longer name that ends with them.
_SHORT_BEGINNINGS = frozenset("省市县区局校院厂部总")
_LONGEST_SHORT_NAME = 5
# The name of a college inside a university (物流学院) has at most this many characters.
_LONGEST_COLLEGE = 8
# Between a headline and its text blank lines may stand, which count as paragraphs.
_BLANK_LINES = 1


class Discourse:
    """Remembers the organisations that the preceding sentences name.

    >>> from kg.types import Document
    >>> reading = Reading.of(Document("a.txt", "红石自行车协会成立。协会有会员300人。"))
    >>> discourse = Discourse(reading)
    >>> discourse.observe(reading.sentences[0])
    >>> discourse.resolve("协会")
    '红石自行车协会'
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._counts: Counter[str] = Counter()
        self._divisions: Counter[str] = Counter()
        # Organisation → the kinds of body that the titles beside it tell.
        self._bodies: defaultdict[str, set[str]] = defaultdict(set)
        self._head: str | None = None
        self._head_paragraph = -1
        # The body whose congress the paragraph tells: who is elected is elected there.
        self._congress: str | None = None
        self._congress_paragraph = -1
        # The last headline: its paragraph and the bodies that it names.
        self._heading: tuple[int, tuple[str, ...]] = (-1, ())
        # The number of the paragraph and the bodies that it has named so far.
        self._paragraph: tuple[int, list[str]] = (-1, [])
        # Colleges inside a university: they have a dean, so the president is not theirs.
        self._colleges: set[str] = set()

    def before(self, sentence: Sentence, edge: int, title: str) -> str | None:
        """Return the organisation that a title belongs to if none stands beside it and no list carries one.

        Args:
            sentence: The sentence with the title.
            edge: The view offset at which the title begins.
            title: The title; only an organisation that can have such a post is returned.
        """
        text = sentence.view.text
        if committee := self.committee_before(sentence, edge, title):
            return committee
        if title.removesuffix("助理").endswith("校长"):
            return self.resolve("校", sentence, edge)
        if body := same_head(text, edge, title):
            return body
        if site := pattern("discourse", "at_site").search(text, 0, edge):
            # 在某工地，项目经理张三
            return site["site"] if pattern("discourse", "of_site").fullmatch(title) else None
        for found in reversed(organizations_in(text, 0, edge)):
            name = strip_term(found.text)
            if text.startswith(_ACADEMY_TITLE, found.end):
                # 中国工程院院士: the academy is not where the other posts are.
                continue
            if text.startswith(_PROPOSES, found.end):
                # 控股股东甲集团提名的: the post is not at the one that proposes the person.
                continue
            if name and not is_generic(name) and self._fits(title, name):
                return name
        place = _HEAD_OF_PLACE.search(title.removesuffix("助理"))
        if place:
            return self._place(text[:edge], place.group(1))
        near = self._congress if self._congress_paragraph == sentence.paragraph else None
        if near and title_endings(title) and self._fits(title, near):
            return near
        if title_endings(title) and (told := self._of_paragraph(sentence, title)):
            return told
        return self._remembered(functools.partial(self._fits, title))

    def _of_paragraph(self, sentence: Sentence, title: str) -> str | None:
        """Return the only body that both the paragraph and the headline directly above it name (items of news)."""
        (number, bodies), (above, heading) = self._paragraph, self._heading
        if number != sentence.paragraph or not 1 <= number - above <= 1 + _BLANK_LINES:
            return None
        found = [name for name in bodies if name in heading and self._fits(title, name)]
        return found[0] if len(found) == 1 else None

    def committee_before(self, sentence: Sentence, edge: int, title: str) -> str | None:
        """Return the last committee that a sentence sets up before `edge`, if a title may be one of a committee's."""
        return last_committee(sentence.view.text[:edge]) if _COMMITTEE_TITLE.search(title) else None

    def committee_of_label(self, sentence: Sentence, edge: int, title: str) -> str | None:
        """Return the committee whose post a label (主任由张三担任) names: one that the same paragraph sets up."""
        if not _COMMITTEE_TITLE.search(title):
            return None
        near = self._head if self._head_paragraph == sentence.paragraph else None
        return self.committee_before(sentence, edge, title) or near

    def note(self, name: str, title: str) -> None:
        """Remember that a title was one at an organisation, whatever its name ends with (a brand).

        Args:
            name: The organisation.
            title: The title beside it.
        """
        head = title_endings(title)
        if name.endswith("学院") and pattern("discourse", "of_college").search(title):
            self._colleges.add(name)
        if head:
            self._bodies[name].update(_COMPANY_TITLES if head in _COMPANY_TITLES else (head,))
        if classify(name) != "department":
            # 宣传部 is no body to which a title without one belongs.
            self._counts.setdefault(name, 0)

    def _fits(self, title: str, name: str) -> bool:
        inner = pattern("positions", "committee")
        if (inner.fullmatch(name) or inner.fullmatch(name, 1)) and not _COMMITTEE_TITLE.search(title):
            # A committee inside a body has members and a head, but no secretary of the party.
            return False
        return fits(title, name) or title_endings(title) in self._bodies.get(name, ())

    def list_head(self) -> str | None:
        """Return the committee that a list of 主任：张三 lines belongs to: the last one that the text names."""
        return self._head

    def _place(self, text: str, level: str) -> str | None:
        """Return the division that a 市长 without a place heads: the sentence's last, else the one named most."""
        named, begun = places_of_level(level)
        nearest = [match.group() for match in matcher("divisions").finditer(text) if match.group().endswith(level)]
        if nearest and len(nearest[-1]) > 1:
            return nearest[-1]
        found: Counter[str] = Counter()
        for name, count in [
            *self._counts.items(),
            *self._divisions.items(),
            *((match.group(), 1) for match in begun.finditer(text)),
        ]:
            match = named.match(name.strip(_MARKS))
            if match and not _EVERY_PLACE.match(match.group()):
                found[match.group()] += count
        return max(found, key=lambda name: found[name]) if found else None

    def resolve(self, name: str, sentence: Sentence | None = None, edge: int = 0) -> str | None:
        """Return the organisation that a generic noun (公司, 该会) points to; other names are returned unchanged.

        Args:
            name: The noun.
            sentence: The sentence in which it stands, if what it says before the noun counts first.
            edge: The view offset of the noun in that sentence.
        """
        if not is_generic(name):
            return self._longer(name)
        endings = tuple((generic_endings(name) or generic_endings(POINTER.sub("", name))).split("|"))
        if endings[0] == UNIVERSITY and (school := self._university(sentence, edge)):
            return school
        if name.startswith(_OURS):
            # 我院 is the body that speaks, not one that the sentence names.
            return self._ours(endings, self._inner_colleges(name) | self._partners()) or name
        if sentence is not None:
            for found in reversed(organizations_in(sentence.view.text, 0, edge)):
                if found.text.endswith(endings) and not is_generic(found.text):
                    return strip_term(found.text)
            if body := same_head(sentence.view.text, edge, f"{endings[0]}长"):
                return body
        # 校长 is head of the whole, not of a college in it.
        but = self._inner_colleges(name)
        remembered = self._ending_with(endings, but)
        if remembered:
            return remembered
        if "公司" in endings:
            # A brand beside whose name a company's titles or its ticker stood.
            remembered = self._remembered(lambda known: _COMPANY_TITLES[0] in self._bodies.get(known, ()))
        return remembered or (name if len(name) > 1 else None)

    def _ending_with(self, endings: Sequence[str], but: Collection[str]) -> str | None:
        """Return the organisation named so far that ends with one of `endings`; if there is none, the next one."""
        for later in (False, True):
            for group in groups_of(endings):
                if found := self._remembered(functools.partial(ends_with_any, group), later=later, but=but):
                    return found
        return None

    def _ours(self, endings: Sequence[str], but: Collection[str]) -> str | None:
        """Return the body that the whole text speaks of most among those with one of `endings`, None of equals.

        Of equals one in the headline counts.
        """
        for group in groups_of(endings):
            named = Counter(name for name in self._later() if name.endswith(group) and name not in but)
            most = [name for name, count in named.items() if count == max(named.values())]
            head = [name for name in most if name in self._reading.sentences[0].view.text]
            if len(most) == 1 or len(head) == 1:
                return (head or most)[0]
            if most:
                return None
        return None

    def _partners(self) -> set[str]:
        return {name for sentence in self._reading.sentences for name in partners_in(sentence.view.text)}

    def _inner_colleges(self, noun: str) -> set[str]:
        """Return the colleges that 学校 does not mean: those with a dean, and those without a place in their name."""
        if not noun.endswith("校"):
            return set()
        named = (*self._counts, *self._later())
        short = (name for name in named if name.endswith("学院") and len(name) <= _LONGEST_COLLEGE)
        return self._colleges | {name for name in short if not begins_with_place(name)}

    def _university(self, sentence: Sentence | None, edge: int) -> str | None:
        """Return the university that 学校 means; its colleges and departments have names that end otherwise."""
        main = self._remembered(functools.partial(ends_with_any, (UNIVERSITY,)), later=True)
        before = organizations_in(sentence.view.text, 0, edge) if sentence and not main else ()
        named = [strip_term(found.text) for found in before if found.text.endswith(UNIVERSITY)]
        # 来源：某大学新闻网
        publisher = strip_term(self._reading.document.publisher or "")
        home = publisher if publisher.endswith(UNIVERSITY) else None
        return named[-1] if named else main or home

    def _longer(self, name: str) -> str:
        """Return the only longer name in the text for a short one (省总 → 某省总), else the name itself."""
        if len(name) > _LONGEST_SHORT_NAME or name[:1] not in _SHORT_BEGINNINGS:
            return name
        longer = {other for other in self._counts if other.endswith(name) and other != name}
        return longer.pop() if len(longer) == 1 else name

    def _remembered(
        self, accept: Callable[[str], bool], *, later: bool = False, but: Collection[str] = ()
    ) -> str | None:
        candidates = [name for name in self._counts if accept(name) and name not in but]
        if not candidates:
            # 校党委书记 may stand before the text names the school.
            named = (name for name in self._later() if accept(name) and name not in but)
            return next(named, None) if later else None
        # What the text speaks of most, and of equals the first: the announcement's own body.
        # Dictionaries keep their order, and `max` takes the first of equals: the one named first.
        return max(candidates, key=self._counts.__getitem__)

    def _later(self) -> Iterator[str]:
        """Yield the organisations of the whole text in order, each as often as it is named."""
        return (name for sentence in self._reading.sentences for name in bodies_in(sentence.view.text))

    def observe(self, sentence: Sentence) -> None:
        """Take note of the organisations of a sentence that has been read."""
        committee, divisions, organizations, listed = named_in(sentence.view.text)
        heading = pattern("discourse", "committee_heading").fullmatch(sentence.view.text) if sentence.caption else None
        committee = heading["name"] if heading else committee
        if sentence.caption and pattern("positions", "committee_list").match(sentence.view.text):
            # 主任：张三 某协会裁判委员会副主任: the list goes on with the members of the committee above.
            committee = None
        if committee:
            self._head, self._head_paragraph = committee, sentence.paragraph
        if body := congress_in(sentence.view.text):
            self._congress, self._congress_paragraph = body, sentence.paragraph
        for counts, names in ((self._divisions, divisions), (self._counts, organizations), (self._counts, listed)):
            for name in names:
                counts[name] += 1
        if sentence.caption:
            self._heading = (sentence.paragraph, organizations)
        if self._paragraph[0] != sentence.paragraph:
            self._paragraph = (sentence.paragraph, [])
        self._paragraph[1].extend(name for name in organizations if name not in self._paragraph[1])
        for name in listed:
            self._bodies[name].update(_COMPANY_TITLES)
