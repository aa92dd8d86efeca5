# The few things people do. Each target sets up what it needs in .venv.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
STAMP   = $(VENV)/.installed

.PHONY: demo test lint build proofs fuzz clean

demo: $(STAMP)
	$(BIN)/autograder demo --students 12

test: $(STAMP)
	$(BIN)/pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

build: $(STAMP)
	$(BIN)/autograder build

# What takes too long for every change: nbgrader marks what we mark; a class of 1,000.
proofs: $(STAMP)
	$(BIN)/pytest tests/test_plain_nbgrader.py -m ""
	$(BIN)/pytest tests/test_large_class.py --class-size 1000 -s

# Ten minutes for what a session may send, five for what a student may hand in.
fuzz: $(STAMP)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[instructor,dev,fuzz]"
	$(BIN)/python tests/fuzz/fuzz_decoder.py -max_total_time=630 -timeout=10 -rss_limit_mb=2048
	$(BIN)/python tests/fuzz/fuzz_notebook.py -max_total_time=300 -timeout=10 -rss_limit_mb=2048

clean:
	rm -rf $(VENV) demo

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[instructor,dev]"
	touch $(STAMP)
