"""The top and the bottom of the page."""

from __future__ import annotations

import pandas as pd

from vbdata import vocabulary
from vbdata.analyse.own_words import OwnWords
from vbdata.plot.formats import counted, date, listed
from vbdata.render.pages.unit import own
from vbdata.render.pages.unit.marks import corrected, finding_links
from vbdata.render.pages.unit.over_time import has_history
from vbdata.render.parts import addresses, components
from vbdata.render.parts import sources as places
from vbdata.render.parts.components import BRIEF, finding_link, link, made_with
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Block, Html, element, join
from vbdata.render.parts.outcomes import OutcomePage


def masthead(data: UnitData) -> Block:
    """Unit, kind of report, and what the cover says."""
    report = data.report
    kind = vocabulary.label("kind", str(report["kind"]))
    said = [
        ("Daterad", "date", "" if pd.isna(report["date"]) else date(report["date"])),
        ("Diarienummer", "dnr", "" if pd.isna(report["dnr"]) else str(report["dnr"])),
        ("Nämnd", "board", "" if pd.isna(report["board"]) else str(report["board"])),
    ]
    mine = [str(report["report_id"])]
    facts: list[tuple[str, str]] = [*own.served(data)]
    blank: list[str] = []
    for name, column, shown in said:
        decided = corrected(data, mine, column)
        if shown or decided:
            facts.append((name, join([each for each in (shown or "saknas", decided) if each], " ")))
        else:
            blank.append(name.lower() if column != "date" else "datum")
    facts += [("Samma enhet", link(*_other_link(data, other))) for _, other in data.others.iterrows()]
    facts += [("Plan och utfall", _outcome(data, each)) for each in data.outcomes]
    money = _money(data)
    if money:
        facts.append(("Ekonomi", element("span", money)))
    if blank:
        facts.append(("Saknas på omslaget", listed(blank)))
    sections = [
        BRIEF,
        ("mal", "Mål"),
        ("indikatorer", "Indikatorer"),
        *([("over-tid", "Över tid")] if has_history(data) else []),
        ("synpunkter", "Synpunkter"),
        ("aktiviteter", "Aktiviteter"),
        ("kontrollera", "Att kontrollera"),
        ("kallor", "Källor"),
    ]
    name = str(report["unit_name"])
    title = f"{name} – {kind.lower()} {report['year']}"
    return components.masthead(f"{kind} {report['year']} · Enhetsrapport", name, facts, sections, title)


def _money(data: UnitData) -> Html:
    """What the text says of its money with its doubts, and that its headings about it are left blank."""
    said = own.economy(data)
    if said is not None:
        doubts = finding_links(data, own.texts_of(data, said), checked=True)
        place = join([each for each in (_place(said), doubts) if each], ", ")
        return Html("”{}” ({})").format(said.quote, place)
    quotes = [Html("”{}” ({})").format(each.quote, _place(each)) for each in own.money(data)]
    untold = own.economy_blank(data)
    told = [Html("enheten skriver {}").format(Html(" och ").join(quotes))] if quotes else []
    if untold is not None:
        told.append(Html("rubrikerna om ekonomi står utan text ({})").format(finding_link(untold)))
    return Html("; ").join(told)


def _place(said: OwnWords) -> Html:
    return places.link(places.words_source(said))


def links_out(data: UnitData) -> Html:
    """Ways from the page: the unit's other reports, the comparison, all units."""
    year = int(data.report["year"])
    here = addresses.unit_page(year, "x")
    parts = [link(*_other_link(data, other)) for _, other in data.others.iterrows()]
    parts += [_outcome(data, each, whole=True) for each in data.outcomes]
    if not data.profile.shared:  # the questions quote the document
        parts.append(link(to_questions(data), "Frågor till enheten"))
    if data.compared:
        parts.append(link(addresses.href(addresses.comparison_page(year), here), f"Jämför enheterna {year}"))
    return join([*parts, link(addresses.href(addresses.INDEX, here), "Alla rapporter")], " · ")


def to_questions(data: UnitData) -> str:
    """Address of the questions about the report, seen from its page."""
    return addresses.href(addresses.questions_page(data.page), data.page)


def _other_link(data: UnitData, other: pd.Series) -> tuple[str, str]:
    """Address and name of another report of the unit."""
    year = int(other["year"])
    name = f"{vocabulary.label('kind', str(other['kind']))} {year}"
    return addresses.href(data.page_of(other), addresses.unit_page(year, "x")), name


def _outcome(data: UnitData, each: OutcomePage, whole: bool = False) -> Html:
    """A link to plan and outcome, which says whose they are if not this unit's; `whole` stands by itself."""
    here = addresses.unit_page(int(data.report["year"]), "x")
    whose = each.unit_name if data.is_plan else each.planner_name
    own = whose == data.report["unit_name"]
    if whole:
        said = f"Plan och utfall {data.report['year']}" + ("" if own else f", {whose}")
    elif own:
        said = "planen bredvid rapporten"
    elif data.is_plan:
        said = f"uppföljd av {whose}"
    else:
        said = f"planen för {whose} bredvid rapporten"
    return link(addresses.href(each.page, here), said)


def footer(data: UnitData) -> Block:
    """Whose the judgements are, what the page was made from, and where to go next."""
    noun = "verksamhetsplanen" if data.is_plan else "dokumentet"
    compared = "Frågorna" if data.is_plan else "Jämförelsen mellan utfall och årsmål, frågorna"
    report = data.report
    checked = int(data.findings["check"].sum())
    made = made_with(
        "unit_report",
        {
            "unit_id": report["unit_id"],
            "year": report["year"],
            "kind": report["kind"],
            "profile": data.profile.name,
        },
        data.data_sha256,
    )
    source = Html("Filen: {} (sha256 {}). {}, varav {} att kontrollera.").format(
        element("code", str(report["source"])),
        str(report["sha256"])[:12],
        counted(len(data.findings), "anmärkning", "anmärkningar"),
        checked,
    )
    return components.footer(
        f"Sidan återger uppgifter ur {noun}. {compared} och deras ordning är vår läsning.",
        links_out(data),
        about=("Om sidan och filen", made, source),
    )
