"""The line below a headline that says when, where from and by whom: one line, read into its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from kg.readers.dates import CLOCK, find_date

# How much a date can be trusted as the date of publication, by its label; an unlabelled date comes second.
_TIME_LABELS = {
    **dict.fromkeys(("发布时间", "发布日期", "发布于", "发稿时间", "发稿日期", "发表时间", "发表日期", "发表于"), 0),
    **dict.fromkeys(("時間", "日期", "时间", "發布時間", "發布日期", "公开日期", "公开时间"), 1),
    **dict.fromkeys(("印发日期", "发文日期", "发文时间", "成文日期", "生成日期", "添加时间", "上传时间"), 2),
    **dict.fromkeys(("更新时间", "更新日期", "录入时间", "编辑时间", "提交时间"), 3),
}
_SOURCE_LABELS = (
    *("信息来源", "文章来源", "稿件来源", "新闻来源", "内容来源", "来源", "來源", "稿源", "出处"),
    *("发布机构", "发布单位", "发布者", "信息提供"),
)
_AUTHOR_LABELS = ("文章作者", "作者", "撰稿人", "撰稿", "撰文")
_OTHER_LABELS = (
    *("点击次数", "点击数", "点击量", "点击率", "点击", "浏览次数", "浏览数", "浏览量", "浏览", "阅读次数"),
    *("阅读数", "阅读量", "阅读", "访问次数", "访问量", "人气", "字体大小", "字体", "字号", "责任编辑", "责编"),
    *("编辑", "审核", "校对", "分享到", "分享", "评论数", "评论", "关键字", "关键词", "點擊", "瀏覽"),
)
# The fields of the box above the documents of governments.
_BOX_LABELS = ("索引号", "主题词", "主题分类", "发文机关", "发文字号", "文号", "体裁", "有效性", "发布人", "名称")
_WEAK_LABELS = {"时间", "日期", "時間"}
_GAP = "[ \\u3000]{0,4}"


def _label_pattern() -> re.Pattern[str]:
    labels = sorted(
        (*_TIME_LABELS, *_SOURCE_LABELS, *_AUTHOR_LABELS, *_OTHER_LABELS, *_BOX_LABELS), key=len, reverse=True
    )
    # Pages pad short labels with spaces so that they line up (时 间：).
    return re.compile("(" + "|".join(_GAP.join(label) for label in labels) + r")\s*[:：]")


_LABEL = _label_pattern()
_VALUE_END = re.compile(
    r"[|｜丨│【\[［]|\s{2,}|[\t\u3000]|\s\d{4}\s*年|\s(?:字体|字号|打印|关闭|收藏|分享|浏览|阅读|点击)"
)
_EDGE = " \t\u3000:：,，;；/·-—|｜丨()（）[]【】"
_NOBODY = {"无", "未知", "暂无", "null", "NULL", "None", "佚名", "-"}
_CLOCK = re.compile(CLOCK)
_CLOCK_ONLY = re.compile(f"(?:{CLOCK})?[\\s)）\\]】]*")
_ITEM_START = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}\s*[、.．)）]")
_EVENT_LABEL = re.compile(r"(?:会议|活动|报名|参会|培训)?(?:地点|地址|主题|对象|内容|会场|主办|承办)\S{0,4}[:：]")
LONGEST_HEADER = 200
LONGEST_HEAD = 25
LONGEST_CAPTION = 60
_LONGEST_NAME = 20
_LINE = re.compile(r"[^\r\n]+")
_MARK = re.compile(r"来源|版权|[Cc]opyright|©|ICP|公网安备|首页|关于我们|上一[篇条]|下一[篇条]|责任编辑")
_MOST_LINES = 50_000
_LINES_AT_ENDS = 5_000
_LONGEST_END = 1_000_000
_BREAK = re.compile(r"[\r\n]")


class Line(NamedTuple):
    """A line of a text without its line break: offsets, and the text without white space and table bars around it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Header:
    """What one header line says.

    Args:
        published: The date as ISO 8601, or None.
        publisher: The source, or None.
        author: The author, or None.
        rank: How much the date can be trusted, 0 the most.
        fields: How many labelled fields the line has.
        weak: Whether its only field is a bare `时间` or `日期`, as event notices have too.
    """

    published: str | None = None
    publisher: str | None = None
    author: str | None = None
    rank: int = 1
    fields: int = 0
    weak: bool = False


def split_lines(text: str) -> list[Line]:
    """Return the lines of a text that are not blank, with their offsets.

    Of a text with more than 50,000 line breaks (a collection rather than a page) the first and the last 5,000 lines
    are returned, and between them only lines with a word that header lines and footers have.

    Args:
        text: The text as read.

    >>> split_lines("甲\\r\\n\\n 乙")
    [Line(start=0, end=1, text='甲'), Line(start=4, end=6, text='乙')]
    """
    if text.count("\n") + text.count("\r") <= _MOST_LINES:
        return _lines(text, _LINE.finditer(text))
    head = list(islice(_LINE.finditer(text), _LINES_AT_ENDS))
    rest = head[-1].end() if head else 0
    tail_start = _start_of_last_lines(text, rest)
    between = _marked_lines(text, rest, tail_start)
    return _lines(text, (*head, *between, *_LINE.finditer(text, tail_start)))


def _lines(text: str, matches: Iterable[re.Match[str]]) -> list[Line]:
    found = (Line(match.start(), match.end(), match.group().strip().strip("| \t")) for match in matches)
    return [line for line in found if line.text]


def _start_of_last_lines(text: str, start: int) -> int:
    """Return where the last 5,000 lines of a text begin, not before a place and not before its last million."""
    start = max(start, len(text) - _LONGEST_END)
    breaks = [match.start() for match in _BREAK.finditer(text, start)]
    return breaks[-_LINES_AT_ENDS] if len(breaks) > _LINES_AT_ENDS else breaks[0] if breaks else len(text)


def _marked_lines(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    while start < end and (mark := _MARK.search(text, start, end)):
        begin = max(text.rfind("\n", start, mark.start()), text.rfind("\r", start, mark.start())) + 1
        line = _LINE.match(text, max(begin, start), end)
        start = mark.end() if line is None else line.end()
        if line is not None:
            yield line


def is_body(line: str) -> bool:
    """Say whether a line belongs to the body: it has a sentence end, is long, or is an item of a numbered list.

    >>> is_body("会长张三出席会议。"), is_body("一、时间地点"), is_body("来源：甲报")
    (True, True, False)
    """
    return "。" in line or len(line) > LONGEST_CAPTION or is_item(line)


def is_item(line: str) -> bool:
    """Say whether a line is an item of a numbered list.

    >>> is_item("一、时间地点"), is_item("2023.05.18")
    (True, False)
    """
    return _ITEM_START.match(line) is not None


def parse_header(line: str) -> Header | None:
    """Read a header line into its fields.

    Args:
        line: One line without the white space around it.

    Returns:
        The fields, or None if the line is no header line.

    >>> parse_header("发布时间：2023年5月18日 09:12 来源：甲报 作者：李四 浏览：12").publisher
    '甲报'
    >>> parse_header("会长张三出席会议。") is None
    True
    """
    if len(line) > LONGEST_HEADER or "。" in line:
        return None
    labels = [match for match in _LABEL.finditer(line) if _stands_free(line, match)]
    return _labelled(line, labels) if labels else _unlabelled(line)


def _stands_free(line: str, match: re.Match[str]) -> bool:
    # 会议时间 and 资金来源 are words of their own; 来源：甲报作者：张三 is two fields without a space.
    before = line[match.start() - 1 : match.start()]
    after_han = "\u4e00" <= before <= "\u9fff" if before else False
    return not after_han or (_plain(match) not in _TIME_LABELS and _LABEL.search(line, 0, match.start()) is not None)


def _plain(match: re.Match[str]) -> str:
    return re.sub(r"\s", "", match.group(1))


def _labelled(line: str, labels: list[re.Match[str]]) -> Header | None:
    prefix = line[: labels[0].start()].strip(_EDGE)
    start = _unlabelled(prefix) if prefix else Header()
    if start is None:
        return None
    dates = [(start.rank, start.published)] if start.published else []
    values: dict[str, str] = {}
    ends = [match.start() for match in labels[1:]] + [len(line)]
    for match, end in zip(labels, ends, strict=True):
        label, raw = _plain(match), line[match.end() : end]
        date = find_date(raw, compact=True)
        if date and (label not in _TIME_LABELS or not raw[: date[0]].strip()):
            # A date may also follow the source or the author without a label of its own.
            dates.append((_TIME_LABELS.get(label, 1), date[2]))
        if label in _SOURCE_LABELS:
            values.setdefault("publisher", _value(raw, date))
        elif label in _AUTHOR_LABELS:
            values.setdefault("author", _value(raw, date))
    if not dates and not values:
        return None
    rank, published = min(dates, default=(9, None), key=lambda pair: pair[0])
    weak = len(labels) == 1 and not prefix and _plain(labels[0]) in _WEAK_LABELS
    date = find_date(line, compact=True)
    if weak and date and not _CLOCK_ONLY.fullmatch(line, date[1]):
        return None  # 时间：2023年5月18日下午
    publisher = values.get("publisher") or start.publisher
    return Header(published, publisher, values.get("author") or None, rank, len(labels), weak)


def _value(raw: str, date: tuple[int, int, str] | None) -> str:
    raw = raw[: date[0]] if date else raw
    raw = raw.strip(" \t\u3000:：")
    cut = _VALUE_END.search(raw)
    value = raw[: cut.start()] if cut else raw
    value = value.strip(_EDGE)
    return "" if value in _NOBODY or len(value) > LONGEST_CAPTION else value


def _unlabelled(line: str) -> Header | None:
    """A date that stands alone, in brackets, or with a clock time or a name set off by a space."""
    found = find_date(line)
    if found is None:
        return None
    start, end, date = found
    clock = _CLOCK.match(line, end)
    after_clock = clock.end() if clock else end
    before, after = line[:start], line[after_clock:]
    bare_before, bare_after = before.strip(_EDGE), after.strip(_EDGE)
    name = _value(bare_before or bare_after, None)
    if bare_before and (before[-1] not in " \t\u3000|｜" or "年" in line[start:end]):
        return None  # a signature (甲协会 2022年1月5日) or a phrase
    if bare_after and after[0] not in " \t\u3000|｜)）]】":
        return None
    if len(name) > _LONGEST_NAME or re.search(r"[，。；！？、:：《》]", bare_before + bare_after.split(" ")[0]):
        return None
    return Header(date, None if not name or is_body(name) else name, None, 1, 0)


def find_headers(lines: Sequence[Line]) -> dict[int, Header]:
    """Return the header lines of a text by their index.

    They stand before the first line of the body; further down a line counts only if it has both a date and a
    labelled source.

    Args:
        lines: The lines of the text that are not blank.

    >>> find_headers(split_lines("甲协会召开年会\\n2023-05-18 来源：甲报\\n会长张三出席。"))[1].published
    '2023-05-18'
    """
    body = next((index for index, line in enumerate(lines) if is_body(line.text) and not parse_header(line.text)), None)
    head = min(LONGEST_HEAD, len(lines) if body is None else body)
    found: dict[int, Header] = {}
    for index, line in enumerate(lines):
        if index >= head and not _may_be_strong(line.text):
            continue
        header = parse_header(line.text)
        if header is None or (header.weak and _beside_event(lines, index)):
            continue
        if index < head or (header.published and header.publisher and header.fields):
            found[index] = header
    return found


def _may_be_strong(line: str) -> bool:
    return len(line) <= LONGEST_HEADER and ("来源" in line or "來源" in line)


def _beside_event(lines: Sequence[Line], index: int) -> bool:
    around = (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])
    return any(_EVENT_LABEL.match(line.text) for line in around)
