"""Schemas of the tables: types, Swedish titles, descriptions and codes."""

from vbdata.schema.frames import empty, frame
from vbdata.schema.tables import SCHEMAS, TABLES, dtypes

__all__ = ["SCHEMAS", "TABLES", "dtypes", "empty", "frame"]
