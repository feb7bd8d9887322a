"""The unit's page over the years, the number of answers, women and men, targets of others and in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_tables import Tables
from selectolax.lexbor import LexborHTMLParser

from vbdata.render import unit
from vbdata.render.parts.export import notebook_of, page_html

NB = "\u00a0"
UNIT = "enhet-0"
HEIR = "bjorkvik-tallasen-daglig-verksamhet-1"


def page(tables: Tables, folder: Path, unit_id: str = UNIT) -> LexborHTMLParser:
    data = unit.load(unit_id, 2025, tables.write(folder))
    parts = (unit.masthead, unit.goals, unit.indicators, unit.over_time, unit.sources)
    return LexborHTMLParser(page_html(notebook_of([part(data) for part in parts])))


def text(tree: LexborHTMLParser, selector: str) -> str:
    copy = LexborHTMLParser(tree.html).css_first(selector)
    for drawing in copy.css("svg"):
        drawing.decompose()
    return " ".join(copy.text(separator=" ").replace("\u00ad", "").replace(NB, " ").split())


def years(*of: int, unit_ids: dict[int, str] | None = None) -> Tables:
    tables = Tables()
    for year in of:
        unit_id = (unit_ids or {}).get(year, UNIT)
        tables.report(unit_id, f"Enheten {unit_id}", year=year)
        tables.tree("met", "met" if year < 2025 else "partly_met")
        tables.indicator(
            "Andel nöjda",
            75.0 + (5 if year == 2025 else 0),
            90.0,
            indicator_id="nojd_med_insats_lss",
            analysis="20 av 40 svarade.",
            council_target=78.0,
            council_target_raw="78 %",
            council_target_rule="number",
        )
        tables.indicator("Trygga", 70.0 + (year == 2025), 60.0, council_target_rule="increase")
        tables.indicator(
            "Sjukfrånvaro", 5.0, None, better="lower", target_rule="decrease", target_raw="minska"
        )
        tables.indicator("Bemötta", 80.0, 75.0, value_women=82.0, value_men=79.5)
    return tables


@pytest.fixture(scope="module")
def three(tmp_path_factory) -> LexborHTMLParser:
    return page(years(2023, 2024, 2025), tmp_path_factory.mktemp("three"))


INDICATORS = [
    "Når inte årsmålet, 10 procentenheter under Når KF:s årsmål, 2 procentenheter över",
    "KF:s årsmål ”öka”: har ökat sedan 2024 (70 → 71)",
    "Årsmålet ”minska”: har inte minskat sedan 2024 (5 → 5)",
    "oförändrat når inget av dem",
    "”20 av 40 svarade.”",
    "20 av 40",
    "+2,5 procentenheter, högre för kvinnor",
    "årsmålet ligger utanför",
    "20 av 40 har svarat; avståndet till målet är mer än slumpen brukar ge",
    "+5 (−13,5 till +23,1), kan vara slump",
]
OVER_TIME = [
    "Verksamhetsberättelser för 2023 och 2024 är också inlästa.",
    "Ett enhetsmål bedöms svagare än 2024, inget starkare",
    "2 enhetsmål har en bedömning både 2024 och 2025.",
    "1 av 4 indikatorer med minst tre års utfall har missat sitt årsmål två år i rad",
    "+5 procentenheter, i önskad riktning",
    "0 procentenheter, oförändrat",
]


@pytest.mark.parametrize("fact", INDICATORS)
def test_facts_about_indicators(three, fact):
    assert fact in text(three, "#indikatorer")


@pytest.mark.parametrize("fact", OVER_TIME)
def test_facts_over_time(three, fact):
    assert fact in text(three, "#over-tid")


def test_the_interval_is_the_corrected_one(three):
    # 16 of 20 that answered, of 40 asked: Wilson with n' = 20 · 39/20 = 39.
    assert "65–89,6 %" in text(three, "#indikatorer")


def test_the_curves_have_every_year_and_a_table_of_the_same_numbers(three):
    figure = three.css_first("#over-tid-figur")
    drawing = figure.css_first("svg.w").html
    assert all(str(year) in drawing for year in (2023, 2024, 2025))
    rows = {row.css_first("th").text(): row for row in figure.css("tbody tr")}
    cells = [cell.text().replace(NB, " ") for cell in rows["Andel nöjda"].css("td")]
    assert cells[:3] == ["75 %", "75 %", "80 %"]


def test_every_year_leads_to_its_verbatim_row(three):
    ids = {node.attributes["id"] for node in three.css("[id]")}
    links = [node.attributes["href"][1:] for node in three.css("#over-tid a[href^='#']")]
    assert len(links) >= 12 and set(links) <= ids
    assert {f"k-f{year}-i01" for year in (2023, 2024)} <= ids


def test_a_split_breaks_the_curve_and_nothing_is_compared_over_it(tmp_path):
    ids = {2023: "tallasens-dagliga-verksamhet", 2024: "tallasens-dagliga-verksamhet", 2025: HEIR}
    tree = page(years(2023, 2024, 2025, unit_ids=ids), tmp_path, HEIR)
    said = text(tree, "#over-tid")
    assert "Enheten delades 2025." in said
    assert "Talen före och efter gäller olika verksamhet och jämförs inte." in said
    assert "jämförs inte: enheten är inte densamma som förra året" in said
    assert "Delad" in tree.css_first("#over-tid-figur svg.w").html
    assert "enhetsmål" not in said
    assert "två år i rad" not in said and "Indikatorernas utfall år för år" in said
    assert "KF:s årsmål ”öka” går inte att bedöma: enheten är inte densamma" in text(tree, "#indikatorer")


def test_with_two_years_there_is_a_table_and_no_curve(tmp_path):
    tree = page(years(2024, 2025), tmp_path)
    assert not tree.css("#over-tid figure")
    assert "Med färre än tre år ritas ingen kurva." in text(tree, "#over-tid")
    assert len(tree.css("#over-tid table")) == 2


def test_with_one_year_there_is_no_section_and_no_way_to_it(tmp_path):
    tree = page(years(2025), tmp_path)
    assert not tree.css("#over-tid, a[href='#over-tid']")


def test_without_a_number_of_answers_nothing_is_said_of_chance(tmp_path):
    tables = Tables()
    tables.report(UNIT, "Enheten")
    tables.indicator("Andel nöjda", 75.0, 90.0, indicator_id="nojd_med_insats_lss")
    tree = page(tables, tmp_path)
    said = text(tree, "#indikatorer")
    assert "slump" not in said and "svarat" not in said and "%–" not in said


def test_corrected_values_are_marked_also_in_other_years_and_other_tables(tmp_path: Path) -> None:
    tables = years(2023, 2024, 2025)
    for row in tables.rows["indicators"]:
        if row["name"] in ("Andel nöjda", "Bemötta") and "2023" not in row["report_id"]:
            tables.report_id = row["report_id"]
            column = "value_women" if row["name"] == "Bemötta" else "value"
            tables.correction("indicators", row["row_id"], column, "1", "2")
    tree = page(tables, tmp_path)
    assert [node.attributes["href"] for node in tree.css("#over-tid tbody a.fx")][:2] == [
        f"../../2024/unit_report/{UNIT}.html#rattad-1", f"{UNIT}.html#rattad-1",
    ]  # fmt: skip
    for_ = {caption.text().split(" ")[0]: caption for caption in tree.css("#indikatorer caption")}
    marked = [name for name, caption in for_.items() if caption.parent and caption.parent.css("a.fx")]
    assert {"Kvinnor", "Intervall"} <= set(marked)


@pytest.mark.parametrize(
    ("down", "up", "title"),
    [
        (0, 1, "Ett enhetsmål bedöms starkare än 2024, inget svagare"),
        (2, 0, "Två enhetsmål bedöms svagare än 2024, inget starkare"),
        (0, 0, "Inget enhetsmål bedöms svagare eller starkare än 2024"),
    ],
)
def test_what_became_of_the_goals_is_said_without_zeroes(down, up, title):
    from vbdata.render.pages.unit.over_time import _title

    assert _title({"all": 5, "stay": 2, "down": down, "up": up}, "enhetsmål", 2024) == title
