"""The processed folder: typed tables, one state after the other, never a mixture of two."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vbdata.store.generations import Snapshot, pinned, snapshot
    from vbdata.store.queries import sql
    from vbdata.store.reading import data_sha256, read_table, read_tables
    from vbdata.store.workbook import PROCESSED, processed_folder
    from vbdata.store.writing import write_tables

__all__ = [
    "PROCESSED",
    "Snapshot",
    "data_sha256",
    "pinned",
    "processed_folder",
    "read_table",
    "read_tables",
    "snapshot",
    "sql",
    "write_tables",
]

_HOMES = {
    "generations": ("Snapshot", "pinned", "snapshot"),
    "reading": ("data_sha256", "read_table", "read_tables"),
    "queries": ("sql",),
    "workbook": ("PROCESSED", "processed_folder"),
    "writing": ("write_tables",),
}


def __getattr__(name: str) -> Any:
    # A run that finds nothing changed asks for the lock and the generation alone, not for pandas.
    for home, kept in _HOMES.items():
        if name in kept:
            return getattr(import_module(f"vbdata.store.{home}"), name)
    raise AttributeError(f"module 'vbdata.store' has no attribute {name!r}")
