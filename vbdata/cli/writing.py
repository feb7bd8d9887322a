"""``vbdata export``, ``findings``, ``sample`` and ``docs``: what is written for others to use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from vbdata.cli import options as given
from vbdata.cli.app import app, check_words
from vbdata.store.workbook import PROCESSED


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
    kinds: Annotated[
        list[str] | None,
        typer.Option("--kind", help="vp, t1, t2 eller vb; kan anges flera gånger. Utan val vp och vb."),
    ] = None,
    register: Annotated[
        Path | None, typer.Option("--register", metavar="MAPP", help="Skriv också enheternas register här.")
    ] = None,
) -> None:
    """Skriv påhittade rapporter med känt innehåll, för övning och provning."""
    from vbdata.sample import write_register, write_samples

    when = tuple(years or (2023, 2024, 2025))
    wanted: dict[str, Any] = {"units": units, "years": when, "seed": seed, "doubts": 2}
    wanted |= {"formats": formats} if formats else {}
    wanted |= {"kinds": [kind.upper() for kind in kinds]} if kinds else {}
    files = write_samples(folder, **wanted)
    typer.echo(f"{len(files)} rapporter skrivna i {folder}.")
    if register is not None:
        write_register(register, units=units, years=when, seed=seed)
        typer.echo(f"Enheternas register skrivet i {register}; peka ut det med VBDATA_REGISTER.")


@app.command()
def docs(
    folder: Annotated[Path, typer.Argument(metavar="MAPP", help="Mapp för dokumentationen.")] = Path("docs"),
) -> None:
    """Skriv datakatalogen, docs/quality.md (ur mätningarna) och anmärkningarna i docs/operations.md."""
    from vbdata.quality import quality_page
    from vbdata.schema.dictionary import data_dictionary
    from vbdata.vocabulary.guide import refreshed

    check_words()
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
    processed: given.ProcessedOption = PROCESSED,
    year: given.YearOption = None,
    unit: given.UnitOption = None,
    profile: given.ProfileOption = "internal",
    threshold: given.ThresholdOption = None,
) -> None:
    """Skriv tabellerna så att andra kan använda dem: Excel, CSV, Parquet, DuckDB eller Frictionless.

    Kodboken följer med. Filerna skrivs hela eller inte alls.
    """
    from vbdata.export import export as write_tables

    check_words()
    seen_by = given.seen_by(profile, threshold)
    made = write_tables(processed, target, to=to, labels=labels, years=year, units=unit, **seen_by)
    reports = len(made.tables["reports"])
    typer.echo(f"Skrev {target}: {reports} {'rapport' if reports == 1 else 'rapporter'}.")


@app.command()
def findings(
    processed: given.ProcessedOption = PROCESSED,
    year: given.YearOption = None,
    unit: given.UnitOption = None,
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

    check_words()
    typer.echo(findings_text(processed, years=year, units=unit, to=to), nl=False)
