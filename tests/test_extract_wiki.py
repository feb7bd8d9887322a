"""MediaWiki's headings and emphasis are read as those of Markdown, its tables as those of HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from vbdata.extract import read
from vbdata.extract.decode import to_lines
from vbdata.extract.document import Table
from vbdata.extract.wiki import without_wiki


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("==== Enhetsmål: Alla trivs ====", ["#### Enhetsmål: Alla trivs"]),
        ("== Inledning", ["## Inledning"]),
        ("=A=\n'''Analys''' och ''mer''", ["# A", "**Analys** och *mer*"]),
        ("a = b\n======\n''ord''", ["a = b", "======", "''ord''"]),  # no wiki
        ("{|\n|+ Titel\n| 1\n|}", ["Titel", "", "<table>", "<tr><td >1</tr>", "</table>"]),
        ("{|\n| 1", ["{|", "| 1"]),
    ],
)
def test_lines(text: str, lines: list[str]) -> None:
    assert [line.text for line in without_wiki(to_lines(text))] == lines


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("! A !! B\n|-\n| 1 || 2", [("A", "B"), ("1", "2")]),
        ("! A\n! B\n|-\n| 1\nett\n| 2", [("A", "B"), ("1\nett", "2")]),
        (
            '| rowspan="2" | G || 1\n|-\n| style="x" | 2\n|-\n| colspan=2 | s',
            [("G", "1"), ("", "2"), ("s", "")],
        ),
        ("| <5 % || 1 > 0\n|-\n| '''Fet''' || A & B", [("<5 %", "1 > 0"), ("Fet", "A & B")]),
        ("| <s>12</s> 14 || x", [("14", "x")]),
    ],
)
def test_cells(table: str, rows: list[tuple[str, ...]], tmp_path: Path) -> None:
    (path := tmp_path / "a.txt").write_text(f"Text före.\n\n{{|\n{table}\n|}}\n", encoding="utf-8")
    assert [row.texts for each in read(path).blocks if isinstance(each, Table) for row in each.rows] == rows
