"""`reports/<year>/manifest.json`: how each page was made, and from what."""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterable
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from vbdata import __version__
from vbdata.analyse.findings import to_check
from vbdata.errors import NotebookError
from vbdata.render.engines.job import write_page
from vbdata.render.parts.made import Entry
from vbdata.render.run.plan import Run

NAME = "manifest.json"


def entry(
    run: Run,
    tables: dict[str, pd.DataFrame],
    data: str,
    *,
    engine: str,
    seconds: float,
    message: str,
    inputs: str = "",
) -> Entry:
    """The entry of a page that has just been made; a `message` says what failed."""
    chosen = tables["reports"][tables["reports"]["report_id"].isin(run.report_ids)]
    findings = tables["findings"][tables["findings"]["report_id"].isin(run.report_ids)]
    return Entry(
        page=str(run.page),
        title=run.title,
        notebook=f"{run.notebook}.ipynb",
        parameters={
            name: Path(value).name if name == "processed" else value for name, value in run.parameters.items()
        },
        documents=dict(zip(chosen["report_id"].astype(str), chosen["sha256"].astype(str), strict=True)),
        data_sha256=data,
        vbdata=__version__,
        made=datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        seconds=round(seconds, 2),
        engine=engine,
        findings=len(findings),
        checks=int(to_check(findings).sum()),
        ok=not message,
        message=message,
        inputs=inputs,
    )


def read(reports: Path) -> dict[str, Entry]:
    """Page → entry, of all years.

    Raises
    ------
    NotebookError
        When a manifest cannot be understood.
    """
    found: dict[str, Entry] = {}
    for path in sorted(reports.glob(f"*/{NAME}")):
        try:
            entries = [Entry(**each) for each in json.loads(path.read_text(encoding="utf-8"))["pages"]]
        except (ValueError, KeyError, TypeError) as error:
            raise NotebookError(
                "manifestet går inte att läsa", source=path, hint="ta bort filen och gör om rapporterna"
            ) from error
        found |= {each.page: each for each in entries}
    return found


def update(reports: Path, made: Iterable[Entry], current: Collection[str]) -> dict[str, Entry]:
    """Add entries and write the manifests, without pages of units that are no longer in the data.

    Parameters
    ----------
    current
        The pages that the data make.

    Returns
    -------
    dict
        Page → entry, of all years.
    """
    old = read(reports)
    entries = {**old, **{each.page: each for each in made}}
    entries = {page: each for page, each in entries.items() if page in current}
    for year in sorted({page.split("/")[0] for page in [*old, *entries]}):
        pages = [asdict(entries[page]) for page in sorted(entries) if page.split("/")[0] == year]
        content = json.dumps({"year": int(year), "pages": pages}, ensure_ascii=False, indent=1)
        write_page(reports / year / NAME, f"{content}\n")
    return entries
