"""Relations of one's own (`--patterns`): what they find, what is wrong with a file, what becomes of their facts.

The rows of `declared/*.toml` are the specification: a text, all pairs of names that the relation joins in it (a third
string is the document of that fact), and in `all` qualifiers that every fact must have; the empty string is "absent".
The lexicon `examples/my_terms.tsv` is in use. `xfail` says why a row must fail.
"""

from __future__ import annotations

import doctest
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from corpus import ROOT, open_articles
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import InputError
from kg.graph import read_graph
from kg.graph_facts import graph_facts
from kg.relations.declaration import read_declarations
from kg.relations.mention_masks import Span, mask, template_expression
from kg.relations.required_words import required_words
from kg.terms import Terms, terms_in_use, use_terms
from kg.types import EntityType, Fact
from kg.view import write_page
from kg.vocabulary import relations
from kg.writers import write

Row = Mapping[str, Any]

FOLDER = Path(__file__).parent / "declared"
SIGNS_WITH = ROOT / "examples" / "signs_with.toml"
MY_TERMS = ROOT / "examples" / "my_terms.tsv"
SIGNING = ROOT / "examples" / "signing.txt"
GUIDE = ROOT / "docs" / "your-own-terms.md"
PUBLISHED = "2024-06-20"
VISITS = """
[[relation]]
name = "visits"
label_zh = "访问"
subject = "Person"
object = "Organization"
patterns = ["{subject}[^。；]{0,20}?访问{object}"]
"""


def rows() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text("utf-8"))
        for number, row in enumerate(content["row"], 1):
            marks = [pytest.mark.xfail(strict=True, reason=row["xfail"])] if "xfail" in row else []
            yield pytest.param(ROOT / content["relations"], row, id=f"{path.stem}-{number:02}", marks=marks)


def declared(facts: list[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.extractor.startswith("declared.")]


@pytest.fixture(scope="module")
def extracted() -> dict[tuple[Path, str], list[Fact]]:
    """The facts of all rows: each file of relations is taken into use once."""
    listed: dict[Path, list[str]] = {}
    for row in rows():
        listed.setdefault(row.values[0], []).append(row.values[1]["text"])
    result = {}
    for path, texts in listed.items():
        with use_terms(MY_TERMS, path):
            for text in texts:
                result[path, text] = declared(kg.extract(kg.Document("a", text, published=PUBLISHED)))
    return result


@pytest.mark.parametrize(("path", "row"), list(rows()))
def test_row(path: Path, row: Row, extracted: dict[tuple[Path, str], list[Fact]]) -> None:
    facts = extracted[path, row["text"]]
    symmetric = {relation.name for relation in read_declarations(path, {"元"}) if relation.symmetric}

    def pair(fact: Fact) -> tuple[str, ...]:
        names = (fact.subject.name, fact.object.name)
        return tuple(sorted(names)) if fact.predicate in symmetric else names

    expected = {tuple(sorted(ends[:2])) if symmetric else tuple(ends[:2]): ends[2:] for ends in row["pairs"]}
    assert sorted(map(pair, facts)) == sorted(expected)
    for fact in facts:
        document = expected[pair(fact)]
        assert document in ([], [fact.qualifiers.get("document")])
        for name, value in row.get("all", {}).items():
            assert (fact.qualifiers[name] or "") == value
        text = row["text"]
        assert text[fact.evidence.start : fact.evidence.end] == fact.evidence.sentence
        for mention in (fact.subject, fact.object):
            assert text[mention.start : mention.end] == mention.text


def test_rows_are_well_formed_and_many() -> None:
    """A key that is misspelt would compare nothing."""
    count = {}
    for path in sorted(FOLDER.glob("*.toml")):
        content = tomllib.loads(path.read_text("utf-8"))
        count[path.stem] = len(content["row"])
        assert content.keys() == {"relations", "row"}
        assert all({"text", "pairs"} <= row.keys() <= {"text", "pairs", "all", "xfail"} for row in content["row"])
        assert len({row["text"] for row in content["row"]}) == len(content["row"])
        assert any(not row["pairs"] for row in content["row"])
    assert count["signs_with"] >= 20
    assert min(count.values()) >= 5


class TestFacts:
    """What a fact of a declared relation says besides its ends."""

    def test_a_fact_is_like_any_other(self) -> None:
        (fact,) = declared(kg.extract(SIGNING, patterns=SIGNS_WITH, lexicon=MY_TERMS))[:1]
        assert fact.to_dict() == {
            "document": str(SIGNING),
            "predicate": "signs_with",
            "subject": {"name": "云帆智能科技股份有限公司", "type": "Organization", "start": 48, "end": 50},
            "object": {"name": "江源大学", "type": "Organization", "start": 43, "end": 47},
            "qualifiers": {
                "document": "共建智能装备联合实验室协议",
                "date": "2024-06-17",
                "amount": "1.2亿元",
                "status": "achieved",
            },
            "evidence": {
                "document": str(SIGNING),
                "start": 37,
                "end": 78,
                "text": "6月17日，江源大学与云帆签署《共建智能装备联合实验室协议》，合同金额1.2亿元。",
            },
            "confidence": 0.85,
            "extractor": "declared.signs_with",
        }

    def test_the_built_in_facts_stay_as_they_are(self) -> None:
        for path in open_articles():
            before = kg.extract(path)
            with use_terms(patterns=SIGNS_WITH):
                after = kg.extract(path)
            assert [fact for fact in after if not fact.extractor.startswith("declared.")] == before

    def test_two_wordings_of_a_symmetric_relation_are_one_edge(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("江源大学与云州绿洲集团签署《合作协议》。", "utf-8")
        (tmp_path / "b.txt").write_text("云州绿洲集团与江源大学签署《合作协议》。", "utf-8")
        graph = kg.build(tmp_path, patterns=SIGNS_WITH).graph
        (edge,) = (data for _, _, data in graph.edges(data=True) if data["predicate"] == "signs_with")
        assert (edge["weight"], edge["label"], len(edge["evidence"])) == (2, "签约", 2)

    def test_agreements_of_two_documents_are_two_edges(self, tmp_path: Path) -> None:
        text = "江源大学与云州绿洲集团签署《甲协议》。江源大学与云州绿洲集团签署《乙协议》。"
        (tmp_path / "a.txt").write_text(text, "utf-8")
        found = kg.build(tmp_path, patterns=SIGNS_WITH).find(predicate="signs_with")
        assert {row.record()["qualifier_document"] for row in found} == {"甲协议", "乙协议"}

    def test_the_graph_is_the_same_from_every_format(self, tmp_path: Path) -> None:
        graph = kg.build(SIGNING, patterns=SIGNS_WITH, lexicon=MY_TERMS).graph
        for name in ("a.graphml", "a.gexf", "a.csv", "a.jsonl", "a.html"):
            write(graph, tmp_path / name)
        read = read_graph(tmp_path / "a.graphml")
        assert sorted(read.edges(keys=True)) == sorted(graph.edges(keys=True))
        assert list(graph_facts(read)) == list(graph_facts(graph))
        assert "signs_with" in (tmp_path / "a.edges.csv").read_text("utf-8")

    @pytest.mark.parametrize(("language", "label"), [("zh", "签约"), ("en", "signs with")])
    def test_the_page_draws_the_label_also_of_a_graph_read_later(
        self, language: str, label: str, tmp_path: Path
    ) -> None:
        graph = kg.build(SIGNING, patterns=SIGNS_WITH, lexicon=MY_TERMS).graph
        assert "signs_with" not in relations()
        write_page(graph, tmp_path / "a.html", language=language)
        assert f'"label": "{label}"' in re.sub(r'":\s*"', '": "', (tmp_path / "a.html").read_text("utf-8"))

    def test_a_metric_is_a_node_with_its_value(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("云州绿洲集团有限公司去年投资5.2亿元建设智能工厂。", "utf-8")
        graph = kg.build(tmp_path, patterns=FOLDER / "relations" / "invests.toml").graph
        ends = [(a, b) for a, b, data in graph.edges(data=True) if data["predicate"] == "invests"]
        assert [(a, b.split("/")[:2]) for a, b in ends] == [
            ("Organization:云州绿洲集团有限公司", ["Metric:投资", "520000000元"])
        ]

    def test_several_relations_of_one_file_are_found_together(self, tmp_path: Path) -> None:
        path = tmp_path / "two.toml"
        path.write_text(SIGNS_WITH.read_text("utf-8") + VISITS, "utf-8")
        text = "江源大学校长张明访问云州绿洲集团，双方签署《合作协议》。江源大学与云州绿洲集团签署《合作协议》。"
        assert {fact.predicate for fact in declared(kg.extract(text, patterns=path))} == {"signs_with", "visits"}

    def test_a_text_with_private_use_characters_is_read_like_any_other(self) -> None:
        text = "\U000f1000江源大学与云州绿洲集团\U000f1001签署《合作协议》。\U000f1000与\U000f1001签署。"
        assert len(declared(kg.extract(text, patterns=SIGNS_WITH))) == 1

    def test_a_base_unit_of_the_lexicon_may_be_asked_for(self, tmp_path: Path) -> None:
        lexicon, patterns = tmp_path / "my.tsv", tmp_path / "my.toml"
        lexicon.write_text("surface\tkind\tcanonical\n标准舱\tunit\t舱位\n", "utf-8")
        patterns.write_text(VISITS + 'qualifiers = { space = "quantity:舱位" }\n', "utf-8")
        text = "江源大学校长张明访问云州绿洲集团，参观仓库3座、标准舱20标准舱。"
        (fact,) = declared(kg.extract(text, lexicon=lexicon, patterns=patterns))
        assert fact.qualifiers["space"] == "20标准舱"
        with pytest.raises(InputError, match="unknown base unit"):
            kg.extract(text, patterns=patterns)


WRONG = {
    "": ": declares no relation; write each as a table [[relation]], and nothing beside them.",
    "relation = 1": ": declares no relation; write each as a table [[relation]]",
    "[[relation]\n": ": is no TOML (",
    VISITS + "\n[extra]\n": ": declares no relation; write each as a table [[relation]]",
    VISITS.replace('name = "visits"', ""): " 1 has no name; it needs name, label_zh, subject, object, patterns.",
    VISITS.replace("label_zh", "label"): " 'visits' has no label_zh; it needs name,",
    VISITS + "weight = 3": " 'visits' has the unknown key 'weight'; known are name, label_zh,",
    VISITS.replace('"visits"', '"Visits!"'): " 'Visits!' has no usable name; use small letters",
    VISITS.replace('"visits"', '"holds"'): " 'holds' has the name of a built-in relation; choose another than",
    VISITS + VISITS: " 'visits' is declared twice; give the second another name.",
    VISITS.replace('"Person"', '"Company"'): " 'visits' has the unknown subject type 'Company'; known are Person, "
    "Organization, Notice, Place, Event, Metric.",
    VISITS.replace('"Organization"', '"Position"'): " 'visits' has the unknown object type 'Position'; known are",
    VISITS.replace('"Person"', '"Metric"'): " 'visits' has the subject Metric; a quantity can only be the object.",
    VISITS.replace("{object}", "他"): " 'visits' has a wrong pattern 1: {object} stands in it not at all; it must",
    VISITS.replace("访问", "{subject}"): " 'visits' has a wrong pattern 1: {subject} stands in it twice or more;",
    VISITS.replace("访问", "(访问"): " 'visits' has a wrong pattern 1, no regular expression of Python (missing )",
    VISITS.replace("访问", "[[访问]"): " 'visits' has a wrong pattern 1, no regular expression of Python (Possible",
    VISITS.replace("访问", "(?P<object>访)"): " 'visits' has a wrong pattern 1, no regular expression of Python (re",
    VISITS.replace("patterns = [", "patterns = [1, "): " 'visits' has no list of patterns; write it as",
    VISITS.replace("patterns = [", "patterns = [] #"): " 'visits' has no list of patterns; write it as",
    VISITS + "symmetric = true": " 'visits' is symmetric; that is true or false, and true only if subject and",
    VISITS + 'symmetric = "no"': " 'visits' is symmetric; that is true or false",
    VISITS + "confidence = 2": " 'visits' has the confidence 2; it must be a number from 0 to 1.",
    VISITS + "confidence = true": " 'visits' has the confidence True; it must be a number from 0 to 1.",
    VISITS + "label_en = 3": " 'visits' has the label_en 3; it must be a string",
    VISITS + 'object_text = "("': " 'visits' has a wrong object_text, no regular expression of Python (missing )",
    VISITS + 'qualifiers = "date"': " 'visits' has no table of qualifiers; write it as",
    VISITS + 'qualifiers = { status = "date" }': " 'visits' has a qualifier with the name 'status'; use small",
    VISITS + 'qualifiers = { when = "day" }': " 'visits' has the qualifier 'when' of unknown kind 'day'; it must be "
    "date, period, quantity, quantity:UNIT or a regular expression with a group (?P<value>…).",
    VISITS + 'qualifiers = { size_of = "quantity:年轮" }': " 'visits' has the qualifier 'size_of' of an unknown base "
    "unit 'quantity:年轮'; add it with --lexicon.",
    VISITS + 'qualifiers = { what = "《(?P<value>[^》]+》" }': " 'visits' has a wrong qualifier 'what', no regular",
}


@pytest.mark.parametrize(("content", "message"), list(WRONG.items()))
def test_a_wrong_file_is_told_in_one_sentence_with_its_relation(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "my.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError) as error:
        kg.extract("王倩到会。", patterns=path)
    where = f"{path}: relation" if message[0] == " " else str(path)
    assert str(error.value).startswith(where + message)
    assert "\n" not in str(error.value)
    assert terms_in_use() == Terms()


def test_a_file_that_is_none_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no such\.toml is not a file; give a TOML file"):
        kg.extract("王倩到会。", patterns=tmp_path / "no such.toml")
    (tmp_path / "gb.toml").write_bytes(VISITS.encode("gb18030"))
    with pytest.raises(InputError, match=r"gb\.toml is not UTF-8 \(byte \d+\); save"):
        kg.extract("王倩到会。", patterns=tmp_path / "gb.toml")


def test_nothing_stays_after_the_call() -> None:
    text = SIGNING.read_text("utf-8")
    before = kg.extract(text)
    assert declared(kg.extract(text, patterns=SIGNS_WITH, lexicon=MY_TERMS))
    assert kg.extract(text) == before
    assert "signs_with" not in relations()


class TestMasks:
    """Sentences with a private-use character for each mention."""

    KINDS = (EntityType.PERSON, EntityType.ORGANIZATION, EntityType.PLACE)

    @given(st.text("甲乙与、（） \U000f0000", max_size=24), st.data())
    def test_every_character_knows_its_place(self, text: str, data: st.DataObject) -> None:
        place = st.integers(0, len(text))
        ends = data.draw(st.lists(st.tuples(place, place, st.sampled_from(self.KINDS)), max_size=6))
        spans = [Span(a, b, kind, a, b) for a, b, kind in ends if a < b]
        masked = mask(text, spans, with_brackets=data.draw(st.booleans()))
        assert len(masked.places) == len(masked.text) + 1
        assert list(masked.places) == [*sorted(set(masked.places[:-1])), len(text)]
        assert set(masked.mentions.values()) <= set(spans)
        for character, start in zip(masked.text, masked.places, strict=False):
            if character in masked.mentions:
                assert masked.mentions[character].outer_start == start
            else:
                assert character in (text[start], "\ufffd")

    @pytest.mark.parametrize(
        ("pattern", "text", "subjects", "objects"),
        [
            ("{subject}与{object}签", "甲与乙签", "甲", "乙"),
            ("{subject}与{object}签", "甲、乙与丙签", "甲乙", "丙"),
            ("{subject}与{object}签", "甲与乙、丙签", "甲", "乙丙"),
            ("{subject}与{object}签", "甲与乙和丙签", "甲", "乙丙"),
            ("{subject}与{object}签", "甲、乙等12家企业与丙签", "甲乙", "丙"),
            ("{subject}投{object}", "甲与乙投丙", "甲乙", "丙"),
            ("{object}为{subject}的", "甲、乙为丙的", "丙", "甲乙"),
            ("{subject}与{object}签", "甲与乙、丙与丁签", None, None),
            ("{subject}与{object}签", "会同甲与乙签", None, None),
            ("{subject}与{object}签", "甲与签", None, None),
        ],
    )
    def test_lists_are_taken_whole(self, pattern: str, text: str, subjects: str | None, objects: str | None) -> None:
        kind = EntityType.ORGANIZATION
        spans = [Span(k, k + 1, kind, k, k + 1) for k, c in enumerate(text) if c in "甲乙丙丁"]
        masked = mask(text, spans, with_brackets=True)
        match = re.search(template_expression(pattern, kind, kind), masked.text)
        if subjects is None:
            assert match is None
            return
        assert match is not None
        found = ["".join(text[s.start] for s in masked.listed(match, end)) for end in ("subject", "object")]
        assert found == [subjects, objects]


def command(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=300,
        check=False,
    )


class TestCommand:
    """`--patterns` of `kg build` and `kg extract`."""

    def test_several_workers_write_the_same_bytes(self, tmp_path: Path) -> None:
        texts = tmp_path / "texts"
        texts.mkdir()
        for number, row in enumerate(tomllib.loads((FOLDER / "signs_with.toml").read_text("utf-8"))["row"][:12]):
            (texts / f"{number:02}.txt").write_text(row["text"], "utf-8")
        for workers in ("1", "2"):
            options = ["--patterns", SIGNS_WITH, "--lexicon", MY_TERMS, "--workers", workers, "--lang", "en"]
            done = command("build", texts, "-o", tmp_path / workers, *options)
            assert done.returncode == 0
            assert re.search(r"signs_with +signs with +\d+ +\d+", done.stdout)
        for name in ("graph.html", "graph.graphml", "facts.jsonl"):
            assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
        facts = [json.loads(line) for line in (tmp_path / "1" / "facts.jsonl").read_text("utf-8").splitlines()]
        assert sum(fact["extractor"] == "declared.signs_with" for fact in facts) >= 12

    def test_a_wrong_relation_is_told_before_anything_is_done(self, tmp_path: Path) -> None:
        (tmp_path / "my.toml").write_text(VISITS.replace("{object}", ""), "utf-8")
        done = command("build", SIGNING, "-o", tmp_path / "out", "--patterns", tmp_path / "my.toml")
        assert (done.returncode, done.stdout, (tmp_path / "out").exists()) == (2, "", False)
        assert done.stderr.startswith(f"kg: {tmp_path}/my.toml: relation 'visits' has a wrong pattern 1: {{object}}")


CONSOLE = re.compile(r"(?<=```console\n)\$ (?P<command>kg .*)\n(?P<output>(?:.*\n)*?)(?=```)")


def test_the_guide_shows_what_its_commands_print(tmp_path: Path) -> None:
    """With `UPDATE_DOCS=1` in the environment the outputs are written into the guide instead of compared."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")

    def printed(block: re.Match[str]) -> str:
        done = command(*shlex.split(block["command"])[1:], cwd=tmp_path)
        return f"$ {block['command']}\n{done.stdout}{done.stderr}"

    shown = GUIDE.read_text("utf-8")
    assert len(CONSOLE.findall(shown)) == shown.count("\n$ kg ") >= 4
    now = CONSOLE.sub(printed, shown)
    if os.environ.get("UPDATE_DOCS"):
        GUIDE.write_text(now, "utf-8")
    else:
        assert shown == now


def test_the_guide_shows_what_its_python_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    results = doctest.testfile(str(GUIDE), module_relative=False, encoding="utf-8")
    assert results.attempted >= 3
    assert results.failed == 0


@pytest.mark.parametrize("path", [MY_TERMS, SIGNS_WITH], ids=lambda path: path.name)
def test_the_guide_shows_the_files_of_the_examples(path: Path) -> None:
    assert f"```{path.suffix[1:]}\n{path.read_text('utf-8')}```" in GUIDE.read_text("utf-8")


@given(st.text("{}()[]|?*+\\^:.与和签署访问", max_size=20))
def test_a_match_has_one_of_the_required_words(middle: str) -> None:
    """Whatever the pattern, a sentence that it matches is looked at."""
    pattern = f"{{subject}}{middle}{{object}}"
    try:
        expression = re.compile(template_expression(pattern, EntityType.PERSON, EntityType.PLACE))
    except (re.error, FutureWarning):
        return
    words = required_words(pattern)
    for between in ("", "与", "签署", "访问", "和访问", "签", "与签署访问", middle, "."):
        text = f"甲{between}乙"
        spans = [
            Span(0, 1, EntityType.PERSON, 0, 1),
            Span(len(text) - 1, len(text), EntityType.PLACE, len(text) - 1, len(text)),
        ]
        if expression.search(mask(text, spans, with_brackets=False).text):
            assert not words or any(word in between for word in words)
