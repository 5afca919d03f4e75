"""What is counted without being a metric: dates, ordinals, ages, attendance, agenda counts, prices, addresses."""

from __future__ import annotations

import re

from kg.language.lexicon import ending_matcher
from kg.language.patterns import pattern
from kg.language.quantities import Quantity
from kg.relations.metric_words import metric_words

_ABSTRACT = pattern("metric_filters", "abstract")
_ATTENDANCE = pattern("metric_filters", "attendance")
_ATTENDING = pattern("metric_filters", "attending")
_IDIOM = pattern("metric_filters", "idiom")
_PRICE = pattern("metric_filters", "price")
_SPORTS_EVENT = pattern("metric_filters", "sports_event")
_DURATION = pattern("metric_filters", "duration")
_FREQUENCY = pattern("metric_filters", "frequency")
_DEEDS = pattern("metric_filters", "deeds")
_PROMISED = re.compile("(?:[办抓做]好|办|抓|实施|是|有)$")
_SESSION = pattern("metric_filters", "session")
_TASKS = pattern("metric_filters", "tasks")
_CLOCK_MINUTE = pattern("metric_filters", "clock_minute")
_AGENDA_POINT = pattern("metric_filters", "agenda_point")
_ORDINAL_OR_RATIO = pattern("metric_filters", "ordinal_or_ratio")
_SIZED = pattern("metric_filters", "sized")
_SIZED_AND_COUNTED = pattern("metric_filters", "sized_and_counted")
_CLAUSE_END = re.compile(r"[，。；]")
_TWO_HAN_AT_END = re.compile(r"[\u4e00-\u9fff]{2}$")

_BEFORE_BARE = pattern("metric_filters", "before_bare")
_ONE_FOLD = pattern("metric_filters", "one_fold")
_BEFORE_ONE = pattern("metric_filters", "before_one")
_CRASH = pattern("metric_filters", "crash")
_COMES_FROM = pattern("metric_filters", "comes_from")
# What is counted by ones in a list of results.
_LISTED_MEASURES = frozenset("座所家项支台辆套处栋枚部件片座幢艘架")

# 百亿元的口号: only said.
_SAYING = re.compile(r"的(?:总?成绩|高分|总分|比分|战绩)|的?(?:口号|说法|传言|传闻|谣言|谎言)")
_SCALES = frozenset(("十", "百", "千", "万", "亿"))
_RATE_NEXT = re.compile(r"死亡率|GDP|国内生产总值|地区生产总值|产值|工业|增加值|营业收入")
_SCALED_SIZE = re.compile(r"以[上下]的?[\u4e00-\u9fff]{2}")
_PERIOD_AT_END = re.compile(r"(?:(?:今|去|明|前|本|当|全)年|上半年|下半年|目前|同时|其中)$")
_SMALL_NUMERALS = frozenset("一二两三四五六七八九十")
_GENERAL_MEASURES = frozenset(("个", "项", "种", "类", "方面", "大类"))
# 20家以上|企业: the measure of what is counted, not its size.
_COUNTED_BY = frozenset("家个户所")
_CONDITION = re.compile(r"^(?:对于?|凡|针对|面向)")
_CONDITIONED = re.compile(r"的(?!标准|比例|额度|幅度)[\u4e00-\u9fff、]{2,16}?(?:，|给予|予以|每|按)")
# 每半年|1次: only how often; 每年4次 is a task.
_OFTEN = 2
# 二|类, 一二|类: an ordinal; two of a kind are 两.
_ORDINAL_TWO = frozenset(("二", "一二", "二三"))
# How many characters around a quantity tell what it counts.
_WINDOW = 16


def is_metric(text: str, quantity: Quantity) -> bool:
    """Say whether a quantity counts something that a reader would call a metric.

    Args:
        text: The normalised characters of the sentence.
        quantity: A quantity found in it.

    >>> from kg.language.quantities import find_quantities
    >>> [is_metric(text, find_quantities(text)[0]) for text in ("新建评价总站5家", "提出三点意见", "300余人参会")]
    [True, False, False]
    """
    if quantity.kind in ("date", "age", "ordinal"):
        return False
    before = text[max(0, quantity.start - _WINDOW) : quantity.lead]
    if quantity.kind == "bare":
        # 收入48亿: 万 and 亿 alone count where a noun or verb stands before them.
        scaled = quantity.unit.endswith(("万", "亿")) and quantity.value_text[:1] not in ("", "数", "几")
        return scaled and _BEFORE_BARE.search(before) is not None
    if quantity.kind == "time":
        return quantity.unit not in ("年", "天会期") and _DURATION.search(before) is not None
    if quantity.value_text == "一" and (_ONE_FOLD.search(before) or _is_listed_one(text, quantity, before)):
        return True
    if quantity.value_text in ("一", "几", "数", "半") or (not quantity.unit and quantity.kind != "ratio"):
        return False
    if quantity.value_text in _ORDINAL_TWO and quantity.kind in ("count", "person"):
        return False
    after = text[quantity.end : quantity.end + _WINDOW]
    return not (
        _is_idiom(text, quantity)
        or _tells_time(quantity, before)
        or _counts_agenda(quantity, before, after)
        or _names_something(text, quantity, after)
        or _counts_attendance(text, quantity, before)
        or _is_rate(text, quantity, before)
        or is_size(text, quantity)
        or _ORDINAL_OR_RATIO.search(before)
        or _SAYING.match(after)
    )


def _is_listed_one(text: str, quantity: Quantity, before: str) -> bool:
    """建成灯塔工厂一座: of a list of results, a noun before and a mark behind."""
    if quantity.kind != "count" or text[quantity.end : quantity.end + 1] not in ("", *"，。；、"):
        return False
    if ending_matcher("action_verbs").search(before):
        return False
    return quantity.unit in _LISTED_MEASURES and _BEFORE_ONE.search(before) is not None


def _is_idiom(text: str, quantity: Quantity) -> bool:
    """千家万户, 三农, 一期期间: the numeral is part of a set phrase."""
    small = quantity.value_text in _SMALL_NUMERALS
    if small and (quantity.unit == "期" or quantity.unit in metric_words("idiom_measure")):
        return True
    return text[quantity.end - 1 : quantity.end + 1] == "期间" or _IDIOM.match(text, quantity.start) is not None


def _counts_agenda(quantity: Quantity, before: str, after: str) -> bool:
    """四点意见, 三个方面: the quantity counts points of a speech or an agenda."""
    if quantity.unit == "点" and _AGENDA_POINT.match(after):
        return True
    if quantity.unit == "次" and _SESSION.match(after):
        # 人大三次|会议
        return True
    if quantity.unit == "次" and quantity.value and quantity.value < _OFTEN and _FREQUENCY.search(before):
        return True
    if quantity.unit == "件" and _DEEDS.match(after) and _PROMISED.search(before):
        return True
    if quantity.unit in ("项", "条", "个") and _TASKS.match(after):
        return True
    if after.startswith(("方面", "维度", "层面", "角度", "环节")) or quantity.unit == "方面":
        return True
    if quantity.value_text not in _SMALL_NUMERALS or quantity.unit not in _GENERAL_MEASURES:
        return False
    return bool(_ABSTRACT.match(after)) or not _TWO_HAN_AT_END.search(_PERIOD_AT_END.sub("", before))


def _names_something(text: str, quantity: Quantity, after: str) -> bool:
    """9时30分, 两部门, 100米跑: the quantity is part of a time of day, of a name, or of the name of a contest."""
    if quantity.unit == "分" and _CLOCK_MINUTE.search(text, 0, quantity.start):
        return True
    if after.startswith("组成") and text.endswith("由", 0, quantity.lead):
        return True
    if quantity.kind in ("mass", "money") and quantity.value_text in _SCALES and _RATE_NEXT.match(after):
        # 百万吨死亡率: a rate.
        return True
    if quantity.unit == "车" and _CRASH.match(after):
        return True
    if quantity.unit == "处" and after.startswith("处"):
        # 干部四处|处长
        return True
    if quantity.unit == "章" or (quantity.unit == "条" and text[quantity.start - 1 : quantity.start] == "章"):
        # 条例共8章56条
        return True
    if quantity.unit == "部":
        # At the end of the sentence 部 counts nothing either.
        return after[:1] in ("", "门", "委")
    return quantity.kind == "length" and _SPORTS_EVENT.match(after) is not None


def _counts_attendance(text: str, quantity: Quantity, before: str) -> bool:
    """近百人参会: the quantity counts who attended."""
    if quantity.kind not in ("person", "count"):
        return False
    if _ATTENDING.search(before):
        return True
    clause_end = _CLAUSE_END.search(text, quantity.end)
    return _ATTENDANCE.search(text[quantity.end : clause_end.start() if clause_end else None]) is not None


def _tells_time(quantity: Quantity, before: str) -> bool:
    """晚上7点: an hour of the day."""
    return quantity.unit == "点" and before.endswith(
        (
            "上午",
            "下午",
            "晚上",
            "凌晨",
            "清晨",
            "深夜",
            "午夜",
            "夜里",
            "当晚",
            "今早",
            "中午",
            "早上",
            "早晨",
            "傍晚",
            "日",
        )
    )


def before_clause(text: str, place: int) -> str:
    """Return the characters from the last mark before an offset up to it.

    >>> before_clause("今年，新建5家", 5)
    '新建'
    """
    return text[max(text.rfind(mark, 0, place) for mark in "，；。：") + 1 : place]


def is_size(text: str, quantity: Quantity) -> bool:
    """Say whether a quantity only tells which things are meant: 百人以上企业建会率, 百亿元项目3个, 来自31个国家.

    >>> from kg.language.quantities import find_quantities
    >>> is_size("培育10亿元以上企业5家", find_quantities("培育10亿元以上企业5家")[0])
    True
    """
    after = text[quantity.end : quantity.end + _WINDOW]
    if (
        text.startswith(("以上", "以下"), quantity.end - 2)
        and _SIZED.match(after)
        and quantity.unit[-1:] not in _COUNTED_BY
    ):
        return True
    if _CONDITION.search(before_clause(text, quantity.lead)) and _CONDITIONED.match(after):
        # 对年服务超过1万人次的助餐点，: who is meant.
        return True
    if after.startswith("级") or (quantity.value_text in _SCALES and _SCALED_SIZE.match(text, quantity.unit_end)):
        # 10万吨级码头, 百人以上民办学校
        return True
    if (quantity.kind == "money" or quantity.bound) and _SIZED_AND_COUNTED.match(after):
        return True
    return _COMES_FROM.search(text, 0, quantity.lead) is not None


def _is_rate(text: str, quantity: Quantity, before: str) -> bool:
    """每张80元, 某局长一行5人: a price, a rate, a delegation."""
    if (
        before.endswith(("一行", "每", "每千", "每百", "每万", "上述", "上列", "前述", "一式"))
        or text[quantity.start - 1 : quantity.start] == "每"
    ):
        return True
    return _PRICE.search(before) is not None
