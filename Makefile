# Two commands: `make report` and `make test`. Everything else follows from them.
# Needs python3 (3.11 or newer) with venv, and nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
HOUSE := pyproject.toml constraints.txt

.PHONY: help report test check docs lab setup setup-dev clean
.DEFAULT_GOAL := help

help:
	@echo "make report   read the reports in data/raw (or the bundled sample) and write reports/index.html"
	@echo "make test     linter, type checker and tests"
	@echo "make check    linter and type checker only"
	@echo "make docs     the documentation as a site: docs/_site/html/index.html"
	@echo "make lab      open the notebooks in JupyterLab"
	@echo "make clean    remove what the commands above made, .venv included"

report: $(VENV)/.installed # its last line says where the index page is
	@$(BIN)/vbdata run

test: check
	$(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

docs: $(VENV)/.installed-dev # works without a network
	$(BIN)/python -m sphinx --fail-on-warning --keep-going --quiet -E docs docs/_site/html -d docs/_site/doctrees
	@echo "docs/_site/html/index.html"

lab: $(VENV)/.installed
	$(BIN)/vbdata lab

setup: $(VENV)/.installed

setup-dev: $(VENV)/.installed-dev

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit("vbdata needs Python 3.11 or newer, this is " + sys.version.split()[0] \
	if sys.version_info < (3, 11) else 0)'
	@[ -x $(BIN)/pip ] || $(PYTHON) -m venv $(VENV) || { \
	echo "python3 has no venv; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.installed: $(HOUSE) | $(VENV)/.created
	@echo "Installing vbdata into $(VENV) (first time: a few minutes)"
	$(INSTALL) --editable .
	@touch $@

$(VENV)/.installed-dev: $(HOUSE) | $(VENV)/.created
	@echo "Installing vbdata and its tools into $(VENV) (first time: a few minutes)"
	$(INSTALL) --editable ".[dev]"
	@touch $(VENV)/.installed $@

clean:
	rm -rf $(VENV) docs/_site .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find data/processed reports -mindepth 1 ! -name .gitkeep -delete
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
