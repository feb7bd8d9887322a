"""Values on a page: cells aligned on their decimal comma, and the scales that rows share."""

from __future__ import annotations

import re

import pandas as pd

from vbdata import plot
from vbdata.analyse.disclosure import is_hidden
from vbdata.render.parts import words
from vbdata.render.parts.html import Html, element, missing
from vbdata.schema.tables import HIDDEN

STRIP = 260
"""Width of a strip in px: its column's, so that text keeps its size."""
MARKED = ("value", "target", "council_target", "value_previous", "value_men", "value_women")
ON_ONE_SCALE = ("%", "index")
"""Measure units that share a scale."""
_PRINTED = re.compile(r"[\d\s.,–−-]*\d\s*([^\W\d].*)")
"""A number and its unit, as printed."""
SHORTEST_SHARE = 20
"""A shorter scale of percentages or indexes would make small differences look large."""


def scale_groups(frame: pd.DataFrame) -> list[tuple[tuple[str, str], pd.DataFrame]]:
    """Rows that share a scale: same direction, and percentages or indexes or the same other unit."""
    unit = frame["measure_unit"].fillna("").astype(str)
    family = unit.where(~unit.isin(ON_ONE_SCALE), "%")
    better = frame["better"].astype("string").fillna("")
    keys = list(zip(better, family, strict=True))
    order = sorted(
        dict.fromkeys(keys), key=lambda each: ({"higher": 0, "lower": 1}.get(each[0], 2), each[1] != "%")
    )
    return [(each, frame[[k == each for k in keys]]) for each in order]


def group_scale(part: pd.DataFrame, kind: tuple[str, str]) -> plot.Scale | None:
    """The scale that a group of rows shares; None where no row has a number."""
    values = pd.concat([part[column] for column in MARKED]).dropna().astype(float)
    if values.empty:
        return None
    unit = "%" if (part["measure_unit"] == "%").any() else ""
    from_zero = kind[0] == "lower"
    shortest = SHORTEST_SHARE if kind[1] == "%" and not from_zero else 1
    return plot.nice_scale(values, unit if kind[1] == "%" else "", from_zero, shortest)


def measured_in(row: pd.Series, ours: bool = False) -> Html:
    """The measure unit under a name, where the numbers do not show it: as printed beside one of them.

    Where the cells are written anew, in `ours`, it is told to be that of the table.

    >>> row = pd.Series({"measure_unit": "kg CO2e/kg", "target_raw": "öka", "value_raw": "1,5 kg CO2 per kg"})
    >>> str(measured_in(row))
    '<span class="lvl">mäts i kg CO2 per kg</span>'
    """
    if pd.isna(row["measure_unit"]) or row["measure_unit"] in ON_ONE_SCALE:
        return Html("")
    if ours:
        return element("span", f"här i {row['measure_unit']}", class_="lvl")
    raws = [str(row.get(f"{column}_raw", "")).strip() for column in MARKED]
    printed = [each[1] for raw in raws if (each := _PRINTED.fullmatch(raw))]
    return element("span", f"mäts i {printed[0] if printed else row['measure_unit']}", class_="lvl")


def value_cell(row: pd.Series, column: str, strong: bool = False) -> Html:
    """A number aligned on its decimal comma; a target in words as words; missing as a dash, unless hidden."""
    if pd.isna(row[column]):
        rule = row.get(f"{column}_rule")
        in_words_ = pd.notna(rule) and rule != "number"
        printed = str(row[f"{column}_raw"]).replace("/", "/\u200b")  # a narrow column may break at the slash
        if in_words_:
            return element("span", printed, class_="words")
        return element("span", HIDDEN, class_="muted") if is_hidden(row[f"{column}_raw"]) else missing()
    shown = words.value_text(row, column)
    css = ["v", "" if "," in shown else "p1", "" if shown.endswith("%") else "pu", "strong" if strong else ""]
    return element("span", shown, class_=" ".join(name for name in css if name))
