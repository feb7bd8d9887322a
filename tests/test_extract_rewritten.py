"""Other mark-up than Markdown, and rows that html2text wraps: the same rows and headings come back."""

from __future__ import annotations

import pytest

from vbdata.extract.decode import Line
from vbdata.extract.rewritten import as_markdown


def rewritten(text: str) -> list[tuple[int, str]]:
    lines = as_markdown([Line(i, line) for i, line in enumerate(text.split("\n"), 1)])
    return [(line.number, line.text) for line in lines if not line.blank]


HTML2TEXT = """\
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

JIRA = """\
h2. {anchor:mål}Enhetsmål: Alla trivs
h3. Analys
||  || *Indikator* || *Period* ||
| !media/image2.png|width=0.1in, height=0.1in! | Sjukfrånvaro \\(alla) | 2025 |
| *Analys*
Fler är friska. |  |  |

Efter | tabellen"""

TEXTILE = """\
h2(#mål). Enhetsmål: Alla trivs &#45; alltid
h3(#analys). Analys
!{width:12px;height:12px;}media/image1.png! Inga data"""

ASCIIDOC = """\
== Enhetsmål: Alla trivs

[width="100%",cols="9%,26%,10%",options="header",]
|===
| |*Indikator*
|*Period*
|image:media/image2.png[image,width=12] |Sjukfrånvaro i hela
enheten |2025

a|
*Analys*

Fler är friska.

| |
|===

Efter tabellen"""


MEDIAWIKI = """\
== Enhetsmål: Alla trivs ==

=== Analys ===

[[File:media/image1.png|12x12px]] Inga data

{|
!width="4%"|
!width="26%"| '''Indikator'''
! '''Period'''
|-
| [[File:media/image2.png|12x12px]]
| Sjukfrånvaro
| 2025
|-
|colspan="3"| '''Analys'''

Fler är friska.
|-
| || Beröm || 2025
|}
Efter"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            MEDIAWIKI,
            [
                (1, "## Enhetsmål: Alla trivs"),
                (3, "### Analys"),
                (5, "Inga data"),
                (8, "||Indikator|Period|"),
                (11, "||Sjukfrånvaro|2025|"),
                (15, "|Analys<br>Fler är friska.|||"),
                (19, "||Beröm|2025|"),
                (22, "Efter"),
            ],
        ),
        (
            HTML2TEXT,
            [
                (
                    1,
                    "##### Enhetsmål: Varje person i huset planerar sin vecka tillsammans med sin stödperson",
                ),
                (4, "Inga data"),
                (6, "||**Indikator**|**Utfall 2024**|**Period**|"),
                (9, "||Sjukfrånvaro i hela enheten|5 %|2025|"),
                (12, "|**Analys** Fler är friska.||||"),
                (14, "||Beröm|7 %||"),
                (16, "Efter tabellen"),
            ],
        ),
        (
            JIRA,
            [
                (1, "## Enhetsmål: Alla trivs"),
                (2, "### Analys"),
                (3, "||*Indikator*|*Period*|"),
                (4, "||Sjukfrånvaro (alla)|2025|"),
                (5, "|*Analys*<br>Fler är friska.|||"),
                (8, "Efter | tabellen"),
            ],
        ),
        (
            TEXTILE,
            [(1, "## Enhetsmål: Alla trivs - alltid"), (2, "### Analys"), (3, "Inga data")],
        ),
        (
            ASCIIDOC,
            [
                (1, "## Enhetsmål: Alla trivs"),
                (5, "||*Indikator*|*Period*|"),
                (7, "|image:media/image2.png[image,width=12]|Sjukfrånvaro i hela enheten|2025|"),
                (10, "|*Analys*<br> Fler är friska.|||"),
                (18, "Efter tabellen"),
            ],
        ),
    ],
    ids=["mediawiki", "html2text", "jira", "textile", "asciidoc"],
)
def test_a_table_has_a_line_per_row(text: str, expected: list[tuple[int, str]]):
    assert rewritten(text) == expected


def test_a_table_whose_rows_have_other_cells_than_its_header_is_no_table():
    text = '[cols="1,1,1",options="header"]\n|===\n|Indikator |Utfall |Period\n|Sjukfrånvaro |5 %\n|==='
    assert [line for _, line in rewritten(text)] == [" Indikator  Utfall  Period", " Sjukfrånvaro  5 %"]


def test_markdown_is_left_as_it_is():
    text = "# Rubrik\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nEn rad som slutar med två blanka  \noch går vidare"
    assert [line for _, line in rewritten(text)] == [line for line in text.split("\n") if line]


def test_a_rule_of_equals_signs_is_no_title():
    text = "====  ======\nIndik  Utfall\n====  ======\n== ==\n===\n=== ==="
    assert [line for _, line in rewritten(text)] == text.split("\n")
