"""The grammar of cells: what is one number, one count, one date, one tick, and what is not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbdata.extract.grammar import (
    DATE,
    PERIOD,
    is_mark,
    is_marked,
    parse_count,
    parse_date,
    parse_quantity,
    parse_tick,
    readings,
    says_when,
    settled,
    times_in,
)

DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
SWEDISH_MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
                  "oktober", "november", "december")  # fmt: skip
DATE_WRITINGS = (
    lambda d: d.isoformat(),
    lambda d: f"{d.year}-{d.month}-{d.day}",
    lambda d: f"{d.year}/{d.month:02d}/{d.day:02d}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.day}/{d.month} {d.year}",
    lambda d: f"{d.day}/{d.month}-{d.year}",
    lambda d: f"{d.day}.{d.month}.{d.year}",
    lambda d: f"{d.day} {SWEDISH_MONTHS[d.month - 1]} {d.year}",
    lambda d: f"den {d.day} {SWEDISH_MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{d.day} {SWEDISH_MONTHS[d.month - 1][:3]} {d.year}",
    lambda d: f"{d.day} {SWEDISH_MONTHS[d.month - 1][:3].title()}. {d.year}",
    lambda d: f"{d.isoformat()} 00:00:00",
)
NUMBER_WRITINGS = (
    lambda n: f"{n:.2f}".replace(".", ","),
    lambda n: f"{n:.2f}",
    lambda n: f"{n:,.2f}".replace(",", " ").replace(".", ","),
    lambda n: f"{n:,.2f}".replace(",", "\u00a0").replace(".", ","),
    lambda n: f"{n:,.2f}".replace(",", "_").replace(".", ",").replace("_", "."),
    lambda n: f"{n:.2f}".replace(".", ",").replace("-", "−"),
)
UNITS = {" %": "%", "%": "%", " procent": "%", " procentenheter": "procentenheter", " kr": "kr",
         " tkr": "tkr", " mnkr": "mnkr", " st": "st", " timmar": "timmar", "": None}  # fmt: skip


@given(DAYS, st.sampled_from(DATE_WRITINGS))
def test_a_date_reads_back_from_every_writing(day: date, write) -> None:
    assert parse_date(write(day)) == day
    assert DATE.match(write(day))


@given(st.integers(-99_999_999, 99_999_999), st.sampled_from(NUMBER_WRITINGS), st.sampled_from(sorted(UNITS)))
def test_a_number_reads_back_from_every_writing(hundredths: int, write, unit: str) -> None:
    found = parse_quantity(write(hundredths / 100) + unit)
    assert found is not None and (found.value, found.measure_unit) == (hundredths / 100, UNITS[unit])


@given(st.integers(0, 9_999_999), st.sampled_from(["{}", "{} st", "{}st", "{} styck", "{},0", "{}*", " {} "]))
def test_a_count_reads_back_from_every_writing(count: int, written: str) -> None:
    assert parse_count(written.format(count)) == count
    assert parse_count(written.format(f"{count:,}".replace(",", " "))) == count


@given(
    st.lists(st.decimals(0, 999, places=1).map(lambda n: str(n).replace(".", ",")), min_size=2, max_size=4),
    st.sampled_from([" → ", ", ", "; ", " / ", "/", "–", " – ", " till ", " och ", " (", "\n", " % "]),
    st.sampled_from(["", " %", " kr", " st"]),
    st.sampled_from(["", "ca ", "mellan ", "från "]),
)  # fmt: skip
def test_two_numbers_never_give_one(numbers: list[str], between: str, unit: str, lead: str) -> None:
    text = lead + between.join(f"{number}{unit}" for number in numbers)
    assert readings(text) == ()
    assert parse_count(text) is None


@pytest.mark.parametrize(
    "raw",
    ["83 % → 88 %", "83 %, 85 %", "85 % 80 %", "mellan 80 och 90 %", "83 % (88 %)", "83 % (2024)", "8 av 10",
     "3 (av 10)", "3 av 10 st", "80–90 %", "5 % lägre", "12 %13", "1.2.3", "3/10", "2025-01-01"],
)  # fmt: skip
def test_what_does_not_say_one_number_plainly_is_none(raw: str) -> None:
    assert readings(raw) == ()


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        ("0.440", [0.44]),
        ("8.625 %", [8.625]),
        ("1.440 kg CO2 per kg livsmedel", [1.44]),
        ("85.125 index", [85.125]),
        ("12.500", [12.5, 12500.0]),
        ("1.250 kr", [1.25, 1250.0]),
        ("1.234.567", [1234567.0]),
        ("1.234,5", [1234.5]),
        ("1234.567", [1234.567]),
        ("12 345.678", [12345.678]),
        ("3 407", [3407.0]),
        ("3.5", [3.5]),
    ],
)
def test_a_point_is_a_decimal_unless_it_may_part_thousands(raw: str, values: list[float]) -> None:
    assert [each.value for each in readings(raw)] == values


@pytest.mark.parametrize(
    ("raw", "unit", "row", "value"),
    [
        ("12.500", None, ["11 870"], 12500.0),
        ("12.500", None, ["12,1"], 12.5),
        ("12.500", None, ["12,1", "11 870"], None),
        ("12.500", None, [], None),
        ("12.500", "%", [], 12.5),
        ("1.250 kr", None, [], 1250.0),
        ("1.250 kr", None, ["1 310 kr"], 1250.0),
        ("1.250 kr", None, ["1,31 kr"], 1.25),
        ("1.250 tkr", None, [], None),
        ("1.250 st", None, [], 1250.0),
        ("12.500", None, ["0"], None),
    ],
)
def test_unit_and_neighbours_settle_a_point(
    raw: str, unit: str | None, row: list[str], value: float | None
) -> None:
    found = settled(readings(raw), unit, map(parse_quantity, row))
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("raw", "limit"),
    [
        ("8 %", ""),
        ("ca 8 %", "about"),
        ("c:a 8 %", "about"),
        ("cirka 8 %", "about"),
        ("~8 %", "about"),
        ("minst 80 %", "at_least"),
        ("≥ 80 %", "at_least"),
        ("högst 5 %", "at_most"),
        ("max. 5 %", "at_most"),
        ("<5 %", "below"),
        ("under 5 %", "below"),
        ("> 80 %", "above"),
        ("mer än 80 %", "above"),
    ],
)
def test_what_stands_before_a_number_is_kept(raw: str, limit: str) -> None:
    found = parse_quantity(raw)
    assert found is not None and found.limit == limit


@pytest.mark.parametrize(
    ("raw", "value", "unit"),
    [
        ("85¹", 85.0, None),
        ("85¹ %", 85.0, "%"),
        ("85 % *", 85.0, "%"),
        ("85 % (77 av 180)", 85.0, "%"),
        ("85 % (n = 180)", 85.0, "%"),
        ("83 % ↑", 83.0, "%"),
        ("+3 procentenheter", 3.0, "procentenheter"),
        ("1,5 mkr", 1.5, "mnkr"),
        ("12 kg", 12.0, "kg"),
        ("12 kr", 12.0, "kr"),
        ("2 tim", 2.0, "timmar"),
        ("0,4 kg CO2e/kg", 0.4, "kg CO2e/kg"),
    ],
)
def test_notes_and_units_beside_a_number(raw: str, value: float, unit: str | None) -> None:
    found = parse_quantity(raw)
    assert found is not None and (found.value, found.measure_unit) == (value, unit)


@pytest.mark.parametrize("raw", ["12 kr per dygn", "0,4 kg CO2e/m2", "3 timmar per vecka"])
def test_another_unit_is_not_cut_to_a_known_one(raw: str) -> None:
    assert readings(raw) == ()


@pytest.mark.parametrize("raw", ["ca 8", "3 (av 10)", "<5", "1,5", "4–5", "-3", "x", "–", "8 9"])
def test_signs_and_fractions_are_no_counts(raw: str) -> None:
    assert parse_count(raw) is None


@pytest.mark.parametrize(
    "raw", ["hösten 2025", "vecka 12", "v. 12", "Q1", "mars 2025", "löpande", "hela året"]
)
def test_times_that_are_no_dates(raw: str) -> None:
    assert parse_date(raw) is None and says_when(raw)


@pytest.mark.parametrize("raw", ["2025-02-31", "31/4 2025", "2025-13-01", "0/1 2025"])
def test_impossible_dates_have_the_shape_and_no_day(raw: str) -> None:
    assert DATE.match(raw) and parse_date(raw) is None


@pytest.mark.parametrize("raw", ["2025-01-01 2025-12-31", "5/1", "25-01-05", "Sommarfest", "Anna"])
def test_what_is_no_date(raw: str) -> None:
    assert parse_date(raw) is None and not DATE.match(raw)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Kurs 2025-01-01 2025-12-31", 2),
        ("Kurs 5/1 2025 hösten 2025", 2),
        ("Kurs klar 2025-01-01", 1),
        ("Fest 2025", 0),
    ],
)
def test_dates_that_stand_in_a_title(text: str, times: int) -> None:
    assert times_in(text) == times


@pytest.mark.parametrize(
    ("raw", "is_period"), [("VB 2025", True), ("År", True), ("2025", True), ("80", False)]
)
def test_periods(raw: str, is_period: bool) -> None:
    assert bool(PERIOD.match(raw)) is is_period


@pytest.mark.parametrize(
    ("mark", "done"),
    [("☒", True), ("☑", True), ("✓", True), ("[x]", True), ("X", True), ("Ja", True), ("☐", False),
     ("[ ]", False), ("✗", False), ("Nej", False), ("●", None), ("\ufffd", None), ("\uf0fc", None),
     ("", None)],
)  # fmt: skip
def test_ticks(mark: str, done: bool | None) -> None:
    assert parse_tick(mark) is done
    assert is_mark(mark) is bool(mark)


@pytest.mark.parametrize(
    ("raw", "marked"),
    [("☒", True), ("✓", True), ("x", True), ("Ja", True), ("Försenad", True), ("☐", False), ("[ ]", False),
     ("Nej", False), ("Ingen avvikelse.", False), ("–", False), ("", False), ("☐ Ja ☒ Nej", False),
     ("☒ Ja ☐ Nej", True), ("☐ Ja ☐ Nej", False), ("N", False), ("FALSE", False), ("J", True),
     ("Klar", None), ("Grön", None), ("?", None), ("\ufffd", None), ("\uf0fc", None)],
)  # fmt: skip
def test_marks_under_avvikelse(raw: str, marked: bool | None) -> None:
    assert is_marked(raw) is marked
