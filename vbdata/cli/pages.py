"""``vbdata report``, which makes the pages, and ``vbdata run``, which reads the files first."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from vbdata.cli import options as given
from vbdata.cli.app import app, check_words
from vbdata.cli.progress import progress_bar
from vbdata.cli.reading import read_files
from vbdata.render.parts.made import SHARED_FOLDER
from vbdata.store.workbook import PROCESSED, in_workbook


@app.command()
def report(
    processed: given.ProcessedOption = PROCESSED,
    reports: given.ReportsOption = given.REPORTS,
    year: given.YearOption = None,
    unit: given.UnitOption = None,
    notebook: given.NotebookOption = None,
    jobs: given.JobsOption = None,
    engine: given.EngineOption = "auto",
    deadline: given.DeadlineOption = given.DEADLINE,
    profile: given.ProfileOption = "internal",
    threshold: given.ThresholdOption = None,
    force: given.ForceOption = False,
) -> None:
    """Gör rapporter av tabellerna: en sida per enhet, en jämförelse per år och en startsida.

    En sida som redan är gjord, och som skulle bli likadan, görs inte om. En sida som inte går att
    göra stoppar inte de andra; den säger själv vad som gick fel, och kommandot slutar med felkod 1.
    """
    failed = make_pages(
        processed, reports, years=year, units=unit, notebooks=notebook, jobs=jobs, force=force, engine=engine,
        deadline=deadline, **given.seen_by(profile, threshold),
    )  # fmt: skip
    raise typer.Exit(failed)


@app.command()
def run(
    raw: given.RawOption = None,
    processed: given.ProcessedOption = PROCESSED,
    reports: given.ReportsOption = given.REPORTS,
    corrections: given.CorrectionsOption = given.CORRECTIONS,
    year: given.YearOption = None,
    unit: given.UnitOption = None,
    notebook: given.NotebookOption = None,
    jobs: given.JobsOption = None,
    engine: given.EngineOption = "auto",
    deadline: given.DeadlineOption = given.DEADLINE,
    force: given.ForceOption = False,
    scheduler: given.SchedulerOption = None,
    profile: given.ProfileOption = "internal",
    threshold: given.ThresholdOption = None,
) -> None:
    """Läs filerna och gör rapporterna, i ett steg.

    Utan filer läses data/raw. Exempelrapporterna i data/raw/sample läses bara när det inte finns
    några egna, eller när mappen anges.
    """
    from vbdata.ingest import default_raws

    seen_by = given.seen_by(profile, threshold)
    raws, said = (raw, "") if raw else default_raws(in_workbook(Path()))
    check_words()
    how = {"force": force, "jobs": jobs, "scheduler": scheduler}
    read = read_files(raws, processed, corrections, how, said)
    shown = make_pages(
        processed, reports, years=year, units=unit, notebooks=notebook, jobs=jobs, force=force, engine=engine,
        deadline=deadline, **seen_by,
    )  # fmt: skip
    raise typer.Exit(max(read, shown))


def make_pages(processed: Path, reports: Path, **options: Any) -> int:
    """Make the pages that are not made already; 1 where one failed."""
    from vbdata.ingest.index import stale
    from vbdata.render.run.unchanged import unchanged
    from vbdata.store import pinned

    if options["profile"] == "shared" and reports == in_workbook(given.REPORTS):
        reports = reports / SHARED_FOLDER
    with pinned(processed) as state:  # all pages are of one state of the tables
        same = 0 if options["force"] else unchanged(state, reports.resolve(), options)
        if not same:
            check_words()
        if why := stale(state):
            typer.echo(f"{why[0].upper()}{why[1:]}: vbdata ingest läser om filerna.")
        if same:
            made = f"{same} av {same} sidor gjorda, alla förut av samma uppgifter"
            typer.echo(f"\n{made}. Öppna {reports / 'index.html'}.")
            return 0
        return _render(processed, reports, options, state)


def _render(processed: Path, reports: Path, options: dict[str, Any], state: Any) -> int:
    from vbdata.render import render_reports
    from vbdata.store.handed import PAGES, note

    handed_on = reports / SHARED_FOLDER / "index.html"
    was_there = handed_on.is_file()
    with progress_bar("Gör rapporter") as show:
        results = render_reports(processed, reports, progress=show, **options)
    note(processed, reports, PAGES)
    lines = ["", *(_page_line(result) for result in results if not result.kept)]
    if options["profile"] == "shared" and (hidden := _hidden(state, options)):
        lines.append(hidden)
    if was_there and not handed_on.is_file():
        lines.append(
            f"Sidorna i {handed_on.parent} är borttagna: en rapport som de var gjorda av är borta eller "
            "ändrad. Gör om dem med vbdata report --profile shared. Sidor och exporter på andra platser är "
            "kvar."
        )
    typer.echo("\n".join([*lines, f"{_sum(results)}. Öppna {reports / 'index.html'}."]))
    return 0 if all(result.ok for result in results) else 1


def _sum(results: Sequence[Any]) -> str:
    kept = sum(result.kept for result in results)
    same = f", {kept} av dem förut av samma uppgifter" if kept else ""
    return f"{sum(result.ok for result in results)} av {len(results)} sidor gjorda{same}"


def _hidden(state: Any, options: dict[str, Any]) -> str:
    """How many numbers of the reports chosen are hidden, and why."""
    from vbdata import analyse
    from vbdata.analyse.disclosure import Profile
    from vbdata.analyse.disclosure.reasons import why_hidden
    from vbdata.render.parts.shared import hidden_in_words
    from vbdata.store import read_tables
    from vbdata.store.released import read_released

    tables, profile = read_tables(state), Profile(options["profile"], options["threshold"])
    chosen = analyse.chosen(tables["reports"], options["years"], options["units"])
    why = why_hidden(tables, profile, read_released(state.processed), list(chosen["report_id"]))
    return hidden_in_words(why, profile.threshold)


def _page_line(result: Any) -> str:
    """One line for one page: how it went, how long it took, or why it failed."""
    seconds = f"{result.seconds:5.1f} s".replace(".", ",")
    line = f"{'gjord' if result.ok else 'FEL':<10} {seconds}  {result.title}"
    return line if result.ok else f"{line}: {' '.join((result.message or '').split())}"
