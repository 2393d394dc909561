"""The ways to run a page, as the page itself explains them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

_HOSTS = {"github.com": "gh", "gitlab.com": "gl"}


@dataclass(frozen=True)
class Repository:
    """Where the book's source lies in public, as ``repository`` of ``_config.yml`` says.

    Attributes
    ----------
    owner, name, branch : str
    host : str
        ``gh`` or ``gl``, as Binder calls it.
    """

    owner: str
    name: str
    branch: str
    host: str


def repository(url: str, branch: str = "") -> Repository | None:
    """Read the address of a repository; None when it is not one that Binder opens.

    Parameters
    ----------
    url : str
        For example ``https://github.com/owner/name``; may be empty.
    branch : str
        ``main`` if not given.
    """
    found = re.fullmatch(r"https://([\w.]+)/([\w.-]+)/([\w.-]+?)(?:\.git)?/?", url or "")
    if not found or found.group(1) not in _HOSTS:
        return None
    return Repository(found.group(2), found.group(3), branch or "main", _HOSTS[found.group(1)])


def binder(where: Repository, notebook: str) -> str:
    """Return the address at which Binder opens a notebook of the repository."""
    path = quote(f"lab/tree/{notebook}", safe="")
    return (
        f"https://mybinder.org/v2/{where.host}/{where.owner}/{where.name}/"
        f"{quote(where.branch, safe='')}?urlpath={path}"
    )


_COLAB_FIRST = """\
# Brings the methods and the tables of the book to this computer; it takes a minute or two.
!git clone --quiet --depth 1 --branch {branch} https://github.com/{owner}/{name} book
%pip install --quiet ./book
import os
os.environ["THREE_OBSERVATIONS_DATA"] = os.path.abspath("book/data")"""


def for_colab(notebook: dict[str, Any], where: Repository) -> dict[str, Any]:
    """Return a notebook with a first cell that brings the book's package and its data.

    Parameters
    ----------
    notebook : dict
        A notebook of format 4.
    where : Repository
        On GitHub; Colab opens notebooks from nowhere else.
    """
    first = {
        "cell_type": "code",
        "execution_count": None,
        "id": "bring-the-book",
        "metadata": {},
        "outputs": [],
        "source": _COLAB_FIRST.format(branch=where.branch, owner=where.owner, name=where.name),
    }
    return {**notebook, "cells": [first, *notebook["cells"]]}


def colab(where: Repository, branch: str, path: str) -> str:
    """Return the address at which Colab opens a notebook of a branch that holds the built site."""
    return (
        f"https://colab.research.google.com/github/{where.owner}/{where.name}/blob/"
        f"{quote(branch, safe='')}/{quote(path)}"
    )


_LITE = """\
%pip install -q altair
import io, json, os, sys, zipfile
import numpy, pandas, scipy
from pyodide.http import pyfetch
answer = await pyfetch("{archive}")
zipfile.ZipFile(io.BytesIO(await answer.bytes())).extractall()
os.chdir("{folder}")
sys.path.insert(0, os.path.abspath("src"))
os.environ["THREE_OBSERVATIONS_DATA"] = os.path.abspath("data")
os.chdir("{directory}")
with open("{name}", encoding="utf-8") as page:
    cells = json.load(page)["cells"]
for cell in cells:
    if cell["cell_type"] == "code":
        get_ipython().run_cell("".join(cell["source"]))"""


def for_jupyterlite(archive: str, notebook: str) -> str:
    """Return the first lines of a session in the reader's browser: they bring and run a page.

    Parameters
    ----------
    archive : str
        Whole address of the chapter's zip file.
    notebook : str
        Path of the page below the project's folder.
    """
    directory, _, name = notebook.rpartition("/")
    folder = archive.rpartition("/")[2].removesuffix(".zip")
    return _LITE.format(archive=archive, folder=folder, directory=directory, name=name)


def jupyterlite(where: str, archive: str, notebook: str) -> str:
    """Return the address at which a JupyterLite console runs a page in the reader's browser.

    Parameters
    ----------
    where : str
        Where a JupyterLite stands, for example ``https://jupyterlite.github.io/demo``.
    archive, notebook : str
        As in :func:`for_jupyterlite`.

    Raises
    ------
    ValueError
        If ``where`` or ``archive`` is no whole address.
    """
    for address in (where, archive):
        if not address.startswith("https://"):
            raise ValueError(
                f"book_jupyterlite needs two whole addresses, and {address!r} is none: its own, "
                "and the one where this site stands, `html: baseurl` in _config.yml."
            )
    code = quote(for_jupyterlite(archive, notebook), safe="")
    return f"{where.rstrip('/')}/repl/index.html?kernel=python&toolbar=1&code={code}"


def section(
    notebook: str,
    *,
    source: str,
    archive: str = "",
    kilobytes: int = 0,
    where: Repository | None = None,
    colab_address: str = "",
    lite_address: str = "",
) -> str:
    """Return the part of a page that says how to run it.

    Parameters
    ----------
    notebook : str
        Path below the project's folder.
    source : str
        Address of the notebook on the site.
    archive : str
        Address of the chapter's zip file; empty if there is none.
    kilobytes : int
        Its size.
    where : Repository, optional
        Without it no button leads to another site.
    colab_address : str
        Where Colab opens the notebook; empty if it cannot.
    lite_address : str
        Where JupyterLite runs the page; empty unless the book's settings switch it on.

    Returns
    -------
    str
        HTML.
    """
    path = escape(notebook)
    ways = [
        "<li><strong>Here, in JupyterLab.</strong> In the folder of the book say "
        f"<code>make lab</code> and open <code>{path}</code>.</li>"
    ]
    if archive:
        ways.append(
            "<li><strong>Anywhere.</strong> "
            f'<a href="{escape(archive)}" download>Download the chapter with its data</a> '
            f"({kilobytes:,} kB). Its README says the two commands.</li>"
        )
    if lite_address:
        host = escape(lite_address.split("/")[2])
        ways.append(
            "<li><strong>In this browser.</strong> "
            f'<a href="{escape(lite_address)}">Open in JupyterLite</a>: Python itself is loaded '
            f"from {host}, the chapter from here, and nothing is installed. The first start takes "
            "a minute or two, and charts come without their still pictures.</li>"
        )
    if where:
        ways.append(
            "<li><strong>On another computer, in your browser.</strong> "
            f'<a href="{escape(binder(where, notebook))}">Open in Binder</a>, which brings the '
            "data along; the first start takes some minutes.</li>"
        )
    if colab_address:
        ways.append(
            f'<li><strong>At Google.</strong> <a href="{escape(colab_address)}">Open in Colab</a>; '
            "its first cell brings the methods and the data.</li>"
        )
    ways.append(
        f'<li>Or take <a href="{escape(source)}" download>this page as a notebook</a> alone, '
        "if the package is installed.</li>"
    )
    return (
        '<details class="run" id="run"><summary>Run this page</summary>\n'
        f"<ul>{''.join(ways)}</ul></details>\n"
    )
