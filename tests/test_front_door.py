"""The front door: what first lines of pandas give, from anywhere in the workbook, and charts in one call."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import vbdata
from tests.factories import INDICATOR_HEAD, SICK, report_text, table
from vbdata.analyse.reports import CONTEXT
from vbdata.errors import MissingDataError, ParameterError, QueryError
from vbdata.ingest import ingest
from vbdata.plot.figure import Chart, styled
from vbdata.schema import TABLES

ROOT = Path(vbdata.__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with one report and the second version of it."""
    folder = tmp_path_factory.mktemp("workbook")
    text = report_text("Enhetsmål: Alla trivs\n\nUppfylls helt\n", table(INDICATOR_HEAD, SICK))
    (folder / "data" / "raw").mkdir(parents=True)
    (folder / "notebooks").mkdir()
    (folder / "data" / "raw" / "a.txt").write_text(text, encoding="utf-8")
    (folder / "data" / "raw" / "b.txt").write_text(text.replace("helt", "inte"), encoding="utf-8")
    (folder / "data" / "units.csv").write_text(
        "unit_id;name;type;district;aliases\ngranbackens-gruppbostad;Granbackens gruppbostad;LSS;Norr;\n"
    )
    (folder / "data" / "denominators.csv").write_text(
        "unit_id,year,count,counted,source,confirmed_by,confirmed_date\n"
        "granbackens-gruppbostad,2025,40,brukare,vp,controller,2026-01-02\n"
    )
    ingest([folder / "data" / "raw"], folder / "data" / "processed")
    return folder


@pytest.fixture
def inside(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(workbook / "notebooks")
    return workbook


def test_importing_vbdata_does_not_import_pandas_and_shows_public_names_alone() -> None:
    code = "import sys, vbdata; print('pandas' in sys.modules, 'matplotlib' in sys.modules, *dir(vbdata))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert told.split() == ["False", "False", *sorted(vbdata.__all__)]


@pytest.mark.parametrize("name", [*vbdata.__all__, *(f"plot.{each}" for each in dir(vbdata.plot))])
def test_every_public_name_is_there_and_has_help(name: str) -> None:
    found = vbdata
    for part in name.split("."):
        found = getattr(found, part)
    if callable(found) and name != "VbdataError":
        assert found.__annotations__["return"] and found.__doc__
        assert name == "read" or ">>> import vbdata" in found.__doc__


def test_the_package_says_that_it_is_typed() -> None:
    assert Path(vbdata.__file__).with_name("py.typed").is_file()


@pytest.mark.parametrize("name", TABLES)
def test_every_row_says_what_it_is_of(name: str, inside: Path) -> None:
    found = vbdata.load(name)
    assert tuple(found.columns[:5]) == CONTEXT
    known = found.dropna(subset=["report_id"])
    assert known["unit_name"].notna().all() and set(known["year"]) <= {2025} and set(known["kind"]) <= {"VB"}
    assert set(vbdata.load(name, titles=True).columns) == set(
        found.pipe(lambda f: vbdata.load(name, labels=True)).attrs["titles"].values()
    )


def test_versions_are_told_apart(inside: Path) -> None:
    assert sorted(vbdata.load("reports")["version"]) == [1, 2]
    assert vbdata.load("goals", level="unit", latest=True)["status"].tolist() == ["not_met"]
    assert vbdata.load("goals", level="unit", version=1)["status"].tolist() == ["met"]


def test_outside_a_workbook_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for call in (lambda: vbdata.load("goals"), lambda: vbdata.sql("select 1"), vbdata.units):
        with pytest.raises(MissingDataError, match="ingen arbetsbok här eller i mapparna ovanför"):
            call()


def test_an_error_is_one_line_in_a_notebook_with_the_traceback_folded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[dict[str, str]] = []
    shell = SimpleNamespace(kernel=True, display_pub=SimpleNamespace(publish=shown.append))
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    error = MissingDataError("borta", source="goals")
    assert error._render_traceback_() == ["MissingDataError: goals: borta"]
    assert "<details>" in shown[0]["text/html"] and "MissingDataError" in shown[0]["text/html"]
    shell.kernel = None  # in a terminal
    assert MissingDataError("borta")._render_traceback_() and error._render_traceback_() and len(shown) == 1


def test_sql_sees_the_analysts_own_table_and_file(inside: Path, tmp_path: Path) -> None:
    own = pd.DataFrame({"unit_id": ["granbackens-gruppbostad"], "kronor": [1.5]})
    query = "select distinct kronor from reports join own using (unit_id) where year = $year"
    assert vbdata.sql(query, own=own, year=2025)["kronor"].tolist() == [1.5]
    for text in (
        "unit_id;kronor;å\ngranbackens-gruppbostad;1,5;ä\n",
        "unit_id,kronor\ngranbackens-gruppbostad,1.5\n",
        "unit_id;kronor\ngranbackens-gruppbostad;1,5\nen-annan;1 200\n",
    ):
        (tmp_path / "own.csv").write_bytes(text.encode("cp1252"))
        assert vbdata.sql(query, own=tmp_path / "own.csv", year=2025)["kronor"].tolist() == [1.5]
    with pytest.raises(QueryError, match="kan inte heta"):
        vbdata.sql("select 1", goals=own)


def test_counts_keep_one_from_wrong_sums(inside: Path) -> None:
    (row,) = vbdata.goal_counts("unit").to_dict("records")
    assert (row["not_met"], row["met"], row["judged"], row["met_share"]) == (1, 0, 1, 0.0)
    assert row["version"] == 2 and row["unit_name"] == "Granbackens gruppbostad"
    assert vbdata.complaint_totals().empty
    assert list(vbdata.read_tables()) == list(TABLES)
    assert {"low", "high", *CONTEXT} <= set(vbdata.answers(year=2025).columns)
    assert vbdata.units()[["unit_id", "registered", "reports"]].to_numpy().tolist() == [
        ["granbackens-gruppbostad", True, 1]
    ]
    assert vbdata.denominators()[["unit_name", "count"]].to_numpy().tolist() == [
        ["Granbackens gruppbostad", 40]
    ]


# Charts


def rows_of(*rows: dict[str, object]) -> pd.DataFrame:
    head = {"unit_id": "a", "unit_name": "Ängen", "year": 2025, "kind": "VB", "version": 1}
    return pd.DataFrame([head | row for row in rows])


GOALS = rows_of(
    {"level": "unit", "status": "met"}, {"level": "unit", "status": "not_met"},
    {"level": "unit", "status": "met", "unit_id": "b", "unit_name": "Ön"},
    {"level": "unit", "status": None, "kind": "VP"},
)  # fmt: skip
SHARE = {"name": "Nöjda", "measure_unit": "%", "value": 80.0, "attainment": "met", "target": 75.0,
         "council_target": None}  # fmt: skip
INDICATORS = rows_of(
    {**SHARE, "low": 70.0, "high": 90.0},
    {**SHARE, "unit_id": "b", "unit_name": "Ön", "value": 60.0, "attainment": "not_met"},
    {**SHARE, "unit_id": "c", "unit_name": "Å", "value": 60.0, "attainment": None, "target": None},
)
CASES = rows_of(
    *(
        {
            "facet": "complaint_subject",
            "template": "2025",
            "category": name,
            "period": "total",
            "count": n,
        }
        for name, n in (("Bemötande", 3), ("Annat", pd.NA))
    )
)
CHARTS = {
    "goals": (GOALS, "Ängen: 1 uppfylls inte och 1 uppfylls helt; Ön: 1 uppfylls helt."),
    "outcomes": (INDICATORS, "Nöjda, 2025. Ängen: 80\u00a0%; Ön: 60\u00a0%"),
    "spread": (INDICATORS, "Nöjda: 3 enheter, 60\u00a0%–80\u00a0%."),
    "years": (INDICATORS, "Nöjda över åren."),
    "complaints": (CASES, "? 2025 (Ängen). Bemötande: 3; Annat: tomt."),
}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_one_call_with_title_and_text(name: str) -> None:
    frame, said = CHARTS[name]
    ax = getattr(vbdata.plot, name)(frame)
    figure = ax.get_figure()
    assert isinstance(figure, Chart) and said in figure.alt and ax.get_title(loc="left")
    html = figure.to_html()
    assert 'role="img" aria-label="' in html and "<text" in html and "var(--ink,#1b1f24)" in html
    assert 'data-jp-theme-light="false"' in html
    plt.close(figure)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_drawn_where_it_is_told(name: str) -> None:
    figure, own = plt.subplots()
    ax = getattr(vbdata.plot, name)(CHARTS[name][0], ax=own, title="Egen rubrik")
    assert ax is own and ax.get_title(loc="left") == "Egen rubrik"
    figure.canvas.draw()
    plt.close(figure)


def test_a_legend_shows_marks_as_they_look_now_and_can_be_made_anew() -> None:
    ax = vbdata.plot.years(INDICATORS)
    figure = ax.get_figure()
    ax.lines[0].set_color("#ff0000")
    figure.canvas.draw()
    (legend,) = figure.legends
    assert legend.legend_handles[0].get_color() == "#ff0000"
    assert [each.get_text() for each in legend.get_texts()] == ["Å", "Ängen", "Ön"]
    ax.legend(loc="upper right")
    figure.canvas.draw()
    assert not figure.legends and len(ax.get_legend().get_texts()) == 3
    ax.get_legend().remove()
    own = figure.legend(loc="upper right")
    figure.canvas.draw()
    assert figure.legends == [own]
    plt.close(figure)


@pytest.mark.parametrize("name", ["goals", "outcomes", "spread", "years"])
def test_every_mark_of_a_legend_is_named_in_the_axes(name: str) -> None:
    ax = getattr(vbdata.plot, name)(CHARTS[name][0], ax=plt.subplots()[1])
    shown = [each.get_text() for each in ax.get_legend().get_texts()]
    ax.legend()
    assert [each.get_text() for each in ax.get_legend().get_texts()] == shown
    plt.close("all")


def test_a_line_is_broken_where_a_year_is_missing() -> None:
    ax = vbdata.plot.years(pd.concat([INDICATORS[:1].assign(year=year) for year in (2021, 2022, 2025)]))
    assert [*ax.lines[0].get_xdata()][:2] == [2021, 2022] and len(ax.lines) == 1
    assert np.isnan(ax.lines[0].get_ydata()).tolist() == [False, False, True, False]
    plt.close("all")


@pytest.mark.parametrize(
    ("values", "limits", "shown"),
    [
        ([5.95, 6.2], (5.95, 6.1), ["5,95\xa0%", "6,00\xa0%", "6,05\xa0%", "6,10\xa0%"]),
        ([0, 100], (0, 100), ["0\xa0%", "50\xa0%", "100\xa0%"]),
        ([0, 1], (0, 1), ["0,0\xa0%", "0,5\xa0%", "1,0\xa0%"]),
    ],
)  # fmt: skip
def test_every_tick_says_its_own_number(
    values: list[float], limits: tuple[float, float], shown: list[str]
) -> None:
    rows = pd.concat([INDICATORS.iloc[:1]] * 2).assign(value=values, year=[2024, 2025])
    ax = vbdata.plot.years(rows.astype({"value": "Float64"}))
    ax.set_ylim(*limits)
    ax.set_yticks(np.linspace(*limits, len(shown)))
    assert [each.get_text() for each in ax.get_yticklabels()] == shown
    plt.close("all")


REFUSED = [
    ("goals", pd.concat([GOALS, GOALS.assign(level="board")]), "flera värden i level"),
    ("goals", pd.concat([GOALS, GOALS.assign(year=2024)]), "flera värden i year"),
    ("goals", GOALS[GOALS["kind"] == "VP"], "inga rader ur rapporter"),
    ("goals", GOALS.drop(columns="unit_name"), 'saknar en kolumn "unit_name"'),
    ("outcomes", pd.concat([INDICATORS, INDICATORS.assign(measure_unit="index")]), "measure_unit"),
    ("outcomes", pd.concat([INDICATORS, INDICATORS.assign(name="Trygga")]), "flera indikatorer"),
    ("complaints", pd.concat([CASES, CASES.assign(facet="praise")]), "flera värden i facet"),
    ("complaints", pd.concat([CASES, CASES.assign(template="2023")]), "flera värden i template"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "frame", "said"), REFUSED)
def test_a_chart_refuses_what_does_not_belong_together(name: str, frame: pd.DataFrame, said: str) -> None:
    with pytest.raises(ParameterError, match=said):
        getattr(vbdata.plot, name)(frame)
    assert not plt.get_fignums()


def test_a_notebook_shows_every_chart_and_not_the_first_alone() -> None:
    """Its backend, loaded with the first figure, turns on that figures are shown."""
    with styled():
        matplotlib.interactive(True)
    assert matplotlib.is_interactive() and matplotlib.rcParams["axes.titleweight"] != "bold"
    matplotlib.interactive(False)


def test_complaints_of_several_units_are_said_to_be_added() -> None:
    ax = vbdata.plot.complaints(pd.concat([CASES, CASES.assign(unit_id="b", unit_name="Ön")]))
    assert "2 enheter tillsammans" in ax.get_title(loc="left") and "tomma rutor oräknade" in ax.get_xlabel()
    assert "Bemötande: 6; Annat: tomt" in ax.get_label()
    plt.close("all")


def test_a_table_without_rows_is_said_to_be_empty() -> None:
    with pytest.raises(ParameterError, match="tabellen är tom"):
        vbdata.plot.years(INDICATORS[:0])


def test_lines_beyond_six_have_their_names_beside_them() -> None:
    many = pd.concat([INDICATORS.assign(unit_id=f"u{i}", unit_name=f"Enhet {i}") for i in range(8)])
    ax = vbdata.plot.years(many)
    assert {each.get_text() for each in ax.texts} >= {f"Enhet {i}" for i in range(8)}
    heights = [each.xyann[1] for each in ax.texts]
    assert heights == sorted(heights) and all(0 <= height <= 1 for height in heights)
    plt.close("all")
