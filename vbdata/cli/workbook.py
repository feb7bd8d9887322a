"""``vbdata forget``, ``lab``, ``units`` and ``inspect``: the workbook itself and what is in it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from vbdata.cli import options as given
from vbdata.cli.app import app, check_words
from vbdata.errors import MissingDataError, ParameterError, VbdataError
from vbdata.store.workbook import PROCESSED, in_workbook


@app.command()
def forget(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="ENHET|RAPPORT...", help="Enhetens id eller namn, rapportens id, eller originalfilen."
        ),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Ta bort utan att fråga.")] = False,
    processed: given.ProcessedOption = PROCESSED,
    reports: given.ReportsOption = given.REPORTS,
    corrections: given.CorrectionsOption = given.CORRECTIONS,
) -> None:
    """Glöm en rapport, eller allt om en enhet: ta bort den överallt där arbetsboken har den.

    Originalet i arbetsboken tas bort, och raderna i tabellerna, sidorna, rättelserna, förslagen till
    registret, exporter i arbetsboken som är som de skrevs, och resultat som är sparade i
    anteckningsböckerna. Kommandot visar först vad det gäller, och säger sedan vad det inte når.
    """
    from vbdata.forget import Workbook, carry_out, plan
    from vbdata.forget.said import out_of_reach, what_goes

    check_words()
    workbook = Workbook(processed, reports, corrections, in_workbook(Path()))
    left: list[str] = []
    for name in names:
        found = plan(name, workbook)
        typer.echo("\n".join(what_goes(found)))
        if not (yes or _agreed()):
            typer.echo("Inget är borttaget.")
            raise typer.Exit(1)
        stuck = carry_out(found, workbook)
        left += stuck
        typer.echo("\n".join(["Borttaget.", *(f"FEL        {line}" for line in stuck), *out_of_reach(found)]))
    raise typer.Exit(1 if left else 0)


def _agreed() -> bool:
    """Whether the user says yes; where there is nobody to ask, --yes is needed."""
    if not sys.stdin.isatty():
        typer.echo("Lägg till --yes för att ta bort.")
        return False
    answer: str = typer.prompt("Ta bort? Det går inte att ångra. (ja/nej)", default="nej")
    return answer.strip().casefold() in ("ja", "j")


@app.command()
def lab(
    folder: Annotated[
        Path, typer.Argument(metavar="MAPP", help="Mapp med anteckningsböcker.", callback=given.of_workbook)
    ] = Path("notebooks"),
) -> None:
    """Öppna anteckningsböckerna i JupyterLab. De sparas utan resultat, eftersom de citerar rapporter."""
    from vbdata.lab import start

    if not folder.is_dir():
        raise MissingDataError("mappen finns inte", source=folder, hint="kör i arbetsbokens mapp")
    raise typer.Exit(start(folder))


@app.command()
def units(
    processed: given.ProcessedOption = PROCESSED,
    propose: Annotated[
        bool, typer.Option("--propose", help="Föreslå namn, delningar och antal ur de inlästa texterna.")
    ] = False,
) -> None:
    """Visa enhetsregistret (data/units.csv, successions.csv, denominators.csv).

    Med --propose skrivs förslag ur texterna till data/..._proposed.csv, med rad och ordagrant skäl.
    Inget förslag används förrän någon har flyttat det till registret.
    """
    from vbdata.export.units import proposals_text, register_text
    from vbdata.register import register, register_folder

    check_words()
    text = proposals_text(processed) if propose else register_text(register(), register_folder())
    typer.echo(text, nl=False)


@app.command()
def inspect(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="Filen att titta i.")],
    page: Annotated[int, typer.Option("--page", help="Sidan, från 1.", min=1)] = 1,
    to: Annotated[Path | None, typer.Option("--to", help="Spara en bild (PNG) av PDF-sidan här.")] = None,
) -> None:
    """Visa vad som känns igen i en fil: rubriker, bedömningar och tabeller, med sida och rad.

    Namn, telefonnummer och personnummer är utbytta som i tabellerna. Med --to sparas också en bild av
    PDF-sidan med det igenkända inritat: den visar sidan som den är, också namn. Bra när en ny layout inte
    går att läsa.
    """
    from vbdata.extract import read
    from vbdata.extract.outline import outline

    if not file.is_file():
        raise MissingDataError("filen finns inte", source=file)
    check_words()
    document = read(file)
    if page > 1 and not document.pages:
        raise ParameterError("filen har inga sidor", source=file, value=f"--page {page}")
    masking, refused = _masking(document)
    for line in outline(document, page if document.pages else None, masking):
        typer.echo(line)
    if refused:
        typer.echo(f"Läses inte som en rapport: {refused}.")
    if to is not None:
        from vbdata.extract.inspect import save_page

        typer.echo(f"Bild: {save_page(file, to, page)}. Den visar sidan som den är, också namn.")


def _masking(document: Any) -> tuple[Callable[[str], str], VbdataError | None]:
    """What the tables would make of a text of the document, and why it is no report if it is none."""
    from functools import partial

    from vbdata.normalise.people import Context, context_of, mask
    from vbdata.parse import parse

    try:
        return partial(mask, context=context_of(parse(document))), None
    except VbdataError as error:  # names are told by their evidence alone
        return partial(mask, context=Context()), error
