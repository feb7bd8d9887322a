"""The comparison: coverage, levels apart, the council's target, women and men, intervals, funnels."""

from __future__ import annotations

import itertools
from pathlib import Path

import pandas as pd
import pytest
from page_tables import Tables
from selectolax.lexbor import LexborHTMLParser

from vbdata.render import comparison
from vbdata.render.pages.comparison.panels import panel_scales
from vbdata.render.parts.export import notebook_of, page_html

NB = "\u00a0"
SATISFIED = "nojd_med_insats_lss"


def units(count: int, board: str | None = "no_data", earlier: bool = False) -> Tables:
    """Units whose survey a known number answered; with `earlier` their reports of the year before too."""
    tables = Tables()
    for year, i in itertools.product((2024, 2025) if earlier else (2025,), range(count)):
        tables.report(f"enhet-{i:02d}", f"Enhet {i}", year=year)
        direction = tables.goal("direction", "En stad", "no_data", code="1")
        area = tables.goal("area", "Stöd", "no_data", direction, code="1.3")
        parent = tables.goal("board", "Alla är delaktiga", board, area)
        tables.goal("unit", "God mat", ("met", "no_data", None)[i % 3], parent)
        asked = 40 + 20 * i
        yes = round(asked / 2 * (0.3 if i == 3 else 0.8))
        tables.indicator(
            "Andel nöjda", round(100 * yes / (asked // 2)), 85.0, indicator_id=SATISFIED,
            analysis=f"{asked // 2} av {asked} svarade.", council_target=80.0, council_target_raw="80 %",
            council_target_rule="number", value_women=82.0, value_men=80.0 - i,
        )  # fmt: skip
        tables.indicator(
            "Trygga",
            70.0,
            60.0,
            value_previous=70.0,
            council_target_rule="increase",
            council_target_raw="öka",
        )
    return tables


def page(tables: Tables, folder: Path) -> LexborHTMLParser:
    data = comparison.load(2025, tables.write(folder))
    parts = (
        comparison.masthead,
        comparison.goals,
        comparison.indicators,
        comparison.gaps,
        comparison.sources,
    )
    return LexborHTMLParser(page_html(notebook_of([part(data) for part in parts])))


def text(tree: LexborHTMLParser, selector: str) -> str:
    copy = LexborHTMLParser(tree.html).css_first(selector)
    for drawing in copy.css("svg"):
        drawing.decompose()
    return " ".join(copy.text(separator=" ").replace("\u00ad", "").replace(NB, " ").split())


@pytest.fixture(scope="module")
def few(tmp_path_factory) -> LexborHTMLParser:
    return page(units(2), tmp_path_factory.mktemp("few"))


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> LexborHTMLParser:
    return page(units(12), tmp_path_factory.mktemp("many"))


def rows_of(tree: LexborHTMLParser, caption: str) -> dict[str, list[str]]:
    table = next(t for t in tree.css("table") if caption in t.css_first("caption").text())
    rows = table.css("tbody tr:not(.grp)")
    return {r.css_first("th").text(): [c.text().replace(NB, " ") for c in r.css("td")] for r in rows}


def test_coverage_stands_per_level_and_levels_are_not_pooled(many):
    rows = rows_of(many, "Hur många mål som är bedömda")
    assert list(rows) == ["Enhetsmål", "Nämndmål", "KF:s mål för verksamhetsområdet", "KF:s inriktningsmål"]
    assert rows["Enhetsmål"] == ["4 av 12", "0", "0", "4", "4", "4"]
    assert rows["Nämndmål"] == ["0 av 12", "0", "0", "0", "12", "0"]
    assert "inget av dokumenten gör någon bedömning" in text(many, "#mal")


@pytest.mark.parametrize(
    ("count", "caption"), [(2, "Nämndmål: bedömning per enhet"), (12, "Nämndmål: antal enheter")]
)
def test_another_level_has_its_own_table_where_somebody_judges_it(tmp_path, count, caption):
    tree = page(units(count, board="partly_met"), tmp_path)
    rows = rows_of(tree, caption)
    assert list(rows) == ["1.3\u2002Stöd"]
    assert rows["1.3\u2002Stöd"] == (["Uppfylls delvis"] * 2 if count == 2 else ["0", "12", "0", "0"])


FEW = [
    "Når inte årsmålet, 5 procentenheter under",
    "Når inte målet",
    "20 svar",
    "KF:s årsmål ”öka”: har inte ökat sedan 2024 (70 → 70)",
    "Regeln är vår: ”öka” nås om utfallet är högre än förra årets",
    "+2 procentenheter, högre för kvinnor",
    "”20 av 40 svarade.”",
    "Andel nöjda: Enhet 0 minus Enhet 1 är 0 procentenheter",
    "vilket kan vara slump",
]


@pytest.mark.parametrize("fact", FEW)
def test_facts_about_few_units(few, fact):
    assert fact in text(few, "#indikatorer")


def test_the_councils_target_is_counted_beside_the_units_own(many):
    said = rows_of(many, "Hur många enheter som missar sitt årsmål")["Andel nöjda"]
    assert (said[0], said[2]) == ("12 av 12", "11 av 12") and said[1].startswith("Enhet 3: ")


def test_a_funnel_names_only_whom_chance_does_not_explain(many):
    figure = many.css_first("#tratt-nojd-med-insats-lss")
    assert figure.css_first("h3").text() == (
        "Andel nöjda: en av tolv enheter avviker mer från målet än slumpen brukar ge"
    )
    assert "Enhet 3" in figure.css_first("svg.w").html and "Enhet 4" not in figure.css_first("svg.w").html
    said = {r.css_first("th").text(): r.css("td")[-1].text().replace(NB, " ") for r in figure.css("tbody tr")}
    assert said["Enhet 3"] == "utanför 99,8 %, under"
    assert {each for name, each in said.items() if name != "Enhet 3"} == {"inom gränserna"}


def test_with_too_few_units_no_funnel_is_drawn(tmp_path):
    tables = units(12)
    for row in tables.rows["indicators"]:
        if int(row["report_id"][-2:]) > 5:
            row["analysis"] = None
    tree = page(tables, tmp_path)
    assert not tree.css("figure[id^=tratt]")
    assert "En trattfigur ritas när minst 9 enheter" in text(tree, "#indikatorer")


def test_the_gaps_tell_for_how_many_the_number_of_answers_is_known(many, tmp_path):
    assert "har svarat på undersökningar" not in text(many, "#saknas")
    tables = units(12)
    for row in tables.rows["indicators"]:
        if int(row["report_id"][-2:]) > 5:
            row["analysis"] = None
    known = text(page(tables, tmp_path), "#saknas")
    assert "6 av 12 enheter skriver hur många som har svarat på undersökningar." in known


def test_without_answers_the_gaps_say_so_and_nothing_else_does(tmp_path):
    tables = units(2)
    for row in tables.rows["indicators"]:
        row["analysis"] = None
    tree = page(tables, tmp_path)
    assert "svarat" not in text(tree, "#indikatorer")
    assert "Ingen enhet skriver hur många som har svarat på undersökningar." in text(tree, "#saknas")


def test_nobody_of_both_sexes_is_said(tmp_path):
    tables = Tables()
    for i in range(2):
        tables.report(f"enhet-{i}", f"Enhet {i}")
        tables.indicator()
    said = "Inget av dokumenten redovisar utfall för både kvinnor och män."
    assert said in text(page(tables, tmp_path), "#indikatorer")


def test_a_version_to_share_says_why_the_number_of_answers_is_not_there(tmp_path):
    data = comparison.load(2025, units(12).write(tmp_path), profile="shared")
    html = page_html(notebook_of([comparison.masthead(data), comparison.gaps(data)]))
    said = text(LexborHTMLParser(html), "#saknas")
    assert "som är utelämnade i versionen för delning" in said and "känt för ingen" not in said


def test_without_a_unit_outside_the_widest_limits_the_title_says_no_more_than_that(tmp_path):
    tables = units(12)
    for row in tables.rows["indicators"]:
        if row["name"] == "Andel nöjda":  # outside 95 per cent for most sizes, within 99.8 for some
            row |= {"value": 92.0, "value_raw": "92 %", "analysis": "60 av 300 svarade."}
    figure = page(tables, tmp_path).css_first("#tratt-nojd-med-insats-lss")
    assert figure.css_first("h3").text() == ("Andel nöjda: ingen enhet avviker mer än slumpen brukar ge")
    assert "här är det 12." in " ".join(figure.text().split())


def test_each_indicator_has_a_scale_of_its_own_and_an_index_no_per_cent():
    frame = pd.DataFrame({"panel": ["Andel", "Index"], "measure_unit": ["%", "index"], "value": [41.0, 84.0]})
    scales = panel_scales(frame.assign(better="higher"), ("value",))
    assert (scales["Andel"].measure_unit, scales["Index"].measure_unit) == ("%", "")
    assert scales["Andel"].high < scales["Index"].low
    assert all(scale.high - scale.low >= 20 for scale in scales.values())
