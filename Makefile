# Two commands for a fresh machine: `make demo` and `make test`. Only Python >= 3.11 and make are taken for granted.
PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python -m
PIP := $(RUN) pip --disable-pip-version-check --quiet

.PHONY: help setup demo test check lint bench lock clean
help:
	@echo "make demo    set up, run the main job on the example casefile, say where the dossier is"
	@echo "make test    set up and run the whole test suite"
	@echo "make check   what CI runs: lint, types, walls, tests"
	@echo "make bench   print the figures of benchmarks/"
	@echo "make lock    pin the dependencies anew"

setup: .venv/ready
.venv/ready: requirements/runtime.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Recuento needs Python 3.11 or newer; set PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(PIP) install --no-deps --require-hashes -r requirements/runtime.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-dev: .venv/ready requirements/development.txt
	$(PIP) install --no-deps --require-hashes -r requirements/development.txt
	@touch $@

demo: setup
	@$(BIN)/recuento demo demo

test: .venv/ready-dev
	$(RUN) pytest -n auto --dist loadfile

lint: .venv/ready-dev
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(BIN)/lint-imports

check: lint test

bench: .venv/ready-dev
	for each in benchmarks/*.py; do $(BIN)/python $$each || exit 1; done

# The lock names no host. Run with uv installed anywhere on the path.
UV ?= uv
lock:
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
		pyproject.toml --extra build --extra link --extra parquet --extra postgres --extra serve -o requirements/runtime.txt
	$(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
		pyproject.toml --group test --group lint -c requirements/runtime.txt -o requirements/development.txt

clean:
	rm -rf .venv demo build dist .pytest_cache .mypy_cache .ruff_cache
