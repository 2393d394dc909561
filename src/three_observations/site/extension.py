"""The Sphinx extension: it puts the book's own pages in the place of the theme's.

Jupyter Book brings a theme whose pages load scripts from other hosts, icons of half a megabyte
and styles of 400 kB.  The pages here come from ``templates/``, one style sheet and a few small
scripts; what the theme left in ``_static`` is removed when a build ends.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform

from three_observations import data
from three_observations.site import (
    assets,
    crossrefs,
    downloads,
    formulas,
    launch,
    made,
    notebooks,
    reading,
    sharing,
    terms,
)

HERE = Path(__file__).parent

#: Folders of the site that hold what readers take away, not what a page loads.
DOWNLOADS = "downloads"
PREVIEWS = "previews"
#: Name of the page on how to cite.
CITE = "cite"


class FoldedBoxes(SphinxPostTransform):
    """Write a box of the class ``dropdown`` as an element that folds without any script."""

    default_priority = 700
    formats = ("html",)

    def run(self, **_: Any) -> None:
        """Replace every such box of the document."""
        for box in list(self.document.findall(nodes.Admonition)):
            if not {"dropdown", "toggle"} & set(box["classes"]):
                continue
            title = box.next_node(nodes.title)
            words = title.astext() if title is not None else "More"
            kinds = [name for name in box["classes"] if name not in {"dropdown", "toggle"}]
            kinds = " ".join(dict.fromkeys(["admonition", box.tagname, *kinds]))
            opening = (
                f'<details class="{escape(kinds)}"><summary class="admonition-title">'
                f"{escape(words, quote=False)}</summary>\n"
            )
            inner = [child for child in box.children if child is not title]
            closing = nodes.raw("", "</details>\n", format="html")
            box.parent.replace(box, [nodes.raw("", opening, format="html"), *inner, closing])


# --------------------------------------------------------------------------- before the build


def _configure(app: Any, config: Any) -> None:
    from myst_nb.core.render import load_mime_renders

    from three_observations.site.render import BookOutputs

    if BookOutputs not in load_mime_renders():
        raise ExtensionError(
            "MyST-NB does not know how the book shows its charts: the package three-observations "
            "is not installed, or was installed before pyproject.toml named the renderer. "
            "Run `make book`, or `pip install -e .`."
        )
    config.templates_path = [str(HERE / "templates"), *config.templates_path]
    config.html_math_renderer = config.html_math_renderer or "mathml"
    config.html_use_index = False
    config.html_domain_indices = False
    config.html_permalinks_icon = "#"
    config.nb_render_markdown_format = "myst"
    config.nb_code_prompt_show = "Show the code"
    config.nb_code_prompt_hide = "Hide the code"


def _prepare(app: Any) -> None:
    if not hasattr(app.env, "book_charts"):
        app.env.book_charts = {}
    app.book_texts = {}
    app.book_archives = {}
    app.book_previews = {}
    app.book_terms = {}
    app.book_open = {}
    # The book has a search of its own, which leads to sections and knows tables and captions.
    app.builder.search = False


def _forget(app: Any, env: Any, docname: str) -> None:
    getattr(env, "book_charts", {}).pop(docname, None)


def _merge(app: Any, env: Any, docnames: list[str], other: Any) -> None:
    for docname in docnames:
        if docname in other.book_charts:
            env.book_charts[docname] = other.book_charts[docname]


# --------------------------------------------------------------------------- each page


_THEBE = re.compile(
    r'\s*<script type="text/x-thebe-config">.*?</script>\s*<script>kernelName = .*?</script>', re.S
)


def _words(node: nodes.Node) -> str:
    """Return the words of a sentence without what stands in boxes beside it."""
    if isinstance(node, nodes.Text):
        return str(node)
    if isinstance(node, (nodes.raw, terms.SideNote)):
        return ""
    return "".join(_words(child) for child in node.children)


def _first_sentence(doctree: nodes.document | None) -> str:
    """Return what a page is about: its first paragraph, at most 160 characters."""
    if doctree is None:
        return ""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section):
            words = " ".join(_words(paragraph).split())
            if len(words) <= 160:
                return words
            return words[:157].rsplit(" ", 1)[0] + " \N{HORIZONTAL ELLIPSIS}"
    return ""


_CODE = re.compile(r'<div class="highlight"><pre>.*?</pre>', re.S)
_TOKEN = re.compile(r'<span class="(\w+)">([^<]*)</span>')
_TWINS = re.compile(r'(<span class="(\w+)">[^<]*)</span><span class="\2">')


def _lean_code(found: re.Match) -> str:
    """Leave out the marks of tokens without a colour of their own, and join twins."""
    plain = assets.plain_tokens()
    code = found.group().replace("<span></span>", "")
    code = _TOKEN.sub(lambda token: token[2] if token[1] in plain else token[0], code)
    while (joined := _TWINS.sub(r"\1", code)) != code:
        code = joined
    return re.sub(r'<span class="(\w+)">', r"<span class=\1>", code)


#: Classes that Sphinx and MyST-NB write and that no style and no script of the book names.
SPARE_CLASSES = frozenset(
    [
        "reference",
        "internal",
        "external",
        "notranslate",
        "highlight-ipython3",
        "highlight-python",
        "highlight-myst-ansi",
        "highlight-sh",
        "tex2jax_ignore",
        "mathjax_ignore",
        "toctree-l1",
        "toctree-l2",
        "toctree-l3",
        "toctree-wrapper",
        "compound",
        "tag_remove-input",
        "tag_hide-input",
        "tag_hide-cell",
        "text_html",
        "caption-text",
        "std",
        "std-doc",
        "std-ref",
        "literal",
        "row-even",
        "row-odd",
        "arabic",
    ]
)
_CLASSES = re.compile(r'(<script\b.*?</script>)|(<[a-z][a-z0-9]*\b[^<>]*?) class="([^"<>]*)"', re.S)


def _without_spare_classes(page: str) -> str:
    """Leave out the classes that nothing names; scripts and the data of charts stay."""

    def kept(found: re.Match) -> str:
        if found[1]:
            return found[1]
        names = [name for name in found[3].split() if name not in SPARE_CLASSES]
        return f'{found[2]} class="{" ".join(names)}"' if names else found[2]

    return _CLASSES.sub(kept, page)


_SCRIPT = re.compile(r"(<script\b.*?</script>)", re.S)
_CLOSING = re.compile(r"</(?:td|th|tr)>(?=\s*</?(?:td|th|tr|tbody|thead|tfoot|table)\b)")
_SCOPE = re.compile(r'(<th\b[^<>]*?) scope="(col|row)"')


def _lean_tables(page: str) -> str:
    """Leave out the end tags of cells and rows: HTML says that the next one ends them.

    They are an eighth of what the tables of the book weigh. Scripts and data of charts stay.
    """
    parts = _SCRIPT.split(page)
    parts[::2] = (_SCOPE.sub(r"\1 scope=\2", _CLOSING.sub("", part)) for part in parts[::2])
    return "".join(parts)


_LEDGER = re.compile(r'(<div class="book-table book-ledger.*?</table>\s*</div>)', re.S)


#: A line may end between a formula and the stop behind it, and the stop would begin the next one.
_STOP_AFTER_FORMULA = re.compile(
    r'(<math (?![^>]*display="block")[^>]*>(?:(?!</math>).)*</math>)([.,;:)]+)'
)


def _with_way_past(body: str) -> str:
    """Let readers pass the ledger, which is hundreds of stops of the Tab key long."""
    return _LEDGER.sub(
        '<p class="way-past"><a href="#ledger-end">Skip the ledger</a></p>\n\\1\n'
        '<p id="ledger-end" class="way-past" tabindex="-1">The ledger ends here.</p>',
        body,
    )


def _tidy_body(body: str) -> str:
    """Mend what axe finds in the HTML that Sphinx and MyST-NB write, and what nobody needs."""
    body = _CODE.sub(_lean_code, body)
    body = _THEBE.sub("", body).replace(' docutils container"', '"')
    body = body.replace('<summary aria-label="Toggle hidden content">', "<summary>")
    body = body.replace('class="pst-scrollable-table-container"', 'class="book-table" tabindex="0"')
    body = _STOP_AFTER_FORMULA.sub(r'<span class="short">\1\2</span>', body)
    return body.replace("<pre>", '<pre tabindex="0">')


def _page_context(
    app: Any, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    body = _tidy_body(context.get("body") or "")
    front = pagename == app.config.root_doc
    is_notebook = doctree is not None and str(context.get("sourcename", "")).endswith(".ipynb")
    home = f"{app.config.html_baseurl.rstrip('/')}/" if app.config.html_baseurl else ""
    description = _first_sentence(doctree) or context.get("book_description", "")
    run = is_notebook and not front
    if doctree is not None:
        text = reading.read(body)
        app.book_texts[pagename] = text
        if made.places(body):
            app.book_open[pagename] = body
        if not front:
            body = reading.with_top(
                body, facts_line=reading.facts(text, run=run), box=reading.in_short(body)
            )
        app.book_previews[pagename] = _preview(app, pagename, text.title, description)
        context["book_preview"] = f"{PREVIEWS}/{_file_name(pagename)}.png"
    context["body"] = _with_way_past(body)
    context["book_digest"] = app.book_digest
    context["book_has_charts"] = '<figure class="chart"' in body
    context["book_has_ledger"] = "book-ledger" in body
    context["book_has_sources"] = 'class="about-table source"' in body
    context["book_description"] = description
    context["book_is_front"] = front
    context["book_made"] = [
        (name, words)
        for name, words in ((terms.PAGE, "Glossary"), (CITE, "How to cite"))
        if name != CITE or _cited(app)
    ]
    context["book_home"] = home
    context["book_run"] = _run_section(app, pagename, context) if run else ""


def _file_name(page: str) -> str:
    return page.removeprefix("chapters/").replace("/", "-")


def _preview(app: Any, page: str, title: str, description: str) -> bytes:
    charts = app.env.book_charts.get(page, {})
    svg = ""
    for chart in charts.values():
        svg = next(content for path, content in chart.files.items() if path.endswith(".svg"))
        break
    return sharing.preview(app.config.html_title, title, description, svg)


# --------------------------------------------------------------------------- running a page


def _chapter_of(app: Any, page: str) -> list[str]:
    """Return the pages that belong together: a chapter and what stands below it."""
    includes = app.env.toctree_includes

    def below(name: str) -> list[str]:
        return [name, *(inner for child in includes.get(name, ()) for inner in below(child))]

    for chapter in includes.get(app.config.root_doc, ()):
        pages = below(chapter)
        if page in pages:
            return pages
    return [page]


def _archive(app: Any, page: str) -> tuple[str, bytes]:
    """Return the path below the site and the content of a chapter's zip file, made once."""
    pages = _chapter_of(app, page)
    path = f"{DOWNLOADS}/{_file_name(pages[0])}.zip"
    if path not in app.book_archives:
        root = Path(app.srcdir)
        present = [name for name in pages if (root / f"{name}.ipynb").is_file()]
        title = app.env.titles[pages[0]].astext()
        app.book_archives[path] = downloads.chapter_archive(
            root, present, title=title, book=app.config.html_title
        )
    return path, app.book_archives[path]


def _repository(app: Any) -> dict[str, str]:
    """Return what _config.yml itself says; Jupyter Book puts its own address where it is silent."""
    path = Path(app.srcdir) / "_config.yml"
    settings = yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else None
    return (settings or {}).get("repository") or {}


def _run_section(app: Any, page: str, context: dict[str, Any]) -> str:
    configured = _repository(app)
    root = "../" * page.count("/")
    archive, size = "", 0
    if (Path(app.srcdir) / "requirements.txt").is_file():
        path, content = _archive(app, page)
        archive, size = f"{root}{path}", round(len(content) / 1000)
    where = launch.repository(configured.get("url", ""), configured.get("branch", ""))
    colab, branch = "", app.config.book_pages_branch
    if where and where.host == "gh" and branch:
        path = f"{DOWNLOADS}/colab/{_file_name(page)}.ipynb"
        whole = notebooks.read(Path(app.srcdir) / f"{page}.ipynb")
        app.book_archives[path] = notebooks.to_bytes(launch.for_colab(whole, where))
        colab = launch.colab(where, branch, path)
    lite = ""
    if app.config.book_jupyterlite and archive:
        home = (app.config.html_baseurl or "").rstrip("/")
        whole_address = f"{home}/{archive.removeprefix(root)}"
        try:
            lite = launch.jupyterlite(app.config.book_jupyterlite, whole_address, f"{page}.ipynb")
        except ValueError as error:
            raise ExtensionError(str(error)) from error
    return launch.section(
        f"{page}.ipynb",
        source=f"{root}_sources/{context['sourcename']}",
        archive=archive,
        kilobytes=size,
        where=where,
        colab_address=colab,
        lite_address=lite,
    )


# --------------------------------------------------------------------------- pages that are made


def _in_order(app: Any) -> list[str]:
    """Return the pages of the book in reading order."""
    includes = app.env.toctree_includes

    def below(name: str) -> list[str]:
        return [name, *(inner for child in includes.get(name, ()) for inner in below(child))]

    return [page for page in below(app.config.root_doc) if page in app.book_texts]


def _cited(app: Any) -> str:
    """Return the text of CITATION.cff; empty if the book has none."""
    path = Path(app.srcdir) / "CITATION.cff"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _an_example(app: Any, order: list[str]) -> tuple[str, str, str] | None:
    """Return address, number with title, and page of the first figure of the book."""
    for page in order:
        for name, chart in app.env.book_charts.get(page, {}).items():
            address = f"{app.builder.get_target_uri(page)}#chart-{name}"
            return address, f"Figure {chart.number}. {chart.title}", app.book_texts[page].title
    return None


def _fill_places(app: Any) -> None:
    """Write the tables that only the finished book holds into the pages that ask for them."""
    from three_observations.site.render import DATA_PAGE

    order = _in_order(app)
    for page, body in app.book_open.items():
        address = partial(app.builder.get_relative_uri, page)
        tables: dict[str, list[tuple[str, str]]] = {}
        if (Path(app.srcdir) / "data" / data.PACKAGE_FILE).is_file():
            tables = {name: [] for name in data.tables()}
        for other in order:
            for name, chart in app.env.book_charts.get(other, {}).items():
                for table in chart.tables:
                    words = f"{app.book_texts[other].title}, {chart.number}"
                    tables.setdefault(table, []).append((f"{address(other)}#chart-{name}", words))
        asked = {
            "times": made.times(
                [(address(other), app.book_texts[other]) for other in order if other != page]
            ),
            "uses": made.uses(tables, address(DATA_PAGE) if DATA_PAGE in order else ""),
        }
        try:
            whole = made.filled(body, asked)
            path = Path(app.outdir) / app.builder.get_target_uri(page)
            written = path.read_text(encoding="utf-8")
            path.write_text(made.filled(written, asked), encoding="utf-8", newline="\n")
        except ValueError as error:
            raise ExtensionError(f"{page}: {error}") from error
        app.book_texts[page] = reading.read(whole)


def _made_pages(app: Any) -> Any:
    if app.builder.format != "html":
        return
    _fill_places(app)
    words, order = terms.glossary(), _in_order(app)
    first = {}
    for name, pages in app.book_terms.items():
        reading_order = sorted(order, key=lambda page: "/exercises/" in page)
        page = next((page for page in reading_order if page in pages), None)
        if page:
            first[name] = (app.builder.get_target_uri(page), app.book_texts[page].title)
    body = terms.glossary_body(words, first)
    app.book_texts[terms.PAGE] = reading.read(body)
    about = "Words that a page explains in the first of its sentences that uses them."
    yield terms.PAGE, {"title": "Glossary", "body": body, "book_description": about}, "page.html"
    made_pages = [terms.PAGE]
    if reference := _cited(app):
        book = made.reference(reference, app.config.html_baseurl or "")
        body = made.cite_body(book, _an_example(app, order))
        app.book_texts[CITE] = reading.read(body)
        about = "How to cite the book, one of its figures or a verdict, and what may be reused."
        yield CITE, {"title": "How to cite", "body": body, "book_description": about}, "page.html"
        made_pages.append(CITE)
    listed = [
        (app.builder.get_target_uri(page), app.book_texts[page].title, app.book_texts[page])
        for page in [*order, *made_pages]
    ]
    about = "Every page of the book with its sections and figures."
    context = {"title": "Site map", "body": made.map_body(listed), "book_description": about}
    yield "sitemap", context, "page.html"
    yield "search", {"title": "Search", "body": ""}, "search.html"


# --------------------------------------------------------------------------- after the build


def _finish(app: Any, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    _clear(out)
    for name, content in app.book_assets.items():
        (out / "_static" / name).write_text(content, encoding="utf-8", newline="\n")
    for files in app.env.book_charts.values():
        for chart in files.values():
            for path, content in chart.files.items():
                target = out / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(content, encoding="utf-8", newline="\n")
    # GitHub Pages would leave out what begins with an underscore.
    (out / ".nojekyll").write_text("", encoding="utf-8")
    tables = Path(app.srcdir) / "data"
    if tables.is_dir():
        shutil.copytree(tables, out / "data", dirs_exist_ok=True)
    _write_made_files(app, out)
    for path in out.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        if (lean := _lean_tables(_without_spare_classes(page))) != page:
            path.write_text(lean, encoding="utf-8", newline="\n")
    front = app.builder.get_target_uri(app.config.root_doc)
    if front != "index.html":
        (out / "index.html").write_text(
            assets.redirect(front, app.config.html_title), encoding="utf-8", newline="\n"
        )


def _write_made_files(app: Any, out: Path) -> None:
    """Write the previews, the archives, what the search looks through, and the page for errors."""
    for page, picture in app.book_previews.items():
        _write(out / PREVIEWS / f"{_file_name(page)}.png", picture)
    for path, archive in app.book_archives.items():
        _write(out / path, archive)
    addresses = {page: app.builder.get_target_uri(page) for page in app.book_texts}
    pages = {
        addresses[page]: (text.title, text)
        for page, text in sorted(app.book_texts.items(), key=lambda item: item[0])
    }
    _write(out / "search-index.js", made.search_script(pages).encode())
    home = app.config.html_baseurl or ""
    _write(out / "404.html", made.lost_page(app.config.html_title, home).encode())
    if home:
        places = [
            addresses[page] for page in [*_in_order(app), terms.PAGE, CITE] if page in addresses
        ]
        _write(out / "sitemap.xml", made.map_for_machines(home, places).encode())
        where = f"User-agent: *\nSitemap: {home.rstrip('/')}/sitemap.xml\n"
        _write(out / "robots.txt", where.encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _clear(out: Path) -> None:
    """Remove what no page of the book loads."""
    for name in ("_static", "_sphinx_design_static"):
        shutil.rmtree(out / name, ignore_errors=True)
    (out / "_static").mkdir()
    (out / "genindex.html").unlink(missing_ok=True)


def _make_assets(app: Any) -> None:
    """Make styles and scripts; their digest becomes part of their address on every page."""
    if app.builder.format == "html":
        app.book_assets = assets.contents()
        together = "".join(app.book_assets.values()).encode()
        app.book_digest = hashlib.sha256(together).hexdigest()[:10]


def setup(app: Any) -> dict[str, Any]:
    """Connect the book's pages to Sphinx."""
    formulas.register(app)
    # The branch to which the built site is pushed; Colab opens notebooks from branches only.
    app.add_config_value("book_pages_branch", "", "html")
    # Where a JupyterLite stands that readers may load Python from; empty: no page mentions it.
    app.add_config_value("book_jupyterlite", "", "html")
    terms.register(app)
    app.add_post_transform(FoldedBoxes)
    app.add_post_transform(crossrefs.FigureReferences)
    app.connect("config-inited", _configure, priority=900)
    app.connect("builder-inited", _prepare)
    app.connect("builder-inited", _make_assets)
    app.connect("env-purge-doc", _forget)
    app.connect("env-merge-info", _merge)
    app.connect("html-page-context", _page_context, priority=900)
    app.connect("html-collect-pages", _made_pages)
    app.connect("build-finished", _finish, priority=900)
    # What the search looks through is gathered while pages are written, in one process.
    return {"version": "2", "parallel_read_safe": True, "parallel_write_safe": False}
