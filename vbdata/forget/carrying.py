"""Carrying out a plan: what shows the report goes first, what it was read from last but for the tables."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from vbdata.forget import quotes
from vbdata.forget.pages import make_again, remove_pages
from vbdata.forget.planned import Plan, Workbook, proposals
from vbdata.ingest import RawFile, ingest
from vbdata.ingest.index import Entry
from vbdata.normalise.corrections import read_corrections
from vbdata.store import handed
from vbdata.store.generations import ROOT, has_earlier


def carry_out(plan: Plan, workbook: Workbook) -> list[str]:
    """Remove what the plan names; lines of what could not be removed now.

    Raises
    ------
    VbdataError
        When the tables cannot be written: the same command again goes on where it stopped.
    """
    means = plan.chosen.means
    if plan.corrections or workbook.corrections.is_file():
        quotes.change(workbook.corrections, lambda text: quotes.without_corrections(text, means))
    for path in proposals(workbook):
        quotes.change(path, lambda text: quotes.without_rows(text, means))
    for path in plan.saved:
        quotes.drop_results(path)
    for path in [*plan.files, *plan.originals]:
        path.unlink(missing_ok=True)
    for each in plan.exports:
        handed.forget(each)
    _read_again(plan.remaining, workbook)
    failed: list[str] = []
    for folder in workbook.page_folders:
        notebooks = remove_pages(folder, plan.chosen, workbook.processed)
        failed += make_again(folder, workbook.processed, notebooks)
    return [*_stuck(plan), *failed, *_still_read(workbook.processed)]


def _read_again(remaining: Sequence[Entry], workbook: Workbook) -> None:
    """Tables of what remains: nothing is read but what has to be."""
    if not (workbook.processed / ROOT).is_dir():
        return
    files = [RawFile(Path(each.key), each.source, each.named, each.key) for each in remaining]
    decided = read_corrections(workbook.corrections)
    ingest([], workbook.processed, files=files, corrections=decided, emptying=True)


def _stuck(plan: Plan) -> list[str]:
    stuck = [path for path in (*plan.files, *plan.originals) if path.exists()]
    return [f"{path} gick inte att ta bort" for path in stuck]


def _still_read(processed: Path) -> list[str]:
    if not has_earlier(processed / ROOT):
        return []
    return [
        "en tidigare version av tabellerna läses av ett annat program, till exempel en anteckningsbok; "
        "den försvinner med nästa vbdata ingest"
    ]
