"""Characters that make a text look like another are taken out or made visible, in every format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import factories as make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbdata.extract import read
from vbdata.extract.disguise import plain_letters
from vbdata.extract.grammar import parse_count, parse_date, parse_quantity

RLO, LRO, RLE, RLI, PDF, LRM, ZWSP = "\u202e", "\u202d", "\u202b", "\u2067", "\u202c", "\u200e", "\u200b"
INVISIBLE = (*map(chr, range(0x200B, 0x2010)), "\u00ad", "\u2060", "\u2066", "\u2069", "\ufeff", "\U000e0041")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Målet nås – ”helt” å ä ö é", "Målet nås – ”helt” å ä ö é"),
        ("a\tb\nc", "a\tb\nc"),
        (f"{RLO}12{PDF} %", "[U+202E]12 %"),
        (f"{LRO}a{RLE}b{RLI}c", "[U+202D]a[U+202B]b[U+2067]c"),
        (f"12{LRM}{ZWSP} %", "12 %"),
        ("1\x082\x00\x7f", "12"),
        ("T1\x0bT2\u2028VB", "T1 T2 VB"),
        ("10\x9620", "10–20"),
        ("halva \ud800 par \uffff", "halva  par "),
        ("✔\ufe0f", "✔"),
    ],
)
def test_plain_letters(text: str, expected: str):
    assert plain_letters(text) == expected


@given(st.text())
def test_plain_letters_can_be_stored_and_do_not_change_again(text: str):
    plain = plain_letters(text)
    plain.encode("utf-8")
    assert plain_letters(plain) == plain
    assert not set(plain) & {*INVISIBLE, RLO, LRO, RLE, RLI, "\x00", "\x08"}


def rows_of(tmp_path: Path, value: str) -> dict[str, list[dict[str, Any]]]:
    sick = make.SICK.replace("8,6 %", value)
    return make.tables_of(make.report_text(make.table(make.INDICATOR_HEAD, sick)), tmp_path)


def test_a_number_is_not_read_through_an_override(tmp_path: Path):
    """ "68 %" that stands as "86 %" on the page is neither: it is shown as it is, with findings."""
    rows = rows_of(tmp_path, f"{RLO}68{PDF} %")
    found = rows["indicators"][0]
    assert (found["value"], found["value_raw"]) == (None, "[U+202E]68 %")
    assert {"text_disguised", "value_unreadable"} <= {f["code"] for f in rows["findings"]}


def test_invisible_characters_in_a_number_are_taken_out(tmp_path: Path):
    rows = rows_of(tmp_path, f"8{ZWSP},{LRM}6 %")
    assert (rows["indicators"][0]["value"], rows["indicators"][0]["value_raw"]) == (8.6, "8,6 %")
    assert "text_disguised" not in {f["code"] for f in rows["findings"]}


def test_control_characters_are_taken_out_with_a_finding(tmp_path: Path):
    sick = make.SICK.replace("8,6 %", "8,\x086 %")
    prose = "\nEnhetsmål: Alla trivs\n\nUppfylls helt\n\nAnalys\n\n" + "Vi har arbetat med detta. " * 40
    rows = make.tables_of(make.report_text(prose, make.table(make.INDICATOR_HEAD, sick)), tmp_path)
    assert rows["indicators"][0]["value_raw"] == "8,6 %"
    assert "text_control_character" in {f["code"] for f in rows["findings"]}


def test_a_clean_report_raises_neither(tmp_path: Path):
    codes = {f["code"] for f in rows_of(tmp_path, "8,6 %")["findings"]}
    assert not codes & {"text_disguised", "text_control_character"}


def test_a_status_is_not_read_through_an_override(tmp_path: Path):
    text = make.report_text(
        f"\nEnhetsmål: Alla trivs\n\n{RLO}Uppfylls helt\n", make.table(make.INDICATOR_HEAD, make.SICK)
    )
    rows = make.tables_of(text, tmp_path)
    assert rows["goals"][-1]["status"] is None
    assert "text_disguised" in {f["code"] for f in rows["findings"]}


def test_no_row_keeps_a_character_that_cannot_be_seen(tmp_path: Path):
    """Whatever column it came in by, in text and in Word."""
    nasty = f"{RLO}{ZWSP}{LRM}\u2066\U000e0041"
    text = make.report_text(
        f"\nEnhetsmål: Alla{nasty} trivs\n\nUppfylls helt\n\nAnalys\n\nBra{nasty} år\n",
        make.table(make.INDICATOR_HEAD, make.SICK.replace("Sjuk", f"Sjuk{nasty}")),
        make.table(make.ACTIVITY_HEAD, f"Utbilda{nasty}\t2025-01-01\t2025-12-31\t"),
        make.table(make.FORM_HEAD, f"Beröm\tBeröm{nasty}\t1\t\t\t1\tTack{nasty}"),
    )
    for row in (row for rows in make.tables_of(text, tmp_path).values() for row in rows):
        assert not set(nasty) & set(str(row)), row


def test_word_and_pdf_go_the_same_way(tmp_path: Path):
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    document = docx.Document()
    document.add_paragraph(f"Ett {RLO}dolt{PDF} tecken{ZWSP}")
    path = tmp_path / "rapport.docx"
    document.save(str(path))
    found = read(path)
    assert found.blocks[0].text == "Ett [U+202E]dolt tecken"  # type: ignore[union-attr]
    assert [doubt.code for doubt in found.doubts] == ["text_disguised"]


ABSURD = ("9" * 400, "1" + "0" * 400, "9" * 400 + ",5 %", "1e400", "1E+400", "inf", "nan", "Infinity", "-inf",
          "0x1F", "1_000", "৪4 %", "٤٢ %", "４２", "²", "½", "Ⅷ", "一", "12৪", "1 000 000 000 000 000 000",
          "9" * 5000)  # fmt: skip


@pytest.mark.parametrize("raw", ABSURD, ids=lambda raw: ascii(raw)[:24])
def test_absurd_numbers_and_digits_of_other_scripts_are_no_numbers(raw: str):
    assert parse_quantity(raw) is None
    assert parse_count(raw) is None
    assert parse_date(raw) is None


@pytest.mark.parametrize("raw", ABSURD, ids=lambda raw: ascii(raw)[:24])
def test_absurd_cells_are_kept_as_they_stand_with_a_finding(tmp_path: Path, raw: str):
    form = make.table(make.FORM_HEAD, f"Beröm\tBeröm\t{raw}\t\t\t1\t")
    text = make.report_text(make.table(make.INDICATOR_HEAD, make.SICK.replace("8,6 %", raw)), form)
    rows = make.tables_of(text, tmp_path)
    assert rows["indicators"][0]["value"] is None
    assert rows["complaints"][0]["count"] is None
    assert [f["code"] for f in rows["findings"]].count("value_unreadable") == 2


@pytest.mark.parametrize("raw", ["٢٠٢٥-٠١-٠١", "2025-13-45", "9" * 300 + "-01-01", "0000-00-00"])
def test_absurd_dates(raw: str):
    assert parse_date(raw) is None
