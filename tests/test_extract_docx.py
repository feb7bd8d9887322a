"""The Word reader, on files made with python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import printed_reports as printed
import pytest

from vbdata.errors import UnreadableFileError
from vbdata.extract import read as read_any
from vbdata.extract.document import Document, Heading, ListItem, Paragraph, StatusLine, Table

docx = pytest.importorskip("docx", reason="python-docx is not installed")

from docx.oxml import parse_xml  # noqa: E402
from docx.oxml.ns import nsdecls, qn  # noqa: E402
from docx.shared import Pt, RGBColor  # noqa: E402

from vbdata.extract.docx import read_docx  # noqa: E402

GOAL = "Enhetsmål: Deltagarna väljer själva vad de vill göra"


def read(tmp_path: Path, build: Callable[[Any], object]) -> Document:
    document = docx.Document()
    build(document)
    path = tmp_path / "rapport.docx"
    document.save(str(path))
    return read_docx(path)


def tables(document: Document) -> list[list[tuple[str, ...]]]:
    return [[row.texts for row in block.rows] for block in document.blocks if isinstance(block, Table)]


def texts(document: Document, kind: type) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, kind)]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("style", ["bordered", "hairline"])
def test_a_whole_report_is_read_to_the_letter(tmp_path: Path, seed: int, style: str):
    report = printed.invented_report(seed, long_rows=True)
    found = read_any(printed.as_word(report, tmp_path / "rapport.docx", style))
    assert printed.joined_tables(found) == report.tables
    assert texts(found, Heading) == ["Verksamhetsberättelse 2025", *report.headings]
    statuses = [
        (block.text, block.icon.status if block.icon else None)
        for block in found.blocks
        if isinstance(block, StatusLine)
    ]
    assert statuses == report.statuses
    assert set(report.paragraphs) <= set(texts(found, Paragraph) + texts(found, ListItem))
    icons = [icon for item in report.items if item.rows for icon in item.icons if icon]
    cells = [
        cell for block in found.blocks if isinstance(block, Table) for row in block.rows for cell in row.cells
    ]
    assert [cell.icon.status for cell in cells if cell.icon] == icons
    assert (found.format, found.pages) == ("docx", None)


def test_merged_cells_stand_once_followed_by_empty_ones(tmp_path: Path):
    def build(document: Any) -> None:
        table = document.add_table(3, 3)
        table.cell(0, 0).merge(table.cell(0, 2)).text = "Analys över hela raden"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "Grupp"
        for row, column, text in ((1, 1, "a"), (1, 2, "1"), (2, 1, "b"), (2, 2, "2")):
            table.cell(row, column).text = text

    assert tables(read(tmp_path, build)) == [
        [("Analys över hela raden", "", ""), ("Grupp", "a", "1"), ("", "b", "2")]
    ]


def test_places_count_paragraphs_and_rows(tmp_path: Path):
    def build(document: Any) -> None:
        document.add_paragraph("Första stycket i filen")
        document.add_paragraph("")
        table = document.add_table(2, 2)
        for cell in (*table.rows[0].cells, *table.rows[1].cells):
            cell.text = "x"
        document.add_paragraph("Sista stycket i filen")

    found = read(tmp_path, build)
    assert [block.place.line for block in found.blocks] == [1, 3, 5]
    table = found.blocks[1]
    assert isinstance(table, Table)
    assert [row.place.line for row in table.rows] == [3, 4]


def test_headings_by_style_by_words_and_by_bold(tmp_path: Path):
    def build(document: Any) -> None:
        document.add_heading("Sammanfattande analys", 1)
        document.add_heading("Kompetensutveckling", 2)
        document.add_paragraph(GOAL)
        document.add_paragraph("Beskrivning")
        document.add_paragraph().add_run("En egen rubrik").bold = True
        document.add_paragraph("Löpande text som inte är någon rubrik alls.")

    found = read(tmp_path, build)
    headings = [(block.text, block.depth) for block in found.blocks if isinstance(block, Heading)]
    assert headings == [
        ("Sammanfattande analys", 1), ("Kompetensutveckling", 2), (GOAL, None), ("Beskrivning", None),
        ("En egen rubrik", None),
    ]  # fmt: skip
    assert texts(found, Paragraph) == ["Löpande text som inte är någon rubrik alls."]


def test_status_with_icon_as_picture_and_as_coloured_letter(tmp_path: Path):
    def build(document: Any) -> None:
        paragraph = document.add_paragraph()
        paragraph.add_run().add_picture(io.BytesIO(printed.png("#d3302f")), width=Pt(10))
        paragraph.add_run(" Uppfylls inte")
        other = document.add_paragraph()
        other.add_run("●").font.color.rgb = RGBColor(0x2E, 0x9E, 0x44)
        other.add_run(" Uppfylls helt")
        document.add_paragraph(GOAL)
        document.add_paragraph().add_run().add_picture(io.BytesIO(printed.png("#9a9a9a")), width=Pt(10))

    found = [block for block in read(tmp_path, build).blocks if isinstance(block, StatusLine)]
    assert [(block.text.lstrip("● "), block.icon and block.icon.status) for block in found] == [
        ("Uppfylls inte", "not_met"), ("Uppfylls helt", "met"), ("", "no_data"),
    ]  # fmt: skip


def test_a_status_in_a_table_of_one_row_is_a_status_line(tmp_path: Path):
    def build(document: Any) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).paragraphs[0].add_run().add_picture(io.BytesIO(printed.png("#f2b705")), width=Pt(10))
        table.cell(0, 1).text = "Uppfylls delvis"

    [status] = read(tmp_path, build).blocks
    assert isinstance(status, StatusLine)
    assert (status.text, status.icon and status.icon.status) == ("Uppfylls delvis", "partly_met")


def test_heads_feet_and_contents_are_furniture(tmp_path: Path):
    def build(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "Enheten Almdungen"
        document.sections[0].footer.paragraphs[0].text = "start.exempelstad.se"
        document.add_paragraph("Innehållsförteckning")
        document.add_paragraph(f"{GOAL}{'.' * 30}4")
        document.add_paragraph("Uppföljning av ekonomi\t7")
        document.add_paragraph(GOAL)

    read(tmp_path, build)
    found = read_any(tmp_path / "rapport.docx")
    assert texts(found, Heading) == [GOAL]
    assert [piece.kind for piece in found.furniture] == ["head", "foot", "contents", "contents", "contents"]


def test_contents_in_words_own_field_are_furniture(tmp_path: Path):
    def build(document: Any) -> None:
        document.add_paragraph("Text")
        document.element.body.insert(0, parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"  # noqa: E501
            "</w:sdtPr><w:sdtContent><w:p><w:r><w:t>Rubrik ett 3</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ))  # fmt: skip

    found = read(tmp_path, build)
    assert [(piece.kind, piece.text) for piece in found.furniture] == [("contents", "Rubrik ett 3")]
    assert texts(found, Paragraph) == ["Text"]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path):
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Utfallet blev ")
        for tag, inner, text in (("del", "delText", "12"), ("ins", "t", "14")):
            paragraph._p.append(parse_xml(
                f"<w:{tag} {nsdecls('w')} w:id='1' w:author='x'><w:r><w:{inner}>{text}</w:{inner}></w:r></w:{tag}>"  # noqa: E501
            ))  # fmt: skip

    assert texts(read(tmp_path, build), Paragraph) == ["Utfallet blev 14"]


def test_a_text_box_is_read_once(tmp_path: Path):
    box = (
        "<w:r {0}><mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'>"
        "<mc:Choice Requires='wps'><w:txbxContent>{1}</w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:pict><w:txbxContent>{1}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    def build(document: Any) -> None:
        inner = "<w:p><w:r><w:t>Verksamhetsplan för gården</w:t></w:r></w:p>"
        document.add_paragraph("Omslag")._p.append(parse_xml(box.format(nsdecls("w"), inner)))

    assert texts(read(tmp_path, build), Paragraph) == ["Omslag", "Verksamhetsplan för gården"]


def test_list_items_on_two_pages(tmp_path: Path):
    def build(document: Any) -> None:
        document.add_paragraph("En punkt i listan", style="List Bullet")
        document.add_page_break()
        document.add_paragraph("- En annan punkt")

    found = read(tmp_path, build)
    assert [type(block) for block in found.blocks] == [ListItem, ListItem]
    assert texts(found, ListItem) == ["En punkt i listan", "En annan punkt"]


def test_a_hidden_run_is_not_read(tmp_path: Path):
    def build(document: Any) -> None:
        paragraph = document.add_paragraph("Synligt")
        paragraph.add_run(" dolt").font.hidden = True

    assert texts(read(tmp_path, build), Paragraph) == ["Synligt"]


# Refusals


def archive(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(
                {"types": "[Content_Types].xml", "document": "word/document.xml"}.get(name, name), data
            )
    return target.getvalue()


TYPES = b"<Types>application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml</Types>"
MACROS = b"<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"
LEGACY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
REFUSALS = {
    "empty": (b"", "tom"),
    "legacy": (LEGACY, "gamla format .doc"),
    "locked": (LEGACY + "EncryptedPackage".encode("utf-16-le"), "lösenord"),
    "macros": (archive(types=MACROS, document=b"<x/>"), "makron"),
    "a spreadsheet": (archive(types=b"<Types>spreadsheetml</Types>"), "ingen Wordfil"),
    "no archive": (b"Hej, jag heter rapport", "ingen Wordfil"),
    "cut short": (archive(types=TYPES, document=b"<x/>")[:80], "skadad"),
    "without relations": (archive(types=TYPES, document=b"<x/>"), "skadad"),
    "a bomb": (archive(types=TYPES, document=bytes(70_000_000)), "orimligt stor"),
}


@pytest.mark.parametrize("name", REFUSALS)
def test_each_refusal_has_its_own_message_and_a_hint(tmp_path: Path, name: str):
    data, words = REFUSALS[name]
    path = tmp_path / "rapport.docx"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match=words) as caught:
        read_any(path)
    assert caught.value.hint
    assert caught.value.source == "rapport.docx"


def test_a_file_without_text_is_refused(tmp_path: Path):
    with pytest.raises(UnreadableFileError, match="ingen text"):
        read(tmp_path, lambda document: document.add_paragraph(""))


def test_merged_cells_that_claim_absurd_widths_are_bounded(tmp_path: Path):
    def build(document: Any) -> None:
        document.add_paragraph("Text")
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(1, 1).text = "a", "b"
        span = table.cell(0, 0)._tc.get_or_add_tcPr().get_or_add_gridSpan()
        span.set(qn("w:val"), "90000")

    [rows] = tables(read(tmp_path, build))
    assert max(map(len, rows)) <= 200


# ------------------------------------------------------------------------------ what Word shows

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


def paragraph(tmp_path: Path, inner: str) -> tuple[str, list[str]]:
    """The text of a table's cell with these runs, and the doubts about it."""

    def build(document: Any) -> None:
        cell = document.add_table(1, 2).cell(0, 1)
        cell.text, document.tables[0].cell(0, 0).text = "", "Namn"
        made = parse_xml(f"<w:p {nsdecls('w')} {W14}>{inner}</w:p>")
        cell.paragraphs[0]._p.getparent().replace(cell.paragraphs[0]._p, made)

    found = read(tmp_path, build)
    return tables(found)[0][0][1], [doubt.detail for doubt in found.doubts if doubt.code == "left_over"]


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


UP = '<w:vertAlign w:val="superscript"/>'
DOWN = '<w:vertAlign w:val="subscript"/>'


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ([run("85"), run("1", UP), run(" %")], "85 %"),
        ([run("85 %"), run("1, 2", UP)], "85 %"),
        ([run("85"), run("1", '<w:position w:val="8"/>')], "85"),
        ([run("85"), run("1", DOWN)], "85"),
        ([run("CO"), run("2", DOWN)], "CO2"),
        ([run("12 m"), run("2", UP)], "12 m²"),
        ([run("10"), run("6", UP)], "10⁶"),
        ([run("85", UP)], "85"),
        ([run("85", UP), run(" %", UP)], "85 %"),
        ([run("✓", UP), run(" Kurs")], "✓ Kurs"),
    ],
)
def test_a_raised_note_is_no_part_of_a_number(tmp_path: Path, runs: list[str], text: str):
    assert paragraph(tmp_path, "".join(runs)) == (text, [])


@pytest.mark.parametrize(
    "look",
    ["<w:strike/>", "<w:dstrike/>", "<w:vanish/>", '<w:strike w:val="true"/>'],
    ids=lambda look: look[3:9],
)
def test_struck_and_hidden_text_is_no_value_and_is_said(tmp_path: Path, look: str):
    text, said = paragraph(tmp_path, run("8", look) + run("3 %", look) + run(" 88 %"))
    assert text == "88 %"
    assert len(said) == 1 and "”83 %”" in said[0]
    assert paragraph(tmp_path, run("ca ", look) + run("88 %")) == ("88 %", [])


def test_what_is_not_struck_after_all_is_read(tmp_path: Path):
    assert paragraph(tmp_path, run("83 %", '<w:strike w:val="0"/>')) == ("83 %", [])


def test_the_look_of_a_style_counts(tmp_path: Path):
    def build(document: Any) -> None:
        style = document.styles.add_style("Not", 2)
        style.font.superscript = True
        old = document.styles.add_style("Gammalt", 2)
        old.font.strike = True
        added = document.add_paragraph("85")
        added.add_run("1").style = style
        added.add_run(" och ")
        added.add_run("79 %").style = old

    found = read(tmp_path, build)
    assert texts(found, Paragraph) == ["85 och"]
    assert [doubt.code for doubt in found.doubts] == ["left_over"]


def box(checked: str | None, shown: str = "☐") -> str:
    state = f'<w14:checked w14:val="{checked}"/>' if checked else ""
    return (
        f"<w:sdt><w:sdtPr><w14:checkbox>{state}</w14:checkbox></w:sdtPr>"
        f"<w:sdtContent>{run(shown)}</w:sdtContent></w:sdt>"
    )


LINE = '<w:listEntry w:val="{}"/>'


def old_field(inner: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{inner}</w:ffData></w:fldChar></w:r>'


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (box("1", "☒"), "☒"),
        (box("0"), "☐"),
        (box(None), "☐"),
        (box("1", "\uf0fe"), "☒"),  # a sign of a symbol font
        (old_field("<w:checkBox><w:checked/></w:checkBox>"), "☒"),
        (old_field('<w:checkBox><w:default w:val="1"/></w:checkBox>'), "☒"),
        (old_field('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>'), "☐"),
        (old_field(f'<w:ddList><w:result w:val="1"/>{LINE.format("A")}{LINE.format("B")}</w:ddList>'), "B"),
        (old_field("<w:textInput/>") + run("85 %"), "85 %"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("Välj ett objekt.")
         + "</w:sdtContent></w:sdt>", ""),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("Ja") + "</w:sdtContent></w:sdt>", "Ja"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☒"),
        ('<w:r><w:sym w:font="Wingdings 2" w:char="F0A3"/></w:r>', "☐"),
    ],
)  # fmt: skip
def test_check_boxes_and_form_fields_say_what_is_set(tmp_path: Path, inner: str, text: str):
    assert paragraph(tmp_path, inner) == (text, [])


def test_a_frame_of_one_column_holds_tables_and_running_text(tmp_path: Path) -> None:
    def build(document: Any) -> None:
        frame = document.add_table(rows=2, cols=1)
        frame.cell(0, 0).text = "Årets träffar"
        inner = frame.cell(1, 0).add_table(rows=2, cols=2)
        for cell, text in zip(inner._cells, ("Aktivitet", "Startdatum", "Träff", "2025-01-01"), strict=True):
            cell.text = text

    found = read(tmp_path, build)
    assert tables(found) == [[("Aktivitet", "Startdatum"), ("Träff", "2025-01-01")]]
    assert texts(found, Paragraph) == ["Årets träffar"]
