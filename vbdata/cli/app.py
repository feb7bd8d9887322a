"""The command `vbdata` itself: what its commands are registered in, and how an error of theirs is told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from vbdata import __version__
from vbdata.errors import VbdataError
from vbdata.swedish import App, UsageError, what_is_wrong

app = App(
    name="vbdata",
    help="Läs enheternas verksamhetsberättelser och verksamhetsplaner till tabeller, "
    "och gör rapporter av dem.\n\n"
    "Vanligast: lägg filerna i data/raw och kör vbdata run. Öppna sedan reports/index.html.",
    no_args_is_help=False, invoke_without_command=True, add_completion=False, pretty_exceptions_enable=False,
)  # fmt: skip


@app.callback()
def _vbdata(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Visa vilken version detta är.")] = False,
) -> None:
    if version:
        typer.echo(f"vbdata {__version__}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


def check_words() -> None:
    """Stop, with one line, when the vocabulary or the register is wrong."""
    from vbdata.ingest.preflight import preflight

    preflight()


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
