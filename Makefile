# 峰图 Fengtu: `make run` starts the app, `make test` runs everything; both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8501

.PHONY: run test check setup setup-test lock clean

run: setup
	$(BIN)/python -m streamlit run serve.py --server.port $(PORT)

test: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -X warn_default_encoding -m pytest -n 2 --dist loadfile --no-loadscope-reorder

# Seconds, not minutes: what to run before each commit.
check: setup-test
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q tests --ignore tests/browser

setup: $(VENV)/.run

setup-test: $(VENV)/.test

$(VENV)/.run: requirements.lock tools/setup.sh
	PYTHON="$(PYTHON)" sh tools/setup.sh run
	touch $@

$(VENV)/.test: requirements.lock requirements-dev.lock tools/setup.sh
	PYTHON="$(PYTHON)" sh tools/setup.sh test
	touch $(VENV)/.run $@

# Write the exact versions anew from the ranges in requirements*.txt.
lock:
	PYTHON="$(PYTHON)" sh tools/setup.sh lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
