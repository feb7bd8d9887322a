"""Open a Word file, or say in one line why it cannot be read."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vbdata.errors import UnreadableFileError

MAX_PART = 60 * 1024 * 1024  # one part of the file, unpacked
MAX_XML = 24 * 1024 * 1024  # read as a tree, it takes ten times as much memory
MAX_UNPACKED = 400 * 1024 * 1024
MAX_PARTS = 5_000
MAX_TAGS = 1_000_000  # of all parts; a report has a hundredth of it, and each costs memory and time
_XML = (".xml", ".rels")
_DTD = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
#: What a damaged archive raises.
_DAMAGE = (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError, zlib.error)
EXPORT = "spara rapporten på nytt som .docx och försök igen"


def refuse(path: Path, problem: str, hint: str = EXPORT, value: str | None = None) -> UnreadableFileError:
    """The error for a file that cannot be read, named without its folder."""
    return UnreadableFileError(problem, source=path.name, hint=hint, value=value)


def check(path: Path) -> None:
    """Refuse what is no Word file, or one that would not fit in memory, before it is opened."""
    with path.open("rb") as handle:
        start = handle.read(8)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        if _is_encrypted(path):
            raise refuse(path, "filen är låst med lösenord", "spara en kopia utan lösenord")
        raise refuse(path, "filen är i Words gamla format .doc", "öppna den i Word och spara som .docx")
    if not start.startswith(b"PK"):
        raise refuse(path, "filen är ingen Wordfil")
    _check_archive(path)


def _is_encrypted(path: Path) -> bool:
    """A locked .docx is an old-style container with a stream of this name."""
    name = "EncryptedPackage".encode("utf-16-le")
    with path.open("rb") as handle:
        return name in handle.read(4 * 1024 * 1024)


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(path, archive)
    except _DAMAGE as error:
        raise refuse(path, "filen är skadad och går inte att öppna") from error


def _check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    content = b""
    if "[Content_Types].xml" in names:
        with archive.open("[Content_Types].xml") as part:
            content = part.read(4 * 1024 * 1024)
    if b"macroEnabled" in content or any(name.endswith("vbaProject.bin") for name in names):
        raise refuse(path, "filen innehåller makron (.docm)", "spara den som .docx utan makron")
    if b"wordprocessingml" not in content:
        raise refuse(path, "filen är ingen Wordfil")
    if len(parts) > MAX_PARTS:
        raise refuse(path, "filen har orimligt många delar", value=str(len(parts)))
    large = [p for p in parts if p.file_size > (MAX_XML if p.filename.endswith(_XML) else MAX_PART)]
    total = sum(part.file_size for part in parts)
    if large or total > MAX_UNPACKED:
        raise refuse(path, "filen är orimligt stor när den packas upp", value=f"{total // 1_000_000} MB")
    _check_xml(path, (archive.read(part) for part in parts if part.filename.endswith(_XML)))


def _check_xml(path: Path, texts: Iterable[bytes]) -> None:
    """Refuse entities, which Word files must not have (ECMA-376 part 2, 8.1.4), and trees without end."""
    tags = 0
    for text in texts:
        if any(mark in text for mark in _DTD):
            raise refuse(path, "filen har en dokumenttyp (DTD), som inte får finnas i en Wordfil")
        tags += text.count(b"<")
        if tags > MAX_TAGS:
            raise refuse(path, "filen har fler stycken och celler än en rapport kan ha")


def open_document(path: Path) -> Any:
    """The document of python-docx; whatever it stumbles on is damage."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        document = docx.Document(str(path))
        document.element.body  # noqa: B018  (a file without a body fails here, not later)
        return document
    except (*_DAMAGE, KeyError, AttributeError, IndexError, TypeError, etree.LxmlError, OpcError) as error:
        raise refuse(path, "filen är skadad och går inte att öppna") from error
