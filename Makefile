# make demo      the graph of data/articles, in out/
# make test      every test, those of the page in a real Chromium
# make check     ruff and mypy
# make accuracy  precision, recall and F1 on the texts of this project
# make clean     removes .venv and out
#
# `make PYTHON=/path/to/python …` makes .venv with that Python.

.PHONY: demo test check accuracy clean

export PYTHON

demo:
	@.ci/venv .
	.venv/bin/python -m kg build data/articles -o out

test:
	@.ci/venv '.[test]'
	@.ci/chromium
	.venv/bin/python -m pytest

check:
	@.ci/venv '.[test]'
	.venv/bin/python -m ruff check .
	.venv/bin/python -m ruff format --check --quiet .
	.venv/bin/python -m mypy --strict kg

accuracy:
	@.ci/venv .
	.venv/bin/python benchmarks/accuracy.py

clean:
	rm -rf .venv out
