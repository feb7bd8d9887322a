"""Normalising: numbers, dates, names, measure units, targets."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import activity, complaint, cover, goal, indicator, report
from vbdata.extract.document import Document, Icon
from vbdata.extract.grammar import is_blank, parse_count, parse_date, parse_quantity, parse_rule
from vbdata.normalise import Normalised, normalise
from vbdata.normalise.names import mend, slug, unit_id


def normalised(**kw) -> Normalised:
    document = Document(Path("r.txt"), "txt", ())
    return normalise(report(**kw), document, source="r.txt", sha256="0" * 64)


def only(table: str, **kw) -> tuple[dict, list[str]]:
    """The one row of a table, and the codes of the doubts about it."""
    found = normalised(**kw)
    (row,) = found.rows[table]
    return row, [n.code for n in found.noted if n.table == table]


@pytest.mark.parametrize(
    ("raw", "value", "unit"),
    [
        ("52,87 %", 52.87, "%"),
        ("90%", 90.0, "%"),
        ("66,82", 66.82, None),
        ("19", 19.0, None),
        ("0", 0.0, None),
        ("-3,5 %", -3.5, "%"),
        ("−3,5", -3.5, None),
        ("1 234,5", 1234.5, None),
        ("1\u00a0234 kr", 1234.0, "kr"),
        ("1,5 kg CO2 per kg livsmedel", 1.5, "kg CO2e/kg"),
        ("2 st", 2.0, "st"),
        ("ca 80 %", 80.0, "%"),
        ("minst 80 procent", 80.0, "%"),
        ("85 % (77 av 180)", 85.0, "%"),
        ("3.5 %", 3.5, "%"),
        ("1.234,5", 1234.5, None),
        ("drygt 30", 30.0, None),
        ("↑ 82 %", 82.0, "%"),
        ("82 % 1)", 82.0, "%"),
        ("3,2 ‰", 3.2, "‰"),
        ("41 h", 41.0, "timmar"),
    ],
)
def test_quantities(raw: str, value: float, unit: str | None) -> None:
    found = parse_quantity(raw)
    assert found is not None and (found.value, found.measure_unit) == (value, unit)


@pytest.mark.parametrize(
    "raw", ["", " ", "–", "öka", "Tas fram av nämnd", "80–90 %", "8 av 10", "2025-01-01", "x"]
)
def test_what_is_no_single_number_is_none(raw: str) -> None:
    assert parse_quantity(raw) is None


@given(st.floats(-1e6, 1e6).map(lambda x: round(x, 2)))
def test_quantities_round_trip_in_swedish(value: float) -> None:
    found = parse_quantity(f"{value:.2f}".replace(".", ",") + "\u00a0%")
    assert found is not None and math.isclose(found.value, value, abs_tol=1e-9)


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        ("22  st", 22),
        ("2 st", 2),
        ("0", 0),
        ("1 234", 1234),
        ("", None),
        ("-", None),
        ("x", None),
        ("1,5", None),
    ],
)
def test_counts(raw: str, count: int | None) -> None:
    assert parse_count(raw) == count


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        ("öka", "increase"),
        ("Minskar", "decrease"),
        ("Tas fram av nämnd", "set_by_board"),
        ("Tas fram av nämnd/styrelse", "set_by_board"),
        ("Tas fram av nämnd/s tyrelse", "set_by_board"),
        ("80 %", None),
        ("", None),
        ("bra", None),
    ],
)
def test_rules(raw: str, rule: str | None) -> None:
    assert parse_rule(raw) == rule


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("2025-01-31", date(2025, 1, 31)),
        ("20250131", date(2025, 1, 31)),
        ("31/1/2025", date(2025, 1, 31)),
        ("31 januari 2025", date(2025, 1, 31)),
        ("2025-02-31", None),
        ("snart", None),
        ("", None),
    ],
)
def test_dates(raw: str, day: date | None) -> None:
    assert parse_date(raw) == day


@pytest.mark.parametrize("raw", ["", " ", "–", "-", "Uppgift saknas", "Inga data"])
def test_blanks(raw: str) -> None:
    assert is_blank(raw)


def test_zero_is_not_blank() -> None:
    assert not is_blank("0")
    row, _ = only("indicators", indicators=(indicator(value_raw="0 %"),))
    assert row["value"] == 0.0


def test_indicator_with_lower_is_better() -> None:
    row, doubts = only("indicators", indicators=(indicator(value_raw="8,6 %", target_raw="9,5 %"),))
    assert (row["indicator_id"], row["better"], row["attainment"]) == ("sjukfranvaro", "lower", "met")
    assert row["gap"] == pytest.approx(0.9)
    assert doubts == []


@pytest.mark.parametrize(
    ("name", "value", "target", "attainment"),
    [
        ("Aktivt Medskapandeindex", "86", "83", "met"),
        ("Aktivt Medskapandeindex", "83", "83", "met"),
        ("Aktivt Medskapandeindex", "82", "83", "not_met"),
        ("Sjukfrånvaro", "9,6 %", "9,5 %", "not_met"),
        ("Sjukfrånvaro", "", "9,5 %", None),
        ("Sjukfrånvaro", "9 %", "öka", None),
        ("Antal utflykter", "9", "8", None),  # nobody has said which way is better
    ],
)
def test_attainment(name: str, value: str, target: str, attainment: str | None) -> None:
    row, _ = only("indicators", indicators=(indicator(name_raw=name, value_raw=value, target_raw=target),))
    assert row["attainment"] == attainment


def test_number_without_unit_takes_its_neighbours_and_says_so() -> None:
    record = indicator(name_raw="Utfasade tvättlappar i plast", value_raw="100", target_raw="90 %")
    row, doubts = only("indicators", indicators=(record,))
    assert (row["value"], row["measure_unit"], row["attainment"]) == (100.0, "%", "met")
    assert doubts == ["number_without_unit"]


@pytest.mark.parametrize(
    ("name", "raw", "unit"),
    [("Andel smorda cyklar", "85", "%"), ("Andel smorda cyklar", "0,85", None), ("Cyklar", "85", None)],
)
def test_a_share_without_unit_takes_that_of_the_shares_of_its_table(name: str, raw: str, unit: str) -> None:
    records = (
        indicator(name_raw="Andel hela cyklar", target_raw="90 %"),
        indicator(2, name_raw=name, target_raw=raw),
    )
    made = report(indicators=records)
    found = normalise(made, Document(Path("r.txt"), "txt", ()), source="r.txt", sha256="0" * 64)
    assert found.rows["indicators"][1]["measure_unit"] == unit
    assert [n.code for n in found.noted if n.column == "target"] == ["number_without_unit"] * bool(unit)


def test_an_index_needs_no_unit() -> None:
    _, doubts = only(
        "indicators", indicators=(indicator(name_raw="Aktivt Medskapandeindex", value_raw="86"),)
    )
    assert doubts == []


def test_unreadable_number_is_missing_and_an_error() -> None:
    row, doubts = only("indicators", indicators=(indicator(value_raw="cirka hälften"),))
    assert row["value"] is None and row["value_raw"] == "cirka hälften"
    assert doubts == ["value_unreadable"]


@pytest.mark.parametrize(
    ("field", "raw", "value"),
    [
        ("value", "831 %", None),
        ("value", "-83 %", None),
        ("value_previous", "104", None),  # the row's unit is per cent
        ("value", "100 %", 100.0),
        ("value", "83 % → 88 %", None),
        ("value", "<5 %", None),
        ("value", "minst 80 %", None),
        ("target", "högst 9,5 %", 9.5),
        ("target", "minst 9,5 %", None),  # sick leave: lower is better
        ("target", "<9 %", None),
        ("council_target", "under 9 %", None),
        ("value", "8.625 %", 8.625),
    ],
)
def test_numbers_that_are_not_the_cells_value_are_said(field: str, raw: str, value: float | None) -> None:
    record = indicator(**({"value_raw": "8 %", "target_raw": "9 %"} | {f"{field}_raw": raw}))
    row, doubts = only("indicators", indicators=(record,))
    assert (row[field], row[f"{field}_raw"]) == (value, raw)
    assert doubts == ([] if value is not None else ["value_unreadable"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Förändring av antal ärenden", -4.9),
        ("Budgetavvikelse", -4.9),
        ("Andel förändringar i tid", None),
        ("Trygghet", None),
    ],
)
def test_a_change_may_be_below_nought_and_a_share_may_not(name: str, value: float | None) -> None:
    row, _ = only("indicators", indicators=(indicator(name_raw=name, value_raw="-4,9 %"),))
    assert row["value"] == value


def test_an_approximate_number_is_kept_and_said() -> None:
    row, doubts = only("indicators", indicators=(indicator(value_raw="ca 8 %", target_raw="9 %"),))
    assert (row["value"], doubts) == (8.0, ["value_approximate"])


@pytest.mark.parametrize(
    ("raw", "previous", "value"),
    [("12.500", "11 870", 12500.0), ("12.500", "12,1", 12.5), ("12.500", "", None)],
)
def test_the_rows_other_numbers_tell_thousands_from_decimals(
    raw: str, previous: str, value: float | None
) -> None:
    record = indicator(name_raw="Antal måltider", value_raw=raw, value_previous_raw=previous)
    row, doubts = only("indicators", indicators=(record,))
    assert row["value"] == value and ("value_unreadable" in doubts) is (value is None)


@pytest.mark.parametrize(
    ("value", "target", "read", "unit"),
    [
        ("119 kWh/m²", "115 kWh/m²", 119.0, "kWh/m²"),
        ("14 ton CO2e", "12 ton CO2e", 14.0, "ton CO2e"),
        ("52 vandringar", "50 vandringar", 52.0, "vandringar"),
        ("12 fler", "14", None, None),  # one cell alone says nothing of a unit
        ("12 fler", "14 färre", None, None),
        ("4 av 5 lag", "5 lag", None, None),
    ],
)
def test_a_unit_that_no_list_has_is_one_where_two_cells_print_it(
    value: str, target: str, read: float | None, unit: str | None
) -> None:
    row, doubts = only(
        "indicators", indicators=(indicator(name_raw="Elbruk", value_raw=value, target_raw=target),)
    )
    assert (row["value"], row["measure_unit"]) == (read, unit)
    assert ("value_unreadable" in doubts) is (read is None)


def test_why_a_number_is_left_out_is_said_in_words() -> None:
    found = normalised(indicators=(indicator(value_raw="831 %"), indicator(2, value_raw="83 %, 85 %")))
    whys = [each.words["why"] for each in found.noted if each.code == "value_unreadable"]
    assert whys == ["kan inte vara en andel, som är 0–100 %,", "har fler än ett tal"]


@pytest.mark.parametrize("raw", ["ca 8", "3 (av 10)", "<5", "4–5"])
def test_counts_with_a_sign_are_missing_and_said(raw: str) -> None:
    found = normalised(complaints=(complaint(t1_raw=raw),), template="2025")
    row = found.rows["complaints"][0]
    assert (row["count"], row["count_raw"]) == (None, raw)
    assert "value_unreadable" in [each.code for each in found.noted]


def test_target_rules_and_raw_text_stand_beside_the_numbers() -> None:
    record = indicator(target_raw="9,5 %", council_target_raw="Tas fram av nämnd/styrelse")
    row, _ = only("indicators", indicators=(record,))
    assert (row["target_rule"], row["council_target_rule"]) == ("number", "set_by_board")
    assert row["council_target"] is None and row["council_target_raw"] == "Tas fram av nämnd/styrelse"


def test_indicator_outside_the_vocabulary_keeps_its_name() -> None:
    row, doubts = only("indicators", indicators=(indicator(name_raw="Antal  utflykter"),))
    assert (row["name"], row["indicator_id"]) == ("Antal utflykter", "antal-utflykter")
    assert doubts == ["indicator_new"]


@pytest.mark.parametrize(
    ("code", "printed", "title"),
    [
        (
            "2.4",
            "Stockholmarens hälsa ska främjas genom ren luft, rent vatten och giffria miljöer",
            "Stockholmarnas hälsa ska främjas genom ren luft, rent vatten och giftfria miljöer",
        ),
        (
            None,
            "Tryggheten ska öka genom förebyggande insatser",
            "Tryggheten ska öka genom förebyggande insatser",
        ),
    ],
)
def test_council_goals_get_their_canonical_title(code: str | None, printed: str, title: str) -> None:
    row, doubts = only("goals", goals=(goal(level="area", code=code, title_raw=printed),))
    assert (row["title"], row["title_raw"], doubts) == (title, printed, [])
    assert row["code"] == {"2.4": "2.4", None: "3.6"}[code]


def test_a_council_goal_that_the_vocabulary_lacks_is_kept_with_a_doubt() -> None:
    row, doubts = only("goals", goals=(goal(level="area", code="1.9", title_raw="Alla ska ha katt"),))
    assert (row["title"], row["code"], doubts) == ("Alla ska ha katt", "1.9", ["unknown_label"])


def test_unknown_status_is_missing_and_an_error() -> None:
    row, doubts = only("goals", goals=(goal(status_raw="Pågår fint"),))
    assert row["status"] is None and row["status_raw"] == "Pågår fint" and doubts == ["unknown_status"]


@pytest.mark.parametrize(
    ("words", "seen", "status", "source", "doubts"),
    [
        ("Uppfylls helt", "met", "met", "words", []),
        ("Uppfylls helt", "not_met", "met", "words", ["status_icon_differs"]),
        (None, "partly_met", "partly_met", "icon", ["status_from_icon"]),
        ("Pågår fint", "met", None, None, ["unknown_status"]),
    ],
)
def test_icon_colours_never_overrule_words(words, seen, status, source, doubts) -> None:
    row, found = only("goals", goals=(goal(status_raw=words, icon=Icon("#000", seen)),))
    assert (row["status"], row["status_source"], found) == (status, source, doubts)


@pytest.mark.parametrize(
    ("raw", "deviation"), [("", False), ("X", True), ("Ja", True), ("nej", False), ("–", False)]
)
def test_deviation(raw: str, deviation: bool) -> None:
    assert only("activities", activities=(activity(deviation_raw=raw),))[0]["deviation"] is deviation


@pytest.mark.parametrize(("mark", "completed"), [("✓", True), ("✗", False), ("●", None), ("", None)])
def test_completed(mark: str, completed: bool | None) -> None:
    assert only("activities", activities=(activity(mark_raw=mark),))[0]["completed"] is completed


def test_unreadable_date_is_missing_and_an_error() -> None:
    row, doubts = only("activities", activities=(activity(end_raw="2025-13-01"),))
    assert row["end"] is None and doubts == ["date_unreadable"]


def test_complaints_are_tidy_and_blank_is_not_zero() -> None:
    record = complaint(t1_raw="4", t2_raw="", vb_raw="0", total_raw="4 st")
    rows = normalised(complaints=(record,), template="2025").rows["complaints"]
    assert [(r["period"], r["count"]) for r in rows] == [("T1", 4), ("T2", None), ("VB", 0), ("total", 4)]
    assert {(r["facet"], r["concept"]) for r in rows} == {("praise", "praise")}


def test_labels_that_differ_a_little_are_the_same_group() -> None:
    record = complaint(group="Vem avser avvikelser - SOL/LSS", category="Den egna verksamheten")
    rows = normalised(complaints=(record,), template="2025").rows["complaints"]
    assert {r["group"] for r in rows} == {"Vem avser avvikelserna - SOL/LSS"}


def test_unknown_group_is_kept_with_a_doubt() -> None:
    found = normalised(
        complaints=(complaint(group="Förslag från barnen", category="Lekplatsen"),), template="2025"
    )
    assert found.rows["complaints"][0]["group"] == "Förslag från barnen"
    assert {n.code for n in found.noted if n.table == "complaints"} == {"unknown_label"}


def test_unit_names_and_ids() -> None:
    assert slug("Björkviks gruppbostäder 2") == "bjorkviks-gruppbostader-2"
    assert unit_id("Hägersten-Älvsjö dagligaverksamhet 2").id == "hagersten-alvsjo-daglig-verksamhet-2"
    assert unit_id("Hägersten-Älvsjö dagligaverksamhet 1").id == "hagersten-alvsjo-daglig-verksamhet-1"
    assert unit_id("Solgläntan").doubt == "unit_not_registered"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "<script>alert(1)</script>", "a/b\\c", "…", "\u202etxt"]
)
def test_ids_are_safe_as_file_names(name: str) -> None:
    assert all(c.isascii() and (c.isalnum() or c == "-") for c in slug(name))


def test_report_ids_name_year_kind_and_unit() -> None:
    assert normalised(cover=cover(kind="VP", year=2024)).report_id == "2024-vp-granbackens-gruppbostad"


def test_misprints_are_mended() -> None:
    assert mend("giffria  miljöer") == "giftfria miljöer"
