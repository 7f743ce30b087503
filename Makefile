# The commands of this project. `make run` and `make test` are all that a newcomer needs.
.PHONY: help run test check drill bench lint lock doctor clean
MAKEFLAGS += --no-print-directory
WORKERS ?= 2
PORT ?= 8000
SELECT ?=

help: ## what there is
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 14

run: ## the site with a demo year, a worker and beat (PORT=8000)
	@bin/install requirements.txt
	@PORT=$(PORT) exec .venv/bin/python -P coopconf/devserver.py

test: ## the suite on embedded defaults; ARGS="tests/events -x" for a part
	@bin/install requirements-dev.txt
	@.venv/bin/python -m pytest -q -n $(WORKERS) --dist loadfile $(SELECT) $(ARGS)

check: ## what CI runs: style, migrations, deployment, the suite on SQLite and on PostgreSQL + Redis
	@bin/install requirements-dev.txt
	@bin/with-services bin/check

drill: ## the long form of the race, fault, fuzz and payload tests, on PostgreSQL + Redis
	@bin/install requirements-dev.txt
	@DRILL=1 CI=true bin/with-services .venv/bin/python -m pytest -m drill $(ARGS)

bench: ## the figures of the promises, on PostgreSQL + Redis
	@bin/install requirements-dev.txt
	@bin/with-services .venv/bin/python -m bench $(ARGS)

lint: ## style only; FIX=1 mends what can be mended
	@bin/install requirements-dev.txt
	@bin/lint $(if $(FIX),--fix)

doctor: ## what is misconfigured here, and how to mend it
	@bin/install requirements.txt
	@ENVIRONMENT=$${ENVIRONMENT:-development} .venv/bin/python manage.py doctor

lock: ## take the newest versions that pyproject.toml allows into the locks
	@bin/install requirements-dev.txt
	@.venv/bin/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url pyproject.toml -o requirements.txt
	@.venv/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean: ## remove what this machine has stored: the practice database, mail, caches (not .venv)
	@rm -rf var staticfiles .pytest_cache .ruff_cache .hypothesis
