"""Annual reports and plans of a city's units as tidy tables, and their comparisons.

>>> import vbdata
>>> vbdata.load("goals", level="unit")  # doctest: +SKIP
"""

import typing as _typing
from importlib import import_module as _import_module

__version__ = "0.1.0"

if _typing.TYPE_CHECKING:
    from vbdata import plot
    from vbdata.errors import VbdataError
    from vbdata.ingest.single import read
    from vbdata.store import read_tables
    from vbdata.workbook import complaint_totals, denominators, goal_counts, load, sql, units

__all__ = [
    "VbdataError",
    "__version__",
    "complaint_totals",
    "denominators",
    "goal_counts",
    "load",
    "plot",
    "read",
    "read_tables",
    "sql",
    "units",
]

_HOMES = {"VbdataError": "errors", "read": "ingest.single", "read_tables": "store"}


def __getattr__(name: str) -> _typing.Any:
    # Importing vbdata must not cost the import of pandas to those who only ask for its version.
    if name == "plot":
        return _import_module("vbdata.plot")
    if name in __all__:
        return getattr(_import_module(f"vbdata.{_HOMES.get(name, 'workbook')}"), name)
    raise AttributeError(f"module 'vbdata' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
