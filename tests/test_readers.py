"""From paths, standard input and texts to documents: what is opened, under which id, by which reader."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError, UsageError
from kg.readers import extensions, find_files, names, read, read_text
from kg.readers.encoding import clean, has_text
from kg.readers.files import SIZE_LIMIT
from kg.readers.registry import Reader, Registry
from kg.types import Document

SENTENCE = "会长张三出席会议。"
PAGE = f"<html><head><title>年会</title></head><body><article><p>{SENTENCE * 10}</p></article></body></html>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def without_privilege() -> Iterator[None]:
    """Root may read everything, so a test of permissions runs as nobody where it was started as root."""
    if os.geteuid() == 0:
        os.seteuid(65534)
    yield
    regain_privilege()


def regain_privilege() -> None:
    if os.getuid() == 0:
        os.seteuid(0)


def write(path: str, content: str = SENTENCE) -> Path:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode())
    return file


def make_large(path: Path) -> None:
    path.touch()
    os.truncate(path, SIZE_LIMIT + 1)


# The registry


def reader(name: str, *kinds: str) -> Reader:
    return Reader(name, kinds, lambda data, name: Document(name, data.decode()))


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        (reader("text", ".log"), "'text' is registered already"),
        (reader("log", ".txt"), ".txt belongs to the reader 'text' already"),
        (reader("log", "log"), "must be in lower case and start with a dot"),
        (reader("log", ".LOG"), "must be in lower case and start with a dot"),
    ],
)
def test_a_registry_refuses_what_is_taken_or_misspelt(second: Reader, reason: str) -> None:
    registry = Registry()
    registry.register(reader("text", ".txt"))
    with pytest.raises(UsageError, match=reason):
        registry.register(second)
    assert (registry.names(), registry.extensions()) == (("text",), (".txt",))


def test_an_unknown_reader_is_refused_with_the_names_of_the_known_ones(folder: Path) -> None:
    with pytest.raises(UsageError, match="no reader named 'pdf'; there are html, text"):
        read(write("a.txt"), "pdf")


def test_the_readers_and_their_extensions() -> None:
    assert names() == ("html", "text")
    assert {".txt", ".text", ".html", ".htm"} <= set(extensions())


# One file


@pytest.mark.parametrize(
    ("path", "name", "expected"),
    [
        ("a.txt", None, "text"),
        ("a.TXT", None, "text"),
        ("news/2023/a.text", None, "text"),
        ("a.html", None, "html"),
        ("a.HTM", None, "html"),
        ("a.html", "text", "text"),
        ("a.txt", "html", "html"),
        ("a.dat", "html", "html"),
        ("a.txt", "txt", "text"),
        ("a.txt", ".htm", "html"),
    ],
)
def test_the_extension_or_the_given_name_decides_the_reader(
    folder: Path, path: str, name: str | None, expected: str
) -> None:
    document = read(write(path, PAGE), name)
    assert (document.id, document.reader, document.warnings) == (path, expected, ())


@pytest.mark.parametrize("path", ["a.md", "a.docx.bak", "README", ".hidden"])
def test_an_unknown_extension_is_read_as_text_with_a_warning(folder: Path, path: str) -> None:
    document = read(write(path))
    assert (document.text, document.reader) == (SENTENCE, "text")
    assert len(document.warnings) == 1
    assert "no reader knows; read as text" in document.warnings[0]


def test_the_id_is_the_path_as_it_was_given(folder: Path) -> None:
    write("news/a.txt")
    assert read(Path("news") / "a.txt").id == "news/a.txt"
    assert read(folder / "news" / "a.txt").id == (folder / "news" / "a.txt").as_posix()


def test_line_ends_stay_as_they_are(folder: Path) -> None:
    text = f"年会\r\n\r\n{SENTENCE}\r{SENTENCE}\n"
    assert read(write("a.txt", text)).text == text


def test_a_name_that_is_no_text_still_gives_an_id_that_can_be_written(folder: Path) -> None:
    path = Path(os.fsdecode(b"\xff.txt"))
    try:
        path.write_text(SENTENCE, encoding="utf-8")
    except OSError:
        pytest.skip("this file system has only names in UTF-8")
    assert read(path).id.encode() == b"?.txt"


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: None, "a.txt does not exist; check the path."),
        (lambda path: path.mkdir(), "a.txt is a folder, not a file"),
        (lambda path: os.mkfifo(path), "a.txt is a pipe or device"),
        (lambda path: path.symlink_to("/dev/zero"), "a.txt is a pipe or device"),
        (lambda path: path.symlink_to("nowhere"), "a.txt does not exist"),
        (lambda path: path.symlink_to("a.txt"), "a.txt cannot be read"),
        (lambda path: path.touch(), "a.txt is empty"),
        (lambda path: make_large(path), "larger than 64 MB.*split it"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(folder: Path, make: Callable[[Path], object], reason: str) -> None:
    make(Path("a.txt"))
    with pytest.raises(InputError, match=reason) as caught:
        read(Path("a.txt"))
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("path", ["a\0.txt", "x" * 5000 + ".txt"])
def test_impossible_paths_are_told_too(path: str) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(Path(path))


def test_a_file_without_permission_is_told(folder: Path, request: pytest.FixtureRequest) -> None:
    write("a.txt").chmod(0)
    request.getfixturevalue("without_privilege")
    with pytest.raises(InputError, match="may not be read"):
        read(Path("a.txt").absolute())


def test_a_link_given_by_name_is_followed(folder: Path) -> None:
    write("a.txt")
    Path("b.txt").symlink_to("a.txt")
    assert (read(Path("b.txt")).text, read(Path("b.txt")).id) == (SENTENCE, "b.txt")


@pytest.mark.parametrize("unit", [SENTENCE, f"{SENTENCE}\n"])
def test_a_text_of_fifty_megabytes_is_read(folder: Path, unit: str) -> None:
    text = unit * (50 * 1024 * 1024 // len(unit.encode()) + 1)
    document = read(write("a.txt", text))
    assert document.text == text
    assert (document.title, document.furniture) == (None, ())


def test_a_document_of_only_numbers_is_a_document(folder: Path) -> None:
    assert read(write("a.txt", "123\n456\n")).furniture == ()


# A text in memory, and standard input


def test_a_text_is_a_document_named_text() -> None:
    document = read_text(SENTENCE)
    assert (document.id, document.text, document.encoding, document.warnings) == ("text", SENTENCE, "utf-8", ())


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_gives_a_document_of_equal_length_or_a_sentence(text: str) -> None:
    if not has_text(clean(text)[0]):
        with pytest.raises(InputError, match="is empty"):
            read_text(text)
        return
    document = read_text(text)
    assert len(document.text) == len(text)
    document.text.encode("utf-8")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_standard_input_is_read_as_bytes(codec: str) -> None:
    program = "from kg.readers import read_stdin; d = read_stdin(); print(ascii((d.id, d.text, d.encoding)))"
    done = subprocess.run(
        [sys.executable, "-c", program], input=SENTENCE.encode(codec), capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == ascii(("stdin", SENTENCE, codec))


def test_empty_standard_input_is_told() -> None:
    program = "from kg.readers import read_stdin; read_stdin()"
    done = subprocess.run([sys.executable, "-c", program], input=b"", capture_output=True, check=False)
    assert done.stderr.decode().splitlines()[-1] == "kg.errors.InputError: stdin is empty; give a file with text."


# Folders


def found(*paths: str) -> list[str]:
    return [file.as_posix() for file in find_files([Path(path) for path in paths])]


def test_a_folder_gives_its_articles_sorted_and_nothing_else(folder: Path) -> None:
    for path in (
        "d/b.txt",
        "d/a.HTML",
        "d/z/y/x.txt",
        "d/.hidden.txt",
        "d/.git/a.txt",
        "d/a.pdf",
        "d/README",
        "o/c.txt",
    ):
        write(path)
    Path("d/link.txt").symlink_to(folder / "o" / "c.txt")
    Path("d/folder").symlink_to(folder / "o")
    Path("d/z/loop").symlink_to(folder / "d")
    os.mkfifo("d/pipe.txt")
    assert found("d") == ["d/a.HTML", "d/b.txt", "d/z/y/x.txt"]


def test_each_file_comes_once_in_one_order_however_it_is_given(folder: Path) -> None:
    for path in ("d/a.txt", "d/b.txt", "c.dat"):
        write(path)
    expected = ["c.dat", "d/a.txt", "d/b.txt"]
    assert found("d", "c.dat", "d/a.txt", "d") == expected
    assert found("d/a.txt", "c.dat", "d") == expected
    assert len(found("d", str(folder / "d"))) == 2


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing", "missing does not exist"),
        ("bare", "The folder bare holds no article; it needs a file ending in .*.txt"),
        ("pipe.txt", "pipe.txt is a pipe or device"),
    ],
)
def test_paths_without_articles_are_told_and_the_others_kept(folder: Path, path: str, reason: str) -> None:
    write("d/a.txt")
    write("bare/notes.pdf")
    os.mkfifo("pipe.txt")
    with pytest.raises(InputError, match=reason):
        find_files([Path(path)])
    told: list[InputError] = []
    assert find_files([Path(path), Path("d")], told.append) == [Path("d/a.txt")]
    assert len(told) == 1


def test_a_folder_without_permission_is_told_and_the_others_kept(request: pytest.FixtureRequest) -> None:
    # Not in `tmp_path`, whose parents are closed to nobody.
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        root.chmod(0o755)
        write(f"{name}/a.txt")
        write(f"{name}/closed/b.txt")
        (root / "closed").chmod(0)
        request.getfixturevalue("without_privilege")
        told: list[InputError] = []
        assert find_files([root], told.append) == [root / "a.txt"]
        assert [str(error) for error in told] == [f"{name}/closed may not be read; ask for permission to read it."]
        regain_privilege()
        (root / "closed").chmod(0o755)
