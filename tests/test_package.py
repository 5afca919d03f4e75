"""What `pip install .` gives: a wheel that holds all that is read at run time, and works far from the checkout."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from corpus import ROOT

SENTENCE = "红石市总工会主席王倩出席会议。"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "-w", str(folder), str(ROOT)], check=True)
    (path,) = folder.glob("kg-*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the wheel lies unpacked, as pip does it."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, *arguments: str) -> str:
    """Run Python with the installed package, in a folder that is not the checkout."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=installed,
        env=os.environ | {"PYTHONPATH": str(installed)},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(wheel: Path) -> None:
    kept = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "kg").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == kept
    assert {"kg/py.typed", "kg/view/page.html.j2", "kg/resources/model/segmenter/weights.npz"} <= held


def test_the_installed_package_reads_a_text(installed: Path) -> None:
    program = f"import kg; print(kg.__file__); print(kg.extract('{SENTENCE}')[0].evidence.sentence)"
    place, sentence = run(installed, "-c", program).splitlines()
    assert Path(place).is_relative_to(installed)
    assert sentence == SENTENCE


def test_the_installed_command_writes_a_page(installed: Path) -> None:
    (installed / "a.txt").write_text(SENTENCE, "utf-8")
    run(installed, "-m", "kg", "build", "a.txt", "-o", "out")
    assert (installed / "out" / "graph.html").stat().st_size > 100_000


def test_spacy_finds_the_component_and_the_tokenizer_without_an_import_of_kg(installed: Path) -> None:
    program = f"""
import spacy
tokenizer = {{"@tokenizers": "kg.SegmentingTokenizer.v1"}}
pipeline = spacy.blank("zh", config={{"nlp": {{"tokenizer": tokenizer}}}})
pipeline.add_pipe("kg_facts")
pipeline.to_disk("pipeline")
doc = spacy.load("pipeline")("{SENTENCE}")
print([fact["subject"]["name"] for fact in doc._.facts if fact["predicate"] == "holds"], doc[-1])
"""
    assert run(installed, "-c", program) == "['王倩'] 。\n"


def test_what_the_code_imports_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {requirement.split(">")[0].replace("-", "_") for requirement in project["dependencies"]}
    imported = set()
    for path in (ROOT / "kg").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            imported |= {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"kg"}
    assert imported <= declared
    # `lxml_html_clean` is imported by trafilatura, which does not ask for it.
    assert declared - imported == {"lxml_html_clean"}
