"""A doubt's place is the line where the words that it quotes begin, in every kind of file."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.states import READING
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
from vbdata.validate.places import at_cells, unread_of, whole

ROOT = Path(__file__).resolve().parents[1]
UNITS = sample_units(12)
#: Letters of a quotation that must stand at the place; the rest may be on the next line.
ENOUGH = 16


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


def misplaced(path: Path) -> list[tuple[str, Any, str]]:
    """Findings that quote the report, and quote nothing that stands at either of their places."""
    result = read_file(RawFile(path, path.name, named=True))
    lines = lines_of(path)
    return [
        (row["code"], place_of(row), row["message"])
        for row in (result.rows or {}).get("findings", ())
        if row["code"] not in READING and row["table"] != "reports"
        if place_of(row).line and quoted(row["message"])
        if not any(stands(words, lines, place) for words in said(row["message"]) for place in places(row))
    ]


def place_of(row: dict[str, Any]) -> Place:
    return Place(row["source_line"], row["source_page"])


def places(row: dict[str, Any]) -> Iterator[Place]:
    yield place_of(row)
    if row["other_line"] and row["other_report_id"] == row["report_id"]:
        yield Place(row["other_line"], row["other_page"])


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


def raised(path: Path) -> set[str]:
    rows = read_file(RawFile(path, path.name, named=True)).rows or {}
    return {row["code"] for row in rows["findings"]}


@settings(max_examples=20)
@given(dialect=st.sampled_from(DIALECTS), encoding=st.sampled_from(ENCODINGS), seed=st.integers(0, 10_000))
def test_in_every_dialect_of_text(dialect: str, encoding: str, seed: int) -> None:
    suffix = {"pipes": ".md", "html": ".md"}.get(dialect, ".txt")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"rapport{suffix}"
        path.write_bytes(encode(compose(doubtful(seed), dialect, (), seed).text(), encoding))
        assert misplaced(path) == []


@pytest.mark.parametrize("seed", [1, 2])
def test_in_word(seed: int, tmp_path: Path) -> None:
    write_word(compose(doubtful(seed), "docx", (), seed), tmp_path / "rapport.docx")
    assert misplaced(tmp_path / "rapport.docx") == []
    assert PLANTED & raised(tmp_path / "rapport.docx")


@pytest.mark.parametrize("maker", ["office", "chromium"])
def test_in_pdf(maker: str, tmp_path: Path) -> None:
    if maker not in makers():
        pytest.skip(f"{maker} is not installed")
    write_pdf(compose(doubtful(1), "pdf", (), 1), tmp_path / "rapport.pdf", maker)
    assert misplaced(tmp_path / "rapport.pdf") == []
    assert PLANTED & raised(tmp_path / "rapport.pdf")


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
