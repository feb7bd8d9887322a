"""Indicators: a strip of marks in the row, and every number in a cell of its own."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from vbdata import plot
from vbdata.analyse.attention import sexes_missing
from vbdata.analyse.indicators import DIRECTIONS
from vbdata.plot.formats import EN_DASH, in_words, number, sentence
from vbdata.render.pages.unit import own
from vbdata.render.pages.unit.answers import answers_line, uncertainty
from vbdata.render.pages.unit.gender import gender
from vbdata.render.pages.unit.marks import corrected, finding_links
from vbdata.render.pages.unit.over_time import unshown
from vbdata.render.parts import sources, words
from vbdata.render.parts.components import details, empty, key, lead, section
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.history import DIRECTION_RULE, council_and_directions
from vbdata.render.parts.html import Block, Html, element, join, missing, under
from vbdata.render.parts.tables import Cell, Column, Group, Row, table
from vbdata.render.parts.values import MARKED, STRIP, group_scale, measured_in, scale_groups, value_cell

OPTIONAL = (("value_previous", "Förra året"), ("value_men", "Män"), ("value_women", "Kvinnor"))
ABOUT = ("name", "indicator_id", "measure_unit", "better", "goal_id", "period")
"""Columns whose correction is shown at the indicator's name."""
COMMON = 4
"""Columns of numbers that fit on one line of a phone."""
LEAST = 0.3
"""Share of the rows from which women and men, or last year, have columns of their own."""
BY_BOARD = "set_by_board"
"""The rule of a target that is no number: the board is to set it."""


def indicators(data: UnitData) -> Block:
    """Indicators against targets; of a plan, the targets."""
    if data.indicators.empty:
        return section(
            "indikatorer", "Indikatorer", empty("Dokumentet har inga indikatorer som har kunnat läsas.")
        )
    if data.is_plan:
        return section(
            "indikatorer", "Indikatorer", lead("En plan har årsmål men inga utfall."), _plan_table(data)
        )
    return section(
        "indikatorer",
        "Indikatorer",
        lead(*_lead(data)),
        key(_key(data)),
        _table(data),
        details("Så läses tabellen", element("p", _note(data))),
        gender(data),
        uncertainty(data),
        unshown(data),
    )


def _lead(data: UnitData) -> list[str]:
    sentences: list[str] = ["Jämförelsen av utfallet med enhetens årsmål är vår."]
    words_ = own.reservation(data)
    if words_ is not None:
        sentences.append(Html("Om tal med förbehåll skriver enheten: {}.").format(own.said(words_)))
    if (data.indicators["better"] == "lower").any():
        sentences.append("Vilken riktning som är bättre är vår tolkning där dokumentet inte anger den.")
    return sentences


def _key(data: UnitData) -> list[tuple[str, str]]:
    """Only the marks that are drawn."""
    frame = data.indicators
    attainment = frame["attainment"].astype("string")
    drawn = frame["value"].notna()
    items = [
        ("reached", "utfall, når årsmålet", (attainment == "met").any()),
        ("missed", "utfall, når inte årsmålet", (attainment == "not_met").any()),
        ("unknown", "utfall, går inte att bedöma", (drawn & attainment.isna()).any()),
        ("target", "årsmål", frame["target"].notna().any()),
        ("council", "kommunfullmäktiges (KF:s) årsmål", frame["council_target"].notna().any()),
        ("previous", "förra året", frame["value_previous"].notna().any()),
        (
            "span",
            f"spann män (M) {EN_DASH} kvinnor (K)",
            (frame["value_men"].notna() & frame["value_women"].notna()).any(),
        ),
        ("finding", "se Att kontrollera, med nummer", frame["row_id"].isin(data.finding_numbers).any()),
    ]
    return [(mark, text) for mark, text, shown in items if shown]


def _table(data: UnitData) -> Html:
    frame = data.indicators
    optional = [(column, title) for column, title in OPTIONAL if frame[column].notna().mean() > LEAST]
    values = [("value", "Utfall"), ("target", "Årsmål"), ("council_target", "KF:s årsmål"), *optional]
    columns = [
        Column("Indikator"),
        Column("Läge mot årsmålet"),
        *[Column(title, "num") for _, title in values],
        Column("Källa", "src"),
    ]
    short = words.short_names(frame["name"])
    told = council_and_directions(
        data.indicators, data.history.indicators, data.history.links, int(data.report["year"])
    )
    groups = []
    for number_, (kind, part) in enumerate(scale_groups(frame)):
        scale = group_scale(part, kind)
        head = _group_head(part, kind, scale)
        rows = [
            _row(data, row, [column for column, _ in values], short, scale, f"s{number_}-{i}", told)
            for i, (_, row) in enumerate(part.iterrows())
        ]
        groups.append(Group(rows, head))
    order = "i dokumentets ordning" + (" inom varje grupp" if len(groups) > 1 else "")
    return table(
        f"Indikatorer {order}",
        columns,
        groups,
        css="stack grid3 dec n4 s4" if len(values) == COMMON else "stack grid3 dec",
    )


def _note(data: UnitData) -> str:
    frame = data.indicators
    ruled = frame[["target_rule", "council_target_rule"]].isin(list(DIRECTIONS)).any(axis=None)
    rule = f" {DIRECTION_RULE}" if ruled else ""
    decimals = (
        "Andelar visas i hela procent."
        if data.profile.shared
        else "Tal visas med högst en decimal; källan har alla."
    )
    return f"{_dash(data, 'tabellen')} {decimals}{rule}"


def _dash(data: UnitData, where: str) -> str:
    """What a dash stands for."""
    frame, told = data.indicators, [f"{EN_DASH} betyder att talet saknas i {where}."]
    for column, name in (("target", "årsmål"), ("council_target", "KF:s årsmål")):
        mine = frame[frame[f"{column}_rule"].eq(BY_BOARD).fillna(False)]
        for printed, count in mine[f"{column}_raw"].value_counts(sort=False).items():
            noun = "indikator" if count == 1 else "indikatorer"
            said = f"står ”{printed}” i stället för {name}"
            if data.profile.shared:  # the cell is written anew, in the words of the vocabulary
                said = f"ska {name} tas fram av nämnden eller styrelsen"
            told.append(f"För {in_words(int(count))} {noun} {said}.")
    return " ".join(told)


def _group_head(part: pd.DataFrame, kind: tuple[str, str], scale: plot.Scale | None) -> Html:
    better, family = kind
    names = {"%": _shares(part), "": "Mått utan känd måttenhet"}
    name = names.get(family, f"Mått i {family}")
    ways = {"higher": "högre är bättre", "lower": "lägre är bättre"}
    way = ways.get(better, "om högre eller lägre är bättre är inte känt")
    low_high = ""
    if scale is not None:
        unit = " procent" if scale.measure_unit == "%" and set(part["measure_unit"].dropna()) == {"%"} else ""
        low_high = f"skala {number(scale.low)}{EN_DASH}{number(scale.high)}{unit}; "
    return Html("{}\u2002").format(name) + element("small", f"{low_high}{way}")


def _shares(part: pd.DataFrame) -> str:
    units = set(part["measure_unit"].dropna())
    return {("%",): "Andelar", ("index",): "Index"}.get(tuple(units), "Andelar och index")


def _row(
    data: UnitData,
    row: pd.Series,
    values: list[str],
    short: dict[str, str],
    scale: plot.Scale | None,
    uid: str,
    told: dict[str, list[str]],
) -> Row:
    mine = [str(row["row_id"])]
    links = join([finding_links(data, mine, other=values), corrected(data, mine, *ABOUT)])
    lines = [
        each
        for each in told.get(mine[0], [])
        if not (_reaches_both(row) and each == words.council_verdict(row))
    ]
    ours = join([element("span", line, class_="verdict") for line in lines])
    answered = answers_line(data, mine[0])
    parts = [
        short[str(row["name"])],
        measured_in(row, data.profile.shared),
        _verdicts(data, row),
        _beside(row, values),
        ours,
        answered,
    ]
    head = join([*parts, links])
    quiet = str(row["attainment"]) == "met" and not sexes_missing(row) and not links
    cells = [Cell(_strip(row, scale, uid), f"stripcell{' quiet' if quiet else ''}", labelled=False)]
    cells += [Cell(_value(data, row, column, strong=column == "value")) for column in values]
    place = Cell(sources.link(sources.indicator_source(row)), labelled=False)
    return Row(head, [*cells, place], more=own.under(own.of_indicator(data, row)))


def _beside(row: pd.Series, values: list[str]) -> Html:
    """Outcomes that too few rows have for a column."""
    told = [
        f"{title.lower()} {words.value_text(row, column)}"
        for column, title in OPTIONAL
        if column not in values and pd.notna(row[column])
    ]
    return element("span", sentence(", ".join(told)), class_="verdict") if told else Html("")


def _verdicts(data: UnitData, row: pd.Series) -> Html:
    """The outcome against the target, that of women and men where one misses it, and a reservation."""
    missed = pd.notna(row["attainment"]) and row["attainment"] == "not_met"
    also = ", och KF:s årsmål" if _reaches_both(row) else ""
    shown = [element("span", words.verdict(row) + also, class_="verdict miss" if missed else "verdict")]
    gaps = sexes_missing(row)
    for sex in words.SEXES if missed and row[["value_women", "value_men"]].notna().all() else gaps:
        value, target = row[f"value_{sex}"], row["target"]
        far = words.difference(round(float(value - target), 9), row["measure_unit"]).replace(
            "precis", "precis på"
        )
        shown.append(
            element(
                "span",
                f"{sentence(words.SEXES[sex])} {words.value_text(row, f'value_{sex}')}: {far} målet",
                class_="verdict miss" if sex in gaps else "verdict",
            )
        )
    if pd.notna(row["disowned"]) and row["disowned"]:
        shown.append(element("span", "Enhetens text gör förbehåll för talet", class_="verdict"))
    return join(shown)


def _reaches_both(row: pd.Series) -> bool:
    """The outcome reaches the unit's target, and the council's, which is another."""
    both = all(pd.notna(row[each]) and row[each] == "met" for each in ("attainment", "council_attainment"))
    return both and pd.notna(row["council_difference"]) and bool(row["council_target"] != row["target"])


def _strip(row: pd.Series, scale: plot.Scale | None, uid: str) -> Html:
    if scale is None or row[list(MARKED)].isna().all():
        return element("span", "inget tal att rita", class_="nogoal")
    is_share = pd.notna(row["measure_unit"]) and row["measure_unit"] == "%"
    own = replace(scale, measure_unit="%" if is_share else "")
    return Html(plot.svg(plot.strip(row, scale=own, width=STRIP), uid, None, "strip", spent=True))


def _value(data: UnitData, row: pd.Series, column: str, strong: bool = False) -> Html:
    """A number, with its findings and its correction under it."""
    mine = [str(row["row_id"])]
    shown = (
        missing(str(row[f"{column}_raw"]))
        if str(row.get(f"{column}_rule")) == BY_BOARD
        else value_cell(row, column, strong)
    )
    links = finding_links(data, mine, columns=[column, f"{column}_rule"], short=True)
    return under(under(shown, links), corrected(data, mine, column, f"{column}_rule"))


def _plan_table(data: UnitData) -> Html:
    columns = [
        Column("Indikator"),
        Column("Årsmål", "num"),
        Column("KF:s årsmål", "num"),
        Column("Periodicitet"),
        Column("Källa", "src"),
    ]
    short = words.short_names(data.indicators["name"])
    rows, planned = [], ("target", "council_target")
    for _, row in data.indicators.iterrows():
        mine = [str(row["row_id"])]
        links = join([finding_links(data, mine, other=planned), corrected(data, mine, *ABOUT)])
        period = str(row["period"]) if pd.notna(row["period"]) else missing()
        cells = [
            Cell(_value(data, row, "target", strong=True)),
            Cell(_value(data, row, "council_target")),
            Cell(period),
        ]
        source = Cell(sources.link(sources.indicator_source(row)), labelled=False)
        head = under(short[str(row["name"])] + measured_in(row, data.profile.shared), links)
        rows.append(Row(head, [*cells, source]))
    note = _dash(data, "planen")
    return table("Indikatorer i planens ordning", columns, [Group(rows)], note=note, css="stack grid3 dec")
