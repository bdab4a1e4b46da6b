# Everything a newcomer needs: `make demo` runs it, `make test` proves it.
PYTHON ?= python3
PORT ?= 3000
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help setup demo serve dev key test lint bench clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.server static/vendor/htmx.min.js ## install everything the server needs

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "ccshare needs Python 3.11 or newer: make PYTHON=python3.12 ..." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet 'pip>=25.1'

.venv/.server: pyproject.toml constraints.txt | .venv/bin/python
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[server]'
	@touch $@

.venv/.dev: pyproject.toml constraints.txt | .venv/.server
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[server,postgres]' --group test --group lint
	@touch .venv/.server $@

.venv/.bench: .venv/.dev
	$(BIN)/pip install --quiet --constraint constraints.txt --group bench
	@touch $@

# Third-party code is never committed: htmx comes from npm, at the version package.json names.
static/vendor/htmx.min.js: package.json
	npm install --silent --no-audit --no-fund --omit=dev
	npm run --silent build
	@touch $@

# What the browser tests measure accessibility with; no part of what runs.
node_modules/axe-core/axe.min.js: package.json | static/vendor/htmx.min.js
	npm install --silent --no-audit --no-fund --include=dev
	@touch $@

demo: setup ## start the server, share the example session, print its link
	@PORT=$(PORT) $(BIN)/python scripts/demo.py

serve: setup ## run the server on PORT (3000)
	@PORT=$(PORT) $(BIN)/ccshare-server serve

dev: setup ## run the server and reload it when a file changes
	@PORT=$(PORT) $(BIN)/ccshare-server serve --reload

key: setup ## create an upload key: make key NAME=alice
	@$(BIN)/ccshare-server key create $(or $(NAME),$(error say whose key it is: make key NAME=alice))

test: setup .venv/.dev node_modules/axe-core/axe.min.js ## install what is missing and run every test, on both engines
	$(BIN)/pytest -n auto --dist loadfile
	$(BIN)/pytest -n auto --dist loadfile --engine=postgresql tests/app tests/e2e

lint: .venv/.dev ## style and types
	$(BIN)/hadolint Dockerfile
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright

bench: setup .venv/.bench ## measure speed, memory and size, as ratios
	$(BIN)/python -m bench

clean: ## remove what the other commands made, except data/
	rm -rf .venv node_modules static/vendor build dist *.egg-info
