"""Status symbols as small PNG pictures, drawn without a drawing library."""

from __future__ import annotations

import struct
import zlib
from functools import cache

#: Colours of the planning system's symbols.
COLOURS = {
    "met": (46, 158, 68),
    "partly_met": (245, 190, 20),
    "not_met": (205, 40, 45),
    "no_data": (140, 140, 142),
}


@cache
def symbol(status: str) -> bytes:
    """A disc in the colour of a status on a transparent ground, as the bytes of a PNG file.

    >>> symbol("met")[:4]
    b'\\x89PNG'
    """
    colour, size = bytes(COLOURS[status]), 24
    middle = (size - 1) / 2
    rows = []
    for y in range(size):
        inside = ((x - middle) ** 2 + (y - middle) ** 2 <= (size / 2 - 1) ** 2 for x in range(size))
        rows.append(b"\0" + b"".join(colour + b"\xff" if full else b"\0\0\0\0" for full in inside))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    data = zlib.compress(b"".join(rows), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
