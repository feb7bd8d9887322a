"""How Word shows the letters of a run: raised or lowered, struck through, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from vbdata.extract.docx.markup import W, is_on


@dataclass(frozen=True, slots=True)
class Look:
    """What is said about letters; None where nothing is, so that another place decides."""

    height: str | None = None
    struck: bool | None = None
    hidden: bool | None = None

    def over(self, other: Look) -> Look:
        """What the look says, and where it says nothing what the other does."""
        return Look(
            other.height if self.height is None else self.height,
            other.struck if self.struck is None else self.struck,
            other.hidden if self.hidden is None else self.hidden,
        )


NO_LOOK = Look()


def look_of(element: Any) -> Look:
    """What a run or a style says itself about its letters."""
    properties = element.find(f"{W}rPr")
    if properties is None:
        return NO_LOOK
    strikes = [each for name in ("strike", "dstrike") if (each := properties.find(f"{W}{name}")) is not None]
    hidden = properties.find(f"{W}vanish")
    return Look(
        _height(properties),
        any(map(is_on, strikes)) if strikes else None,
        is_on(hidden) if hidden is not None else None,
    )


def _height(properties: Any) -> str | None:
    """``superscript``, ``subscript`` or ``baseline``; letters that are only moved up count as raised."""
    align = properties.find(f"{W}vertAlign")
    if align is not None:
        return str(align.get(f"{W}val") or "baseline")
    position = properties.find(f"{W}position")
    moved = (position.get(f"{W}val") or "0") if position is not None else "0"
    if not moved.lstrip("-").isdigit() or int(moved) == 0:
        return None
    return "subscript" if moved.startswith("-") else "superscript"
