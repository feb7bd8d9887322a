"""Parts that every page is made of."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes

from vbdata import __version__, plot, vocabulary
from vbdata.plot.formats import HARD_SPACE, date, inside
from vbdata.render.parts.html import Block, Html, element, hidden, join
from vbdata.schema.tables import STATUSES

STATUS_ORDER = plot.bars.ORDER
BRIEF = ("korthet", "Läget i korthet")
"""Anchor and heading of a page's first section."""
FORM = ("synpunkter", "Synpunkter, klagomål och avvikelser")
"""The same of the section about the form of complaints."""
SOURCES = ("kallor", "Källor, ordagrant")
"""The same of the section with the rows behind the page."""
READ_BY_PROGRAM = "Tabellerna är lästa av ett program. Håll de tal som används mot dokumentet."

GLYPHS = Html(
    '<svg width="0" height="0" style="position:absolute" aria-hidden="true" focusable="false">'
    '<symbol id="g-met" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" fill="currentColor"/>'
    '<path d="M4.6 8.3l2.3 2.4 4.6-5" fill="none" stroke="var(--gbg)" stroke-width="1.9" '
    'stroke-linecap="round" '
    'stroke-linejoin="round"/></symbol>'
    '<symbol id="g-partly_met" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.2" fill="none" '
    'stroke="currentColor" '
    'stroke-width="1.6"/><path d="M8 1.8a6.2 6.2 0 0 0 0 12.4z" fill="currentColor"/></symbol>'
    '<symbol id="g-not_met" viewBox="0 0 16 16"><path d="M8 .4L15.6 8 8 15.6.4 8z" fill="currentColor"/>'
    '<path d="M5.8 5.8l4.4 4.4M10.2 5.8l-4.4 4.4" stroke="var(--gbg)" stroke-width="1.8" '
    'stroke-linecap="round"/>'
    "</symbol>"
    '<symbol id="g-no_data" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.2" fill="none" '
    'stroke="currentColor" '
    'stroke-width="1.5" stroke-dasharray="2.4 2.1"/><path d="M5.4 8h5.2" stroke="currentColor" '
    'stroke-width="1.6" '
    'stroke-linecap="round"/></symbol>'
    '<symbol id="g-note" viewBox="0 0 16 16"><rect x="1" y="1" width="14" height="14" rx="3" fill="none" '
    'stroke="currentColor" stroke-width="1.5"/><path d="M6 6.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4" '
    'fill="none" '
    'stroke="currentColor" stroke-width="1.5" stroke-linecap="round"/><circle cx="8" cy="11.9" r=".95" '
    'fill="currentColor"/></symbol>'
    '<symbol id="g-corrected" viewBox="0 0 16 16"><path d="M2 14l.9-3.9L10.6 2.4a1.3 1.3 0 0 1 1.8 0l1.2 '
    '1.2a1.3 1.3 0 0 1 0 1.8L5.9 13.1z" fill="none" stroke="currentColor" stroke-width="1.5" '
    'stroke-linejoin="round"/><path d="M9.2 3.8l3 3" fill="none" stroke="currentColor" '
    'stroke-width="1.5"/></symbol></svg>'
)
"""The shapes of the statuses, of a finding and of a correction, once per page."""

_MARKS = {
    "reached": '<circle cx="9" cy="9" r="5.8" fill="var(--met)" stroke="var(--met)" stroke-width="2.4"/>',
    "missed": '<circle cx="9" cy="9" r="5.8" fill="var(--bg)" stroke="var(--not)" stroke-width="2.4"/>',
    "unknown": '<circle cx="9" cy="9" r="5.8" fill="var(--bg)" stroke="var(--edge)" stroke-width="2.4"/>',
    "target": '<path d="M9 0v18" stroke="var(--ink)" stroke-width="2.6"/>',
    "council": '<path d="M9 0v18" stroke="var(--muted)" stroke-width="2" stroke-dasharray="3 3"/>',
    "previous": '<path d="M9 3.6L14.4 9 9 14.4 3.6 9z" fill="var(--bg)" stroke="var(--muted)" '
    'stroke-width="1.7"/>',
    "span": '<rect x=".5" y="5.5" width="17" height="7" fill="var(--span)" stroke="var(--edge)"/>',
    "level": '<path d="M1 9h16" stroke="var(--ink)" stroke-width="2.6"/>',
    "interval": '<path d="M1 9h16M1 4v10M17 4v10" stroke="var(--note)" stroke-width="2"/>',
    "break": '<path d="M9 0v18" stroke="var(--note)" stroke-width="1.6" stroke-dasharray="2 2"/>',
    "stay": '<path d="M0 9h18" stroke="var(--line)" stroke-width="9"/>',
    "up": '<path d="M1 15L17 3" stroke="var(--met)" stroke-width="3"/>',
    "down": '<path d="M1 3L17 15" stroke="var(--not)" stroke-width="3"/>',
    "aside": '<path d="M1 4L17 14" stroke="var(--edge)" stroke-width="2" stroke-dasharray="3 2"/>',
    "case": '<circle cx="9" cy="9" r="5" fill="var(--note)"/>',
    "case_large": '<circle cx="9" cy="9" r="6.6" fill="var(--note)"/>',
    "praise": '<circle cx="9" cy="9" r="4.4" fill="var(--bg)" stroke="var(--note)" stroke-width="1.8"/>',
    "centre": '<path d="M0 9h18" stroke="var(--muted)" stroke-width="1.8"/>',
    "limit_95": '<path d="M0 9h18" stroke="var(--edge)" stroke-width="1.6" stroke-dasharray="4 3"/>',
    "finding": '<rect x="2" y="2" width="14" height="14" rx="3" fill="none" stroke="var(--note)" '
    'stroke-width="1.5"/><path d="M7 7.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4" fill="none" '
    'stroke="var(--note)" stroke-width="1.5" stroke-linecap="round"/><circle cx="9" cy="12.9" r=".95" '
    'fill="var(--note)"/>',
    "limit_998": '<path d="M0 9h18" stroke="var(--edge)" stroke-width="1.6"/>',
}


_SEVERAL = re.compile(r"\d+ (?:aktiviteter|analyser|enhetsmål|indikatorer|mål|årsmål)\b")
"""How the message of a finding about several rows begins."""


def glyph(name: str) -> Html:
    """A shape; the word beside it is always text."""
    return Html('<svg class="g" aria-hidden="true" focusable="false"><use href="#g-{}"/></svg>').format(name)


def chip(status: object, count: int | None = None, short: bool = False) -> Html:
    """A judgement as word, shape and colour; with a count, «2 uppfylls helt»."""
    if pd.isna(status) or status not in STATUSES:  # type: ignore[call-overload]
        return element("span", "Bedömning saknas", class_="nogoal")
    word = vocabulary.label("status", str(status), short=short)
    shown = word if count is None else f"{count}{HARD_SPACE}{inside(word)}"
    return element("span", glyph(str(status)) + element("span", shown), class_=f"st st-{status}")


def chips(counts: dict[str, int]) -> Html:
    """Counts per status, what needs reading first; statuses without goals are left out."""
    items = [element("li", chip(status, counts[status])) for status in STATUS_ORDER if counts.get(status)]
    return element("ul", join(items), class_="chips") if items else Html("")


def key(items: Iterable[tuple[str, str]]) -> Html:
    """Explanation of the marks of a figure, with the very marks."""
    rows = [
        element(
            "li",
            Html(
                '<svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true" '
                'focusable="false">{}</svg>'
            ).format(Html(_MARKS[mark]))
            + text,
        )
        for mark, text in items
    ]
    return element("ul", join(rows), class_="key", aria_label="Teckenförklaring")


def status_key(extra: str = "") -> Html:
    """Explanation of the judgements, as chips."""
    items = [element("li", chip(status)) for status in STATUS_ORDER]
    tail = [element("li", extra, class_="muted")] if extra else []
    return element("ul", join(items + tail), class_="key", aria_label="Teckenförklaring")


def figure(
    draw: Callable[..., Axes] | Mapping[str, Callable[..., Axes]],
    uid: str,
    title: str,
    subtitle: str,
    alt: str,
    *,
    key: str = "",
    note: str = "",
    table: str = "",
    table_first: bool = False,
) -> Html:
    """Title with the finding, what is measured, key, drawing (wide and narrow), caveat, same numbers.

    With `table_first` the numbers come before the drawing, which then only illustrates them. Several drawings
    (each with what it shows in words, read after `alt`) may be printed on different pages.
    """
    if not alt.strip():
        raise ValueError(f"figuren {uid} saknar textalternativ")
    drawings = draw if isinstance(draw, Mapping) else {"": draw}
    pictures = []
    for i, (shown, each) in enumerate(drawings.items()):
        said = " ".join([text for text in (shown, "" if i else alt) if text])
        pictures.append(_picture(each, f"{uid}-{i}" if i else uid, said))
    heading = element("figcaption", element("h3", title) + element("p", subtitle, class_="sub"))
    caveat = element("p", note, class_="note") if note else Html("")
    picture = join(pictures)
    parts = [heading, table, key, picture, caveat] if table_first else [heading, key, picture, caveat, table]
    return element("figure", join(parts), class_="fig", id=uid)


def _picture(draw: Callable[..., Axes], uid: str, alt: str) -> Html:
    """A drawing, wide and narrow: the page shows the one that fits."""
    wide = plot.svg(draw(width=plot.WIDE), f"{uid}-w", alt, "w", spent=True)
    narrow = plot.svg(draw(width=plot.NARROW), f"{uid}-n", alt, "n", spent=True)
    return element("div", Html(wide + narrow), class_="pic")


def empty(*sentences: str) -> Html:
    """A box that says what is not there and why nothing is drawn."""
    return element("div", element("p", join(sentences, " ")), class_="empty")


def callout(content: str) -> Html:
    """The one calm box of a page."""
    return element("div", element("p", content), class_="callout")


def details(summary: str, content: str, opened: bool = False) -> Html:
    """Something that a reader may open; print opens it."""
    return Html("<details{}><summary>{}</summary>{}</details>").format(
        Html(" open") if opened else "", summary, content
    )


def section(anchor: str, heading: str, *content: str, css: str = "") -> Block:
    """One section of the page, with its heading."""
    head = element("h2", heading, id=f"h-{anchor}")
    return Block(
        element(
            "section", join([head, *content]), id=anchor, class_=css or None, aria_labelledby=f"h-{anchor}"
        )
    )


def lead(*sentences: str) -> Html:
    """The first paragraph of a section."""
    return element("p", join([sentence for sentence in sentences if sentence], " "), class_="lead")


@dataclass(frozen=True, slots=True)
class Statement:
    """One of the three: a label, what a manager can repeat aloud, one sentence, chips, links."""

    label: str
    big: str
    text: str
    links: tuple[tuple[str, str], ...]
    counts: str = ""


def three(statements: list[Statement]) -> Html:
    """«Läget i korthet»: exactly three statements, in the order they are given."""
    if len(statements) != 3:
        raise ValueError(f"Läget i korthet ska ha tre punkter, inte {len(statements)}")
    items = []
    for each in statements:
        one = each.links[0][0] if len(each.links) == 1 else ""  # the label leads there itself
        several = join([link(href, text) for href, text in each.links], ", ")
        links = [] if one else [element("p", several, class_="to")]
        label = element("h3", link(one, each.label) if one else each.label)
        text = element("p", each.text) if each.text else Html("")
        big = element("p", each.big, class_="big")
        items.append(element("li", join([label, big, text, each.counts, *links])))
    return element("ol", join(items), class_="three")


def link(href: str, text: str, **attributes: str | None) -> Html:
    """A link."""
    return element("a", text, href=href, **attributes)


def masthead(
    kicker: str, heading: str, facts: list[tuple[str, str]], sections: list[tuple[str, str]], title: str
) -> Block:
    """Kicker, h1, facts and the page's contents."""
    rows = [element("div", element("dt", name) + element("dd", value)) for name, value in facts]
    head = (
        element("p", kicker, class_="kick")
        + element("h1", heading)
        + element("dl", join(rows), class_="meta")
    )
    items = [element("li", link(f"#{anchor}", text)) for anchor, text in sections]
    contents = element("nav", element("ul", join(items)), class_="toc", aria_label="På sidan")
    return Block(
        element("header", head, class_="wrap mast") + element("div", contents, class_="wrap"), "header", title
    )


def footer(*paragraphs: str, about: Sequence[str] = ()) -> Block:
    """What the page is made of and where to go next; `about` the page, to open under its first words."""
    content = join([element("p", each) for each in paragraphs if each])
    if about:
        told = [READ_BY_PROGRAM, *about[1:]]
        content += details(about[0], join([element("p", each) for each in told if each]))
    return Block(element("footer", element("div", content, class_="foot"), class_="wrap"), "footer")


def made_with(notebook: str, parameters: Mapping[str, object], data_sha256: str) -> Html:
    """How the page was made, as the manifest has it: day, version, notebook, parameters, data."""
    given = ", ".join(f"{name} {value}" for name, value in parameters.items())
    today = date(datetime.date.today())
    return Html("Sidan är gjord {} med vbdata {} av anteckningsboken {} ({}). Tabellerna: {}.").format(
        today,
        __version__,
        element("code", f"{notebook}.ipynb"),
        given,
        element("code", f"sha256 {data_sha256[:12]}"),
    )


def finding_link(finding: pd.Series, page: str = "", short: bool = False, where: str = "") -> Html:
    """«Kontrollera 1» beside the number that it is about, leading to the list, which stands on `page`.

    Under a number in a narrow column the word is left to those who listen. `where` names the document on a
    page about several. A finding about several rows stands at the first of them and says how many they are.
    """
    about = inside(vocabulary.label("finding", str(finding["code"])))
    kind, several = _kind(finding), _SEVERAL.match(str(finding["message"]))
    number = f"{finding['number']} ({several[0]})" if several else str(finding["number"])
    told = f"{number} {where}".rstrip()
    shown = glyph("note") + (hidden(f"{kind} ") + told if short else f"{kind} {told}")
    return link(f"{page}#f{finding['number']}", shown + hidden(f": {about}"), class_="fx")


def finding_tag(finding: pd.Series) -> Html:
    """The same in the list."""
    return element("span", glyph("note") + f"{_kind(finding)} {finding['number']}", class_="tag")


def _kind(finding: pd.Series) -> str:
    return vocabulary.label("severity", "warning" if finding["check"] else "info")
