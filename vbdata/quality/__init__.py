"""How right the tables are: counts measured by the benchmarks, kept beside the code.

The benchmarks write the counts; docs/quality.md is made of them, so that what is published was measured.
"""

from vbdata.quality.corpora import CORPORA
from vbdata.quality.page import quality_page
from vbdata.quality.reading import READING, Counts, Reading, totals

__all__ = [
    "CORPORA",
    "READING",
    "Counts",
    "Reading",
    "quality_page",
    "totals",
]
