"""The register that belongs to the sample: the invented units, their successions and their sizes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from vbdata.normalise.names import slug
from vbdata.register.files import COLUMNS
from vbdata.sample.world import DISTRICT, SampleUnit, commissions, sample_units, users

SOURCE = "påhittat exempel"
_TYPES = {
    "day": "Daglig verksamhet",
    "home": "Grupp- och servicebostad",
    "support": "Boendestöd",
    "short_stay": "Korttidshem",
}


def write_register(
    folder: Path, units: int = 6, years: Sequence[int] = (2023, 2024, 2025), seed: int = 1
) -> None:
    """Write ``units.csv``, ``successions.csv`` and ``denominators.csv`` for the units of `write_samples`.

    The same arguments as there; every tenth unit lacks a size, as in real registers.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = commissions(sample_units(units), tuple(years))
    known: dict[str, SampleUnit] = {each.unit.name: each.unit for each in made}
    place = f"{DISTRICT} (exempel)"
    _write(
        folder, "units", [(slug(name), name, _TYPES[unit.type], place, "") for name, unit in known.items()]
    )
    _write(folder, "successions", _successions(known, max(years)))
    sizes = []
    for number, each in enumerate(each for each in made if each.kind == "VB"):
        if (number // len(years)) % 10 != 9:
            count = users(each.unit, each.lineage, each.year, seed)
            row = (
                slug(each.unit.name),
                each.year,
                count,
                "brukare",
                SOURCE,
                "exempel",
                f"{max(years) + 1}-01-15",
            )
            sizes.append(row)
    _write(folder, "denominators", sizes)


def _successions(known: dict[str, SampleUnit], year: int) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for name, unit in known.items():
        kind = "split" if len(unit.successors) > 1 else "rename"
        rows += [
            (slug(name), slug(heir.name), kind, f"{year}-04-01", "", SOURCE)
            for heir in unit.successors
            if heir.name in known
        ]
    return rows


def _write(folder: Path, name: str, rows: Sequence[tuple[object, ...]]) -> None:
    frame = pd.DataFrame(rows, columns=COLUMNS[name])
    frame.to_csv(folder / f"{name}.csv", index=False, lineterminator="\r\n")
