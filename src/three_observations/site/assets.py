"""The style sheet and the scripts of the pages, put together at build time."""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape
from pathlib import Path

import vl_convert
from pygments.formatters import HtmlFormatter

from three_observations import charts
from three_observations.site.figures import VARIABLES, configuration

STATIC = Path(__file__).parent / "static"

#: Colours of code, from a package of palettes that were checked for contrast.
CODE_STYLES = {"light": "a11y-high-contrast-light", "dark": "a11y-high-contrast-dark"}

_DARK_PAGE = ':root[data-theme="dark"]'
_DARK_SCREEN = ":root:not([data-theme])"


def palette() -> str:
    """Return the chart colours as variables: light, dark, and light again for print."""

    def block(selector: str, dark: bool) -> str:
        lines = [
            f"  {variable}: {charts.DARK[colour] if dark else colour};"
            for colour, variable in VARIABLES.items()
        ]
        return selector + " {\n" + "\n".join(lines) + "\n}\n"

    return (
        block(":root", dark=False)
        + "@media screen {\n"
        + block(_DARK_PAGE, dark=True)
        + "}\n@media screen and (prefers-color-scheme: dark) {\n"
        + block(_DARK_SCREEN, dark=True)
        + "}\n"
    )


def _colours_of_tokens(style: str) -> dict[str, str]:
    """Return the declarations of a palette by the class of a token."""
    rules = re.findall(
        r"^\.highlight \.(\w+) \{ (.*?) \}",
        HtmlFormatter(style=style).get_style_defs(".highlight"),
        re.M,
    )
    return dict(rules)


@cache
def plain_tokens() -> frozenset[str]:
    """Return the classes of code that look like any other word of it, light and dark.

    Names and brackets are most of the code; the pages leave their marks out. Signs such as ``=``
    and the dot before a method are set like names: every third mark would be theirs.
    """
    palettes = [_colours_of_tokens(style) for style in CODE_STYLES.values()]
    return frozenset(
        token
        for token in palettes[0]
        if token == "o" or all(palette.get(token) == palette["n"] for palette in palettes)
    )


def _code_colours() -> str:
    """Return the colours of highlighted code for light and dark pages."""

    def rules(style: str, selector: str) -> str:
        palette = _colours_of_tokens(style)
        lines = [f"{selector} .highlight pre {{ {palette['n']} }}\n"]
        alike: dict[str, list[str]] = {}
        for token, declared in palette.items():
            if token not in plain_tokens():
                alike.setdefault(declared, []).append(f"{selector} .highlight .{token}")
        lines += [f"{', '.join(places)} {{ {declared} }}\n" for declared, places in alike.items()]
        return "".join(lines)

    dark = rules(CODE_STYLES["dark"], _DARK_PAGE)
    screen = rules(CODE_STYLES["dark"], _DARK_SCREEN)
    return (
        rules(CODE_STYLES["light"], ":root")
        + f"@media screen {{\n{dark}}}\n"
        + f"@media screen and (prefers-color-scheme: dark) {{\n{screen}}}\n"
    )


def with_dark(text: str) -> str:
    """Double the dark colours of a style sheet, for pages without script.

    Parameters
    ----------
    text : str
        Between ``/* dark */`` and ``/* end of dark */`` stand rules for ``:dark-page``.
    """
    start, end = "/* dark */\n", "/* end of dark */\n"
    before, _, rest = text.partition(start)
    dark, _, after = rest.partition(end)
    doubled = (
        f"@media screen {{\n{dark.replace(':dark-page', _DARK_PAGE)}}}\n"
        f"@media screen and (prefers-color-scheme: dark) {{\n"
        f"{dark.replace(':dark-page', _DARK_SCREEN)}}}\n"
    )
    return before + doubled + after


def _style() -> str:
    """Return the style sheet of the pages with the colours of charts and code."""
    text = (STATIC / "book.css").read_text(encoding="utf-8")
    return with_dark(text) + palette() + _code_colours()


#: Modules of Vega inside the converter, at the versions that it carries, and what we take of them.
#: Left out: maps, networks, trees, word clouds; half of Vega, and no chart of the book uses them.
_VEGA = {
    "vega-dataflow@6.1.0": "{transforms}",
    "vega-view@6.1.0": "{View}",
    "vega-parser@7.1.0": "{parse}",
    "vega-functions@6.1.0": "{expressionFunction}",
    "vega-interpreter@2.0.0": "{expressionInterpreter}",
    "vega-transforms@5.1.0": "* as data",
    "vega-view-transforms@5.1.0": "* as layout",
    "vega-encode@5.1.0": "* as encode",
    "vega-regression@2.1.0": "* as regression",
}


#: A browser that knows this line compiles the script while it arrives, beside the page's own work,
#: and not function by function when the first chart is drawn; for others it is a comment.
_COMPILE = "//# allFunctionsCalledOnLoad\n"


@cache
def drawing_script() -> str:
    """Return Vega as a script that works from a folder as well as from a server.

    The converter holds a copy of Vega and hands it out as a module, under the addresses it was
    fetched from; nothing is loaded from there. A page opened from a folder loads no modules, so
    the script is wrapped.

    Returns
    -------
    str

    Raises
    ------
    RuntimeError
        If the converter carries other versions of these modules than expected.
    """
    imports = "".join(
        f'import {names} from "https://cdn.jsdelivr.net/npm/{module}/+esm";\n'
        for module, names in _VEGA.items()
    )
    try:
        module = vl_convert.javascript_bundle(
            f"{imports}Object.assign(transforms, data, layout, encode, regression);\n"
            "window.bookVega = {View, parse, expressionFunction, expressionInterpreter};",
            vl_version=charts.VEGA_LITE_VERSION,
        )
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the converter panics, which is no Exception
        raise RuntimeError(
            f"vl-convert {vl_convert.__version__} (Vega {vl_convert.get_vega_version()}) does not "
            f"hold the modules that {__name__}._VEGA names: bring their versions up to date. "
            f"It said: {error}"
        ) from error
    expressions = (STATIC / "expressions.js").read_text(encoding="utf-8")
    return f'{_COMPILE}(function () {{ "use strict";\n{module}\n}})();\n{expressions}'


def contents() -> dict[str, str]:
    """Return the files of ``_static`` by name.

    Returns
    -------
    dict of str to str
    """
    files = {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted(STATIC.iterdir())
        if path.suffix in {".js", ".svg"} and path.name != "expressions.js"
    }
    settings = json.dumps(configuration(), ensure_ascii=False, separators=(",", ":"))
    colours = json.dumps({variable: colour for colour, variable in VARIABLES.items()})
    files["charts.js"] = (
        files["charts.js"]
        .replace("/* settings */ {}", settings)
        .replace("/* colours */ {}", colours)
    )
    files["book.css"] = _style()
    files["vega.js"] = drawing_script()
    return files


def redirect(address: str, title: str) -> str:
    """Return a page that leads to another one.

    Parameters
    ----------
    address : str
        Relative to the page.
    title : str
        Title of the book.
    """
    address, title = escape(address), escape(title)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="refresh" content="0; url={address}">\n'
        f'<link rel="icon" href="_static/icon.svg">\n<title>{title}</title>\n</head>\n<body>\n'
        f'<main><h1>{title}</h1><p><a href="{address}">Open the book</a></p></main>\n'
        "</body>\n</html>\n"
    )
