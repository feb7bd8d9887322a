"""What is drawn on a page beside its text: rules, and marks whose colour says something."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vbdata.extract.document import Icon
from vbdata.extract.icons import icon_of_colour, icon_of_pixels
from vbdata.extract.pdf.calls import INT, POINTER, fast

THIN = 3.2  # a path not thicker than this, in points, is a rule
MARK_SIZES = (4.2, 30.0)  # an icon is not smaller or larger than this
BULLET = (2.0, 4.2)  # nor a drawn bullet of a list than this
SHADES = (7.0, 250.0)  # nor a shaded row's height
WHITE = 253
MAX_SEGMENTS = 4_000  # a path with more segments is a drawing
MAX_OBJECTS = 60_000

Box = tuple[float, float, float, float]
Transform = Callable[[float, float, float, float], Box]

_count_objects = fast(raw.FPDFPage_CountObjects, POINTER)
_get_object = fast(raw.FPDFPage_GetObject, POINTER, INT, result=POINTER)
_object_type = fast(raw.FPDFPageObj_GetType, POINTER)
_object_bounds = fast(raw.FPDFPageObj_GetBounds, POINTER, POINTER, POINTER, POINTER, POINTER)
_form_count = fast(raw.FPDFFormObj_CountObjects, POINTER)
_form_object = fast(raw.FPDFFormObj_GetObject, POINTER, ctypes.c_ulong, result=POINTER)


@dataclass(slots=True)
class Rule:
    """A horizontal or vertical line; `at` is its y or x, `pieces` how it was drawn."""

    at: float
    start: float
    end: float
    pieces: list[tuple[float, float]] = field(default_factory=list)


@dataclass(slots=True)
class Mark:
    """A small picture or coloured shape, with what its colour says."""

    box: Box
    icon: Icon


def drawing_of(page: pdfium.PdfPage, view: Transform) -> Drawing:
    """Walk all objects of a page that are no text."""
    drawn = Drawing(view)
    _walk(drawn, _objects_of(page), depth=0, matrix=None)
    drawn.horizontals, drawn.verticals = _merged(drawn.horizontals), _merged(drawn.verticals)
    return drawn


class Drawing:
    """Collects the rules and marks of a page while its objects are walked."""

    def __init__(self, view: Transform) -> None:
        self.view = view
        self.horizontals: list[Rule] = []
        self.verticals: list[Rule] = []
        self.marks: list[Mark] = []
        self.shades: list[Box] = []
        self.pictured = 0.0
        self.seen = 0
        self.four = (ctypes.c_float * 4)()
        start = ctypes.addressof(self.four)
        self.at = (start, start + 4, start + 8, start + 12)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Keep a thin box as a rule; false when it is none."""
        wide, tall = x1 - x0, y1 - y0
        if tall <= THIN and wide > 2 * tall and wide >= 2:
            self.horizontals.append(Rule((y0 + y1) / 2, x0, x1))
        elif wide <= THIN and tall > 2 * wide and tall >= 2:
            self.verticals.append(Rule((x0 + x1) / 2, y0, y1))
        else:
            return wide < BULLET[0] or tall < BULLET[0]
        return True


def _objects_of(page: pdfium.PdfPage) -> Iterator[int]:
    address = ctypes.cast(page.raw, ctypes.c_void_p).value
    return _drawn_objects(address, _count_objects(address), _get_object)


def _drawn_objects(parent: int | None, count: int, get: Any) -> Iterator[int]:
    """The objects that are no text; a page has many more of those that are."""
    text, kind_of = raw.FPDF_PAGEOBJ_TEXT, _object_type
    for index in range(min(count, MAX_OBJECTS)):
        found = get(parent, index)
        if found and kind_of(found) != text:
            yield found


_Matrix = tuple[float, float, float, float, float, float]


def _walk(drawn: Drawing, objects: Iterable[int], depth: int, matrix: _Matrix | None) -> None:
    left, bottom, right, top = drawn.at
    four = drawn.four
    for item in objects:
        drawn.seen += 1
        if drawn.seen > MAX_OBJECTS:
            return
        kind = _object_type(item)
        if kind == raw.FPDF_PAGEOBJ_FORM:
            if depth < 6:
                _walk(
                    drawn,
                    _drawn_objects(item, _form_count(item), _form_object),
                    depth + 1,
                    _times(_matrix_of(item), matrix),
                )
            continue
        if not _object_bounds(item, left, bottom, right, top):
            continue
        a, b, c, d = four
        box = drawn.view(*_mapped((a, b, c, d), matrix))
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            _image(drawn, item, box)
        elif kind == raw.FPDF_PAGEOBJ_PATH and not drawn.rule(*box):
            _path(drawn, item, box, matrix)


def _matrix_of(item: int) -> _Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(ctypes.cast(item, raw.FPDF_PAGEOBJECT), found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(m: _Matrix, n: _Matrix | None) -> _Matrix:
    if n is None:
        return m
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2], m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )  # fmt: skip


def _point(x: float, y: float, m: _Matrix | None) -> tuple[float, float]:
    return (x, y) if m is None else (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])


def _mapped(box: Box, m: _Matrix | None) -> Box:
    if m is None:
        return box
    return _bounds([_point(x, y, m) for x in (box[0], box[2]) for y in (box[1], box[3])])


def _is_mark(box: Box) -> bool:
    wide, tall = box[2] - box[0], box[3] - box[1]
    low, high = BULLET[0], MARK_SIZES[1]
    return low <= wide <= high and low <= tall <= high and 0.5 <= wide / tall <= 2.0


def _path(drawn: Drawing, item: int, box: Box, matrix: _Matrix | None) -> None:
    """A path that is no single rule: a frame, several rules in one, a mark, or a shaded area."""
    pointer = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(pointer, fill, stroke)
    if _is_mark(box):
        _vector_mark(drawn, pointer, box, bool(fill.value))
        return
    count = raw.FPDFPath_CountSegments(pointer)
    if fill.value and count <= 6:
        _shade(drawn, pointer, box)
    if count > MAX_SEGMENTS or (count <= 5 and not stroke.value):
        return
    whole = _times(_matrix_of(item), matrix)
    for polyline in _polylines(drawn, pointer, count, whole):
        if stroke.value:
            for (x0, y0), (x1, y1) in pairwise(polyline):
                if abs(x0 - x1) < 0.8 or abs(y0 - y1) < 0.8:
                    drawn.rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        elif len(polyline) >= 4:
            drawn.rule(*_bounds(polyline))


def _shade(drawn: Drawing, path: Any, box: Box) -> None:
    """Keep a coloured area of the height of a row; white ones are not seen."""
    if not SHADES[0] < box[3] - box[1] < SHADES[1] or box[2] - box[0] < SHADES[0]:
        return
    parts = [ctypes.c_uint() for _ in range(4)]
    if raw.FPDFPageObj_GetFillColor(path, *parts) and min(part.value for part in parts[:3]) < WHITE:
        drawn.shades.append(box)


def _polylines(drawn: Drawing, path: Any, count: int, m: _Matrix) -> list[list[tuple[float, float]]]:
    """The straight parts of a path, as a reader sees them; curves end a part."""
    parts: list[list[tuple[float, float]]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        px, py = _point(x.value, y.value, m)
        vx, vy, _, _ = drawn.view(px, py, px, py)
        if kind == raw.FPDF_SEGMENT_LINETO and parts:
            parts[-1].append((vx, vy))
        else:
            parts.append([(vx, vy)])
        if raw.FPDFPathSegment_GetClose(segment) and parts[-1]:
            parts[-1].append(parts[-1][0])
    return parts


def _bounds(points: list[tuple[float, float]]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _vector_mark(drawn: Drawing, path: Any, box: Box, filled: bool) -> None:
    parts = [ctypes.c_uint() for _ in range(4)]
    read = raw.FPDFPageObj_GetFillColor if filled else raw.FPDFPageObj_GetStrokeColor
    if not read(path, *parts) or parts[3].value < 40:
        return
    icon = icon_of_colour((parts[0].value, parts[1].value, parts[2].value))
    is_bullet = box[2] - box[0] < MARK_SIZES[0]
    drawn.marks.append(Mark(box, Icon(icon.colour, None) if is_bullet else icon))


def _image(drawn: Drawing, item: int, box: Box) -> None:
    drawn.pictured += max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)
    if not _is_mark(box):
        return
    pointer = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
    wide, tall = ctypes.c_uint(), ctypes.c_uint()
    raw.FPDFImageObj_GetImagePixelSize(pointer, wide, tall)
    if not 0 < wide.value * tall.value <= 1_000_000:
        return
    found = raw.FPDFImageObj_GetBitmap(pointer)
    if not found:
        return
    try:
        pixels = _pixels(found)
    finally:
        raw.FPDFBitmap_Destroy(found)
    icon = icon_of_pixels(pixels) if pixels is not None else None
    if icon is not None:
        drawn.marks.append(Mark(box, icon))


def _pixels(bitmap: Any) -> Any:
    """A copy of pdfium's pixels (grey, BGR, BGRx, BGRA) as red, green, blue[, opacity]."""
    order = {
        raw.FPDFBitmap_Gray: (1, [0, 0, 0]),
        raw.FPDFBitmap_BGR: (3, [2, 1, 0]),
        raw.FPDFBitmap_BGRx: (4, [2, 1, 0]),
        raw.FPDFBitmap_BGRA: (4, [2, 1, 0, 3]),
    }.get(raw.FPDFBitmap_GetFormat(bitmap))
    if order is None:
        return None
    depth, channels = order
    wide, tall = raw.FPDFBitmap_GetWidth(bitmap), raw.FPDFBitmap_GetHeight(bitmap)
    stride = raw.FPDFBitmap_GetStride(bitmap)
    data = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * tall)
    rows = np.frombuffer(data, np.uint8).reshape(tall, stride)[:, : wide * depth]
    return rows.reshape(tall, wide, depth)[..., channels]


def _merged(rules: list[Rule], across: float = 1.3, along: float = 3.0) -> list[Rule]:
    """Join pieces of one line; remember the pieces, their ends show the columns."""
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        if groups and rule.at - groups[-1][-1].at <= across and rule.at - groups[-1][0].at <= 2 * across:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    merged: list[Rule] = []
    for group in groups:
        current: Rule | None = None
        for piece in sorted(group, key=lambda r: r.start):
            if current is not None and piece.start <= current.end + along:
                current.end = max(current.end, piece.end)
            else:
                current = Rule(piece.at, piece.start, piece.end)
                merged.append(current)
            current.pieces.append((piece.start, piece.end))
    return merged
