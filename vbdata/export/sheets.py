"""What people get on a sheet or in a file of its own, so that a pivot adds up only what may be added up."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from vbdata import analyse
from vbdata.analyse.reports import accounts, with_context
from vbdata.export.content import Content, for_people, headings
from vbdata.schema.labels import with_labels
from vbdata.schema.tables import SCHEMAS
from vbdata.vocabulary import label
from vbdata.vocabulary.files import rows as vocabulary_rows

_PLANNED = {
    "goals": "Mål i planer",
    "indicators": "Indikatorer i planer",
    "activities": "Aktiviteter i planer",
}
TOTALS = "Synpunkter per fråga"
_WHAT_TOTALS = (
    "En enhet och ett år, med en kolumn per fråga i blanketten. Frågorna räknar samma händelser på olika "
    "sätt och läggs inte ihop. Tomt är inte noll."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the file that it is in CSV, the table that it is of, and its heads by column."""

    name: str
    file: str
    table: str
    about: str
    frame: pd.DataFrame
    heads: dict[str, str]


def sheet_name(table: str) -> str:
    """The table's Swedish title, which Excel takes in at most 31 characters.

    >>> sheet_name("findings")
    'Att kontrollera och notera'
    """
    return str(SCHEMAS[table].title)[:31]


def sheets(made: Content) -> list[Sheet]:
    """Every table, plans apart from outcomes, and the form's totals with its questions apart."""
    found: list[Sheet] = []
    for table in made.tables:
        frame, heads = for_people(made, table), headings(table)
        about, title = str(SCHEMAS[table].description), sheet_name(table)
        planned = made.coded[table]["kind"].eq("VP").fillna(False).astype(bool).reindex(frame.index)
        if table not in _PLANNED or planned.all() or not planned.any():
            found.append(Sheet(title, table, table, about, frame, heads))
            continue
        outcomes = f"{about} Planernas står för sig: {_PLANNED[table]}."
        found.append(Sheet(title, table, table, outcomes, frame[~planned], heads))
        found.append(
            Sheet(_PLANNED[table], f"{table}_planer", table, f"{about} Ur planer.", frame[planned], heads)
        )
    if not made.profile.shared:  # sums tell what is hidden
        found.append(_totals(made))
    return found


def _totals(made: Content) -> Sheet:
    reports, forms = made.coded["reports"], made.coded["complaints"]
    speaking = accounts(reports)
    totals = analyse.facet_totals(analyse.wide(forms[forms["report_id"].isin(speaking["report_id"])]))
    facets = [row["code"] for row in vocabulary_rows("facets") if (totals["facet"] == row["code"]).any()]
    counts = totals.dropna(subset=["facet"]).set_index(["report_id", "facet"])["total"].unstack("facet")
    frame = counts.reindex(columns=facets).reindex(speaking["report_id"]).astype("Int64").reset_index()
    frame.columns.name = None
    frame = with_context(frame, reports)
    frame = with_labels("reports", frame) if made.labels else frame
    ids = ["unit_id", "report_id"]
    frame = frame[[name for name in frame.columns if name not in ids] + ids]
    heads = headings("reports") | {facet: label("facet", facet) for facet in facets}
    return Sheet(TOTALS, "complaint_totals", "complaints", _WHAT_TOTALS, frame, heads)
