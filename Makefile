# The same few commands on a laptop and in CI. Python 3.11 or newer and make are all it takes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
VENDOR := api/ide/vendor

.PHONY: demo test chromium install ide check fix bench evaluate schema clean

# Install, load the sample reports, serve them on 127.0.0.1:8000.
demo: install ide
	$(BIN)/gongkai demo

# Install and pass the tests.
test: check chromium ide
	$(BIN)/pytest -n 2 --dist loadgroup

# Tests of pages want Chromium and Chinese fonts: from Debian's packages, where we may install them.
chromium:
	@command -v chromium >/dev/null || ! command -v apt-get >/dev/null || [ "$$(id -u)" != 0 ] \
		|| { apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk; } >/dev/null

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	mkdir -p $(VENV)/src/gongkai
	ln -sfn ../../../api/gongkai/__init__.py $(VENV)/src/gongkai/__init__.py
	ln -sfn ../../../api $(VENV)/src/gongkai/api
	ln -sfn ../../../graph $(VENV)/src/gongkai/graph
	ln -sfn ../../../docker/neo4j $(VENV)/src/gongkai/browser_kit
	ln -sfn ../../../loaders $(VENV)/src/gongkai/loaders
	touch $@

# GraphiQL from the npm registry; without npm, one from PyPI fetches it. Offline, the page at / says
# how to get it later, and GraphQL is served all the same.
ide: $(VENDOR)/graphiql.min.js

$(VENDOR)/graphiql.min.js: api/ide/packages.toml | install
	-$(BIN)/python api/ide/install.py

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(VENV)/src/gongkai tests
	PYTHONPATH=$(VENV)/src $(BIN)/lint-imports

fix: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: install
	$(BIN)/python -m tests.benchmarks
	$(BIN)/python -m tests.benchmarks.neo4j

# How well reports are read, against gold written by hand.
evaluate: install
	$(BIN)/python -m tests.evaluation

# Keep the printed schema beside the code.
schema: install
	$(BIN)/gongkai schema > api/schema.graphql

clean:
	rm -rf $(VENV) $(VENDOR) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache
