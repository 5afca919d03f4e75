"""Page furniture: which lines of a page are kept out of extraction, and which never are."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers.furniture import COLUMNS, KINDS, PLACES, classify_lines, find_furniture, load_patterns
from kg.readers.header import split_lines

TITLE = "甲协会召开年会"
BODY = "会长张三出席会议并讲话。"

ABOVE_THE_BODY = (
    ("breadcrumb", "所在位置：首页 > 新闻"),
    ("breadcrumb", "当前位置：首页>新闻中心>正文"),
    ("breadcrumb", "您的位置：首页 > 通知公告"),
    ("breadcrumb", "您现在的位置是：网站首页 >> 协会动态"),
    ("breadcrumb", "首页 > 新闻 > 正文"),
    ("breadcrumb", "新闻中心 > 协会动态 > 正文"),
    ("breadcrumb", "首页»要闻"),
    ("header", "时间:2021-03-04 08:09:10来源:示例商会作者: 李四 点击:"),
    ("header", "发布时间：2023年5月18日 09:12 来源：甲网 作者：李四"),
    ("header", "2023-05-18 来源: 甲报"),
    ("header", "来源：甲报 发布日期：2023/05/18"),
    ("header", "日期：2023.05.18 信息来源：甲会 浏览次数：12 字体：[大 中 小]"),
    ("header", "(2023-05-18)"),
    ("header", "发布时间：2023-05-18"),
    ("header", "来源：甲报"),
    ("header", "作者：李四"),
    ("header", "2023年05月18日 09:12 甲网"),
    ("share", "【字体：大 中 小】"),
    ("share", "字号：大 中 小 打印"),
    ("share", "【打印】【关闭】"),
    ("share", "分享到："),
    ("counter", "浏览次数：33"),
    ("counter", "阅读量 1024"),
    ("navigation", "首页 新闻中心 通知公告 党建工作 关于我们"),
    ("navigation", "网站首页"),
    ("byline", "本报记者 李四"),
)
BELOW_THE_BODY = (
    ("navigation", "网站首页 | 关于我们 | 联系我们"),
    ("navigation", "返回首页"),
    ("neighbour", "上一篇：乙协会召开年会"),
    ("neighbour", "下一篇：没有了"),
    ("neighbour", "下一条"),
    ("copyright", "版权所有：甲协会"),
    ("copyright", "版权所有 甲协会 未经许可不得转载。"),
    ("copyright", "Copyright © 2023 甲协会 All Rights Reserved."),
    ("licence", "京ICP备12345678号"),
    ("licence", "京ICP备12345678号-1 京公网安备11010202000001号"),
    ("licence", "网站标识码：1234567890"),
    ("licence", "增值电信业务经营许可证：京B2-20200001"),
    ("support", "技术支持：乙公司"),
    ("support", "建议使用IE9.0以上浏览器浏览本网站"),
    ("share", "分享到：微信 微博 QQ空间"),
    ("share", "扫一扫在手机打开当前页"),
    ("share", "打印 关闭"),
    ("byline", "(责任编辑：张三)"),
    ("byline", "【责任编辑：张三】"),
    ("byline", "编辑：张三 审核：李四"),
    ("byline", "一审：张三 二审：李四 三审：王五"),
    ("byline", "撰稿：张三　编辑：李四　审核：王五"),
    ("byline", "本报记者 张三 文/图"),
    ("byline", "（记者 张三 通讯员 李四）"),
    ("byline", "甲报记者张三"),
    ("byline", "记者：张三"),
    ("byline", "文/张三"),
    ("byline", "（张三 摄）"),
    ("source", "（来源：甲网）"),
    ("source", "来源：甲报"),
    ("disclaimer", "免责声明：本网转载的文章仅供参考。"),
    ("disclaimer", "凡本网注明来源的作品，未经许可不得转载。"),
    ("disclaimer", "未经授权，禁止转载、摘编。"),
)
NEVER = (
    *("主办单位：甲协会", "承办单位：乙公司", "地址：甲市乙路1号", "电话：010-12345678", "联系人：张三"),
    *("会议时间：2023年5月18日", "地点：甲市", "资金来源：财政拨款", "会长：张三 副会长：李四", "主编：张三"),
    *("编辑部主任张三", "记者节庆祝大会举行", "记者站成立", "审核委员会主任张三", "作者协会主席张三"),
    *("打印机产量增长3.5%", "版权所有者协会成立大会", "首页推荐", "分享会在甲市举行", "扫一扫行动启动仪式举行"),
    *("上一篇文章提到的李四任会长。", "当前位置服务产业规模达到5000亿元", "关于我们协会章程修订的说明"),
    *("来源于甲协会的数据显示增长", "张三 李四 王五", "甲部 乙部 丙部", "甲协会", "一、版权所有"),
    *("编辑：张三、李四等出版的图书", "本报记者采访了甲协会会长张三，他说要加强管理", "未经协会许可不得使用标识。"),
    *("据来源：甲报介绍，会长张三出席。", "甲协会 2022年1月5日"),
)


def furniture_of(text: str) -> list[str]:
    return [text[start:end] for start, end in find_furniture(text)]


def kinds_of(text: str) -> list[str]:
    kinds = classify_lines(split_lines(text))
    return [kinds[index] for index in sorted(kinds)]


@pytest.mark.parametrize(("kind", "line"), ABOVE_THE_BODY)
def test_above_the_body(kind: str, line: str) -> None:
    text = f"{line}\n{TITLE}\n{BODY}"
    assert (furniture_of(text), kinds_of(text)) == ([line], [kind])
    assert furniture_of(f"{TITLE}\r\n\r\n  {line} \r\n{BODY}\r\n") == [f"  {line} "]


@pytest.mark.parametrize(("kind", "line"), BELOW_THE_BODY)
def test_below_the_body(kind: str, line: str) -> None:
    text = f"{TITLE}\n{BODY}\n{line}"
    assert (furniture_of(text), kinds_of(text)) == ([line], [kind])


@pytest.mark.parametrize("line", NEVER)
def test_lines_of_articles_are_no_furniture_wherever_they_stand(line: str) -> None:
    for text in (f"{TITLE}\n{BODY}\n{line}\n{BODY}", f"{TITLE}\n{BODY}\n{line}", f"{TITLE}\n{line}\n{BODY}"):
        assert furniture_of(text) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # Host and address of a site, next to what only a footer has.
        (
            ["主办单位：甲市人民政府 承办：甲市数据局", "网站标识码：4401000001", "京ICP备12345678号"],
            ["主办单位：甲市人民政府 承办：甲市数据局", "网站标识码：4401000001", "京ICP备12345678号"],
        ),
        (
            ["网站首页 | 关于我们", "主办单位：甲市政府", "地址：甲路1号", "邮编：100000", "京ICP备12345678号"],
            ["网站首页 | 关于我们", "主办单位：甲市政府", "地址：甲路1号", "邮编：100000", "京ICP备12345678号"],
        ),
        (["版权所有：甲协会", "电话：010-12345678"], ["版权所有：甲协会", "电话：010-12345678"]),
        # Host of an event, in a block with its time and place.
        (["时间：5月1日", "主办单位：甲协会", "承办单位：乙公司", "京ICP备12345678号"], ["京ICP备12345678号"]),
        # Whoever signs a notice, and when, stays; so does the contact block above the signature.
        (["联系人：张三", "电话：1", "甲协会", "2022年1月5日", "版权所有：甲协会"], ["版权所有：甲协会"]),
        (
            ["甲部 乙部", "二〇二二年一月五日", "地址：甲路1号", "京ICP备12345678号"],
            ["地址：甲路1号", "京ICP备12345678号"],
        ),
    ],
)
def test_footers_and_the_ends_of_notices(lines: list[str], expected: list[str]) -> None:
    assert furniture_of("\n".join([TITLE, BODY, *lines])) == expected


def test_links_to_related_articles_go_to_the_end() -> None:
    links = ["相关阅读", "张三任甲协会会长", "李四任乙协会会长 05-11", "版权所有：甲协会"]
    assert furniture_of("\n".join([TITLE, BODY, *links])) == links


def test_a_heading_of_links_does_not_swallow_sentences() -> None:
    text = "\n".join([TITLE, BODY, "相关链接：", "甲协会成立于1990年，现有会员300家。", "其会长为张三"])
    assert furniture_of(text) == ["相关链接："]


def test_a_channel_name_above_the_headline_swallows_nothing() -> None:
    assert furniture_of("\n".join(["相关新闻", TITLE, BODY])) == []


def test_table_bars_do_not_hide_furniture() -> None:
    assert furniture_of(f"{TITLE}\n{BODY}\n| 上一篇：没有了 | ") == ["| 上一篇：没有了 | "]


def test_a_collection_of_articles_loses_the_furniture_of_each() -> None:
    article = f"2023-05-18 来源：甲报\n{BODY}\n版权所有：甲协会\n"
    text = f"{TITLE}\n" + (BODY + "\n") * 30_000 + article + (BODY + "\r\n") * 30_000 + article
    assert furniture_of(text) == ["2023-05-18 来源：甲报", "版权所有：甲协会"] * 2


pieces = st.sampled_from(
    [line for _, line in ABOVE_THE_BODY + BELOW_THE_BODY] + [*NEVER, TITLE, BODY, "", "  ", "相关阅读", "2022年1月5日"]
)
breaks = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "　\n"])


@given(st.lists(st.tuples(pieces, breaks), max_size=30))
def test_spans_are_whole_lines_in_order_and_hold_no_sentence_of_the_body(parts: list[tuple[str, str]]) -> None:
    text = "".join(piece + end for piece, end in parts)
    spans = find_furniture(text)
    assert list(spans) == sorted(spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    for start, end in spans:
        assert 0 <= start < end <= len(text)
        assert not re.search(r"[\r\n]", text[start:end])
        assert start == 0 or text[start - 1] in "\r\n"
        assert end == len(text) or text[end] in "\r\n"
        assert BODY not in text[start:end]


@given(st.text(max_size=300))
def test_any_text_has_spans_that_lie_on_it(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in find_furniture(text))


# The table of patterns


def test_every_pattern_is_well_formed_and_has_a_source() -> None:
    for row in load_patterns():
        assert row.kind in KINDS
        assert row.where in PLACES
        assert row.source
        re.compile(row.pattern)
    assert COLUMNS == ("pattern", "kind", "where", "source")


def test_no_pattern_is_there_twice_and_none_matches_everything() -> None:
    rows = [(row.pattern, row.where) for row in load_patterns()]
    assert len(set(rows)) == len(rows)
    for row in load_patterns():
        assert not any(re.fullmatch(row.pattern, line) for line in ("", TITLE, BODY, "张三", "2022年1月5日"))


def test_every_kind_is_shown_by_a_line_of_this_specification() -> None:
    shown = {kind for kind, _ in ABOVE_THE_BODY + BELOW_THE_BODY} | {"host", "contact", "related"}
    assert shown == set(KINDS) | {"header"}
