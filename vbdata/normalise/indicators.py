"""An indicator row: numbers, measure unit, targets, and whether the unit's own target is reached."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from vbdata.extract.document import Place
from vbdata.extract.grammar import (
    ABOUT,
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW,
    VALUES,
    Quantity,
    is_blank,
    parse_rule,
    readings,
    settled,
    with_own_unit,
)
from vbdata.normalise.names import indicator_name
from vbdata.normalise.noted import Noted
from vbdata.parse.records import Indicator
from vbdata.schema.tables import SCHEMAS
from vbdata.vocabulary import clean, indicators

Row = dict[str, Any]
_TARGETS = ("target", "council_target")
#: What is measured in per cent and may lie outside 0–100, by a word of its name.
_NO_SHARE = re.compile(
    r"förändr|ökning|minskning|utveckling|avvikelse|skillnad|differens|tillväxt|budget|resultat|prognos|kostnad|"
    r"beläggning|nyttjande|jämfört",
    re.I,
)
_SHARE = re.compile(r"\s*andel", re.I)
NO_NUMBER = "är varken ett tal eller ett känt ord"


def indicator_row(record: Indicator, row_id: str) -> tuple[dict[str, Any], list[Noted]]:
    """The row's own columns, and its doubts."""
    noted: list[Noted] = []
    named = indicator_name(record.name_raw)
    if named.doubt:
        rivals = dict(zip(("first", "second"), named.rivals, strict=True)) if named.rivals else {}
        words = {"what": "Indikatorn", "value": clean(record.name_raw), **rivals}
        noted.append(Noted(named.doubt, "indicators", row_id, record.place, words))
    known = next((entry for entry in indicators() if entry.indicator_id == named.id), None)
    cells = {field: getattr(record, f"{field}_raw") for field in VALUES}
    known_unit, better = (known.measure_unit, known.better) if known else (None, None)
    numbers = _numbers(cells, known_unit)
    rules = {field: parse_rule(cells[field]) for field in _TARGETS}
    unit = _measure_unit(numbers, known_unit)
    is_share = _is_share(named.name, known_unit)
    refused = {
        field: why
        for field, number in numbers.items()
        if number and (why := _refusal(field, number, number.measure_unit or unit, better, is_share=is_share))
    }
    numbers |= dict.fromkeys(refused)
    noted.extend(_doubts(record, row_id, named.name, cells, numbers, rules, unit, known_unit, refused))
    row: dict[str, Any] = {
        "position": record.position,
        "indicator_id": named.id,
        "name": named.name,
        "name_raw": record.name_raw,
        "measure_unit": unit,
        "period": clean(record.period_raw) or None,
        "better": better,
        "analysis": record.analysis,
    }
    for field, number in numbers.items():
        row[field] = number.value if number else None
        row[f"{field}_raw"] = cells[field]
    for field, rule in rules.items():
        row[f"{field}_rule"] = "number" if numbers[field] else rule
    row["gap"], row["attainment"] = judge(_pair(numbers["value"]), _pair(numbers["target"]), better)
    return row, noted


def with_units_beside(rows: Sequence[Row]) -> tuple[list[Row], list[Noted]]:
    """The rows; a share without a unit among shares in per cent of its table is in per cent, with a doubt."""
    noted: list[Noted] = []
    beside = {row["goal_id"] for row in rows if row["measure_unit"] == "%" and _SHARE.match(row["name"])}
    done = [_in_per_cent(row, noted) if row["goal_id"] in beside and _is_bare(row) else row for row in rows]
    return done, noted


def _is_bare(row: Row) -> bool:
    """A share with numbers, none of which has a unit or may be a fraction."""
    numbers = [row[field] for field in VALUES if row[field] is not None]
    plain = row["measure_unit"] is None and bool(_SHARE.match(row["name"]))
    return plain and bool(numbers) and all(1 < number <= 100 for number in numbers)


def _in_per_cent(row: Row, noted: list[Noted]) -> Row:
    for field in VALUES:
        if row[field] is not None:
            why = "Andelarna bredvid har %"
            words = {
                "name": row["name"],
                "column": _column(field),
                "value": clean(row[f"{field}_raw"]),
                "why": why,
            }
            place = Place(row["source_line"], row["source_page"])
            noted.append(Noted("number_without_unit", "indicators", row["row_id"], place, words, field))
    return row | {"measure_unit": "%"}


def _numbers(cells: dict[str, str], known: str | None) -> dict[str, Quantity | None]:
    """The number of each cell; a point that may part thousands is settled by the row's other cells.

    So is a measure unit that no list has: it is one where two cells of the row print it.
    """
    own = {field: with_own_unit(raw) for field, raw in cells.items()}
    printed = Counter(number.measure_unit for number in own.values() if number)
    found = {
        field: (number,) if (number := own[field]) and printed[number.measure_unit] > 1 else readings(raw)
        for field, raw in cells.items()
    }
    plain = {field: each[0] for field, each in found.items() if len(each) == 1}
    unit = _measure_unit(dict(plain), known)
    return {field: settled(each, unit, plain.values()) for field, each in found.items()}


def _is_share(name: str, known: str | None) -> bool:
    """Whether an indicator in per cent is a part of a whole, which lies between 0 and 100."""
    return known == "%" or bool(_SHARE.match(name)) or not _NO_SHARE.search(name)


def _refusal(
    field: str, number: Quantity, unit: str | None, better: str | None, *, is_share: bool
) -> str | None:
    """Why a number that is printed plainly is not the cell's value, if so.

    A limit is no outcome; as a target "minst 80 %" is 80, but "under 5 %" is not 5, nor is "högst 80 %" a
    target that is to be reached from below.
    """
    wrong_way = {AT_LEAST: "lower", AT_MOST: "higher"}.get(number.limit)
    if number.limit in (ABOVE, BELOW) or (wrong_way and field not in _TARGETS):
        return "är en gräns och inget värde"
    if wrong_way and wrong_way == better:
        return "är en gräns åt andra hållet än indikatorn mäts"
    if unit == "%" and is_share and not 0 <= number.value <= 100:
        return "kan inte vara en andel, som är 0–100 %,"
    return None


def _why(raw: str) -> str:
    """Why no number was read in a cell."""
    if len(readings(raw)) > 1:
        return "kan vara tusental eller decimaler"
    return "har fler än ett tal" if len(re.findall(r"\d+", raw)) > 1 else NO_NUMBER


def _measure_unit(numbers: dict[str, Quantity | None], known: str | None) -> str | None:
    """The unit that most of the row's numbers are printed with, else the vocabulary's."""
    printed = Counter(n.measure_unit for n in numbers.values() if n and n.measure_unit)
    return printed.most_common(1)[0][0] if printed else known


def _pair(number: Quantity | None) -> tuple[float | None, str | None]:
    return (number.value, number.measure_unit) if number else (None, None)


def judge(
    value: tuple[float | None, str | None], target: tuple[float | None, str | None], better: str | None
) -> tuple[float | None, str | None]:
    """``gap`` and ``attainment`` of an outcome and a target, each with the measure unit printed beside it.

    The gap is outcome minus target, signed so that positive is better; there is none between numbers of
    two units, nor where it is not known which way is better.

    >>> judge((4.9, "%"), (5.0, None), "lower"), judge((4.9, "%"), (5.0, "index"), "lower")
    ((0.1, 'met'), (None, None))
    """
    (outcome, its_unit), (wanted, wanted_unit) = value, target
    if outcome is None or wanted is None or better is None:
        return None, None
    if its_unit and wanted_unit and its_unit != wanted_unit:
        return None, None
    gap = round(outcome - wanted if better == "higher" else wanted - outcome, 9)
    return gap, "met" if gap >= 0 else "not_met"


def _doubts(
    record: Indicator,
    row_id: str,
    name: str,
    cells: dict[str, str],
    numbers: dict[str, Quantity | None],
    rules: dict[str, str | None],
    unit: str | None,
    known: str | None,
    refused: dict[str, str],
) -> list[Noted]:
    noted: list[Noted] = []
    units = {n.measure_unit for n in numbers.values() if n and n.measure_unit}

    def note(code: str, field: str, **more: str) -> None:
        words = {"name": name, "column": _column(field), "value": clean(cells[field]), **more}
        noted.append(Noted(code, "indicators", row_id, record.place, words, field))

    for field, raw in cells.items():
        number = numbers[field]
        if number is None:
            if not is_blank(raw) and (field in refused or rules.get(field) is None):
                note("value_unreadable", field, why=refused.get(field) or _why(raw))
            continue
        if number.limit == ABOUT:
            note("value_approximate", field)
        if number.measure_unit is None and unit and unit != "index":
            why = f"Andra tal i raden har {unit}" if units else f"Indikatorn mäts i {unit}"
            note("number_without_unit", field, why=why)
        elif number.measure_unit is None and unit is None and known is None and units:
            note("unit_unclear", field)
    if len(units) > 1:
        words = {"name": name, "column": "raden har måttenheterna", "value": " och ".join(sorted(units))}
        noted.append(Noted("unit_unclear", "indicators", row_id, record.place, words))
    return noted


def _column(field: str) -> str:
    """A column's title within a sentence."""
    title = str(SCHEMAS["indicators"].columns[field].title)
    return title if title.startswith("KF") else title[0].lower() + title[1:]
