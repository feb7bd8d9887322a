"""Each printed line of a passage, an Analys and a comment keeps its place, from the file into the records."""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import factories as make
import pypdfium2 as pdfium
import pytest
import raw_pdf as raw
from docx import Document as open_word
from hypothesis import given
from hypothesis import strategies as st

from vbdata.extract import read
from vbdata.extract.decode import Line, decode, to_lines
from vbdata.extract.document import Cell, Document, Paragraph, Place, Printed, Row, Table, printed, relined
from vbdata.extract.headers import columns_of
from vbdata.extract.markup import plain
from vbdata.extract.pdf.pages import read_page
from vbdata.extract.pdf.printed import shown
from vbdata.extract.text import with_lines
from vbdata.normalise.people import without_people
from vbdata.parse import parse
from vbdata.parse.records import LINES, Passage, Report
from vbdata.parse.rows import table_rows
from vbdata.sample import (
    DIALECTS,
    ENCODINGS,
    TRAPS,
    Commission,
    compose,
    encode,
    sample_units,
    trap,
    write_report,
)
from vbdata.sample.word import write_word

SAMPLE = Path(__file__).resolve().parents[1] / "data/raw/sample"
UNITS = sample_units(12)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def letters(text: str) -> str:
    """What is left of a text where words may be broken and marked up."""
    return re.sub(r"[\W_]+", "", text)


def texts_of(report: Report) -> Iterator[tuple[Any, str, tuple[Printed, ...]]]:
    """Each record with a text that has lines, the text and the lines."""
    for record in (*report.passages, *report.indicators, *report.activities, *report.complaints):
        for name, whole in LINES.items():
            if hasattr(record, name):
                yield record, getattr(record, whole) or "", getattr(record, name)


def unlike(report: Report) -> list[str]:
    """Texts that are not their printed lines joined."""
    return [
        text
        for _, text, lines in texts_of(report)
        if letters(text) != letters("".join(line.text for line in lines))
    ]


def elsewhere(report: Report, source: dict[Any, str]) -> list[Printed]:
    """Printed lines of which a word does not stand where they say."""
    return [
        line
        for _, _, lines in texts_of(report)
        for line in lines
        if any(letters(word) not in source[line.place] for word in re.split(r"[\s-]+", line.text))
    ]


def source_of(data: bytes) -> dict[Place, str]:
    """The letters of each line of a text."""
    found: dict[Place, str] = defaultdict(str)
    for line in to_lines(decode(data)):
        found[Place(line.number, line.page)] += letters(plain(line.text))
    return found


def read_back(data: bytes, suffix: str) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"rapport{suffix}"
        path.write_bytes(data)
        return parse(read(path))


def faults(kind: str, year: int, dialect: str, traps: list[str], encoding: str, seed: int) -> list[Any]:
    unit = UNITS[seed % len(UNITS)]
    report = write_report(Commission(unit, unit.name, kind, year), seed, 12)
    data = encode(compose(report, dialect, traps, seed).text(), encoding)
    got = read_back(data, {"pipes": ".md", "html": ".md"}.get(dialect, ".txt"))
    assert got.passages
    return [*unlike(got), *elsewhere(got, source_of(data))]


# ---------------------------------------------------------------------------- every kind of file


@pytest.mark.parametrize("kind", ["VB", "VP"])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_line_of_a_text_stands_where_it_says(dialect: str, kind: str):
    assert faults(kind, 2025, dialect, [], "utf-8", 1) == []


@given(
    kind=st.sampled_from(("VB", "VP")),
    year=st.integers(2022, 2026),
    dialect=st.sampled_from(DIALECTS),
    traps=st.sets(st.sampled_from(TRAPS), max_size=4),
    encoding=st.sampled_from(ENCODINGS),
    seed=st.integers(0, 10_000),
)
def test_any_text_keeps_its_places(
    kind: str, year: int, dialect: str, traps: set[str], encoding: str, seed: int
):
    fitting = sorted(name for name in traps if dialect in trap(name).dialects)
    assert faults(kind, year, dialect, fitting, encoding, seed) == []


@pytest.mark.parametrize("path", sorted(SAMPLE.iterdir()), ids=lambda path: path.name)
def test_the_lines_of_a_sample_file_are_its_texts(path: Path):
    assert unlike(parse(read(path))) == []


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("*.pdf")), ids=lambda path: path.name)
def test_each_line_of_a_pdf_stands_where_it_says(path: Path):
    source: dict[Place, str] = defaultdict(str)
    with pdfium.PdfDocument(path) as document:
        for index in range(len(document)):
            page, characters = read_page(document, index)
            for word in page.words:
                source[Place(word.line, page.number)] += letters(shown(word.text))
            characters.close()
    report = parse(read(path))
    assert elsewhere(report, source) == []


@pytest.mark.parametrize("kind", ["VB", "VP"])
def test_each_line_of_a_word_file_stands_where_it_says(tmp_path: Path, kind: str):
    unit = UNITS[0]
    made = write_report(Commission(unit, unit.name, kind, 2025), 3, 12)
    path = tmp_path / "rapport.docx"
    write_word(compose(made, "docx", [], 3), path)
    report = parse(read(path))
    body = open_word(str(path)).element.body
    parts = [
        part
        for part in body.iter(f"{W}p", f"{W}tr")
        if part.tag == f"{W}tr" or next(part.iterancestors(f"{W}tr"), None) is None
    ]
    source = {Place(number): letters("".join(part.itertext(f"{W}t"))) for number, part in enumerate(parts, 1)}
    assert elsewhere(report, source) == []
    assert unlike(report) == []


# ---------------------------------------------------------------------------- a text's tables

CELL = "Arbetet med delaktighet fortsätter under hösten"
TABLES = [  # lines of the source, the cell's text, the lines that it stands on
    ("flat", ["Arbetet med delaktighet fortsätter under hösten"], CELL, []),
    ("wrapped", ["Arbetet med", "delaktighet fortsätter", "under hösten"], CELL, [1, 2, 3]),
    ("apart", ["Arbetet med", "", "delaktighet fortsätter under hösten"], CELL, [1, 3]),
    ("hyphen", ["Arbetet med delaktig-", "het fortsätter under hösten"], CELL, [1, 2]),
    ("hyphen kept", ["Nya APT-", "möten"], "Nya APT-möten", []),
    ("broken", ["nämnd/s", "tyrelse"], "nämnd/styrelse", []),
    (
        "beside others",
        [
            "Arbetet med    85 %   Målet nås",
            "delaktighet    VB    i år.",
            "fortsätter           under hösten",
        ],
        CELL,
        [1, 2, 3],
    ),
    ("marked up", ["| **Arbetet med**", "delaktighet <br> fortsätter under &nbsp; hösten |"], CELL, [1, 2]),
    ("page foot", ["Arbetet med", "Sida 3 av 9", "delaktighet fortsätter under hösten"], CELL, [1, 3]),
    (
        "page foot and a long header",
        ["Arbetet med", "Sida 3 av 9", *["Utfall"] * 20, "delaktighet fortsätter under hösten"],
        CELL,
        [1, 23],
    ),
    (
        "a header that begins as the text",
        ["Analys", "Utfall", "män", *["x"] * 15, "Utfallet är bra"],
        "Analys\nUtfallet är bra",
        [1, 19],
    ),
    (
        "a word of it in between",
        ["Arbetet med", "    85 % med delaktighet av ett annat slag", "delaktighet fortsätter under hösten"],
        CELL,
        [1, 3],
    ),
    ("torn on one line", ["|Arbetet med|fortsätter|", "x"], "fortsätter Arbetet med", []),
    ("not there", ["Arbetet med", "delaktighet är viktigt"], CELL, []),
]


@pytest.mark.parametrize(("name", "source", "text", "expected"), TABLES)
def test_a_cell_is_found_line_by_line(name: str, source: list[str], text: str, expected: list[int]):
    table = Table((Row.of((text,), Place(1)),), Place(1))
    (found,) = with_lines([table], [Line(i, line) for i, line in enumerate(source, 1)])
    assert isinstance(found, Table)
    cell = found.rows[0].cells[0]
    numbers = [line.place.line for line in cell.lines]
    assert numbers == expected
    assert letters("".join(line.text for line in printed(cell))) == letters(text)


def test_an_empty_part_has_no_lines():
    assert printed(Cell(" ", Place(3))) == ()


# ---------------------------------------------------------------------------- an Analys

ANALYSES = [  # lines of the cell, the text of the Analys, its places
    (["Analys", "Målet nås.", "Fler svarar."], [("Målet nås.", 8), ("Fler svarar.", 9)]),
    (["Analys Målet nås.", "Fler svarar."], [("Målet nås.", 7), ("Fler svarar.", 8)]),
    (["Analys: Målet nås."], [("Målet nås.", 7)]),
    (["Analys"], []),
]


@pytest.mark.parametrize(("lines", "expected"), ANALYSES)
def test_the_word_analys_is_no_line_of_it(lines: list[str], expected: list[tuple[str, int]]):
    head = Row.of(("Aktivitet", "Startdatum", "Slutdatum", "Avvikelse"), Place(4))
    dated = Row.of(("Öva larm", "2025-01-01", "2025-12-31", ""), Place(5))
    where = [Printed(line, Place(7 + i)) for i, line in enumerate(lines)]
    analysis = Row(
        (Cell("\n".join(lines), Place(7), lines=tuple(where)), *[Cell("", Place(7))] * 3), Place(7)
    )
    columns = columns_of(head.texts)
    assert columns is not None
    (activity,) = table_rows((dated, analysis), columns, None, [])
    assert [(line.text, line.place.line) for line in activity.analysis_lines] == expected


# ---------------------------------------------------------------------------- over the end of a page


def body(y: float = 60, count: int = 6) -> bytes:
    """Running text, so that the page has a usual size of letters."""
    line = "Arbetsgruppen har prövat ett nytt schema och följer upp det varje månad med alla som berörs"
    return b"".join(raw.words(50, y + 14 * n, line, 10) for n in range(count))


def read_pages(folder: Path, *pages: bytes) -> Document:
    path = folder / "rapport.pdf"
    path.write_bytes(raw.pdf(pages))
    return read(path)


def test_a_row_that_goes_on_on_the_next_page_has_lines_of_both(tmp_path: Path):
    xs = (50, 300, 400, 500)
    titles = ("Aktivitet", "Startdatum", "Slutdatum")
    first = body() + b"".join(raw.stroke(50, y, 500, y) for y in (700, 720))
    first += b"".join(raw.stroke(x, 700, x, 790) for x in xs)
    first += raw.filled(xs, (700, 720), [titles, ("Gården får nya", "2025-01-01", "2025-12-31")])
    second = b"".join(raw.stroke(50, y, 500, y) for y in (100, 130))
    second += b"".join(raw.stroke(x, 60, x, 130) for x in xs) + body(150)
    rest = [("odlingslådor", "", ""), ("Köket byter spis", "2025-02-01", "2025-03-31")]
    found = read_pages(tmp_path, first, second + raw.filled(xs, (60, 100), rest))
    row = next(block for block in found.blocks if isinstance(block, Table)).rows[-1]
    assert row.cells[0].text == "Gården får nya odlingslådor"
    assert [line.place for line in row.cells[0].lines] == [Place(8, 1), Place(1, 2)]


def test_a_paragraph_that_goes_on_on_the_next_page_has_lines_of_both(tmp_path: Path):
    text = "En mening som fortsätter på nästa sida eftersom den är för lång för att få rum på"
    rest = raw.words(50, 60, "den här sidan.", 10) + body(100)
    found = read_pages(tmp_path, body() + raw.words(50, 144, text, 10), rest)
    last = [block for block in found.blocks if isinstance(block, Paragraph) and block.place.page == 1][-1]
    assert last.text.endswith("rum på den här sidan.")
    assert [line.place for line in last.lines][-2:] == [Place(7, 1), Place(1, 2)]


# ---------------------------------------------------------------------------- masked and changed texts


@pytest.mark.parametrize(
    ("lines", "text", "expected"),
    [
        (["ett två", "tre"], "ett två tre", ["ett två", "tre"]),
        (["Ring Ann", "Alm nu"], "Ring [namn] nu", ["Ring [namn]", "nu"]),
        (["Ring An-", "nika Alm"], "Ring [namn]", ["Ring [namn]"]),
        (["ett"], "", []),
        ([], "ett", []),
    ],
)
def test_a_changed_text_keeps_its_lines(lines: list[str], text: str, expected: list[str]):
    found = relined([Printed(line, Place(i)) for i, line in enumerate(lines)], text)
    assert [line.text for line in found] == expected


@given(st.lists(st.text("abc ", min_size=1).filter(str.strip), min_size=1), st.text("abcd "))
def test_relined_gives_the_words_of_the_new_text_and_no_others(lines: list[str], text: str):
    found = relined([Printed(line, Place(i)) for i, line in enumerate(lines)], text)
    assert " ".join(line.text for line in found).split() == text.split()
    assert [line.place.line for line in found] == sorted({line.place.line for line in found})


def test_a_name_that_goes_over_the_end_of_a_line_is_masked_in_the_lines():
    lines = Printed("Fråga Annika", Place(5)), Printed("Almgren på måndag.", Place(6))
    passage = Passage(1, None, "summary", "", "Fråga Annika Almgren på måndag.", Place(5), lines)
    report = make.report(cover=make.cover(officials=("Annika Almgren",)), passages=(passage,))
    (masked,) = without_people(report).passages
    assert "Almgren" not in repr(masked)
    assert [(line.text, line.place.line) for line in masked.lines] == [("Fråga [namn]", 5), ("på måndag.", 6)]
