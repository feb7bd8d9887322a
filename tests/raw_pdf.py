"""PDF files written by hand, so that the reader is tested where no browser or office is installed."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence

HEIGHT = 842.0


def escaped(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def words(x: float, y: float, text: str, size: float = 10, *, bold: bool = False) -> bytes:
    """A line of text with its baseline `y` points below the page's top."""
    font = b"F2" if bold else b"F1"
    return b"BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n" % (font, size, x, HEIGHT - y, escaped(text))


def stroke(x0: float, y0: float, x1: float, y1: float) -> bytes:
    return b"0.5 w %g %g m %g %g l S\n" % (x0, HEIGHT - y0, x1, HEIGHT - y1)


def bar(x0: float, y0: float, x1: float, y1: float) -> bytes:
    """A filled rectangle, as many programs draw a rule."""
    return b"%g %g %g %g re f\n" % (x0, HEIGHT - y1, x1 - x0, y1 - y0)


def disc(x: float, y: float, radius: float, colour: tuple[float, float, float]) -> bytes:
    k, cx, cy = 0.5523 * radius, x, HEIGHT - y
    curves = (
        (cx + radius, cy + k, cx + k, cy + radius, cx, cy + radius),
        (cx - k, cy + radius, cx - radius, cy + k, cx - radius, cy),
        (cx - radius, cy - k, cx - k, cy - radius, cx, cy - radius),
        (cx + k, cy - radius, cx + radius, cy - k, cx + radius, cy),
    )
    path = b"".join(b"%g %g %g %g %g %g c\n" % curve for curve in curves)
    return b"q %g %g %g rg %g %g m\n" % (*colour, cx + radius, cy) + path + b"f Q\n"


def ruled(
    xs: Sequence[float],
    ys: Sequence[float],
    texts: Sequence[Sequence[str]],
    draw: object = stroke,
    size: float = 9,
) -> bytes:
    """A table with all its rules. A text of several lines is parted by newlines."""
    parts = [draw(xs[0], y, xs[-1], y) if draw is stroke else bar(xs[0], y, xs[-1], y + 0.6) for y in ys]
    parts += [draw(x, ys[0], x, ys[-1]) if draw is stroke else bar(x, ys[0], x + 0.6, ys[-1]) for x in xs]
    parts.append(filled(xs, ys, texts, size))
    return b"".join(parts)


def filled(
    xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]], size: float = 9
) -> bytes:
    lines = (
        words(xs[c] + 4, ys[r] + size + 2 + n * size * 1.2, line, size)
        for r, row in enumerate(texts)
        for c, text in enumerate(row)
        for n, line in enumerate(text.split("\n"))
        if line
    )
    return b"".join(lines)


def pdf(pages: Iterable[bytes], *, extra: bytes = b"", trailer: bytes = b"") -> bytes:
    """A whole file from the content of its pages."""
    contents = list(pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (5 + 2 * i) for i in range(len(contents))), len(contents)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for i, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R /F2 4 0 R >> %s >> >>" % (6 + 2 * i, extra)
        )
        packed = zlib.compress(content)
        objects.append(
            b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed)
        )
    return _assembled(objects, trailer)


def _assembled(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    return bytes(
        out
        + head
        + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (count, trailer, len(out))
    )


_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def locked(page: bytes, password: str = "hemligt") -> bytes:
    """A file that opens with a password only (40-bit RC4, as old as the format)."""
    user = (password.encode("latin-1") + _PAD)[:32]
    owner = _rc4(hashlib.md5(user).digest()[:5], user)
    rights, name = (-4 & 0xFFFFFFFF).to_bytes(4, "little"), b"0123456789abcdef"
    key = hashlib.md5(user + owner + rights + name).digest()[:5]
    check = _rc4(key, _PAD)
    trailer = b"/ID [<%s> <%s>] /Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (
        name.hex().encode(), name.hex().encode(), owner.hex().encode(), check.hex().encode(),
    )  # fmt: skip
    return pdf([page], trailer=trailer)


def picture_page() -> bytes:
    """Content of a page that shows a picture and nothing else (drawn inline)."""
    return b"q 500 0 0 700 40 60 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x10\x80\x90\xf0 EI Q\n"
