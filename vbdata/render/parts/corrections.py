"""«Rättad» beside a value that somebody has decided to correct, leading to what it was, why, who and when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

import pandas as pd

from vbdata import vocabulary
from vbdata.normalise.corrections import from_text
from vbdata.plot.formats import date
from vbdata.render.parts.components import glyph, link
from vbdata.render.parts.html import Html, element, hidden, join
from vbdata.schema.labels import DOMAINS
from vbdata.schema.tables import SCHEMAS


def number_of(correction: pd.Series) -> int:
    """The correction's number in its report: the end of its id."""
    return int(str(correction["correction_id"]).rsplit("/r", 1)[1])


def marks(
    corrections: pd.DataFrame, row_ids: Iterable[object], columns: Iterable[str] | None = None, page: str = ""
) -> Html:
    """«Rättad 1» for each correction of the rows (in the columns); `page` is where the list stands."""
    if corrections.empty:  # as nearly always, and this is asked for every cell
        return Html("")
    wanted = {str(row_id) for row_id in row_ids}
    chosen = corrections[corrections["row_id"].isin(wanted)]
    if columns is not None:
        chosen = chosen[chosen["column"].isin(list(columns))]
    return join([_mark(row, page) for _, row in chosen.iterrows()], " ")


def _mark(correction: pd.Series, page: str) -> Html:
    said = f": {column_title(correction)}, i dokumentet läst {value_words(correction, 'old')}"
    text = glyph("corrected") + f"Rättad {number_of(correction)}" + hidden(said)
    return link(f"{page}#rattad-{number_of(correction)}", text, class_="fx")


def with_marks(
    frame: pd.DataFrame, key: str, corrections: pd.DataFrame, pages: Mapping[str, str]
) -> pd.DataFrame:
    """Rows with ``marks``: «Rättad» for each of their corrections, which `sources.link` puts at their place.

    For rows of other years' reports, whose corrections are told on those reports' pages.

    Parameters
    ----------
    key
        The column with the row's id.
    pages
        Report id → address of its page, seen from the page in the making.
    """
    about = set(corrections["row_id"])
    shown = [
        str(marks(corrections, [row_id], None, pages.get(str(report_id), ""))) if row_id in about else ""
        for row_id, report_id in zip(frame[key], frame["report_id"], strict=True)
    ]
    return frame.assign(marks=pd.array(shown, dtype="string"))


def column_title(correction: pd.Series) -> str:
    """The corrected column in Swedish, without a capital: «utfall», «KF:s årsmål»."""
    title = str(SCHEMAS[str(correction["table"])].columns[str(correction["column"])].title)
    return title if title.startswith("KF") else title[:1].lower() + title[1:]


def value_words(correction: pd.Series, which: str) -> str:
    """The ``old`` or the ``new`` value in words."""
    table, column, text = str(correction["table"]), str(correction["column"]), correction[which]
    if pd.isna(text):
        return "inget värde"
    value = from_text(table, column, str(text))
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, datetime.date):
        return date(value)
    if isinstance(value, float | int):
        return str(text).replace(".", ",").replace("-", "−")
    domain = DOMAINS.get(column)
    return f"”{vocabulary.label(domain, str(value)) if domain and column != 'period' else value}”"


def corrections_list(
    corrections: pd.DataFrame, subjects: Mapping[str, str], places: Mapping[str, str]
) -> Html:
    """What was corrected: from what to what, why, by whom, when, and where it stands in the document.

    Parameters
    ----------
    subjects
        Row id → what the row is about, for a person.
    places
        Row id → a link to the row as it stands in the document, or the place in words.
    """
    items = [_item(row, subjects, places) for _, row in corrections.iterrows()]
    return element("ol", join(items), class_="finds") if items else Html("")


def _item(correction: pd.Series, subjects: Mapping[str, str], places: Mapping[str, str]) -> Html:
    row_id = str(correction["row_id"])
    subject = subjects.get(row_id, "")
    title = column_title(correction)
    about = f"{title[:1].upper()}{title[1:]}{f' för {subject}' if subject else ''}. "
    old, new = value_words(correction, "old"), value_words(correction, "new")
    text = element("p", element("strong", about) + f"Rättat från {old} till {new}.")
    reason = str(correction["reason"]).rstrip(".")
    who = f"{reason}. Bestämt av {correction['decided_by']}, {date(correction['date'])}."
    tag = element("span", glyph("corrected") + f"Rättad {number_of(correction)}", class_="tag")
    place = element("span", places.get(row_id, ""), class_="src")
    body = element("div", text + element("p", who, class_="do"))
    return element("li", tag + body + place, id=f"rattad-{number_of(correction)}")


def subjects_of(
    goals: pd.DataFrame, indicators: pd.DataFrame, activities: pd.DataFrame, complaints: pd.DataFrame
) -> dict[str, str]:
    """Row id → what the row is about: «målet ”…”», «”Nöjda”», «”Bemötande”, tertial 1».

    `complaints` are in the wide form, a row per category.
    """
    found = {str(row["goal_id"]): f"målet ”{row['title']}”" for _, row in goals.iterrows()}
    found |= {str(row["row_id"]): f"”{row['name']}”" for _, row in indicators.iterrows()}
    found |= {str(row["row_id"]): f"aktiviteten ”{row['title']}”" for _, row in activities.iterrows()}
    for _, row in complaints.iterrows():
        for row_id in row["row_ids"]:
            period = vocabulary.label("period", str(row_id).rsplit("-", 1)[1]).lower()
            found[str(row_id)] = f"”{row['category']}”, {period}"
    return found
