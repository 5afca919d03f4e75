"""Rules that pair a quantity with its verb and the noun that it counts."""

from __future__ import annotations

import re

from kg.language.lexicon import matcher
from kg.language.patterns import pattern
from kg.relations.governing_verbs import Span
from kg.relations.metric_governed import EACH, GovernedRules
from kg.relations.metric_maker import CHANGE_NOUN
from kg.relations.metric_nouns import noun_behind, noun_between, object_of, previous_noun, topic
from kg.relations.metric_types import Context, Pair
from kg.relations.metric_words import change_of, is_nominal, metric_words, verbs

_SHARE = pattern("metrics", "share")
# 万亿元 and 亿元 count the same.
_SCALES = "万亿千百十"
_COLLOQUIAL = pattern("metrics", "colloquial")
_SHARE_NOUN = re.compile(r"(?:比重|比例|份额)(?=[^，]*$)")
_AT_PACE = re.compile(r"(?:仍|正|继续|一直)?以(?:每年|年均|平均|高达)*$")
_PACE = pattern("metrics", "pace")
_MEASURE = re.compile(
    r"价格|指数|成本|收入|支出|利润|比例|比率|总量|总额|数量|规模|金额|面积"
    r"|幅度|时间|人数|人次|户数|标准|水平|质量|能力|效率|满意度"
)
_ELECTS = re.compile(r"选举|选出|产生|推选|推举|聘任|聘请|增补|增选|补选")
_CLAUSE_END = re.compile(r"[，。；]")
_PREPOSITION = pattern("metrics", "preposition")
_COMPARED = re.compile(r"(?:比|较)[^，]*$")

# Verbs of reaching whose noun stands behind the number (累计5家评价总站).
_CHOSEN = frozenset(("获评", "入选", "入围", "晋级", "获奖", "上榜", "获批", "通过"))
_NOUN_FOLLOWS = frozenset(("增加", "减少", "实现", "累计", "共", "合计", "共计", "达成", "新增", "净增", "占"))


class PairRules(GovernedRules):
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
        each = EACH.search(self.text, context.edge, verb[0])
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

    def part(self, context: Context) -> Pair | None:
        """其中11项被转化为行业标准: the verb stands behind the number, the noun behind the verb."""
        if self.text[context.edge : context.quantity.lead] not in ("其中", "其中有", "“其中"):
            return None
        passive = self.text.startswith("被", context.quantity.end)
        verb = self.verbs.behind(context.quantity.end + passive, context.stop)
        if verb is None or self.text[slice(*verb)] in metric_words("counted_verb"):
            return None
        into = self.text[verb[1] : verb[1] + 1] in tuple("为成")
        chosen = self.text[slice(*verb)] in _CHOSEN
        noun = (None if chosen else object_of(self.text, (verb[0], verb[1] + into))) or self.object
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
        same_unit = quantity.unit.lstrip(_SCALES) == self.last_unit.lstrip(_SCALES)
        continued = text[clause - 1 : clause] == "，" and same_unit
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
