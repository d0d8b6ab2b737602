# Everything a stranger types. Nothing has to be set up first: the first command that needs
# packages makes .venv from the hashed locks, and the next ones find it there.
#
#   PORT=8765        where `make demo` shows its page
#   PYTHON=python3   the Python, 3.11 or newer, that .venv is made with
#   FORM=full        how much `make proofs` does; short is what each run of the tests does

PORT ?= 8765
PYTHON ?= python3
FORM ?= full
export PYTHON
# Pyright comes whole with its package; it need not ask the network for a newer one.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help demo test lint check check-all long proofs bench locks sbom audit clean

help: ## Show these commands.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

demo: .venv/.runtime ## Start the bot in a sandbox and show its chat page; no token needed.
	@exec $(BIN)/rein demo --port $(PORT)

test: .venv/.dev ## Run the tests.
	$(BIN)/python -m pytest -n auto --dist loadfile -m "not long" --ignore tests/crash
	$(BIN)/python -m pytest -m "not long" tests/crash # alone: it prints what it killed

lint: .venv/.dev ## Check format, style, types and layers.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports

check: lint test ## Lint and test.

check-all: check ## Also run the long tier in full, as before a release.
	LONG_TIER=full $(MAKE) long

long: .venv/.dev ## Run the long tier in its short form.
	$(BIN)/python -m pytest -m long || [ $$? -eq 5 ] # 5: no test carries the marker

proofs: .venv/.dev ## Run the proofs and write README's table; ONLY="kills, load" renews those.
	LONG_TIER=$(FORM) $(BIN)/python -m tests.proofs "$(ONLY)"

bench: .venv/.dev build/aiogram/.bench ## Run the benchmarks; results go to benchmarks/results.
	$(BIN)/python -m benchmarks

locks: .venv/.dev ## Renew the locks in requirements/.
	requirements/lock.sh

sbom: .venv/.supply ## List what the program is made of, for a release: build/sbom.json (CycloneDX).
	@mkdir -p build
	$(BIN)/cyclonedx-py requirements requirements/runtime.txt --pyproject pyproject.toml \
		--output-reproducible --output-file build/sbom.json

audit: .venv/.supply ## Ask a public list about known weaknesses of what is locked, where it can be reached.
	@$(BIN)/python requirements/audit.py

clean: ## Remove what these commands made, except your data.
	rm -rf .venv build *.egg-info .pytest_cache .ruff_cache .hypothesis .import_linter_cache

build/aiogram/.bench: requirements/bench.txt .venv/.dev
	@$(BIN)/python -m venv build/aiogram
	@build/aiogram/bin/python -m pip --disable-pip-version-check install --quiet --require-hashes -r $<
	@touch $@

# A stamp stands for a finished installation; a changed lock makes it old.
.venv/.runtime .venv/.dev .venv/.supply: .venv/.%: requirements/%.txt requirements/bootstrap.txt pyproject.toml
	@requirements/install.sh $*
