"""``vbdata ingest``: files are read, with a line for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Annotated, Any

import typer

from vbdata.cli import options as given
from vbdata.cli.app import app
from vbdata.cli.progress import progress_bar
from vbdata.ingest.limits import DEADLINE, MEMORY, Limits
from vbdata.store.workbook import PROCESSED

_WORDS = {"ok": "inläst", "partial": "delvis", "failed": "FEL", "skipped": "överhoppad"}


@app.command()
def ingest(
    raw: Annotated[list[Path], typer.Argument(metavar="RAW...", help="Filer eller mappar med rapporter.")],
    processed: given.ProcessedOption = PROCESSED,
    corrections: given.CorrectionsOption = given.CORRECTIONS,
    force: given.ForceOption = False,
    jobs: given.FilesOption = None,
    deadline: Annotated[
        float, typer.Option("--deadline", help="Längsta tid för en fil, i sekunder.", min=1)
    ] = DEADLINE,
    memory: Annotated[
        int, typer.Option("--memory", help="Mest minne för en fil, i MB (gäller i Linux).", min=64)
    ] = MEMORY,
    scheduler: given.SchedulerOption = None,
) -> None:
    """Läs filer till tabellerna i data/processed.

    Bara filer som är nya eller ändrade sedan förra gången läses; tabellerna blir som om alla hade
    lästs. Tabellerna byts ut alla på en gång, och är de gamla eller de nya hur körningen än slutar.

    En rad skrivs per läst fil. En fil som inte går att läsa stoppar inte de andra; då slutar kommandot
    med felkod 1, och orsaken står på skärmen och i tabellen extraction_log. Detsamma gäller en
    rättelse som inte längre passar: värdet som lästes står då kvar.
    """
    how = {"force": force, "jobs": jobs, "limits": Limits(deadline, memory), "scheduler": scheduler}
    raise typer.Exit(read_files(raw, processed, corrections, how))


def read_files(
    raws: Sequence[Path], processed: Path, corrections: Path, how: dict[str, Any], said: str = ""
) -> int:
    """Read files and say what came of each; 1 where something could not be done."""
    from vbdata.ingest import find_files, what_is_read

    decided = _decided(corrections)
    files = find_files(raws)
    why_all, results = _read(
        raws, processed, said or what_is_read(raws, files), how | {"files": files, "corrections": decided}
    )
    for why in why_all:
        typer.echo(f"{why[0].upper()}{why[1:]}: alla filer är lästa på nytt.")
    for result in results:
        if not result.taken_over or result.status == "failed":
            typer.echo(_line(result))
    typer.echo(f"{_sum(results, processed)}.")
    refused = _refused(decided, results, processed)
    for line in _about_corrections(decided, refused, corrections):
        typer.echo(line)
    return 1 if refused or any(result.status == "failed" for result in results) else 0


def _read(
    raws: Sequence[Path], processed: Path, said: str, how: dict[str, Any]
) -> tuple[list[str], Sequence[Any]]:
    """Why all files are read again, if they are, and the results; `said` is told once."""
    from vbdata.ingest import ingest as read_all

    why_all: list[str] = []
    todo, done = [0], count(1)
    with progress_bar("Läser") as show:

        def planned(number: int) -> None:
            typer.echo(said)
            todo[0] = number
            show(0, number)

        listeners: dict[str, Any] = {"on_plan": planned, "on_result": lambda _: show(next(done), todo[0])}
        results = read_all(raws, processed, on_rebuild=why_all.append, **listeners, **how)
    if not todo[0]:
        typer.echo(said)
    return why_all, results


def _sum(results: Sequence[Any], processed: Path) -> str:
    failed = sum(result.status == "failed" for result in results)
    read = sum(result.status in ("ok", "partial") for result in results)
    same = sum(result.taken_over for result in results)
    ending = f", {same} oförändrade sedan förra gången" if same else ""
    ending += f", {failed} gick inte att läsa" if failed else ""
    return f"{read} av {len(results)} filer inlästa till {processed}{ending}"


def _decided(corrections: Path) -> Sequence[Any]:
    if not corrections.exists():
        return ()
    from vbdata.normalise.corrections import read_corrections

    return read_corrections(corrections)


def _about_corrections(decided: Sequence[Any], refused: Sequence[str], path: Path) -> Iterator[str]:
    """How many were made, those that could miss their row another time, and those that were refused."""
    if decided:
        yield f"{len(decided) - len(refused)} av {len(decided)} rättelser i {path} gjorda."
    lines = [str(entry.line) for entry in decided if not entry.names_row]
    if lines:
        who = f"Rättelsen på rad {lines[0]}" if len(lines) == 1 else f"{len(lines)} rättelser"
        yield (
            f"{who} anger bara radens id: skriv också radens namn i match, så kan ingen annan rad bli rättad."
        )
    yield from (f"FEL        {line}" for line in refused)


def _refused(decided: Sequence[Any], results: Sequence[Any], processed: Path) -> list[str]:
    """Why corrections were not made, also those of reports that were taken over."""
    if not decided:
        return []
    from vbdata.store import read_table
    from vbdata.validate.corrected import REFUSED, refusals

    said = read_table("findings", processed, code=REFUSED)["message"]
    return refusals(decided, {result.report_id for result in results}, said)


def _line(result: Any) -> str:
    """One line for one file: what it is and what was found in it, or why it was not read."""
    head = f"{_WORDS[result.status]:<10} {result.file.source}"
    if result.head is None:
        return f"{head}: {' '.join((result.message or '').split())}"
    report, counts = result.head, result.counts
    parts = [
        f"{counts['goals']} mål",
        f"{counts['indicators']} indikatorer",
        f"{counts['activities']} aktiviteter",
        f"{(counts['complaints'] or 0) // 4} kategorier",
        f"{counts['findings']} att kontrollera eller notera",
    ]
    note = f" – {result.message}" if result.message else ""
    corrected = counts["corrections"]
    if corrected:
        parts.append("1 rättelse" if corrected == 1 else f"{corrected} rättelser")
    return f"{head}: {report.kind} {report.year} {report.unit_name}; {', '.join(parts)}{note}"
