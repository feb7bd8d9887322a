"""What an analysis and the running text say of an indicator's level and way, unknown words or not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import indicator, report
from vbdata.extract.document import Document, Place, Printed
from vbdata.language.quantities import quantities_in
from vbdata.normalise import normalise
from vbdata.parse.records import Passage
from vbdata.validate import validate
from vbdata.validate.levels import counted, levels, times
from vbdata.validate.said import Said

SICK = {
    "name_raw": "Sjukfrånvaro", "value_raw": "8,6 %", "value_previous_raw": "9,4 %", "target_raw": "9,5 %",
}  # fmt: skip
PLEASED = {
    "name_raw": "Andel elever som är nöjda med skolan", "value_raw": "74 %", "value_previous_raw": "80 %",
}  # fmt: skip
CODES = ("indicator_text_differs", "number_text_differs", "percent_points")


def doubts(**kw) -> list[dict]:
    document = Document(Path("r.txt"), "txt", ())
    found = validate(normalise(report(**kw), document, source="r.txt", sha256="0" * 64))["findings"]
    return [finding for finding in found if finding["code"] in CODES]


def of_analysis(text: str, cells: dict[str, str]) -> list[dict]:
    lines = (Printed("Vi har arbetat vidare.", Place(60)), Printed(text, Place(61)))
    row = indicator(analysis=f"Vi har arbetat vidare. {text}", analysis_lines=lines, **cells)
    return doubts(indicators=(row,))


def of_passage(text: str) -> list[dict]:
    lines = (Printed("Ett år har gått.", Place(20)), Printed(text, Place(21)))
    passage = Passage(1, None, "summary", "Året", f"Ett år har gått. {text}", Place(20), lines)
    return doubts(passages=(passage,), indicators=(indicator(1, **SICK), indicator(2, **PLEASED)))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Den totala sjukfrånvaron landade glädjande nog på 7,4 procent.", SICK),
        ("Vi ser att sjukfrånvaron nu är 7,4 %, främst bland vikarierna.", SICK),
        ("Sjukfrånvaron är låg, 7,4 %.", SICK),
        ("Enhetens sjukfrånvaro har varit 7,4 procent under året.", SICK),
        ("Resultatet visar att vi når 7,4 %.", SICK),
        ("Sjukfrånvaron har ökat sedan förra året.", SICK),
        ("Sjukfrånvaron minskade med 2 procentenheter.", SICK),
        ("Sjukfrånvaron på rullande 12 månader (enligt uppföljningen) är totalt 7,6%.", SICK),
        ("Nöjdheten ligger på 78 %.", PLEASED),
        ("78 % av eleverna är nöjda med skolan.", PLEASED),
        ("Andelen har därmed ökat jämfört med föregående år.", PLEASED),
    ],
)
def test_an_analysis_that_says_otherwise_is_asked_about_at_its_line(text: str, cells) -> None:
    (found,) = of_analysis(text, cells)
    assert (found["code"], found["source_line"], found["other_line"]) == ("indicator_text_differs", 61, 41)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Sjukfrånvaron är glädjande nog 8,6 %.", SICK),
        ("Sjukfrånvaron har glädjande nog minskat.", SICK),
        ("Sjukfrånvaron minskade med 0,8 procentenheter.", SICK),
        ("Under hösten var sjukfrånvaron 7,4 %.", SICK),
        ("Männens sjukfrånvaro är 7,4 %.", SICK),
        ("Nattgruppen har en sjukfrånvaro på 14 %.", SICK),
        ("Sjukfrånvaron på Lindgården är 14 %.", SICK),
        ("Sjukfrånvaron har ökat på natten.", SICK),
        ("Sjukfrånvaron har ökat sedan sommaren.", SICK),
        ("Antalet vikarier har ökat.", SICK),
        ("Målet är att sjukfrånvaron ska ligga på 7 %.", SICK),
        ("Stadens sjukfrånvaro är 7,1 %.", SICK),
        ("78 % av eleverna i årskurs 4 är nöjda med skolan.", PLEASED),
        ("78 % av eleverna har svarat.", PLEASED),
        ("Andelen nöjda vårdnadshavare är 91 %.", PLEASED),
    ],
)
def test_a_number_of_a_part_another_or_another_time_is_left_alone(text: str, cells) -> None:
    assert of_analysis(text, cells) == []


@pytest.mark.parametrize(
    "text",
    [
        "Sjukfrånvaron är 7,4 %.",
        "Enhetens sjukfrånvaro har glädjande nog minskat till 7,4 procent.",
        "78 % av eleverna är nöjda med skolan.",
        "Sjukfrånvaron har ökat jämfört med förra året.",
        "Sjukfrånvaron har sjunkit och är nu 7,4 procent.",
        "Skolans elever har svarat. 71 procent är nöjda.",
    ],
)
def test_running_text_that_says_otherwise_is_asked_about_at_its_line(text: str) -> None:
    (found,) = of_passage(text)
    assert (found["code"], found["source_line"]) == ("number_text_differs", 21)
    assert found["other_line"] in (41, 42) and found["other_column"].startswith("value")


def test_per_cent_for_percentage_points_in_running_text() -> None:
    (found,) = of_passage("Sjukfrånvaron har minskat med 0,8 procent.")
    assert (found["code"], found["source_line"], found["other_line"]) == ("percent_points", 21, 41)
    assert of_passage("Sjukfrånvaron har minskat med 0,8 procentenheter.") == []
    assert of_passage("Sjukfrånvaron har minskat med 9 procent.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Sjukfrånvaron är 8,6 %.",
        "Stadens sjukfrånvaro är 7,4 %.",
        "Andelen nöjda är 78 %.",
        "Målet är 7 %.",
        "Sjukfrånvaron har minskat.",
        "Skolans elever har svarat. 71 procent är nöjda med maten.",
        "Skolans föräldrar har svarat. 71 procent är nöjda.",
    ],
)
def test_running_text_about_something_else_is_left_alone(text: str) -> None:
    assert of_passage(text) == []


BESIDE = [
    ("Sjukfrånvaro", "%", 8.6, "Sjukfrånvaron var i genomsnitt 7,4 procent under året.", True),
    ("Sjukfrånvaro", "%", 8.6, "Medarbetarnas sjukfrånvaro uppgick till 7,4 %, mot 9,4 procent 2024.", True),
    ("Sjukfrånvaro", "%", 8.6, "Nattgruppens sjukfrånvaro uppgick till 7,4 %, mot 9,4 procent 2024.", False),
    ("Sjukfrånvaro", "%", 8.6, "Sjukfrånvaron var 7,4 procent 2024.", False),
    ("Sjukfrånvaro", "%", 8.6, "Korttidsfrånvaron var 2,4 procent.", False),
    ("Sjukfrånvaro dag 1-14", "%", 8.6, "Korttidsfrånvaron var 2,4 procent.", True),
    (
        "Andel elever som känner sig trygga i skolan",
        "%",
        91.0,
        "Nittiofyra procent av eleverna är trygga.",
        True,
    ),
    (
        "Andel elever som känner sig trygga i skolan",
        "%",
        91.0,
        "94 procent av eleverna är trygga på gården.",
        False,
    ),
    ("Andel elever som känner sig trygga i skolan", "%", 91.0, "5 % av eleverna är inte trygga.", False),
    (
        "Andel elever som känner sig trygga i skolan",
        "%",
        91.0,
        "85 % av eleverna är trygga med läraren.",
        False,
    ),
    ("Andel nöjda brukare", "%", 91.0, "85 % av brukarna är nöjda med maten.", False),
    ("Sjukfrånvaro", "%", 8.6, "Jämfört med 2024, då sjukfrånvaron var 9 %, är den lägre.", False),
    ("Andel brukare som är nöjda", "%", 88.0, "Av deltagarna är 92 procent nöjda.", True),
    ("Andel brukare som är nöjda", "%", 88.0, "Av deltagarna är 92 procent nöjda med maten.", False),
    ("Andel planer som klaras inom två veckor", "%", 90.0, "Andelen planer inom två veckor blev 96 %.", True),
    ("Andel planer som klaras inom två veckor", "%", 90.0, "Andelen planer inom en vecka blev 96 %.", False),
    ("Andel inköpta ekologiska varor", "%", 63.0, "Andelen ekologiska varor nådde 68 %.", True),
    ("Andel inköpta ekologiska varor", "%", 63.0, "Andelen ekologiska mejerivaror nådde 68 %.", False),
    ("Antal personal som möts under 14 dagar", "st", 12.4, "Kunden mötte 11,4 personal per 14 dagar.", True),
    ("Antal personal som möts under 14 dagar", "st", 12.4, "Kunden mötte 11,4 personal per vecka.", False),
]


@pytest.mark.parametrize(("name", "unit", "value", "text", "asked"), BESIDE)
def test_the_many_ways_to_tell_an_outcome(name: str, unit: str, value: float, text: str, asked: bool) -> None:
    found = quantities_in(text, 2025)
    told = levels([Said({}, each, text) for each in found], name, unit, whole=True)
    assert any(each.value != value for each in told) is asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Rådet möttes tretton gånger under året.", True),
        ("Rådet möttes tretton gånger under våren.", False),
        ("Rådet ska mötas tretton gånger.", False),
        ("Rådet möttes tre gånger och gruppen åtta gånger.", False),
    ],
)
def test_how_many_times_it_was_done(text: str, asked: bool) -> None:
    said = [Said({}, each, text) for each in quantities_in(text, 2025)]
    assert bool(list(times(said, "Antal möten i rådet", "st"))) is asked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sjukfrånvaron är 8,6 %.", [("agrees", "indicators", "value")]),
        ("Sjukfrånvaron är 9,4 % eller 9,5 %.", [("agrees", "indicators", "value_previous"), (None,) * 3]),
        ("Sjukfrånvaron är 7,4 %.", [("differs", "indicators", "value")]),
        ("12 av 40 elever deltog.", [("part_of", "quantities", "value"), (None,) * 3]),
        ("Antalet ökade från 3 till 5.", [(None,) * 3, ("from_to", "quantities", "value")]),
        ("Vi har fem hus.", [(None,) * 3]),
    ],
)
def test_a_quantity_tells_what_it_was_held_against(text: str, expected: list[tuple]) -> None:
    made = report(indicators=(indicator(analysis=text, **SICK),))
    document = Document(Path("r.txt"), "txt", ())
    rows = validate(normalise(made, document, source="r.txt", sha256="0" * 64))["quantities"]
    held = [(row.get("relation"), row.get("other_table"), row.get("other_column")) for row in rows]
    assert held == expected


@pytest.mark.parametrize(
    ("name", "text", "asked"),
    [
        ("Antal buskar som har planterats", "Under året planterades 55 buskar.", True),
        ("Antal sommarjobbare", "Enheten tog emot 47 sommarjobbare.", True),
        ("Antal sommarjobbare", "Under sommaren tog enheten emot 47 sommarjobbare.", True),
        ("Antal utbildade ombud", "Vi har utbildat 47 ombud.", True),
        ("Antal genomförda hembesök", "Vi har genomfört 52 hembesök.", True),
        ("Antal buskar som har planterats", "Under året planterades 55 buskar i parken.", False),
        ("Antal sommarjobbare", "Under våren hade vi 12 sommarjobbare.", False),
        ("Antal sommarjobbare", "Tolv sommarjobbare målade staketet.", False),
        ("Antal utbildade ombud", "Vi har 47 ombud.", False),
        ("Antal genomförda hembesök", "Vi ska genomföra 52 hembesök.", False),
    ],
)
def test_what_an_indicator_counts_in_the_running_text(name: str, text: str, asked: bool) -> None:
    said = [Said({}, each, text) for each in quantities_in(text, 2025)]
    assert bool(list(counted(said, name, 40.0))) is asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("I snitt kom 62 besökare per öppetkväll.", True),
        ("I snitt kom 62 besökare per öppetkväll på Norra gården.", False),
        ("I snitt kom 62 besökare per fest.", False),
    ],
)
def test_a_rate_that_the_name_has_too(text: str, asked: bool) -> None:
    said = [Said({}, each, text) for each in quantities_in(text, 2025)]
    assert bool(list(levels(said, "Antal besök per öppetkväll", "st", whole=True))) is asked
