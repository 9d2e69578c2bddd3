# Everything a fresh machine needs is Python 3.11 or newer, and make.
.DEFAULT_GOAL := help
VENV := .venv
BIN := $(VENV)/bin
# The upstream library and torch have an environment of their own: nothing else ever imports them.
DETOXIFY := .venv-detoxify
TORCH ?= torch==2.13.0
SEED ?= 1
MODEL ?= moderation/toxicity/shipped
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)

# What is compiled is kept: some machines are told not to, and each of the tests' processes would compile all anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test test-detoxify chaos bench check format lock messages clean

help:
	@echo "make run       serve on http://127.0.0.1:8000, with a demo community the first time"
	@echo "make test      the whole suite; browser journeys where a Chromium is found"
	@echo "make test-detoxify  the tests that need torch, in an environment of their own"
	@echo "make chaos     ten minutes of killing everything under a talking community (SEED=N for others)"
	@echo "make bench     speed of the desk with 10,000 open items, of threads, the calendar and talk; speed and memory of the model that ships,"
	@echo "               or of MODEL=DIR, beside upstream"
	@echo "make check     lint, format, types, and the rules of the house"
	@echo "make format    let ruff format the code"
	@echo "make messages  collect what is to be translated into forum/translations/waypost.pot"
	@echo "make lock      compile the lock files anew (needs uv)"
	@echo "make clean     remove the virtual environment and caches"

run: $(VENV)/.run
	@$(BIN)/waypost serve

test: $(VENV)/.dev
	@$(BIN)/python -m pytest -n auto -m "not journey and not chaos" -q
	@$(BIN)/python -m pytest -n 2 -m journey -q -rs
	@$(BIN)/python -m pytest -m chaos -q

# Ten minutes' worth; another evening with SEED=2, and so on.
chaos: $(VENV)/.dev
	@CHAOS_SECONDS=600 CHAOS_MEMBERS=1000 CHAOS_SEED=$(SEED) $(BIN)/python -m pytest -m chaos -q

# Without torch these tests would be skipped; here that is a failure.
test-detoxify: $(DETOXIFY)/.dev
	@$(DETOXIFY)/bin/python -c "import detoxify, sklearn, torch"
	@OMP_NUM_THREADS=1 $(DETOXIFY)/bin/python -m pytest -m torch -n 2 -q

bench: $(DETOXIFY)/.dev
	@$(DETOXIFY)/bin/waypost model unpack $(MODEL) build/unpacked
	@$(DETOXIFY)/bin/python -m tests.bench.desk
	@$(DETOXIFY)/bin/python -m tests.bench.thread_page
	@$(DETOXIFY)/bin/python -m tests.bench.calendar_page
	@$(DETOXIFY)/bin/python -m tests.bench.talking
	@$(DETOXIFY)/bin/python -m tests.bench.whole_path
	@$(DETOXIFY)/bin/python -m tests.bench.fanout
	@$(DETOXIFY)/bin/python -m tests.bench.scoring --scorer onnx://$(abspath $(MODEL)) --checkpoint build/unpacked

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
	echo "$(TORCH)" | uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		pyproject.toml --extra detoxify --extra training --group build --group dev \
		-c requirements-dev.txt -c /dev/stdin --no-emit-package torch -o requirements-detoxify.txt
	sed -i.all -E '/^(triton|(cuda|nvidia)-[a-z0-9-]+)==/,/[^\]$$/d' requirements-detoxify.txt
	rm requirements-detoxify.txt.all

clean:
	rm -rf $(VENV) $(DETOXIFY) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python $(DETOXIFY)/bin/python: %/bin/python:
	@test -n "$(PYTHON)" || { echo "Waypost needs Python 3.11 or newer. On Debian: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -m venv $* || { rm -rf $*; echo "Python's venv module is missing. On Debian: apt install python3-venv"; exit 1; }

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

# Which build of torch is right, and so its hash, depends on the machine: it is installed first, and is in no lock.
$(DETOXIFY)/.dev: requirements-detoxify.txt pyproject.toml | $(DETOXIFY)/bin/python
	@echo "Installing torch, Detoxify and what the tests need (the first time only) ..."
	@$(DETOXIFY)/bin/python -m pip install -q --disable-pip-version-check $(TORCH)
	@$(DETOXIFY)/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r $<
	@$(DETOXIFY)/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
