# Both `make render` and `make test` first set up what is missing: see scripts/set-up.

BIN := .venv/bin
RENDER := .venv/ready-to-render
TEST := .venv/ready-to-test
MESSAGES := $(wildcard src/pubkit/locales/*/LC_MESSAGES/pubkit.po)

.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

.PHONY: help render test check approve messages set-up lock upgrade clean

help:
	@echo 'make render   HTML and PDF editions of the report, into build/'
	@echo 'make test     every check and test; make check: all but the tests'
	@echo 'make approve  the pages as they look now, against which tests compare them'
	@echo 'make bench-catalogs   damaged catalogs by the million, beside GNU gettext'
	@echo 'make bench-checks   how many seeded faults the checks find, beside pofilter'
	@echo 'make bench-composition   how even Chinese lines are, beside stock WeasyPrint'
	@echo 'make bench-hostility  what becomes of hostile texts, grown by the thousand'
	@echo 'make bench-mail   ten thousand members, two hundred kills: who has what, and how fast'
	@echo 'make bench-manuscripts   what import loses of arbitrary documents, beside pandoc'
	@echo 'make bench-speed  pubkit, naive scripts, Typst, Chromium, po4a and gettext in turns'
	@echo 'make bench-update   how fast a catalog is brought up to date, beside msgmerge'
	@echo 'make messages catalogs of the program itself, brought up to date'
	@echo 'make lock     requirements.txt anew after a change of pyproject.toml'
	@echo 'make upgrade  requirements.txt anew with the newest versions'
	@echo 'make clean    away with all that was made'

render: $(RENDER)
	@$(BIN)/pubkit render $(ARGS)

test: $(TEST) check
	@$(BIN)/pytest $(ARGS)

check: $(RENDER)
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy --strict
	@$(BIN)/lint-imports --no-logo

approve: $(TEST)
	@$(BIN)/pytest -n0 -q tests/test_report.py tests/rendering/test_looks.py -k looks_as_approved --approve

# A folder of benchmarks/, such as bench-checks.
bench-%: $(TEST)
	@$(BIN)/python -m benchmarks.$* $(ARGS)

messages: $(TEST)
	@$(BIN)/python scripts/update-messages

set-up: $(TEST)
	@:

$(RENDER) $(TEST): scripts/set-up requirements.txt pyproject.toml hatch_build.py $(MESSAGES)
	@scripts/set-up $(@:.venv/ready-to-%=%)

# An environment that was moved, or has lost its interpreter, is made again.
$(shell scripts/set-up --sound || rm -f $(RENDER) $(TEST))

lock:
	@scripts/set-up lock

upgrade:
	@scripts/set-up lock --upgrade

clean:
	@rm -rf .venv build dist .*_cache .hypothesis
	@find src -name '*.mo' -delete
	@find . -name __pycache__ -prune -exec rm -rf {} +
