"""The `kg` command as people run it: in a process of its own, on real files, good and bad."""

from __future__ import annotations

import contextlib
import csv
import fcntl
import io
import json
import os
import pty
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus import GOLD, ROOT, open_articles
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.graph import read_graph
from kg.text_table import display_width, one_line, text_table

SENTENCE = "红石市总工会主席王倩出席会议。"
COMMANDS = ("build", "remove", "status", "extract", "query", "diff", "ledger", "export", "evaluate")
QUESTIONS = (
    "positions", "holders", "notices", "metrics", "find", "path", "neighbors",
    "as-of", "timeline", "successions", "conflicts", "diff",
)  # fmt: skip


def kg(
    *arguments: str | Path, cwd: Path | None = None, stdin: str | bytes = b"", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command and return its status and what it has printed."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        cwd=cwd,
        input=data,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        timeout=300,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def facts_in(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.split("\n") if line]


@contextlib.contextmanager
def on_terminal(*arguments: str | Path, cwd: Path) -> Iterator[tuple[subprocess.Popen[bytes], Callable[[], bytes]]]:
    """Run the command with standard error on a terminal of 80 columns; yield it and what reads the screen.

    The reader returns what has been written since it was called last, and nothing after the command has ended.
    Standard output goes to `output` in the folder `cwd`.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    with (cwd / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "kg", *map(str, arguments)],
            cwd=cwd,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=output,
            stderr=theirs,
            start_new_session=True,
            # Tests that run in the background are deaf to interrupts, and so would be what they start.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
    os.close(theirs)

    def read() -> bytes:
        # A terminal that nobody writes to any more is an error to read, on Linux, and at its end elsewhere.
        with contextlib.suppress(OSError):
            return os.read(ours, 4096)
        return b""

    try:
        yield process, read
    finally:
        process.kill()
        process.wait()
        os.close(ours)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the first open articles, one of them in another encoding and one as a page."""
    folder = tmp_path_factory.mktemp("articles")
    for place, path in enumerate(open_articles()[:6]):
        text = path.read_text("utf-8")
        if place == 0:
            (folder / path.name).write_bytes(text.encode("gb18030"))
        elif place == 1:
            paragraphs = "".join(f"<p>{line.strip()}</p>" for line in text.split("\n") if line.strip())
            page = f"<html><head><meta charset=utf-8></head><body><article>{paragraphs}</article></body></html>"
            (folder / f"{path.stem}.html").write_text(page, "utf-8")
        else:
            (folder / path.name).write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def built(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `kg build` has written for the articles."""
    output = tmp_path_factory.mktemp("built") / "new" / "out"
    done = kg("build", articles, "-o", output)
    assert (done.returncode, done.stderr.count("skipped")) == (0, 0)
    return output


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the graph of a short text."""
    folder = tmp_path_factory.mktemp("graph")
    text = (
        "红石市总工会主席王倩、副主席李明出席会议。红石市总工会印发《关于做好工作的通知》。"
        "红石市总工会今年将建设重点实验室5家。"
    )
    (folder / "a.txt").write_text(text, "utf-8")
    assert kg("build", "a.txt", "-o", "out", cwd=folder).returncode == 0
    return folder / "out"


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The facts of the open articles."""
    path = tmp_path_factory.mktemp("facts") / "facts.jsonl"
    path.write_text(kg("extract", *open_articles()).stdout, "utf-8")
    return path


class TestBuild:
    def test_it_writes_a_page_a_graph_and_facts_that_agree(self, built: Path) -> None:
        outputs = ["facts.jsonl", "graph.graphml", "graph.html"]
        written = [*outputs, "kg.sqlite", "kg.sqlite-lock", "linking.json"]
        assert sorted(path.name for path in built.iterdir()) == written
        graph = read_graph(built / "graph.graphml")
        facts = facts_in((built / "facts.jsonl").read_text("utf-8"))
        assert sum(len(edge["evidence"]) for _, _, edge in graph.edges(data=True)) >= graph.number_of_edges() > 50
        assert {fact["predicate"] for fact in facts} == {edge["predicate"] for _, _, edge in graph.edges(data=True)}
        assert "<!doctype html>" in (built / "graph.html").read_text("utf-8")

    def test_it_says_what_was_found_and_where_it_lies(self, articles: Path, tmp_path: Path) -> None:
        done = kg("build", articles, "-o", tmp_path / "out", "--lang", "en")
        graph, facts = read_graph(tmp_path / "out/graph.graphml"), (tmp_path / "out/facts.jsonl").read_text("utf-8")
        rows = [line.split() for line in done.stdout.splitlines()]
        assert rows[0][:4] == ["documents", "6", "·", "facts"]
        assert rows[0][4:] == [
            *(str(len(facts_in(facts))), "·", "entities", str(graph.number_of_nodes()), "·"),
            *("edges", str(graph.number_of_edges())),
        ]
        persons = sum(data["type"] == "Person" for _, data in graph.nodes(data=True))
        assert ["Person", "Person", str(persons)] in rows
        for name in ("graph.html", "graph.graphml", "facts.jsonl"):
            assert str(tmp_path / "out" / name) in done.stdout
        assert 'lang="en"' in (tmp_path / "out/graph.html").read_text("utf-8")

    def test_order_of_paths_workers_and_hash_seed_change_no_byte(self, articles: Path, tmp_path: Path) -> None:
        paths = sorted(path.name for path in articles.iterdir())
        runs = [
            (paths, ("--workers", "1"), "0"),
            (paths[::-1], ("--workers", "3"), "1"),
            ([*paths[3:], ".", *paths[:3]], ("--workers", "2"), "2"),
        ]
        for number, (given_paths, workers, seed) in enumerate(runs):
            done = kg("build", *given_paths, "-o", tmp_path / str(number), *workers, cwd=articles, PYTHONHASHSEED=seed)
            assert done.returncode == 0
        for name in ("graph.html", "graph.graphml", "facts.jsonl"):
            first, *others = [(tmp_path / str(number) / name).read_bytes() for number in range(len(runs))]
            assert all(other == first for other in others)

    def test_two_runs_into_one_folder_leave_the_same_files(self, articles: Path, built: Path) -> None:
        # The store also holds when it was built.
        before = {path.name: path.read_bytes() for path in built.glob("[fg]*")}
        assert kg("build", articles, "-o", built).returncode == 0
        assert {path.name: path.read_bytes() for path in built.glob("[fg]*")} == before

    @pytest.mark.parametrize("workers", ["1", "2"])
    def test_bad_files_are_named_with_the_reason_and_the_others_kept(self, tmp_path: Path, workers: str) -> None:
        (tmp_path / "good.txt").write_text(SENTENCE, "utf-8")
        (tmp_path / "empty.txt").touch()
        (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200))
        done = kg("build", tmp_path, tmp_path / "nowhere.txt", "-o", tmp_path / "out", "--workers", workers)
        assert done.returncode == 0
        assert [fact["predicate"] for fact in facts_in((tmp_path / "out/facts.jsonl").read_text("utf-8"))].count(
            "holds"
        ) == 1
        header, *lines = done.stderr.splitlines()
        assert header == "skipped 3:"
        assert [next(name for name in ("empty", "picture", "nowhere") if f"/{name}.txt" in line) for line in lines] == [
            "empty",
            "nowhere",
            "picture",
        ]

    def test_a_progress_bar_is_drawn_on_a_terminal_only(self, articles: Path, tmp_path: Path) -> None:
        with on_terminal("build", articles, "-o", tmp_path / "out", cwd=tmp_path) as (process, read):
            shown = b"".join(iter(read, b""))
            assert process.wait() == 0
        assert b"6/6" in shown
        assert b"6/6" not in (tmp_path / "output").read_bytes()

    def test_a_worker_that_is_killed_costs_only_its_file(self, tmp_path: Path) -> None:
        # A reader that ends its process stands for a file that uses up the memory.
        program = """
import os, signal
from pathlib import Path
from kg.engines import extract_files
from kg.readers import Reader, read_text, register

def read(data, id):
    if data == b"deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return read_text(data.decode(), id)

register(Reader("frail", (".frail",), read))
if __name__ == "__main__":
    for result in extract_files(sorted(Path().glob("*.frail")), workers=2):
        print(result.path, len(result.facts), result.skipped)
"""
        (tmp_path / "program.py").write_text(program, "utf-8")
        for number in range(12):
            (tmp_path / f"{number:02}.frail").write_text("deadly" if number == 4 else SENTENCE, "utf-8")
        done = subprocess.run(
            [sys.executable, "program.py"],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
            timeout=300,
        )
        lines = done.stdout.decode().splitlines()
        assert len(lines) == 12
        assert [line.split()[0] for line in lines if not line.endswith("None")] == ["04.frail"]
        assert "was killed" in lines[4]


class TestBadInput:
    """What gives nothing at all: one sentence, status 2, nothing on standard output."""

    @staticmethod
    def make(folder: Path, kind: str) -> Path:
        path = folder / "bad.txt"
        match kind:
            case "empty file":
                path.touch()
            case "white space":
                path.write_text(" \n\t\u3000\n", "utf-8")
            case "binary file named .txt":
                path.write_bytes(Path(sys.executable).read_bytes()[:5000])
            case "bytes in no known encoding":
                path.write_bytes(b"\x81\x30\xff\xfe\x99\x81\xfe\xff\x80abc\xff\xff")
            case "named pipe":
                os.mkfifo(path)
            case "folder without articles":
                path.mkdir()
                (path / "table.xlsx").touch()
            case "page without text":
                path = folder / "bad.html"
                path.write_text("<html><body><script>1</script></body></html>", "utf-8")
            case "file larger than the limit":
                with path.open("wb") as file:
                    file.truncate(65 * 1024 * 1024)
        return path

    KINDS = (
        *("empty file", "white space", "missing path", "binary file named .txt", "bytes in no known encoding"),
        *("named pipe", "folder without articles", "page without text", "file larger than the limit"),
    )

    @pytest.mark.parametrize(
        ("command", "kind"),
        [*(("extract", kind) for kind in KINDS), *(("build", kind) for kind in KINDS[:2]), ("build", "missing path")],
    )
    def test_one_sentence_and_status_2(self, tmp_path: Path, command: str, kind: str) -> None:
        path = self.make(tmp_path, kind)
        done = kg(command, path, *(["-o", tmp_path / "out"] if command == "build" else []))
        assert (done.returncode, done.stdout) == (2, "")
        (line,) = done.stderr.splitlines()
        assert line.startswith("kg: ")
        assert str(path) in line
        assert line.endswith(".")

    def test_several_bad_files_are_one_sentence_too(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").touch()
        done = kg("extract", tmp_path / "a.txt", tmp_path / "b.txt")
        assert done.returncode == 2
        assert done.stderr.splitlines() == [
            f"kg: None of 2 inputs could be read; first: {tmp_path}/a.txt is empty; give a file with text."
        ]

    @pytest.mark.parametrize("below", ["", "deeper/still"])
    def test_an_output_that_cannot_be_written(self, tmp_path: Path, below: str) -> None:
        (tmp_path / "article.txt").write_text(SENTENCE, "utf-8")
        (tmp_path / "file").touch()
        done = kg("build", tmp_path / "article.txt", "-o", tmp_path / "file" / below)
        assert (done.returncode, done.stdout) == (2, "")
        (line,) = done.stderr.splitlines()
        assert str(tmp_path / "file") in line

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
    def test_a_full_disk_behind_standard_output(self, tmp_path: Path) -> None:
        (tmp_path / "article.txt").write_text(SENTENCE, "utf-8")
        with open("/dev/full", "w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "kg", "extract", str(tmp_path / "article.txt")],
                stdout=full,
                stderr=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                check=False,
                timeout=300,
            )
        assert done.returncode == 2
        assert len(done.stderr.decode().splitlines()) == 1

    def test_only_numbers_are_a_document_without_facts(self, tmp_path: Path) -> None:
        path = tmp_path / "numbers.txt"
        path.write_text("\n".join(f"{number} {number**2}.5" for number in range(300)), "utf-8")
        done = kg("extract", path)
        assert (done.returncode, done.stdout) == (0, "")
        assert done.stderr == "note: no fact was found; is the text Chinese news or a notice?\n"
        done = kg("build", path, "-o", tmp_path / "out")
        assert done.returncode == 0
        assert done.stdout.startswith("documents 1 · facts 0 · entities 0 · edges 0\n")
        assert read_graph(tmp_path / "out/graph.graphml").number_of_nodes() == 0

    def test_control_characters_and_lone_surrogates_do_no_harm(self, tmp_path: Path) -> None:
        path = tmp_path / "wild.txt"
        path.write_bytes(
            "红石市总工会主席王\x01倩\x1b[31m出席会议。\n红石市文联主席李".encode()
            + b"\xed\xa0\x80"
            + "明讲话。".encode()
        )
        done = kg("build", path, "-o", tmp_path / "out")
        assert done.returncode == 0
        (name,) = [node for node in read_graph(tmp_path / "out/graph.graphml") if node.startswith("Person:王")]
        table = kg("query", tmp_path / "out", "positions", name)
        assert "主席" in table.stdout
        assert {character for character in table.stdout + done.stdout if ord(character) < 32} <= {"\n"}

    def test_a_text_of_three_megabytes_is_read_to_its_end(self, tmp_path: Path) -> None:
        filler = "春天的风吹过田野，孩子们在河边跑着笑着。" * 5 + "\n"
        half = filler * (1_500_000 // len(filler.encode()))
        text = f"{SENTENCE}\n{half}{SENTENCE}\n{half}{SENTENCE}"
        path = tmp_path / "long.txt"
        path.write_text(text, "utf-8")
        facts = [fact for fact in facts_in(kg("extract", path).stdout) if fact["predicate"] == "holds"]
        middle = len(SENTENCE) + 1 + len(half)
        assert [fact["evidence"]["start"] for fact in facts] == [0, middle, 2 * middle]
        for fact in facts:
            proof, subject = fact["evidence"], fact["subject"]
            assert text[proof["start"] : proof["end"]] == proof["text"] == SENTENCE
            assert text[subject["start"] : subject["end"]] == "王倩"


class TestExtract:
    def test_standard_output_holds_facts_by_the_contract_and_nothing_else(self, articles: Path) -> None:
        done = kg("extract", articles)
        facts = facts_in(done.stdout)
        assert len(facts) > 100
        keys = ["document", "predicate", "subject", "object", "qualifiers", "evidence", "confidence", "extractor"]
        assert all(list(fact) == keys for fact in facts)
        order = [(fact["document"], fact["evidence"]["start"], fact["predicate"]) for fact in facts]
        assert order == sorted(order)

    def test_what_it_prints_is_what_build_writes(self, articles: Path, built: Path) -> None:
        assert kg("extract", articles).stdout == (built / "facts.jsonl").read_text("utf-8")

    def test_the_document_is_the_path_as_given(self, tmp_path: Path) -> None:
        (tmp_path / "甲 乙").mkdir()
        (tmp_path / "甲 乙" / "文 章.txt").write_text(SENTENCE, "utf-8")
        done = kg("extract", "甲 乙/../甲 乙/文 章.txt", cwd=tmp_path)
        assert {fact["document"] for fact in facts_in(done.stdout)} == {"甲 乙/../甲 乙/文 章.txt"}

    def test_standard_input_is_read_beside_files(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
        done = kg("extract", "-", "a.txt", cwd=tmp_path, stdin=SENTENCE.replace("王倩", "李明"))
        said = {(fact["document"], fact["subject"]["name"]) for fact in facts_in(done.stdout)}
        assert {("a.txt", "王倩"), ("stdin", "李明")} <= said

    def test_empty_standard_input_is_refused(self) -> None:
        done = kg("extract", "-")
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("kg: stdin is empty")

    def test_a_threshold_of_confidence_leaves_out_what_is_below(self, articles: Path) -> None:
        every = facts_in(kg("extract", articles).stdout)
        sure = facts_in(kg("extract", articles, "--min-confidence", "0.93").stdout)
        assert sure == [fact for fact in every if fact["confidence"] >= 0.93]
        assert 0 < len(sure) < len(every)

    @pytest.mark.parametrize("value", ["2", "-0.1", "high", "nan"])
    def test_a_confidence_that_is_none_is_refused(self, value: str) -> None:
        done = kg("extract", "a.txt", f"--min-confidence={value}")
        assert done.returncode == 2
        assert "is not a number from 0 to 1" in done.stderr

    def test_a_table_is_for_people(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
        header, rule, *rows = kg("extract", tmp_path / "a.txt", "--format", "table").stdout.splitlines()
        assert header.split()[:4] == ["document", "subject", "predicate", "object"]
        assert any("王倩" in row and "holds" in row for row in rows)
        # A column begins at the same place of the screen in every row.
        start = display_width(header[: header.index("predicate")])
        assert all(
            display_width(row[: row.index(word)]) == start for row, word in zip(rows, ("at", "holds"), strict=False)
        )
        assert set(rule) == {"-", " "}

    def test_the_object_in_a_table_is_the_entity_not_a_qualifier_of_that_name(self) -> None:
        table = kg("extract", "-", "--format", "table", stdin="红石市总工会今年将建设重点实验室5家。").stdout
        (row,) = [line for line in table.splitlines() if "targets" in line]
        assert "重点实验室 5家" in row

    @pytest.mark.parametrize("locale", ["C", "zh_CN.GB18030"])
    def test_output_is_utf8_in_every_locale(self, tmp_path: Path, locale: str) -> None:
        (tmp_path / "a.txt").write_text(SENTENCE, "utf-8")
        done = kg("extract", "a.txt", cwd=tmp_path, LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
        assert "王倩" in done.stdout

    def test_a_reader_that_leaves_early_hears_no_complaint(self, articles: Path) -> None:
        command = f"set -o pipefail; {sys.executable} -m kg extract {articles} {articles} | head -n 1"
        done = subprocess.run(
            ["bash", "-c", command],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
            timeout=300,
        )
        assert len(done.stdout.splitlines()) == 1
        assert b"Error" not in done.stderr
        assert b"Broken" not in done.stderr

    @pytest.mark.parametrize("workers", ["1", "2"])
    def test_an_interrupt_ends_it_without_a_traceback(self, tmp_path: Path, workers: str) -> None:
        for number in range(40):
            (tmp_path / f"{number}.txt").write_text((SENTENCE + "\n") * 200, "utf-8")
        with on_terminal("extract", ".", "--workers", workers, cwd=tmp_path) as (process, read):
            shown = read()
            while b"/40 " not in shown:
                assert process.poll() is None
                shown += read()
            os.killpg(process.pid, signal.SIGINT)
            shown += b"".join(iter(read, b""))
            assert process.wait() == 130
        assert (tmp_path / "output").read_bytes() == b""
        assert b"Traceback" not in shown


class TestQuery:
    @pytest.mark.parametrize(
        ("question", "expected"),
        [
            (["positions", "王倩"], {"person": "王倩", "title": "主席", "organization": "红石市总工会"}),
            (["holders", "--title", "副主席"], {"person": "李明"}),
            (["holders", "--organization", "红石市总工会", "--title", "主席"], {"person": "王倩"}),
            (["notices"], {"organization": "红石市总工会", "verb": "印发"}),
            (["notices", "--organization", "红石市总工会"], {"notice": "关于做好工作的通知"}),
            (["metrics", "--action", "建设"], {"value_text": "5", "unit": "家"}),
            (["find", "--subject", "王倩", "--predicate", "holds"], {"object": "红石市总工会主席"}),
            (["find", "--where", "status=current", "title=主席"], {"subject": "王倩"}),
            (["path", "王倩", "Position:红石市总工会/主席"], {"predicate": "holds"}),
            (["neighbors", "王倩", "--predicate", "holds"], {"name": "红石市总工会主席", "distance": 1}),
        ],
        ids=" ".join,
    )
    def test_each_question_has_the_same_answer_in_every_format(
        self, graph: Path, question: list[str], expected: dict[str, object]
    ) -> None:
        (record,) = facts_in(kg("query", graph, *question, "--format", "jsonl").stdout)
        assert expected.items() <= record.items()
        (row,) = csv.DictReader(io.StringIO(kg("query", graph, *question, "--format", "csv").stdout))
        assert {name: str(value) for name, value in expected.items()}.items() <= row.items()
        header, _, line = kg("query", graph / "graph.graphml", *question).stdout.splitlines()
        assert set(expected) <= set(header.split())
        assert all(str(value) in line for value in expected.values())

    def test_an_absent_qualifier_is_asked_for_by_no_value(self, graph: Path) -> None:
        found = facts_in(
            kg("query", graph, "find", "--predicate", "holds", "--where", "until=", "--format", "jsonl").stdout
        )
        assert [record["subject"] for record in found] == ["李明", "王倩"]

    def test_nothing_found_is_said_on_standard_error(self, graph: Path) -> None:
        done = kg("query", graph, "holders", "--title", "秘书长")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "Nothing in the graph fits.\n")

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["positions", "王情"], "did you mean"),
            (["find", "--predicate", "hold"], "holds"),
            (["find", "--where", "state=x"], "state"),
            (["neighbors", "王倩", "--depth", "0"], "1 or more"),
        ],
        ids=str,
    )
    def test_an_unknown_name_is_answered_with_what_there_is(
        self, graph: Path, arguments: list[str], message: str
    ) -> None:
        done = kg("query", graph, *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert message in done.stderr
        assert len(done.stderr.splitlines()) == 1

    @pytest.mark.parametrize("content", [None, "", "<graphml", "这不是图"])
    def test_a_file_that_is_no_graph_is_refused(self, tmp_path: Path, content: str | None) -> None:
        path = tmp_path / "graph.graphml"
        if content is not None:
            path.write_text(content, "utf-8")
        done = kg("query", path, "notices")
        assert (done.returncode, done.stdout) == (2, "")
        assert str(path) in done.stderr
        assert len(done.stderr.splitlines()) == 1


class TestExport:
    @pytest.mark.parametrize(
        ("name", "files"),
        [
            ("copy.graphml", ["copy.graphml"]),
            ("page.html", ["page.html"]),
            ("graph.gexf", ["graph.gexf"]),
            ("table.csv", ["table.edges.csv", "table.nodes.csv"]),
            ("facts.jsonl", ["facts.jsonl"]),
        ],
    )
    def test_the_extension_says_the_format(self, built: Path, tmp_path: Path, name: str, files: list[str]) -> None:
        done = kg("export", built, "-o", tmp_path / name)
        assert sorted(done.stdout.splitlines()) == [str(tmp_path / file) for file in files]
        assert sorted(path.name for path in tmp_path.iterdir()) == files
        assert all(path.stat().st_size for path in tmp_path.iterdir())

    def test_graphml_and_page_come_back_byte_for_byte(self, built: Path, tmp_path: Path) -> None:
        for name in ("graph.graphml", "graph.html"):
            kg("export", built, "-o", tmp_path / name)
            assert (tmp_path / name).read_bytes() == (built / name).read_bytes()

    @pytest.mark.parametrize("name", ["graph.docx", "graph", "no such folder/graph.gexf", "no such folder/graph.html"])
    def test_what_cannot_be_written_is_one_sentence(self, built: Path, tmp_path: Path, name: str) -> None:
        done = kg("export", built, "-o", tmp_path / name)
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        assert list(tmp_path.iterdir()) == []


class TestEvaluate:
    def test_floors_decide_the_status(self, facts: Path) -> None:
        gold = GOLD / "articles-open.jsonl"
        assert kg("evaluate", gold, facts, "--min", "holds=0.5", "issues=0.5", "--min", "targets=0.5").returncode == 0
        done = kg("evaluate", gold, facts, "--min", "holds=1", "targets=0.5")
        assert done.returncode == 1
        assert done.stderr.startswith("holds: F1 0.")
        assert done.stderr.endswith("is below the floor 1.0.\n")

    def test_mistakes_and_changes_are_shown_when_asked_for(self, facts: Path, tmp_path: Path) -> None:
        gold = GOLD / "articles-open.jsonl"
        plain = kg("evaluate", gold, facts).stdout
        assert "spurious" not in plain
        (tmp_path / "old.jsonl").touch()
        done = kg("evaluate", gold, facts, "--errors", "--compare", tmp_path / "old.jsonl")
        assert done.stdout.startswith(plain.rstrip("\n"))
        assert "spurious" in done.stdout
        assert "mistakes gone" in done.stdout

    @pytest.mark.parametrize("floor", ["holds", "holds=two", "holds=2", "at=0.5"])
    def test_a_floor_that_is_none_is_refused(self, facts: Path, floor: str) -> None:
        assert kg("evaluate", GOLD / "articles-open.jsonl", facts, "--min", floor).returncode == 2

    def test_files_that_are_no_gold_or_facts_are_refused(self, facts: Path, tmp_path: Path) -> None:
        done = kg("evaluate", facts, tmp_path / "nowhere.jsonl")
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1


class TestHelp:
    @pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)], ids=" ".join)
    def test_every_command_shows_examples(self, command: tuple[str, ...]) -> None:
        done = kg(*command, "--help")
        assert done.returncode == 0
        example = f"  kg {' '.join(command)}".rstrip()
        assert any(line.startswith(example) for line in done.stdout.split("examples:")[1].splitlines())

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_every_question_shows_an_example(self, question: str) -> None:
        assert f"  kg query out {question} " in kg("query", "out", question, "--help").stdout

    def test_help_does_not_wait_for_spacy(self) -> None:
        program = "import sys, kg.cli\ntry: kg.cli.main(['--help'])\nexcept SystemExit: print('spacy' in sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", program], env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=True
        )
        assert done.stdout.decode().splitlines()[-1] == "False"

    def test_the_version_is_that_of_the_package(self) -> None:
        import kg as package

        assert kg("--version").stdout == f"kg {package.__version__}\n"

    @pytest.mark.parametrize("arguments", [(), ("paint",), ("build", "x"), ("query", "x"), ("extract",)], ids=str)
    def test_a_mistyped_command_shows_how_it_is_meant(self, arguments: tuple[str, ...]) -> None:
        done = kg(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith("usage: kg")


class TestTables:
    @given(st.text(), st.integers(1, 30))
    def test_a_cell_is_one_line_within_its_limit_that_no_terminal_obeys(self, text: str, limit: int) -> None:
        line = one_line(text, limit)
        assert display_width(line) <= limit
        assert line.isprintable()

    @settings(max_examples=50)
    @given(st.lists(st.tuples(st.text("会长abc "), st.none() | st.integers()), max_size=5))
    def test_columns_line_up(self, rows: list[tuple[str, int | None]]) -> None:
        lines = text_table(["名称", "count"], rows).split("\n")
        widths = [len(dashes) for dashes in lines[1].split()]
        assert len(lines) == len(rows) + 2
        assert all(display_width(line) <= sum(widths) + 2 for line in lines)
