"""Checks of columns against each other: the tree of goals, targets, the form's gravest rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.factories import activity, complaint, cover, goal, indicator, report
from vbdata.extract.document import Document, Doubt, Place
from vbdata.normalise import normalise
from vbdata.parse.records import Goal, Indicator, Passage
from vbdata.validate import validate
from vbdata.vocabulary import categories

LEX = "Antal inkomna rapporter"
IVO = next(each.category for each in categories() if "IVO" in each.category)


def findings(code: str, **kw: Any) -> list[dict[str, Any]]:
    document = Document(Path("r.txt"), "txt", ())
    found = validate(normalise(report(**kw), document, source="r.txt", sha256="0" * 64))["findings"]
    return [row for row in found if row["code"] == code]


def lines(code: str, **kw: Any) -> list[tuple[int | None, int | None]]:
    """The place of each finding of a code, and its second place."""
    return [(row["source_line"], row["other_line"]) for row in findings(code, **kw)]


def passage(text: str, goal: int | None = 2, section: str = "analysis", line: int = 70) -> Passage:
    return Passage(position=1, goal=goal, section=section, heading="Analys", text=text, place=Place(line))


def tree(*statuses: str | None, named: str = "Mål", **last: Any) -> dict[str, tuple[Goal, ...]]:
    """An area, and unit goals of these statuses and names at lines 12, 13 …"""
    area = goal(1, level="area", code="1.3", title_raw="Alla har det bra", status_raw=None, place=Place(11))
    units = (
        goal(
            at, parent=1, title_raw=f"{named} {'abcdef'[at]}", status_raw=status, place=Place(10 + at),
            **(last if at == len(statuses) + 1 else {}),
        )
        for at, status in enumerate(statuses, start=2)
    )  # fmt: skip
    return {"goals": (area, *units)}


MISSED = {
    "value_raw": "74 %",
    "target_raw": "90 %",
    "name_raw": "Andel inköpta ekologiska livsmedel i kronor",
}
SICK = {"value_raw": "8,6 %", "target_raw": "9,5 %", "name_raw": "Sjukfrånvaro"}


def ind(position: int = 1, **kw: Any) -> Indicator:
    return indicator(position, **(MISSED | kw))


# ---------------------------------------------------------------------------------- the tree


def test_a_met_goal_over_one_that_is_not() -> None:
    board = goal(1, level="board", title_raw="Nämnden trivs", status_raw="Uppfylls helt", place=Place(11))
    unit = goal(2, parent=1, title_raw="Alla trivs", status_raw="Uppfylls delvis", place=Place(20))
    assert lines("goal_below_unmet", goals=(board, unit)) == [(11, 20)]
    between = goal(2, parent=1, level="board", status_raw="Uppfylls inte", place=Place(15))
    under = goal(3, parent=2, title_raw="Alla trivs", status_raw="Uppfylls delvis", place=Place(20))
    assert lines("goal_below_unmet", goals=(board, between, under)) == [(11, 15)]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Uppfylls helt", "Uppfylls helt"),
        ("Uppfylls delvis", "Uppfylls inte"),
        ("Inga data", "Uppfylls inte"),
    ],
)
def test_goals_that_agree_or_are_not_judged(above: str, below: str) -> None:
    goals = (
        goal(1, level="board", status_raw=above),
        goal(2, parent=1, title_raw="Alla trivs", status_raw=below),
    )
    assert lines("goal_below_unmet", goals=goals) == []


@pytest.mark.parametrize(
    ("status", "marked", "done", "asked"),
    [
        ("Uppfylls helt", "X", "", True),
        ("Uppfylls delvis", "X", "", False),
        ("Uppfylls helt", "", "", False),
    ],
)
def test_an_activity_that_deviates_under_a_met_goal(status: str, marked: str, done: str, asked: bool) -> None:
    row = activity(1, goal=2, deviation_raw=marked, mark_raw=done, analysis="Det blev regn.", place=Place(50))
    found = lines("goal_activity_deviates", **tree(status), activities=(row,))
    assert found == ([(50, 12)] if asked else [])


def test_deviations_under_one_goal_are_one_doubt() -> None:
    rows = [
        activity(i, goal=2, title_raw=f"Sak {i}", deviation_raw="X", place=Place(50 + i)) for i in (1, 2, 3)
    ]
    found = lines("goal_activity_deviates", **tree("Uppfylls helt"), activities=tuple(rows))
    assert found == [(51, 12)]


@pytest.mark.parametrize(("part", "whole", "asked"), [("9,4 %", "8,1 %", True), ("3,4 %", "8,1 %", False)])
def test_a_part_of_the_absence_above_all_of_it(part: str, whole: str, asked: bool) -> None:
    rows = (
        ind(1, name_raw="Sjukfrånvaro", value_raw=whole, place=Place(50)),
        ind(2, name_raw="Sjukfrånvaro dag 1-14", value_raw=part, place=Place(51)),
    )
    assert lines("part_exceeds", indicators=rows) == [(51, 50)] * asked


def test_an_indicator_that_the_expected_result_has_the_target_of() -> None:
    rows = (
        ind(name_raw="Andel hus med larm", value_raw="60 %", target_raw="75 %", council_target_raw="öka"),
    )
    wanted = passage("75 procent av husen är larmade.", section="expected_result")
    assert lines("goal_indicator_missed", **tree("Uppfylls helt"), indicators=rows) == []
    found = lines("goal_indicator_missed", **tree("Uppfylls helt"), indicators=rows, passages=(wanted,))
    assert len(found) == 1


@pytest.mark.parametrize(("period", "asked"), [("2022", True), ("2024", False), ("VB 2025", False)])
def test_an_indicator_of_an_earlier_year(period: str, asked: bool) -> None:
    assert bool(lines("date_outside", indicators=(ind(period_raw=period),))) is asked


def test_deviations_without_a_word_are_one_doubt() -> None:
    bare = [activity(i, goal=2, title_raw=f"Sak {i}", deviation_raw="X", place=Place(50 + i)) for i in (1, 2)]
    told = activity(3, goal=2, title_raw="Sak 3", deviation_raw="X", analysis="Regn.", place=Place(53))
    assert lines("deviation_unexplained", **tree("Uppfylls delvis"), activities=(*bare, told)) == [(51, None)]
    assert lines("deviation_unexplained", **tree("Uppfylls delvis"), activities=(told,)) == []


@pytest.mark.parametrize(
    ("analysis", "asked"),
    [
        ("Arbetet är försenat.", True),
        ("Ej påbörjad.", True),
        ("Skylten är inte uppsatt.", True),
        ("Skylten kommer nästa år.", False),
        ("Försenad på grund av frost.", False),
        ("Snickaren blev sjuk.", False),
    ],
)
def test_a_deviation_that_is_only_late_is_not_explained(analysis: str, asked: bool) -> None:
    row = activity(1, goal=2, title_raw="Ny skylt", deviation_raw="X", analysis=analysis, place=Place(51))
    assert bool(lines("deviation_unexplained", **tree("Uppfylls delvis"), activities=(row,))) is asked


@pytest.mark.parametrize(
    ("statuses", "row", "expected"),
    [
        (("Uppfylls helt",), {}, [(12, 41)]),
        (("Uppfylls helt", "Uppfylls helt"), {}, [(12, 41)]),  # one doubt for both
        (("Uppfylls helt", "Uppfylls delvis"), {}, []),  # one of them has it in mind
        (("Uppfylls delvis",), {}, []),
        (("Uppfylls helt",), {"value_raw": "92 %"}, []),
        (("Uppfylls helt",), {"value_raw": "89,7 %"}, []),  # rounds to it
        (("Inga data",), {}, []),
    ],
)
def test_a_missed_indicator_above_goals_that_are_all_met(statuses, row, expected) -> None:
    goals = tree(*statuses, named="Ekologiska val")
    assert lines("goal_indicator_missed", **goals, indicators=(ind(**row),)) == expected


@pytest.mark.parametrize(
    ("title", "name", "asked"),
    [
        ("Vi köper mer ekologiskt", "Andel inköpta ekologiska livsmedel i kronor", True),
        ("Enheten har en god arbetsmiljö", "Sjukfrånvaro", True),
        ("Arbetsplatsen är frisk", "Aktivt Medskapandeindex", True),
        ("De boende har inflytande", "Andel brukare som är delaktiga", True),
        ("De boende har inflytande", "Andel brukare som är nöjda", False),
        ("Alla bemöts väl", "Andel brukare som är delaktiga", False),
        ("Gårdarna blommar", "Andel inköpta ekologiska livsmedel i kronor", False),
        ("Alla har en egen båt", "Sjukfrånvaro", False),
        ("Schemat är klart i tid", "Aktivt Medskapandeindex", False),
        ("Vattnet i hamnen är rent", "Utfasade tvättlappar i plast", False),
        ("Kören sjunger i kyrkan", "Andel brukare som är nöjda", False),
    ],
)
def test_an_area_indicator_bears_on_a_goal_of_its_subject(title: str, name: str, asked: bool) -> None:
    goals, low = tree("Uppfylls helt", named=title), name in ("Sjukfrånvaro",)
    row = ind(name_raw=name, value_raw="9 %" if low else "70 %", target_raw="8 %" if low else "90 %")
    assert bool(lines("goal_indicator_missed", **goals, indicators=(row,))) is asked


@pytest.mark.parametrize(
    ("expected", "value", "asked"),
    [
        ("Alla båtar har flytväst.", "81 %", True),
        ("Samtliga båtar har flytväst.", "60 %", True),
        ("Alla båtar har flytväst.", "100 %", False),
        ("Alla båtar är målade.", "81 %", False),
        ("Fler båtar har flytväst.", "81 %", False),
    ],
)
def test_all_of_them_and_an_indicator_of_their_share(expected: str, value: str, asked: bool) -> None:
    row = ind(name_raw="Andel båtar som har flytväst", value_raw=value, target_raw="", goal=3)
    wanted = passage(expected, goal=2, section="expected_result")
    goals = tree("Uppfylls helt", "Uppfylls delvis")
    found = lines("goal_indicator_missed", **goals, passages=(wanted,), indicators=(row,))
    assert found == ([(12, 41)] if asked else [])


@pytest.mark.parametrize(
    ("analysis", "asked"),
    [
        ("Genomfört enligt plan.", True),
        ("Aktiviteten är genomförd som planerat.", True),
        ("Klart i tid.", True),
        ("Arbetet följer planen.", True),
        ("Genomförd utan avvikelse", True),
        ("Genomfört enligt plan men en månad sent.", False),
        ("Inte genomfört enligt plan.", False),
    ],
)
def test_a_deviation_that_the_analysis_denies(analysis: str, asked: bool) -> None:
    row = activity(1, goal=2, deviation_raw="X", analysis=analysis, place=Place(50))
    assert lines("deviation_denied", **tree("Uppfylls delvis"), activities=(row,)) == [(50, 50)] * asked
    assert lines("deviation_denied", **tree("Uppfylls helt"), activities=(row,)) == []  # asked of the goal


@pytest.mark.parametrize(
    ("value", "previous", "asked"),
    [
        ("9 800 kr", "97 kr", True),
        ("1,2 kWh", "1 240 kWh", True),
        ("30 dagar", "1 dagar", True),
        ("9 800 kr", "8 700 kr", False),
        ("40 st", "1 st", False),
        ("60 %", "2 %", False),
    ],
)
def test_amounts_of_another_size_than_last_years(value: str, previous: str, asked: bool) -> None:
    row = ind(name_raw="Åtgång per hus", value_raw=value, value_previous_raw=previous, target_raw="")
    assert bool(lines("magnitude_differs", indicators=(row,))) is asked


def test_an_indicator_speaks_first_of_the_goal_that_has_its_words() -> None:
    goals = tree(
        "Uppfylls delvis",
        "Uppfylls helt",
    )["goals"]
    named = goal(4, parent=1, title_raw="Sjukfrånvaron sjunker", status_raw="Uppfylls helt", place=Place(14))
    row = ind(name_raw="Sjukfrånvaro", value_raw="9 %", target_raw="8 %")
    assert lines("goal_indicator_missed", goals=(*goals, named), indicators=(row,)) == [(14, 41)]


def test_one_of_a_goals_own_indicators_misses() -> None:
    rows = (ind(goal=2), ind(2, goal=2, name_raw="Sjukfrånvaro", value_raw="4 %", target_raw="5 %"))
    assert lines("goal_indicator_missed", **tree("Uppfylls helt"), indicators=rows) == [(12, 41)]
    assert lines("status_indicators_missed", **tree("Uppfylls helt"), indicators=rows) == []
    assert (
        lines("goal_indicator_missed", **tree("Uppfylls helt"), indicators=rows[:1]) == []
    )  # all: asked there


def test_an_analysis_of_a_goal_without_a_judgement() -> None:
    said = passage("Gruppen har byggt en brygga och seglat tre gånger i veckan.", goal=3)
    assert lines("no_data_analysed", **tree("Uppfylls helt", "Inga data"), passages=(said,)) == [(13, 70)]
    assert lines("no_data_analysed", **tree("Inga data", "Inga data"), passages=(said,)) == []
    short = passage("Går inte att mäta.", goal=3)
    assert lines("no_data_analysed", **tree("Uppfylls helt", "Inga data"), passages=(short,)) == []


def test_goals_of_a_plan_without_a_follow_up() -> None:
    plan = {**tree(None, None, None), "cover": cover(kind="VP")}
    told = [passage("Vi räknar varje månad.", goal=at, section="follow_up") for at in (2, 3, 4)]
    assert lines("follow_up_missing", **plan, passages=tuple(told[:2])) == [(14, None)]
    assert lines("follow_up_missing", **plan, passages=tuple(told)) == []
    assert lines("follow_up_missing", **plan, passages=tuple(told[:1])) == []  # most do not: another form


# ---------------------------------------------------------------------------------- targets


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        ({"target_raw": "75 %", "council_target_raw": "80 %"}, True),
        ({"target_raw": "85 %", "council_target_raw": "80 %"}, False),
        ({"target_raw": "80 %", "council_target_raw": "80 %"}, False),
        ({"target_raw": "75 %", "council_target_raw": "öka"}, False),
        ({"target_raw": "0,75", "council_target_raw": "80 %"}, False),  # another unit
        (SICK | {"council_target_raw": "8,5 %"}, True),
        (SICK | {"council_target_raw": "10 %"}, False),
    ],
)
def test_an_own_target_that_is_easier_than_the_councils(row: dict[str, str], asked: bool) -> None:
    assert lines("own_target_weaker", indicators=(ind(**row),)) == ([(41, 41)] if asked else [])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Enhetens sjukfrånvaro sjunker till 8,5 %", True),
        ("Enhetens sjukfrånvaro sjunker till 9,5 %", False),
        ("Enhetens sjukfrånvaro sjunker med 2 %", False),
        ("Sjukfrånvaron dag 1–14 minskar till 3 %", False),
        ("Sjukfrånvaron minskar från 9 % till 8 %", False),  # which of them?
        ("Andelen nöjda ökar till 8,5 %", False),
    ],
)
def test_an_own_target_that_is_easier_than_what_the_board_expects(text: str, asked: bool) -> None:
    board = goal(3, parent=1, level="board", title_raw="Nämnden trivs", status_raw=None)
    goals = (*tree("Uppfylls helt")["goals"], board)
    said = passage(text, goal=3, section="expected_result")
    found = findings("own_target_weaker", goals=goals, indicators=(ind(**SICK),), passages=(said,))
    assert [(row["source_line"], row["other_line"]) for row in found] == ([(41, 70)] if asked else [])
    assert [row["gravity"] for row in found] == ([4] if asked else [])  # only the own target is reached


def test_indicators_without_any_target_are_one_doubt_with_two_places() -> None:
    none = {"target_raw": "", "council_target_raw": "Tas fram av nämnd"}
    rows = (ind(1, **none), ind(2, **SICK), ind(3, **none), ind(4, **(none | {"council_target_raw": "öka"})))
    assert lines("target_missing", indicators=rows) == [(41, 43)]
    bare = {"target_raw": "", "council_target_raw": ""}
    assert lines("target_missing", indicators=(ind(1, **bare),)) == []  # a table without such columns


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        ({"council_target_raw": "öka"}, True),
        ({"council_target_raw": "öka", "value_previous_raw": "70 %"}, False),
        ({"council_target_raw": "80 %"}, False),
        ({"council_target_raw": "öka", "value_raw": ""}, False),
        ({"analysis": "Utfallet är bättre än föregående år."}, True),
        ({"analysis": "Det är samma som föregående års resultat."}, True),
        ({"analysis": "Utfallet var 70 % föregående år."}, False),
        ({"analysis": "Vi har seglat."}, False),
    ],
)
def test_what_is_said_of_last_year_without_its_value(row: dict[str, str], asked: bool) -> None:
    assert lines("previous_missing", indicators=(ind(**row),)) == ([(41, None)] if asked else [])


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Gruppen har byggt en brygga och seglat varje vecka.", True),
        ("Vi når inte målet.", False),
        ("Resultatet är lägre än väntat för gruppen i huset.", False),
        ("Det beror på att huset byggdes om under våren.", False),
        ("Gruppen har seglat. Åtgärder planeras till våren i huset.", False),
        ("Seglat.", False),
    ],
)
def test_a_miss_that_its_analysis_does_not_mention(text: str, asked: bool) -> None:
    assert (len(lines("miss_unmentioned", indicators=(ind(analysis=text),))) == 1) is asked
    assert lines("miss_unmentioned", indicators=(ind(analysis=text, value_raw="95 %"),)) == []


@pytest.mark.parametrize(
    ("men", "women", "text", "asked"),
    [
        ("6,0 %", "11,2 %", None, True),
        ("8,4 %", "8,8 %", None, False),
        ("6,0 %", "11,2 %", "Kvinnor arbetar oftare natt.", False),
        ("6,0 %", "11,2 %", "Kvinnor och män är sjuka lika mycket.", True),
        ("6,0 %", "11,2 %", "Vi är 21 kvinnor och 15 män.", True),
        ("6,0 %", "11,2 %", "Av 21 kvinnor är 4 långtidssjuka. Männen är friskare.", False),
        ("", "11,2 %", None, False),
    ],
)
def test_the_sexes_apart_without_a_word(men: str, women: str, text: str | None, asked: bool) -> None:
    row = ind(**SICK, value_men_raw=men, value_women_raw=women, analysis=text)
    assert lines("sexes_apart", indicators=(row,)) == ([(41, None)] if asked else [])


# ---------------------------------------------------------------------------------- the form


def form(*rows: tuple[str, str, str], comment: str = "") -> dict[str, Any]:
    """Rows of group, category and total, at lines 61, 62 …"""
    return {
        "template": "2025",
        "complaints": tuple(
            complaint(i, group, name, vb_raw=n, total_raw=n, comment_raw=comment, place=Place(60 + i))
            for i, (group, name, n) in enumerate(rows, start=1)
        ),
    }


SARAH, SUBJECT = "Avvikelse - Lex Sarah", "Synpunkter och klagomål - ej personalrelaterade"
DEVIATION, INCIDENT = "Avvikelse - SOL/LSS", "Personuppgiftsincidenter"


@pytest.mark.parametrize(
    ("sent", "received", "asked"), [("2", "1", True), ("1", "", True), ("1", "1", False), ("", "1", False)]
)
def test_more_sent_to_ivo_than_received(sent: str, received: str, asked: bool) -> None:
    rows = form((SARAH, IVO, sent), (SARAH, LEX, received))
    assert lines("ivo_exceeds", **rows) == ([(61, 62)] if asked else [])


@pytest.mark.parametrize(
    ("count", "deviations", "asked"), [("2", "", True), ("2", "3", False), ("", "", False)]
)
def test_lex_sarah_without_a_deviation(count: str, deviations: str, asked: bool) -> None:
    rows = form((SARAH, LEX, count), (DEVIATION, "Bemötande", deviations))
    assert lines("lex_sarah_alone", **rows) == ([(61, 62)] if asked else [])


@pytest.mark.parametrize(
    ("deviations", "said"), [("", "rutorna för avvikelser är tomma"), ("0", "ingen avvikelse")]
)
def test_a_blank_is_not_called_a_zero(deviations: str, said: str) -> None:
    rows = form((SARAH, LEX, "2"), (DEVIATION, "Bemötande", deviations))
    (found,) = findings("lex_sarah_alone", **rows)
    assert found["message"].endswith(f"men {said}.")


@pytest.mark.parametrize(
    ("text", "comment", "asked"),
    [
        ("Vi har seglat.", "", True),
        ("Lex Sarah tas upp som tema på mötena.", "", True),  # a routine, not the event
        ("En rapport enligt lex Sarah gällde en utebliven insats.", "", False),
        ("Vi har seglat.", "Rutinen är ändrad.", False),
        ("Vi har seglat.", "Missad tillsyn.", True),
    ],
)
def test_a_report_that_nothing_is_said_of(text: str, comment: str, asked: bool) -> None:
    rows = form((SARAH, LEX, "1"), comment=comment)
    found = findings("count_untold", **rows, passages=(passage(text, goal=None, section="quality"),))
    assert [(row["source_line"], row["gravity"]) for row in found] == ([(61, 4)] if asked else [])


def test_incidents_and_several_complaints_are_to_be_told_of() -> None:
    rows = form((INCIDENT, "Hantering av personuppgifter", "1"), (SUBJECT, "Mat och måltider", "3"))
    assert lines("count_untold", **rows) == [(61, None), (62, None)]
    assert lines("count_untold", **form((SUBJECT, "Mat och måltider", "1"))) == []


FEEDBACK = (
    "Vilken återkoppling och vilka åtgärder har gjorts?",
    "Antal synpunkter/klagomål där återkoppling har lämnats",
)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Samtliga inkomna klagomål har besvarats.", True),
        ("Vi har svarat på alla synpunkter.", True),
        ("Alla klagomål ska ha besvarats inom en vecka.", False),
        ("Nästan alla klagomål har fått svar.", False),
    ],
)
def test_all_answered_beside_fewer_with_feedback(text: str, asked: bool) -> None:
    rows = form((SUBJECT, "Mat och måltider", "5"), (*FEEDBACK, "3"))
    said = (passage(text, goal=None, section="quality"),)
    assert lines("complaints_text_differ", **rows, passages=said) == ([(70, 62)] if asked else [])
    rows = form((SUBJECT, "Mat och måltider", "5"), (*FEEDBACK, "5"))
    assert lines("complaints_text_differ", **rows, passages=said) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("En incident med personuppgifter tas upp på mötet.", []),
        ("En personuppgiftsincident har anmälts.", [62]),
        ("En bruten arm har utretts enligt lex Sarah.", [61]),
        ("En bruten arm ska utredas enligt lex Sarah.", []),
        ("Ingen bruten arm har utretts enligt lex Sarah.", []),
        ("Klagomålen har mest gällt bussen.", [63]),
        ("Klagomål tas emot på bussen.", []),
    ],
)
def test_what_a_text_tells_of_and_the_form_counts_none_of(text: str, asked: list[int]) -> None:
    rows = form(
        (SARAH, LEX, "0"), (INCIDENT, "Hantering av personuppgifter", "0"), (SUBJECT, "Mat och måltider", "0")
    )
    said = (passage(text, goal=None, section="quality"),)
    assert lines("complaints_text_differ", **rows, passages=said) == [(70, line) for line in asked]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("En bruten arm har anmälts till IVO av en granne.", True),
        ("Det som IVO kräver ska anmälas samma dag.", False),
        ("En bruten arm har anmälts till IVO. Den är utredd enligt lex Sarah.", False),
    ],
)
def test_what_ivo_was_told_and_no_report(text: str, asked: bool) -> None:
    rows = form((SARAH, LEX, "0"))
    said = (passage(text, goal=None, section="quality"),)
    assert lines("ivo_alone", **rows, passages=said) == ([(70, 61)] if asked else [])
    assert lines("ivo_alone", **form((SARAH, LEX, "1")), passages=said) == []


def test_a_category_that_stands_twice() -> None:
    rows = ((SUBJECT, "Mat och måltider", "1"), (SUBJECT, "Mat och måltider", "2"))
    assert lines("category_twice", **form(*rows)) == [(62, 61)]
    assert lines("category_twice", **form(rows[0], (SUBJECT, "Bemötande", "2"))) == []
    assert lines("category_twice", **form(*((SUBJECT, "Mat och måltider", ""),) * 2)) == []


# ---------------------------------------------------------------------------------- dates


YEAR = ("2025-01-01", "2025-12-31")


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ((("2024-12-31", "2025-12-30"), ("2025-01-01", "2025-12-31")), [(41, None)]),
        ((("2025-01-01", "2025-12-31"), ("2026-02-01", "2026-12-31")), [(42, None)]),
        ((YEAR, YEAR, ("2024-03-01", "2025-12-31")), []),  # a report may follow up what goes on
        ((("2024-03-01", "2025-12-31"), ("2024-03-01", "2026-12-31")), []),  # all of many years
        ((("2025-01-01", "2026-12-31"),), []),
        ((("2024-12-31", "2025-12-30"), YEAR, YEAR, ("2024-03-01", "2025-12-31")), [(41, None)]),
    ],
)
def test_dates_that_do_not_fit_the_year(dates, expected) -> None:
    rows = tuple(
        activity(i, title_raw=f"Sak {i}", start_raw=start, end_raw=end, place=Place(40 + i))
        for i, (start, end) in enumerate(dates, start=1)
    )
    assert lines("date_outside", activities=rows) == expected


def test_an_activity_of_several_years_is_no_doubt_in_a_plan_either() -> None:
    old = activity(1, title_raw="Sak 1", start_raw="2024-03-01", place=Place(43))
    rows = (old, *(activity(i, title_raw=f"Sak {i}", place=Place(43 + i)) for i in (2, 3)))
    assert lines("date_outside", cover=cover(kind="VP"), activities=rows) == []


def test_facets_point_at_the_rows_with_the_numbers_and_are_held_by_period_too() -> None:
    source = "Från vem har klagomål eller synpunkt inkommit?"
    blank = ((source, "Annan", ""), (SUBJECT, "Annat", ""))
    counted = ((source, "Anonym", "2"), (SUBJECT, "Mat och måltider", "1"))
    assert lines("facets_disagree", **form(*blank, *counted)) == [(63, 64)]
    rows = (
        complaint(1, source, "Annan", t1_raw="1", total_raw="1", place=Place(61)),
        complaint(2, SUBJECT, "Mat och måltider", vb_raw="1", total_raw="1", place=Place(62)),
    )
    (found,) = findings("facets_disagree", template="2025", complaints=rows)
    assert "i T1" in found["message"]


@pytest.mark.parametrize(("line", "asked"), [(61, False), (30, True)])
def test_facets_of_a_form_that_was_read_in_part_are_not_compared(line: int, asked: bool) -> None:
    """Words that were left out among the form's rows may be what is missing."""
    rows = form(
        (DEVIATION, "Bemötande", "5"), ("Vem avser avvikelser - SOL/LSS", "Den egna verksamheten", "3")
    )
    left = (Doubt("left_over", "”Annat 2”", Place(line)),)
    assert bool(lines("facets_disagree", **rows, doubts=left)) is asked


@pytest.mark.parametrize(("sent", "received", "asked"), [("", "4", True), ("1", "4", False), ("", "", False)])
def test_a_report_to_the_inspectorate_that_the_form_has_not(sent: str, received: str, asked: bool) -> None:
    said = passage("En rapport enligt lex Sarah har anmälts till IVO.", goal=None, section="quality")
    rows = form((SARAH, IVO, sent), (SARAH, LEX, received))
    found = findings("complaints_text_differ", **rows, passages=(said,))
    assert any("IVO" in row["message"] for row in found) is asked
