"""HTML that is escaped by construction: text becomes `Html` only through a template that escapes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from vbdata.plot.formats import EN_DASH

Html = Markup
"""Safe HTML: ``Html("<b>{}</b>").format(text)`` escapes the text. Only literals are made `Html` directly."""


@dataclass(frozen=True, slots=True)
class Block:
    """One part of a page, which a notebook cell shows.

    `slot` is where the exported page puts it: ``header``, ``main``, ``footer`` or ``none`` (only in the
    notebook).
    """

    html: Html
    slot: str = "main"
    title: str = ""

    def _repr_html_(self) -> tuple[str, dict[str, str]]:
        return f'<div class="vb">{self.html}</div>', {"slot": self.slot, "title": self.title}

    def __repr__(self) -> str:
        return f"<{self.slot}, {len(self.html)} tecken HTML>"


def join(parts: Iterable[str], separator: str = "") -> Html:
    """Join parts, escaping the ones that are plain text."""
    return Html(separator).join(parts)


def element(tag: str, content: str = "", **attributes: str | None) -> Html:
    """An element; a trailing underscore in an attribute's name is dropped, the others become hyphens.

    >>> element("p", "a < b", class_="note", aria_label=None)
    Markup('<p class="note">a &lt; b</p>')
    """
    shown = join(
        Html(' {}="{}"').format(name.rstrip("_").replace("_", "-"), value)
        for name, value in attributes.items()
        if value is not None
    )
    return Html("<{0}{1}>{2}</{0}>").format(Html(tag), shown, content)


def hidden(text: str) -> Html:
    """Text for those who listen to the page."""
    return element("span", text, class_="vh")


def missing(words: str = "uppgift saknas") -> Html:
    """A dash to see and words to hear."""
    dash = element("span", EN_DASH, aria_hidden="true")
    return element("span", dash + hidden(words), class_="v miss0")


def slug(text: str) -> str:
    """Letters and digits that an id may have.

    >>> slug("2025-vb-a/i05")
    '2025-vb-a-i05'
    """
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")


def under(shown: str, links: Html) -> Html:
    """Links on a line of their own under what they are about."""
    return Html("{}<br>{}").format(shown, links) if links else Html("{}").format(shown)
