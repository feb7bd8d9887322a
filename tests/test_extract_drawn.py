"""Tables that are drawn with characters or aligned by white space: the same rows come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import frames as typed
from tests.redrawn import DRAWN, redrawn
from tests.test_roundtrip import SUFFIX, differences, misread
from vbdata.extract import read
from vbdata.extract.document import Table
from vbdata.normalise import normalise
from vbdata.parse import parse
from vbdata.sample import Commission, compose, sample_units, write_report

UNITS = sample_units(6)


def tables_of(text: str, folder: Path) -> list[list[tuple[str, ...]]]:
    path = folder / "r.txt"
    path.write_text(text, encoding="utf-8")
    return [[row.texts for row in b.rows] for b in read(path).blocks if isinstance(b, Table)]


@pytest.mark.parametrize("kind", ["VB", "VP"])
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("style", DRAWN)
def test_a_report_with_drawn_tables_comes_back(tmp_path: Path, style: str, seed: int, kind: str):
    report = write_report(Commission(UNITS[seed], UNITS[seed].name, kind, 2023 + seed), seed, 12)
    composed = compose(report, "pipes", [], seed)
    path = tmp_path / f"rapport{SUFFIX['pipes']}"
    path.write_text(redrawn(composed.text(), DRAWN[style]), encoding="utf-8")
    document = read(path)
    got = parse(document)
    frames = typed(normalise(got, document, source=path.name, sha256="0" * 64).rows)
    assert misread(composed.meaning, frames) == []
    assert [d for d in differences(composed.printed, got) if "analysis" not in d] == []


def test_a_framed_cell_over_several_rows(tmp_path: Path):
    text = """
+------------+--------------+-----------+---------------+-------------+
| Uppdelning | Klagomål/    | Utfall T1 | Totalt ack.   | Sammanfatt- |
|            | synpunkter/  |           | Utfall        | ning och    |
|            | kategorier   |           |               | planerade   |
|            |              |           |               | åtgärder    |
+============+==============+===========+===============+=============+
| Beröm      | Antal beröm  | 4         | 4             |             |
+------------+--------------+-----------+---------------+-------------+
| Åtgärder   | Antal klago- |           |               |             |
|            | mål          |           |               |             |
|            +--------------+-----------+---------------+-------------+
|            | Annat        | 1         | 1             | Till våren. |
+------------+--------------+-----------+---------------+-------------+
"""
    (rows,) = tables_of(text, tmp_path)
    assert rows[1:] == [
        ("Beröm", "Antal beröm", "4", "4", ""),
        ("Åtgärder", "Antal klago- mål", "", "", ""),
        ("", "Annat", "1", "1", "Till våren."),
    ]


def test_a_rule_under_a_heading_is_no_table(tmp_path: Path):
    text = "Analys\n------\n\nMålet nås.\n\n----- -----\n\nSlut.\n"
    assert tables_of(text, tmp_path) == []


def test_an_underlined_goal_ends_at_its_underline(tmp_path: Path):
    path = tmp_path / "r.txt"
    title = "Enhetsmål: Den som behöver stöd i vardagen bestämmer själv hur och när"
    path.write_text(f"{title}\n{'^' * len(title)}\n\nUppfylls helt\n", encoding="utf-8")
    assert read(path).blocks[0].text == title


STARTS = (2, 29, 39, 49, 59, 69, 79, 89)
HEAD = (
    ("Indikator", "Periode", "Utfall", "Utfall", "Utfall", "Årsmål", "KF:s", "Period"),
    ("", "ns", "män/", "kvinno", "VB", "", "årsmål", ""),
    ("", "utfall", "pojkar", "r/", "2024", "", "", ""),
    ("", "", "", "flickor", "", "", "", ""),
)


def aligned_report(*rows: tuple[str, ...], shift: int = 0) -> str:
    """A goal with an aligned table; `shift` moves the outcomes to the right."""
    lines = []
    for row in (*HEAD, *rows):
        line = ""
        for at, text in zip(STARTS, row, strict=True):
            moved = at + shift * (at == STARTS[1] and row not in HEAD)
            line = line.ljust(moved) + text if text else line
        lines.append(line)
    return (
        "Enhetsmål: Alla trivs\n\nUppfylls helt\n\n"
        + "\n".join(lines)
        + "\nAnalys\nTvå bilar byttes.\n\nBeskrivning\n"
    )


SICK = ("Sjukfrånvaro", "5,2 %", "", "", "6,1 %", "5 %", "6 %", "VB")
CARS = ("Andel elbilar", "40 %", "", "", "35 %", "50 %", "", "2025")


def test_an_aligned_header_whose_words_are_broken_and_a_period_that_wraps(tmp_path: Path):
    (rows,) = tables_of(aligned_report(SICK, ("", *[""] * 6, "2025"), CARS), tmp_path)
    assert rows[1:] == [(*SICK[:-1], "VB 2025"), CARS, ("Analys\nTvå bilar byttes.", *[""] * 7)]


def test_a_value_between_two_aligned_columns_is_left_out(tmp_path: Path):
    path = tmp_path / "r.txt"
    path.write_text(aligned_report(CARS, shift=5), encoding="utf-8")
    document = read(path)
    (rows,) = [[row.texts for row in b.rows] for b in document.blocks if isinstance(b, Table)]
    assert rows[1] == ("Andel elbilar", *[""] * 6, "2025")
    assert [doubt.code for doubt in document.doubts] == ["columns_uncertain"]
