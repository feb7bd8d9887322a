"""The processed folder: typed tables, one state after the other, never a mixture of two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vbdata.lazily import parts_of

if TYPE_CHECKING:
    from vbdata.store.generations import Snapshot, pinned, snapshot
    from vbdata.store.reading import data_sha256, read_table, read_tables
    from vbdata.store.workbook import PROCESSED, processed_folder

__all__ = [
    "PROCESSED",
    "Snapshot",
    "data_sha256",
    "pinned",
    "processed_folder",
    "read_table",
    "read_tables",
    "snapshot",
]

__getattr__ = parts_of(
    __name__,
    {
        **dict.fromkeys(("Snapshot", "pinned", "snapshot"), "generations"),
        **dict.fromkeys(("data_sha256", "read_table", "read_tables"), "reading"),
        **dict.fromkeys(("PROCESSED", "processed_folder"), "workbook"),
    },
)
