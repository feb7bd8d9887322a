"""Open a PDF, or say in one line why it cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from vbdata.errors import UnreadableFileError
from vbdata.extract.pdf.bombs import MAX_UNPACKED, unpacked_size

MAX_BYTES = 200 * 1024 * 1024
MAX_PAGES = 1_000

_EXPORT = "exportera rapporten på nytt och försök igen"


@contextmanager
def opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The open document.

    Raises
    ------
    UnreadableFileError
        When the file is empty, too large, no PDF, damaged, or locked by a password.
    """
    _check_file(path)
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise _refusal(path, getattr(error, "err_code", None)) from error
    try:
        _check_pages(document, path)
        yield document
    finally:
        document.close()


def _check_file(path: Path) -> None:
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
    with path.open("rb") as handle:
        if b"%PDF" not in handle.read(1024):
            raise UnreadableFileError("filen heter .pdf men är ingen PDF", source=path.name, hint=_EXPORT)
    if unpacked_size(path) > MAX_UNPACKED:
        raise UnreadableFileError(
            "filen är orimligt stor när den packas upp",
            source=path.name,
            value=f"mer än {MAX_UNPACKED // 2**20} MB",
            hint=_EXPORT,
        )


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
