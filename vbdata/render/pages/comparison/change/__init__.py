"""What has changed since last year: judgements of the same goals, outcomes of the same indicators."""

from vbdata.render.pages.comparison.change.section import change

__all__ = ["change"]
