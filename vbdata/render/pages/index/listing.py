"""Every page of every year, by district and type of unit, with the state of its run; can be searched."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import pandas as pd

from vbdata import analyse, vocabulary
from vbdata.analyse.reports import PREFERENCE
from vbdata.plot.formats import date, soft
from vbdata.render.pages.index.overview import OTHER, place_of
from vbdata.render.parts import addresses
from vbdata.render.parts.components import details, link, section
from vbdata.render.parts.html import Block, Html, element, hidden, join
from vbdata.render.parts.made import Entry
from vbdata.render.parts.outcomes import OutcomePage, outcome_pages
from vbdata.render.parts.tables import Cell, Column, Group, Row, table

SCRIPT = Html(
    """<script>
(function () {
  var box = document.getElementById("sok");
  var field = box.querySelector("input"), said = box.querySelector("output");
  var bodies = [].slice.call(document.querySelectorAll("#sidor tbody"));
  function plain(text) { return text.replace(/\\u00ad/g, "").toLocaleLowerCase("sv"); }
  function search() {
    var words = plain(field.value).split(/\\s+/).filter(Boolean), shown = 0, all = 0;
    bodies.forEach(function (body) {
      var group = body.querySelector("tr.grp"), here = 0, about = plain(group.textContent);
      [].forEach.call(body.querySelectorAll("tr:not(.grp)"), function (row) {
        var text = about + " " + plain(row.textContent);
        row.hidden = !words.every(function (word) { return text.indexOf(word) >= 0; });
        all += 1; here += row.hidden ? 0 : 1;
      });
      body.hidden = !here; shown += here;
    });
    said.textContent = words.length ? shown + " av " + all + " visas" : "";
  }
  box.hidden = false; field.addEventListener("input", search); search();
})();
</script>"""
)
"""Without it the list is the same, only not searched."""


def pages(
    reports: pd.DataFrame,
    years: Mapping[int, pd.DataFrame],
    made: frozenset[str],
    entries: Mapping[str, Entry],
    *,
    outcomes: bool = True,
) -> Block:
    """All pages.

    Parameters
    ----------
    reports
        All reports, one row per year, kind and unit.
    years
        Year → its reports, one per unit: they have the plain addresses.
    made
        The pages that there are.
    entries
        Page → how it was made.
    outcomes
        Whether pages of plan and outcome are made.
    """
    named = [
        (place_of(str(unit_id)), str(found.iloc[0]["unit_name"]), found)
        for unit_id, found in reports.sort_values("year", ascending=False, kind="stable").groupby(
            "unit_id", sort=False
        )
    ]
    followed = outcome_pages(reports) if outcomes else []
    groups = [_comparisons(years, made, entries)]
    if own := _own(entries, made, None):
        rows = [Row("Egna sidor", [Cell(element("ul", join(own), class_="sidor"), labelled=False)])]
        groups.append(Group(rows, "Egna anteckningsböcker"))
    for place in sorted({place for place, _, _ in named}, key=_order):
        units = sorted(
            (each for each in named if each[0] == place), key=lambda each: analyse.swedish_key(each[1])
        )
        rows = [_row(name, found, years, followed, made, entries) for _, name, found in units]
        groups.append(Group(rows, " · ".join(dict.fromkeys(place))))
    columns = [Column("Enhet"), Column("Sidor")]
    search = element(
        "div",
        Html('<label for="sokord">Sök enhet, område eller typ</label> <input id="sokord" type="search"> ')
        + element("output", "", for_="sokord"),
        id="sok",
        class_="search",
        hidden="hidden",
    )
    listed = table("Alla sidor efter område och typ av enhet", columns, groups, css="stack rep")
    return section("sidor", "Alla sidor", details("Visa alla sidor, med sökruta", search + listed), SCRIPT)


def _order(place: tuple[str, str]) -> tuple[object, ...]:
    return tuple(part for name in place for part in (name == OTHER, analyse.swedish_key(name)))


def _comparisons(
    years: Mapping[int, pd.DataFrame], made: frozenset[str], entries: Mapping[str, Entry]
) -> Group:
    rows = []
    for year in sorted(years, reverse=True):
        pages = {
            f"Jämförelse {year}": str(addresses.comparison_page(year)),
            f"Frågor till enheterna {year}": str(addresses.quality_overview(year)),
        }
        items = [
            _item(name, page, made, entries)
            for name, page in pages.items()
            if page in made or page in entries
        ]
        if items:
            listed = element("ul", join(items), class_="sidor")
            rows.append(Row(f"Alla enheter {year}", [Cell(listed, labelled=False)]))
    return Group(rows, "Alla enheter")


def _row(
    name: str,
    found: pd.DataFrame,
    years: Mapping[int, pd.DataFrame],
    outcomes: Sequence[OutcomePage],
    made: frozenset[str],
    entries: Mapping[str, Entry],
) -> Row:
    documents = [row for _, row in found.iterrows()]
    documents.sort(key=lambda row: (-int(row["year"]), PREFERENCE.index(str(row["kind"]))))
    items = []
    for row in documents:
        name_of_kind = vocabulary.label("kind", str(row["kind"]))
        page = addresses.report_page(row, main_kind(years[int(row["year"])], row))
        asked = str(addresses.questions_page(page))
        items.append(_item(f"{name_of_kind} {row['year']}", str(page), made, entries, asked))
        for each in (each for each in outcomes if each.report_id == row["report_id"]):
            whose = "" if each.alone else f", {each.planner_name}"
            items.append(_item(f"Plan och utfall {row['year']}{whose}", str(each.page), made, entries))
    unit_id = str(found.iloc[0]["unit_id"])
    items += _own(entries, made, unit_id)
    return Row(soft(name), [Cell(element("ul", join(items), class_="sidor"), labelled=False)])


def _own(entries: Mapping[str, Entry], made: frozenset[str], unit_id: str | None) -> list[Html]:
    """The pages of the analyst's own notebooks that are about a unit, or about none; the latest first."""
    mine = [e for e in entries.values() if e.own and e.parameters.get("unit_id") == unit_id]
    mine.sort(key=lambda entry: (entry.page.split("/")[0], entry.page), reverse=True)
    return [_item(entry.title, entry.page, made, entries) for entry in mine]


def main_kind(main: pd.DataFrame, report: pd.Series) -> pd.Series:
    """The kind of the unit's report among those that have the plain addresses."""
    return main.loc[main["unit_id"] == report["unit_id"], "kind"].astype(str)


def _item(text: str, page: str, made: frozenset[str], entries: Mapping[str, Entry], asked: str = "") -> Html:
    """A page; `asked` is the page of questions about the same document."""
    shown = link(page, text) if page in made else Html("{}").format(text)
    if asked in made:
        shown += Html(" · ") + link(asked, Html("frågor") + hidden(f" till enheten, {text}"))
    return element("li", shown + element("span", _state(page, made, entries.get(page)), class_="lvl"))


def _state(page: str, made: frozenset[str], entry: Entry | None) -> str:
    """What became of the page's last run."""
    if entry is None:
        return "gjord, men uppgift om när saknas" if page in made else "inte gjord än"
    day = date(datetime.date.fromisoformat(entry.made[:10]))
    return f"gjord {day}" if entry.ok else f"misslyckades {day}: {entry.message}"
