"""Load and check the tables of the book.

The tables stand in ``data/`` as CSV files, one fact a row, beside ``datapackage.json``, which
says for every column what it means, its type, its unit and what may stand in it (Frictionless
Data Package, tabular profile). ``load`` reads a table, checks it against that description and
returns a typed ``pandas.DataFrame``.

A table that is wrong gives exactly one ``DataError``. It names the file, the row (the number of
the line in the file; the header is line 1), the column, and what to do. Nothing is dropped or
turned into something else on the way: what does not fit is an error.

Hashes are for the tests (``outdated_hashes``). A reader who edits a table and runs a notebook
again is not stopped by them; ``refresh_package`` brings them up to date.
"""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

__all__ = [
    "DataError",
    "describe",
    "directory",
    "load",
    "outdated_hashes",
    "refresh_package",
    "sources_of",
    "table",
    "tables",
]

PACKAGE_FILE = "datapackage.json"
ENVIRONMENT_VARIABLE = "THREE_OBSERVATIONS_DATA"

_package_cache: dict[Path, tuple[tuple[int, int], dict[str, Any]]] = {}
_table_cache: dict[Path, tuple[tuple[int, ...], pd.DataFrame]] = {}


class DataError(ValueError):
    """A table or its description is not as it should be.

    The message has the form ``file, line n, column 'c': what is wrong. Remedy: what to do.``
    The parts are also attributes: ``file`` (name), ``row`` (line number or None), ``column``
    (name or None), ``problem`` and ``remedy``.
    """

    def __init__(
        self,
        problem: str,
        remedy: str,
        *,
        file: str | None = None,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        self.file, self.row, self.column = file, row, column
        self.problem, self.remedy = problem, remedy
        place = [file] if file else []
        if row is not None:
            place.append(f"line {row}")
        if column is not None:
            place.append(f"column {column!r}")
        where = ", ".join(place) + ": " if place else ""
        super().__init__(f"{where}{problem} Remedy: {remedy}")


# ---------------------------------------------------------------------------- where things are


def directory() -> Path:
    """Return the folder of the tables.

    The first of these that is set or exists: the environment variable
    ``THREE_OBSERVATIONS_DATA``; ``data/`` beside ``src/`` in the repository; ``data/`` in the
    working directory or any folder above it. A folder counts if it holds ``datapackage.json``.

    Raises
    ------
    DataError
        if the variable names no such folder, or no such folder is found.
    """
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    if named:
        folder = Path(named)
        if not folder.is_dir():
            raise DataError(
                f"the environment variable {ENVIRONMENT_VARIABLE} names {named!r}, which is not "
                "a folder.",
                f"set {ENVIRONMENT_VARIABLE} to the folder that holds {PACKAGE_FILE}, or unset it.",
            )
        return folder
    here = Path(__file__).resolve()
    candidates = [here.parents[2] / "data"]
    working = Path.cwd()
    candidates += [folder / "data" for folder in (working, *working.parents)]
    for folder in candidates:
        if (folder / PACKAGE_FILE).is_file():
            return folder
    raise DataError(
        f"no folder data/ with {PACKAGE_FILE} was found beside the package or above {working}.",
        f"run from inside the book's folder, or set the environment variable "
        f"{ENVIRONMENT_VARIABLE} to the folder of the tables.",
    )


def _state(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_mtime_ns, status.st_size


def _read_text(path: Path, what: str) -> str:
    """Return the file's text, or raise: missing, empty, or not UTF-8."""
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise DataError(
            f"{what} is missing from {path.parent}.",
            "restore the file (for example with git) or point "
            f"{ENVIRONMENT_VARIABLE} at the right folder.",
            file=path.name,
        ) from None
    if not raw.strip():
        raise DataError(
            f"{what} is empty.", "restore the file, for example with git.", file=path.name
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw.count(b"\n", 0, error.start) + 1
        raise DataError(
            f"the byte 0x{raw[error.start]:02x} is not UTF-8.",
            "save the file again with the encoding UTF-8.",
            file=path.name,
            row=row,
        ) from None


def _package() -> dict[str, Any]:
    """Return the Data Package's descriptor, checked for what this module needs of it."""
    path = directory() / PACKAGE_FILE
    if path.is_file():
        cached = _package_cache.get(path)
        if cached and cached[0] == _state(path):
            return cached[1]
    text = _read_text(path, "the description of the tables")
    try:
        package = json.loads(text)
    except json.JSONDecodeError as error:
        raise DataError(
            f"this is not valid JSON ({error.msg}, position {error.colno}).",
            "correct that place, or restore the file with git.",
            file=path.name,
            row=error.lineno,
        ) from None
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list) or not resources:
        raise DataError(
            "it lists no tables under 'resources'.",
            "restore the file with git.",
            file=path.name,
        )
    for number, resource in enumerate(resources, 1):
        fields = resource.get("schema", {}).get("fields") if isinstance(resource, dict) else None
        if not fields or "name" not in resource or "path" not in resource:
            raise DataError(
                f"table {number} lacks a name, a path or the fields of its schema.",
                "add them, or restore the file with git.",
                file=path.name,
            )
        for field in fields:
            if field.get("type") not in _READERS or "name" not in field:
                raise DataError(
                    f"a field of table {resource['name']!r} has no name or the unknown type "
                    f"{field.get('type')!r}.",
                    f"use one of the types {', '.join(_READERS)}.",
                    file=path.name,
                    column=field.get("name"),
                )
    _package_cache[path] = (_state(path), package)
    return package


def table(given: pd.DataFrame | None, name: str) -> pd.DataFrame:
    """Return the table that a caller gave, or the book's table of that name.

    Parameters
    ----------
    given : pandas.DataFrame or None
    name : str
        Of a table, as in :func:`load`.
    """
    return load(name) if given is None else given


def tables() -> list[str]:
    """Return the names of the tables, in the order of the Data Package."""
    return [resource["name"] for resource in _package()["resources"]]


def describe(name: str) -> dict[str, Any]:
    """Return what the Data Package says of table ``name``: title, description, schema, hash.

    The result is a copy; ``describe(name)["schema"]["fields"]`` lists the columns with their
    ``name``, ``title``, ``type``, ``description``, ``unit`` (where there is one) and
    ``constraints``.

    Raises
    ------
    DataError
        if there is no such table; the message names the nearest one.
    """
    for resource in _package()["resources"]:
        if resource["name"] == name:
            return json.loads(json.dumps(resource))
    raise DataError(
        f"there is no table {name!r}.", _nearest(name, tables(), f"use one of: {_list(tables())}.")
    )


# ------------------------------------------------------------------------------------ messages


def _list(values: Iterable[str], most: int = 12) -> str:
    values = list(values)
    tail = f" and {len(values) - most} more" if len(values) > most else ""
    return ", ".join(values[:most]) + tail


def _nearest(value: str, known: Iterable[str], otherwise: str) -> str:
    from difflib import get_close_matches  # only needed when something is wrong

    known = list(known)
    lower = {item.lower(): item for item in reversed(known)}
    close = get_close_matches(str(value).lower(), list(lower), n=1, cutoff=0.5)
    return f"did you mean {lower[close[0]]!r}? Otherwise {otherwise}" if close else otherwise


_SEPARATOR = "\x1f"  # stands between cells when a whole column is searched at once
_UNTIDY = re.compile(r"(?:^|\x1f)\s|\s(?:\x1f|$)|[ \u00a0]{2}|[\t\n\r]")
_UNTIDY_CELL = re.compile(r"^\s|\s$|[ \u00a0]{2}|[\t\n\r]")
_NOT_NUMERIC = re.compile(r"[^0-9eE+.\x1f-]")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class _Table:
    """The cells of one file, as text, with the line on which each row begins."""

    def __init__(self, path: Path, resource: dict[str, Any]) -> None:
        self.file = path.name
        self.fields = resource["schema"]["fields"]
        self.lines: list[int] = []
        rows: list[list[str]] = []
        text = _read_text(path, f"the table {resource['name']!r}")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            header = next(reader)
            self._check_header(header, [field["name"] for field in self.fields])
            width, line = len(header), reader.line_num + 1
            for row in reader:
                if len(row) != width:
                    self._fail_width(row, width, line)
                rows.append(row)
                self.lines.append(line)
                line = reader.line_num + 1
        except csv.Error as error:
            raise DataError(
                f"the line cannot be read as CSV ({error}).",
                'put text that holds a comma, a quote or a line break between double quotes ("), '
                'and write a quote inside it twice ("").',
                file=self.file,
                row=max(reader.line_num, 1),
            ) from None
        if not rows:
            self.fail(1, None, "the table has a header and no rows.", "restore the file with git.")
        columns = dict(zip(header, zip(*rows, strict=True), strict=True))
        self.cells: dict[str, tuple[str, ...]] = {
            field["name"]: columns[field["name"]] for field in self.fields
        }

    def _check_header(self, header: list[str], names: list[str]) -> None:
        if len(header) == 1 and len(names) > 1:
            for sign in (";", "\t", "|"):
                if sign in header[0]:
                    self.fail(
                        1,
                        None,
                        f"the fields are separated by {sign!r} instead of commas.",
                        "save the file as CSV with commas.",
                    )
        for name in header:
            if name != name.strip():
                self.fail(1, name, "the column's name has a space around it.", "remove the space.")
            if header.count(name) > 1:
                self.fail(1, name, "the column stands there twice.", "remove one of the two.")
        missing = [name for name in names if name not in header]
        extra = [name for name in header if name not in names]
        if missing:
            hint = f"add the column, or rename {extra[0]!r} to it." if extra else "add the column."
            self.fail(1, missing[0], "the column is missing.", hint)
        if extra:
            otherwise = f"remove it, or describe it under this table in {PACKAGE_FILE}."
            self.fail(
                1, extra[0], "the column is not expected.", _nearest(extra[0], names, otherwise)
            )

    def _fail_width(self, row: list[str], width: int, line: int) -> None:
        if not row:
            self.fail(line, None, "the line is empty.", "remove the line.")
        self.fail(
            line,
            None,
            f"the line has {len(row)} fields where the header has {width}.",
            "count the commas; put text that holds a comma between double quotes.",
        )

    def fail(self, line: int | None, column: str | None, problem: str, remedy: str) -> NoReturn:
        raise DataError(problem, remedy, file=self.file, row=line, column=column)

    def fail_cells(
        self,
        column: str,
        is_bad: Callable[[str], bool],
        problem: Callable[[str], str],
        remedy: Callable[[str], str] | str,
    ) -> None:
        """Raise for the first cell of ``column`` that is bad, if any; say how many more are."""
        bad = [i for i, cell in enumerate(self.cells[column]) if is_bad(cell)]
        if not bad:
            return
        value = self.cells[column][bad[0]]
        text = problem(value)
        if len(bad) > 1:
            text += f" The same is wrong in {len(bad) - 1} more of this column's rows."
        self.fail(self.lines[bad[0]], column, text, remedy(value) if callable(remedy) else remedy)


# ------------------------------------------------------------------- from text to typed columns


def _string(table: _Table, name: str) -> pd.Series:
    return pd.Series([cell or None for cell in table.cells[name]], dtype="str")


def _floats(table: _Table, name: str) -> list[float]:
    cells = table.cells[name]
    if not _NOT_NUMERIC.search(_SEPARATOR.join(cells)):
        try:
            values = [float(cell) if cell else math.nan for cell in cells]
        except ValueError:
            values = []
        if values and math.inf not in values and -math.inf not in values:
            return values
    table.fail_cells(name, _not_a_number, _number_problem, _number_remedy)
    return [float(cell) if cell else math.nan for cell in cells]


def _not_a_number(cell: str) -> bool:
    try:
        return bool(cell) and (bool(_NOT_NUMERIC.search(cell)) or not math.isfinite(float(cell)))
    except ValueError:
        return True


def _number_problem(cell: str) -> str:
    try:
        finite = math.isfinite(float(cell))
    except ValueError:
        finite = True
    return f"{cell!r} is not a {'' if finite else 'finite '}number."


def _number_remedy(cell: str) -> str:
    if "," in cell:
        return "write digits with a point for the decimals and no separators: 1234.5."
    return (
        "write digits with a point for the decimals, without unit or sign of currency: 12.5; "
        "leave the cell empty if the figure is unknown and the column allows it."
    )


def _number(table: _Table, name: str) -> pd.Series:
    return pd.Series(_floats(table, name), dtype="float64")


def _integer(table: _Table, name: str) -> pd.Series:
    values = pd.Series(_floats(table, name), dtype="float64")
    if (values % 1 > 0).any():
        table.fail_cells(
            name,
            lambda cell: bool(cell) and float(cell) % 1 != 0,
            lambda cell: f"{cell!r} is not a whole number.",
            "write digits only.",
        )
    return values.astype("Int64" if values.isna().any() else "int64")


def _boolean(table: _Table, name: str) -> pd.Series:
    table_values = {"true": True, "false": False, "": None}
    if not table_values.keys() >= set(table.cells[name]):
        table.fail_cells(
            name,
            lambda cell: cell not in table_values,
            lambda cell: f"{cell!r} is neither true nor false.",
            "write true or false, in small letters.",
        )
    values = [table_values[cell] for cell in table.cells[name]]
    return pd.Series(values, dtype="boolean" if None in values else "bool")


def _date(table: _Table, name: str) -> pd.Series:
    days: dict[str, datetime | None] = {"": None}
    for cell in set(table.cells[name]) - {""}:
        try:
            days[cell] = datetime.strptime(cell, "%Y-%m-%d") if _DAY.fullmatch(cell) else None
        except ValueError:
            days[cell] = None
    if list(days.values()).count(None) > 1:
        table.fail_cells(
            name,
            lambda cell: bool(cell) and days[cell] is None,
            lambda cell: (
                f"{cell!r} is a day that does not exist."
                if _DAY.fullmatch(cell)
                else f"{cell!r} is not a date."
            ),
            lambda cell: (
                "correct the month or the day."
                if _DAY.fullmatch(cell)
                else "write the date as year-month-day: 2025-02-09."
            ),
        )
    return pd.Series([days[cell] for cell in table.cells[name]], dtype="datetime64[us]")


_READERS = {
    "string": _string,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "date": _date,
}


def _typed(table: _Table) -> pd.DataFrame:
    """Turn the cells into typed columns, checking each against its field."""
    columns: dict[str, pd.Series] = {}
    for field in table.fields:
        name, rules = field["name"], field.get("constraints", {})
        if _UNTIDY.search(_SEPARATOR.join(table.cells[name])):
            table.fail_cells(
                name,
                lambda cell: bool(_UNTIDY_CELL.search(cell)),
                lambda cell: f"{cell!r} has spaces or line breaks where none belong.",
                "remove spaces at the ends, double spaces, tabs and line breaks.",
            )
        if rules.get("required") and "" in table.cells[name]:
            table.fail_cells(
                name,
                lambda cell: not cell,
                lambda cell: "the cell is empty.",
                "fill it in: every row needs a value in this column.",
            )
        columns[name] = _READERS[field["type"]](table, name)
        _check_rules(table, field, columns[name])
    return pd.DataFrame(columns)


def _check_rules(table: _Table, field: dict[str, Any], values: pd.Series) -> None:
    name, rules = field["name"], field.get("constraints", {})
    present = set(table.cells[name]) - {""}
    if "enum" in rules:
        allowed = {str(value): None for value in rules["enum"]}
        if not present <= allowed.keys():
            table.fail_cells(
                name,
                lambda cell: bool(cell) and cell not in allowed,
                lambda cell: f"{cell!r} is not one of the values allowed.",
                lambda cell: _nearest(cell, allowed, f"use one of: {_list(allowed, 40)}."),
            )
    for rule in ("minimum", "maximum"):
        if rule in rules:
            _check_limit(table, field, rule, values)
    if "pattern" in rules:
        pattern = re.compile(rules["pattern"])
        if not all(pattern.fullmatch(cell) for cell in present):
            table.fail_cells(
                name,
                lambda cell: bool(cell) and not pattern.fullmatch(cell),
                lambda cell: f"{cell!r} is not written as this column needs.",
                f"{field['description']} It has to match {rules['pattern']}",
            )
    if rules.get("unique"):
        _check_unique(table, [name])


def _check_limit(table: _Table, field: dict[str, Any], rule: str, values: pd.Series) -> None:
    limit = field["constraints"][rule]
    low = rule == "minimum"
    if field["type"] == "date":
        bound: Any = pd.Timestamp(limit)
        problem = f"lies {'before' if low else 'after'} {limit}, the {rule} of this column."
        remedy = f"correct the date; if it is right, change the {rule} in {PACKAGE_FILE}."
    else:
        bound = limit
        unit = f" ({field['unit']})" if field.get("unit") else ""
        problem = f"is {'less' if low else 'more'} than {limit:g}{unit}, the {rule} of this column."
        remedy = (
            "check the sign, the unit and the decimal point; if it is right, change the "
            f"{rule} in {PACKAGE_FILE}."
        )
    wrong = values < bound if low else values > bound
    if wrong.any():
        bad = {table.cells[field["name"]][i] for i in wrong.index[wrong.fillna(False)]}
        table.fail_cells(
            field["name"], lambda cell: cell in bad, lambda cell: f"{cell} {problem}", remedy
        )


def _check_unique(table: _Table, names: list[str]) -> None:
    keys = list(zip(*(table.cells[name] for name in names), strict=True))
    if len(set(keys)) == len(keys):
        return
    first: dict[tuple[str, ...], int] = {}
    for key, line in zip(keys, table.lines, strict=True):
        if key in first and any(key):
            shown = " + ".join(repr(part) for part in key)
            table.fail(
                line,
                " + ".join(names),
                f"{shown} stands in line {first[key]} already.",
                "remove one of the two rows, or correct the one that is wrong.",
            )
        first.setdefault(key, line)


def _check_keys(table: _Table, schema: dict[str, Any]) -> None:
    key = schema.get("primaryKey")
    if key:
        _check_unique(table, [key] if isinstance(key, str) else list(key))
    for rule in schema.get("exactlyOne", []):
        column = rule["field"]
        groups = list(zip(*(table.cells[name] for name in rule["per"]), strict=True))
        chosen = [g for g, cell in zip(groups, table.cells[column], strict=True) if cell == "true"]
        if len(chosen) == len(set(chosen)) == len(set(groups)):
            continue
        for group, line in zip(groups, table.lines, strict=True):
            if chosen.count(group) != 1:
                shown = " + ".join(repr(part) for part in group)
                table.fail(
                    line,
                    column,
                    f"of the rows with {' + '.join(rule['per'])} = {shown}, "
                    f"{chosen.count(group)} have {column} = true instead of exactly one.",
                    "set it to true in one of them and to false in the others.",
                )


def _check_references(table: _Table, schema: dict[str, Any]) -> None:
    for reference in schema.get("foreignKeys", []):
        target = reference["reference"]["resource"]
        known = _checked(target)[_single(reference["reference"]["fields"])]
        _check_known(table, _single(reference["fields"]), set(known), f"{target}.csv")
    for reference in schema.get("lookups", []):
        other = _checked(reference["resource"])
        for field, value in reference["where"].items():
            other = other[other[field] == value]
        where = f"{reference['resource']}.csv under {_list(reference['where'].values())}"
        _check_known(table, reference["field"], set(other[reference["key"]]), where)


def _single(fields: str | list[str]) -> str:
    return fields if isinstance(fields, str) else fields[0]


def _check_known(table: _Table, column: str, known: set[str], where: str) -> None:
    if not set(table.cells[column]) - {""} <= known:
        table.fail_cells(
            column,
            lambda cell: bool(cell) and cell not in known,
            lambda cell: f"{cell!r} does not occur in {where}.",
            lambda cell: _nearest(cell, sorted(known), f"correct it, or add the row to {where}."),
        )


# ----------------------------------------------------------------------------- the front door


def _checked(name: str) -> pd.DataFrame:
    """Return table ``name``, read and checked; the same object as long as no file changed."""
    resource = next((r for r in _package()["resources"] if r["name"] == name), None)
    if resource is None:
        describe(name)
    folder = directory()
    path, package = folder / resource["path"], folder / PACKAGE_FILE
    depends = [path, package] + [folder / f"{other}.csv" for other in _targets(resource)]
    state = tuple(part for file in depends if file.is_file() for part in _state(file))
    cached = _table_cache.get(path)
    if cached and cached[0] == state:
        return cached[1]
    frame = _read(path, resource)
    _table_cache[path] = (state, frame)
    return frame


def _read(path: Path, resource: dict[str, Any]) -> pd.DataFrame:
    """Read one file and check it against its schema: columns, types, ranges, keys, references."""
    table = _Table(path, resource)
    frame = _typed(table)
    _check_keys(table, resource["schema"])
    _check_references(table, resource["schema"])
    return frame


def _targets(resource: dict[str, Any]) -> list[str]:
    schema = resource["schema"]
    names = [key["reference"]["resource"] for key in schema.get("foreignKeys", [])]
    names += [lookup["resource"] for lookup in schema.get("lookups", [])]
    return sorted({name for name in names if name})


def load(name: str) -> pd.DataFrame:
    """Return table ``name``, checked and typed.

    Parameters
    ----------
    name : str
        one of ``tables()``.

    Returns
    -------
    pandas.DataFrame
        One row a fact, the columns of ``describe(name)["schema"]["fields"]`` in that order, with
        the units named there. Text is ``str``, numbers ``float64``, whole numbers ``int64`` (or
        ``Int64`` if cells are empty), dates ``datetime64[us]``, yes-or-no ``bool``. Empty cells
        are missing values. Every call returns a new copy, so it may be changed freely.

    Raises
    ------
    DataError
        one error for the first thing that is wrong, with file, line, column, remedy.
    """
    if name in _IN_PLACE:
        return _IN_PLACE[name].copy()
    return _checked(name).copy()


def _check_changed(name: str, table: pd.DataFrame) -> None:
    """Put a changed table through the checks of a file; keys, ranges, dates and references."""
    from tempfile import TemporaryDirectory

    resource = next(r for r in _package()["resources"] if r["name"] == name)
    columns = [field["name"] for field in resource["schema"]["fields"]]
    # One is equal to True, so only truth values are written as words.
    words = {
        column: table[column].map({True: "true", False: "false"})
        for column in columns
        if table[column].dtype == bool
    }
    text = table[columns].assign(**words)
    with TemporaryDirectory() as folder:
        path = Path(folder) / resource["path"]
        text.to_csv(path, index=False, date_format="%Y-%m-%d", encoding="utf-8")
        try:
            _read(path, resource)
        except DataError as error:
            remedy = "" if "git" in error.remedy else f"{error.remedy} "
            raise DataError(
                error.problem,
                f"{remedy}Change the table that you gave; the file on disk is as it was.",
                file=f"the table given for {name!r}",
                row=error.row,
                column=error.column,
            ) from None


#: Tables that :func:`use` put in place of those on disk.
_IN_PLACE: dict[str, pd.DataFrame] = {}


def use(**changed: pd.DataFrame) -> None:
    """Put changed tables in place of those on disk, to see what follows from them.

    From now on :func:`load` gives the changed table to every function of the package, the
    verdicts included. Nothing on disk changes, and ``use()`` without arguments ends it.

    Every call starts from the tables on disk: a second one ends what the first put in place, so
    name all changed tables in one call.

    Parameters
    ----------
    **changed : pandas.DataFrame
        Name of a table to the table, with the columns and types that :func:`load` gives it, for
        example ``data.use(prices=prices[prices["n_sources"] >= 2])``. A table that is equal to
        the one on disk changes nothing.

    Raises
    ------
    DataError
        If there is no table of that name, or the changed one lacks a column, has another type in
        one, or would not pass the checks of :func:`load` (the line is the one it would have in a
        file). Then nothing is put in place.
    """
    for name, table in changed.items():
        on_disk, given = _checked(name), f"the table given for {name!r}"
        if not isinstance(table, pd.DataFrame):
            raise DataError(
                f"it is a {type(table).__name__}, not a table.",
                f"change a copy of data.load({name!r}) and give that.",
                file=given,
            )
        for column in on_disk.columns:
            if column not in table.columns:
                raise DataError(
                    "it lacks the column.",
                    "change a copy of data.load(...) and keep its columns.",
                    file=given,
                    column=column,
                )
        for column in table.columns:
            if column not in on_disk.columns:
                raise DataError(
                    "the column is not expected.",
                    _nearest(str(column), on_disk.columns, "drop it before you give the table."),
                    file=given,
                    column=str(column),
                )
        _check_changed(name, table)  # names the first cell that is wrong
        for column in on_disk.columns:
            if table[column].dtype != on_disk[column].dtype:
                raise DataError(
                    f"it holds {table[column].dtype} where {on_disk[column].dtype} belongs.",
                    "change a copy of data.load(...) and keep its types.",
                    file=given,
                    column=column,
                )
    _IN_PLACE.clear()
    _IN_PLACE.update({name: table.copy() for name, table in changed.items()})


def sources_of(*names: str) -> pd.DataFrame:
    """Return the rows of ``sources`` that the tables ``names`` point to.

    Parameters
    ----------
    names : str
        names of tables; without any, all tables that have a column ``source``.

    Returns
    -------
    pandas.DataFrame
        The rows of the table ``sources``, in its order, each once, with a new index.

    Raises
    ------
    DataError
        as for ``load``.
    """
    sources = load("sources")
    wanted: set[str] = set()
    for name in names or [n for n in tables() if n != "sources"]:
        frame = load(name)
        if name != "sources" and "source" in frame:
            wanted.update(frame["source"].dropna())
    return sources[sources["source"].isin(wanted)].reset_index(drop=True)


# -------------------------------------------------------------------------------------- hashes


def _measured(path: Path) -> tuple[int, str]:
    from hashlib import sha256

    raw = path.read_bytes()
    return len(raw), f"sha256:{sha256(raw).hexdigest()}"


def outdated_hashes() -> list[str]:
    """Return the names of tables whose size or hash differs from ``datapackage.json``.

    A table whose file is missing counts. The list is empty when all is up to date.
    """
    folder = directory()
    outdated = []
    for resource in _package()["resources"]:
        path = folder / resource["path"]
        listed = (resource.get("bytes"), resource.get("hash"))
        if not path.is_file() or _measured(path) != listed:
            outdated.append(resource["name"])
    return outdated


def refresh_package() -> list[str]:
    """Write the present size and hash of every table into ``datapackage.json``.

    This is the one step after a figure in a table was corrected on purpose. All tables are
    checked first, so a damaged table is never given a fresh hash. Nothing else in the file
    changes; a second call writes nothing.

    Returns
    -------
    list of str
        The names of the tables that had changed.

    Raises
    ------
    DataError
        if a table is missing or does not pass its checks.
    """
    for name in tables():
        _checked(name)
    changed = outdated_hashes()
    if changed:
        folder = directory()
        package = _package()
        for resource in package["resources"]:
            resource["bytes"], resource["hash"] = _measured(folder / resource["path"])
        text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
        (folder / PACKAGE_FILE).write_text(text, encoding="utf-8", newline="\n")
    return changed


if __name__ == "__main__":
    try:
        refreshed = refresh_package()
    except DataError as mistake:
        raise SystemExit(str(mistake)) from None
    print("refreshed: " + ", ".join(refreshed) if refreshed else "all hashes are up to date")
