"""Exploring in JupyterLab: choose units, years, a table and conditions; search the text; see every source."""

from vbdata.render.pages.explore.data import ExploreData, load
from vbdata.render.pages.explore.interactive import setup
from vbdata.render.pages.explore.tables import hits, overview, rows

__all__ = ["ExploreData", "hits", "load", "overview", "rows", "setup"]
