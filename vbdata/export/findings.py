"""The findings as text: for the terminal, as a table, or as drafts of corrections."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from vbdata import analyse, vocabulary
from vbdata.errors import ParameterError
from vbdata.export.content import reports_chosen
from vbdata.export.drafts import draft_corrections
from vbdata.extract.document import Place
from vbdata.store import read_tables

FORMS = ("corrections", "csv")


def findings_text(
    processed: Path,
    *,
    years: Sequence[int] | None = None,
    units: Sequence[str] | None = None,
    to: str | None = None,
    day: datetime.date | None = None,
) -> str:
    """The findings of the reports chosen.

    Parameters
    ----------
    to
        ``corrections`` for drafts, ``csv`` for a table with codes, nothing for reading.

    Raises
    ------
    ParameterError
        When there is no such form.
    MissingDataError
        When no report fits.
    """
    if to is not None and to not in FORMS:
        raise ParameterError("okänd form", value=to, hint=f"formerna är {', '.join(FORMS)}")
    tables = read_tables(processed)
    reports = reports_chosen(tables["reports"], processed, years, units)
    found = tables["findings"][tables["findings"]["report_id"].isin(reports["report_id"])]
    if to == "corrections":
        return draft_corrections(tables, found, day or datetime.date.today())
    if to == "csv":
        mine = [analyse.by_gravity(found[found["report_id"] == each]) for each in reports["report_id"]]
        return pd.concat(mine).to_csv(index=False)
    return "\n".join(_lines(reports, found)) + "\n"


def _lines(reports: pd.DataFrame, findings: pd.DataFrame) -> Iterator[str]:
    for _, report in reports.iterrows():
        mine = analyse.numbered(findings[findings["report_id"] == report["report_id"]])
        checks, formal = int(mine["check"].sum()), int(mine["formal"].sum())
        kind = vocabulary.label("kind", str(report["kind"]))
        yield f"{report['unit_name']}, {kind.lower()} {report['year']} ({report['report_id']})"
        if mine.empty:
            yield "  inget att kontrollera eller notera"
        for _, row in mine.iterrows():
            yield _line(row)
        notes = len(mine) - checks - formal
        apart = f", {formal} {'formalitet' if formal == 1 else 'formaliteter'}" if formal else ""
        yield f"  {checks} att kontrollera, {notes} att notera{apart}" if len(mine) else ""


def _line(row: pd.Series) -> str:
    word = vocabulary.label("severity", "warning" if row["check"] else "info")
    place = _where(row["source_page"], row["source_line"]) or "rad saknas"
    second = _where(row["other_page"], row["other_line"])
    if second and pd.notna(row["other_report_id"]) and row["other_report_id"] != row["report_id"]:
        second += f" i {row['other_report_id']}"
    both = f"{place} (jämför {second})" if second and second != place else place
    action = "" if pd.isna(row["action"]) else f" {row['action']}"
    return f"  {word:<12} {both}: {row['message']}{action}"


def _where(page: int | None, line: int | None) -> str:
    return str(Place(*(None if pd.isna(each) else each for each in (line, page))))
