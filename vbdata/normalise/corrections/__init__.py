"""Corrections that an analyst has decided: declared in a file, applied to a report's rows, never silent."""

from vbdata.normalise.corrections.apply import Corrected, apply
from vbdata.normalise.corrections.cells import CORRECTABLE, as_text, from_text, shown
from vbdata.normalise.corrections.entries import Correction, parse_corrections, read_corrections

__all__ = [
    "CORRECTABLE",
    "Corrected",
    "Correction",
    "apply",
    "as_text",
    "from_text",
    "parse_corrections",
    "read_corrections",
    "shown",
]
