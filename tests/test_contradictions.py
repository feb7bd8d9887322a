"""What a text states, and the checks that hold it against statuses, tables and the form."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.contradictions import Case, cases, found, rows_of, tally
from tests.factories import cover, goal, indicator, report
from vbdata.extract.document import Document, Place
from vbdata.language.prose import clauses, quote, sentences
from vbdata.normalise import normalise
from vbdata.parse.records import Passage
from vbdata.quality import quality_page
from vbdata.quality.contradictions import CONTRADICTIONS, Checked, added
from vbdata.quality.kept import kept
from vbdata.validate import run_checks, validate
from vbdata.validate.cells import agrees
from vbdata.validate.checks.goals import is_placeholder, named_after
from vbdata.validate.form_counts import some_complaints, told
from vbdata.validate.judgements import judgements
from vbdata.vocabulary import phrases


def findings(**kw) -> list[dict]:
    document = Document(Path("r.txt"), "txt", ())
    return validate(normalise(report(**kw), document, source="r.txt", sha256="0" * 64))["findings"]


def about(code: str, **kw) -> list[dict]:
    return [finding for finding in findings(**kw) if finding["code"] == code]


# Sentences and what they state


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bra. Vi når målet, t.ex. i T2. Sedan?", ["Bra.", "Vi når målet, t.ex. i T2.", "Sedan?"]),
        ("– Första raden\n– Andra raden", ["Första raden", "Andra raden"]),
        ("Enligt bl.a. Eva gick det bra.", ["Enligt bl.a. Eva gick det bra."]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [sentence.text for sentence in sentences(text)] == expected


def test_clauses_end_at_commas_and_conjunctions_and_keep_every_other_word() -> None:
    (sentence,) = sentences("Vi når målet, men inte helt eftersom tiden tog slut.")
    parts = [" ".join(token.text for token in clause) for clause in clauses(sentence.tokens)]
    assert parts == ["vi når målet", "inte helt", "tiden tog slut"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Målet är uppnått.", ["met"]),
        ("Målet är i stort sett uppnått.", ["mostly"]),
        ("Målet är uppnått men inte fullt ut.", ["partly_met"]),
        ("Målet är uppnått, delvis tack vare vikarierna.", ["met"]),
        ("Uppfylls delvis. Arbetet går vidare.", ["partly_met"]),
        ("Arbetet går vidare. Uppfylls delvis.", []),
        ("T2: Målet uppnås delvis.\nArbetet pågår.\nVB: Målet är uppnått.", ["met"]),
        ("Målet uppnåddes inte 2025.", ["not_met"]),
        ("Målet uppnåddes inte 2024.", []),
        ("Målet är inte alls uppfyllt.", ["not_met"]),
        ("Vi har inte bara nått målet.", []),
        ("Målet kan nås.", []),
        ("Målet kan inte nås.", ["not_met"]),
    ],
)
def test_judgements(text: str, expected: list[str]) -> None:
    assert [judgement.level for judgement in judgements(text, 2025)] == expected


@pytest.mark.parametrize(
    ("number", "decimals", "cell", "expected"),
    [
        (8.6, 1, 8.64, True),
        (8.6, 1, 8.55, True),
        (8.6, 1, 8.7, False),
        (52, 0, 52.87, True),
        (85, 0, 82, False),
    ],
)
def test_a_rounded_number_agrees(number: float, decimals: int, cell: float, expected: bool) -> None:
    assert agrees(number, decimals, cell) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Enheten har inte fått in några klagomål.", [("complaint", 0)]),
        ("Under året har tre klagomål och två synpunkter inkommit.", [("complaint", 5)]),
        ("Antalet klagomål uppgick till åtta.", [("complaint", 8)]),
        ("Totalt inkom 7 klagomål, varav två från anhöriga.", [("complaint", 7)]),
        ("Solgården\nTvå klagomål har inkommit.", []),
        ("Solgården: två klagomål har inkommit.", []),
        ("Synpunkter och klagomål\nTvå klagomål har inkommit.", [("complaint", 2)]),
        ("Drygt fem klagomål har inkommit.", []),
    ],
)
def test_counts(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(*each.kinds, each.number) for each in told(text, 2025) if each.way == "all"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-", True),
        ("[Skriv text här]", True),
        ("Se ovan.", True),
        ("", True),
        ("Ja.", False),
        ("Klart.", False),
    ],
)
def test_placeholders(text: str, expected: bool) -> None:
    assert is_placeholder(text) is expected


def test_a_goal_is_named_after_an_indicator_by_all_its_longer_words() -> None:
    assert named_after("Öka andelen ekologiska livsmedel", "Andel inköpta ekologiska livsmedel i kronor")
    assert not named_after("Öka andelen närodlade livsmedel", "Andel inköpta ekologiska livsmedel i kronor")
    assert not named_after("Sjukfrånvaron minskar", "Sjukfrånvaro")


def other_unit(text: str, section: str = "summary") -> list[dict]:
    passages = (passage(text, None, section=section, heading="Sammanfattande analys"),)
    return about("unit_name_differs", passages=passages)


def test_another_unit_that_judges_in_the_units_own_text() -> None:
    name = "Liljeholmens dagliga verksamhet"
    assert other_unit(f"Året var bra. {name} bedömer att målet är uppnått.")
    assert other_unit(f"Enheten {name} består av nio verksamheter.")
    assert not other_unit(f"{name} har besökt oss under hösten.")
    assert not other_unit(f"Vi bedömer att samarbetet med {name} består.")
    own = cover(unit_name=name)
    about_itself = passage(f"{name} bedömer att det gick bra.", None, section="summary")
    assert not about("unit_name_differs", cover=own, passages=(about_itself,))


def test_a_quote_is_cut_between_words() -> None:
    assert quote("Ett kort  ord") == "Ett kort ord"
    assert quote("ett två tre fyra", 10) == "ett två …"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Under hösten fick vi in tre klagomål på maten.", [3]),
        ("Om tre klagomål inkommer utreds de.", []),
        ("Stadsdelen fick in tre klagomål.", []),
        ("Ett klagomål har inkommit om maten.", []),
    ],
)
def test_some_complaints_whatever_else_is_said_of_them(text: str, expected: list[int]) -> None:
    assert [each.number for each in some_complaints(text, 2025)] == expected


# Findings


def passage(text: str, goal: int | None = 1, **kw) -> Passage:
    return Passage(
        1, **{"goal": goal, "section": "analysis", "heading": "Analys", "text": text, "place": Place(30)} | kw
    )


def test_a_status_that_its_analysis_contradicts_is_said_with_the_clause_and_its_place() -> None:
    (noted,) = about(
        "status_text_differs", passages=(passage("Enheten bedömer att målet delvis är uppnått."),)
    )
    assert "Uppfylls helt" in noted["message"] and "delvis uppnått" in noted["message"]
    assert noted["source_line"] == 30 and noted["row_id"].endswith("g01")
    assert not about(
        "status_text_differs", passages=(passage("Målet är uppnått. I övrigt delvis nya lokaler."),)
    )


def test_the_units_own_name_is_the_unit() -> None:
    text = "Granbackens gruppbostad bedömer att målet delvis är uppnått."
    assert about("status_text_differs", passages=(passage(text),))
    assert not about("status_text_differs", passages=(passage(text.replace("Granbackens", "Solbackens")),))


def test_a_form_without_rows_for_complaints_says_nothing_of_them() -> None:
    case = Case("x", "complaints_text_differ", {}, "Under hösten fick vi in tre klagomål på maten.", True)
    rows = rows_of(case)
    assert [noted.row_id for noted in run_checks(rows) if noted.code == case.code] == ["x/c01-T1"]
    rows["complaints"] = [row for row in rows["complaints"] if row["facet"] == "praise"]
    assert not [noted for noted in run_checks(rows) if noted.code == case.code]


def test_another_goals_analysis_says_nothing_of_this_one() -> None:
    goals = (goal(1), goal(2, title_raw="Mer", status_raw="Uppfylls delvis"))
    assert not about("status_text_differs", goals=goals, passages=(passage("Målet är delvis uppnått.", 2),))


def test_a_met_goal_whose_indicators_all_miss() -> None:
    missed = indicator(value_raw="10 %", target_raw="9 %")
    (noted,) = about("status_indicators_missed", indicators=(missed,))
    assert "10 % mot årsmålet 9 %" in noted["message"]
    reached = indicator(2, name_raw="Sjukfrånvaro dag 1-14", value_raw="2 %", target_raw="3 %")
    assert not about("status_indicators_missed", indicators=(missed, reached))
    assert not about(
        "status_indicators_missed", indicators=(indicator(goal=None, value_raw="10 %", target_raw="9 %"),)
    )


def test_an_indicator_above_speaks_only_of_the_goal_that_is_named_after_it() -> None:
    goals = (
        goal(1, level="board", status_raw="Inga data", title_raw="Mångfald"),
        goal(2, title_raw="Öka andelen ekologiska livsmedel", parent=1),
        goal(3, title_raw="Alla ska trivas", parent=1),
    )
    row = indicator(
        name_raw="Andel inköpta ekologiska livsmedel i kronor", value_raw="52 %", target_raw="70 %"
    )
    noted = about("status_indicators_missed", goals=goals, indicators=(row,))
    assert [finding["row_id"][-3:] for finding in noted] == ["g02"]


def test_an_analysis_is_missed_only_where_other_goals_have_one() -> None:
    goals = (goal(1), goal(2, title_raw="Mer"), goal(3, title_raw="Utan", status_raw="Inga data"))
    noted = about("analysis_missing", goals=goals, passages=(passage("Det gick bra."),))
    assert [finding["row_id"][-3:] for finding in noted] == ["g02"]
    assert not about("analysis_missing", goals=goals)
    assert not about("analysis_missing", goals=goals, passages=(passage("Bra."),), cover=cover(kind="VP"))


def test_an_analysis_read_as_part_of_another_section_is_not_missed() -> None:
    goals = (goal(1), goal(2, title_raw="Mer"))
    result = {"section": "expected_result", "heading": "Förväntat resultat"}
    inside = passage("Alla trivs. Analys Det gick bra.", 2, **result)
    assert not about("analysis_missing", goals=goals, passages=(passage("Bra."), inside))
    outside = passage("Alla trivs när en analys är gjord.", 2, **result)
    assert about("analysis_missing", goals=goals, passages=(passage("Bra."), outside))


def test_an_outcome_that_rounds_to_its_target_contradicts_nothing() -> None:
    near = indicator(
        name_raw="Andel inköpta ekologiska livsmedel i kronor", value_raw="89,6 %", target_raw="90 %"
    )
    far = indicator(
        name_raw="Andel inköpta ekologiska livsmedel i kronor", value_raw="88 %", target_raw="90 %"
    )
    assert not about("status_indicators_missed", indicators=(near,))
    assert about("status_indicators_missed", indicators=(far,))


def test_a_missed_target_is_to_be_explained_where_others_are() -> None:
    rows = (
        indicator(1, value_raw="10 %", target_raw="9 %"),
        indicator(2, name_raw="Sjukfrånvaro dag 1-14", value_raw="2 %", target_raw="3 %", analysis="Bra."),
    )
    assert [f["row_id"][-3:] for f in about("miss_unexplained", indicators=rows)] == ["i01"]
    assert not about("miss_unexplained", indicators=rows[:1])


# The labelled cases


def test_the_labels_are_many_and_of_both_kinds() -> None:
    labelled = [*cases("dev"), *cases("heldout")]
    assert len({case.case_id for case in labelled}) == len(labelled)
    assert sum(case.expected for case in labelled) >= 140
    assert sum(not case.expected for case in labelled) >= 230


@pytest.mark.parametrize("code", sorted({case.code for case in cases("dev")}))
def test_the_checks_are_right_on_the_labelled_cases(code: str) -> None:
    counted = tally("dev")[code]
    assert counted["false"] == 0
    assert counted["true"] >= 0.8 * (counted["true"] + counted["missed"])


def test_the_held_out_cases_raise_no_false_alarm() -> None:
    """Later changes must not make the checks less careful."""
    assert {code: each["false"] for code, each in tally("heldout").items() if each["false"]} == {}


def test_the_page_tells_what_was_counted() -> None:
    held = [row for row in kept(Checked, CONTRADICTIONS) if row.corpus == "heldout"]
    true, false, missed, quiet = added(held)
    assert true + false + missed + quiet == len(cases("heldout"))
    page = quality_page().replace("\u00a0", " ")
    assert f"| **alla** | {true + false + missed + quiet} | {true + false} | {true} |" in page


def test_each_case_is_a_report_that_only_its_code_is_about() -> None:
    case = Case("x", "status_text_differs", {"status": "met"}, "Målet är delvis uppnått.", True)
    assert found(case)
    assert {noted.code for noted in run_checks(rows_of(case))} & {
        "complaints_text_differ",
        "percent_points",
    } == set()


def test_every_list_of_phrases_is_used() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("language", "validate")
        for path in (Path(__file__).parents[1] / "vbdata" / folder).rglob("*.py")
    )
    by_level = {f"goal_{level}" for level in ("unit", "board", "area", "direction")}
    assert [use for use in phrases() if f'"{use}"' not in source and use not in by_level] == []
