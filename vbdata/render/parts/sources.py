"""From a number to its place in the document: «rad 134», and the verbatim text at the end of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from vbdata.analyse.own_words import OwnWords
from vbdata.render.parts.components import BRIEF, FORM
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Html, element, hidden, join, slug
from vbdata.render.parts.originals import at_page
from vbdata.schema.tables import PERIODS

HOW_TO_READ = "Radnumren gäller varje dokuments text. Lodstreck skiljer tabellens celler åt."
"""Above the rows of several documents."""
PLACE = ("source_page", "source_line")
_OUTCOMES = ("value", "value_men", "value_women", "value_previous")
_INDICATOR = ("name", *_OUTCOMES, "target", "council_target")


@dataclass(frozen=True, slots=True)
class Source:
    """One row of the document: `anchor` ends its id, `back` is the section that it is shown in."""

    anchor: str
    place: str
    verbatim: str
    order: tuple[float, float]
    back: str
    marks: str = ""
    """HTML beside the place: that the row has been corrected."""


def place(row: pd.Series) -> str:
    """Where a row was read.

    >>> place(pd.Series({"source_page": 7, "source_line": 4}))
    's.\\xa07, rad\\xa04'
    """
    page, line = row["source_page"], row["source_line"]
    parts = []
    if pd.notna(page):
        parts.append(f"s.\u00a0{page}")
    if pd.notna(line):
        parts.append(f"rad\u00a0{line}")
    return ", ".join(parts) or "rad saknas"


def second_place(row: pd.Series) -> str:
    """The other place of a finding that is about two, in the same document or another; else nothing.

    >>> here = {"report_id": "2025-vb-x", "source_page": None, "source_line": 4, "other_page": None}
    >>> second_place(pd.Series({**here, "other_line": 9, "other_report_id": "2025-vb-x"}))
    'jämför rad\\xa09'
    >>> second_place(pd.Series({**here, "other_line": 9, "other_report_id": "2025-vp-x"}))
    'jämför rad\\xa09 i det andra dokumentet'
    """
    if pd.isna(row["other_line"]) and pd.isna(row["other_page"]):
        return ""
    other = {"source_page": row["other_page"], "source_line": row["other_line"]}
    where = place(pd.Series(other, dtype=object))
    own = pd.isna(row["other_report_id"]) or row["other_report_id"] == row["report_id"]
    same = own and where == place(row)
    return "" if same else f"jämför {where}{'' if own else ' i det andra dokumentet'}"


def anchor(row: pd.Series, row_id: str, prefix: str = "") -> str:
    """The end of a row's ids on the page: unique within it."""
    return prefix + slug(str(row_id).removeprefix(f"{row['report_id']}/"))


def goal_source(row: pd.Series, prefix: str = "") -> Source:
    """A goal's heading and status line."""
    return _source(row, str(row["goal_id"]), (row["title_raw"], row["status_raw"]), "mal", prefix)


def indicator_source(row: pd.Series, prefix: str = "") -> Source:
    """An indicator's cells."""
    blank = all(pd.isna(row[f"{name}_raw"]) or not row[f"{name}_raw"] for name in _OUTCOMES)  # as in a plan
    names = [name for name in _INDICATOR if not blank or name not in _OUTCOMES]
    cells = [row[f"{name}_raw"] for name in names]
    return _source(row, str(row["row_id"]), (*cells, row["period"]), "indikatorer", prefix)


def activity_source(row: pd.Series, prefix: str = "") -> Source:
    """An activity's cells."""
    cells = (row["title_raw"], row["start_raw"], row["end_raw"])
    return _source(row, str(row["row_id"]), cells, "aktiviteter", prefix)


def complaint_source(row: pd.Series) -> Source:
    """A category's cells, the group first."""
    cells = (row["group_raw"], row["category_raw"], *(row[f"{period}_raw"] for period in PERIODS))
    return _source(row, complaint_id(row), cells, FORM[0])


def words_source(said: OwnWords) -> Source:
    """A text of the unit that the page quotes."""
    where = dict(zip(PLACE, (said.source_page, said.source_line), strict=True))
    known = [str(each) for each in where.values() if each is not None]
    end = "t" + ("-".join(known) or slug(said.quote)[:40])
    order = tuple(float("inf") if each is None else float(each) for each in where.values())
    shown = place(pd.Series(where, dtype=object))
    return Source(end, shown, said.quote, (order[0], order[1]), BRIEF[0])


def quoted(said: OwnWords, place: Html) -> Html:
    """«Enheten: ”…” (rad 7)», inside a sentence."""
    return Html("Enheten: ”{}” ({})").format(said.quote, place)


def complaint_id(row: pd.Series) -> str:
    """The id of a category's row of the form, for all its periods."""
    return f"{row['report_id']}/c{int(row['position'])}"


def _source(row: pd.Series, row_id: str, cells: Iterable[object], back: str, prefix: str = "") -> Source:
    texts = ["" if pd.isna(cell) else " ".join(str(cell).split()) for cell in cells]  # type: ignore[call-overload]
    end = anchor(row, row_id, prefix)
    order = tuple(
        float("inf") if pd.isna(row[name]) else float(row[name]) for name in ("source_page", "source_line")
    )
    return Source(
        end,
        place(row),
        " | ".join(texts),
        (order[0], order[1]),
        back,
        str(row.get("marks") or ""),
    )


def row_sources(data: UnitData) -> dict[str, Source]:
    """Row id → its source, for every row that the source list has."""
    found = {str(row["goal_id"]): goal_source(row) for _, row in data.goals.iterrows()}
    found |= {str(row["row_id"]): indicator_source(row) for _, row in data.indicators.iterrows()}
    found |= {str(row["row_id"]): activity_source(row) for _, row in data.activities.iterrows()}
    for _, row in complaint_rows(data).iterrows():
        found |= {str(row_id): complaint_source(row) for row_id in row["row_ids"]}
    return found


def doubted(data: UnitData) -> set[str]:
    """Rows with a finding or a correction."""
    return {str(row_id) for frame in (data.findings, data.corrections) for row_id in frame["row_id"].dropna()}


def complaint_rows(data: UnitData) -> pd.DataFrame:
    """Categories with a figure or a finding: the blank ones need no verbatim row."""
    frame = data.complaints
    about = doubted(data)
    marked = frame["row_ids"].map(lambda ids: bool(about & set(ids))).astype(bool)
    return frame[frame[list(PERIODS)].notna().any(axis=1) | marked]


def link(source: Source) -> Html:
    """«rad 134», leading to the verbatim text."""
    shown = element("a", source.place, href=f"#k-{source.anchor}")
    return shown + Html(" ") + Html(source.marks) if source.marks else shown  # made by `with_marks`


def source_list(sources: Iterable[Source], original: str = "") -> Html:
    """The verbatim rows in the document's order, each leading to its page of the original, if there."""
    items = []
    for source in sorted(sources, key=lambda each: each.order):
        back = element(
            "a", "Tillbaka" + hidden(f" från {source.place}"), class_="back", href=f"#{source.back}"
        )
        line = element("span", _in_original(source, original), class_="ln")
        items.append(element("li", line + element("q", source.verbatim) + back, id=f"k-{source.anchor}"))
    return element("ol", join(items), class_="kalla")


def _in_original(source: Source, original: str) -> Html:
    page = source.order[0]
    if not original or page == float("inf"):
        return Html("{}").format(source.place)
    shown = source.place + hidden(", öppna pdf-filen på sidan")
    return element("a", shown, href=at_page(original, page), target="_blank", rel="noopener")
