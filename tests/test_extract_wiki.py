"""MediaWiki's headings, emphasis and tables are read as those of Markdown."""

from __future__ import annotations

import pytest

from vbdata.extract.decode import to_lines
from vbdata.extract.wiki import without_wiki


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("==== Enhetsmål: Alla trivs ====", ["#### Enhetsmål: Alla trivs"]),
        ("== Inledning", ["## Inledning"]),
        ("=A=\n'''Analys''' och ''mer''", ["# A", "**Analys** och *mer*"]),
        ("a = b\n======\n''ord''", ["a = b", "======", "''ord''"]),  # no wiki
        ('{| class="w"\n! A !! B\n|-\n| 1 || 2\n|}\nc', ["| A | B |", "| 1 | 2 |", "c"]),
        ("{|\n|+ Titel\n! A\n! B\n|-\n| 1\nett\n| 2\n|}", ["Titel", "", "| A | B |", "| 1<br>ett | 2 |"]),
        (
            '{|\n| rowspan="2" | G || 1\n|-\n| style="x" | 2\n|-\n| colspan=2 | s\n|}',
            ["| G | 1 |", "|  | 2 |", "| s |  |"],
        ),
        ("{|\n| 1", ["{|", "| 1"]),
    ],
)
def test_wiki(text: str, lines: list[str]) -> None:
    assert [line.text for line in without_wiki(to_lines(text))] == lines
