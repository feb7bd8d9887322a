"""Whom the tables are for."""

from __future__ import annotations

from dataclasses import dataclass

from vbdata.errors import ParameterError

PROFILES = ("internal", "shared")
THRESHOLD = 5
OWN = "Enhetens egen benämning"
"""In place of a category or group that the form does not have: free text may tell of a case."""
ONLY_INTERNAL = "Anmärkningen visas bara i den interna versionen."


@dataclass(frozen=True, slots=True)
class Profile:
    """Whom the tables are for: ``internal`` sees everything, ``shared`` no count below `threshold`.

    Examples
    --------
    >>> Profile().shared, Profile("shared", 10).threshold
    (False, 10)
    >>> Profile("öppen")
    Traceback (most recent call last):
    vbdata.errors.ParameterError: okänd profil "öppen" – profilerna är internal, shared
    """

    name: str = "internal"
    threshold: int = THRESHOLD

    def __post_init__(self) -> None:
        if self.name not in PROFILES:
            raise ParameterError("okänd profil", value=self.name, hint=f"profilerna är {', '.join(PROFILES)}")
        if self.threshold < 2:
            raise ParameterError("tröskeln är för låg", value=str(self.threshold), hint="minst 2")

    @property
    def shared(self) -> bool:
        """Whether small counts and texts about single cases are left out."""
        return self.name == "shared"
