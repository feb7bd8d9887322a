"""Tables by place: headers, columns, rows, and the form."""

from __future__ import annotations

import re
import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vbdata.extract.tables import Line, Placed, Rule, Word, headers_in, read_region

STEP, HIGH, LEAD = 5.0, 10.0, 12.0


def printed(text: str, rules: list[Rule] | None = None) -> list[Line]:
    """Lines as print sets them: a letter is 5 wide, a line 10 high, and a blank line a gap of half a line.

    "-----" is a rule from where it starts to where it ends.
    """
    lines: list[Line] = []
    top = 0.0
    for row in textwrap.dedent(text).strip("\n").split("\n"):
        if not row.strip():
            top += LEAD / 2
            continue
        if rules is not None and not row.strip(" -"):
            rules.append(Rule(top - 1, row.index("-") * STEP, len(row) * STEP))
            top += 2
            continue
        words = [
            Word(m[0], m.start() * STEP, m.end() * STEP, row[max(m.start() - 2, 0) : m.start()] in ("", "  "))
            for m in re.finditer(r"\S+", row)
        ]
        lines.append(Line.of(words, top, top + HIGH, HIGH))
        top += LEAD
    return lines


def read(text: str) -> Placed | None:
    lines = printed(text)
    (header,) = headers_in(lines)
    return read_region(header, lines[header.end :])


def rows(text: str) -> list[tuple[str, ...]]:
    """Rows as their cells; one of words over all columns as one text, one that is not sure as a question."""
    placed = read(text)
    assert placed is not None
    found = []
    for row in placed.rows:
        cuts = placed.texts[row.first : row.end]
        if row.merged:
            found.append((" ".join(line.text for line in placed.lines[row.first : row.end]),))
        elif not (row.sure and row.clear):
            found.append(("?",))
        else:
            columns = range(len(placed.header.titles))
            found.append(tuple(" ".join(t for cut in cuts if (t := cut.texts.get(n))) for n in columns))
    return found


# Headers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aktivitet        Startdatum    Slutdatum", ("title", "start", "end")),
        ("Slutdatum    Aktivitet        Startdatum", ("end", "title", "start")),
        ("Indikator     Årsmål    Ansvarig    Period", ("name", "target", None, "period")),
        (
            "Indikator   Utfall  Utfall 2024  Årsmål  Period",
            ("name", "value", "value_previous", "target", "period"),
        ),
        (
            """
            Indikator   Utfall  Utfall    Utfall  Årsmål
                        2025    män 2025  2024    2025
            """,
            ("name", "value", "value_men", "value_previous", "target"),
        ),
        (
            """
            Indikator   Periodens utfall                  Årsmål             Period
                        Totalt            Män   Kvinnor   Lagets    Husets
            """,
            ("name", "value", "value_men", "value_women", None, None, "period"),
        ),
        (
            """
            Indikator   Periodens  Utfall   Utfall     Årsmål  Period
                        utfall     män/     kvinnor/
                                   pojkar   flickor
            """,
            ("name", "value", "value_men", "value_women", "target", "period"),
        ),
        (
            """
                        Periodens                      KF:s
            Indikator                Årsmål                        Period
                        utfall                         årsmål
            """,
            ("name", "value", "target", "council_target", "period"),
        ),
        (
            """
            Indikator   Årets   Utfall  Utfall    Tidigare  Årsmål  Period
                        utfall  män     kvinnor   värde
            """,
            ("name", "value", "value_men", "value_women", None, "target", "period"),
        ),
    ],
)
def test_a_header_is_known_by_its_titles(text: str, expected: tuple[str | None, ...]):
    (header,) = headers_in(printed(text))
    assert header.fields == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lag        Personal    Bilar    Öppet",
        "Varje indikator har ett årsmål och en period.",
        "Aktivitet        Startdatum",
        "Indikator   Årsmål   Årsmål   Årsmål   Period",
    ],
)
def test_other_titles_and_sentences_are_no_header(text: str):
    assert headers_in(printed(text)) == []


def test_a_line_right_above_a_header_is_none_of_it():
    (header,) = headers_in(printed("Vi ses.\nAktivitet        Startdatum    Slutdatum"))
    assert header.start == 1


# Rows


def test_names_that_wrap_below_and_values_that_wrap_beside_them():
    found = rows("""
        Indikator               Årsmål    KF:s årsmål    Period
        Andel som cyklar till   85 %      Tas fram av    VB
        arbetet (minst en dag             nämnd          2025
        i veckan)
        Antal nya vänner        12 st                    2025
    """)
    assert found == [
        ("Andel som cyklar till arbetet (minst en dag i veckan)", "85 %", "Tas fram av nämnd", "VB 2025"),
        ("Antal nya vänner", "12 st", "", "2025"),
    ]


def test_values_in_the_middle_of_their_rows():
    found = rows("""
        Indikator               Årsmål    Period
        Andel som cyklar till
        arbetet varje dag i     85 %      2025
        veckan

        Andel som åker buss
        tillsammans med         70 %      2025
        grannen
    """)
    assert [row[0] for row in found] == [
        "Andel som cyklar till arbetet varje dag i veckan",
        "Andel som åker buss tillsammans med grannen",
    ]


def test_columns_in_another_order():
    found = rows("""
        Startdatum    Slutdatum     Aktivitet
        2025-01-01    2025-03-31    Ett nytt växthus
                      2025-12-31    Bryggan lagas
    """)
    assert found == [("2025-01-01", "2025-03-31", "Ett nytt växthus"), ("", "2025-12-31", "Bryggan lagas")]


@pytest.mark.parametrize("word", ["Analys", "Kommentar"])
def test_an_analysis_is_a_row_over_all_columns(word: str):
    found = rows(f"""
        Aktivitet               Startdatum    Slutdatum
        Ett nytt växthus        2025-01-01    2025-03-31
        {word}
        Det står klart sedan maj, och tomaterna är mogna.
        Bryggan lagas           2025-01-01    2025-12-31
        {word}
        Isen låg kvar.
    """)
    assert found == [
        ("Ett nytt växthus", "2025-01-01", "2025-03-31"),
        (f"{word} Det står klart sedan maj, och tomaterna är mogna.",),
        ("Bryggan lagas", "2025-01-01", "2025-12-31"),
        (f"{word} Isen låg kvar.",),
    ]


def test_the_analysis_of_a_row_on_the_page_before_is_a_row_only_where_the_table_goes_on():
    lines = printed("""
        Aktivitet               Startdatum    Slutdatum
        Analys
        Växthuset står klart sedan maj.
    """)
    (header,) = headers_in(lines)
    assert read_region(header, lines[1:]) is None
    placed = read_region(header, lines[1:], go_on=True)
    assert placed is not None
    assert [(row.first, row.end, row.merged) for row in placed.rows] == [(0, 2, True)]


@pytest.mark.parametrize(
    "body",
    [
        "Andel som cyklar        85 % 90 %                 2025",  # two values in one column
        "Andel som cyklar   90 procent av dem              2025",  # words over the edge of a column
        "Andel som cyklar        85 %      vi vet inte än  2025",  # no value
    ],
)
def test_what_may_be_another_column_s_is_not_read(body: str):
    assert rows(f"Indikator               Årsmål    KF:s årsmål     Period\n{body}") == [("?",)]


def test_a_name_that_may_be_either_row_s_is_not_read():
    found = rows("""
        Aktivitet               Startdatum    Slutdatum
        Vi lagar
        Bryggan                 2025-01-01    2025-03-31
        Taket
        Huset                   2025-01-01    2025-12-31
        Boden
    """)
    assert ("?",) in found


@pytest.mark.parametrize(
    "end",
    ["Nämndmål: Alla odlar", "Uppfylls helt", "Förväntat resultat"],
)
def test_a_heading_or_a_status_ends_a_table(end: str):
    table = "Aktivitet           Startdatum    Slutdatum\nBryggan lagas       2025-01-01    2025-12-31"
    found = rows(f"{table}\n{end}\nVi ses.")
    assert found == [("Bryggan lagas", "2025-01-01", "2025-12-31")]


def test_a_table_of_the_unit_s_own_ends_one():
    placed = read("""
        Indikator               Årsmål    KF:s årsmål    Period
        Andel som cyklar        85 %                     2025

        Bilar per lag
        Lag                     Bilar     Cyklar         Öppet
        Norra                   3         14             alltid
    """)
    assert placed is not None
    assert [line.text for line in placed.lines] == ["Andel som cyklar 85 % 2025"]


def test_a_header_without_rows_is_no_table():
    assert (
        read("Aktivitet           Startdatum    Slutdatum\nVi har inga planer för året som kommer.") is None
    )


# The form

FORM = (
    "Uppdelning           Klagomål/synpunkter/kategorier    Utfall T1    Utfall T2    Totalt ack    "
    "Kommentar\n"
)


def groups(text: str) -> list[tuple[str, list[str]]]:
    """Each label of the form, with the categories beside it."""
    placed = read(FORM + textwrap.dedent(text).strip("\n"))
    assert placed is not None

    def of(first: int, end: int, column: int) -> str:
        return " ".join(t for cut in placed.texts[first:end] if (t := cut.texts.get(column)))

    return [
        (
            of(placed.rows[a].first, placed.rows[b - 1].end, 0),
            [of(row.first, row.end, 1) for row in placed.rows[a:b]],
        )
        for a, b in placed.groups
    ]


def test_labels_that_no_form_has_are_parted_where_their_lines_stand_apart():
    found = groups("""
        Vem hörde            Granne                            3            4            7
        av sig?              Hyresvärd                         5            3            8
                             Kollega                           1            0            1
                             Annan                             2            2            4
        Vad handlade         Ljudnivå                          4            5            9
        det om?              Städning                          2            1            3
    """)
    assert found == [
        ("Vem hörde av sig?", ["Granne", "Hyresvärd", "Kollega", "Annan"]),
        ("Vad handlade det om?", ["Ljudnivå", "Städning"]),
    ]


def test_labels_on_the_first_lines_of_their_rows():
    found = groups("""
        Avvikelse -          Bemötande                         1                         1
        SOL/LSS              Fysisk miljö, utrustning och      2            3            5             Ramp.
                             teknik
        Beröm                Beröm                             4                         4
    """)
    assert found == [
        ("Avvikelse - SOL/LSS", ["Bemötande", "Fysisk miljö, utrustning och teknik"]),
        ("Beröm", ["Beröm"]),
    ]


def test_a_label_wider_than_its_column_stands_over_its_row():
    found = groups("""
        Beröm                Beröm                             4                         4
        Personuppgiftsincidenter
                             Hantering av personuppgifter      1                         1
        Avvikelse - SOL/LSS  Bemötande                         1                         1
    """)
    assert found[:2] == [
        ("Beröm", ["Beröm"]),
        ("Personuppgiftsincidenter", ["Hantering av personuppgifter"]),
    ]


# Whatever is printed


WORD = st.text("abdefgiklmnoprstuvåäö", min_size=2, max_size=9)
NAME = st.lists(WORD, min_size=1, max_size=9).map(lambda words: " ".join(words).capitalize())
VALUE = st.sampled_from(["", "85 %", "7,5 %", "12 st", "öka", "1 250", "0"])


@st.composite
def tables(draw: st.DrawFn) -> tuple[str, list[tuple[str, ...]]]:
    """A table printed at random widths, names wrapped, and its rows."""
    made = draw(st.lists(st.tuples(NAME, VALUE, VALUE, st.just("2025")), min_size=1, max_size=6))
    widths = [draw(st.integers(14, 40)), draw(st.integers(10, 18)), draw(st.integers(13, 20)), 10]
    lines = [
        "".join(
            t.ljust(w + 2)
            for t, w in zip(("Indikator", "Årsmål", "KF:s årsmål", "Period"), widths, strict=True)
        )
    ]
    gap = draw(st.booleans())
    for row in made:
        name = textwrap.wrap(row[0], widths[0])
        first = "".join(t.ljust(w + 2) for t, w in zip((name[0], *row[1:]), widths, strict=True))
        lines += [first, *name[1:], *[""] * gap]
    return "\n".join(lines), made


@settings(max_examples=150, deadline=None)
@given(tables())
def test_rows_at_any_widths_come_back_or_are_said(table: tuple[str, list[tuple[str, ...]]]):
    text, made = table
    found = rows(text)
    assert [row for row in found if row != ("?",) and row not in made] == []
    assert len(found) == len(made)


def test_thousands_of_lines_take_little_time():
    body = "\n".join(
        ["Andel   som  är (", "85 %", "Analys"] * 700 + ["Andel                     85 %     2025"] * 900
    )
    start = time.process_time()
    read(f"Indikator                 Årsmål   Period\n{body}")
    read(FORM + "\n".join(["Avvikelse            Annat", "                     och    "] * 1000))
    assert time.process_time() - start < 5


# Rules between rows


def ruled(text: str) -> list[tuple[str, ...]]:
    """Rows of a table with rules as their cells; one of words over all columns as one text."""
    drawn: list[Rule] = []
    lines = printed(text, drawn)
    (header,) = headers_in(lines)
    placed = read_region(header, lines[header.end :], rules=drawn)
    assert placed is not None
    found_rows = []
    for row in placed.rows:
        assert row.sure
        cuts = placed.texts[row.first : row.end]
        if row.merged:
            found_rows.append((" ".join(line.text for line in placed.lines[row.first : row.end]),))
        else:
            columns = range(len(placed.header.titles))
            found_rows.append(tuple(" ".join(t for cut in cuts if (t := cut.texts.get(n))) for n in columns))
    return found_rows


def test_rules_part_rows_that_words_do_not():
    found = ruled("""
        Aktivitet                Startdatum    Slutdatum
        ------------------------------------------------
        Köket byter spis och     2025-01-01    2025-06-30
        Gården får lådor
        ------------------------------------------------
        Fler odlar
        ------------------------------------------------
        och bjuder grannarna     2025-02-01    2025-03-31
        ------------------------------------------------
    """)
    assert [row[0] for row in found] == [
        "Köket byter spis och Gården får lådor",
        "Fler odlar",
        "och bjuder grannarna",
    ]


def test_an_analysis_between_rules_is_whole():
    found = ruled("""
        Indikator             Årsmål    Period
        --------------------------------------
        Andel som cyklar      85 %      2025
        --------------------------------------
        Analys
        Vi räknade      i maj.

        Sedan regnade det.
        --------------------------------------
        Andel som åker buss   70 %      2025
        --------------------------------------
    """)
    assert found[1:] == [
        ("Analys Vi räknade i maj. Sedan regnade det.",),
        ("Andel som åker buss", "70 %", "2025"),
    ]


def test_a_title_of_another_table_below_the_last_rule_is_no_row():
    found = ruled("""
        Indikator             Årsmål    Period
        --------------------------------------
        Andel som cyklar      85 %      2025
        --------------------------------------

        Bilar per lag
        --------------------------------------
        Lag                   Bilar     Öppet
        --------------------------------------
        Norra                 3         alltid
        --------------------------------------
    """)
    assert found == [("Andel som cyklar", "85 %", "2025")]


def test_a_form_s_rules_part_its_categories_and_shorter_ones_do_not_part_groups():
    found = ruled("""
        Uppdelning      Klagomål/synpunkter/     Utfall    Totalt
                        kategorier               T1 2025
        -----------------------------------------------------------
        Grupp           Lokaler och              1         1
                        möbler
                        -------------------------------------------
        ett             Mat                                2
        -----------------------------------------------------------
                        Resor                    3         3
        -----------------------------------------------------------
    """)
    assert [row[1:] for row in found] == [
        ("Lokaler och möbler", "1", "1"),
        ("Mat", "", "2"),
        ("Resor", "3", "3"),
    ]
