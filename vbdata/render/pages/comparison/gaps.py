"""What the documents do not say, and what should be checked."""

from __future__ import annotations

from vbdata import analyse
from vbdata.analyse.findings import is_formal
from vbdata.plot.formats import counted, listed
from vbdata.render.pages.comparison.change.section import nothing
from vbdata.render.pages.comparison.units import each, page
from vbdata.render.parts import answers
from vbdata.render.parts.components import empty, link, section
from vbdata.render.parts.data import YearData
from vbdata.render.parts.html import Block, Html, element, join
from vbdata.render.parts.words import counted_units

WITHOUT_RESPONDENTS = "{} skriver hur många som har svarat på undersökningar."


def gap_list(data: YearData) -> list[str]:
    """Gaps as short statements without a full stop, the weightiest first."""
    total = len(data.judged)
    gaps = []
    states = data.form_states
    for state, words in (
        ("missing", "saknar blanketten för synpunkter"),
        ("empty", "har en tom blankett för synpunkter"),
        ("unread", "har en blankett för synpunkter vars antal inte har kunnat läsas"),
    ):
        count = sum(1 for report_id, each_state in states.items() if each_state == state)
        if count:
            gaps.append(f"{counted_units(count)} {words}")
    mine = data.indicators[data.indicators["report_id"].isin(data.judged["report_id"])]
    previous = mine.dropna(subset=["value_previous"])["report_id"].nunique()
    if previous < total:
        what = (
            f"finns bara för {previous} av {counted_units(total)}" if previous else "saknas för alla enheter"
        )
        gaps.append(f"Förra årets värden {what}")
    return gaps


def respondents_gap(data: YearData) -> str:
    """For how many units the text says how many answered their surveys."""
    found = data.history.answers
    mine = found[found["report_id"].isin(data.judged["report_id"]) & found["n"].notna()]
    count = mine["report_id"].nunique()
    if not count and data.profile.shared:
        return answers.WITHHELD
    if count == len(data.judged):
        return ""
    return WITHOUT_RESPONDENTS.format(
        f"{count} av {counted_units(len(data.judged))}" if count else "Ingen enhet"
    )


def gaps(data: YearData) -> Block:
    """Gaps in full, with the units that they are in."""
    items = [element("li", f"{gap}{_where(data, gap)}.") for gap in gap_list(data)]
    said = [respondents_gap(data), " ".join(nothing(data))]
    items += [element("li", each_) for each_ in said if each_]
    counts = analyse.checks_by_report(data.findings)
    if counts:
        links = [
            link(
                page(data, report, "#kontrollera"),
                f"{report['unit_name']} ({counts[str(report['report_id'])]})",
            )
            for _, report in data.reports.iterrows()
            if str(report["report_id"]) in counts
        ]
        items.append(element("li", Html("Uppgifter att kontrollera: {}.").format(join(links, ", "))))
    formal = int(is_formal(data.findings).sum())
    if formal:
        apart = (
            f"{counted(formal, 'formalitet', 'formaliteter')} räknas inte in; de står på enheternas sidor."
        )
        items.append(element("li", apart))
    return section(
        "saknas", "Underlagets luckor", element("ul", join(items)) if items else empty("Inga kända luckor.")
    )


def _where(data: YearData, gap: str) -> str:
    """The units that a gap is about, where they are few."""
    states = data.form_states
    wanted = {"saknar blanketten": "missing", "tom blankett": "empty", "kunnat läsas": "unread"}
    for words, state in wanted.items():
        if words in gap:
            names = [
                str(report["unit_name"])
                for report in each(data)
                if states.get(str(report["report_id"])) == state
            ]
            return f": {listed(names)}" if len(names) <= 5 else ""
    return ""
