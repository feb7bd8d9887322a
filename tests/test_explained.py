"""Texts below a table that name the row that they explain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories import ACTIVITY_HEAD
from vbdata.extract.document import Heading, Paragraph, Place, Row, Table
from vbdata.extract.explained import with_analyses_between, with_named_analyses
from vbdata.extract.headers import columns_of

AT = Place(1)
TITLES = ACTIVITY_HEAD.split("\t")


def table(*texts: str) -> Table:
    rows = [Row.of(titles if len(titles) > 1 else [*titles, "", "", ""], AT) for titles in map(cells, texts)]
    return Table((Row.of(TITLES, AT), *rows), AT, columns_of(TITLES), 1)


def cells(text: str) -> list[str]:
    return [text] if text.startswith("Analys") else [text, "2025-01-01", "2025-12-31", ""]


@pytest.mark.parametrize(
    ("text", "names", "below"),
    [
        ("Analys – Odla: Det växer.\nAnalys – Baka: Ugnen är lagad.", ["Odla", "Baka"], 1),
        ("Analys – det går bra.", ["Odla", "Baka", "Analys – det går bra."], 0),
        ("Analys Odla: Ja.", ["Odla", "Baka", "Analys Odla: Ja."], 0),
    ],
)
def test_an_analysis_that_names_a_row_is_not_of_the_last_one(text: str, names: list[str], below: int) -> None:
    found, *texts = with_named_analyses([table("Odla", "Baka", text)])
    assert isinstance(found, Table) and [row.texts[0] for row in found.body] == names
    assert texts == [Paragraph(" ".join(text.split()), AT)] * below


def test_an_analysis_between_rows_is_of_the_row_above_and_one_below_all_of_them_is_said() -> None:
    head, text = Heading("Analys", AT), Paragraph("Det går.", AT)
    below = replace(table("Baka"), rows=table("Baka").body, head=0)
    found, doubts = with_analyses_between([table("Odla"), head, text, below, head, text])
    assert isinstance(found[0], Table)
    assert [row.texts[0] for row in found[0].body] == ["Odla", "Analys\nDet går.", "Baka"]
    assert found[1:] == [head, text]
    assert [doubt.code for doubt in doubts] == ["columns_uncertain"]
    assert with_analyses_between([table("Odla"), head, text]) == ([table("Odla"), head, text], [])
