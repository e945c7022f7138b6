# Needs Python 3.11 or later and make; everything else is set up in .venv on the first call.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
BIN := .venv/bin
STAMP := .venv/.ready
BROWSER := .venv/.browser
ARGS ?=

.PHONY: run test lint types contracts unit bench bench-answers format docs model screens clean

run: $(STAMP)
	@$(BIN)/chengnuo $(ARGS)

test: lint types contracts unit

lint: $(STAMP)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports --no-cache

# Tests keep their promises of durability by kills, not by power cuts: memory is as good a disk, and faster.
SCRATCH := $(shell test -w /dev/shm && test "$$(df -Pk /dev/shm | awk 'END {print $$4}')" -gt 1000000 \
	&& echo /dev/shm || echo "$${TMPDIR:-/tmp}")

# Half of the time a screen or a terminal is waited for, so a core has room for two.
WORKERS := $(shell echo $$((2 * $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2))))

# What is started anew for hundreds of tests is compiled once, whatever the machine is set to.
unit: $(STAMP) $(BROWSER)
	PYTHONDONTWRITEBYTECODE= TMPDIR=$(SCRATCH) PYTEST_XDIST_AUTO_NUM_WORKERS=$(WORKERS) $(BIN)/pytest -n auto --dist worksteal -m "not bench"

bench: $(STAMP) $(BROWSER)
	$(BIN)/pytest -m bench -s tests/bench

# With DATA=FOLDER the development set and the public sets of the folder too.
bench-answers: $(STAMP)
	$(BIN)/python -m tests.bench.answers $(if $(DATA),--data "$(DATA)") $(ARGS)

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

model: $(STAMP)
	$(BIN)/python -m tests.make_model

screens: $(STAMP) $(BROWSER)
	$(BIN)/python -m tests.make_screens
	$(BIN)/python -m tests.make_web_screens

docs: $(STAMP)
	$(BIN)/python -m tests.make_docs

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(BROWSER): $(STAMP) .ci/browser
	@.ci/browser
	@touch $@

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Chengnuo needs Python 3.11 or later; none was found on the PATH."; exit 1; }
	@echo "Setting up .venv with $(PYTHON) (once, about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable . --group dev
	@touch $@
