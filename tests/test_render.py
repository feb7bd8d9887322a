from __future__ import annotations

import itertools
import json
import os
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from page_tables import Tables, one_unit, plan_and_outcome
from selectolax.lexbor import LexborHTMLParser

from vbdata import analyse
from vbdata.errors import MissingDataError, NotebookError, ParameterError
from vbdata.render import comparison, outcome, quality, render_reports, unit
from vbdata.render.pages.unit.said import indicators_statement
from vbdata.render.parts import words
from vbdata.render.parts.addresses import INDEX, comparison_page, href, unit_page
from vbdata.render.parts.components import chip, figure, finding_link, three
from vbdata.render.parts.export import notebook_of, page_html
from vbdata.render.parts.html import Html, element
from vbdata.render.parts.made import Entry
from vbdata.render.parts.parameters import check, declared
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.run import manifest
from vbdata.render.run.plan import Run, plan

NB = "\u00a0"
ROOT = Path(__file__).resolve().parents[1]
EVIL = '<script>alert("x")</script>'


def unit_page_of(tables: Tables, folder: Path, unit_id: str = "solgarden", kind: str = "") -> str:
    data = unit.load(unit_id, 2025, tables.write(folder), kind)
    parts = (
        unit.masthead,
        unit.summary,
        unit.goals,
        unit.indicators,
        unit.over_time,
        unit.complaints,
        unit.activities,
        unit.findings,
        unit.sources,
        unit.footer,
    )
    return page_html(notebook_of([part(data) for part in parts]))


def comparison_of(tables: Tables, folder: Path) -> str:
    data = comparison.load(2025, tables.write(folder))
    parts = (
        comparison.masthead,
        comparison.summary,
        comparison.goals,
        comparison.indicators,
        comparison.change,
        comparison.complaints,
        comparison.gaps,
        comparison.lookup,
        comparison.sources,
        comparison.footer,
    )
    return page_html(notebook_of([part(data) for part in parts]))


def questions_of(tables: Tables, folder: Path, unit_id: str = "solgarden") -> str:
    data = quality.load(unit_id, 2025, tables.write(folder))
    parts = (quality.masthead, quality.summary, quality.findings, quality.corrections, quality.footer)
    return page_html(notebook_of([part(data) for part in parts]))


def doubted_unit() -> Tables:
    """A unit with findings of all responses, some about a row, some about running text."""
    tables = one_unit()
    report_id, goal = tables.report_id, tables.rows["goals"][-1]["goal_id"]
    text = "Inledning. " * 60 + "Hos oss är målet delvis uppnått. " + "Avslutning. " * 60
    tables.rows["passages"].append(
        {"report_id": report_id, "row_id": f"{report_id}/p001", "position": 1, "text": text}
    )
    tables.finding("status_text_differs", "warning", f"{EVIL} ”målet delvis uppnått”.", f"{report_id}/p001",
                   action="Vilket gäller?", source_line=150)  # fmt: skip
    tables.finding("status_missing", "warning", "Bedömning saknas.", goal, source_line=160)
    tables.finding("correction_refused", "warning", "Rättelsen är inte gjord.", source_line=170)
    tables.finding("status_near", "info", "En ny sak.", source_line=180)
    tables.correction("goals", goal, "status", "not_met", "met")
    return tables


def outcome_of(tables: Tables, folder: Path, unit_id: str, plan_id: str = "") -> str:
    data = outcome.load(unit_id, 2025, tables.write(folder), plan_id=plan_id)
    parts = (
        outcome.masthead,
        outcome.summary,
        outcome.goals,
        outcome.targets,
        outcome.activities,
        outcome.sources,
        outcome.footer,
    )
    return page_html(notebook_of([part(data) for part in parts]))


def units(count: int) -> Tables:
    tables = Tables()
    for i in range(count):
        tables.report(f"enhet-{i}", f"Enhet {i} grupp- och servicebostäder för socialpsykiatri")
        tables.tree("met", ("not_met", "partly_met", "no_data")[i % 3])
        tables.indicator("Nöjda", 70.0 + i, 75.0)
        tables.indicator("Sjukfrånvaro", 4.0 + i / 10, 4.5, better="lower")
        tables.complaint("Bemötande", (None, 1, 3, 4))
        tables.complaint("Kompetens")
    return tables


def text_of(html: str) -> str:
    body = LexborHTMLParser(html).body
    assert body is not None
    for node in body.css("svg"):
        node.decompose()
    return " ".join(body.text(separator=" ").replace("\u00ad", "").split(" "))


def squeezed(html: str) -> str:
    return re.sub(r"\s+([.,;:)])", r"\1", " ".join(text_of(html).replace(NB, " ").split())).replace("( ", "(")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Every kind of page."""
    from vbdata.render.pages.index.page import IndexData, index_blocks
    from vbdata.render.parts.data import year_of
    from vbdata.render.run.failure import failure_blocks

    folder = tmp_path_factory.mktemp("pages")
    plans = units(2)
    plans.report("planen", "Planens enhet", kind="VP")
    plans.tree(None)
    plans.indicator("Nöjda", None, 80.0)
    frames = plans.frames()
    index = IndexData([year_of(frames, 2025)], frames["extraction_log"], frozenset())
    failure = failure_blocks(
        Run("unit_report", {}, unit_page(2025, "a"), "Enhet 1"), "kodcell 4: ValueError: fel", "a.ipynb"
    )
    return {
        "unit": unit_page_of(one_unit(), folder / "unit"),
        "plan": unit_page_of(plans, folder / "plan", "planen"),
        "comparison": comparison_of(units(3), folder / "three"),
        "comparison with plan": comparison_of(plans, folder / "plan"),
        "comparison of many": comparison_of(units(12), folder / "twelve"),
        "outcome": outcome_of(plan_and_outcome(), folder / "both", "bjorkvik-tallasen-daglig-verksamhet-1"),
        "index": page_html(notebook_of(index_blocks(index))),
        "failure": page_html(notebook_of(failure)),
        "questions": questions_of(doubted_unit(), folder / "questions"),
        "no questions": questions_of(units(2), folder / "none", "enhet-0"),
        "questions of the year": questions_of(doubted_unit(), folder / "questions", ""),
    }


KINDS = [
    "unit",
    "plan",
    "comparison",
    "comparison with plan",
    "comparison of many",
    "outcome",
    "index",
    "failure",
    "questions",
    "no questions",
    "questions of the year",
]
TABLES = {
    "unit": 3,
    "plan": 2,
    "comparison": 3,
    "comparison with plan": 3,
    "comparison of many": 6,
    "outcome": 6,
    "index": 2,
    "failure": 0,
    "questions": 0,
    "no questions": 0,
    "questions of the year": 2,
}
FIGURES = {"unit": 1, "comparison": 1, "comparison with plan": 1, "comparison of many": 2}


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_a_whole_swedish_document(pages, kind):
    html = pages[kind]
    tree = LexborHTMLParser(html)
    assert html.startswith("<!doctype html>")
    assert tree.css_first("html").attributes["lang"] == "sv"
    assert len(tree.css("h1")) == len(tree.css("main")) == len(tree.css("head > title")) == 1
    assert len(tree.css("header")) == len(tree.css("footer")) == 1
    assert tree.css_first("title").text().strip()
    assert tree.css_first("a.skip").attributes["href"] == "#" + tree.css_first("main").id


@pytest.mark.parametrize("kind", KINDS)
def test_headings_follow_each_other(pages, kind):
    levels = [int(node.tag[1]) for node in LexborHTMLParser(pages[kind]).css("h1,h2,h3,h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("kind", KINDS)
def test_ids_are_unique_and_links_on_the_page_lead_somewhere(pages, kind):
    tree = LexborHTMLParser(pages[kind])
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))
    targets = {node.attributes["href"] for node in tree.css("a[href^='#']")}
    assert targets <= {f"#{each}" for each in ids}


@pytest.mark.parametrize("kind", KINDS)
def test_tables_have_captions_and_scoped_headers(pages, kind):
    tree = LexborHTMLParser(pages[kind])
    found = tree.css("table")
    assert len(found) >= TABLES[kind]
    for each in found:
        assert each.css_first("caption").text().strip()
        for head in each.css("th"):
            assert head.attributes["scope"] in ("col", "row", "rowgroup")
            assert head.text().strip()
        columns = len(each.css("thead th"))
        rows = each.css("tbody tr:not(.grp):not(.more)")  # what stands under a row is as wide as the table
        assert all(len(row.css("th,td")) == columns for row in rows)


@pytest.mark.parametrize("kind", KINDS)
def test_figures_have_a_title_a_text_alternative_and_a_table(pages, kind):
    tree = LexborHTMLParser(pages[kind])
    figures = tree.css("figure")
    assert len(figures) == FIGURES.get(kind, 0)
    for each in figures:
        assert each.css_first("figcaption h3").text().strip()
        alts = [node.text() for node in each.css("svg[role=img] > title")]
        assert len(alts) == 2 * len(each.css(".pic"))
        assert all(alt.endswith("Alla tal finns i tabellen.") for alt in alts[:2]) and all(alts)
        assert each.css("table") or tree.css("#indikatorer table")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_asked_of_the_network(pages, kind):
    html = pages[kind]
    assert not re.findall(r"https?://(?!www\.w3\.org/)", html)
    assert html.count("<script") == (kind == "index")  # the index's own search
    assert "src=" not in html and "@import" not in html and "url(" not in html
    assert not LexborHTMLParser(html).css("link:not([rel=icon]), img, iframe")


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_no_code_and_no_prompt(pages, kind):
    assert "In&nbsp;[" not in pages[kind] and "unit.load" not in pages[kind]


def test_a_unit_page_is_small(pages):
    assert len(pages["unit"].encode()) < 250_000


UNIT_FACTS = [
    "1 av 3 enhetsmål uppfylls delvis",
    "Delaktiga barn: 66,8 %, målet är 80 %",
    "Står på rad 202, osäker uppgift. Två av fyra når årsmålet.",
    "4 synpunkter och klagomål, alla om ”Bemötande”",
    "Dessutom 2 beröm",
    "En fråga om dokumentet. 66,82 står utan måttenhet",
    "Når årsmålet, 1 procentenhet över",
    "Når inte årsmålet, 13,2 procentenheter under",
    "Når årsmålet, 0,1 procentenheter under",
    "Går inte att bedöma: årsmål saknas",
    "Tre av fyra synpunkter och klagomål redovisas i årets sista omgång",
    "Hela 2025",
    "Delaktiga barn | 66,82 | | | | 80 % | | 2025",
    "20 januari 2026",
]


@pytest.mark.parametrize("fact", UNIT_FACTS)
def test_facts_on_a_unit_page(pages, fact):
    assert fact in squeezed(pages["unit"])


def test_hard_spaces_and_decimal_commas(pages):
    assert f"66,8{NB}%" in pages["unit"] and f"20{NB}januari 2026" in pages["unit"]
    assert not re.search(r"\d %", text_of(pages["unit"]).split("Källor, ordagrant")[1].split("Dokument:")[0])


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("4 årsmål finns inte i planen: A och B.", "Notera 8 (4 årsmål): rubrik utan text"),
        ("30 ord står på två ställen.", "Notera 8: rubrik utan text"),
    ],
)
def test_a_mark_says_of_how_many_rows_its_finding_is(message, shown):
    finding = pd.Series({"code": "section_empty", "check": False, "number": 8, "message": message})
    assert LexborHTMLParser(finding_link(finding)).body.text() == shown


def test_a_finding_stands_at_its_number_and_in_the_list(pages):
    tree = LexborHTMLParser(pages["unit"])
    link = tree.css_first("#indikatorer a.fx")
    assert link.attributes["href"] == "#f2" and "Kontrollera" in link.text()
    assert "66,82 står utan måttenhet." in tree.css_first("#f2").text()
    asked = tree.css_first("#f2").parent.css_first("summary").text()
    assert "Kontrollera 2" in asked and "Tal utan måttenhet – Delaktiga barn." in asked
    assert "1 uppgift till att notera: uppgift saknas på omslaget (1)" in text_of(pages["unit"])


def corrected_unit() -> Tables:
    """A unit with a correction in every section."""
    tables = Tables()
    report_id = tables.report()
    goals = tables.tree("met", "partly_met")
    value = tables.indicator("Nöjda", 68.25, 80.0, value_raw="66,82")
    activity = tables.activity("Alla får en plan", completed=True)
    count = tables.complaint("Bemötande", (None, 1, 3, 4)).replace("-T1", "-total")
    tables.correction("goals", goals[1], "status", "met", "partly_met", reason=EVIL)
    tables.correction("indicators", value, "value", "66.82", "68.25")
    tables.correction("activities", activity, "end", "2025-06-30", "2025-12-31")
    tables.correction("complaints", count, "count", None, "4")
    tables.correction("reports", report_id, "dnr", "S 2025/7", "S 2025/1")
    tables.report("b", "B")
    tables.indicator("Nöjda", 68.0, 80.0)
    return tables


MARKED = ["header .meta", "#korthet", "#mal tbody", "#indikatorer tbody td.num", "#synpunkter td.num",
          "#aktiviteter td.time"]  # fmt: skip


@pytest.mark.parametrize("place", MARKED)
def test_a_corrected_value_is_marked_where_it_stands(place, tmp_path):
    tree = LexborHTMLParser(unit_page_of(corrected_unit(), tmp_path))
    links = [link for node in tree.css(place) for link in node.css("a.fx") if "Rättad" in link.text()]
    assert links
    for link in links:
        assert tree.css_first(link.attributes["href"]) is not None


def test_what_was_corrected_why_by_whom_and_when(tmp_path):
    html = unit_page_of(corrected_unit(), tmp_path)
    said = [
        " ".join(node.text().replace(NB, " ").split()) for node in LexborHTMLParser(html).css("[id^=rattad-]")
    ]
    assert "Bedömning för målet ”Eget mål 2”. Rättat från ”Uppfylls helt” till ”Uppfylls delvis”." in said[0]
    assert "Utfall för ”Nöjda”. Rättat från 66,82 till 68,25." in said[1]
    assert "Siffrorna var omkastade. Bestämt av Enhetschefen, 3 februari 2026." in said[1]
    assert "Rättat från 30 juni 2025 till 31 december 2025" in said[2]
    assert "”Bemötande”, summa. Rättat från inget värde till 4." in said[3]
    assert EVIL not in html and "utom där det står Rättad" in html
    assert "68,3" in html and "Nöjda | 66,82 |" in squeezed(html)  # the verbatim row stays


def test_a_corrected_value_is_marked_in_the_comparison_and_leads_to_the_unit(tmp_path):
    tree = LexborHTMLParser(comparison_of(corrected_unit(), tmp_path))
    for place, anchor in (("#mal", "#rattad-1"), ("#indikatorer", "#rattad-2"), ("#synpunkter", "#rattad-4")):
        hrefs = [node.attributes["href"] for node in tree.css(f"{place} a.fx")]
        assert f"unit_report/solgarden.html{anchor}" in hrefs


def test_nothing_is_marked_where_nothing_is_corrected(pages):
    assert "Rättad" not in pages["unit"] and "Rättad" not in pages["comparison"]


def test_questions_are_grouped_by_what_the_unit_should_do(pages):
    tree = LexborHTMLParser(pages["questions"])
    groups = {
        section.id: [item.id for item in section.css("ol.todo > li")]
        for section in tree.css("section")
        if section.css("ol.todo")
    }
    assert groups == {"fix": ["f1", "f3", "f6"], "answer": ["f2"], "note": ["f5"], "ours": ["f4"]}
    said = squeezed(pages["questions"])
    assert "3 uppgifter att rätta eller förklara" in said and "1 fråga att svara på" in said
    assert "1 uppgift är bara att notera. 1 uppgift gör den som läser in rapporterna." in said
    assert [len(section.css(".svar")) for section in tree.css("section:has(.todo)")] == [3, 1, 0, 0]
    assert EVIL not in pages["questions"]


def test_a_question_has_its_place_its_words_and_the_document_verbatim(pages):
    tree = LexborHTMLParser(pages["questions"])
    about_row = tree.css_first("#f6").text()
    assert "66,82 står utan måttenhet" in about_row and "Delaktiga barn | 66,82 |" in about_row
    assert f"rad{NB}202" in about_row
    around = tree.css_first("#f1 q").text()
    assert (
        around.startswith("[…] ") and around.endswith(" […]") and "Hos oss är målet delvis uppnått" in around
    )
    assert "Vilket gäller?" in tree.css_first("#f1 .fraga").text()


def test_the_numbers_of_the_questions_are_those_of_the_unit_page(tmp_path):
    tables = doubted_unit()
    asked = LexborHTMLParser(questions_of(tables, tmp_path))
    shown = LexborHTMLParser(unit_page_of(tables, tmp_path))
    for item in asked.css("ol.todo > li"):
        line = shown.css_first(f"#{item.id}").parent.css_first("summary").text()
        assert item.css_first("strong").text().rstrip(". ") in line
    links = {node.attributes["href"] for node in shown.css("#kontrollera a, footer a")}
    assert "../data_quality/solgarden.html" in links


def test_corrections_are_told_with_the_questions(pages):
    tree = LexborHTMLParser(pages["questions"])
    assert "Rättat från ”Uppfylls inte” till ”Uppfylls helt”" in tree.css_first("#rattat").text()
    assert tree.css_first("#rattad-1") is not None


def test_a_report_without_findings_says_so(pages):
    assert "hittade inget att fråga enheten om. Sidan behöver inget svar." in squeezed(pages["no questions"])


def test_the_years_questions_count_what_the_units_pages_have(pages):
    tree = LexborHTMLParser(pages["questions of the year"])
    row = tree.css_first("#enheter tbody tr")
    assert [cell.text() for cell in row.css("td")] == ["4", "2", "0", "1"]
    assert row.css_first("a").attributes["href"] == "data_quality/solgarden.html"
    assert "4 frågor om dokumenten" in squeezed(pages["questions of the year"])


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((2, 3), "bedömning saknas (3) och raden står två gånger (2)"),
        ((4, 3, 2, 1), "{}, rubrik utan text (2) och planens aktivitet saknas i berättelsen (1)"),
        ((4, 3, 2, 1, 1), "{}, rubrik utan text (2) och 2 av andra slag"),
    ],
)
def test_the_commonest_kinds_are_named_and_the_others_counted(counts, said):
    codes = ("row_twice", "status_missing", "section_empty", "plan_activities_dropped", "sexes_apart")
    found = [code for code, count in zip(codes, counts, strict=False) for _ in range(count)]
    assert words.commonest(pd.Series(found)) == said.format("raden står två gånger (4), bedömning saknas (3)")


def test_every_response_is_of_a_kind_of_finding_that_there_is():
    from vbdata.render.pages.quality.data import RESPONSES
    from vbdata.vocabulary import finding_kinds, finding_responses

    assert set(finding_responses()) <= set(finding_kinds())
    assert set(finding_responses().values()) <= set(RESPONSES)


@pytest.mark.parametrize(("rows", "tall"), [(10, False), (40, True)])
def test_a_drawing_taller_than_a_printed_page_is_left_to_its_table(tmp_path, rows, tall):
    tables = Tables()
    tables.report()
    for number in range(rows):
        tables.complaint(f"Fråga {number}", (1, None, None, 1))
    tree = LexborHTMLParser(unit_page_of(tables, tmp_path))
    assert bool(tree.css(".tall > #synpunkter-figur")) is tall
    assert len(tree.css("#synpunkter-figur table tbody tr:not(.grp)")) == rows


def test_what_the_vocabulary_does_not_know_has_its_place_on_the_page(tmp_path):
    tables = one_unit()
    tables.complaint("Annat", (1, None, None, 1), facet=None, group="En ny fråga")
    tables.activity("En aktivitet", deviation=None)
    tree = LexborHTMLParser(unit_page_of(tables, tmp_path))
    assert "Okänd fråga" in tree.css_first("#synpunkter-figur svg.w").html
    assert len(tree.css("#aktiviteter tbody tr:not(.more)")) >= 2


def test_blank_and_zero_are_told_apart(pages):
    rows = LexborHTMLParser(pages["unit"]).css("#synpunkter table tbody tr")
    row = next(row for row in rows if "Kompetens" in row.text())
    assert [cell.text() for cell in row.css("td")][:4] == ["–tom ruta", "–tom ruta", "0", "0"]


def test_a_unit_with_plan_and_report_links_them_to_each_other(tmp_path):
    tables = Tables()
    tables.report()
    tables.report(kind="VP")
    report = LexborHTMLParser(unit_page_of(tables, tmp_path))
    assert report.css_first("header .meta a").attributes["href"] == "solgarden-vp.html"
    plan_page = LexborHTMLParser(unit_page_of(tables, tmp_path, kind="VP"))
    assert plan_page.css_first("header .meta a").attributes["href"] == "solgarden.html"


def test_a_long_list_of_goals_to_follow_up_can_be_opened(tmp_path):
    from vbdata.render.run.results import write_index

    tables = Tables()
    tables.report()
    tables.tree(*["partly_met"] * 15, "not_met")
    write_index(tables.frames(), tmp_path, {})
    section = LexborHTMLParser((tmp_path / "index.html").read_text(encoding="utf-8")).css_first("#enheter")
    assert section.css("table")[1].css_first("tbody").text().count(" · ") == 14
    assert section.css_first("details summary").text() == (
        "Visa 1 mål som inte uppfylls och 15 mål som uppfylls delvis"
    )


PLAN_FACTS = [
    "Det här är en plan",
    "1 enhetsmål i planen",
    "1 av 1 indikator har ett eget årsmål",
    "En plan har ingen blankett",
]


@pytest.mark.parametrize("fact", PLAN_FACTS)
def test_facts_on_a_plan(pages, fact):
    assert fact in squeezed(pages["plan"])


def test_a_plan_has_no_judgements(pages):
    tree = LexborHTMLParser(pages["plan"])
    assert not tree.css("#mal .st")
    assert [head.text() for head in tree.css("#mal thead th")] == [
        *("Mål", "Källa"),
        *("Nämndmål", "KF-mål", "Källa"),
    ]


COMPARISON_FACTS = [
    ("comparison", "Tre enheter sida vid sida"),
    ("comparison", "2 av 6 enhetsmål"),
    ("comparison", "av 6 utfall når inte årsmålet, bland dem nöjda hos Enhet 0"),
    ("comparison", "Det säger inte hur bra enheterna är."),
    ("comparison", "Tre enheter når inte årsmålet för nöjda"),
    ("comparison with plan", "har bara en plan för 2025 och är inte med i jämförelsen."),
    ("comparison with plan", "2 verksamhetsberättelser och 1 verksamhetsplan 2025"),
    ("comparison of many", "Tolv enheter sida vid sida"),
    ("comparison of many", "8 av 24 enhetsmål"),
    ("comparison of many", "12 av 12 enheter har fyllt i blanketten"),
]


@pytest.mark.parametrize(("kind", "fact"), COMPARISON_FACTS)
def test_facts_on_a_comparison(pages, kind, fact):
    assert fact in squeezed(pages[kind])


def test_units_are_in_alphabetical_order_never_by_value(pages):
    matrix = LexborHTMLParser(pages["comparison"]).css_first("#mal table")
    heads = [node.text() for node in matrix.css("thead th")][1:]
    assert heads == sorted(heads, key=analyse.swedish_key)


def test_complaints_of_units_are_never_added_up(pages):
    tree = LexborHTMLParser(pages["comparison"])
    cells = [cell.text() for cell in tree.css("#synpunkter tbody td")]
    # per question and per category, as the form's own total says although periods are blank
    assert cells == ["4om ”Bemötande”"] * 3 + ["4"] * 3


def test_different_forms_stand_beside_each_other_only_by_concept(tmp_path):
    tables = Tables()
    tables.report("a", "A")
    tables.complaint("Bemötande", (1, None, None, 1))
    tables.complaint("Beröm", (5, None, None, 5), facet="praise", group="Beröm", concept="praise")
    tables.report("b", "B")
    tables.complaint(
        "Bemötande", (2, None, None, 2), facet="case_subject", template="2023", group="Vad gällde …?"
    )
    tables.complaint(
        "Antal beröm", (3, None, None, 3), facet="praise", group="Beröm", template="2023", concept="praise"
    )
    tables.report("c", "C")
    rows = LexborHTMLParser(comparison_of(tables, tmp_path)).css("#synpunkter tbody tr:not(.grp)")
    shown = [(row.css_first("th").text(), *(cell.text() for cell in row.css("td"))) for row in rows]
    assert shown == [
        (
            "Synpunkter och klagomål (blanketten 2025)",
            "1om ”Bemötande”",
            "frågan ställs inte",
            "blankett saknas",
        ),
        (
            "Klagomål, synpunkter och avvikelser (blanketten 2023)",
            "frågan ställs inte",
            "2om ”Bemötande”",
            "blankett saknas",
        ),
        ("Beröm", "5", "3", "blankett saknas"),
        ("Beröm", "5", "3", "blankett saknas"),
        ("Bemötande", "1", "frågan ställs inte", "blankett saknas"),
        ("Bemötande", "frågan ställs inte", "2", "blankett saknas"),
    ]


INDEX_FACTS = [
    "Verksamhetsberättelser 2025",
    "2 av 4 enhetsmål uppfylls inte helt",
    "Underlag 2 verksamhetsberättelser och 1 verksamhetsplan. Sidan vet inte om fler enheter",
    "utfall når inte årsmålet: ",
    "Planens enhet Verksamhetsplan 2025 inte gjord än",
    "Övriga: enheten eller dess typ finns inte i enhetsregistret.",
]


@pytest.mark.parametrize("fact", INDEX_FACTS)
def test_facts_on_the_index(pages, fact):
    assert fact in squeezed(pages["index"])


EMPTY = {
    "no form": (lambda t: None, "Blanketten för synpunkter och klagomål saknas i dokumentet."),
    "blank form": (lambda t: t.complaint("Bemötande"), "Blanketten finns men är tom"),
    "no indicators": (lambda t: None, "Dokumentet har inga indikatorer som har kunnat läsas."),
    "no goals": (lambda t: None, "Dokumentet har inga mål som har kunnat läsas."),
    "no activities": (lambda t: None, "Dokumentet har inga aktiviteter som har kunnat läsas."),
    "no findings": (lambda t: None, "Inläsningen hittade inget att kontrollera eller notera."),
    "no cover": (lambda t: None, "saknas i dokumentet"),
}


@pytest.mark.parametrize("name", EMPTY)
def test_what_is_missing_is_said(tmp_path, name):
    add, said = EMPTY[name]
    tables = Tables()
    tables.report(dnr=None, date=None, board=None)
    add(tables)
    assert said in squeezed(unit_page_of(tables, tmp_path))


def test_nothing_that_a_report_says_becomes_markup(tmp_path):
    tables = Tables()
    tables.report(name=EVIL, dnr=EVIL, board=EVIL, source=EVIL)
    tables.goal("unit", EVIL, "not_met", status_raw=EVIL)
    row = tables.indicator(EVIL, 1.0, 2.0, value_raw=f"1 {EVIL}")
    tables.indicator("Ord", None, None, target_rule="increase", target_raw=EVIL, measure_unit=EVIL)
    tables.activity(EVIL, start_raw=EVIL)
    tables.complaint(EVIL, (None, None, 1, 1), group=EVIL, comment=EVIL)
    tables.finding("number_without_unit", "warning", EVIL, row, action=EVIL)
    tables.report("b", EVIL, kind="VB")
    tables.goal("unit", EVIL, "met")
    tables.indicator(EVIL, 1.0, 2.0)
    for html in (unit_page_of(tables, tmp_path), comparison_of(tables, tmp_path)):
        assert "<script" not in html.lower()
        assert "&lt;script&gt;" in html


def test_an_indicator_without_a_measure_unit_has_its_place_on_the_page(tmp_path):
    tables = Tables()
    tables.report()
    tables.goal("unit", "Alla hittar hem", "met")
    tables.indicator("Andel som hittar hem", 81.0, 85.0)
    tables.indicator("Antal promenader", 12.0, 10.0, measure_unit=None)
    html = squeezed(unit_page_of(tables, tmp_path))
    assert "Antal promenader" in html and "12" in html


def test_the_index_escapes_too(tmp_path):
    from vbdata.render.run.results import write_index

    tables = Tables()
    tables.report(name=EVIL)
    tables.goal("unit", EVIL, "not_met")
    frames = tables.frames()
    write_index(frames, tmp_path, {})
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert EVIL not in html and html.count("<script") == 1 and "&lt;script&gt;" in html


def test_attributes_are_escaped():
    assert element("p", "a", title='"><b>') == Html('<p title="&#34;&gt;&lt;b&gt;">a</p>')


def test_a_table_refuses_a_row_with_a_cell_too_few():
    with pytest.raises(ValueError, match="celler"):
        table("A", [Column("B"), Column("C")], [Group([Row("x", [])])])
    assert "<td" in table("A", [Column("B"), Column("C")], [Group([Row("x", [Cell("1")])])])


def test_a_figure_without_a_text_alternative_is_refused():
    with pytest.raises(ValueError, match="textalternativ"):
        figure(lambda width: None, "f", "Titel", "Under", " ")  # type: ignore[arg-type,return-value]


def test_the_three_are_three():
    with pytest.raises(ValueError, match="tre"):
        three([])


@pytest.mark.parametrize(
    ("status", "count", "short", "expected"),
    [
        ("met", None, False, "Uppfylls helt"),
        ("met", None, True, "Helt"),
        ("partly_met", 2, False, f"2{NB}uppfylls delvis"),
        ("no_data", 1, False, f"1{NB}inga data"),
        ("", None, False, "Bedömning saknas"),
    ],
)
def test_a_judgement_is_always_a_word(status, count, short, expected):
    assert LexborHTMLParser(chip(status, count, short)).body.text() == expected


def goal_summary(*statuses: str | None):
    tables = Tables()
    tables.report()
    tables.tree(*statuses)
    return analyse.summarise_goals(tables.frames()["goals"])


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((), "Inga enhetsmål i dokumentet"),
        (("met",), "Enhetens enda mål uppfylls helt"),
        (("met", "met"), "Alla 2 enhetsmål uppfylls helt"),
        (("met", "not_met"), "1 av 2 enhetsmål uppfylls inte"),
        (("partly_met", "not_met", "met"), "2 av 3 enhetsmål uppfylls inte helt"),
        (("met", "no_data"), "1 av 2 enhetsmål uppfylls helt"),
        (("met", None), "1 av 2 enhetsmål uppfylls helt"),
    ],
)
def test_the_statement_about_goals(statuses, expected):
    assert words.goals_statement(goal_summary(*statuses)) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], "Inga indikatorer hittades i dokumentet"),
        ([(84, 83)], "Den enda indikatorn når årsmålet"),
        ([(80, 83)], "1 av 1 indikator når inte årsmålet"),
        ([(84, 83), (84, 83)], "Alla 2 indikatorer når årsmålet"),
        ([(84, 83), (None, 83)], "1 av 2 indikatorer når årsmålet"),
        ([(None, 83), (None, 83)], "Ingen av 2 indikatorer går att jämföra med ett årsmål"),
        ([(None, 83)], "Indikatorn går inte att jämföra med ett årsmål"),
    ],
)
def test_the_statement_about_indicators(values, expected):
    tables = Tables()
    tables.report()
    for value, target in values:
        tables.indicator("Nöjda", value, target)
    assert indicators_statement(analyse.summarise_indicators(tables.frames()["indicators"])) == expected


@pytest.mark.parametrize(
    ("value", "measure_unit", "expected"),
    [
        (1.0, "%", f"1{NB}procentenhet över"),
        (-13.18, "%", f"13,2{NB}procentenheter under"),
        (0.0, "%", "precis"),
        (3.0, "index", "3 över"),
        (0.02, "%", f"mindre än 0,1{NB}procentenheter över"),
        (-0.2, "kg CO2e/kg", f"0,2{NB}kg CO2e/kg under"),
    ],
)
def test_how_far_above_or_below(value, measure_unit, expected):
    assert words.difference(value, measure_unit) == expected


def test_names_are_not_shortened_into_each_other():
    import pandas as pd

    names = words.short_names(pd.Series(["Påverka (LSS)", "Påverka", "Trygga (LSS)"]))
    assert names == {"Påverka (LSS)": "Påverka (LSS)", "Påverka": "Påverka", "Trygga (LSS)": "Trygga"}


@pytest.mark.parametrize(
    ("target", "page", "expected"),
    [
        (INDEX, unit_page(2025, "a"), "../../index.html"),
        (comparison_page(2025), unit_page(2025, "a"), "../unit_comparison.html"),
        (unit_page(2025, "a"), comparison_page(2025), "unit_report/a.html"),
        (unit_page(2024, "a"), unit_page(2025, "a"), "../../2024/unit_report/a.html"),
        (unit_page(2025, "a", "VP"), unit_page(2025, "a"), "a-vp.html"),
        (unit_page(2025, "a"), INDEX, "2025/unit_report/a.html"),
    ],
)
def test_links_between_pages(target, page, expected):
    assert href(target, page) == expected


def test_the_runs_of_the_years(tmp_path):
    tables = Tables()
    tables.report("a", "A")
    tables.report("a", "A", kind="VP")
    tables.report("b", "B", kind="VP")
    tables.report("a", "A", year=2024)
    reports = tables.frames()["reports"]
    assert [str(run.page) for run in plan(reports, tmp_path)] == [
        "2025/unit_report/a.html",
        "2025/unit_report/a-vp.html",
        "2025/unit_report/b.html",
        "2025/data_quality/a.html",
        "2025/data_quality/a-vp.html",
        "2025/data_quality/b.html",
        "2025/data_quality.html",
        "2025/plan_vs_outcome/a.html",
        "2025/unit_comparison.html",
        "2024/unit_report/a.html",
        "2024/data_quality/a.html",
        "2024/data_quality.html",
    ]
    assert [str(run.page) for run in plan(reports, tmp_path, years=[2025], units=["b"])] == [
        "2025/unit_report/b.html",
        "2025/data_quality/b.html",
    ]


def test_the_notebooks_declare_their_parameters():
    assert declared(ROOT / "notebooks/unit_report.ipynb") == {
        "unit_id": "str",
        "year": "int",
        "processed": "str",
        "kind": "str",
        "profile": "str",
        "threshold": "int",
    }
    assert declared(ROOT / "notebooks/plan_vs_outcome.ipynb") == {
        "unit_id": "str",
        "year": "int",
        "processed": "str",
        "kind": "str",
        "plan_id": "str",
        "profile": "str",
        "threshold": "int",
    }
    assert declared(ROOT / "notebooks/unit_comparison.ipynb") == {
        "year": "int",
        "processed": "str",
        "unit_ids": "list[str]",
        "profile": "str",
        "threshold": "int",
    }


@pytest.mark.parametrize(
    ("notebook", "parameters", "named"),
    [
        ("unit_report", {"enhet": "a"}, "enhet"),
        ("unit_report", {"year": "2025"}, "year"),
        ("unit_report", {"year": True}, "year"),
        ("unit_report", {"unit_id": None}, "unit_id"),
        ("unit_comparison", {"unit_ids": "a"}, "unit_ids"),
        ("unit_comparison", {"unit_ids": [1]}, "unit_ids"),
    ],
)
def test_wrong_parameters_are_refused_before_the_run(notebook, parameters, named):
    with pytest.raises(ParameterError, match=named):
        check(ROOT / f"notebooks/{notebook}.ipynb", parameters)


def test_right_parameters_are_let_through():
    check(ROOT / "notebooks/unit_comparison.ipynb", {"year": 2025, "unit_ids": ["a", "b"]})


def test_an_untyped_parameter_is_refused(tmp_path):
    notebook = nbformat.read(ROOT / "notebooks/unit_report.ipynb", 4)
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    cell.source = 'unit_id = "a"'
    nbformat.write(notebook, tmp_path / "a.ipynb")
    with pytest.raises(ParameterError, match="typ"):
        declared(tmp_path / "a.ipynb")


@pytest.mark.parametrize("name", ["unit_report", "unit_comparison", "plan_vs_outcome"])
def test_notebooks_are_short_and_empty(name):
    notebook = json.loads((ROOT / f"notebooks/{name}.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in code) == 1
    # The parameters are as many as they are; test_house.py holds that cell to nothing else.
    work = [cell["source"] for cell in code if "parameters" not in cell["metadata"].get("tags", [])]
    assert all(len(source) <= 4 and "def " not in "".join(source) for source in work)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"


def test_a_picture_without_a_text_alternative_is_not_exported():
    notebook = notebook_of([])
    output = nbformat.v4.new_output("display_data", data={"image/png": "AAAA", "text/plain": "<Figure>"})
    notebook.cells.append(nbformat.v4.new_code_cell("", outputs=[output]))
    with pytest.raises(NotebookError, match="textalternativ"):
        page_html(notebook)
    output.metadata["image/png"] = {"alt": "Tre staplar."}
    assert 'alt="Tre staplar."' in page_html(notebook)


def test_an_analysts_own_cells_are_shown_too():
    notebook = notebook_of([])
    notebook.cells.append(nbformat.v4.new_markdown_cell("## Egen rubrik\n\nText å ä ö."))
    stream = nbformat.v4.new_output("stream", name="stdout", text="a < b")
    noise = nbformat.v4.new_output("stream", name="stderr", text="varning")
    notebook.cells.append(nbformat.v4.new_code_cell("print('hemligt')", outputs=[stream, noise]))
    html = page_html(notebook)
    assert "Egen rubrik</h2>" in html and "a &lt; b" in html
    assert "hemligt" not in html and "varning" not in html


@pytest.fixture
def importable(monkeypatch):
    """Kernels find the package where the tests found it, installed or not."""
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))


@pytest.mark.slow
def test_the_years_pages_are_made(tmp_path, importable):
    tables = one_unit()
    tables.report("annan", "Den andra enheten", kind="VP")
    tables.tree(None)
    processed, reports, done = tables.write(tmp_path / "processed"), tmp_path / "reports", []
    results = render_reports(processed, reports, progress=lambda *counts: done.append(counts))
    assert [str(result.page) for result in results] == [
        "2025/unit_report/solgarden.html",
        "2025/unit_report/annan.html",
        "2025/data_quality/solgarden.html",
        "2025/data_quality/annan.html",
        "2025/data_quality.html",
        "2025/unit_comparison.html",
        "index.html",
    ]
    assert all(result.ok for result in results), results
    assert done[0] == (0, 6) and done[-1] == (6, 6)
    html = (reports / "2025/unit_report/solgarden.html").read_text(encoding="utf-8")
    assert "1 av 3 enhetsmål uppfylls delvis" in html
    assert len(LexborHTMLParser(html).css("h1")) == 1 and "unit.load" not in html
    index = LexborHTMLParser((reports / "index.html").read_text(encoding="utf-8"))
    links = {
        node.attributes["href"].split("#")[0] for node in index.css("a") if ".html" in node.attributes["href"]
    }
    assert links == {str(result.page) for result in results[:-1]}
    for page in reports.rglob("*.html"):
        for node in LexborHTMLParser(page.read_text(encoding="utf-8")).css("a[href*='.html']"):
            assert (page.parent / node.attributes["href"].split("#")[0]).resolve().is_file(), (
                page,
                node.html,
            )


@pytest.mark.slow
def test_a_failing_notebook_is_told_on_its_page_in_the_index_and_in_the_manifest(
    tmp_path, importable, monkeypatch
):
    from vbdata.render.run import make as runs

    folder = tmp_path / "notebooks"
    folder.mkdir()
    notebook = nbformat.read(ROOT / "notebooks/unit_report.ipynb", 4)
    notebook.cells.insert(4, nbformat.v4.new_code_cell("if unit_id == 'b':\n    raise ValueError('<b>')"))
    nbformat.write(notebook, folder / "unit_report.ipynb")
    monkeypatch.setattr(runs, "notebook_folder", lambda: folder)
    tables = Tables()
    tables.report("a", "Den första")
    tables.report("b", "Den <andra>")
    processed, reports = tables.write(tmp_path / "p"), tmp_path / "reports"
    results = render_reports(processed, reports, notebooks=["unit_report"], jobs=1)
    assert [result.ok for result in results] == [True, False, True]
    assert results[1].message == "kodcell 4: ValueError: <b>"
    assert all(result.seconds > 0 for result in results)
    html = results[1].path.read_text(encoding="utf-8")
    assert (
        "Sidan kunde inte göras." in html and "Den &lt;andra&gt;" in html and "ValueError: &lt;b&gt;" in html
    )
    assert LexborHTMLParser(html).css_first("#fel p a").attributes["href"] == "b.ipynb"
    assert results[1].path.with_suffix(".ipynb").is_file()
    failed = LexborHTMLParser((reports / "index.html").read_text(encoding="utf-8")).css_first("#fel")
    assert failed.css_first("a").text() == "Den <andra>, verksamhetsberättelse 2025"
    assert "kodcell 4: ValueError: <b>" in failed.text()
    entries = manifest.read(reports)
    assert [entry.ok for entry in entries.values()] == [True, False]


def entry(page: str, **values) -> Entry:
    fields = {
        "title": "A",
        "notebook": "unit_report.ipynb",
        "parameters": {},
        "documents": {},
        "data_sha256": "0" * 64,
        "vbdata": "1",
        "made": "2026-02-03T04:05:06+01:00",
        "seconds": 1.0,
        "engine": "fork",
        "findings": 0,
        "checks": 0,
        "ok": True,
    }
    return Entry(page=page, **{**fields, **values})


def test_the_manifest_says_how_a_page_was_made(tmp_path):
    from vbdata.store import data_sha256

    tables = one_unit()
    processed = tables.write(tmp_path)
    frames = tables.frames()
    (run,) = plan(frames["reports"], processed, notebooks=["unit_report"])
    data = data_sha256(processed)
    made = manifest.entry(run, frames, data, engine="fork", seconds=1.234, message="")
    assert made.parameters == {
        "unit_id": "solgarden",
        "year": 2025,
        "processed": processed.name,
        "kind": "VB",
    }
    assert (made.findings, made.checks, made.ok, made.seconds) == (2, 1, True, 1.23)
    assert made.documents == {"2025-vb-solgarden": "0" * 64} and made.data_sha256 == data
    manifest.update(tmp_path, [made], {made.page})
    assert manifest.read(tmp_path) == {made.page: made}
    said = squeezed(unit_page_of(tables, tmp_path))
    given = "unit_id solgarden, year 2025, kind VB, profile internal"
    assert f"av anteckningsboken unit_report.ipynb ({given})" in said
    assert f"Tabellerna: sha256 {data[:12]}" in said and "2 anmärkningar, varav 1 att kontrollera" in said


def test_the_manifest_keeps_pages_made_earlier_and_forgets_units_that_are_gone(tmp_path):
    pages = [f"2025/unit_report/{unit}.html" for unit in "abc"]
    manifest.update(tmp_path, [entry(page) for page in pages], pages)
    found = manifest.update(tmp_path, [entry(pages[1], ok=False, message="fel")], pages[:2])
    assert list(found) == pages[:2] and manifest.read(tmp_path) == found
    assert found[pages[0]].ok and not found[pages[1]].ok


def test_a_broken_manifest_is_an_error_that_names_the_file(tmp_path):
    (tmp_path / "2025").mkdir()
    (tmp_path / "2025/manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(NotebookError, match=r"manifest\.json"):
        manifest.read(tmp_path)


def test_the_index_shows_each_run_and_no_page_of_a_unit_that_is_gone(tmp_path):
    from vbdata.render.run.results import write_index

    tables = Tables()
    tables.report("mossbrinkens-stodboende", "Mossbrinkens stödboende")
    tables.report("a", "A")
    tables.report("a", "A", kind="VP")
    folder = tmp_path / "2025/unit_report"
    folder.mkdir(parents=True)
    for name in ("mossbrinkens-stodboende", "a", "borta"):
        (folder / f"{name}.html").write_text("x", encoding="utf-8")
    done, failed = "2025/unit_report/mossbrinkens-stodboende.html", "2025/unit_report/a.html"
    entries = {done: entry(done), failed: entry(failed, ok=False, message="kodcell 4: ValueError: x")}
    write_index(tables.frames(), tmp_path, entries)
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    section = LexborHTMLParser(html).css_first("#sidor")
    groups = [node.text() for node in section.css("tr.grp")]
    assert groups[0].startswith("Björkvik-Tallåsen (exempel) · Grupp- och") and groups[-1] == "Övriga"
    assert [node.text() for node in section.css("li .lvl")] == [
        "gjord 3\u00a0februari 2026",
        "misslyckades 3\u00a0februari 2026: kodcell 4: ValueError: x",
        "inte gjord än",
        "inte gjord än",  # plan and outcome
    ]
    assert "borta.html" not in html


def test_an_unknown_notebook_is_refused(tmp_path):
    with pytest.raises(ParameterError, match="anteckningsbok"):
        plan(Tables().frames()["reports"], tmp_path, notebooks=["finns-inte"])


def test_no_reports_is_an_error_not_an_empty_index(tmp_path):
    with pytest.raises(MissingDataError, match="inga rapporter"):
        render_reports(Tables().write(tmp_path / "p"), tmp_path / "r")
    assert not (tmp_path / "r").exists()
