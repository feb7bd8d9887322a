"""Forgetting a report, or all of a unit's: out of the originals, the tables, the pages and what quotes them.

`plan` says what would go, and what cannot be reached; `carry_out` does it. It may be stopped and done again:
what is gone already is passed by.
"""

from vbdata.forget.carrying import carry_out
from vbdata.forget.chosen import Chosen
from vbdata.forget.planned import Plan, Workbook, plan

__all__ = ["Chosen", "Plan", "Workbook", "carry_out", "plan"]
