"""The year's pages: plan the runs from the data, run the notebooks, export them, build the index."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath

import pandas as pd

from vbdata.analyse.disclosure import THRESHOLD, Profile, protected
from vbdata.analyse.disclosure.released import forms_shown
from vbdata.errors import MissingDataError, ParameterError
from vbdata.render.engines import Job, Limits, Outcome, Pool, choose, opened
from vbdata.render.engines.job import DEADLINE, MEMORY
from vbdata.render.parts.made import NOTEBOOK_NAMES, Entry
from vbdata.render.run import manifest
from vbdata.render.run.gone import forget_shared, remove_all, remove_gone
from vbdata.render.run.handed_on import unsaid, without_paths
from vbdata.render.run.own import Own, own_notebooks
from vbdata.render.run.plan import Run, plan
from vbdata.render.run.results import RunResult, write_failure, write_index
from vbdata.render.run.unchanged import note, notebook_folder
from vbdata.store import data_sha256, snapshot
from vbdata.store.released import read_released, released_file
from vbdata.store.workbook import PROCESSED

MOST_JOBS = 4
Progress = Callable[[int, int], None]


def render_reports(
    processed: Path,
    reports: Path,
    *,
    years: Sequence[int] | None = None,
    units: Sequence[str] | None = None,
    notebooks: Sequence[str] | None = None,
    jobs: int | None = None,
    engine: str = "auto",
    deadline: float = DEADLINE,
    memory: int = MEMORY,
    force: bool = False,
    progress: Progress | None = None,
    profile: str = "internal",
    threshold: int = THRESHOLD,
) -> list[RunResult]:
    """Make all pages, the manifests and the index.

    Parameters
    ----------
    processed, reports
        Folder of the tables; folder of the pages.
    years, units, notebooks
        Only these; by default all.
    jobs
        Notebooks at a time; by default as many as there are processors, at most four.
    engine
        ``fork`` (Linux, macOS), ``kernel`` (any system), or ``auto``: `fork` where it can be.
    deadline, memory
        Seconds, and MB of data memory (kept on Linux only), that a notebook may use.
    force
        Make every page, also those that are there already and would come out the same.
    progress
        Called with how many of how many are done.
    profile, threshold
        Whom the pages are for: ``internal``, or ``shared`` with no count below the threshold.

    Returns
    -------
    list of RunResult
        One per page, the index last. A notebook that fails stops no other: its page says what failed.

    Raises
    ------
    ParameterError
        When a notebook does not take the parameters, or there is no such notebook or engine; nothing is
        run then.
    MissingDataError
        When there are no tables, no reports that fit, or no notebooks.
    """
    processed, reports = Path(processed).resolve(), Path(reports).resolve()
    engine, seen_by = choose(engine), Profile(profile, threshold)
    at_once = jobs or min(os.cpu_count() or 1, MOST_JOBS)
    with opened(engine, at_once, Limits(deadline, memory)) as pool:  # it gets ready while the tables are read
        runs, year = _planned(processed, reports, engine, years, units, notebooks, seen_by)
        made = year.make(runs, notebook_folder(), pool, progress or (lambda done, total: None), force)
    if all(each.ok for each in made):
        choices = {"years": years, "units": units, "notebooks": notebooks, "profile": profile}
        note(snapshot(processed), reports, choices | {"threshold": threshold}, len(made))
    return made


def _planned(
    processed: Path,
    reports: Path,
    engine: str,
    years: Sequence[int] | None,
    units: Sequence[str] | None,
    notebooks: Sequence[str] | None,
    profile: Profile,
) -> tuple[list[Run], _Year]:
    """The runs, with parameters that their notebooks take."""
    from vbdata.render.parts.parameters import check
    from vbdata.store import read_tables

    _check_folder(reports, profile)
    tables = read_tables(processed)
    folder = notebook_folder()
    own = own_notebooks(folder)
    for name in notebooks or ():
        asking = {*NOTEBOOK_NAMES, *(each.name for each in own)}
        if name not in asking and (folder / f"{name}.ipynb").is_file():
            raise ParameterError(
                "anteckningsboken ber inte om någon sida", source=f"{name}.ipynb",
                hint='märk en cell parameters, med unit_id, year eller run = "once"',
            )  # fmt: skip
    runs = plan(tables["reports"], processed, years, units, notebooks, profile, own)
    if tables["reports"].empty:
        remove_all(reports)
    if not runs:
        raise MissingDataError(
            "inga rapporter att göra sidor av",
            source=processed,
            hint="kör vbdata ingest, eller välj ett annat år eller en annan enhet",
        )
    for run in {run.notebook: run for run in runs}.values():
        check(folder / f"{run.notebook}.ipynb", run.parameters)
        if run.own and "processed" not in run.parameters and processed != folder.parent / PROCESSED:
            raise ParameterError(
                "anteckningsboken läser arbetsbokens egna tabeller, inte dem som sidorna ska göras av",
                source=f"{run.notebook}.ipynb", place="parametrarna",
                hint='lägg till processed: str = "../data/processed" där, och läs med det',
            )  # fmt: skip
    if profile.shared:
        _note_released(tables, processed, runs, profile)
    return runs, _Year(tables, processed, reports, engine, profile, own)


def _note_released(
    tables: dict[str, pd.DataFrame], processed: Path, runs: Sequence[Run], profile: Profile
) -> None:
    """Note the forms of the pages before they are made: a page that has been seen cannot be taken back."""
    from vbdata.store.released import add_released

    shown = protected(tables, profile, read_released(processed))["complaints"]
    made = {report_id for run in runs for report_id in run.report_ids}
    shown = shown[shown["report_id"].isin(made)]
    add_released(processed, forms_shown(tables["reports"], tables["complaints"], shown))


def _check_folder(reports: Path, profile: Profile) -> None:
    """Refuse to mix pages for different readers in one folder: somebody would pass on the wrong ones."""
    for entry in manifest.read(reports).values():
        other = str(entry.parameters.get("profile", Profile().name))
        if other != profile.name:
            raise ParameterError(
                f"mappen har sidor för profilen {other}, inte {profile.name}",
                source=reports,
                hint="välj en annan mapp med --reports",
            )


class _Year:
    """The pages in the making."""

    def __init__(
        self,
        tables: dict[str, pd.DataFrame],
        processed: Path,
        reports: Path,
        engine: str,
        profile: Profile,
        own: Sequence[Own],
    ) -> None:
        self.profile, self.own = profile, own
        self.tables, self.processed, self.reports, self.engine = tables, processed, reports, engine
        self.data = data_sha256(processed)
        self.results: dict[PurePosixPath, RunResult] = {}
        self.entries: list[Entry] = []
        self.inputs: dict[PurePosixPath, str] = {}

    def make(
        self, runs: Sequence[Run], folder: Path, pool: Pool, tell: Progress, force: bool = False
    ) -> list[RunResult]:
        """Run the notebooks; what is finished is in the manifest even if the rest is interrupted."""
        from vbdata.render.engines.startup import prepare

        prepare()  # while the pool gets ready

        self._keep(runs, folder, force)
        tell(len(self.results), len(runs))
        by_key = {str(run.page): run for run in runs}

        def done(outcome: Outcome) -> None:
            run = by_key[outcome.key]
            self.results[run.page] = self._result(run, outcome)
            tell(len(self.results), len(runs))

        jobs = [self._job(run, folder) for run in runs if run.page not in self.results]
        try:
            pool.run(jobs, done)
        finally:
            planned = plan(self.tables["reports"], self.processed, profile=self.profile, own=self.own)
            current = {str(run.page) for run in planned}
            remove_gone(self.reports, current)
            entries = manifest.update(self.reports, self.entries, current)
            if not self.profile.shared:
                forget_shared(self.reports, self.tables["reports"])
        index = write_index(self.tables, self.reports, entries, self.profile, read_released(self.processed))
        return [*(self.results[run.page] for run in runs), index]

    def _keep(self, runs: Sequence[Run], folder: Path, force: bool) -> None:
        """Find out what each page is made from, and which are there already."""
        from vbdata.render.run.freshness import Inputs, still_good

        inputs, made = Inputs(self.tables, folder), manifest.read(self.reports)
        self.inputs = {run.page: inputs.of(run) for run in runs}
        if self.profile.shared and (known := released_file(self.processed)).is_file():
            mark = hashlib.sha256(known.read_bytes()).hexdigest()  # what was shared decides what is shown
            self.inputs = {page: f"{made_of} {mark}" for page, made_of in self.inputs.items()}
        for run in [] if force else runs:
            path, entry = self.reports / run.page, made.get(str(run.page))
            if still_good(entry, self.inputs[run.page], path):
                self.results[run.page] = RunResult(run.notebook, run.page, path, run.title, True, kept=True)

    def _job(self, run: Run, folder: Path) -> Job:
        notebook = folder / f"{run.notebook}.ipynb"
        return Job(str(run.page), str(notebook), run.parameters, str(self.reports / run.page))

    def _result(self, run: Run, outcome: Outcome) -> RunResult:
        message = "" if outcome.ok else outcome.message
        if self.profile.shared:
            message = self._handed_on(run, message)
        if not outcome.ok:
            message = write_failure(run, self.reports, message)
        self.entries.append(
            manifest.entry(
                run,
                self.tables,
                self.data,
                engine=self.engine,
                seconds=outcome.seconds,
                message=message,
                inputs=self.inputs[run.page],
            )
        )
        path = self.reports / run.page
        return RunResult(run.notebook, run.page, path, run.title, outcome.ok, message, outcome.seconds)

    def _handed_on(self, run: Run, message: str) -> str:
        """See that the notebook beside a page to share tells of nothing that the page does not show."""
        notebook = (self.reports / run.page).with_suffix(".ipynb")
        if message:
            notebook.unlink(missing_ok=True)  # it may end in the middle of a text
            return unsaid(message)
        folder = notebook_folder()
        names = {self.processed: self.processed.name, self.reports: "", folder: folder.name}
        without_paths(notebook, names | {self.processed.parent: "", folder.parent: ""})
        return ""
