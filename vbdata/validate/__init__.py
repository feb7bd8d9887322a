"""Find what is doubtful in a report."""

from __future__ import annotations

from typing import Any

from vbdata.normalise import Normalised
from vbdata.validate.across import compare_reports
from vbdata.validate.checks import CHECKS, check, run_checks
from vbdata.validate.checks.claims import with_reservations
from vbdata.validate.corrected import correct, refusals
from vbdata.validate.findings import across_rows, finding_rows
from vbdata.validate.places import at_cells, blanks_of, unread_of
from vbdata.validate.relations import with_relations


def validate(report: Normalised) -> dict[str, list[dict[str, Any]]]:
    """The report's rows by table, with those of its findings; nothing is corrected yet, see `correct`.

    ``lines``, ``blanks``, ``cells`` and ``unread`` are no tables: they tell the checks where the words of a
    text are printed, which headings have nothing under them, where the cells of a row are that goes over
    lines, and what was left out in reading.
    """
    blanks = blanks_of(report.report, report.report_id)
    cells = [{"place": place, "cells": found} for place, found in report.cells]
    beside = {
        "lines": list(report.lines),
        "blanks": blanks,
        "cells": cells,
        "unread": unread_of(report.noted),
    }
    rows = with_relations(report.rows | beside)
    noted = [*at_cells(rows, report.noted), *run_checks(rows)]
    return with_reservations(rows, noted) | {
        "findings": finding_rows(report.report_id, noted),
        "corrections": [],
    }


__all__ = [
    "CHECKS",
    "across_rows",
    "check",
    "compare_reports",
    "correct",
    "finding_rows",
    "refusals",
    "run_checks",
    "validate",
]
