"""Web pages: headings, tables row by row, merged cells, pictures, hidden text; and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import frames as typed
from tests.test_roundtrip import differences, misread
from vbdata.errors import UnreadableFileError
from vbdata.extract import read
from vbdata.extract.document import Heading, Paragraph, Table
from vbdata.extract.web import is_web_page
from vbdata.normalise import normalise
from vbdata.parse import parse
from vbdata.sample import TRAPS, Commission, compose, sample_units, trap, write_report
from vbdata.sample.pdf import page

UNITS = sample_units(4)
#: What a colour alone says is no word, so that it does not come back.
PRINTED = [name for name in TRAPS if "pdf" in trap(name).dialects and name != "status_icon_alone"]


def document(tmp_path: Path, source: str, name: str = "rapport.html") -> object:
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    return read(path)


@pytest.mark.parametrize(
    "name", [None, *(t for t in TRAPS if "pdf" in trap(t).dialects and t != "status_icon_alone")]
)
@pytest.mark.parametrize("kind", ["VB", "VP"])
def test_a_web_page_comes_back(tmp_path: Path, kind: str, name: str | None):
    report = write_report(Commission(UNITS[0], UNITS[0].name, kind, 2025), 3, 12)
    composed = compose(report, "pdf", [name] if name else [], 4)
    read_back = document(tmp_path, page(composed))
    got = parse(read_back)
    frames = typed(normalise(got, read_back, source="rapport.html", sha256="0" * 64).rows)
    assert read_back.format == "html"
    assert misread(composed.meaning, frames) == []
    assert [d for d in differences(composed.printed, got) if not d.startswith("passage")] == []


def test_a_web_page_is_known_by_its_first_bytes(tmp_path: Path):
    assert is_web_page(b"\xef\xbb\xbf<!DOCTYPE html><html>")
    assert not is_web_page("Verksamhetsberättelse <html>".encode())
    assert document(tmp_path, "<html><body><p>Ett</p></body></html>", "rapport.txt").format == "html"


def test_rows_of_a_web_page_lead_home(tmp_path: Path):
    source = "<h2>Analys</h2>\n<table>\n<tr><th>A<th>B<th>C</tr>\n\n<tr><td>1<td>2<td>3</tr></table>"
    heading, table = document(tmp_path, source).blocks
    assert isinstance(heading, Heading)
    assert isinstance(table, Table)
    assert [(row.texts, row.place.line) for row in table.rows] == [(("A", "B", "C"), 3), (("1", "2", "3"), 5)]


def test_what_a_web_page_does_not_show_is_not_read(tmp_path: Path):
    source = (
        "<script>var a = 1</script><style>p {}</style><p hidden>Dolt</p><p style='display: none'>Dolt</p>"
        "<p>Synligt<br>på två rader</p>löst <b>fett</b>"
    )
    texts = [b.text for b in document(tmp_path, source).blocks if isinstance(b, Paragraph | Heading)]
    assert texts == ["Synligt på två rader", "löst fett"]


def test_a_table_that_only_places_things_is_read_through(tmp_path: Path):
    source = "<table><tr><td><h2>Analys</h2></td><td><table><tr><td>a<td>b<td>c</table></td></tr></table>"
    assert [type(block) for block in document(tmp_path, source).blocks] == [Heading, Table]


def test_a_picture_inside_the_page_is_not_too_long_a_line(tmp_path: Path):
    source = f"<p><img src='data:image/png;base64,{'A' * 300_000}'> Text</p>"
    assert [b.text for b in document(tmp_path, source).blocks] == ["Text"]


@pytest.mark.parametrize("source", ["<html></html>", "<!-- -->"])
def test_an_empty_web_page_is_refused(tmp_path: Path, source: str):
    with pytest.raises(UnreadableFileError):
        document(tmp_path, source)


# ------------------------------------------------------------------------------ what a page shows


def cells_of(tmp_path: Path, cell: str, style: str = "", name: str = "rapport.html") -> tuple[str, list[str]]:
    """The text of a table's cell, and what is said to be left out of it."""
    page_ = "<html><head><style>{}</style></head><body>{}</body></html>" if name.endswith("html") else "{}{}"
    row = f"<tr><td>Namn</td><td>{cell}</td><td>2025</td></tr>"
    found = document(tmp_path, page_.format(style, f"<table>{row}</table>"), name)
    (table,) = [block for block in found.blocks if isinstance(block, Table)]
    return table.rows[0].texts[1], [doubt.detail for doubt in found.doubts if doubt.code == "left_over"]


@pytest.mark.parametrize("name", ["rapport.html", "rapport.md"])
@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("85<sup>1</sup>", "85"),
        ("85<sup>1</sup> %", "85 %"),
        ("12 m<sup>2</sup><sup>1)</sup>", "12 m²"),
        ("<b>85</b><i></i><sup>1)</sup>", "85"),
        ("<b>85</b><sup>1)</sup>", "85"),
        ('85<span style="vertical-align: super">1</span> %', "85 %"),
        ("<sup>85</sup>", "85"),
        ("<p><span>85 %<o:p></o:p></span></p>", "85 %"),
        ("CO<sub>2</sub>", "CO2"),
        ("12 m<sup>2</sup>", "12 m²"),
        ("2<sup>:a</sup>", "2:a"),
        ('<input type="checkbox" checked> Ja', "☒ Ja"),
        ('<input type="checkbox"> Ja', "☐ Ja"),
        ('<input type="text" value="85 %">', "85 %"),
    ],
)
def test_notes_are_no_part_of_a_number_and_fields_are_filled_in(
    tmp_path: Path, cell: str, text: str, name: str
):
    assert cells_of(tmp_path, cell, name=name) == (text, [])


@pytest.mark.parametrize("name", ["rapport.html", "rapport.md"])
@pytest.mark.parametrize(
    "old",
    ["<s>83 %</s>", "<del>83 %</del>", "<strike>83 %</strike>", "<span hidden>83 %</span>",
     '<span style="display: none">83 %</span>', '<span style="visibility:hidden">83 %</span>',
     '<span style="font-size:0">83 %</span>', '<span style="font-size: 0px; color: red">83 %</span>',
     '<span style="text-decoration: line-through">83 %</span>'],
)  # fmt: skip
def test_struck_and_hidden_words_are_no_values_and_are_said(tmp_path: Path, old: str, name: str):
    text, said = cells_of(tmp_path, f"{old} 88 %", name=name)
    assert text == "88 %"
    assert len(said) == 1 and "”83 %”" in said[0]


def test_the_style_sheet_counts(tmp_path: Path):
    style = ".gammalt, #x { text-decoration: line-through } @media print { .ny { display: none } }"
    text, said = cells_of(tmp_path, '<i class="gammalt">83 %</i> <i class="ny">88 %</i>', style)
    assert (text, len(said)) == ("88 %", 1)


def test_hidden_words_without_a_digit_and_menus_are_not_said(tmp_path: Path):
    assert cells_of(tmp_path, "<s>ungefär</s> 88 %") == ("88 %", [])
    found = document(
        tmp_path, '<html><body><div style="display:none">Meny 1 2</div><p>Text</p></body></html>'
    )
    assert found.doubts == ()
