"""Verbs around quantities: the one that governs a number, the one that scales it, the one behind its noun."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.language.lexicon import matcher
from kg.language.normalize import is_han
from kg.language.patterns import pattern
from kg.language.quantities import Quantity
from kg.language.title_marks import inside_title
from kg.relations.metric_words import (
    OF_PERSONS,
    change_of,
    is_filler,
    is_nominal,
    metric_words,
    scale_verb_at_end,
    verbs,
)

# View offsets, half-open.
Span = tuple[int, int]

_NOUN_TAIL = pattern("metrics", "noun_tail")
_NOT_COPULA = pattern("metrics", "not_copula")
_FILLERS_BEFORE_NUMBER = pattern("metrics", "fillers_before_number")
_ADVERBIAL = pattern("metrics", "adverbial_before_verb")
_ADVERBS = pattern("metrics", "adverbs_before_verb")
_COMPOUND_TAIL = pattern("metrics", "compound_tail")
_RATIO_NOUN = pattern("metrics", "ratio_noun")
_AGENTS = pattern("metrics", "agents")
_BODIES = pattern("metrics", "bodies")
_SUBJECT_END = pattern("metrics", "subject_end")
_COMPOUND_NOUN = pattern("metrics", "compound_noun")
_MEASURE_NOUN = pattern("metrics", "measure_noun")

# 为职工|办实事, 在周边|打水井
_PREPOSED = re.compile(r"(?:为|给|在|向|再|还)[^，]{0,12}$")
# What makes 获, 设 and 有 part of another word when it stands directly before or after them.
_NOT_BEFORE = {"设": frozenset("建开增创摆架"), "有": frozenset("没拥现所具享含持国私公占自")}
_NOT_BEHIND = {"获": "得取奖悉批评益知选准", "设": "计备施立置有想法定防区点站", "有": "效关限序力机望利色毒害待意的"}
# 新增, 锐减, 裁减: the single verb is the end of another word.
_COMPOUND_HEADS = frozenset("新净递锐激剧加缩裁削下骤陡")
# Marks and adverbs directly before a single character that is a verb.
_BEFORE_SINGLE = frozenset("，、；已共将并年内再又还要拟仍可各曾新会月")
# Not names of a trade.
_NO_TRADE = frozenset(("企业", "专业", "作业", "就业", "毕业", "创业"))
_MEASURE_ENDINGS = frozenset("率值量额数度比业")
# “送教进校”活动: quotation marks around a name, not around what somebody says.
_QUOTED_NAME = re.compile(r"“[^”，。；]{0,10}$")
_END_OF_QUOTED_NAME = re.compile(r"[^“，。；]{0,10}”")
_SUPPORTING = frozenset(("支持", "推动", "推进", "鼓励", "引导", "扶持"))
_COORDINATION = frozenset(("", "或", "、", "和", "并", "及", "了", "完成", "开展"))
# Verbs that scale a number only where no verb before them says what is done (完成投资|累计5亿元).
_WEAK_SCALE_VERBS = frozenset(("实现", "累计", "共计", "合计", "总计", "减负", "减支", "增收"))


# Verbs of doing that also say that a ratio is reached.
_REACHING = frozenset(("覆盖", "占", "实现", "完成", "达成", "取得", "获得", "保持", "占有", "占据"))
_GROWING = frozenset(("新增", "净增"))
# Verbs of works, behind 其中 too (其中改造小区5个).
_WORKS = frozenset(("改造", "建设", "治理", "整治", "维修", "绿化", "修复"))
_TOTAL_VERBS = frozenset(("累计", "共计", "合计", "总计"))

# 完成后, 成立以来: a verb before them only tells when.
_TEMPORAL = ("期间", "前完成", "前须", "前应", "前，", "后", "以来", "之初", "之后", "过程中", "高峰期")


class VerbFinder:
    """Finds the verbs of one sentence.

    Args:
        text: The normalised characters of the sentence.
        ends: A call that gives the borders of words in `text`; asked only where a single character may be a verb.

    >>> VerbFinder("新建评价总站5家", lambda: frozenset()).governing(0, 6)
    (0, 2)
    """

    def __init__(self, text: str, ends: Callable[[], frozenset[int]]) -> None:
        self._text = text
        self._ends = ends

    def governing(self, start: int, end: int) -> Span | None:
        """Return the verb in `text[start:end]` whose object is counted, None if there is none."""
        text = self._text
        groups: list[Span] = []
        counted_part = text.startswith("其中", start)
        of_ratio = _RATIO_NOUN.search(text, start, end)
        for match in verbs().finditer(text, start, end):
            first, after = match.span()
            if not self._is_verb(start, first, after):
                continue
            counted = counted_part and match.group() not in _WORKS
            if is_nominal(match.group()) and (counted or _MEASURE_NOUN.match(text, after, end)):
                # 其中出口5亿元, 研发投入强度5%: the verb is part of the noun.
                continue
            if match.group() in metric_words("intransitive_verb") and end - after >= 2:
                continue
            if of_ratio and match.group() not in _REACHING and change_of(match.group()) == "level":
                continue
            if text.rfind("（", start, first) > text.rfind("）", start, first):
                # 博物馆（陈列馆）
                continue
            if match.group() in _TOTAL_VERBS and verbs().match(text, after, end):
                # 累计|完成: only the second verb does anything.
                continue
            if groups:
                between = text[groups[-1][1] : first]
                supports = text[slice(*groups[-1])] in _SUPPORTING
                if text[after : after + 1] == "的" or (between == "" and is_nominal(match.group()) and not supports):
                    # 举办|新获批的18个大赛: a relative clause governs nothing.
                    # 完成|投资305亿元, 举办|培训班20期: the second verb belongs to what is counted.
                    continue
                subject = between == "" and after == end and is_nominal(text[slice(*groups[-1])])
                having = text[slice(*groups[-1])] == "有" and is_nominal(match.group())
                if between in _COORDINATION and not subject and not having:
                    groups[-1] = (groups[-1][0], after)
                    continue
            groups.append((first, after))
        if not groups and text.startswith("了", end) and end > start and text[end - 1] not in "为除罢算极":
            # 光电费就省|了80万元: a character before 了 is a verb.
            return (end - 1, end) if is_han(text[end - 1]) else None
        return self._choose(groups, end) if groups else None

    def scale(self, start: int, quantity: Quantity) -> Span | None:
        """Return the verb of reaching or changing directly before a number, None if there is none.

        Args:
            start: The offset at which the clause, or what is left of it, begins.
            quantity: The number.
        """
        text = self._text
        found = self._scale_span(start, quantity)
        if found is None:
            return None
        first, _ = found
        verb = text[slice(*found)]
        if verb == "为" and _NOT_COPULA.search(text, start, first):
            return None
        if verb == "过" and (quantity.kind != "ratio" or text[first - 1] in "超经通路渡胜跨越"):
            return None
        if verb in ("增", "减", "降", "超", "翻") and first > start and text[first - 1] in _COMPOUND_HEADS:
            return None
        if verb in _WEAK_SCALE_VERBS and verb != "实现" and self.governing(start, first):
            return None
        return found

    def behind(self, start: int, stop: int) -> Span | None:
        """Return the verb that begins at `start` or behind adverbs there (已|取得), None if there is none."""
        adverbs = _ADVERBS.match(self._text[start:stop])
        place = start + (adverbs.end() if adverbs else 0)
        match = matcher("action_verbs").match(self._text, place)
        if not match or len(match.group()) < 2 or _NOUN_TAIL.match(self._text, match.end()):
            return None
        if match.group() in metric_words("bound_verb"):
            return None
        return (place, match.end())

    def is_word(self, first: int, after: int) -> bool:
        """Say whether characters are a word where they stand."""
        ends = self._ends()
        return first in ends and after in ends

    def _is_verb(self, start: int, first: int, after: int) -> bool:
        """Say whether a listed verb is one where it stands: not part of a noun, and not only a condition (完成后)."""
        single = after - first == 1
        verb = self._text[first:after]
        if single and not (verb in metric_words("single_verb") and self._stands_alone(start, first, after)):
            return False
        if _QUOTED_NAME.search(self._text, start, first) and _END_OF_QUOTED_NAME.match(self._text, after):
            # “送教进校”活动: a verb in quotation marks is part of a name.
            return False
        return not self._is_in_noun(first, after) and not self._text.startswith(_TEMPORAL, after)

    def _is_in_noun(self, first: int, after: int) -> bool:
        """Say whether a verb's characters belong to a noun: 增加值, 进出口总额, 覆盖率."""
        if self._text[first:after] in ("新增", "净增"):
            return False
        if _NOUN_TAIL.match(self._text, after):
            return True
        if self._text[first:after] == "组织" and _BODIES.search(self._text, 0, first):
            return True
        if is_nominal(self._text[first:after]) and _COMPOUND_TAIL.match(self._text, after):
            return True
        if _COMPOUND_NOUN.match(self._text, first):
            return True
        nouns = matcher("metric_nouns")
        for place in range(max(0, first - 12), first + 1):
            match = nouns.match(self._text, place)
            if not match or match.end() <= first or len(match.group()) <= after - first:
                continue
            # A noun that begins with the verb contains it only if it ends like a measure (投资|额).
            result = self._text[first:after] in metric_words("result_verb")
            if place < first or (
                match.group()[-1] in _MEASURE_ENDINGS and match.group()[-2:] not in _NO_TRADE and not result
            ):
                return True
        return inside_title(self._text, first)

    def _stands_alone(self, start: int, first: int, after: int) -> bool:
        """Say whether a single character is a verb by itself."""
        character, before, following = self._text[first], self._text[first - 1 : first], self._text[after : after + 1]
        if character == "获":
            # At the end of the text nothing is got.
            return following not in _NOT_BEHIND[character]
        if character == "设":
            return following not in _NOT_BEHIND[character] and before not in _NOT_BEFORE[character]
        if character == "有":
            return before not in _NOT_BEFORE[character] and following not in tuple(_NOT_BEHIND[character])
        if following == "了" and (first == start or before in _BEFORE_SINGLE):
            return True
        if first != start and before not in _BEFORE_SINGLE and not _PREPOSED.search(self._text, start, first):
            return False
        ends = self._ends()
        return (first in ends or before in tuple("已再可")) and after in ends

    def _choose(self, groups: list[Span], end: int) -> Span:
        """Return the verb group that governs: the first, unless it only introduces a later one."""
        chosen = groups[0]
        for group in groups[1:]:
            if self._gives_way(chosen, group, end):
                chosen = group
        return chosen

    def _gives_way(self, chosen: Span, group: Span, end: int) -> bool:
        """Say whether a verb governs less than a later one of its clause."""
        text = self._text
        between, rest = text[chosen[1] : group[0]], end - group[1]
        if "，" in between or between.endswith(("并", "的", "系", "由于")):
            return True
        relative = between.startswith("的") and not is_nominal(text[slice(*group)])
        if len(between) >= 3 and (relative or (_SUBJECT_END.search(between) and not between.startswith("了"))):
            # 铺排的市级项目|完成投资, 承办单位应|配备: the first verb stands in the subject of the second.
            return text[group[1] : group[1] + 1] != "的"
        if text[group[1] : group[1] + 1] == "的":
            return False
        verb, later = text[slice(*chosen)], text[slice(*group)]
        if verb in _TOTAL_VERBS and not is_nominal(later):
            return True
        if is_nominal(later) and rest:
            # 扶持|养殖户: a later verb that is as often part of a noun is that.
            close = between == "" or OF_PERSONS.match(text, group[1]) or _AGENTS.search(between)
            return verb in metric_words("pivot_verb") and rest != 1 and bool(close)
        if rest == 0:
            # 快递业务量|完成, 车间已|建成: what stands before the verb beside the number is its subject.
            if verb in metric_words("pivot_verb") and (not between or is_filler(between)):
                # 争取明年再|拿下10项
                return True
            if later in _GROWING and len(between) >= 2 and is_han(text[group[0] - 1]):
                # 建会企业|新增312家
                return True
            adverbial = len(between) >= 4 and _ADVERBIAL.search(text, chosen[0], group[0])
            return is_nominal(verb) or later in metric_words("result_verb") or "了" in between or bool(adverbial)
        return is_nominal(verb) or verb in metric_words("pivot_verb") or later in metric_words("result_verb")

    def _scale_span(self, start: int, quantity: Quantity) -> Span | None:
        text = self._text
        # 不超过, 至少: what the bound denies or limits is not reached.
        limited = (
            quantity.lead < quantity.start
            and text[quantity.lead] in "不未至最"
            and not text.startswith("不足", quantity.lead)
        )
        if text[start : quantity.lead] in ("至", "到"):
            # 回升0.1个百分点，至56.3%
            return (start, quantity.lead)
        for edge in (quantity.lead,) if limited else (quantity.lead, quantity.start):
            fillers = _FILLERS_BEFORE_NUMBER.search(text, start, edge)
            place = fillers.start() if fillers else edge
            match = scale_verb_at_end().search(text, start, place) or scale_verb_at_end().search(text, start, edge)
            if match and match.group() in _TOTAL_VERBS and edge < quantity.start and not limited:
                # 累计|突破20亿元
                later = scale_verb_at_end().search(text, edge, quantity.start)
                match = later or match
            if match:
                return match.span()
        return None
