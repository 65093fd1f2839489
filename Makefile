# Each sets up what it needs in .venv; a second call starts at once.
.PHONY: run dev test test-browsers quick models bench
.SILENT:

PORT ?= 8501
BIN := .venv/bin

run: .venv/run.stamp
	$(BIN)/streamlit run serve.py --server.port $(PORT)

# The page asks to be drawn again when a source changes.
dev: .venv/run.stamp
	STREAMLIT_SERVER_FILE_WATCHER_TYPE=auto $(BIN)/streamlit run serve.py --server.port $(PORT)

# One thread for each product, as in training: two processes test, and threads that wait for each other spin.
test: export OMP_NUM_THREADS = 1
test: export OPENBLAS_NUM_THREADS = 1
test: .venv/test.stamp
	$(BIN)/python -m tests.browser.chromium & browser=$$!; \
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy cells ui gates; checks=$$?; \
	wait $$browser && exit $$checks
	$(BIN)/python -m pytest -n 2 --dist worksteal --ignore tests/browser --ignore tests/engines
	$(BIN)/python -m pytest -n 2 --dist worksteal tests/browser

# The same pages in Chromium, Firefox and WebKit: what this machine lacks of them is installed for root, and said else.
test-browsers: .venv/engines.stamp
	$(BIN)/python -m tests.engines.engines
	$(BIN)/python -m pytest tests/engines

# Under a minute: lint, types, and the laws of cells and ui; no browser, no page, nothing that is slow by nature.
quick: .venv/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy cells ui gates
	$(BIN)/python -m pytest -n 2 -m "not slow" tests/cells tests/ui tests/test_architecture.py tests/test_docs.py tests/test_readme.py

# Two networks at a time, one thread for each product: the arrays are too small to be shared between cores.
models: .venv/run.stamp
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m cells.training all

bench: .venv/test.stamp
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m bench.core
	$(BIN)/python -m bench.measures
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.training
	$(BIN)/python -m bench.browser
	$(BIN)/python -m bench.typing
	$(BIN)/python -m bench.rooms
	$(BIN)/python -m bench.trainer
	$(BIN)/python -m bench.classroom 1 30

.venv/bin/python:
	python=$$(for name in $(PYTHON) python3.14 python3.13 python3.12 python3.11 python3; do \
	  command -v $$name >/dev/null && $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$name && break; \
	done); \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed: install it and run make again."; exit 1; fi; \
	$$python -m venv .venv >/dev/null 2>&1 || { \
	  rm -rf .venv; \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null; \
	  fi; \
	  $$python -m venv .venv || { rm -rf .venv; \
	    echo "Python's venv is missing: install it (Debian, Ubuntu: sudo apt install python3-venv) and run make again."; \
	    exit 1; }; \
	}

.venv/run.stamp: pyproject.toml requirements.txt | .venv/bin/python
	echo "Installing what the app needs …"
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check -r requirements.txt
	touch $@

.venv/test.stamp: pyproject.toml requirements-test.txt | .venv/bin/python
	echo "Installing what the tests need …"
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check -r requirements-test.txt
	touch $@ .venv/run.stamp

.venv/engines.stamp: pyproject.toml .venv/test.stamp
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check -e .[engines]
	touch $@
