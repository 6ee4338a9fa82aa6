# Everything one does with Groundwork, from a fresh clone on: `make` lists it.

PORT ?= 8000
HOST ?= 127.0.0.1
PYTEST ?=
DB ?= sqlite
# Tests at a time. Some wait, for a page, a process, a signal: so it can be more than there are cores.
WORKERS ?= 2

PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
# With DB=postgres something runs against a PostgreSQL that is started for it and forgotten afterwards.
WITH_DB := $(if $(filter postgres,$(DB)),$(PYTHON) -m tests.postgres,$(if $(filter sqlite,$(DB)),,$(error DB is $(DB), but can only be sqlite or postgres)))
# Whatever the surroundings say, modules are compiled once, and not again by every process that a test starts.
RUN_TESTS := PYTHONDONTWRITEBYTECODE= $(WITH_DB) $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal
# Settings of this machine, if there is a file of them; tests and checks do without.
SETTINGS := if [ -f .env ]; then set -a; . ./.env; set +a; fi;

.DEFAULT_GOAL := help
.PHONY: help setup run dev demo test look check pdfcheck bench load faults sbom audit clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1 | \2/p' Makefile | awk -F'|' '{ printf "%-16s%s\n", $$1, $$2 }'

setup: ## Install everything into .venv (the other targets do it by themselves)
	@sh .ci/bootstrap.sh

run: setup ## Start Groundwork with its samples; PORT=8000 and HOST=127.0.0.1 can be changed
	@$(SETTINGS) exec $(MANAGE) serve --prepare --host $(HOST) --port $(PORT)

dev: setup ## Start the development server: reloads, and shows errors in the browser
	@$(SETTINGS) export GROUNDWORK_DEBUG=1 && $(MANAGE) migrate --verbosity 0 && \
		$(MANAGE) loaddemo --if-empty && exec $(MANAGE) runserver $(HOST):$(PORT)

demo: setup ## Load the samples again, whatever is there
	@$(SETTINGS) $(MANAGE) migrate --verbosity 0 && $(MANAGE) loaddemo

test: setup ## Run the tests, in the browser too if there is a Chromium; PYTEST="-k words" chooses some, DB=postgres the database, WORKERS=3 how many at a time
	@$(RUN_TESTS) -m "not look" $(PYTEST)

look: setup ## Look at every page in the browser: both themes, all widths, axe, longer words and mirrored ones; needs a Chromium
	@GROUNDWORK_REQUIRE_BROWSER=1 $(RUN_TESTS) -m look $(PYTEST)

check: setup ## Lint, format, types, templates, import direction, playbooks, settings, migrations
	@failed=; \
	step() { printf '\n== %s\n' "$$1"; name=$$1; shift; "$$@" || failed="$$failed, $$name"; }; \
	step "lint" $(PYTHON) -m ruff check; \
	step "format" $(PYTHON) -m ruff format --check; \
	step "types" $(PYTHON) -m mypy; \
	step "templates" $(PYTHON) -m djlint templates --lint --quiet; \
	step "import direction" .venv/bin/lint-imports --no-logo; \
	step "playbooks" $(PYTHON) -m advisor check; \
	step "settings" $(MANAGE) check --fail-level WARNING; \
	step "migrations" $(MANAGE) makemigrations --check --dry-run; \
	if [ -n "$$failed" ]; then printf '\nFailed: %s\n' "$${failed#, }"; exit 1; fi; printf '\nAll checks passed.\n'

pdfcheck: setup ## Check the PDFs of all samples by a second, independent checker (fetched into .uv when first used)
	@$(PYTHON) -m tests.pdfcheck

bench: setup ## Measure speed, memory and growth; ONLY=growth takes one part, GROWTH=1000000 stores a million, DB=postgres
	@DB=$(DB) ONLY="$(ONLY)" GROWTH="$(GROWTH)" $(PYTHON) -m tests.bench

load: setup ## Play rooms full of phones against a server: how many it takes, and whether a vote gets lost; DB=postgres
	@$(PYTHON) -m tests.load --db $(DB)

faults: setup ## Inject faults into a real server, and see that nothing is lost; ONLY=F-09, FULL=1 kills 100 times, DB=postgres
	@$(PYTHON) -m tests.faults --db $(DB) $(foreach each,$(ONLY),--only $(each)) $(if $(FULL),--full)

sbom: setup ## Write what Groundwork is made of (CycloneDX) to var/sbom.cdx.json
	@$(PYTHON) .ci/sbom.py var/sbom.cdx.json && echo "Written: var/sbom.cdx.json"

audit: setup ## Ask whether a locked package has a known vulnerability; needs the network
	@sh .ci/audit.sh $(AUDIT)

clean: ## Remove what setup and tests made; the data in var/ stays
	rm -rf .venv .uv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
