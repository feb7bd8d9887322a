"""Pages: those that show a report go, and the workbook's own are made again without it."""

from __future__ import annotations

from pathlib import Path

from vbdata.errors import VbdataError
from vbdata.forget.chosen import Chosen
from vbdata.render import render_reports
from vbdata.render.parts import addresses
from vbdata.render.parts.made import NOTEBOOK_NAMES, Entry
from vbdata.render.run import manifest
from vbdata.render.run.freshness import Inputs, still_good
from vbdata.render.run.gone import remove_all, remove_gone
from vbdata.render.run.own import own_notebooks
from vbdata.render.run.plan import plan
from vbdata.render.run.unchanged import notebook_folder
from vbdata.store import read_tables


def remove_pages(folder: Path, chosen: Chosen, processed: Path) -> set[str]:
    """Remove pages that would come out otherwise now, and all pages to share if any shows one of the reports.

    Gives the notebooks whose pages are to be made again: those to share are not, since somebody has to decide
    that anew.
    """
    made = manifest.read(folder)
    mine = any(chosen.means(report) for entry in made.values() for report in entry.documents)
    if any(entry.parameters.get("profile") == "shared" for entry in made.values()):
        if mine:
            remove_all(folder)
        return set()
    if made:
        _keep(folder, _good(made, folder, processed))
    return {Path(entry.notebook).stem for entry in made.values()}


def make_again(folder: Path, processed: Path, notebooks: set[str]) -> list[str]:
    """Make the notebooks' pages that are missing; lines of what failed."""
    notebooks = notebooks & {*NOTEBOOK_NAMES, *(each.name for each in own_notebooks(notebook_folder()))}
    if not notebooks or read_tables(processed)["reports"].empty:
        return []
    try:
        results = render_reports(processed, folder, notebooks=sorted(notebooks))
    except VbdataError as error:
        return [f"sidorna i {folder} är borttagna men inte gjorda på nytt: {error}"]
    return [f"{each.title}: {each.message}" for each in results if not each.ok]


def _good(made: dict[str, Entry], folder: Path, processed: Path) -> set[str]:
    tables = read_tables(processed)
    folder_of_notebooks = notebook_folder()
    inputs = Inputs(tables, folder_of_notebooks)
    runs = plan(tables["reports"], processed, own=own_notebooks(folder_of_notebooks))
    return {
        str(run.page)
        for run in runs
        if still_good(made.get(str(run.page)), inputs.of(run), folder / run.page)
    }


def _keep(folder: Path, pages: set[str]) -> None:
    remove_gone(folder, pages)
    manifest.update(folder, (), pages)
    (folder / addresses.INDEX).unlink(missing_ok=True)
