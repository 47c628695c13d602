# The commands of the house; `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLES ?= $(FUNKHAUS_SAMPLES)

.DEFAULT_GOAL := help
.PHONY: help run setup test lint fmt bench samples uploads torture audit pictures mutants lock messages

help: ## List these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	@sh tools/venv "$(PYTHON)" $(VENV) run

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@sh tools/venv "$(PYTHON)" $(VENV) dev

setup: $(VENV)/run.stamp ## Set up without serving
	@$(BIN)/funkhaus setup

run: $(VENV)/run.stamp ## Set up what is missing and serve (Ctrl-C stops)
	@$(BIN)/funkhaus setup
	@exec $(BIN)/funkhaus serve

test: $(VENV)/dev.stamp ## Lint and test, with everything this needs
	@sh tools/test

lint: $(VENV)/dev.stamp ## Style, types, layers, migrations, house rules
	@sh tools/lint

fmt: $(VENV)/dev.stamp ## Format the code
	@$(BIN)/ruff format funkhaus tests bench tools && $(BIN)/ruff check --fix funkhaus tests bench tools

bench: $(VENV)/dev.stamp ## Measure the budgets
	@$(BIN)/python -m bench

samples: $(VENV)/dev.stamp ## Real files through the pipeline: make samples SAMPLES=DIR
	@FUNKHAUS_SAMPLES="$(SAMPLES)" $(BIN)/python -m tools.samples

uploads: $(VENV)/dev.stamp ## Large uploads by the reference clients over a bad line and through a kill -9
	@sh tools/browser_tests
	@$(BIN)/python -m tools.big_upload

torture: $(VENV)/dev.stamp ## kill -9 and a full disk at random moments, hostile minutes: nothing lost, stuck or left behind
	@$(BIN)/python -m tools.torture

audit: $(VENV)/dev.stamp ## Heavy outside checkers, players and consumers
	@sh tools/audit

pictures: $(VENV)/dev.stamp ## Take pictures of every kind of page for docs/pictures
	@$(BIN)/python -m tools.pictures

mutants: $(VENV)/dev.stamp ## Break the rules in every small way: the tests must see each
	@$(BIN)/python -m tools.mutants

messages: $(VENV)/dev.stamp ## Collect interface texts for translation
	@sh tools/messages

lock: ## Compile the pinned requirements anew
	@sh tools/lock
