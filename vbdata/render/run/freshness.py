"""Whether a page is still what making it again would give.

What a page is made from is a checksum: of the rows that it may show, its parameters, its notebook, and the
library with its data files. A unit's pages show the reports of the unit and of those that it came from or
became; every other page may show anything. So may all pages of an analyst's own notebooks, and all that are
made to be shared, where one unit's figures decide what is shown of another's. `tests/test_freshness.py` holds
the unit's pages to that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from vbdata import analyse
from vbdata.register import register
from vbdata.render.parts.data import COMPARABLE_UNITS
from vbdata.render.run.own import files_named
from vbdata.render.run.unchanged import digest, library

if TYPE_CHECKING:
    from vbdata.render.run.plan import Run

#: Columns of the log that change though the reports do not.
_TIMES = ("seconds", "read_at")


class Inputs:
    """Checksums of what the pages of a run are made from."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], notebooks: Path) -> None:
        self.notebooks, self.reports = notebooks, tables["reports"]
        self.marks = {name: _marks(frame) for name, frame in tables.items()}
        self.whole = digest(self._told(None))

    def of(self, run: Run) -> str:
        """The checksum of what a page is made from."""
        path = self.notebooks / f"{run.notebook}.ipynb"
        files = [path, *(files_named(path) if run.own else ())]
        notebook = digest(hashlib.sha256(each.read_bytes()).hexdigest() for each in files)
        given = {name: value for name, value in run.parameters.items() if name != "processed"}
        said = json.dumps([given, run.title, sorted(run.report_ids)], ensure_ascii=False, default=str)
        return digest([library(), notebook, said, self._rows(run)])

    def _rows(self, run: Run) -> str:
        unit_id = run.parameters.get("unit_id")
        if run.own or not unit_id or run.parameters.get("profile", "internal") != "internal":
            return self.whole
        known = self.reports.loc[self.reports["report_id"].isin(run.report_ids), "unit_id"]
        units = family({str(unit_id), *known.astype(str)})
        mine = self.reports["unit_id"].isin(units) | self.reports["report_id"].isin(run.report_ids)
        year = int(run.parameters["year"])
        compared = len(analyse.one_per_unit(analyse.latest(self.reports), year)) >= COMPARABLE_UNITS
        return digest([*self._told(set(self.reports.loc[mine, "report_id"])), str(compared)])

    def _told(self, report_ids: set[str] | None) -> Iterable[str]:
        for name, marks in sorted(self.marks.items()):
            mine = marks if report_ids is None else marks[marks.index.isin(report_ids)]
            yield f"{name} {hashlib.sha256(mine.to_numpy().tobytes()).hexdigest()}"


def _marks(frame: pd.DataFrame) -> pd.Series[int]:
    """A number for each row that changes when a cell does, by the row's report."""
    shown = frame.drop(columns=[each for each in _TIMES if each in frame.columns])
    marks = pd.util.hash_pandas_object(shown, index=False)
    return pd.Series(marks.to_numpy(), index=frame["report_id"]).sort_values()


def family(units: set[str]) -> set[str]:
    """The units, all that they came from and all that they became."""
    known, found, new = register(), set[str](), set(units)
    while new:
        found |= new
        before = {each.predecessor_id for unit in new for each in known.predecessors_of(unit)}
        after = {each.successor_id for unit in new for each in known.successors_of(unit)}
        new = (before | after) - found
    return found


def still_good(entry: Any, inputs: str, page: Path) -> bool:
    """Whether a page that was made earlier is there, was made without fault, and of the same."""
    return bool(entry is not None and entry.ok and entry.inputs == inputs and page.is_file())
