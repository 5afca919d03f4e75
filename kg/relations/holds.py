"""`holds`: who holds which position where, from title chains, verbs of appointment and departure, and lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.language.dates import date_in, resolve_date
from kg.language.lexicon import lookup
from kg.language.organizations import classify
from kg.language.persons import Name
from kg.language.sentences import Sentence
from kg.relations.base import Reading, make_fact, relation
from kg.relations.discourse import Discourse, fits, organizations_in, strip_term
from kg.relations.position_chains import Chain, Slot, find_chains, resolve_organizations
from kg.types import EntityType, Fact

# Verbs directly before a chain of titles, and what they tell about it.
_BECOME = re.compile(
    r"(?P<removed>不再(?:担任|兼任|任)|卸任|辞去|辞任|请辞|离任|免去|免除|罢免|撤销|撤去|解除|解聘|免)其?(?:所任|担任)?的?$|"
    r"(?P<former>(?:曾(?:经)?|历|先后|原|此前|之前|曾先后|先后曾)(?:历任|担任|出任|就任|任|在|为)?|历任|曾任|担任过|出任过)$|"
    r"(?P<candidate>拟任命?为?|拟提名为?|提名为?|拟聘任?为?|拟担任|候选|推荐为|建议)$|"
    r"(?P<appointed>出任|就任|继任|升任|调任|转任|接任|履新|当选为?|获选为?|(?:被|获|受)?(?:任命|聘任|聘请|受聘|续聘|选聘|选举|推选|推举|补选|增选|增补|遴选|委任|提拔|委派|指派|指定|授任|聘)(?:其|他|她)?(?:为|担任|出任|任)?|"
    r"接替[\u4e00-\u9fff·]{2,12}?(?:担任|出任|任|为)|将担任|将出任|重新担任|改任|连任|选为|聘为|任)$|"
    r"(?P<current>现?担任|现任|兼任|现为|是|为|系|成为|代理|主持|身兼|同时担任)$"
)
_STATUS_CONTEXT = (
    ("removed", re.compile(r"免去|免除|罢免|撤销|解聘|不再担任|辞去|卸任")),
    ("candidate", re.compile(r"拟任|拟提名|公示|候选人|提名[\u4e00-\u9fff·、]{2,20}为|拟聘")),
    ("appointed", re.compile(r"任命|聘任|聘请|选举|当选|推选|推举|补选|增补|续聘|选出|产生")),
)
_ADVERB = re.compile(
    r"(?:同志|先生|女士|教授|博士|院士|已|将|曾|此前|目前|现|全票|高票|连续|再次|再度|成功|正式|分别|先后|一并|同时|并|均|也|还|又|后|拟|被|受|获|不再|一致|当场|连任|等额|差额|继续|等?[一二三四五六七八九十\d]+(?:人|位|名)(?:同志)?|（[^（）]{1,30}）|\d+年|\d+月|\d+日|起|自|于|从|一致同意|经选举|等)+$"
)
_TAKES_PERSON = re.compile(
    r"(?P<removed>免去|罢免|撤销|解除|解聘|免)|(?P<appointed>决定任命|任命|聘任|聘请|选举|推选|推举|增补|补选|委派|续聘|选聘|同意)|(?P<candidate>提名|推荐|拟任命|拟提名|建议提名)"
)
_APPOSITION_END = re.compile(r"$|[，。；）、！？]")
_RESUME_START = re.compile(r"^(?:[\d一二三四五六七八九十]+[、.]|（[一二三四五六七八九十\d]+）)?")
_LIST_LINE = re.compile(r"[^：]{0,3}(?:组长|主任|主席|秘书长|委员|成员|总指挥|副总指挥|顾问|召集人)：")
_NATIONAL = ("总书记", "国家主席", "中共中央总书记", "国家副主席")
_DUTY = re.compile(r"^(?:一职|职务|的职务|等职务?|职位)")
_CANDIDATE_TAIL = re.compile(r"^(?:候选人|人选|提名人|考察对象)")


@dataclass
class Claim:
    """A person, a slot and a status, before it becomes a fact."""

    sentence: Sentence
    name: Name
    slot: Slot
    status: str
    rule: str
    confidence: float
    named_in: Sentence | None = None

    @property
    def name_sentence(self) -> Sentence:
        """The sentence in which the person is named: a resume's own, or the one before it."""
        return self.named_in or self.sentence


@relation("holds")
def holds(reading: Reading) -> Iterator[Fact]:
    """Yield a fact for each person and title (schema.md, `holds`), and `at` for each position at an organisation."""
    for sentence in reading.sentences:
        for found in organizations_in(sentence.view.text, 0, len(sentence.view.text)):
            reading.names.bodies.add(found.text[:2])
    # The first pass confirms names whose borders are certain, the second one lets them vote.
    for claim in _claims(reading):
        if claim.name.score >= 2.0:
            reading.names.confirm(_surface(claim))
    claims = list(_claims(reading))
    yield from _facts(reading, claims)


def _surface(claim: Claim) -> str:
    return claim.name_sentence.view.text[claim.name.start : claim.name.end].replace(" ", "")


def _claims(reading: Reading) -> Iterator[Claim]:
    discourse = Discourse(reading)
    resume: tuple[Name, Sentence] | None = None
    for sentence in reading.sentences:
        text = sentence.view.text
        resume = _resume_subject(sentence, reading) or (resume if _continues(sentence, resume) else None)
        ends = reading.ends(sentence) if _worth_reading(text) else frozenset()
        carried: str | None = None
        chains = find_chains(text, reading.names, ends) if _worth_reading(text) else []
        previous: list[Name] = []
        elected = False
        for chain in chains:
            _attach_names(chain, text, reading, ends, previous, chains[: chains.index(chain)])
            replaced = "接替" in text[max(0, chain.start - 16) : chain.start]
            previous = previous if replaced else chain.names or previous
            _name_bodies(chain, discourse, sentence)
            first_slot = chain.slots[0]
            if first_slot.title.text in _NATIONAL and first_slot.own and first_slot.own.kind != "known":
                first_slot.own = None
            if chain.slots[0].title.text in _NATIONAL and chain.slots[0].own is None:
                resolve_organizations(chain, None)
            else:
                first = chain.slots[0].title.text
                if chain.start <= 2 and _LIST_LINE.match(text) and discourse.list_head():
                    carried = discourse.list_head()
                if chain.rule.startswith("verb") and chain.slots[0].own is None and not elected:
                    # 甲公司董事长张三当选副会长: the post is not one at 甲公司.
                    topic = discourse.before(sentence, chains[0].start, first)
                    carried = topic or carried
                if carried is None or not fits(first, carried):
                    found = discourse.before(sentence, chain.start, first)
                    carried = found or carried if fits(first, carried or "") else found
                carried = resolve_organizations(chain, carried)
                elected = elected or chain.rule.startswith(("verb", "person_verb"))
            if not chain.names and resume and resume[1] is not sentence:
                yield from _resume_claims(chain, reading, sentence, *resume)
            yield from _chain_claims(chain, sentence)
        discourse.observe(sentence)


def _name_bodies(chain: Chain, discourse: Discourse, sentence: Sentence) -> None:
    """Replace 公司, 该会 and 某协会第三届理事会 beside a title by the organisation that is meant."""
    for slot in chain.slots:
        if slot.own is None:
            continue
        name = strip_term(slot.own.text)
        resolved = discourse.resolve(name, sentence, slot.own.start) if name else None
        slot.own = replace(slot.own, text=resolved) if resolved else None


def _resume_subject(sentence: Sentence, reading: Reading) -> tuple[Name, Sentence] | None:
    """Return the person whose resume a sentence begins: 张三，男，1970年生."""
    text = sentence.view.text
    head = _RESUME_START.match(text)
    start = head.end() if head else 0
    if not re.match(r"[^，。]{2,8}(?:同志|先生|女士)?[，：](?:男|女|[\u4e00-\u9fff]{1,4}族|\d{4}年)", text[start:]):
        return None
    name = reading.names.after(text, start, prior=0.8)
    return (name, sentence) if name else None


def _continues(sentence: Sentence, resume: tuple[Name, Sentence] | None) -> bool:
    """Say whether a sentence still belongs to the resume that another one began."""
    return resume is not None and sentence.paragraph - resume[1].paragraph <= 1


def _resume_claims(chain: Chain, reading: Reading, sentence: Sentence, name: Name, named_in: Sentence) -> Iterator[Claim]:
    """Yield the posts of 曾任…。现任…。 for the person whom the sentence before names."""
    text = sentence.view.text
    match = _BECOME.search(text[: chain.start])
    lead = r"(?:(?:\d{4}年)?(?:\d{1,2}月)?(?:起|至今|至\d{4}年(?:\d{1,2}月)?)?|此前|其后|之后|后|先后|毕业后|期间|现|，|其|[—\-至])*"
    if not match or not re.fullmatch(lead, text[: match.start()]) and not re.fullmatch(rf"[^。]*[，；]{lead}", text[: match.start()]):
        return
    if any(known in text[: match.start()] for known in reading.names.confirmed):
        return
    for slot in chain.slots:
        status = slot.title.status if slot.title.status != "current" else match.lastgroup or "current"
        yield Claim(sentence, name, slot, status, "holds.resume", 0.8, named_in)


def _worth_reading(text: str) -> bool:
    from kg.language.titles import find_titles

    return bool(find_titles(text))


def _chain_claims(chain: Chain, sentence: Sentence) -> Iterator[Claim]:
    text = sentence.view.text
    status = _status(chain, text)
    for slot in chain.slots:
        if slot.title.weak and slot.own is None and (slot.organization is None or len(chain.slots) == 1):
            continue
        said = slot.title.status if slot.title.status != "current" else status
        for name in chain.names:
            confidence = min(0.99, max(0.3, 0.75 + 0.06 * name.score))
            yield Claim(sentence, name, slot, said, f"holds.{chain.rule}", confidence)


def _status(chain: Chain, text: str) -> str:
    before = text[max(0, chain.start - 12) : chain.start]
    after = text[chain.end :]
    if _CANDIDATE_TAIL.match(after):
        return "candidate"
    match = _BECOME.search(before)
    status = match.lastgroup if match else None
    if chain.rule.startswith(("verb", "person_verb")) or status in ("removed", "candidate", "former"):
        clause = text[max(text.rfind("；", 0, chain.start), text.rfind("。", 0, chain.start)) + 1 : chain.start]
        if status in (None, "current", "appointed"):
            for said, pattern in _STATUS_CONTEXT:
                if pattern.search(clause):
                    return said
        return status or "current"
    return "current"


def _attach_names(
    chain: Chain, text: str, reading: Reading, ends: frozenset[int], previous: list[Name], earlier: list[Chain]
) -> None:
    """Find the holder of a chain that has no name directly beside it."""
    pointer = re.search(r"(免去|免|不再担任|任命|聘任|选举|推选)其(?:兼任|担任)?的?$", text[: chain.start])
    if pointer and previous:
        chain.names, chain.rule = previous, "person_verb.removed" if "免" in pointer.group() or "不再" in pointer.group() else "person_verb.appointed"
        return
    if chain.names and chain.rule == "title_before_name" and _BECOME.search(text[: chain.start]) is None:
        return
    for find in (_owner_of_duty, _holder_after_duty, _person_in_organization, _subject_of_verb, _bracketed, _apposition):
        found = find(chain, text, reading, ends, previous)
        if found:
            names, chain.rule = found
            chain.names = _with_listed(names, text, earlier) if chain.rule.startswith("verb") else names
            return


def _with_listed(names: list[Name], text: str, earlier: list[Chain]) -> list[Name]:
    """Return the names with those listed before them, each behind titles of its own: 甲公司总裁张三、乙公司经理李四当选….."""
    result, edge = list(names), names[0].start
    for chain in reversed(earlier):
        if not chain.names or chain.rule != "title_before_name":
            break
        if chain.names[0].start == result[0].start or any(name.start == result[0].start for name in chain.names):
            result = [*(name for name in chain.names if name.start < result[0].start), *result]
            edge = chain.start
        else:
            if text[chain.names[-1].end : edge] not in ("、", "和", "以及", "及"):
                break
            result = [*chain.names, *result]
            edge = chain.start
    return result


def _owner_of_duty(
    chain: Chain, text: str, reading: Reading, ends: frozenset[int], previous: list[Name]
) -> tuple[list[Name], str] | None:
    """张三的某局局长职务: a line of a list of removals."""
    del previous
    if chain.names or not re.match(r"(?:、[^，。；]{2,20})?(?:等)?(?:职务|一职)", text[chain.end :]) or not text[: chain.start].endswith("的"):
        return None
    edge = chain.start - 1
    edge -= 2 if text[:edge].endswith(("同志", "先生", "女士")) else 0
    names = _names_before(text, edge, reading, ends)
    return (names, "person_verb.removed") if names else None


def _holder_after_duty(
    chain: Chain, text: str, reading: Reading, ends: frozenset[int], previous: list[Name]
) -> tuple[list[Name], str] | None:
    """某协会会长一职由张三担任."""
    if chain.names:
        return None
    match = re.match(r"(?:一职|职务|的职务)?(?:将|均|也|仍|继续|拟)?由", text[chain.end :])
    if not match:
        return None
    longer = re.match(r"[^，。；]{2,50}?(?=担任|兼任|出任)", text[chain.end + match.end() :])
    if longer:
        found = reading.names.before(text, chain.end + match.end() + longer.end(), ends, prior=0.6, floor=chain.end)
        if found:
            return [found], "verb.duty_by_name"
    name = reading.names.after(text, chain.end + match.end(), ends, prior=0.9)
    if name and re.match(r"(?:同志|先生|女士|教授)?(?:继续|暂时|临时)?(?:担任|兼任|出任|接任|代理|兼|任|接替)", text[name.end :]):
        return [name], "verb.duty_by_name"
    return None


def _person_in_organization(
    chain: Chain, text: str, reading: Reading, ends: frozenset[int], previous: list[Name]
) -> tuple[list[Name], str] | None:
    """免去张三某局局长职务: the person stands where the organisation was found."""
    if chain.names:
        return None
    own = chain.slots[0].own
    start = own.start if own else chain.slots[0].title.outer
    left = max(text.rfind(mark, 0, start) for mark in "，。；：") + 1
    verb = None
    for verb in _TAKES_PERSON.finditer(text, left, chain.slots[0].title.start):
        pass
    if verb is None:
        return None
    names: list[Name] = []
    found = reading.names.after(text, verb.end(), ends, prior=0.9)
    while found and found.end <= chain.slots[0].title.start:
        names.append(found)
        joint = re.match(r"(?:同志|先生|女士|教授)?(?:（[^（）]{1,20}）)?(?:、|和|与)", text[found.end :])
        found = reading.names.after(text, found.end + joint.end(), ends, prior=0.8) if joint else None
    tight = re.match(r"([\u4e00-\u9fff·]{2,6}?)(?:同志|先生|女士)?(?:为|任|担任|出任|的)", text[verb.end() :])
    if not names and tight and verb.end() + tight.end() <= chain.slots[0].title.outer:
        names = [Name(verb.end(), verb.end() + tight.end(1), 0.5)]
    if not names:
        return None
    bridge = re.match(
        r"(?:同志|先生|女士|教授|等人?)?(?:（[^（）]{1,20}）)?(?:分别)?(?:为|任|担任|出任|的|兼任|所任|所担任的|担任的|不再担任)?", text[names[-1].end :]
    )
    place = names[-1].end + (bridge.end() if bridge else 0)
    if own and place > own.start:
        rest = text[place : own.end]
        chain.slots[0].own = type(own)(place, own.end, rest, classify(rest)) if rest else None
    elif place < (own.start if own else chain.slots[0].title.outer):
        return None
    return names, f"person_verb.{verb.lastgroup}"


def _subject_of_verb(
    chain: Chain, text: str, reading: Reading, ends: frozenset[int], previous: list[Name]
) -> tuple[list[Name], str] | None:
    """张三任某局局长; 张三，男，1970年生，现任某局局长."""
    match = _BECOME.search(text[: chain.start])
    if not match:
        return None
    edge = match.start()
    adverb = _ADVERB.search(text[:edge])
    edge = adverb.start() if adverb else edge
    names = _names_before(text, edge, reading, ends) or _tight_before(text, edge)
    if names:
        return names, f"verb.{match.lastgroup}"
    if chain.names:
        return None
    if previous and edge and text[edge - 1] == "，" and previous[-1].end < edge:
        return previous, f"verb.{match.lastgroup}"
    return _clause_subject(text, edge, reading, ends, match.lastgroup or "current")


def _names_before(text: str, edge: int, reading: Reading, ends: frozenset[int]) -> list[Name]:
    result: list[Name] = []
    bracket = re.search(r"（[^（）]{1,30}）$", text[:edge])
    found = reading.names.before(text, bracket.start() if bracket else edge, ends, prior=0.8)
    while found:
        result.insert(0, found)
        joint = re.search(r"(?:同志|先生|女士)?(?:（[^（）]{1,30}）)?(?:、|和|与|及)$", text[: found.start])
        found = reading.names.before(text, joint.start(), ends, prior=0.8) if joint else None
    return result


def _tight_before(text: str, edge: int) -> list[Name]:
    """毕力格同志任…: a name without a Chinese surname between a border and 同志."""
    match = re.search(r"(?:^|[，。；：、 ])([\u4e00-\u9fff]{2,5})$", text[:edge])
    if not match or not text.startswith(("同志", "先生", "女士"), edge):
        return []
    return [Name(match.start(1), match.end(1), 0.8)]


def _clause_subject(text: str, edge: int, reading: Reading, ends: frozenset[int], kind: str) -> tuple[list[Name], str] | None:
    """Return the person that an earlier clause of the sentence is about."""
    start = max(text.rfind(mark, 0, edge) for mark in "；。") + 1
    head = _RESUME_START.match(text[start:])
    first = reading.names.after(text, start + (head.end() if head else 0), ends, prior=0.6)
    if first and first.end < edge and re.match(r"(?:同志|先生|女士)?，(?:男|女|[\u4e00-\u9fff]{1,4}族|\d{4}年)", text[first.end :]):
        return [first], f"verb.{kind}"
    if edge and text[edge - 1] not in "，；、）" and kind in ("current", "appointed"):
        return None
    for match in reversed(list(re.finditer(r"(?:^|[，；：])", text[:edge]))):
        name = reading.names.after(text, match.end(), ends, prior=0.2)
        if name and name.score > 0.8 and name.end <= edge:
            return [name], f"verb.{kind}"
    known = [m for surface in reading.names.confirmed for m in re.finditer(re.escape(surface), text[:edge])]
    if known and kind == "removed":
        last = max(known, key=lambda m: m.start())
        return [Name(last.start(), last.end(), 2.0)], f"verb.{kind}"
    return None


def _bracketed(
    chain: Chain, text: str, reading: Reading, ends: frozenset[int], previous: list[Name]
) -> tuple[list[Name], str] | None:
    """张三（女，某公司董事长）."""
    if chain.names:
        return None
    opening = text.rfind("（", 0, chain.start)
    if opening < 1 or "）" in text[opening : chain.start] or not re.match(r"[）；，、]|$", text[chain.end :]):
        return None
    inside = text[opening + 1 : chain.start]
    if inside and not re.search(r"[，；、]$", inside):
        return None
    name = reading.names.before(text, opening, ends, prior=0.6)
    return ([name], "bracket") if name else None


def _apposition(
    chain: Chain, text: str, reading: Reading, ends: frozenset[int], previous: list[Name]
) -> tuple[list[Name], str] | None:
    """张三，某公司董事长，…; 张三 某公司董事长."""
    if chain.names or not _APPOSITION_END.match(text[chain.end : chain.end + 1]):
        return None
    if previous and text[previous[-1].end : chain.start] == " ":
        # 组长：张三　省委副书记: the other posts of the person stand behind the name.
        return [previous[-1]], "apposition"
    head = _RESUME_START.match(text)
    start = head.end() if head else 0
    name = reading.names.after(text, start, ends, prior=0.4)
    if not name or name.end > chain.start or name.score < 0.8:
        return None
    between = text[name.end : chain.start]
    if between in ("，", " ", "：", "，男，", "，女，", "-", "——", "（女），") or re.fullmatch(r"，(?:[^，。；]{1,12}，){0,6}", between):
        return [name], "apposition"
    return None


def _facts(reading: Reading, claims: list[Claim]) -> Iterator[Fact]:
    """Yield facts; a claim without organisation takes the one that the document gives for the person and title."""
    known: dict[tuple[str, str], str] = {}
    for claim in claims:
        if claim.slot.own and claim.slot.organization:
            known.setdefault((_surface(claim), claim.slot.title.text), claim.slot.organization)
    for claim in claims:
        if claim.slot.organization:
            known.setdefault((_surface(claim), claim.slot.title.text), claim.slot.organization)
    characters = reading.traditional()
    for claim in claims:
        person, title = _surface(claim), claim.slot.title.text
        organization = claim.slot.organization
        if not claim.slot.own and (person, title) in known:
            organization = known[person, title]
        elif not claim.slot.own and len(claim.slot.title.text) <= 3 and claim.rule == "holds.title_after_name":
            better = [other for (who, what), other in known.items() if who == person and what.endswith(title)]
            if better:
                continue
        fact = _fact(claim, organization, characters)
        yield fact
        if fact.qualifiers["organization"]:
            yield _at(claim, fact)


def _fact(claim: Claim, organization: str | None, characters: dict[str, str]) -> Fact:
    sentence, slot = claim.sentence, claim.slot
    if organization and characters:
        organization = "".join(characters.get(character, character) for character in organization)
    title = sentence.surface(slot.title.start, slot.title.end)
    subject = claim.name_sentence.mention(claim.name.start, claim.name.end, EntityType.PERSON)
    position = sentence.mention(slot.title.start, slot.title.end, EntityType.POSITION, (organization or "") + title)
    day = date_in(sentence.view.text)
    when = resolve_date(day, None) if day else None
    since = when if claim.status == "appointed" else None
    until = when if claim.status == "removed" else None
    qualifiers = {"title": title, "organization": organization, "status": claim.status, "since": since, "until": until}
    confidence = claim.confidence if organization else claim.confidence - 0.05
    return make_fact(sentence, subject, "holds", position, dict(qualifiers), confidence, claim.rule)


def _at(claim: Claim, fact: Fact) -> Fact:
    """Return that the position is one at its organisation; the mention is where the sentence names the body, if it does."""
    own = claim.slot.own
    name = str(fact.qualifiers["organization"])
    if own:
        mention = claim.sentence.mention(own.start, own.end, EntityType.ORGANIZATION, name)
    else:
        mention = claim.sentence.mention(claim.slot.title.start, claim.slot.title.end, EntityType.ORGANIZATION, name)
    return make_fact(claim.sentence, fact.object, "at", mention, {}, fact.confidence, "holds.position")


def is_title(text: str) -> bool:
    """Say whether a string is a title of the lexicon."""
    return lookup("titles", "kind").get(text) in ("head", "full")
