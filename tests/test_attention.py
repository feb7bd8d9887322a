"""What a reader sees first: by consequence, counted over blank periods as «at least», never pooled."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tests.page_tables import Tables
from vbdata import analyse
from vbdata.analyse import own_words
from vbdata.analyse.attention import ORDER, WEIGHTS, gravest_units, points, sexes_missing, to_ask
from vbdata.analyse.complaints.weight import count_the_same, weighed

LEX = {"facet": "lex_sarah", "group": "Avvikelse - Lex Sarah"}
ALL_FILLED, LAST_ONLY, NOTHING = (0, 1, 1, 2), (None, None, 2, 2), (None, None, None, None)


def form(*rows):
    tables = Tables()
    tables.report()
    for category, counts, *facet in rows:
        tables.complaint(category, counts, **(facet[0] if facet else {}))
    return analyse.wide(tables.frames()["complaints"])


@pytest.mark.parametrize(
    ("counts", "total", "in_part"),
    [(ALL_FILLED, 2, False), (LAST_ONLY, 2, True), (NOTHING, None, False), ((None, 1, 1, None), None, True)],
)
def test_a_count_over_blank_periods_is_the_total_that_the_form_gives(counts, total, in_part):
    (found,) = weighed(form(("Bemötande", counts)))
    assert (found.total, found.at_least, found.in_part) == (total, False, in_part)


def test_a_zero_of_another_period_is_no_zero_of_the_year():
    known, partly = (weighed(form(("Bemötande", counts)))[0] for counts in ((0, 0, 0, 0), (0, None, None, 0)))
    assert known.known_zero and not partly.known_zero


@pytest.mark.parametrize(
    ("rows", "leading"),
    [
        ([("Mat och måltider", LAST_ONLY), ("Bemötande", (None, None, 1, 1))], ("Bemötande", 1)),
        ([("Annat", (None, None, 9, 9)), ("Utebliven insats", (1, 0, 0, 1))], ("Utebliven insats", 1)),
        ([("Annat", LAST_ONLY)], None),
        ([("Mat och måltider", LAST_ONLY), ("Information", LAST_ONLY)], None),
    ],
)
def test_the_category_that_is_named_weighs_most_not_stands_first(rows, leading):
    assert weighed(form(*rows))[0].leading == leading


def test_ivo_and_lex_sarah_come_before_complaints_and_are_not_added_to_each_other():
    found = weighed(
        form(
            ("Bemötande", ALL_FILLED),
            ("Antal anmälningar till IVO", (0, 0, 1, 1), LEX),
            ("Antal inkomna rapporter", ALL_FILLED, LEX | {"concept": "lex_sarah_reports"}),
        )
    )
    assert [(each.question, each.total) for each in found] == [
        ("ivo", 1),
        ("lex_sarah", 2),
        ("complaints", 2),
    ]


def test_where_the_subject_is_blank_the_count_by_source_stands_in_and_says_so():
    (found,) = weighed(form(("Bemötande", NOTHING), ("Anonym", ALL_FILLED, {"facet": "complaint_source"})))
    assert (found.total, found.facet) == (2, "complaint_source")


def test_points_are_by_consequence_and_the_kinds_of_a_weight_stay_apart():
    tables = Tables()
    tables.report()
    tables.goal("unit", "Trygg vardag", status="not_met")
    tables.indicator("Nöjda", value=70.0, target=90.0, attainment="not_met", gap=-20.0)
    tables.complaint("Bemötande", LAST_ONLY)
    tables.complaint("Antal inkomna rapporter", ALL_FILLED, **LEX, concept="lex_sarah_reports")
    found = points(tables.frames())
    assert list(found["kind"]) == ["lex_sarah", "harm", "goal_not_met", "miss", "complaints"]
    assert list(found["size"].fillna(-1)) == [2, 2, -1, 20, 2]


def test_cases_of_two_questions_under_one_word_are_told_apart():
    tables = Tables()
    tables.report()
    tables.complaint("Bemötande", ALL_FILLED)
    tables.complaint("Bemötande", LAST_ONLY, facet="deviation_subject", group="Avvikelse - SOL/LSS")
    found = points(tables.frames())
    harm = found[found["kind"] == "harm"]
    assert sorted(harm["facet"]) == ["complaint_subject", "deviation_subject"]


def test_units_are_read_in_the_order_of_their_gravest_point():
    found = pd.DataFrame(
        {"report_id": ["a", "a", "a", "b", "c", "c"], "kind": ["miss"] * 6, "weight": [3, 3, 3, 6, 3, 4]}
    )
    assert gravest_units(found) == ["b", "c", "a"]


@pytest.mark.parametrize(
    ("women", "men", "better", "missing"),
    [
        (68.0, 94.0, "higher", {"women": -12.0}),
        (84.0, 94.0, "higher", {}),
        (81.0, 79.0, "lower", {"women": -1.0}),
        (None, 68.0, "higher", {"men": -12.0}),
        (68.0, 94.0, None, {}),
    ],
)
def test_the_sex_that_misses_while_the_total_reaches(women, men, better, missing):
    row = {"attainment": "met", "better": better, "target": 80.0, "value_women": women, "value_men": men}
    assert sexes_missing(pd.Series(row, dtype=object)) == missing


def test_every_kind_of_point_has_its_place_in_the_order():
    assert list(WEIGHTS.values()) == sorted(WEIGHTS.values(), reverse=True) and tuple(WEIGHTS) == ORDER


PASSAGES = {
    "report_id": "r",
    "goal_id": None,
    "position": 1,
    "heading": "x",
    "sentence_lines": None,
    "source_page": None,
}


def passages(*rows):
    return pd.DataFrame(
        [PASSAGES | {"row_id": f"p{i}", "source_line": i} | row for i, row in enumerate(rows, 1)]
    )


FINDING = {
    "row_id": None,
    "code": "x",
    "severity": "warning",
    "gravity": 4,
    "message": "",
    "source_page": None,
}


def beside(*findings, numbers=()):
    frame = pd.DataFrame([FINDING | each for each in findings], columns=[*FINDING, "source_line"])
    return own_words.Beside(frame, quantities(*numbers))


GOAL = {"goal_id": "g1", "section": "analysis"}


def said(text, *findings, lines=None):
    told = passages(
        {"goal_id": "g1", "section": "description", "text": "Alla ska trivas."},
        GOAL | {"text": text, "sentence_lines": lines},
    )
    return own_words.said_of_goal(told, "g1", beside(*findings))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Bara hälften hann klart. Resten tas i vår.", "Bara hälften hann klart."),
        (
            "Vi har arbetat med frågan. Fyra slutade, därför föll snittet.",
            "Fyra slutade, därför föll snittet.",
        ),
        ("Enheten bedömer att målet inte nås. Bara 2 av 9 gick kursen.", "Bara 2 av 9 gick kursen."),
        ("Målet bygger på förra årets utfall. Nivån blev för hög.", "Nivån blev för hög."),
        ("Det beror på det. Vi fick inte tag i vikarier.", "Det beror på det."),
        ("Vi trivs. Vi mår bra.", "Vi trivs."),
        ("Ett skäl är att priset\nökade med 4 procent.", "Ett skäl är att priset ökade med 4 procent."),
        ("Enheten Ekens boende\nVi hann inte.", "Vi hann inte."),
        ("Vi trivs. Vi ser till att inte missa någon för att nå alla.", "Vi trivs."),
    ],
)
def test_the_sentence_that_bears_on_a_judgement_is_quoted_else_the_first(text, quote):
    assert said(text).quote == quote


def test_what_a_question_quotes_is_what_is_quoted_at_its_own_line():
    doubt = {"row_id": "g1", "message": "Bedömt, men: ”Vi är inte framme …”."}
    found = said("Bara hälften hann. Vi är inte framme än.", doubt, lines="8 9")
    assert (found.quote, found.source_line) == ("Vi är inte framme än.", 9)


def test_the_line_of_a_quote_is_its_own_else_that_of_a_text_on_one_line():
    text = "Året var stökigt. Bara 2 av 9 gick kursen."
    assert (said(text, lines="13 14").source_line, said(text).source_line) == (14, 2)
    assert said("Uppfylls helt.") is None
    assert own_words.said_of_goal(passages(GOAL | {"text": "x"}), "g2", beside()) is None


@pytest.mark.parametrize(
    ("message", "quote"),
    [("Raden står två gånger.", None), ("Ska ske: ”Kursen hålls i vår …”.", "Kursen hålls i vår av oss.")],
)
def test_a_doubted_row_is_told_of_where_the_question_quotes_it(message, quote):
    text = "Bara 2 av 9 gick. Kursen hålls i vår av oss."
    row = pd.Series({"row_id": "a1", "analysis": text, "deviation": False, "sentence_lines": None,
                     "source_page": None, "source_line": 3})  # fmt: skip
    found = own_words.of_activity(row, beside({"row_id": "a1", "message": message}))
    assert (None if found is None else found.quote) == quote


def test_the_question_of_whom_cases_came_from_is_told_where_it_counts_more():
    source = {"facet": "complaint_source", "group": "Från vem kom synpunkten?"}
    rows = [("Bemötande", (1, None, None, 1)), ("Anhörig", (None, None, 2, 2), source)]
    (more,), (alike,) = weighed(form(*rows)), weighed(form(rows[0], ("Anhörig", (1, None, None, 1), source)))
    assert (more.total, more.other, alike.other) == (3, 1, None)


SOURCE = {"facet": "complaint_source", "group": "Från vem kom synpunkten?"}
DONE = {"facet": "response", "group": "Vad gjordes?"}


@pytest.mark.parametrize(
    ("about", "by_whom", "total", "other", "same"),
    [
        ((1, None, None, 1), (None, None, 2, 2), 3, 1, False),
        ((2, None, 1, 3), (1, None, 2, 3), 4, 3, True),
        ((2, 0, 0, 2), (2, 0, 0, 2), 2, None, True),
        ((3, None, None, 3), (2, None, None, 2), 3, None, True),
        ((1, None, None, 2), (None, None, 2, 2), 2, None, False),  # a sum that its periods do not make
    ],
)
def test_questions_about_the_same_cases_prove_the_larger_of_each_period(about, by_whom, total, other, same):
    rows = form(("Bemötande", about), ("Anhörig", by_whom, SOURCE))
    (found,) = weighed(rows)
    assert (found.total, found.other, count_the_same(rows)) == (total, other, same)


def test_what_was_done_is_about_the_same_cases_whenever_they_came():
    assert count_the_same(form(("Bemötande", (1, None, None, 1)), ("Svar", (None, None, 1, 1), DONE)))


def test_people_come_before_money_and_money_before_the_environment():
    tables = Tables()
    tables.report()
    for name, value in (("Ekologisk mat", 20.0), ("Täckt budget", 50.0), ("Nöjda med sin insats", 75.0)):
        tables.indicator(name, value, 80.0)
    found = points(tables.frames())
    assert list(found["words"]) == ["Nöjda med sin insats", "Täckt budget", "Ekologisk mat"]


def test_what_the_document_contradicts_is_asked_first_and_the_light_only_alone():
    tables = Tables()
    tables.report()
    codes = {"goal_indicator_missed": 4, "number_without_unit": 3, "status_text_differs": 4}
    for code, gravity in codes.items():
        tables.finding(code, "warning", "Olika.", tables.tree("met")[0], table="goals", gravity=gravity)
    found = tables.frames()["findings"]
    assert list(to_ask(found)["code"]) == ["status_text_differs", "goal_indicator_missed"]
    assert list(to_ask(found[found["gravity"] < 4])["code"]) == ["number_without_unit"]


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "Rutinen för lex Sarah är ny. Två lex Sarah-utredningar gällde en dörr. De ledde till nya lås.",
            "Två lex Sarah-utredningar gällde en dörr. De ledde till nya lås.",
        ),
        ("En rapport enligt lex Sarah har lämnats. Vi trivs.", "En rapport enligt lex Sarah har lämnats."),
        ("Alla informeras om sin skyldighet att rapportera enligt lex Sarah.", None),
        ("Vi arbetar med avvikelser.", None),
    ],
)
def test_the_units_words_about_a_grave_count_are_of_a_case_not_of_a_duty(text, quote):
    found = own_words.of_cases("lex_sarah", passages({"section": "quality", "text": text}))
    assert (None if found is None else found.quote) == quote


@pytest.mark.parametrize(
    ("title", "text", "quotes"),
    [
        ("Inom ekonomiska ramar", "Alla enheter höll sin budget.", ["Alla enheter höll sin budget."]),
        ("Inom ekonomiska ramar", "Vi arbetar för att nå en budget i balans.", []),
        ("God mat", "Alla enheter höll sin budgetplan.", []),
        ("God mat", "Ekonomin är stabil. Vi tog fonderade medel till kök.",
         ["Ekonomin är stabil.", "Vi tog fonderade medel till kök."]),
    ],
)  # fmt: skip
def test_money_is_looked_for_where_the_document_speaks_of_it(title, text, quotes):
    goals = pd.DataFrame({"goal_id": ["g1"], "title": [title]})
    found = own_words.money(passages(GOAL | {"text": text}), goals, beside())
    assert [each.quote for each in found] == quotes


def test_what_is_done_about_a_miss_is_another_sentence_than_why():
    text = "Två slutade i mars. Vi har tagit fram en ny rutin."
    why = own_words.OwnWords("Två slutade i mars.", text, None, 3, "3 4")
    done = own_words.acted(why)
    assert (done.quote, done.source_line) == ("Vi har tagit fram en ny rutin.", 4)
    assert own_words.acted(replace(why, text="Två slutade i mars. Rutinen har inte ändrats.")) is None


def test_a_reservation_is_quoted_as_the_finding_has_it():
    told = passages(
        {"section": "quality", "text": "Om enkäten\nPå grund av ett fel gick den inte att använda."}
    )
    finding = pd.Series({"message": "Talet visas, men: ”På grund av ett fel gick den inte att använda.”."})
    assert own_words.reservation(finding, told).quote == "På grund av ett fel gick den inte att använda."


QUANTITY = {"role": "level", "measure_unit": None, "subject": None, "source_page": None, "source_line": 7}


def quantities(*rows):
    return pd.DataFrame(
        [QUANTITY | row for row in rows], columns=[*QUANTITY, "text_row_id", "sentence", "value"]
    )


def test_money_is_the_sentence_with_the_result_not_any_amount():
    told = passages({"section": "economy_analysis", "text": "…"}, {"section": "summary", "text": "…"})
    numbers = quantities(
        {"text_row_id": "p1", "sentence": "Vi köpte en soffa för 9 tkr.", "value": 9e3, "measure_unit": "kr"},
        {"text_row_id": "p1", "sentence": "Överskottet blev 14 mnkr.", "value": 14e6, "measure_unit": "kr"},
        {"text_row_id": "p2", "sentence": "En gåva på 1 tkr.", "value": 1e3, "measure_unit": "kr"},
    )
    assert own_words.economy(told, replace(beside(), quantities=numbers)).quote == "Överskottet blev 14 mnkr."
    assert list(own_words.amounts(told, numbers)["value"]) == [14e6, 9e3]


def test_money_without_amounts_is_the_sentence_about_the_result():
    told = passages({"section": "economy_analysis", "text": "Året var stökigt. Budgeten är i balans."})
    assert own_words.economy(told, beside()).quote == "Budgeten är i balans."


@pytest.mark.parametrize(
    ("sentences", "served"),
    [
        ([("Enheten har 12 brukare.", "brukare", 12)], 12),
        ([("Ek har 5 deltagare.", "deltagare", 5), ("Al har 9 deltagare.", "deltagare", 9)], None),
        ([("Ek har 5 deltagare.", "deltagare", 5), ("Totalt 14 deltagare.", "deltagare", 14)], 14),
        ([("Enheten har 12 medarbetare.", "medarbetare", 12)], None),
    ],
)
def test_people_served_are_told_only_where_the_text_has_one_number(sentences, served):
    told = passages({"section": "introduction", "text": "…"})
    numbers = quantities(
        *[{"text_row_id": "p1", "sentence": s, "subject": w, "value": float(v)} for s, w, v in sentences]
    )
    found = own_words.served(told, numbers)
    assert (None if found is None else found["value"]) == served
