"""`issues`, `co_issues` and `cites`: who issues which document, and which documents are only cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.language.dates import date_in, resolve_date
from kg.language.lexicon import matcher, trie_pattern, words
from kg.language.organizations import Organization, classify, split_list
from kg.language.quantities import chinese_number
from kg.language.sentences import Sentence
from kg.relations.base import Reading, make_fact, organization_mention, relation
from kg.relations.discourse import Discourse, is_generic, organizations_in
from kg.relations.signed_notices import signed_notice
from kg.types import EntityType, Fact, Mention, QualifierValue

_TITLE = re.compile(r"《(?P<name>(?:[^《》]|《[^《》]*》){2,120})》(?:（(?P<note>[^（）]{1,60})）)?")
_NUMBER = re.compile(r"[\u4e00-\u9fffA-Za-z]{1,14}[〔\[【（](?:19|20)\d{2}[〕\]】）]\s?第?\d{1,4}号")
_CITED = re.compile(r"(?:" + trie_pattern(words("issuing_verbs", "cite")) + r")(?:落实|执行|好|了|中共中央|国务院|和|、|《[^》]*》)*$")
_VERB = "(?:" + trie_pattern(words("issuing_verbs", "issue")) + ")"
_ADVERB = (
    r"(?:近日|日前|今日|昨日|今天|昨天|近期|最近|当天|当日|同日|联合|共同|正式|首次|率先|先后|陆续|已|已经|将|又|还|再|再次|再度|重新|统一|公开|及时|专门|集中|同步|同时|面向全国|面向社会|对外|全文|已于|于|并|会上|现场|在京|在会上|牵头|制定并|修订并|组织|研究|一并|"
    r"(?:去年|今年|前年|上月|本月|上周|节前|节后|年初|年底|此前|随后|刚刚|去年底|今年初|早前|当年|日前已|同年)|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|[底初])?(?:上午|下午|晚)?|\d{1,2}日|在[\u4e00-\u9fff“”]{2,24}?(?:上|会上|现场|网站|官网|期间|中)|面向[\u4e00-\u9fff]{2,8}|根据[^，]{2,20}|，)*"
)
_BEFORE = re.compile(rf"(?P<verb>{_VERB})(?P<gap>(?:了|的|出|关于|新版|新修订的?|首部|首个|首批|行业首[个部]|全国首[个部]|修订后的|新修改的|团体标准|国家标准|行业标准|地方标准|企业标准|通知|公告|文件|题为|名为|包括|以及|和|、|：|\d{{4}}年度?|《[^》]*》(?:（[^（）]*）)?|(?:[一二两三四五六七八九十\d]+[个项部份])(?:[\u4e00-\u9fff]{{0,6}})?|[\u4e00-\u9fff]{{0,6}}?(?:标准|白皮书|报告|文件|制度|方案|政策|意见))*)$")
_FORWARD = re.compile(r"(?P<verb>转发|批转)(?:了)?(?P<gap>[^，。；《》]{2,80})$")
_AFTER = re.compile(rf"^(?:（[^（）]*）)?(?:、?(?:和|及|以及)?《[^》]*》(?:（[^（）]*）)?)*(?P<between>[^。；《》]{{0,80}}?)(?P<verb>{_VERB})(?=[，。；、！了的并后至给到实施）]|$|以来|之后|施行|实施|，)")
_BY = re.compile(r"由(?P<who>[^。；《》]{2,120}?)$")
_COUNT = re.compile(r"等?(?P<count>[一二两三四五六七八九十百\d]+)(?:个)?(?:部委局?|部门|单位|部委|机构|厅局|委办局|家单位|家协会|方|家|委局|行业协会|协会|家媒体|家机构|省市)")
_ISSUER_STRIP = re.compile(
    r"^(?:[^，。；]*?(?:记者从|获悉|消息|报道|讯）?|据悉|据了解|电）?|了解到))?(?:，|(?:去年|今年|前年|上月|本月)(?:[底初末]|\d{1,2}月)?|近日|日前|今日|昨日|今天|近期|最近|为[^，]{2,60}，|经[^，]{2,30}(?:同意|批准|授权)，?|根据[^，]{2,80}，|按照[^，]{2,60}，|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日|\d{4}年|会上|会议期间|期间|其中|此外|同时|同日|当天|在[^，]{2,30}(?:上|中|期间|下)，?|由|据|随后|此前|去年|今年|今年以来|目前|[一二三四五六七八九]是|(?:认真|深入|全面|坚决)?(?:贯彻|学习)?(?:贯彻)?(?:落实|学习|按|据))+"
)
_JOIN = re.compile(r"会同|联合|携手|与|和|及|以及|、|协同|商|并")
_NOT_ISSUED = re.compile("(?:" + trie_pattern(words("issuing_verbs", "not_issue")) + ")$")


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


@relation("issues")
def issues(reading: Reading) -> Iterator[Fact]:
    """Yield a fact for each issuer and document that is issued, and `cites` for documents that are only cited."""
    last: list[Mention] = []
    discourse = Discourse(reading)
    for sentence in reading.sentences:
        text = sentence.view.text
        for match in _TITLE.finditer(text):
            if _nested(text, match.start()):
                continue
            issue = _issue(reading, sentence, match, last, discourse)
            if issue:
                yield from _issue_facts(issue)
                last = issue.issuers
            else:
                yield from _citation(sentence, match)
        found = organizations_in(text, 0, len(text))
        if found and not _TITLE.search(text):
            last = [organization_mention(sentence, found[0])]
        discourse.observe(sentence)
    notice = signed_notice(reading)
    if notice:
        yield from _issue_facts(
            Issue(notice.sentence, notice.issuers, notice.document, "印发", notice.date, notice.number, None, "issues.signed_notice", 0.85)
        )


def _nested(text: str, start: int) -> bool:
    return text.count("《", 0, start) > text.count("》", 0, start)


def _document_mention(sentence: Sentence, match: re.Match[str]) -> Mention:
    return sentence.mention(match.start("name"), match.end("name"), EntityType.NOTICE)


def _issue(
    reading: Reading, sentence: Sentence, match: re.Match[str], last: list[Mention], discourse: Discourse
) -> Issue | None:
    text = sentence.view.text
    before = text[: match.start()]
    found = _BEFORE.search(before) or _FORWARD.search(before)
    if found and not _inside_title(before, found.start("verb")):
        verb_start = found.start("verb")
        issuers, stated, carried = _issuers_before(reading, sentence, verb_start, last)
        verb = found.group("verb")
        rule = "issues.verb_before_title"
    else:
        if _CITED.search(before) or _NOT_ISSUED.search(before):
            return None
        after = _AFTER.match(text[match.end() :])
        if not after:
            return None
        issuers, stated, carried = _issuers_after(reading, sentence, match, after, last)
        verb, rule = after.group("verb"), "issues.title_before_verb"
    issuers = [mention for mention in (_resolved(mention, discourse) for mention in issuers) if mention]
    if not issuers:
        return None
    verb = _full_verb(text, verb, found, match)
    day = date_in(text)
    date = resolve_date(day, reading.document.published) if day else None
    number = _NUMBER.search(match.group("note") or "") or _NUMBER.search(text)
    confidence = 0.6 if carried else 0.92
    return Issue(sentence, issuers, _document_mention(sentence, match), verb, date, number.group() if number else None, stated, rule, confidence)


def _resolved(mention: Mention, discourse: Discourse) -> Mention | None:
    """Return the issuer with the name that 协会 or 学校 stands for, None if it stands for nothing."""
    name = discourse.resolve(mention.name)
    return None if name is None or name in ("会议", "大会") else replace(mention, name=name)


def _inside_title(before: str, place: int) -> bool:
    return before.count("《", 0, place) > before.count("》", 0, place)


def _full_verb(text: str, verb: str, found: re.Match[str] | None, match: re.Match[str]) -> str:
    """Return the verb with 联合 or 共同 where one stands before it."""
    part = text[: found.start("verb")] if found else text[match.end() :].split(verb)[0]
    joined = re.search(r"(联合|共同)(?:正式|制定|研究)?$", part)
    verb = re.sub(r"^(?:先后|陆续|正式|近日|日前|已|相继|首次|率先|再次|重新)+(?=[\u4e00-\u9fff]{2})", "", verb)
    return joined.group(1) + verb if joined and not verb.startswith(joined.group(1)) else verb


def _clause_start(text: str, edge: int) -> int:
    """Return where the clause with the issuers begins; a comma before an adverbial does not end it."""
    start = max(text.rfind(mark, 0, edge) for mark in "。；！？：》") + 1
    return start


def _issuers_before(
    reading: Reading, sentence: Sentence, edge: int, last: list[Mention]
) -> tuple[list[Mention], int | None, bool]:
    text = sentence.view.text
    start = _clause_start(text, edge)
    part = text[start:edge]
    adverb = re.search(_ADVERB + "$", part)
    end = start + (adverb.start() if adverb else len(part))
    return _parse_issuers(reading, sentence, start, end, last, after_comma="，" in part[end - start :])


def _issuers_after(
    reading: Reading, sentence: Sentence, match: re.Match[str], after: re.Match[str], last: list[Mention]
) -> tuple[list[Mention], int | None, bool]:
    """《…》由A、B联合印发; 《…》日前发布: A stands before the title or in an earlier clause."""
    between = after.group("between")
    start = match.end() + after.start("between")
    adverb = re.search(_ADVERB + "$", between)
    trimmed = between[: adverb.start()] if adverb else between
    by = _BY.search(trimmed)
    if by:
        return _parse_issuers(reading, sentence, start + by.start("who"), start + by.end("who"), last)
    if trimmed.strip("，、"):
        return [], None, False
    text = sentence.view.text
    lead = re.search(r"由(?P<who>[^，。；《》]{2,80}?)(?:牵头)?(?:联合|共同)?(?:制定|编制|起草|编写|修订|提出|组织编写)?的$", text[: match.start()])
    if lead:
        return _parse_issuers(reading, sentence, lead.start("who"), lead.end("who"), last)
    owner = re.search(r"(?P<who>[\u4e00-\u9fff、]{2,60}?)(?:联合|共同)?(?:制定|编制|编写|牵头制定|修订|组织编制|组织编写)的$", text[: match.start()])
    if owner:
        return _parse_issuers(reading, sentence, owner.start("who"), owner.end("who"), last)
    return [], None, False


def _parse_issuers(
    reading: Reading, sentence: Sentence, start: int, end: int, last: list[Mention], *, after_comma: bool = False
) -> tuple[list[Mention], int | None, bool]:
    """Return the issuers in a part of the view, the count the text states, and whether they were carried over."""
    text = sentence.view.text
    stated = None
    several = re.search(r"等(?:有关|多个|相关)?(?:部门|单位|机构|部委|协会|方)$", text[start:end])
    end = start + several.start() if several else end
    count = _COUNT.search(text, start, end)
    if count and count.end() >= end - 2:
        number = chinese_number(count["count"])
        stated = int(number) if number else None
        end = count.start()
    while end > start and text[end - 1] in "等，、和与及的在于 ":
        end -= 1
    lead = _ISSUER_STRIP.match(text[start:end])
    if lead:
        start += lead.end()
    joined = re.match(r"(?:，|并|还|同时|又|也)*(?:与|和|联合|会同|携手)(?=[\u4e00-\u9fff]{3})", text[start:end])
    if joined and last:
        # 并与某院共同发布: the issuer of the clause before and the one named here.
        more = _organizations(text, start + joined.end(), end, reading.ends(sentence))
        if more:
            return [*last, *(organization_mention(sentence, organization) for organization in more)], stated, False
    # 协会制定标准37项，发布《…》: the subject stands at the head of an earlier clause.
    found = _subject_of_clause(text, start, end) if after_comma else []
    found = found or _organizations(text, start, end, reading.ends(sentence))
    if found:
        return [organization_mention(sentence, organization) for organization in found], stated, False
    if start >= end or re.fullmatch(r"[^\u4e00-\u9fff]*(?:并|还|同时|又|也|将)*", text[start:end]) or re.search(r"(?:双方|我们|该会|该局|本会|会议|会上|大会|论坛)", text[start:end]):
        return last, stated, True
    return [], stated, False


def _is_local(name: str) -> bool:
    """Say whether a short name looks like local shorthand for a body (省总, 市文旅)."""
    return 2 <= len(name) <= 5 and name[0] in "省市县区全"


def _subject_of_clause(text: str, start: int, end: int) -> list[Organization]:
    """Return the organisation at the head of the nearest earlier clause that begins with one."""
    for piece in reversed(list(re.finditer(r"[^，；]+", text[start:end]))):
        first, after = start + piece.start(), start + piece.end()
        generic = matcher("generic_bodies", column="endings").match(text, first, after)
        if generic and len(generic.group()) >= 2:
            return [Organization(first, generic.end(), generic.group(), "unknown")]
        lead = _ISSUER_STRIP.match(text[first:after])
        first += lead.end() if lead else 0
        listed = _organizations(text, first, after, frozenset())
        if listed and listed[0].start == first and listed[-1].end >= after - 2:
            return listed
        named = [found for found in organizations_in(text, first, after) if found.start == first]
        if named:
            return named[:1]
    return []


def _organizations(text: str, start: int, end: int, ends: frozenset[int]) -> list[Organization]:
    """Return the list of organisations that ends at `end`, each of which must look like one."""
    result: list[Organization] = []
    for piece in re.finditer(r"[^，；]+", text[start:end]):
        first, after = start + piece.start(), start + piece.end()
        listed: list[Organization] = []
        for part in _parts(text, first, after):
            listed += split_list(text, *part, ends)
        cleaned = [c for c in (_clean(text, o) for o in listed) if c is not None]
        certain = [o for o in cleaned if o.kind in ("known", "strong", "weak", "department") or is_generic(o.text) or _is_local(o.text)]
        if certain and len(certain) >= len(cleaned) - (1 if len(cleaned) > 2 else 0):
            result += certain if certain else []
        elif certain and cleaned and cleaned[-1].kind in ("known", "strong", "weak"):
            result = [cleaned[-1]]
        elif len(cleaned) == 1 and cleaned[0].kind == "place":
            result += cleaned
        else:
            result = []
    return result


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the parts between 会同 and 联合, which always separate issuers."""
    first = start
    for match in re.finditer(r"会同|联合(?!会|国|体|社|工会|商会)|携手", text[start:end]):
        if match.start() + start > first:
            yield first, start + match.start()
        first = start + match.end()
    if first < end:
        yield first, end


def _clean(text: str, organization: Organization) -> Organization | None:
    """Strip what stands before the name of an issuer (近日, 由, 记者从)."""
    from kg.language.organizations import organization_before

    if organization.kind == "known":
        return organization
    found = organization_before(text, organization.end, organization.start)
    if found is None or classify(found.text) == "":
        return None
    return found


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


def _citation(sentence: Sentence, match: re.Match[str]) -> Iterator[Fact]:
    """Yield that the organisation before 根据《…》 cites the document."""
    text = sentence.view.text
    cited = _CITED.search(text[: match.start()])
    if not cited:
        return
    found = organizations_in(text, 0, cited.start())
    subject = found[-1] if found else None
    if subject is None:
        later = [o for o in organizations_in(text, match.end(), len(text))]
        subject = later[0] if later else None
    if subject is None:
        return
    document = _document_mention(sentence, match)
    verb = matcher("issuing_verbs", "cite").search(cited.group())
    yield make_fact(
        sentence,
        organization_mention(sentence, subject),
        "cites",
        replace(document),
        {"verb": verb.group() if verb else None},
        0.7,
        "cites.preposition",
    )
