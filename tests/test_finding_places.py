"""A doubt's place is the line where the words that it quotes begin, in every kind of file."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.states import READING
from tests.factories import frame
from vbdata.extract import read
from vbdata.extract.decode import decode, to_lines
from vbdata.extract.document import (
    Block,
    Cell,
    Heading,
    ListItem,
    Paragraph,
    Place,
    Printed,
    StatusLine,
    Table,
    printed,
)
from vbdata.extract.markup import plain
from vbdata.ingest.files import RawFile
from vbdata.ingest.reading import read_file
from vbdata.normalise.noted import Noted, Other
from vbdata.parse.records import Report
from vbdata.sample import DIALECTS, ENCODINGS, Commission, compose, encode, sample_units, write_report
from vbdata.sample.pdf import makers, write_pdf
from vbdata.sample.word import write_word
from vbdata.validate import compare_reports
from vbdata.validate.places import at_cells, unread_of, whole

ROOT = Path(__file__).resolve().parents[1]
UNITS = sample_units(12)
#: Letters of a quotation that must stand at the place; the rest may be on the next line.
ENOUGH = 16
SUFFIXES = {"pipes": ".md", "html": ".md", "docx": ".docx", "pdf": ".pdf"}


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def lines_of(path: Path) -> list[Printed]:
    """All that a file prints below its cover, in order, a line or a table row each."""
    if path.suffix in (".txt", ".md"):
        return [
            Printed(plain(line.text), Place(line.number, line.page))
            for line in to_lines(decode(path.read_bytes()))
        ]
    found: dict[Place, str] = {}
    for part in (part for block in read(path).blocks for part in parts_of(block)):
        found[part.place] = f"{found.get(part.place, '')} {part.text}"
    ordered = sorted(found, key=lambda place: (place.page or 0, place.line or 0))
    return [Printed(found[place], place) for place in ordered]


def parts_of(block: Block) -> Iterator[Printed]:
    if isinstance(block, Table):
        yield from (part for row in block.rows for cell in row.cells for part in printed(cell))
    elif isinstance(block, Paragraph | ListItem):
        yield from printed(block)
    elif isinstance(block, Heading | StatusLine):
        yield Printed(block.text, block.place)


def quoted(message: str) -> list[str]:
    """The words that a message quotes, without what it leaves out of them."""
    found = (letters(text.removesuffix("…")) for text in re.findall("”([^”]+)”", message))
    return [text[:ENOUGH] for text in found if len(text) > 3]


def said(message: str) -> list[str]:
    """What a message quotes, and the numbers that it gives."""
    return [*quoted(message), *(letters(number) for number in re.findall(r"\d+(?:,\d+)?", message))]


def stands(words: str, lines: list[Printed], place: Place) -> bool:
    """Whether words begin on the line of a place."""
    at = next((number for number, line in enumerate(lines) if line.place == place), None)
    if at is None:
        return False
    here = letters(lines[at].text)
    begins = "".join(letters(line.text) for line in lines[at : at + 4]).find(words)
    return 0 <= begins < len(here)


def misplaced(*paths: Path) -> list[tuple[str, Any, str]]:
    """Findings that quote a report, and quote nothing that stands at either of their places.

    Findings of several reports are those that they raise about each other, and each has to quote what stands
    at both of its places; where something has been dropped, at the first.
    """
    read_rows = [rows_of(path) for path in paths]
    lines = {
        rows["reports"][0]["report_id"]: lines_of(path)
        for rows, path in zip(read_rows, paths, strict=True)
        if rows
    }
    return [
        (row["code"], place_of(row), row["message"])
        for row in found_in(read_rows)
        if row["code"] not in READING and row["table"] != "reports"
        if place_of(row).line and quoted(row["message"])
        if not (any if len(paths) == 1 else all)(
            any(stands(words, lines[report_id], place) for words in said(row["message"]))
            for report_id, place in places(row)
        )
    ]


@cache
def rows_of(path: Path) -> dict[str, Any]:
    return read_file(RawFile(path, path.name, named=True)).rows or {}


def found_in(read_rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if len(read_rows) == 1:
        return read_rows[0].get("findings", [])
    tables = {
        table: frame(table, [row for rows in read_rows for row in rows[table]])
        for table in ("reports", "goals", "indicators", "activities", "passages")
    }
    return compare_reports(tables)


def place_of(row: dict[str, Any]) -> Place:
    return Place(row["source_line"], row["source_page"])


def places(row: dict[str, Any]) -> Iterator[tuple[str, Place]]:
    yield row["report_id"], place_of(row)
    if row["other_line"] and not row["code"].endswith("dropped"):
        yield row["other_report_id"], Place(row["other_line"], row["other_page"])


SAMPLES = sorted((ROOT / "data/raw/sample").iterdir())


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_in_the_sample_reports(path: Path) -> None:
    assert misplaced(path) == []


def doubtful(seed: int) -> Report:
    """An invented report with doubts planted late in its texts."""
    unit = UNITS[seed % len(UNITS)]
    report = write_report(Commission(unit, unit.name, "VB", 2025), seed, 12)
    met = {goal.position for goal in report.goals if (goal.status_raw or "").startswith("Uppfylls helt")}
    said = "Enheten bedömer att målet är delvis uppnått."
    counted = "Under året har enheten mottagit 97 klagomål."
    passages = tuple(
        replace(each, text=f"{each.text} {said if each.goal else counted}", lines=())
        if each.section in ("analysis", "quality") and (each.goal in met or each.goal is None)
        else each
        for each in report.passages
    )
    return replace(report, passages=passages)


PLANTED = {"status_text_differs", "complaints_text_differ"}


def raised(*paths: Path) -> set[str]:
    return {row["code"] for row in found_in([rows_of(path) for path in paths])}


@settings(max_examples=20)
@given(dialect=st.sampled_from(DIALECTS), encoding=st.sampled_from(ENCODINGS), seed=st.integers(0, 10_000))
def test_in_every_dialect_of_text(dialect: str, encoding: str, seed: int) -> None:
    suffix = SUFFIXES.get(dialect, ".txt")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"rapport{suffix}"
        path.write_bytes(encode(compose(doubtful(seed), dialect, (), seed).text(), encoding))
        assert misplaced(path) == []


def test_in_word(tmp_path: Path) -> None:
    write_word(compose(doubtful(1), "docx", (), 1), tmp_path / "rapport.docx")
    assert misplaced(tmp_path / "rapport.docx") == []
    assert PLANTED & raised(tmp_path / "rapport.docx")


@pytest.mark.parametrize("maker", ["office", "chromium"])
def test_in_pdf(maker: str, tmp_path: Path) -> None:
    if maker not in makers():
        pytest.skip(f"{maker} is not installed")
    write_pdf(compose(doubtful(1), "pdf", (), 1), tmp_path / "rapport.pdf", maker)
    assert misplaced(tmp_path / "rapport.pdf") == []
    assert PLANTED & raised(tmp_path / "rapport.pdf")


LEFT = (
    "Gruppen byggde en bastu av drivved nere vid bryggan och invigde den med en egen visa. "
    "Stormen i mars gjorde att källaren fick tömmas och torkas under nästan tre veckors tid. "
    "Efteråt bestämdes att pumpen ska provas varje måndag av den som öppnar huset på morgonen."
)
#: What is added to the expected results and to the analyses of a plan, the report of it and the one before.
SAID = {
    ("VP", 2025): ("Minst 12 boende väljer en egen aktivitet. Husrådet prövar en hinderbana.", ""),
    ("VB", 2025): ("Minst 8 boende väljer en egen aktivitet.", LEFT),
    ("VB", 2024): ("", LEFT),
}
ACROSS = {"plan_expected_changed", "plan_expected_dropped", "text_left"}


def compared(dialect: str, seed: int, folder: Path) -> list[Path]:
    """A plan, its report and, but for PDF, the report before, with doubts late in their texts."""
    unit = UNITS[seed % len(UNITS)]
    found = []
    for (kind, year), (expected, analysis) in list(SAID.items())[: 2 if dialect == "pdf" else None]:
        more = {"expected_result": expected, "analysis": analysis}
        report = write_report(Commission(unit, unit.name, kind, year), seed, 12)
        passages = tuple(
            replace(each, text=f"{each.text} {more[each.section]}".strip(), lines=())
            if each.section in more
            else each
            for each in report.passages
        )
        found.append(folder / f"{kind}{year}{SUFFIXES.get(dialect, '.txt')}")
        composed = compose(replace(report, passages=passages), dialect, (), seed)
        if dialect == "docx":
            write_word(composed, found[-1])
        elif dialect == "pdf":
            write_pdf(composed, found[-1], "chromium")
        else:
            found[-1].write_bytes(encode(composed.text(), "utf-8"))
    return found


@pytest.mark.parametrize("dialect", [*DIALECTS, "docx", "pdf"])
def test_between_reports(dialect: str, tmp_path: Path) -> None:
    if dialect == "pdf" and "chromium" not in makers():
        pytest.skip("chromium is not installed")
    paths = compared(dialect, 3, tmp_path)
    assert misplaced(*paths) == []
    assert raised(*paths) >= (ACROSS if len(paths) > 2 else ACROSS - {"text_left"})


def test_a_doubt_about_a_cell_stands_on_the_cells_line() -> None:
    name = Cell("Andel nöjda", Place(4), None, (Printed("Andel", Place(4)), Printed("nöjda", Place(5))))
    value = Cell("85 %", Place(4), None, (Printed("85 %", Place(6)),))
    row = {"row_id": "x/i01", "value_raw": "85 %", "target_raw": "90 %"}
    rows = {"indicators": [row], "cells": [{"place": Place(4), "cells": (name, value)}]}
    found = [Noted("x", "indicators", "x/i01", Place(4), {}, column) for column in ("value", "target", None)]
    assert [noted.place.line for noted in at_cells(rows, found)] == [6, 4, 4]
    second = Noted(
        "x", "indicators", "x/i01", Place(9), {}, None, Other("indicators", "x/i01", Place(4), "value")
    )
    moved = at_cells(rows, [second])[0].other
    assert moved is not None and moved.place.line == 6
    twice = rows | {"cells": [{"place": Place(4), "cells": (name, value, value)}]}
    assert at_cells(twice, found)[0].place.line == 4, "two cells read alike: nobody knows which"


def test_a_row_of_which_words_were_left_out_may_have_filled_cells() -> None:
    row = {"name_raw": "Andel nöjda", "source_line": 4, "source_page": 2}
    here = Noted("columns_uncertain", "reports", None, Place(4, 2), {"detail": "”85 % 90 %”"})
    named = Noted("unknown_column", "reports", None, Place(1, 2), {"detail": "”Andel nöjda” 80 %"})
    other = Noted("columns_uncertain", "reports", None, Place(5, 2), {"detail": "”Andel trygga 85 %”"})
    formal = Noted("cover_field_missing", "reports", None, Place(4, 2), {"what": "Datum"})
    for noted, expected in ((here, True), (named, True), (other, False), (formal, False)):
        assert (not whole({"unread": unread_of([noted])}, [row])) is expected
