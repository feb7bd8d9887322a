"""The page that follows a unit's plan to its outcome, section by section."""

from vbdata.render.pages.outcome.activities import activities
from vbdata.render.pages.outcome.data import outcome_data as load
from vbdata.render.pages.outcome.frame import footer, masthead
from vbdata.render.pages.outcome.goals import goals
from vbdata.render.pages.outcome.sources import sources
from vbdata.render.pages.outcome.summary import summary
from vbdata.render.pages.outcome.targets import targets

__all__ = ["activities", "footer", "goals", "load", "masthead", "sources", "summary", "targets"]
