"""The PDF reader on print that other programs make: one test for each kind of fault."""

from __future__ import annotations

from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path

import pytest
import raw_pdf as raw
from test_extract_pdf import HEADER, XS, body, read, tables, texts

from vbdata.errors import UnreadableFileError
from vbdata.extract import read as read_any
from vbdata.extract.document import Document, Heading, ListItem, Paragraph, Table

PLAIN = tuple(title.replace("/\n", "/").replace("\n", " ") for title in HEADER)
ROW = ("Sjukfrånvaro", "7,5 %", "7 %", "8 %", "8 %", "6 %", "5 %", "2025")
OTHER = ("Andel elbilar", "71,5 %", "", "", "68 %", "70 %", "öka", "2025")
ACTIVITY_XS = (50, 300, 380, 460, 550)
ACTIVITIES = ("Aktivitet", "Startdatum", "Slutdatum", "Avvikelse")
FORM_XS = (50, 150, 290, 330, 370, 410, 460, 550)


def details(document: Document, code: str) -> list[str]:
    return [doubt.detail for doubt in document.doubts if doubt.code == code]


def turned(page: bytes, matrix: str) -> bytes:
    return f"q {matrix} cm\n".encode() + page + b"Q\n"


def across(ys: tuple[float, ...], xs: tuple[float, ...] = XS) -> bytes:
    return b"".join(raw.stroke(xs[0], y, xs[-1], y) for y in ys)


def shade(x0: float, y0: float, x1: float, y1: float) -> bytes:
    return b"q 0.85 g " + raw.bar(x0, y0, x1, y1) + b"Q\n"


# Letters that do not run along the line


@pytest.mark.parametrize("matrix", ["0 1 -1 0 842 0", "0 -1 1 0 -247 842", "-1 0 0 -1 595 842"])
def test_a_page_that_stands_on_its_side_is_turned_and_read(tmp_path: Path, matrix: str):
    page = raw.ruled(XS, (60, 100, 130), [HEADER, ROW])
    found = read(tmp_path, body(), turned(page, matrix))
    assert tables(found) == [[PLAIN, ROW]]


def test_a_watermark_is_no_part_of_the_words_that_it_lies_on(tmp_path: Path):
    mark = turned(raw.words(0, 842, "UTKAST", 90), "0.7 0.7 -0.7 0.7 150 300")
    page = body() + raw.ruled(XS, (200, 240, 270, 300), [HEADER, ROW, OTHER])
    found = read(tmp_path, *[page + mark] * 3)
    assert tables(found) == [[PLAIN, ROW, OTHER]] * 3
    assert [(each.kind, each.text) for each in found.furniture if each.kind == "across"] == [
        ("across", "UTKAST")
    ] * 3
    assert not details(found, "left_over")


def test_upright_words_on_a_page_are_said(tmp_path: Path):
    upright = turned(raw.words(0, 842, "Endast för arbetsplatsen"), "0 1 -1 0 40 300")
    found = read(tmp_path, body() + upright)
    assert "Endast för arbetsplatsen" in details(found, "left_over")[0]
    assert "Endast" not in " ".join(texts(found, Paragraph))


def test_a_page_aslant_is_said_to_be_unread(tmp_path: Path):
    found = read(
        tmp_path, body(), turned(raw.words(0, 842, "Sjukfrånvaro 7,5 %"), "0.7 0.7 -0.7 0.7 200 300")
    )
    (said,) = details(found, "page_unread")
    assert "Sidan 2" in said
    assert "Sjukfrånvaro 7,5 %" in said


def test_pictures_among_pages_of_text_are_said_by_their_numbers(tmp_path: Path):
    found = read(tmp_path, body(), raw.picture_page(), raw.picture_page(), body(), raw.picture_page())
    assert [said.split(" är")[0] for said in details(found, "page_unread")] == ["Sidorna 2–3", "Sidan 5"]


# Numbers that are not what they seem


@pytest.mark.parametrize(
    ("number", "mark", "rise", "size", "expected"),
    [
        ("85", "1", 4, 6, "85"),
        ("85 %", "2)", 4, 6, "85 %"),
        ("12", "*", 4, 6, "12"),
        ("85", "1", 0, 9, "851"),
        ("CO", "2", -2, 6, "CO2"),
        ("25 m", "2", 4, 6, "25 m2"),
    ],
)
def test_a_raised_mark_of_a_note_is_no_part_of_the_number(
    tmp_path: Path, number: str, mark: str, rise: float, size: float, expected: str
):
    text = f"BT /F1 9 Tf 1 0 0 1 194 588 Tm ({number}) Tj /F1 {size} Tf {rise} Ts ({mark}) Tj ET\n".encode()
    row = (*ROW[:1], "", *ROW[2:])
    found = read(tmp_path, body() + raw.ruled(XS, (200, 240, 270), [HEADER, row]) + text)
    assert tables(found)[0][1][1] == expected


@pytest.mark.parametrize("aside", [0.0, 0.3, 0.8])
def test_numbers_that_are_printed_again_to_look_bold_are_read_once(tmp_path: Path, aside: float):
    once = raw.ruled(XS, (200, 240, 270, 300), [HEADER, ROW, OTHER])
    again = raw.filled([x + aside for x in XS], (200, 240, 270), [HEADER, ROW, OTHER])
    assert tables(read(tmp_path, body() + once + again)) == [[PLAIN, ROW, OTHER]]


def test_a_word_that_sticks_out_of_its_cell_stays_whole(tmp_path: Path):
    row = (*ROW[:6], "nämnd/styrelsen", "VB 2025")
    found = read(tmp_path, body() + raw.ruled(XS, (200, 240, 270), [HEADER, row]))
    assert tables(found)[0][1][6:] == ("nämnd/styrelsen", "VB 2025")


# Files


@pytest.mark.parametrize("before", [b"\n", b"\r\n \n", b"\xef\xbb\xbf"])
def test_a_line_break_before_the_first_line_does_no_harm(tmp_path: Path, before: bytes):
    path = tmp_path / "rapport.pdf"
    path.write_bytes(before + raw.pdf([body()]))
    assert read_any(path).format == "pdf"


def test_two_pages_on_a_sheet_are_refused(tmp_path: Path):
    said = "Vi har haft ett bra år och alla har fått det stöd som de behöver."
    halves = raw.words(20, 300, said, 8) + raw.words(430, 320, said, 8)
    path = tmp_path / "r.pdf"
    for more in (b"", raw.words(300, 340, said, 8)):
        path.write_bytes(raw.pdf([halves + more]).replace(b"[0 0 595 842]", b"[0 0 842 595]"))
        with pytest.raises(UnreadableFileError, match="två sidor") if not more else nullcontext():
            read_any(path)


def test_letters_without_a_meaning_are_told(tmp_path: Path):
    page = b"".join(
        b"BT /F1 10 Tf 1 0 0 1 50 %d Tm <0102030405060708030102> Tj ET\n" % y for y in range(300, 800, 14)
    )
    with pytest.raises(UnreadableFileError, match="teckensnitt"):
        read(tmp_path, page)


# Rows at the end of a page


FORM = ("Uppdelning", "Klagomål/synpunkter/\nkategorier", "Utfall\nT1 2025", "Utfall\nT2 2025",
        "Utfall\nVB 2025", "Totalt ack\n2025", "Bedömning och\nplanerade åtgärder")  # fmt: skip
PRAISE = ("Beröm", "Beröm", "2", "5", "4", "11", "")


def form_page(rows: list[tuple[str, ...]], ys: tuple[float, ...], open_top: bool, open_bottom: bool) -> bytes:
    levels = ys[int(open_top) : len(ys) - int(open_bottom)]
    rules = b"".join(raw.stroke(FORM_XS[0], y, FORM_XS[-1], y) for y in levels)
    rules += b"".join(raw.stroke(x, ys[0], x, ys[-1]) for x in FORM_XS)
    return rules + raw.filled(FORM_XS, ys, rows)


@pytest.mark.parametrize(
    ("first", "rest", "open_bottom", "open_top", "rows"),
    [
        # Only one of the pages leaves the row open: another row starts.
        (("", "Anonym", "1", "", "", "1", ""), ("", "Brukare/patient", "", "2", "", "2", ""), False, True, 4),
        # Both do, but both hold a whole value: two rows.
        (("", "Anonym", "1", "", "", "1", ""), ("", "Brukare/patient", "", "2", "", "2", ""), True, True, 4),
        # Both do, and what follows goes on with the comment.
        (("", "Anonym", "1", "", "", "1", "Vi har"), ("", "", "", "", "", "", "svarat."), True, True, 3),
    ],
)
def test_a_row_goes_on_over_the_page_only_where_the_print_leaves_it_open(
    tmp_path: Path,
    first: tuple[str, ...],
    rest: tuple[str, ...],
    open_bottom: bool,
    open_top: bool,
    rows: int,
):
    top = body(60, 40) + form_page([FORM, PRAISE, first], (640, 690, 720, 760), False, open_bottom)
    bottom = form_page([rest], (50, 90), open_top, False) + body(120)
    found = tables(read(tmp_path, top, bottom))
    assert sum(map(len, found)) == rows
    assert found[0][2][2:6] == ("1", "", "", "1")


def test_a_label_overleaf_counts_for_the_rows_in_its_empty_box(tmp_path: Path):
    mail = ("Personuppgiftsincidenter", "Hantering av\npersonuppgifter", "", "1", "", "1 st", "")
    rows = [FORM, PRAISE, mail, ("", "Anonym", "", "", "", "", "")]
    top = body(60, 38) + form_page(rows, (600, 650, 680, 720, 750), False, False)
    bottom = form_page(
        [("Från vem har\nklagomål?", "Brukare/patient", "", "2", "", "2", "")], (50, 90), False, False
    )
    found = read(tmp_path, top, bottom + body(120))
    assert tables(found)[0][3][:2] == ("Från vem har klagomål?", "Anonym")
    assert not details(found, "columns_uncertain")


def test_a_heading_right_below_a_table_is_no_rest_of_its_last_cell(tmp_path: Path):
    cell = raw.stroke(50, 200, 550, 200) + raw.stroke(50, 240, 550, 240) + raw.stroke(50, 276, 550, 276)
    cell += b"".join(raw.stroke(x, 200, x, 240) for x in XS) + raw.stroke(50, 240, 50, 276)
    cell += raw.stroke(550, 240, 550, 276) + raw.filled(XS, (200,), [HEADER])
    cell += raw.words(54, 252, "Analys", 9) + raw.words(54, 263, "Det gick bra.", 9)
    goal = "Nämndmål: Alla odlar"
    found = read(
        tmp_path, body() + cell + raw.words(54, 274, "Vi fortsätter.", 9) + raw.words(54, 285, goal, 9)
    )
    assert goal in texts(found, Heading)
    assert tables(found)[0][-1][0] == "Analys Det gick bra. Vi fortsätter."


# Headers


def test_a_header_of_two_rows_is_one(tmp_path: Path):
    rules = across((200, 215, 250, 280)).replace(raw.stroke(XS[0], 215, XS[-1], 215), b"")
    rules += raw.stroke(XS[1], 215, XS[4], 215)
    rules += b"".join(raw.stroke(x, 215 if x in XS[2:4] else 200, x, 280) for x in XS)
    upper = raw.filled(XS, (200,), [(HEADER[0], "Utfall", "", "", *HEADER[4:])])
    lower = raw.filled(XS, (215,), [("", *HEADER[1:4], "", "", "", "")], 8)
    path = tmp_path / "rapport.pdf"
    path.write_bytes(raw.pdf([body() + rules + upper + lower + raw.filled(XS, (250,), [ROW])]))
    (table,) = (block for block in read_any(path).blocks if isinstance(block, Table))
    assert table.columns is not None and table.columns.is_whole
    assert [row.texts for row in table.body] == [ROW]


def test_a_header_above_the_frame_belongs_to_the_table(tmp_path: Path):
    frame = raw.ruled(ACTIVITY_XS, (240, 270, 300), [("Odla", "2025-01-01", "2025-12-31", ""),
                                                     ("Baka", "2025-02-01", "2025-11-30", "Ja")])  # fmt: skip
    found = read(tmp_path, body() + raw.filled(ACTIVITY_XS, (220,), [ACTIVITIES]) + frame)
    assert tables(found)[0][0] == ACTIVITIES
    assert len(tables(found)[0]) == 3


@pytest.mark.parametrize("framed", [True, False], ids=["frame", "uprights"])
def test_a_header_with_upright_rules_stands_on_rows_without(tmp_path: Path, framed: bool):
    ys = (200, 245, 275, 305)
    head = b"".join(raw.stroke(x, ys[0], x, ys[1]) for x in XS)
    rules = across(ys if framed else ys[2:])
    found = read(tmp_path, body() + head + rules + raw.filled(XS, ys, [HEADER, ROW, OTHER]))
    assert tables(found) == [[PLAIN, ROW, OTHER]]


def test_a_header_may_stand_a_little_off_its_rule(tmp_path: Path):
    words = raw.filled(ACTIVITY_XS, (180,), [ACTIVITIES])
    rows = raw.filled(ACTIVITY_XS, (206, 230), [("Odla", "2025-01-01", "2025-12-31", ""),
                                                ("Baka", "2025-02-01", "2025-11-30", "")])  # fmt: skip
    found = read(tmp_path, body() + words + across((206, 230, 254), ACTIVITY_XS) + rows)
    assert tables(found)[0][0] == ACTIVITIES


@pytest.mark.parametrize("ruled_top", [True, False])
def test_a_list_right_above_a_header_is_no_part_of_it(tmp_path: Path, ruled_top: bool):
    items = raw.words(54, 176, "\u2022 Fler odlar mer", 9)
    ys = (180, 200, 224, 248)
    rows = [ACTIVITIES, ("Odla", "2025-01-01", "2025-12-31", ""), ("Baka", "2025-02-01", "2025-11-30", "")]
    rules = across(ys if ruled_top else ys[1:], ACTIVITY_XS)
    found = read(tmp_path, body() + items + rules + raw.filled(ACTIVITY_XS, ys, rows))
    assert tables(found)[0][0] == ACTIVITIES
    assert texts(found, ListItem) == ["Fler odlar mer"]


# Rules


def test_a_frame_round_the_page_is_no_table(tmp_path: Path):
    frame = raw.stroke(25, 25, 575, 25) + raw.stroke(25, 815, 575, 815)
    frame += raw.stroke(25, 25, 25, 815) + raw.stroke(575, 25, 575, 815)
    inside = across((200, 240, 270, 300)) + raw.filled(XS, (200, 240, 270), [HEADER, ROW, OTHER])
    assert tables(read(tmp_path, body() + frame + inside)) == [[PLAIN, ROW, OTHER]]


def test_shaded_rows_part_a_table_as_rules_do(tmp_path: Path):
    ys = (200, 240, 262, 284, 306)
    shades = shade(XS[0], ys[0], XS[-1], ys[1]) + shade(XS[0], ys[2], XS[-1], ys[3])
    found = read(tmp_path, body() + shades + raw.filled(XS, ys, [HEADER, ROW, OTHER, ROW]) + body(340))
    assert tables(found) == [[PLAIN, ROW, OTHER, ROW]]


def test_a_shaded_box_of_text_is_no_table(tmp_path: Path):
    box = shade(50, 200, 550, 220) + shade(50, 240, 550, 260)
    text = raw.words(54, 214, "Vi odlar", 10) + raw.words(300, 214, "och bakar", 10)
    assert not tables(read(tmp_path, body() + box + text + body(300)))


def test_rows_that_no_rules_part_are_read_by_their_places(tmp_path: Path):
    ys = (200, 240, 262, 284)
    found = read(
        tmp_path, body() + across((200, 240, 306)) + raw.filled(XS, ys, [HEADER, ROW, OTHER]) + body(340)
    )
    assert tables(found) == [[PLAIN, ROW, OTHER]]
    assert not details(found, "left_over")


def test_a_table_without_any_rules_is_read_by_its_places(tmp_path: Path):
    rows = raw.filled(XS, (200, 240, 262), [HEADER, ROW, OTHER])
    assert tables(read(tmp_path, body() + rows + body(320))) == [[PLAIN, ROW, OTHER]]


def test_a_table_of_the_unit_s_own_below_one_without_rules_is_none_of_its_rows(tmp_path: Path):
    own = raw.filled(XS, (330, 350), [("Lag", "Bilar", "Cyklar", "Öppet"), ("Norra", "3", "14", "alltid")])
    table = raw.filled(XS, (200, 240, 262), [HEADER, ROW, OTHER])
    found = read(tmp_path, body() + table + raw.words(54, 310, "Bilar per lag", 9) + own + body(400))
    assert tables(found)[0] == [PLAIN, ROW, OTHER]


def test_a_table_without_rules_goes_on_over_the_page(tmp_path: Path):
    top = body(60, 40) + raw.filled(XS, (700, 740), [HEADER, ROW])
    found = tables(read(tmp_path, top, raw.filled(XS, (50, 90), [HEADER, OTHER]) + body(200)))
    assert [row for table in found for row in table if row != PLAIN] == [ROW, OTHER]


def test_a_header_alone_at_a_page_s_foot_heads_the_rows_of_the_next(tmp_path: Path):
    foot, rows = raw.filled(XS, (700,), [HEADER]), raw.filled(XS, (50, 90), [ROW, OTHER])
    found = read(tmp_path, body(60, 40) + foot, rows + body(200))
    assert [row for table in tables(found) for row in table if row != PLAIN] == [ROW, OTHER]
    assert not details(found, "left_over")


def test_a_page_that_begins_inside_a_merged_group_is_one_table(tmp_path: Path):
    def cells(y: float, first: int) -> bytes:
        edges = FORM_XS[first:]
        return b"".join(raw.stroke(a, y, b, y) for a, b in pairwise(edges))

    group = ("Från vem", "Annan", "3", "", "", "3", "")
    rows = [("", "Anonym", "1", "", "", "1", ""), ("", "Brukare/patient", "", "2", "", "2", ""), PRAISE]
    first = body(60, 40) + cells(700, 0) + cells(740, 0) + cells(770, 0)
    first += raw.filled(FORM_XS, (700, 740), [FORM, group])
    rules = cells(50, 1) + cells(80, 1) + cells(110, 0) + cells(140, 0)
    found = read(tmp_path, first, rules + raw.filled(FORM_XS, (50, 80, 110), rows) + body(200))
    assert tables(found)[1] == rows


def test_a_box_of_smaller_letters_beside_a_heading_is_read_by_itself(tmp_path: Path):
    goal = raw.words(50, 200, "Nämndmål: Alla odlar på sin egen gård", 13)
    goal += raw.words(50, 217, "och bakar sitt eget bröd", 13)
    box = b"".join(
        raw.words(346, 199 + 12 * n, text, 8) for n, text in enumerate(["Så läser du", "färgerna här"])
    )
    found = read(tmp_path, body() + goal + box)
    assert "Nämndmål: Alla odlar på sin egen gård och bakar sitt eget bröd" in texts(found, Heading)
    assert "Så läser du färgerna här" in " ".join(texts(found, Paragraph))


def unframed(ys: tuple[float, ...], last: float) -> bytes:
    """Rules of a table without an outer frame: `ys` of its rows, the last one merged down to `last`."""
    rules = across(ys)
    return rules + b"".join(raw.stroke(x, ys[0], x, ys[-1]) for x in XS[1:-1]) + across((last,))


def test_a_merged_row_of_a_table_without_an_outer_frame_is_its_row(tmp_path: Path):
    upper = unframed((200, 240, 270), 300) + raw.filled(XS, (200, 240), [HEADER, ROW])
    analysis = raw.words(54, 281, "Analys", 9) + raw.words(54, 292, "Det gick bra.", 9)
    lower = unframed((300, 330), 330) + raw.filled(XS, (300,), [OTHER])
    goal = raw.words(50, 370, "Nämndmål: Alla odlar", 12)
    found = read(tmp_path, body() + upper + analysis + lower + goal + body(400))
    assert tables(found) == [[PLAIN, ROW, ("Analys Det gick bra.", *[""] * 7), OTHER]]


def test_the_half_of_a_row_that_stands_below_the_rules_at_a_page_s_end(tmp_path: Path):
    top = body(60, 40) + raw.ruled(XS, (660, 700, 740), [HEADER, ROW])
    top += raw.filled(XS, (742,), [("", "71,5 %", "", "", "68 %", "70 %", "öka", "2025")])
    rest = raw.ruled(XS, (50, 90, 120), [HEADER, ("Andel elbilar", *[""] * 7)])
    found = tables(read(tmp_path, top, rest + body(200)))
    assert found[0][2] == OTHER


@pytest.mark.parametrize("wide", [True, False])
def test_a_frame_as_wide_as_its_table_is_none(tmp_path: Path, wide: bool):
    edge = 0 if wide else 5
    frame = raw.stroke(50 - edge, 40, 50 - edge, 400) + raw.stroke(550 + edge, 40, 550 + edge, 400)
    frame += across((40, 400), (50 - edge, 550 + edge))
    rules = b"".join(raw.stroke(a, y, b, y) for y in (240, 270, 300) for a, b in pairwise(XS))
    words = raw.filled(XS, (200, 240, 270), [HEADER, ROW, OTHER])
    assert tables(read(tmp_path, frame + body() + rules + words)) == [[PLAIN, ROW, OTHER]]
