"""The comparison as a manager reads it: what weighs most first, misses with the units' words, marks."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from page_tables import Tables
from selectolax.lexbor import LexborHTMLParser, LexborNode

from vbdata.analyse.indicators import by_spread
from vbdata.render import comparison
from vbdata.render.parts.export import notebook_of, page_html

NB = "\u00a0"
PARTS = (
    comparison.masthead, comparison.summary, comparison.goals, comparison.indicators, comparison.complaints,
    comparison.gaps, comparison.lookup, comparison.sources,
)  # fmt: skip
WORDS = "Köket stod stilla i maj. Det är lagat nu."
MISSED = "Personalen byttes ut. Fler svarar nästa år."


def units(count: int) -> Tables:
    """Units by name; the first has a lex Sarah report, a goal that is not met and a contradiction."""
    tables = Tables()
    for i in range(count):
        tables.report(f"enhet-{i:02d}", f"Enhet {i:02d}")
        area = tables.goal("area", "Mat", None, code="1.3")
        board = tables.goal("board", "Maten smakar", "partly_met", area)
        tables.goal("unit", "Egen odling", "met", board)
        goal = tables.goal("unit", "God mat", "not_met" if i == 0 else "met", board)
        _passage(tables, goal)
        tables.indicator("Nöjda (LSS)", 60.0 + i, 80.0, analysis=MISSED, better="higher")
        tables.indicator("Lugna", 90.0, 80.0, value_women=70.0 if i == 1 else 90.0, value_men=91.0)
        tables.complaint("Bemötande", (None, 1, 1, 2) if i == 1 else (1, 1, 1, 3))
        if i == 0:
            tables.complaint("Lex Sarah", (None, 1, None, 1), facet="lex_sarah", concept="lex_sarah_reports")
    tables.report_id = tables.rows["reports"][0]["report_id"]
    odling = tables.rows["goals"][2]["goal_id"]
    tables.finding(
        "status_text_differs", "warning", "Säger olika.", odling, table="goals", column="status", gravity=4
    )
    tables.report("planen", "Planen", kind="VP")
    tables.tree(None)
    return tables


def _passage(tables: Tables, goal_id: str) -> None:
    number = len(tables.rows["passages"]) + 1
    tables.rows["passages"].append(
        {
            "report_id": tables.report_id,
            "row_id": f"{tables.report_id}/p{number:02d}",
            "position": number,
            "goal_id": goal_id,
            "section": "analysis",
            "text": WORDS,
            "source_line": 150,
        }
    )


def page(tables: Tables, folder: Path, profile: str = "internal") -> LexborHTMLParser:
    data = comparison.load(2025, tables.write(folder), [], profile)
    return LexborHTMLParser(page_html(notebook_of([part(data) for part in PARTS])))


def words(node: LexborNode | None) -> str:
    assert node is not None
    return " ".join(node.text(separator=" ").replace("\u00ad", "").replace(NB, " ").split())


def table(tree: LexborHTMLParser, caption: str) -> LexborNode:
    return next(each for each in tree.css("table") if caption in words(each.css_first("caption")))


def open_text(tree: LexborHTMLParser, selector: str) -> str:
    """What stands there without opening anything."""
    copy = LexborHTMLParser(tree.html)
    for node in copy.css(f"{selector} details, {selector} svg"):
        node.decompose()
    return words(copy.css_first(selector))


@pytest.fixture(scope="module")
def few(tmp_path_factory) -> LexborHTMLParser:
    return page(units(3), tmp_path_factory.mktemp("few"))


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> LexborHTMLParser:
    return page(units(12), tmp_path_factory.mktemp("many"))


def test_the_first_section_tells_risk_misses_and_where_to_begin(few):
    risk, misses, first = (words(item) for item in few.css("#korthet .three > li"))
    assert "Lex Sarah i en enhet" in risk and "1 lex Sarah-rapport" in risk
    assert "1 av 6 enhetsmål" in misses and "3 av 6 utfall når inte årsmålet" in misses
    assert "bland dem nöjda hos Enhet 00 (60 % mot 80 %)" in misses
    assert first.startswith("Var ni bör börja Enhet 00") and "Fråga först: Säger olika ( Enhet 00 )." in first


def test_units_with_only_a_plan_are_out_of_the_tables_and_named_once(few):
    assert "Planen" not in " ".join(words(each) for each in few.css("table"))
    assert words(few.body).count("Planen har bara en plan för 2025 och är inte med i jämförelsen.") == 1


def test_a_doubted_judgement_is_marked_where_it_stands(few, many):
    matrix = table(few, "Enhetsmålens bedömning per KF-mål")
    doubts = [cell for cell in matrix.css("td") if "Kontrollera" in words(cell)]
    assert len(doubts) == 1 and "hos Enhet 00: bedömning och analys säger olika" in words(doubts[0])
    assert doubts[0].css_first("a.fx").attributes["href"] == "unit_report/enhet-00.html#kontrollera"
    row = table(many, "Enhetsmålens bedömning per enhet").css("tbody tr")[0]
    assert "Kontrollera hos Enhet 00" in words(row)


def test_misses_stand_with_the_units_first_sentence_and_its_line(few):
    goal = words(table(few, "Mål som inte uppfylls helt").css_first("tbody tr"))
    assert "Enheten: ”Köket stod stilla i maj.” ( rad 150 )" in goal and "lagat" not in goal
    row = words(table(few, "Längst från årsmålet").css_first("tbody tr"))
    assert "Enheten: ”Personalen byttes ut.”" in row and "Når inte årsmålet, 20 procentenheter under" in row


def test_women_or_men_who_miss_are_marked_though_the_total_reaches(few):
    cell = next(each for each in table(few, "Alla indikatorer").css("td") if "kvinnor" in words(each))
    assert "90 %" in words(cell) and "Når inte målet för kvinnor 70 %" in words(cell)


def test_the_boards_goals_are_folded_and_told_in_a_line(few):
    assert "Nämndmål: 3 uppfylls delvis." in open_text(few, "#mal")
    assert "Nämndmål: bedömning per enhet" not in open_text(few, "#mal")


def test_counts_over_blank_periods_are_the_forms_totals_and_empty_cells_can_go(few):
    rows = {
        words(row.css_first("th")): row.css("td") for row in table(few, "Händelser per enhet").css("tr")[1:]
    }
    assert words(rows["Lex Sarah-rapporter"][0]) == "1"
    assert [cell.attributes["class"] for cell in rows["Lex Sarah-rapporter"][1:]] == ["none lab"] * 2
    assert words(rows["Synpunkter och klagomål"][1]).startswith("2")


def test_many_units_are_a_few_drawings_and_counts_with_the_worst_named(many):
    pictures = many.css("#indikatorer-figur .pic")
    assert 1 <= len(pictures) <= 4
    rows = {words(row.css_first("th")): row.css("td") for row in table(many, "missar sitt").css("tbody tr")}
    assert [words(cell) for cell in rows["Nöjda"][:2]] == ["12 av 12", "Enhet 00 : 60 % mot 80 %"]
    assert len(table(many, "Enheterna efter vad som väger tyngst").css("tbody tr")) == 5


def test_a_shared_version_has_no_words_of_the_units(tmp_path):
    said = words(page(units(3), tmp_path, "shared").body)
    assert "Enheten: ”" not in said and "Köket" not in said and "Personalen" not in said


def test_what_was_never_to_be_said_again_is_not(few, many):
    for tree in (few, many):
        said = open_text(tree, "main")
        for phrase in ("lika stora", "mid-p", "φ", "sha256", "Och 1 till", "binomial", "Spiegelhalter"):
            assert phrase not in said


def test_indicators_are_drawn_by_how_much_the_middle_of_the_units_differs():
    values = {"a": [70.0, 71.0, 72.0], "b": [60.0, 80.0, 99.0], "c": [1.0, 1.1, 1.2]}
    unit = {"a": "%", "b": "%", "c": "kg"}
    rows = [{"indicator_id": k, "measure_unit": unit[k], "value": v} for k in values for v in values[k]]
    assert by_spread(pd.DataFrame(rows), ["a", "b", "c"]) == ["b", "c", "a"]
