"""The page in the place of one that could not be made."""

from __future__ import annotations

import datetime

from vbdata import __version__
from vbdata.plot.formats import date
from vbdata.render.parts import addresses
from vbdata.render.parts.components import callout, footer, link, masthead, section
from vbdata.render.parts.html import Block, Html, element
from vbdata.render.run.plan import Run


def failure_blocks(run: Run, message: str, partial: str | None = None) -> list[Block]:
    """What failed, and that no number is shown because of it; `partial` names the kept notebook."""
    said = (
        element("strong", "Sidan kunde inte göras.")
        + " Inga uppgifter visas, eftersom de kunde ha blivit ofullständiga."
    )
    kept = Html("")
    if partial:
        kept = element(
            "p",
            Html("Anteckningsboken är sparad så långt den kom: {}. Cellen som avbröts är markerad.").format(
                link(partial, partial)
            ),
        )
    again = element(
        "p", "När felet är rättat görs sidan om med kommandot " + element("code", "vbdata report") + "."
    )
    facts = [("Anteckningsbok", f"{run.notebook}.ipynb")]
    return [
        masthead(
            "Sida som inte blev gjord",
            run.title,
            facts,
            [("fel", "Vad som hände")],
            f"Inte gjord: {run.title}",
        ),
        section("fel", "Vad som hände", callout(said), element("pre", message), kept, again),
        footer(
            f"Försöket gjordes {date(datetime.date.today())} med vbdata {__version__}.",
            link(addresses.href(addresses.INDEX, run.page), "Alla rapporter"),
        ),
    ]
