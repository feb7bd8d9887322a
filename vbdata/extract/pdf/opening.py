"""Open a PDF, or say in one line why it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vbdata.errors import UnreadableFileError
from vbdata.extract.pdf.bombs import MAX_UNPACKED, unpacked_size

MAX_PAGES = 1_000

_EXPORT = "exportera rapporten på nytt och försök igen"


@contextmanager
def opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The open document.

    Raises
    ------
    UnreadableFileError
        When the file is damaged, locked by a password, or larger than any report when it is unpacked.
    """
    if unpacked_size(path) > MAX_UNPACKED:
        raise UnreadableFileError(
            "filen är orimligt stor när den packas upp",
            source=path.name,
            value=f"mer än {MAX_UNPACKED // 2**20} MB",
            hint=_EXPORT,
        )
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise _refusal(path, getattr(error, "err_code", None)) from error
    try:
        _check_pages(document, path)
        yield document
    finally:
        document.close()


def _refusal(path: Path, code: int | None) -> UnreadableFileError:
    if code == raw.FPDF_ERR_PASSWORD:
        hint = "spara en kopia utan lösenord"
        return UnreadableFileError("filen är låst med lösenord", source=path.name, hint=hint)
    if code == raw.FPDF_ERR_SECURITY:
        hint = "spara en kopia utan skydd"
        return UnreadableFileError("filen är skyddad på ett sätt som inte stöds", source=path.name, hint=hint)
    return UnreadableFileError("filen är skadad och går inte att öppna", source=path.name, hint=_EXPORT)


def _check_pages(document: pdfium.PdfDocument, path: Path) -> None:
    count = len(document)
    if count == 0:
        raise UnreadableFileError("filen är skadad: den har inga sidor", source=path.name, hint=_EXPORT)
    if count > MAX_PAGES:
        raise UnreadableFileError(
            "filen har för många sidor för en rapport", source=path.name, value=str(count), hint="dela filen"
        )
