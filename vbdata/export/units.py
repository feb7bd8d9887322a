"""The register as text, and proposals for it as files that an analyst reads and moves rows from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from vbdata.analyse.unit_proposals import Proposal, propose
from vbdata.errors import VbdataError
from vbdata.export.cells import neutral
from vbdata.extract.document import Place
from vbdata.plot.formats import counted
from vbdata.register import Register, register, register_folder
from vbdata.register.files import COLUMNS
from vbdata.store import read_table
from vbdata.vocabulary import label

EXTRA = ("report_id", "place", "reason", "quote")
"""Columns after the register's own: where a proposal comes from."""


def register_text(known: Register, folder: Path) -> str:
    """One line per unit: what it came from, and how many it served."""
    if not known.units:
        return f"Registret är tomt: {folder / 'units.csv'} finns inte eller har inga rader.\n"
    lines = [_unit_line(known, unit.unit_id) for unit in known.units]
    said = f"{counted(len(lines), 'enhet', 'enheter')} i {folder}:"
    return "\n".join([said, *lines]) + "\n"


def _unit_line(known: Register, unit_id: str) -> str:
    came = [
        f"{label('break', s.kind).lower()} {s.date}: {s.predecessor_id}"
        for s in known.predecessors_of(unit_id)
    ]
    served = [f"{d.count} {d.counted} {d.year}" for d in known.denominators if d.unit_id == unit_id]
    parts = [part for part in ("; ".join(came), ", ".join(served)) if part]
    return f"  {unit_id:<45} {known.by_id[unit_id].name}" + (f" ({'; '.join(parts)})" if parts else "")


def proposals_text(processed: Path) -> str:
    """Write the proposals beside the register, and say what and where.

    Raises
    ------
    VbdataError
        When the files cannot be written.
    """
    known, folder = register(), register_folder()
    found = propose(read_table("reports", processed), read_table("passages", processed), known)
    lines = [line for each in found for line in _proposal_lines(each)]
    paths = write_proposals(found, folder)
    if not found:
        return "Texterna ger inga förslag till registret.\n"
    said = f"{len(found)} förslag. Inget är tillämpat: läs, rätta och flytta det som stämmer till registret."
    return "\n".join([*lines, said, *(f"Skrev {path}." for path in paths)]) + "\n"


def _proposal_lines(each: Proposal) -> list[str]:
    cells = ",".join(each.cells[column] for column in COLUMNS[each.file])
    return [f"{each.file}.csv: {cells}", f"  {each.reason}", f"  {_place(each)}: ”{each.quote}”", ""]


def _place(each: Proposal) -> str:
    return f"{each.report_id}, {str(Place(each.line, each.page)) or 'titeln'}"


def write_proposals(found: Sequence[Proposal], folder: Path) -> list[Path]:
    """``units_proposed.csv`` and so on; a file that there are no proposals for is taken away."""
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, columns in COLUMNS.items():
            path = folder / f"{file}_proposed.csv"
            mine = [each for each in found if each.file == file]
            if mine:
                frame = pd.DataFrame([_cells(each) for each in mine], columns=[*columns, *EXTRA])
                frame.to_csv(path, index=False, lineterminator="\n")
                paths.append(path)
            else:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise VbdataError("det går inte att skriva i mappen", source=folder, value=error.strerror) from error
    return paths


def _cells(each: Proposal) -> list[str]:
    register = [each.cells[column] for column in COLUMNS[each.file]]
    return [neutral(cell) for cell in (*register, each.report_id, _place(each), each.reason, each.quote)]
