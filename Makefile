# Commands of the book; `make help` lists them.
# Only relative paths are used, so that the folder may lie anywhere and have any name.
.POSIX:
.SUFFIXES:
.PHONY: help book fresh test lab serve pdf student slides bench picture lock clean environment

# The Python that .venv is made from, for example: make book PYTHON=/path/to/python3.12
PYTHON =
# Where `make serve` shows the site.
PORT = 8000
# What `make test` runs, and how many processes share the work.
TESTS = chapters tests
WORKERS = 2
# Further options for the program behind a command, for example: make test OPTIONS="-k lock"
OPTIONS =

# Python keeps what it has compiled, also where the machine's settings say no (containers do): each
# command starts dozens of processes, and each would compile a thousand modules anew.
RUN = PYTHONDONTWRITEBYTECODE= .venv/bin/python -m

help:
	@echo 'make book     set up what is missing, run the notebooks that are stale, build the site'
	@echo 'make test     set up what is missing, run every check'
	@echo
	@echo 'make fresh    the same as make book, but run every notebook, stale or not'
	@echo 'make lab      open the notebooks in JupyterLab'
	@echo 'make serve    bring the book up to date and show it at http://127.0.0.1:$(PORT)/'
	@echo 'make pdf      write the whole book into one PDF, through the browser of this machine'
	@echo 'make student  write copies of chapters and exercises without solutions, and a zip of them'
	@echo 'make slides   write a slide deck for each chapter, a single file that needs no network'
	@echo 'make bench    measure what the book promises about speed and size'
	@echo 'make picture  make the picture in README.md from the built site'
	@echo 'make lock     write requirements.txt from pyproject.toml'
	@echo 'make clean    remove what the commands made, except .venv'

book: environment
	@$(RUN) three_observations.site.build $(OPTIONS)

fresh: environment
	@$(RUN) three_observations.site.build --fresh $(OPTIONS)

test: environment
	@$(RUN) pytest -p no:benchmark -n $(WORKERS) --dist loadscope --nbval $(TESTS) $(OPTIONS)

lab: environment
	@$(RUN) jupyterlab --notebook-dir=. $(OPTIONS)

serve: book
	@echo 'http://127.0.0.1:$(PORT)/ (stop with Ctrl-C)'
	@$(RUN) http.server $(PORT) --bind 127.0.0.1 --directory _build/html

pdf: book
	@$(RUN) three_observations.site.pdf $(OPTIONS)

student: book
	@$(RUN) three_observations.site.student $(OPTIONS)

slides: book
	@$(RUN) three_observations.site.slides $(OPTIONS)

bench: environment
	@$(RUN) pytest benchmarks --benchmark-columns=min,median,rounds --benchmark-sort=name $(OPTIONS)

picture: book
	@$(RUN) three_observations.site.picture $(OPTIONS)

# Keeps the versions that are locked; to move to the newest: make lock OPTIONS=--upgrade
lock: environment
	@$(RUN) uv pip compile --quiet --universal --python-version 3.11 --all-extras \
	    --custom-compile-command 'make lock' $(OPTIONS) --output-file requirements.txt pyproject.toml

clean:
	@rm -rf _build .pytest_cache .ruff_cache .hypothesis .benchmarks
	@find src tests benchmarks -name __pycache__ -exec rm -rf {} +

# Makes .venv when it is missing, damaged, or was made from another lock or for another folder.
# uv installs the lock in a quarter of the time that pip needs. It knows nothing of pip's own
# settings, such as another index; where it fails, pip does the same.
environment:
	@state=$$(pwd -P && cksum requirements.txt pyproject.toml); \
	new_enough='import sys; sys.exit(sys.version_info < (3, 11))'; \
	if [ "$$state" = "$$(cat .venv/installed 2>/dev/null)" ] \
	    && .venv/bin/python -c "$$new_enough" 2>/dev/null; then exit 0; fi; \
	if ! .venv/bin/python -c "$$new_enough; import pip" 2>/dev/null; then \
	    if [ -n "$(PYTHON)" ]; then set -- "$(PYTHON)"; \
	    else set -- python3.13 python3.12 python3.11 python3 python; fi; \
	    found=; \
	    for candidate in "$$@"; do \
	        if "$$candidate" -c "$$new_enough" 2>/dev/null; then found=$$candidate; break; fi; \
	    done; \
	    if [ -z "$$found" ]; then \
	        echo "The book needs Python 3.11 or newer, and $$* is not. Name one: make book PYTHON=/path/to/python" >&2; \
	        exit 1; \
	    fi; \
	    echo "Making .venv from $$("$$found" --version)"; \
	    rm -rf .venv; \
	    "$$found" -m venv .venv || { \
	        rm -rf .venv; \
	        echo 'Python could not make .venv. On Debian and Ubuntu: apt-get install python3-venv' >&2; \
	        exit 1; \
	    }; \
	fi; \
	echo 'Installing what requirements.txt lists (up to two minutes the first time) ...'; \
	pip='.venv/bin/python -m pip install --quiet --disable-pip-version-check'; \
	$$pip "$$(sed -n 's/^\(uv==[^ ;]*\).*/\1/p' requirements.txt)"; \
	$(RUN) uv pip install --quiet --python .venv/bin/python -r requirements.txt 2>/dev/null \
	    || $$pip -r requirements.txt; \
	$$pip --no-deps --no-build-isolation --editable .; \
	echo "$$state" > .venv/installed
