"""Factories: the tables of invented units, as `store` would give them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from tests.factories import frame
from vbdata.register import Register, Succession
from vbdata.schema import SCHEMAS

UNIT = "Solgårdens dagliga verksamhet"
FORM = "Synpunkter och klagomål - som gäller verksamhet och personal"


class Tables:
    """Rows are added to; `frames` gives them their dtypes."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
        self.report_id = ""

    def report(self, unit_id: str = "solgarden", name: str = UNIT, **values: Any) -> str:
        kind, year = values.setdefault("kind", "VB"), values.setdefault("year", 2025)
        self.report_id = f"{year}-{kind.lower()}-{unit_id}{values.pop('version', '')}"
        defaults = {
            "source": "a.txt",
            "sha256": "0" * 64,
            "format": "txt",
            "dnr": "S 2025/1",
            "board": "Nämnden",
        }
        row = {**defaults, "date": datetime.date(2026, 1, 20), **values}
        self.rows["reports"].append(
            {**row, "report_id": self.report_id, "unit_id": unit_id, "unit_name": name}
        )
        return self.report_id

    def goal(
        self, level: str, title: str, status: str | None = None, parent: str | None = None, **values: Any
    ) -> str:
        position = sum(row["report_id"] == self.report_id for row in self.rows["goals"]) + 1
        goal_id = f"{self.report_id}/g{position:02d}"
        row = {"title_raw": title, "source_line": 100 + position, "status_raw": status, **values}
        self.rows["goals"].append(
            {
                **row,
                "report_id": self.report_id,
                "goal_id": goal_id,
                "parent_goal_id": parent,
                "position": position,
                "level": level,
                "title": title,
                "status": status,
            }
        )
        return goal_id

    def tree(self, *statuses: str | None, code: str = "1.3") -> list[str]:
        """A direction, an area, a board goal, and a unit goal per status."""
        direction = self.goal("direction", "En sammanhållen stad", code=code[0])
        area = self.goal("area", "Stöd och omsorg", parent=direction, code=code)
        board = self.goal("board", "Alla är delaktiga", "no_data", area)
        return [self.goal("unit", f"Eget mål {i}", status, board) for i, status in enumerate(statuses, 1)]

    def indicator(
        self, name: str = "Nöjda", value: float | None = 84.0, target: float | None = 83.0, **values: Any
    ) -> str:
        position = sum(row["report_id"] == self.report_id for row in self.rows["indicators"]) + 1
        row_id = f"{self.report_id}/i{position:02d}"
        unit = values.setdefault("measure_unit", "%")
        better = values.setdefault("better", "higher")
        row: dict[str, Any] = {"name_raw": name, "period": "2025", "source_line": 200 + position, **values}
        for column, number in (("value", value), ("target", target)):
            if number is not None:
                row |= {
                    column: number,
                    f"{column}_raw": row.get(f"{column}_raw") or f"{number:g} {unit}".replace(".", ","),
                }
        if target is not None:
            row["target_rule"] = "number"
        if value is not None and target is not None and better:
            gap = (value - target) * (1 if better == "higher" else -1)
            row |= {"gap": gap, "attainment": "met" if gap >= 0 else "not_met"}
        row.setdefault("indicator_id", name.casefold().replace(" ", "_"))
        self.rows["indicators"].append(
            {**row, "report_id": self.report_id, "row_id": row_id, "position": position, "name": name}
        )
        return row_id

    def activity(self, title: str = "En aktivitet", **values: Any) -> str:
        position = sum(row["report_id"] == self.report_id for row in self.rows["activities"]) + 1
        row_id = f"{self.report_id}/a{position:02d}"
        defaults = {
            "start": datetime.date(2025, 1, 1),
            "end": datetime.date(2025, 12, 31),
            "start_raw": "2025-01-01",
            "end_raw": "2025-12-31",
            "deviation": False,
            "source_line": 300 + position,
            "title_raw": title,
        }
        row = {**defaults, **values, "report_id": self.report_id, "row_id": row_id}
        self.rows["activities"].append({**row, "position": position, "title": title})
        return row_id

    def complaint(
        self,
        category: str,
        counts: tuple[int | None, int | None, int | None, int | None] = (None,) * 4,
        *,
        facet: str | None = "complaint_subject",
        group: str = FORM,
        template: str = "2025",
        concept: str | None = None,
        comment: str | None = None,
    ) -> str:
        position = (
            len({row["position"] for row in self.rows["complaints"] if row["report_id"] == self.report_id})
            + 1
        )
        for period, count in zip(("T1", "T2", "VB", "total"), counts, strict=True):
            self.rows["complaints"].append(
                {
                    "report_id": self.report_id,
                    "row_id": f"{self.report_id}/c{position:02d}-{period}",
                    "position": position,
                    "template": template,
                    "facet": facet,
                    "group": group,
                    "group_raw": group,
                    "category": category,
                    "category_raw": category,
                    "concept": concept,
                    "period": period,
                    "count": count,
                    "count_raw": None if count is None else str(count),
                    "comment": comment,
                    "source_line": 400 + position,
                }
            )
        return f"{self.report_id}/c{position:02d}-T1"

    def finding(
        self, code: str, severity: str, message: str, row_id: str | None = None, **values: Any
    ) -> None:
        number = len(self.rows["findings"]) + 1
        self.rows["findings"].append(
            {
                "table": "indicators",
                "gravity": 3,
                **values,
                "report_id": self.report_id,
                "finding_id": f"{self.report_id}/f{number}",
                "code": code,
                "severity": severity,
                "message": message,
                "row_id": row_id,
            }
        )

    def correction(
        self, table: str, row_id: str, column: str, old: str | None, new: str | None, **values: Any
    ) -> str:
        number = sum(row["report_id"] == self.report_id for row in self.rows["corrections"]) + 1
        defaults = {
            "reason": "Siffrorna var omkastade.",
            "decided_by": "Enhetschefen",
            "date": datetime.date(2026, 2, 3),
            "entry_line": 1,
        }
        row = {**defaults, **values, "report_id": self.report_id, "table": table, "row_id": row_id}
        correction_id = f"{self.report_id}/r{number:02d}"
        self.rows["corrections"].append(
            {**row, "correction_id": correction_id, "column": column, "old": old, "new": new}
        )
        return correction_id

    def frames(self) -> dict[str, pd.DataFrame]:
        return {name: frame(name, rows) for name, rows in self.rows.items()}

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in self.frames().items():
            table.to_parquet(folder / f"{name}.parquet", index=False)
        return folder


def register(*successions: tuple[str, str, str, int]) -> Register:
    """A register of successions: (from, to, kind, year), each from the first of April."""
    return Register(
        successions=tuple(
            Succession(old, new, kind, datetime.date(year, 4, 1), None, "prov")
            for old, new, kind, year in successions
        )
    )


def one_unit() -> Tables:
    """A report with something in every section."""
    tables = Tables()
    tables.report()
    tables.tree("met", "partly_met", "met")
    tables.indicator(
        "Nöjda", 84.0, 83.0, value_men=86.0, value_women=83.0, value_men_raw="86 %", value_women_raw="83 %"
    )
    unsure = tables.indicator("Delaktiga barn", 66.82, 80.0, value_raw="66,82")
    tables.indicator("Sjukfrånvaro", 4.9, 5.0, better="lower")
    tables.indicator(
        "Utan mål",
        12.0,
        None,
        council_target_rule="set_by_board",
        council_target_raw="Tas fram av nämnd/styrelse",
    )
    tables.activity("Alla får en plan")
    tables.complaint("Bemötande", (None, 1, 3, 4))
    tables.complaint("Kompetens", (None, None, 0, 0))
    tables.complaint("Beröm", (2, None, None, 2), facet="praise", concept="praise", group="Beröm")
    tables.finding("number_without_unit", "warning", "66,82 står utan måttenhet.", unsure, source_line=202)
    tables.finding("cover_field_missing", "info", "Datum saknas.", source_line=1)
    return tables


def plan_and_outcome() -> Tables:
    """The plan of a unit that was split, and the report of one of its successors: a row of every change."""
    tables = Tables()
    day = datetime.date
    tables.report("tallasens-dagliga-verksamhet", "Tallåsens dagliga verksamhet", kind="VP")
    goal = tables.tree(None)[0]
    board = tables.rows["goals"][-1]["parent_goal_id"]
    for title in ("Alla lagar mat", "Tallåsens dagliga verksamhet är trygg", "Utbildning i dataskydd"):
        tables.goal("unit", title, None, board)
    tables.goal("unit", "Fler går på bio", None, board)
    for name, target in (("Nöjda", 80.0), ("Delaktiga", 70.0), ("Sjukfrånvaro", 5.0), ("Trygga", None)):
        tables.indicator(name, None, target, goal_id=goal)
    ended = {"end": day(2025, 6, 30), "end_raw": "2025-06-30"}
    tables.activity("Bygga en scen", goal_id=goal, **ended)
    tables.activity("Plantera träd", goal_id=goal)
    tables.activity("Måla om köket", goal_id=goal)

    tables.report("bjorkvik-tallasen-daglig-verksamhet-1", "Björkvik-Tallåsen daglig verksamhet 1")
    goal = tables.tree("met")[0]
    board = tables.rows["goals"][-1]["parent_goal_id"]
    tables.goal("unit", "Alla lagar god mat", "partly_met", board)
    tables.goal("unit", "Björkvik-Tallåsen daglig verksamhet 1 är trygg", "met", board)
    tables.goal("unit", "Utbildning i brandskydd", "no_data", board)
    tables.goal("unit", "Brukarna har en egen kör", "not_met", board)
    tables.indicator("Nöjda", 81.0, 75.0, goal_id=goal)
    tables.indicator("Delaktiga", 72.0, 70.0, goal_id=goal)
    tables.indicator("Trygga", 60.0, 65.0, goal_id=goal)
    tables.indicator("Frisknärvaro", 60.0, 65.0, goal_id=goal)
    tables.activity("Bygga en scen", goal_id=goal, analysis="Scenen står.")
    tables.activity("Måla om köket", goal_id=goal)
    tables.activity("Starta en kör", goal_id=goal, analysis="Kören sjunger.")
    return tables
