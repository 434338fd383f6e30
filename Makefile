# Every target first makes its own virtual environment in .venv, from the locked versions; nothing else is installed.
# The source tree itself is what runs: it is not installed as a package.

PACKAGES := bot handlers services views crm storage scheduler locales simulator benchmarks tests
# The newest Python from 3.11 on; PYTHON=/path/to/python3 chooses another.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
# What the benchmarks are compared with stays out of the development environment.
PEERS := $(VENV)/.peers
COVERAGE_FLOOR := 85
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

# Compiled modules are kept: without them a start costs twice as much.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo run test check bench bench-peers storm migration lock clean
.DEFAULT_GOAL := help

help:
	@echo "make demo    try everything without a token: a Telegram on your desk"
	@echo "make run     start the bot (it says how to get a token)"
	@echo "make test    the tests            make check    lint, types, imports, and the tests with coverage"
	@echo "make bench   the benchmarks       make storm    2,000 leads over 40 kill -9, a campaign over 50"
	@echo "make bench-peers                  beside splink, recordlinkage and lifetimes, in an environment of their own"
	@echo "make migration m=\"what changes\"   make lock    lock newer versions     make clean"

demo: $(RUNTIME)
	@$(BIN)/python -m bot demo

run: $(RUNTIME)
	@$(BIN)/python -m bot run

test: $(DEV)
	$(BIN)/python -m pytest -q -n auto --dist worksteal

check: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict $(PACKAGES)
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n auto --dist worksteal --cov --cov-report=term:skip-covered --cov-fail-under=$(COVERAGE_FLOOR)

bench: $(DEV)
	$(BIN)/python -m benchmarks

bench-peers: $(DEV) $(PEERS)/.installed
	$(PEERS)/bin/python -m benchmarks.peers.febrl $(CURDIR)/$(BIN)/python
	PEERS_PYTHON=$(CURDIR)/$(PEERS)/bin/python $(BIN)/python -m benchmarks.cdnow

storm: $(DEV)
	$(BIN)/python -m benchmarks.storm
	$(BIN)/python -m benchmarks.campaign_storm

# The next migration from the difference between the newest one and storage/tables/; first=1 writes 0001 anew.
migration: $(DEV)
	$(BIN)/python -m storage.migrations.new $(if $(first),--first,"$(m)")

lock: $(DEV)
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header -p 3.11 pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --no-header -p 3.11 pyproject.toml --group dev -o requirements-dev.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov
	find . -name __pycache__ -not -path './data/*' -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Kartoteka needs Python 3.11 or newer with venv, and found none: install python3 and python3-venv, or say where it is: make PYTHON=/path/to/python3"; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)…"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) could not make a virtual environment: install python3-venv."; exit 1; }

$(RUNTIME): requirements.txt $(VENV)/bin/python
	@echo "Installing what it needs (once)…"
	@$(PIP) -r requirements.txt
	@touch $@

# The tests' lock holds everything the bot needs too.
$(DEV): requirements-dev.txt $(VENV)/bin/python
	@echo "Installing what it and its tests need (once)…"
	@$(PIP) -r requirements-dev.txt
	@touch $@ $(RUNTIME)

$(PEERS)/.installed: benchmarks/peers/requirements.txt $(VENV)/bin/python
	@echo "Installing what the benchmarks are compared with (once)…"
	@test -x $(PEERS)/bin/python || $(BIN)/python -m venv $(PEERS)
	@$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check -r benchmarks/peers/requirements.txt
	@touch $@
