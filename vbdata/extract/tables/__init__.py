"""Tables whose cells only their places tell: header first, columns from it, rows by what each must have."""

from vbdata.extract.tables.columns import Line, Rule, Word
from vbdata.extract.tables.headers import Header, has_first_title, headers_in
from vbdata.extract.tables.regions import Placed, read_region

__all__ = [
    "Header",
    "Line",
    "Placed",
    "Rule",
    "Word",
    "has_first_title",
    "headers_in",
    "read_region",
]
