"""Pipe rows and headings that are broken at the width of a page are whole again."""

from __future__ import annotations

from vbdata.extract.broken import whole_rows
from vbdata.extract.decode import Line


def rewritten(text: str) -> list[tuple[int, str]]:
    lines = whole_rows([Line(i, line) for i, line in enumerate(text.split("\n"), 1)])
    return [(line.number, line.text) for line in lines if not line.blank]


BROKEN = """\
##### Enhetsmål: Varje person i huset planerar sin vecka tillsammans med sin
stödperson

Inga data

| **Indikator**| **Utfall
2024**| **Period**  
---|---|---|---  
![](data:image/png;base64,iVB/w0=)|
Sjukfrånvaro i hela
enheten| 5 %| 2025  
**Analys** Fler är
friska.  
|  Beröm| 7 %|  
  
Efter tabellen"""


def test_a_table_has_a_line_per_row():
    assert rewritten(BROKEN) == [
        (1, "##### Enhetsmål: Varje person i huset planerar sin vecka tillsammans med sin stödperson"),
        (4, "Inga data"),
        (6, "||**Indikator**|**Utfall 2024**|**Period**|"),
        (9, "||Sjukfrånvaro i hela enheten|5 %|2025|"),
        (12, "|**Analys** Fler är friska.||||"),
        (14, "||Beröm|7 %||"),
        (16, "Efter tabellen"),
    ]


def test_markdown_is_left_as_it_is():
    text = "# Rubrik\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nEn rad som slutar med två blanka  \noch går vidare"
    assert [line for _, line in rewritten(text)] == [line for line in text.split("\n") if line]


def test_a_rule_of_equals_signs_is_no_title():
    text = "====  ======\nIndik  Utfall\n====  ======\n== ==\n===\n=== ==="
    assert [line for _, line in rewritten(text)] == text.split("\n")
