"""Sample reports of invented units with known truth, in every dialect and with every known trap.

``write_samples`` writes files, ``truth`` is what they mean; ``compose`` and ``Composed.text`` give one
report without a file, for tests. No name, figure or sentence of it is from a real report; goal titles of the
city council, indicator names and form labels are public ones.
"""

from vbdata.sample.composed import Composed, compose
from vbdata.sample.dialects import DIALECTS
from vbdata.sample.generate import SampleFile, truth, write_samples
from vbdata.sample.register import write_register
from vbdata.sample.traps import DOUBTS, ENCODINGS, TRAPS, encode, trap
from vbdata.sample.world import Commission, SampleUnit, commissions, sample_units
from vbdata.sample.write import write_report

__all__ = [
    "DIALECTS",
    "DOUBTS",
    "ENCODINGS",
    "TRAPS",
    "Commission",
    "Composed",
    "SampleFile",
    "SampleUnit",
    "commissions",
    "compose",
    "encode",
    "sample_units",
    "trap",
    "truth",
    "write_register",
    "write_report",
    "write_samples",
]
