"""What the pages say about other years: matched goals, changed outcomes, units that are not the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_tables import Tables
from selectolax.lexbor import LexborHTMLParser

from vbdata.render import comparison
from vbdata.render.pages.comparison.change import change
from vbdata.render.parts.export import notebook_of, page_html

NB = "\u00a0"
HEIRS = ("bjorkvik-tallasen-daglig-verksamhet-1", "bjorkvik-tallasen-daglig-verksamhet-2")


def two_years(count: int, split: bool = False, renamed: bool = False) -> Tables:
    """Units that report both years; one of their goals is judged weaker, one is reworded, one is new."""
    tables = Tables()
    for year in (2024, 2025):
        now = year == 2025
        for i in range(count):
            tables.report(f"enhet-{i}", f"Enhet {i}", year=year)
            _goals(tables, now)
            tables.indicator("Nöjda", 70.0 + i + 2 * now, 75.0)
            tables.indicator("Sjukfrånvaro", 4.0 + now, 4.5, better="lower")
        names = HEIRS if now else ("tallasens-dagliga-verksamhet",)
        for name in names if split else ():
            tables.report(name, name, year=year)
            _goals(tables, now)
            tables.indicator("Nöjda", 70.0 + 2 * now, 75.0)
        if renamed:
            tables.report("bjorkviks-boendestod" if now else "ekdungens-boendestod", "Stödet", year=year)
            _goals(tables, now)
    return tables


def _goals(tables: Tables, now: bool) -> None:
    direction = tables.goal("direction", "En stad", "no_data", code="1")
    area = tables.goal("area", "Stöd", "no_data", direction, code="1.3")
    board = tables.goal("board", "Alla är delaktiga", "no_data", area)
    tables.goal("unit", "God mat", "partly_met" if now else "met", board)
    word = "dag och vecka" if now else "vecka"
    tables.goal("unit", f"Varje person planerar sin {word} i lugn och ro", "met", board)
    tables.goal("unit", "Något nytt" if now else "Sjukfrånvaron sjunker", "met", board)


def section(tables: Tables, folder: Path) -> LexborHTMLParser:
    data = comparison.load(2025, tables.write(folder))
    parts = (comparison.masthead, change, comparison.gaps, comparison.sources)
    return LexborHTMLParser(page_html(notebook_of([part(data) for part in parts])))


def text(tree: LexborHTMLParser, selector: str = "#forandring") -> str:
    node = tree.css_first(selector)
    for drawing in node.css("svg"):
        drawing.decompose()
    return " ".join(node.text(separator=" ").replace("\u00ad", "").replace(NB, " ").split())


@pytest.fixture(scope="module")
def few(tmp_path_factory) -> LexborHTMLParser:
    tables = two_years(2, split=True, renamed=True)
    return section(tables, tmp_path_factory.mktemp("few"))


FACTS = [
    "3 av 5 enheter jämförs med sin egen verksamhetsberättelse för 2024.",
    "Nytt namn sedan 2024, men samma enhet: Stödet.",
    f"Enheten delades 2025, jämförs inte: {HEIRS[0]} och {HEIRS[1]}.",
    "3 enhetsmål bedöms svagare än 2024, 0 starkare",
    "6 enhetsmål som finns och har en bedömning både 2024 och 2025, i 3 enheter",
    "3 enhetsmål är omformulerade men räknas som samma.",
    "3 är nya 2025 och 3 fanns bara 2024.",
    "Omformulerat; 2024: ”Varje person planerar sin vecka i lugn och ro”",
    "Jämförs inte: enheten är inte densamma som förra året",
    "+2 procentenheter, i önskad riktning",
    "+1 procentenhet, i motsatt riktning",
]


@pytest.mark.parametrize("fact", FACTS)
def test_facts_about_the_change(few, fact):
    assert fact in text(LexborHTMLParser(few.html))


def test_the_transitions_of_few_units_stand_in_a_table_under_the_goals_that_moved(few):
    tables = {
        table.css_first("caption").text().split(" ")[0]: table for table in few.css("#forandring table")
    }
    rows = [[cell.text().strip() for cell in row.css("td")] for row in tables["Enhetsmål"].css("tbody tr")]
    assert rows == [
        ["3", "3", "0", "0", "6"],
        ["0", "0", "0", "0", "0"],
        ["0", "0", "0", "0", "0"],
        ["0", "0", "0", "0", "0"],
        ["3", "3", "0", "0", "6"],
    ]
    assert next(iter(tables)) == "Mål" and not few.css("#forandring figure")


def test_only_levels_that_somebody_judges_are_shown(few):
    headings = [node.text() for node in few.css("#forandring h3")]
    assert [heading for heading in headings if "mål bedöms" in heading] == [
        "3 enhetsmål bedöms svagare än 2024, 0 starkare"
    ]


def test_every_row_of_both_years_leads_to_its_verbatim_text_on_the_page_of_its_report(few):
    pages = {node.attributes["href"].split("#k-")[0] for node in few.css("#forandring a[href*='#k-']")}
    assert {"../2024/unit_report/enhet-0.html", "unit_report/enhet-0.html"} <= pages
    assert not [node for node in few.css("#forandring td.src a") if node.attributes["href"].startswith("#")]


def test_many_units_are_dots_around_no_change(tmp_path):
    tree = section(two_years(10), tmp_path)
    figure = tree.css_first("#forandring-indikatorer")
    assert (
        figure.css_first("h3").text()
        == "I en av två indikatorer gick fler enheter i motsatt än i önskad riktning"
    )
    rows = {row.css_first("th").text(): [c.text() for c in row.css("td")] for row in figure.css("tbody tr")}
    assert rows["Nöjda"] == ["10", "0", "0", "0"]
    assert rows["Sjukfrånvaro (lägre är bättre)"] == ["0", "0", "10", "0"]
    assert "önskad riktning" in figure.css_first("svg.w").html


def test_changes_where_lower_is_better_have_a_scale_of_their_own(tmp_path):
    tables = two_years(10)
    for row in tables.rows["indicators"]:
        if row["name"] == "Sjukfrånvaro" and row["value"] == 5.0:
            row |= {"value": 4.2, "value_raw": "4,2 %"}
    figure = section(tables, tmp_path).css_first("#forandring-indikatorer")
    ticks = [node.text() for node in figure.css("svg.w text")]
    assert [tick for tick in ticks if tick in ("1", "2", "0,1", "0,2", "0,25")] == ["1", "2", "0,1", "0,2"]


def test_with_one_year_the_page_says_so_and_draws_nothing(tmp_path):
    tables = Tables()
    tables.report()
    tables.tree("met")
    tables.indicator()
    tree = section(tables, tmp_path)
    assert not tree.css("#forandring, a[href='#forandring']")
    told = "Ingen verksamhetsberättelse för 2024 är inläst, så ingen förändring visas."
    assert told in text(tree, "#saknas")


def test_with_plans_alone_there_is_nothing_to_compare(tmp_path):
    tables = Tables()
    tables.report(kind="VP")
    tables.tree(None)
    assert "Ingen verksamhetsberättelse för året är inläst" in text(section(tables, tmp_path), "#saknas")


def test_corrected_values_of_both_years_are_marked_and_lead_to_their_reports(tmp_path: Path) -> None:
    tables = two_years(2)
    for row in [row for row in tables.rows["indicators"] if row["name"] == "Nöjda"]:
        if row["report_id"].endswith("enhet-1"):
            tables.report_id = row["report_id"]
            tables.correction("indicators", row["row_id"], "value", "1", "70")
    tree = section(tables, tmp_path)
    hrefs = [node.attributes["href"] for node in tree.css("#forandring a.fx")]
    assert sorted(hrefs) == [
        "../2024/unit_report/enhet-1.html#rattad-1", "unit_report/enhet-1.html#rattad-1",
    ]  # fmt: skip
