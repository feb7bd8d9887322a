"""The page that follows a unit's plan to its outcome, section by section."""

from vbdata.render.outcome.activities import activities
from vbdata.render.outcome.data import outcome_data as load
from vbdata.render.outcome.frame import footer, masthead
from vbdata.render.outcome.goals import goals
from vbdata.render.outcome.sources import sources
from vbdata.render.outcome.summary import summary
from vbdata.render.outcome.targets import targets

__all__ = ["activities", "footer", "goals", "load", "masthead", "sources", "summary", "targets"]
