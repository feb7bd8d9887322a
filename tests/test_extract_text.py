"""Reading text: encodings, mark-up, furniture, contents, and every kind of table."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from tests.factories import COVER, GOALS, INDICATOR_HEAD, SICK, report_text, table
from vbdata.errors import UnreadableFileError
from vbdata.extract import read
from vbdata.extract.contents import strip_contents
from vbdata.extract.decode import Line, decode, to_lines
from vbdata.extract.document import Heading, ListItem, Paragraph, Place, StatusLine, Table
from vbdata.extract.furniture import strip_furniture
from vbdata.extract.markup import unmark
from vbdata.extract.recognise import goal_heading, section_of, status_within, status_words
from vbdata.extract.spaced import _counts_of, _form_rows, _Part, run_together, text_rows

TEXT = "Nämndmål: Åtgärder för äldre – på ön"


def blocks_of(text: str | bytes, folder: Path, name: str = "r.txt"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path).blocks


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("cp1252"),
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.replace(" ", "\u00a0").encode(),
    ],
)
def test_encodings_give_the_same_line(data: bytes) -> None:
    assert to_lines(decode(data))[0].text == TEXT


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_number_lines_the_same(ending: str) -> None:
    assert [line.number for line in to_lines(ending.join("abc"))] == [1, 2, 3]


def test_a_heading_set_as_running_text_is_no_part_of_the_sentence_below_it(tmp_path) -> None:
    lines = ["Egna kontroller", "Under året har vi besökt Solna och", "Sundbyberg två gånger var."]
    texts = [block.text for block in blocks_of("\n".join(lines), tmp_path)]
    assert texts == ["Egna kontroller", " ".join(lines[1:])]
    (row,) = text_rows(
        [Line(i, text) for i, text in enumerate(["Analys ", *(f"{each} " for each in lines)])], 2
    )
    assert row.texts[0] == "\n".join(["Analys", *texts])


def test_form_feeds_count_pages() -> None:
    assert [(line.text, line.page) for line in to_lines("a\n\fb")] == [("a", 1), ("b", 2)]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "tom"),
        (b" \n\t\n", "tom"),
        (bytes(range(256)) * 20, "inte text"),
        (b"\x00\x01\x02" * 100, "inte text"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableFileError, match=problem):
        decode(data)


@pytest.mark.parametrize(
    "line",
    [
        "Nämndmål: Alla trivs",
        "### Nämndmål: Alla trivs",
        "###Nämndmål: Alla trivs ###",
        "**Nämndmål: Alla trivs**",
        "## **Nämndmål: Alla trivs**",
        "*Nämndmål: Alla trivs*",
        "__Nämndmål: Alla trivs__",
        "<h3>Nämndmål: Alla trivs</h3>",
        "<b>Nämndmål: Alla trivs</b>",
        "**Nämndmål:** Alla trivs",
        "Namndmål: Alla trivs",
        "Nämnd mål: Alla trivs",
        "> Nämndmål: Alla trivs",
    ],
)
def test_heading_markup_makes_no_difference(line: str, tmp_path: Path) -> None:
    (heading,) = [
        b for b in blocks_of(report_text(line, "\nIngen\n"), tmp_path) if "trivs" in getattr(b, "text", "")
    ]
    assert isinstance(heading, Heading)
    found = goal_heading(heading.text)
    assert found is not None and (found.level, found.title) == ("board", "Alla trivs")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KF:s inriktningsmål: 2. Ett grönt Stockholm", ("direction", "2", "Ett grönt Stockholm")),
        ("KFs inriktningsmal 2. Ett grönt Stockholm", ("direction", "2", "Ett grönt Stockholm")),
        ("KF:s mål för verksamhets området: 2.4 Ren luft", ("area", "2.4", "Ren luft")),
        ("KF:s mål för verksamhetsområdet: 2,4 Ren luft", ("area", "2.4", "Ren luft")),
        ("Enhetsmål: Bra: och bättre", ("unit", None, "Bra: och bättre")),
    ],
)
def test_goal_heading(text: str, expected: tuple[str, str | None, str]) -> None:
    found = goal_heading(text)
    assert found is not None and (found.level, found.code, found.title) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Enhetsmålet är uppnått: se nedan",
        "Målet nås genom: samverkan",
        "Enhetsmål:",
        "Nämndens arbete: viktigt",
    ],
)
def test_prose_is_no_goal_heading(text: str) -> None:
    assert goal_heading(text) is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("● Uppfylls helt", "Uppfylls helt"),
        ("— Inga data", "Inga data"),
        (" Ingen ", "Ingen"),
        ("Status: Uppfylls delvis", "Uppfylls delvis"),
        ("✓ Uppfylles helt.", "Uppfylles helt"),
        ("Uppfylls helt ..... 8", "Uppfylls helt"),
        ("Ingen av enheterna", None),
        ("Målet uppfylls helt av de flesta", None),
    ],
)
def test_status_words(line: str, words: str | None) -> None:
    assert status_words(line) == words


def test_status_with_words_of_the_contents_behind_it() -> None:
    assert status_within("— Ingen Innehållsförteckning") == "Ingen"
    assert status_within("Uppfylls helt Innehållsförteckning") == "Uppfylls helt"
    assert status_within("Uppfyls delvis Innehållsförteckning") == "Uppfyls delvis"
    assert status_within("Ingen av enheterna har svarat") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Arbetsätt", "method"),
        ("Förväntat resultat:", "expected_result"),
        ("Budget 2025", "budget"),
        ("Agenda 2030", "agenda_2030"),
        ("Analys av läget visar", None),
        ("analys", None),
        ("Synpunkter och klagomål -", None),  # a group's label goes on
    ],
)
def test_section_of(text: str, code: str | None) -> None:
    found = section_of(text)
    assert (found.code if found else None) == code


def lines(*texts: str) -> list[Line]:
    return [Line(i, text) for i, text in enumerate(texts, start=1)]


@pytest.mark.parametrize(
    "head",
    [
        "Enheten X, Verksamhetsberättelse {n}(9)",
        "Sida {n} av 9",
        "{n}",
        "— {n} —",
        "Stockholms stad\t{n} (9)",
    ],
)
def test_page_heads_are_told_by_their_rising_number(head: str) -> None:
    texts = []
    for n in range(2, 7):
        texts += [f"Stycke {'abcdefg'[n]} om något.", "", head.format(n=n), "", *["Mer text."] * 9]
    kept, furniture = strip_furniture(lines(*texts))
    assert len(furniture) == 5
    assert not any("9)" in line.text or line.text.strip(" —").isdigit() for line in kept)


def test_what_stands_first_or_last_on_most_pages_is_the_pages() -> None:
    page = "Granens enhet\n{0} gick bra.\n\nNästa {0}.\nSedan {0}.\nTill {0}.\nSist {0}.\nNordstaden\n"
    text = "\f".join(page.format(word) for word in ("Maj", "Juni", "Juli", "Höst"))
    kept, furniture = strip_furniture(to_lines(text))
    assert Counter(each.text for each in furniture) == {"Granens enhet": 4, "Nordstaden": 4}
    assert "Maj gick bra." in [line.text for line in kept]


def test_rising_numbers_inside_sentences_are_no_page_heads() -> None:
    texts = [f"Värdet bygger på {n} svar av {n + 30} möjliga och ska läsas varsamt." for n in range(10, 16)]
    assert strip_furniture(lines(*texts))[1] == []


def test_rows_of_counts_are_no_page_numbers() -> None:
    texts = ["0 0 0 0  ", "x", "1 0 0 1  ", "y", "2 0 0 2  ", "z", "1 1 1 3  "]
    assert strip_furniture(lines(*texts))[1] == []


def test_years_on_lines_of_their_own_are_no_page_numbers() -> None:
    texts = ["2023 ", "a", "2023 ", "b", "2023 ", "c", "2023 "]
    assert strip_furniture(lines(*texts))[1] == []


@pytest.mark.parametrize(
    "count",
    ["{n} {n} st", "{n} st", "Hantering av personuppgifter {n}", "Vi har {n} % kvar", "Anonym {n} {n} st"],
)
def test_rising_counts_are_no_page_numbers(count: str) -> None:
    texts = [text for n in range(2, 9) for text in ("Rad", count.format(n=n))]
    kept, furniture = strip_furniture(lines(*texts))
    assert [line.text for line in kept] == texts and not furniture


def test_numbers_right_under_the_labels_of_a_form_are_no_page_numbers() -> None:
    texts = [text for n in range(2, 7) for text in ("Anonym", f"{n}", "")]
    assert strip_furniture(lines(*texts))[1] == []


@pytest.mark.parametrize("foot", ["Enheten X, Verksamhetsberättelse {n}(9)", "Sida {n} av 9"])
@pytest.mark.parametrize("row", ["Öppet hus 2025-01-01 2025-12-31", "Nöjda 80 % 2025", "Så blev det."])
def test_a_foot_that_is_glued_to_a_row_is_cut_off_it(row: str, foot: str) -> None:
    texts = [text for n in range(2, 6) for text in (row + foot.format(n=n), "", "Text.")]
    kept, furniture = strip_furniture(lines(*texts))
    assert [line.text for line in kept if line.text][:2] == [row, "Text."]
    assert [each.text for each in furniture] == [foot.format(n=n) for n in range(2, 6)]


def test_a_row_with_something_like_a_foot_once_stays_whole() -> None:
    text = "Öppet hus 2025-01-01 2025-12-31Enheten X, Verksamhetsberättelse 2(9)"
    assert [line.text for line in strip_furniture(lines(text, "", "Text."))[0]] == [text, "", "Text."]


def test_a_page_head_inside_a_sentence_leaves_no_gap() -> None:
    texts = []
    for n in range(2, 6):
        texts += [f"Vi har på {'abcdef'[n]} arbetat", "", f"Sida {n} av 9", "", "med att bli bättre."]
    kept, _ = strip_furniture(lines(*texts))
    assert [line.text for line in kept[:2]] == ["Vi har på c arbetat", "med att bli bättre."]


@pytest.mark.parametrize("leader", [" ..... 8", ".....\t8", "\t8", " ……… 8", " . . . . . 8"])
def test_contents_repeat_goal_headings_and_go(leader: str) -> None:
    body = ["Sammanfattande analys", "", "Text.", "", "Nämndmål: Alla trivs", "", "Ingen"]
    contents = [
        "Innehållsförteckning",
        "",
        f"Sammanfattande analys{leader}",
        f"Nämndmål: Alla trivs{leader}",
        "",
    ]
    kept, gone = strip_contents(lines(*contents, *body))
    assert [line.text for line in kept if line.text] == [text for text in body if text]
    assert len(gone) == 3


def test_contents_without_a_heading_are_told_by_leaders_also_where_they_wrap() -> None:
    texts = [
        "KF:s inriktningsmål: 1. Ett Stockholm som håller samman med en stark och",
        "hela staden ........ 6",
        "",
        "Text.",
    ]
    kept, _ = strip_contents(lines(*texts))
    assert [line.text for line in kept if line.text] == ["Text."]


def test_wrapped_heading_is_one_heading(tmp_path: Path) -> None:
    text = (
        COVER
        + "\nKF:s mål för verksamhetsområdet: 1.3 Stockholms stad ska ge stöd och \n"
        + "omsorg där behoven är som störst \n\n Ingen \n"
    )
    (heading,) = [b for b in blocks_of(text, tmp_path) if isinstance(b, Heading) and "1.3" in b.text]
    assert heading.text.endswith("som störst")


def test_a_title_marked_up_line_by_line_is_one_heading(tmp_path: Path) -> None:
    text = (
        COVER + "\n## Enhetsmål: Alla har en god arbetsmiljö och\n\n## trivs tillsammans\n\nUppfylls helt\n"
    )
    (heading,) = [b for b in blocks_of(text, tmp_path) if isinstance(b, Heading) and "Alla" in b.text]
    assert heading.text == "Enhetsmål: Alla har en god arbetsmiljö och trivs tillsammans"


def test_heading_without_blank_line_after_it_takes_no_text(tmp_path: Path) -> None:
    text = report_text("Enhetsmål: Alla trivs\nUppfylls helt\nBeskrivning\nVi arbetar vidare.")
    kinds = [type(b).__name__ for b in blocks_of(text, tmp_path)][-4:]
    assert kinds == ["Heading", "StatusLine", "Heading", "Paragraph"]


@pytest.mark.parametrize("bullet", ["- ", "-", "• ", "* ", "– ", "1. "])
def test_list_items(bullet: str, tmp_path: Path) -> None:
    items = [b for b in blocks_of(report_text(f"{bullet}Fler deltar"), tmp_path) if isinstance(b, ListItem)]
    assert [item.text for item in items] == ["Fler deltar"]


def tables(text: str, folder: Path) -> list[Table]:
    return [b for b in blocks_of(text, folder) if isinstance(b, Table)]


PIPED = "| A | B |\n|---|:--:|\n| 1 \\| 2 | <b>x</b><br>y |\n"
UNFRAMED = "A|B\n---|---\n|tom först\n"
HTML = (
    "<table>\n<tr><th>A</th><th>B</th></tr>\n<tr><td rowspan=2>g</td><td>1</td></tr>\n<tr><td>2</td></tr>\n"
    '<tr><td colspan="2"><p><b>Analys</b></p> <p>Bra &amp; bättre.</p></td></tr>\n</table>\n'
)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("A\tB\n\tx\n", [("A", "B"), ("", "x")]),
        (PIPED, [("A", "B"), ("1 | 2", "x\ny")]),
        (UNFRAMED, [("A", "B"), ("", "tom först")]),
        ("|A|B|\n|---|---|\n|APT-<br>möten|grupp-<br>och|\n", [("A", "B"), ("APT-möten", "grupp-\noch")]),
        (HTML, [("A", "B"), ("g", "1"), ("", "2"), ("Analys\nBra & bättre.", "")]),
    ],
)
def test_tables_with_separators(text: str, rows: list[tuple[str, ...]], tmp_path: Path) -> None:
    (found,) = tables(report_text("\n" + text), tmp_path)
    assert [row.texts for row in found.rows] == rows


def test_html_rows_keep_their_lines(tmp_path: Path) -> None:
    (found,) = tables(HTML, tmp_path)
    assert [row.place.line for row in found.rows] == [2, 3, 4, 5]


SPACED_HEAD = (
    "    Indikator Periodens \nutfall \n\nUtfall \nmän/ \npojkar \n\n"
    "Utfall \nkvinnor/ \nflickor \n\nUtfall VB \n"
    "2024 Årsmål KF:s \n\nårsmål Period \n\n \n \n\n \n\n"
)


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("Sjukfrånvaro 94 %    94 % öka 2025 \n", ("94 %", "", "", "", "94 %", "öka", "2025")),
        ("Sjukfrånvaro 100 %    80 %  2025 \n", ("100 %", "", "", "", "80 %", "", "2025")),
        ("Sjukfrånvaro 80   79 83 83 2025 \n", ("80", "", "", "79", "83", "83", "2025")),
        (
            "Sjukfrånvaro 8,5 % 6,5 % 9,4 % 9 % 8,5 % Tas fram \nav \nnämnd/s\ntyrelse \n\nVB 2025 \n",
            ("8,5 %", "6,5 %", "9,4 %", "9 %", "8,5 %", "Tas fram av nämnd/styrelse", "VB 2025"),
        ),
        ("Sjukfrånvaro      3 %  2025 \n", ("", "", "", "", "3 %", "", "2025")),
    ],
)
def test_white_space_is_data_in_the_spaced_dialect(row: str, cells: tuple[str, ...], tmp_path: Path) -> None:
    text = report_text("\n" + SPACED_HEAD + row.replace("Sjukfrånvaro      3", "Sjukfrånvaro     3"))
    (found,) = tables(text, tmp_path)
    assert found.rows[1].texts == ("Sjukfrånvaro", *cells)


def test_a_name_that_ends_in_digits_keeps_them(tmp_path: Path) -> None:
    row = "Sjukfrånvaro dag 1-14 2,9 % 3 % 2,9 % 3 % 2,9 % 3 % VB 2025 \n"
    (found,) = tables(report_text("\n" + SPACED_HEAD + row), tmp_path)
    assert found.rows[1].texts[:2] == ("Sjukfrånvaro dag 1-14", "2,9 %")


def test_spaced_numbers_whose_white_space_is_lost_are_left_out_with_a_doubt(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text(report_text("\n" + SPACED_HEAD + "Sjukfrånvaro 80 79 2025 \n"))
    document = read(path)
    (found,) = [b for b in document.blocks if isinstance(b, Table)]
    assert len(found.rows) == 1
    assert [d.code for d in document.doubts] == ["columns_uncertain"]
    assert "Sjukfrånvaro 80 79 2025" in document.doubts[0].detail


def test_white_space_is_data_where_no_line_ends_in_it(tmp_path: Path) -> None:
    rows = "Sjukfrånvaro 94 %    94 % öka 2025\n\nAntal fester 2    3  2025\n"
    head = "\n".join(line.rstrip() for line in SPACED_HEAD.split("\n"))
    (found,) = tables(report_text(f"\n{head}{rows}"), tmp_path)
    assert [row.texts for row in found.rows[1:]] == [
        ("Sjukfrånvaro", "94 %", "", "", "", "94 %", "öka", "2025"),
        ("Antal fester", "2", "", "", "", "3", "", "2025"),
    ]


def test_a_page_may_end_between_the_rows_of_a_white_space_table(tmp_path: Path) -> None:
    rows = "Sjukfrånvaro 94 %    94 % öka 2025 \n\fAntal fester 2    3  2025 \n"
    (found,) = tables(report_text("\n" + SPACED_HEAD + rows), tmp_path)
    assert [row.texts[0] for row in found.rows[1:]] == ["Sjukfrånvaro", "Antal fester"]


def test_run_together_breaks_words_only_where_the_space_is_missing() -> None:
    assert run_together(lines("Tas fram ", "av ", "nämnd/s", "tyrelse ")) == "Tas fram av nämnd/styrelse "
    assert run_together(lines("Tas fram", "av", "nämnd")) == "Tas fram av nämnd"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Antal byten 2 1 1 –   2025 ", ("Antal byten", "2", "1", "1", "–", "", "", "2025")),
        ("Resor – – – 7 % 5 %  2025 ", ("Resor", "–", "–", "–", "7 %", "5 %", "", "2025")),
        ("Nöjda drygt 5 %   4 % 5 %  2025 ", ("Nöjda", "drygt 5 %", "", "", "4 %", "5 %", "", "2025")),
        ("Antal resor 3 407   9  2025 ", ("Antal resor", "3", "407", "", "", "9", "", "2025")),
    ],
)
def test_dashes_and_words_of_a_white_space_row(row: str, expected: tuple[str, ...], tmp_path: Path) -> None:
    (found,) = tables(report_text("\n" + SPACED_HEAD + row), tmp_path)
    assert found.rows[1].texts == expected


def test_numbers_that_are_one_or_two_are_left_out_and_said(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text(report_text("\n" + SPACED_HEAD + "Antal resor 3 407   791 102  2025 "), encoding="utf-8")
    found = read(path)
    (rows,) = [b.rows for b in found.blocks if isinstance(b, Table)]
    assert len(rows) == 1
    assert "”Antal resor 3 407 791 102 2025”" in found.doubts[0].detail


def test_page_head_between_rows_does_not_part_a_table(tmp_path: Path) -> None:
    rows = []
    for n in range(2, 6):
        rows += [f"Aktivitet nr {'abcdef'[n]}\t2025-01-01\t2025-12-31\t", "", f"Enheten X\t{n} (9)", ""]
    text = report_text("\nAktivitet\tStartdatum\tSlutdatum\tAvvikelse\n" + "\n".join(rows))
    found = tables(text, tmp_path)
    assert sum(len(each.body) for each in found) == 4
    assert len({each.columns.fields for each in found if each.columns}) == 1


def test_tables_keep_line_numbers_of_the_file(tmp_path: Path) -> None:
    text = report_text(table(INDICATOR_HEAD, SICK))
    (found,) = tables(text, tmp_path)
    assert text.split("\n")[found.rows[1].place.line - 1] == SICK


def test_words_on_the_way_are_kept(tmp_path: Path) -> None:
    blocks = blocks_of(COVER + GOALS, tmp_path)
    assert sum(isinstance(b, StatusLine) for b in blocks) == 2
    assert isinstance(blocks[0], Heading | Paragraph)


@pytest.mark.parametrize(
    ("name", "start", "problem"),
    [("r.pdf", b"inte alls", "ingen PDF"), ("r.txt", b"", "tom")],
)
def test_mislabelled_files_are_refused(name: str, start: bytes, problem: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(start)
    with pytest.raises(UnreadableFileError, match=problem):
        read(path)


@pytest.mark.parametrize(
    "picture",
    [
        '![](media/image1.png){width="0.125in" height="0.125in"}', "[]", "[png]", "[euzFEurwAA]",
        "[[file:media/image1.png]]", "{{media/image1.png?12x12}}", "----media/image1.png----", "!image1.png!",
    ],
)  # fmt: skip
def test_a_picture_that_is_not_there_hides_no_status(picture: str, tmp_path: Path) -> None:
    blocks = blocks_of(f"Enhetsmål: Alla trivs\n\n{picture} Uppfylls helt\n\nAnalys\n", tmp_path)
    assert [b.text for b in blocks if isinstance(b, StatusLine)] == ["Uppfylls helt"]


@pytest.mark.parametrize("text", ["[x] Klart", "[ ] Klart", "[Personal] Klart", "[Bilaga] Klart"])
def test_brackets_that_say_something_stay(text: str) -> None:
    assert unmark(text).text == text


def test_a_council_goal_goes_on_after_a_blank_line_where_that_makes_it_whole(tmp_path: Path) -> None:
    start = "KF:s inriktningsmål: 1. Ett Stockholm som håller samman med en"
    rest = "stark och jämlik välfärd i hela staden"
    blocks = blocks_of(f"{start}\n\n{rest}\n\nInga data\n", tmp_path)
    assert [b.text for b in blocks if isinstance(b, Heading)] == [f"{start} {rest}"]


def test_contents_that_start_on_the_line_of_their_heading_are_no_goals():
    texts = [
        "Innehållsförteckning Sammanfattande analys ....... 3 Enhetsmål: Alla trivs .... 4",
        "Enhetsmål: Alla är med", "5",
        "Sammanfattande analys", "Enhetsmål: Alla trivs",
    ]  # fmt: skip
    kept, contents = strip_contents([Line(i, text) for i, text in enumerate(texts, 1)])
    assert [line.text for line in kept if not line.blank] == texts[3:]
    assert len(contents) == 3


def test_the_rest_of_a_title_is_no_part_of_the_analysis_after_it():
    lines = [Line(1, "och en egen budget "), Line(2, ""), Line(3, "Analys "), Line(4, "Det gick bra. ")]
    assert [row.texts[0] for row in text_rows(lines, 4)] == ["och en egen budget", "Analys\nDet gick bra."]


def test_a_dot_leader_that_wraps_belongs_to_the_contents(tmp_path: Path) -> None:
    entries = [
        f"   {word}\n   avsnittet .............\n   ....................\n   {'.' * 3 * page} {page}\n"
        for page, word in enumerate(["Ett", "Två", "Tre", "Fyra", "Fem", "Sex"], 3)
    ]
    goal = (
        "   Nämndmål: Alla har en plan\n   som de har skrivit\n   själva .......................\n   ... 9\n"
    )
    text = (
        "   Innehållsförteckning\n\n" + "\n".join([*entries, goal]) + "\n   Inledning\n\n   Det var ett år.\n"
    )
    path = tmp_path / "r.txt"
    path.write_text(text)
    assert not any("Nämndmål" in getattr(block, "text", "") for block in read(path).blocks)


@pytest.mark.parametrize(
    ("text", "cells", "rest"),
    [
        ("104 9 1 114 st  ", ("104", "9", "1", "114 st", ""), ""),
        (" 2 104 106 st Klart.", ("", "2", "104", "106 st", "Klart."), ""),
        ("3 2 2 7  st  ", ("3", "2", "2", "7  st", ""), ""),
        ("   1 114 st Klart.", ("oläst", "oläst", "oläst", "oläst", "114 st Klart."), ""),
        ("1 2 1 114 st 5", ("oläst", "oläst", "oläst", "oläst", "5"), ""),
        ("1 två 3 4", None, None),
    ],
)
def test_a_count_that_may_be_two_is_told_by_the_printed_sum_or_unread(text, cells, rest):
    found = _counts_of(text)
    assert found == (None if cells is None else (cells, rest))


def test_pieces_of_a_groups_label_are_one_where_white_space_is_data() -> None:
    pieces = ("Synpunkter och klagomål -", "som gäller verksamhet och", "personal")
    parts = [_Part("group", text, Place(n)) for n, text in enumerate(pieces)]
    rows = list(_form_rows([*parts, _Part("row", "Bemötande", Place(9), ("1", "", "", "1", ""))]))
    assert [row.texts[:2] for row in rows] == [(" ".join(pieces), "Bemötande")]
