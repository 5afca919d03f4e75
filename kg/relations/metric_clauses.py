"""Clauses around quantities: the verb that governs a quantity and the noun that names what is counted."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from kg.language.lexicon import lookup, matcher, table, trie_pattern
from kg.language.quantities import Quantity, find_quantities
from kg.relations.discourse import organizations_in
from kg.relations.metric_filters import is_metric

_STOPS = "，；：。！？（）"
# What may stand between a verb and its number, or between a metric and its verb, without naming anything.
_FILLER = (
    r"(?:同比|环比|同口径|比(?:上年|去年|上月|年初|上年同期|去年同期|前一年|上季度)(?:末|底)?|(?:比|较)(?:(?:19|20)\d{2}年|前年|首届|上届)(?:末|底)?|按可比口径|较(?:上年|去年|上月|年初|上年同期|去年同期|前一年|上季度)(?:末|底)?|按可比价格?计算|按不变价格?计算|可比口径|"
    r"分别|各|均|共|共计|合计|总计|累计|预计|力争|确保|将|约|已|已经|仅|再|又|也|还|就|即|则|目前|动态|首次|连续[\\d一二三四五六七八九十]+年|原则上|有望|可|后|规模|整体|平均|年均|名义|实际|扣除价格因素|（下同）|按年|比上届|现时|眼下|五年|三年|两年|十年|大概|差不多|成功|先后|陆续|新|全部|全年|当年|当日|全面|顺利|如期|超额|提前|计划|争取|拟|"
    r"不少于|不低于|至少|达|为|是|了|过|着|到|至|在|其中|近|超|逾|的|：|每年|每月|一次性|首批|第一批|第二批|一批|同期|目标)"
)
_TRAIL = re.compile(rf"{_FILLER}+$")
_LEAD = re.compile(
    r"^(?:[^，]{0,14}?(?:同意|指出|表示|明确|提出|要求|强调|目标为|目标是|显示|介绍说?|预测)[，：]?|其中|此外|另外|同时|全年|今年|去年|上半年|下半年|截至目前|目前|截至|累计|共计?|预计|计划|力争|确保|争取|实现|将|已|并|和|与|及|以及|还|也|使|让|把|对|在|的|了|着|过|约|：|、|“|”|全(?:省|市|县|区|州|国|行业|系统|校|院|年|会)|我(?:省|市|县|区|校|院|国)|本(?:省|市|县|区|校|院|年度?)|该(?:省|市|县|区|校|院|公司)|"
    r"(?:19|20)\d{2}年(?:底|末|初|度|上半年|下半年|[前一二三四]+季度)?|到(?:19|20)\d{2}年底?|\d{1,2}(?:[—\-至]\d{1,2})?月份?|[一二三四]季度|前[一二三四五六七八九十\d]+个?月|前?三季度|“?十[三四五]五”?(?:期间|时期|以来)|期间|年内|年底前?|一年来|五年来|近[\d一二三四五六七八九十]+年来?|按年度|当年|同期)+"
)
_BASELINE = re.compile(r"(?:由|从)[^，；。]*$")
_BASELINE_TO = re.compile(r"^[^，。；\d]{0,12}?[\u4e00-\u9fff]{1,4}(?:到|至|为)")
_PIVOTS = frozenset("推动 引导 支持 鼓励 帮助 派出 争取 带动 促进 组织 指导 助力 协助 动员 联合 会同 协调 督促 争取 努力 推进 委托 依托 邀请 选派 安排 资助 扶持 服务 深入".split())
_NOUN_AFTER_NUMBER = re.compile(
    r"^(?:的|左右|以上)?(?P<noun>(?:(?!作为|参加|参与|参会|出席|到会|在|为|以|并|被|把|将|对|向|从|由|获|入选|列入|纳入|通过|完成|实现|达到|增长|下降|用于|其中|分别|进行|得到|全部|已|均|都|共|等|来自|组成|和\d|与\d|及\d|给予|开展|接受|到|涵盖|涉及|覆盖|投入|建成|开工|成为|提供|落地|签约|前来|报名|于|让|使|可|还)[\u4e00-\u9fffA-Za-z0-9“”·\-]){2,24})"
)
_VERB_AFTER = re.compile(r"^(?:已|均|全部|成功|先后|分别|全面|将|共同|正式|共|首次|集中|陆续)*")
# Words that only bound a number (不少于) and never say what is done.
_ONLY_BOUNDS = frozenset("不低于 不多于 不大于 不小于 不少于 不超过 不足 不高于 接近 近 至少".split())
# A verb with one of these behind it is part of a noun (覆盖率, 服务站, 制造业).
_NOUN_TAIL = re.compile(r"率|值|量|额|者|品(?!牌|种)|费(?!用)|款(?!项)|业(?!务)|型|性|员(?!工)|器|厅|局|委|司|处|链|类|金(?!牌|融|奖)|面积|总额|总值")
# Verbs that are also the name of what is counted (出口2875亿元).
_NAMED = frozenset("出口 进口 进出口 投资 消费 就业 贷款 存款 捐赠 销售 转口 支出 收入 纳税 招生 训练 合计出口 集中签约".split())
_SINGLE_VERBS = frozenset("建获投招设添打办开改增减建拨发签引有")


@dataclass(frozen=True, slots=True)
class Pair:
    """A quantity with the verb that governs it and the noun that it counts, as view offsets."""

    quantity: Quantity
    action: str | None
    action_start: int | None
    action_end: int | None
    object_start: int
    object_end: int
    change: str
    rule: str
    confidence: float
    clause_start: int


# Verbs that are as often the first part of a noun (检测试剂, 培训班, 发明专利).
_NOMINAL = frozenset(
    "投资 培训 手术 选拔 充电 补贴 调研 检测 发明 管理 服务 供应 生产 设计 研发 技改 教育 审查 训练 结业 考核 就业 消费 出口 进口 征集 宣传 推广 "
    "展示 交流 认证 鉴定 评价 监测 检查 科研 创新 加工 制造 建设 改造 养殖 种植 旅游 运输 物流 销售 信息 参赛 到会 持证 护理 应用 监督 抽检 慰问 技能 竞赛 比赛 展览 会诊 义诊 授课 演练 演出".split()
)


_ANYWHERE = frozenset("当地 本地 各地 全省 全市 全县 全区 全国 全行业 社会 企业 行业 周边 沿线 境内".split())


def _is_nominal(verb: str) -> bool:
    return verb in _NOMINAL


@functools.cache
def _verbs() -> re.Pattern[str]:
    return re.compile(trie_pattern(row["surface"] for row in table("action_verbs")))


@functools.cache
def _metric_nouns() -> re.Pattern[str]:
    return re.compile(trie_pattern(row["surface"] for row in table("metric_nouns")))


@functools.cache
def _scale_verbs_at_end() -> re.Pattern[str]:
    """Verbs of reaching, growing and falling, directly before a number."""
    rows = [row["surface"] for row in table("action_verbs") if row["kind"] != "do" and row["surface"] not in _ONLY_BOUNDS]
    return re.compile("(?:" + trie_pattern(rows) + ")$")


@functools.cache
def _ends_with_verb() -> re.Pattern[str]:
    return re.compile("(?:" + trie_pattern(row["surface"] for row in table("action_verbs")) + ")了?$")


class _Clauses:
    """Walks over the quantities of one sentence; remembers verb and object for what inherits them."""

    def __init__(self, text: str, ends: Callable[[], frozenset[int]]) -> None:
        self.text = text
        self.ends = ends
        self.verb: tuple[int, int] | None = None
        self.object: tuple[int, int] | None = None
        self.edge = 0
        self.last_unit = ""
        self.following: Quantity | None = None
        self.history: list[tuple[int, int]] = []

    def pairs(self) -> list[Pair]:
        """Return the pairs of the sentence, in order."""
        quantities = find_quantities(self.text)
        result: list[Pair] = []
        series = _series(self.text, quantities)
        for index, quantity in enumerate(quantities):
            self.following = quantities[index + 1] if index + 1 < len(quantities) else None
            if self._in_title(quantity.start):
                continue
            stop = quantities[index + 1].lead if index + 1 < len(quantities) else len(self.text)
            if not is_metric(self.text, quantity):
                if quantity.kind in ("count", "person", "money", "ratio") and len(quantity.value_text) > 1:
                    self.edge = quantity.end
                continue
            if self._is_baseline(quantity):
                self._remember_baseline(quantity)
                continue
            if index in series:
                noun, verb, back = series[index]
                if noun is None and len(self.history) >= back:
                    noun = self.history[-back]
                pair = self._from_series(quantity, noun, verb) if noun else self._pair(quantity, stop)
            else:
                pair = self._pair(quantity, stop)
            self.edge = quantity.end
            if pair:
                result.append(pair)
                self.last_unit = quantity.unit
                self.history.append((pair.object_start, pair.object_end))
        return result

    def _clause_start(self, quantity: Quantity) -> int:
        """Return where the clause begins; a bracket closed before the number (生产总值（GDP）) does not begin one."""
        place = quantity.lead
        while place > 0:
            character = self.text[place - 1]
            if character == "）":
                opening = self.text.rfind("（", 0, place)
                if opening < 0 or place - opening > 24:
                    return place
                place = opening
                continue
            if character in _STOPS:
                return place
            place -= 1
        return 0

    def _is_baseline(self, quantity: Quantity) -> bool:
        start = self._clause_start(quantity)
        return bool(_BASELINE.search(self.text, start, quantity.lead) and _BASELINE_TO.match(self.text[quantity.end :]))

    def _remember_baseline(self, quantity: Quantity) -> None:
        """由45%提高到60%: what stands before 由 is the object of the number after 到."""
        start = max(self._clause_start(quantity), self.edge)
        match = _BASELINE.search(self.text, start, quantity.lead)
        if match:
            found = self._noun(start, match.start())
            if found:
                self.object = found
        self.edge = quantity.end

    def _noun(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the noun in `text[start:end]` without fillers at its ends, None if nothing is left."""
        text = self.text
        listed = re.match(r".*》等", text[start:end])
        if listed and end - start - listed.end() >= 2:
            start += listed.end()
        plan = re.match(r".*(?:力争|计划|预计|确保|争取|锚定|拟|将(?!近))(?:到[^，]{2,7}年[底末]?|[一二三四五六七八九十\d]+年内|年内|每年)?|.*[，、]?(?:把|使|让)(?=[\u4e00-\u9fff]{2})", text[start:end])
        if plan and end - start - plan.end() >= 2:
            start += plan.end()
        changed = True
        while changed:
            changed = False
            lead = _LEAD.match(text[start:end])
            if lead and lead.end():
                start, changed = start + lead.end(), True
            trail = _TRAIL.search(text[start:end])
            if trail and trail.group() not in ("的",) or (trail and trail.group() == "的"):
                end, changed = start + trail.start(), True
        return (start, end) if end - start >= 2 else None

    def _pair(self, quantity: Quantity, stop: int) -> Pair | None:
        clause = self._clause_start(quantity)
        start = max(clause, self.edge)
        left_end = quantity.lead
        inherit = start == self.edge and start > clause
        bound_verb = self.text[quantity.lead : quantity.start] in ("超过", "突破", "超", "逾", "高达", "控制在", "多达", "超出", "低于", "达")
        share = self._share(clause, start, quantity)
        if share:
            return share
        scale = self._scale_verb(start, quantity)
        governing = self._governing(start, quantity.lead) if scale and bound_verb and scale[0] >= quantity.lead else None
        if scale and (governing is None or _is_nominal(self.text[slice(*governing)])):
            return self._scaled_pair(quantity, clause, start, scale)
        actor = next(iter(organizations_in(self.text, start, left_end)), None)
        if actor and actor.end < left_end and not self._noun(start, actor.start):
            # 某某制造工会开展…: the verbs inside the actor's name govern nothing.
            start = actor.end
        trail = _TRAIL.search(self.text[start:left_end])
        edge = start + trail.start() if trail else left_end
        right = self._right_noun(quantity, stop)
        verb = self._governing(start, edge)
        if verb and self.verb and self._continues_list(start, verb, edge):
            verb = None
        if verb:
            return self._governed(quantity, clause, verb, edge, right)
        left = self._noun(start, edge)
        if left and re.match(r"^(?:等|等等)$", self.text[left[1] - 1 : left[1]]):
            left = None
        if left and not right or left and quantity.kind in ("money", "ratio", "mass", "energy", "area", "length", "power", "volume"):
            self.object = left
            if not inherit and quantity.lead < quantity.start and self.text[quantity.lead] in "不至最":
                return self._make(quantity, (quantity.lead, quantity.start), left, "level", "bounded_noun", 0.7, clause)
            if self.verb and self.text[slice(*self.verb)] in ("实现", "完成") and quantity.unit == self.last_unit and self.text[clause - 1 : clause] == "，":
                # 实现营业收入3亿元，利润4亿元: the verb of the clause before holds on.
                return self._make(quantity, self.verb, left, "level", "inherited_verb", 0.7, clause)
            verb_span = self.verb if inherit or re.match(r"[和与及、]", self.text[start : start + 1]) or start <= self._verb_edge() else None
            return self._make(quantity, verb_span, left, "level", "noun_number", 0.7 if verb_span else 0.6, clause)
        if right:
            after = self._verb_after(right[1], stop)
            if after:
                return self._make(quantity, after, right, "level", "number_noun_verb", 0.6, clause)
            if inherit and self.verb:
                return self._make(quantity, self.verb, right, "level", "inherited_verb", 0.7, clause)
            if self.verb and clause and self.text[clause - 1] == "，":
                return self._make(quantity, self.verb, right, "level", "inherited_verb", 0.5, clause)
        after = self._verb_after(quantity.end, stop)
        if after:
            # 其中三百余人取得证书: the noun behind the verb.
            noun = re.match(r"了?([\u4e00-\u9fff]{2,12})", self.text[after[1] :])
            if noun:
                span = (after[1] + noun.start(1), after[1] + noun.end(1))
                return self._make(quantity, after, span, "level", "number_verb_noun", 0.5, clause)
        return None

    def _share(self, clause: int, start: int, quantity: Quantity) -> Pair | None:
        """占营业收入的6.5%; 高于全省1.4个百分点; 比去年多11项: the object is what the clause before speaks of."""
        part = self.text[start : quantity.lead]
        match = re.search(r"(?P<verb>占(?!比|地(?!区)|据)(?:到|了)?|(?:高|低|快|多|少|大)(?:于|出)|(?<=[\u4e00-\u9fff])(?<![提升增减降加])(?:多|少|高|低|快)(?=了?$))(?P<of>[\u4e00-\u9fff“”]{0,16}?)(?:的)?(?:比重|比例)?(?:约|近|超|为|达|达到|超过)?$", part)
        if not match or match.group("verb") in ("多", "少", "高", "低", "快") and not re.search(r"比|较", part):
            return None
        if match.group("verb").startswith("占") and quantity.kind != "ratio":
            return None
        verb = (start + match.start("verb"), start + match.end("verb"))
        before = re.sub(r"(?:比|较)[^，]*$", "", self.text[start : verb[0]])
        noun = self._noun(start, start + len(before)) if before else None
        if noun:
            self.object = noun
        if not self.object:
            self.object = self._previous_noun(clause)
        if not self.object:
            return None
        return self._make(quantity, verb, self.object, "level", "share", 0.75, clause)

    def _continues_list(self, start: int, verb: tuple[int, int], edge: int) -> bool:
        """Say whether a verb only begins or sits inside the next noun of a list (、绿色供应链管理企业10家)."""
        if not re.match(r"[、和与及]", self.text[start : start + 1]):
            return False
        return verb[0] > start + 1 or _is_nominal(self.text[verb[0] : verb[1]]) and edge - verb[1] >= 1

    def _verb_edge(self) -> int:
        return self.verb[1] if self.verb else -1

    def _scale_verb(self, start: int, quantity: Quantity) -> tuple[int, int] | None:
        """Return the verb of reaching or changing that stands directly before the number."""
        text = self.text
        match = None
        negated = self.text[quantity.lead : quantity.lead + 1] in ("不", "未", "至", "最") and quantity.lead < quantity.start
        for edge in (quantity.lead,) if negated else (quantity.lead, quantity.start):
            trimmed = re.search(r"(?:了|约|近|超|逾|大约|将近|接近|超过|\s|：)*$", text[start:edge])
            place = start + (trimmed.start() if trimmed else edge - start)
            match = _scale_verbs_at_end().search(text[start:place]) or _scale_verbs_at_end().search(text[start:edge])
            if match:
                break
        if not match:
            return None
        first, after = start + match.start(), start + match.end()
        if match.group() == "为" and re.search(r"(?:作|成|称|认|因|以|名|分|视|列|评|选|定|确|改|变|转化)$", text[start:first]):
            return None
        if match.group() in ("增", "减", "降", "超", "翻") and re.search(r"[新净递锐激剧加缩裁削下骤陡]$", text[start:first]):
            return None
        if match.group() in ("实现", "累计", "共计", "合计", "总计", "减负", "减支", "增收") and self._governing(start, first):
            return None if match.group() != "实现" else (first, after)
        return first, after

    def _scaled_pair(self, quantity: Quantity, clause: int, start: int, verb: tuple[int, int]) -> Pair | None:
        action = self.text[verb[0] : verb[1]]
        kind = lookup("action_verbs", "kind").get(action, "reach")
        change = kind if kind in ("increase", "decrease") else "level"
        if action == "为":
            right = self._right_noun(quantity, len(self.text))
            inside = _verbs().search(self.text, right[0] + 2, right[1]) if right else None
            if right and inside and len(inside.group()) >= 2:
                right = (right[0], inside.start())
            after = self._verb_after(right[1], len(self.text)) if right else None
            if right and after:
                self.object = right
                return self._make(quantity, after, right, "level", "number_noun_verb", 0.6, clause)
        found = self._noun(start, verb[0])
        if found:
            inner = self._governing(*found)
            if inner and found[1] - inner[1] >= 2:
                found = self._noun(inner[1], found[1]) or found
            self.object = found
        elif action in ("实现", "累计", "共", "合计", "共计", "达成", "新增", "净增", "占") or not self.object:
            right = self._right_noun(quantity, len(self.text))
            if right:
                self.object = right
            elif not self.object:
                before = self._previous_noun(clause)
                if before:
                    self.object = before
        if not self.object:
            return None
        pair = self._make(quantity, verb, self.object, change, f"scale.{change}", 0.85 if found else 0.75, clause)
        return pair

    def _previous_noun(self, clause: int) -> tuple[int, int] | None:
        """Return the noun that ends the clause before (主营业务收入，同比增长5%)."""
        if clause < 2:
            return None
        start = max((self.text.rfind(mark, 0, clause - 1) for mark in _STOPS), default=-1) + 1
        number = re.search(r"\d", self.text[start : clause - 1])
        found = self._noun(start, start + number.start() if number else clause - 1)
        return found if found and found[1] - found[0] <= 24 else None

    def _right_noun(self, quantity: Quantity, stop: int) -> tuple[int, int] | None:
        match = _NOUN_AFTER_NUMBER.match(self.text[quantity.end : stop])
        if not match and stop == quantity.end and self.following is not None:
            # 举办8项18个大赛: the noun behind the second number.
            return self._right_noun(self.following, len(self.text))
        if not match:
            return None
        start, end = quantity.end + match.start("noun"), quantity.end + match.end("noun")
        noun = self.text[start:end]
        if re.match(r"(?:以上|左右|以内|和|与|及|同比|比|较)", noun):
            return None
        verb = re.search(r"(?<=[\u4e00-\u9fff]{2})(?:" + _right_verbs() + r"|签订|签署|取得|获得|获评|获|完成|办理|通过|入选|晋升|增收|参展|晋级|参赛|参训|受益|受惠|上云|入会|达标|到会|接受|享受|提供|达成|加入|就读|进行|转化|开放|义诊|(?:给|为|被|向|对|从|在)(?=[\u4e00-\u9fff]))", noun)
        if verb:
            end = start + verb.start()
        trimmed = re.sub(r"(?:和|与|及|、|的|，)+$", "", self.text[start:end])
        end = start + len(trimmed)
        return (start, end) if end - start >= 2 else None

    def _verb_after(self, start: int, stop: int) -> tuple[int, int] | None:
        adverb = _VERB_AFTER.match(self.text[start:stop])
        place = start + (adverb.end() if adverb else 0)
        match = matcher("action_verbs").match(self.text, place)
        return (place, match.end()) if match and len(match.group()) >= 2 else None

    def _governing(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the verb in `text[start:end]` whose object is counted."""
        text = self.text
        groups: list[tuple[int, int]] = []
        position = start
        while match := _verbs().search(text, position, end):
            first, after = match.span()
            position = first + 1
            if after - first == 1 and (match.group() not in _SINGLE_VERBS or not self._stands_alone(start, first, after)):
                continue
            if self._in_noun(first, after) or text[after : after + 1] == "后":
                position = after
                continue
            if groups and text[after : after + 1] == "的":
                # 举办|新获批的18个大赛: a relative clause governs nothing.
                position = after
                continue
            if groups and text[groups[-1][1] : first] == "" and _is_nominal(text[first:after]):
                # 完成|投资305亿元, 举办|培训班20期: the second verb belongs to what is counted.
                position = after
                continue
            if groups and (text[groups[-1][1] : first] in ("", "、", "和", "并", "及", "了", "完成", "开展")):
                groups[-1] = (groups[-1][0], after)
            else:
                groups.append((first, after))
            position = after
        return self._choose(groups, end)

    def _in_noun(self, first: int, after: int) -> bool:
        """Say whether a verb's characters belong to a noun: 增加值, 进出口总额, 覆盖率."""
        if self.text[first:after] in ("新增", "净增"):
            return False
        if _NOUN_TAIL.match(self.text, after):
            return True
        place = max(0, first - 12)
        while place <= first:
            match = _metric_nouns().match(self.text, place)
            if match and match.end() > first and len(match.group()) > after - first:
                if place < first or re.search(r"[率值量额数度比]$", match.group()):
                    return True
            place += 1
        return self._in_title(first)

    def _in_title(self, place: int) -> bool:
        return self.text.count("《", 0, place) > self.text.count("》", 0, place)

    def _stands_alone(self, start: int, first: int, after: int) -> bool:
        character, following = self.text[first], self.text[after : after + 1]
        if character == "获":
            return following not in "得取奖悉批评益知选准"
        if character == "设":
            return following not in "计备施立置有想法定防区点站" and self.text[first - 1 : first] not in tuple("建开增创摆架")
        if character == "有":
            return self.text[first - 1 : first] not in tuple("没拥现所具享含持国私公占") and following not in tuple("效关限序力机望利色毒害待意的")
        ends = self.ends()
        return first in ends and after in ends and (first == start or self.text[first - 1] in "，、已共将并年内")

    def _choose(self, groups: list[tuple[int, int]], end: int) -> tuple[int, int] | None:
        if not groups:
            return None
        text = self.text
        chosen = groups[0]
        for group in groups[1:]:
            between, rest = text[chosen[1] : group[0]], end - group[1]
            modifies = text[group[1] : group[1] + 1] == "的" or rest == 0 and not re.search(r"(?:了|，)", between)
            if text[chosen[0] : chosen[1]] in _PIVOTS and (rest >= 2 or rest == 0) and not modifies:
                chosen = group
            elif re.search(r"[，]|并$|的$", between):
                chosen = group
            elif rest == 0 and len(between) >= 4 and re.search(r"(?:在|为|向|对|由|从|以|通过|把|将)", text[max(0, chosen[0] - 0) : group[0]]):
                chosen = group
        return chosen

    def _governed(
        self, quantity: Quantity, clause: int, verb: tuple[int, int], edge: int, right: tuple[int, int] | None
    ) -> Pair | None:
        text = self.text
        self.verb = verb
        noun = self._noun(verb[1], edge)
        kind = lookup("action_verbs", "kind").get(text[verb[0] : verb[1]], "do")
        change = kind if kind in ("increase", "decrease") else "level"
        ends_in_list = noun is not None and text[noun[1] - 1] == "等"
        if noun and right and (text[slice(*noun)] in _ANYWHERE or text[quantity.lead - 1] == "的"):
            noun = None
        if noun and not ends_in_list:
            self.object = noun
            return self._make(quantity, verb, noun, change, "verb_noun_number", 0.85, clause)
        if right:
            self.object = right
            return self._make(quantity, verb, right, change, "verb_number_noun", 0.85, clause)
        first = _verbs().match(text, verb[0], verb[1])
        if first and verb[1] - first.end() >= 2 and not noun:
            # 开展|监督抽检2次: what follows the first verb is what is counted.
            noun, verb = (first.end(), verb[1]), (verb[0], first.end())
            self.object = noun
            return self._make(quantity, verb, noun, change, "verb_noun_number", 0.75, clause)
        if ends_in_list and noun:
            self.object = (noun[0], noun[1] - 1)
            return self._make(quantity, verb, self.object, change, "verb_noun_number", 0.6, clause)
        if text[verb[0] : verb[1]] in _NAMED:
            self.object = verb
            return self._make(quantity, verb, verb, change, "named_verb", 0.7, clause)
        if self.object and quantity.unit == self.last_unit:
            # 改造小区58个，开工54个: the same unit counts the same things.
            return self._make(quantity, verb, self.object, change, "same_unit", 0.7, clause)
        # 培训2万人次: the unit says what is counted; the noun before the verb is what it is about.
        before = self._noun(max(clause, self.edge), verb[0])
        if before and before[1] - before[0] <= 14:
            self.object = before
            return self._make(quantity, verb, before, change, "noun_verb_number", 0.6, clause)
        if quantity.kind in ("person", "count", "money"):
            unit = (quantity.unit_start, quantity.unit_end)
            return self._make(quantity, verb, unit, change, "verb_number", 0.5, clause)
        return None

    def _from_series(self, quantity: Quantity, noun: tuple[int, int], verb: tuple[int, int] | None) -> Pair | None:
        clause = self._clause_start(quantity)
        found = self._noun(*noun) or noun
        self.object = found
        self.verb = verb or self.verb
        kind = lookup("action_verbs", "kind").get(self.text[verb[0] : verb[1]], "reach") if verb else "reach"
        change = kind if kind in ("increase", "decrease") else "level"
        return self._make(quantity, verb, found, change, "respectively", 0.85, clause)

    def _make(
        self, quantity: Quantity, verb: tuple[int, int] | None, noun: tuple[int, int], change: str, rule: str, confidence: float, clause: int
    ) -> Pair:
        if verb and change == "level" and rule not in ("scale.level", "share"):
            self.verb = verb
        action = self.text[verb[0] : verb[1]] if verb else None
        return Pair(quantity, action, verb[0] if verb else None, verb[1] if verb else None, *noun, change, rule, confidence, clause)


@functools.cache
def _right_verbs() -> str:
    kept = [row["surface"] for row in table("action_verbs") if row["kind"] != "do" and len(row["surface"]) >= 2]
    return trie_pattern(kept + ["参加", "参与", "参会", "报名", "同比", "环比", "比上年", "较上年"])


_RESPECTIVELY = re.compile(r"(?:分别|依次)")


def _series(
    text: str, quantities: list[Quantity]
) -> dict[int, tuple[tuple[int, int] | None, tuple[int, int] | None, int]]:
    """Return, for quantities in a 分别 series, the noun and the verb of each: A、B分别增长3%、5%.

    The noun is None where the series repeats the objects of the pairs before it; the number then says how far back.
    """
    result: dict[int, tuple[tuple[int, int] | None, tuple[int, int] | None, int]] = {}
    for marker in _RESPECTIVELY.finditer(text):
        members = _members(text, quantities, marker.end())
        if len(members) < 2:
            continue
        start = max((text.rfind(mark, 0, marker.start()) for mark in "，；：。"), default=-1) + 1
        nouns: list[tuple[int, int] | None] = [*_list_items(text, start, marker.start())]
        nouns = [noun for noun in nouns if noun and not _TRAIL.fullmatch(text[slice(*noun)])]
        if 0 < len(nouns) < len(members):
            # 城乡居民收入分别增长…: one noun stands for all.
            whole = nouns[0][0], nouns[-1][1]  # type: ignore[index]
            nouns = [whole] * len(members)
        elif len(nouns) < len(members):
            # 甲项、乙项，分别增长…: the list stands in the clause before, with or without numbers.
            earlier = max((text.rfind(mark, 0, start - 1) for mark in "；：。"), default=-1) + 1 if start else 0
            nouns = [*_list_items(text, earlier, marker.start())]
            numbers = any(earlier <= quantity.start < marker.start() for quantity in quantities)
            if len(nouns) < len(members) or numbers:
                nouns = [None] * len(members)
        verb = None
        for index, noun in zip(members, nouns[-len(members) :], strict=True):
            before = marker.end() if index == members[0] else quantities[index - 1].end
            verb = _verb_between(text, before, quantities[index].start) or verb
            # Each member adds itself to the history, so the distance back stays the same.
            result[index] = (noun, verb, len(members))
    return result


def _members(text: str, quantities: list[Quantity], start: int) -> list[int]:
    members: list[int] = []
    edge = start
    for index, quantity in enumerate(quantities):
        if quantity.lead < start:
            continue
        gap = text[edge : quantity.lead]
        if not members and len(gap) <= 10 and not re.search(r"[，；。]", gap):
            members.append(index)
        elif members and re.fullmatch(r"(?:、|和|及|与|，|以及)(?:同比)?(?:增长|下降|达到?|为|超过?|增加|减少|提高)?", gap):
            members.append(index)
        elif members:
            break
        edge = quantity.end
    return members


def _list_items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    items, first = [], start
    for match in re.finditer(r"、|和|及|与|以及|，", text[start:end]):
        if start + match.start() > first:
            items.append((first, start + match.start()))
        first = start + match.end()
    if first < end:
        items.append((first, end))
    return [(a, b) for a, b in items if b - a >= 2]


def _verb_between(text: str, start: int, end: int) -> tuple[int, int] | None:
    match = _verbs().search(text, start, end)
    return match.span() if match else None


def find_pairs(text: str, ends: Callable[[], frozenset[int]]) -> list[Pair]:
    """Return the pairs of action and quantity in normalised text, left to right.

    Args:
        text: The normalised characters of a sentence.
        ends: A call that gives the borders of words in `text` (asked only where a quantity is found).

    >>> [(p.action, p.quantity.unit) for p in find_pairs("新建评价总站5家", lambda: frozenset())]
    [('新建', '家')]
    """
    if not re.search(r"[\d一二两三四五六七八九十百千万亿半]", text):
        return []
    return _Clauses(text, ends).pairs()


__all__ = ["Pair", "find_pairs", "replace"]
