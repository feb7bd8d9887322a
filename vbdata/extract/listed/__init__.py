"""Tables whose cells are paragraphs one after another, as converters of Word files print them."""

from vbdata.extract.listed.tables import listed_tables, scattered_tables

__all__ = ["listed_tables", "scattered_tables"]
