"""Annual reports and plans of a city's units as tidy tables, and their comparisons.

>>> import vbdata
>>> vbdata.load("goals", level="unit")
"""

import typing as _typing

from vbdata.lazily import parts_of as _parts_of

__version__ = "0.1.0"

if _typing.TYPE_CHECKING:
    from vbdata import plot
    from vbdata.errors import VbdataError
    from vbdata.ingest.single import read
    from vbdata.workbook import (
        answers,
        complaint_totals,
        denominators,
        goal_counts,
        load,
        read_tables,
        sql,
        units,
    )

__all__ = [
    "VbdataError",
    "__version__",
    "answers",
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

__getattr__ = _parts_of(
    __name__,
    dict.fromkeys(__all__, "workbook") | {"VbdataError": "errors", "plot": "plot", "read": "ingest.single"},
)


def __dir__() -> list[str]:
    return sorted(__all__)
