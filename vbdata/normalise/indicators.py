"""An indicator row: numbers, measure unit, targets, and whether the unit's own target is reached."""

from __future__ import annotations

from collections import Counter
from typing import Any

from vbdata.normalise.names import indicator_name
from vbdata.normalise.noted import Noted
from vbdata.normalise.numbers import Quantity, is_blank, parse_quantity, parse_rule
from vbdata.parse.records import Indicator
from vbdata.schema.tables import INDICATORS
from vbdata.vocabulary import clean, indicators

FIELDS = ("value", "value_men", "value_women", "value_previous", "target", "council_target")


def indicator_row(record: Indicator, row_id: str) -> tuple[dict[str, Any], list[Noted]]:
    """The row's own columns, and its doubts."""
    noted: list[Noted] = []
    named = indicator_name(record.name_raw)
    if named.doubt:
        rivals = dict(zip(("first", "second"), named.rivals, strict=True)) if named.rivals else {}
        words = {"what": "Indikatorn", "value": clean(record.name_raw), **rivals}
        noted.append(Noted(named.doubt, "indicators", row_id, record.place, words))
    known = next((entry for entry in indicators() if entry.indicator_id == named.id), None)
    cells = {field: getattr(record, f"{field}_raw") for field in FIELDS}
    numbers = {field: parse_quantity(raw) for field, raw in cells.items()}
    rules = {field: parse_rule(cells[field]) for field in ("target", "council_target")}
    unit = _measure_unit(numbers, known.measure_unit if known else None)
    noted.extend(
        _doubts(
            record, row_id, named.name, cells, numbers, rules, unit, known.measure_unit if known else None
        )
    )
    better = known.better if known else None
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
) -> list[Noted]:
    noted: list[Noted] = []
    units = {n.measure_unit for n in numbers.values() if n and n.measure_unit}
    for field, raw in cells.items():
        column = str(INDICATORS.columns[field].title)
        words = {
            "name": name,
            "column": column[0].lower() + column[1:] if not column.startswith("KF") else column,
            "value": clean(raw),
        }
        number = numbers[field]
        if number is None:
            if not is_blank(raw) and rules.get(field) is None:
                noted.append(Noted("value_unreadable", "indicators", row_id, record.place, words))
        elif number.measure_unit is None and unit and unit != "index":
            why = f"Andra tal i raden har {unit}" if units else f"Indikatorn mäts i {unit}"
            noted.append(
                Noted("number_without_unit", "indicators", row_id, record.place, words | {"why": why})
            )
        elif number.measure_unit is None and unit is None and known is None and units:
            noted.append(Noted("unit_unclear", "indicators", row_id, record.place, words))
    if len(units) > 1:
        words = {"name": name, "column": "raden har måttenheterna", "value": " och ".join(sorted(units))}
        noted.append(Noted("unit_unclear", "indicators", row_id, record.place, words))
    return noted
