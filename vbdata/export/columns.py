"""The columns of an exported table: whose row it is, as `reports` has it, and its own."""

from __future__ import annotations

from copy import copy
from typing import Any

import pandas as pd
import pandera.pandas as pa

from vbdata.analyse.reports import CONTEXT
from vbdata.schema.tables import SCHEMAS, dtypes

_VERSION = pa.Column(
    pd.Int64Dtype(), nullable=True, title="Rapportens version",
    description="1, eller numret på en senare version av samma rapport: räkna bara en version.",
)  # fmt: skip


def columns(table: str) -> dict[str, pa.Column]:
    """Each column's specification: the schema's, and in every table those of the row's report."""
    own = SCHEMAS[table].columns
    found = {name: own.get(name) or _of_report(name) for name in CONTEXT}
    return found | own


def _of_report(name: str) -> pa.Column:
    if name == "version":
        return _VERSION
    column = copy(SCHEMAS["reports"].columns[name])
    column.nullable = True  # a file that could not be read has a line in the log, and no report
    return column


def types(table: str) -> dict[str, Any]:
    """Pandas dtype of each column."""
    known = dtypes("reports") | {"version": pd.Int64Dtype()}
    return {name: known[name] for name in CONTEXT} | dtypes(table)
