# Everything a fresh machine needs is Python 3.11 or newer, and make.
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

.PHONY: help run test check format lock messages clean

help:
	@echo "make run       serve on http://127.0.0.1:8000, with a demo community the first time"
	@echo "make test      the whole suite; browser journeys where a Chromium is found"
	@echo "make check     lint, format, types, and the rules of the house"
	@echo "make format    let ruff format the code"
	@echo "make messages  collect what is to be translated into forum/translations/waypost.pot"
	@echo "make lock      compile the lock files anew (needs uv)"
	@echo "make clean     remove the virtual environment and caches"

run: $(VENV)/.run
	@$(BIN)/waypost serve

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n auto -m "not journey" -q
	@$(BIN)/python -m pytest -n 2 -m journey -q -rs

check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -q tests/test_house.py tests/test_readme.py tests/test_translations.py

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

messages: $(VENV)/.dev
	@$(BIN)/python -m tests.translating

lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		pyproject.toml --group build -o requirements.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		pyproject.toml --group build --group dev -o requirements-dev.txt

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Waypost needs Python 3.11 or newer. On Debian: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Python's venv module is missing. On Debian: apt install python3-venv"; exit 1; }

# The lock has a hash for every file; the project itself is installed from here, without fetching anything.
$(VENV)/.run: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what Waypost needs (the first time only) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing what the tests need (the first time only) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
