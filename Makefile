# `make` builds the site, `make test` runs every check. Both set up what they need in .venv.

PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Where it is set, each process that a test starts compiles all libraries anew.
unexport PYTHONDONTWRITEBYTECODE
# A test of a server or of a browser often waits: one worker more than there are cores fills that.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
# Tests of a module stay with one worker, which makes their sites once, until another has none left.
TOGETHER = -n $(WORKERS) --dist worksteal
# Python compiles what it imports when it does; all of it at once takes longer, and a sixth of the room.
INSTALL := $(BIN)/pip install --quiet --no-compile --editable

.PHONY: all site test lint serve check coverage soak bench bench-scale bench-search clean

all: site

site: .venv/.installed
	$(BIN)/python build.py
	@echo "Open site/index.html in a browser."

serve: .venv/.installed-serve
	$(BIN)/python build.py serve

check: site
	$(BIN)/python build.py check

test: lint
	$(BIN)/python -m pytest $(TOGETHER)

lint: .venv/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Lines and branches of generator/ that tests reach: 95 % at least. It takes twice as long as they do.
coverage: export COVERAGE_FILE = $(CURDIR)/.coverage
coverage: .venv/.installed-test
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(TOGETHER)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# How long pages keep a browser, every kind of command killed at fifty moments, and properties tried
# twenty times as often as by `make test`: about an hour.
soak: .venv/.installed-test
	$(BIN)/python -m pytest tests/soak/main_thread.py
	$(BIN)/python -m tests.soak
	GAZETTE_SOAK=1 $(BIN)/python -m pytest $(TOGETHER) $$(grep -rl properties.count --include=test_*.py tests)

bench: .venv/.installed-test
	$(BIN)/python -m tests.benchmarks.bench_build

bench-scale: .venv/.installed-test
	$(BIN)/python -m tests.benchmarks.bench_scale

bench-search: .venv/.installed-test
	$(BIN)/python -m tests.benchmarks.bench_search

clean:
	rm -rf .venv .gazette .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/.installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(INSTALL) .
	@$(BIN)/pip uninstall --quiet --yes setuptools 2>/dev/null # older venvs bring it; nothing here asks for it
	@touch $@

.venv/.installed-serve: .venv/.installed
	$(INSTALL) '.[serve]'
	@touch $@

.venv/.installed-test: .venv/.installed
	$(INSTALL) '.[test]'
	@touch $@
