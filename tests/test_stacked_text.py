"""Text with a cell per line, or with rows that nothing parts: what is sure is read, the rest is left out."""

from __future__ import annotations

from pathlib import Path

from tests.test_roundtrip import differences, misread, number, read_back
from vbdata.extract import read
from vbdata.parse.cover import parse_cover
from vbdata.sample.composed import Composed

TABLES = ("cover.", "indicators", "activities", "complaints", "form")
VALUES = ("value", "value_men", "value_women", "value_previous", "target", "council_target")
COVER = "Verksamhetsberättelse 2025 \nEnheten Solgläntans gruppbostäder \n"
FORM = (
    "Redovisning av synpunkter och klagomål \nUppdelning Klagomål/synpunkter/kategorier Utfall T1 Utfall T2 "
    "\nUtfall VB Totalt ack. Utfall Sammanfattning och planerade åtgärder \n"
)
GOALS = (
    "KF:s inriktningsmål: 1. Ett Stockholm som håller samman med en stark och jämlik välfärd i hela staden \n"
)
ANALYSES = (".analysis:",)


def wrong_cells(composed: Composed, text: str) -> list[str]:
    """What the tables say otherwise than the report; running text is not compared, nothing parts it."""
    got, frames = read_back(text.encode(), ".txt")
    found = differences(composed.printed, got, marks=False) + misread(composed.meaning, frames)
    return [each for each in found if each.startswith(TABLES) and not any(part in each for part in ANALYSES)]


def meant(composed: Composed, name: str, column: str) -> set[float | None]:
    """What the report says in a column, in every row of this name."""
    rows = (each for each in composed.meaning.indicators if each.name_raw == name)
    return {number(getattr(each, f"{column}_raw")) for each in rows}


def test_a_title_that_wraps_after_for_has_its_unit_on_the_next_line(tmp_path: Path) -> None:
    text = "Verksamhetsberättelse VB 2025 för \nSolgläntans gruppbostäder \nInnehållsförteckning \n"
    text += "".join(
        f"{title} . . . . {page} \n" for page, title in ((3, "Inledning"), (9, "Ekonomi"), (9, "Övrigt"))
    )
    path = tmp_path / "rapport.txt"
    path.write_text(f"{text}Inledning \nEtt år med många möten. \n{GOALS}", encoding="utf-8")
    assert parse_cover(read(path)).unit_name == "Solgläntans gruppbostäder"
