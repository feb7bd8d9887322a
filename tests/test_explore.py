"""Exploring: the search means what a Swede means, conditions choose what they say, rows have their source."""

from __future__ import annotations

import itertools
import json
import os
import re
from pathlib import Path
from typing import Any

import itables.options as options
import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from itables.javascript import generate_init_offline_itables_html
from page_tables import Tables, one_unit

from vbdata.analyse.filters import filtered
from vbdata.analyse.search import fold, in_context, parse_query, search, spans
from vbdata.errors import ParameterError, UnknownValueError
from vbdata.render import explore, unit
from vbdata.render.pages.explore.interactive import interactive
from vbdata.render.pages.explore.tables import CAVEATS
from vbdata.render.parts.addresses import unit_page

ROOT = Path(__file__).resolve().parents[1]
EVIL = "</script><script>alert(1)</script>"


# Search


@pytest.mark.parametrize(
    ("query", "text", "hits"),
    [
        ("trygg", "Trygghet och TRYGG och otrygg", ["Trygg", "TRYGG", "trygg"]),
        ("idé", "Idéer och ideer och IDE\u0301", ["Idé", "ide", "IDE\u0301"]),
        ("är", "Här är ar", ["är", "är"]),
        ("lagg", "Lägg", []),
        ("åsa", "A\u030asa", ["A\u030asa"]),
        ("verksamhet", "Vår verksam-\nhet växer", ["verksam-\nhet"]),
        ("verksamhet", "Vår verk\u00adsamhet", ["verk\u00adsamhet"]),
        ("lss boende", "LSS-boende och LSS\u2011boende", ["LSS-boende", "LSS\u2011boende"]),
        ("lss-boende", "ett LSS boende", ["LSS boende"]),
        ('"på natten"', "på  natten\noch på\nnatten, natten på", ["på  natten", "på\nnatten"]),
        ("natten trygg", "trygg på natten", ["trygg", "natten"]),
        ("natten trygg", "trygg på dagen", []),
        ("trygg -natt", "trygg på natten", []),
        ("-natt trygg", "trygg på dagen", ["trygg"]),
        ("a.c", "abc", []),
        ("lex (sarah", "Lex (Sarah)", ["Lex", "(Sarah"]),
        ("strasse", "Straße", ["Straße"]),
        ("aa a", "aaa", ["aaa"]),
    ],
)
def test_hits(query: str, text: str, hits: list[str]) -> None:
    if '"' not in query and " " in query and "-" not in query and query.startswith("lss"):
        query = f'"{query}"'
    assert [text[a:b] for a, b in spans(text, parse_query(query))] == hits


def test_whole_words() -> None:
    assert spans("otrygg trygghet", parse_query("trygg", whole_words=True)) == []
    assert spans("en trygg vardag", parse_query("trygg", whole_words=True)) == [(3, 8)]


@pytest.mark.parametrize("query", ["", "   ", "-bara", '""', "-"])
def test_nothing_to_look_for_is_an_error(query: str) -> None:
    with pytest.raises(ParameterError, match="inget att söka efter"):
        parse_query(query)


@given(st.text(alphabet="aå\u030a\u0301-\u00ad\n éÅßx", max_size=40))
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.at) and list(folded.at) == sorted(folded.at)
    assert fold(folded.text).text.strip() == folded.text.strip()


@given(st.text(alphabet="abå -\n", min_size=1, max_size=60), st.text(alphabet="abå", min_size=1, max_size=3))
def test_hits_are_in_order_apart_and_hold_the_term(text: str, term: str) -> None:
    found = spans(text, parse_query(term))
    assert all(a < b for a, b in found)
    assert all(b < c for (_, b), (c, _) in itertools.pairwise(found))
    assert all(term in fold(text[a:b]).text for a, b in found)
    assert bool(found) == (term in fold(text).text)


@given(st.text(alphabet="ab ", min_size=5, max_size=300), st.data())
def test_a_context_is_the_text_itself(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = in_context(text, (start, end), around=20)
    assert found.hit == text[start:end]
    assert found.before.removeprefix("… ") + found.hit + found.after.removesuffix(" …") in text
    assert len(found.before) <= 22 and len(found.after) <= 22


def explored() -> Tables:
    made = one_unit()
    report_id = made.report_id
    made.rows["passages"] += [
        {"report_id": report_id, "row_id": f"{report_id}/p001", "position": 1, "section": "analysis",
         "heading": "Analys", "text": f"De boende är trygga. {EVIL} Personalen är trygg-\nare.",
         "source_line": 501, "source_page": 7},
        {"report_id": report_id, "row_id": f"{report_id}/p002", "position": 2, "text": "Inget."},
    ]  # fmt: skip
    made.rows["quantities"].append(
        {"report_id": report_id, "row_id": f"{report_id}/q001", "position": 1, "text_table": "passages",
         "text_row_id": f"{report_id}/p002", "sentence": "Två av fem.", "value": 2.0, "value_raw": "Två",
         "role": "part"}
    )  # fmt: skip
    made.rows["indicators"][0]["analysis"] = "Tryggheten har ökat."
    for row in made.rows["complaints"][:4]:
        row["comment"] = "Otrygghet i hallen."
    made.correction("indicators", made.rows["indicators"][1]["row_id"], "value", "68.2", "66.82")
    made.report("b-enheten", "B-enheten", year=2024)
    made.tree("not_met")
    return made


def test_all_running_text_is_searched_and_a_comment_once() -> None:
    found = search(explored().frames(), parse_query("trygg"))
    assert found["table"].tolist() == ["passages", "passages", "indicators", "complaints"]
    assert found["hit"].tolist() == ["trygg", "trygg", "Trygg", "trygg"]
    assert found.iloc[1]["before"].endswith("Personalen är ") and found.iloc[0]["source_page"] == 7
    assert search(explored().frames(), parse_query("finnsinte")).empty


# Conditions


@pytest.mark.parametrize(
    ("table", "conditions", "count"),
    [
        ("goals", [], 10),
        ("goals", ["level: unit"], 4),
        ("goals", ["level: Enhetsmål", "status: uppfylls INTE"], 1),
        ("goals", ["level = unit", "status = not_met | partly_met"], 2),
        ("goals", ["level: unit", "status != met"], 2),
        ("goals", ["status: saknas"], 4),
        ("goals", ["title ~ eget mål"], 4),
        ("goals", ["source_line >= 106"], 1),
        ("indicators", ["value < 66,83"], 3),
        ("indicators", ["value: 66.82"], 1),
        ("indicators", ["target: saknas"], 1),
        ("indicators", ["target != saknas", "value > 80 %"], 1),
        ("indicators", ["better: lägre är bättre"], 1),
        ("activities", ["end > 2025-12-30", "deviation: nej"], 1),
        ("activities", ["start > 2025-12-30"], 0),
        ("complaints", ["count: 0"], 2),
        ("complaints", ["count: saknas"], 5),
        ("complaints", ["count < 1"], 2),
    ],
)
def test_conditions(table: str, conditions: list[str], count: int) -> None:
    assert len(filtered(table, explored().frames()[table], conditions)) == count


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ("status", "går inte att förstå"),
        ("status:", "går inte att förstå"),
        ("stauts: met", 'ingen sådan kolumn "stauts" – kolumnerna är report_id'),
        ("title < 3", "varken tal eller datum"),
        ("position: många", "inget tal"),
    ],
)
def test_a_condition_that_does_not_fit_is_an_error_for_people(condition: str, problem: str) -> None:
    with pytest.raises(ParameterError, match=re.escape(problem)):
        filtered("goals", explored().frames()["goals"], [condition])


# The tables in the notebook


def cells_of(html: str) -> list[list[str]]:
    """The cells that itables carries with a table."""
    found = re.search(r'"data_json": ("(?:[^"\\]|\\.)*")', html)
    assert found is not None
    return json.loads(json.loads(found[1]))


@pytest.fixture
def data(tmp_path: Path) -> explore.ExploreData:
    pages = tmp_path / "reports"
    page = pages / unit_page(2025, "solgarden")
    page.parent.mkdir(parents=True)
    page.write_text("x", encoding="utf-8")
    return explore.load(explored().write(tmp_path / "p"), pages)


def test_every_row_has_its_document_place_and_words(data: explore.ExploreData) -> None:
    html = str(explore.rows(data, "indicators", ["value: 66,82"]).html)
    (row,) = cells_of(html)
    assert row[0] == "Solgårdens dagliga verksamhet" and "66,82" in row
    assert "a.txt" in row[2] and "rad\u00a0202" in row[2]
    assert 'unit_report/solgarden.html#k-i02"' in row[2]
    assert "Utfall: i dokumentet läst 68,2. Siffrorna var omkastade." in row[3]
    assert "Delaktiga barn | 66,82 |" in row[-2] and "2025-vb-solgarden/i02" in row[-1]


def test_a_category_leads_to_its_row_on_the_page(data: explore.ExploreData) -> None:
    row = cells_of(str(explore.rows(data, "complaints", ["count: 4"]).html))[0]
    assert 'solgarden.html#k-c1"' in row[2]


def test_a_page_that_is_not_made_is_not_linked(data: explore.ExploreData) -> None:
    row = cells_of(str(explore.rows(data, "goals", ["status: not_met"]).html))[0]
    assert row[0] == "B-enheten" and "href" not in row[2] and "rad\u00a0104" in row[2]


@pytest.mark.parametrize("table", ["reports", "goals", "indicators", "activities", "complaints", "passages",
                                   "quantities", "findings", "corrections"])  # fmt: skip
def test_every_table_can_be_shown(table: str, data: explore.ExploreData) -> None:
    html = str(explore.rows(data, table).html)
    assert len(cells_of(html)) == len(data.tables[table])
    assert (CAVEATS.get(table, "") in html) and EVIL not in html


def test_a_pdf_opens_at_the_page_of_the_row_and_never_where_it_is_passed_on(tmp_path: Path) -> None:
    raw, tables = tmp_path / "data/raw/en mapp", Tables()
    raw.mkdir(parents=True)
    (raw / "a.pdf").write_bytes(b"%PDF-1.4")
    tables.report(source="en mapp/a.pdf", format="pdf")
    tables.indicator(source_page=7)
    processed = tables.write(tmp_path / "data/processed")
    row = cells_of(str(explore.rows(explore.load(processed), "indicators").html))[0]
    assert 'data/raw/en%20mapp/a.pdf#page=7"' in row[2]
    for profile, link in (
        ("internal", 'href="../../../data/raw/en%20mapp/a.pdf#page=7"'),
        ("shared", ".pdf#"),
    ):
        page = unit.sources(unit.load("solgarden", 2025, processed, profile=profile)).html
        assert (link in page) == (profile == "internal")
    (raw / "a.pdf").unlink()
    assert "href" not in cells_of(str(explore.rows(explore.load(processed), "indicators").html))[0][2]


def test_hits_are_marked_escaped_and_placed(data: explore.ExploreData) -> None:
    html = str(explore.hits(data, "trygg").html)
    assert "4 träffar på trygg i 1 rapport" in html
    first = cells_of(html)[0]
    assert first[-1].startswith('<div class="lang">De boende är <mark>trygg</mark>a. &lt;/script&gt;')
    assert "s.\u00a07, rad\u00a0501" in first[2] and "Analys" in first[3]
    assert EVIL not in html and "0 träffar" in str(explore.hits(data, "finnsinte").html)


def test_only_what_is_chosen(tmp_path: Path) -> None:
    processed = explored().write(tmp_path)
    some = explore.load(processed, years=[2024])
    assert some.reports["unit_id"].tolist() == ["b-enheten"] and some.tables["indicators"].empty
    assert "1 rapport av 2 är valda" in str(explore.overview(some).html)
    with pytest.raises(UnknownValueError, match='menade du "solgarden"'):
        explore.load(processed, unit_ids=["solgården"])
    with pytest.raises(ParameterError, match="tabellerna är reports"):
        explore.rows(some, "mål")


def test_a_click_on_a_title_sorts_as_a_swede_does_with_blanks_last(browser: Any) -> None:
    from playwright.sync_api import expect

    rows = [["Örsund", "9,5"], ["", ""], ["Åby", "10"], ["Ängen", "−2"], ["zoo", "1\u00a0000"]]
    html = generate_init_offline_itables_html(options.dt_bundle)
    html += str(interactive(["Enhet", "Utfall"], rows, ""))
    page = browser.new_page()
    page.set_content(f"<!doctype html><html><body>{html}</body></html>")
    page.wait_for_selector("table.dataTable tbody tr:nth-child(5)")

    for title, column, expected in [
        ("Enhet", 1, ["zoo", "Åby", "Ängen", "Örsund", ""]),
        ("Enhet", 1, ["Örsund", "Ängen", "Åby", "zoo", ""]),
        ("Utfall", 2, ["−2", "9,5", "10", "1\u00a0000", ""]),
    ]:
        page.click(f"th .dt-column-title:text-is('{title}')")
        expect(page.locator(f".dataTable tbody td:nth-child({column})")).to_have_text(expected)
    page.close()


@pytest.mark.slow
def test_the_notebook_runs_offline_and_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import papermill

    from vbdata.render.parts.parameters import check

    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    parameters = {
        "processed": str(explored().write(tmp_path / "p")), "reports": "", "query": "trygg", "years": [2025],
        "conditions": ["level: unit"],
    }  # fmt: skip
    notebook = ROOT / "notebooks/explore.ipynb"
    check(notebook, parameters)
    done = tmp_path / "done.ipynb"
    papermill.execute_notebook(notebook, done, parameters, progress_bar=False)
    outputs = [
        output
        for cell in nbformat.read(done, 4).cells
        for output in cell.get("outputs", [])
    ]  # fmt: skip
    assert [output for output in outputs if output.output_type in ("stream", "error")] == []
    html = "\n".join(output.data.get("text/html", "") for output in outputs if "data" in output)
    assert "4 träffar på trygg i 1 rapport" in html and "<mark>trygg</mark>" in html
    assert re.search(r"Mål: \d+ rader av \d+ där level: unit", html)
    loads = r"src=[\"']?https?:|<link[^>]+https?:|from [\"']https?:|import\([\"']https?:|fetch\([\"']https?:"
    assert re.findall(loads, html) == []
