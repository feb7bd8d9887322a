"""What can be said about a unit's complaints in words: what was done, how many per 100, since last year."""

from __future__ import annotations

import pandas as pd

from vbdata import vocabulary
from vbdata.analyse import complaints
from vbdata.plot.formats import counted, number
from vbdata.render.parts import chance
from vbdata.render.parts.components import details
from vbdata.render.parts.data import UnitData
from vbdata.render.parts.html import Html, element, join

RATED = ("cases", "deviations")
"""Series whose questions are set against the number of users."""
MEANING = (
    "”Kan vara slump” betyder att så stora skillnader uppstår oftare än en gång på tjugo också när inget har "
    "ändrats."
)


def readings(data: UnitData) -> Html:
    """A short list of computed sentences; nothing where nothing can be said."""
    items, rates = [*_shares(data), *_years(data)], _rates(data)
    if not items and not rates:
        return Html("")
    content = _list(items)
    rules = _rules(data)
    note = element("p", rules[-1], class_="note")
    if rules[:-1]:
        what = "Antal per 100, och vad som är slump" if rates else "Vad som är slump"
        note += details(what, _list(rates) + element("p", join(rules[:-1], " ")))
    return element("div", element("h3", "Att läsa ur talen") + content + note, class_="after")


def _list(items: list[str]) -> Html:
    return element("ul", join(element("li", each) for each in items)) if items else Html("")


def _shares(data: UnitData) -> list[str]:
    found = complaints.shares(data.complaints)
    if (found["state"] == "exceeds").any():  # the questions count other cases: no share of them is said
        found = found[found["state"] != "shown"]
    found = found[found["count"].notna() & (found["state"] != "small")]
    said = [share_words(row) for _, row in found.iterrows()]
    several = found[found["state"] == "other_events"]
    if len(several) > 1:  # the same reason twice is said once
        words = " och ".join(vocabulary.label("concept", str(each)).lower() for each in several["concept"])
        said = [each for each in said if "ingen andel." not in each]
        said.append(f"{words[:1].upper()}{words[1:]}: ingen andel visas. {several.iloc[0]['reason']}")
    return [each for each in said if each]


def _rated(data: UnitData) -> pd.DataFrame:
    """Questions of an annual report with a known rate: a part of the year has none per user and year."""
    if data.report["kind"] != "VB":
        return pd.DataFrame()
    counts = complaints.question_counts(data.complaints)
    if counts.empty:  # the form has no question that is known
        return pd.DataFrame()
    series = [vocabulary.questions()[str(code)].series for code in counts["question"]]
    chosen = counts[[each in RATED for each in series]].set_index("report_id")
    if chosen.empty:
        return pd.DataFrame()
    parts = []
    for code, part in chosen.reset_index().groupby("question", sort=False):
        rated = complaints.rated(part, data.report.to_frame().T, data.denominators)
        parts.append(rated.assign(question=code))
    frame = pd.concat(parts, ignore_index=True)
    return frame[frame["rate"].notna()]


def _rates(data: UnitData) -> list[str]:
    items = []
    for _, row in _rated(data).iterrows():
        question = vocabulary.questions()[str(row["question"])]
        count = f"{number(int(row['count']))} {chance.noun(question, int(row['count']))}"
        size = f"{number(int(row['denominator']))} {row['counted']}"
        items.append(f"{count} på {size} är {chance.rate_words(row)}.")
    return items


def _years(data: UnitData) -> list[str]:
    items = []
    for _, row in _changes(data).iterrows():
        found = complaints.compared(_two_years(data, row))
        if found is not None:
            items.append(years_sentence(row, found))
    return items


def _changes(data: UnitData) -> pd.DataFrame:
    found = complaints.year_change(data.complaint_history)
    return found[found["year"] == int(data.report["year"])] if data.report["kind"] == "VB" else found.head(0)


def _two_years(data: UnitData, row: pd.Series) -> pd.DataFrame:
    """The two counts, with the unit's size in each year where both are known."""
    unit_ids = data.complaint_history.drop_duplicates("year").set_index("year")["unit_id"]
    sizes = data.denominators.set_index(["unit_id", "year"])
    rows = []
    for year, count in ((row["year"], row["count"]), (row["before"], row["count_before"])):
        place = str(unit_ids[year]), int(year)
        known = place in sizes.index
        size, noun = sizes.loc[place, ["count", "counted"]] if known else (pd.NA, pd.NA)
        rows.append({"count": count, "denominator": size, "counted": noun})
    return pd.DataFrame(rows)


def _rules(data: UnitData) -> list[str]:
    """What the sentences rest on."""
    rules = []
    rated = _rated(data)
    if len(rated):
        rules.append(
            "Inom parentes står hur långt slumpen ensam kan ha flyttat talet (exakt 95-procentigt "
            "intervall). Antalet "
            f"{rated.iloc[0]['counted']} är bekräftat i enhetsregistret; källa: {rated.iloc[0]['source']}."
        )
    if len(_changes(data)):
        rules.append(f"{MEANING} Metod: ett mid-p-test av två antal, tvåsidigt, med gränsen 5 procent.")
    return [*rules, chance.REPORTING]


def years_sentence(row: pd.Series, found: complaints.Comparison) -> str:
    """One comparison of a unit's two last years in a sentence; `row` is one of `year_change`."""
    question = vocabulary.questions()[str(row["question"])]
    now, before = int(row["count"]), int(row["count_before"])
    if not now and not before:
        return f"Inga {question.plural} varken {row['before']} eller {row['year']}."
    pair = f"{counted(now, question.singular, question.plural)} {row['year']} mot {number(before)} året före"
    basis = f", räknat på antalet {found.counted}" if found.counted else ""
    if now == before and not basis:
        return f"{pair}: lika många."
    if found.kind == "chance":
        return f"{pair} kan vara slump{basis}."
    return f"{pair} är en större skillnad än slumpen brukar ge{basis}."


def share_words(row: pd.Series) -> str:
    """The same in a sentence; empty where nothing can be said."""
    state, of = str(row["state"]), row["of"]
    done = {"feedback_given": "har återkoppling lämnats", "measures_taken": "har åtgärder vidtagits"}
    what = done.get(str(row["concept"]), vocabulary.label("concept", str(row["concept"])).lower())
    if state == "other_events":
        return f"{vocabulary.label('concept', str(row['concept']))}: ingen andel. {row['reason']}"
    if state == "blank":
        return ""
    question = vocabulary.questions()[str(row["question"])]
    if state == "small":
        return f"Färre än {complaints.SMALL} {question.plural}: ingen andel visas för i hur många det {what}."
    if state == "exceeds":
        return (
            f"I {number(int(row['count']))} {what}, men {question.plural} är bara {number(int(of))}: "
            "frågorna kan inte räkna samma händelser."
        )
    return f"I {number(int(row['count']))} av {counted(int(of), question.singular, question.plural)} {what}."
