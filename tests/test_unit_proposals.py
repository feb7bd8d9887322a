"""Proposals for the register: from titles and texts, each with its words, and nothing applied."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import pytest
from page_tables import Tables

from vbdata import register as registers
from vbdata.analyse.unit_proposals import Proposal, propose
from vbdata.cli import main
from vbdata.export.units import register_text, write_proposals
from vbdata.register import Denominator, Register, Succession, Unit

DAY = datetime.date
SOL = Unit("solens-hus", "Solens hus", "DV", "Norr", ("Solens dagliga hus",))
BJORK = Unit("bjorkens-hus", "Björkens hus", "DV", "Norr")
KNOWN = Register((SOL, BJORK))


def proposed(*texts: str, name: str = "Solens hus", unit_id: str = "solens-hus", register: Register = KNOWN):
    tables = Tables()
    report_id = tables.report(unit_id, name)
    for i, text in enumerate(texts, 1):
        row = {"report_id": report_id, "row_id": f"{report_id}/p{i:03d}", "position": i, "text": text}
        tables.rows["passages"].append(
            {**row, "source_line": 40 + i, "section": "summary", "heading": "Text"}
        )
    frames = tables.frames()
    return propose(frames["reports"], frames["passages"], register)


def cells(found: list[Proposal], file: str, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(each.cells[column] for column in columns) for each in found if each.file == file]


# Names


@pytest.mark.parametrize(
    ("title", "unit_id", "expected"),
    [
        ("Solens hus", "solens-hus", []),  # as registered
        ("SOLENS  hus", "solens-hus", []),  # capitals and spaces never matter
        ("Solens husen", "solens-hus", [("solens-hus", "Solens husen")]),
        ("Solens huss", "solens-huss", [("solens-hus", "Solens huss"), ("solens-huss", "")]),
        ("Ekens boende", "ekens-boende", [("ekens-boende", "")]),
        ("Solens hus 2", "solens-hus-2", [("solens-hus-2", "")]),  # a number makes it another unit
    ],
)
def test_a_title_that_no_unit_has(title, unit_id, expected):
    assert cells(proposed(name=title, unit_id=unit_id), "units", "unit_id", "aliases") == expected


def test_the_units_name_printed_otherwise_in_its_text_is_an_alias_with_its_words():
    (found,) = proposed("Året var bra. Vi på Solens huset har lagat mat.", "Solens huset är stort.")
    assert (found.cells["aliases"], found.line, found.quote) == (
        "Solens huset", 41, "Vi på Solens huset har lagat mat.",
    )  # fmt: skip


def test_a_former_name_is_an_alias_or_another_unit():
    (found,) = proposed("Solens hus (tidigare Månens hus) har öppet.")
    assert found.cells["aliases"] == "Månens hus" and "successions.csv" in found.reason
    assert proposed("Solens hus (tidigare Björkens hus) har öppet.") == []  # a unit that is known


# Successions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Den 1 april 2025 kom en uppdelning av Björkens hus.",
            "bjorkens-hus solens-hus split 2025-04-01",
        ),
        ("Enheten delades i två 1 april.", "solens-hus - split 2025-04-01"),
        ("Björkens hus gick upp i vår enhet 2025-02-03.", "bjorkens-hus solens-hus merge 2025-02-03"),
        ("Denna enhet heter numera Solens hus.", "- solens-hus rename -"),
        ("Björkens hus bytte namn. Det var 3 mars 2024.", "bjorkens-hus solens-hus rename 2024-03-03"),
        ("Vi har tagit över ansvaret för kören i Björkens hus.", "bjorkens-hus solens-hus transfer -"),
        ("Enheten delades i två den 31 februari.", "solens-hus - split -"),
    ],
)
def test_a_sentence_that_tells_of_a_reorganisation(text, expected):
    columns = ("predecessor_id", "successor_id", "kind", "date")
    (found,) = cells(proposed(text), "successions", *columns)
    assert " ".join(each or "-" for each in found) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Medicinen delades ut varje dag.",  # nothing about units
        "Maten har delats lika mellan gästerna.",  # a phrase, but no unit
        "Arbetet fördelas på två dagar.",
        "Björkens hus och Solens hus lagade mat 1 april 2025.",  # units, but no phrase
    ],
)
def test_a_sentence_that_does_not(text):
    assert cells(proposed(text), "successions", "kind") == []


def test_what_is_registered_is_not_proposed():
    split = Succession("bjorkens-hus", "solens-hus", "split", DAY(2025, 4, 1), None, "x")
    known = Register((SOL, BJORK), (split,))
    text = "Den 1 april 2025 skedde en uppdelning av Björkens hus. Enheten delades i två."
    assert cells(proposed(text, register=known), "successions", "kind") == []


def test_a_day_without_its_year_and_a_date_beside_are_said_to_be_unsure():
    (found,) = proposed("Omorganisationen skedde 1 april. Enheten delades i två enheter.")
    assert found.cells["date"] == "2025-04-01"
    assert "Året är inte utskrivet" in found.reason and "Datumet står i meningen bredvid" in found.reason


# Denominators


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Enheten har 42 brukare.", [("42", "brukare")]),
        ("Vi har totalt 377 barn.", [("377", "barn")]),
        ("Verksamheten omfattar 1 204 platser.", [("1204", "platser")]),
        ("Enheten består av 12 deltagare och 14 platser.", [("12", "deltagare"), ("14", "platser")]),
        ("I gruppen finns 42 brukare.", []),  # not the whole unit
        ("Av enhetens 50 har 12 brukare fått praktik.", []),
        ("Enheten har granskat planer för 10 av 42 brukare.", []),
        ("Enheten har hus för 8–10 brukare.", []),
        ("Enheten har 3 brukare.", []),  # few enough to be known by name
        ("Enheten har 2 500 000 brukare.", []),
    ],
)
def test_a_number_of_people_in_a_sentence_about_the_whole_unit(text, expected):
    assert cells(proposed(text), "denominators", "count", "counted") == expected


def test_a_confirmed_number_is_not_proposed_again():
    known = Register((SOL,), (), (Denominator("solens-hus", 2025, 40, "brukare", "x", "c", DAY(2026, 1, 1)),))
    assert cells(proposed("Enheten har 42 brukare.", register=known), "denominators", "count") == []


def test_nobody_has_confirmed_a_proposal():
    (found,) = proposed("Enheten har 42 brukare.")
    assert (found.cells["confirmed_by"], found.cells["confirmed_date"]) == ("", "")
    assert found.cells["source"] == "2025-vb-solens-hus rad 41"


# Files and command


def test_proposals_have_the_registers_columns_and_what_they_rest_on(tmp_path: Path):
    found = proposed('Enheten har 42 brukare, "cirka".', "=1+1 för Solens huset.")
    (path, *_) = [each for each in write_proposals(found, tmp_path) if "denominators" in each.name]
    (row,) = csv.DictReader(path.open(encoding="utf-8"))
    assert list(row)[:4] == ["unit_id", "year", "count", "counted"]
    assert (row["place"], row["quote"]) == ("2025-vb-solens-hus, rad 41", 'Enheten har 42 brukare, "cirka".')
    (alias,) = csv.DictReader((tmp_path / "units_proposed.csv").open(encoding="utf-8"))
    assert alias["quote"].startswith("'=")  # no formula in a spreadsheet
    assert write_proposals([], tmp_path) == [] and not path.exists()  # what no longer holds is taken away


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "units.csv").write_text("unit_id,name,type,district,aliases\nsolens-hus,Solens hus,DV,N,\n")
    monkeypatch.setenv(registers.ENVIRONMENT, str(folder))
    tables = Tables()
    report_id = tables.report("solens-hus", "Solens hus")
    tables.rows["passages"].append(
        {
            "report_id": report_id,
            "row_id": f"{report_id}/p001",
            "position": 1,
            "text": "Enheten har 42 brukare.",
        }
    )
    tables.write(tmp_path / "processed")
    return tmp_path


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0)


def test_the_command_proposes_and_changes_nothing(workbook: Path, capsys):
    before = registers.register()
    assert run("units", "--propose", "--processed", str(workbook / "processed")) == 0
    said = capsys.readouterr().out
    assert "denominators.csv: solens-hus,2025,42,brukare" in said and "”Enheten har 42 brukare.”" in said
    assert "Inget är tillämpat" in said
    assert (workbook / "data" / "denominators_proposed.csv").is_file()
    assert registers.register() == before and registers.register().denominator("solens-hus", 2025) is None


def test_the_command_shows_the_register(workbook: Path, capsys):
    assert run("units") == 0
    assert "solens-hus" in capsys.readouterr().out
    assert "tomt" in register_text(Register(), workbook)


def test_a_register_that_contradicts_itself_is_one_line(workbook: Path, capsys):
    (workbook / "data" / "successions.csv").write_text(
        "predecessor_id,successor_id,kind,date,share,source\nsolens-hus,x,split,2025-04-01,,s\n"
    )
    assert run("units") == 1
    assert capsys.readouterr().err == (
        'Fel: data/successions.csv rad 2: okänd enhet "x" – lägg till den i units.csv\n'
    )
