"""Make surnames.tsv and divisions.tsv from ../shared/corpora (Chinese-Names-Corpus, Apache-2.0; divisions, WTFPL).

python training/make_lexicons.py --corpora ../shared/corpora --output kg/resources/lexicons
"""

from __future__ import annotations

import argparse
import json
import pathlib

_LEVELS = ("province", "city", "county")
# Endings that are left out in the short form of a division's name (浙江省 → 浙江).
_ENDINGS = (
    "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "特别行政区", "省", "市", "地区", "盟", "区", "县", "旗",
)  # fmt: skip


def surname_rows(path: pathlib.Path) -> list[tuple[str, ...]]:
    weights = json.loads(path.read_text("utf-8"))
    return [(name, str(weight), "Chinese-Names-Corpus, Apache-2.0") for name, weight in sorted(weights.items())]


def short_form(name: str) -> str:
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name[: -len(ending)]
    return name


def division_rows(path: pathlib.Path) -> list[tuple[str, ...]]:
    source = "Administrative-divisions-of-China, WTFPL"
    tree = json.loads(path.read_text("utf-8"))
    rows: dict[str, tuple[str, ...]] = {}

    def add(name: str, level: str, parent: str) -> None:
        for surface in {name, short_form(name)}:
            # The first division of a name wins: a county's short form does not hide a province.
            if len(surface) >= 2:
                rows.setdefault(surface, (surface, level, name, parent, source))

    places = [(province, "province", "") for province in tree]
    places += [(city, "city", province) for province, cities in tree.items() for city in cities]
    places += [(county, "county", city) for cities in tree.values() for city, counties in cities.items()
               for county in counties]
    skipped = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
    for name, level, parent in places:
        if name not in skipped:
            add(name, level, "" if parent in skipped else parent)
    for name in ("香港特别行政区", "澳门特别行政区", "台湾省"):
        add(name, "province", "")
    return sorted(rows.values())


def write(path: pathlib.Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    path.write_text("\n".join("\t".join(row) for row in [header, *rows]) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    options = parser.parse_args()
    surnames = surname_rows(options.corpora / "surnames.json")
    write(options.output / "surnames.tsv", ("surface", "weight", "source"), surnames)
    divisions = division_rows(options.corpora / "divisions.json")
    write(options.output / "divisions.tsv", ("surface", "level", "canonical", "parent", "source"), divisions)


if __name__ == "__main__":
    main()
