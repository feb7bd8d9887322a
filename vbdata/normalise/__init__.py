"""Records to tidy frames: numbers, dates, vocabulary."""

from vbdata.normalise.frames import Normalised, normalise
from vbdata.normalise.noted import Noted

__all__ = ["Normalised", "Noted", "normalise"]
