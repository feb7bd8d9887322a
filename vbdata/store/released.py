"""`data/released/forms.json`: which forms have been passed on; beside the tables, and never in git.

It names no unit and holds no count, so that it can stay when a report is forgotten.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vbdata.errors import VbdataError
from vbdata.store import disk

FOLDER, NAME = "released", "forms.json"


@dataclass(frozen=True, slots=True)
class Form:
    """A form that has been shared: a checksum of its counts, and the cells that were hidden."""

    counts: str
    hidden: frozenset[str]


Released = Mapping[str, Form]
"""Unit and year, by id and by name, as checksums → the form that was shared."""


def released_file(processed: Path) -> Path:
    """The register's file, beside the folder of the tables."""
    return Path(processed).resolve().parent / FOLDER / NAME


def read_released(processed: Path) -> dict[str, Form]:
    """What has been passed on of these tables.

    Raises
    ------
    VbdataError
        When the register cannot be understood: nothing may be passed on then.
    """
    path = released_file(processed)
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {name: Form(each["counts"], frozenset(each["hidden"])) for name, each in content.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise VbdataError(
            "registret över det som är delat går inte att läsa",
            source=path,
            hint="lägg tillbaka en kopia av filen",
        ) from error


def add_released(processed: Path, shown: Released) -> None:
    """Note forms that are being passed on; one that is there already is left as it was."""
    before = read_released(processed)
    now = {**shown, **before}
    if now == before:
        return
    content = {
        name: {"counts": form.counts, "hidden": sorted(form.hidden)} for name, form in sorted(now.items())
    }
    path = released_file(processed)
    disk.make_folder(path.parent)
    disk.replace(path, json.dumps(content, ensure_ascii=False, indent=1).encode())
    if os.name == "posix":
        path.chmod(0o600)
