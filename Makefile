# De twee opdrachten: make demo en make test. De eerste keer zetten ze de omgeving klaar, daarna gebruiken ze die.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
KLAAR := $(VENV)/.klaar
UV := uv==0.13.9
SPARK := .venv-spark
SPARK_KLAAR := $(SPARK)/.klaar

export DO_NOT_TRACK := 1
export DAGSTER_DISABLE_TELEMETRY := 1
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
export GX_ANALYTICS_ENABLED := false
export STREAMLIT_BROWSER_GATHER_USAGE_STATS := false
export GGZ_DATA ?= $(CURDIR)/data

# maat van de demo: een twintigste van Nederland, twaalf maanden
DEMO_SCHAAL ?= 0.05
DEMO_MAANDEN ?= 12

.PHONY: help demo test site beelden aanval lint klaar bench spark dagster schoon

help: ## deze uitleg
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

klaar: $(KLAAR) ## zet de omgeving klaar (.venv); doet niets als zij er al staat

$(KLAAR): requirements.lock pyproject.toml
	@echo "Omgeving klaarzetten in $(VENV)"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(UV)
	$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	$(BIN)/python -m pipelines.warehouse.dbt  # dbt leest het project alvast
	@touch $@

demo: $(KLAAR) ## maak synthetische aanleveringen, draai alles, toon waar te kijken
	$(BIN)/ggz demo --schaal $(DEMO_SCHAAL) --maanden $(DEMO_MAANDEN)

.PHONY: chromium
chromium: ## de browser waarmee de toetsen de schermen bekijken
	@command -v chromium >/dev/null || { echo "chromium installeren"; apt-get update -qq; apt-get install -y -qq chromium >/dev/null; } \
	  || { echo "Installeer chromium (Debian: apt-get install chromium) en draai opnieuw."; exit 1; }

test: $(KLAAR) chromium ## elke toets die CI draait
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pipelines.warehouse.dbt
	$(BIN)/dagster definitions validate
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

site: $(KLAAR) ## de documentatie als site, in uitvoer/site (opent zonder internet)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

beelden: $(KLAAR) chromium ## de beelden van de schermen in README en docs, van de gegevens van make demo
	GGZ_DATA="$(GGZ_DATA)" $(BIN)/python -m tests.scherm.beelden

lint: $(KLAAR) ## stijl van Python en SQL (SQL duurt een paar minuten)
	$(BIN)/ruff check . && $(BIN)/ruff format --check .
	GGZ_WAREHOUSE="$(GGZ_DATA)/warehouse.duckdb" $(BIN)/sqlfluff lint dbt_project/models dbt_project/tests

bench: $(KLAAR) ## meet een run en hetzelfde hoofdwerk met de hand (duurt uren; BENCH=--klein: minuten)
	$(BIN)/uv pip install --quiet --python $(BIN)/python polars==2.1.0 pyspark==4.3.0
	$(BIN)/python bench/schaal.py $(BENCH)

$(SPARK_KLAAR): requirements-spark.lock pyproject.toml $(KLAAR)
	@command -v java >/dev/null || { echo "Installeer Java 17 of nieuwer (Debian: apt-get install openjdk-17-jre-headless) en draai opnieuw."; exit 1; }
	test -x $(SPARK)/bin/python || $(PYTHON) -m venv $(SPARK)
	$(BIN)/uv pip sync --quiet --python $(SPARK)/bin/python --require-hashes requirements-spark.lock
	$(BIN)/uv pip install --quiet --python $(SPARK)/bin/python --no-deps --no-build-isolation -e .
	@touch $@

spark: $(SPARK_KLAAR) ## bouw de marts van make demo ook op Spark (Java 17), en leg elke cel naast die van DuckDB
	test -f "$(GGZ_DATA)/warehouse.duckdb" || $(MAKE) demo
	GGZ_DATA="$(GGZ_DATA)" $(SPARK)/bin/python -m pipelines.warehouse.spark

aanval: $(KLAAR) ## val de nieuwste publicatie aan zoals een lezer dat kan (AANVAL: hoeveel cellen per tabel, en voor wie)
	GGZ_DATA="$(GGZ_DATA)" $(BIN)/python -m tests.publicatie.aanval.heel $(AANVAL)

dagster: $(KLAAR) ## Dagster in de browser (http://localhost:3000), met de runs van ggz
	$(BIN)/python -m pipelines.bediening.dagster_dev

schoon: ## verwijder de gegevens van de demo en wat dbt maakte; niet de omgeving
	rm -rf "$(GGZ_DATA)" dbt_project/target dbt_project/logs
