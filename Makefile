# Everything a newcomer needs: `make graph`, then `make test`. No other set-up.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
READY := .venv/.ready

.PHONY: setup graph test test-system web lint bench bench-linking peers clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

graph: $(READY)
	@$(BIN)/buendnis build

# One file is one worker's; tests/conftest.py says which files are begun first.
PYTEST := $(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

# All that needs neither a browser nor a package of the operating system.
test: $(READY)
	@$(PYTEST) -m "not system"

# The SPARQL page, for `buendnis site`; needs Node. Its parts are web/package-lock.json's, which names no server.
web:
	@npm --prefix web ci --silent
	@npm --prefix web run --silent build
	@npm --prefix web run --silent test

# The rest; .ci/run installs what it needs.
test-system: $(READY)
	@$(PYTEST) -m system

lint: $(READY)
	@$(BIN)/ruff check --quiet src tests
	@$(BIN)/ruff format --quiet --check src tests
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/buendnis fmt --check
	@$(BIN)/buendnis lint --strict

bench: $(READY)
	@$(BIN)/python -m tests.bench

# The peers of the benches that hold their own dependencies back, so that requirements.lock has none of them.
peers: $(READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[peers]"

bench-linking: $(READY)
	@$(BIN)/python -m tests.bench linking

clean:
	rm -rf build web/dist web/node_modules .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis
