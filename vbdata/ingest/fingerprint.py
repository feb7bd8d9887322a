"""What a reading depends on besides the file: the code that reads, the vocabulary and the register."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from vbdata import __version__

_PACKAGE = Path(__file__).resolve().parents[1]
_STEPS = (
    "extract",
    "parse",
    "normalise",
    "validate",
    "schema",
    "vocabulary",
    "language",
    "register",
    "pairing",
)
_MODULES = ("ingest/reading.py", "ingest/results.py", "store/columns.py")


def fingerprint() -> str:
    """A checksum that changes when the same file might be read otherwise.

    The code counts, not just its version: a reader mended in place must not leave old numbers behind.
    """
    return hashlib.sha256("".join(made_by().values()).encode()).hexdigest()


def made_by() -> dict[str, str]:
    """Checksums of what tables are made by: the code, the vocabulary and the register."""
    from vbdata.register.files import checksum, register_folder

    sources = list(_sources())
    words = [path for path in sources if path.suffix == ".csv"]
    return {
        "code": _checksum([path for path in sources if path.suffix != ".csv"], __version__),
        "vocabulary": _checksum(words),
        "register": checksum(register_folder()),
    }


def why_old(before: Mapping[str, str]) -> str:
    """What has changed since tables were made, in Swedish, without a full stop.

    >>> why_old({})
    'tabellerna är gjorda av en annan version av vbdata'
    """
    now = made_by()
    changed = [name for name in now if before.get(name) != now[name]]
    if not before or not changed or "code" in changed:
        return "tabellerna är gjorda av en annan version av vbdata"
    said = {"vocabulary": "vokabulären", "register": "enhetsregistret"}
    return f"{' och '.join(said[name] for name in changed)} har ändrats sedan tabellerna gjordes"


def _checksum(paths: Iterable[Path], *more: str) -> str:
    digest = hashlib.sha256("".join(more).encode())
    for path in paths:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for step in _STEPS:
        yield from sorted(p for p in (_PACKAGE / step).rglob("*") if p.suffix in (".py", ".csv", ".yml"))
    yield from (path for name in _MODULES if (path := _PACKAGE / name).is_file())


def of_report(corrections: Sequence[Any]) -> dict[str, str]:
    """Report id → checksum of the corrections that are decided for it."""
    found: dict[str, Any] = {}
    for entry in corrections:
        found.setdefault(entry.report_id, hashlib.sha256()).update(repr(entry).encode())
    return {report: digest.hexdigest() for report, digest in found.items()}
