"""The quickstart notebook runs from top to bottom."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent


def test_quickstart_runs() -> None:
    notebook = nbformat.read(ROOT / "notebooks" / "quickstart.ipynb", as_version=4)
    assert len(notebook.cells) > 8
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(ROOT)}}).execute()
    outputs = [cell.get("outputs") for cell in notebook.cells if cell.cell_type == "code"]
    assert all(output is not None for output in outputs)
