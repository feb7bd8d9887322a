"""Hold frames against their schemas, and find what is doubtful in a report."""

from __future__ import annotations

import pandas as pd
import pandera.errors

from vbdata.errors import SchemaError
from vbdata.normalise import Normalised
from vbdata.schema import SCHEMAS
from vbdata.validate.checks import CHECKS, check, run_checks
from vbdata.validate.findings import findings_frame


def check_schema(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame itself, when it keeps to its table's schema.

    Raises
    ------
    SchemaError
        With the first column and value that do not.
    """
    try:
        SCHEMAS[table].validate(frame)
    except pandera.errors.SchemaError as error:
        case = error.failure_cases
        value = str(case["failure_case"].iloc[0]) if isinstance(case, pd.DataFrame) and len(case) else None
        column = getattr(error.schema, "name", None)
        raise SchemaError("tabellen följer inte sitt schema", source=table, place=f"kolumn {column}", value=value) from error
    return frame


def validate(report: Normalised) -> dict[str, pd.DataFrame]:
    """The report's frames with its findings, all held against their schemas."""
    noted = [*report.noted, *run_checks(report.frames)]
    frames = report.frames | {"findings": findings_frame(report.report_id, noted)}
    return {table: check_schema(table, frame) for table, frame in frames.items()}


__all__ = ["CHECKS", "check", "check_schema", "findings_frame", "run_checks", "validate"]
