"""Numbers that running text states: what is one, what it measures, and the table of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import activity, complaint, frame, indicator, report
from vbdata.analyse.disclosure import Profile, protected
from vbdata.extract.document import Document, Place, Printed
from vbdata.language.inflection import stem
from vbdata.language.numbers import may_state, numbers_in, uses
from vbdata.language.prose import plain_sentences
from vbdata.language.quantities import quantities_in, sentences_with_numbers
from vbdata.normalise import normalise
from vbdata.normalise.lines import Lines
from vbdata.parse.records import Passage

YEAR = 2025


@pytest.mark.parametrize(
    ("text", "value", "low", "high", "measure_unit"),
    [
        ("Vi köpte in för 1 250 000 kr.", 1_250_000, None, None, "kr"),
        ("Under året hade Granen 2 140 besök.", 2_140, None, None, None),
        ("Underskottet blev 3,5 mnkr.", 3_500_000, None, None, "kr"),
        ("Bidraget var 85 tkr.", 85_000, None, None, "kr"),
        ("Det kostade två miljoner kronor.", 2_000_000, None, None, "kr"),
        ("Resultatet är minus 40 tkr.", -40_000, None, None, "kr"),
        ("Sjukfrånvaron är 8,6%.", 8.6, None, None, "%"),
        ("Andelen ökade med 5 procentenheter.", 5, None, None, "procentenheter"),
        ("Sjutton medarbetare slutade.", 17, None, None, "personer"),
        ("Två och en halv tjänst är vakanta.", 2.5, None, None, None),
        ("Hälften av planerna är klara.", 50, 49, 51, "%"),
        ("Gruppen har 15–40 elever.", 27.5, 15, 40, "personer"),
        ("Drygt 40 elever deltog.", 40, 40, 44, "personer"),
        ("Knappt 40 elever deltog.", 40, 36, 40, "personer"),
        ("Ca 40 elever deltog.", 40, 36, 44, "personer"),
        ("Minst 40 elever deltog.", 40, 40, None, "personer"),
        ("Högst 40 elever deltog.", 40, None, 40, "personer"),
        ("Ett tjugotal ärenden kom in.", 20, 15, 25, None),
        ("Vi har 203 svar.", 203, None, None, "svar"),
    ],
)
def test_a_number_has_value_bounds_and_unit(text, value, low, high, measure_unit) -> None:
    (found,) = numbers_in(text)
    shown = (found.value, found.low, found.high, found.measure_unit)
    assert shown == pytest.approx((value, low, high, measure_unit), nan_ok=True)


@pytest.mark.parametrize(
    "text",
    [
        "Planen gäller från 2025-01-31.",
        "Den 3 april började vi om.",
        "Mötet var 14.30 den 1/4.",
        "Beslut enligt 9 § LSS och 4 kap. SoL.",
        "Agenda 2030 och Covid-19 nämndes.",
        "Systemet 2c8 infördes under 2024/2025.",
        "Vecka 12 och årskurs 4 räknas inte.",
        "2. Nästa rubrik",
        "Se avsnitt 1.3 och sida 4(12).",
        "Sjukfrånvaro dag 1-14 följs.",
        "Enheten Verksamheter 2 finns kvar.",
        "En del i arbetet är klar.",
    ],
)
def test_dates_names_and_numbers_of_things_are_no_quantities(text: str) -> None:
    assert numbers_in(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 av 40 elever deltog.", [("12", "part"), ("40 elever", "whole")]),
        ("Av 40 granskade planer saknades 3.", [("40", "whole"), ("3", "part")]),
        ("Andelen ökade från 3 % till 5 %.", [("3 %", "previous"), ("5 %", "level")]),
        ("Årsmålet är 80 %.", [("80 %", "target")]),
        ("Frånvaron minskade med 2 procentenheter.", [("2 procentenheter", "change")]),
        ("85 % av eleverna trivs.", [("85 %", "share")]),
        ("24 har svarat på enkäten.", [("24", "respondents")]),
        ("Utfallet är 74 %, mot 70 % förra året.", [("74 %", "level"), ("70 %", "previous")]),
        ("Tjugo kom, varav sex på deltid.", [("Tjugo", "whole"), ("sex", "part")]),
        ("Vi kan ta emot 12 barn.", [("12 barn", "other")]),
    ],
)
def test_a_number_has_a_role(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(found.raw, found.role) for found in quantities_in(text, YEAR)] == expected


@pytest.mark.parametrize(
    ("text", "subject", "direction", "period"),
    [
        ("Fem inkomna klagomål rörde maten.", "inkomna klagomål", None, None),
        ("Sjukfrånvaron har under året minskat till 8,5 %.", "Sjukfrånvaron", "down", "year"),
        ("Antalet boende gick upp till 31.", "Antalet boende gick upp", "up", None),
        ("I T2 skrevs 33 avvikelser.", "avvikelser", None, "T2"),
        ("Laget har en sjukfrånvaro om 2,7 %.", "sjukfrånvaro", None, None),
        ("Under 2026 väntas 12 elever.", "elever", None, "next"),
    ],
)
def test_a_number_has_subject_direction_and_period(text, subject, direction, period) -> None:
    (found,) = quantities_in(text, YEAR)
    assert (found.subject, found.direction, found.period) == (subject, direction, period)


def test_unknown_words_never_void_a_number() -> None:
    (found,) = quantities_in("Flumset i gläntan snorvlade 17 gånger.", YEAR)
    assert (found.value, found.role) == (17, "other")


_WORDS = (
    "Tre tre och en halv procentenhet ett av hälften tredjedelar tiotal tjugotalet planer 7 12,5 % 3:e 5-tal"
)
_BETWEEN = st.sampled_from([*" \n\u00a0-/=", ", ", ". ", ": ", " (", ") ", "–", "-\n"])


@given(st.lists(st.tuples(st.sampled_from(_WORDS.split()), _BETWEEN), max_size=12))
def test_no_sentence_with_a_number_is_passed_by(words: list[tuple[str, str]]) -> None:
    text = "".join(map("".join, words))
    stating = [sentence for sentence in plain_sentences(text) if numbers_in(sentence)]
    assert [sentence for _, sentence in sentences_with_numbers(text)] == stating
    assert all(map(may_state, stating))


def test_forms_of_a_word_are_one() -> None:
    assert stem("avvikelserna") == stem("avvikelse") and uses("årsmålen") == uses("Årsmål")


def test_words_are_looked_for_after_the_last_ones_found() -> None:
    lines = Lines((Printed("Tre kom. Två", Place(4)), Printed("gick hem. Tre kom.", Place(5))))
    assert [*lines.places(["Två gick hem.", "Tre kom.", "Fyra"])] == [Place(4), Place(5), None]


# The table


def rows() -> list[dict]:
    printed = (Printed("Vi har haft ett bra år.", Place(7)), Printed("Tolv elever slu-", Place(8)))
    passages = (
        Passage(1, None, "summary", "Året", "Vi har haft ett bra år. Tolv elever slutade.", Place(6), (
            *printed, Printed("tade.", Place(9)))),
    )  # fmt: skip
    made = report(
        indicators=(indicator(analysis="Av 40 tillfrågade svarade 24."),),
        activities=(activity(analysis="Ring 08-508 12 345 till de tre cheferna."),),
        complaints=(complaint(comment_raw="Två av fallen är åtgärdade."),),
        passages=passages,
    )
    document = Document(Path("r.txt"), "txt", ())
    return normalise(made, document, source="r.txt", sha256="0" * 64).rows["quantities"]


def test_a_row_has_its_text_its_sentence_and_the_sentences_line() -> None:
    found = rows()
    first = found[0]
    assert (first["text_table"], first["sentence"], first["value_raw"]) == (
        "passages", "Tolv elever slutade.", "Tolv elever",
    )  # fmt: skip
    assert first["source_line"] == 8, "not the passage's"
    assert [row["text_table"] for row in found] == [
        "passages", "indicators", "indicators", "activities", "complaints",
    ]  # fmt: skip
    assert [row["position"] for row in found] == [1, 2, 3, 4, 5]
    assert len(frame("quantities", found)) == 5


def test_a_comment_counts_once_and_a_masked_number_never() -> None:
    values = [row["value"] for row in rows()]
    assert values == [12, 40, 24, 3, 2]


def test_a_shared_profile_leaves_them_out() -> None:
    tables = {"quantities": frame("quantities", rows())}
    assert protected(tables, Profile("shared"))["quantities"].empty
    assert len(protected(tables, Profile())["quantities"]) == 5
