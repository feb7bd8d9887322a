"""What became of a run's pages, and the pages that no notebook makes: the index, and what failed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pandas as pd

from vbdata.analyse.disclosure import Profile, protected
from vbdata.errors import VbdataError
from vbdata.render.engines.job import write_page
from vbdata.render.parts import addresses
from vbdata.render.parts.made import Entry
from vbdata.render.run.plan import Run
from vbdata.store.released import Released


@dataclass(frozen=True, slots=True)
class RunResult:
    """What became of a run; `message` says in Swedish what failed, `seconds` is how long it took.

    `kept` is a page of an earlier run, which making it again would not change.
    """

    notebook: str
    page: PurePosixPath
    path: Path
    title: str
    ok: bool
    message: str = ""
    seconds: float = 0.0
    kept: bool = False


def write_index(
    tables: dict[str, pd.DataFrame],
    reports: Path,
    entries: Mapping[str, Entry],
    profile: Profile = Profile(),  # noqa: B008  (frozen)
    released: Released | None = None,
) -> RunResult:
    """Write `index.html`, linking every page that there is of the reports, also from earlier runs."""
    from vbdata.render.pages.index.page import IndexData, index_blocks
    from vbdata.render.parts.data import year_of
    from vbdata.render.parts.export import notebook_of, page_html

    start = time.perf_counter()
    pages = frozenset(path.relative_to(reports).as_posix() for path in reports.rglob("*.html"))
    years = sorted({int(year) for year in tables["reports"]["year"]}, reverse=True)
    tables = protected(tables, profile, released)
    found = [year_of(tables, year, profile=profile) for year in years]
    data = IndexData(found, tables["extraction_log"], pages, entries)
    path = reports / addresses.INDEX
    write_page(path, page_html(notebook_of(index_blocks(data))))
    return RunResult("index", addresses.INDEX, path, "Startsida", True, "", time.perf_counter() - start)


def write_failure(run: Run, reports: Path, message: str) -> str:
    """Put a page that says what failed in the place of the one that could not be made."""
    from vbdata.render.parts.export import notebook_of, page_html
    from vbdata.render.run.failure import failure_blocks

    path = reports / run.page
    partial = path.with_suffix(".ipynb")
    try:
        blocks = failure_blocks(run, message, partial.name if partial.is_file() else None)
        write_page(path, page_html(notebook_of(blocks)))
    except (OSError, VbdataError) as error:
        return f"{message}; sidan gick inte att skriva: {getattr(error, 'strerror', error)}"
    return message
