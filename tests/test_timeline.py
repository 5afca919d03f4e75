"""Terms of office from statements of several years: what begins, ends, bounds and contradicts them."""

from __future__ import annotations

import random
from typing import Any

import pytest

from kg.errors import UsageError
from kg.graph import build_graph
from kg.query import KnowledgeGraph
from kg.types import Document, EntityType, Evidence, Fact, Mention

# person, title, organization, status, since, until, published
Said = tuple[str, str, str | None, str, str | None, str | None, str | None]


def graph_of(rows: list[Said], sentence: str | None = None) -> KnowledgeGraph:
    """Return the graph of statements, each of a document of its own."""
    facts, documents = [], []
    for number, (person, title, organization, status, since, until, published) in enumerate(rows):
        name = f"{number:02}.txt"
        text = sentence or f"{name}: {person}，{organization or ''}{title}，{status}。"
        documents.append(Document(name, text, published=published))
        qualifiers = {
            "title": title, "organization": organization, "status": status, "since": since, "until": until
        }  # fmt: skip
        subject = Mention(name, 0, 1, person, EntityType.PERSON)
        office = Mention(name, 1, 2, (organization or "") + title, EntityType.POSITION)
        facts.append(Fact(subject, "holds", office, qualifiers, Evidence(name, 0, len(text), text)))
    return KnowledgeGraph(build_graph(facts, documents), facts, documents)


def said(status: str, published: str | None, since: str | None = None, until: str | None = None) -> Said:
    return ("甲", "会长", "某会", status, since, until, published)


# What is said about one person and one office, and the terms: since, until, first seen, last seen, over by.
ROWS: list[Any] = [
    ([said("current", "2021-02-05"), said("current", "2022-02-05")],
     [(None, None, "2021-02-05", "2022-02-05", None)]),
    ([said("appointed", "2021-02-05", since="2021-02-04"), said("removed", "2023-04-28", until="2023-04-27")],
     [("2021-02-04", "2023-04-27", "2021-02-05", "2021-02-05", None)]),
    # Elected again: the term goes on.
    ([said("appointed", "2021-02-05", since="2021-02-04"), said("appointed", "2024-01-26", since="2023-11")],
     [("2021-02-04", None, "2021-02-05", "2024-01-26", None)]),
    # Seen before the election: it was not the first one.
    ([said("current", "2020-02-05"), said("appointed", "2024-01-26", since="2023-11")],
     [(None, None, "2020-02-05", "2024-01-26", None)]),
    # A month and a day inside it are one time.
    ([said("appointed", "2023-03-20", since="2023-03"), said("appointed", "2023-03-21", since="2023-03-15")],
     [("2023-03-15", None, "2023-03-20", "2023-03-21", None)]),
    # Away and back.
    ([said("appointed", "2019-01-02", since="2019-01-01"), said("removed", "2020-01-02", until="2020-01-01"),
      said("appointed", "2022-01-02", since="2022-01-01")],
     [("2019-01-01", "2020-01-01", "2019-01-02", "2019-01-02", None),
      ("2022-01-01", None, "2022-01-02", "2022-01-02", None)]),
    # News of the days just after the end speak of the time before.
    ([said("current", "2022-07-01"), said("removed", "2022-07-09", until="2022-07-08"), said("current", "2022-07-12")],
     [(None, "2022-07-08", "2022-07-01", "2022-07-01", None)]),
    # 原会长 bounds the end; what no text dates stays open.
    ([said("current", "2021-02-05"), said("former", "2024-12-27")],
     [(None, None, "2021-02-05", "2021-02-05", "2024-12-27")]),
    ([said("former", "2024-12-27")], [(None, None, None, None, "2024-12-27")]),
    # One text says 原 too early; those that follow know better.
    ([said("former", "2021-01-01"), said("current", "2022-01-01")],
     [(None, None, "2022-01-01", "2022-01-01", None)]),
    ([said("removed", "2022-01-02")], [(None, None, None, None, "2022-01-02")]),
    ([said("appointed", "2022-06-20", since="2022-07-01")], [("2022-07-01", None, "2022-07-01", "2022-07-01", None)]),
    ([said("candidate", "2022-06-20")], []),
    ([said("appointed", None, since="2022-07")], [("2022-07", None, None, None, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), ROWS)
def test_terms_of_one_person_and_office(rows: list[Said], expected: list[Any]) -> None:
    graph = graph_of(rows)
    found = graph.timeline("甲")
    assert [(t.since, t.until, t.first_seen, t.last_seen, t.ended_by) for t in found] == expected


def test_the_order_of_facts_does_not_matter() -> None:
    rows = [row for said_rows, _ in ROWS for row in said_rows]
    graph = graph_of(rows)
    facts = list(graph.facts)
    random.Random(7).shuffle(facts)
    again = KnowledgeGraph(build_graph(facts, graph.documents))
    assert again.timeline("甲") == graph.timeline("甲")


def test_a_reprint_after_the_end_is_no_new_term() -> None:
    rows = [
        said("current", "2022-01-01"),
        said("removed", "2022-07-09", until="2022-07-08"),
        said("current", "2023-01-01"),
    ]
    graph = graph_of(rows, sentence="某会会长甲出席会议。")
    assert len(graph.timeline("甲")) == 1


def test_an_acting_post_ends_with_the_election() -> None:
    graph = graph_of(
        [
            ("甲", "代市长", "某市人民政府", "appointed", "2021-09-02", None, "2021-09-03"),
            ("甲", "市长", "某市人民政府", "appointed", "2022-01-17", None, "2022-01-18"),
        ]
    )
    assert [(term.title, term.until) for term in graph.timeline("甲")] == [("代市长", "2022-01-17"), ("市长", None)]


def test_how_an_office_is_held_and_where_its_department_stands_make_no_other_office() -> None:
    graph = graph_of(
        [
            ("甲", "兼职副主席", "某会", "current", None, None, "2021-01-01"),
            ("甲", "副主席", "某会", "current", None, None, "2022-01-01"),
            ("乙", "部长", "某会权益部", "current", None, None, "2021-01-01"),
            ("乙", "权益部部长", "某会", "current", None, None, "2022-01-01"),
        ]
    )
    assert [term.last_seen for term in graph.timeline("甲")] == ["2022-01-01"]
    assert [term.last_seen for term in graph.timeline("乙")] == ["2022-01-01"]
    assert len(graph.successions("某会", "权益部部长")) == 1


def test_a_title_without_a_body_is_that_of_the_one_office_with_it() -> None:
    graph = graph_of(
        [
            ("甲", "会长", "某会", "current", None, None, "2021-01-01"),
            ("甲", "会长", None, "current", None, None, "2022-01-01"),
        ]
    )
    assert [(term.organization, term.last_seen) for term in graph.timeline("甲")] == [("某会", "2022-01-01")]


TWO = [
    ("甲", "会长", "某会", "current", None, None, "2021-01-01"),
    ("甲", "会长", "某会", "current", None, None, "2023-01-01"),
    ("乙", "会长", "某会", "current", None, None, "2022-01-01"),
]


class TestTheMethods:
    def test_two_who_hold_one_office_at_one_time_are_a_conflict(self) -> None:
        assert [(term.person, term.conflict) for term in graph_of(TWO).conflicts()] == [("甲", "乙"), ("乙", "甲")]
        deputies = [(person, "副会长", *rest) for person, _, *rest in TWO]
        assert not graph_of(deputies).conflicts()  # type: ignore[arg-type]

    def test_a_successor_ends_the_term_before(self) -> None:
        graph = graph_of(
            [said("current", "2021-01-01"), ("乙", "会长", "某会", "appointed", "2022-01-05", None, "2022-01-06")]
        )
        assert [(t.person, t.until, t.ended_by) for t in graph.successions("某会", "会长")] == [
            ("甲", None, "2022-01-05"),
            ("乙", None, None),
        ]
        assert [term.person for term in graph.as_of("2022-01-04")] == ["甲"]
        assert [term.person for term in graph.as_of("2022-01-05")] == ["乙"]

    @pytest.mark.parametrize(
        ("date", "held"), [("2020-12-31", 0), ("2021-02-04", 1), ("2022", 1), ("2023-04-26", 1), ("2023-04-27", 0)]
    )
    def test_as_of(self, date: str, held: int) -> None:
        graph = graph_of(
            [said("appointed", "2021-02-05", since="2021-02-04"), said("removed", "2023-04-28", until="2023-04-27")]
        )
        assert len(graph.as_of(date)) == held
        assert len(graph.as_of(date, "某会")) == held

    def test_diff_between_dates(self) -> None:
        graph = graph_of(
            [said("appointed", "2021-02-05", since="2021-02-04"), said("removed", "2023-04-28", until="2023-04-27")]
        )
        assert [(row.change, row.detail) for row in graph.diff("2021-01-01", "2022-01-01")] == [("began", "2021-02-04")]
        assert [(row.change, row.detail) for row in graph.diff("2022-01-01", "2024")] == [("ended", "2023-04-27")]

    def test_diff_between_graphs(self) -> None:
        old, new = graph_of(TWO[:1]), graph_of(TWO)
        rows = {(row.change, row.kind, row.subject) for row in new.diff(old)}
        assert {("added", "entity", "乙"), ("added", "holds", "乙"), ("changed", "holds", "甲")} == rows
        assert not old.diff(old, old)

    @pytest.mark.parametrize("date", ["2022-13-01", "17 June", "22", ""])
    def test_what_is_no_date_is_refused(self, date: str) -> None:
        with pytest.raises(UsageError, match="is no date"):
            graph_of(TWO).as_of(date)

    def test_a_date_and_a_graph_are_refused(self) -> None:
        with pytest.raises(UsageError, match="two dates, or two graphs"):
            graph_of(TWO).diff("2022-01-01")

    def test_an_unknown_organization_is_refused_with_similar_ones(self) -> None:
        with pytest.raises(UsageError, match="did you mean 某会"):
            graph_of(TWO).successions("某某会", "会长")
