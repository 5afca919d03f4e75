"""What a web page shows and declares, read in one pass that no depth or size stops."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

# Elements whose text a browser does not show as part of the page.
_HIDDEN = frozenset({"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "head", "textarea"})
# Elements that stand within a line; every other one begins a new line.
_INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font"),
        *("i", "img", "input", "ins", "kbd", "label", "mark", "meter", "output", "q", "rp", "rt", "ruby", "s"),
        *("samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_CELLS = frozenset({"td", "th"})
_CHUNK = 1 << 20
_DECLARED = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:.-]+)")
_LOOKED_AT = 4096


@dataclass(slots=True)
class Page:
    """What a web page shows and declares.

    Args:
        lines: The visible text, one line a block, white space joined.
        title: The content of `<title>`, or an empty text.
        headings: The content of each `<h1>`, in order.
        meta: The content of each `<meta>` by its name or property in lower case; the first one counts.
        depth: How deep elements are nested at most.
    """

    lines: list[str] = field(default_factory=list)
    title: str = ""
    headings: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    depth: int = 0


def declared_encoding(data: bytes) -> str | None:
    """Return the label of the encoding that the first 4096 bytes of a page declare, or None.

    >>> declared_encoding(b'<html><head><meta charset="gb2312">')
    'gb2312'
    """
    match = _DECLARED.search(data[:_LOOKED_AT]) or _XML_DECLARED.search(data[:_LOOKED_AT])
    return match.group(1).decode("ascii", "replace") if match else None


def parse_page(text: str) -> Page:
    """Read the visible lines, the titles and the declarations of a page.

    Args:
        text: The page as decoded.

    >>> page = parse_page("<title>年会</title><h1>年会</h1><p>会长<b>张三</b>出席。</p><script>var a;</script>")
    >>> page.lines, page.title
    (['年会', '会长张三出席。'], '年会')
    """
    target = _Target()
    parser = etree.HTMLParser(target=target, huge_tree=True, remove_comments=True, remove_pis=True)
    for start in range(0, len(text), _CHUNK):
        parser.feed(text[start : start + _CHUNK])
    if text:
        parser.close()
    return target.page


class _Target:
    """Receives the events of the parser (lxml's target interface)."""

    def __init__(self) -> None:
        self.page = Page()
        self._pieces: list[str] = []
        self._captured: list[str] | None = None
        self._depth = 0
        self._hidden = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self.page.depth = max(self.page.depth, self._depth)
        if tag == "meta":
            self._note(attributes)
        if tag in {"title", "h1"}:
            self._captured = []
        if tag in _HIDDEN:
            self._hidden += 1
        self._break(tag)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if tag in _HIDDEN:
            self._hidden -= 1
        if tag in {"title", "h1"} and self._captured is not None:
            content = " ".join("".join(self._captured).split())
            self._captured = None
            if tag == "title":
                self.page.title = self.page.title or content
            elif content:
                self.page.headings.append(content)
        self._break(tag)

    def data(self, text: str) -> None:
        if self._captured is not None:
            self._captured.append(text)
        if not self._hidden:
            self._pieces.append(text)

    def close(self) -> None:
        self._break("html")

    def _note(self, attributes: Mapping[str, str]) -> None:
        name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
        content = " ".join((attributes.get("content") or "").split())
        if name and content:
            self.page.meta.setdefault(name, content)

    def _break(self, tag: str) -> None:
        if tag in _CELLS:
            self._pieces.append(" ")
        elif tag not in _INLINE:
            line = " ".join("".join(self._pieces).split())
            self._pieces.clear()
            if line:
                self.page.lines.append(line)
