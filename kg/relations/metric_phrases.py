"""Phrases around quantities in which the verb, the noun or both stand elsewhere than beside the number."""

from __future__ import annotations

import re

from kg.language.lexicon import matcher
from kg.language.patterns import pattern
from kg.relations.governing_verbs import Span
from kg.relations.metric_maker import PairMaker
from kg.relations.metric_nouns import SHORT_NOUNS, noun_behind, noun_between, without_fillers
from kg.relations.metric_types import Context, Pair
from kg.relations.metric_words import behind_verbs, is_nominal

_PORTION = pattern("metrics", "portion")
_RELATIVE = pattern("metrics", "relative")
_RELATIVE_START = pattern("metrics", "relative_start")
_SPENDING = re.compile("投入|投资|斥资|出资|耗资|筹资|拨款|集资|注资|捐资")
_STANDARD = pattern("metrics", "standard")
_TOPIC = pattern("metrics", "topic")
_ADVERBS = pattern("metrics", "adverbs_before_verb")
_PHRASE_BEFORE_VERB = pattern("metrics", "phrase_before_verb")
_PURPOSE = pattern("metrics", "purpose")
_EACH_OF = re.compile("(?:平均|人均|户均|场均|单均|亩均|日均|月均|校均|村均|均为|均价)(?:为|达到?)?")
_NOUN_TAIL = pattern("metrics", "noun_tail")
# Units that need no noun.
_WITHOUT_NOUN = ("人", "人次", "户")
# Verbs that leave it to the noun behind to say what is done.
_LIGHT = frozenset(("进行", "开展", "实施", "给予"))
_CLAUSE_END = re.compile(r"[，。；：！？）]")


class PhraseRules(PairMaker):
    """Rules for phrases that a number shares with words farther away."""

    def standard(self, context: Context) -> Pair | None:
        """按每个泊位不超过5000元|的标准给予补助: the verb stands behind the standard, its object behind the verb."""
        end = context.quantity.end
        match = _STANDARD.match(self.text, end)
        paid = self.text.startswith(("给予", "予以"), end) and self.text.startswith("按", context.clause)
        if not match and not paid:
            return None
        end = match.end() if match else end
        stop = self.clause_end(end)
        found = matcher("action_verbs").search(self.text, end, stop)
        verb = found.span() if found else None
        noun = noun_between(self.text, verb[1], stop) if verb else None
        if verb and not noun and is_nominal(self.text[slice(*verb)]):
            noun = verb
        return self.make(context, verb, noun, "standard", 0.6) if verb and noun else None

    def portion(self, context: Context) -> Pair | None:
        """其中|六成以上扎根西部, 企业中，有|四分之三存在缺口: a part of those counted before does what follows."""
        quantity = context.quantity
        if quantity.kind not in ("ratio", "count"):
            return None
        start = context.edge
        match = _PORTION.match(self.text[start : quantity.lead])
        if not match and self.text[context.clause - 1 : context.clause] == "，":
            start = max(self.clause_begin(context.clause - 1), self.last.quantity.end if self.last else 0)
            match = _PORTION.match(self.text[start : quantity.lead])
            match = match if match and match["of"] else None
        if not match or (quantity.kind == "count" and not (match["of"] and match.group().endswith("有"))):
            return None
        of = (start + match.start("of"), start + match.end("of")) if match["of"] else None
        noun = noun_between(self.text, *of) if of else self.persons()
        verb = self.verb_behind(quantity.end)
        if self.text.startswith("是", quantity.end):
            verb = (quantity.end, quantity.end + 1)
        return self.make(context, verb, noun, "portion", 0.6) if noun and verb else None

    def each_of(self, context: Context) -> Pair | None:
        """发放助学金2380万元，人均|3500元: so much of what was counted for each."""
        each = _EACH_OF.fullmatch(self.text, context.edge, context.quantity.lead)
        if not each or not self.last or self.last.quantity.kind != context.quantity.kind:
            return None
        return self.make(context, None, (self.last.object_start, self.last.object_end), "each_of", 0.5)

    def relative(self, context: Context) -> Pair | None:
        """其中24小时开放的(有)|39家: those counted before that do what the clause says."""
        quantity = context.quantity
        match = _RELATIVE.search(self.text[context.edge : quantity.lead])
        if not match or quantity.kind not in ("count", "person") or self.right_noun(context):
            return None
        noun = self.counted.get(quantity.base_unit)
        start, end = context.edge + match.start("does"), context.edge + match.end("does")
        verbs = [verb for verb in behind_verbs().finditer(self.text, start, end) if verb.end() > start + 1]
        begins = _RELATIVE_START.match(self.text, start) or (verbs and verbs[0].start() == start)
        if not noun or not verbs or not begins:
            return None
        return self.make(context, verbs[-1].span(), noun, "relative", 0.6)

    def topic_before(self, context: Context, verb: Span) -> Pair | None:
        """这样的驿站，云峰区新建了|46个: the clause before names what is counted."""
        start = self.clause_begin(context.clause - 1) if context.clause else 0
        match = _TOPIC.match(self.text, start, context.clause)
        return self.make_of(context, verb, match.span("noun"), "topic", 0.6) if match else None

    def purpose(self, context: Context, verb: Span) -> Pair | None:
        """投资5亿元|在临港建设测试基地: what the money is for."""
        match = _PURPOSE.match(self.text, context.quantity.end)
        if not match or context.quantity.kind != "money" or not _SPENDING.fullmatch(self.text, *verb):
            return None
        found = matcher("action_verbs").match(self.text, match.end())
        if not found or len(found.group()) < 2:
            return None
        stop = self.clause_end(found.end())
        more = matcher("action_verbs").match(self.text, found.end() + 1)
        if more and self.text[found.end()] in "、和":
            # 投入1.2亿元新建、改扩建|幼儿园
            found = more
        noun = noun_behind(self.text, found.end(), stop)
        return self.make_of(context, verb, noun, "purpose", 0.6) if noun else None

    def verb_behind(self, place: int) -> Span | None:
        """Return the verb behind adverbs and phrases (通过竞赛|晋升), within the clause."""
        stop = self.clause_end(place)
        # 共建 begins like an adverb.
        direct = behind_verbs().match(self.text, place, stop)
        adverbs = None if direct and len(direct.group()) > 1 else _ADVERBS.match(self.text[place:stop])
        place += adverbs.end() if adverbs else 0
        phrase = _PHRASE_BEFORE_VERB.match(self.text, place, stop)
        if phrase:
            later = [v for v in behind_verbs().finditer(self.text, place + 3, stop) if len(v.group()) >= 2]
            # 对工会服务|表示满意
            found = next((v for v in later if not is_nominal(v.group())), later[0] if later else None)
        else:
            found = behind_verbs().match(self.text, place, stop)
        if not found or len(found.group()) < 2 or _NOUN_TAIL.match(self.text, found.end()):
            return None
        if found.group() in _LIGHT:
            # 进行水质|抽检
            done = [v for v in behind_verbs().finditer(self.text, found.end(), stop) if v.end() == stop]
            found = done[0] if done else found
        return found.span()

    def doing_behind(self, noun: Span) -> tuple[Span, Span] | None:
        """Return a noun cut before its verb and the verb: 农民工|(通过培训)实现, 学生|学会了游泳."""
        direct = self.verb_behind(noun[1])
        if direct:
            return noun, direct
        if "未" in self.text[noun[0] : noun[1]]:
            # 项目|未按期开工: nothing is done.
            return None
        first = noun[0] + (1 if self.text[noun[0]] in SHORT_NOUNS else 2)
        for match in behind_verbs().finditer(self.text, first, noun[1]):
            done = self.text[match.end() : match.end() + 1] in tuple("了过“") or match.group() == "共建"
            if (
                len(match.group()) < 2
                or (is_nominal(match.group()) and not done)
                or _NOUN_TAIL.match(self.text, match.end())
            ):
                continue
            if self.text[match.end() : match.end() + 1] != "人" and self.verbs.is_word(match.start(), match.end()):
                if self.text[match.start() - 1] in "不没":
                    return None
                return (noun[0], without_fillers(self.text, noun[0], match.start())), match.span()
        return None

    def persons_doing(self, context: Context, noun: Span) -> Pair | None:
        """2.4万人|晋升技能等级: persons without a noun, and what they do."""
        done = behind_verbs().match(self.text, *noun)
        if not done or not context.quantity.unit.endswith(_WITHOUT_NOUN) or len(done.group()) < 2:
            return None
        if is_nominal(done.group()) or noun[1] - done.end() < 2:
            return None
        return self.make_of(context, done.span(), (done.end(), noun[1]), "number_verb_noun", 0.5)

    def persons(self) -> Span | None:
        """Return what was last counted."""
        return (self.last.object_start, self.last.object_end) if self.last else self.object

    def clause_end(self, place: int) -> int:
        """Return where the clause around an offset ends."""
        mark = _CLAUSE_END.search(self.text, place)
        return mark.start() if mark else len(self.text)

    def clause_begin(self, place: int) -> int:
        """Return where the clause before an offset begins."""
        return max(self.text.rfind(mark, 0, place) for mark in "，。；：！？") + 1
