"""Every kind of page in a real browser: axe-core, no network, the keyboard, the index's search."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from page_tables import Tables, one_unit, plan_and_outcome
from test_comparison_statistics import units as answering
from test_over_time_pages import years as reported

from vbdata.render import comparison, outcome, quality, unit
from vbdata.render.parts.addresses import unit_page
from vbdata.render.parts.export import notebook_of, page_html
from vbdata.render.parts.made import Entry
from vbdata.render.run.failure import failure_blocks
from vbdata.render.run.plan import Run
from vbdata.render.run.results import write_index

pytestmark = pytest.mark.slow
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")

UNIT = (
    unit.masthead, unit.summary, unit.goals, unit.indicators, unit.over_time, unit.complaints,
    unit.activities, unit.findings, unit.sources, unit.footer,
)  # fmt: skip
COMPARISON = (
    comparison.masthead, comparison.summary, comparison.goals, comparison.indicators, comparison.change,
    comparison.complaints, comparison.gaps, comparison.lookup, comparison.sources, comparison.footer,
)  # fmt: skip
OUTCOME = (
    outcome.masthead, outcome.summary, outcome.goals, outcome.targets, outcome.activities,
    outcome.sources, outcome.footer,
)  # fmt: skip

CONTENT = {  # tables and figures: an empty page has no violations either
    "unit": (7, 1),
    "unit over time": (7, 1),
    "plan": (3, 0),
    "unit over years": (4, 1),
    "comparison": (9, 2),
    "comparison of many": (14, 4),
    "comparison over time": (12, 8),
    "index": (3, 0),
    "plan and outcome": (7, 0),
    "failure": (0, 0),
    "questions": (0, 0),
    "questions of the year": (2, 0),
}
QUESTIONS = (
    quality.masthead, quality.summary, quality.findings, quality.corrections, quality.footer,
)  # fmt: skip


def several(count: int) -> Tables:
    tables = Tables()
    for i in range(count):
        tables.report(f"enhet-{i}", f"Enhet {i} grupp- och servicebostäder för socialpsykiatri")
        tables.tree("met", ("not_met", "partly_met", "no_data")[i % 3])
        tables.indicator("Nöjda", 70.0 + i, 75.0)
        tables.indicator("Sjukfrånvaro", 4.0 + i / 10, 4.5, better="lower")
        tables.complaint("Bemötande", (None, 1, 3, 4))
        tables.complaint("Kompetens")
        tables.complaint("Beröm", (i, 1, 2, i + 3), facet="praise", group="Beröm", concept="praise")
        tables.finding("number_without_unit", "warning", "66,82 står utan måttenhet.")
    return tables


def entry(page: str, message: str) -> Entry:
    return Entry(
        page=page, title=page, notebook="unit_report.ipynb", parameters={}, documents={},
        data_sha256="0" * 64, vbdata="1", made="2026-02-03T04:05:06+01:00", seconds=1.0, engine="fork",
        findings=0, checks=0, ok=not message, message=message,
    )  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")

    def write(kind: str, html: str) -> None:
        (folder / f"{kind}.html").write_text(html, encoding="utf-8")

    plans = several(2)
    plans.report("planen", "Planens enhet", kind="VP")
    plans.tree(None)
    plans.indicator("Nöjda", None, 80.0)
    years = Tables()
    for year in range(2020, 2026):
        years.report(year=year)
        template = {"template": "2023" if year < 2025 else "2025"}
        facet = "case_subject" if year < 2025 else "complaint_subject"
        years.complaint(
            "Bemötande", (year % 3, year % 2, 2, year % 3 + year % 2 + 2), facet=facet, **template
        )
        years.complaint("Beröm", (1, None, 3, 4), facet="praise", group="Beröm", concept="praise", **template)
    register = folder / "register"
    register.mkdir()
    ids = [f"enhet-{i}" for i in range(12)]
    units_csv = "unit_id,name,type,district,aliases\n" + "".join(f"{each},{each},,,\n" for each in ids)
    (register / "units.csv").write_text(units_csv, encoding="utf-8")
    sizes = [f"{each},2025,{20 + 9 * i},brukare,x,y,2026-01-01\n" for i, each in enumerate(ids)]
    head = "unit_id,year,count,counted,source,confirmed_by,confirmed_date\n"
    (register / "denominators.csv").write_text(head + "".join(sizes), encoding="utf-8")
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setenv("VBDATA_REGISTER", str(register))
    made = (
        ("unit", one_unit(), "solgarden"),
        ("unit over years", years, "solgarden"),
        ("plan", plans, "planen"),
    )
    for kind, tables, unit_id in made:
        data = unit.load(unit_id, 2025, str(tables.write(folder / kind)), "")
        write(kind, page_html(notebook_of([part(data) for part in UNIT])))
    for kind, count in (("comparison", 7), ("comparison of many", 12)):
        year = comparison.load(2025, str(several(count).write(folder / kind)))
        write(kind, page_html(notebook_of([part(year) for part in COMPARISON])))
    monkeypatch.undo()
    for kind, unit_id in (("questions", "enhet-1"), ("questions of the year", "")):
        asked = quality.load(unit_id, 2025, str(several(3).write(folder / kind)))
        write(kind, page_html(notebook_of([part(asked) for part in QUESTIONS])))
    both = plan_and_outcome().write(folder / "plan and outcome")
    followed = outcome.load("bjorkvik-tallasen-daglig-verksamhet-1", 2025, both)
    write("plan and outcome", page_html(notebook_of([part(followed) for part in OUTCOME])))
    over_time = unit.load("enhet-0", 2025, str(reported(2023, 2024, 2025).write(folder / "years")), "")
    write("unit over time", page_html(notebook_of([part(over_time) for part in UNIT])))
    changed = comparison.load(2025, str(answering(12, earlier=True).write(folder / "changed")))
    write("comparison over time", page_html(notebook_of([part(changed) for part in COMPARISON])))
    failed = Run("unit_report", {}, unit_page(2025, "a"), "Enhet 1")
    write("failure", page_html(notebook_of(failure_blocks(failed, "cell 4: ValueError: fel", "a.ipynb"))))
    tables = several(12)
    tables.report("mossbrinkens-stodboende", "Mossbrinkens stödboende")
    pages_made = [str(unit_page(2025, each)) for each in ("enhet-0", "enhet-1")]
    write_index(
        tables.frames(),
        folder,
        {
            pages_made[0]: entry(pages_made[0], ""),
            pages_made[1]: entry(pages_made[1], "cell 4: ValueError: x"),
        },
    )
    return {kind: folder / f"{kind}.html" for kind in CONTENT}


@pytest.fixture
def visit(tab, pages) -> Iterator[Any]:
    """Open a page with every request but its own file refused and noted; there must be none."""

    def visit(kind: str, width: int = 1280, scheme: str = "light") -> Any:
        return tab.open(pages[kind], width, scheme=scheme)

    yield visit
    assert not tab.asked


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light")])
@pytest.mark.parametrize("kind", CONTENT)
def test_axe_finds_nothing(visit, kind, width, scheme):
    page = visit(kind, width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    tables, figures = CONTENT[kind]
    assert page.locator("main table").count() == tables
    assert page.locator("main figure svg[role=img]:visible").count() == figures
    options: dict[str, Any] = {"resultTypes": ["violations"]}
    if scheme == "dark":  # nothing but the colours differs
        options["runOnly"] = ["color-contrast", "link-in-text-block"]
    found = axe.Axe().run(page, options=options).response["violations"]
    assert [(each["id"], [node["html"][:150] for node in each["nodes"][:3]]) for each in found] == []


@pytest.mark.parametrize("kind", CONTENT)
def test_the_page_never_scrolls_sideways(visit, kind):
    page = visit(kind, 320)
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


WHERE = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
  return {tag: e.tagName, css: e.className, text: e.textContent.trim().slice(0, 40), width: box.width,
    height: box.height, top: box.top, bottom: box.bottom, outline: parseFloat(style.outlineWidth) || 0,
    last: e === document.body};
}"""


@pytest.mark.parametrize("kind", ["unit", "comparison of many", "index"])
def test_a_walk_with_the_keyboard(visit, kind):
    page = visit(kind)
    wanted = page.locator("a[href], summary, [tabindex='0'], input").evaluate_all(
        "all => all.filter(each => each.checkVisibility()).length"
    )
    stops = []
    for _ in range(wanted + 1):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(WHERE))
        if stops[-1]["last"]:
            break
    assert stops[0]["css"] == "skip"
    reached = [stop for stop in stops if not stop["last"]]
    assert len(reached) == wanted >= 10
    for stop in reached:
        assert stop["outline"] >= 2 and min(stop["width"], stop["height"]) >= 1, stop
        assert stop["bottom"] > 0 and stop["top"] < 900, stop
    wrappers = page.locator(".scroll").evaluate_all(
        "all => all.filter(each => each.checkVisibility()).length"
    )
    assert sum("scroll" in stop["css"] for stop in reached) == wrappers
    if kind == "comparison of many":
        assert wrappers >= 1


def test_the_skip_link_leads_to_the_content(visit):
    page = visit("unit")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#huvud"


def test_the_index_can_be_searched(visit):
    page = visit("index")
    page.locator("#sidor summary").click()
    rows = page.locator("#sidor tbody tr:not(.grp):visible")
    before = rows.count()
    assert before >= 13
    page.get_by_label("Sök enhet").fill("mossbrink stödbo")
    assert rows.count() == 1 and "Mossbrinkens" in rows.inner_text()
    assert page.locator("#sidor tr.grp:visible").count() == 1
    assert page.locator("#sidor output").inner_text() == f"1 av {before} visas"
    page.get_by_label("Sök enhet").fill("finns inte")
    assert rows.count() == 0
    page.get_by_label("Sök enhet").fill("")
    assert rows.count() == before


def test_the_index_works_without_scripts(browser, pages):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["index"].as_uri())
    assert page.locator("#sidor tbody tr:not(.grp)").count() >= 13
    assert not page.locator("#sok").is_visible()
    context.close()


ANSWERED = {
    "comparison": ("Risk", "Det som missas", "Var ni bör börja", "Bemötande"),
    "comparison of many": ("Risk", "Det som missas", "Var ni bör börja", "Bemötande"),
    "index": ("Risk", "Det som missas", "Var ni bör börja", "Bemötande"),
    "plan and outcome": (
        "2 av 4 utfall når inte årsmålet",
        "1 av 5 enhetsmål i planen finns inte i rapporten",
    ),
    "questions": ("Viktigast", "Tal utan måttenhet", "1 uppgift att rätta eller förklara"),
    "questions of the year": ("3 frågor om dokumenten", "Väger tyngst"),
}


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 1800)])
@pytest.mark.parametrize("kind", ANSWERED)
def test_what_weighs_most_stands_on_the_first_screen_of_every_page(visit, kind, width, height):
    page = visit(kind, width)
    for text in ANSWERED[kind]:
        box = page.locator("#korthet .three > li").filter(has_text=text).first.bounding_box(timeout=1000)
        assert box["y"] + box["height"] <= height, text


def troubled() -> Tables:
    """A unit with an answer to each of the questions that a manager asks first."""
    tables = Tables()
    report_id = tables.report()
    goal = tables.tree("met", "not_met")[1]
    told = (
        ("analysis", goal, "Vi hann bara halvvägs. Vi börjar om i mars."),
        ("economy_analysis", None, "Årets resultat blev ett underskott. Det beror på hyran."),
    )
    for position, (section, goal_id, text) in enumerate(told, 1):
        row = {"report_id": report_id, "row_id": f"{report_id}/p{position:03d}", "position": position}
        tables.rows["passages"].append(
            row | {"section": section, "goal_id": goal_id, "text": text, "source_line": 500 + position}
        )
    tables.indicator("Nöjda", 70.0, 80.0, value_previous=75.0, analysis="Två hus bytte personal.")
    tables.indicator("Trygga", 85.0, 80.0, value_women=76.0, value_men=94.0)
    tables.complaint("Antal inkomna rapporter", (None, None, 2, 2), facet="lex_sarah", group="Avvikelse",
                     concept="lex_sarah_reports")  # fmt: skip
    tables.complaint("Bemötande", (None, 1, 3, 4))
    tables.finding("status_text_differs", "warning", "Olika.", goal, gravity=4, column="status")
    return tables


FIRST = {
    "is anyone at risk": ("#korthet .big", "2 lex Sarah-rapporter"),
    "and what it is about": ("#korthet .three p", "4 synpunkter och klagomål, alla om ”Bemötande”"),
    "what is missed": ("#korthet .big", "Nöjda: 70 %, målet är 80 %"),
    "for whom": ("#korthet .three p", "Trygga når målet 80 %, men är 76 % för kvinnor"),
    "why a goal is not met": ("#korthet .three p", "Enheten: ”Vi hann bara halvvägs.”"),
    "why a target is missed": ("#korthet .three p", "Enheten: ”Två hus bytte personal.”"),
    "is the budget held": (".meta dd", "”Årets resultat blev ett underskott.”"),
    "is it better than last year": (
        "#korthet .three p",
        "Mot 2024, för den som går att jämföra: en sämre.",
    ),
    "where to act": ("#korthet .callout", "bedömning och analys säger olika"),
}


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (390, 1800)])
def test_a_managers_questions_are_answered_first(tab, tmp_path, width, height):
    data = unit.load("solgarden", 2025, str(troubled().write(tmp_path)), "")
    (tmp_path / "a.html").write_text(page_html(notebook_of([part(data) for part in UNIT])), encoding="utf-8")
    page = tab.open(tmp_path / "a.html", width, height)
    for question, (place, text) in FIRST.items():
        box = page.locator(place).filter(has_text=text).first.bounding_box(timeout=1000)
        assert box["y"] + box["height"] <= height, question
    page.locator("#mal td.src a").first.click()  # a row of the document stands in what is folded
    assert page.locator("#kallor details").first.get_attribute("open") is not None
