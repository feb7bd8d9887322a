"""Headings that stand on a line of other text with no space between."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import report_text
from vbdata.extract import read
from vbdata.extract.decode import Line
from vbdata.extract.document import Heading, StatusLine
from vbdata.extract.seams import parted_at_seams


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (" Inga dataBeskrivning", [" Inga data", "Beskrivning"]),
        ("Det gick bra.Enhetsmål: Alla trivs", ["Det gick bra.", "Enhetsmål: Alla trivs"]),
        ("Fler är nöjdaNämndmål: Alla trivs", ["Fler är nöjda", "Nämndmål: Alla trivs"]),
        ("Nämndmål: Alla trivs Inga dataBeskrivning", ["Nämndmål: Alla trivs", "Inga data", "Beskrivning"]),
        ("Vi använder appen MinTid varje dag.", ["Vi använder appen MinTid varje dag."]),
    ],
)  # fmt: skip
def test_a_heading_without_a_space_before_it_stands_alone(text: str, parts: list[str]) -> None:
    assert [line.text for line in parted_at_seams([Line(1, text)])] == parts


def test_a_status_before_a_glued_heading_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    path.write_text(report_text("Enhetsmål: Alla trivs\n Uppfylls heltFörväntat resultat\n"))
    blocks = read(path).blocks
    assert [b.text for b in blocks if isinstance(b, StatusLine)][-1] == "Uppfylls helt"
    assert [b.text for b in blocks if isinstance(b, Heading)][-1] == "Förväntat resultat"
