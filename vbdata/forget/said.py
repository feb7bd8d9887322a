"""What is said of a plan, in Swedish: what goes, and what cannot be reached."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from vbdata.forget.planned import Plan
from vbdata.plot.formats import counted


def what_goes(plan: Plan) -> list[str]:
    """What is to be forgotten, and what is removed with it."""
    known = plan.chosen.titles or list(plan.chosen.ids[:1])
    return [
        "Glöms:",
        *(f"  {title}" for title in known),
        "Tas bort, med raderna i tabellerna och sidorna som visar dem:",
        *_paths("originalet", plan.originals),
        *([f"  {counted(len(plan.corrections), 'rättelse', 'rättelser')}"] if plan.corrections else []),
        *_paths("exporten", plan.files),
        *_paths("sparade resultat i", plan.saved),
    ]


def out_of_reach(plan: Plan) -> list[str]:
    """What the command cannot remove: somebody has to."""
    return [
        "Det här når kommandot inte, ta bort det själv:",
        *_paths("originalet, som läses igen om mappen läses:", plan.outside),
        *_paths("exporten eller sidorna utanför arbetsboken:", plan.elsewhere),
        *_paths("en export som har ändrats sedan den skrevs:", plan.changed),
        "  delade sidor och exporter som har lämnats ut, kopierats eller flyttats",
        "  utkast till rättelser, bilder från vbdata inspect, säkerhetskopior",
        "  det som egna anteckningsböcker har skrivit, till exempel tabeller till Excel",
        "  det som har lagts in i git: det finns kvar i historiken",
        "Registret i data är som det var, och kontrollsummorna av delade blanketter i data/released.",
    ]


def _paths(what: str, paths: Iterable[Path]) -> list[str]:
    return [f"  {what} {_short(path)}" for path in paths]


def _short(path: Path) -> Path:
    """The path as it is written in the workbook."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
