# The same words for a person and for CI. `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: help demo test check fmt docs clean

help: ## show these targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: .venv/demo ## build specs/numkit.yaml with the embedded model into generated/numkit
	$(BIN)/guild build specs/numkit.yaml --out generated/numkit

test: .venv/dev ## run the tests, with the scripted model and the real Go toolchain
	$(BIN)/python -m pytest -n 2

check: .venv/dev ## ruff, pyright, import-linter, the architecture tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/python -m pytest tests/test_architecture.py

fmt: .venv/dev ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/dev ## write docs/cli.md anew
	$(BIN)/python -m guild.cli.reference > docs/cli.md

clean: ## remove what was installed and generated here
	rm -rf .venv generated .guild

.venv/made:
	@uname -s | grep -qx Linux || { echo "guild runs on Linux (x86-64 and arm64) for now; this is $$(uname -s)" >&2; exit 3; }
	@uname -m | grep -qxE 'x86_64|aarch64|arm64' || { echo "guild runs on x86-64 and arm64; this is $$(uname -m)" >&2; exit 3; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "guild needs Python 3.11 or newer: make demo PYTHON=python3.12" >&2; exit 3; }
	@$(PYTHON) -m venv .venv || { echo "python3 has no venv module: install it (Debian, Ubuntu: apt install python3-venv)" >&2; exit 3; }
	@touch $@

.venv/demo: .venv/made pyproject.toml constraints.txt
	$(PIP) install -q -c constraints.txt -e '.[local]'
	@touch $@

.venv/dev: .venv/made pyproject.toml constraints.txt
	$(PIP) install -q -c constraints.txt -e '.[local,studio,dev]'
	@touch $@ .venv/demo
