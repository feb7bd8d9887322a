"""Calls into pdfium that cost as little as Python allows."""

from __future__ import annotations

import ctypes
from typing import Any


# Prototypes of our own take addresses as integers: half the cost of ctypes' checked pointers, and
# the module's shared functions stay as they are for everyone else.
def fast(function: Any, *arguments: Any, result: Any = ctypes.c_int) -> Any:
    """A prototype of the project's own for one of pdfium's functions."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


POINTER, INT = ctypes.c_void_p, ctypes.c_int
