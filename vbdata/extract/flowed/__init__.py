"""Tables whose cells stand beside each other with single spaces, so that an empty cell leaves no trace."""

from vbdata.extract.flowed.tables import flowed_tables

__all__ = ["flowed_tables"]
