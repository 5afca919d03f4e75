"""Chains of titles: 某局党委书记、局长 and what belongs to them, the organisation of each title and the names beside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kg.language.lexicon import lookup, matcher
from kg.language.organizations import POINTERS, Organization, classify, organization_before
from kg.language.persons import Name, NameFinder
from kg.language.titles import BODIES, Title, find_titles, status_before

_CLOSING = re.compile(r"(?:当选为?|担任|出任|任|为|聘任|聘请|兼任|就任|现任|辞去|免去|推选|选举)$")
_JOINT = re.compile(r"(?:（[^（）]{1,10}）)?(?:、|，?兼任?|暨|和|及|以及|，|；| )$")
_HEAD_OF_PLACE = re.compile(r"(?:省|市|县|区|州|镇|乡|盟|旗)长$")
_PLACE_OF_BODY = re.compile(r"^(?:中共)?([\u4e00-\u9fff]*?(?:自治区|自治州|自治县|省|市|县|区|州|旗|盟|镇|乡))(?:委|政府|人民政府|人大|政协|纪委|监委)")
_DEPARTMENT = re.compile(r"^[\u4e00-\u9fff]{1,7}(?:部|处|科|司|室|中心|组|办|系|庭|支队|大队)$")
# Committees inside a court, a company or a union.
_COMMITTEE = re.compile(r"(?:审判|检察|学术|战略|审计|提名|薪酬|执行|常务|女职工|经费审查|技术|专家|教学指导|学位评定)委员会")
_NAMES_TAIL = re.compile(r"(?:等|(?:等)?(?:两|三|四|五|六|几)(?:位|名)|同志)$")
_BRACKET = re.compile(r"（[^（）]{1,30}）")
_SEPARATOR = re.compile(r"(?:同志|先生|女士)?(?:（[^（）]{1,40}）)?(、|，| |和|与|及|以及|；)")


@dataclass
class Slot:
    """A title with the organisation that stands directly before it, if one does."""

    title: Title
    own: Organization | None
    organization: str | None = None

    @property
    def start(self) -> int:
        """The view offset where the slot begins, the organisation included."""
        return self.own.start if self.own else self.title.outer


@dataclass
class Chain:
    """Titles joined by 、 or 兼, and the names found directly before or after them."""

    slots: list[Slot]
    names: list[Name] = field(default_factory=list)
    rule: str = ""
    end: int = 0

    @property
    def start(self) -> int:
        """The view offset of the first slot."""
        return self.slots[0].start


def find_chains(text: str, names: NameFinder, ends: frozenset[int]) -> list[Chain]:
    """Return the chains of titles in normalised text, left to right, with the names directly beside them.

    Args:
        text: The normalised characters of a sentence.
        names: The finder of names, with what the document has confirmed.
        ends: The borders of words in `text`.
    """
    chains: list[Chain] = []
    titles = find_titles(text)
    floor = 0
    for index, title in enumerate(titles):
        if title.start < floor:
            continue
        name = _name_before(text, title, floor, names, ends)
        slot = _make_slot(text, title, name[0].start if name else None, floor, ends)
        following = titles[index + 1] if index + 1 < len(titles) else None
        open_chain = chains[-1] if chains and not chains[-1].names else None
        if open_chain and _CLOSING.search(text[: open_chain.start]) and text[open_chain.end : open_chain.end + 1] in "，；":
            # 甲当选主席，某局副局长乙…: the comma begins another person's titles.
            open_chain = None
        joint = text[open_chain.end : slot.start] if open_chain else ""
        if open_chain and open_chain.slots[-1].title.weak and joint[-1:] in "，；":
            open_chain = None
        if open_chain and not name and joint and _JOINT.fullmatch(joint):
            open_chain.slots.append(slot)
            chain = open_chain
        elif open_chain and not name and not joint and slot.own and open_chain.slots[-1].title.end == slot.start:
            open_chain.slots.append(slot)
            chain = open_chain
        else:
            chain = Chain([slot])
            chains.append(chain)
        chain.end = title.end
        floor = title.end
        if name and not _names_after(text, title.end, names, ends, following):
            chain.names, chain.rule = name, "title_after_name"
            continue
        after = _names_after(text, title.end, names, ends, following)
        if after:
            chain.names, chain.rule = after, "title_before_name"
            chain.end = floor = after[-1].end
    return chains


def _make_slot(text: str, title: Title, name_start: int | None, floor: int, ends: frozenset[int]) -> Slot:
    """Return the slot of a title; the organisation ends before the title or, in 某协会张三会长, before the name."""
    edge = title.outer if name_start is None else name_start
    if edge > floor and text[edge - 1] == " " and name_start is None:
        edge -= 1
    own = organization_before(text, edge, floor, ends)
    status, outer = title.status, title.outer
    if own:
        # 原某局局长 / 时任某局局长: the status word stands before the organisation.
        before, said = status_before(text, own.start, floor)
        if said != "current":
            status, outer = said, before
        inner = re.match(r"(?:原|时任|前任|现任|新任)(?=[\u4e00-\u9fff]{2})", own.text)
        if inner and own.kind != "known":
            own = Organization(own.start + inner.end(), own.end, own.text[inner.end() :], classify(own.text[inner.end() :]))
            status = "current" if inner.group() in ("现任", "新任") else "former"
    if own and own.text in BODIES:
        # 党委副书记兼工会主席: the body belongs to the title, the organisation is the one before.
        return Slot(Title(own.start, title.end, own.text + title.text, min(own.start, outer), status, title.weak), None)
    if own and (own.kind == "unknown" and not _plausible_unknown(own.text) or not own.text):
        own = None
    return Slot(Title(title.start, title.end, title.text, outer, status, title.weak), own)


def _plausible_unknown(text: str) -> bool:
    """Say whether a string without a known ending may still be an organisation (a brand, a short form)."""
    if text in POINTERS:
        return True
    if not 2 <= len(text) <= 12 or re.search(r"[的了在是就对和与及着过这那我你他她它们不]", text):
        return False
    verbs = (match.group() for match in matcher("action_verbs").finditer(text))
    return not any(len(verb) >= 2 for verb in verbs) and not re.search(r"学习|贯彻|落实|宣传|会议|要以|深入|重要", text)


def _name_before(text: str, title: Title, floor: int, names: NameFinder, ends: frozenset[int]) -> list[Name]:
    """Return the names directly before a title (张三会长; 张三、李四两位会长)."""
    edge = title.outer
    tail = _NAMES_TAIL.search(text, floor, edge)
    edge = tail.start() if tail else edge
    if edge <= floor:
        return []
    own = organization_before(text, edge, floor, ends)
    if own and own.kind in ("known", "place", "department"):
        return []
    found = names.before(text, edge, ends, floor=floor)
    if not found:
        return []
    if own and own.kind in ("strong", "weak") and found.score < 2.2 and text[found.start : found.end] not in names.confirmed:
        return []
    result = [found]
    while found and (joint := re.search(r"(?:、|和|与)$", text[floor : found.start])):
        found = names.before(text, floor + joint.start(), ends, floor=floor)
        if found:
            result.insert(0, found)
    return result


def _names_after(
    text: str, start: int, names: NameFinder, ends: frozenset[int], following: Title | None
) -> list[Name]:
    """Return the names in the list that begins directly after a title."""
    bracket = _BRACKET.match(text, start)
    if bracket:
        start = bracket.end()
    lead = re.match(r"[： ）]|(?:分别)?(?:是|为|系)|由", text[start : start + 4])
    prior = 1.2
    if lead:
        start += lead.end()
        prior = 1.2 if lead.group() in "： ）" else 0.3
    result: list[Name] = []
    found = names.after(text, start, ends, prior=prior)
    while found:
        if following and result and _begins_body(text, found.start, following, ends):
            break
        if following and found.start <= following.start < found.end:
            break
        if following and following.outer == found.end and not _title_names_someone(text, following, names, ends) and result:
            break
        result.append(found)
        separator = _SEPARATOR.match(text, found.end)
        if not separator:
            break
        weight = {"、": 0.8, " ": 0.5, "，": -0.6, "；": -0.8}.get(separator.group(1), 0.2)
        found = names.after(text, separator.end(), ends, prior=weight)
        if found and separator.group(1) in "，；" and not re.match(r"[、，。；]|和|$|等|出席|参加|分别", text[found.end :]):
            break
    return result or _tight_name(text, start, prior)


def _begins_body(text: str, start: int, following: Title, ends: frozenset[int]) -> bool:
    """Say whether the organisation of the next title begins where a name was found (…、中国某某协会会长)."""
    own = organization_before(text, following.outer, start, ends)
    return own is not None and own.start == start and own.kind in ("known", "strong", "weak", "place", "department")


def _tight_name(text: str, start: int, prior: float) -> list[Name]:
    """Return a name without a Chinese surname (a Mongolian, Japanese or Korean one) that fills the place alone."""
    match = re.match(r"([\u4e00-\u9fff]{2,5})(?=[、，。；（]|$|等|先生|女士|同志)", text[start:])
    if not match or prior < 1.0 or classify(match.group(1)) not in ("unknown", "weak"):
        return []
    word = match.group(1)
    if word in lookup("name_like_words", "kind") or word in lookup("name_stop_words", "source") or word in lookup("countries", "source") or find_titles(word):
        return []
    if matcher("action_verbs").search(word) or matcher("boundary_words").search(word) or matcher("name_followers").match(word):
        return []
    return [Name(start, start + len(word), 0.3)]


def _title_names_someone(text: str, title: Title, names: NameFinder, ends: frozenset[int]) -> bool:
    return names.after(text, title.end, ends) is not None


def resolve_organizations(chain: Chain, carried: str | None) -> str | None:
    """Set the organisation of every slot and return the one that the next chain inherits.

    Args:
        chain: The chain; its slots' `organization` is set.
        carried: The organisation that the list has carried so far, None if none.
    """
    for slot in chain.slots:
        own = slot.own.text if slot.own else None
        if _HEAD_OF_PLACE.search(slot.title.text) and own is None and carried:
            place = _PLACE_OF_BODY.match(carried)
            slot.organization = place.group(1) if place else carried
            continue
        if own is None:
            slot.organization = carried
        elif carried and own and _is_department(own) and not own.startswith(carried):
            slot.organization = _base(carried) + own
        else:
            slot.organization = own
            # An academician's academy is not where the other posts are.
            carried = carried if slot.title.text.endswith("院士") else own
    return carried


def _is_department(name: str) -> bool:
    if classify(name) == "department" or _COMMITTEE.fullmatch(name):
        return True
    return len(name) <= 8 and not name.endswith("公司") and bool(_DEPARTMENT.match(name)) and not re.search(r"[省市县区州镇乡国]", name)


def _base(carried: str) -> str:
    """Return the organisation without a department at its end (国家某局某司 → 国家某局)."""
    match = re.match(r"^(.*(?:局|部|委|委员会|厅|公司|集团|大学|学院|医院|总工会|工会|协会|联合会|政府))[\u4e00-\u9fff]{1,10}(?:部|处|科|司|室|办公厅)$", carried)
    return match.group(1) if match else carried
