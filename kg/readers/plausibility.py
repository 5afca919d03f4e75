"""How much a decoded text looks like Chinese: the measure by which GB18030 is told from Big5."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from functools import cache

# Characters that news and official texts are full of, chosen by hand for this measure, grouped by use.
_COMMON_SIMPLIFIED = (
    "的一是在不了有和人这中大为上以我到他会也就要对出可能他们你她自己那都而与及其或被把从将向由于之所个些么吗呢"
    "二三四五六七八九十百千万亿零两第年月日时分秒今明前后新旧多少高低长小老全各每又再最更已并还只但因此如果则等"
    "国家省市县区乡镇村街道路京沪津渝广东西南北江河湖海山天地州港台湾城华民族共产党员委书记主席总理部局厅处科室办"
    "公司集团企业厂行协会联合工作人大政府院学校大学中心所队社银医法检察机关单位组织代表团副长任职务事董监经理负责同志"
    "先生女士记者专家教授师生员工群众青年儿童男女名姓王李张刘陈杨赵黄周吴徐孙"
    "开展召发布印通知关于意见决定办法规定方案报告讲话出席参加举行召开会议主持指出强调要求推进加强提高实施建设完成达到"
    "增长下降超过目标任务计划项目工程平台基地重点能力质量技术产业经济社会文化教育科研生活动改革创新服务管理制度体系安全"
    "环境保护生态农林业交信息网络数据市场投资金融收入价格元人次号位件家台条例表本期点面度量率"
    "来去入过下进看说问想知道做用使得让给成为当起气水火电力车物品口心手头身体目言语文字名情感思想理实现真正好美"
    "特别非常同样非无很太快深远近内外间里左右方式样类种形象原因结果问题解决条件基础根据按照通过由此其中"
)
_COMMON_TRADITIONAL = (
    "為會對這們與將從個麼嗎兩萬億後時還則國縣區鄉鎮東灣華產黨員書記總廳處辦團企業廠協聯學銀醫檢關單組織"
    "長務董監經負責專師眾兒張劉陳楊趙黃吳孫開發佈見決規報講話參舉議強調實設達計劃項標點質術濟社動創網絡數據"
    "場資價號來過進說問體語愛樂無遠間樣類種結題條臺灣車現幾當氣電應該"
)
_PUNCTUATION = "，。、：；“”‘’「」『』《》〈〉（）！？—…·　％０１２３４５６７８９【】"

# Natural logarithms of the chance of one given character of each class: round numbers that sum to about 1.
_LOG_COMMON = math.log(0.60 / 600)
_LOG_PUNCTUATION = math.log(0.12 / 50)
_LOG_ASCII = math.log(0.10 / 100)
_LOG_STANDARD = math.log(0.18 / 6000)
_LOG_RARE = math.log(0.01 / 25000)
_LOG_FOREIGN = math.log(0.0005 / 5000)
_LOG_WRONG = math.log(1e-12)

SAMPLE_LENGTH = 1_000_000
PLAUSIBLE = -11.5


def _decoded_rows(encoding: str, leads: range, trails: range) -> set[str]:
    """Return the characters that the two-byte codes of a national standard stand for."""
    codes = (bytes((lead, trail)) for lead in leads for trail in trails)
    return {character for code in codes for character in code.decode(encoding, "ignore") if ord(character) > 0x7F}


@cache
def _log_chances() -> dict[str, float]:
    # Level 1 of GB 2312-80 (rows 16-55) and of Big5 (0xA440-0xC67E) hold the characters of everyday use.
    standard = _decoded_rows("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF))
    standard |= _decoded_rows("big5", range(0xA4, 0xC7), range(0x40, 0xFF))
    table = dict.fromkeys(standard, _LOG_STANDARD)
    table.update(dict.fromkeys(_COMMON_SIMPLIFIED + _COMMON_TRADITIONAL, _LOG_COMMON))
    table.update(dict.fromkeys(_PUNCTUATION, _LOG_PUNCTUATION))
    table.update(dict.fromkeys([*map(chr, range(0x20, 0x7F)), "\t", "\n", "\r"], _LOG_ASCII))
    return table


@cache
def _log_chance_outside(character: str) -> float:
    """Return the logarithm of the chance of a character that the table does not list."""
    if unicodedata.category(character) in {"Co", "Cn", "Cc", "Cs"} or character == "\ufffd":
        return _LOG_WRONG
    return _LOG_RARE if is_han(character) else _LOG_FOREIGN


def is_han(character: str) -> bool:
    """Say whether a character is a Chinese character (CJK unified ideograph, extensions included).

    >>> is_han("张"), is_han("ア"), is_han("，")
    (True, False, False)
    """
    return "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff"


def _log_chance(character: str) -> float:
    chances = _log_chances()
    return chances[character] if character in chances else _log_chance_outside(character)


def log_likelihood(text: str) -> float:
    """Return the logarithm of the chance of a text under a unigram model of Chinese character classes.

    Two readings of the same bytes are compared by it: the larger is the likelier (naive Bayes, no prior).

    Args:
        text: A decoded text; the first million characters are looked at.

    >>> right, wrong = "会长出席", "会长出席".encode("gb18030").decode("cp950", "replace")
    >>> log_likelihood(right) > log_likelihood(wrong)
    True
    """
    return math.fsum(count * _log_chance(one) for one, count in Counter(text[:SAMPLE_LENGTH]).items())


def plausibility(text: str) -> float:
    """Return the mean log-likelihood of the characters beyond printable ASCII (about -8 for Chinese, -13 for noise).

    >>> plausibility("会长张三出席会议。") > PLAUSIBLE > plausibility("\\ue000꾀ⷿ")
    True
    """
    counts = {one: count for one, count in Counter(text[:SAMPLE_LENGTH]).items() if not _is_plain_ascii(one)}
    total = sum(counts.values())
    return math.fsum(count * _log_chance(one) for one, count in counts.items()) / total if total else _LOG_ASCII


def _is_plain_ascii(character: str) -> bool:
    return " " <= character <= "~" or character in "\t\n\r"
