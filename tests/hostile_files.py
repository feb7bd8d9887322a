"""Files made to hurt: each kind as bytes, under the name that it is read as."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable

import factories as make
import raw_pdf

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DOCUMENT = "word/document.xml"
LAUGH = (
    '<!DOCTYPE d [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12))
    + "]>"
)


def word(body: str = "<w:p/>", prolog: str = "", **parts: bytes) -> bytes:
    """A Word file of few parts; `parts` are further ones, with ``__`` for a slash."""
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{WORD}.{kind}+xml"/>'
        for name, kind in [
            (_DOCUMENT, "document.main"),
            *((f"word/header{i}.xml", "header") for i in range(9)),
        ]
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'.encode(),
        "_rels/.rels": _relations(
            f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="{_DOCUMENT}"/>'
        ),
        _DOCUMENT: f"{prolog}<w:document {W}><w:body>{body}</w:body></w:document>".encode(),
        **{name.replace("__", "/"): data for name, data in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def _relations(*relations: str) -> bytes:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(relations)}</Relationships>'.encode()


def _large(megabytes: int) -> bytes:
    return b"\0" * (megabytes * 1_000_000)


def _headers() -> bytes:
    header = f"<w:hdr {W}>".encode() + b"<w:p/>" * 300_000 + b"</w:hdr>"
    links = (f'<Relationship Id="h{i}" Type="{OFFICE}/header" Target="header{i}.xml"/>' for i in range(9))
    rest = {f"word__header{i}.xml": header for i in range(9)}
    return word(**rest, **{"word___rels__document.xml.rels": _relations(*links)})


def _text(*parts: str) -> bytes:
    return make.report_text(*parts).encode()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


_ROW = f"<w:tr><w:tc>{_paragraph('x')}</w:tc></w:tr>"
WORD_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a zip bomb in a picture": (lambda: word(word__media__a=_large(500)), "orimligt stor"),
    "a zip bomb in a text": (
        lambda: word(word__styles=_large(1), **{"word__a.xml": b" " * 30_000_000}),
        "orimligt stor",
    ),
    "twenty thousand parts": (lambda: word(**{f"a__{i}": b"" for i in range(20_000)}), "många delar"),
    "a billion laughs": (lambda: word(_paragraph("&m;"), LAUGH), "dokumenttyp"),
    "a billion laughs in UTF-16": (
        lambda: word(
            **{_DOCUMENT: f'<?xml version="1.0" encoding="UTF-16"?>{LAUGH}<d>&m;</d>'.encode("utf-16")}
        ),
        "dokumenttyp",
    ),
    "one long entity many times": (
        lambda: word(_paragraph("&a;" * 9999), f'<!DOCTYPE d [<!ENTITY a "{"x" * 99_999}">]>'),
        "dokumenttyp",
    ),
    "an entity from a file": (
        lambda: word(_paragraph("&x;"), '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
        "dokumenttyp",
    ),
    "a DTD from the network": (
        lambda: word(_paragraph("x"), '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd">'),
        "dokumenttyp",
    ),
    "entities in the styles": (
        lambda: word(**{"word__styles.xml": f"{LAUGH}<d>&m;</d>".encode()}),
        "dokumenttyp",
    ),
    "paragraphs in paragraphs": (lambda: word("<w:p>" * 100_000 + "</w:p>" * 100_000), "skadad"),
    "tables in tables": (
        lambda: word("<w:tbl><w:tr><w:tc>" * 70 + "</w:tc></w:tr></w:tbl>" * 70),
        "ingen text",
    ),
    "a million rows": (lambda: word(f"<w:tbl>{'<w:tr/>' * 1_000_000}</w:tbl>"), "fler stycken och celler"),
    "thirty thousand filled rows": (
        lambda: word(f"<w:tbl>{_ROW * 30_000}</w:tbl>"),
        "fler rader",
    ),
    "half a million paragraphs": (lambda: word(_paragraph("x") * 500_000), "fler stycken och celler"),
    "headers without end": (_headers, "fler stycken och celler"),
}


def _page(
    content: bytes = b"<< /Length 0 >>\nstream\n\nendstream", resources: bytes = b"", *more: bytes
) -> bytes:
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>"
        % resources
    )
    return _tree(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, content, *more)


def _tree(*objects: bytes) -> bytes:
    return raw_pdf._assembled([b"<< /Type /Catalog /Pages 2 0 R >>", *objects], b"")


def _stream(data: bytes, about: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), about, data)


def _bomb(megabytes: int, unit: bytes = b" ") -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(unit * 2**20) for _ in range(megabytes)) + packer.flush()


def _form(target: int) -> bytes:
    about = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % target
    )
    return _stream(b"/X Do " * 10, about)


_X = b"/XObject << /X 5 0 R >>"
PDF_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a stream that explodes": (lambda: _page(_stream(_bomb(300), b"/Filter /FlateDecode")), "orimligt stor"),
    "a stream packed twice": (
        lambda: _page(_stream(zlib.compress(_bomb(300), 9), b"/Filter [/FlateDecode /FlateDecode]")),
        "orimligt stor",
    ),
    "streams that explode together": (
        lambda: _page(
            *[_stream(_bomb(40), b"/Filter /FlateDecode"), b"", *[_stream(_bomb(40), b"/Filter /Fl")] * 4]
        ),
        "orimligt stor",
    ),
    "a page tree in a loop": (lambda: _tree(b"<< /Type /Pages /Kids [2 0 R] /Count 9 >>"), "ingen sida"),
    "a page tree in a loop of two": (
        lambda: _tree(
            b"<< /Type /Pages /Kids [3 0 R] /Count 9 /Parent 3 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R] /Count 9 /Parent 2 0 R >>",
        ),
        "ingen sida",
    ),
    "a hundred thousand pages": (
        lambda: _tree(
            b"<< /Type /Pages /Kids [%s] /Count 100000 >>"
            % b" ".join(b"%d 0 R" % i for i in range(3, 100_003)),
            *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"] * 100_000,
        ),
        "för många sidor",
    ),
    "a count that lies": (
        lambda: _tree(
            b"<< /Type /Pages /Kids [3 0 R] /Count 900 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        ),
        "ingen text",
    ),
    "a page as large as a town": (
        lambda: _tree(
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [-1e30 0 1e30 1e30] >>",
        ),
        "ingen text",
    ),
}

#: pdfium itself goes round in these; only a child process that can be ended keeps from hanging.
ENDLESS = {
    "a form that draws itself": lambda: _page(_stream(b"/X Do"), _X, _form(5)),
    "forms that draw ten forms each": lambda: _page(
        _stream(b"/X Do"),
        _X,
        *[_form(6 + i) for i in range(12)],
        _stream(b"0 0 m 1 1 l S", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"),
    ),
}


def _web(body: str, prolog: str = "<!doctype html>") -> bytes:
    return f"{prolog}<html><body><h1>Verksamhetsberättelse 2025</h1><p>Enheten Hemmet</p>{body}".encode()


WEB_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "boxes in boxes": (lambda: _web("<div>" * 100_000), "inga mål"),
    "tables in tables": (lambda: _web("<table><tr><td>" * 5_000), "inga mål"),
    "fifty thousand rows": (lambda: _web(f"<table>{'<tr><td>x</td></tr>' * 50_000}"), "inga mål"),
    "cells that claim to span all": (lambda: _web('<table><td colspan="9999999" rowspan="²">x'), "inga mål"),
    "entities": (lambda: _web("&a;" * 9_999, '<!doctype html [<!ENTITY a "b">]>'), "inga mål"),
    "scripts": (lambda: _web("<script>alert(1)</script><p onclick=alert(1)>x"), "inga mål"),
}

TEXT_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "a million rows": (
        lambda: _text(make.INDICATOR_HEAD, "\n".join([make.SICK] * 1_000_000)),
        "mer än en rapport kan vara",
    ),
    "thirty thousand rows": (
        lambda: _text(make.INDICATOR_HEAD, "\n".join([make.SICK] * 30_000)),
        "fler rader",
    ),
    "two hundred thousand lines": (lambda: _text("x\n" * 200_000), "mer än en rapport kan ha"),
    "one line of a million letters": (lambda: _text("x" * 1_000_000), "mer än en rapport kan ha"),
    "a table of one line": (
        lambda: _text("<table>" + "<tr><td>x</td></tr>" * 10_000 + "</table>"),
        "inga tabeller",
    ),
    "cells that claim to span all": (
        lambda: _text('<table><tr><td colspan="999999999" rowspan="99999999999">x</td></tr></table>'),
        "inga tabeller",
    ),
    "tags in tags": (lambda: _text("<table>" * 3_000 + "<b>" * 20_000), "inga tabeller"),
    "nothing but zeros": (lambda: b"\0" * 4_000_000, "inte text"),
    "stars without a partner": (lambda: _text("*a " * 60_000), "inga tabeller"),
    "spaces without end": (
        lambda: _text(("Indikator" + " " * 60_000 + "Periodens utfall\n") * 20),
        "inga tabeller",
    ),
    "signs that start everything": (lambda: _text("[(<*_`#|&" * 20_000), "inga tabeller"),
    "digits that may be phone numbers": (lambda: _text("08 12 " * 20_000 + "01" * 30_000), "inga tabeller"),
    "an address without end": (lambda: _text("a." * 60_000 + "@" + "a." * 30_000), "inga tabeller"),
}


_HEAD = (
    "Verksamhetsberättelse 2025\nLindåsens dagliga verksamhet\n\nInledning\n\nKort.\n\n"
    "Enhetsmål: Alla trivs\n\nUppfylls helt\n\n"
)
_TITLES = "Indikator\tPeriodens utfall\tUtfall VB 2024\tÅrsmål\tKF:s årsmål\tPeriod\n"
_TEXT_ROW = "Sjukfrånvaro\t7,5 %\t8 %\t6 %\t5 %\t2025\n"


def _web_page(body: str, style: str = "") -> str:
    head = f"<html><head><style>{style}</style></head><body><h1>Verksamhetsberättelse 2025</h1>"
    return f"{head}<table><tr><td>{body}</td></tr></table></body></html>"


#: Texts that a reader may look at far too long; read or refused, each must end in time.
HARD: dict[str, Callable[[], str]] = {
    "a line of words.txt": lambda: _HEAD + "ord " * 45_000,
    "a line of shares.txt": lambda: _HEAD + "7,5 % " * 30_000,
    "a line of dates.txt": lambda: _HEAD + "2025-01-01 " * 17_000,
    "a line of dots.txt": lambda: _HEAD + "." * 190_000 + " 7",
    "a line of stars.txt": lambda: _HEAD + "*" * 100_000,
    "tabs.txt": lambda: _HEAD + _TITLES + "x" + "\t" * 100_000 + "y\n" + _TEXT_ROW,
    "pipes.txt": lambda: _HEAD + "|a" * 90_000 + "|\n",
    "columns.txt": lambda: _HEAD + ("|" + "a|" * 300 + "\n") * 300,
    "raised letters.txt": lambda: _HEAD + "<sup>1</sup>" * 15_000,
    "raised letters.html": lambda: _web_page("7<sup>1</sup>" * 40_000),
    "hidden letters.html": lambda: _web_page("<span hidden>7</span>" * 40_000),
    "form fields.html": lambda: _web_page("<input value=1>" * 40_000),
    "rules of one class.html": lambda: _web_page("<p class=a>x</p>" * 2_500, ".a{display:none}" * 10_000),
    "rules of many classes.html": lambda: _web_page(
        "<p class=a>x</p>" * 5_000, "".join(f".a{i}{{display:none}}" for i in range(20_000))
    ),
    "nested.html": lambda: _web_page("<b><i>" * 20_000 + "<sup>1</sup>"),
    "nested tables.txt": lambda: _HEAD + "<table><tr><td>" * 9_000 + "x",
    "headers.txt": lambda: _HEAD + _TITLES * 5_000,
    "headers by place.txt": lambda: _HEAD + _TITLES.replace("\t", "   ") * 5_000,
    "headers in words.txt": lambda: _HEAD + _TITLES.replace("\t", " ") * 5_000,
    "headers that wrap.txt": lambda: _HEAD + "Indikator\tPeriodens\nutfall\tÅrsmål\n" * 4_000,
    "tables of their own.txt": lambda: _HEAD + "".join(f"Ort{i}\tNamn{i}\tTal{i}\n" for i in range(9_000)),
    "goals.txt": lambda: _HEAD + "Enhetsmål: Alla trivs\n\nUppfylls helt\n\n" * 8_000,
    "contents.txt": lambda: "Innehållsförteckning\n" + "Inledning\n" * 20_000 + _HEAD,
    "cells that are nowhere.txt": lambda: _HEAD + _TITLES + ("x y z " * 3_000 + "\t7 %\t\t\t\t2025\n") * 30,
}
