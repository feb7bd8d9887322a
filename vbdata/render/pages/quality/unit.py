"""One report's to-do: what to mend, to answer and to note, each with its place and room for an answer."""

from __future__ import annotations

import pandas as pd

from vbdata import vocabulary
from vbdata.analyse.attention import DISOWNED
from vbdata.analyse.findings import quotes, stands_open
from vbdata.plot.formats import counted, date, listed
from vbdata.render.pages.quality.data import ASKED, RESPONSES, QualityData
from vbdata.render.parts import addresses, components, words
from vbdata.render.parts import sources as places
from vbdata.render.parts.components import (
    BRIEF,
    Statement,
    callout,
    details,
    empty,
    finding_tag,
    lead,
    link,
    made_with,
    section,
    three,
)
from vbdata.render.parts.corrections import corrections_list, subjects_of
from vbdata.render.parts.html import Block, Html, element, join
from vbdata.render.parts.outcomes import divided_on, unread

LEADS = {
    "fix": "Ändra i dokumentet om uppgiften är fel, eller skriv varför den ska stå som den står.",
    "answer": "Dokumentet räcker inte för att avgöra det här. Svara i rutan.",
    "note": "Rätt återgivet men lätt att missförstå. Det här behöver inget svar.",
    "ours": "Det här gör den som läser in rapporterna. Det står här för att ni ska veta om det.",
}
SHORTEST_QUOTE = 25
"""Characters of a quote that is a sentence and no name."""
SHORTEST_WINDOW, LONGEST = 220, 600
"""Characters on each side of a quote; characters of a passage without one."""


def masthead(data: QualityData) -> Block:
    """The unit, the document, and lines for who answers."""
    report = data.unit.report
    kind = vocabulary.label("kind", str(report["kind"]))
    unknown = "saknas i dokumentet"
    facts: list[tuple[str, str]] = [
        ("Dokument", f"{kind} {report['year']}"),
        ("Daterat", unknown if pd.isna(report["date"]) else date(report["date"])),
        ("Diarienummer", unknown if pd.isna(report["dnr"]) else str(report["dnr"])),
    ]
    if divided_on(report) and data.unit.outcomes:
        who = [each.unit_name for each in data.unit.outcomes]
        told = [f"{divided_on(report)}; frågorna går till {listed(who)}.", *unread(report, data.unit.kin)]
        facts.append(("Enheten delades", join(told, " ")))
    sections = [BRIEF]
    sections += [(response, vocabulary.label("response", response)) for response in _filled(data)]
    if not data.unit.corrections.empty:
        sections.append(("rattat", "Redan rättat"))
    name = str(report["unit_name"])
    title = f"Frågor till {name} – {kind.lower()} {report['year']}"
    return components.masthead(f"{kind} {report['year']} · Frågor till enheten", name, facts, sections, title)


def _filled(data: QualityData) -> list[str]:
    return [response for response in RESPONSES if len(data.of(response))]


def summary(data: QualityData) -> Block:
    """What weighs most, how much there is to do, and how to send the answers back."""
    if data.findings.empty:
        nothing = empty("Inläsningen hittade inget att fråga enheten om. Sidan behöver inget svar.")
        return section(*BRIEF, nothing)
    statements = [_gravest(data), _statement(data, "fix"), _statement(data, "answer")]
    how = (
        "Skriv ut sidan, fyll i rutorna och skicka tillbaka den, eller svara i ett mejl med frågornas "
        "nummer. Det som ändras i dokumentet läses in på nytt."
    )
    note = element("strong", "Så här gör ni.") + f" {how}"
    return section(*BRIEF, three(statements), callout(note), _signature())


def _gravest(data: QualityData) -> Statement:
    """What is to be asked first, in words, and what needs no answer."""
    noted, ours = len(data.of("note")), len(data.of("ours"))
    quiet = [
        f"{words.tasks(noted)} är bara att notera." if noted else "",
        f"{words.tasks(ours)} gör den som läser in rapporterna." if ours else "",
    ]
    first = data.findings[data.findings["response"].isin(ASKED) & data.findings["check"]].head(1)
    if first.empty:
        return Statement("Viktigast", "Inget som kan vara fel", join(filter(None, quiet), " "), ())
    row = first.iloc[0]
    told = words.finding_words(row)
    text = join(filter(None, [f"{told}." if told else "", *quiet]), " ")
    to = (f"#f{row['number']}", f"Kontrollera {row['number']}")
    return Statement("Viktigast", vocabulary.label("finding", str(row["code"])), text, (to,))


NOUNS = {
    "fix": ("uppgift att rätta eller förklara", "uppgifter att rätta eller förklara", "Inget att rätta"),
    "answer": ("fråga att svara på", "frågor att svara på", "Inget att svara på"),
}


def _statement(data: QualityData, response: str) -> Statement:
    """How much there is to mend or to answer, of it how much may be wrong; formalities apart."""
    found = data.of(response)
    checks, formal = int(found["check"].sum()), int(found["formal"].sum())
    graver = len(found) - formal
    one, many, nothing = NOUNS[response]
    told = [
        f"Märkta Kontrollera: {checks}. Märkta Notera: {graver - checks}." if 0 < checks < graver else "",
        f"Dessutom {counted(formal, 'formalitet', 'formaliteter')}." if formal else "",
    ]
    label = vocabulary.label("response", response)
    links = ((f"#{response}", label),) if len(found) else ()
    big = counted(graver, one, many) if graver else nothing
    return Statement(label, big, " ".join(filter(None, told)), links)


def _signature() -> Html:
    """Lines to fill in by hand."""
    lines = [element("span", name, class_="rad") for name in ("Besvarat av", "Datum")]
    return element("p", join(lines), class_="underskrift")


def findings(data: QualityData) -> Block:
    """The questions, group by group."""
    groups = [_group(data, response) for response in _filled(data)]
    return Block(join([block.html for block in groups])) if groups else Block(Html(""), "none")


def _group(data: QualityData, response: str) -> Block:
    """The questions to be met in one way: those that may be wrong or are grave, then the rest to open."""
    sources, subjects, found = places.row_sources(data.unit), _subjects(data), data.of(response)

    def listing(rows: pd.DataFrame) -> Html:
        items = [_item(data, same, response, sources, subjects) for same in _by_cause(rows)]
        return element("ol", join(items), class_="finds todo") if items else Html("")

    def folded(rows: pd.DataFrame, one: str, many: str) -> Html:
        told = f"{counted(len(rows), one, many)}: {words.commonest(rows['code'])}"
        return details(told, listing(rows)) if len(rows) else Html("")

    first = stands_open(found)
    if not first.any():
        first = ~found["formal"]
    parts = [
        listing(found[first]),
        folded(
            found[~first & ~found["formal"]],
            "fråga till",
            "frågor till",
        ),
        folded(found[~first & found["formal"]], "formaliafråga", "formaliafrågor"),
    ]
    return section(response, vocabulary.label("response", response), lead(LEADS[response]), *parts)


def _subjects(data: QualityData) -> dict[str, str]:
    unit = data.unit
    return subjects_of(unit.goals, unit.indicators, unit.activities, unit.complaints)


def _item(
    data: QualityData,
    same: pd.DataFrame,
    response: str,
    sources: dict[str, places.Source],
    subjects: dict[str, str],
) -> Html:
    row, rest = same.iloc[0], same.iloc[1:]
    label = element("strong", vocabulary.label("finding", str(row["code"])) + ". ")
    action = "" if pd.isna(row["action"]) else element("strong", f" {row['action']}", class_="fraga")
    parts = [element("p", label + str(row["message"]) + action)]
    if len(rest):
        parts.append(element("p", Html("Samma fråga: {}.").format(join(_others(rest, subjects), ", "))))
    verbatim = _verbatim(data, row, sources)
    if verbatim:
        shown = [element("blockquote", element("q", each), class_="ord") for each in verbatim]
        parts.append(details("Så står det i dokumentet", join(shown)))
    if response in ASKED:
        parts.append(_answer(response))
    tag = finding_tag(row)
    where = join([each for each in (places.place(row), places.second_place(row)) if each], "<br>")
    place = element("span", where, class_="src muted")
    return element("li", tag + element("div", join(parts)) + place, id=f"f{row['number']}")


def _by_cause(rows: pd.DataFrame) -> list[pd.DataFrame]:
    """Questions put together where one sentence of the document raises them of several rows."""
    if rows.empty:
        return []
    alone = rows["number"].astype(str)
    last = rows["message"].map(lambda message: "".join(quotes(str(message))[-1:]))
    cause = alone.where(rows["code"].ne(DISOWNED) | last.eq(""), last)
    return [part for _, part in rows.groupby(cause, sort=False)]


def _others(rest: pd.DataFrame, subjects: dict[str, str]) -> list[Html]:
    """The other rows that one question is of: number, what it is about, and place."""
    return [
        element(
            "span",
            Html("{} {} ({})").format(
                finding_tag(row), subjects.get(str(row["row_id"]), ""), places.place(row)
            ),
            id=f"f{row['number']}",
        )
        for _, row in rest.iterrows()
    ]


def _answer(response: str) -> Html:
    """An empty box; where something may be mended, with the two ways of meeting it."""
    square = element("span", "", class_="ruta", aria_hidden="true")
    ways = Html("{}Rättat i dokumentet {}Ska stå kvar, därför att:").format(square, square)
    said = ways if response == "fix" else Html("Svar:")
    return element("div", element("span", said, class_="lvl"), class_="svar")


def _verbatim(data: QualityData, row: pd.Series, sources: dict[str, places.Source]) -> list[str]:
    """What is around the sentence that a question quotes, and the row that it is about, as they stand."""
    if pd.isna(row["row_id"]):
        return []
    source = sources.get(str(row["row_id"]))
    told = _disputed(data, row)
    if source is None and not told:
        found = data.passages[data.passages["row_id"] == row["row_id"]]
        told = _around(str(found.iloc[0]["text"]), str(row["message"])) if len(found) else ""
    return [each for each in (told, source.verbatim if source else "") if each]


def _disputed(data: QualityData, row: pd.Series) -> str:
    """What is around the sentence that a question quotes last, first in a text of the same goal or row."""
    message, about = str(row["message"]), row["row_id"]
    last = quotes(message)[-1:]
    unit = data.unit
    rows = [frame.loc[frame["row_id"] == about, "analysis"] for frame in (unit.indicators, unit.activities)]
    own = data.passages[["goal_id", "row_id"]].eq(about).fillna(False).any(axis=1)
    told = pd.concat([*rows, data.passages.loc[own, "text"], data.passages.loc[~own, "text"]])
    texts = told.dropna().astype(str)
    long = [each for each in last if len(each) >= SHORTEST_QUOTE]
    return next((_around(text, message) for text in texts for q in long if q in " ".join(text.split())), "")


def _around(text: str, message: str) -> str:
    """A passage, or of a long one what is around the longest quote of it in the message."""
    plain = " ".join(text.split())
    if len(plain) <= LONGEST:
        return plain
    found = sorted((q for q in quotes(message) if q in plain), key=len, reverse=True)
    at = plain.index(found[0]) if found else 0
    start = max(0, plain.rfind(" ", 0, max(0, at - SHORTEST_WINDOW)) + 1) if at > SHORTEST_WINDOW else 0
    end = at + (len(found[0]) if found else 0) + (SHORTEST_WINDOW if found else LONGEST)
    end = len(plain) if end >= len(plain) else plain.rfind(" ", 0, end)
    return f"{'[…] ' if start else ''}{plain[start:end]}{' […]' if end < len(plain) else ''}"


def corrections(data: QualityData) -> Block:
    """What has been corrected already: the unit should know, and may object."""
    if data.unit.corrections.empty:
        return Block(Html(""), "none")
    sources = places.row_sources(data.unit)
    where = {row_id: element("span", source.place, class_="muted") for row_id, source in sources.items()}
    said = lead(
        "De här uppgifterna är redan rättade i tabellerna, men inte i dokumentet. Säg till om något är fel."
    )
    listing = corrections_list(data.unit.corrections, _subjects(data), where)
    return section("rattat", "Redan rättat", said, listing)


def footer(data: QualityData) -> Block:
    """What the page was made from, and where to go next."""
    report = data.unit.report
    year, here = int(report["year"]), addresses.questions_page(data.unit.page)
    parameters = {"unit_id": report["unit_id"], "year": year, "kind": report["kind"]}
    links = [
        link(addresses.href(data.unit.page, here), "Enhetens rapport"),
        link(addresses.href(addresses.quality_overview(year), here), f"Frågor till alla enheter {year}"),
        link(addresses.href(addresses.INDEX, here), "Alla rapporter"),
    ]
    return components.footer(
        "Numren är de samma som i enhetens rapport. Sida och rad gäller dokumentet så som det lästes in.",
        join(links, " · "),
        about=(
            "Om sidan och filen",
            made_with("data_quality", parameters, data.unit.data_sha256),
            Html("Filen: {}.").format(element("code", str(report["source"]))),
        ),
    )
