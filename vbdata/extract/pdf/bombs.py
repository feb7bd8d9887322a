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

    Pictures are left out: they are large in honest files, and reading text does not unpack them. No honest
    program deflates a stream twice: such a one counts as larger than any.
    """
    data = path.read_bytes()
    total = 0
    for found in _STREAM.finditer(data):
        about = data[max(0, found.start() - _DICTIONARY) : found.start()]
        about = about[about.rfind(b"obj") + 1 :]
        filters = len(_FLATE.findall(about))
        if filters and not _PICTURE.search(about):
            packed = memoryview(data)[found.end() :]
            total += _inflated(packed, limit - total) if filters == 1 else limit + 1
        if total > limit:
            break
    return total


def _inflated(packed: memoryview, limit: int) -> int:
    """Size of a stream after undoing deflate, never holding more than a piece of it."""
    stage = zlib.decompressobj()
    size = 0
    try:
        for at in range(0, len(packed), _PIECE):
            piece = bytes(packed[at : at + _PIECE])
            while piece and size <= limit and not stage.eof:
                size += len(stage.decompress(piece, _PIECE))
                piece = stage.unconsumed_tail
            if size > limit or stage.eof:
                break
    except zlib.error:
        pass  # damaged from here on: pdfium stops here as well
    return size
