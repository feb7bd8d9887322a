"""The top and the bottom of the page."""

from __future__ import annotations

import pandas as pd

from vbdata import vocabulary
from vbdata.plot.formats import date
from vbdata.render.pages.outcome.data import OutcomeData, Side
from vbdata.render.parts import addresses, components
from vbdata.render.parts.components import BRIEF, link, made_with
from vbdata.render.parts.html import Block, Html, element, join
from vbdata.render.parts.outcomes import OutcomePage

SECTIONS = [
    BRIEF,
    ("mal", "Mål"),
    ("indikatorer", "Årsmål"),
    ("aktiviteter", "Aktiviteter"),
    ("kallor", "Källor"),
]


def masthead(data: OutcomeData) -> Block:
    """The unit, its plan and its report."""
    kind = vocabulary.label("kind", str(data.report.report["kind"])).lower()
    facts: list[tuple[str, str]] = [
        ("Planen", _document(data, data.plan)),
        ("Rapporten", _document(data, data.report)),
    ]
    if not data.way:  # else said under «Läget i korthet»
        facts += [("Samma plan", _sibling(data, each)) for each in data.siblings]
    facts += [("Också följd", _other_plan(data, row)) for _, row in data.other_plans.iterrows()]
    title = f"{data.report.name} – plan och {kind} {data.year}"
    return components.masthead(f"Plan och utfall {data.year}", data.report.name, facts, SECTIONS, title)


def _document(data: OutcomeData, side: Side) -> Html:
    """Kind, unit where it is another, and date; leading to the document's own page."""
    whose = f", {side.name}" if side is data.plan and data.way else ""
    shown = link(addresses.href(side.page, data.page), f"{_kind(side)}{whose}")
    day = side.report["date"]
    return shown + (", odaterad" if pd.isna(day) else f", daterad {date(day)}")


def _kind(side: Side) -> str:
    return f"{vocabulary.label('kind', str(side.report['kind']))} {side.report['year']}"


def _sibling(data: OutcomeData, other: OutcomePage) -> Html:
    """Another report that follows up the same plan."""
    return Html("följs upp av {}").format(link(addresses.href(other.page, data.page), other.unit_name))


def _other_plan(data: OutcomeData, plan: pd.Series) -> Html:
    """Another plan that the report follows up."""
    page = addresses.outcome_page(data.year, str(data.report.report["unit_id"]), str(plan["unit_id"]))
    return Html("planen för {}").format(link(addresses.href(page, data.page), str(plan["unit_name"])))


def footer(data: OutcomeData) -> Block:
    """Whose the judgements are, what the page was made from, and where to go next."""
    made = made_with(
        "plan_vs_outcome",
        {
            "unit_id": data.report.report["unit_id"],
            "year": data.year,
            "kind": data.report.report["kind"],
            "plan_id": data.plan.report["report_id"],
        },
        data.data_sha256,
    )
    files = [
        Html("{} (sha256 {})").format(
            element("code", str(side.report["source"])), str(side.report["sha256"])[:12]
        )
        for side in (data.plan, data.report)
    ]
    ways = [
        link(
            addresses.href(side.page, data.page),
            f"{vocabulary.label('kind', str(side.report['kind']))} {data.year}",
        )
        for side in (data.report, data.plan)
    ]
    ways.append(link(addresses.href(addresses.INDEX, data.page), "Alla rapporter"))
    return components.footer(
        "Målen, årsmålen och bedömningarna är enhetens egna. Att en rad i planen är samma som en rad i "
        "rapporten är vår läsning: samma eller nästan samma ord på samma nivå och under samma KF-mål.",
        join(ways, " · "),
        about=("Om sidan och filerna", made, Html("Filerna: {}.").format(join(files, " och "))),
    )
