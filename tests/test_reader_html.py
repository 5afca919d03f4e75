"""Web pages: the main text without what surrounds it, whatever the encoding, depth or size of the page."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, KgError
from kg.readers.html import DEEPEST_PAGE, LARGEST_PAGE, read_html_bytes
from kg.readers.page import declared_encoding, parse_page

TITLE = "甲协会召开年会"
BODY = (
    "近日，甲部等三部门联合印发《关于推进示例工作的通知》，要求各地认真落实。",
    "会长张三指出，要加强领导。秘书长李四主持会议。",
    "2025年，建成示例基地5家，新建示例中心10家。",
)
NAVIGATION = (
    "<ul><li><a href='/'>网站首页</a></li><li><a href='/n'>新闻中心</a></li><li><a href='/a'>关于我们</a></li></ul>"
)
RELATED = (
    "<div class='xg'><h3>相关链接</h3><ul>"
    + "<li><a href='/x'>乙会举行</a><span>2022-01-01</span></li>" * 6
    + "</ul></div>"
)
FOOTER = "<div class='footer'><p>版权所有 甲协会 京ICP备12345678号</p></div>"
SCRIPT = "<script>var 脚本 = '<p>不是文章</p>';</script><style>.x{color:red}</style>"
PARAGRAPHS = "".join(f"<p>　　{line}</p>" for line in BODY)


def page(body: str, head: str = f"<title>{TITLE}_甲协会网</title>") -> str:
    shown = f"<body>{NAVIGATION}{body}{RELATED}{FOOTER}{SCRIPT}</body>"
    return f"<!DOCTYPE html><html><head>{head}{SCRIPT}</head>{shown}</html>"


HEADER = "来源：甲报 发布时间：2023-05-18 10:00 作者：李四"
LAYOUTS = {
    "government": page(
        f"<div class='pos'>您现在的位置：首页 &gt; 新闻</div><div class='tit'><h2>{TITLE}</h2></div>"
        f"<div class='info'>{HEADER}</div><div class='TRS_Editor'>{PARAGRAPHS}</div>"
    ),
    "article": page(f"<main><article><h1>{TITLE}</h1><p>{HEADER}</p>{PARAGRAPHS}</article></main>"),
    "table": page(
        f"<table><tr><td><b>{TITLE}</b></td></tr><tr><td>{HEADER}</td></tr><tr><td>{'<br>'.join(BODY)}</td></tr></table>"
    ),
    "divisions": page(f"<div>{TITLE}</div><div>{HEADER}</div>" + "".join(f"<div>{line}</div>" for line in BODY)),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_article_is_whole_and_its_surroundings_are_gone(layout: str) -> None:
    document = read_html_bytes(LAYOUTS[layout].encode(), "a.html")
    assert all(line in document.text for line in BODY)
    assert not any(word in document.text for word in ("网站首页", "脚本", "color", "不是文章"))
    assert (document.title, document.published, document.publisher, document.author) == (
        *(TITLE, "2023-05-18", "甲报"),
        "李四",
    )
    assert (document.reader, document.encoding, document.warnings) == ("html", "utf-8", ())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_header_lines_left_in_the_text_are_furniture(layout: str) -> None:
    document = read_html_bytes(LAYOUTS[layout].encode(), "a.html")
    kept_out = [document.text[start:end] for start, end in document.furniture]
    assert any(HEADER in line for line in kept_out) == (HEADER in document.text)
    assert not any(line in kept for line in BODY for kept in kept_out)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_page_gives_the_same_document(layout: str) -> None:
    data = LAYOUTS[layout].encode()
    assert read_html_bytes(data, "a.html") == read_html_bytes(data, "a.html")


@pytest.mark.parametrize(
    ("declaration", "codec", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8", "utf-8"),
        ('<meta charset="gb2312">', "gb18030", "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=GBK">', "gb18030", "gb18030"),
        ('<meta charset="gb2312">', "utf-8", "utf-8"),
        ('<meta charset="utf-8">', "gb18030", "gb18030"),
        ('<meta charset="iso-8859-1">', "gb18030", "gb18030"),
        ("", "gb18030", "gb18030"),
        ('<meta charset="gb2312">', "utf-8-sig", "utf-8-sig"),
        ("", "utf-16", "utf-16"),
    ],
)
def test_the_encoding_is_the_one_that_fits(declaration: str, codec: str, encoding: str) -> None:
    source = page(f"<article>{PARAGRAPHS}</article>", f"{declaration}<title>{TITLE}</title>")
    document = read_html_bytes(source.encode(codec), "a.html")
    assert all(line in document.text for line in BODY)
    assert (document.title, document.encoding) == (TITLE, encoding)
    assert bool(document.warnings) == (not encoding.startswith("utf-8"))


def test_a_declaration_in_an_xml_header_is_read_and_does_no_harm() -> None:
    source = f'<?xml version="1.0" encoding="gb2312"?>{page(f"<article>{PARAGRAPHS}</article>")}'
    assert declared_encoding(source.encode("gb18030")) == "gb2312"
    assert BODY[0] in read_html_bytes(source.encode("gb18030"), "a.html").text


META = {
    "ArticleTitle": "甲协会年会召开",
    "PubDate": "2023-05-17 10:00",
    "ContentSource": "乙报",
    "Author": "王五",
}


def test_what_a_government_page_declares_counts_where_it_prints_nothing() -> None:
    head = "".join(f'<meta name="{name}" content="{value}">' for name, value in META.items())
    document = read_html_bytes(page(f"<article>{PARAGRAPHS}</article>", head).encode(), "a.html")
    assert (document.title, document.published, document.publisher, document.author) == (
        *("甲协会年会召开", "2023-05-17", "乙报"),
        "王五",
    )
    document = read_html_bytes(page(f"<div>{HEADER}</div><article>{PARAGRAPHS}</article>", head).encode(), "a.html")
    assert (document.published, document.publisher, document.author) == ("2023-05-18", "甲报", "李四")


def test_a_date_among_related_links_is_not_the_date_of_the_article() -> None:
    assert read_html_bytes(page(f"<h1>{TITLE}</h1>{PARAGRAPHS}").encode(), "a.html").published is None


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        (f"<title>{TITLE}_甲协会网</title>", "", TITLE),
        (f"<title>{TITLE} - 甲协会</title>", "", TITLE),
        (f"<title>{TITLE}|甲网</title>", f"<h1>{TITLE}</h1>", TITLE),
        (f"<title>{TITLE}</title>", "<h1>甲协会网</h1>", TITLE),
        ("", f"<h1>{TITLE}</h1>", TITLE),
    ],
)
def test_the_headline_is_without_the_name_of_the_site(head: str, body: str, title: str) -> None:
    source = page(f"{body}<article>{PARAGRAPHS}</article>", head)
    assert read_html_bytes(source.encode(), "a.html").title == title


def nested(levels: int) -> str:
    return page("<div>" * levels + f"<h1>{TITLE}</h1><p>{HEADER}</p>{PARAGRAPHS}" + "</div>" * levels)


@pytest.mark.parametrize("levels", [DEEPEST_PAGE, 300, 100_000])
def test_past_the_depth_of_trafilatura_the_visible_text_is_taken(levels: int) -> None:
    document = read_html_bytes(nested(levels).encode(), "a.html")
    assert all(line in document.text for line in BODY)
    assert "脚本" not in document.text
    assert "color" not in document.text
    assert (document.title, document.published, document.publisher) == (TITLE, "2023-05-18", "甲报")
    assert document.warnings == (
        "a.html is nested too deeply; all of its visible text was taken, navigation included.",
    )
    assert [document.text[start:end] for start, end in document.furniture][-1].startswith("版权所有")


def test_below_that_depth_trafilatura_reads_all() -> None:
    document = read_html_bytes(nested(DEEPEST_PAGE - 10).encode(), "a.html")
    assert all(line in document.text for line in BODY)
    assert document.warnings == ()


def test_past_the_size_of_trafilatura_the_visible_text_is_taken() -> None:
    source = page(PARAGRAPHS + f"<!-- {'x' * LARGEST_PAGE} -->")
    document = read_html_bytes(source.encode(), "a.html")
    assert all(line in document.text for line in BODY)
    assert "xxx" not in document.text
    assert "is too large" in document.warnings[0]


def test_a_page_of_one_sentence_is_read_with_a_warning() -> None:
    document = read_html_bytes("<p>会长张三出席。</p>".encode(), "a.html")
    assert document.text == "会长张三出席。"
    assert "all of its visible text was taken" in document.warnings[0]


@pytest.mark.parametrize(
    "source", ["<html><body><script>甲</script></body></html>", "<html></html>", "<p> </p>", "<img src='a.png'>"]
)
def test_a_page_without_text_is_told(source: str) -> None:
    with pytest.raises(InputError, match="shows no text; give a page with an article"):
        read_html_bytes(source.encode(), "a.html")


def test_control_characters_and_odd_references_do_no_harm() -> None:
    source = "<html><body><p>会长张\x01三&#0;出席&#xD800;\x0c会议。</p><p>再见，各位。</p></body></html>"
    document = read_html_bytes(source.encode(), "a.html")
    assert "再见，各位。" in document.text
    document.text.encode("utf-8")
    assert "\0" not in document.text


def document_or_sentence(data: bytes) -> None:
    refusal = ""
    document = None
    try:
        document = read_html_bytes(data, "a.html")
    except KgError as error:
        refusal = str(error)
    assert re.fullmatch(r"(a\.html [^\n]+\.)?", refusal)
    assert (document is None) == bool(refusal)
    if document:
        document.text.encode("utf-8")
        assert all(0 <= start < end <= len(document.text) for start, end in document.furniture)


TAGS = "<p> </p> <div> </div> <td> <table> </table> <h1> </h1> <br/> <script> </script> <title> </title> <meta charset="
ODDITIES = "<!-- --> <![CDATA[ ]]> &amp; &# < > \0 \ud800"
tags = st.sampled_from([*TAGS.split(), *ODDITIES.split(), *BODY, HEADER, TITLE])


@given(st.lists(tags, max_size=40))
def test_broken_pages_give_a_document_or_a_sentence(parts: list[str]) -> None:
    document_or_sentence("".join(parts).encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=300))
def test_random_bytes_give_a_document_or_a_sentence(data: bytes) -> None:
    document_or_sentence(b"<p>" + data)


def test_the_lines_of_a_page_are_its_blocks() -> None:
    found = parse_page("<p>会长<b>张三</b> 出席</p><table><tr><td>甲</td><td>乙</td></tr></table>一<br>二")
    assert found.lines == ["会长张三 出席", "甲 乙", "一", "二"]
