# What one does with Parley. Every target first sets up what it needs (runtime/tools/setup.sh)
# and reuses it the next time. Needs git, make and Python 3.12 or newer.
#
#   PYTHON=/path/to/python3.13     to choose the Python
#   CHROMIUM=/path/to/chromium     to choose the browsers of the tests
#   FIREFOX=/path/to/firefox

# Not /bin/sh: make 3.81, which macOS has, ignores the PATH below for the commands
# that it starts without a shell, and it only does that with /bin/sh.
SHELL := /bin/bash
export PATH := $(CURDIR)/.venv/bin:$(PATH)

# Both only silence an advertisement for another site generator.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

# What one process has compiled, the many others of a run need not compile again.
unexport PYTHONDONTWRITEBYTECODE

NPM_BIN := runtime/node_modules/.bin
SCRIPTS_AND_STYLES := "overrides/assets/{page,draft,python,border,offline,styles}/*.{mjs,ts,css}" overrides/*.js "runtime/*/*.mjs"
# Those of the planner's panels and of the theme; some are let off, see pyproject.toml.
TEMPLATES := planner/show/templates overrides/main.html overrides/offline.html overrides/partials
# A worker that has no tests left takes over those of another. In a browser's tests half
# of the time is waiting, so there are two workers for each core.
WORKERS = $$((2 * $$(getconf _NPROCESSORS_ONLN)))
UV := uv==0.13.9
COMPILE := uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-annotate \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := help
.PHONY: help serve build team-check quick test hunt fuzz bench screenshots check check-python check-pages protocol lock modules clean site-tools test-tools

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

serve: site-tools ## the site at http://127.0.0.1:8000, rebuilt and reloaded on every change
	@# mkdocs watches the pages and the theme; watchfiles what is bundled for the browser.
	@# Without what is kept offline: it would show the pages of the last build.
	OFFLINE=false SITE_URL=http://127.0.0.1:8000/ watchfiles --target-type command \
		"bash -c 'python runtime/bundle/bundle.py && exec mkdocs serve --livereload --watch-theme'" \
		planner overrides/assets/{page,draft,python,border,offline,styles} runtime

build: site-tools ## the finished site in site/
	python runtime/bundle/bundle.py
	mkdocs build --strict
	python runtime/bundle/finish.py

team-check: test-tools ## build the site and check it as before it is deployed; SITE=site checks a build that is there
	$(if $(SITE),,$(MAKE) build)
	CHROMIUM="$$(python runtime/tools/chromium.py)" && export CHROMIUM && python -m runtime.tools.team_check $(SITE)

quick: check ## make check and the planner's tests: what to run while working
	pytest tests/planner --numprocesses=auto --dist=worksteal

test: check ## make check, then every test, the browsers' included
	CHROMIUM="$$(python runtime/tools/chromium.py)" && export CHROMIUM && \
		FIREFOX="$$(python -m runtime.tools.firefox)" && export FIREFOX && pytest --numprocesses=$(WORKERS) --dist=worksteal

hunt: test-tools ## hold every law against new examples, many more of them; SEED=1 draws the same again
	pytest tests/planner -m hypothesis --hypothesis-profile=hunt -o timeout=0 $(if $(SEED),--hypothesis-seed=$(SEED))

fuzz: test-tools ## ask a hundred thousand damaged questions; COUNT=1000 fewer, SEED=1 the same again
	python -m tests.fuzz $(or $(COUNT),100000) $(if $(SEED),--seed=$(SEED))

bench: test-tools ## measure everything with a target; bench/measured.json, told on the page about speed
	CHROMIUM="$$(python runtime/tools/chromium.py)" && export CHROMIUM && python -m bench.run

screenshots: test-tools ## pictures of every page and state, wide and narrow, light and dark; ONLY=states takes some; in build/screenshots/
	CHROMIUM="$$(python runtime/tools/chromium.py)" && export CHROMIUM && python -m tests.screenshots $(ONLY)

check: test-tools ## style, types, layers, spelling, words, how hard the pages are to read
	@# Each half takes a core, and tells what it has to tell at its end where make can.
	@$(MAKE) --no-print-directory --jobs=2 $(filter --output-sync,$(.FEATURES:%=--%)) check-python check-pages

check-python:
	ruff check
	ruff format --check
	mypy
	lint-imports --no-logo

check-pages:
	codespell
	djlint --lint --quiet $(TEMPLATES)
	djlint --check --quiet $(TEMPLATES)
	python -m tests.reading
	python -m tests.words
	python -m runtime.tools.protocol --check
	$(NPM_BIN)/tsc --project runtime
	$(NPM_BIN)/prettier --check --no-error-on-unmatched-pattern $(SCRIPTS_AND_STYLES)

lock: test-tools ## pin the packages again; with UPGRADE=1 the newest that are allowed
	python -m pip install --quiet $(UV)
	$(COMPILE) pyproject.toml --group site --group test --group check --output-file requirements/test.txt
	$(COMPILE) pyproject.toml --group site --constraint requirements/test.txt --output-file requirements/site.txt
	$(COMPILE) --group node --output-file requirements/node.txt
	cd runtime && npm $(if $(UPGRADE),update,install) --package-lock-only

protocol: test-tools ## write anew what the page and Python say to each other, as types of our scripts
	python -m runtime.tools.protocol

modules: site-tools ## list anew which modules of Python the browser needs
	python runtime/bundle/bundle.py modules > build-modules.txt && mv build-modules.txt runtime/bundle/modules.txt

clean: ## remove what was built; the tools in .venv and runtime/node_modules stay
	rm -rf site build test-results overrides/assets/runtime overrides/partials/parley-assets.html
	rm -rf .cache .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find bench planner runtime tests -name node_modules -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

site-tools:
	@runtime/tools/setup.sh site

test-tools:
	@runtime/tools/setup.sh test
