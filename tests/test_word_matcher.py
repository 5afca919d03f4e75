"""Looked-up words are found where the compiled trie of the words finds them, and patterns are compiled when used."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UsageError
from kg.language.lexicon import set_user_rows
from kg.language.patterns import pattern
from kg.language.tries import trie_pattern
from kg.language.word_matcher import EndingMatcher, Match, WordMatcher

PATTERNS = sorted((Path(__file__).parents[1] / "kg" / "resources" / "patterns").glob("*.toml"))
NAMES = [(path.stem, name) for path in PATTERNS for name in tomllib.loads(path.read_text("utf-8"))]
# Few characters, so that words begin and end alike; some mean something inside of `[…]`.
CHARACTERS = st.sampled_from("会长席^-]")
WORDS = st.sets(st.text(CHARACTERS, min_size=1, max_size=4), min_size=1, max_size=8)
TEXTS = st.text(CHARACTERS, max_size=12)
PLACES = st.tuples(st.integers(-2, 14), st.integers(-2, 14)) | st.tuples(st.integers(-2, 14)) | st.just(())


def span(match: Match | None) -> tuple[int, int] | None:
    return match and match.span()


@given(WORDS, TEXTS, PLACES)
def test_words_are_matched_as_by_their_trie(words: set[str], text: str, place: tuple[int, ...]) -> None:
    trie, matcher = re.compile(trie_pattern(words)), WordMatcher(words)
    assert span(matcher.match(text, *place)) == span(trie.match(text, *place))
    assert span(matcher.search(text, *place)) == span(trie.search(text, *place))
    assert span(matcher.fullmatch(text, *place)) == span(trie.fullmatch(text, *place))
    assert list(map(span, matcher.finditer(text, *place))) == list(map(span, trie.finditer(text, *place)))


def test_the_trie_that_is_compiled_after_many_searches_finds_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.language.word_matcher._WORTH_COMPILING", 3)
    matcher = WordMatcher(["会长", "会长单位"])
    found = [[span(match) for match in matcher.finditer("副会长单位、会长")] for _ in range(5)]
    assert found == [[(1, 5), (6, 8)]] * 5
    assert [span(matcher.search("副会长")), span(matcher.match("会长")), span(matcher.fullmatch("会长单位"))] == [
        (1, 3),
        (0, 2),
        (0, 4),
    ]


@given(WORDS, TEXTS, PLACES, st.sampled_from(["", "席?", "(?:长席)?"]))
def test_words_at_the_end_are_matched_as_by_their_trie(
    words: set[str], text: str, place: tuple[int, ...], tail: str
) -> None:
    trie, matcher = re.compile(f"(?:{trie_pattern(words)}){tail}$"), EndingMatcher(words, tail)
    assert span(matcher.search(text, *place)) == span(trie.search(text, *place))


@given(WORDS, TEXTS, st.integers(0, 12), st.integers(0, 14))
def test_the_ends_of_all_words_at_a_place_are_given(words: set[str], text: str, first: int, end: int) -> None:
    fitting = (first + len(word) for word in words if text.startswith(word, first) and first + len(word) <= end)
    assert list(WordMatcher(words).ends(text, first, end)) == sorted(fitting, reverse=True)


def test_no_words_match_nothing() -> None:
    assert WordMatcher([]).search("会长") is None
    assert EndingMatcher([]).search("会长") is None


@pytest.mark.parametrize(("file", "name"), NAMES)
def test_every_pattern_compiles(file: str, name: str) -> None:
    assert isinstance(pattern(file, name).pattern, str)


def test_an_unknown_pattern_is_refused_when_it_is_named() -> None:
    with pytest.raises(UsageError, match="no pattern named 'nothing'"):
        pattern("issues", "nothing")


def test_a_pattern_follows_the_words_of_the_user() -> None:
    quantity = pattern("quantities", "quantity")
    assert quantity.search("5甏") is None
    row = {"surface": "甏", "base_unit": "甏", "factor": "1", "kind": "count", "source": "test"}
    set_user_rows({"units": (row,)}, {})
    try:
        assert quantity.search("5甏")
    finally:
        set_user_rows({}, {})
    assert quantity.search("5甏") is None
