"""A unit's own table of its economy: what does not add up, and what the text says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import INDICATOR_HEAD, SICK, report_text, table, tables_of

BOARD = "Nämndmål: Alla får stöd\n\nInga data\n"
HEAD = ("Post", "Budget", "Utfall", "Avvikelse")
INCOME, STAFF, RENT = ("Intäkter", "20,5", "21,0", "0,5"), ("Personal", "−15,0", "−15,2", "−0,2"), (
    "Hyra", "−5,0", "−5,0", "0,0",
)  # fmt: skip
SUM = ("Summa", "0,5", "0,8", "0,3")
COST, HIRE = ("Personal", "15,0", "15,2", "−0,2"), ("Hyra", "5,0", "5,0", "0,0")
MORE, ODD = ("Personal", "−15,0", "−18,2", "−3,2"), ("Personal", "−15,0", "−15,2", "−2,0")
ALL = (INCOME, STAFF, RENT, SUM)
CODES = ("change_differs", "told_differs", "parts_differ", "economy_without_amount")


@pytest.fixture
def ask(tmp_path: Path):
    """Findings on the economy of a report with a table in Markdown and a text over it: code and line."""

    def asked(said: str, *rows: tuple[str, ...]) -> list[tuple[str, str]]:
        lined = ["| " + " | ".join(row) + " |" for row in (HEAD, ("---",) * 4, *rows)] if rows else []
        part = "\n".join(["\n## Uppföljning av ekonomi\n", said, "", *lined, ""])
        text = report_text(BOARD, part, table(INDICATOR_HEAD, SICK))
        lines, found = text.split("\n"), tables_of(text, tmp_path, "rapport.md")["findings"]
        return [(each["code"], lines[each["source_line"] - 1]) for each in found if each["code"] in CODES]

    return asked


@pytest.mark.parametrize(
    ("said", "rows", "asked"),
    [
        ("Ekonomin är i balans.", ALL, None),
        ("Ekonomin är i balans.", (), ("economy_without_amount", "Ekonomin")),
        # sums, differences
        ("Året är slut.", (INCOME, MORE, RENT, SUM), ("parts_differ", "| Summa")),
        ("Året är slut.", (*ALL[:3], ("Summa", "0,5", "0,8", "3,0")), ("change_differs", "| Summa")),
        ("Året är slut.", (INCOME, ODD, RENT, SUM), ("change_differs", "| Personal")),
        ("Året är slut.", (INCOME, COST, HIRE, SUM), None),
        ("Året är slut.", (STAFF, SUM), None),  # a table in part: nothing adds up
        ("Året är slut.", (*ALL[:2], ("varav vikarier", "−3,0", "−3,0", "0,0"), *ALL[2:]), None),
        # what the text calls it
        ("Ett underskott om 0,3 mnkr.", ALL, ("change_differs", "Ett")),
        ("Underskottet är 300 tkr.", ALL, ("change_differs", "Underskottet")),
        ("Vi har ett överskott på 900 tkr.", ALL, ("change_differs", "Vi har")),
        ("Resultatet är ett underskott.", ALL, ("change_differs", "Resultatet")),
        ("Vi har ett underskott på 0,3 mnkr.", ALL, ("change_differs", "Vi")),
        ("Budgeten på 5 mnkr har hållits.", ALL, ("change_differs", "Budgeten")),
        ("Budgeten på 500 tkr har hållits.", ALL, None),
        # the result told twice
        ("Överskottet blev 400 tkr.\n\nVi har ett överskott på 900 tkr.", (), ("told_differs", "Vi har")),
        ("Av bidraget ska 60 tkr betalas tillbaka.\n\nHela året gav ett underskott på 60 tkr.", (), None),
        ("Lönerna blev 900 tkr och 60 tkr lämnas tillbaka.\n\nÅret gav ett underskott på 80 tkr.", (),
         ("told_differs", "Året gav")),
        ("Ekonomin är i balans.\n\nVi har ett underskott på 80 tkr.", (), ("told_differs", "Ekonomin")),
        ("Ekonomin ska vara i balans.\n\nResultatet är ett underskott på 80 tkr.", (), None),
        ("Överskottet blev 400 tkr.\n\nKöket gav ett underskott på 80 tkr.", (), None),
        ("Överskottet blev 0,4 mnkr.\n\nVi lämnar ett överskott på 385 tkr.", (), None),
        ("Överskottet blev 400 tkr.\n\nUtan bidraget hade vi haft ett underskott på 200 tkr.", (), None),
        ("Överskottet blev 400 tkr.\n\nVi har ett underskott på 80 tkr på lokaler.", (), None),
        ("Överskottet är 9 tkr.\n\nPrognosen var ett underskott på 7 tkr. Utfall i nivå med prognos.", (),
         ("change_differs", "Prognosen")),
        ("Överskottet blev 9 tkr.\n\nPrognosen var ett överskott på 8 tkr. Utfall i nivå med prognos.", (),
         None),
        ("Överskottet är 300 tkr.", ALL, None),
        ("Förra året var det ett underskott.", ALL, None),
        ("Vi hade inte något underskott.", ALL, None),
        ("Underskottet är 200 tkr.", (COST, ("Totalt", *COST[1:])), None),
    ],
)  # fmt: skip
def test_the_table_and_the_text_about_it(ask, said, rows, asked) -> None:
    found = ask(said, *rows)
    assert [code for code, _ in found] == ([asked[0]] if asked else [])
    assert not asked or found[0][1].startswith(asked[1])
