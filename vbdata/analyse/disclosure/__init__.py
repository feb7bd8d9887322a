"""What may be passed on: only what is understood and tells of nobody.

`profile` says whom the tables are for, `forms` suppresses counts of complaints, `outcomes` those of
indicators, `words` leaves the vocabulary's words alone, `kin` finds reports that give each other away,
`protect` does it all, and `reasons` counts what is hidden.
"""

from vbdata.analyse.disclosure.forms import is_hidden, suppressed
from vbdata.analyse.disclosure.profile import ONLY_INTERNAL, OWN, PROFILES, THRESHOLD, Profile
from vbdata.analyse.disclosure.protect import protected

__all__ = [
    "ONLY_INTERNAL",
    "OWN",
    "PROFILES",
    "THRESHOLD",
    "Profile",
    "is_hidden",
    "protected",
    "suppressed",
]
