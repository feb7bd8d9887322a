"""The year's pages: plan the runs from the data, run the notebooks, export them, build the index."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

import vbdata
from vbdata import analyse, vocabulary
from vbdata.errors import MissingDataError
from vbdata.render import layout
from vbdata.render.data import COMPARABLE_UNITS

NOTEBOOKS = Path("notebooks")
"""Where the notebooks are, in the workbook that the command is run in."""
MOST_JOBS = 4
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Run:
    """One page to make: a notebook, its parameters, and where the page goes under `reports/`."""

    notebook: str
    parameters: dict[str, Any]
    page: PurePosixPath
    title: str


@dataclass(frozen=True, slots=True)
class RunResult:
    """What became of a run; `message` says in Swedish what failed."""

    notebook: str
    page: PurePosixPath
    path: Path
    title: str
    ok: bool
    message: str = ""
    seconds: float = 0.0


def plan(
    reports: pd.DataFrame,
    processed: Path,
    years: Sequence[int] | None = None,
    units: Sequence[str] | None = None,
) -> list[Run]:
    """All pages of the years: a unit report per report, and a comparison where a year has two units or more.

    Of a unit's reports of a year, the one that says most about the outcome gets the plain address. Naming
    units leaves the comparisons alone.
    """
    found = analyse.latest(reports)
    runs: list[Run] = []
    for year in sorted({int(year) for year in found["year"]}, reverse=True):
        if years and year not in years:
            continue
        main = analyse.one_per_unit(found, year)
        kinds = dict(zip(main["unit_id"], main["kind"].astype(str), strict=True))
        for _, report in found[found["year"] == year].iterrows():
            if units and report["unit_id"] not in units:
                continue
            runs.append(_unit_run(report, kinds[report["unit_id"]], processed))
        if len(main) >= COMPARABLE_UNITS and not units:
            parameters = {"year": year, "processed": str(processed)}
            title = f"Jämförelse {year}"
            runs.append(Run("unit_comparison", parameters, layout.comparison_page(year), title))
    return runs


def _unit_run(report: pd.Series, main_kind: str, processed: Path) -> Run:
    unit_id, year, kind = str(report["unit_id"]), int(report["year"]), str(report["kind"])
    page = layout.unit_page(year, unit_id, "" if kind == main_kind else kind)
    parameters = {"unit_id": unit_id, "year": year, "processed": str(processed), "kind": kind}
    return Run(
        "unit_report",
        parameters,
        page,
        f"{report['unit_name']}, {vocabulary.label('kind', kind).lower()} {year}",
    )


def notebook_folder() -> Path:
    """The workbook's notebooks, else those beside the package.

    Raises
    ------
    MissingDataError
        When there are none.
    """
    beside = Path(vbdata.__file__).resolve().parents[1] / NOTEBOOKS
    for folder in (NOTEBOOKS, beside):
        if (folder / "unit_report.ipynb").is_file():
            return folder.resolve()
    raise MissingDataError(
        "anteckningsböckerna finns inte", source=NOTEBOOKS.resolve(), hint="kör kommandot i arbetsbokens mapp"
    )


def render_reports(
    processed: Path,
    reports: Path,
    *,
    years: Sequence[int] | None = None,
    units: Sequence[str] | None = None,
    progress: Progress | None = None,
    jobs: int | None = None,
) -> list[RunResult]:
    """Make all pages and the index.

    Parameters
    ----------
    processed, reports
        Folder of the tables; folder of the pages.
    years, units
        Only these; by default all.
    progress
        Called with how many of how many are done.
    jobs
        Notebooks at a time; by default as many as there are processors, at most four.

    Returns
    -------
    list of RunResult
        One per page, the index last. A notebook that fails stops no other: its page says what failed.

    Raises
    ------
    ParameterError
        When a notebook does not take the parameters; nothing is run then.
    MissingDataError
        When there are no tables, no reports that fit, or no notebooks.
    """
    from vbdata.render.index import write_index
    from vbdata.render.parameters import check
    from vbdata.store import read_tables

    processed, reports = Path(processed).resolve(), Path(reports).resolve()
    tables = read_tables(processed)
    runs = plan(tables["reports"], processed, years, units)
    if not runs:
        raise MissingDataError(
            "inga rapporter att göra sidor av",
            source=processed,
            hint="kör vbdata ingest, eller välj ett annat år eller en annan enhet",
        )
    folder = notebook_folder()
    for run in _one_per_notebook(runs):
        check(folder / f"{run.notebook}.ipynb", run.parameters)
    results = _run_all(runs, folder, reports, progress, jobs or min(os.cpu_count() or 1, MOST_JOBS))
    return [*results, write_index(tables, reports, results)]


def _one_per_notebook(runs: list[Run]) -> list[Run]:
    return list({run.notebook: run for run in runs}.values())


def _run_all(
    runs: list[Run], folder: Path, reports: Path, progress: Progress | None, jobs: int
) -> list[RunResult]:
    tell = progress or (lambda done, total: None)
    tell(0, len(runs))
    results: dict[PurePosixPath, RunResult] = {}
    if jobs == 1 or len(runs) == 1:
        for run in runs:
            results[run.page] = run_one(run, folder, reports)
            tell(len(results), len(runs))
    else:
        with ProcessPoolExecutor(min(jobs, len(runs)), mp_context=get_context("spawn")) as pool:
            futures = {pool.submit(run_one, run, folder, reports): run for run in runs}
            for future in as_completed(futures):
                run, error = futures[future], future.exception()
                results[run.page] = (
                    future.result() if error is None else _failed(run, reports, str(error), 0.0)
                )
                tell(len(results), len(runs))
    return [results[run.page] for run in runs]


def run_one(run: Run, folder: Path, reports: Path) -> RunResult:
    """Run one notebook and export it; whatever goes wrong becomes a result and a page that says so."""
    start = time.perf_counter()
    path = reports / run.page
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        notebook = _execute(run, folder, path.with_suffix(".ipynb"))
        from vbdata.render.export import page_html

        _write(path, page_html(notebook))
    except Exception as error:  # one page's failure, of any kind, must not take the others with it
        return _failed(run, reports, _cause(error), time.perf_counter() - start)
    return RunResult(run.notebook, run.page, path, run.title, True, "", time.perf_counter() - start)


def _execute(run: Run, folder: Path, output: Path) -> Any:
    from papermill import execute_notebook  # slow to import, and only needed here

    with tempfile.TemporaryDirectory(prefix="vbdata-") as sockets:
        # Papermill asks the kernel to end and waits; a notebook that is done has nothing to say.
        return execute_notebook(
            str(folder / f"{run.notebook}.ipynb"),
            str(output),
            parameters=run.parameters,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            cwd=str(folder),
            shutdown_kernel="immediate",
            config=_transport(Path(sockets)),
        )


def _transport(sockets: Path) -> Any:
    """Kernels talk through files of this user's own, not ports, which two kernels could take at once."""
    from traitlets.config import Config

    if os.name != "posix":
        return Config()
    return Config({"KernelManager": {"transport": "ipc", "ip": str(sockets / "k")}})


def _cause(error: Exception) -> str:
    """What failed, in one line: the cell and the error, or the error."""
    name = getattr(error, "ename", None)
    if name is None:
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return f"cell {getattr(error, 'exec_count', '?')}: {name}: {getattr(error, 'evalue', '')}".splitlines()[0]


def _failed(run: Run, reports: Path, message: str, seconds: float) -> RunResult:
    from vbdata.render.export import notebook_of, page_html
    from vbdata.render.failure import failure_blocks

    path = reports / run.page
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, page_html(notebook_of(failure_blocks(run.title, run.page, message))))
    except OSError as error:
        message = f"{message}; sidan gick inte att skriva: {error.strerror}"
    return RunResult(run.notebook, run.page, path, run.title, False, message, seconds)


def _write(path: Path, html: str) -> None:
    """Replace a page at once: a reader sees the old one or the new one."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(html, encoding="utf-8")
    part.replace(path)
