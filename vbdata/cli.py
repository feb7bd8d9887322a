"""The command line: vbdata ingest, report, run, export, findings, forget, lab, sample, docs, inspect."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from vbdata import __version__
from vbdata.errors import MissingDataError, VbdataError
from vbdata.swedish import App, UsageError, what_is_wrong

app = App(
    name="vbdata",
    help="Läs enheternas verksamhetsberättelser och verksamhetsplaner till tabeller, "
    "och gör rapporter av dem.\n\n"
    "Vanligast: lägg filerna i data/raw och kör vbdata run. Öppna sedan reports/index.html.",
    no_args_is_help=False, invoke_without_command=True, add_completion=False, pretty_exceptions_enable=False,
)  # fmt: skip

#: Seconds that a page may take when nothing else is said.
DEADLINE = 300.0
#: Seconds and MB that reading a file may take.
FILE_DEADLINE, FILE_MEMORY = 120.0, 2048
PROCESSED = Path("data/processed")
REPORTS = Path("reports")
CORRECTIONS = Path("data/corrections.yml")

RawOption = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[RAW]...",
        help="Filer eller mappar med rapporter. Utan något läses data/raw.",
        show_default=False,
    ),
]
ProcessedOption = Annotated[Path, typer.Option("--processed", help="Mapp för tabellerna.", metavar="MAPP")]
CorrectionsOption = Annotated[
    Path, typer.Option("--corrections", help="Fil med rättelser; behöver inte finnas.", metavar="FIL")
]
ReportsOption = Annotated[Path, typer.Option("--reports", help="Mapp för rapporterna.", metavar="MAPP")]
YearOption = Annotated[
    list[int] | None, typer.Option("--year", help="Bara detta år; kan anges flera gånger.", metavar="ÅR")
]
UnitOption = Annotated[
    list[str] | None,
    typer.Option("--unit", help="Bara denna enhet (id); kan anges flera gånger.", metavar="ENHET"),
]

NotebookOption = Annotated[
    list[str] | None,
    typer.Option(
        "--notebook",
        help="Bara denna anteckningsbok (unit_report, unit_comparison, plan_vs_outcome, data_quality).",
        metavar="NAMN",
    ),
]
JobsOption = Annotated[
    int | None, typer.Option("--jobs", help="Antal sidor åt gången.", min=1, show_default=False)
]
EngineOption = Annotated[
    str, typer.Option("--engine", help="auto, fork (Linux och macOS, snabbast) eller kernel (överallt).")
]
DeadlineOption = Annotated[
    float, typer.Option("--deadline", help="Längsta tid för en sida, i sekunder.", min=1)
]

ForceOption = Annotated[bool, typer.Option("--force", help="Läs och gör om allt, också det oförändrade.")]
FilesOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        help="Antal filer åt gången; med 1 läses text utan egna processer.",
        min=1,
        show_default=False,
    ),
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler", help="Läs på ett Dask-kluster, till exempel tcp://10.0.0.1:8786.", metavar="ADRESS"
    ),
]

ProfileOption = Annotated[
    str,
    typer.Option(
        "--profile",
        help="internal (allt), eller shared: för att delas, utan små antal och utan texter om enskilda fall. "
        "Sidor läggs då i reports/delad om inget annat anges.",
    ),
]
ThresholdOption = Annotated[
    int, typer.Option("--threshold", help="Minsta antal som visas med --profile shared.", min=2)
]

_WORDS = {"ok": "inläst", "partial": "delvis", "failed": "FEL", "skipped": "överhoppad"}


@app.callback()
def _vbdata(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Visa vilken version detta är.")] = False,
) -> None:
    if version:
        typer.echo(f"vbdata {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def ingest(
    raw: Annotated[list[Path], typer.Argument(metavar="RAW...", help="Filer eller mappar med rapporter.")],
    processed: ProcessedOption = PROCESSED,
    corrections: CorrectionsOption = CORRECTIONS,
    force: ForceOption = False,
    jobs: FilesOption = None,
    deadline: Annotated[
        float, typer.Option("--deadline", help="Längsta tid för en fil, i sekunder.", min=1)
    ] = FILE_DEADLINE,
    memory: Annotated[
        int, typer.Option("--memory", help="Mest minne för en fil, i MB (gäller i Linux).", min=64)
    ] = FILE_MEMORY,
    scheduler: SchedulerOption = None,
) -> None:
    """Läs filer till tabellerna i data/processed.

    Bara filer som är nya eller ändrade sedan förra gången läses; tabellerna blir som om alla hade
    lästs. Tabellerna byts ut alla på en gång, och är de gamla eller de nya hur körningen än slutar.

    En rad skrivs per läst fil. En fil som inte går att läsa stoppar inte de andra; då slutar kommandot
    med felkod 1, och orsaken står på skärmen och i tabellen extraction_log. Detsamma gäller en
    rättelse som inte längre passar: värdet som lästes står då kvar.
    """
    from vbdata.ingest.limits import Limits

    how = {"force": force, "jobs": jobs, "limits": Limits(deadline, memory), "scheduler": scheduler}
    raise typer.Exit(_ingest(raw, processed, corrections, how))


@app.command()
def report(
    processed: ProcessedOption = PROCESSED,
    reports: ReportsOption = REPORTS,
    year: YearOption = None,
    unit: UnitOption = None,
    notebook: NotebookOption = None,
    jobs: JobsOption = None,
    engine: EngineOption = "auto",
    deadline: DeadlineOption = DEADLINE,
    profile: ProfileOption = "internal",
    threshold: ThresholdOption = 5,
    force: ForceOption = False,
) -> None:
    """Gör rapporter av tabellerna: en sida per enhet, en jämförelse per år och en startsida.

    En sida som redan är gjord, och som skulle bli likadan, görs inte om. En sida som inte går att
    göra stoppar inte de andra; den säger själv vad som gick fel, och kommandot slutar med felkod 1.
    """
    options: dict[str, Any] = {"years": year, "units": unit, "notebooks": notebook, "jobs": jobs}
    options |= {"profile": profile, "threshold": threshold, "force": force}
    raise typer.Exit(_report(processed, reports, options | {"engine": engine, "deadline": deadline}))


@app.command()
def run(
    raw: RawOption = None,
    processed: ProcessedOption = PROCESSED,
    reports: ReportsOption = REPORTS,
    corrections: CorrectionsOption = CORRECTIONS,
    year: YearOption = None,
    unit: UnitOption = None,
    notebook: NotebookOption = None,
    jobs: JobsOption = None,
    engine: EngineOption = "auto",
    deadline: DeadlineOption = DEADLINE,
    force: ForceOption = False,
    scheduler: SchedulerOption = None,
    profile: ProfileOption = "internal",
    threshold: ThresholdOption = 5,
) -> None:
    """Läs filerna och gör rapporterna, i ett steg.

    Utan filer läses data/raw. Exempelrapporterna i data/raw/sample läses bara när det inte finns
    några egna, eller när mappen anges.
    """
    from vbdata.ingest import default_raws

    raws, said = (raw, "") if raw else default_raws()
    _preflight()
    how = {"force": force, "jobs": jobs, "scheduler": scheduler}
    read = _ingest(raws, processed, corrections, how, said)
    options: dict[str, Any] = {"years": year, "units": unit, "notebooks": notebook, "jobs": jobs}
    options |= {"profile": profile, "threshold": threshold, "force": force}
    shown = _report(processed, reports, options | {"engine": engine, "deadline": deadline})
    raise typer.Exit(max(read, shown))


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(metavar="MAPP", help="Mapp att skriva exemplen i.")],
    units: Annotated[int, typer.Option("--units", help="Antal enheter.", min=1, max=2000)] = 6,
    years: Annotated[
        list[int] | None, typer.Option("--years", help="År; kan anges flera gånger.", metavar="ÅR")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Samma tal ger samma rapporter.")] = 1,
    formats: Annotated[
        list[str] | None, typer.Option("--format", help="txt, md, docx eller pdf; kan anges flera gånger.")
    ] = None,
    register: Annotated[
        Path | None, typer.Option("--register", metavar="MAPP", help="Skriv också enheternas register här.")
    ] = None,
) -> None:
    """Skriv påhittade rapporter med känt innehåll, för övning och provning."""
    from vbdata.sample import write_register, write_samples

    files = write_samples(
        folder,
        units=units,
        years=tuple(years or (2023, 2024, 2025)),
        seed=seed,
        formats=tuple(formats or ("txt", "md")),
        doubts=2,
    )
    typer.echo(f"{len(files)} rapporter skrivna i {folder}.")
    if register is not None:
        write_register(register, units=units, years=tuple(years or (2023, 2024, 2025)), seed=seed)
        typer.echo(f"Enheternas register skrivet i {register}; peka ut det med VBDATA_REGISTER.")


@app.command()
def docs(
    folder: Annotated[Path, typer.Argument(metavar="MAPP", help="Mapp för dokumentationen.")] = Path("docs"),
) -> None:
    """Skriv datakatalogen ur schemat, docs/quality.md ur mätningarna, anmärkningarna i docs/operations.md."""
    from vbdata.quality import quality_page
    from vbdata.schema.dictionary import data_dictionary
    from vbdata.vocabulary.guide import refreshed

    _preflight()
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in (("data_dictionary.md", data_dictionary), ("quality.md", quality_page)):
        (folder / name).write_text(page(), encoding="utf-8")
        typer.echo(f"Skrev {folder / name}.")
    guide = folder / "operations.md"
    if guide.is_file():
        guide.write_text(refreshed(guide.read_text(encoding="utf-8")), encoding="utf-8")
        typer.echo(f"Skrev tabellen i {guide}.")


@app.command()
def export(
    target: Annotated[
        Path,
        typer.Argument(metavar="MÅL", help="Fil (xlsx, duckdb) eller mapp (csv, parquet, datapackage)."),
    ],
    to: Annotated[str, typer.Option("--to", help="xlsx, csv, parquet, duckdb eller datapackage.")] = "xlsx",
    labels: Annotated[
        bool | None,
        typer.Option(
            "--labels/--codes",
            help="Svenska ord eller koder; utan val ord i xlsx och csv, koder i de andra.",
            show_default=False,
        ),
    ] = None,
    processed: ProcessedOption = PROCESSED,
    year: YearOption = None,
    unit: UnitOption = None,
    profile: ProfileOption = "internal",
    threshold: ThresholdOption = 5,
) -> None:
    """Skriv tabellerna så att andra kan använda dem: Excel, CSV, Parquet, DuckDB eller Frictionless.

    Kodboken följer med. Filerna skrivs hela eller inte alls.
    """
    from vbdata.export import export as write_tables

    _preflight()
    seen_by: dict[str, Any] = {"profile": profile, "threshold": threshold}
    made = write_tables(processed, target, to=to, labels=labels, years=year, units=unit, **seen_by)
    reports = len(made.tables["reports"])
    typer.echo(f"Skrev {target}: {reports} {'rapport' if reports == 1 else 'rapporter'}.")


@app.command()
def findings(
    processed: ProcessedOption = PROCESSED,
    year: YearOption = None,
    unit: UnitOption = None,
    to: Annotated[
        str | None,
        typer.Option("--to", help="corrections: utkast till data/corrections.yml; csv: en tabell."),
    ] = None,
) -> None:
    """Visa det som bör kontrolleras eller noteras, rapport för rapport.

    Med --to corrections skrivs utkast till rättelser, där det lästa värdet står och det rätta ska
    fyllas i: vbdata findings --to corrections > utkast.yml
    """
    from vbdata.export.findings import findings_text

    _preflight()
    typer.echo(findings_text(processed, years=year, units=unit, to=to), nl=False)


@app.command()
def forget(
    names: Annotated[
        list[str],
        typer.Argument(
            metavar="ENHET|RAPPORT...", help="Enhetens id eller namn, rapportens id, eller originalfilen."
        ),
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Ta bort utan att fråga.")] = False,
    processed: ProcessedOption = PROCESSED,
    reports: ReportsOption = REPORTS,
    corrections: CorrectionsOption = CORRECTIONS,
) -> None:
    """Glöm en rapport, eller allt om en enhet: ta bort den överallt där arbetsboken har den.

    Originalet i arbetsboken tas bort, och raderna i tabellerna, sidorna, rättelserna, förslagen till
    registret, exporter som är som de skrevs, och resultat som är sparade i anteckningsböckerna. Kommandot
    visar först vad det gäller, och säger sedan vad det inte når.
    """
    from vbdata.forget import Workbook, carry_out, plan
    from vbdata.forget.said import out_of_reach, what_goes

    _preflight()
    workbook = Workbook(processed, reports, corrections)
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
    folder: Annotated[Path, typer.Argument(metavar="MAPP", help="Mapp med anteckningsböcker.")] = Path(
        "notebooks"
    ),
) -> None:
    """Öppna anteckningsböckerna i JupyterLab. De sparas utan resultat, eftersom de citerar rapporter."""
    from vbdata.lab import start

    if not folder.is_dir():
        raise MissingDataError("mappen finns inte", source=folder, hint="kör i arbetsbokens mapp")
    raise typer.Exit(start(folder))


@app.command()
def units(
    processed: ProcessedOption = PROCESSED,
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

    _preflight()
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
    _preflight()
    document = read(file)
    for line in outline(document, page if document.pages else None, _masking(document)):
        typer.echo(line)
    if to is not None:
        from vbdata.extract.inspect import save_page

        typer.echo(f"Bild: {save_page(file, to, page)}. Den visar sidan som den är, också namn.")


def _masking(document: Any) -> Callable[[str], str]:
    """What the tables would make of a text of the document."""
    from functools import partial

    from vbdata.normalise.people import Context, context_of, mask
    from vbdata.parse import parse

    try:
        return partial(mask, context=context_of(parse(document)))
    except VbdataError:  # no report, or one of a layout that cannot be read: names are told by their evidence
        return partial(mask, context=Context())


def _preflight() -> None:
    """Stop, with one line, when the vocabulary or the register is wrong."""
    from vbdata.ingest.preflight import preflight

    preflight()


def _progress(*, refresh: bool = True) -> Progress:
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        console=console, transient=True, auto_refresh=refresh, disable=not console.is_terminal,
    )  # fmt: skip


def _ingest(
    raws: Sequence[Path], processed: Path, corrections: Path, how: dict[str, Any], said: str = ""
) -> int:
    from vbdata.ingest import find_files, what_is_read
    from vbdata.ingest import ingest as read_all

    decided = _decided(corrections)
    files = find_files(raws)
    old: list[str] = []
    told: list[int] = []
    # Shown without a thread, since reading divides this process.
    with _progress(refresh=False) as progress:
        task = progress.add_task("Läser", total=None)

        def planned(count: int) -> None:
            told.append(count)
            typer.echo(said or what_is_read(raws, files))
            progress.update(task, total=count, refresh=True)

        results = read_all(
            raws,
            processed,
            files=files,
            corrections=decided,
            on_plan=planned,
            on_result=_Advance(progress, task),
            on_rebuild=old.append,
            **how,
        )
    if not told:
        typer.echo(said or what_is_read(raws, files))
    for why in old:
        typer.echo(f"{why[0].upper()}{why[1:]}: alla filer är lästa på nytt.")
    for result in results:
        if not result.taken_over or result.status == "failed":
            typer.echo(_line(result))
    failed = sum(result.status == "failed" for result in results)
    read = sum(result.status in ("ok", "partial") for result in results)
    same = sum(result.taken_over for result in results)
    ending = (f", {same} oförändrade sedan förra gången" if same else "") + (
        f", {failed} gick inte att läsa" if failed else ""
    )
    typer.echo(f"{read} av {len(results)} filer inlästa till {processed}{ending}.")
    refused = _refused(decided, results, processed)
    if decided:
        typer.echo(f"{len(decided) - len(refused)} av {len(decided)} rättelser i {corrections} gjorda.")
        _tell_unnamed(decided)
    for line in refused:
        typer.echo(f"FEL        {line}")
    return 1 if failed or refused else 0


def _tell_unnamed(decided: Sequence[Any]) -> None:
    """Corrections that would not know their row again if the tables were made from nothing."""
    lines = [str(entry.line) for entry in decided if not entry.names_row]
    if lines:
        one = len(lines) == 1
        who = f"Rättelsen på rad {lines[0]} anger" if one else f"{len(lines)} rättelser anger"
        typer.echo(
            f"{who} bara radens id: skriv också radens namn i match, så kan ingen annan rad bli rättad."
        )


def _decided(corrections: Path) -> Sequence[Any]:
    if not corrections.exists():
        return ()
    from vbdata.normalise.corrections import read_corrections

    return read_corrections(corrections)


class _Advance:
    """Moves a progress bar on, and shows it now and then."""

    def __init__(self, progress: Progress, task: Any) -> None:
        self.progress, self.task, self.shown = progress, task, 0.0

    def __call__(self, _: object) -> None:
        now = time.monotonic()
        self.progress.update(self.task, advance=1, refresh=now - self.shown > 0.2)
        if now - self.shown > 0.2:
            self.shown = now


def _refused(decided: Sequence[Any], results: Sequence[Any], processed: Path) -> list[str]:
    """Why corrections were not made, also those of reports that were taken over."""
    if not decided:
        return []
    from vbdata.store import read_table
    from vbdata.validate import refusals

    said = read_table("findings", processed, code="correction_refused")
    rows = [
        {
            "reports": [{"report_id": result.report_id}],
            "findings": said[said["report_id"] == result.report_id].to_dict("records"),
        }
        for result in results
        if result.report_id
    ]
    return refusals(decided, rows)


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


def _report(processed: Path, reports: Path, options: dict[str, Any]) -> int:
    from vbdata.ingest.index import stale
    from vbdata.render.run.unchanged import unchanged
    from vbdata.store import pinned
    from vbdata.store.handed import PAGES, note

    if options["profile"] == "shared" and reports == REPORTS:
        reports = REPORTS / "delad"
    handed_on = reports / "delad" / "index.html"
    was_there = handed_on.is_file()
    with pinned(processed) as state, _progress() as progress:  # all pages are of one state of the tables
        count = 0 if options["force"] else unchanged(state, reports.resolve(), options)
        if not count:
            _preflight()
        if why := stale(state):
            typer.echo(f"{why[0].upper()}{why[1:]}: vbdata ingest läser om filerna.")
        if count:
            same = f"{count} av {count} sidor gjorda, alla förut av samma uppgifter"
            typer.echo(f"\n{same}. Öppna {reports / 'index.html'}.")
            return 0
        task = progress.add_task("Gör rapporter", total=None)

        def advance(done: int, total: int, *_: Any) -> None:
            progress.update(task, completed=done, total=total)

        from vbdata.render import render_reports

        results = render_reports(processed, reports, progress=advance, **options)
        note(processed, reports, PAGES)
        hidden = _hidden(state, options) if options["profile"] == "shared" else ""
    typer.echo("")
    for result in results:
        if not result.kept:
            typer.echo(_page_line(result))
    if hidden:
        typer.echo(hidden)
    if was_there and not handed_on.is_file():
        typer.echo(
            f"Sidorna i {handed_on.parent} är borttagna: en rapport som de var gjorda av är borta eller "
            "ändrad. Gör om dem med vbdata report --profile shared. Sidor och exporter på andra platser är "
            "kvar."
        )
    failed, kept = sum(not result.ok for result in results), sum(result.kept for result in results)
    same = f", {kept} av dem förut av samma uppgifter" if kept else ""
    made = f"{len(results) - failed} av {len(results)} sidor gjorda{same}"
    typer.echo(f"{made}. Öppna {reports / 'index.html'}.")
    return 1 if failed else 0


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


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point: a user's mistake is one line on standard error, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not be able to write å, ä, ö
            stream.reconfigure(errors="replace")
    try:
        given = list(arguments) if arguments is not None else None
        code = app(args=given, prog_name="vbdata", standalone_mode=False)
        raise SystemExit(code if isinstance(code, int) else 0)
    except UsageError as error:
        typer.echo(f"Fel: {what_is_wrong(error)}.", err=True)
        raise SystemExit(2) from None
    except VbdataError as error:
        typer.echo(f"Fel: {error}", err=True)
        raise SystemExit(1) from None
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("Avbrutet.", err=True)
        raise SystemExit(130) from None
