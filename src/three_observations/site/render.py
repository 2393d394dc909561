"""How the outputs of a notebook become parts of a page; MyST-NB calls this by entry point."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes

from three_observations import charts
from three_observations.site.figures import FigureError, page_figure

#: The page that shows every table; charts and cards link to it.
DATA_PAGE = "chapters/data-and-sources"
#: Where the files of the charts stand below the site's folder.
CHART_FILES = "charts"


def _environment(renderer: Any) -> Any:
    return renderer.renderer.sphinx_env


class BookOutputs:
    """Turns charts into figures, and mends tables and links in HTML outputs."""

    mime_priority_overrides: ClassVar = [("*", charts.MIME_TYPE, 1)]

    @staticmethod
    def handle_mime(renderer: Any, data: Any, inline: bool) -> list[nodes.Element] | None:
        """Return the nodes for one output, or None to leave it to MyST-NB.

        Parameters
        ----------
        renderer : myst_nb.core.render.NbElementRenderer
        data : myst_nb.core.render.MimeData
        inline : bool
        """
        environment = _environment(renderer)
        if environment is None:
            return None
        if data.output_metadata.get("three_observations", {}).get("part_of"):
            return []  # the figure on the page already says it
        if data.mime_type in {charts.MIME_TYPE, "image/svg+xml"} and not inline:
            return _chart(renderer, data, environment)
        if data.mime_type == "text/html" and not inline:
            html = _mended(renderer, data, environment)
            return [nodes.raw("", html, format="html", classes=["output", "text_html"])]
        return None


def _chart(renderer: Any, data: Any, environment: Any) -> list[nodes.Element] | None:
    """Return the figure as soon as both the chart and its picture have come by.

    MyST-NB shows the forms of an output one at a time.
    """
    forms = environment.temp_data.setdefault("book_chart", {})
    where = (data.cell_index, data.output_index)
    if data.mime_type == charts.MIME_TYPE:
        if "name" not in data.content.get("usermeta", {}):
            renderer.logger.warning("a chart was displayed without charts.show", line=data.line)
            return []
    elif (where, charts.MIME_TYPE) not in forms:
        return None  # a picture that is no chart
    forms[where, data.mime_type] = data.content
    if (where, charts.MIME_TYPE) not in forms or (where, "image/svg+xml") not in forms:
        return []
    spec = forms[where, charts.MIME_TYPE]
    page = environment.docname
    drawn = environment.book_charts.setdefault(page, {})
    name = spec["usermeta"]["name"]
    if name in drawn:
        renderer.logger.warning(f"two charts are called {name!r} on this page", line=data.line)
        return []

    def link(table: str) -> str | None:
        if DATA_PAGE not in environment.found_docs:
            return None
        return f"{_to_page(page, DATA_PAGE)}#table-{_anchor(table)}"

    told: dict[str, int] = {}
    for earlier in drawn.values():
        for table in earlier.tables:
            told.setdefault(table, earlier.number)

    try:
        made = page_figure(
            spec,
            forms[where, "image/svg+xml"],
            folder=f"{CHART_FILES}/{page.removeprefix('chapters/').replace('/', '-')}",
            root="../" * page.count("/"),
            number=len(drawn) + 1,
            link=link,
            code=_address_of_code(renderer, data, name),
            cited=_cited(renderer, environment),
            told=told,
        )
    except FigureError as error:
        renderer.logger.warning(str(error), line=data.line)
        return []
    drawn[name] = made
    return [nodes.raw("", made.html, format="html", classes=["output"])]


def _address_of_code(renderer: Any, data: Any, name: str) -> str:
    """Give the cell of an output an address; empty when the page does not show its code."""

    def element(node: nodes.Node, kind: str) -> bool:
        return isinstance(node, nodes.container) and node.get("nb_element") == kind

    for cell in renderer.renderer.document.findall(nodes.container):
        if element(cell, "cell_code") and cell["cell_index"] == data.cell_index:
            if any(element(child, "cell_code_source") for child in cell.children):
                cell["ids"].append(f"code-{name}")
                return f"#code-{name}"
            break
    return ""


_YEAR = re.compile(r"^date-released:\s*[\"']?(\d{4})", re.M)


def _cited(renderer: Any, environment: Any) -> str:
    """Return page, book and year, for a reference to a figure."""
    title = renderer.renderer.document.next_node(nodes.title)
    page = f"In: {escape(title.astext(), quote=False)}. " if title is not None else ""
    book = escape(environment.config.project, quote=False)
    reference = Path(environment.srcdir) / "CITATION.cff"
    text = reference.read_text(encoding="utf-8") if reference.is_file() else ""
    year = _YEAR.search(text)
    return f"{page}<cite>{book}</cite>" + (f", {year.group(1)}." if year else ".")


def _anchor(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _to_page(page: str, target: str) -> str:
    """Return the relative address of one page from another."""
    here, there = page.split("/")[:-1], target.split("/")
    while here and len(there) > 1 and here[0] == there[0]:
        here, there = here[1:], there[1:]
    return "../" * len(here) + "/".join(there) + ".html"


_NOTEBOOK = re.compile(r'href="(?!\w+:)([^"#]+)\.ipynb(#[^"]*)?"')
_TABLE_FILE = re.compile(r'href="\.\./data/')
_PANDAS = re.compile(
    r"<div>\s*<style scoped>.*?</style>\s*(<table.*?</table>)\s*(?:<p>.*?</p>)?\s*</div>", re.S
)


def _mended(renderer: Any, data: Any, environment: Any) -> str:
    """Let the links of an HTML output lead to pages, and its tables be read by everyone."""
    page = environment.docname

    def to_page(found: re.Match) -> str:
        target = f"chapters/{found.group(1).removeprefix('../')}"
        if target not in environment.found_docs:
            renderer.logger.warning(
                f"an output links to {target}, which is no page", line=data.line
            )
        return f'href="{_to_page(page, target)}{found.group(2) or ""}"'

    html = _NOTEBOOK.sub(to_page, data.string)
    html = _TABLE_FILE.sub(f'href="{"../" * page.count("/")}data/', html)
    # The words of a caption stay in sight when a wide table scrolls sideways.
    html = re.sub(r"<caption>(.*?)</caption>", r"<caption><span>\1</span></caption>", html)
    return _PANDAS.sub(_pandas_table, html)


def _pandas_table(found: re.Match) -> str:
    table = found.group(1)
    table = re.sub(r"<th[^>]*>\s*</th>", "<td></td>", table)
    table = re.sub(r' (?:style|border|class)="[^"]*"', "", table)
    heads = re.search(r"<thead>.*?</thead>", table, re.S)
    if heads:
        table = table.replace(heads.group(), heads.group().replace("<th>", '<th scope="col">'))
    table = re.sub(r"<td>([^<]{1,18})</td>", r'<td class="short">\1</td>', table)
    columns = re.findall(r'<th scope="col">(.*?)</th>', table)
    label = "Table with the columns " + ", ".join(columns[:6]) if columns else "Table"
    label = escape(re.sub(r"<[^>]+>", "", label))
    return f'<div class="book-table" role="group" tabindex="0" aria-label="{label}">{table}</div>'
