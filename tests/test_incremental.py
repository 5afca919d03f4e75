"""A build that goes on where the last one ended: the same bytes as from scratch, whatever happened in between."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from corpus import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_cli import facts_in, kg
from test_layers import imported, modules, room_of

import kg as library
from kg import export_state, extractor_version, outputs, project
from kg.cli import main
from kg.extractor_version import package_version, terms_version
from kg.outputs import OUTPUTS, write_outputs
from kg.store import STORE_FILE, Store
from kg.store_lock import only_builder
from kg.terms import use_terms

TEXTS = (
    "红石市总工会主席王倩出席会议。",
    "红石市总工会主席李明、红石轻工业联合会会长张崇和出席会议。",
    "红石市总工会、红石轻工业联合会联合印发《关于开展技能竞赛的通知》，今年新建评价基地5家。",
    "工信部印发《关于开展技能竞赛的通知》。\n红石市总工会主席王倩出席会议。",
    "工业和信息化部部长王倩出席会议。",
    "今年新建评价基地8家，培训5万人。",
    "",
)
NAMES = tuple(f"{number}.txt" for number in range(5))


@contextlib.contextmanager
def inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def contents(out: Path) -> dict[str, bytes]:
    return {name: (out / name).read_bytes() for name in OUTPUTS}


def from_scratch(texts: dict[str, str]) -> dict[str, bytes]:
    """Return the outputs of a build of nothing but these files."""
    with tempfile.TemporaryDirectory() as folder, inside(Path(folder)):
        for name, text in texts.items():
            Path(name).write_text(text, "utf-8")
        with project.opened("out", create=True) as store:
            if texts:
                project.update(store, list(texts))
            write_outputs(store, "zh")
        return contents(Path("out"))


_FILES = st.lists(st.sampled_from(NAMES), min_size=1, unique=True)
_STEPS = st.one_of(
    st.tuples(st.just("edit"), st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    st.tuples(st.just("build"), _FILES, st.booleans()),
    st.tuples(st.just("build"), _FILES, st.booleans()),
    st.tuples(st.just("remove"), st.sampled_from(NAMES), st.booleans()),
)


class _Project:
    """A folder with files and a store, and beside it what the store should hold."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        for place, name in enumerate(NAMES):
            Path(name).write_text(TEXTS[place], "utf-8")

    def step(self, kind: str, what: Any, more: Any) -> None:
        if kind == "edit":
            Path(what).write_text(more, "utf-8")
            return
        with project.opened("out", create=True) as store:
            if kind == "remove":
                self._remove(store, what)
            else:
                self._build(store, what)
            if more:
                write_outputs(store, "zh")

    def _remove(self, store: Store, name: str) -> None:
        if name in self.held:
            assert project.remove(store, [name]) == (name,)
            del self.held[name]
        else:
            with pytest.raises(library.UsageError, match="holds no document"):
                project.remove(store, [name])

    def _build(self, store: Store, names: list[str]) -> None:
        texts = {name: Path(name).read_text("utf-8") for name in names}
        if not any(texts.values()) and not self.held.keys() & set(names):
            with pytest.raises(library.InputError):
                project.update(store, names)
            return
        done = project.update(store, names)
        # What has not changed was not read.
        assert set(done.unchanged) == {name for name in names if self.held.get(name) == texts[name] != ""}
        assert set(done.read) == {name for name in names if texts[name] and self.held.get(name) != texts[name]}
        for name, text in texts.items():
            self.held.pop(name, None)
            if text:
                self.held[name] = text


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_STEPS, max_size=12))
def test_splits_orders_edits_and_removals_end_with_the_bytes_of_a_build_from_scratch(steps: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder, inside(Path(folder)):
        grown = _Project()
        for step in steps:
            grown.step(*step)
        with project.opened("out", create=True) as store:
            write_outputs(store, "zh")
            assert {document.id: document.text for document in store.documents()} == grown.held
        assert contents(Path("out")) == from_scratch(grown.held)


def test_the_outputs_are_those_of_a_build_in_memory(tmp_path: Path) -> None:
    with inside(tmp_path):
        for name, text in zip(NAMES, TEXTS, strict=False):
            Path(name).write_text(text, "utf-8")
        built = library.build(NAMES)
        with project.opened("out", create=True) as store:
            project.update(store, NAMES)
            stored = outputs.graph_of(store)
    assert list(stored.graph.nodes(data=True)) == list(built.graph.nodes(data=True))
    assert list(stored.graph.edges(keys=True, data=True)) == list(built.graph.edges(keys=True, data=True))
    assert (stored.facts, stored.documents) == (built.facts, built.documents)


class TestFiles:
    """Which file is which document."""

    @pytest.fixture(autouse=True)
    def _inside(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("a").mkdir()
        Path("a/1.txt").write_text(TEXTS[0], "utf-8")

    @staticmethod
    def build(*paths: str | Path) -> project.Update:
        with project.opened("out", create=True) as store:
            return project.update(store, paths)

    def test_a_file_given_by_another_path_is_the_same_document(self) -> None:
        self.build("a/1.txt")
        assert self.build(Path("a/1.txt").resolve()).unchanged == ("a/1.txt",)
        Path("a/1.txt").write_text(TEXTS[1], "utf-8")
        assert self.build(Path("a/../a/1.txt")).read == ("a/1.txt",)

    def test_another_file_of_the_same_name_does_not_replace_a_document(self) -> None:
        self.build("a/1.txt")
        Path("b/a").mkdir(parents=True)
        Path("b/a/1.txt").write_text(TEXTS[1], "utf-8")
        with inside(Path("b")), project.opened("../out") as store:
            with pytest.raises(library.InputError, match="give the path in full"):
                project.update(store, "a/1.txt")
            assert store.read("a/1.txt").text == TEXTS[0]

    def test_a_folder_that_was_moved_as_a_whole_is_not_read_again(self) -> None:
        self.build("a")
        Path("b").mkdir()
        shutil.move("a", "b/a")
        shutil.move("out", "b/out")
        with inside(Path("b")):
            assert self.build("a").unchanged == ("a/1.txt",)
            with Store.open("out") as store:
                assert project.status(store).stale == ()

    def test_a_file_that_is_gone_stays_and_is_stale(self) -> None:
        Path("a/2.txt").write_text(TEXTS[1], "utf-8")
        self.build("a")
        Path("a/2.txt").unlink()
        self.build("a")
        with Store.open("out") as store:
            assert store.count()[0] == 2
            ((id, reason),) = project.status(store).stale
        assert (id, reason.endswith("a/2.txt is gone")) == ("a/2.txt", True)

    def test_removal_by_the_path_of_the_file(self) -> None:
        self.build("a")
        with project.opened("out") as store:
            assert project.remove(store, [str(Path("a/1.txt").resolve())]) == ("a/1.txt",)

    def test_one_unknown_document_keeps_all(self) -> None:
        self.build("a")
        with project.opened("out") as store:
            with pytest.raises(library.UsageError, match=r"did you mean a/1\.txt"):
                project.remove(store, ["a/1.txt", "a/l.txt"])
            assert store.count()[0] == 1

    def test_an_output_changed_by_hand_is_written_again_and_others_are_left(self) -> None:
        self.build("a")
        with project.opened("out") as store:
            assert write_outputs(store, "zh") is not None
            assert write_outputs(store, "zh") is None
            before = contents(Path("out"))
            Path("out/facts.jsonl").write_text("", "utf-8")
            assert write_outputs(store, "zh") is not None
        assert contents(Path("out")) == before


class TestExtractorVersion:
    """What makes documents stale."""

    def test_the_rooms_are_those_that_extraction_imports(self) -> None:
        import ast

        uses: dict[str, set[str]] = {}
        for path in modules():
            names = {name.split(".")[1] for name in imported(ast.parse(path.read_text("utf-8"))) if name.count(".")}
            uses.setdefault(room_of(path), set()).update(name for name in names if not name.startswith("_"))
        reached, waiting = set(), {"extraction"}
        while waiting:
            room = waiting.pop()
            reached.add(room)
            waiting |= {name for name in uses.get(room, ()) if (ROOT / "kg" / name).exists() or name in uses} - reached
        assert reached == set(extractor_version.ROOMS)

    def test_a_changed_lexicon_of_the_package_makes_documents_stale(self, tmp_path: Path) -> None:
        package = tmp_path / "kg"
        shutil.copytree(ROOT / "kg", package, ignore=shutil.ignore_patterns("__pycache__"))
        program = "from kg.extractor_version import extractor_version as v, package_version as p; print(v(), p())"

        def versions() -> list[str]:
            done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, check=True)
            return done.stdout.decode().split()

        before = versions()
        assert before == [extractor_version.extractor_version(), package_version()]
        (package / "view" / "page.css").write_text("", "utf-8")
        with_view = versions()
        assert (with_view[0] == before[0], with_view[1] == before[1]) == (True, False)
        with (package / "resources" / "lexicons" / "titles.tsv").open("a", encoding="utf-8") as file:
            file.write("# one more line\n")
        assert versions()[0] != before[0]

    def test_terms_count_by_what_they_say(self, tmp_path: Path) -> None:
        versions = []
        for name, text in (
            ("a.tsv", "surface\tkind\tcanonical\n云帆\tword\n"),
            ("b.tsv", "# moved\n\nsurface\tkind\tcanonical\n云帆\tword\n"),
            ("c.tsv", "surface\tkind\tcanonical\n云帆\talias\t云帆集团\n"),
        ):
            (tmp_path / name).write_text(text, "utf-8")
            with use_terms(tmp_path / name):
                versions.append((terms_version(), extractor_version.extractor_version()))
        assert versions[0] == versions[1] != versions[2]
        assert terms_version() == ""


class TestCommands:
    """`kg build`, `remove`, `status` and `export` on a folder with a store."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "articles").mkdir()
        for name, text in zip(NAMES, TEXTS, strict=False):
            (tmp_path / "articles" / name).write_text(text, "utf-8")
        return tmp_path

    def test_a_life(self, folder: Path) -> None:
        done = kg("build", "articles/0.txt", "articles/1.txt", "-o", "out", cwd=folder)
        assert done.returncode == 0
        done = kg("build", "articles", "-o", "out", "--no-export", cwd=folder)
        assert "read 3 · unchanged 2 · withdrawn 0" in done.stdout
        assert "kg export out" in done.stdout
        done = kg("query", "out", "positions", "王倩", cwd=folder)
        assert "answered from the store" in done.stderr
        assert "王倩（工业和信息化部）" in done.stderr
        assert kg("export", "out", cwd=folder).stdout.split() == [f"out/{name}" for name in OUTPUTS]
        (folder / "articles/1.txt").unlink()
        (folder / "articles/2.txt").write_text(TEXTS[0], "utf-8")
        done = kg("status", "out", cwd=folder)
        assert "articles/1.txt is gone" in done.stdout
        assert "articles/2.txt has changed" in done.stdout
        assert "current" in done.stdout
        done = kg("remove", "articles/1.txt", "-o", "out", cwd=folder)
        assert (done.returncode, "withdrawn 1:\n  articles/1.txt" in done.stdout) == (0, True)
        assert kg("build", "articles", "-o", "out", cwd=folder).returncode == 0
        assert kg("build", "articles", "-o", "fresh", cwd=folder).returncode == 0
        assert contents(folder / "out") == contents(folder / "fresh")
        assert "stale       0" in kg("status", "out", cwd=folder).stdout
        done = kg("build", "articles", "-o", "out", cwd=folder)
        assert "Nothing has changed" in done.stdout

    def test_removed_evidence_is_gone_with_its_nodes(self, folder: Path) -> None:
        assert kg("build", "articles", "-o", "out", cwd=folder).returncode == 0
        assert "张崇和" in (folder / "out/graph.graphml").read_text("utf-8")
        assert kg("remove", "articles/1.txt", "-o", "out", cwd=folder).returncode == 0
        for name in OUTPUTS:
            assert "张崇和" not in (folder / "out" / name).read_text("utf-8")
        left = {fact["document"] for fact in facts_in((folder / "out/facts.jsonl").read_text("utf-8"))}
        assert left == {f"articles/{name}" for name in NAMES} - {"articles/1.txt"}

    def test_the_second_build_says_so_or_waits(self, folder: Path) -> None:
        (folder / "out").mkdir()
        with only_builder(folder / "out" / STORE_FILE):
            done = kg("build", "articles", "-o", "out", cwd=folder)
            assert (done.returncode, done.stdout) == (2, "")
            assert done.stderr == (
                "kg: Another build is writing to out; let it end first, or wait for it with --wait.\n"
            )
            waiting = subprocess.Popen(
                [sys.executable, "-m", "kg", "build", "articles", "-o", "out", "--wait"],
                cwd=folder,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdout=subprocess.DEVNULL,
            )
            time.sleep(2)
            assert waiting.poll() is None
        assert waiting.wait(120) == 0
        assert sorted(path.name for path in (folder / "out").iterdir()) == sorted(
            [*OUTPUTS, STORE_FILE, f"{STORE_FILE}-lock"]
        )

    def test_what_links_by_other_terms_is_refused(self, folder: Path) -> None:
        (folder / "my.tsv").write_text("surface\tkind\tcanonical\n红石总工\talias\t红石市总工会\n", "utf-8")
        assert kg("build", "articles", "-o", "out", "--lexicon", "my.tsv", cwd=folder).returncode == 0
        done = kg("remove", "articles/1.txt", "-o", "out", cwd=folder)
        assert (done.returncode, "give the same --lexicon" in done.stderr) == (2, True)
        assert "stale       0" in kg("status", "out", "--lexicon", "my.tsv", cwd=folder).stdout
        done = kg("remove", "articles/1.txt", "-o", "out", "--lexicon", "my.tsv", cwd=folder)
        assert done.returncode == 0
        done = kg("build", "articles/0.txt", "-o", "out", cwd=folder)
        assert "note: 3 documents were read by another version or with other terms" in done.stderr

    def test_a_folder_without_a_store_is_said(self, folder: Path) -> None:
        for arguments in (("status", "articles"), ("remove", "a", "-o", "articles"), ("export", "articles")):
            done = kg(*arguments, cwd=folder)
            assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


class TestWhenOutputsAreWritten:
    """`--export auto`: always, but for a few documents of many; questions are answered from the store all the same."""

    @pytest.fixture(autouse=True)
    def _grown(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setattr(export_state, "LARGE_STORE", 3)
        monkeypatch.setattr(export_state, "FEW", 0.45)
        monkeypatch.chdir(tmp_path)
        self.capsys = capsys
        Path("articles").mkdir()
        for name, text in zip(NAMES[:4], TEXTS, strict=False):
            Path("articles", name).write_text(text, "utf-8")
        assert "written" in self.run("build", "articles", "-o", "out")
        self.before = contents(Path("out"))
        Path("articles/new.txt").write_text("红石市总工会副主席赵敏出席会议，今年新建评价基地9家。", "utf-8")

    def run(self, *arguments: str) -> str:
        assert main(arguments) == 0
        out, self.errors = self.capsys.readouterr()
        return out

    def is_written(self, *arguments: str) -> bool:
        """Run a command and say whether it leaves the outputs of a build from scratch, not those of before."""
        self.run(*arguments)
        texts = {path.as_posix(): path.read_text("utf-8") for path in Path("articles").iterdir()}
        with tempfile.TemporaryDirectory() as folder, inside(Path(folder)):
            Path("articles").mkdir()
            for name, text in texts.items():
                Path(name).write_text(text, "utf-8")
            main(["build", "articles", "-o", "fresh", "--export", "always"])
            fresh = contents(Path("fresh"))
        self.capsys.readouterr()
        found = contents(Path("out"))
        assert found in (self.before, fresh)
        return found == fresh

    def test_not_for_a_few_of_many(self) -> None:
        said = self.run("build", "articles/new.txt", "-o", "out")
        assert contents(Path("out")) == self.before
        (line,) = [line for line in said.splitlines() if "last export" in line]
        assert "`kg export out` writes them" in line
        assert "1 documents have changed since; `kg export out` writes them" in self.run("status", "out")
        assert self.is_written("export", "out")
        assert "outputs     current" in self.run("status", "out")

    def test_few_and_few_are_many(self) -> None:
        assert not self.is_written("build", "articles/new.txt", "-o", "out")
        assert not self.is_written("build", "articles", "-o", "out")
        Path("articles/new.txt").write_text(TEXTS[0], "utf-8")
        assert not self.is_written("build", "articles", "-o", "out")
        Path("articles/new.txt").write_text(TEXTS[1], "utf-8")
        assert self.is_written("build", "articles", "-o", "out")

    @pytest.mark.parametrize("wanted", ["always", "never"])
    def test_what_is_asked_for_is_done(self, wanted: str) -> None:
        Path("articles/0.txt").write_text(TEXTS[4], "utf-8")
        Path("articles/1.txt").write_text(TEXTS[4], "utf-8")
        assert self.is_written("build", "articles", "-o", "out", "--export", wanted) == (wanted == "always")

    def test_not_asked_for_as_before(self) -> None:
        assert not self.is_written("build", "articles", "-o", "out", "--no-export")

    def test_removals_are_changes(self) -> None:
        self.run("remove", "articles/0.txt", "-o", "out", "--export", "auto")
        # Three documents are left, which are not many.
        assert "articles/0.txt" not in Path("out/facts.jsonl").read_text("utf-8")

    @pytest.mark.parametrize("what", ["corrections", "language", "a missing file"])
    def test_what_concerns_the_whole_graph_is_always_written(self, what: str) -> None:
        options = []
        if what == "corrections":
            Path("out/corrections.toml").write_text('[[rename]]\nname = "王倩"\nto = "王茜"\n', "utf-8")
        elif what == "language":
            options = ["--lang", "en"]
        else:
            Path("out/linking.json").unlink()
        assert "written" in self.run("build", "articles/new.txt", "-o", "out", *options)
        assert "赵敏" in Path("out/graph.graphml").read_text("utf-8")

    def test_a_store_that_never_had_outputs_gets_them(self) -> None:
        assert "not written" in self.run("build", "articles", "-o", "other", "--export", "never")
        assert "not written" in self.run("status", "other")
        assert "written" in self.run("build", "articles", "-o", "other")
        assert contents(Path("other")).keys() == set(OUTPUTS)

    @pytest.mark.parametrize(
        "question",
        [
            ("query", "positions", "赵敏"),
            ("query", "holders", "--organization", "红石市总工会"),
            ("query", "as-of", "2030-01-01"),
            ("explain", "红石市总工会"),
            ("explain", "赵敏"),
            ("ambiguities",),
            ("ledger",),
            ("diff", "out"),
        ],
    )
    def test_questions_are_answered_from_the_store(self, question: tuple[str, ...]) -> None:
        """No command may read a file that is older than the store."""
        command, *rest = question
        self.run("build", "articles/new.txt", "-o", "out")
        answer = self.run(command, "out", *rest)
        assert "answered from the store" in self.errors
        assert contents(Path("out")) == self.before
        self.run("export", "out")
        assert self.run(command, "out", *rest) == answer
        assert "answered from the store" not in self.errors

    def test_an_export_to_another_format_is_of_the_store(self) -> None:
        self.run("build", "articles/new.txt", "-o", "out")
        self.run("export", "out", "-o", "now.graphml")
        self.run("export", "out")
        assert Path("now.graphml").read_bytes() == Path("out/graph.graphml").read_bytes()

    def test_a_decision_is_followed_by_the_next_answer(self) -> None:
        Path("out/corrections.toml").write_text('[[rename]]\nname = "李明"\nto = "李鸣"\n', "utf-8")
        assert "李鸣" in self.run("query", "out", "holders", "--organization", "红石市总工会")
        assert "not those of the store any more" in self.run("status", "out")

    def test_terms_of_the_build_are_asked_for(self) -> None:
        Path("my.tsv").write_text("surface\tkind\tcanonical\n红石总工\talias\t红石市总工会\n", "utf-8")
        self.run("build", "articles", "-o", "out", "--lexicon", "my.tsv", "--export", "never")
        assert main(["query", "out", "positions", "赵敏"]) == 2
        assert "give the same --lexicon" in self.capsys.readouterr().err
        assert "副主席" in self.run("query", "out", "positions", "赵敏", "--lexicon", "my.tsv")
        assert "赵敏" in self.run("explain", "out", "赵敏", "--lexicon", "my.tsv")


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_workers_of_a_killed_build_end_by_themselves(tmp_path: Path) -> None:
    (tmp_path / "articles").mkdir()
    for number in range(400):
        (tmp_path / "articles" / f"{number}.txt").write_text(f"第{number}号。" + TEXTS[1] * 20, "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "build", "articles", "-o", "out", "--workers", "2"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )

    def alive() -> set[int]:
        found = set()
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                pid, _, rest = stat.read_text().partition(" ")
                state, _, group = rest.rpartition(")")[2].split()[:3]
                if int(group) == process.pid and state != "Z":
                    found.add(int(pid))
        return found

    deadline = time.monotonic() + 60
    while len(alive()) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(alive()) >= 3
    process.send_signal(signal.SIGKILL)
    process.wait()
    while alive() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert alive() == set()


def test_ten_builds_killed_at_random_moments_lose_nothing_committed() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "kill.py"), "--kills", "10", "--articles", "100"],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=900,
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, ""), done.stdout.decode()
    assert done.stdout.decode().endswith("0 wrong\n")
