"""The page of plan and outcome: what a reader is told, and where each row leads."""

from __future__ import annotations

from pathlib import Path

import pytest
from page_tables import Tables, plan_and_outcome
from selectolax.lexbor import LexborHTMLParser
from test_render import outcome_of, questions_of, squeezed, unit_page_of

from vbdata import register
from vbdata.analyse.plan_outcome import level_counts
from vbdata.errors import MissingDataError
from vbdata.ingest import ingest
from vbdata.render import outcome, render_reports
from vbdata.render.parts import addresses
from vbdata.render.parts.export import notebook_of, page_html
from vbdata.render.parts.outcomes import divided
from vbdata.render.run.plan import plan

ROOT = Path(__file__).resolve().parents[1]
UNIT = "bjorkvik-tallasen-daglig-verksamhet-1"
OLD = "tallasens-dagliga-verksamhet"


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> str:
    return outcome_of(plan_and_outcome(), tmp_path_factory.mktemp("page"), UNIT)


@pytest.mark.parametrize(
    "fact",
    [
        # whose plan it is, before anything else
        "Planen är skriven av Tallåsens dagliga verksamhet. Tallåsens dagliga verksamhet delades den 1 april",
        "Björkvik-Tallåsen daglig verksamhet 1 är en av två enheter som tog över.",
        "Ingen rapport är inläst från Björkvik-Tallåsen daglig verksamhet 2.",
        # the three
        "1 av 5 enhetsmål i planen finns inte i rapporten",
        "”Fler går på bio” finns bara i planen (planen rad 108).",
        "”Brukarna har en egen kör” finns bara i rapporten (rapporten rad 108).",
        "Två är omformulerade. Ett går inte säkert att följa.",
        "Rapportens bedömning av de tre mål som finns i båda: 1 uppfylls delvis 2 uppfylls helt",
        "2 av 4 utfall når inte årsmålet Trygga: 60 % mot årsmålet 65 % (rapporten rad 203).",
        "1 av 3 egna årsmål i planen är ett annat i rapporten.",
        "Nöjda: 80 % i planen, 75 % i rapporten (planen rad 201, rapporten rad 201).",
        "1 indikator i planen finns inte i rapporten.",
        "Ett eget årsmål är därför inte uppföljt: Sjukfrånvaro, 5 % (planen rad 203). Ett årsmål står bara i",
        "1 av 3 aktiviteter i planen finns inte i rapporten",
        "”Bygga en scen” är flyttad från 30 juni 2025 till 31 december 2025 (planen rad 301, rapporten",
        "En finns bara i rapporten. 1 aktivitet i rapporten saknar analys.",
        # the tables
        "Enhetsmål 5 1 2 1 1 1 1 5",
        "I planen: Alla lagar mat I rapporten: Alla lagar god mat",
        "Utbildning i dataskydd Kan vara ”Utbildning i brandskydd” (rapporten rad 107).",
        "Utbildning i brandskydd Kan vara ”Utbildning i dataskydd” (planen rad 107).",
        "Nöjda Når årsmålet, 6 procentenheter över 80 % 75 % 81 %",
        "Bygga en scen Slutar 184 dagar senare än i planen 1 januari–30 juni 2025 Hela 2025 Finns",
    ],
)
def test_facts_on_the_page(page, fact):
    assert fact in squeezed(page)


def test_every_row_of_both_documents_leads_to_its_verbatim_text(page):
    tree = LexborHTMLParser(page)
    lists = tree.css("#kallor ol.kalla")
    assert [len(each.css("li")) for each in lists] == [3 + 5 + 4 + 3, 3 + 5 + 4 + 3]
    heads = [each.text().split(" ur ")[1] for each in tree.css("#kallor summary")]
    assert heads == [
        "Verksamhetsplan 2025, Tallåsens dagliga verksamhet, diarienummer S 2025/1",
        "Verksamhetsberättelse 2025, Björkvik-Tallåsen daglig verksamhet 1, diarienummer S 2025/1",
    ]


def test_the_headings_stand_in_the_order_of_need(page):
    groups = [row.text().strip() for row in LexborHTMLParser(page).css("tr.grp")]
    assert groups == [
        "Bara i planen", "Omformulerade", "Kan höra ihop", "Bara i rapporten",
        "Når inte årsmålet", "Årsmålet är ett annat i rapporten", "Indikatorn finns inte i rapporten",
        "Samma årsmål i plan och rapport",
        "Nytt slutdatum", "Bara i planen", "Bara i rapporten",
    ]  # fmt: skip


def test_a_units_own_plan_needs_no_word_about_whose_it_is(tmp_path):
    tables = Tables()
    tables.report(kind="VP")
    tables.tree(None)
    tables.report()
    tables.tree("met")
    page = squeezed(outcome_of(tables, tmp_path, "solgarden"))
    assert "Planen är skriven av" not in page
    assert "Planens enda enhetsmål finns i rapporten" in page
    assert "Planen har inga indikatorer" in page and "Planen har inga aktiviteter" in page
    assert "Varken planen eller rapporten har indikatorer" in page


def test_a_goal_without_a_judgement_is_not_among_the_judged(tmp_path):
    tables = Tables()
    for kind, statuses in (("VP", (None, None, None)), ("VB", ("met", "not_met", None))):
        tables.report(kind=kind)
        tables.tree(*statuses)
    page = squeezed(outcome_of(tables, tmp_path, "solgarden"))
    assert "Alla 3 enhetsmål i planen finns i rapporten" in page
    assert "Ett saknar bedömning i rapporten. Bedömningen av de två andra: 1 uppfylls inte" in page


def test_an_empty_report_drops_all_and_guesses_nothing(tmp_path):
    tables = Tables()
    tables.report(kind="VP")
    goal = tables.tree(None, None)[0]
    tables.indicator("Nöjda", None, 80.0, goal_id=goal)
    tables.activity("Måla", goal_id=goal)
    tables.report()
    page = squeezed(outcome_of(tables, tmp_path, "solgarden"))
    assert "Inget av planens 2 enhetsmål finns i rapporten" in page
    assert "Rapporten har inga mål som har kunnat läsas." in page
    assert "Rapporten har inga aktiviteter som har kunnat läsas." in page


def test_what_a_plan_says_never_becomes_markup(tmp_path):
    tables = Tables()
    evil = '<script>alert("x")</script>'
    for kind in ("VP", "VB"):
        tables.report("solgarden", evil, kind=kind)
        goal = tables.tree(None)[0]
        tables.goal("unit", f"{kind} {evil}", None)
        tables.indicator(f"{kind} {evil}", None, 1.0, goal_id=goal)
        tables.activity(f"{kind} {evil}", goal_id=goal)
    page = outcome_of(tables, tmp_path, "solgarden")
    assert "<script" not in page and "&lt;script&gt;" in page


def test_no_plan_is_an_error_that_says_what_to_do(tmp_path):
    tables = Tables()
    tables.report()
    with pytest.raises(MissingDataError, match=r"solgarden.*successions\.csv"):
        outcome.load("solgarden", 2025, tables.write(tmp_path))


# After a merger a report has several plans, and a page for each.


def merged(monkeypatch, folder: Path) -> Tables:
    folder.mkdir()
    names = {"a": "Alby", "b": "Berga", "c": "Centrum"}
    units = "".join(f"{unit_id},{name},,,\n" for unit_id, name in names.items())
    (folder / "units.csv").write_text("unit_id,name,type,district,aliases\n" + units, encoding="utf-8")
    rows = "a,c,merge,2025-03-01,,x\nb,c,merge,2025-03-01,,x\n"
    head = "predecessor_id,successor_id,kind,date,share,source\n"
    (folder / "successions.csv").write_text(head + rows, encoding="utf-8")
    monkeypatch.setenv(register.ENVIRONMENT, str(folder))
    tables = Tables()
    for unit_id in ("a", "b"):
        tables.report(unit_id, names[unit_id], kind="VP")
        tables.tree(None)
    tables.report("c", "Centrum")
    tables.tree("met")
    return tables


def test_after_a_merger_each_plan_has_its_page_and_they_lead_to_each_other(tmp_path, monkeypatch):
    tables = merged(monkeypatch, tmp_path / "register")
    runs = [run for run in plan(tables.frames()["reports"], tmp_path) if run.notebook == "plan_vs_outcome"]
    assert [(str(run.page), run.title) for run in runs] == [
        ("2025/plan_vs_outcome/c--a.html", "Centrum, plan och utfall 2025 (Alby)"),
        ("2025/plan_vs_outcome/c--b.html", "Centrum, plan och utfall 2025 (Berga)"),
    ]
    page = outcome_of(tables, tmp_path / "data", "c", "2025-vp-b")
    assert "Planen är skriven av Berga. Berga gick upp i Centrum den 1 mars 2025." in squeezed(page)
    assert 'href="c--a.html"' in page


# Doubts and corrections of the documents


def test_a_doubt_about_a_row_leads_to_the_list_on_the_documents_own_page(tmp_path):
    tables = plan_and_outcome()
    report_id = tables.report_id
    tables.finding("number_without_unit", "warning", "81 står utan måttenhet.", f"{report_id}/i01")
    tables.report_id = f"2025-vp-{OLD}"
    tables.finding("number_without_unit", "warning", "80 står utan måttenhet.", f"2025-vp-{OLD}/i01")
    page = outcome_of(tables, tmp_path, UNIT)
    assert f'href="../unit_report/{UNIT}.html#f1"' in page
    assert f'href="../unit_report/{OLD}.html#f1"' in page


def test_a_correction_is_marked_at_its_value(tmp_path):
    tables = plan_and_outcome()
    tables.correction("indicators", f"{tables.report_id}/i01", "target", "85.0", "75.0")
    page = outcome_of(tables, tmp_path, UNIT)
    assert f'href="../unit_report/{UNIT}.html#rattad-1"' in page


def test_a_page_to_share_says_what_it_leaves_out_and_nothing_untrue(tmp_path):
    data = outcome.load(UNIT, 2025, plan_and_outcome().write(tmp_path), profile="shared")
    said = squeezed(page_html(notebook_of([outcome.summary(data), outcome.activities(data)])))
    assert "Aktiviteternas analyser är utelämnade i den här versionen." in said
    assert "Rapporten har ingen analys" not in said and "saknar analys" not in said


# The notebook


def test_the_notebook_makes_the_same_page(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    processed = plan_and_outcome().write(tmp_path / "data")
    results = render_reports(processed, tmp_path / "reports", notebooks=["plan_vs_outcome"], jobs=1)
    assert [(result.notebook, result.ok, result.message) for result in results] == [
        ("plan_vs_outcome", True, ""),
        ("index", True, ""),
    ]
    page = squeezed((tmp_path / f"reports/2025/plan_vs_outcome/{UNIT}.html").read_text(encoding="utf-8"))
    assert "Planen är skriven av Tallåsens dagliga verksamhet." in page
    assert "1 av 3 egna årsmål i planen är ett annat i rapporten" in page
    assert "1 av 3 aktiviteter i planen finns inte i rapporten" in page
    index = (tmp_path / "reports/index.html").read_text(encoding="utf-8")
    assert f'href="2025/plan_vs_outcome/{UNIT}.html"' in index


# The real reports


def test_the_real_plan_of_a_unit_that_was_split(shared: Path, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    ingest([shared / "seeds"], tmp_path / "data")
    data = outcome.load("hagersten-alvsjo-daglig-verksamhet-2", 2025, tmp_path / "data")
    assert data.plan.report["report_id"] == "2025-vp-liljeholmens-dagliga-verksamhet"
    assert [each.kind for each in data.way] == ["split"]
    goals = level_counts(data.goals).set_index("level")
    assert goals.loc["unit", ["planned", "kept", "dropped", "added"]].tolist() == [9, 9, 0, 1]
    assert (goals["planned"] - goals["kept"]).tolist() == [0, 0, 0, 0]
    ends = data.activities[data.activities["end_change"] == "later"]
    assert [ids[0].split("/")[1] for ids in ends["plan_ids"]] == ["a05"]
    assert [ids[0].split("/")[1] for ids in ends["report_ids"]] == ["a06"]
    changes = data.activities["change"].value_counts().to_dict()
    assert changes == {"kept": 9, "dropped": 2, "added": 1, "unclear": 2}
    gone = data.targets[data.targets["reported"] == "no_row"]
    assert [ids[0].split("/")[1] for ids in gone["plan_ids"]] == ["i05", "i09", "i10"]
    assert data.targets["target_change"].value_counts().to_dict() == {"set": 4, "council": 4, "same": 1}


# Ways to the page


def test_the_report_and_the_plan_lead_to_the_page(tmp_path):
    tables = plan_and_outcome()
    report = unit_page_of(tables, tmp_path, UNIT)
    assert f'href="../plan_vs_outcome/{UNIT}.html"' in report
    assert "planen för Tallåsens dagliga verksamhet bredvid rapporten" in squeezed(report)
    planned = unit_page_of(tables, tmp_path, OLD)
    assert "uppföljd av Björkvik-Tallåsen daglig verksamhet 1" in squeezed(planned)
    unread = "Ingen rapport är inläst från Björkvik-Tallåsen daglig verksamhet 2."
    assert unread in squeezed(planned) and unread in squeezed(questions_of(tables, tmp_path, OLD))


def test_a_unit_that_was_divided_is_told_of_with_who_took_over():
    reports = plan_and_outcome().frames()["reports"]
    plans = reports[reports["kind"] == "VP"]
    told = " ".join(divided(plans, reports, addresses.INDEX))
    assert "Tallåsens dagliga verksamhet delades den 1\u00a0april 2025. Planen följs upp av <a " in told
    assert told.endswith("Ingen rapport är inläst från Björkvik-Tallåsen daglig verksamhet 2.")
    assert "<a " not in " ".join(divided(plans, reports, addresses.INDEX, shared=True))
