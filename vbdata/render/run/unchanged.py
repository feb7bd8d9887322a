"""Whether there is nothing to do at all: found out without reading a table, or importing what reads them.

A run whose pages all came out well leaves a mark: a checksum of what it was made from and one of the pages as
they lie there. It names no unit and no page.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import vbdata
from vbdata.errors import MissingDataError
from vbdata.render.parts.made import NOTEBOOK_NAMES
from vbdata.render.run.own import files_named
from vbdata.store import disk
from vbdata.store.disk import sha256
from vbdata.store.generations import MANIFEST, Snapshot, manifest, whole
from vbdata.store.released import released_file
from vbdata.store.workbook import in_workbook

NAME = ".made.json"
NOTEBOOKS = Path("notebooks")
"""Where the notebooks are, in the workbook that the command is run in."""
_PACKAGE = Path(vbdata.__file__).resolve().parent
_DRAWING = ("matplotlib", "seaborn", "pandas", "nbconvert", "papermill")
_CHOICES = ("years", "units", "notebooks", "profile", "threshold")


def notebook_folder() -> Path:
    """The workbook's notebooks, else those beside the package.

    Raises
    ------
    MissingDataError
        When there are none.
    """
    for folder in (in_workbook(NOTEBOOKS), _PACKAGE.parent / NOTEBOOKS):
        if (folder / "unit_report.ipynb").is_file():
            return folder.resolve()
    raise MissingDataError(
        "anteckningsböckerna finns inte", source=NOTEBOOKS.resolve(), hint="kör kommandot i arbetsbokens mapp"
    )


def unchanged(state: Snapshot, reports: Path, choices: Mapping[str, Any]) -> int:
    """How many pages the last run left, when this one would leave the same; 0 when it may not.

    Parameters
    ----------
    choices
        The run's ``years``, ``units``, ``notebooks``, ``profile`` and ``threshold``.
    """
    try:
        last = json.loads((reports / NAME).read_bytes())
        same = last["made_of"] == _made_of(state, choices) and last["pages"] == _pages(reports)
        return int(last["count"]) if same else 0
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def note(state: Snapshot, reports: Path, choices: Mapping[str, Any], count: int) -> None:
    """Leave the mark of a run whose pages all came out well."""
    made_of = _made_of(state, choices)
    if made_of is not None:
        mark = {"made_of": made_of, "pages": _pages(reports), "count": count}
        with suppress(OSError):  # the next run then looks more closely
            (reports / NAME).unlink(missing_ok=True)
            disk.replace(reports / NAME, json.dumps(mark).encode())


def _made_of(state: Snapshot, choices: Mapping[str, Any]) -> str | None:
    """A checksum of tables, library, notebooks and choices; None where a table has been put in by hand."""
    generation = state.generation
    if generation is None or not (tables := manifest(generation).get("files")) or not whole(generation):
        return None
    if any(not state.table(name.split(".")[0]).is_relative_to(generation) for name in tables):
        return None
    notebooks = sorted(notebook_folder().glob("*.ipynb"))
    files = [generation / MANIFEST, *notebooks]
    files += [file for each in notebooks if each.stem not in NOTEBOOK_NAMES for file in files_named(each)]
    released = released_file(state.processed)
    files += [released] if released.is_file() else []
    said = json.dumps([choices.get(name) for name in _CHOICES], default=str)
    return digest([library(), said, generation.name, *(f"{path.name} {sha256(path)}" for path in files)])


def _pages(reports: Path) -> str:
    """A checksum of which pages there are, how large, and from when."""
    found = [reports / "index.html", *sorted(reports.glob("[0-9]*/**/*.*"))]
    marks = []
    for path in found:
        status = os.stat(path)
        marks.append(f"{path.relative_to(reports)} {status.st_size} {status.st_mtime_ns}")
    return digest(marks)


def digest(parts: Iterable[str]) -> str:
    """A checksum of texts, each apart from the next."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
    return whole.hexdigest()


@cache
def library() -> str:
    """A checksum of vbdata, the register, and the libraries that draw."""
    from importlib.metadata import version

    from vbdata.register.files import register_folder

    files = [path for path in _PACKAGE.rglob("*") if path.is_file() and path.suffix not in (".pyc", ".pyo")]
    files += register_folder().glob("*.csv")
    told = [f"{path.name} {sha256(path)}" for path in sorted(files)]
    return digest([*told, *(f"{name} {version(name)}" for name in _DRAWING)])
