"""Tables whose cells end in exactly one space and whose rows a blank line parts: `spaced_in`.

``94 %    94 % öka 2023 `` is outcome, three empty cells, target, council target, period. Cells wrap
over lines with blank lines between; a line that breaks inside a word has no space at its end. A
vertically merged label stands before the last row of its group.
"""

from vbdata.extract.spaced.rows import run_together
from vbdata.extract.spaced.table import spaced_in, spaced_table

__all__ = ["run_together", "spaced_in", "spaced_table"]
