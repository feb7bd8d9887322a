"""People in the text are masked before anything is stored; figures, dates and registry numbers are not."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import factories as make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbdata.cli import main
from vbdata.extract.document import Document
from vbdata.ingest import RawFile, ingest, read_file
from vbdata.ingest.results import log_row
from vbdata.language.prose import words_in
from vbdata.normalise import contacts, normalise
from vbdata.normalise.filenames import without_names
from vbdata.normalise.people import MAIL, NAME, NUMBER, PHONE, Context, mask, names_pattern, without_people
from vbdata.normalise.persons import beside, find, find_persons
from vbdata.parse.cover import officials
from vbdata.parse.records import Passage
from vbdata.store import read_tables
from vbdata.vocabulary import people

PERSONAL = (
    "850101-1234", "19850101-1234", "850101+1234", "8501011234", "198501011230", "850161-1234",
    "19850161-1234", "850101 - 1234", "850101\u20111234", "850101\u20131234", "000229-1234",
    "19121212-1212", "20160229-1234", "811218 9876", "191212121212", "120229-1234",
)  # fmt: skip
PHONES = (
    "08-508 12 345", "08-508 123 45", "08/508 12 345", "070-123 45 67", "070-1234567", "0701234567",
    "+46 8 508 12 345", "+46 (0)70 123 45 67", "+46701234567", "0046 70 123 45 67", "0850812345",
    "(08) 508 12 345", "08 508 12 345", "070 123 45 67", "0123-456 78",
)  # fmt: skip
MAILS = (
    "anna.exempel@stad.se", "a_b+c@sub.exempel.co.uk", "anna@exempel.se", "anna (at) exempel.se",
    "ANNA@EXEMPEL.SE", "åsa.öberg@exempel.se",
)  # fmt: skip
LEFT_ALONE = (
    "08/01 2000", "08-12 2025",
    "2025-01-01", "2025-01-01–2025-12-31", "20250101", "2025-01-01 - 2025-12-31", "1/1 2025", "25-02-25",
    "BT 2025/17", "Dnr: BT 2025/1234-56", "dnr 850101-1234", "Diarienummer 08-123 45 67", "ABC 2024/850",
    "52,87 %", "0,85 %", "1 250 000 kr", "8501011237 kr", "0701234567 kr", "12 345 678,90 kr",
    "1000000000", "2025", "2024/2025", "2024–2025", "T1 2025", "1.3", "2.4.1", "0 1 2 3", "10 11 12 13",
    "0 0 0 0 0 0 0 0", "131313-1234", "850230-1234", "851301-1234", "556677-8899", "202100-2031",
    "212000-0142", "08:00–16:30", "07.30-16.00", "kl. 08.00", "1,5 kg CO2e/kg", "100 %, 95 %, 87 %",
    "s. 12, rad 134", "117 28 Stockholm", "120 40 Årsta", "9 LSS", "SFS 1993:387", "SoL 2001:453",
    "101 202 303 404", "101-102, 103-104", "15-16 17-18", "0123", "08", "2025-01-01 08.30", "1 januari 2025",
    "202501010930", "GDPR 2016/679", "ISO 27001:2022", "3 av 10", "1-2-3-4-5-6-7-8",
)  # fmt: skip


@pytest.mark.parametrize(
    ("shown", "expected"),
    [*((n, NUMBER) for n in PERSONAL), *((n, PHONE) for n in PHONES), *((n, MAIL) for n in MAILS)],
)
@pytest.mark.parametrize(
    "around", ["{}", "Se {}.", "({})", "Brukaren {} har klagat", "x\n{}\ny", "tel: {}, "]
)
def test_what_leads_to_a_person_is_masked(shown: str, expected: str, around: str):
    masked = mask(around.format(shown))
    if "tel" in around and expected == NUMBER:
        assert masked in (around.format(NUMBER), around.format(PHONE))
    else:
        assert masked == around.format(expected)


@pytest.mark.parametrize("text", LEFT_ALONE)
@pytest.mark.parametrize("around", ["{}", "Utfallet var {} i år.", "({})", "a\n{}\nb"])
def test_figures_dates_money_and_registry_numbers_are_left_alone(text: str, around: str):
    assert mask(around.format(text)) == around.format(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Telefon: 508 12 345", f"Telefon: {PHONE}"),
        ("tfn 12 34 56", f"tfn {PHONE}"),
        ("Enhetschefen Anna Exempelsson svarar", f"Enhetschefen {NAME} svarar"),
        ("Kontaktperson: Eva Prov-Test", f"Kontaktperson: {NAME}"),
        ("Anna Exempelsson, enhetschef", f"{NAME}, enhetschef"),
        ("Anna Exempelsson\nEnhetschef", f"{NAME}\nEnhetschef"),
        ("Enhetschef för Solens dagliga verksamhet", "Enhetschef för Solens dagliga verksamhet"),
        ("Enhetschef Norra Solgården", "Enhetschef Norra Solgården"),
        ("Avdelningschef och enhetschef Under våren", "Avdelningschef och enhetschef Under våren"),
        ("Telefontider 08.00-16.00", "Telefontider 08.00-16.00"),
        ("telefon 2025 och 2024", "telefon 2025 och 2024"),
    ],
)
def test_titles_and_labels(text: str, expected: str):
    assert mask(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anna Exempelsson svarar", f"{NAME} svarar"),
        ("Anna Exempelssons svar", f"{NAME} svar"),
        ("Exempelsson, Anna", NAME),
        ("A. Exempelsson", NAME),
        ("enligt Exempelsson", f"enligt {NAME}"),
        ("Anna\u00a0Exempelsson", NAME),
        ("Bo Ek sade", f"{NAME} sade"),
        ("en ek och Eken", "en ek och Eken"),
        ("Annas dag", "Annas dag"),
        ("Exempelssonska gården", "Exempelssonska gården"),
    ],
)
def test_names_of_officials_in_any_form(text: str, expected: str):
    assert mask(text, Context(names_pattern(["Anna Exempelsson", "Bo Ek"]))) == expected


def test_a_surname_that_the_unit_bears_is_kept_where_it_stands_alone():
    pattern = Context(names_pattern(["Anna Björkvik"], "Björkviks gruppbostäder"))
    assert mask("Björkviks gruppbostäder leds av Anna Björkvik", pattern).startswith(
        "Björkviks gruppbostäder"
    )
    assert "Anna" not in mask("Björkviks gruppbostäder leds av Anna Björkvik", pattern)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["Handläggare: Eva Exempelsson"], ("Eva Exempelsson",)),
        (["Handläggare", "Eva Exempelsson", "Telefon: 08-508 12 345"], ("Eva Exempelsson",)),
        (["Handläggare Till", "Eva Prov-Test & Bo Ek Sjöviks stadsdelsnämnd"], ("Eva Prov-Test", "Bo Ek")),
        (["Handläggare", "Till", "Sjöviks stadsdelsnämnd", "Eva Exempelsson"], ("Eva Exempelsson",)),
        (["Handläggare", "Ingen angiven", "Till", "Sjöviks stadsdelsnämnd"], ()),
        (["Verksamhetsberättelse 2025", "Enheten Eva Exempelssons Hem"], ()),
    ],
)
def test_the_covers_officials(lines: list[str], expected: tuple[str, ...]):
    assert officials(lines) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # before the name: any title, in any of its forms, and what may stand between
        ("enhetschefen Eva", "Eva"),
        ("enhetschef Exempelsson", "Exempelsson"),
        ("vik. gruppchef Bo Exempelsson", "Exempelsson"),
        ("t.f. rektor, Eva Exempelsson", "Exempelsson"),
        ("Sektionschef - Eva Exempelsson", "Exempelsson"),
        ("Platschef är Eva Exempelsson", "Exempelsson"),
        ("teamledare\tEva Exempelsson", "Exempelsson"),
        ("nämndsekreteraren E. Exempelsson", "Exempelsson"),
        ("utredare E Exempelsson", "Exempelsson"),
        ("skyddsombud EVA EXEMPELSSON", "EXEMPELSSON"),
        ("stödassistent Eva von Exempelsson", "Exempelsson"),
        ("LSS-handläggare Mohammed Al-Exempel", "Exempel"),
        ("sjuksköterskan Żaneta Łukaszprov", "ukaszprov"),
        ("fysioterapeut Xyrta Zandprov", "Zandprov"),
        ("metodutvecklare Eva Maria Exempelsson Berg", "Exempelsson"),
        ("enhetscheferna Eva Exempelsson och Xyrta Zandprov", "Zandprov"),
        ("enhetschef Eva Exem\u00adpelsson", "pelsson"),
        ("enhetschef eva exempelsson", "exempelsson"),
        ("bo exempelsson", "exempelsson"),
        ("utanför huset Eva Zandprov", "Zandprov"),
        ("brukaren anna", "anna"),
        ("Enhetschefen maj ek", "maj"),
        # after it, and in its own order
        ("Eva Exempelsson (ledamot)", "Exempelsson"),
        ("Exempelsson, Eva", "Exempelsson"),
        ("Exempelsson Eva, enhetschef", "Exempelsson"),
        ("Eva Exempelssons, enhetschefens, uppdrag", "Exempelsson"),
        ("Xyrta Zandqvist, arbetsterapeut", "Zandqvist"),
        # a label or a signature
        ("Ansvarig chef: Xyrta Zandprov", "Zandprov"),
        ("Av: Xyrta Zandprov", "Zandprov"),
        ("Skriven av Xyrta Zandprov", "Zandprov"),
        ("Vid pennan Eva Exempelsson", "Exempelsson"),
        ("Föredragande: Xyrta Zandprov", "Zandprov"),
        ("Med vänlig hälsning\nEva Exempelsson", "Exempelsson"),
        ("Teams: eva.exempelsson", "exempelsson"),
        # a given name and a family name, and a given name beside what is said of persons
        ("Vi tackar Eva Exempelsson", "Exempelsson"),
        ("brukaren Eva", "Eva"),
        ("hans mor Eva", "Eva"),
        ("Eva, 45 år", "Eva"),
        ("Eva har flyttat", "Eva"),
        ("Evas mamma", "Evas"),
        ("Eva och Erik", "Eva"),
        ("Eva, Pirjo och Erik", "Eva"),
        ("Pirjo (34)", "Pirjo"),
        ("Maj-Britt fyllde 90", "Maj"),
        ("familjen Exempelsson", "Exempelsson"),
        ("Evas rum", "Evas"),
        ("Eva E.", "Eva"),
        ('chef Eva "Evan" Exempelsson', "Exempelsson"),
        ("enhetschef Eva Exem-\npelsson", "pelsson"),
        ("VD Xyrta Zandprov", "Zandprov"),
        ("Ansv: Xyrta Zandprov", "Zandprov"),
        ("Chef för enheten: Xyrta Zandprov", "Zandprov"),
        ("Granskad av Xyrta Zandprov", "Zandprov"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "Under hösten har {} arbetat.", "Fråga: {}", "({})"])
def test_names_are_told_by_what_stands_beside_them(text: str, name: str, around: str):
    assert name not in mask(around.format(text))


@pytest.mark.parametrize(
    "text",
    [
        "Lex Sarah", "Lex Sarah, enhetschef", "Kontaktperson Lex Maria", "Lex Sarah-ansvarig",
        "Erik Dahlbergsgatan 12", "Maria Prästgårdsgata 4",
        "Karin Boyes gata", "Astrid Lindgrens barnsjukhus",
        "S:t Erik", "Sankt Görans sjukhus", "Olof Palmes gata 1", "Villa Maria", "Projekt Alma", "Team Eva",
        "Enhetschefen Bergs Gruppbostad svarar", "samordnare Lilla Hyllan", "Enhetschef Hägersten Älvsjö",
        "Handläggare Beställarenheten Funktionsnedsättning", "Samordnare Hoppet Framåt", "Chef Vakant",
        "Enhetschef Har Under Året", "Hoppet Framåt\nSamordnare", "Daglig Verksamhet, enhetschef",
        "Stockholms Stad, enhetschef", "Norra Kajen, enhetschef", "Nya Lustgården\nEnhetschef",
        "Enhetschef: Följer upp antalet", "Ansvarig: Enhetschef och Samordnare", "Kontaktperson Saknas",
        "Specialist Autism", "Kurator Habilitering", "Handledare Sfi", "Ansvarig: Alla medarbetare",
        "i april och maj", "Juni, juli och augusti", "Maj 2025", "Hans arbete har", "Per brukare och dygn",
        "Liv och hälsa", "Rosa Huset", "Microsoft Teams", "Windows Hello", "Systemet Agda", "www.exempel.se",
        "huset Eva", "kvarteret Anna Berg", "stiftelsen Astrid Lindgren", "Kontakt: Ersta Diakoni",
        "Ernst & Young", "Granskad av Ernst & Young", "Kontakt: Prov & Berg AB",
        "hans person", "chef per verksamhetsgren", "brukaren mina", "Maria Ungdom", "Lex-Sarah-rapport",
        "Kontaktperson SoL", "Vård Och Omsorg, enhetschef", "Sara 2.0",
        "t.ex. enligt m.m. och bl.a. under", "Med hjälp av. Detta på grund",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "Under hösten har {} arbetat.", "Fråga: {}", "({})"])
def test_units_streets_laws_and_words_are_no_names(text: str, around: str):
    assert mask(around.format(text)) == around.format(text)


@pytest.mark.parametrize(
    "text",
    [
        "850101 1234", "850101/1234", "1985-01-01-1234", "1985 01 01 1234", "85 01 01-1234", "8501 01-1234",
        "850101_1234", "850101\u20141234", "850101\u00ad1234", "850101\n1234", "850101-T123", "850101-****",
        "född 1985-01-01", "pnr: 850101", "850101-12345", "850101:1234", "(850101)-1234",
        "personnr850101-1234",
        "850101-1234x", "850101.1234", "850101-12xx",
        "\uff18\uff150101-1234", "850101\u200b-1234", "född den 1 januari 1985",
    ],
)  # fmt: skip
def test_personal_numbers_in_the_forms_people_write(text: str):
    masked = mask(f"Brukaren {text} klagade")
    assert NUMBER in masked
    assert not set(masked) & set("0123456789*")


@pytest.mark.parametrize(
    "text",
    [
        "508 12 345", "08-50812345", "070.123.45.67", "070-12 34 567", "0701 234 567", "+46(0)701234567",
        "46701234567", "50812345", "anknytning 12 345", "tel: 12345", "ring 508 12 345", "070 - 123 45 67",
        "om ärendet 070-1234567", "i projekt, ring 0701234567",
        "Tel.nr 08-508 12 345", "på nummer 08-508 12 345",
        "Aktivitet 08-50812345",
        "070-123 45 67/68", "08-508 12 345-46", "+45 12 34 56 78", "020-123 456", "018-123456", "070/1234567",
        "08\u2013508 12 345", "tfn.08-50812345", "Telefon: 98 765", "telefon 910412", "växel 910412",
        "50 81 23 45", "mobil 50 81 23 45", "telefon 123 45 67", "Tel nr: 123 45 67",
        "070-123 45 67. Det", "08-508 12 345 är",
    ],
)  # fmt: skip
def test_phone_numbers_in_the_forms_people_write(text: str):
    masked = mask(f"Nås på {text} eller så")
    assert PHONE in masked
    assert not set(masked) & set("0123456789")


@pytest.mark.parametrize(
    "text",
    [
        "eva.prov (at) exempel.se", "eva.prov (a) exempel.se", "eva.prov at exempel.se",
        "eva.prov snabel-a exempel.se", "eva punkt prov snabela exempel punkt se", "eva.prov@exempel",
        "eva.prov@exem-\npel.se", "eva.prov\uff20exempel.se", "eva.prov@\u200bexempel.se",
        "<eva.prov@exempel.se>",
        "eva.o'prov@exempel.se", "eva.prov  @  exempel.se", "eva.prov(at)exempel(punkt)se", "Teams: eva.prov",
    ],
)  # fmt: skip
def test_addresses_in_the_forms_people_write(text: str):
    assert "prov" not in mask(f"Skriv till {text} om det")


@pytest.mark.parametrize(
    "text",
    [
        "telefon 1 250 000 samtal", "mobil 100 000 200 kr", "mobil 2023 2024 2025", "växel 12 34 56 78",
        "Budget 2025 123 456", "1203 04 05 1234", "Projektnummer 850101-1234", "Ärende 850101 1234",
        "1201-1234", "07-08 12 345", "08-09 10 123",
        "012-345 678", "100101 1000", "5 000-10 000", "0800-1600", "12 345 678",
        "kontonummer 850101-1234", "Bankgiro 5050-1234", "Ordernummer 0701234567", "10.10.2025", "ring 112",
        "v. 01 02 03 04 05", "s. 101-102", "ISBN 978-91-0-012345-6", "SOSFS 2011:9", "född 1985",
        "010 020 030 040", "Box 508 12 345", "Telefon 250000", "telefon 20250101", "telefon 910412 samtal",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "Under hösten har {} räknats.", "Fråga: {}", "({})"])
def test_amounts_dates_accounts_and_cases_are_left_alone(text: str, around: str):
    assert mask(around.format(text)) == around.format(text)


def test_a_letter_is_signed_with_a_given_name():
    assert mask("Tack för i år! //Eva") == f"Tack för i år! //{NAME}"


def test_a_phone_number_ends_where_the_next_cell_begins():
    assert mask("nås på 070-555 12 34. 3 st 1,9 %") == f"nås på {PHONE}. 3 st 1,9 %"
    assert mask("nås på 08-508 12 345 3 st 1,9 %") == f"nås på {PHONE} 3 st 1,9 %"


UNITS = (
    "Solgårdens Gruppbostad", "Björkbackens Gruppbostad", "Lilla Hyllan", "Hoppet Framåt", "Villa Anna",
    "Anna Lindhs Gruppbostad", "Bergs Gruppbostad", "Erik Dahlbergsgatan 12", "S:t Görans Dagliga Verksamhet",
    "Hägersten Älvsjö", "Linnea", "Almgrens Boende", "Samordnare Syd", "Maria Sofia Hus", "Mäster Samuel",
)  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    "lines",
    [
        "{title}\nEnheten {unit}\nHandläggare\nMaria Almgren\nTill\n{unit}\nSolviks stadsdelsnämnd\n",
        "Handläggare\nMaria Almgren\nTill\nSolviks stadsdelsnämnd\n\n{title} för {unit}\n",
        "Handläggare Till\nMaria Almgren Solviks stadsdelsnämnd\n\n{unit}\n{title}\n",
    ],
)
def test_a_units_name_is_its_own_whoever_handles_the_matter(unit: str, lines: str, tmp_path: Path):
    cover = lines.format(unit=unit, title="Verksamhetsberättelse 2025")
    goal = f"\nEnhetsmål: Bra\n\nUppfylls helt\n\nAnalys\n\n{unit} har vuxit. Maria Almgren skrev.\n"
    text = make.report_text(goal, make.table(make.INDICATOR_HEAD, make.SICK), cover=cover)
    tables = make.tables_of(text, tmp_path)
    assert tables["reports"][0]["unit_name"] == unit
    assert [row["text"] for row in tables["passages"]] == [f"{unit} har vuxit. {NAME} skrev."]
    assert "Maria Almgren" not in str(tables)


def test_two_units_of_one_official_are_two(shared: Path, tmp_path: Path):
    folder = shared / "corpus" / "people" / "units"
    if not folder.is_dir():
        pytest.skip("the made-up units are not here")
    ingest([folder], tmp_path)
    reports = read_tables(tmp_path)["reports"]
    assert sorted(reports["unit_name"]) == sorted(path.stem for path in folder.glob("*.txt"))
    assert reports["report_id"].is_unique
    assert not reports["report_id"].str.contains("-v2").any()


def forms(folder: Path) -> list[dict[str, str]]:
    path = folder / "corpus" / "people" / "forms.csv"
    if not path.is_file():
        pytest.skip("the forms that people write are not here")
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def test_of_the_forms_that_people_write_few_stand_after_a_whole_reading(shared: Path, tmp_path: Path):
    """In running text, a title, an Analys, a cell and a comment; what must stay is left as it is."""
    rows = forms(shared)
    secrets = [row for row in rows if row["kind"] != "stays"]
    leaks = [
        row["text"] for row in secrets if _stands(row["secret"], _read_everywhere(row["text"], tmp_path))
    ]
    harmless = [row["text"] for row in rows if row["kind"] == "stays"]
    marks = (NAME, PHONE, MAIL, NUMBER)
    changed = [text for text in harmless if any(m in _read_everywhere(text, tmp_path) for m in marks)]
    assert len(leaks) <= 0.05 * len(secrets), leaks
    assert len(changed) <= 0.1 * len(harmless), changed


def _read_everywhere(text: str, folder: Path) -> str:
    cell = " ".join(text.split())
    goal = f"\nEnhetsmål: Målet {cell} gäller\n\nUppfylls helt\n\nAnalys\n\nHär har {text} deltagit.\n"
    indicators = make.table(make.INDICATOR_HEAD, make.SICK, f"Analys\tVi har {cell} i huset.")
    activities = make.table(make.ACTIVITY_HEAD, f"Aktivitet {cell}\t\t\t", f"Analys\t{cell}")
    form = make.table(make.FORM_HEAD, f"Vad gäller klagomålet/synpunkten?\tBemötande\t1\t2\t3\t6\t{cell}")
    cover = make.COVER.replace("2026-01-20\n", "")
    report = make.report_text(goal, indicators, activities, form, f"\n## Ekonomi\n\n{text}\n", cover=cover)
    tables = make.tables_of(report, folder)
    tables["reports"][0].pop("sha256")  # which any digits may stand in
    return str(tables)


def _stands(secret: str, stored: str) -> bool:
    return secret.lower() in stored.lower()


def test_what_is_doubtful_is_said_with_its_line_and_without_its_words(tmp_path: Path):
    text = "\n## Ekonomi\n\nVi har köpt mat.\nVi minns Pirjo.\nVi har sparat.\n"
    report = make.report_text(make.table(make.INDICATOR_HEAD, make.SICK), text)
    findings = [f for f in make.tables_of(report, tmp_path)["findings"] if f["code"] == "name_doubtful"]
    line = next(n for n, each in enumerate(report.split("\n"), 1) if "Pirjo" in each)
    assert [finding["source_line"] for finding in findings] == [line]
    assert "Pirjo" not in str(findings)


def test_a_given_name_alone_is_masked_where_the_report_names_the_person_in_full(tmp_path: Path):
    text = "\n## Ekonomi\n\nTack till Pirjo Exempelsson. Vi minns Pirjo.\n"
    report = make.report_text(make.table(make.INDICATOR_HEAD, make.SICK), text)
    tables = make.tables_of(report, tmp_path)
    assert "Pirjo" not in str(tables)
    assert "name_doubtful" not in {finding["code"] for finding in tables["findings"]}


SECRETS = ("850101-1234", "08-508 12 345", "eva@exempel.se", "Eva Exempelsson", "Exempelsson")
TEXT = "Kontakta Eva Exempelsson, 08-508 12 345 eller eva@exempel.se, om 850101-1234."


def personal_report() -> str:
    cover = make.COVER + "\nHandläggare: Eva Exempelsson\nTelefon: 08-508 12 345\nE-post: eva@exempel.se\n"
    goal = f"\nEnhetsmål: {TEXT}\n\nUppfylls helt\n\nAnalys\n\n{TEXT}\n"
    indicators = make.table(
        make.INDICATOR_HEAD, make.SICK, f"Analys\t{TEXT}", f"{TEXT}\t850101-1234\t\t\t\t\t\t"
    )
    activities = make.table(make.ACTIVITY_HEAD, f"{TEXT}\t2025-01-01\t2025-12-31\t", f"Analys\t{TEXT}")
    form = make.table(
        make.FORM_HEAD,
        f"Vad gäller klagomålet/synpunkten?\tBemötande\t1\t2\t3\t6\t{TEXT}",
        f"\t{TEXT}\t1\t\t\t1\t",
    )
    return make.report_text(goal, indicators, activities, form, f"\n## Ekonomi\n\n{TEXT}\n", cover=cover)


def test_nothing_that_is_stored_leads_to_a_person(tmp_path: Path):
    """Whichever column and whichever way in: text as printed, messages of findings, names of files."""
    raw = tmp_path / "raw"
    for name in ("Eva Exempelsson/a.txt", "Bo Exempelsson/a.txt", "eva_exempelsson.txt"):
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_text(personal_report() if "_" in name else "Ingen rapport", encoding="utf-8")
    assert "Exempelsson" not in str([log_row(each) for each in ingest([raw], tmp_path / "processed")])
    tables = read_tables(tmp_path / "processed")
    assert sorted(tables["extraction_log"]["source"]) == ["[namn].txt", "[namn]/a.txt", "raw/[namn]/a.txt"]
    again = ingest([raw], tmp_path / "processed")
    assert [each.taken_over for each in again] == [True] * 3
    stored = {name: frame.to_csv() for name, frame in tables.items()}
    assert [(name, s) for name, text in stored.items() for s in SECRETS if s in text] == []
    for name in ("goals", "indicators", "activities", "complaints", "passages", "findings"):
        assert {m for m in (NAME, PHONE, MAIL, NUMBER) if m in stored[name]} == {NAME, PHONE, MAIL, NUMBER}, (
            name
        )
    assert tables["complaints"]["count"].dropna().tolist() == [1, 2, 3, 6, 1, 1]
    assert tables["indicators"]["value"].iloc[0] == 8.6
    assert tables["reports"]["dnr"].item() == "BT 2025/17"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Verksamhetsberättelse Eva Exempelsson 2025.pdf", "Verksamhetsberättelse [namn] 2025.pdf"),
        ("vb_eva_exempelsson.txt", "vb_[namn].txt"), ("VB-EvaExempelsson-2025.docx", "VB-[namn]-2025.docx"),
        ("Eva.pdf", "[namn].pdf"), ("goran.sjoprov 2025.pdf", "[namn] 2025.pdf"),
        ("Exempelsson, Eva vb.docx", "[namn] vb.docx"), ("enhetschef Zandprov.md", "enhetschef [namn].md"),
        ("vb 850101-1234.txt", "vb [personnummer].txt"), ("om Bo Exempelsson/a.b", "om [namn]/a.b"),
        *((name, name) for name in (
            "2025_vb_annas_gruppbostad.txt", "Villa Anna.pdf", "Lex Sarah 2025-01-20.docx", "T1 maj 2025.md",
            "lo_docx_mars.pdf", "Maria Ungdom", "", ".txt",
        )),
    ],
)  # fmt: skip
def test_names_of_files(name: str, expected: str):
    assert without_names(name) == expected


def test_inspect_shows_a_document_as_the_tables_have_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    path = tmp_path / "rapport.txt"
    path.write_text(personal_report(), encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["inspect", str(path)])
    shown = capsys.readouterr().out
    assert [secret for secret in SECRETS if secret in shown] == []
    assert {each for each in (NAME, PHONE, MAIL, NUMBER) if each in shown} == {NAME, PHONE, MAIL, NUMBER}


def test_a_refusal_that_quotes_the_title_is_masked_too(tmp_path: Path):
    path = tmp_path / "rapport.txt"
    path.write_text("Verksamhetsberättelse 2025\n\n850101-1234\n", encoding="utf-8")
    result = read_file(RawFile(path, path.name))
    assert result.status == "failed"
    assert "850101-1234" not in str(result.message)


def test_records_are_masked_and_the_officials_gone():
    cover = make.cover(officials=("Eva Exempelsson",), dnr="BT 850101-1234", date_raw="2025-01-01")
    passage = Passage(1, None, None, "Eva Exempelsson", "Eva Exempelsson", make.goal().place)
    masked = without_people(make.report(cover=cover, passages=(passage,)))
    assert (masked.passages[0].text, masked.passages[0].heading) == (NAME, NAME)
    assert masked.cover.officials == ()
    assert (masked.cover.dnr, masked.cover.date_raw) == ("BT 850101-1234", "2025-01-01")
    rows = normalise(make.report(cover=cover), Document(Path("x"), "txt", ()), source="x", sha256="0").rows
    assert "Exempelsson" not in str(rows)


_DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))


@given(st.integers(0, 10**7), st.sampled_from(["{:d} %", "{:d} kr", "{:,d} kr", "{:d},5", "{:d} st"]))
def test_a_figure_is_never_masked(number: int, form: str):
    text = form.format(number).replace(",", " ", form.count(",d"))
    assert mask(text) == text


@given(_DAYS, st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%y%m%d", "%d/%m %Y", "%Y-%m-%d–%Y-%m-%d"]))
def test_a_date_is_never_masked(day: datetime.date, form: str):
    text = day.strftime(form)
    assert mask(f"Datum {text}.") == f"Datum {text}."


@given(
    _DAYS,
    st.integers(0, 9999),
    st.sampled_from(["%Y%m%d-", "%y%m%d-", "%y%m%d+"]),
)
def test_a_personal_number_is_always_masked(day: datetime.date, rest: int, form: str):
    assert mask(f"Brukare {day.strftime(form)}{rest:04d} klagade") == f"Brukare {NUMBER} klagade"


def test_the_words_are_the_same_as_excel_saves_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in people.FOLDER.glob("*.csv"):
        text = path.read_text(encoding="utf-8-sig")
        (tmp_path / path.name).write_bytes(text.encode("cp1252", "replace"))
    known = people._vocabulary.__wrapped__()
    monkeypatch.setattr(people, "FOLDER", tmp_path)
    assert people._vocabulary.__wrapped__() == known


_WORDS = (
    "Eva eva bo exempelsson Exempelsson ann-marie Ann-Marie Prov Qvix Enhetschef chefen Hyresgästen av är att"
    " Granskad Kontaktperson mvh dr t.f Solgården Idag arbetet Lex at snabela @ a exempel se"
)
_BETWEEN = st.sampled_from(
    [*" \n\u00a0-/", ", ", ". ", ".", ": ", " (", ") ", " – ", "-\n", "\n\n", " & ", " // "]
)
_TEXTS = st.lists(st.tuples(st.sampled_from(_WORDS.split()), _BETWEEN), max_size=14).map(
    lambda each: "".join(map("".join, each))
)


@given(_TEXTS)
def test_what_is_not_looked_at_has_no_name(text: str):
    found, tells = find_persons(text), find.tells
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beside, "_leads", lambda token: True)
        patch.setattr(find, "tells", lambda run: tells(run) or not run.isalpha())
        assert find_persons(text) == found


@given(_TEXTS)
def test_a_names_word_is_among_a_texts_words_and_an_address_is_looked_for(text: str):
    assert {"eva", "bo", "ann-marie"} & {*text.replace(".", " ").split()} <= words_in(text)
    assert (contacts._MAIL.search(text) is None) == (contacts.without_numbers(text) == text)
