"""The tables in forms that others can use. Beside `render`: neither knows the other."""

from vbdata.export.write import FORMS, export

__all__ = ["FORMS", "export"]
