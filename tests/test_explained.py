"""Texts below a table that name the row that they explain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories import ACTIVITY_HEAD
from vbdata.extract.document import Block, Heading, Paragraph, Place, Row, Table
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
    ("blocks", "names"),
    [
        (
            [table("Odla", "Baka", "Analys – Odla: Det växer.\nAnalys – Baka: Ugnen är lagad.")],
            ["Odla", "Analys\nDet växer.", "Baka", "Analys\nUgnen är lagad."],
        ),
        ([table("Odla"), table("Baka", "Analys – Odla: Nej.")], ["Odla", "Analys\nNej.", "Baka"]),
        ([table("Odla", "Baka"), Paragraph("Analys – Odla: Ja.", AT)], ["Odla", "Analys\nJa.", "Baka"]),
        ([table("Odla", "Analys – alla: Ja.")], ["Odla", "Analys – alla: Ja."]),
        ([table("Odla", "Odla", "Analys – Odla: Ja.")], ["Odla", "Odla", "Analys – Odla: Ja."]),
        (
            [table("Odla"), Heading("Enhetsmål: Fler bakar", AT), table("Baka", "Analys – Odla: Ja.")],
            ["Odla", "Baka", "Analys – Odla: Ja."],
        ),
    ],
)
def test_an_analysis_is_of_the_row_that_it_names(blocks: list[Block], names: list[str]) -> None:
    found = [block for block in with_named_analyses(blocks) if isinstance(block, Table)]
    assert [row.texts[0] for block in found for row in block.body] == names


def test_an_analysis_between_rows_is_of_the_row_above_and_one_below_all_of_them_is_said() -> None:
    head, text = Heading("Analys", AT), Paragraph("Det går.", AT)
    below = replace(table("Baka"), rows=table("Baka").body, head=0)
    found, doubts = with_analyses_between([table("Odla"), head, text, below, head, text])
    assert isinstance(found[0], Table)
    assert [row.texts[0] for row in found[0].body] == ["Odla", "Analys\nDet går.", "Baka"]
    assert found[1:] == [head, text]
    assert [doubt.code for doubt in doubts] == ["columns_uncertain"]
    assert with_analyses_between([table("Odla"), head, text]) == ([table("Odla"), head, text], [])
