"""What the colour of a status or indicator icon says."""

from __future__ import annotations

import colorsys
import io
from typing import Any

import numpy as np

from vbdata.extract.document import Icon

STATUS_OF_COLOUR = {
    "green": "met",
    "yellow": "partly_met",
    "orange": "partly_met",
    "red": "not_met",
    "grey": "no_data",
    "white": "no_data",
}


def icon_of_colour(rgb: tuple[int, int, int]) -> Icon:
    """Name a colour and give the status that it stands for.

    Blue, violet and black stand for none.

    Examples
    --------
    >>> icon_of_colour((46, 158, 68))
    Icon(colour='green', status='met')
    >>> icon_of_colour((128, 128, 130)).status
    'no_data'
    >>> icon_of_colour((30, 80, 200))
    Icon(colour='blue', status=None)
    """
    name = _name(rgb)
    return Icon(name, STATUS_OF_COLOUR.get(name))


def _name(rgb: tuple[int, int, int]) -> str:
    hue, saturation, value = colorsys.rgb_to_hsv(*(part / 255 for part in rgb))
    degrees = hue * 360
    if value < 0.22:
        return "black"
    if saturation < 0.18:
        return "white" if value > 0.93 else "grey" if value > 0.35 else "black"
    for limit, name in (
        (18, "red"),
        (40, "orange"),
        (70, "yellow"),
        (172, "green"),
        (265, "blue"),
        (335, "violet"),
    ):
        if degrees < limit:
            return name
    return "red"


def icon_of_picture(data: bytes) -> Icon | None:
    """Name the colour of a small picture file (PNG, JPEG, GIF); none for drawings in other formats."""
    from PIL import Image  # slow to import

    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF")) as picture:
            if max(picture.size) > 1000:
                return None
            pixels = np.asarray(picture.convert("RGBA"))
    except (OSError, ValueError, SyntaxError, IndexError, TypeError, EOFError):
        return None  # a damaged picture is no icon; the words beside it still stand
    return icon_of_pixels(pixels)


def icon_of_pixels(pixels: Any) -> Icon | None:
    """Name the colour of a small picture: of its coloured pixels, else of those that are opaque.

    The centre alone would give the tick or the line that many icons have in the middle.

    Parameters
    ----------
    pixels
        Array of height × width × (red, green, blue[, opacity]), 0–255.
    """
    flat = np.asarray(pixels).reshape(-1, pixels.shape[2]).astype(np.int32)
    if flat.shape[1] == 4:
        flat = flat[flat[:, 3] > 127]
    if not len(flat):
        return None
    colours = flat[:, :3]
    spread = colours.max(axis=1) - colours.min(axis=1)
    vivid = colours[spread > 60]
    if len(vivid) >= 0.08 * len(colours):
        return icon_of_colour(_median(vivid))
    middle = colours[colours.max(axis=1) < 240]
    return icon_of_colour(_median(middle if len(middle) >= 0.3 * len(colours) else colours))


def _median(colours: Any) -> tuple[int, int, int]:
    red, green, blue = np.median(colours, axis=0)
    return int(red), int(green), int(blue)
