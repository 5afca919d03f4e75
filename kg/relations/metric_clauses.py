"""Clauses around quantities: each number with the verb that governs it and the noun that names what is counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from kg.language.lexicon import lookup, matcher
from kg.language.organizations import Organization
from kg.language.patterns import pattern
from kg.language.quantities import Quantity, find_quantities
from kg.language.title_marks import inside_title
from kg.relations.discourse import organizations_in
from kg.relations.governing_verbs import Span
from kg.relations.metric_filters import is_metric, is_size
from kg.relations.metric_lists import distributed
from kg.relations.metric_nouns import clause_start, noun_between, previous_noun, without_fillers
from kg.relations.metric_pairs import PairRules
from kg.relations.metric_series import SeriesMember, find_series
from kg.relations.metric_types import Context, Pair
from kg.relations.metric_words import OF_PERSONS, is_nominal, scale_verb_at_end

_BASELINE = pattern("metrics", "baseline")
_BASELINE_TARGET = pattern("metrics", "baseline_target")
_NUMERAL = re.compile(r"[\d一二两三四五六七八九十百千万亿半]")

# Bounds that are verbs as well: a verb of doing before them governs (新建超过5家).
_BOUND_VERBS = frozenset(("超过", "突破", "超", "逾", "高达", "控制在", "多达", "超出", "低于", "达"))
# What is measured in these stands before the number even if a noun follows it.
_MEASURED = frozenset(("money", "ratio", "mass", "energy", "area", "length", "power", "volume"))

# Spaces that part a headline into clauses, and how many it may have.
_PART = re.compile(r"(?<=[\u4e00-\u9fff%）”]) (?=[\u4e00-\u9fff\d“])")
_MOST_PARTS = 2
_TURNS = re.compile("转为|转而|变为")
# 没有裁减1名员工: what is denied directly before the verb.
_DENIAL = re.compile(r"(?:没有|没|并未|从未|未曾|尚未|从不)$")
# Adverbs and periods before a verb.
_NAME_LEAD = pattern("metrics", "leading_words")
_ACTS = re.compile(r"新建|组建|成立|开展|举办|实施|建成|新增|培育|推动|引导|带动|支持")


class _Walk:
    """Walks over the quantities of one sentence and applies the rules in the order of how much they need to see."""

    def __init__(self, text: str, ends: Callable[[], frozenset[int]]) -> None:
        self._text = text
        self._rules = PairRules(text, ends)
        # Where the last quantity ended, and the objects of the pairs so far.
        self._edge = 0
        self._objects: list[Span] = []

    def pairs(self) -> list[Pair]:
        """Return the pairs of the sentence, in order."""
        quantities = find_quantities(self._text)
        series = find_series(self._text, quantities)
        result: list[Pair] = []
        for index, quantity in enumerate(quantities):
            following = quantities[index + 1] if index + 1 < len(quantities) else None
            kept = (self._rules.verb, self._rules.object)
            pair = self._pair(quantity, following, series.get(index))
            if inside_bracket(self._text, quantity.start):
                # 保有量5亿辆（包括货车7万辆），增加1亿辆: what the bracket counts is soon forgotten.
                self._rules.verb, self._rules.object = kept
            if pair:
                result.append(pair)
                if not inside_bracket(self._text, quantity.start):
                    self._rules.remember(pair)
                thing = (pair.object_start, pair.object_end)
                if pair.change == "level" or pair.rule == "respectively" or self._objects[-1:] != [thing]:
                    # The growth of what was just counted adds no thing of its own.
                    self._objects.append(thing)
        return result

    def _pair(self, quantity: Quantity, following: Quantity | None, member: SeriesMember | None) -> Pair | None:
        if inside_title(self._text, quantity.start):
            return None
        context = self._context(quantity, following)
        if quantity.kind != "date" and self._is_baseline(context):
            self._remember_baseline(context)
            self._edge = quantity.end
            return None
        if not is_metric(self._text, quantity):
            # 第一, 一个 and the like do not part what stands before them from the next number.
            counted = quantity.kind in ("count", "person", "money", "ratio") and len(quantity.value_text) > 1
            if counted and not is_size(self._text, quantity):
                self._edge = quantity.end
            return None
        if member and (noun := self._series_noun(member)):
            pair: Pair | None = self._rules.in_series(
                replace(context, quantity=replace(quantity, bound=member.bound)), noun, member.verb
            )
        else:
            pair = self._single(context)
        self._edge = quantity.end
        if pair and pair.object_start >= quantity.end:
            # 9个|生产基地、4个…: the noun behind a number is no longer free for the next one.
            self._edge = pair.object_end
        return pair

    def _context(self, quantity: Quantity, following: Quantity | None) -> Context:
        clause = clause_start(self._text, quantity.lead)
        edge = max(clause, self._edge)
        return Context(quantity, following, clause, edge, edge, following.lead if following else len(self._text))

    def _is_baseline(self, context: Context) -> bool:
        """Say whether a number only says what a change begins at (由45%提高到60%)."""
        quantity = context.quantity
        before = _BASELINE.search(self._text, context.clause, quantity.lead)
        if before and _TURNS.match(self._text, quantity.end) and scale_verb_at_end().search(before.group()):
            # 由一季度下降5%转为增长1%: both are changes.
            return False
        return bool(before and _BASELINE_TARGET.match(self._text[quantity.end :]))

    def _remember_baseline(self, context: Context) -> None:
        """由45%提高到60%: what stands before 由 is the object of the number after 到."""
        match = _BASELINE.search(self._text, context.edge, context.quantity.lead)
        noun = noun_between(self._text, context.edge, match.start()) if match else None
        self._rules.object = noun or self._rules.object

    def _series_noun(self, member: SeriesMember) -> Span | None:
        """Return the noun of a member of a 分别 series, None if it repeats the object of a pair that is not there."""
        if member.noun is None and len(self._objects) >= member.distance:
            return self._objects[-member.distance]
        return member.noun

    def _single(self, context: Context) -> Pair | None:
        """Return the pair of a quantity outside of a series, None if neither verb nor noun can be found for it."""
        text, rules, quantity = self._text, self._rules, context.quantity
        found = (
            rules.repeated(context)
            or rules.standard(context)
            or rules.share(context)
            or rules.part(context)
            or rules.portion(context)
            or rules.relative(context)
            or rules.each_of(context)
            or rules.paced(context)
        )
        if found:
            return found
        scale = rules.verbs.scale(context.edge, quantity)
        if scale and _DENIAL.search(text, context.edge, scale[0]):
            return None
        if scale and not self._is_bound_of_action(scale, context):
            return rules.scaled(context, scale)
        led = rules.prepositional(context)
        if led:
            return led
        context = replace(context, start=self._behind_actor(context))
        edge = without_fillers(text, context.start, quantity.lead)
        verb = rules.verbs.governing(context.start, edge)
        if verb and _DENIAL.search(text, context.edge, verb[0]):
            return None
        if verb and not (rules.verb and self._continues_list(context.edge, verb, edge)):
            return rules.governed(context, verb, edge)
        right = rules.right_noun(context)
        left = noun_between(text, context.start, edge)
        if not left and not right and text[context.clause - 1 : context.clause] == "：":
            # 营业总收入：41.27亿元: a row of a table.
            left = previous_noun(text, context.clause)
        if left and text[left[1] - 1] != "等" and (not right or quantity.kind in _MEASURED):
            return rules.noun_number(context, left)
        return (rules.number_noun(context, right) if right else None) or rules.number_verb(context)

    def _is_bound_of_action(self, scale: Span, context: Context) -> bool:
        """Say whether a verb of reaching only bounds the number of what another verb does (新建|超过5家)."""
        quantity = context.quantity
        if scale[0] < quantity.lead or self._text[quantity.lead : quantity.start] not in _BOUND_VERBS:
            return False
        governing = self._rules.verbs.governing(context.edge, quantity.lead)
        verb = self._text[slice(*governing)] if governing else ""
        if governing is None or verb in ("累计", "共计", "合计", "总计"):
            return False
        if verb == "有" or "的" in self._text[governing[1] : quantity.lead]:
            # 有进出口实绩的企业|超过1万家
            return False
        return not is_nominal(verb) or OF_PERSONS.match(self._text, governing[1]) is not None

    def _behind_actor(self, context: Context) -> int:
        """Return where the clause goes on behind the name of the organisation that acts, if it begins with one.

        某某制造工会开展…: the verbs inside the name govern nothing.
        """
        lead = context.quantity.lead
        actor = next(iter(organizations_in(self._text, context.edge, lead)), None)
        if actor and (_ACTS.search(actor.text) or self._begins_with_verb(actor.text)):
            # 全县新建基层工会|组织287个, 互派中学|生120名 are no actors.
            return context.edge
        if (
            actor
            and actor.end < lead
            and self._text[actor.end] not in tuple("员化式型")
            and not self._splits_word(actor)
            and not self._text.startswith(("干部", "会员", "职工", "组织", "企业"), actor.end)
            and not noun_between(self._text, context.edge, actor.start)
        ):
            return actor.end
        return context.edge

    def _splits_word(self, actor: Organization) -> bool:
        """Say whether what looks like an organisation ends inside a noun or verb (人均体育场|地面积, 全国办|理案件)."""
        places = range(actor.start, actor.end)
        lists = (matcher("metric_nouns"), matcher("action_verbs"))
        found = (listed.match(self._text, place) for listed in lists for place in places)
        return any(word and word.end() > actor.end for word in found)

    def _begins_with_verb(self, name: str) -> bool:
        """Say whether what looks like an organisation is a verb, or a preposition, and its object (培训工会|干部)."""
        lead = _NAME_LEAD.match(name)
        first = lead.end() if lead else 0
        if name[first : first + 1] in tuple("为向给对与将把"):
            return True
        first += name[first : first + 1] in tuple("要须应拟再共")
        verb = matcher("action_verbs").match(name, first)
        return verb is not None and len(verb.group()) >= 2 and len(name) - verb.end() >= 2 and not is_listed(name)

    def _continues_list(self, start: int, verb: Span, edge: int) -> bool:
        """Say whether a verb only begins or sits inside the next noun of a list (、绿色供应链管理企业10家)."""
        if self._text[start : start + 1] not in tuple("、和与及"):
            return False
        if self._text[start - 1 : start + 1] in ("，与", "，和", "；与"):
            # ，与学校|共建…: a preposition.
            return False
        of_persons = OF_PERSONS.match(self._text, verb[1]) is not None
        nominal = is_nominal(self._text[slice(*verb)]) and not of_persons
        return verb[0] > start + 1 or (nominal and edge > verb[1])


def inside_bracket(text: str, place: int) -> bool:
    """Say whether an offset lies inside of a bracket.

    >>> inside_bracket("汽车（货车7万辆）", 5), inside_bracket("汽车（货车）7万辆", 6)
    (True, False)
    """
    return text.rfind("（", 0, place) > text.rfind("）", 0, place)


def is_listed(name: str) -> bool:
    """Say whether a name is one of the listed organisations.

    >>> is_listed("中华全国总工会")
    True
    """
    return name in lookup("organizations", "canonical")


def find_pairs(text: str, ends: Callable[[], frozenset[int]]) -> list[Pair]:
    """Return the pairs of action and quantity in normalised text, left to right.

    Args:
        text: The normalised characters of a sentence.
        ends: A call that gives the borders of words in `text` (asked only where a quantity is found).

    >>> [(p.action, p.quantity.unit) for p in find_pairs("新建评价总站5家", lambda: frozenset())]
    [('新建', '家')]
    """
    if not _NUMERAL.search(text):
        return []
    return distributed(text, _Walk(_with_marks(text), ends).pairs())


def _with_marks(text: str) -> str:
    """Return a headline with commas for the spaces that part its halves (工会送清凉 7万职工受益)."""
    if text[-1:] in "。；！？" or not 0 < text.count(" ") <= _MOST_PARTS:
        return text
    return _PART.sub("，", text)
