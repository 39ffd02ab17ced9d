# Each target sets up what it needs by itself, and the second time that costs nothing: see .ci/setup.

PYTHON_HERE := .venv/bin/python
OFFSCREEN := QT_QPA_PLATFORM=offscreen

.PHONY: help run test check lint format types layers bench screens clean ready

help:
	@echo 'make run      a sample office and one working day in it; opens the window where there is a display'
	@echo 'make test     all tests, without a display'
	@echo 'make check    style, types and the one-way rule'
	@echo 'make bench    the measured budgets'
	@echo 'make screens  pictures of every screen in out/screens'
	@echo 'make clean    remove what was made here, but not .venv'

ready:
	@bash .ci/setup

run:
	@bash .ci/setup --window
	.venv/bin/migdesk demo --out out/demo

test: ready
	$(OFFSCREEN) $(PYTHON_HERE) -m pytest

check: lint format types layers

lint: ready
	$(PYTHON_HERE) -m ruff check .

format: ready
	$(PYTHON_HERE) -m ruff format --check .

types: ready
	$(PYTHON_HERE) -m mypy

layers: ready
	.venv/bin/lint-imports

bench: ready
	$(OFFSCREEN) $(PYTHON_HERE) tests/bench/bench.py --sizes 10k,100k,1M

screens: ready
	$(OFFSCREEN) $(PYTHON_HERE) -m migdesk.ui.gallery.pictures out/screens

clean:
	rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find migdesk tests -name __pycache__ -type d -prune -exec rm -rf {} +
