"""Open a Word file, or say in one line why it cannot be read."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Any

from vbdata.errors import UnreadableFileError

MAX_BYTES = 200 * 1024 * 1024
MAX_PART = 60 * 1024 * 1024  # one part of the file, unpacked
MAX_XML = 24 * 1024 * 1024  # read as a tree, it takes ten times as much memory
MAX_UNPACKED = 400 * 1024 * 1024
MAX_PARTS = 5_000
MAX_TAGS = 1_000_000  # of all parts; a report has a hundredth of it, and each costs memory and time
_XML = (".xml", ".rels")
_DTD = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
EXPORT = "spara rapporten på nytt som .docx och försök igen"


def refuse(path: Path, problem: str, hint: str = EXPORT, value: str | None = None) -> UnreadableFileError:
    """The error for a file that cannot be read, named without its folder."""
    return UnreadableFileError(problem, source=path.name, hint=hint, value=value)


def check(path: Path) -> None:
    """Refuse what is no Word file, or one that would not fit in memory, before it is opened."""
    size = path.stat().st_size
    if size == 0:
        raise refuse(path, "filen är tom")
    if size > MAX_BYTES:
        raise refuse(path, "filen är för stor", "minska bilderna i rapporten", f"{size // 1_000_000} MB")
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
            parts = archive.infolist()
            names = {part.filename for part in parts}
            content = _part(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ) as error:
        raise refuse(path, "filen är skadad och går inte att öppna") from error
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
    _check_xml(path)


def _check_xml(path: Path) -> None:
    """Refuse entities, which Word files must not have (ECMA-376 part 2, 8.1.4), and trees without end."""
    tags = 0
    with zipfile.ZipFile(path) as archive:
        for part in archive.infolist():
            if not part.filename.endswith(_XML):
                continue
            try:
                data = archive.read(part)
            except (
                zipfile.BadZipFile,
                OSError,
                EOFError,
                NotImplementedError,
                RuntimeError,
                zlib.error,
            ) as error:
                raise refuse(path, "filen är skadad och går inte att öppna") from error
            if any(mark in data for mark in _DTD):
                raise refuse(path, "filen har en dokumenttyp (DTD), som inte får finnas i en Wordfil")
            tags += data.count(b"<")
            if tags > MAX_TAGS:
                raise refuse(path, "filen har fler stycken och celler än en rapport kan ha")


def _part(archive: zipfile.ZipFile, name: str, limit: int = 4 * 1024 * 1024) -> bytes:
    with archive.open(name) as part:
        return part.read(limit)


def open_document(path: Path) -> Any:
    """The document of python-docx; whatever it stumbles on is damage."""
    import docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        document = docx.Document(str(path))
        document.element.body  # noqa: B018  (a file without a body fails here, not later)
        return document
    except (
        KeyError, ValueError, AttributeError, IndexError, TypeError, OSError, EOFError, RuntimeError,
        NotImplementedError, etree.LxmlError, zipfile.BadZipFile, OpcError, zlib.error,
    ) as error:  # fmt: skip
        raise refuse(path, "filen är skadad och går inte att öppna") from error
