"""People in the text are masked before anything is stored; figures, dates and registry numbers are not."""

from __future__ import annotations

import datetime
from pathlib import Path

import factories as make
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbdata.extract.document import Document
from vbdata.ingest import RawFile, ingest, read_file
from vbdata.normalise import normalise
from vbdata.normalise.people import MAIL, NAME, NUMBER, PHONE, Context, mask, names_pattern, without_people
from vbdata.parse.cover import officials
from vbdata.parse.records import Passage
from vbdata.store import read_tables

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
    """Whichever column and whichever way in, also text as printed and messages of findings."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/rapport.txt").write_text(personal_report(), encoding="utf-8")
    ingest([tmp_path / "raw"], tmp_path / "processed")
    tables = read_tables(tmp_path / "processed")
    stored = {name: frame.to_csv() for name, frame in tables.items()}
    assert [(name, s) for name, text in stored.items() for s in SECRETS if s in text] == []
    for name in ("goals", "indicators", "activities", "complaints", "passages", "findings"):
        assert {m for m in (NAME, PHONE, MAIL, NUMBER) if m in stored[name]} == {NAME, PHONE, MAIL, NUMBER}, (
            name
        )
    assert tables["complaints"]["count"].dropna().tolist() == [1, 2, 3, 6, 1, 1]
    assert tables["indicators"]["value"].iloc[0] == 8.6
    assert tables["reports"]["dnr"].item() == "BT 2025/17"


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
