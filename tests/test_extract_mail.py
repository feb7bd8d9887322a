"""A report in the text of an e-mail: quoting marks and the mail's own lines go."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import factories as make
from vbdata.extract.decode import to_lines
from vbdata.extract.mail import without_mail

HEAD = "Från: Bo Prov\nTill: Anna\nSkickat: den 3 februari 2027\nÄmne: VB: för Ek\n"
REPORT = make.report_text(
    "Enhetsmål: Alla trivs\n\nUppfylls helt\n", make.table(make.INDICATOR_HEAD, make.SICK)
)


def quoted(text: str) -> str:
    return "".join(f"> {line}".rstrip(" ") + "\n" for line in text.splitlines())


@pytest.mark.parametrize(
    ("text", "kept", "own"),
    [
        ("> ett\n> två\n>\n> tre", ["ett", "två", "", "tre"], 0),
        ("> > ett\n> > två", ["ett", "två"], 0),
        (
            f"{HEAD}\nHej!\n\n> ett\n> två\n> tre\n> fyra\n> fem\n> sex\nHälsningar",
            ["ett", "två", "tre", "fyra", "fem", "sex"],
            6,
        ),
        (f"{HEAD}\nett\ntvå", ["", "ett", "två"], 4),
        (f"{HEAD}\nHej!\n--Ursprungligt--\n**Från:** Eva\n**Ämne:** Ek\nett", ["ett"], 8),
        ("ett\n> två\ntre\nfyra", ["ett", "> två", "tre", "fyra"], 0),
        ("Från: Bo\nÄmne: Ek", ["Från: Bo", "Ämne: Ek"], 0),
        ("Till: Anna\nDatum: 2026-01-20\nett", ["Till: Anna", "Datum: 2026-01-20", "ett"], 0),
    ],
)
def test_only_what_is_quoted_whole_is_unquoted(text: str, kept: list[str], own: int) -> None:
    lines, furniture = without_mail(to_lines(text))
    assert [line.text for line in lines] == kept
    assert [each.kind for each in furniture] == ["mail"] * own


@pytest.mark.parametrize("text", [quoted(REPORT), f"{HEAD}\nHej!\n\n{quoted(REPORT)}", f"{HEAD}\n{REPORT}"])
def test_a_report_in_a_mail_is_read_as_it_is_by_itself(text: str, tmp_path: Path) -> None:
    alone, mailed = (make.tables_of(each, tmp_path) for each in (REPORT, text))
    placeless = [
        [
            {k: v for k, v in row.items() if not k.startswith("source") and k != "sha256"}
            for row in rows[table]
        ]
        for rows in (alone, mailed)
        for table in ("reports", "goals", "indicators")
    ]
    assert placeless[:3] == placeless[3:]
