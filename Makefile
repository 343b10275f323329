# The words a newcomer needs. `make run` serves everything; `make test` and `make check` say whether it is sound.

PYTHON ?= python3.11
PORT ?= 8000
DATA_DIR ?= $(CURDIR)/var
export PORT DATA_DIR

VENV := .venv
BIN := $(VENV)/bin
TEST_ENV := DJANGO_SETTINGS_MODULE=config.settings.test

.PHONY: run test test-backend test-frontend test-browser check bench lock schema clean

# `make run CALDAV=1` also serves calendars to connect, by a Radicale in an environment of its own.
CALDAV ?=
CALDAV_PORT ?= 5232
CALDAV_PYTHON := $(CURDIR)/$(VENV)/caldav/bin/python

run: $(VENV)/.run frontend/dist/.built $(if $(CALDAV),$(VENV)/.caldav) ## set up, fill in the demo, serve
ifeq ($(CALDAV),)
	@$(BIN)/python manage.py up
else
	@OUTGOING_ALLOWED_HOSTS="127.0.0.1:$(CALDAV_PORT)$${OUTGOING_ALLOWED_HOSTS:+,$$OUTGOING_ALLOWED_HOSTS}" \
	  $(BIN)/python manage.py up --beside "demo_calendars --python '$(CALDAV_PYTHON)' --port $(CALDAV_PORT)"
endif

test: test-backend test-frontend test-browser ## every test

test-backend: $(VENV)/.dev
	$(TEST_ENV) $(BIN)/python -m pytest --numprocesses 2

test-frontend: frontend/node_modules/.installed
	cd frontend && npm test

CHROMIUM ?= $(firstword $(foreach name,chromium chromium-browser google-chrome,$(shell command -v $(name))))

test-browser: $(VENV)/.run frontend/dist/.built ## the dashboard against the real server, in this machine's Chromium
ifeq ($(CHROMIUM),)
	@echo "test-browser: SKIPPED, for there is no Chromium. Install one, or name it: make test-browser CHROMIUM=/…"
else
	cd frontend && CHROMIUM="$(CHROMIUM)" npm run --silent e2e
endif

check: $(VENV)/.dev frontend/dist/.built ## style, types, schema drift, migrations, deployment settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(TEST_ENV) $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python -m tests.contract.drift
	SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	  PLATFORM_DOMAINS=smoothschedule.example DATABASE_URL=postgres://nobody@localhost/none \
	  DJANGO_SETTINGS_MODULE=config.settings.production \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING
	cd frontend && npm run --silent schema -- --check && npm run lint && npm run typecheck && npm run size

NAME ?= exports
bench: $(VENV)/.dev ## measure against a peer in the same run: make bench NAME=exports SIZE=small
	$(BIN)/python -m bench $(NAME)

schema: $(VENV)/.dev frontend/node_modules/.installed ## write the API's description and the types drawn from it
	$(BIN)/python -m tests.contract.drift --write
	cd frontend && npm run schema

lock: $(VENV)/.dev ## resolve the dependencies of pyproject.toml anew
	$(BIN)/uv pip compile pyproject.toml --extra embedded --python-version 3.11 --universal --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements/run.lock
	$(BIN)/uv pip compile pyproject.toml --extra embedded --extra dev --constraint requirements/run.lock \
	  --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header --quiet \
	  --output-file requirements/dev.lock

clean: ## forget everything that can be made again; data in $(DATA_DIR) stays
	rm -rf $(VENV) frontend/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

# One file per finished step, newer than what it was made from, so that a second start does nothing.

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.lock | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/run.lock
	@touch $@

$(VENV)/.dev: requirements/dev.lock | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.lock
	@touch $@ $(VENV)/.run

$(VENV)/.caldav: requirements/demo-calendars.lock | $(VENV)/bin/python
	$(PYTHON) -m venv $(VENV)/caldav
	$(VENV)/caldav/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	@touch $@

frontend/node_modules/.installed: frontend/package-lock.json
	cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

FRONTEND_SOURCES := $(shell find frontend/src frontend/index.html frontend/vite.config.ts -type f 2>/dev/null)

frontend/dist/.built: frontend/node_modules/.installed $(FRONTEND_SOURCES)
	cd frontend && npm run build
	@touch $@
