"""Options and arguments that several commands have, and what they are when nothing is said."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from vbdata.errors import ParameterError
from vbdata.store.workbook import in_workbook

#: Seconds that a page may take when nothing else is said.
DEADLINE = 300.0
#: The least count that is shown in what is shared, as the profile has it, whose package imports pandas.
THRESHOLD = 5
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


def of_workbook(context: typer.Context, param: typer.CallbackParam, value: Path) -> Path:
    """A folder or file that was not named is the workbook's, also when the command is run further down."""
    source = context.get_parameter_source(str(param.name))
    return in_workbook(value) if source is not None and source.name == "DEFAULT" else value


ProcessedOption = Annotated[
    Path,
    typer.Option("--processed", help="Mapp för tabellerna.", metavar="MAPP", callback=of_workbook),
]
CorrectionsOption = Annotated[
    Path,
    typer.Option(
        "--corrections", help="Fil med rättelser; behöver inte finnas.", metavar="FIL", callback=of_workbook
    ),
]
ReportsOption = Annotated[
    Path, typer.Option("--reports", help="Mapp för rapporterna.", metavar="MAPP", callback=of_workbook)
]
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
        help="Bara denna anteckningsbok (unit_report, unit_comparison, plan_vs_outcome, data_quality "
        "eller en egen).",
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
    int | None,
    typer.Option("--threshold", help="Minsta antal som visas med --profile shared; utan val 5.", min=2,
                 show_default=False),
]  # fmt: skip


def seen_by(profile: str, threshold: int | None) -> dict[str, Any]:
    """Whom something is made for, as it is asked for."""
    if threshold is not None and profile != "shared":
        raise ParameterError("--threshold gäller bara det som delas", hint="lägg till --profile shared")
    return {"profile": profile, "threshold": THRESHOLD if threshold is None else threshold}
