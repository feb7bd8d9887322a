"""What an analysis claims outright of its own row, and sentences like them that are right or of a part."""

from __future__ import annotations

import pytest

from tests.factories import indicator
from tests.test_levels import doubts, of_analysis

PLEASED = {"name_raw": "Andel gäster som är nöjda", "value_raw": "71 %", "value_previous_raw": "73 %",
           "target_raw": "80 %"}  # fmt: skip
FALLEN = {"name_raw": "Andel gäster som är nöjda", "value_raw": "71 %", "value_previous_raw": "79 %",
          "target_raw": "80 %"}  # fmt: skip
BIKES = {"name_raw": "Antal utlånade cyklar", "value_raw": "40 st", "value_previous_raw": "25 st",
         "target_raw": "40 st"}  # fmt: skip
DAYS = {"name_raw": "Väntetid till hembesök", "value_raw": "19 dagar", "value_previous_raw": "14 dagar",
        "target_raw": "12 dagar"}  # fmt: skip
MEAL = {"name_raw": "Kostnad per portion", "value_raw": "62 kr", "value_previous_raw": "58 kr",
        "target_raw": "60 kr"}  # fmt: skip
BARE = {"name_raw": "Trivselmått", "value_raw": "66", "value_previous_raw": "60", "target_raw": "65"}


@pytest.mark.parametrize(
    ("text", "row"),
    [
        # its level, in any unit
        ("Utfallet blev 44.", BIKES),
        ("Utfallet blev 44 cyklar.", BIKES),
        ("Resultatet landade på 69.", BARE),
        ("Utfallet är 17 dagar.", DAYS),
        ("Utfallet uppgick till 66 kr.", MEAL),
        # its target
        ("Årsmålet 70 % nås inte.", PLEASED),
        ("Målet 10 dagar nås inte.", DAYS),
        ("Årsmålet är nått.", PLEASED),
        ("Därmed är målet uppnått.", PLEASED),
        ("Vi når målet.", PLEASED),
        ("Resultatet ligger över målet.", PLEASED),
        ("Kostnaden ligger under målet.", MEAL),
        ("Målet nåddes inte.", BIKES),
        # no change, where there is one
        ("Utfallet är 66, vilket är samma som året innan.", BARE),
        ("Antalet är detsamma som i fjol.", BIKES),
        ("Väntetiden är oförändrad jämfört med förra året.", DAYS),
        # its size
        ("En minskning med 9 procentenheter.", PLEASED),
        ("Ett lyft på 12 procentenheter, framför allt bland nya gäster.", PLEASED),
        ("Det är 8 procentenheter lägre än förra året.", PLEASED),
        ("Ökningen är 25.", BIKES),
        ("Det är en ökning med 2 dagar.", DAYS),
        ("Ett lyft på 9 enheter.", BARE),
        # its way
        ("Väntetiden har minskat för andra året i rad.", DAYS),
        ("En nedgång sedan förra året.", MEAL),
        ("Andelen har fördubblats.", PLEASED),
        ("Antalet har halverats sedan förra året.", BIKES),
        ("Vi cyklar mer och väntetiden är på väg ned.", DAYS),
        ("Väntetiden har blivit bättre.", DAYS),
        ("Nöjdheten ligger på en fortsatt hög och jämn nivå.", FALLEN),
        ("Resultatet är stabilt.", FALLEN),
        ("Resultatet går åt rätt håll.", FALLEN),
        ("Vi ser en positiv utveckling.", FALLEN),
        ("Resultatet är i nivå med förra året.", FALLEN),
        ("Fler är nöjda i år än förra året.", FALLEN),
        ("Gästerna har blivit mer nöjda.", FALLEN),
        ("Väntetiden är lägre än väntat.", DAYS),
    ],
)  # fmt: skip
def test_a_claim_that_the_row_does_not_bear_out(text: str, row: dict[str, str]) -> None:
    found = of_analysis(text, row)
    assert [(each["code"], each["source_line"]) for each in found] == [("indicator_text_differs", 61)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Utfallet blev 40.", BIKES),
        ("Utfallet blev 44 turer i juni.", BIKES),
        ("På Norra huset är utfallet 17 dagar.", DAYS),
        ("Årsmålet 80 % nås inte.", PLEASED),
        ("Nämndens mål är nått.", PLEASED),
        ("Nästa år når vi målet.", PLEASED),
        ("Målet nås delvis.", PLEASED),
        ("Kostnaden ligger över målet.", MEAL),
        ("Resultatet överskrider målet med 2 kr.", MEAL),
        ("Målet är nått.", BIKES),
        ("Målet nås inte.", BARE),  # nobody knows which way is better
        ("Utfallet är i stort sett oförändrat jämfört med förra året.", PLEASED),
        ("Andelen är på samma nivå som i fjol.", PLEASED | {"value_raw": "72,6 %"}),
        ("Köket är samma som året innan.", PLEASED),
        ("En minskning med 2 procentenheter.", PLEASED),
        ("Bland männen är det en ökning med 9 procentenheter.", PLEASED),
        ("Andelen har ökat med 9 procentenheter sedan 2019.", PLEASED),
        ("Ökningen är 15.", BIKES),
        ("Antalet hembesök har fördubblats.", BIKES),
        ("Resultatet är stabilt.", PLEASED),
        ("Personalgruppen är stabil.", FALLEN),
        ("Vi ser en positiv utveckling på sommaren.", FALLEN),
        ("Fler är nöjda i Norra huset än förra året.", FALLEN),
        ("Männen har blivit mer nöjda.", FALLEN),
        ("Köket har blivit bättre på att svara.", FALLEN),
        ("Väntetiden har blivit sämre.", DAYS),
    ],
)
def test_what_is_right_or_of_a_part_is_left_alone(text: str, row: dict[str, str]) -> None:
    assert of_analysis(text, row) == []


def test_a_claim_needs_the_cell_that_it_is_held_against() -> None:
    for text in ("En ökning med 9 procentenheter.", "Utfallet är samma som året innan.", "Det är nytt."):
        row = indicator(analysis=text, **{**PLEASED, "value_previous_raw": ""})
        assert doubts(indicators=(row,)) == []
