"""How right the tables are: counts measured by the benchmarks, kept beside the code.

The benchmarks write the counts; docs/quality.md and the sentence in the pages' footers are made of them, so
that what is published was measured.
"""

from vbdata.quality.corpora import CORPORA
from vbdata.quality.page import quality_page
from vbdata.quality.reading import READING, Counts, Reading, totals
from vbdata.quality.sentence import accuracy_sentence

__all__ = [
    "CORPORA",
    "READING",
    "Counts",
    "Reading",
    "accuracy_sentence",
    "quality_page",
    "totals",
]
