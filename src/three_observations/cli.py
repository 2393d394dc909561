"""The command line of the book: print its verdicts, list its tables, renew its hashes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated

import typer

app = typer.Typer(
    help="Three Observations, Tested: what the data say about each claim.",
    no_args_is_help=True,
    add_completion=False,
)


@contextmanager
def _one_line_for_damage() -> Iterator[None]:
    """Turn a damaged table into its one line of explanation and exit code 1."""
    from three_observations.data import DataError

    try:
        yield
    except DataError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


class Format(StrEnum):
    """How to print a table."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


@app.callback()
def _main() -> None:
    """Three Observations, Tested: what the data say about each claim."""


@app.command()
def verdicts(
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print.")] = Format.TABLE,
    claim: Annotated[
        str,
        typer.Option(
            "--claim", "-c", help="Only what answers this claim (001-07) or document (001)."
        ),
    ] = "",
) -> None:
    """Compute every verdict from the tables and print it."""
    from three_observations import claims

    with _one_line_for_damage():
        rows = claims.ledger()["claim"]
        wanted = set(rows[(rows == claim) | rows.str.startswith(f"{claim}-")] if claim else rows)
        if not wanted:
            typer.echo(f"data/claims.csv has no claim and no document {claim!r}.", err=True)
            raise typer.Exit(1)
        found = claims.verdicts()
        if claim:
            found = [verdict for verdict in found if wanted & set(verdict.claims)]
    table = claims.as_table(found)
    if format is Format.CSV:
        typer.echo(table.to_csv(index=False), nl=False)
    elif format is Format.JSON:
        typer.echo(table.to_json(orient="records", indent=2, force_ascii=False))
    else:
        _print_table(found)


def _print_table(found: list) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title="Verdicts", show_lines=True)
    console = Console()
    wide = console.width >= 120  # a narrow terminal shows what matters and keeps words whole
    titles = ("Question", "Verdict", "Figure", "Claims", "Computed in")
    for title in titles if wide else titles[:3]:
        table.add_column(title, min_width=17 if title == "Verdict" else None)
    for verdict in found:
        outcome = str(verdict.outcome)
        if verdict.until:
            outcome = f"{outcome} {verdict.until.isoformat()}"
        figure = "" if verdict.figure is None else f"{verdict.figure:.3g} {verdict.unit}"
        if verdict.low is not None:
            figure += f" ({verdict.low:.3g} to {verdict.high:.3g})"
        cells = (verdict.question, outcome, figure, " ".join(verdict.claims), verdict.place)
        table.add_row(*cells[: len(table.columns)])
    console.print(table)


@app.command()
def tables() -> None:
    """List the tables in data/, with the number of rows and what each one is."""
    from three_observations import data

    with _one_line_for_damage():
        rows = {name: len(data.load(name)) for name in data.tables()}
    for name, number in rows.items():
        typer.echo(f"{name:<24}{number:>7}  {data.describe(name)['title']}")


@app.command()
def renew() -> None:
    """Write the present sizes and hashes of the tables into data/datapackage.json.

    Run it after a figure was corrected on purpose.
    """
    from three_observations import data

    with _one_line_for_damage():
        changed = data.refresh_package()
    typer.echo("renewed: " + ", ".join(changed) if changed else "every hash is current")
