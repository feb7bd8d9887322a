"""Activities: other dates, gone, new, without analysis."""

from __future__ import annotations

import datetime

import pandas as pd

from vbdata.analyse import own_words
from vbdata.analyse.own_words import OwnWords
from vbdata.plot.formats import counted, date, period
from vbdata.render.pages.outcome.data import OutcomeData
from vbdata.render.pages.outcome.goals import candidates, only_title, wordings
from vbdata.render.pages.outcome.grouping import MOVED, activity_group
from vbdata.render.pages.outcome.places import corrected, doubts, in_doubt, own, places
from vbdata.render.parts.components import details, empty, lead, section
from vbdata.render.parts.html import Block, Html, element, missing, under
from vbdata.render.parts.tables import Cell, Column, Group, Row, table

NONE = "Varken planen eller rapporten har aktiviteter som har kunnat läsas."
GROUPS = (
    ("end", "Nytt slutdatum"),
    ("dropped", "Bara i planen"),
    ("unclear", "Kan höra ihop"),
    ("added", "Bara i rapporten"),
    ("start", "Nytt startdatum"),
    ("doubt", "Samma datum, att kontrollera"),
)
"""In the order that a reader needs them; the rest are as they were planned."""


def activities(data: OutcomeData) -> Block:
    """Every activity of both documents, by what became of it."""
    changes = data.activities
    if changes.empty:
        return section("aktiviteter", "Aktiviteter", empty(NONE))
    belongs = changes.apply(lambda change: _group_of(data, change), axis=1)
    content = [lead(*_lead(data))]
    if (belongs != "same").any():
        groups = [Group(_rows(data, changes[belongs == code]), head) for code, head in GROUPS]
        caption = "Aktiviteter som skiljer sig eller är osäkra"
        content.append(table(caption, _columns(data), groups))
    same = changes[belongs == "same"]
    if len(same):
        caption = "Aktiviteter med samma datum eller en dags skillnad"
        shown = table(caption, _columns(data), [Group(_rows(data, same))])
        said = f"Visa {counted(len(same), 'aktivitet', 'aktiviteter')} med samma datum eller en dags skillnad"
        content.append(element("div", details(said, shown), class_="after"))
    return section("aktiviteter", "Aktiviteter", *content)


def _group_of(data: OutcomeData, change: pd.Series) -> str:
    group = activity_group(change)
    return "doubt" if group == "same" and in_doubt(data, change) else group


def _rows(data: OutcomeData, changes: pd.DataFrame) -> list[Row]:
    return [_row(data, change) for _, change in changes.iterrows()]


def _lead(data: OutcomeData) -> list[str]:
    changes = data.activities
    if not changes["report_ids"].map(bool).any():
        return ["Rapporten har inga aktiviteter som har kunnat läsas."]
    if not changes["plan_ids"].map(bool).any():
        return ["Planen har inga aktiviteter som har kunnat läsas."]
    if data.profile.shared:
        return ["Aktiviteternas analyser är utelämnade i den här versionen."]
    if changes["analysed"].isna().all():
        return ["Rapporten har ingen analys av någon enskild aktivitet."]
    silent = int((~changes["analysed"].dropna()).sum())
    if not silent:
        return ["Alla aktiviteter i rapporten har en analys."]
    return [f"{counted(silent, 'aktivitet', 'aktiviteter')} i rapporten saknar analys."]


def _columns(data: OutcomeData) -> list[Column]:
    columns = [Column("Aktivitet"), Column("Tid i planen"), Column("Tid i rapporten")]
    columns += [Column("Analys")] if _some_silent(data) else []
    return [*columns, Column("Källa", "src")]


def _some_silent(data: OutcomeData) -> bool:
    """Whether some activity of the report has no analysis; else the lead has said it."""
    return bool((~data.activities["analysed"].dropna()).any())


def said_of(data: OutcomeData, change: pd.Series) -> OwnWords | None:
    """The unit's own words in the report about an activity that deviates or is in doubt."""
    if not change["report_ids"]:
        return None
    return own_words.of_activity(data.rows[change["report_ids"][0]], data.report.beside)


def _row(data: OutcomeData, change: pd.Series) -> Row:
    cells = [
        _time(data, change, "plan"),
        _time(data, change, "report"),
    ]
    if _some_silent(data):
        cells.append(Cell(_analysis(change)))
    cells.append(Cell(places(data, change), labelled=False))
    return Row(_head(data, change), cells, more=own(data, said_of(data, change)))


def _head(data: OutcomeData, change: pd.Series) -> Html:
    title = element("span", only_title(change))
    if change["change"] == "reworded":
        title = wordings(str(change["plan_title"]), str(change["report_title"]))
    twice = [
        f"Står {len(ids)} gånger i {which}."
        for which, ids in (("planen", change["plan_ids"]), ("rapporten", change["report_ids"]))
        if len(ids) > 1
    ]
    note = element("span", " ".join(twice), class_="lvl") if twice else Html("")
    said = moved(change)
    verdict = element("span", said, class_="verdict") if said else Html("")
    marks = corrected(data, [*change["plan_ids"], *change["report_ids"]], "title")
    return under(title, marks) + verdict + note + candidates(data, change, "title") + doubts(data, change)


def moved(change: pd.Series) -> str:
    """How an end date moved, in words.

    >>> day = datetime.date
    >>> moved(pd.Series({"end_change": "later", "plan_end": day(2025, 6, 30), "report_end": day(2025, 7, 1)}))
    'Slutar 1 dag senare än i planen'
    """
    kind = change["end_change"]
    if pd.isna(kind) or kind not in MOVED:
        return ""
    if kind in ("removed", "set"):
        return "Slutdatum saknas i rapporten" if kind == "removed" else "Slutdatum saknas i planen"
    days = abs((change["report_end"] - change["plan_end"]).days)
    return f"Slutar {counted(days, 'dag', 'dagar')} {'senare' if kind == 'later' else 'tidigare'} än i planen"


def end_dates(change: pd.Series) -> str:
    """The two end dates in a sentence."""
    before, after = (
        "inget datum" if day is None else date(day) for day in (change["plan_end"], change["report_end"])
    )
    return f"från {before} till {after}"


def _time(data: OutcomeData, change: pd.Series, which: str) -> Cell:
    ids = change[f"{which}_ids"]
    start, end = _day(change[f"{which}_start"]), _day(change[f"{which}_end"])
    if not ids or (start is None and end is None):
        words = "aktiviteten finns inte i dokumentet" if not ids else "datum saknas"
        return Cell(missing(words), "time")
    return Cell(under(period(start, end), corrected(data, ids, "start", "end")), "time")


def _day(value: object) -> datetime.date | None:
    return value if isinstance(value, datetime.date) and not pd.isna(value) else None


def _analysis(change: pd.Series) -> Html:
    if pd.isna(change["analysed"]):
        return missing("aktiviteten finns inte i rapporten")
    return element("span", "Finns") if change["analysed"] else element("span", "Saknas", class_="strong")
