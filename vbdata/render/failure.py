"""The page in the place of one that could not be made."""

from __future__ import annotations

from pathlib import PurePosixPath

from vbdata.render import layout
from vbdata.render.components import callout, footer, link, masthead, section
from vbdata.render.html import Block, element


def failure_blocks(title: str, page: PurePosixPath, message: str) -> list[Block]:
    """What failed, and that no number is shown because of it."""
    said = (
        element("strong", "Sidan kunde inte göras.")
        + " Inga uppgifter visas, eftersom de kunde ha blivit ofullständiga."
    )
    return [
        masthead("Sida som inte blev gjord", title, [], [("fel", "Vad som hände")], f"Inte gjord: {title}"),
        section("fel", "Vad som hände", callout(said), element("pre", message)),
        footer(link(layout.href(layout.INDEX, page), "Alla rapporter")),
    ]
