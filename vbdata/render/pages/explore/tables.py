"""What can be chosen, the rows chosen, and the hits of a search; each with its document, place and words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from vbdata import analyse, vocabulary
from vbdata.analyse.filters import filtered
from vbdata.analyse.search import parse_query, search
from vbdata.errors import ParameterError
from vbdata.normalise.corrections.rows import ROW_KEY
from vbdata.plot.formats import counted
from vbdata.render.pages.explore.data import TABLES, ExploreData
from vbdata.render.pages.explore.interactive import interactive
from vbdata.render.parts import addresses, sources
from vbdata.render.parts.components import callout, empty
from vbdata.render.parts.corrections import value_words
from vbdata.render.parts.html import Block, Html, element, join, slug
from vbdata.render.parts.originals import at_page
from vbdata.schema.labels import titles, with_labels
from vbdata.schema.tables import SCHEMAS

_HIDDEN = (
    "report_id", "row_id", "goal_id", "parent_goal_id", "indicator_id", "finding_id", "correction_id",
    "sha256", "position", "status_source", "source_page", "source_line", "entry_line",
)  # fmt: skip
_ANCHORED = ("goals", "indicators", "activities", "complaints")
"""Tables whose rows stand verbatim on the unit's page."""
_ON_PAGE = re.compile(r"^c0*(\d+)-\w+$")
"""A category's row id; on the page its periods stand in one row."""
CAVEATS = {
    "complaints": "Antal läggs aldrig ihop över blankettens frågor. En tom ruta är inte noll.",
    "goals": "Mål på olika nivåer läggs aldrig ihop.",
}


def overview(data: ExploreData) -> Block:
    """Units, years and kinds that there are, with the ids to write, and which are chosen now."""
    chosen = set(data.reports["report_id"])
    rows = []
    for _, report in analyse.chosen(data.all_reports).iterrows():
        now = "vald" if report["report_id"] in chosen else ""
        kind = vocabulary.label("kind", str(report["kind"]))
        named = [report["unit_name"], _code(report["unit_id"]), report["year"], kind]
        rows.append([*named, report["source"], now])
    said = f"{counted(len(chosen), 'rapport', 'rapporter')} av {len(rows)} är valda"
    columns = ["Enhet", "unit_id", "År", "Typ", "Dokument", "Vald"]
    names = join([_code(name) for name in TABLES], ", ")
    hint = element("p", Html("Tabellerna heter {}.").format(names), class_="muted")
    return Block(interactive(columns, rows, said) + hint)


def _code(text: object) -> Html:
    return element("code", str(text))


def rows(data: ExploreData, table: str, conditions: Sequence[str] = ()) -> Block:
    """The rows of a table that meet the conditions (see `analyse.filters`), each with its source.

    Raises
    ------
    ParameterError
        When there is no such table, or a condition does not fit it.
    """
    if table not in TABLES:
        raise ParameterError("okänd tabell", value=table, hint=f"tabellerna är {', '.join(TABLES)}")
    frame = _in_order(data, filtered(table, data.tables[table], conditions))
    said = f"{_title(table)}: {counted(len(frame), 'rad', 'rader')} av {len(data.tables[table])}"
    said += f" där {', '.join(conditions)}" if conditions else ""
    said += ". Kolumner utan innehåll är utelämnade" if len(frame) else ""
    if frame.empty:
        return Block(element("p", element("strong", said)) + empty("Ingen rad passar villkoren."))
    caveat = callout(CAVEATS[table]) if table in CAVEATS else Html("")
    return Block(interactive(*_with_sources(data, table, frame), said) + caveat)


def _in_order(data: ExploreData, frame: pd.DataFrame) -> pd.DataFrame:
    """Rows report by report, in the reports' order, else as they are."""
    rank = {report_id: i for i, report_id in enumerate(data.reports["report_id"])}
    return frame.loc[frame["report_id"].map(rank).sort_values(kind="stable").index]


def _title(table: str) -> str:
    """The table's name in Swedish."""
    return str(SCHEMAS[table].title)


def _with_sources(data: ExploreData, table: str, frame: pd.DataFrame) -> tuple[list[str], list[list[str]]]:
    """Headings and cells: unit and year, what the table says, corrections, document, place, words."""
    names = titles(table)
    raw = [column for column in frame.columns if column.endswith("_raw")]
    shown_already = (*raw, *_HIDDEN, *(("unit_name", "year", "source") if table == "reports" else ()))
    own = [name for name in frame.columns if name not in shown_already and frame[name].notna().any()]
    about = {str(row["report_id"]): row for _, row in data.reports.iterrows()}
    labelled = with_labels(table, frame)
    corrected, pages = _corrected(data, table, frame), _pages(data)
    cells = []
    for (_, row), (_, shown) in zip(frame.iterrows(), labelled.iterrows(), strict=True):
        report = about[str(row["report_id"])]
        row_id = str(row.get("row_id", row.get("goal_id", row["report_id"])))
        verbatim = " | ".join("" if pd.isna(row[c]) else " ".join(str(row[c]).split()) for c in raw)
        cells.append([
            report["unit_name"], report["year"], _source(data, pages.link(row, table, row_id), report, row),
            *([corrected.get(row_id, "")] if corrected else []),
            *[_shown(shown[column]) for column in own],
            *([element("span", verbatim, class_="ordagrant")] if raw else []), _code(row_id),
        ])  # fmt: skip
    heads = ["Enhet", "År", "Källa", *(["Rättat"] if corrected else []), *[names[column] for column in own]]
    return [*heads, *(["Ordagrant"] if raw else []), "Id"], cells


def _source(data: ExploreData, place: Html, report: pd.Series, row: pd.Series) -> Html:
    """The place, and under it the document, a PDF opened at the page of the row."""
    name, address = str(report["source"]), data.originals.get(str(report["report_id"]))
    if address:
        where = at_page(address, row.get("source_page"))
        name = element("a", name, href=where, target="_blank", rel="noopener")
    document = element("span", name, class_="lvl")
    return element("div", place + document, class_="kall")


def _shown(value: Any) -> str:
    if pd.isna(value):
        return ""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, float):
        return repr(float(value)).removesuffix(".0").replace(".", ",")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def _corrected(data: ExploreData, table: str, frame: pd.DataFrame) -> dict[str, str]:
    """Row id → what has been corrected in the row, why and by whom; of the frame's rows."""
    found: dict[str, list[str]] = {}
    corrections = data.tables["corrections"]
    key = ROW_KEY.get(table, "row_id")
    mine = (corrections["table"] == table) & corrections["row_id"].isin(frame.get(key, []))
    for _, row in corrections[mine].iterrows():
        title = titles(str(row["table"]))[str(row["column"])]
        who = f"{row['reason']} ({row['decided_by']}, {row['date']})"
        said = f"{title}: i dokumentet läst {value_words(row, 'old')}. {who}"
        found.setdefault(str(row["row_id"]), []).append(said)
    return {row_id: " ".join(said) for row_id, said in found.items()}


@dataclass(frozen=True, slots=True)
class _Pages:
    """The reports' own pages that have been made: report id → address."""

    addresses: dict[str, str]

    def link(self, row: pd.Series, table: str, row_id: str) -> Html:
        """«s. 7, rad 4», leading to the row on the unit's page where the page has been made."""
        if "source_line" not in row:
            return Html("")
        place = sources.place(row)
        address = self.addresses.get(str(row["report_id"]))
        if address is None or table not in _ANCHORED:
            return Html("{}").format(place)
        mark = slug(_ON_PAGE.sub(r"c\1", row_id.split("/", 1)[-1]))
        return element("a", place, href=f"{address}#k-{mark}", target="_blank", rel="noopener")


def _pages(data: ExploreData) -> _Pages:
    found: dict[str, str] = {}
    if data.pages is None:
        return _Pages(found)
    for year in sorted({int(year) for year in data.reports["year"]}):
        main = analyse.one_per_unit(data.all_reports, year).set_index("unit_id")["kind"].astype(str)
        for _, report in data.reports[data.reports["year"] == year].iterrows():
            page = addresses.report_page(report, [main[report["unit_id"]]])
            if (data.pages / page).is_file():
                found[str(report["report_id"])] = f"{data.pages.as_posix()}/{page}"
    return _Pages(found)


def hits(data: ExploreData, query: str, whole_words: bool = False) -> Block:
    """Hits in the running text, in context, each with its place; see `analyse.search` for the query."""
    wanted = parse_query(query, whole_words)
    found = _in_order(data, search(data.tables, wanted))
    where = counted(found["report_id"].nunique(), "rapport", "rapporter")
    said = f"{counted(len(found), 'träff', 'träffar')} på {query} i {where}"
    if found.empty:
        return Block(element("p", element("strong", said)) + empty("Ingen text har alla orden."))
    about = {str(row["report_id"]): row for _, row in data.reports.iterrows()}
    pages, cells = _pages(data), []
    for _, hit in found.iterrows():
        report = about[str(hit["report_id"])]
        text = Html("{}<mark>{}</mark>{}").format(hit["before"], hit["hit"], hit["after"])
        place = pages.link(hit, str(hit["table"]), str(hit["row_id"]))
        cells.append(
            [report["unit_name"], report["year"], _source(data, place, report, hit), _where(hit), text]
        )
    columns = ["Enhet", "År", "Källa", "Står under", "Träffen i sitt sammanhang"]
    return Block(interactive(columns, cells, said))


def _where(hit: pd.Series) -> str:
    """The section of a passage, else what kind of text it is, and its heading."""
    kinds = {"indicators": "Analys av indikator", "activities": "Analys av aktivitet",
             "complaints": "Kommentar i blanketten"}  # fmt: skip
    kind = kinds.get(str(hit["table"]))
    if kind is None:
        kind = "" if pd.isna(hit["section"]) else vocabulary.label("section", str(hit["section"]))
    heading = "" if pd.isna(hit["heading"]) else str(hit["heading"])
    return ": ".join(part for part in dict.fromkeys((kind, heading)) if part)
