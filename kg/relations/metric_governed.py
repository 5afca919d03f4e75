"""Rules for a quantity that a verb of doing governs: the noun before it, behind it, or in the verb itself."""

from __future__ import annotations

import re

from kg.language.lexicon import matcher
from kg.relations.governing_verbs import Span
from kg.relations.metric_nouns import noun_between, object_of, without_examples
from kg.relations.metric_phrases import PhraseRules
from kg.relations.metric_types import Context, Pair
from kg.relations.metric_words import behind_verbs, change_of, is_nominal, metric_words

# 户均, 人均: the measure is by household, by head.
EACH = re.compile(r"(?:[户人亩村台件单场日月年家车校厂]均[年月日]?)$")
_TOWARD = re.compile(r"[对向从自][\u4e00-\u9fff“”]+$")
# The ends of those who give money: it is not counted.
_GIVERS = ("们", "家", "人", "员", "者", "士", "企业", "单位")
# Who acts, or for whom: no noun that is counted.
_ACTOR = re.compile(
    r"(?:^|还|再|已)(?:为|向|给|对)|(?:集团|公司|协会|联合会|[^城]市|[^地]区|[^干]部"
    r"|机关|机构|部门|系统|警方|[县省厂院校局会委行州镇])$"
)
# Verbs that only say that there are so many.
_HAVING = frozenset(("有", "共有", "已有", "另有", "现有", "累计有", "仅有", "只有"))
_GAINING = re.compile("受益|受惠|获益")
# What 发电 and the like say they make.
_GENERATED = frozenset(("energy", "power", "mass", "volume"))
# Verbs whose subject is measured.
_OCCUPYING = frozenset(("占地", "用地", "占用"))
# Fields whose investment is a sum.
_FIELDS = re.compile("(?:业|领域|设施|公路|水路|铁路|水利|能源|民间|技改)$")
_PERIOD_AT_END = re.compile(r"\d{1,2}(?:[—\-至]\d{1,2})?月份?$")
_LONGEST_TOPIC = 14


class GovernedRules(PhraseRules):
    """Rules for verbs of doing."""

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
        if noun and right and self._counts_what_follows(context, noun, right):
            # 带动当地500人就业, 新建行业急需的5家评价总站, 设立甲、乙两个委员会: what is counted stands behind.
            noun = unfinished = None
        if noun and not unfinished:
            return self.make_of(context, verb, noun, "verb_noun_number", 0.85, change)
        if right:
            return self._done_by(context, verb, right, change) or self._with_right_noun(context, verb, right, change)
        first = matcher("action_verbs").match(text, *verb)
        if first and verb[1] - first.end() >= 2 and not noun and is_nominal(text[first.end() : verb[1]]):
            # 开展|监督抽检2次: what follows the first verb is what is counted.
            noun, verb = (first.end(), verb[1]), first.span()
            return self.make_of(context, verb, noun, "verb_noun_number", 0.75, change)
        if unfinished:
            return self.make_of(context, verb, (unfinished[0], unfinished[1] - 1), "verb_noun_number", 0.6, change)
        return self._without_noun(context, verb, change)

    def _counts_what_follows(self, context: Context, noun: Span, right: Span) -> bool:
        """Say whether the noun behind a number is counted though another stands before it."""
        before = self.text[slice(*noun)]
        attributive = self.text[context.quantity.lead - 1] == "的"
        listed = "、" in before and context.quantity.kind in ("count", "person")
        done = behind_verbs().fullmatch(self.text, *right)
        follows = not self.verbs.behind(right[0], len(self.text)) and not (done and not is_nominal(done.group()))
        return attributive or listed or follows or before in metric_words("place_word")

    def _done_by(self, context: Context, verb: Span, right: Span, change: str) -> Pair | None:
        """Return the pair of a quantity whose noun does what a verb behind it says (已有42家企业|响应)."""
        gained = _GAINING.match(self.text, right[1])
        if gained:
            # 送清凉|7万人次职工受益
            return self.make_of(context, gained.span(), right, "number_noun_verb", 0.6, change)
        if matcher("action_verbs").fullmatch(self.text, *right) and (pair := self.purpose(context, verb)):
            return pair
        if self.text[slice(*verb)] not in _HAVING:
            return None
        if behind_verbs().fullmatch(self.text, *right):
            # 共有18万人|报考
            return self.make_of(context, right, right, "number_verb", 0.5, change)
        if persons := self.persons_doing(context, right):
            return persons
        doing = self.doing_behind(right)
        return self.make_of(context, doing[1], doing[0], "number_noun_verb", 0.6, change) if doing else None

    def _with_right_noun(self, context: Context, verb: Span, right: Span, change: str) -> Pair:
        """Return the pair of a quantity between its verb and its noun."""
        after = self.verbs.behind(right[1], len(self.text)) if self.text[slice(*verb)] in _HAVING else None
        inner = matcher("action_verbs").match(self.text, *right) if context.quantity.kind == "money" else None
        if inner and right[1] - inner.end() >= 2:
            # 投资6.5亿元|建设产业园: what the money is for.
            right = (inner.end(), right[1])
        return self.make_of(context, after or verb, right, "verb_number_noun", 0.85, change)

    def _without_noun(self, context: Context, verb: Span, change: str) -> Pair | None:
        """Return the pair of a quantity whose verb has no object beside it."""
        quantity, action = context.quantity, self.text[slice(*verb)]
        if found := self.purpose(context, verb) or self.topic_before(context, verb):
            return found
        if action in metric_words("counted_verb"):
            return self._named(context, verb, change)
        # 培训2万人次: the unit says what is counted; the noun before the verb is what it is about.
        before = noun_between(self.text, context.edge, verb[0])
        about = before if before and self._is_topic(before, quantity.kind) else None
        carried = self._carried(context, verb, about)
        if carried:
            # 改造小区58个，开工54个: the same unit counts the same things.
            return self.make(context, verb, without_examples(self.text, carried), "same_unit", 0.7, change)
        if about or (before and action in _OCCUPYING):
            # 校区|占地68亩
            return self.make_of(context, verb, about or before or verb, "noun_verb_number", 0.6, change)
        return self._alone(context, verb, change)

    def _is_topic(self, noun: Span, kind: str) -> bool:
        """Say whether a noun before a verb is what it is about, not who acts."""
        text = self.text[slice(*noun)]
        gives = kind == "money" and text.endswith(_GIVERS)
        return len(text) <= _LONGEST_TOPIC and not gives and not _ACTOR.search(text)

    def _carried(self, context: Context, verb: Span, about: Span | None) -> Span | None:
        """Return what was last counted in the unit of a quantity if it holds on for its verb."""
        action, quantity = self.text[slice(*verb)], context.quantity
        # 境内新签9亿元，境外新签7亿元: each has its own topic.
        beside = self.last is not None and self.last.rule == "noun_verb_number" and self.last.action == action
        if (about and (beside or about[1] - about[0] > 2)) or action in metric_words("intransitive_verb"):
            return None
        return (
            self.counted.get(quantity.base_unit) if quantity.unit == self.last_unit or not is_nominal(action) else None
        )

    def _alone(self, context: Context, verb: Span, change: str) -> Pair | None:
        """Return the pair of a quantity with nothing but its verb."""
        quantity, action = context.quantity, self.text[slice(*verb)]
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
        toward, action = _TOWARD.search(self.text, context.edge, verb[0]), self.text[slice(*verb)]
        if action in metric_words("named_sum") and context.quantity.kind == "money" and not toward:
            # 研究与试验发展经费|支出33278亿元: no verb, but what the sum is called.
            before = noun_between(self.text, context.edge, verb[0]) or self._each_before(context.edge, verb[0])
            noun = (before[0], verb[1]) if before and before[1] == verb[0] else verb
            return self.make_of(context, None, noun, "noun_number", 0.7)
        before, last = noun_between(self.text, context.edge, verb[0]), self.last
        if before and before[1] == verb[0] and action == "投资" and _FIELDS.search(self.text, *before):
            # 制造业|投资8亿元: what the sum is called.
            return self.make_of(context, None, (before[0], verb[1]), "noun_number", 0.7)
        if before and context.quantity.kind == "count" and not toward and self._is_topic(before, "count"):
            # 自行车(1—7月)|出口18万辆
            period = _PERIOD_AT_END.search(self.text, *before)
            thing = (before[0], period.start()) if period else before
            if thing[1] - thing[0] > 1 and self.text[slice(*thing)] not in metric_words("place_word"):
                return self.make_of(context, verb, thing, "noun_verb_number", 0.6, change)
        of_last = self.text[last.object_start : last.object_end] if last and last.action is None else ""
        if before and before[1] == verb[0] and of_last.endswith(self.text[slice(*verb)]):
            # 公路投资8亿元，水路投资7亿元
            return self.make_of(context, None, (before[0], verb[1]), "noun_number", 0.7)
        return self.make_of(context, verb, verb, "named_verb", 0.7, change)

    def _each_before(self, start: int, end: int) -> Span | None:
        """Return 人均, 户均 and the like at the end of a part of the text."""
        each = EACH.search(self.text, start, end)
        return each.span() if each and self.text[end - 1] == "均" else None

    def _object_in_verb(self, verb: Span) -> Span:
        """Return the part of a compound verb that names what is counted (带动|就业), else the whole verb."""
        for place in range(verb[0] + 2, verb[1] - 1):
            tail = self.text[place : verb[1]]
            noun = is_nominal(tail) or tail in metric_words("counted_verb")
            if noun and matcher("action_verbs").fullmatch(self.text, verb[0], place):
                return (place, verb[1])
        return verb
