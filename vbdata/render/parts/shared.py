"""Pages that are passed on: what they leave out, said on the page, and complaints without figures.

Everything that could be worked out from suppressed counts (figures, shares, comparisons) is left out with
them: a page function sees only what `analyse.disclosure` leaves.
"""

from __future__ import annotations

from collections import Counter

import pandas as pd

from vbdata import analyse
from vbdata.analyse.disclosure import Profile, is_hidden
from vbdata.plot.formats import EN_DASH, counted, listed, number
from vbdata.render.parts.components import Statement, callout, details, empty, lead, section
from vbdata.render.parts.data import UnitData, YearData
from vbdata.render.parts.html import Block, Html, element, missing
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.schema.tables import PERIODS
from vbdata.vocabulary import UNREAD, is_unread

HEADING = "Synpunkter, klagomål och avvikelser"
_TITLES = {"T1": "Tertial\u00a01", "T2": "Tertial\u00a02", "VB": "VB", "total": "Summa"}
_STATES = (
    ("filled", "har fyllt i blanketten"),
    ("empty", "har en tom blankett"),
    ("unread", "har en blankett vars antal inte har kunnat läsas"),
    ("missing", "saknar blankett"),
)
"""States of a form (`form_state`), and what is said of a unit whose form is so."""


def notice(profile: Profile) -> Html:
    """What the page leaves out; nothing for a page that shows all."""
    if not profile.shared:
        return Html("")
    said = (
        f"Antal under {profile.threshold} är dolda, och även tal som skulle avslöja dem. Noll visas. "
        "Antal ur tertialrapporter visas inte, eftersom de med årets tal avslöjar de sista månadernas. "
        "Andelar visas i hela procent och inte efter kön. Enheternas egna mål, aktiviteter och indikatorer "
        "står som nummer. Kommentarer, analyser, löpande text och anmärkningarnas ord är utelämnade, liksom "
        "plan och utfall, figurer och jämförelser av antal ärenden."
    )
    return callout(element("strong", "Version för delning.") + f" {said}")


def unit_complaints(data: UnitData) -> Block:
    """A unit's form as a table: counts, blanks, and what is hidden."""
    frame = data.complaints
    state = analyse.form_state(frame)
    if state != "filled":
        return section("synpunkter", HEADING, empty(statement(data).big + ".", statement(data).text))
    said = lead(
        f"”Dold” betyder att talet är under {data.profile.threshold} eller skulle avslöja ett sådant tal.",
        f"{EN_DASH} betyder att rutan är tom i dokumentet. Tom ruta är inte samma sak som noll.",
        "Frågorna räknar samma händelser på olika sätt och ska inte läggas ihop.",
    )
    texts = frame[[f"{period}_raw" for period in PERIODS]].map(is_hidden)
    filled = frame[list(PERIODS)].notna().any(axis=1) | texts.any(axis=1)
    rest = frame[~filled]
    shown = _form("Kategorier som är ifyllda", frame[filled])
    opened = _form("Tomma kategorier", rest) if len(rest) else Html("")
    closed = (
        details(f"Visa {counted(len(rest), 'tom kategori', 'tomma kategorier')}", opened) if len(rest) else ""
    )
    return section("synpunkter", HEADING, said, shown, closed)


def _form(caption: str, frame: pd.DataFrame) -> Html:
    columns = [Column("Kategori"), *[Column(_TITLES[period], "num") for period in PERIODS]]
    groups = [
        Group(
            [
                Row(str(row["category"]), [Cell(count(row, period)) for period in PERIODS])
                for _, row in part.iterrows()
            ],
            str(group),
        )
        for group, part in frame.groupby("group", sort=False)
    ]
    return table(caption, columns, groups, css="stack grid3 g4")


def count(row: pd.Series, period: str) -> Html:
    """A count, a dash for a blank, or «dold»."""
    if is_hidden(row[f"{period}_raw"]):
        return element("span", "dold", class_="muted")
    if is_unread(row[f"{period}_raw"]):
        return element("span", UNREAD, class_="muted")
    if pd.isna(row[period]):
        return missing("tom ruta")
    return Html("{}").format(number(int(row[period])))


def statement(data: UnitData) -> Statement:
    """The third of «Läget i korthet»."""
    state = analyse.form_state(data.complaints)
    big = {
        "missing": "Blanketten för synpunkter och klagomål saknas",
        "empty": "Blanketten finns men är tom",
        "unread": "Blankettens antal har inte kunnat läsas",
        "filled": "Blanketten för synpunkter och klagomål är ifylld",
    }[state]
    text = {
        "missing": "Det betyder inte att inga synpunkter har kommit in.",
        "empty": "En tom ruta är inte samma sak som noll.",
        "unread": "Blanketten är ifylld, men filens text visar inte i vilka rutor.",
        "filled": f"Antal ärenden under {data.profile.threshold} är dolda i den här versionen.",
    }[state]
    return Statement("Synpunkter och klagomål", big, text, (("#synpunkter", "Synpunkter och avvikelser"),))


def year_complaints(data: YearData) -> Block:
    """How many units have filled in the form; their counts stand on their own pages."""
    judged = data.reports[data.reports["kind"] != "VP"]
    said = lead(
        states(data, judged),
        "Antalen visas på enheternas egna sidor. Här jämförs de inte, eftersom små tal är dolda.",
    )
    return section("synpunkter", HEADING, said)


def states(data: YearData, judged: pd.DataFrame) -> str:
    """How many units' forms are filled in, empty or missing, in words."""
    found = Counter(
        analyse.form_state(data.complaints[data.complaints["report_id"] == report_id])
        for report_id in judged["report_id"]
    )
    said = forms_in_words(found)
    return f"{said}." if said else "Inga blanketter är inlästa."


def forms_in_words(states: Counter[str]) -> str:
    """How many units' forms are in each state."""
    return listed(
        [f"{counted(states[state], 'enhet', 'enheter')} {words}" for state, words in _STATES if states[state]]
    )
