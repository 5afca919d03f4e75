"""The lexicons as data: well formed, sourced, free of rows that say nothing and of the names of our test texts."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from corpus import OPEN_GOLD, ROOT, gold_documents

from kg.errors import InputError, UsageError
from kg.language.lexicon import parse_table, table
from kg.language.normalize import make_view
from kg.language.tries import trie_pattern
from kg.types import EntityType
from kg.vocabulary import entity_types, relations

RESOURCES = ROOT / "kg" / "resources"
LEXICONS = sorted((RESOURCES / "lexicons").glob("*.tsv"))
TABLES = [*LEXICONS, *sorted(RESOURCES.glob("*.tsv"))]

# Lexicons with surfaces that the normalised view of a text never shows, so that they can never be found.
UNREACHABLE = {
    "divisions": "乾 is normalised to 干, in place names too",
    "given_name_characters": "乾 and 昇 are normalised to 干 and 升",
    "metric_nouns": "Roman numerals are normalised to letters",
    "organizations": "brackets are normalised to full width",
    "surnames": "乾, 於, 鬱 and 卻 are normalised to 干, 于, 郁 and 却",
    "units": "brackets are normalised to full width, superscripts to digits",
}


def rows(path: Path) -> list[dict[str, str]]:
    return [dict(row) for row in parse_table(path.read_text("utf-8"), path.name)]


def name(path: Path) -> str:
    return path.stem


def strings_of(path: Path) -> list[str]:
    """Return the strings that a module computes with: all but docstrings, whose examples may bear any name."""
    nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
    alone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    constants = [node for node in nodes if isinstance(node, ast.Constant) and id(node) not in alone]
    return [node.value for node in constants if isinstance(node.value, str)]


@pytest.mark.parametrize("path", TABLES, ids=name)
class TestEveryTable:
    def test_it_is_plain_utf8_with_a_header_and_as_many_cells_in_every_line(self, path: Path) -> None:
        data = path.read_bytes()
        assert not data.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in data
        assert data.endswith(b"\n")
        header = next(line for line in data.decode().split("\n") if not line.startswith("#")).split("\t")
        assert len(set(header)) == len(header)
        assert all(re.fullmatch(r"[a-z_]+", column) for column in header)
        assert rows(path)  # which refuses a line with another number of cells

    def test_no_cell_begins_or_ends_with_white_space(self, path: Path) -> None:
        assert [row for row in rows(path) if any(cell != cell.strip() for cell in row.values())] == []

    def test_no_line_stands_twice(self, path: Path) -> None:
        listed = [tuple(row.items()) for row in rows(path)]
        assert len(set(listed)) == len(listed)

    def test_it_is_read_somewhere(self, path: Path) -> None:
        code = "".join(file.read_text("utf-8") for file in (ROOT / "kg").rglob("*.py"))
        read = {stem for found in re.findall(r'"([a-z_]+)"|([a-z_]+)\.tsv', code) for stem in found}
        patterns = "".join(file.read_text("utf-8") for file in (ROOT / "kg" / "resources" / "patterns").glob("*.toml"))
        assert path.stem in read | set(re.findall(r"@\{lexicon:(\w+)", patterns))


@pytest.mark.parametrize("path", LEXICONS, ids=name)
class TestEveryLexicon:
    def test_every_row_has_a_surface_and_a_source(self, path: Path) -> None:
        assert [row for row in rows(path) if not row["surface"] or not row["source"]] == []

    def test_no_surface_stands_twice_for_the_same(self, path: Path) -> None:
        listed = [(row["surface"], row.get("kind")) for row in rows(path)]
        assert sorted({row for row in listed if listed.count(row) > 1} if len(set(listed)) < len(listed) else ()) == []

    def test_every_surface_can_be_found_in_a_normalised_text(self, path: Path, request: pytest.FixtureRequest) -> None:
        if path.stem == "character_variants":
            pytest.skip("this table is the normalisation itself")
        if path.stem in UNREACHABLE:
            request.applymarker(pytest.mark.xfail(reason=UNREACHABLE[path.stem]))
        surfaces = [row["surface"] for row in rows(path)]
        assert [text for text in surfaces if make_view(text, 0, len(text)).text != text] == []

    def test_it_is_loaded_as_it_is_written(self, path: Path) -> None:
        assert list(table(path.stem)) == rows(path)


class TestContents:
    @pytest.mark.parametrize(
        "field",
        ["party", "government", "mass", "corporate", "university", "court", "sports", "media", "military", "foreign"],
    )
    def test_titles_cover_every_walk_of_life(self, field: str) -> None:
        titles = [row for row in table("titles") if row["kind"] == "head"]
        assert len({row["surface"] for row in titles}) >= 400
        assert sum(field in row["domain"].split(":") for row in titles) >= 10

    def test_units_have_a_base_unit_and_a_positive_factor(self) -> None:
        for row in table("units"):
            assert row["base_unit"]
            assert float(row["factor"]) > 0

    def test_weights_are_whole_numbers(self) -> None:
        for lexicon in ("surnames", "given_name_characters"):
            assert all(int(row["weight"]) > 0 for row in table(lexicon))

    def test_a_division_lies_in_a_division(self) -> None:
        names = {row["canonical"] for row in table("divisions")}
        for row in table("divisions"):
            assert row["canonical"].startswith(row["surface"][0])
            assert row["level"] in ("province", "city", "county")
            assert row["parent"] in names | {""}

    def test_an_organization_with_a_short_form_has_a_row_for_its_full_name(self) -> None:
        surfaces = {row["surface"] for row in table("organizations")}
        assert {row["canonical"] for row in table("organizations")} - surfaces == set()

    def test_furniture_patterns_are_regular_expressions(self) -> None:
        for row in rows(RESOURCES / "furniture.tsv"):
            re.compile(row["pattern"])

    def test_relations_and_types_are_those_of_the_schema(self) -> None:
        schema = "holds issues co_issues targets part_of undertakes attends speaks_at hosts held_on held_at cites at"
        assert set(relations()) == set(schema.split())
        assert set(entity_types()) == set(EntityType)
        for relation in relations().values():
            assert set(relation.distinguished_by) <= set(relation.qualifiers)

    @pytest.mark.parametrize("path", OPEN_GOLD, ids=name)
    def test_no_person_of_our_texts_is_known_beforehand(self, path: Path) -> None:
        persons = {record["person"] for document in gold_documents(path) for record in document["holds"]}
        # Words that look like names are there to be refused as names; some of our people bear them as a trap.
        known = {row["surface"] for file in LEXICONS if file.stem != "name_like_words" for row in rows(file)}
        rules = "\n".join(text for file in (ROOT / "kg").rglob("*.py") for text in strings_of(file))
        long = {person for person in persons if len(person) > 2}
        assert long & known == set()
        assert {person for person in long if person in rules} == set()


class TestReadingTables:
    def test_a_line_with_a_cell_too_many_is_named(self) -> None:
        with pytest.raises(InputError, match=r"x\.tsv, line 3"):
            parse_table("surface\tsource\n甲\t乙\n丙\t丁\t戊\n", "x.tsv")

    def test_an_unknown_lexicon_is_refused(self) -> None:
        with pytest.raises(UsageError, match="no lexicon named 'nothing'"):
            table("nothing")

    @pytest.mark.parametrize("path", LEXICONS, ids=name)
    def test_a_trie_finds_every_surface_whole(self, path: Path) -> None:
        surfaces = {row["surface"] for row in rows(path)}
        pattern = re.compile(trie_pattern(surfaces))
        assert [surface for surface in surfaces if not pattern.fullmatch(surface)] == []
        for surface in surfaces:
            found = pattern.match(surface + "。")
            assert found is not None
            assert found.group() == surface
