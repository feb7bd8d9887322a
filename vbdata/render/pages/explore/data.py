"""The tables of the reports chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from vbdata import analyse
from vbdata.analyse.disclosure import THRESHOLD, Profile
from vbdata.errors import MissingDataError
from vbdata.render.parts.data import tables_for
from vbdata.render.parts.originals import original

TABLES = (
    "reports", "goals", "indicators", "activities", "complaints", "passages", "quantities",
    "findings", "corrections",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExploreData:
    """The tables, of the reports chosen only; `pages` is the folder of the pages, if it is there."""

    tables: dict[str, pd.DataFrame]
    all_reports: pd.DataFrame
    pages: Path | None
    originals: dict[str, str]
    """Report id → address of its PDF seen from the notebook; none in a profile that is passed on."""

    @property
    def reports(self) -> pd.DataFrame:
        """The reports chosen."""
        return self.tables["reports"]


def load(
    processed: str | Path,
    reports: str | Path = "",
    *,
    years: Sequence[int] = (),
    unit_ids: Sequence[str] = (),
    profile: str = "internal",
    threshold: int = THRESHOLD,
) -> ExploreData:
    """The tables of the years and units, as the profile may see them; of all where none are named.

    Raises
    ------
    MissingDataError
        When no report fits, with the units that there are.
    """
    tables = tables_for(Profile(profile, threshold), processed, TABLES)
    everything = tables["reports"]
    found = analyse.chosen(everything, years, unit_ids)
    if found.empty:
        known = ", ".join(sorted(set(everything["unit_id"].astype(str))))
        raise MissingDataError("inga rapporter passar", source="reports", hint=f"enheterna är {known}")
    keep = found["report_id"]
    chosen = {n: t[t["report_id"].isin(keep)].reset_index(drop=True) for n, t in tables.items()}
    pages = Path(reports) if reports and Path(reports).is_dir() else None
    shown = [] if Profile(profile).shared else [each for _, each in found.iterrows()]
    originals = {str(each["report_id"]): original(each, Path(processed), Path.cwd()) for each in shown}
    return ExploreData(chosen | {"reports": found}, everything, pages, originals)
