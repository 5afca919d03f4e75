"""Rules that pair a quantity with its verb and the noun that it counts."""

from __future__ import annotations

import re

from kg.language.lexicon import matcher
from kg.language.patterns import pattern
from kg.relations.governing_verbs import Span
from kg.relations.metric_maker import CHANGE_NOUN
from kg.relations.metric_nouns import noun_behind, noun_between, object_of, previous_noun, topic, without_examples
from kg.relations.metric_phrases import PhraseRules
from kg.relations.metric_types import Context, Pair
from kg.relations.metric_words import behind_verbs, change_of, is_nominal, metric_words, verbs

_SHARE = pattern("metrics", "share")
_COLLOQUIAL = pattern("metrics", "colloquial")
_SHARE_NOUN = re.compile(r"(?:比重|比例|份额)(?=[^，]*$)")
_EACH = re.compile(r"(?:[户人亩村台件单场日月年家车校厂]均[年月日]?)$")
_AT_PACE = re.compile(r"(?:仍|正|继续|一直)?以(?:每年|年均|平均|高达)*$")
_PACE = pattern("metrics", "pace")
_TOWARD = re.compile(r"[对向从自][\u4e00-\u9fff“”]+$")
_MEASURE = re.compile(
    r"价格|指数|成本|收入|支出|利润|比例|比率|总量|总额|数量|规模|金额|面积|幅度|时间|人数|户数|标准|水平|质量|能力|效率|满意度"
)
# The ends of those who give money: it is not counted.
_GIVERS = ("们", "家", "人", "员", "者", "士", "企业", "单位")
_ELECTS = re.compile(r"选举|选出|产生|推选|推举|聘任|聘请|增补|增选|补选")
_CLAUSE_END = re.compile(r"[，。；]")
_PREPOSITION = pattern("metrics", "preposition")
# Who acts, or for whom: no noun that is counted.
_ACTOR = re.compile(
    r"(?:^|还|再|已)(?:为|向|给|对)|(?:集团|公司|协会|联合会|[^城]市|[^地]区|[^干]部|机关|部门|系统|警方|[县省厂院校局会委行州镇])$"
)
_COMPARED = re.compile(r"(?:比|较)[^，]*$")

# Verbs of reaching whose noun stands behind the number (累计5家评价总站).
_NOUN_FOLLOWS = frozenset(("增加", "减少", "实现", "累计", "共", "合计", "共计", "达成", "新增", "净增", "占"))
# Verbs that only say that there are so many.
_HAVING = frozenset(("有", "共有", "已有", "另有", "现有", "累计有", "仅有", "只有"))
_GAINING = re.compile("受益|受惠|获益")
# What 发电 and the like say they make.
_GENERATED = frozenset(("energy", "power", "mass", "volume"))
_OCCUPYING = frozenset(("占地", "用地", "占用"))
_LONGEST_TOPIC = 14


class PairRules(PhraseRules):
    """The rules, each for one way in which a number, its verb and its noun stand to each other."""

    def share(self, context: Context) -> Pair | None:
        """占营业收入的6.5%; 高于全省1.4个百分点; 比去年多11项: the object is what the clause before speaks of."""
        start, quantity = context.edge, context.quantity
        part = self.text[start : quantity.lead]
        match = _SHARE.search(part)
        if not match:
            return None
        if match["verb"] in ("多", "少", "高", "低", "快") and "比" not in part and "较" not in part:
            return None
        if match["verb"][0] in "占相恢为" and quantity.kind != "ratio":
            return None
        verb = (start + match.start("verb"), start + match.end("verb"))
        measured = _SHARE_NOUN.search(part, match.start("verb"))
        reached = self.verbs.scale(start + measured.end(), quantity) if measured else None
        if measured and reached:
            # 研发投入占营业收入的比重|提升至6.2%: the share itself is what grows.
            noun = noun_between(self.text, start, start + measured.end())
            if match.start("verb") == 0:
                # 占上年净资产的比例为70%
                noun = (verb[0], start + measured.end())
            change = change_of(self.text[slice(*reached)])
            return self.make_of(context, reached, noun or (verb[0], start + measured.end()), "share", 0.75, change)
        compared = _COMPARED.search(self.text, start, verb[0])
        noun = noun_between(self.text, start, compared.start() if compared else verb[0])
        self.object = noun or self.object or previous_noun(self.text, context.clause)
        return self.make(context, verb, self.object, "share", 0.75) if self.object else None

    def scaled(self, context: Context, verb: Span) -> Pair | None:
        """Return the pair of a quantity directly behind a verb of reaching or changing (营业收入达到5亿元)."""
        action = self.text[slice(*verb)]
        if action == "为":
            pair = self._done_behind(context)
            if pair:
                return pair
        found, kept = noun_between(self.text, context.edge, verb[0]), self.object
        each = _EACH.search(self.text, context.edge, verb[0])
        of_each = each and noun_between(self.text, context.edge, each.start())
        if of_each and matcher("action_verbs").fullmatch(self.text, *of_each):
            of_each = None
        if each and change_of(action) != "level" and not of_each:
            # 户均|增收1.8万元: the measure is by household.
            return self.make_of(context, verb, (each.start(), verb[1]), "scale.increase", 0.75, change_of(action))
        if found and matcher("action_verbs").fullmatch(self.text, *found) and not is_nominal(self.text[slice(*found)]):
            # 拉动整体|增长6.1个百分点, 调整|增加29项商品
            found = None
        if found and self.text[found[0]] in "为向给" and found[1] - found[0] > 2:
            # 为|企业减负: for whom.
            found = (found[0] + 1, found[1])
        if found:
            # 建成的评价总站达到5家: what follows a verb inside the noun is what is counted.
            inner = self.verbs.governing(*found)
            measured = inner and _MEASURE.fullmatch(self.text, inner[1], found[1])
            if inner and found[1] - inner[1] >= 2 and not measured and not is_nominal(self.text[slice(*inner)]):
                found = noun_between(self.text, inner[1], found[1]) or found
            self.object = found
        elif not context.inherits and (named := topic(self.text, context.clause)):
            self.object = named
        elif action in _NOUN_FOLLOWS or not self.object:
            right = self.noun_to_the_right(context, len(self.text))
            self.object = right or self.object or previous_noun(self.text, context.clause)
        if not self.object:
            return None
        change, noun = change_of(action), self.object
        if kept and CHANGE_NOUN.fullmatch(self.text, *noun):
            # 环比下降1%，降幅收窄2%；同比下降3%: what falls is not the fall.
            self.object = kept
        return self.make(context, verb, noun, f"scale.{change}", 0.85 if found else 0.75, change)

    def _done_behind(self, context: Context) -> Pair | None:
        """为5家企业办理登记: behind 为 stand the number, its noun, and the verb."""
        right = self.noun_to_the_right(context, len(self.text))
        if not right:
            return None
        listed = noun_behind(self.text, right[1] + 1, len(self.text))
        if listed and self.text[right[1] : right[1] + 1] in tuple("、和"):
            # 为1万名外卖骑手、货车司机|免费体检
            right = (right[0], listed[1])
        inside = matcher("action_verbs").search(self.text, right[0] + 2, right[1])
        if inside and len(inside.group()) >= 2:
            right = (right[0], inside.start())
        after = self.verbs.behind(right[1], len(self.text))
        if not after:
            return None
        self.object = right
        return self.make(context, after, right, "number_noun_verb", 0.6)

    def in_series(self, context: Context, noun: Span, verb: Span | None) -> Pair:
        """Return the pair of a quantity in a 分别 series, whose noun and verb the series gives."""
        doing = self.verbs.governing(*noun)
        listed = matcher("metric_nouns").fullmatch(self.text, *noun)
        if doing and not listed and doing[0] == noun[0] and noun[1] - doing[1] >= 2:
            # 培训|高级工、技师分别达1.2万人、3400人
            noun = (doing[1], noun[1])
        self.object = noun_between(self.text, *noun) or noun
        self.verb = verb or self.verb
        change = change_of(self.text[slice(*verb)]) if verb else "level"
        return self.make(context, verb, self.object, "respectively", 0.85, change)

    def governed(self, context: Context, verb: Span, edge: int) -> Pair | None:
        """Return the pair of a quantity that a verb of doing governs; its noun stands before or behind the number.

        Args:
            context: What surrounds the quantity.
            verb: The verb.
            edge: Where the noun before the number ends, if one stands there.
        """
        text = self.text
        right = self.right_noun(context)
        self.verb = verb
        change = change_of(text[slice(*verb)])
        noun = noun_between(text, verb[1], edge)
        unfinished = noun if noun and text[noun[1] - 1] == "等" else None
        attributive = text[context.quantity.lead - 1] == "的"
        listed = noun and right and "、" in text[slice(*noun)] and context.quantity.kind in ("count", "person")
        if (
            noun
            and right
            and (
                attributive
                or listed
                or not self.verbs.behind(right[0], len(text))
                or text[slice(*noun)] in metric_words("place_word")
            )
        ):
            # 带动当地500人就业, 新建行业急需的5家评价总站, 设立甲、乙两个委员会: what is counted stands behind.
            noun = unfinished = None
        if noun and not unfinished:
            return self.make_of(context, verb, noun, "verb_noun_number", 0.85, change)
        if right and text[slice(*verb)] in _HAVING and behind_verbs().fullmatch(text, *right):
            # 共有18万人|报考
            return self.make_of(context, right, right, "number_verb", 0.5, change)
        if right and text[slice(*verb)] in _HAVING and (persons := self.persons_doing(context, right)):
            return persons
        if right and matcher("action_verbs").fullmatch(text, *right) and (pair := self.purpose(context, verb)):
            return pair
        gained = _GAINING.match(text, right[1]) if right else None
        if right and gained:
            # 送清凉|7万人次职工受益
            return self.make_of(context, gained.span(), right, "number_noun_verb", 0.6, change)
        if right and text[slice(*verb)] in _HAVING and (doing := self.doing_behind(right)):
            # 已有42家企业|响应
            return self.make_of(context, doing[1], doing[0], "number_noun_verb", 0.6, change)
        if right:
            after = self.verbs.behind(right[1], len(text)) if text[slice(*verb)] in _HAVING else None
            inner = matcher("action_verbs").match(text, *right) if context.quantity.kind == "money" else None
            if inner and right[1] - inner.end() >= 2:
                # 投资6.5亿元|建设产业园: what the money is for.
                right = (inner.end(), right[1])
            return self.make_of(context, after or verb, right, "verb_number_noun", 0.85, change)
        first = matcher("action_verbs").match(text, *verb)
        if first and verb[1] - first.end() >= 2 and not noun and is_nominal(text[first.end() : verb[1]]):
            # 开展|监督抽检2次: what follows the first verb is what is counted.
            noun, verb = (first.end(), verb[1]), first.span()
            return self.make_of(context, verb, noun, "verb_noun_number", 0.75, change)
        if unfinished:
            return self.make_of(context, verb, (unfinished[0], unfinished[1] - 1), "verb_noun_number", 0.6, change)
        return self._governed_without_noun(context, verb, change)

    def _governed_without_noun(self, context: Context, verb: Span, change: str) -> Pair | None:
        """Return the pair of a quantity whose verb has no object beside it."""
        quantity, action = context.quantity, self.text[slice(*verb)]
        if found := self.purpose(context, verb) or self.topic_before(context, verb):
            return found
        if action in metric_words("counted_verb"):
            return self._named(context, verb, change)
        # 培训2万人次: the unit says what is counted; the noun before the verb is what it is about.
        before = noun_between(self.text, context.edge, verb[0])
        topic_text = self.text[slice(*before)] if before else ""
        gives = quantity.kind == "money" and topic_text.endswith(_GIVERS)
        about = before if len(topic_text) <= _LONGEST_TOPIC and not gives and not _ACTOR.search(topic_text) else None
        beside = self.last and self.last.rule == "noun_verb_number" and self.last.action == action
        carried = (
            None
            if (about and beside) or action in metric_words("intransitive_verb")
            else self.counted.get(quantity.base_unit)
        )
        if (
            carried
            and not (about and len(topic_text) > 2)
            and (quantity.unit == self.last_unit or not is_nominal(action))
        ):
            # 改造小区58个，开工54个: the same unit counts the same things.
            return self.make(context, verb, without_examples(self.text, carried), "same_unit", 0.7, change)
        if about:
            return self.make_of(context, verb, about, "noun_verb_number", 0.6, change)
        if before and action in _OCCUPYING:
            # 校区|占地68亩
            return self.make_of(context, verb, before, "noun_verb_number", 0.6, change)
        if quantity.kind in _GENERATED and is_nominal(action):
            # 发电2亿千瓦时
            return self.make_of(context, verb, verb, "verb_number", 0.5, change)
        if quantity.kind not in ("person", "count", "money"):
            # 完成74.2%: of what was named before.
            carried = self.object if quantity.kind == "ratio" else None
            return self.make(context, verb, carried, "carried_object", 0.5, change) if carried else None
        if action in _HAVING and (after := self.verb_behind(quantity.end)):
            # 共有87416人|报名: the verb behind says what they do.
            return self.make_of(context, after, object_of(self.text, after) or after, "number_verb", 0.5, change)
        # 带动|就业1200人, 植树200万株: the verb says itself what is counted.
        noun = self._object_in_verb(verb)
        done = (verb[0], noun[0]) if noun != verb else verb
        return self.make_of(context, done, noun, "verb_number", 0.5, change)

    def _named(self, context: Context, verb: Span, change: str) -> Pair:
        """Return the pair of a quantity whose verb also names what is counted (出口5亿元)."""
        toward = _TOWARD.search(self.text, context.edge, verb[0])
        if self.text[slice(*verb)] in metric_words("named_sum") and context.quantity.kind == "money" and not toward:
            # 研究与试验发展经费|支出33278亿元: no verb, but what the sum is called.
            before = noun_between(self.text, context.edge, verb[0]) or self.each_before(context.edge, verb[0])
            noun = (before[0], verb[1]) if before and before[1] == verb[0] else verb
            return self.make_of(context, None, noun, "noun_number", 0.7)
        return self.make_of(context, verb, verb, "named_verb", 0.7, change)

    def each_before(self, start: int, end: int) -> Span | None:
        """Return 人均, 户均 and the like at the end of a part of the text."""
        each = _EACH.search(self.text, start, end)
        return each.span() if each and self.text[end - 1] == "均" else None

    def _object_in_verb(self, verb: Span) -> Span:
        """Return the part of a compound verb that names what is counted (带动|就业), else the whole verb."""
        for place in range(verb[0] + 2, verb[1] - 1):
            tail = self.text[place : verb[1]]
            noun = is_nominal(tail) or tail in metric_words("counted_verb")
            if noun and matcher("action_verbs").fullmatch(self.text, verb[0], place):
                return (place, verb[1])
        return verb

    def part(self, context: Context) -> Pair | None:
        """其中11项被转化为行业标准: the verb stands behind the number, the noun behind the verb."""
        if self.text[context.edge : context.quantity.lead] not in ("其中", "其中有", "“其中"):
            return None
        passive = self.text.startswith("被", context.quantity.end)
        verb = self.verbs.behind(context.quantity.end + passive, context.stop)
        if verb is None or self.text[slice(*verb)] in metric_words("counted_verb"):
            return None
        into = self.text[verb[1] : verb[1] + 1] in tuple("为成")
        noun = object_of(self.text, (verb[0], verb[1] + into)) or self.object
        return self.make(context, verb, noun, "number_verb_noun", 0.5) if noun else None

    def paced(self, context: Context) -> Pair | None:
        """产量以每年8%的速度|增长: the change stands behind the pace."""
        before = _AT_PACE.search(self.text, context.edge, context.quantity.lead)
        pace = _PACE.match(self.text, context.quantity.end)
        noun = noun_between(self.text, context.edge, before.start()) if before else None
        if not pace or not noun:
            return None
        verb = pace.span("verb")
        change = change_of(self.text[slice(*verb)])
        return self.make_of(context, verb, noun, f"scale.{change}", 0.75, change)

    def prepositional(self, context: Context) -> Pair | None:
        """向1035万名失业人员发放…, 在300个县推进…: the verb stands behind the noun that a preposition leads."""
        beside = self.text[context.edge : context.quantity.lead]
        along = (
            len(beside) > 2 and beside.endswith("与") and not self.verbs.governing(context.edge, context.quantity.lead)
        )
        if not along and not _PREPOSITION.search(self.text, context.edge, context.quantity.lead):
            return None
        right = self.noun_to_the_right(context, len(self.text))
        if not right:
            return None
        mark = _CLAUSE_END.search(self.text, right[1])
        stop = mark.start() if mark else len(self.text)
        if doing := self.doing_behind(right):
            return self.make_of(context, doing[1], doing[0], "number_noun_verb", 0.6)
        if along:
            return None
        inside = next((v for v in verbs().finditer(self.text, right[0] + 2, stop) if len(v.group()) >= 2), None)
        if inside and inside.start() < right[1]:
            right = (right[0], inside.start())
        directed = self.text[context.quantity.lead - 1] in "向对给"
        if self.text[right[1] - 1] in "中里内上" or not (inside or directed):
            # 在615家企业中: only says of whom the sentence speaks.
            return None
        return self.make_of(context, inside.span() if inside else None, right, "number_noun_verb", 0.6)

    def noun_number(self, context: Context, noun: Span) -> Pair | None:
        """Return the pair of a quantity directly behind its noun, without a verb of its own."""
        text, quantity, clause = self.text, context.quantity, context.clause
        if _COLLOQUIAL.search(text, *noun):
            return None
        if not context.inherits and quantity.lead < quantity.start and text[quantity.lead] in "不至最":
            return self.make_of(context, None, noun, "bounded_noun", 0.7)
        continued = text[clause - 1 : clause] == "，" and quantity.unit == self.last_unit
        if self.verb and continued and text[slice(*self.verb)] in ("实现", "完成"):
            # 实现营业收入3亿元，利润4亿元: the verb of the clause before holds on.
            return self.make_of(context, self.verb, noun, "inherited_verb", 0.7)
        if self.verb and continued and _ELECTS.search(text, *self.verb):
            # 选举产生常务委员17名，经费审查委员会委员11名
            return self.make_of(context, self.verb, noun, "inherited_verb", 0.7)
        joined = text[context.start : context.start + 1] in tuple("和与及、")
        directly = self.verb is not None and context.start <= self.verb[1]
        verb = self.verb if context.inherits or joined or directly else None
        return self.make_of(context, verb, noun, "noun_number", 0.7 if verb else 0.6)

    def number_noun(self, context: Context, noun: Span) -> Pair | None:
        """Return the pair of a quantity directly before its noun, with the verb behind it or an inherited one."""
        if persons := self.persons_doing(context, noun):
            return persons
        after = self.verbs.behind(noun[1], context.stop)
        if not after and not context.inherits and (doing := self.doing_behind(noun)):
            noun, after = doing
        if after and self.text[slice(*after)].endswith(("发布", "印发", "公布", "下发")):
            # 九家协会联合发布: says how many issue it.
            return None
        if after:
            return self.make(context, after, noun, "number_noun_verb", 0.6)
        if self.verb and context.inherits:
            return self.make(context, self.verb, noun, "inherited_verb", 0.7)
        if self.verb and context.clause and self.text[context.clause - 1] == "，":
            return self.make(context, self.verb, noun, "inherited_verb", 0.5)
        return None

    def number_verb(self, context: Context) -> Pair | None:
        """其中三百余人取得证书: the noun stands behind the verb."""
        verb = self.verbs.behind(context.quantity.end, context.stop)
        noun = object_of(self.text, verb) if verb else None
        return self.make(context, verb, noun, "number_verb_noun", 0.5) if noun else None
