"""Headings of a tagged PDF, from its structure tree."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vbdata.extract.pdf.pages import Page

_HEADING = re.compile(r"^(?:H([1-6])|H|Title)$")
_MAX_ELEMENTS = 20_000
# No heading stands in these, and they hold most of the elements.
_WITHOUT_HEADINGS = frozenset({"P", "Table", "Figure", "Link", "Span", "L", "TOC", "Formula", "Note", "Form"})


def is_tagged(document: pdfium.PdfDocument) -> bool:
    """Whether the file says that it has a structure tree."""
    return bool(raw.FPDFCatalog_IsTagged(document.raw))


def heading_depths(document: pdfium.PdfDocument, page: Page) -> dict[int, int]:
    """Outline depth by marked-content id, for the headings of a page."""
    tree = raw.FPDF_StructTree_GetForPage(page.characters.page.raw)
    if not tree:
        return {}
    found: dict[int, int] = {}
    left = [_MAX_ELEMENTS]
    try:
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            _walk(raw.FPDF_StructTree_GetChildAtIndex(tree, index), None, found, left, 0)
    finally:
        raw.FPDF_StructTree_Close(tree)
    return found


def _walk(element: Any, depth: int | None, found: dict[int, int], left: list[int], level: int) -> None:
    if not element or left[0] <= 0 or level > 60:
        return
    left[0] -= 1
    if depth is None:
        kind = _type(element)
        if kind in _WITHOUT_HEADINGS:
            return
        heading = _HEADING.match(kind)
        depth = int(heading[1] or 1) if heading else None
    if depth is not None:
        for index in range(max(raw.FPDF_StructElement_GetMarkedContentIdCount(element), 0)):
            found[raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, index)] = depth
    for index in range(max(raw.FPDF_StructElement_CountChildren(element), 0)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            _walk(child, depth, found, left, level + 1)
        elif depth is not None:
            found[raw.FPDF_StructElement_GetChildMarkedContentID(element, index)] = depth


def _type(element: Any) -> str:
    buffer = ctypes.create_string_buffer(64)
    size = raw.FPDF_StructElement_GetType(element, buffer, 64)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "replace") if size <= 64 else ""
