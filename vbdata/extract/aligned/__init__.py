"""Tables whose columns white space alone tells, as layout-keeping converters and text browsers do."""

from vbdata.extract.aligned.tables import aligned_tables

__all__ = ["aligned_tables"]
