PYTHON ?= $(shell for p in python3.12 python3.11 python3 python; do $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench docs lock clean preflight

run: $(VENV)/.run  ## serve the desk on 127.0.0.1:8501
	$(BIN)/python -m streamlit run app.py

test: $(VENV)/.dev  ## all tests
	$(BIN)/python -m pytest

check: $(VENV)/.dev  ## format, lint, types, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest

bench: $(VENV)/.dev  ## speed and memory
	$(BIN)/python -m benchmarks

docs: $(VENV)/.dev  ## renew the generated pages: coverage of the law, one page for each group of rules
	$(BIN)/python -m tools.coverage
	$(BIN)/python -m tools.rule_pages

lock:  ## renew the locked versions (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q pyproject.toml -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q pyproject.toml --extra openai --group dev -o requirements/dev.txt

clean:
	rm -rf $(VENV) build *.egg-info

preflight:
	@sh tools/preflight.sh "$(PYTHON)"

$(VENV)/.python:
	@$(MAKE) --no-print-directory preflight
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements/run.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@
