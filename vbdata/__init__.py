"""Annual reports and plans of a city's units as tidy tables, and their comparisons.

>>> import vbdata
>>> vbdata.load("goals", level="unit")  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from vbdata.ingest.single import read
    from vbdata.store import load, read_tables, sql

__all__ = ["__version__", "load", "read", "read_tables", "sql"]


def __getattr__(name: str) -> Any:
    # Importing vbdata must not cost the import of pandas to those who only ask for its version.
    if name == "read":
        from vbdata.ingest.single import read

        return read
    if name in ("load", "read_tables", "sql"):
        from vbdata import store

        return getattr(store, name)
    raise AttributeError(f"module 'vbdata' has no attribute {name!r}")
