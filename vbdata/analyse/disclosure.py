"""What a page that is passed on may show: small counts suppressed, so that they cannot be worked out again.

Counts of fewer than `threshold` cases (zero aside) are *primary* suppressions; further counts are suppressed
with them (*secondary*), because T1 + T2 + VB = total on every row, and because the form's questions about
the same events have the same sums: what one question hides, another may give away. This is cell suppression
by the minimum frequency rule, as in Hundepool et al., *Handbook on Statistical Disclosure Control* (2nd ed.,
2024), chapter 5, and SCB's handbook *Statistisk röjandekontroll av tabeller* (2015:1). Zeros are shown:
that nothing has come in tells of no case.

Per question of one form:

1. A row whose total, or whose sum over the periods, is small is hidden whole. While fewer than two rows are
   hidden, or the hidden totals sum to less than the threshold, the smallest other row is hidden too.
2. Where any count is small, all periods of all rows that have cases are hidden, in the periods that have
   any: what is left is a full table, of which only margins are known. Then every hidden count could be
   another number (the Fréchet bounds of a table with known margins).

`tests/test_disclosure.py` solves the equations for forms of all kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from vbdata.analyse.reports import PREFERENCE
from vbdata.errors import ParameterError
from vbdata.schema.tables import HIDDEN
from vbdata.vocabulary import categories

PROFILES = ("internal", "shared")
THRESHOLD = 5
OWN = "Enhetens egen benämning"
"""In place of a category or group that the form does not have: free text may tell of a case."""
ONLY_INTERNAL = "Anmärkningen visas bara i den interna versionen."
_PARTS = ("T1", "T2", "VB")
_COUNT_UNITS = ("st",)
_VALUES = ("value", "value_men", "value_women", "value_previous")
#: Findings whose words are of titles, names and values that the page shows anyway; others may quote a text.
_SAFE = (
    *("total_outside_genders", "number_without_unit", "unit_unclear", "status_missing", "table_missing"),
    *("row_twice", "unknown_status", "unknown_label", "ambiguous_label", "indicator_new"),
    *("unit_not_registered", "cover_field_missing", "value_unreadable", "date_unreadable", "dates_reversed"),
    *("status_icon_differs", "status_from_icon", "orphan_row", "form_empty", "value_approximate"),
)
_SAFE_ABOUT_COMPLAINTS = ("form_empty", "table_missing")


@dataclass(frozen=True, slots=True)
class Profile:
    """Whom the tables are for: ``internal`` sees everything, ``shared`` no count below `threshold`.

    Examples
    --------
    >>> Profile().shared, Profile("shared", 10).threshold
    (False, 10)
    >>> Profile("öppen")
    Traceback (most recent call last):
    vbdata.errors.ParameterError: okänd profil "öppen" – profilerna är internal, shared
    """

    name: str = "internal"
    threshold: int = THRESHOLD

    def __post_init__(self) -> None:
        if self.name not in PROFILES:
            raise ParameterError("okänd profil", value=self.name, hint=f"profilerna är {', '.join(PROFILES)}")
        if self.threshold < 2:
            raise ParameterError("tröskeln är för låg", value=str(self.threshold), hint="minst 2")

    @property
    def shared(self) -> bool:
        """Whether small counts and texts about single cases are left out."""
        return self.name == "shared"


def protected(tables: Mapping[str, pd.DataFrame], profile: Profile) -> dict[str, pd.DataFrame]:
    """The tables as the profile may see them; frame in, frame out, by table name.

    For ``shared``: counts of complaints are suppressed (the count missing, its text `HIDDEN`), as are
    outcomes that are small numbers of things; comments, analyses, running text, the unit's own names of
    categories, quotes in findings, and corrections of any of these are left out.
    """
    if not profile.shared:
        return dict(tables)
    found = dict(tables)
    reports = found.get("reports")
    for name, treat in _TREATMENT.items():
        if name in found:
            found[name] = treat(found[name])
    if reports is not None:
        found["reports"] = reports.assign(source=reports["report_id"])  # a file's name is its writer's words
    if "complaints" in found:
        complaints = _without_words(found["complaints"])
        found["complaints"] = suppressed(complaints, profile.threshold, _superseded(reports))
    if "indicators" in found:
        found["indicators"] = _without_small_values(found["indicators"], profile.threshold)
    return found


def is_hidden(raw: object) -> bool:
    """Whether a cell's text says that its count is suppressed: neither blank nor zero."""
    return isinstance(raw, str) and raw == HIDDEN


# ---------------------------------------------------------------------------------- counts


def suppressed(
    complaints: pd.DataFrame, threshold: int = THRESHOLD, whole: Iterable[str] = ()
) -> pd.DataFrame:
    """Complaints with small counts, and those that would give them away, suppressed.

    Parameters
    ----------
    whole
        Reports of which every count is hidden.
    """
    frame = complaints.copy()
    if frame.empty:
        return frame
    everything = set(whole)
    facet = frame["facet"].astype("string").fillna("grupp " + frame["group"].astype("string"))
    hide: set[Any] = set()
    for (report_id, _), part in frame.groupby([frame["report_id"], facet], sort=False):
        question = _Question(part, threshold)
        hide |= question.every() if report_id in everything else question.hidden()
    hit = frame.index.isin(list(hide))
    frame.loc[hit, "count"] = pd.NA
    frame.loc[hit, "count_raw"] = HIDDEN
    return frame


class _Question:
    """One question of one form: rows of periods, each cell an index of the frame with its count."""

    def __init__(self, part: pd.DataFrame, threshold: int) -> None:
        self.threshold = threshold
        self.rows: dict[Any, dict[str, tuple[Any, int | None]]] = {}
        self.unread: set[Any] = set()
        for index, position, period, count, raw in zip(
            part.index,
            part["position"],
            part["period"].astype(str),
            part["count"],
            part["count_raw"],
            strict=True,
        ):
            known = None if pd.isna(count) else int(count)
            self.rows.setdefault(position, {})[period] = (index, known)
            if known is None and isinstance(raw, str) and raw.strip(" -–—."):
                self.unread.add(position)

    def every(self) -> set[Any]:
        """All cells of rows with any count."""
        return {index for row in self._filled() for index, _ in self.rows[row].values()}

    def hidden(self) -> set[Any]:
        """The cells that are suppressed."""
        whole = self._whole_rows()
        if not (whole or any(self._small(count) for row in self.rows.values() for _, count in row.values())):
            return set()
        filled = self._filled()
        parts = [p for p in _PARTS if any(self._count(row, p) or row in self.unread for row in filled)]
        split = filled if len(parts) > 1 else [row for row in filled if row in whole]
        cells = {self.rows[row][p][0] for row in split for p in parts if p in self.rows[row]}
        return cells | {self.rows[row]["total"][0] for row in whole if "total" in self.rows[row]}

    def _filled(self) -> list[Any]:
        """Rows that have cases, or text where a count should be."""
        return [row for row in self.rows if self._weight(row) or row in self.unread]

    def _whole_rows(self) -> set[Any]:
        """Rows whose total is hidden, with those that keep it from being worked out."""
        whole = {
            row
            for row in self._filled()
            if row in self.unread or self._small(self._weight(row)) or self._small(self._count(row, "total"))
        }
        rest = sorted(
            (row for row in self._filled() if row not in whole), key=lambda row: (self._weight(row), row)
        )
        while whole and rest and (len(whole) < 2 or sum(map(self._weight, whole)) < self.threshold):
            whole.add(rest.pop(0))
        return whole

    def _count(self, row: Any, period: str) -> int:
        return self.rows[row].get(period, (None, None))[1] or 0

    def _weight(self, row: Any) -> int:
        """The row's cases: its total, or what its periods say where that is more."""
        return max(self._count(row, "total"), sum(self._count(row, period) for period in _PARTS))

    def _small(self, count: int | None) -> bool:
        return count is not None and 0 < count < self.threshold


def _superseded(reports: pd.DataFrame | None) -> set[str]:
    """Reports whose counts another report of the unit and year has too: side by side they tell too much."""
    if reports is None:
        return set()
    rank = reports["kind"].astype(str).map({kind: i for i, kind in enumerate(PREFERENCE)})
    version = reports["report_id"].str.extract(r"-v(\d+)$", expand=False).fillna("1").astype(int)
    order = reports.assign(_rank=rank, _version=-version).sort_values(["_rank", "_version"], kind="stable")
    return set(order[order.duplicated(["unit_id", "year"])]["report_id"].astype(str))


def _without_small_values(indicators: pd.DataFrame, threshold: int) -> pd.DataFrame:
    """Outcomes that count things: where one is small, none of the row's is shown, nor its judgement."""
    frame = indicators.copy()
    counts = frame["measure_unit"].isin(_COUNT_UNITS)
    small = (
        frame[list(_VALUES)]
        .apply(lambda column: (column > 0) & (column < threshold))
        .fillna(False)
        .any(axis=1)
    )
    hit = counts & small
    for name in _VALUES:
        filled = hit & frame[name].notna()
        frame.loc[filled, name] = pd.NA
        frame.loc[filled, f"{name}_raw"] = HIDDEN
    frame.loc[hit, ["gap", "attainment"]] = pd.NA
    return frame


# ---------------------------------------------------------------------------------- words


def _without_words(complaints: pd.DataFrame) -> pd.DataFrame:
    """The form without comments, and without names of categories and groups that are not the form's."""
    frame = complaints.assign(comment=pd.Series(pd.NA, complaints.index, dtype="string"))
    for name in ("group", "category"):
        known = {(each.template, getattr(each, name)) for each in categories()}
        own = [(t, c) not in known for t, c in zip(frame["template"], frame[name], strict=True)]
        frame[name] = frame[name].mask(pd.Series(own, frame.index), OWN)
        frame[f"{name}_raw"] = frame[name]
    return frame


def _without_analysis(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(analysis=pd.Series(pd.NA, frame.index, dtype="string"))


def _without_quotes(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings keep their kind and place; their words only where they quote nothing that is hidden."""
    about_complaints = findings["table"].isin(["complaints"])
    safe = findings["code"].isin(_SAFE) & ~findings["table"].isin(["passages"])
    safe &= ~about_complaints | findings["code"].isin(_SAFE_ABOUT_COMPLAINTS)
    message = findings["message"].where(safe, ONLY_INTERNAL)
    return findings.assign(message=message, action=findings["action"].where(safe))


def _without_decisions(corrections: pd.DataFrame) -> pd.DataFrame:
    """Corrections of what is shown, without who and why."""
    shown = ~corrections["table"].isin(["complaints", "passages"]) & (corrections["column"] != "analysis")
    shown &= ~((corrections["table"] == "indicators") & corrections["column"].isin(_VALUES))
    return corrections[shown].assign(reason=ONLY_INTERNAL, decided_by="[namn]")


def _without_messages(log: pd.DataFrame) -> pd.DataFrame:
    numbers = pd.Series([f"fil {i}" for i in range(1, len(log) + 1)], log.index, dtype="string")
    return log.assign(message=pd.Series(pd.NA, log.index, dtype="string"), source=numbers)


_TREATMENT = {
    "indicators": _without_analysis,
    "activities": _without_analysis,
    "passages": lambda frame: frame.head(0),
    "quantities": lambda frame: frame.head(0),
    "findings": _without_quotes,
    "corrections": _without_decisions,
    "extraction_log": _without_messages,
}
