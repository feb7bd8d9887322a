"""Persons' names in running text, told by evidence and never by capitals alone.

A name is masked where an office, a label, a signature or the words of a person stand beside it, or where a
given name of the list has a family name beside it. A given name that stands alone with nothing to tell whose
it is, and a family name with a word that no list has before it, are doubtful: they are left, and said.
"""

from vbdata.normalise.persons.find import find_persons
from vbdata.normalise.persons.judged import Found

__all__ = ["Found", "find_persons"]
