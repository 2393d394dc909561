"""What the pages are put together from: provenance, terms, notes, references, archives."""

from __future__ import annotations

import html
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import nbformat
import pytest

from three_observations import charts, data
from three_observations.site import (
    build,
    downloads,
    extension,
    launch,
    made,
    notebooks,
    provenance,
    reading,
    sharing,
    terms,
)
from three_observations.site import figures as site_figures

ROOT = Path(__file__).resolve().parents[1]


# ---------------------------------------------------------------------------------- provenance


@pytest.mark.parametrize("table", data.tables())
def test_where_a_table_comes_from_is_told_from_the_data_package(table: str) -> None:
    origin, described = provenance.origin(table), data.describe(table)
    assert (origin.title, origin.path) == (described["title"], described["path"])
    assert origin.rows == len(data.load(table))
    units = {field["name"]: field.get("unit") for field in described["schema"]["fields"]}
    told = {column: unit for unit, columns in origin.units for column in columns}
    assert told == {name: unit for name, unit in units.items() if unit}
    panel = provenance.panel(origin, lambda name: f"#{name}", provenance.licence_of_tables())
    assert "Creative Commons" in panel and f'href="#{table}"' in panel
    again = provenance.panel(origin, lambda name: None, told=3)
    place = re.search(r'<dl id="([^"]+)">', panel).group(1)
    assert f'<a href="#{place}">below figure 3</a>' in again and "<dl" not in again
    for column, first, last in origin.dates:
        days = data.load(table)[column].dropna()
        assert (str(days.min())[:10], str(days.max())[:10]) == (first, last)


def test_the_line_below_a_chart_counts_each_source_once() -> None:
    both = [provenance.origin("prices"), provenance.origin("models")]
    line = provenance.short_line(both, lambda name: None)
    known = data.sources_of("prices", "models")
    assert line.startswith("Data: prices and models; ")
    assert f"{len(known)} sources, read until " in line
    twice = provenance.short_line([both[0], both[0]], lambda name: None)
    assert f"{len(data.sources_of('prices'))} sources" in twice


# -------------------------------------------------------------------------------------- reading

PAGE = """
<section id="page"><h1>Title<a class="headerlink" href="#page">#</a></h1>
<p>One two three.</p>
<div class="cell"><div class="cell_input"><pre>code is not read</pre></div></div>
<section id="first"><h2>First</h2><p>Four <em>five</em>.</p>
<figure class="chart" id="chart-a"><p class="chart-title"><a>Figure 1</a> A chart</p>
<p class="unseen chart-words">What it shows</p><table><tr><td>cell</td></tr></table></figure>
<table><tr id="row-1"><td></td><th>Name</th><td>value</td></tr></table>
<p>Six.</p></section></section>
"""


def test_a_page_is_read_as_sections_figures_and_rows() -> None:
    text = reading.read(PAGE)
    assert [(part.kind, part.anchor, part.title, part.level) for part in text.parts] == [
        ("section", "page", "Title", 1),
        ("section", "first", "First", 2),
        ("figure", "chart-a", "Figure 1 A chart", 0),
        ("row", "row-1", "Name", 0),
    ]
    parts = {part.anchor: part.text for part in text.parts}
    assert parts["page"] == "One two three."
    assert parts["first"] == "Four five. Six."
    assert "What it shows" in parts["chart-a"] and "cell" in parts["chart-a"]
    assert parts["row-1"].split() == ["Name", "value"]
    assert (text.title, text.figures) == ("Title", 1)
    assert text.words == pytest.approx(6, abs=1)  # without headings, tables, figures, code


def test_time_to_read_grows_with_words_and_figures_and_is_never_nought() -> None:
    assert reading.Text(words=10).minutes == 1
    assert reading.Text(words=2200).minutes == 10
    assert reading.Text(words=2200, figures=10).minutes == 15


def test_the_line_below_the_title_says_what_the_author_said_when_it_is_more() -> None:
    longer = reading.facts(reading.Text(words=2200, minutes_stated=50), run=True)
    assert "10 min to read, about 50 to work through" in longer and 'href="#run"' in longer
    assert "work through" not in reading.facts(
        reading.Text(words=2200, minutes_stated=5), run=False
    )


def test_a_page_that_is_looked_up_names_no_time_to_read() -> None:
    assert reading.facts(reading.Text(words=205), run=False) == ""
    table = reading.facts(reading.Text(words=205), run=True)
    assert "read" not in table and 'href="#run"' in table
    assert "1 min" in reading.facts(reading.Text(words=205, figures=1), run=False)
    assert "5 min" in reading.facts(reading.Text(words=1100), run=False)


def test_a_slider_is_written_with_as_many_digits_as_its_step_has() -> None:
    slider = {"input": "range", "signal": "pace", "name": "Pace", "min": 0, "max": 20, "step": 0.1}
    written = site_figures._control(slider | {"value": 9.3574}, "chart-x")
    assert '<output for="chart-x-pace">9.4</output>' in written
    assert 'aria-valuetext="9.4"' in written and 'data-book="9.3574"' in written
    assert site_figures.values_line([slider | {"value": 9.3574}]).count("9.4") == 1


def test_classes_of_the_theme_go_and_nothing_else_does() -> None:
    page = (
        '<a class="reference internal" href="x.html">class="reference internal"</a>'
        '<li class="toctree-l2 current"><div class="book-table tex2jax_ignore">internal</div>'
        '<pre class="reference-like">a  b</pre><script>var a = \'<p class="internal">\';</script>'
    )
    assert extension._without_spare_classes(page) == (
        '<a href="x.html">class="reference internal"</a>'
        '<li class="current"><div class="book-table">internal</div>'
        '<pre class="reference-like">a  b</pre><script>var a = \'<p class="internal">\';</script>'
    )


def test_tables_without_end_tags_are_the_same_tables(browser: Any) -> None:
    whole = (
        '<table><caption>C</caption><thead><tr><th scope="col" class="n">a</th>\n<td></td></tr>'
        '</thead>\n<tbody><tr id="x"><th scope="row">b <i>c</i></th><td>1 < 2</td></tr>\n'
        "<tr><td><ul><li>d</li></ul></td><td>e</td></tr></tbody></table>"
        "<script>var cell = '</td></tr>';</script>"
    )
    lean = extension._lean_tables(whole)
    assert len(lean) < len(whole) - 40 and "var cell = '</td></tr>';" in lean
    read = """html => {
        const box = document.createElement("div");
        box.innerHTML = html;
        box.querySelectorAll("td, th").forEach(cell => { cell.innerHTML = cell.innerHTML.trim(); });
        return box.innerHTML.replace(/\\s+(?=<)/g, "");
    }"""
    tab = browser.new_page()
    assert tab.evaluate(read, lean) == tab.evaluate(read, whole)
    tab.close()


def test_no_style_or_script_names_a_class_that_goes(built_site: Path) -> None:
    kept = [path for path in (built_site / "_static").iterdir() if path.name != "vega.js"]
    known = {
        name
        for path in kept
        for name in re.findall(r"\.(-?[a-zA-Z_][\w-]*)", path.read_text(encoding="utf-8"))
    }
    assert len(known) > 100
    assert not known & extension.SPARE_CLASSES
    page = (built_site / "chapters" / "sources.html").read_text(encoding="utf-8")
    assert 'class="reference' not in page and "toctree-l1" not in page


def verdict(anchor: str) -> str:
    return (
        f'<div class="book-card verdict partly" role="group" aria-label="x" id="{anchor}">\n'
        '<p class="card-label">Verdict</p>\n<p class="card-question">Is it so?</p>\n'
        '<p class="card-outcome"><strong class="verdict-badge partly">partly</strong></p>\n</div>'
    )


def test_the_box_at_the_top_links_each_verdict_and_folds_what_is_many() -> None:
    assert reading.in_short("<p>no verdict here</p>") == ""
    body = "".join(verdict(f"v{i}") for i in range(reading.VERDICTS_SHOWN + 2))
    box = reading.in_short(body)
    assert re.findall(r'href="#(v\d)"', box) == [f"v{i}" for i in range(5)]
    assert "2 more verdicts on this page" in box
    assert "more verdict" not in reading.in_short(verdict("v0"))


# ------------------------------------------------------------------------------ terms and notes


def test_every_term_is_explained_in_a_sentence_and_stands_once() -> None:
    words = terms.glossary()
    assert len(words) >= 30
    for term in words:
        assert term.says[0].isupper() or term.says[0].isdigit(), term.name
        assert term.says.endswith("."), term.name
        assert 5 <= len(term.says.split()) <= 40, term.name
    assert len({term.anchor for term in words}) == len(words)


def test_a_damaged_glossary_is_named_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "glossary.toml"
    path.write_text('[[term]]\nname = "rate"\n')
    with pytest.raises(ValueError, match="'rate' needs name and says"):
        terms.glossary(path)
    path.write_text(
        '[[term]]\nname="a b"\nsays="X."\n[[term]]\nname="c"\nalso=["A b"]\nsays="Y."\n'
    )
    with pytest.raises(ValueError, match="'c' stands there twice"):
        terms.glossary(path)


BOOK = {
    "pyproject.toml": (ROOT / "pyproject.toml").read_text(encoding="utf-8"),
    "requirements.txt": (ROOT / "requirements.txt").read_text(encoding="utf-8"),
    "_config.yml": (
        'title: A book\nexecute:\n  execute_notebooks: "off"\nonly_build_toc_files: true\n'
        "parse:\n  myst_enable_extensions: [dollarmath]\n"
        "sphinx:\n  extra_extensions: [three_observations.site]\n"
        "  config:\n    html_math_renderer: mathml\n    language: en\n    project: A book\n"
        "    book_pages_branch: gh-pages\n"
        "    book_jupyterlite: https://lite.example.org/demo/\n"
        "html:\n  baseurl: https://example.org/book\n"
        "repository:\n  url: https://github.com/somebody/a-book\n  branch: main\n"
    ),
    "_toc.yml": "format: jb-book\nroot: chapters/one\nchapters:\n  - file: chapters/two\n",
}


def notebook(*cells: str) -> str:
    made_cells = [nbformat.v4.new_markdown_cell(cell, id=f"c{i}") for i, cell in enumerate(cells)]
    return nbformat.writes(nbformat.v4.new_notebook(cells=made_cells))


@pytest.fixture(scope="module")
def little(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a small book with a public address, terms and a footnote."""
    root = tmp_path_factory.mktemp("little")
    for name, content in BOOK.items():
        (root / name).write_text(content)
    (root / "chapters").mkdir()
    (root / "chapters" / "one.ipynb").write_text(notebook("# One\n\nThe first page of the book."))
    (root / "chapters" / "two.ipynb").write_text(
        notebook(
            "# Two\n\nAn *elasticity* is explained.[^why] Elasticities are numbers.\n"
            "Another elasticity stands in `elasticity`, and a power law too.\n\n"
            "## The elasticity\n\nA second note refers to it.[^why]\n\n"
            "[^why]: Because **words** are $x^2$ needed."
        )
    )
    build.build_site(root, root / "out" / "html")
    return root / "out" / "html"


def test_the_first_use_of_a_term_leads_to_the_glossary(little: Path) -> None:
    page = (little / "chapters" / "two.html").read_text(encoding="utf-8")
    marked = re.findall(r'<a class="term" href="([^"]+)"[^>]*>([^<]+)</a>', page)
    assert marked == [
        ("../glossary.html#term-elasticity", "Elasticities"),
        ("../glossary.html#term-power-law", "power law"),
    ]
    for tip in re.findall(r'aria-describedby="(tip-[^"]+)"', page):
        assert page.count(f'role="tooltip" id="{tip}"') == 1
    assert 'id="term-elasticity"' in (little / "glossary.html").read_text(encoding="utf-8")
    assert 'content="An elasticity is explained. Elasticities are numbers.' in page


def test_a_footnote_stands_beside_its_sentence(little: Path) -> None:
    page = (little / "chapters" / "two.html").read_text(encoding="utf-8")
    sentence = page[page.index("is explained") :]
    note = sentence[sentence.index('class="side-note"') :].partition("</p>")[0]
    assert "<strong>words</strong>" in note and "<math" in note
    assert page.count('class="side-note"') == 1
    assert 'href="#note-1"' in page[page.index("A second note") :]
    assert '<aside class="footnote' not in page


def test_a_public_repository_brings_a_way_to_run_there_and_no_other_does(
    little: Path, built_site: Path
) -> None:
    page = (little / "chapters" / "two.html").read_text(encoding="utf-8")
    assert (
        'href="https://mybinder.org/v2/gh/somebody/a-book/main?urlpath='
        'lab%2Ftree%2Fchapters%2Ftwo.ipynb"' in page
    )
    colab = "https://colab.research.google.com/github/somebody/a-book/blob/gh-pages/downloads/colab"
    assert f'href="{colab}/two.ipynb"' in page
    first, *others = notebooks.read(little / "downloads" / "colab" / "two.ipynb")["cells"]
    assert "--branch main https://github.com/somebody/a-book book" in first["source"]
    assert "THREE_OBSERVATIONS_DATA" in first["source"] and len(others) == 1
    configured = "\nrepository:" in (ROOT / "_config.yml").read_text(encoding="utf-8")
    ours = (built_site / "chapters" / "cost-of-a-given-level.html").read_text(encoding="utf-8")
    assert ("mybinder" in ours) == configured
    assert configured or "colab" not in ours


def lite_code(page: str) -> str:
    """Return what a page hands to JupyterLite to run."""
    (address,) = re.findall(r'href="(https://lite\.example\.org/[^"]+)"', page)
    parts = urlsplit(html.unescape(address))
    assert parts.path == "/demo/repl/index.html"
    asked = parse_qs(parts.query)
    assert asked["kernel"] == ["python"]
    return asked["code"][0]


def test_a_switch_brings_python_into_the_browser_and_without_it_no_page_mentions_it(
    little: Path, built_site: Path
) -> None:
    for path in built_site.rglob("*"):
        if path.suffix in {".html", ".js"}:
            assert not re.search("jupyterlite|pyodide", path.read_text(encoding="utf-8"), re.I), (
                path
            )
    page = (little / "chapters" / "two.html").read_text(encoding="utf-8")
    code = lite_code(page)
    assert 'pyfetch("https://example.org/book/downloads/two.zip")' in code
    assert (little / "downloads" / "two.zip").is_file()
    # A link is no request: the policy of the page stays as it is.
    ours = (built_site / "chapters" / "cost-of-a-given-level.html").read_text(encoding="utf-8")
    policy = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
    assert policy.search(page).group() == policy.search(ours).group()


def test_a_switch_without_a_whole_address_says_what_is_missing() -> None:
    with pytest.raises(ValueError, match="`html: baseurl`"):
        launch.jupyterlite("https://lite.example.org", "/downloads/a.zip", "chapters/a.ipynb")
    with pytest.raises(ValueError, match="'demo' is none"):
        launch.jupyterlite("demo", "https://example.org/a.zip", "chapters/a.ipynb")


IN_THE_BROWSER = """
import asyncio, json, sys, types
from pathlib import Path
from IPython.core.interactiveshell import InteractiveShell

class Answer:
    async def bytes(self):
        return Path(sys.argv[1]).read_bytes()

async def pyfetch(address):
    return Answer()

# The browser's Python fetches through the page, knows no converter, and is called emscripten.
sys.modules["pyodide"] = types.ModuleType("pyodide")
sys.modules["pyodide.http"] = types.ModuleType("pyodide.http")
sys.modules["pyodide.http"].pyfetch = pyfetch
shell = InteractiveShell.instance()
import altair, numpy, pandas, scipy.optimize, scipy.stats
sys.modules["vl_convert"] = None
sys.platform = "emscripten"
shown, failed = [], []
shell.display_pub.publish = lambda data, metadata=None, **_: shown.append(data)
def keep(result):
    if not result.success:
        failed.append(repr(result.error_before_exec or result.error_in_exec))
shell.events.register("post_run_cell", keep)
code = Path(sys.argv[2]).read_text().replace("%pip install -q altair", "")
asyncio.run(shell.run_cell_async(code, transformed_cell=shell.transform_cell(code)))
import three_observations
print(json.dumps({
    "failed": failed,
    "package": three_observations.__file__,
    "charts": sum("application/vnd.vegalite.v5+json" in data for data in shown),
    "pictures": sum("image/svg+xml" in data for data in shown),
}))
"""


CHART_CELLS = (
    "import altair as alt\nimport pandas as pd\nfrom three_observations import charts, data",
    """prices = data.load("prices")
chart = alt.Chart(prices).mark_point().encode(
    x=alt.X("date:T").title("Day"), y=alt.Y("input_usd_per_mtok:Q").title("US$"))
charts.show(chart, name="prices", title="Prices", tables=["prices"],
            description="Prices of input by the day from which they applied.")""",
)


def test_what_jupyterlite_is_told_to_run_brings_a_chapter_and_shows_its_charts(
    tmp_path: Path,
) -> None:
    root = tmp_path / "book"
    (root / "chapters").mkdir(parents=True)
    for name in ("pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, root)
    shutil.copytree(ROOT / "data", root / "data")
    cells = [nbformat.v4.new_code_cell(cell) for cell in CHART_CELLS]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), root / "chapters" / "page.ipynb")
    archive = tmp_path / "page.zip"
    archive.write_bytes(
        downloads.chapter_archive(root, ["chapters/page"], title="Page", book="A book")
    )
    code = launch.for_jupyterlite("https://example.org/downloads/page.zip", "chapters/page.ipynb")
    (tmp_path / "code.txt").write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", IN_THE_BROWSER, str(archive), str(tmp_path / "code.txt")],
        cwd=tmp_path,
        env={key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        | {"IPYTHONDIR": str(tmp_path / "ipython")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["failed"] == []
    assert told["package"].startswith(str(tmp_path / "page" / "src"))
    assert (told["charts"], told["pictures"]) == (1, 0)


def test_only_an_address_that_binder_opens_counts_as_a_repository() -> None:
    assert launch.repository("") is None
    assert launch.repository("https://example.org/a/b") is None
    assert launch.repository("https://github.com/a") is None
    where = launch.repository("https://gitlab.com/a/b.git", "work/x")
    assert where == launch.Repository("a", "b", "work/x", "gl")
    assert "/gl/a/b/work%2Fx?" in launch.binder(where, "n.ipynb")


def test_a_reference_with_a_wrong_number_stops_the_build(tmp_path: Path) -> None:
    source = tmp_path / "book"
    (source / "chapters").mkdir(parents=True)
    for name in ("_config.yml", "CITATION.cff"):
        (source / name).write_bytes((ROOT / name).read_bytes())
    (source / "data").symlink_to(ROOT / "data")
    (source / "_toc.yml").write_text("format: jb-book\nroot: chapters/page\n")
    whole = notebooks.read(ROOT / "chapters" / "cost-of-a-given-level.ipynb")
    (chart, name), *_ = (
        (cell, output["data"][charts.MIME_TYPE]["usermeta"]["name"])
        for cell in notebooks.code_cells(whole)
        for output in cell["outputs"]
        if charts.MIME_TYPE in output.get("data", {})
    )
    words = f"# Page\n\nSee [Figure 1](#chart-{name}), not [Figure 2](#chart-{name})."
    words += "\nNor [this](#chart-nowhere)."
    first = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": words}
    page = {**whole, "cells": [first, chart]}
    (source / "chapters" / "page.ipynb").write_bytes(notebooks.to_bytes(page))
    with pytest.raises(build.BuildError) as error:
        build.build_site(source, tmp_path / "html")
    assert "'Figure 2' leads to Figure 1 of chapters/page. Correct the number." in str(error.value)
    assert "there is no chart 'nowhere' on chapters/page; its charts:" in str(error.value)
    assert "'Figure 1'" not in str(error.value)
    assert str(error.value).count("WARNING") == 2


# ------------------------------------------------------------------------------------- archives

LOCK = """\
# made by a tool
alpha==1.0
    # via the-book (pyproject.toml)
beta_two==2.0 ; sys_platform == 'linux'
    # via
    #   alpha
    #   delta
gamma==3.0
    # via beta-two
delta==4.0
    # via the-book (pyproject.toml)
"""


def test_the_requirements_of_a_chapter_are_the_part_of_the_lock_that_it_needs() -> None:
    assert downloads.requirements(LOCK, ["Alpha"]).splitlines() == [
        "alpha==1.0",
        "beta_two==2.0 ; sys_platform == 'linux'",
        "gamma==3.0",
    ]
    with pytest.raises(ValueError, match="does not hold 'omega'"):
        downloads.requirements(LOCK, ["omega"])


@pytest.fixture(scope="module")
def archive(built_site: Path) -> zipfile.ZipFile:
    content = (built_site / "downloads" / "cost-of-a-given-level.zip").read_bytes()
    return zipfile.ZipFile(io.BytesIO(content))


def test_a_chapters_archive_holds_its_pages_all_tables_and_exact_versions(
    archive: zipfile.ZipFile,
) -> None:
    names = {name.removeprefix("cost-of-a-given-level/") for name in archive.namelist()}
    assert {
        "README.md",
        "requirements.txt",
        "LICENSE",
        "LICENSE-DATA.md",
        "data/datapackage.json",
        "chapters/cost-of-a-given-level.ipynb",
        "chapters/exercises/cost-of-a-given-level.ipynb",
        "src/three_observations/charts.py",
    } <= names
    assert not [name for name in names if "/site/" in name or "__pycache__" in name]
    for table in data.tables():
        assert f"data/{data.describe(table)['path']}" in names
    wanted = archive.read("cost-of-a-given-level/requirements.txt").decode().splitlines()
    versions = {line.split("==")[0] for line in wanted if "==" in line}
    assert {"altair", "pandas", "vl-convert-python", "jupyterlab", "ipykernel"} <= versions
    assert not {"sphinx", "jupyter-book", "pytest", "playwright"} & versions
    assert wanted[-1] == "."


def test_a_chapters_archive_runs_in_another_place_and_gives_the_same_outputs(
    archive: zipfile.ZipFile, tmp_path: Path
) -> None:
    archive.extractall(tmp_path)
    folder = tmp_path / "cost-of-a-given-level"
    # As its README says, but from the packages that are here already.
    installed = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps",
         "--no-build-isolation", "--target", str(tmp_path / "lib"), str(folder)],
        capture_output=True, text=True,
    )  # fmt: skip
    assert installed.returncode == 0, installed.stderr
    script = (
        "import json, sys, nbformat, three_observations\n"
        "from nbclient import NotebookClient\n"
        "from three_observations import data\n"
        "book = nbformat.read(sys.argv[1], 4)\n"
        "NotebookClient(book, kernel_name='python3', timeout=300).execute()\n"
        "nbformat.write(book, sys.argv[2])\n"
        "print(three_observations.__file__, data.directory())\n"
    )
    name = "chapters/cost-going-deeper.ipynb"
    done = subprocess.run(
        [sys.executable, "-c", script, Path(name).name, str(tmp_path / "run.ipynb")],
        cwd=(folder / name).parent,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "lib")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    package, tables = done.stdout.split()
    assert package.startswith(str(tmp_path / "lib")) and tables == str(folder / "data")

    def shown(path: Path) -> list[str]:
        cells = notebooks.code_cells(notebooks.read(path))
        return [
            json.dumps(output.get("data") or output.get("text"), sort_keys=True)
            for cell in cells
            for output in cell["outputs"]
        ]

    # Text may be kept as one string or as lines; read both the same way.
    nbformat.write(nbformat.read(ROOT / name, 4), tmp_path / "ours.ipynb")
    assert shown(tmp_path / "run.ipynb") == shown(tmp_path / "ours.ipynb")


# ------------------------------------------------------------------------------------- sharing


def test_a_long_title_is_broken_into_lines_that_fit_the_picture() -> None:
    title = "A title that is so long that it does not fit on one line of the picture at all " * 3
    picture = sharing.card("A book", title, "words")
    lines = re.findall(r'font-size="44"[^>]*>([^<]+)<', picture)
    assert len(lines) == 2 and lines[-1].endswith("\N{HORIZONTAL ELLIPSIS}")
    assert max(map(len, lines)) * 44 * 0.56 < sharing.WIDTH
    assert "&lt;b&gt;" in sharing.card("A <b>", "T", "w")


def test_the_search_script_is_one_list_that_any_page_can_load() -> None:
    text = reading.read(PAGE)
    script = made.search_script({"chapters/a.html": ("Title", text)})
    assert script.startswith("window.bookSearch = {") and script.endswith("};\n")
    ((address, title, parts),) = made.search_pages(script)
    assert [part[3] for part in parts] == [" ".join(part.text.split()) for part in text.parts]
    assert (address, title) == ("chapters/a.html", "Title")
    assert [part[0] for part in parts] == ["", "first", "chart-a", "row-1"]
