"""Read a file into a Document of blocks, whatever its format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from vbdata.errors import UnreadableFileError
from vbdata.extract.account import account
from vbdata.extract.contents import without_contents
from vbdata.extract.disguise import undisguised
from vbdata.extract.document import Document, Table
from vbdata.extract.explained import with_analyses_between, with_named_analyses
from vbdata.extract.headings import settled
from vbdata.extract.parts import with_columns

MAX_BYTES = 200 * 1024 * 1024
MAX_ROWS = 20_000
"""Rows of all tables of a document; a report has a few hundred."""
_EXPORT = "exportera rapporten på nytt"
WEB_SUFFIXES = (".html", ".htm", ".xhtml")
_BEFORE_PDF = b"\xef\xbb\xbf\x00\t\n\x0c\r "  # what some programs write before a PDF's first line
SUFFIXES = (".txt", ".md", ".markdown", ".pdf", ".docx", *WEB_SUFFIXES)


def read(path: Path) -> Document:
    """The file as a Document in plain letters; its first bytes tell the format, not its name alone.

    Raises
    ------
    UnreadableFileError
        When the file cannot be read as text, web page, PDF or Word, or is larger than any report.
    """
    _check_size(path)
    with path.open("rb") as handle:
        start = handle.read(1024)
    document = undisguised(_reader(path, start)(path))
    document = without_contents(replace(document, blocks=tuple(settled(document.blocks))))
    explained, doubts = with_analyses_between(tuple(with_columns(document.blocks)))
    blocks = tuple(with_named_analyses(explained))
    document = replace(document, blocks=blocks, doubts=(*document.doubts, *doubts, *account(document)))
    rows = sum(len(block.rows) for block in document.blocks if isinstance(block, Table))
    if rows > MAX_ROWS:
        raise UnreadableFileError(
            "tabellerna har fler rader än en rapport kan ha",
            source=path.name,
            value=str(rows),
            hint=f"gränsen är {MAX_ROWS} rader; dela filen",
        )
    return document


def _check_size(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFileError("filen är tom", source=path.name, hint=_EXPORT)
    if size > MAX_BYTES:
        raise UnreadableFileError(
            "filen är för stor",
            source=path.name,
            value=f"{size // 1_000_000} MB",
            hint="minska bilderna i rapporten",
        )


def _reader(path: Path, start: bytes) -> Callable[[Path], Document]:
    suffix = path.suffix.lower()
    if start.lstrip(_BEFORE_PDF).startswith(b"%PDF") or (suffix == ".pdf" and b"%PDF-" in start):
        from vbdata.extract.pdf import read_pdf

        return read_pdf
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or suffix in (".docx", ".docm", ".doc"):
        from vbdata.extract.docx import read_docx

        return read_docx
    if suffix == ".pdf":
        raise UnreadableFileError("filen heter .pdf men är ingen PDF", source=path.name, hint=_EXPORT)
    from vbdata.extract.text import read_text
    from vbdata.extract.web import is_web_page

    if suffix in WEB_SUFFIXES or is_web_page(start):
        return partial(read_text, kind="html")
    return read_text


__all__ = ["SUFFIXES", "Document", "read"]
