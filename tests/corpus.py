"""The texts of this project that tests may look at: not those kept unseen to measure how rules generalise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT / "data" / "articles"
PASSAGES = ROOT / "data" / "passages"
GOLD = ROOT / "data" / "gold"

OPEN_GOLD = {
    GOLD / "articles-open.jsonl": ARTICLES,
    GOLD / "passages-a.jsonl": PASSAGES,
    GOLD / "passages-b.jsonl": PASSAGES,
}
"""The gold files of open texts, each with the folder of its texts."""


def gold_documents(path: Path) -> list[dict[str, Any]]:
    """Return the documents of a gold file."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def open_articles() -> list[Path]:
    """Return the articles of `data/articles` that are open, sorted."""
    return [ARTICLES / f"{gold['id']}.txt" for gold in gold_documents(GOLD / "articles-open.jsonl")]
