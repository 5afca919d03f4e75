"""Which organisation a title belongs to: the one beside it, the one its list carries on, or what the text is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.language.lexicon import lookup, matcher
from kg.language.organizations import classify, pointers
from kg.language.patterns import pattern
from kg.language.sentences import Sentence
from kg.relations.discourse import Discourse, fits, is_generic, strip_term
from kg.relations.position_chains import Chain, Slot

_LONGEST_DEPARTMENT = 8
# The rules for chains that stand in a resume, without their list.
_OWN_WORDS = ("apposition", "")
# The rules for a title that stands as a label before its holders.
_LABELLED = ("listed_behind", "verb.duty_by_name")
# A line of a list begins with its title, perhaps behind a number.
_LINE_START = 2


class Inheritance:
    """Gives the titles of one sentence their organisations, chain by chain from left to right.

    Args:
        sentence: The sentence.
        discourse: What the text before it is about.
    """

    def __init__(self, sentence: Sentence, discourse: Discourse) -> None:
        self._sentence = sentence
        self._discourse = discourse
        self._first: Chain | None = None
        # What the list carries on to titles without an organisation.
        self._carried: str | None = None
        # The body that a verb of election has given posts at; none before the first.
        self._elected: str | None = None
        # Whether the text tells the body of the last verb's posts; else it may be that of the person's other posts.
        self._told = False
        # The bodies of the titles so far.
        self._named: list[str] = []

    def resolve(self, chain: Chain) -> None:
        """Set the organisation of every slot of the next chain; its holders and their rule are known.

        >>> from kg.relations.base import Reading
        >>> from kg.relations.position_chains import find_chains
        >>> from kg.types import Document
        >>> reading = Reading.of(Document("a", "红石市总工会主席王倩、副主席张三到会"))
        >>> sentence = reading.sentences[0]
        >>> inheritance = Inheritance(sentence, Discourse(reading))
        >>> chains = find_chains(sentence.view.text, reading.names, frozenset())
        >>> for chain in chains:
        ...     inheritance.resolve(chain)
        >>> [chain.slots[0].organization for chain in chains]
        ['红石市总工会', '红石市总工会']
        """
        self._first = self._first or chain
        for slot in chain.slots:
            self._name_body(slot)
        first = chain.slots[0]
        if chain.rule == "bracket":
            # 张三（某协会会长）: the list outside of the brackets goes on without that body.
            resolve_organizations(chain, self._carried)
            return
        national = first.title.text in lookup("national_titles", "source")
        if national and first.own and first.own.kind not in ("known", "strong", "weak"):
            first.own = None
        if chain.rule in _OWN_WORDS and all(
            pattern("positions", "rank").search(slot.title.text) for slot in chain.slots
        ):
            # 张三，男，高级工程师: the rank is no post at the organisation named before.
            resolve_organizations(chain, None)
            return
        if national and first.own is None:
            # 国家主席 is head of the state, whatever body the text is about.
            resolve_organizations(chain, None)
            return
        self._carry_to(chain)
        self._carried = resolve_organizations(chain, self._carried)
        self._named += [slot.organization for slot in chain.slots if slot.organization and slot.own]
        if chain.rule.startswith(("verb", "person_verb")) and (first.own or self._told):
            self._elected = self._carried

    def _name_body(self, slot: Slot) -> None:
        """Replace 公司, 该会 and 某协会第三届理事会 beside a title by the organisation that is meant."""
        if slot.own is None:
            return
        name = self._pointed(strip_term(slot.own.text), slot.own.start)
        resolved = self._discourse.resolve(name, self._sentence, slot.own.start) if name else None
        slot.own = replace(slot.own, text=resolved) if resolved else None
        if slot.own and not is_generic(slot.own.text):
            self._discourse.note(slot.own.text, slot.title.text)

    def _pointed(self, name: str, edge: int) -> str:
        """Return a department's name with the body that 该院 at its beginning stands for."""
        match = pattern("discourse", "pointed").match(name)
        whole = self._discourse.resolve(match["whole"], self._sentence, edge) if match else None
        return whole + name[match.end() :] if match and whole and not is_generic(whole) else name

    def _carry_to(self, chain: Chain) -> None:
        """Decide which organisation a chain's titles inherit where none stands beside them."""
        self._told = False
        title, discourse, first = chain.slots[0].title.text, self._discourse, self._first or chain
        if chain.start <= _LINE_START and pattern("positions", "committee_list").match(self._sentence.view.text):
            self._carried = discourse.list_head() or self._carried
        label = chain.rule in _LABELLED and chain.slots[0].own is None
        if label and (committee := discourse.committee_of_label(self._sentence, chain.start, title)):
            # 设仲裁委员会，主任由张三担任，副主任为甲公司李四
            self._carried = committee
            return
        if chain.rule.startswith("person_verb") and chain.slots[0].own is None:
            # 审查委员会会议选举张三为主任
            self._carried = _body_of_clause(self._sentence.view.text, chain.start) or self._carried
        if chain.rule.startswith("verb") and chain.slots[0].own is None:
            # 甲公司董事长张三当选会长，乙公司经理李四当选副会长: the posts are not at 甲公司 and 乙公司.
            text = self._sentence.view.text
            before = _body_of_clause(text, chain.start) or self._elected
            told = before or discourse.before(self._sentence, first.start, title)
            self._told = told is not None
            self._carried = told or self._carried
            if before and (fits(title, before) or pattern("discourse", "committee").search(before)):
                return
            self._carried = discourse.before(self._sentence, first.start, title) or self._carried
            if before:
                return
        if self._carried is None or not fits(title, self._carried):
            # 我院院长、联盟理事长张三，副院长李四: back to the body before.
            back = self._elected is None and not pattern("discourse", "head_of_place").search(
                title.removesuffix("助理")
            )
            named = next((name for name in reversed(self._named) if back and fits(title, name)), None)
            found = named or discourse.before(self._sentence, chain.start, title)
            self._carried = (found or self._carried) if fits(title, self._carried or "") else found


def _body_of_clause(text: str, edge: int) -> str | None:
    """Return the body that the clauses since the last semicolon are about (；审计委员会由…组成，张三任主任委员)."""
    start = max(text.rfind(mark, 0, edge) for mark in "；：。") + 1
    match = pattern("discourse", "made_of").match(text, start)
    return match["body"] if match and match.end() <= edge else None


def resolve_organizations(chain: Chain, carried: str | None) -> str | None:
    """Set the organisation of every slot and return the one that the next chain inherits.

    Args:
        chain: The chain; its slots' `organization` is set.
        carried: The organisation that the list has carried so far, None if none.

    >>> from kg.language.persons import NameFinder
    >>> from kg.relations.position_chains import find_chains
    >>> chain = find_chains("党组书记、主席", NameFinder(), frozenset())[0]
    >>> resolve_organizations(chain, "红石市总工会")
    '红石市总工会'
    >>> [slot.organization for slot in chain.slots]
    ['红石市总工会', '红石市总工会']
    """
    named: list[str] = []
    for slot in chain.slots:
        own = slot.own.text if slot.own else None
        slot.settled = bool(named)
        if own is not None:
            named.append(own)
        if own is None:
            slot.organization = _body_of(slot, _fitting(slot.title.text, named) or carried)
        elif carried and _is_department(own) and not own.startswith(carried) and not _is_sibling(own, carried):
            slot.organization = _without_department(carried) + own
        else:
            slot.organization = own
            # An academician's academy is not where the other posts are.
            carried = carried if slot.title.text.endswith("院士") else own
    return carried


def _fitting(title: str, named: Sequence[str]) -> str | None:
    """Return the last body of a chain at which a title may be one: 公司董事、审计委员会委员、副总裁."""
    return next((name for name in reversed(named) if fits(title, name)), None)


def _body_of(slot: Slot, carried: str | None) -> str | None:
    """Return the organisation that a title inherits: 市长 is a post at the division, not at its committee."""
    if not carried or not pattern("positions", "head_of_place").search(slot.title.text):
        return carried
    place = pattern("positions", "place_of_body").match(carried)
    level = slot.title.text[-2:-1]
    if place and level in "省市县区" and not place["place"].endswith((level, "区" if level == "省" else level)):
        # 杭州市委书记张三、副省长李四: the province is not the city.
        return level
    # 市人民政府 is where a 市长 is at home; 市委 is not.
    return place["place"] if place and not carried.endswith("政府") else carried


def _is_department(name: str) -> bool:
    """Say whether a name is that of a department, so that the organisation before it belongs to it."""
    kind = classify(name)
    if name[0] in pointers():
        # 校团委 is the school's, whatever stands before.
        return False
    if kind == "department" or pattern("positions", "committee").fullmatch(name):
        return True
    if kind == "known" or is_generic(name) or pattern("positions", "owner_inside").search(name):
        # 水利部 is no department of what stands before; 锅炉厂工艺处 names its owner.
        return False
    if matcher("foreign_places").match(name):
        # 乌干达卫生部 is no department of what stands before.
        return False
    if len(name) > _LONGEST_DEPARTMENT or name.endswith("公司") or pattern("positions", "place_name").search(name):
        return False
    return pattern("positions", "department").match(name) is not None


def _is_sibling(name: str, other: str) -> bool:
    """Say whether two departments stand side by side (赛艇组, 皮划艇组) rather than one inside the other.

    A department of which the text does not tell the owner has none to hand on.
    """
    return len(other) <= _LONGEST_DEPARTMENT and _is_department(other)


def _without_department(name: str) -> str:
    """Return the organisation without a department at its end (国家某局某司 → 国家某局)."""
    match = pattern("positions", "with_department").fullmatch(name)
    return match["organization"] if match else name
