"""Charts for analysts: a loaded table in, an axes out, drawn in the pages' colours.

Each chart shows one thing that may be shown together and refuses the rest: two levels of goals, two years,
two questions of the complaints' form. Plans and earlier versions of a report are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.ticker import Formatter, MaxNLocator
from numpy.typing import ArrayLike

from vbdata.analyse.order import swedish_key
from vbdata.analyse.reports import PREFERENCE
from vbdata.errors import ParameterError
from vbdata.plot.bars import EDGE, FACE, LETTERS, ORDER
from vbdata.plot.canvas import WIDE, wrap
from vbdata.plot.figure import axes, explained, styled, told
from vbdata.plot.formats import EN_DASH, SIGNED_UNITS, counted, listed, number
from vbdata.plot.tokens import COLOUR, TEXT_SMALL
from vbdata.schema.labels import codes
from vbdata.vocabulary import label

ROW = 30.0
"""Height in px of a row of a chart."""
LABEL = 330.0
"""Width in px of the rows' names."""
_MOST_DECIMALS = 9
HUES = ("met", "not", "note", "part", "muted", "ink")
_ATTAINED = {"met": "når årsmålet", "not_met": "når inte årsmålet", "": "kan inte bedömas"}
_MARKERS = "osD^vP"
_FACE = {"met": "met", "not_met": "not-fg", "": "bg"}
_EDGE = {"met": "met", "not_met": "not", "": "edge"}


def goals(
    df: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None, alt: str | None = None
) -> Axes:
    """How each unit's goals of one level are judged, as bars of goals.

    Parameters
    ----------
    df
        `vbdata.load("goals", level=…, year=…)`.
    ax
        Where to draw; by default a figure of its own.
    title, alt
        In place of those that the chart makes; an empty title is none.

    Raises
    ------
    ParameterError
        When the frame has several levels or years, or nothing that is judged.

    Examples
    --------
    >>> import vbdata
    >>> vbdata.plot.goals(vbdata.load("goals", level="unit", year=2025))
    """
    rows = _speaking(_columns(df, "level", "status", of="goals"))
    rows = rows[rows["status"].notna()]
    level, year = _one(rows, "level"), _one(rows, "year")
    units = _sorted(rows["unit_name"])
    with styled():
        ax = axes(ax, WIDE, 120 + _height(units))
        held = pd.crosstab(rows["unit_name"], rows["status"].astype(str))
        held = held.reindex(index=units, columns=list(ORDER), fill_value=0)
        _judged_bars(ax, held)
        ax.set(xlabel="Antal mål", ylabel="")
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    said = [f"{unit}: " + _judged(counts) for unit, counts in held.iterrows()]
    head = f"{label('level', level)}, {year}: så bedöms de"
    return told(ax, head, said, title, alt)


def _judged_bars(ax: Axes, held: pd.DataFrame) -> None:
    """A bar per unit, in parts that are as long as the goals are many and have their number in them."""
    left = pd.Series(0, index=held.index)
    for status in ORDER:
        bars = ax.barh(
            range(len(held)), held[status], left=left, height=0.72, label=label("status", status),
            color=COLOUR[FACE[status]], edgecolor=COLOUR[EDGE[status]], linewidth=1.4,
        )  # fmt: skip
        ax.bar_label(
            bars, [str(count) if count else "" for count in held[status]], label_type="center",
            fontsize=TEXT_SMALL, color=COLOUR[LETTERS[status]],
        )  # fmt: skip
        left = left + held[status]
    _rows_down(ax, [_lines(unit) for unit in held.index])
    explained(ax, len(ORDER))


def _judged(counts: pd.Series) -> str:
    said = [f"{counts[status]} {label('status', status).lower()}" for status in ORDER if counts[status]]
    return listed(said)


def outcomes(
    df: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None, alt: str | None = None
) -> Axes:
    """Outcomes of a year as points beside their targets: one indicator in many units, or one unit's many.

    Columns ``low`` and ``high`` (`vbdata.answers`) are drawn as the interval that chance alone gives.

    Parameters
    ----------
    df
        `vbdata.load("indicators", year=…)` of one indicator or one unit, and of one measure unit.
    ax, title, alt
        As in `goals`.

    Raises
    ------
    ParameterError
        When the frame has several years or measure units, or several indicators of several units.

    Examples
    --------
    >>> import vbdata
    >>> rows = vbdata.load("indicators", year=2025, name="Sjukfrånvaro")
    >>> vbdata.plot.outcomes(rows)
    """
    rows = _outcomes_of(df)
    unit, year = _one(rows, "measure_unit"), _one(rows, "year")
    what, by = _subject(rows)
    names = _sorted(rows[by])
    rows = rows.assign(row=_rows(rows[by], names))
    with styled():
        ax = axes(ax, WIDE, 120 + _height(names))
        if {"low", "high"} <= set(rows.columns):
            ends = rows.dropna(subset=["low", "high"]).astype({"low": float, "value": float, "high": float})
            beside = [ends["value"] - ends["low"], ends["high"] - ends["value"]]
            ax.errorbar(ends["value"], ends["row"].cat.codes, xerr=beside, fmt="none", capsize=5,
                        ecolor=COLOUR["note"], elinewidth=2.4, capthick=2.4)  # fmt: skip
        for code, mine in _by_attainment(rows):
            _dots(ax, code, mine["value"].astype(float), mine["row"].cat.codes, size=11)
        for column, color in (("council_target", "muted"), ("target", "ink")):
            known = rows.dropna(subset=[column])
            at = known["row"].cat.codes
            ax.vlines(known[column].astype(float), at - 0.3, at + 0.3, COLOUR[color], lw=2.4,
                      label=_TARGETS[column], zorder=4)  # fmt: skip
        _rows_down(ax, list(rows["row"].cat.categories))
        explained(ax, 3)
        _scaled(ax, unit)
    said = [f"{row[by]}: {number(row['value'], measure_unit=unit)}" for _, row in rows.iterrows()]
    head = f"{what}, {year}"
    return told(ax, head, said, title, alt)


_TARGETS = {"target": "eget årsmål", "council_target": "KF:s årsmål"}


def spread(
    df: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None, alt: str | None = None
) -> Axes:
    """How a year's outcomes lie: a dot per unit, a row per indicator; nobody is ranked.

    Parameters
    ----------
    df
        `vbdata.load("indicators", year=…)` of one measure unit.
    ax, title, alt
        As in `goals`.

    Raises
    ------
    ParameterError
        When the frame has several years or measure units.

    Examples
    --------
    >>> import vbdata
    >>> vbdata.plot.spread(vbdata.load("indicators", year=2025, measure_unit="%"))
    """
    rows = _outcomes_of(df)
    unit, year = _one(rows, "measure_unit"), _one(rows, "year")
    names = _sorted(rows["name"])
    rows = rows.assign(row=_rows(rows["name"], names))
    with styled():
        ax = axes(ax, WIDE, 120 + _height(names, 44))
        _swarms(ax, rows)
        explained(ax, 3)
        _scaled(ax, unit)
    held = rows.groupby("name", sort=False)["value"].agg(["size", "min", "max"])
    said = [
        f"{name}: {counted(int(each['size']), 'enhet', 'enheter')}, "
        f"{number(each['min'], measure_unit=unit)}{EN_DASH}{number(each['max'], measure_unit=unit)}"
        for name, each in held.iterrows()
    ]
    head = f"Utfall {year}, en prick per enhet"
    return told(ax, head, said, title, alt)


def years(
    df: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None, alt: str | None = None
) -> Axes:
    """Outcomes over the years: a line per unit of one indicator, or per indicator of one unit.

    A line is broken where a year is missing. Lines are named at their ends where they are more than six.

    Parameters
    ----------
    df
        `vbdata.load("indicators", name=…)`, of one measure unit.
    ax, title, alt
        As in `goals`.

    Raises
    ------
    ParameterError
        When the frame has several measure units, or several indicators of several units.

    Examples
    --------
    >>> import vbdata
    >>> rows = vbdata.load("indicators", unit_id="lillans-korttidshem", measure_unit="%")
    >>> vbdata.plot.years(rows).set_ylim(0, 100)
    """
    rows = _outcomes_of(df)
    unit, (what, by) = _one(rows, "measure_unit"), _subject(rows)
    rows = rows.sort_values([by, "year"], kind="stable").astype({"year": int, "value": float})
    names = _sorted(rows[by])
    many = len(names) > len(HUES)
    looks = [("muted", "o")] * len(names) if many else zip(HUES, _MARKERS, strict=True)
    with styled():
        ax = axes(ax, WIDE, 120 + _height(names) if many else 300 + _height(names))
        for name, (hue, marker) in zip(names, looks, strict=False):
            line = _broken(rows[rows[by] == name])
            ax.plot(line["year"], line["value"], color=COLOUR[hue], marker=marker, label=name,
                    markersize=5 if many else 9, markeredgecolor=COLOUR["bg"])  # fmt: skip
        if many:
            _name_lines(ax, rows.drop_duplicates(by, keep="last").set_index(by))
        else:
            explained(ax, 1)
        ax.grid(axis="y")
        ax.set(xlabel="", ylabel="" if unit in SIGNED_UNITS else unit)
        ax.set_xticks(sorted(rows["year"].unique()))
        ax.yaxis.set_major_formatter(_Ticks(unit))
    said = [
        f"{name}: "
        + listed(
            [f"{number(v, measure_unit=unit)} {y}" for y, v in zip(mine["year"], mine["value"], strict=True)]
        )
        for name, mine in rows.groupby(by, sort=False)
    ]
    head = f"{what} över åren"
    return told(ax, head, said, title, alt)


def _broken(rows: pd.DataFrame) -> pd.DataFrame:
    """A line's rows in order of year, with one without a value where a year is missing."""
    gaps = rows[rows["year"].diff() > 1].assign(value=float("nan"))
    return pd.concat([rows, gaps.assign(year=gaps["year"] - 0.5)]).sort_values("year", kind="stable")


def _name_lines(ax: Axes, ends: pd.DataFrame) -> None:
    """Each line's name beside the plot, as near its last point as the other names leave room for."""
    low, high = ax.get_ylim()
    ends = ends.sort_values("value")
    heights = np.array([_height([name]) for name in ends.index])
    heights = heights / max(heights.sum(), 1)
    places = ((ends["value"] - low) / (high - low)).to_numpy()
    room = heights.cumsum() - heights / 2  # where each name would stand if they filled the height
    places = np.maximum.accumulate(places - room) + room  # none below the one before it
    over = 1 - heights / 2 - (heights[::-1].cumsum() - heights[::-1])[::-1]
    places = np.minimum(places, over)
    for (name, end), place in zip(ends.iterrows(), places, strict=True):
        ax.annotate(
            _lines(str(name)), (end["year"], end["value"]), (1.04, place), textcoords="axes fraction",
            va="center", fontsize=TEXT_SMALL, color=COLOUR["ink"],
            arrowprops={"arrowstyle": "-", "linestyle": ":", "color": COLOUR["edge"], "relpos": (0, 0.5)},
        )  # fmt: skip


def complaints(
    df: pd.DataFrame, *, ax: Axes | None = None, title: str | None = None, alt: str | None = None
) -> Axes:
    """The year's cases per category of one question of the form. A blank is a dash, not a zero.

    Parameters
    ----------
    df
        `vbdata.load("complaints", facet=…, year=…)`. Of several units the printed totals are added, and the
        title says so.
    ax, title, alt
        As in `goals`.

    Raises
    ------
    ParameterError
        When the frame has several questions, years or forms: they count the same events in different ways.

    Examples
    --------
    >>> import vbdata
    >>> rows = vbdata.load("complaints", facet="complaint_subject", year=2025)
    >>> vbdata.plot.complaints(rows)
    """
    rows = _speaking(_columns(df, "facet", "template", "category", "period", "count", of="complaints"))
    rows = rows[rows["period"] == "total"]
    facet, year = _one(rows, "facet"), _one(rows, "year")
    _one(rows, "template")
    sums = rows.groupby(rows["category"].astype(str), sort=False)["count"].sum(min_count=1)
    units = rows["unit_id"].nunique()
    with styled():
        ax = axes(ax, WIDE, 90 + _height(list(sums.index)))
        lengths = sums.astype("Float64").fillna(0).astype(float)
        bars = ax.barh(range(len(sums)), lengths, height=0.6, color=COLOUR["note"])
        shown = [EN_DASH if pd.isna(count) else str(int(count)) for count in sums]
        ax.bar_label(bars, shown, padding=6, fontsize=TEXT_SMALL)
        _rows_down(ax, [_lines(name) for name in sums.index])
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
        ax.set(xlabel=f"Antal ärenden{', tomma rutor oräknade' if units > 1 else ''}", ylabel="")
    said = [f"{name}: {'tomt' if pd.isna(count) else int(count)}" for name, count in sums.items()]
    whose = str(rows["unit_name"].iloc[0]) if units == 1 else f"{units} enheter tillsammans"
    question = label("facet", facet)
    head = f"{question}{'' if question.endswith('?') else ','} {year} ({whose})"
    return told(ax, head, said, title, alt)


def _columns(df: pd.DataFrame, *wanted: str, of: str) -> pd.DataFrame:
    """The frame with codes as text, whether it has codes or their labels."""
    if not isinstance(df, pd.DataFrame):
        raise ParameterError(
            "diagrammet ritar en DataFrame", value=type(df).__name__, hint=f'hämta den: vbdata.load("{of}")'
        )
    if df.empty:
        raise ParameterError("tabellen är tom", hint="inga rader passade villkoren som den hämtades med")
    for column in ("unit_id", "unit_name", "year", "kind", "version", *wanted):
        if column not in df.columns:
            raise ParameterError(
                "diagrammet saknar en kolumn", value=column, hint=f'ta raderna ur vbdata.load("{of}")'
            )
    coded = {}
    for column in {"kind", *wanted}:
        words = {word: code for code, word in codes("reports" if column == "kind" else of, column).items()}
        if words:
            texts = df[column].astype("string")
            coded[column] = texts.map(words).fillna(texts).astype("string")
    return df.assign(**coded)


def _speaking(df: pd.DataFrame) -> pd.DataFrame:
    """Rows of each unit's report of each year that says most about the outcome, in its last version."""
    rank = df["kind"].map({kind: i for i, kind in enumerate(PREFERENCE)})
    found = df.assign(_rank=rank.astype(int))[rank < PREFERENCE.index("VP")]
    if found.empty:
        raise ParameterError("tabellen har inga rader ur rapporter", hint="planer har inga utfall")
    best = found.sort_values(["_rank", "version"], ascending=[True, False], kind="stable")
    best = best.drop_duplicates(["unit_id", "year"])[["unit_id", "year", "_rank", "version"]]
    return found.merge(best, on=list(best.columns)).drop(columns="_rank")


def _outcomes_of(df: pd.DataFrame) -> pd.DataFrame:
    rows = _speaking(_columns(df, "name", "value", "measure_unit", "attainment", of="indicators"))
    return rows.dropna(subset=["value"]).assign(measure_unit=rows["measure_unit"].fillna(""))


def _one(rows: pd.DataFrame, column: str) -> Any:
    """The only value of a column."""
    found = rows[column].dropna().unique()
    if len(found) == 1:
        return found[0]
    if not len(found):
        raise ParameterError("tabellen har inga rader att rita")
    shown = f'"{found[0]}"' if isinstance(found[0], str) else found[0]
    some = listed([str(each) or "utan måttenhet" for each in list(found)[:4]])
    raise ParameterError(
        f"tabellen har flera värden i {column}", value=some,
        hint=f"välj ett, till exempel {column}={shown}: de ska inte räknas ihop",
    )  # fmt: skip


def _subject(rows: pd.DataFrame) -> tuple[str, str]:
    """What a chart is about, and the column that its rows or lines stand for."""
    if rows["name"].nunique() == 1:
        return str(rows["name"].iloc[0]), "unit_name"
    if rows["unit_id"].nunique() == 1:
        return str(rows["unit_name"].iloc[0]), "name"
    raise ParameterError(
        "tabellen har flera indikatorer från flera enheter",
        hint="välj en indikator (name=) eller en enhet (unit_id=)",
    )


def _by_attainment(rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Outcomes that reach their target, that do not, and that cannot be judged."""
    reached = rows["attainment"].fillna("")
    return ((code, mine) for code in _ATTAINED if len(mine := rows[reached == code]))


def _swarms(ax: Axes, rows: pd.DataFrame) -> None:
    """A dot for each outcome, beside one another where they are equal."""
    import seaborn as sns

    there = [code for code, _ in _by_attainment(rows)]
    sns.swarmplot(
        rows.assign(value=rows["value"].astype(float), attainment=rows["attainment"].fillna("")),
        x="value", y="row", hue="attainment", hue_order=there, size=9, linewidth=0, legend=False,
        palette={code: COLOUR[_FACE[code]] for code in there}, warn_thresh=1, ax=ax,
    )  # fmt: skip
    edges = {to_hex(COLOUR[_FACE[code]]): COLOUR[_EDGE[code]] for code in _ATTAINED}
    for points in ax.collections:  # one per row of the chart
        points.set_edgecolor([edges[to_hex(face)] for face in np.asarray(points.get_facecolor())])
        points.set_linewidth(2.2)
    for code in there:  # the dots of a row are one mark: each kind has one of its own for the legend
        _dots(ax, code, [], [], size=9)


def _dots(ax: Axes, code: str, values: ArrayLike, rows: ArrayLike, size: int) -> None:
    """Outcomes as the pages have them: filled where the target is reached, hollow where not."""
    face, edge = COLOUR[_FACE[code]], COLOUR[_EDGE[code]]
    ax.scatter(values, rows, s=size**2, linewidths=2.2, zorder=3, color=face, edgecolors=edge,
               label=_ATTAINED[code])  # fmt: skip


def _rows_down(ax: Axes, names: Sequence[str]) -> None:
    """A row for each name, the first one on top."""
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)


def _height(names: list[str], least: float = ROW) -> float:
    """Of rows that have room for their names, equally high."""
    return len(names) * max(least, *(16.0 * _lines(name).count("\n") + 26 for name in names))


def _lines(name: str) -> str:
    """A row's name in lines."""
    return "\n".join(wrap(str(name), LABEL, TEXT_SMALL))


def _rows(names: pd.Series, order: list[str]) -> pd.Categorical:
    """Each row's name in lines, in the chart's order."""
    return pd.Categorical(names.astype(str).map(_lines), [_lines(name) for name in order])


def _scaled(ax: Axes, unit: str) -> None:
    ax.set(xlabel="" if unit in SIGNED_UNITS else unit, ylabel="")
    ax.grid(axis="x")
    ax.xaxis.set_major_formatter(_Ticks(unit))


class _Ticks(Formatter):
    """Numbers on an axis, all with as many decimals as the finest of them needs."""

    def __init__(self, unit: str) -> None:
        self.unit = unit

    def __call__(self, value: float, pos: int | None = None) -> str:
        return number(value, measure_unit=self.unit)

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        ticks = np.asarray(values, dtype=float)
        near = 1e-6 * float(np.ptp(ticks)) if len(ticks) else 0.0
        exact = (n for n in range(_MOST_DECIMALS) if np.all(np.abs(ticks.round(n) - ticks) <= near))
        decimals = next(exact, _MOST_DECIMALS)
        return [number(float(tick), decimals, self.unit) for tick in ticks]


def _sorted(names: pd.Series) -> list[str]:
    return sorted({str(name) for name in names}, key=swedish_key)


__all__: Sequence[str] = ("complaints", "goals", "outcomes", "spread", "years")
