# The portal's commands. `make` alone lists them; the work is done in scripts/.
PORT ?= 8000
PYTHON := .venv/bin/python
export PORT
.DEFAULT_GOAL := help
.PHONY: help setup run dev test lint bench clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { \
		gsub(/[$$][(]PORT[)]/, "$(PORT)"); printf "  make %-7s %s\n", $$1, $$2 }' Makefile

setup: ## Install, prepare the database, load the starter data (safe to repeat)
	@scripts/setup

run: setup ## Serve the portal with its worker on http://localhost:$(PORT) (PORT=8000)
	@exec $(PYTHON) -u scripts/serve.py

dev: setup ## Serve with Django's development server, which reloads on a change
	@DEBUG=true exec $(PYTHON) manage.py runserver 127.0.0.1:$(PORT)

test: ## Run all tests on SQLite and, where it answers, on PostgreSQL
	@scripts/test

lint: ## Check style, types, layers, templates, migrations and deployment settings
	@scripts/lint

bench: setup ## Measure speed and weight against their bounds
	@scripts/install dev
	@$(PYTHON) -m bench

clean: ## Remove everything that can be made again, but no data
	rm -rf .venv node_modules var/static var/bench .coverage
	rm -rf .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
