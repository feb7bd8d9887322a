"""Complaints: what is counted, what is a share of what, what may be chance; in frames and on the pages."""

from __future__ import annotations

import datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from page_tables import Tables
from selectolax.lexbor import LexborHTMLParser
from test_render import comparison_of, squeezed, unit_page_of

from vbdata import analyse, vocabulary
from vbdata.analyse import complaints
from vbdata.register import Denominator, Register, Succession, Unit
from vbdata.render.pages.comparison import chances
from vbdata.render.pages.unit.readings import share_words
from vbdata.render.parts import chance

OLD = {"facet": "case_subject", "template": "2023", "group": "Vad gällde klagomålet?"}
RESPONSE = "Vilken återkoppling och vilka åtgärder har gjorts?"
CELL = st.one_of(st.none(), st.integers(0, 40))


def wide(tables: Tables) -> pd.DataFrame:
    return analyse.wide(tables.frames()["complaints"])


def feedback(tables: Tables, count: int | None, template: str = "2025") -> None:
    facet, group = ("response", RESPONSE) if template == "2025" else ("feedback", "Återkoppling")
    tables.complaint(
        "Antal med återkoppling", (None, None, count, count), facet=facet, group=group, template=template,
        concept="feedback_given",
    )  # fmt: skip


def praise(tables: Tables, *counts: int | None, template: str = "2025") -> None:
    tables.complaint("Beröm", counts, facet="praise", group="Beröm", template=template, concept="praise")


# What the forms count


def test_questions_are_counted_one_by_one_and_never_added():
    tables = Tables()
    tables.report()
    tables.complaint("Bemötande", (1, None, 2, 3))
    tables.complaint("Kompetens", (None, None, 4, 4))
    tables.complaint("Anonym", (9, None, None, 9), facet="complaint_source")
    tables.complaint("Utförande", (2, None, None, 2), facet="deviation_subject", group="Avvikelse - SOL/LSS")
    praise(tables, 5, None, None, 5)
    found = complaints.question_counts(wide(tables)).set_index("question")
    assert found["total"].to_dict() == {"complaints": 7, "deviations": 2, "praise": 5}
    row = found.loc["complaints"]
    assert (row["T1"], row["VB"]) == (1, 6) and pd.isna(row["T2"])


def test_reports_to_the_authority_are_a_part_of_the_lex_sarah_reports_and_not_added():
    tables = Tables()
    tables.report()
    group = {"facet": "lex_sarah", "group": "Avvikelse - Lex Sarah"}
    tables.complaint("Antal anmälningar till IVO", (None, None, 2, 2), **group)
    tables.complaint("Antal inkomna rapporter", (None, None, 3, 3), concept="lex_sarah_reports", **group)
    assert complaints.question_counts(wide(tables))["total"].tolist() == [3]


@pytest.mark.parametrize(
    ("cells", "total"),
    [
        ([(None,) * 4, (None,) * 4], None),
        ([(None, None, 0, 0), (None,) * 4], 0),
        ([(1, None, None, 1), (None, 2, None, None)], None),
        ([(1, None, None, 1), (None, 2, None, 2)], 3),
    ],
)
def test_a_question_without_a_figure_or_with_a_missing_sum_has_none(cells, total):
    tables = Tables()
    tables.report()
    for number, each in enumerate(cells):
        tables.complaint(f"Kategori {number}", each)
    found = complaints.question_counts(wide(tables))["total"].iloc[0]
    assert (None if pd.isna(found) else found) == total


@pytest.mark.parametrize(("raw", "known"), [("tre", False), ("x", False), ("–", True), (" ", True)])
def test_a_cell_that_holds_no_number_leaves_no_sum(raw, known):
    tables = Tables()
    tables.report()
    tables.complaint("Bemötande", (None, None, 2, 2))
    tables.complaint("Kompetens", (None, None, None, None))
    for row in tables.rows["complaints"]:
        if row["category"] == "Kompetens" and row["period"] in ("VB", "total"):
            row["count_raw"] = raw
    row = complaints.question_counts(wide(tables)).iloc[0]
    assert (pd.notna(row["total"]), pd.notna(row["VB"]), row["blank"]) == (known, known, False)


@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_sums_hold_every_figure_once_and_blanks_stay_blank(cells):
    tables = Tables()
    tables.report()
    for number, each in enumerate(cells):
        known = [count for count in each if count is not None]
        tables.complaint(f"Kategori {number}", (*each, sum(known) if known else None))
        tables.complaint(f"Från {number}", (7, 7, 7, 21), facet="complaint_source")
    row = complaints.question_counts(wide(tables)).set_index("question").loc["complaints"]
    for i, period in enumerate(("T1", "T2", "VB")):
        known = [each[i] for each in cells if each[i] is not None]
        assert pd.isna(row[period]) if not known else row[period] == sum(known)
    all_known = [count for each in cells for count in each if count is not None]
    assert pd.isna(row["total"]) if not all_known else row["total"] == sum(all_known)


@pytest.mark.parametrize(
    ("cases", "answered", "state"),
    [
        (9, 7, "shown"),
        (5, 5, "shown"),
        (4, 3, "small"),
        (None, 3, "blank"),
        (9, None, "blank"),
        (6, 8, "exceeds"),
    ],
)
def test_when_a_share_may_be_shown(cases, answered, state):
    tables = Tables()
    tables.report()
    tables.complaint("Bemötande", (None, None, cases, cases))
    feedback(tables, answered)
    assert complaints.shares(wide(tables))["state"].tolist() == [state]


def test_a_form_that_counts_other_events_gives_no_share_but_the_reason():
    tables = Tables()
    tables.report()
    tables.complaint("Bemötande", (None, None, 9, 9), **OLD)
    feedback(tables, 7, "2023")
    row = complaints.shares(wide(tables)).iloc[0]
    assert (
        row["state"] == "other_events" and pd.isna(row["of"]) and "synpunkter och avvikelser" in row["reason"]
    )
    assert "7" not in share_words(row) and "ingen andel" in share_words(row)


# Comparing units


def sized(*rows: tuple[object, object, object]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["count", "denominator", "counted"])
    return frame.astype({"count": "Int64", "denominator": "Int64", "counted": "string"})


@pytest.mark.parametrize(
    ("rows", "test", "kind", "counted"),
    [
        ([(3, None, None), (9, None, None)], "mid_p", "chance", None),
        ([(3, None, None), (15, None, None)], "mid_p", "difference", None),
        ([(3, 20, "brukare"), (15, 100, "brukare")], "mid_p", "chance", "brukare"),
        ([(3, 20, "brukare"), (15, 100, "barn")], "mid_p", "difference", None),
        ([(3, 20, "brukare"), (15, None, None)], "mid_p", "difference", None),
        ([(12, None, None), (9, None, None), (30, None, None)], "homogeneity", "difference", None),
        ([(12, None, None), (9, None, None), (14, None, None)], "homogeneity", "chance", None),
        ([(1, None, None), (0, None, None), (2, None, None)], "homogeneity", "too_few", None),
        ([(3, None, None), (None, 40, "brukare"), (9, None, None)], "mid_p", "chance", None),
    ],
)
def test_one_test_whatever_the_number_of_units(rows, test, kind, counted):
    found = complaints.compared(sized(*rows))
    assert (found.test, found.kind, found.counted) == (test, kind, counted)


@pytest.mark.parametrize("rows", [[], [(3, 20, "brukare")], [(3, 20, "brukare"), (None, 30, "brukare")]])
def test_nothing_is_compared_with_nothing(rows):
    assert complaints.compared(sized(*rows)) is None


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [(3, 50, "brukare"), (9, 50, "brukare")],
            "3 mot 9 avvikelser kan vara slump, räknat på antalet brukare.",
        ),
        ([(3, 9, "barn"), (1, 9, "barn")], "3 mot 1 avvikelse kan vara slump, räknat på antalet barn."),
        (
            [(1, 60, "brukare"), (20, 60, "brukare")],
            "1 mot 20 avvikelser är en större skillnad än slumpen brukar ge, räknat på antalet brukare.",
        ),
        ([(0, None, None), (0, None, None)], "Ingen av enheterna har några avvikelser."),
        (
            [(7, 50, "brukare"), (9, 50, "brukare"), (8, 50, "brukare")],
            "Avvikelser enligt SoL och LSS: 7, 9 och 8 – skillnaderna kan vara slump, "
            "räknat på antalet brukare.",
        ),
        (
            [(1, None, None), (0, None, None), (2, None, None)],
            "Avvikelser enligt SoL och LSS: 1, 0 och 2 – talen är för små för att säga om skillnaderna är "
            "mer än slump.",
        ),
    ],
)
def test_the_sentence_about_units(rows, said):
    question = vocabulary.questions()["deviations"]
    assert chances.units_sentence(complaints.compared(sized(*rows)), question) == said


def test_nobody_is_called_better_or_worse():
    wording = " ".join(
        text
        for name, text in {**vars(chance), **vars(chances)}.items()
        if isinstance(text, str) and name.isupper()
    ) + " ".join(chances.RULES.values())
    assert not {"bäst", "sämst", "bättre än", "sämre"} & set(wording.lower().split())


def test_a_rate_needs_a_size_of_the_unit_and_the_year():
    tables = Tables()
    for unit_id in "ab":
        tables.report(unit_id, unit_id)
        tables.complaint("Bemötande", (None, None, 4, 4))
    sizes = complaints.sizes(
        [
            Denominator("a", 2024, 10, "brukare", "x", "y", datetime.date(2026, 1, 1)),
            Denominator("b", 2025, 40, "brukare", "x", "y", datetime.date(2026, 1, 1)),
            Denominator("b", 2025, 7, "platser", "x", "y", datetime.date(2026, 1, 1)),
        ]
    )
    found = complaints.rated(complaints.question_counts(wide(tables)), tables.frames()["reports"], sizes)
    assert found["rate"].isna().tolist() == [True, False]
    assert found["rate"].tolist()[1] == pytest.approx(10) and found["counted"].tolist()[1] == "brukare"


# Over the years


def unit_over(years: dict[int, tuple[int | None, ...]], template: int = 2025) -> Tables:
    """A unit's reports; the form of 2023 before `template`."""
    tables = Tables()
    for year, cells in years.items():
        tables.report("a", "A", year=year)
        old = {} if year >= template else OLD
        known = [cell for cell in cells if cell is not None]
        tables.complaint("Bemötande", (*cells, sum(known) if known else None), **old)
        praise(tables, *cells, sum(known) if known else None, template="2025" if year >= template else "2023")
    return tables


def history(tables: Tables, unit_id: str = "a", register: Register = Register()) -> pd.DataFrame:  # noqa: B008
    frames = tables.frames()
    counts = complaints.question_counts(analyse.wide(frames["complaints"]))
    return complaints.history(counts, frames["reports"], unit_id, register)


def test_a_new_form_breaks_the_series_unless_the_question_is_the_same():
    found = history(unit_over({2024: (1, 2, 3), 2025: (2, 2, 2)}))
    segments = {series: part["segment"].tolist() for series, part in found.groupby("series")}
    assert segments == {"cases": [1, 2], "praise": [1, 1]}
    assert complaints.year_change(found)["question"].tolist() == ["praise"]


def test_years_of_one_form_are_compared():
    row = complaints.year_change(history(unit_over({2024: (1, 2, 3), 2025: (0, 2, None)}, 2024))).iloc[0]
    assert (row["question"], row["year"], row["count"], row["count_before"]) == ("complaints", 2025, 2, 6)


@pytest.mark.parametrize(
    "years", [{2023: (1, 2, 3), 2025: (0, 2, 1)}, {2024: (None,) * 3, 2025: (0, 2, 1)}, {}]
)
def test_a_missing_year_or_a_blank_form_is_not_compared(years):
    assert complaints.year_change(history(unit_over(years, 2023))).empty


def test_nothing_is_compared_across_a_split():
    tables = unit_over({2024: (1, 2, 3)}, 2024)
    tables.report("b", "B", year=2025)
    tables.complaint("Bemötande", (None, 2, 2, 4))
    split = tuple(Succession("a", heir, "split", datetime.date(2025, 4, 1), None, "x") for heir in ("b", "c"))
    register = Register(tuple(Unit(each, each, "", "") for each in "abc"), split)
    found = history(tables, "b", register)
    assert found[found["series"] == "cases"]["break"].tolist() == [pd.NA, "split"]
    assert complaints.year_change(found).empty


def test_a_blank_period_is_a_gap_and_a_segment_is_judged_alone():
    found = history(unit_over({2023: (1, None, 3), 2024: (0, 0, 2), 2025: (5, 4, 6)}))
    points = complaints.by_period(found[found["series"] == "cases"])
    assert points["count"].isna().tolist() == [False, True] + [False] * 7
    first, second = complaints.segments(points)
    assert (first.runs.points, second.runs.points, second.runs.median) == (5, 3, 5)
    assert not first.runs.judged and first.control is None
    assert points["break"].notna().sum() == 1


# On the pages


def test_without_known_sizes_nothing_is_said_of_chance(tmp_path: Path):
    tables = Tables()
    for unit_id, count, answers in (("a", 3, 2), ("b", 9, 7)):
        tables.report(unit_id, f"Enhet {unit_id.upper()}")
        tables.complaint("Bemötande", (None, None, count, count))
        praise(tables, None, None, 6, 6)
        feedback(tables, answers)
    html = comparison_of(tables, tmp_path)
    said = squeezed(html)
    assert "lika stora" not in said and "kan vara slump, " not in said
    assert "Därför sägs inget om skillnaderna kan vara slump." in said
    tree = LexborHTMLParser(html)
    row = next(row for row in tree.css("#synpunkter tr") if "Återkoppling har lämnats" in row.text())
    assert [cell.text() for cell in row.css("td")] == ["färre än 5 ärenden", "7 av 9"]


def register_of(folder: Path, monkeypatch: pytest.MonkeyPatch, sizes: dict[str, tuple[int, str]]) -> None:
    """A register with sizes for 2025."""
    folder.mkdir()
    units = "".join(f"{each},{each},,,\n" for each in sizes)
    (folder / "units.csv").write_text(f"unit_id,name,type,district,aliases\n{units}", encoding="utf-8")
    rows = "".join(
        f"{each},2025,{size},{noun},årsbok,AB,2026-01-01\n" for each, (size, noun) in sizes.items()
    )
    head = "unit_id,year,count,counted,source,confirmed_by,confirmed_date\n"
    (folder / "denominators.csv").write_text(head + rows, encoding="utf-8")
    monkeypatch.setenv("VBDATA_REGISTER", str(folder))


def test_rates_name_their_denominator_and_its_source(tmp_path, monkeypatch):
    register_of(tmp_path / "r", monkeypatch, {"a": (40, "brukare"), "b": (90, "brukare")})
    tables = Tables()
    for unit_id, count in (("a", 4), ("b", 9)):
        tables.report(unit_id, unit_id.upper())
        tables.complaint("Bemötande", (None, None, count, count))
    said = squeezed(comparison_of(tables, tmp_path / "c"))
    assert "4 mot 9 synpunkter och klagomål kan vara slump, räknat på antalet brukare." in said
    assert "10,0 per 100 brukare (2,7–25,6)" in said and "40 brukare årsbok" in said
    said = squeezed(unit_page_of(tables, tmp_path / "u", "a"))
    assert "4 synpunkter och klagomål på 40 brukare är 10,0 per 100 brukare (2,7–25,6)." in said
    assert "källa: årsbok" in said


def test_a_report_of_four_months_is_not_set_against_a_year(tmp_path, monkeypatch):
    register_of(
        tmp_path / "r", monkeypatch, {"a": (40, "brukare"), "b": (90, "brukare"), "c": (50, "brukare")}
    )
    tables = Tables()
    for unit_id, kind in (("a", "VB"), ("b", "VB"), ("c", "T1")):
        tables.report(unit_id, unit_id.upper(), kind=kind)
        tables.complaint("Bemötande", (4, None, None, 4))
    said = squeezed(comparison_of(tables, tmp_path / "c"))
    assert "inte hela året" in said and "4 mot 4 synpunkter och klagomål kan vara slump" in said
    assert "per 100 brukare" not in squeezed(unit_page_of(tables, tmp_path / "u", "c"))


def test_a_unit_that_began_within_the_year_is_named(tmp_path, monkeypatch):
    register_of(tmp_path / "r", monkeypatch, {each: (40, "brukare") for each in ("a", "b", "before")})
    head = "predecessor_id,successor_id,kind,date,share,source\n"
    (tmp_path / "r/successions.csv").write_text(
        f"{head}before,a,split,2025-04-01,,x\nbefore,b,split,2025-04-01,,x\n", encoding="utf-8"
    )
    tables = Tables()
    for unit_id in "ab":
        tables.report(unit_id, unit_id.upper())
        tables.complaint("Bemötande", (4, None, None, 4))
    said = squeezed(comparison_of(tables, tmp_path / "c"))
    assert "talen kan gälla mindre än ett år: A (1 april 2025) och B (1 april 2025)." in said


def many(counts: dict[str, int | None]) -> Tables:
    tables = Tables()
    for unit_id, count in counts.items():
        tables.report(unit_id, f"Enhet {unit_id}")
        tables.complaint("Bemötande", (None, None, count, count))
    return tables


def test_a_funnel_names_only_who_is_far_outside(tmp_path, monkeypatch):
    counts = {f"u{i}": 4 + i % 3 for i in range(12)} | {"u12": 40, "u13": None, "u14": 5}
    sizes = {each: (50, "brukare") for each in counts if each != "u14"}
    register_of(tmp_path / "r", monkeypatch, sizes)
    html = comparison_of(many(counts), tmp_path / "c")
    tree = LexborHTMLParser(html)
    figure = tree.css_first("#tratt-complaints")
    assert "1 av 13 enheter avviker mer än slumpen brukar ge" in figure.css_first("h3").text()
    for drawing in figure.css("svg.w, svg.n"):
        texts = [node.text() for node in drawing.css("text")]
        assert "A" in texts and [each for each in texts if "Enhet" in each] == ["A: Enhet u12"]
    rows = {row.css_first("th").text(): row for row in figure.css("tbody tr")}
    assert len(rows) == 13 and rows["Enhet u12"].css("td")[5].text() == "utanför 99,8\u00a0%"
    assert rows["Enhet u12"].css_first("a").attributes["href"].endswith("u12.html#synpunkter")
    said = squeezed(html)
    assert "Av slump ensam väntas" in said and chance.REPORTING_SHORT in said
    assert "Utanför figuren: 1 enhet utan känt antal brukare och 1 enhet utan ifyllt antal." in said


def test_without_sizes_there_is_no_funnel_but_the_reason(tmp_path, monkeypatch):
    counts = {f"u{i}": 4 + i % 3 for i in range(12)}
    register_of(tmp_path / "r", monkeypatch, {"u1": (50, "brukare")})
    html = comparison_of(many(counts), tmp_path / "c")
    assert not LexborHTMLParser(html).css("#tratt-complaints")
    assert "Synpunkter och klagomål: antalet är känt hos 1 av 12 enheter." in squeezed(html)


def test_a_unit_over_the_years(tmp_path):
    tables = unit_over({2023: (1, 0, 2), 2024: (1, 2, 3), 2025: (2, 9, 4)})
    html = unit_page_of(tables, tmp_path, "a")
    said = squeezed(html)
    assert (
        "15 beröm 2025 mot 6 året före är" in said or "15 beröm 2025 mot 6 året före kan vara slump." in said
    )
    rows = {
        row.css_first("th").text(): [cell.text() for cell in row.css("td")]
        for row in LexborHTMLParser(html).css("#synpunkter .after > details > table tbody tr")
    }
    assert rows["Klagomål, synpunkter och avvikelser (blanketten 2023)"] == ["3", "6", "går inte att jämföra"]
    assert rows["Synpunkter och klagomål (blanketten 2025)"] == ["går inte att jämföra"] * 2 + ["15"]
    assert rows["Beröm"] == ["3", "6", "15"]


def test_a_run_chart_when_there_are_periods_enough(tmp_path):
    low, high = (2, 1, 2), (9, 8, 7)
    tables = unit_over({2020: low, 2021: low, 2022: low, 2023: high, 2024: high, 2025: high})
    html = unit_page_of(tables, tmp_path, "a")
    figure = LexborHTMLParser(html).css_first("#tertial-figur")
    title = figure.css_first("h3").text()
    assert title == "Beröm har ändrats mer än slumpen brukar ge"
    assert "blanketten byttes" in [node.text() for node in figure.css("svg.w text")]
    assert len(figure.css("table tbody tr:not(.grp)")) == 18
    assert "Styrgränsen" in figure.text() and "Anhøjs regler" in figure.text()


def test_one_year_alone_has_no_table_of_years(tmp_path):
    html = unit_page_of(unit_over({2025: (1, 2, 3)}), tmp_path, "a")
    assert "Åren bredvid varandra" not in squeezed(html) and "Ingen figur över tid" not in squeezed(html)
