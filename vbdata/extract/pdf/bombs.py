"""Streams of a PDF that unpack to more than a report can hold, found before pdfium unpacks them."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

MAX_UNPACKED = 128 * 1024 * 1024
"""All streams but pictures: text, fonts and drawings of a report are a hundredth of this."""

_STREAM = re.compile(rb"\bstream\r?\n")
_FLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_DICTIONARY = 4096
_PIECE = 1 << 20


def unpacked_size(path: Path, limit: int = MAX_UNPACKED) -> int:
    """Bytes that the file's deflated streams unpack to; counting ends above `limit`.

    Pictures are left out: they are large in honest files, and reading text does not unpack them. A filter
    that is given twice is undone twice.
    """
    data = path.read_bytes()
    total = 0
    for found in _STREAM.finditer(data):
        about = data[max(0, found.start() - _DICTIONARY) : found.start()]
        about = about[about.rfind(b"obj") + 1 :]
        filters = len(_FLATE.findall(about))
        if filters and not _PICTURE.search(about):
            total += _inflated(memoryview(data)[found.end() :], min(filters, 3), limit - total)
        if total > limit:
            break
    return total


def _inflated(packed: memoryview, times: int, limit: int) -> int:
    """Size of a stream after undoing deflate some times, never holding more than a piece of it."""
    stages = [zlib.decompressobj() for _ in range(times)]
    size = 0
    try:
        for at in range(0, len(packed), _PIECE):
            size += _fed(stages, bytes(packed[at : at + _PIECE]), limit - size)
            if size > limit or stages[0].eof:
                break
    except zlib.error:
        pass  # damaged from here on: pdfium stops here as well
    return size


def _fed(stages: list[zlib._Decompress], piece: bytes, limit: int) -> int:
    """Bytes that come out of the last stage when a piece goes into the first."""
    if not stages:
        return len(piece)
    size, first = 0, stages[0]
    while piece and size <= limit and not first.eof:
        size += _fed(stages[1:], first.decompress(piece, _PIECE), limit - size)
        piece = first.unconsumed_tail
    return size
