"""A unit's form on a page that is passed on: what `analyse.disclosure` leaves of it, without figures."""

from __future__ import annotations

import pandas as pd

from vbdata import analyse
from vbdata.analyse.complaints.weight import GRAVE, weighed
from vbdata.analyse.disclosure import is_hidden
from vbdata.plot.formats import EN_DASH, counted, listed, number, sentence
from vbdata.render.pages.unit import said
from vbdata.render.parts import words
from vbdata.render.parts.components import FORM, Statement, details, empty, lead, section
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Block, Html, element, missing
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.schema.tables import PERIODS
from vbdata.vocabulary import UNREAD, is_unread

_TITLES = {"T1": "Tertial\u00a01", "T2": "Tertial\u00a02", "VB": "VB", "total": "Summa"}


def complaints(data: UnitData) -> Block:
    """A unit's form as a table: counts, blanks, and what is hidden."""
    frame = data.complaints
    state = analyse.form_state(frame)
    if state != "filled":
        return section(*FORM, empty(statement(data).big + ".", statement(data).text))
    explained = lead(
        f"”Dold” betyder att talet är under {data.profile.threshold} eller skulle avslöja ett sådant tal.",
        f"{EN_DASH} betyder att rutan är tom i dokumentet. Tom ruta är inte samma sak som noll.",
        "Frågorna kan räkna samma händelser på olika sätt och ska inte läggas ihop.",
    )
    texts = frame[[f"{period}_raw" for period in PERIODS]].map(is_hidden)
    filled = frame[list(PERIODS)].notna().any(axis=1) | texts.any(axis=1)
    rest = frame[~filled]
    shown = _form("Kategorier som är ifyllda", frame[filled])
    opened = _form("Tomma kategorier", rest) if len(rest) else Html("")
    closed = (
        details(f"Visa {counted(len(rest), 'tom kategori', 'tomma kategorier')}", opened) if len(rest) else ""
    )
    return section(*FORM, explained, shown, closed)


def _form(caption: str, frame: pd.DataFrame) -> Html:
    columns = [Column("Kategori"), *[Column(_TITLES[period], "num") for period in PERIODS]]
    groups = [
        Group(
            [
                Row(str(row["category"]), [Cell(_count(row, period)) for period in PERIODS])
                for _, row in part.iterrows()
            ],
            str(group),
        )
        for group, part in frame.groupby("group", sort=False)
    ]
    return table(caption, columns, groups, css="stack grid3 g4")


def _count(row: pd.Series, period: str) -> Html:
    """A count, a dash for a blank, or «dold»."""
    if is_hidden(row[f"{period}_raw"]):
        return element("span", "dold", class_="muted")
    if is_unread(row[f"{period}_raw"]):
        return element("span", UNREAD, class_="muted")
    if pd.isna(row[period]):
        return missing("tom ruta")
    return Html("{}").format(number(int(row[period])))


def statement(data: UnitData) -> Statement:
    """The third of «Läget i korthet»: the counts that are passed on, and that others are hidden or blank."""
    found, asked = analyse.summarise_complaints(data.complaints), weighed(data.complaints)
    told = [each for each in asked if each.total and not each.hidden]
    grave = [each for each in told if each.question in GRAVE]
    big = {
        "missing": "Blanketten för synpunkter och klagomål saknas",
        "empty": "Blanketten finns men är tom",
        "unread": "Blankettens antal har inte kunnat läsas",
        "filled": sentence(listed([words.counted_cases(each) for each in grave])) or "Blanketten är ifylld",
    }[found.state]
    if found.state != "filled":
        text = said.complaints_rest(found)
    else:
        rest = [words.counted_cases(each) for each in told if each not in grave]
        some = [f"Dessutom {listed(rest)}." if grave else f"{sentence(listed(rest))}."] if rest else []
        if any(each.hidden for each in asked):
            some.append(f"Antal under {data.profile.threshold} är dolda i den här versionen.")
        open_ = [each for each in asked if not each.hidden]
        text = " ".join([*some, *said.blank_questions(open_, data.complaints)])
    return Statement("Synpunkter och klagomål", big, text, (("#synpunkter", "Synpunkter och avvikelser"),))
