# The same few commands on a laptop and in CI. Python 3.11 or newer and make are all it takes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed

.PHONY: demo test check fix bench clean install

install: $(INSTALLED)

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	mkdir -p $(VENV)/src/gongkai
	ln -sfn ../../../api $(VENV)/src/gongkai/api
	ln -sfn ../../../graph $(VENV)/src/gongkai/graph
	ln -sfn ../../../loaders $(VENV)/src/gongkai/loaders
	touch $@

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(VENV)/src/gongkai tests
	$(BIN)/lint-imports

fix: install
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: check
	$(BIN)/pytest -n 2

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache
