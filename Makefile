# Kho Báo. `make run` serves the archive, `make test` proves it.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
ARTICLES ?= 20000
TEST_WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint bench clean

# Exit status 1 of `khobao index` means "some articles could not be read": the others are served all the same.
run: $(VENV)/.installed
	@$(BIN)/khobao index || [ $$? -eq 1 ]
	@$(BIN)/khobao serve --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-test chromium opensearch
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n $(TEST_WORKERS) --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.installed-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/mypy

# make bench DATA=path/to/articles.jsonl.xz [ARTICLES=20000] [JUDGED=folder of judged sets] [BYLINES=table of bylines]
# [DATES=table of date stamps] [LEGACY=folder of texts in old character sets]; each script explains itself with --help.
bench: bench-data $(VENV)/.installed-bench
	$(BIN)/python -m tests.bench.segmentation $(DATA)
	$(BIN)/python -m tests.bench.keystrokes $(DATA)
	$(BIN)/python -m tests.bench.whole_build $(DATA)
	$(BIN)/python -m tests.bench.engines $(DATA) --articles $(ARTICLES)
	$(BIN)/python -m tests.bench.questions $(DATA) --articles $(ARTICLES)
	$(BIN)/python -m tests.bench.completion $(DATA) --articles $(ARTICLES)
	$(BIN)/python -m tests.bench.small_commits $(DATA) --articles $(ARTICLES)
	$(BIN)/python -m tests.bench.suggestions $(DATA) --articles $(ARTICLES)
	$(BIN)/python -m tests.bench.lexicon $(DATA) --articles $(ARTICLES)
	$(BIN)/python -m tests.bench.copies $(DATA)
	$(BIN)/python -m tests.bench.load $(DATA) --articles $(ARTICLES)
	$(BIN)/python -m tests.bench.pages $(DATA) --articles $(ARTICLES)
	$(BIN)/python -m tests.bench.relevance $(JUDGED) --news $(DATA) --articles $(ARTICLES)
	@if [ -n "$(BYLINES)" ]; then $(BIN)/python -m tests.bench.bylines "$(BYLINES)" || exit; fi
	@if [ -n "$(DATES)" ]; then $(BIN)/python -m tests.bench.dates "$(DATES)" || exit; fi
	@if [ -n "$(LEGACY)" ]; then $(BIN)/python -m tests.bench.charsets "$(LEGACY)" --news $(DATA) || exit; fi

.PHONY: bench-data
bench-data:
	@test -f "$(DATA)" || { echo "There is no file '$(DATA)'. Give real articles as JSON lines (keys in seeds/README.md):" \
	  "make bench DATA=articles.jsonl.xz"; exit 1; }

# Debian keeps ensurepip in a package of its own; fetch it where we may, else say what is missing.
$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null \
	  && rm -rf $(VENV) && apt-get update -qq && apt-get install -y -qq python3-venv && $(PYTHON) -m venv $(VENV); } \
	  || { echo "Python's venv module is missing: apt install python3-venv, then run make again."; exit 1; }

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing Kho Báo into $(VENV) (first time only) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.installed-test: pyproject.toml | $(BIN)/python
	@$(BIN)/pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-bench: pyproject.toml | $(BIN)/python
	@$(BIN)/pip install --quiet --disable-pip-version-check -e '.[bench]'
	@touch $@ $(VENV)/.installed

# Browser tests need a Chromium: installed when we are root, otherwise those tests are skipped and say so. Its headless
# shell, where there is one, takes half the work.
.PHONY: chromium
chromium:
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || command -v google-chrome >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
	  && { apt-get install -y -qq chromium-headless-shell || apt-get install -y -qq chromium; }; } \
	  || echo "No Chromium and no right to install it: browser tests will be skipped."

# Tests of the OpenSearch engine start real nodes: Java 21 or later and Maven, installed when we are root and the system
# has them, else looked for; the jars are kept in the user's cache. Otherwise those tests are skipped and say so.
PREPARE_OPENSEARCH := $(BIN)/python -m tests.opensearch.prepare
.PHONY: opensearch
opensearch: $(VENV)/.installed-test
	@$(PREPARE_OPENSEARCH) || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq \
	  && { apt-get install -y -qq maven openjdk-25-jdk-headless || apt-get install -y -qq maven openjdk-21-jdk-headless \
	  || apt-get install -y -qq maven; } && $(PREPARE_OPENSEARCH); } \
	  || echo "No OpenSearch and no right to install one: tests on it will be skipped."

# What was made can be made again. What people wrote (index_data/*.txt, uploads/, what is staged) and counted stays.
clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	rm -rf index_data/builds index_data/runs index_data/CURRENT index_data/LOCK index_data/.CURRENT.new
	find indexer webapp tests -name __pycache__ -type d -prune -exec rm -rf {} +
