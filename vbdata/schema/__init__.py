"""Schemas of the tables: types, Swedish titles, descriptions and codes."""

from vbdata.schema.tables import SCHEMAS, TABLES, dtypes, empty

__all__ = ["SCHEMAS", "TABLES", "dtypes", "empty"]
