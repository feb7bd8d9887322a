"""Pages of reports that are gone, and what runs that were stopped have left: nothing of them stays."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import pandas as pd

from vbdata.render.parts import addresses
from vbdata.render.parts.made import NOTEBOOK_NAMES, SHARED_FOLDER
from vbdata.render.run import manifest

_OURS = (".html", ".ipynb")


def remove_gone(reports: Path, current: Collection[str]) -> None:
    """Remove pages, and the notebooks beside them, that the data no longer make, and half-written files.

    Call it before the manifests are written: they tell which pages came of an analyst's own notebooks. Other
    files are left.
    """
    if not reports.is_dir():
        return
    half = [*reports.glob(".*.part"), *reports.glob("[0-9]*/**/.*.part")]
    for path in [*half, *(path for path in _pages(reports) if _page(reports, path) not in current)]:
        path.unlink(missing_ok=True)
    for year in _years(reports):
        if not any(page.startswith(f"{year.name}/") for page in current):
            (year / manifest.NAME).unlink(missing_ok=True)
        for folder in (*(path for path in year.iterdir() if path.is_dir()), year):
            with suppress(OSError):  # it has other files, or is not there
                folder.rmdir()


def forget_shared(reports: Path, documents: pd.DataFrame) -> bool:
    """Remove the pages to share below the internal ones, when a report behind one is gone or changed.

    All of them: what one page shows may be of another page's report. Says whether they were removed.
    """
    folder = reports / SHARED_FOLDER
    known = set(zip(documents["report_id"].astype(str), documents["sha256"].astype(str), strict=True))
    made = manifest.read(folder)
    if all(document in known for entry in made.values() for document in entry.documents.items()):
        return False
    remove_all(folder)
    return True


def remove_all(reports: Path) -> None:
    """Remove every page, those to share below them too: no report is left."""
    for folder in (reports, reports / SHARED_FOLDER):
        remove_gone(folder, ())
        (folder / addresses.INDEX).unlink(missing_ok=True)


def _years(reports: Path) -> list[Path]:
    return [path for path in reports.iterdir() if path.is_dir() and path.name.isdigit()]


def _pages(reports: Path) -> list[Path]:
    found = []
    for year in _years(reports):
        found += [path for path in year.iterdir() if path.stem in NOTEBOOK_NAMES]
        for name in NOTEBOOK_NAMES:
            found += (year / name).glob("*")
    found += [(reports / page).with_suffix(end) for page in manifest.read(reports) for end in _OURS]
    return [path for path in dict.fromkeys(found) if path.is_file() and path.suffix in _OURS]


def _page(reports: Path, path: Path) -> str:
    return path.with_suffix(".html").relative_to(reports).as_posix()
