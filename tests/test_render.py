from __future__ import annotations

import itertools
import json
import os
import re
from pathlib import Path

import nbformat
import pytest
from page_tables import Tables, one_unit
from selectolax.lexbor import LexborHTMLParser

from vbdata import analyse
from vbdata.errors import MissingDataError, NotebookError, ParameterError
from vbdata.render import comparison, render_reports, unit, words
from vbdata.render.components import chip, figure, three
from vbdata.render.export import notebook_of, page_html
from vbdata.render.html import Html, element
from vbdata.render.layout import INDEX, comparison_page, href, unit_page
from vbdata.render.parameters import check, declared
from vbdata.render.run import Run, notebook_folder, plan, run_one
from vbdata.render.tables import Cell, Column, Group, Row, table

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
        comparison.complaints,
        comparison.gaps,
        comparison.lookup,
        comparison.sources,
        comparison.footer,
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
    from vbdata.render.data import year_of
    from vbdata.render.failure import failure_blocks
    from vbdata.render.index import IndexData, index_blocks

    folder = tmp_path_factory.mktemp("pages")
    plans = units(2)
    plans.report("planen", "Planens enhet", kind="VP")
    plans.tree(None)
    plans.indicator("Nöjda", None, 80.0)
    frames = plans.frames()
    index = IndexData([year_of(frames, 2025)], frames["extraction_log"], [], frozenset())
    failure = failure_blocks("Enhet 1", unit_page(2025, "a"), "cell 4: ValueError: fel")
    return {
        "unit": unit_page_of(one_unit(), folder / "unit"),
        "plan": unit_page_of(plans, folder / "plan", "planen"),
        "comparison": comparison_of(units(3), folder / "three"),
        "comparison with plan": comparison_of(plans, folder / "plan"),
        "comparison of many": comparison_of(units(12), folder / "twelve"),
        "index": page_html(notebook_of(index_blocks(index))),
        "failure": page_html(notebook_of(failure)),
    }


KINDS = ["unit", "plan", "comparison", "comparison with plan", "comparison of many", "index", "failure"]
TABLES = {
    "unit": 3,
    "plan": 2,
    "comparison": 3,
    "comparison with plan": 3,
    "comparison of many": 6,
    "index": 2,
    "failure": 0,
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
        assert all(len(row.css("th,td")) == columns for row in each.css("tbody tr:not(.grp)"))


@pytest.mark.parametrize("kind", KINDS)
def test_figures_have_a_title_a_text_alternative_and_a_table(pages, kind):
    tree = LexborHTMLParser(pages[kind])
    figures = tree.css("figure")
    assert len(figures) == FIGURES.get(kind, 0)
    for each in figures:
        assert each.css_first("figcaption h3").text().strip()
        alts = [node.text() for node in each.css("svg[role=img] > title")]
        assert len(alts) == 2 and all(alt.endswith("Alla tal finns i tabellen.") for alt in alts)
        assert each.css("table")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_asked_of_the_network(pages, kind):
    html = pages[kind]
    assert not re.findall(r"https?://(?!www\.w3\.org/)", html)
    assert "<script" not in html and "@import" not in html and "url(" not in html
    assert not LexborHTMLParser(html).css("link:not([rel=icon]), img, iframe")


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_no_code_and_no_prompt(pages, kind):
    assert "In&nbsp;[" not in pages[kind] and "unit.load" not in pages[kind]


def test_a_unit_page_is_small(pages):
    assert len(pages["unit"].encode()) < 250_000


UNIT_FACTS = [
    "1 av 3 enhetsmål uppfylls delvis",
    "1 av 4 indikatorer når inte årsmålet",
    "Delaktiga barn: 66,8 % mot årsmålet 80 % (rad 202, osäker uppgift)",
    "4 synpunkter och klagomål, alla om ”Bemötande”",
    "Dessutom 2 beröm",
    "En uppgift bör kontrolleras mot dokumentet innan rapporten används vidare",
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


def test_a_finding_stands_at_its_number_and_in_the_list(pages):
    tree = LexborHTMLParser(pages["unit"])
    link = tree.css_first("#indikatorer a.fx")
    assert link.attributes["href"] == "#f1" and "Kontrollera" in link.text()
    assert "66,82 står utan måttenhet." in tree.css_first("#f1").text()
    assert "Notera" in tree.css_first("#f2").text()


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
    from vbdata.render.index import write_index

    tables = Tables()
    tables.report()
    tables.tree(*["partly_met"] * 15, "not_met")
    write_index(tables.frames(), tmp_path, [])
    section = LexborHTMLParser((tmp_path / "index.html").read_text(encoding="utf-8")).css_first("#folj")
    assert [len(each.css("tbody tr")) for each in section.css("table")] == [1, 15]
    assert section.css_first("details summary").text() == "Visa 15 mål som uppfylls delvis"


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
    assert [head.text() for head in tree.css("#mal thead th")] == ["Mål", "Källa"]


COMPARISON_FACTS = [
    ("comparison", "Tre enheter sida vid sida"),
    ("comparison", "2 av 6 enhetsmål"),
    ("comparison", "De finns i 2 av 3 enheter"),
    ("comparison", "2 indikatorer går att läsa sida vid sida"),
    ("comparison", "Jämförelsen rangordnar inte."),
    ("comparison", "Tre enheter når inte årsmålet för nöjda"),
    ("comparison with plan", "1 av 3 enheter har bara en plan för 2025"),
    ("comparison with plan", "2 verksamhetsberättelser och 1 verksamhetsplan 2025"),
    ("comparison of many", "Tolv enheter sida vid sida"),
    ("comparison of many", "8 av 24 enhetsmål"),
    ("comparison of many", "12 av 12 enheter har fyllt i blanketten"),
]


@pytest.mark.parametrize(("kind", "fact"), COMPARISON_FACTS)
def test_facts_on_a_comparison(pages, kind, fact):
    assert fact in squeezed(pages[kind])


def test_units_are_in_alphabetical_order_never_by_value(pages):
    heads = [node.text() for node in LexborHTMLParser(pages["comparison"]).css("#mal thead th")][1:]
    assert heads == sorted(heads, key=analyse.swedish_key)


def test_complaints_of_units_are_never_added_up(pages):
    tree = LexborHTMLParser(pages["comparison"])
    cells = [cell.text() for cell in tree.css("#synpunkter tbody td")]
    assert cells == ["4", "4", "4"]


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
        ("Beröm", "5", "3", "blankett saknas"),
        ("Bemötande", "1", "inte jämförbart", "blankett saknas"),
        ("Bemötande", "inte jämförbart", "2", "blankett saknas"),
    ]


INDEX_FACTS = [
    "Verksamhetsberättelser 2025",
    "2 av 4 enhetsmål uppfylls inte helt",
    "2 verksamhetsberättelser är inlästa för 2025",
    "Inläsningen hittade inget att kontrollera",
    "1 av 2",
    "Planens enhet: verksamhetsplan 2025",
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


def test_the_index_escapes_too(tmp_path):
    from vbdata.render.index import write_index

    tables = Tables()
    tables.report(name=EVIL)
    tables.goal("unit", EVIL, "not_met")
    frames = tables.frames()
    write_index(frames, tmp_path, [])
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "<script" not in html and "&lt;script&gt;" in html


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
        ([], "Inga indikatorer i dokumentet"),
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
    assert words.indicators_statement(analyse.summarise_indicators(tables.frames()["indicators"])) == expected


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
        "2025/unit_comparison.html",
        "2024/unit_report/a.html",
    ]
    assert [str(run.page) for run in plan(reports, tmp_path, years=[2025], units=["b"])] == [
        "2025/unit_report/b.html"
    ]


def test_the_notebooks_declare_their_parameters():
    assert declared(ROOT / "notebooks/unit_report.ipynb") == {
        "unit_id": "str",
        "year": "int",
        "processed": "str",
        "kind": "str",
    }
    assert declared(ROOT / "notebooks/unit_comparison.ipynb") == {
        "year": "int",
        "processed": "str",
        "unit_ids": "list[str]",
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


@pytest.mark.parametrize("name", ["unit_report", "unit_comparison"])
def test_notebooks_are_short_and_empty(name):
    notebook = json.loads((ROOT / f"notebooks/{name}.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(not cell["outputs"] and cell["execution_count"] is None for cell in code)
    assert all(len(cell["source"]) <= 6 and "def " not in "".join(cell["source"]) for cell in code)
    assert sum("parameters" in cell["metadata"].get("tags", []) for cell in code) == 1
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
        "2025/unit_comparison.html",
        "index.html",
    ]
    assert all(result.ok for result in results), results
    assert done[0] == (0, 3) and done[-1] == (3, 3)
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
def test_a_failing_notebook_becomes_a_page_that_says_so(tmp_path, importable):
    run = Run(
        "unit_report",
        {"unit_id": "finns-inte", "year": 2025, "processed": str(one_unit().write(tmp_path / "p"))},
        unit_page(2025, "finns-inte"),
        "Finns inte <b>",
    )
    result = run_one(run, notebook_folder(), tmp_path / "reports")
    assert not result.ok and "MissingDataError" in result.message
    html = result.path.read_text(encoding="utf-8")
    assert "Sidan kunde inte göras." in html and "Finns inte &lt;b&gt;" in html
    assert result.path.with_suffix(".ipynb").is_file()


def test_no_reports_is_an_error_not_an_empty_index(tmp_path):
    with pytest.raises(MissingDataError, match="inga rapporter"):
        render_reports(Tables().write(tmp_path / "p"), tmp_path / "r")
    assert not (tmp_path / "r").exists()
