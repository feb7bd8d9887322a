"""What an export holds: the rows chosen, their headings, and what is said about them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from vbdata import __version__, analyse
from vbdata.analyse.disclosure import Profile, protected
from vbdata.analyse.disclosure.released import forms_shown
from vbdata.analyse.reports import with_context
from vbdata.errors import MissingDataError
from vbdata.normalise.corrections.rows import ROW_KEY
from vbdata.plot.formats import counted, listed
from vbdata.schema.labels import headings as report_headings
from vbdata.schema.labels import with_labels
from vbdata.store import read_tables
from vbdata.store.released import add_released, read_released
from vbdata.vocabulary.files import rows as vocabulary_rows

UNIT, CORRECTED = "unit_name", "corrected"
_ADDED = {
    CORRECTED: ("Rättade kolumner", "Kolumner på raden med ett rättat värde; se tabellen corrections."),
}
_CORRECTABLE = ("reports", "goals", "indicators", "activities", "complaints", "passages")


@dataclass(frozen=True, slots=True)
class Content:
    """The tables of an export, and what they were made of.

    Attributes
    ----------
    tables
        By name; with labels, codes are Swedish words.
    coded
        The same tables with codes.
    """

    tables: dict[str, pd.DataFrame]
    coded: dict[str, pd.DataFrame]
    labels: bool
    day: datetime.date
    profile: Profile = field(default_factory=Profile)

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What this is, for the first page."""
        reports = self.coded["reports"]
        years = [str(year) for year in sorted(set(reports["year"]))]
        units = counted(reports["unit_id"].nunique(), "enhet", "enheter")
        shared = f"för delning: antal färre än {self.profile.threshold} och det som röjer dem är dolda"
        return [
            *([("Version", shared)] if self.profile.shared else []),
            ("Innehåll", f"{counted(len(reports), 'rapport', 'rapporter')} från {units}, {listed(years)}"),
            ("Gjord", f"{self.day.isoformat()} med vbdata {__version__}"),
            ("Koder", "utbytta mot svenska ord" if self.labels else "som i tabellerna; se kodboken"),
        ]


def content(
    processed: Path,
    *,
    labels: bool,
    years: Sequence[int] | None = None,
    units: Sequence[str] | None = None,
    profile: Profile = Profile(),  # noqa: B008  (frozen)
) -> Content:
    """The tables of the reports chosen, as the profile may see them.

    Raises
    ------
    MissingDataError
        When no report fits.
    """
    read = read_tables(processed)
    tables = protected(read, profile, read_released(processed) if profile.shared else None)
    reports = reports_chosen(tables["reports"], processed, years, units)
    if profile.shared:
        forms = tables["complaints"][tables["complaints"]["report_id"].isin(reports["report_id"])]
        add_released(processed, forms_shown(read["reports"], read["complaints"], forms))
    everything = not years and not units
    coded = {"reports": reports}
    for name, frame in tables.items():
        if name == "reports" or (name == "extraction_log" and everything):
            coded.setdefault(name, frame)
        else:
            coded[name] = _in_order(frame[frame["report_id"].isin(reports["report_id"])], reports)
    coded = {name: with_context(frame, tables["reports"]) for name, frame in coded.items()}
    shown = {name: with_labels(name, frame) for name, frame in coded.items()} if labels else coded
    return Content(shown, coded, labels, datetime.date.today(), profile)


def reports_chosen(
    reports: pd.DataFrame, processed: Path, years: Sequence[int] | None, units: Sequence[str] | None
) -> pd.DataFrame:
    """The reports of the years and units, as `analyse.chosen` has them.

    Raises
    ------
    MissingDataError
        When no report fits.
    """
    found = analyse.chosen(reports, years, units)
    if found.empty:
        raise MissingDataError(
            "inga rapporter passar", source=processed, hint="välj ett annat år eller en annan enhet"
        )
    return found


def _in_order(frame: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """Rows report by report, in the order of the reports, else as they are."""
    rank = {report_id: i for i, report_id in enumerate(reports["report_id"])}
    return frame.loc[frame["report_id"].map(rank).sort_values(kind="stable").index].reset_index(drop=True)


def for_people(made: Content, table: str) -> pd.DataFrame:
    """A table as people read it: its gravest findings first, what joins tables last."""
    frame = made.tables[table].copy()
    if table == "findings":
        frame = frame.sort_values("gravity", ascending=False, kind="stable")
    if table in _CORRECTABLE and len(made.coded["corrections"]):
        titles = headings(table)
        found = {
            row_id: listed([titles[column] for column in columns])
            for row_id, columns in corrected_cells(made, table).items()
        }
        key = frame[ROW_KEY.get(table, "row_id")]
        frame[CORRECTED] = pd.array([found.get(str(each)) for each in key], dtype="string")
    technical = [name for name in frame.columns if is_technical(str(name))]
    return frame[[name for name in frame.columns if name not in technical] + technical]


def is_technical(column: str) -> bool:
    """Whether a column joins tables rather than tells anything: such stand last.

    >>> is_technical("goal_id"), is_technical("sha256"), is_technical("title")
    (True, True, False)
    """
    return column.endswith("_id") or column in ("sha256", "position", "entry_line", "sentence_lines")


def corrected_cells(made: Content, table: str) -> dict[str, list[str]]:
    """Row id → its corrected columns."""
    corrections = made.coded["corrections"]
    found: dict[str, list[str]] = {}
    for _, row in corrections[corrections["table"] == table].iterrows():
        found.setdefault(str(row["row_id"]), []).append(str(row["column"]))
    return found


def headings(table: str) -> dict[str, str]:
    """Column → Swedish heading, each only once in a table.

    >>> headings("goals")["goal_id"], headings("goals")["title"]
    ('Mål (id)', 'Mål')
    """
    return {name: title for name, (title, _) in _ADDED.items()} | report_headings(table)


def caveats() -> list[tuple[str, str]]:
    """Title and text of what a reader has to know (vocabulary/caveats.csv)."""
    return [(row["title"], row["text"]) for row in vocabulary_rows("caveats")]


def added_columns(frame: pd.DataFrame) -> Mapping[str, tuple[str, str]]:
    """Columns that `for_people` has put beside the schema's: title and description."""
    return {name: _ADDED[name] for name in frame.columns if name in _ADDED}


def plain_rows(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """A frame's rows as Python's own values."""
    for row in frame.itertuples(index=False, name=None):
        yield tuple(map(plain, row))


def plain(value: Any) -> Any:
    """A cell as Python's own value, a missing one as ``None``; numpy's print themselves oddly."""
    return None if pd.isna(value) else value.item() if isinstance(value, np.generic) else value
