"""The reader of web pages: the main text by trafilatura, what the page says about itself from the whole page."""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Any

from kg.errors import InputError
from kg.readers.dates import find_date
from kg.readers.document import make_document
from kg.readers.encoding import clean, decode, has_text
from kg.readers.metadata import Metadata, find_metadata, is_title, tidy
from kg.readers.page import Page, declared_encoding, parse_page
from kg.readers.registry import Reader
from kg.types import Document

# Past these trafilatura returns nothing, or only what stands before the place, and does not say so.
DEEPEST_PAGE = 250
LARGEST_PAGE = 20_000_000
# Chinese says in 40 characters what its default of 250 is made for; below it the whole page is dumped.
_SHORTEST_ARTICLE = 40
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SITE_SUFFIX = re.compile(r"\s*[_|｜].*$|\s+[-–—].*$|-{1,2}[^-]{2,20}$")
_META_TITLE = ("articletitle", "og:title")
_META_DATE = ("pubdate", "publishdate", "article:published_time", "og:published_time", "publish_time", "date")
_META_PUBLISHER = ("contentsource", "source")
_META_SITE = ("sitename", "og:site_name")
_LINES_BEFORE_HEADLINE = 3
_LINES_OF_HEADER = 8


def read_html_bytes(data: bytes, id: str) -> Document:
    """Make a document of the bytes of a web page; its text is the main text of the page.

    Args:
        data: The bytes of the page.
        id: The name under which facts cite the document.

    Raises:
        InputError: The bytes are empty, binary, in no known encoding, or show no text.

    >>> page = "<html><body><h1>年会</h1><article><p>会长张三出席会议。</p></article><script>a()</script></body></html>"
    >>> "会长张三出席会议。" in read_html_bytes(page.encode(), "a.html").text
    True
    """
    decoded = decode(data, id, declared_encoding(data))
    source = _XML_DECLARATION.sub("", decoded.text)
    page = parse_page(source)
    warnings = list(decoded.warnings)
    text, extracted = "", Metadata()
    if page.depth > DEEPEST_PAGE or len(data) > LARGEST_PAGE:
        reason = "is nested too deeply" if page.depth > DEEPEST_PAGE else "is too large"
    else:
        text, extracted = _main_text(source)
        reason = "has no main text that could be told from the rest"
    if not has_text(text):
        text, _ = clean("\n".join(page.lines))
        warnings.append(f"{id} {reason}; all of its visible text was taken, navigation included.")
    if not has_text(text):
        raise InputError(f"{id} is a page that shows no text; give a page with an article.")
    known = _metadata(page, extracted)
    return make_document(text, id, "html", decoded.encoding, tuple(warnings), known)


READER = Reader("html", (".htm", ".html", ".shtml", ".xhtml"), read_html_bytes)


@cache
def _configuration() -> Any:
    from copy import deepcopy

    from trafilatura.settings import DEFAULT_CONFIG

    # Without a handler its complaints about odd pages would go to standard error.
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())
    configuration = deepcopy(DEFAULT_CONFIG)
    configuration["DEFAULT"]["min_extracted_size"] = str(_SHORTEST_ARTICLE)
    configuration["DEFAULT"]["max_file_size"] = str(4 * LARGEST_PAGE)
    return configuration


def _main_text(source: str) -> tuple[str, Metadata]:
    """Return the main text and the metadata that trafilatura finds, both empty if it finds none."""
    import trafilatura  # imported late: it takes a fifth of a second, and texts do not need it

    # A fixed last day: the default is today, so that the same page would give another date tomorrow.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}
    try:
        found = trafilatura.bare_extraction(
            source,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params=dates,
            config=_configuration(),
        )
    except Exception:  # whatever it stumbles over, the visible text is still there
        return "", Metadata()
    if found is None or isinstance(found, dict):
        return "", Metadata()
    text, _ = clean(found.text or "")
    return text, Metadata(found.title, found.date, found.sitename, found.author)


def _metadata(page: Page, extracted: Metadata) -> Metadata:
    """Join what the page prints, what it declares, and what trafilatura guesses, in this order of trust."""
    title = _headline(page, extracted.title)
    lines = _from_headline(page.lines, title)
    printed = find_metadata("\n".join(lines))
    declared = Metadata(
        None,
        _declared_date(page),
        _first(page, _META_PUBLISHER),
        _first(page, ("author",)),
    )
    named = Metadata(None, printed.published, printed.publisher, printed.author)
    site = Metadata(None, None, _first(page, _META_SITE))
    date = extracted.published if _is_of_article(extracted.published, lines) else None
    guessed = Metadata(printed.title, date, extracted.publisher, extracted.author)
    return Metadata(title).or_else(named).or_else(declared).or_else(site).or_else(guessed)


def _is_of_article(date: str | None, lines: list[str]) -> bool:
    """Say whether a guessed date can be that of the article: printed near the headline, or nowhere (declared)."""
    places = [index for index, line in enumerate(lines) if (found := find_date(line)) and found[2] == date]
    return not places or places[0] < _LINES_OF_HEADER


def _first(page: Page, names: tuple[str, ...]) -> str | None:
    return next((page.meta[name] for name in names if page.meta.get(name)), None)


def _declared_date(page: Page) -> str | None:
    dates = (find_date(page.meta[name], compact=True) for name in _META_DATE if name in page.meta)
    return next((date[2] for date in dates if date), None)


def _headline(page: Page, guess: str | None) -> str | None:
    """Choose the headline: the declared one, the `<h1>` that `<title>` starts with, or `<title>` without the site."""
    declared = _first(page, _META_TITLE[:1])
    headings = [one for one in page.headings if page.title.startswith(one)] or (page.headings if not page.title else [])
    of_title = _SITE_SUFFIX.sub("", page.title) if page.title else None
    candidates = (declared, *headings[:1], of_title, _first(page, _META_TITLE[1:]), guess)
    return next((tidy(one) for one in candidates if one and is_title(tidy(one))), None)


def _from_headline(lines: list[str], title: str | None) -> list[str]:
    """Leave out the navigation above the headline, where nothing is said about the article."""
    place = next((index for index, line in enumerate(lines) if line == title), None)
    return lines if place is None else lines[max(0, place - _LINES_BEFORE_HEADLINE) :]
