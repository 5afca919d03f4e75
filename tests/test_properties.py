"""What holds of every text: facts lie where they say they lie, and nothing but the texts decides what is found."""

from __future__ import annotations

import functools
import os
import random
import tempfile
from pathlib import Path

import pytest
from corpus import OPEN_GOLD, gold_documents, open_articles
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import kg
from kg.engines import extract_files
from kg.language.sentences import split_sentences
from kg.readers import read, read_text
from kg.types import Document, Fact
from kg.view import render
from kg.writers import write
from kg.writers.facts import fact_lines, read_facts

OPEN_TEXTS = sorted(folder / f"{gold['id']}.txt" for path, folder in OPEN_GOLD.items() for gold in gold_documents(path))


@functools.cache
def open_sentences() -> list[str]:
    """Return the sentences of all open texts, each once."""
    return sorted({sentence.text for path in OPEN_TEXTS for sentence in split_sentences(read(path))})


@st.composite
def mixtures(draw: st.DrawFn) -> str:
    """Draw sentences of any articles, put together in any order and with any white space between them."""
    chosen = draw(st.lists(st.sampled_from(open_sentences()), min_size=1, max_size=8))
    between = st.sampled_from(["", "\n", "\n\n　　", " ", "\r\n", "，", "　", "\x0b", "\ufeff"])
    return "".join(part for sentence in chosen for part in (sentence, draw(between)))


@st.composite
def broken(draw: st.DrawFn) -> str:
    """Draw a mixture of which pieces are cut out, doubled or replaced by anything."""
    text = draw(mixtures())
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        text = text[:start] + draw(st.sampled_from([text[start:end] * 2, ""]) | st.text(max_size=5)) + text[end:]
    return text


def check_places(document: Document, facts: list[Fact]) -> None:
    """Check that evidence is text of the document, and that subject and object lie in the document."""
    text = document.text
    for fact in facts:
        proof = fact.evidence
        assert text[proof.start : proof.end] == proof.sentence != ""
        for mention in (fact.subject, fact.object):
            assert 0 <= mention.start < mention.end <= len(text)
            assert text[mention.start : mention.end] == mention.text
            assert mention.name.strip() != ""
            assert mention.document == proof.document == document.id
        assert 0 <= fact.confidence <= 1


def jsonl(facts: list[Fact]) -> str:
    return "".join(fact_lines(facts))


@pytest.mark.parametrize("path", OPEN_TEXTS, ids=lambda path: path.stem)
def test_facts_of_every_open_text_lie_where_they_say(path: Path) -> None:
    document = read(path)
    facts = kg.extract(document)
    check_places(document, facts)
    assert jsonl(kg.extract(path)) == jsonl(facts)
    assert jsonl(list(read_facts(jsonl(facts).split("\n")))) == jsonl(facts)


@given(mixtures())
def test_facts_of_mixed_sentences_lie_where_they_say(text: str) -> None:
    document = read_text(text)
    check_places(document, kg.extract(document))


@given(broken())
def test_facts_of_broken_sentences_lie_where_they_say(text: str) -> None:
    if text.strip():
        document = read_text(text)
        check_places(document, kg.extract(document))


@example("举办8项18个")
@given(st.text() | st.text("会长张三、，。：（）《》“”0123456789万亿%年月日于和任为 \n\u3000", min_size=1, max_size=80))
def test_no_text_makes_extraction_fail(text: str) -> None:
    try:
        document = read_text(text)
    except kg.InputError:
        return
    check_places(document, kg.extract(document))


@given(st.binary(max_size=300))
def test_bytes_are_read_or_refused_with_a_reason(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.txt"
        path.write_bytes(data)
        (result,) = extract_files([path])
        if result.document is None:
            assert str(path) in str(result.skipped)
            assert "error inside kg" not in str(result.skipped)
        else:
            check_places(result.document, list(result.facts))


@given(st.data())
def test_what_stands_around_a_document_changes_nothing_in_it(data: st.DataObject) -> None:
    first, second = data.draw(mixtures()), data.draw(mixtures())
    alone = kg.extract(Document("a", first))
    kg.extract(Document("b", second))
    assert kg.extract(Document("a", first)) == alone


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_order_of_files_and_number_of_workers_change_no_byte(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(open_articles()), min_size=2, max_size=5, unique=True))
    shuffled, workers = data.draw(st.permutations(chosen)), data.draw(st.integers(1, 3))
    outputs = []
    for paths, number in ((chosen, 1), (shuffled, workers)):
        built = kg.build(paths, number)
        with tempfile.TemporaryDirectory() as folder:
            (graphml,) = write(built.graph, Path(folder) / "graph.graphml")
            outputs.append((jsonl(built.facts), graphml.read_bytes(), render(built.graph), built.documents))
    assert outputs[0] == outputs[1]


@given(st.randoms(use_true_random=False))
def test_a_graph_built_from_shuffled_facts_is_the_same(chance: random.Random) -> None:
    facts = kg.extract(open_articles()[0])
    shuffled = chance.sample(facts, len(facts))
    first, second = kg.build_graph(facts), kg.build_graph(shuffled)
    assert list(first.nodes(data=True)) == list(second.nodes(data=True))
    assert list(first.edges(keys=True, data=True)) == list(second.edges(keys=True, data=True))


def test_a_read_graph_is_the_graph_that_was_built(tmp_path: Path) -> None:
    built = kg.build(open_articles())
    (path,) = write(built.graph, tmp_path / "graph.graphml")
    back = kg.read_graph(path)
    assert dict(back.nodes(data=True)) == dict(built.graph.nodes(data=True))
    assert list(back.edges(keys=True, data=True)) == list(built.graph.edges(keys=True, data=True))


class TestBuild:
    """`kg.build` beside the command."""

    def test_progress_is_told_after_each_file_in_order(self) -> None:
        told: list[tuple[int, int, str]] = []
        paths = open_articles()[:4]
        kg.build(paths, 2, lambda done, total, result: told.append((done, total, result.path.name)))
        assert told == [(number, 4, path.name) for number, path in enumerate(sorted(paths), 1)]

    def test_a_file_given_twice_is_read_once(self) -> None:
        path = open_articles()[0]
        built = kg.build([path, str(path), path.parent / ".." / "articles" / path.name])
        assert len(built.documents) == 1

    def test_documents_and_skipped_files_are_kept(self, tmp_path: Path) -> None:
        built = kg.build([open_articles()[0], tmp_path / "nowhere.txt"])
        assert [document.id for document in built.documents] == [str(open_articles()[0])]
        assert [path for path, _ in built.skipped] == [str(tmp_path / "nowhere.txt")]
        assert built.graph.nodes
        assert {fact.evidence.document for fact in built.facts} == {str(open_articles()[0])}

    @pytest.mark.parametrize("workers", [0, -1])
    def test_fewer_workers_than_one_are_refused(self, workers: int) -> None:
        with pytest.raises(kg.UsageError, match="must be 1 or more"):
            kg.build(open_articles()[0], workers)

    def test_nothing_to_read_is_said(self) -> None:
        with pytest.raises(kg.InputError, match="nothing to read"):
            kg.build([])

    @pytest.mark.skipif(os.name != "posix", reason="only POSIX has file names that are not text")
    def test_a_file_name_that_is_not_utf8_is_no_obstacle(self, tmp_path: Path) -> None:
        path = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
        with open(path, "wb") as file:
            file.write("红石市总工会主席王倩出席会议。".encode())
        built = kg.build(Path(os.fsdecode(path)), workers=2)
        jsonl(built.facts).encode("utf-8")
        assert built.positions("王倩")[0].title == "主席"


class TestSpacy:
    """The package inside spaCy pipelines."""

    def test_facts_and_mentions_are_left_in_the_doc(self) -> None:
        text = "红石市总工会主席王倩出席会议。"
        doc = kg.load()(text)
        assert doc.text == text
        assert doc._.facts == [fact.to_dict() for fact in kg.extract(text)]
        spans = {(span.text, span.label_) for span in doc.spans["mentions"]}
        assert {("王倩", "Person"), ("红石市总工会", "Organization")} <= spans

    @settings(max_examples=25)
    @given(mixtures())
    def test_the_tokenizer_keeps_every_character(self, text: str) -> None:
        assert kg.load().make_doc(text).text == text

    def test_the_component_can_be_added_to_any_chinese_pipeline(self) -> None:
        import spacy

        pipeline = spacy.blank("zh")
        pipeline.add_pipe("kg_facts")
        facts = pipeline("红石市总工会主席王倩出席会议。")._.facts
        assert [fact["subject"]["name"] for fact in facts if fact["predicate"] == "holds"] == ["王倩"]

    def test_several_processes_give_the_same_facts(self) -> None:
        texts = [read(path).text for path in open_articles()[:3]]
        one, two = ([doc._.facts for doc in kg.load().pipe(texts, n_process=number)] for number in (1, 2))
        assert one == two
