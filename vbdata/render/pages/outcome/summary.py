"""«Läget i korthet»: the unit's own goals, the targets, the activities; and whose plan it is."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from vbdata import vocabulary
from vbdata.analyse.attention import doubts, miss_order
from vbdata.analyse.plan_outcome import stated_targets
from vbdata.plot.formats import counted, date, in_words, listed, sentence
from vbdata.register import Succession
from vbdata.render.pages.outcome.activities import end_dates
from vbdata.render.pages.outcome.data import OutcomeData
from vbdata.render.pages.outcome.goals import count_of
from vbdata.render.pages.outcome.goals import said_of as said_of_goal
from vbdata.render.pages.outcome.grouping import MOVED, activity_group, target_group
from vbdata.render.pages.outcome.places import place
from vbdata.render.pages.outcome.places import said as quoted
from vbdata.render.pages.outcome.targets import missed as is_missed
from vbdata.render.pages.outcome.targets import report_row
from vbdata.render.pages.outcome.targets import said_of as said_of_target
from vbdata.render.parts import addresses, shared, words
from vbdata.render.parts.components import (
    BRIEF,
    Statement,
    callout,
    chips,
    finding_link,
    link,
    section,
    three,
)  # fmt: skip
from vbdata.render.parts.html import Block, Html, element, join

MOST_NAMED = 2
"""How many rows a statement names; the section has them all."""


def summary(data: OutcomeData) -> Block:
    """Whose plan it is where it was another unit's, then the three."""
    statements = [_goals(data), _targets(data), _activities(data)]
    whose = callout(_whose(data)) if data.way else ""
    return section(*BRIEF, shared.notice(data.profile), whose, three(statements))


# Whose plan it is


def _whose(data: OutcomeData) -> Html:
    """That the plan is a predecessor's, what happened, and what that means for the reading."""
    steps = [_step(data, each) for each in data.way]
    return join(
        [
            element("strong", f"Planen är skriven av {data.plan.name}."),
            *steps,
            _meaning(data),
            *_others(data),
        ],
        " ",
    )


def _step(data: OutcomeData, each: Succession) -> str:
    before, after, day = (
        data.unit_name(each.predecessor_id),
        data.unit_name(each.successor_id),
        date(each.date),
    )
    if each.kind == "rename":
        return f"Enheten bytte namn till {after} den {day}."
    if each.kind == "merge":
        return f"{before} gick upp i {after} den {day}."
    heirs = [s for s in data.register.successors_of(each.predecessor_id) if s.kind == "split"]
    return (
        f"{before} delades den {day}. {after} är en av {in_words(max(len(heirs), 2))} enheter som tog över."
    )


def _meaning(data: OutcomeData) -> str:
    kinds = {each.kind for each in data.way}
    if "split" in kinds:
        return "Planen gällde hela den gamla enheten, så mål och årsmål kan ha avsett mer än den här enheten."
    return "Planen gällde bara en del av den här enheten." if "merge" in kinds else ""


def _others(data: OutcomeData) -> list[Html]:
    """Who else follows up the plan, and who should but has no report here."""
    said = []
    if data.siblings:
        links = [link(addresses.href(each.page, data.page), each.unit_name) for each in data.siblings]
        said.append(Html("Samma plan följs också upp av {}.").format(join(links, ", ")))
    if data.heirs:
        names = listed([data.unit_name(unit_id) for unit_id in data.heirs])
        said.append(Html("Ingen rapport är inläst från {}.").format(names))
    return said


# Goals


def _goals(data: OutcomeData) -> Statement:
    counts = count_of(data.goals, "unit")
    mine = data.goals[data.goals["level"] == "unit"]
    followed = mine[mine["change"].isin(["kept", "reworded"])]
    judged = Counter(followed["status"].dropna().astype(str))
    kept = _goals_big(counts)
    big = f"{judged['not_met']} av planens {counts['planned']} enhetsmål uppfylls inte"
    told = [] if not judged["not_met"] else [f"{kept}."]
    return Statement(
        "Mål",
        big if judged["not_met"] else kept,
        join(
            [
                *_missed_goals(data, followed),
                *told,
                *_goals_rest(data, mine, counts),
                _contradicted(data, mine),
                _judged_words(judged, len(followed)),
            ],
            " ",
        ),
        (("#mal", "Alla mål i plan och rapport"),),
        chips(judged),
    )


def _missed_goals(data: OutcomeData, followed: pd.DataFrame) -> list[Html]:
    """The goals that are not met by name, the first with the unit's own reason."""
    missed = followed[followed["status"].eq("not_met").fillna(False)].head(MOST_NAMED)
    told = []
    for i, (_, change) in enumerate(missed.iterrows()):
        shown = Html("”{}” ({}).").format(change["report_title"], place(data, change["report_ids"][0]))
        why = quoted(data, said_of_goal(data, change)) if not i else Html("")
        told.append(shown + Html(" {}.").format(why) if why else shown)
    return told


def _contradicted(data: OutcomeData, mine: pd.DataFrame) -> Html:
    """Judgements of the report that something in it speaks against."""
    findings, page = data.report.findings, addresses.href(data.report.page, data.page)
    ids = [each for ids in mine["report_ids"] for each in ids]
    found = findings[doubts(findings, ids)].drop_duplicates("row_id")
    if found.empty:
        return Html("")
    links = [finding_link(row, page, short=bool(i)) for i, (_, row) in enumerate(found.iterrows())]
    return Html("{} ({} i rapporten).").format(words.contradicted(len(found)), join(links, " "))


def _goals_big(counts: dict[str, int]) -> str:
    planned = counts["planned"]
    if not planned:
        return "Planen har inga enhetsmål"
    if counts["dropped"] == planned:
        return (
            "Planens enda enhetsmål finns inte i rapporten"
            if planned == 1
            else (f"Inget av planens {planned} enhetsmål finns i rapporten")
        )
    if counts["dropped"]:
        return f"{counts['dropped']} av {planned} enhetsmål i planen finns inte i rapporten"
    if counts["unclear_plan"]:
        return f"{counts['unclear_plan']} av {planned} enhetsmål i planen går inte säkert att följa"
    if planned == 1:
        return "Planens enda enhetsmål finns i rapporten"
    return f"Alla {planned} enhetsmål i planen finns i rapporten"


def _goals_rest(data: OutcomeData, mine: pd.DataFrame, counts: dict[str, int]) -> list[Html]:
    said = _named(data, mine[mine["change"] == "dropped"], "plan_title", "”{}” finns bara i planen ({}).")
    said += _named(data, mine[mine["change"] == "added"], "report_title", "”{}” finns bara i rapporten ({}).")
    if counts["reworded"]:
        word = "omformulerat" if counts["reworded"] == 1 else "omformulerade"
        said.append(Html("{} är {}.").format(_many(counts["reworded"]), word))
    if counts["dropped"] and counts["unclear_plan"]:
        said.append(Html("{} går inte säkert att följa.").format(_many(counts["unclear_plan"])))
    return said


def _judged_words(judged: Counter[str], followed: int) -> str:
    """What the chips count: the goals of the plan that the report has, and judges."""
    total = sum(judged.values())
    if not total:
        return ""
    if total == followed:
        which = "det mål" if total == 1 else f"de {in_words(total)} mål"
        return f"Rapportens bedömning av {which} som finns i båda:"
    without = _many(followed - total)
    of = "det andra" if total == 1 else f"de {in_words(total)} andra"
    return f"{without} saknar bedömning i rapporten. Bedömningen av {of}:"


def _many(count: int) -> str:
    return sentence(in_words(count, neuter=True))


def _named(data: OutcomeData, changes: pd.DataFrame, column: str, template: str) -> list[Html]:
    """The first rows by name and place, and how many more there are."""
    said = []
    for _, row in changes.head(MOST_NAMED).iterrows():
        row_id = (row["plan_ids"] or row["report_ids"])[0]
        said.append(Html(template).format(str(row[column]), place(data, row_id)))
    more = len(changes) - len(said)
    return [*said, Html("{} mål till.").format(_many(more))] if more else said


# Targets


def _targets(data: OutcomeData) -> Statement:
    changes = data.targets
    groups = Counter(target_group(row) for _, row in changes.iterrows())
    planned = changes[changes["plan_ids"].map(bool).astype(bool)]
    own = stated_targets(planned, data.rows)
    missed = [row for _, row in changes.iterrows() if is_missed(data, row)]
    rows = [report_row(data, row) for _, row in changes.iterrows()]
    judged = sum(row is not None and pd.notna(row["attainment"]) for row in rows)
    followed = _targets_big(groups, len(planned), own)
    return Statement(
        "Årsmål",
        f"{len(missed)} av {judged} utfall når inte årsmålet" if missed else followed,
        join(
            [
                *_missed_targets(data, missed),
                *([f"{followed}."] if missed else []),
                *_targets_rest(data, groups),
            ],
            " ",
        ),
        (("#indikatorer", "Alla indikatorer och årsmål"),),
    )


def _missed_targets(data: OutcomeData, missed: list[pd.Series]) -> list[Html]:
    """The outcomes that weigh most, the first with the unit's own reason."""
    rows = {i: data.rows[change["report_ids"][0]] for i, change in enumerate(missed)}
    order = sorted(rows, key=lambda i: miss_order(rows[i]))[:MOST_NAMED]
    told = []
    for i in order:
        row, where = rows[i], place(data, missed[i]["report_ids"][0])
        value, target = (words.value_text(row, each) for each in ("value", "target"))
        name = words.short_category(str(row["name"]))
        shown = Html("{}: {} mot årsmålet {} ({}).").format(name, value, target, where)
        why = quoted(data, said_of_target(data, missed[i])) if i == order[0] else Html("")
        told.append(shown + Html(" {}.").format(why) if why else shown)
    return told


def _targets_big(groups: Counter[str], planned: int, own: int) -> str:
    if not planned:
        return "Planen har inga indikatorer"
    if groups["moved"]:
        return f"{groups['moved']} av {own} egna årsmål i planen är ett annat i rapporten"
    if groups["no_row"] == planned:
        return f"Ingen av planens {planned} indikatorer finns i rapporten"
    if groups["no_row"]:
        return f"{groups['no_row']} av {planned} indikatorer i planen finns inte i rapporten"
    if groups["removed"]:
        return f"{groups['removed']} av {own} egna årsmål i planen saknas i rapporten"
    if groups["unclear"]:
        return (
            f"{counted(groups['unclear'], 'indikator', 'indikatorer')} går inte säkert att följa från planen"
        )
    if own:
        return (
            "Planens enda egna årsmål står kvar" if own == 1 else f"Alla {own} egna årsmål i planen står kvar"
        )
    return f"Ingen av planens {planned} indikatorer hade ett eget årsmål"


def _targets_rest(data: OutcomeData, groups: Counter[str]) -> list[Html]:
    said = []
    changes = data.targets
    for _, row in changes[changes["target_change"] == "moved"].head(MOST_NAMED).iterrows():
        plan, report = (data.rows[row[f"{side}_ids"][0]] for side in ("plan", "report"))
        said.append(
            Html("{}: {} i planen, {} i rapporten ({}, {}).").format(
                words.short_category(str(row["name"])), target_text(plan), target_text(report),
                place(data, row["plan_ids"][0]), place(data, row["report_ids"][0]),
            )
        )  # fmt: skip
    if groups["moved"] > MOST_NAMED:
        said.append(Html("{} årsmål till.").format(_many(groups["moved"] - MOST_NAMED)))
    if groups["moved"] and groups["no_row"]:
        noun = counted(groups["no_row"], "indikator", "indikatorer")
        said.append(Html("{} i planen finns inte i rapporten.").format(noun))
    said += _lost_targets(data)
    silent = int((changes["reported"] == "no_value").sum())
    if silent:
        said.append(Html("{} saknar utfall i rapporten.").format(counted(silent, "indikator", "indikatorer")))
    if groups["set"]:
        said.append(Html("{} årsmål står bara i rapporten.").format(_many(groups["set"])))
    return said


def _lost_targets(data: OutcomeData) -> list[Html]:
    """Targets of the plan whose indicator the report lacks."""
    gone = data.targets[data.targets["change"] == "dropped"]
    stated = [row for _, row in gone.iterrows() if pd.notna(data.rows[row["plan_ids"][0]]["target"])]
    if not stated:
        return []
    first = stated[0]
    plan = data.rows[first["plan_ids"][0]]
    name = words.short_category(str(first["name"]))
    if len(stated) == 1:
        text = Html("Ett eget årsmål är därför inte uppföljt: {}, {} ({}).")
        return [text.format(name, target_text(plan), place(data, first["plan_ids"][0]))]
    return [Html("{} egna årsmål är därför inte uppföljda.").format(_many(len(stated)))]


def target_text(row: pd.Series) -> str:
    """A target as a sentence has it: a number, or the rule in words."""
    if pd.notna(row["target"]):
        return words.value_text(row, "target")
    rule = row["target_rule"]
    return "inget årsmål" if pd.isna(rule) else f"”{vocabulary.label('target_rule', str(rule)).lower()}”"


# Activities


def _activities(data: OutcomeData) -> Statement:
    changes = data.activities
    groups = Counter(activity_group(row) for _, row in changes.iterrows())
    planned = int(changes["plan_ids"].map(bool).sum())
    return Statement(
        "Aktiviteter",
        _activities_big(groups, planned),
        join(_activities_rest(data, groups), " "),
        (("#aktiviteter", "Alla aktiviteter i plan och rapport"),),
    )


def _activities_big(groups: Counter[str], planned: int) -> str:
    if not planned:
        return "Planen har inga aktiviteter"
    if groups["dropped"] == planned:
        return f"Ingen av planens {planned} aktiviteter finns i rapporten"
    noun = counted(planned, "aktivitet", "aktiviteter")
    if groups["dropped"]:
        return f"{groups['dropped']} av {noun} i planen finns inte i rapporten"
    if groups["end"]:
        return f"{groups['end']} av {noun} i planen har fått nytt slutdatum"
    if groups["unclear"]:
        return (
            f"{counted(groups['unclear'], 'aktivitet', 'aktiviteter')} går inte säkert att följa från planen"
        )
    return (
        "Planens enda aktivitet finns i rapporten"
        if planned == 1
        else f"Alla {planned} aktiviteter i planen finns i rapporten"
    )


def _activities_rest(data: OutcomeData, groups: Counter[str]) -> list[Html]:
    changes = data.activities
    dropped = changes[changes["change"] == "dropped"].head(MOST_NAMED)
    said = [
        Html("”{}” ({}).").format(str(row["plan_title"]).rstrip("."), place(data, row["plan_ids"][0]))
        for _, row in dropped.iterrows()
    ]
    ends = changes[changes["end_change"].isin(MOVED)]
    for _, row in _longest_first(ends).head(1).iterrows():
        places = join([place(data, row["plan_ids"][0]), place(data, row["report_ids"][0])], ", ")
        title = str(row["report_title"]).rstrip(".")
        said.append(Html("”{}” är flyttad {} ({}).").format(title, end_dates(row), places))
    if groups["end"] > 1:
        more = groups["end"] - 1
        noun = "aktivitet" if more == 1 else "aktiviteter"
        said.append(Html("{} {} till.").format(sentence(in_words(more)), noun))
    unclear = changes[changes["change"].eq("unclear") & changes["plan_ids"].map(bool).astype(bool)]
    if len(unclear) and (groups["dropped"] or groups["end"]):
        also = " till" if groups["dropped"] else ""
        reworded = "omformulerad" if len(unclear) == 1 else "omformulerade"
        places = join([place(data, row_id) for row_id in unclear["plan_ids"].str[0]], ", ")
        many = sentence(in_words(len(unclear)))
        said.append(Html("{}{} kan vara {} ({}).").format(many, also, reworded, places))
    if groups["added"]:
        said.append(Html("{} finns bara i rapporten.").format(sentence(in_words(groups["added"]))))
    silent = int((~changes["analysed"].dropna()).sum())
    if silent:
        said.append(Html("{} i rapporten saknar analys.").format(counted(silent, "aktivitet", "aktiviteter")))
    return said


def _longest_first(ends: pd.DataFrame) -> pd.DataFrame:
    """The activities whose end moved most; those that lost or got a date last."""
    both = [pd.notna(row["plan_end"]) and pd.notna(row["report_end"]) for _, row in ends.iterrows()]
    days = [
        -abs((row["report_end"] - row["plan_end"]).days) if known else 0
        for known, (_, row) in zip(both, ends.iterrows(), strict=True)
    ]
    return ends.assign(_days=days).sort_values("_days", kind="stable").drop(columns="_days")
