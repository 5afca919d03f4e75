"""Chains of titles: 某局党委书记、局长, the organisation before each title and the names directly beside the chain."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from kg.language.lexicon import matcher
from kg.language.organizations import Organization, ending_inside, organization_before, pointers
from kg.language.patterns import pattern
from kg.language.persons import Name, NameFinder
from kg.language.titles import Title, find_titles, inner_bodies, status_before
from kg.relations.names_beside import Context, names_after, names_before

_OF_DIVISION = "纪委"
_LEVELS = frozenset("省市县区州旗盟")
# A head of a department at a university, whose field stands before it.
_HEAD_OF_FIELD = "系主任"
# An unknown name is short, unless one with a certain ending is its beginning (甲集团企业传讯).
_LONGEST_UNKNOWN, _LONGEST_NAMED = 12, 24
# The owner before 的 whose ending is ambiguous must be this long.
_LONG = 5
_FORMER = ("原", "前", "时任")
_OURS = ("我", "本")
# 张三会长向新任…: a name before a title that is this much clearer than the one behind it is the holder.
_CLEARER = 0.5
# The longest verb that closes a list of names has this many characters.
_VERB_REACH = 4


@dataclass
class Slot:
    """A title with the organisation that stands directly before it, if one does.

    Args:
        title: The title.
        own: The organisation directly before it.
        organization: The name of the organisation that it belongs to, once that is known.
        settled: Whether an organisation beside another title of the chain tells it.
    """

    title: Title
    own: Organization | None
    organization: str | None = None
    settled: bool = False

    @property
    def start(self) -> int:
        """The view offset where the slot begins, the organisation included."""
        return self.own.start if self.own else self.title.outer

    def status(self, otherwise: str) -> str:
        """Return the status that the title's own words tell (原, 拟任), or another one if they tell none.

        >>> Slot(find_titles("原会长")[0], None).status("appointed")
        'former'
        """
        return self.title.status if self.title.status != "current" else otherwise


@dataclass
class Chain:
    """Titles joined by 、 or 兼, and the names found directly before or after them.

    Args:
        slots: The titles, from left to right; at least one.
        names: Who holds them.
        rule: How the names were found.
        end: The view offset after the last title, or after the last name behind it.
    """

    slots: list[Slot]
    names: list[Name] = field(default_factory=list)
    rule: str = ""
    end: int = 0

    @property
    def start(self) -> int:
        """The view offset of the first slot."""
        return self.slots[0].start


def find_chains(text: str, names: NameFinder, ends: frozenset[int], floor: int = 0) -> list[Chain]:
    """Return the chains of titles in normalised text, left to right, with the names directly beside them.

    Args:
        text: The normalised characters of a sentence.
        names: The finder of names, with what the document has confirmed.
        ends: The borders of words in `text`.
        floor: Where a name ends that stands at the beginning, so that no organisation begins before.

    >>> chains = find_chains("红石市总工会党组书记、主席王倩到会", NameFinder(), frozenset())
    >>> [slot.title.text for slot in chains[0].slots], len(chains[0].names)
    (['党组书记', '主席'], 1)
    """
    context = Context(text, names, ends)
    chains: list[Chain] = []
    titles = find_titles(text)
    for index, title in enumerate(titles):
        if title.start < floor:
            # 副主任：张三（某协会会长）、李四: the names' own posts stand in brackets inside the list.
            _add_bracketed(chains, context, title)
            continue
        before = names_before(context, title, floor) or _ranked(chains, title)
        slot = _slot(context, title, before[0].start if before else None, floor)
        if chains and not before and _continues(chains[-1], slot, text):
            chains[-1].slots.append(slot)
        else:
            chains.append(Chain([slot]))
        chain = chains[-1]
        chain.end = title.end
        following = titles[index + 1] if index + 1 < len(titles) else None
        of_post = (
            any(said.title.status != "current" for said in chain.slots)
            or _tells_post(text, chain.start)
            or _tells_post(text, slot.start)
        )
        after = names_after(context, title.end, following, of_post=of_post)
        if after and not (before and before[-1].score > after[0].score + _CLEARER):
            chain.names, chain.rule = after, "title_before_name"
            chain.end = after[-1].end
        elif before:
            chain.names, chain.rule = before, "title_after_name"
        floor = chain.end
    return chains


def _add_bracketed(chains: list[Chain], context: Context, title: Title) -> None:
    """Add a title inside brackets behind a name of a list: to the chain of its bracket, or as a chain of its own."""
    opening = context.text.rfind("（", 0, title.start)
    if opening < 0 or "）" in context.text[opening : title.start]:
        return
    last = chains[-1]
    slot = _slot(context, title, None, last.end if opening < last.start else opening + 1)
    if opening < last.start and not last.names and _continues(last, slot, context.text):
        last.slots.append(slot)
    else:
        chains.append(last := Chain([slot]))
    last.end = title.end


def _ranked(chains: list[Chain], title: Title) -> list[Name]:
    """Return the person whose academic rank stands directly behind the name (院长张三教授)."""
    if not chains or not chains[-1].names or title.start != chains[-1].names[-1].end:
        return []
    return chains[-1].names[-1:] if pattern("positions", "academic_rank").fullmatch(title.text) else []


def _tells_post(text: str, start: int) -> bool:
    """Say whether a verb before the titles tells a post of somebody (曾任, 拟任, 现任)."""
    return pattern("positions", "tells_post").search(text, max(0, start - _VERB_REACH), start) is not None


def _continues(chain: Chain, slot: Slot, text: str) -> bool:
    """Say whether a slot belongs to the chain before it, which has no name yet."""
    if chain.names:
        return False
    outer = slot.title.outer
    # 人大常委会副主任、原市总工会主席: the status word stands before the organisation.
    begin = outer if text[outer : slot.start] in _FORMER else slot.start
    joint = text[chain.end : begin]
    if chain.slots[-1].title.weak and joint[-1:] in ("", "，", "；"):
        return False
    if text[chain.end] in "，；":
        # 甲当选主席，某局副局长乙…: the comma begins another person's titles.
        verb = pattern("positions", "closing").search(text, max(0, chain.start - _VERB_REACH), chain.start)
        if verb:
            return False
    if joint:
        return pattern("positions", "joint").fullmatch(joint) is not None
    return slot.own is not None and chain.slots[-1].title.end == slot.start


def _slot(context: Context, title: Title, name_start: int | None, floor: int) -> Slot:
    """Return the slot of a title; the organisation ends before the title or, in 某协会张三会长, before the name."""
    text = context.text
    edge = title.outer if name_start is None else name_start
    if name_start is None and edge > floor and text[edge - 1] == " ":
        edge -= 1
    if definition := pattern("positions", "definition").search(text, floor, edge):
        # 甲集团有限公司（以下简称“甲集团”）董事长
        edge = definition.start()
    if name_start is None and (unit := pattern("positions", "numbered_unit").match(text, edge - 1)):
        # 三车间主任: the post is that of the numbered unit's head.
        title = replace(title, start=unit.end("unit"), text=title.text[unit.end("unit") - title.start :])
        edge = unit.end("unit")
    own = organization_before(text, edge, floor, context.ends)
    if own is None and name_start is None and text[edge - 1 : edge] == "的":
        # 甲集团的董事长张三
        owner = organization_before(text, edge - 1, floor, context.ends)
        certain = owner and (
            owner.kind in ("known", "strong")
            or (owner.kind == "weak" and len(owner.text) >= _LONG)
            # 来自甲街道的党工委副书记
            or (
                owner.kind == "place"
                and len(owner.text) > 2
                and owner.text.endswith(("街道", "社区", "村", "镇", "乡"))
            )
        )
        own = owner if certain else None
    status, outer = title.status, title.outer
    if own:
        # 原某局局长 / 时任某局局长: the status word stands before the organisation.
        before, said = status_before(text, own.start, floor)
        status, outer = (said, before) if said != "current" else (status, outer)
        inner = pattern("positions", "status_inside").match(own.text)
        if inner and own.kind != "known":
            own = Organization.of(text, own.start + inner.end(), own.end)
            status = inner.lastgroup or "current"
    if own and own.text.endswith("系系"):
        # 物流学系系主任
        own, title = (
            Organization.of(text, own.start, own.end - 1),
            replace(title, start=title.start - 1, text="系" + title.text),
        )
    if own and own.text in pointers() and text[own.start - 1 : own.start] in _OURS and own.start > floor:
        # 我院党委书记: the body that speaks, not the last one named.
        own = Organization.of(text, own.start - 1, own.end)
    if title.text.startswith(_OF_DIVISION) and (first := _division_before(own, text, title.start)) is not None:
        # 省纪委书记: a division has the commission as a body of its own, a company does not.
        after = title.start + len(_OF_DIVISION)
        rest = Title(after, title.end, title.text[len(_OF_DIVISION) :], outer, status, title.weak)
        return Slot(rest, Organization.of(text, first, after))
    if own and own.text in inner_bodies():
        # 党委副书记兼工会主席: the body belongs to the title, the organisation is the one before.
        outer = min(own.start, outer)
        return Slot(Title(own.start, title.end, own.text + title.text, outer, status, title.weak), None)
    if own and title.text == _HEAD_OF_FIELD and not own.text.endswith(("系", "院")):
        # 红石大学中文系主任: 系 belongs to the department's name.
        own = Organization.of(text, own.start, title.start + 1)
        return Slot(Title(title.start + 1, title.end, title.text[1:], outer, status, title.weak), own)
    if own and own.kind == "unknown" and not _may_be_organization(own.text):
        own = None
    return Slot(Title(title.start, title.end, title.text, outer, status, title.weak), own)


def _division_before(own: Organization | None, text: str, edge: int) -> int | None:
    """Return where the division that ends at `edge` begins (红石市, 省), None if none stands there."""
    if own:
        return own.start if own.kind == "place" or own.text in _LEVELS else None
    return edge - 1 if text[edge - 1 : edge] in _LEVELS else None


def _may_be_organization(text: str) -> bool:
    """Say whether a string without a known ending may still be an organisation (a brand, a short form)."""
    if text in pointers() or (text[:1] in _OURS and text[1:] in pointers()):
        return True
    longest = _LONGEST_NAMED if ending_inside(text) else _LONGEST_UNKNOWN
    if not 2 <= len(text) <= longest or pattern("positions", "function_word").search(text):
        return False
    if any(len(verb.group()) >= 2 for verb in matcher("action_verbs").finditer(text)):
        return False
    return not pattern("positions", "phrase").search(text)
