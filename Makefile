# Everything a developer or a CI runner does. `make help` lists it.
# Needs Python 3.11 or 3.12, for the newest ansible-core 3.13 or 3.12 too, git and make; all else goes into .cache/.
# PYTHON=... and NEWEST_PYTHON=... choose the interpreters.

$(if $(word 2,$(CURDIR)),$(error Ansible runs no Python from a path with spaces: clone elsewhere))

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

# the real interpreter: what is found may be a pyenv shim or the python of a venv
probe := import sys, venv, ensurepip; (3, 11) <= sys.version_info < (3, 14) or sys.exit(1); print(sys._base_executable)
python = $(or $(firstword $(foreach name,$(or $(PYTHON),python3.11 python3.12 python3 python3.13),$(shell \
  $(name) -c '$(probe)' 2>/dev/null))),$(error No Python 3.11 to 3.13 with venv found: set PYTHON=/path/to/python3.11))

# where pyenv's shim answers for a Python that is not chosen, the interpreter itself is taken
newest = $(or $(firstword $(foreach name,$(or $(NEWEST_PYTHON),python3.13 $(wildcard $(shell pyenv root 2>/dev/null)/versions/3.13*/bin/python3.13) \
  python3.12 $(wildcard $(shell pyenv root 2>/dev/null)/versions/3.12*/bin/python3.12)),$(shell \
  $(name) -c '$(probe)' 2>/dev/null))),$(error The newest ansible-core needs Python 3.13 or 3.12, and none was found: \
  install one (apt install python3.13-venv, pyenv install 3.13, uv python install 3.13), or set NEWEST_PYTHON=/path, \
  or leave it out with VERSIONS=lowest))

# sanity and matrix run on each of these sets in tests/requirements; the tools are in dev, on the same Python as lowest
VERSIONS := lowest newest
VENV := .cache/venv-dev
PY := $(VENV)/bin/python
COLLECTIONS := .cache/collections
LINK := $(COLLECTIONS)/ansible_collections/voiceops/telephony
PORT := 8765
# one worker more than there are processors: a test that waits for a platform leaves its processor to another
WORKERS = $(shell $(python) -c 'import os; print(os.cpu_count() + 1)')
PYTEST = -m pytest -n $(WORKERS) --dist worksteal
TARBALL := .cache/dist/voiceops-telephony-$(shell sed -n 's/^version: //p' galaxy.yml).tar.gz

export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
export ANSIBLE_COLLECTIONS_PATH := $(CURDIR)/$(COLLECTIONS)
export ANSIBLE_HOME := $(CURDIR)/.cache/ansible
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help setup quick test lint format sanity unit integration browser java office matrix molecule build importer docs pictures \
  simulator demo bench bench-compare api-coverage runtime pins clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.installed $(LINK) ## install the development tools into .cache/: a minute or two, once

quick: setup ## what answers within two minutes: ruff, the tests of the code, and each module once on the simulator
	ruff check
	ruff format --check
	$(PY) $(PYTEST) -q tests/unit tests/integration/test_modules.py

.cache/venv-importer/.installed: tests/requirements/importer.txt
	$(python) -m venv --clear $(@D)
	$(@D)/bin/pip install --quiet --no-compile -r $<
	touch $@

.cache/venv-%/.installed: tests/requirements/%.txt tests/simulator/requirements.txt
	$(if $(filter newest,$*),$(newest),$(python)) -m venv --clear $(@D)
	$(@D)/bin/pip install --quiet --no-compile $(addprefix -r ,$^)
	touch $@

$(LINK):
	mkdir -p $(@D)
	ln -s ../../../.. $@

test: ## everything that CI checks: 24 minutes on two cores
	$(MAKE) -j2 --output-sync=target $(VERSIONS:%=sanity-%) lint molecule docs importer
	$(MAKE) matrix

lint: setup ## ruff, yamllint, ansible-lint, changelog fragments, plugin documentation
	ruff check
	ruff format --check
	yamllint --strict .
	ansible-lint --offline
	antsibull-changelog lint
	antsibull-docs lint-collection-docs --plugin-docs --skip-rstcheck --validate-collection-refs=self --check-extra-docs-refs .

format: setup ## put the code into ruff's form
	ruff check --fix-only
	ruff format

sanity: $(VERSIONS:%=sanity-%) ## ansible-test sanity, every test, nothing ignored

# the newest looks at our tests too; what its pylint says of them, the older one says again
sanity-%: setup .cache/venv-%/.installed
	.cache/venv-$*/bin/python tests/tools/run_ansible_test.py sanity $(if $(filter newest,$*),,--exclude tests/)

unit: setup ## tests of the code alone
	$(PY) $(PYTEST) tests/unit

integration: setup browser java office ## tests of modules and playbooks against the simulator
	$(PY) $(PYTEST) tests/integration

browser: ## install Debian's Chromium, in which tests open a drift report, unless it is there
	command -v chromium >/dev/null && command -v chromedriver >/dev/null || { \
	  asroot=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$asroot apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$asroot apt-get install -y -qq --no-install-recommends chromium chromium-driver >/dev/null; \
	}

java: ## install Debian's Java 17, on which the rules of ansible-rulebook run, unless there is one
	command -v java >/dev/null || { \
	  asroot=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$asroot apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$asroot apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null; \
	}

office: ## install Debian's LibreOffice Calc, which opens and saves workbooks in tests, unless it is there
	command -v soffice >/dev/null || { \
	  asroot=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	  $$asroot apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$asroot apt-get install -y -qq --no-install-recommends libreoffice-calc >/dev/null; \
	}

# what is long, and what has nothing to do with Ansible, runs on the first of the sets only
matrix: setup browser java office $(VERSIONS:%=.cache/venv-%/.installed) ## unit and integration on the lowest supported versions and the newest
	.cache/venv-$(firstword $(VERSIONS))/bin/python $(PYTEST)
	for versions in $(wordlist 2,9,$(VERSIONS)); do \
	  .cache/venv-$$versions/bin/python $(PYTEST) -m "not long" --ignore tests/unit/simulator; \
	done

core-%: setup browser java office .cache/venv-core-%/.installed ## unit and integration on that ansible-core (core-2.18 CORE_PYTHON=python3.12)
	.cache/venv-core-$*/bin/python $(PYTEST)

.cache/venv-core-%/.installed: tests/requirements/pytest.in requirements.txt
	$(or $(CORE_PYTHON),$(python)) -m venv --clear $(@D)
	$(@D)/bin/pip install --quiet --no-compile $(addprefix -r ,$^) 'ansible-core~=$*.0'
	touch $@

molecule: setup ## each role by itself: converge, idempotence, verify
	molecule test --all

build: setup ## build the collection's tarball in .cache/dist
	ansible-galaxy collection build --force --output-path $(dir $(TARBALL))

importer: build .cache/venv-importer/.installed ## what Galaxy says of the tarball: galaxy-importer, no error and no warning
	cd .cache && GALAXY_IMPORTER_CONFIG=$(CURDIR)/tests/galaxy-importer.cfg PATH=$(CURDIR)/.cache/venv-importer/bin:$$PATH \
	  venv-importer/bin/python -m galaxy_importer.main dist/$(notdir $(TARBALL)) >importer.log 2>&1 || { cat importer.log; exit 1; }
	! grep -E '^(WARNING|ERROR)' .cache/importer.log

docs: setup ## build the site of all modules, roles and guides: a minute; open .cache/docs/build/html/index.html
	rm -rf .cache/docs
	mkdir .cache/docs
	antsibull-docs sphinx-init --use-current --squash-hierarchy --dest-dir .cache/docs voiceops.telephony >/dev/null
	# no network: references to Ansible's own documentation stay unresolved; our own are checked by lint
	printf '%s\n' 'intersphinx_mapping = {}' 'suppress_warnings = ["ref.ref", "misc.highlighting_failure"]' \
	  'extensions += ["myst_parser"]' 'myst_heading_anchors = 6' >>.cache/docs/conf.py
	sed -i 's|^sphinx-build|python $(CURDIR)/tests/tools/site.py rst\n&|' .cache/docs/build.sh
	! .cache/docs/build.sh 2>&1 >/dev/null | tee /dev/stderr | grep -qE '^ERROR|\.md(:[0-9]+)?: WARNING'
	@echo 'Open $(CURDIR)/.cache/docs/build/html/index.html'

pictures: setup browser ## make the pictures of the documentation's start page anew, on a simulator of their own
	$(PY) tests/tools/pictures.py

simulator: setup ## serve all three platforms on http://127.0.0.1:8765, until Ctrl-C; PORT=9000 takes 9000, and 9001 for TLS
	$(PY) tests/simulator --port $(PORT) --tls-port $$(($(PORT) + 1)) --ca-file .cache/simulator-ca.pem --tried

demo: setup ## a tenant built, built again, changed and undone, on a simulator of its own: a minute
	$(PY) tests/demo.py

bench: setup ## how fast the collection is: half an hour, prints a table as it goes; tests/bench/README.md has shorter ways
	$(PY) tests/bench/bench.py

bench-compare: setup ## how fast it is beside another commit, row by row: make bench-compare REF=main~10 [BENCH="--latency 0 --only loop"]
	$(if $(REF),,$(error Say which commit: REF=v1.0.0))
	rm -rf .cache/compare && git worktree prune
	git worktree add --force --detach .cache/compare/ansible_collections/voiceops/telephony $(REF)
	$(PY) tests/bench/bench.py --against .cache/compare $(BENCH)
	git worktree remove --force .cache/compare/ansible_collections/voiceops/telephony

api-coverage: setup ## which documented API operations the tests request
	$(PY) tests/tools/api_coverage.py

runtime: setup ## register the modules: action groups, action plugins, schema of a tenant, reference of events
	$(PY) tests/tools/register.py
	$(PY) tests/tools/schema.py
	$(PY) tests/tools/event_reference.py

pins: ## pin the newest development tools in tests/requirements/*.txt
	for versions in dev importer $(VERSIONS); do \
	  case $$versions in newest) python=$(newest);; *) python=$(python);; esac; \
	  $$python -m venv --clear .cache/pins; \
	  .cache/pins/bin/pip install --quiet -r tests/requirements/$$versions.in; \
	  { echo "# $$versions.in, pinned by make pins"; .cache/pins/bin/pip freeze; } >tests/requirements/$$versions.txt; \
	done

clean: ## remove everything that make has made
	rm -rf .cache .ansible
