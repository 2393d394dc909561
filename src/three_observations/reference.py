"""What the reference pages list: sources with their use, and facts that were corrected.

Everything here is read from the tables, so that a new source or a corrected row lists itself.
"""

from __future__ import annotations

from html import escape

import pandas as pd

from three_observations import data

#: A note says so in these words when a fact of a source was not taken as it stood.
CORRECTED = r"(?i)\bcorrect(?:ed|ion|s)\b"


def uses_of_sources() -> pd.DataFrame:
    """Return how many rows of which table rest on each source.

    Returns
    -------
    pandas.DataFrame
        ``source``, ``table``, ``rows``; one row for each table that names the source, in the
        order of the data package.
    """
    parts = []
    for name in data.tables():
        table = data.load(name)
        if name != "sources" and "source" in table:
            counts = table["source"].dropna().value_counts(sort=False)
            parts.append(
                pd.DataFrame({"source": counts.index, "table": name, "rows": counts.to_numpy()})
            )
    return pd.concat(parts, ignore_index=True)


def sources_in_use(uses: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the sources, each with the tables that rest on it.

    Parameters
    ----------
    uses : pandas.DataFrame, optional
        As :func:`uses_of_sources` returns it.

    Returns
    -------
    pandas.DataFrame
        The columns of the table ``sources`` with ``tables`` (tuple of name and rows) and ``rows``
        (their sum; 0 for a source that only a note or another source points to), sorted by
        publisher and title.
    """
    uses = uses_of_sources() if uses is None else uses
    by_source = {
        source: tuple(zip(part["table"], part["rows"].astype(int), strict=True))
        for source, part in uses.groupby("source", sort=False)
    }
    found = data.load("sources")
    found["tables"] = [by_source.get(source, ()) for source in found["source"]]
    found["rows"] = [sum(rows for _, rows in tables) for tables in found["tables"]]
    order = found["publisher"].str.lower() + "\n" + found["title"].str.lower() + found["source"]
    return found.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _link(table: str) -> str:
    return f"data-and-sources.ipynb#table-{table.replace('_', '-')}"


def _entry(row: pd.Series) -> str:
    """Return one source as HTML, with an address of its own."""

    def has(column: str) -> bool:
        return bool(pd.notna(row[column])) and str(row[column]).strip() != ""

    tables = ", ".join(
        f'<a href="{_link(name)}"><code>{escape(name)}</code></a> ({count:,} '
        f"row{'' if count == 1 else 's'})"
        for name, count in row["tables"]
    )
    days = [f"read on {row['retrieved'].date().isoformat()}"]
    if has("published"):
        days.insert(0, f"published {row['published'].date().isoformat()}")
    facts = [f"<dt>Publisher</dt><dd>{escape(row['publisher'])}; {', '.join(days)}</dd>"]
    facts.append(f"<dt>Used in</dt><dd>{tables or 'no row; other sources point to it'}</dd>")
    if has("version"):
        facts.append(f"<dt>Version</dt><dd>{escape(row['version'])}</dd>")
    facts.append(f"<dt>Licence</dt><dd>{escape(row['licence'])}</dd>")
    if has("address"):
        address = escape(row["address"])
        facts.append(f'<dt>Address</dt><dd><a href="{address}">{address}</a></dd>')
    if has("note"):
        facts.append(f"<dt>Note</dt><dd>{escape(row['note'])}</dd>")
    return (
        f'<div class="about-table source" id="source-{escape(row["source"])}">\n'
        f"<h3>{escape(row['title'], quote=False)}</h3>\n<dl>{''.join(facts)}</dl>\n</div>"
    )


def show_sources(kind: str, found: pd.DataFrame | None = None) -> None:
    """Display the sources of one kind, each with an address that ends in ``#source-`` and its name.

    Parameters
    ----------
    kind : str
        For example ``"press"``.
    found : pandas.DataFrame, optional
        As :func:`sources_in_use` returns it.

    Raises
    ------
    ValueError
        If no source is of that kind.
    """
    from IPython.display import display

    found = sources_in_use() if found is None else found
    rows = found[found["kind"] == kind]
    if rows.empty:
        kinds = ", ".join(sorted(found["kind"].unique()))
        raise ValueError(f"no source is of the kind {kind!r}; there are {kinds}")
    lines = [
        f"{row.title} ({row.publisher}), read on {row.retrieved.date().isoformat()}; "
        f"{row.rows:,} rows; {row.licence}"
        for row in rows.itertuples()
    ]
    html = "\n".join(_entry(row) for _, row in rows.iterrows())
    display({"text/html": html, "text/plain": "\n".join(lines)}, raw=True)


def corrected_facts() -> pd.DataFrame:
    """Return the notes that say that a fact of a source was corrected.

    Returns
    -------
    pandas.DataFrame
        ``table``, ``rows`` (how many rows carry the note), ``which`` (the first columns of the
        first of them) and ``note``; in the order of the data package. A note that stands on
        several rows is listed once.
    """
    parts = []
    for name in data.tables():
        if name in ("corrections", "sources"):
            continue
        table = data.load(name)
        if "note" not in table:
            continue
        said = table[table["note"].str.contains(CORRECTED, na=False)]
        keys = data.describe(name)["schema"]["primaryKey"]
        keys = [keys] if isinstance(keys, str) else keys
        for note, rows in said.groupby("note", sort=False):
            first = rows.iloc[0]
            words = ", ".join(_plain(first[key]) for key in keys)
            parts.append({"table": name, "rows": len(rows), "which": words, "note": note})
    return pd.DataFrame(parts, columns=["table", "rows", "which", "note"])


def _plain(value: object) -> str:
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def show_corrections(found: pd.DataFrame | None = None) -> None:
    """Display the changes of the book, the oldest first.

    Parameters
    ----------
    found : pandas.DataFrame, optional
        Rows of the table ``corrections``.
    """
    from IPython.display import display

    found = data.load("corrections") if found is None else found
    found = found.sort_values(["date", "correction"], kind="stable")
    entries, lines = [], []
    for row in found.itertuples():
        day = row.date.date().isoformat()
        page = row.page.rsplit("/", 1)[-1]
        facts = {
            "Where": f'<a href="{escape(row.page)}.ipynb">{escape(page)}</a>, {escape(row.kind)}',
            "Why": escape(row.why),
            "Effect": escape(row.effect),
        }
        inner = "".join(f"<dt>{name}</dt><dd>{words}</dd>" for name, words in facts.items())
        entries.append(
            f'<div class="about-table source" id="correction-{escape(row.correction)}">\n'
            f"<h3>{day}: {escape(row.what, quote=False)}</h3>\n<dl>{inner}</dl>\n</div>"
        )
        lines.append(f"{day} {row.page}, {row.kind}: {row.what} {row.why} {row.effect}")
    display({"text/html": "\n".join(entries), "text/plain": "\n".join(lines)}, raw=True)


def show_corrected_facts(found: pd.DataFrame | None = None) -> None:
    """Display the notes on corrected facts, by table.

    Parameters
    ----------
    found : pandas.DataFrame, optional
        As :func:`corrected_facts` returns it.
    """
    from IPython.display import display

    found = corrected_facts() if found is None else found
    blocks, lines = [], []
    for table, part in found.groupby("table", sort=False):
        items = []
        for row in part.itertuples():
            more = f", and {row.rows - 1} more" if row.rows > 1 else ""
            items.append(
                f"<li><strong>{escape(row.which, quote=False)}</strong>{more}: "
                f"{escape(row.note, quote=False)}</li>"
            )
            lines.append(f"{table}, {row.which}{more}: {row.note}")
        blocks.append(
            f'<div class="about-table source">\n<h3><a href="{_link(table)}">'
            f"<code>{escape(table)}</code></a></h3>\n<ul>{''.join(items)}</ul>\n</div>"
        )
    display({"text/html": "\n".join(blocks), "text/plain": "\n".join(lines)}, raw=True)
