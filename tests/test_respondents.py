"""How many answered: read precisely from the text, or not at all."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_tables import Tables

from vbdata.analyse.respondents import Answers, answers_in, respondents, sentences, share_intervals

STATED = [
    ("77 av 180 svarade på enkäten.", (77, 180, False)),
    ("Av 180 tillfrågade har 77 svarat.", (77, 180, False)),
    ("Svarsfrekvensen var 43 % (77 av 180).", (77, 180, False)),
    ("77 av totalt 180 brukare har besvarat brukarundersökningen 2025.", (77, 180, False)),
    ("Värdet bygger på 25 svar av 27 möjliga.", (25, 27, False)),
    ("Av våra 180 brukare svarade 77.", (77, 180, False)),
    ("152 medarbetare har svarat, svarsfrekvens 82%.", (152, 186, True)),
    ("Svarsfrekvens 43 %, 77 svar.", (77, 181, True)),
    ("Det kom in 77 svar.", (77, None, False)),
    ("Resultatet bygger på n = 77.", (77, None, False)),
    ("77 brukare svarade.", (77, None, False)),
    ("I Norrdalen har 24 av 60 tillfrågade svarat.", (24, 60, False)),
]
LEFT_ALONE = [
    "I hela staden svarade 2400 av 6000.",
    "24 av 60 av stadens brukare svarade.",
    "7 av 10 svarade att de är nöjda.",
    "60 av 77 svarande är nöjda.",
    "77 av 180 kvinnor svarade.",
    "På Kvarnen svarade 8 av 12.",
    "Förra året svarade 77 av 180.",
    "77 av 180 svarade 2024.",
    "77 av 180 svarade, jämfört med 60 av 150.",
    "77 av 180 svarade på frågan ett och 75 av 180 på frågan två.",
    "Svarsfrekvensen var 90 % (77 av 180).",
    "Svarsfrekvensen var 43 %.",
    "Svarsfrekvensen ökade från 40 % till 43 %, 77 svar.",
    "200 av 180 svarade.",
    "0 av 180 svarade.",
    "Av 40 granskade genomförandeplaner saknades 1.",
    "7 av årets 12 planerade insatser gick att slutföra.",
    "Målet är att 100 av 180 svarat.",
    "Vi fick svar av många.",
]


@pytest.mark.parametrize(("sentence", "expected"), STATED)
def test_a_stated_number_of_answers_is_read(sentence, expected):
    assert answers_in(sentence, 2025) == Answers(*expected)


@pytest.mark.parametrize("sentence", LEFT_ALONE)
def test_what_could_mean_something_else_is_left_alone(sentence):
    assert answers_in(sentence, 2025) is None


@given(st.text(alphabet="0123456789 avsvrtn%,.=", max_size=60))
def test_nobody_answers_twice_and_nothing_breaks(text):
    found = answers_in(text)
    assert found is None or (found.n >= 1 and (found.asked is None or found.asked >= found.n))


def test_sentences_are_verbatim_and_without_markup():
    assert list(sentences("<p>Vi frågade.</p> 77 av 180\nsvarade. Bra.")) == [
        "Vi frågade.",
        "77 av 180 svarade.",
        "Bra.",
    ]


def evidence(*rows: dict, passages: tuple[str, ...] = ()) -> pd.DataFrame:
    """The intervals of a report with these indicators and passages."""
    tables = Tables()
    report = tables.report()
    for row in rows:
        tables.indicator(
            **{"name": "Andel nöjda", "indicator_id": "nojd_med_insats_lss", "value": 74.0} | row
        )
    for i, text in enumerate(passages, 1):
        passage = {
            "report_id": report,
            "row_id": f"{report}/p{i}",
            "position": i,
            "text": text,
            "source_line": 500 + i,
        }
        tables.rows["passages"].append(passage)
    frames = tables.frames()
    found = respondents(frames["indicators"], frames["passages"], frames["reports"])
    return share_intervals(frames["indicators"], found)


def test_a_row_speaks_of_itself_and_gets_an_interval():
    found = evidence({"analysis": "Det var färre i år. 20 av 27 svarade.", "value": 75.0}).iloc[0]
    assert (found["n"], found["asked"], found["text"], found["origin"]) == (
        20,
        27,
        "20 av 27 svarade.",
        "row",
    )
    assert found["low"] < 75 < found["high"]


def test_a_passage_must_name_the_survey_and_then_speaks_of_all_its_indicators():
    rows = (
        {},
        {"indicator_id": "val_bemott_lss", "value": 96.3},
        {"indicator_id": "sjukfranvaro", "value": 5.0},
    )
    named = evidence(*rows, passages=("I brukarundersökningen svarade 27 av 40.",))
    assert set(named["indicator_id"]) == {"nojd_med_insats_lss", "val_bemott_lss"}
    assert evidence(*rows, passages=("På arbetsplatsträffen svarade 27 av 40.",)).empty
    assert evidence(*rows, passages=("27 av 40 svarade på medarbetarenkäten.",)).empty


def test_a_rows_own_words_go_before_the_running_text():
    found = evidence(
        {"analysis": "20 av 27 svarade.", "value": 75.0},
        passages=("27 av 40 svarade på brukarundersökningen.",),
    )
    assert found.iloc[0]["n"] == 20


def test_those_who_answer_are_those_whom_the_indicator_asks():
    assert evidence({"analysis": "I Norrdalen har 24 av 60 tillfrågade svarat."}).iloc[0]["n"] == 24
    assert evidence({"analysis": "24 av 60 medarbetare svarade."}).empty
    assert evidence({"analysis": "24 av 60 svarade på hemtjänstens enkät."}).empty
    staff = {"indicator_id": "aktivt_medskapandeindex", "name": "Aktivt Medskapandeindex"}
    assert evidence(staff | {"analysis": "24 av 60 medarbetare svarade."}).iloc[0]["n"] == 24
    assert evidence(staff | {"analysis": "24 av 60 brukare svarade."}).empty


@pytest.mark.parametrize(
    "text",
    [
        "I Norrdalen svarade 24 av 60 på brukarundersökningen.",
        "I brukarundersökningen inom hemtjänsten svarade 24 av 60.",
        "I brukarundersökningen svarade 2400 av 6000 i hela staden.",
    ],
)
def test_a_survey_of_another_place_or_service_says_nothing_of_the_unit(text):
    assert evidence({}, passages=(text,)).empty


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"analysis": "20 av 27 svarade. 21 av 27 svarade."}, "several"),
        ({"analysis": "20 av 27 svarade.", "measure_unit": "index"}, "not_a_share"),
        ({"analysis": "20 av 27 svarade.", "value": None}, "no_value"),
        ({"analysis": "4 av 27 svarade.", "value": 75.0}, "too_few"),
        ({"analysis": "20 av 27 svarade.", "value": 74.0}, "no_whole_count"),
    ],
)
def test_without_certainty_there_is_no_interval(row, why):
    found = evidence(row).iloc[0]
    assert found["why_not"] == why
    assert pd.isna(found["low"]) and pd.isna(found["high"])


def test_an_indicator_that_is_no_survey_has_no_answers():
    assert evidence(
        {"indicator_id": "sjukfranvaro", "name": "Sjukfrånvaro", "analysis": "20 av 27 svarade."}
    ).empty


def test_an_unknown_indicator_about_opinions_has_its_own_survey():
    row = {
        "indicator_id": "x",
        "name": "Andel som upplever delaktighet",
        "analysis": "20 av 27 svarade.",
        "value": 75.0,
    }
    assert evidence(row).iloc[0]["n"] == 20
    assert evidence({"indicator_id": "y", "name": "Andel ekologiskt", "analysis": "20 av 27 svarade."}).empty


def test_when_all_have_answered_the_interval_is_the_share():
    found = evidence({"analysis": "20 av 20 svarade.", "value": 75.0}).iloc[0]
    assert found["low"] == found["high"] == 75.0
