"""What is counted without being a metric: dates, ordinals, ages, attendance, agenda counts, prices, addresses."""

from __future__ import annotations

import re

from kg.language.quantities import Quantity

_CHINESE_SMALL = re.compile(r"^[一二两三四五六七八九十]$")
_ABSTRACT = re.compile(
    r"^(?:方面|平台|意见|要求|原则|重点|问题|体系|建议|环节|阶段|部分|统一|专题|层面|维度|坚持|聚焦|关键|机制|转变|关系|结合|着力|突出|强化|提升|围绕|必须|维护|确立|自信|意识|代表|全面|不|更|大|工作|任务|举措|措施|议题|议程|单元|篇章|板块|内容|特点|亮点|优势|抓手|目标|方向|课题|主题|角度|步骤|类别|领域|报告|决议|议案|文件|字|词|规范|一流|中心|支撑|保障|行动|工程|清单|中国式|百年|时代)"
)
_ATTENDANCE = re.compile(r"参会|参加(?:了)?(?:本次|此次|会议|活动|仪式|开幕|闭幕|论坛|大会|座谈|培训班|典礼|年会|学习|研讨|启动)|出席|到会|与会|应到|实到|到场|列席|参加$|现场观看|观摩|旁听")
_ATTENDING = re.compile(r"(?:应到|实到|应出席|实际出席|出席|到会|参会|与会|列席|实有|因事因病请假)[\u4e00-\u9fff]{0,8}$")
_IDIOM = re.compile(r"千家万户|百年|千方百计|万众|一带一路|三个代表|四个全面|五位一体|两个维护|三农|四好农村路|百花齐放|一站式|一体化|千军万马|百尺竿头|半边天|万家灯火|一线|一次会议|一级|二级|三级|一次性|两手抓|一把手|一流")
_PRICE = re.compile(r"(?:票价|单价|售价|定价|每张|每份|门票|收费标准|零售价)(?:为|是|仅)?$")
_EVENT_LENGTH = re.compile(r"^(?:跑|栏|障碍|接力|自由泳|蛙泳|仰泳|蝶泳|混合泳|步枪|气步枪|手枪|跳台|跳板|单人|双人|女子|男子|决赛|赛)")
_DURATION_VERB = re.compile(r"(?:缩短|压缩|压减|减少|提前|延长|节省|节约|平均|工期|时长|时间)[^，。；]{0,6}$")


def is_metric(text: str, quantity: Quantity) -> bool:
    """Say whether a quantity counts something that a reader would call a metric.

    Args:
        text: The normalised characters of the sentence.
        quantity: A quantity found in it.
    """
    after = text[quantity.end : quantity.end + 16]
    before = text[max(0, quantity.start - 16) : quantity.lead]
    clause = re.split(r"[，。；]", text[quantity.end :], maxsplit=1)[0]
    if quantity.kind in ("date", "age", "ordinal", "bare"):
        return False
    if quantity.kind == "time":
        return bool(_DURATION_VERB.search(before)) and quantity.unit not in ("年", "天会期")
    if quantity.value_text in ("一", "几", "数", "半") or not quantity.unit and quantity.kind != "ratio":
        return False
    if text[quantity.end - 1 : quantity.end + 1] == "期间" or _IDIOM.match(text, quantity.start):
        return False
    if _CHINESE_SMALL.match(quantity.value_text):
        if quantity.unit in ("点", "大", "条", "度", "分", "手", "级", "面", "路", "章", "字", "句", "句话", "版", "口", "头", "力", "班", "副", "把", "站", "部", "道", "边", "本", "轮"):
            return False
        if quantity.unit in ("个", "项", "种", "类", "方面", "大类") and (_ABSTRACT.match(after) or not re.search(r"[\u4e00-\u9fff]{2}$", before)):
            return False
    if quantity.unit == "期" and _CHINESE_SMALL.match(quantity.value_text):
        return False
    if quantity.unit == "分" and re.search(r"(?:[时点]|小时)$", text[: quantity.start]) or quantity.unit == "部" and after[:1] in "门委":
        return False
    if quantity.unit == "点" and re.match(r"(?:意见|要求|建议|希望|看法)", after):
        return False
    if quantity.kind in ("person", "count") and (_ATTENDANCE.search(clause) or _ATTENDING.search(before)):
        return False
    if quantity.kind == "length" and _EVENT_LENGTH.match(after):
        return False
    if _PRICE.search(before) or before.endswith(("一行", "每", "每千", "每百", "每万")) or text[quantity.start - 1 : quantity.start] == "每":
        return False
    return not re.search(r"第[一二三四五六七八九十百\d]*$|(?:\d[:：]|[比])$", before)
