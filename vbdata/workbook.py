"""The front door: tables and counts of the workbook that one stands in, each row with its unit and year."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vbdata.errors import UnknownValueError
from vbdata.store import Snapshot, processed_folder, read_table, snapshot
from vbdata.store import read_tables as _read_tables
from vbdata.store.queries import sql as _sql

if TYPE_CHECKING:
    import pandas as pd


def load(
    table: str,
    processed: Path | str | Snapshot | None = None,
    *,
    labels: bool = False,
    latest: bool = False,
    titles: bool = False,
    **filters: Any,
) -> pd.DataFrame:
    """One table, with ``unit_id``, ``unit_name``, ``year``, ``kind`` and ``version`` on every row.

    Parameters
    ----------
    table
        ``reports``, ``goals``, ``indicators``, ``activities``, ``complaints``, ``passages``, ``quantities``,
        ``findings``, ``corrections`` or ``extraction_log``; the data dictionary has them all.
    processed
        The folder of tables; by default that of the workbook that one stands in, or below.
    labels
        Replace codes by their Swedish labels (categories in the same order).
    latest
        Leave out reports of which there is a later version: counted together they would count twice.
    titles
        Swedish column titles in place of the names.
    **filters
        Column = value or values to keep; only what is kept is read into memory. Columns of ``reports`` choose
        reports, in every table.

    Returns
    -------
    DataFrame
        One row per thing that the data dictionary says. Plans (``kind`` ``VP``) stand beside reports (``VB``,
        ``T1``, ``T2``): choose one kind before you count.

    Raises
    ------
    UnknownValueError
        When there is no such table, column, code or unit; the nearest right one is named.
    MissingDataError
        When there is no workbook here, or nothing has been ingested.
    SchemaError
        When another version of vbdata wrote the tables, or a file is damaged.

    Examples
    --------
    >>> import vbdata
    >>> goals = vbdata.load("goals", level="unit", kind="VB", year=2025)
    >>> goals.groupby("unit_name")["status"].value_counts()
    """
    from vbdata.analyse.reports import latest as last
    from vbdata.analyse.reports import versions, with_context
    from vbdata.schema.labels import headings, with_labels

    for name, given in {"labels": labels, "latest": latest, "titles": titles}.items():
        if not isinstance(given, bool):
            raise UnknownValueError(f"{name} ska vara True eller False", value=str(given))
    state = _state(processed)
    chosen = [filters.pop("version")] if "version" in filters else []
    frame = read_table(table, state, **filters)
    reports = read_table("reports", state)
    frame = with_context(frame, reports)
    if latest:
        frame = frame[frame["report_id"].isin(last(reports)["report_id"])]
    for wanted in chosen:
        frame = frame[frame["version"].isin(_held(wanted, versions(reports)))]
    frame = frame.reset_index(drop=True)
    frame = with_labels(table, frame) if labels else frame
    return frame.rename(columns=headings(table)) if titles else frame


def _held(wanted: Any, numbers: pd.Series) -> list[Any]:
    """The versions to keep, of which some report must have one."""
    given = [wanted] if wanted is None or isinstance(wanted, int | str) else list(wanted)
    held = sorted(numbers.unique())
    if not set(given) & set(held):
        hint = f"versionerna är {', '.join(map(str, held))}"
        raise UnknownValueError("version har inget sådant värde", value=str(wanted), hint=hint)
    return given


def read_tables(processed: Path | str | Snapshot | None = None) -> dict[str, pd.DataFrame]:
    """All tables by name, as they are stored: of one state of the folder, and without the columns of `load`.

    Examples
    --------
    >>> import vbdata
    >>> vbdata.read_tables()["goals"]
    """
    return _read_tables(_state(processed))


def sql(query: str, processed: Path | str | Snapshot | None = None, **values: Any) -> pd.DataFrame:
    """What a SELECT gives; every table is a view of the same name, and so is every frame that is given.

    Parameters
    ----------
    query
        SQL in DuckDB's dialect. Unit, year and kind stand in ``reports``: ``join reports using (report_id)``.
        A word that starts with ``$`` is a value: ``where year = $year``.
    **values
        What such words stand for. A DataFrame, or the ``Path`` of a CSV file, is a table of its name instead.

    Returns
    -------
    DataFrame
        In DuckDB's types: codes and dates as text and timestamps, whole numbers with gaps as floats.

    Raises
    ------
    QueryError
        With the word at fault in the query, and DuckDB's own where that says more.
    MissingDataError
        When there is no workbook here, or nothing has been ingested.

    Examples
    --------
    >>> import vbdata
    >>> vbdata.sql("select level, count(*) as n from goals group by level")
    >>> import pandas as pd
    >>> budget = pd.DataFrame({"unit_id": ["lillans-korttidshem"], "kronor": [1_250_000]})
    >>> vbdata.sql("select unit_name, kronor from reports join budget using (unit_id)",
    ...            budget=budget)
    """
    return _sql(query, _state(processed), **values)


def units(processed: Path | str | Snapshot | None = None) -> pd.DataFrame:
    """The register of units as a table, and the units of the reports that it lacks.

    Returns
    -------
    DataFrame
        One row per unit: ``unit_id``, ``unit_name``, ``type``, ``district``, ``aliases`` and
        ``predecessors`` (several with ``|`` between them), ``registered``, and ``reports``: how many reports
        are held of it.

    Examples
    --------
    >>> import vbdata
    >>> vbdata.units().query("not registered")
    """
    import pandas as pd

    from vbdata.register import register

    reports = load("reports", processed, latest=True)
    held, known = reports.groupby("unit_id", sort=False)["report_id"].size(), register()
    rows: list[dict[str, Any]] = [
        {
            "unit_id": unit.unit_id, "unit_name": unit.name, "type": unit.type or None,
            "district": unit.district or None, "aliases": " | ".join(unit.aliases) or None,
            "predecessors": " | ".join(unit.predecessors) or None, "registered": True,
        }
        for unit in known.units
    ]  # fmt: skip
    named = reports.drop_duplicates("unit_id").set_index("unit_id")["unit_name"]
    rows += [
        {"unit_id": unit_id, "unit_name": name, "registered": False}
        for unit_id, name in named.items()
        if unit_id not in known.by_id
    ]
    texts = ["unit_id", "unit_name", "type", "district", "aliases", "predecessors"]
    frame = pd.DataFrame(rows, columns=[*texts, "registered"])
    frame = frame.astype(dict.fromkeys(texts, "string") | {"registered": "boolean"})
    return frame.assign(reports=frame["unit_id"].map(held).fillna(0).astype("Int64"))


def denominators() -> pd.DataFrame:
    """How many people units served, as confirmed in the register: what a rate is computed on.

    Returns
    -------
    DataFrame
        One row per unit, year and what is counted: ``unit_id``, ``unit_name``, ``year``, ``count``,
        ``counted``, ``source``, ``confirmed_by``, ``confirmed_date``.
        Rates are computed on a year's first row.

    Examples
    --------
    >>> import vbdata
    >>> vbdata.denominators().columns[:4].tolist()
    ['unit_id', 'unit_name', 'year', 'count']
    """
    from dataclasses import asdict

    import pandas as pd

    from vbdata.register import register
    from vbdata.schema.build import DATE

    known = register()
    names = {unit.unit_id: unit.name for unit in known.units}
    rows = [asdict(each) for each in known.denominators]
    columns = ["unit_id", "year", "count", "counted", "source", "confirmed_by", "confirmed_date"]
    texts = dict.fromkeys(("unit_id", "counted", "source", "confirmed_by"), "string")
    frame = pd.DataFrame(rows, columns=columns)
    frame = frame.astype(texts | {"year": "Int64", "count": "Int64", "confirmed_date": DATE})
    frame.insert(1, "unit_name", frame["unit_id"].map(names).astype("string"))
    return frame


def complaint_totals(
    processed: Path | str | Snapshot | None = None, *, labels: bool = False, **filters: Any
) -> pd.DataFrame:
    """The total of each question (facet) of each unit's form of a year, and per 100 people served.

    Questions count the same events in different ways and are never added up. Of a unit's reports of a year
    the one that says most counts: the year's (``VB``) before the four-month ones.

    Parameters
    ----------
    labels
        The questions in Swedish words in place of codes.
    **filters
        Columns of ``reports``, or ``facet``: value or values to keep.

    Returns
    -------
    DataFrame
        One row per unit, year and facet: ``total`` (missing where the form is blank, or has figures without
        a total: a blank is not a zero), ``complete``, ``people`` and ``counted`` (the confirmed denominator
        of the year, if there is one) and ``per_100``.

    Examples
    --------
    >>> import vbdata
    >>> vbdata.complaint_totals(year=2025, facet="complaint_subject")
    """
    from vbdata import analyse
    from vbdata.analyse.reports import accounts, with_context
    from vbdata.schema.labels import with_labels

    state = _state(processed)
    _check_filters(filters, "facet")
    rows = read_table("complaints", state, **filters)
    reports = accounts(read_table("reports", state))
    totals = analyse.facet_totals(analyse.wide(rows[rows["report_id"].isin(reports["report_id"])]))
    totals = with_context(totals, reports)
    totals = with_labels("complaints", totals) if labels else totals
    people = denominators().drop_duplicates(["unit_id", "year"])
    people = people[["unit_id", "year", "count", "counted"]].rename(columns={"count": "people"})
    totals = totals.merge(people, how="left", on=["unit_id", "year"])
    return totals.assign(per_100=(100 * totals["total"] / totals["people"]).astype("Float64"))


def answers(processed: Path | str | Snapshot | None = None, **filters: Any) -> pd.DataFrame:
    """Indicators that the reports tell the number of answers of, with what chance alone may have given.

    Parameters
    ----------
    **filters
        Columns of ``indicators`` or ``reports``: value or values to keep.

    Returns
    -------
    DataFrame
        The rows of ``indicators`` with ``n`` (answers), ``asked``, ``low`` and ``high``: Wilson's 95 per cent
        limits, missing where ``why_not`` says why. `plot.outcomes` draws them.

    Examples
    --------
    >>> import vbdata
    >>> rows = vbdata.answers(year=2025, unit_id="lillans-korttidshem", measure_unit="%")
    >>> vbdata.plot.outcomes(rows)
    """
    from vbdata.analyse.reports import with_context
    from vbdata.analyse.respondents import respondents, share_intervals

    state = _state(processed)
    reports = read_table("reports", state)
    indicators = read_table("indicators", state, **filters)
    told = respondents(indicators, read_table("passages", state), reports)
    return with_context(share_intervals(indicators, told), reports)


def goal_counts(
    level: str = "unit", processed: Path | str | Snapshot | None = None, **filters: Any
) -> pd.DataFrame:
    """How many goals of one level each unit's report of a year judges how. Levels are never pooled.

    Parameters
    ----------
    level
        ``direction``, ``area``, ``board`` or ``unit``.
    **filters
        Columns of ``reports``: value or values to keep.

    Returns
    -------
    DataFrame
        One row per unit and year with goals of the level: ``met``, ``partly_met``, ``not_met``, ``no_data``,
        ``unstated``, ``goals`` (all of them), ``judged`` (the first three) and ``met_share`` of these. Plans
        are left out: they judge nothing.

    Examples
    --------
    >>> import vbdata
    >>> vbdata.goal_counts("unit", year=2025)
    """
    from vbdata.analyse.goals import JUDGED, status_counts
    from vbdata.analyse.reports import accounts, with_context

    state = _state(processed)
    _check_filters(filters)
    goals = read_table("goals", state, level=level, **filters)
    reports = accounts(read_table("reports", state))
    counts = status_counts(goals[goals["report_id"].isin(reports["report_id"])], level)
    counts = with_context(counts.astype("Int64").reset_index(), reports)
    judged = counts[list(JUDGED)].sum(axis=1).astype("Int64")
    share = (counts["met"] / judged.where(judged > 0)).astype("Float64")
    return counts.assign(level=level, judged=judged, met_share=share)


def _check_filters(filters: Mapping[str, Any], *more: str) -> None:
    """Refuse a filter of single rows where rows are counted together, and one of plans alone."""
    from vbdata.schema import SCHEMAS
    from vbdata.schema.labels import nearest

    usual = ["unit_id", "unit_name", "year", "kind", *more]
    for name in filters:
        if name not in (*usual, *SCHEMAS["reports"].columns):
            hint = nearest(name, dict.fromkeys(usual, ""))
            raise UnknownValueError("räkningen kan inte väljas så", value=name, hint=hint)
    if filters.get("kind") == "VP":
        hint = "planer bedömer inga mål och räknar inga ärenden"
        raise UnknownValueError("planer räknas inte", value="VP", hint=hint)


def _state(processed: Path | str | Snapshot | None) -> Snapshot:
    """The state of a folder of tables; by default of the workbook that one stands in."""
    if processed is not None and not isinstance(processed, Path | str | Snapshot):
        raise UnknownValueError("tabellernas mapp är en sökväg", value=str(processed))
    return snapshot(processed_folder() if processed is None else processed)
