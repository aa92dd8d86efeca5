# The few things people do. Each target sets up what it needs in .venv.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin
STAMP   = $(VENV)/.installed

.PHONY: demo test test-ci lint build proofs oldest newest fuzz clean

demo: $(STAMP)
	$(BIN)/autograder demo --students 12

# At most eight minutes on two cores: what takes long for what it shows is marked ci, for test-ci.
# Files run side by side; the tests of one share what they have built.
PYTEST = $(BIN)/pytest --numprocesses 2 --dist loadfile
test: $(STAMP)
	$(PYTEST)

# All that CI runs: with every assignment, every level of walls, and nbgrader beside us.
test-ci: $(STAMP)
	$(PYTEST) -m "not parity and not long"

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

build: $(STAMP)
	$(BIN)/autograder build

# What takes too long for every change: nbgrader marks what we mark; a class of 1,000; mutants;
# every known mistake with other inputs; reference runs; a second reference on drawn inputs.
proofs: $(STAMP)
	$(BIN)/pytest tests/test_plain_nbgrader.py -m "" --timeout 0
	$(BIN)/pytest tests/test_diagnosis.py -m long -s --timeout 0
	$(BIN)/pytest tests/test_large_class.py -m ci --class-size 1000 -s --timeout 0
	$(BIN)/python tests/independent/answers.py
	$(BIN)/autograder reference
	$(BIN)/autograder reference --wrong
	$(BIN)/autograder validate --mutants --page docs/proof.md
	$(BIN)/autograder agree
	$(BIN)/pytest tests/test_page.py -m long

# Bit-rot: the course is proven with the oldest and the newest numpy, torch and nbgrader that
# pyproject.toml allows, each in an environment of its own. torch 2.4 is published with CUDA only
# (5.7 GB with what it needs, and it does not import without). Where another build is at hand, say
# so: make oldest TORCH=torch==2.13.0. numpy 1.26 wants Python 3.11 or 3.12.
oldest newest:
	$(PYTHON) -m venv --clear $(VENV)-$@
	$(PYTHON) tests/bounds.py $@ $(TORCH) > $(VENV)-$@/bounds.txt
	$(VENV)-$@/bin/python -m pip install --quiet --constraint $(VENV)-$@/bounds.txt --editable ".[instructor,dev]"
	$(VENV)-$@/bin/python -m pip freeze | grep -E "^(numpy|torch|nbgrader)=="
	$(VENV)-$@/bin/autograder build --check
	$(VENV)-$@/bin/autograder validate
	$(VENV)-$@/bin/pytest -q tests/checks tests/test_build.py tests/test_grading.py tests/test_classroom.py

# Ten minutes for what a session may send, five for what a student may hand in.
fuzz: $(STAMP)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[instructor,dev,fuzz]"
	$(BIN)/python tests/fuzz/fuzz_decoder.py -max_total_time=630 -timeout=10 -rss_limit_mb=2048
	$(BIN)/python tests/fuzz/fuzz_notebook.py -max_total_time=300 -timeout=10 -rss_limit_mb=2048

clean:
	rm -rf $(VENV) $(VENV)-oldest $(VENV)-newest demo

$(STAMP): pyproject.toml constraints.txt
	@echo "Installing the package and what it needs in $(VENV): torch is large, this takes minutes."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[instructor,dev]"
	touch $(STAMP)
