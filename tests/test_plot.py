from __future__ import annotations

import datetime
import importlib
import itertools
import math
import re

import matplotlib
import pandas as pd
import pytest

from vbdata import plot
from vbdata.plot import formats
from vbdata.plot.tokens import COLOUR, TOKENS

swarm_drawing = importlib.import_module("vbdata.plot.swarm")  # its name in the package is the function

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "expected"),
    [
        (52.87, None, "%", f"52,9{NB}%"),
        (84.0, None, "%", f"84{NB}%"),
        (75.95, 1, "%", f"76,0{NB}%"),
        (66.85, None, "", "66,9"),
        (1234, None, "", f"1{NB}234"),
        (1234567.5, None, "", f"1{NB}234{NB}567,5"),
        (-0.5, None, "%", f"−0,5{NB}%"),
        (-0.04, None, "", "0"),
        (86, None, "index", "86"),
        (1.5, None, "kg CO2e/kg", "1,5"),
        (None, None, "%", "–"),
        (float("nan"), None, "%", "–"),
    ],
)
def test_numbers(value, decimals, unit, expected):
    assert formats.number(value, decimals, unit) == expected


@pytest.mark.parametrize(
    ("raw", "expected"), [("52,87 %", 1), ("84 %", 0), ("1 234", 0), ("öka", None), ("", None), (None, None)]
)
def test_decimals_of_a_printed_number(raw, expected):
    assert formats.decimals_of(raw) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((2025, 1, 1), (2025, 12, 31), "Hela 2025"),
        ((2024, 1, 1), (2025, 12, 31), "2024–2025"),
        ((2024, 12, 31), (2025, 12, 30), f"31{NB}december 2024 – 30{NB}december 2025"),
        ((2025, 4, 3), (2025, 12, 31), f"3{NB}april–31{NB}december 2025"),
        ((2025, 4, 3), None, f"från 3{NB}april 2025"),
        (None, (2025, 4, 3), f"till 3{NB}april 2025"),
        ((2025, 4, 3), (2025, 4, 3), f"3{NB}april 2025"),
        (None, None, "–"),
    ],
)
def test_periods(start, end, expected):
    days = [None if day is None else datetime.date(*day) for day in (start, end)]
    assert formats.period(*days) == expected


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    ("ink", "bg", 4.5),
    ("muted", "bg", 4.5),
    ("link", "bg", 4.5),
    ("link", "note-bg", 4.5),
    ("ink", "note-bg", 4.5),
    ("muted", "note-bg", 4.5),
    ("note", "bg", 4.5),
    ("note", "note-bg", 4.5),
    ("met", "met-bg", 4.5),
    ("met", "bg", 4.5),
    ("part", "part-bg", 4.5),
    ("part", "bg", 3),
    ("not-fg", "not", 4.5),
    ("not", "bg", 4.5),
    ("none", "bg", 4.5),
    ("edge", "bg", 3),
    ("met", "span", 3),
    ("not", "span", 3),
    ("ink", "span", 3),
]


@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
@pytest.mark.parametrize("dark", [False, True])
def test_colours_can_be_read(front, ground, least, dark):
    assert contrast(TOKENS[front][dark], TOKENS[ground][dark]) >= least


@pytest.mark.parametrize("dark", [False, True])
def test_status_fills_differ_in_grey(dark):
    solid, *pale = (luminance(TOKENS[name][dark]) for name in ("not", "met-bg", "part-bg", "bg"))
    assert all(abs(solid - each) > 0.15 for each in pale)


def test_each_light_colour_is_one_token():
    assert len(set(COLOUR.values())) == len(COLOUR)


ROW = pd.Series(
    {
        "value": 84.0,
        "value_men": 86.0,
        "value_women": 83.0,
        "value_previous": 89.0,
        "target": 83.0,
        "council_target": 80.0,
        "attainment": "met",
    }
)


def indicators() -> tuple[pd.DataFrame, dict[str, plot.Scale]]:
    rows = [
        {
            **ROW,
            "panel": "Nöjda & trygga",
            "label": "Solgårdens dagliga verksamhet",
            "value_text": "84 %",
            "target_text": "83 %",
        },
        {
            **ROW,
            "value": 70.0,
            "attainment": "not_met",
            "panel": "Nöjda & trygga",
            "label": "Ängen",
            "value_text": "70 %",
            "target_text": "83 %",
        },
        {
            **ROW,
            "value": None,
            "attainment": None,
            "panel": "Nöjda & trygga",
            "label": "Ön",
            "value_text": "–",
            "target_text": "83 %",
        },
    ]
    return pd.DataFrame(rows), {"Nöjda & trygga": plot.Scale(60, 100, "%")}


CHARTS = [
    *("dot_target", "swarm", "case_dots", "status_bars", "strip", "praise beside", "funnel", "run_chart"),
]


def funnel_chart(width: float) -> matplotlib.axes.Axes:
    dots = pd.DataFrame(
        {
            "label": ["Ängens stöd", "Björkviks grupp- och servicebostäder", "C", "D", "E"],
            "size": [20, 24, 60, 110, 140],
            "value": [60.0, 61.0, 12.0, 9.0, 2.0],
            "outside": ["998", "998", "", "95", "998"],
        }
    )
    sizes = [10.0, 20.0, 40.0, 80.0, 140.0]
    curves = pd.DataFrame({"size": sizes, "high_998": [80, 55, 40, 30, 25], "low_998": [0, 0, 1, 3, 5]})
    curves = curves.assign(high_95=curves["high_998"] * 0.8, low_95=curves["low_998"] * 1.3)
    return plot.funnel(
        dots,
        curves=curves,
        centre=12.0,
        size_title="Antal brukare",
        value_title="Per 100 brukare",
        centre_title="samlat 12",
        width=width,
    )


def periods(years: int = 4) -> pd.DataFrame:
    frame = pd.DataFrame(
        [
            {
                "panel": "Klagomål, synpunkter och avvikelser",
                "year": 2022 + y,
                "period": p,
                "segment": 1 + y // 3,
            }
            for y in range(years)
            for p in ("T1", "T2", "VB")
        ]
    )
    frame["count"] = pd.array([(i * 7) % 11 if i % 5 else None for i in range(len(frame))], dtype="Int64")
    frame["break"] = pd.array(["blanketten byttes" if i == 9 else None for i in frame.index], dtype="string")
    frame["median"] = pd.array([4.0] * len(frame), dtype="Float64")
    frame["high"] = pd.array([13.5] * len(frame), dtype="Float64")
    return frame


def charts(width: float) -> dict[str, matplotlib.axes.Axes]:
    frame, scales = indicators()
    cases = pd.DataFrame(
        {
            "panel": ["Vad gällde det?"] * 2,
            "label": ["Bemötande", "Kompetens"],
            "T1": [None, 0],
            "T2": [3, None],
            "VB": [40, 1],
            "total": [43, 1],
        }
    ).astype(dict.fromkeys(("T1", "T2", "VB", "total"), "Int64"))
    bars = pd.DataFrame(
        [{"label": "1.3 Stöd", "not_met": 1, "partly_met": 2, "met": 5, "no_data": 1, "without": 3}]
    )
    beside = cases.assign(panel="", praise=[12, None], cases=[3, 0])
    titles = {"praise": "Beröm", "cases": "Klagomål, synpunkter och avvikelser"}
    return {
        "praise beside": plot.case_dots(beside, periods=titles, total=None, hollow=("praise",), width=width),
        "funnel": funnel_chart(width),
        "run_chart": plot.run_chart(periods(), width=width),
        "dot_target": plot.dot_target(frame, scales=scales, width=width),
        "swarm": plot.swarm(frame, scales=scales, width=width),
        "case_dots": plot.case_dots(cases, periods={"T1": "T1", "T2": "T2", "VB": "VB"}, width=width),
        "status_bars": plot.status_bars(bars, width=width),
        "strip": plot.strip(ROW, scale=plot.Scale(60, 100, "%"), width=width),
    }


@pytest.mark.parametrize("width", [plot.WIDE, plot.NARROW])
@pytest.mark.parametrize("name", CHARTS)
def test_drawings_keep_text_and_colours_of_the_page(name, width):
    svg = plot.svg(charts(width)[name], "x", "Ett <textalternativ>")
    assert "<text" in svg and "font-family" not in svg
    assert not re.findall(r"#[0-9a-f]{6}", svg)
    assert '<title id="x-t">Ett &lt;textalternativ&gt;</title>' in svg
    assert f'viewBox="0 0 {width} ' in svg
    sizes = {float(size) for size in re.findall(r"font-size:([\d.]+)px", svg)}
    assert min(sizes) >= 13


@pytest.mark.parametrize("width", [plot.WIDE, plot.NARROW])
@pytest.mark.parametrize("name", CHARTS)
def test_no_text_is_cut_or_covers_another(name, width):
    ax = charts(width)[name]
    boxes = []
    for text in ax.texts:
        (x, y), string, size = text.get_position(), text.get_text(), float(text.get_fontsize())
        wide = plot.text_width(string, size, text.get_fontweight() == "bold")
        left = x - {"left": 0, "center": wide / 2, "right": wide}[text.get_ha()]
        assert left >= -1, string
        assert left + wide <= width + 1, string
        boxes.append((left, y - size * 0.36, left + wide, y + size * 0.36, string))
    for one, other in itertools.combinations(boxes, 2):
        apart = one[2] <= other[0] + 1 or other[2] <= one[0] + 1 or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one[4], other[4])


def test_a_funnel_names_dots_far_outside_by_letter_and_its_lines_where_they_end():
    for width in (plot.WIDE, plot.NARROW):
        words = [text.get_text() for text in funnel_chart(width).texts]
        assert {"A", "B", "C", "A: Ängens stöd", "C: E"} <= set(words)
        assert "D" not in words and "Ängens stöd" not in words
        assert words.count(f"95{NB}%") == words.count(f"99,8{NB}%") == 2


def lines_of(ax: matplotlib.axes.Axes, colour: str) -> int:
    return sum(line.get_color() == COLOUR[colour] for line in ax.get_children() if hasattr(line, "get_xdata"))


def test_a_run_chart_joins_no_points_over_a_gap_or_a_break():
    frame = periods()
    joined = sum(
        pd.notna(frame["count"][i])
        and pd.notna(frame["count"][i - 1])
        and frame["segment"][i] == frame["segment"][i - 1]
        for i in range(1, len(frame))
    )
    ax = plot.run_chart(frame)
    assert lines_of(ax, "note") == joined == 5
    assert len(ax.patches) == frame["count"].notna().sum()


def test_a_run_chart_of_many_years_still_names_them_on_a_narrow_page():
    shown = [text.get_text() for text in plot.run_chart(periods(12), width=plot.NARROW).texts]
    assert "’22" in shown and "2022" not in shown


def test_dots_are_as_many_as_the_cases_and_none_where_they_are_too_many():
    ax = charts(plot.WIDE)["case_dots"]
    assert len(ax.patches) == 3 + 1
    shown = [text.get_text() for text in ax.texts]
    assert "40" in shown and shown.count("–") == 2 and "0" in shown


def test_a_decorative_drawing_is_hidden_from_listeners():
    svg = plot.svg(charts(plot.NARROW)["strip"], "s", None)
    assert 'aria-hidden="true"' in svg and "<title" not in svg


def test_drawing_changes_no_settings():
    before = dict(matplotlib.rcParams)
    plot.svg(charts(plot.WIDE)["dot_target"], "x", "alt")
    assert dict(matplotlib.rcParams) == before


def test_a_given_axes_is_drawn_in():
    from matplotlib.figure import Figure

    ax = Figure().add_subplot()
    assert plot.strip(ROW, scale=plot.Scale(60, 100, "%"), ax=ax) is ax and ax.patches


@pytest.mark.parametrize(
    ("values", "unit", "from_zero", "shortest", "expected"),
    [
        ([66.8, 94], "%", False, 20, (60, 100)),
        ([52.9, 100], "%", False, 20, (50, 100)),
        ([99.5], "%", False, 20, (80, 100)),
        ([2.2, 9.7], "%", True, 1, (0, 10)),
        ([79, 86], "", False, 20, (75, 95)),
        ([0, 0], "%", True, 1, (0, 1)),
        ([90, 105], "%", False, 20, (90, 110)),
        ([-3, 4], "", False, 1, (-4, 4)),
    ],
)
def test_scales_are_round_and_hold_the_values(values, unit, from_zero, shortest, expected):
    scale = plot.nice_scale(values, unit, from_zero, shortest)
    assert (scale.low, scale.high) == expected


def test_words_that_do_not_fit_are_broken_not_cut():
    lines = plot.wrap("Arbetsmarknadsinsatsenhetschefsgruppen", 100)
    assert len(lines) > 1
    assert all(plot.text_width(line) <= 101 for line in lines)
    assert "".join(lines).replace("-", "") == "Arbetsmarknadsinsatsenhetschefsgruppen"


def test_an_axes_that_is_used_again_draws_as_a_new_one():
    from vbdata.plot import marks
    from vbdata.plot.canvas import canvas, text

    first = canvas(100, 50)
    text(first, 10, 10, "Ett")
    alone = plot.svg(first, "a")
    other = canvas(300, 80)
    text(other, 20, 20, "Två", bold=True)
    marks.disc(other, 5, 5, 4, "note")
    assert "Två" in plot.svg(other, "b", spent=True)
    again = canvas(100, 50)
    assert not again.texts and not again.patches
    text(again, 10, 10, "Ett")
    assert plot.svg(again, "a") == alone
    assert canvas(10, 10) is not again


@pytest.mark.parametrize("width", [plot.WIDE, plot.NARROW])
@pytest.mark.parametrize("at", [0.0, 50.0, 100.0])
def test_a_pile_of_many_equal_values_grows_sideways_and_covers_nothing(width, at):
    rows = pd.DataFrame({"value": [at] * 60, "attainment": ["met"] * 60})
    dots = swarm_drawing._place(rows, plot.Scale(0, 100, "%"), 3.8, width)
    assert max(abs(y) for _, y, _ in dots) <= swarm_drawing.TALLEST
    apart = [math.dist(a[:2], b[:2]) for a, b in itertools.combinations(dots, 2)]
    assert min(apart) >= 2 * 3.8
    assert all(0 <= x <= width for x, _, _ in dots)


def test_a_few_equal_values_stand_exactly_at_their_value():
    rows = pd.DataFrame({"value": [50.0] * 9, "attainment": ["met"] * 9})
    dots = swarm_drawing._place(rows, plot.Scale(0, 100, "%"), 4.6, plot.WIDE)
    assert {x for x, _, _ in dots} == {plot.WIDE / 2}


@pytest.mark.parametrize(("council", "said"), [(80.0, False), (None, True)])
def test_a_line_says_in_words_that_it_is_empty_only_where_it_has_no_mark(council, said):
    row = {"panel": "Nöjda", "label": "En plan", "value": None, "target": None, "council_target": council}
    ax = plot.dot_target(pd.DataFrame([row]), scales={"Nöjda": plot.Scale(60, 100, "%")})
    assert ("uppgift saknas" in plot.svg(ax, "x", "y")) is said
