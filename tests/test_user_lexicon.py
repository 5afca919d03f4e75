"""A lexicon of one's own (`--lexicon`): each kind of row, what wins, what is wrong, and that nothing stays."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus import ROOT, open_articles
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.errors import InputError
from kg.language.lexicon import lookup, table, words
from kg.language.user_lexicon import KINDS, VERBS, read_lexicon
from kg.terms import Terms, read_terms, set_terms, terms_in_use, use_terms
from kg.types import Fact

HEADER = "surface\tkind\tcanonical\n"
EXAMPLE = ROOT / "examples" / "my_terms.tsv"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lexicons")


def lexicon(folder: Path, *rows: str) -> Path:
    path = folder / f"{abs(hash(rows))}.tsv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


def said(facts: list[Fact], *predicates: str) -> set[tuple[str, str, str]]:
    return {(f.subject.name, f.predicate, f.object.name) for f in facts if not predicates or f.predicate in predicates}


class TestKinds:
    """What a row of each kind changes; without it, extraction says something else."""

    def test_a_title_gives_its_holder_a_position(self, folder: Path) -> None:
        text = "江源大学博物馆首席馆藏官周若兰参加活动。"
        assert ("周若兰", "holds", "江源大学博物馆首席馆藏官") not in said(kg.extract(text))
        facts = kg.extract(text, lexicon=lexicon(folder, "首席馆藏官\ttitle\t"))
        assert said(facts, "holds", "at") == {
            ("周若兰", "holds", "江源大学博物馆首席馆藏官"),
            ("江源大学博物馆首席馆藏官", "at", "江源大学博物馆"),
        }

    def test_a_title_may_have_a_canonical_form(self, folder: Path) -> None:
        facts = kg.extract("云州钢铁集团董秘周若兰出席。", lexicon=lexicon(folder, "董秘\ttitle\t董事会秘书"))
        (holds,) = (fact for fact in facts if fact.predicate == "holds")
        assert (holds.qualifiers["title"], holds.object.name, holds.object.text) == (
            "董事会秘书",
            "云州钢铁集团董事会秘书",
            "董秘",
        )
        assert said(facts, "at") == {("云州钢铁集团董事会秘书", "at", "云州钢铁集团")}

    def test_an_organization_issues_and_has_its_canonical_name(self, folder: Path) -> None:
        text = "日前，海纳动力、教育部联合印发《数字仓储行动方案》。"
        assert "海纳动力系统" not in {fact.subject.name for fact in kg.extract(text)}
        rows = lexicon(folder, "海纳动力\torganization\t海纳动力系统")
        assert said(kg.extract(text, lexicon=rows), "co_issues") == {
            ("海纳动力系统", "co_issues", "数字仓储行动方案"),
            ("教育部", "co_issues", "数字仓储行动方案"),
        }

    def test_an_alias_of_an_organization_is_found_and_linked(self, folder: Path) -> None:
        facts = kg.extract("云帆董事长李伟出席。", lexicon=lexicon(folder, "云帆\talias\t云帆智能科技股份有限公司"))
        assert said(facts) == {
            ("李伟", "holds", "云帆智能科技股份有限公司董事长"),
            ("云帆智能科技股份有限公司董事长", "at", "云帆智能科技股份有限公司"),
        }
        (at,) = (fact for fact in facts if fact.predicate == "at")
        assert at.object.text == "云帆"

    def test_an_alias_of_something_else_is_linked_where_it_is_found(self, folder: Path) -> None:
        rows = lexicon(folder, "仓储方案\talias\t数字仓储行动方案（2024—2026年）", "王小倩\talias\t王倩")
        text = "教育部印发《仓储方案》。江源大学校长王小倩出席。"
        assert said(kg.extract(text, lexicon=rows), "issues", "holds") == {
            ("教育部", "issues", "数字仓储行动方案（2024—2026年）"),
            ("王倩", "holds", "江源大学校长"),
        }

    def test_aliases_may_lead_to_a_name_over_another_one(self, folder: Path) -> None:
        rows = lexicon(folder, "云帆\talias\t云帆科技", "云帆科技\talias\t云帆智能科技股份有限公司")
        assert read_lexicon(rows).aliases == dict.fromkeys(("云帆", "云帆科技"), "云帆智能科技股份有限公司")

    def test_names_of_two_documents_become_one_node(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("云帆董事长李伟出席。", "utf-8")
        (tmp_path / "b.txt").write_text("云帆智能科技股份有限公司董事长李伟讲话。", "utf-8")
        rows = lexicon(folder, "云帆\talias\t云帆智能科技股份有限公司")
        names = {
            data["label"]
            for _, data in kg.build(tmp_path, lexicon=rows).graph.nodes(data=True)
            if data["type"] == "Organization"
        }
        assert names == {"云帆智能科技股份有限公司"}

    def test_a_unit_is_measured_in_its_base_unit(self, folder: Path) -> None:
        text = "全市新增仓储能力3.5万标准舱。"
        assert not [fact for fact in kg.extract(text) if fact.qualifiers.get("base_unit") == "舱位"]
        facts = kg.extract(text, lexicon=lexicon(folder, "标准舱\tunit\t8 舱位"))
        (target,) = (fact.qualifiers for fact in facts if fact.predicate == "targets")
        assert [target[key] for key in ("value_text", "unit", "value", "base_unit")] == [
            "3.5",
            "万标准舱",
            280_000.0,
            "舱位",
        ]

    @pytest.mark.parametrize("base", ["", "标准舱"])
    def test_a_unit_is_its_own_base_unit(self, folder: Path, base: str) -> None:
        facts = kg.extract("全市新增仓储能力35标准舱。", lexicon=lexicon(folder, f"标准舱\tunit\t{base}"))
        assert [f.qualifiers["base_unit"] for f in facts if f.predicate == "targets"] == ["标准舱"]

    def test_a_verb_of_issuing(self, folder: Path) -> None:
        text = "教育部官宣《数字仓储行动方案》。"
        assert not said(kg.extract(text), "issues")
        facts = kg.extract(text, lexicon=lexicon(folder, "官宣\tverb\tissue"))
        assert [(fact.subject.name, fact.qualifiers["verb"]) for fact in facts] == [("教育部", "官宣")]

    def test_a_verb_of_action_and_of_growth(self, folder: Path) -> None:
        text = "全市财政收入劲升8.5%。"
        assert not [fact for fact in kg.extract(text) if fact.qualifiers.get("change") == "increase"]
        facts = kg.extract(text, lexicon=lexicon(folder, "劲升\tverb\tincrease"))
        assert [(f.qualifiers["action"], f.qualifiers["change"]) for f in facts if f.predicate == "targets"] == [
            ("劲升", "increase")
        ]

    def test_a_word_names_no_person(self, folder: Path) -> None:
        text = "江源大学校长金课计划今年立项20门。"
        assert "金课" in {fact.subject.name for fact in kg.extract(text)}
        assert "金课" not in {fact.subject.name for fact in kg.extract(text, lexicon=lexicon(folder, "金课\tword\t"))}

    def test_a_word_names_no_organization(self, folder: Path) -> None:
        text = "江源计算中心主任周若兰到会。"
        assert said(kg.extract(text), "at") == {("江源计算中心主任", "at", "江源计算中心")}
        facts = kg.extract(text, lexicon=lexicon(folder, "江源计算中心\tword"))
        assert said(facts) == {("周若兰", "holds", "主任")}
        assert [fact.qualifiers["organization"] for fact in facts] == [None]


def test_rows_of_the_user_win_over_the_shipped_ones(folder: Path) -> None:
    def values(facts: list[Fact]) -> list[tuple[object, object]]:
        return [(f.qualifiers["value"], f.qualifiers["base_unit"]) for f in facts if f.predicate == "targets"]

    text = "全年吞吐量达到35万标箱。"
    assert values(kg.extract(text)) == [(350_000.0, "标准箱")]
    assert values(kg.extract(text, lexicon=lexicon(folder, "标箱\tunit\t2 吨"))) == [(700_000.0, "吨")]


@pytest.mark.parametrize("kind", [*KINDS[:-2], *(f"verb\t{told}" for told in VERBS), "word"])
def test_a_row_of_the_user_has_the_columns_of_the_lexicon_that_it_joins(folder: Path, kind: str) -> None:
    canonical = "\t教育部" if kind == "alias" else ""
    added = read_lexicon(lexicon(folder, f"某某\t{kind}{canonical}")).rows
    assert added
    for stem, rows in added.items():
        assert all(row.keys() == table(stem)[0].keys() for row in rows)


def test_surfaces_match_in_any_script_and_width(folder: Path) -> None:
    rows = lexicon(folder, "雲帆ＡＩ\talias\t云帆智能科技股份有限公司")
    for surface in ("云帆AI", "雲帆AI", "云帆ＡＩ"):
        facts = kg.extract(f"{surface}董事长李伟出席。", lexicon=rows)
        assert ("李伟", "holds", "云帆智能科技股份有限公司董事长") in said(facts)


def test_the_file_may_have_comments_windows_line_ends_and_short_rows(tmp_path: Path) -> None:
    file = tmp_path / "my.tsv"
    file.write_bytes(
        "\ufeff# mine\r\n\r\nsurface\tkind\tcanonical\r\n金课\tword\r\n 首席馆藏官 \ttitle\t \r\n".encode()
    )
    read = read_lexicon(file)
    assert (read.words, [row["surface"] for row in read.rows["titles"]]) == ({"金课"}, ["首席馆藏官"])


WRONG = {
    "": "holds no lexicon; its first line must be surface ⇥ kind ⇥ canonical, with tabs.",
    "surface kind\n": "line 1: the header is 'surface kind'; it must be surface ⇥ kind ⇥ canonical, with tabs.",
    HEADER + "云帆\n": "line 2: expected 3 columns separated by tabs, found 1.",
    HEADER + "云帆\talias\t云帆科技\t来源\n": "line 2: expected 3 columns separated by tabs, found 4.",
    HEADER + "# 说明\n\n云帆\tcompany\t云帆科技\n": "line 4: the kind is 'company'; it must be one of title, "
    "organization, unit, alias, verb, word.",
    HEADER + "\ttitle\t\n": "line 2: the surface is empty; write the title as the text has it.",
    HEADER + "长\ttitle\t\n": "line 2: '长' has one character; a surface of kind title needs two or more.",
    HEADER + "云帆\talias\t\n": "line 2: the alias '云帆' has no canonical name; write it in the third column.",
    HEADER + "金课\tword\t课程\n": "line 2: the word '金课' has a canonical name; leave the third column empty.",
    HEADER + "官宣\tverb\t发布\n": "line 2: the verb '官宣' is '发布'; it must be one of do, reach, increase, "
    "decrease, issue, cite, not_issue.",
    HEADER + "标准舱\tunit\t八 舱位\n": "line 2: the unit '标准舱' is '八 舱位'; write a base unit, "
    "as in '10000 平方米'.",
    HEADER + "云帆\talias\t甲公司\n云帆\talias\t乙公司\n": "line 3: '云帆' is alias '乙公司' here and "
    "alias '甲公司' in line 2; keep one of the two.",
    HEADER + "云帆\tword\n云帆\torganization\n": "line 3: '云帆' is organization here and word in line 2",
    HEADER + "甲公司\talias\t乙公司\n乙公司\talias\t甲公司\n": "line 2: the aliases of '甲公司' lead in a circle",
}


@pytest.mark.parametrize(("content", "message"), list(WRONG.items()))
def test_a_wrong_file_is_told_in_one_sentence_with_its_line(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "my.tsv"
    file.write_text(content, "utf-8")
    with pytest.raises(InputError) as error:
        kg.extract("王倩到会。", lexicon=file)
    assert str(error.value).startswith(str(file))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_none_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no such\.tsv is not a file; give a lexicon"):
        kg.extract("王倩到会。", lexicon=tmp_path / "no such.tsv")
    (tmp_path / "gb.tsv").write_bytes((HEADER + "云帆\tword\n").encode("gb18030"))
    with pytest.raises(InputError, match=r"gb.tsv is not UTF-8 \(byte \d+\); save"):
        kg.extract("王倩到会。", lexicon=tmp_path / "gb.tsv")


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary() | st.text("\t\n云帆长 titlewordunit万8#").map(lambda text: (HEADER + text).encode()))
def test_any_file_is_read_or_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "any.tsv"
    file.write_bytes(content)
    try:
        read = read_lexicon(file)
    except InputError as error:
        problem = str(error)
    else:
        problem = str(file)
        assert all(row["surface"] for rows in read.rows.values() for row in rows)
    assert problem.startswith(str(file))


@pytest.fixture(scope="module")
def text() -> str:
    return (ROOT / "examples" / "signing.txt").read_text("utf-8")


class TestNothingStays:
    """Terms are in use inside a call or a `with` block and leave no trace."""

    def test_the_next_call_knows_nothing_of_them(self, text: str) -> None:
        before = kg.extract(text)
        assert said(kg.extract(text, lexicon=EXAMPLE)) != said(before)
        assert kg.extract(text) == before
        assert "首席馆藏官" not in lookup("titles", "kind")
        assert "金课" not in words("name_stop_words")

    def test_all_facts_of_real_texts_are_the_same_before_and_after(self) -> None:
        paths = open_articles()[:4]
        before = [kg.extract(path) for path in paths]
        with use_terms(lexicon=EXAMPLE):
            assert [kg.extract(path) for path in paths] == before
        assert [kg.extract(path) for path in paths] == before

    def test_an_error_inside_the_block_ends_their_use_too(self) -> None:
        with pytest.raises(ZeroDivisionError), use_terms(lexicon=EXAMPLE):
            _ = 1 / 0
        assert terms_in_use() == Terms()
        assert "首席馆藏官" not in lookup("titles", "kind")

    def test_a_wrong_file_changes_nothing(self, folder: Path) -> None:
        with pytest.raises(InputError):
            kg.extract("王倩到会。", lexicon=lexicon(folder, "云帆\tcompany\t"))
        assert terms_in_use() == Terms()

    def test_an_inner_block_replaces_the_outer_one_for_its_time(self, folder: Path) -> None:
        inner = lexicon(folder, "巡展官\ttitle\t")
        with use_terms(lexicon=EXAMPLE):
            with kg.use_terms(lexicon=inner):
                assert ("首席馆藏官" in lookup("titles", "kind"), "巡展官" in lookup("titles", "kind")) == (False, True)
            assert ("首席馆藏官" in lookup("titles", "kind"), "巡展官" in lookup("titles", "kind")) == (True, False)

    def test_what_a_file_means_does_not_depend_on_the_terms_in_use(self, folder: Path) -> None:
        outer = lexicon(folder, "云帆集成\torganization\t")
        inner = lexicon(folder, "云帆\talias\t云帆集成")
        plain = read_terms(inner)
        with use_terms(lexicon=outer):
            assert read_terms(inner) == plain
            assert "云帆集成" in lookup("organizations", "canonical")

    def test_every_call_inside_a_block_follows_them(self, text: str) -> None:
        once = kg.extract(text, lexicon=EXAMPLE)
        with kg.use_terms(lexicon=EXAMPLE):
            assert kg.extract(text) == once
            assert kg.load()(text)._.facts == [fact.to_dict() for fact in once]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with texts that the example's terms change."""
    for place, sentence in enumerate((ROOT / "examples" / "signing.txt").read_text("utf-8").split("。")[:-1]):
        (tmp_path / f"{place}.txt").write_text(sentence + "。", "utf-8")
    return tmp_path


@pytest.fixture(params=["fork", "spawn"])
def processes(request: pytest.FixtureRequest) -> Iterator[str]:
    """How workers are started: beside a running thread they cannot be forked."""
    if request.param == "fork":
        yield "fork"
        return
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    yield "spawn"
    done.set()
    thread.join()


def test_workers_follow_the_terms(texts: Path, processes: str) -> None:
    assert processes in multiprocessing.get_all_start_methods()
    alone = kg.build(texts, lexicon=EXAMPLE)
    together = kg.build(texts, workers=2, lexicon=EXAMPLE)
    assert together.facts == alone.facts
    assert said(list(alone.facts)) != said(list(kg.build(texts, workers=2).facts))


def test_the_order_of_rows_changes_nothing(folder: Path, text: str) -> None:
    head, *rows = [line for line in EXAMPLE.read_text("utf-8").splitlines() if not line.startswith("#")]
    turned = folder / "turned.tsv"
    turned.write_text("\n".join([head, *rows[::-1]]), "utf-8")
    assert kg.extract(text, lexicon=turned) == kg.extract(text, lexicon=EXAMPLE)


def test_setting_the_same_terms_again_keeps_what_is_cached() -> None:
    terms, equal = read_terms(EXAMPLE), read_terms(EXAMPLE)
    set_terms(terms)
    try:
        first = table("titles")
        set_terms(equal)
        assert table("titles") is first
    finally:
        set_terms(Terms())


class TestCommand:
    """`--lexicon` of `kg build` and `kg extract`."""

    @staticmethod
    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "kg", *map(str, arguments)],
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    def test_extract(self) -> None:
        done = self.run("extract", "examples/signing.txt", "--lexicon", "examples/my_terms.tsv")
        names = {json.loads(line)["object"]["name"] for line in done.stdout.splitlines()}
        assert (done.returncode, done.stderr) == (0, "")
        assert "江源大学博物馆首席馆藏官" in names

    def test_build_with_several_workers_writes_the_same_bytes(self, texts: Path, tmp_path: Path) -> None:
        for workers in ("1", "2"):
            output = tmp_path / workers
            done = self.run("build", texts, "-o", output, "--lexicon", EXAMPLE, "--workers", workers)
            assert done.returncode == 0
        for name in ("graph.html", "graph.graphml", "facts.jsonl"):
            assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
        assert "云帆智能科技股份有限公司" in (tmp_path / "1" / "facts.jsonl").read_text("utf-8")

    @pytest.mark.parametrize("command", [["extract"], ["build", "-o", "out"]])
    def test_a_wrong_lexicon_is_told_before_anything_is_done(self, command: list[str], tmp_path: Path) -> None:
        (tmp_path / "my.tsv").write_text(HEADER + "云帆\tcompany\t\n", "utf-8")
        command = [tmp_path.joinpath(part).as_posix() if part == "out" else part for part in command]
        done = self.run(*command, "examples/signing.txt", "--lexicon", tmp_path / "my.tsv")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"kg: {tmp_path}/my.tsv, line 2: the kind is 'company'; it must be one of")
        assert not (tmp_path / "out").exists()
