"""An analysis beside every cell of its row: last year's, the target, men's and women's."""

from __future__ import annotations

import pytest

from tests.test_levels import SICK, of_analysis

SEXES = SICK | {"value_men_raw": "6,1 %", "value_women_raw": "9,2 %"}


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("Förra året var den 9,9 procent.", "value_previous"),
        ("Sjukfrånvaron minskade från 9,9 till 8,6 procent.", "value_previous"),
        ("Den är 8,6 procent, att jämföra med 9,9 procent 2024.", "value_previous"),
        ("Sjukfrånvaron är lägre än föregående år, 8,6 procent mot 9,9 procent.", "value_previous"),
        ("Målet på 8 procent nåddes inte.", "target"),
        ("Männens sjukfrånvaro är 9,2 procent och kvinnornas 6,1.", "value_men"),
        ("Utfallet är 9,2 procent för män.", "value_men"),
        ("Frånvaron är högst bland männen.", "value_men"),
        ("Män har högre sjukfrånvaro än kvinnor.", "value_men"),
        ("Sjukfrånvaron är 8,6 procent, en halv procentenhet högre än året innan.", "value_previous"),
    ],
)
def test_a_number_is_held_against_the_cell_that_its_words_point_at(text: str, column: str) -> None:
    found = [each for each in of_analysis(text, SEXES) if each["code"] == "indicator_text_differs"]
    assert [each["other_column"] for each in found] == [column]
    assert found[0]["source_line"] == 61


@pytest.mark.parametrize(
    "text",
    [
        "Förra året var den 9,4 procent.",
        "Sjukfrånvaron minskade från 9,4 till 8,6 procent.",
        "Förra året var den 11 procent på natten.",
        "Målet nästa år är 8 procent.",
        "Stadens mål är 7 procent.",
        "Männens sjukfrånvaro är 6,1 procent och kvinnornas 9,2.",
        "Kvinnor har högre sjukfrånvaro än män.",
        "Frånvaron är högst bland kvinnorna.",
        "Fler män än kvinnor svarade på enkäten.",
        "Sjukfrånvaron är 0,8 procentenheter lägre än året innan.",
    ],
)
def test_what_agrees_or_is_of_a_part_is_left_alone(text: str) -> None:
    assert of_analysis(text, SEXES) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Frånvaron är 0,8 procent lägre än året innan.", True),
        ("Den har gått ned 0,8 %, från 9,4.", True),
        ("Det är 0,9 procent under målet.", True),
        ("Antalet vikarier har minskat med 0,8 procent.", False),
        ("Frånvaron är 9 procent lägre än året innan.", False),
    ],
)
def test_per_cent_that_are_points(text: str, asked: bool) -> None:
    assert [each["code"] for each in of_analysis(text, SICK)] == ["percent_points"] * asked
