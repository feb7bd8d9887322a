"""Sentences: every number in them is computed, every noun stands in the right number."""

from __future__ import annotations

import re
from collections import Counter

import pandas as pd

from vbdata import vocabulary
from vbdata.analyse import ComplaintSummary, GoalSummary
from vbdata.analyse.complaints.weight import Weighed
from vbdata.analyse.goals import WEAKEST_FIRST
from vbdata.extract.grammar import parse_quantity
from vbdata.plot.formats import SIGNED_UNITS, counted, decimals_of, in_words, inside, listed, number, sentence

HIGHER = {"women": "högre för kvinnor", "men": "högre för män", "equal": "lika"}
SEXES = {"women": "kvinnor", "men": "män"}
KIND_NOUN = {
    "VB": ("verksamhetsberättelse", "verksamhetsberättelser"),
    "VP": ("verksamhetsplan", "verksamhetsplaner"),
    "T1": ("tertialrapport 1", "tertialrapporter 1"),
    "T2": ("tertialrapport 2", "tertialrapporter 2"),
}
OBSTACLE = {
    "no_value": "utfall saknas",
    "hidden": "utfallet är dolt i den här versionen",
    "no_target": "årsmål saknas",
    "target_in_words": "årsmålet är inget tal",
    "no_direction": "riktningen är okänd",
}

MOST_DECIMALS = 3
"""Of numbers that are no shares: so many are read at a glance."""


def short_names(names: pd.Series) -> dict[str, str]:
    """Names without a closing parenthesis, unless two would then be the same.

    >>> short_names(pd.Series(["Nöjda (LSS)", "Trygga (LSS)", "Trygga"]))["Nöjda (LSS)"]
    'Nöjda'
    """
    distinct = list(dict.fromkeys(names.astype(str)))
    short = {name: re.sub(r"\s*\([^()]*\)\.?$", "", name) or name for name in distinct}
    times = Counter(short.values())
    return {name: short[name] if times[short[name]] == 1 else name for name in distinct}


def short_category(category: str) -> str:
    """A category without the form's instructions.

    >>> short_category("Annat (ange vad i rapporteringsvyn)")
    'Annat'
    """
    return re.sub(r"\s*\([^()]*\)\.?\s*$", "", category) or category


def document(report: pd.Series) -> str:
    """A document by its kind, year, unit and registry number."""
    dnr = "" if pd.isna(report["dnr"]) else f", diarienummer {report['dnr']}"
    return f"{vocabulary.label('kind', str(report['kind']))} {report['year']}, {report['unit_name']}{dnr}"


def value_text(row: pd.Series, column: str) -> str:
    """A value as a table shows it: with the decimals that are printed, of a share at most one."""
    value = row[column]
    unit = row["measure_unit"]
    shown = None if pd.isna(value) else float(value)
    raw = row[f"{column}_raw"]
    printed = parse_quantity("" if pd.isna(raw) else str(raw))
    as_printed = printed is not None and printed.value == shown  # else it is corrected
    most = 1 if pd.notna(unit) and unit in SIGNED_UNITS else MOST_DECIMALS
    decimals = decimals_of(str(raw), most) if as_printed else None
    return number(shown, decimals, "" if pd.isna(unit) else str(unit))


def verdict(row: pd.Series) -> str:
    """Outcome against the unit's own target, in words.

    >>> verdict(pd.Series({"attainment": "not_met", "difference": -13.18, "measure_unit": "%"}))
    'Når inte årsmålet, 13,2\\xa0procentenheter under'
    """
    attainment = row["attainment"]
    if pd.isna(attainment):
        return f"Går inte att bedöma: {OBSTACLE[str(row['obstacle'])]}"
    judged = vocabulary.label("attainment", str(attainment))
    if pd.isna(row["difference"]):
        return judged
    if attainment == "met" and float(row["difference"]) == 0:
        return "Når precis årsmålet"
    return f"{judged}, {difference(float(row['difference']), row['measure_unit'])}"


def council_verdict(row: pd.Series) -> str:
    """Outcome against the council's target, in words.

    >>> council_verdict(pd.Series({"council_attainment": "met", "council_difference": 0, "measure_unit": "%"}
    ... ))
    'Når precis KF:s årsmål'
    """
    reached = f"{'Når' if row['council_attainment'] == 'met' else 'Når inte'} KF:s årsmål"
    if pd.isna(row["council_difference"]):
        return reached
    if row["council_attainment"] == "met" and float(row["council_difference"]) == 0:
        return "Når precis KF:s årsmål"
    return f"{reached}, {difference(float(row['council_difference']), row['measure_unit'])}"


def difference(value: float, measure_unit: object) -> str:
    """How far above or below, in the measure unit."""
    if value == 0:
        return "precis"
    size = number(abs(value))
    if size == "0":
        size = "mindre än 0,1"
    side = "över" if value > 0 else "under"
    if pd.isna(measure_unit) or measure_unit == "index":  # type: ignore[call-overload]
        return f"{size} {side}"
    if measure_unit in SIGNED_UNITS:
        noun = "procentenhet" if size == "1" else "procentenheter"
        return f"{size}\u00a0{noun} {side}"
    return f"{size}\u00a0{measure_unit} {side}"


def goals_statement(summary: GoalSummary, is_plan: bool = False) -> str:
    """The bold statement about a unit's own goals."""
    total, counts = summary.total, summary.counts
    if not total:
        return "Inga enhetsmål i dokumentet"
    if is_plan:
        return f"{total} enhetsmål i planen"
    if counts["met"] == total:
        return "Enhetens enda mål uppfylls helt" if total == 1 else f"Alla {total} enhetsmål uppfylls helt"
    for status, words in (("not_met", "uppfylls inte"), ("partly_met", "uppfylls delvis")):
        if counts[status] and counts[status] == summary.short_of:
            return f"{counts[status]} av {total} enhetsmål {words}"
    if summary.short_of:
        return f"{summary.short_of} av {total} enhetsmål uppfylls inte helt"
    return f"{counts['met']} av {total} enhetsmål uppfylls helt"


def no_data(goals: pd.DataFrame) -> str:
    """The judgement Inga data, with the document's words where they are others.

    >>> no_data(pd.DataFrame({"status": ["no_data"], "status_raw": ["Ingen"]}))
    'Inga data (i dokumentet ”Ingen”)'
    """
    label = vocabulary.label("status", "no_data")
    printed = goals.loc[goals["status"].eq("no_data").fillna(False), "status_raw"].dropna().astype(str)
    other = [f"”{each}”" for each in dict.fromkeys(printed.str.strip(" –—■*")) if each != label]
    return f"{label} (i dokumentet {listed(other)})" if other else label


def contradicted(count: int) -> str:
    """How many judgements something in the report speaks against, as the start of a sentence.

    >>> contradicted(1)
    'En bedömning bör kontrolleras mot resten av rapporten'
    """
    what = "En bedömning" if count == 1 else f"{sentence(in_words(count))} bedömningar"
    return f"{what} bör kontrolleras mot resten av rapporten"


def goals_rest(summary: GoalSummary, goals: pd.DataFrame) -> str:
    """What the statement leaves out: goals without data or without a status."""
    parts = []
    if summary.counts["no_data"]:
        parts.append(
            f"{sentence(in_words(summary.counts['no_data'], neuter=True))} mål har bedömningen "
            f"{no_data(goals)}."
        )
    if summary.unstated:
        parts.append(
            f"{sentence(in_words(summary.unstated, neuter=True))} mål saknar bedömning i dokumentet."
        )
    return " ".join(parts)


def goals_short(summary: GoalSummary) -> str:
    """Goals per status, as few words as there are: «2 uppfylls delvis, 6 uppfylls helt»."""
    told = [
        f"{summary.counts[status]} {inside(word)}"
        for status in WEAKEST_FIRST
        if summary.counts[status]
        for word in [vocabulary.label("status", status)]
    ]
    return ", ".join([*told, *([f"{summary.unstated} utan uppgift"] if summary.unstated else [])])


def cases(facet: str, count: int) -> str:
    """A count with the facet's own noun: «1 avvikelse», «3 ärenden»."""
    return counted(count, *vocabulary.facet_nouns()[facet])


def complaints_statement(summary: ComplaintSummary) -> str:
    """The bold statement about complaints."""
    if summary.state == "missing":
        return "Blanketten för synpunkter och klagomål saknas"
    if summary.state == "empty":
        return "Blanketten finns men är tom"
    if summary.state == "unread":
        return "Blankettens antal har inte kunnat läsas"
    if summary.facet is None or summary.total is None:
        return "Blanketten är delvis ifylld, men summor saknas"
    text = cases(summary.facet, summary.total)
    if summary.facet not in ("complaint_subject", "case_subject"):
        label = vocabulary.label("facet", summary.facet)
        return (
            text
            if text.split(" ", 1)[1] in label.casefold() and len(label) < 12
            else f"{label.rstrip('?:')}: {text}"
        )
    if summary.leading is None or not summary.total:
        return text
    category, count = summary.leading
    if count == summary.total:
        return f"{text}, {'alla ' if count > 1 else ''}om {category_words(category)}"
    return f"{text}, varav {count} om {category_words(category)}"


IVO = ("anmälan till IVO", "anmälningar till IVO")


def counted_cases(each: Weighed) -> str:
    """A question's count and its gravest category: «11 synpunkter och klagomål, varav 4 om ”Mat”».

    >>> counted_cases(Weighed("complaints", 3, leading=("Mat", 1)))
    '3 synpunkter och klagomål, varav 1 om ”Mat”'
    >>> counted_cases(Weighed("complaints", 3, True, leading=("Mat", 1), facet="complaint_source", other=1))
    'minst 3 synpunkter och klagomål (1 gäller ”Mat”, för 2 står inte vad de gällde)'
    """
    if each.total is None:
        raise ValueError(f"frågan {each.question} har inget antal")
    question = vocabulary.questions().get(each.question)
    nouns = (question.singular, question.plural) if question else IVO
    text = f"{'minst ' if each.at_least else ''}{counted(each.total, *nouns)}"
    if each.leading is None or each.facet is not None or each.question not in ("complaints", "cases"):
        return text + other_count(each)
    category, count = each.leading
    of = f"varav {count} " if count < each.total else "" if count == 1 else "alla "
    return f"{text}, {of}om {category_words(category)}{other_count(each)}"


def other_count(each: Weighed) -> str:
    """What the form says the cases were about, and of how many it does not; empty where it says it of all."""
    if each.other is None or each.total is None:
        return ""
    untold = each.total - each.other
    rest = f"{untold} står inte vad {'den' if untold == 1 else 'de'} gällde"
    if not each.other or each.leading is None:
        return f" (för {rest})"
    category, count = each.leading
    verb = "gäller" if count == each.other else "av dem gäller"
    return f" ({count} {verb} {category_words(category)}, för {rest})"


def counted_alike(same: bool) -> str:
    """That questions of the form are not added up, and why where they count cases of one period."""
    return (
        "Frågorna kan räkna samma händelser på olika sätt och ska inte läggas ihop."
        if same
        else "Frågorna om vad ärendena gällde och vem de kom från är ifyllda för olika delar av året: de "
        "räknar inte samma händelser."
    )


def category_words(category: str) -> str:
    """A category inside a sentence, marked as the form's own word."""
    return f"”{short_category(category)}”"


MOST_KINDS = 3
"""How many kinds of finding are named where there are two more of them at least."""


def commonest(codes: pd.Series) -> str:
    """The kinds of finding that there are most of, and how many are of other kinds.

    >>> commonest(pd.Series(["row_twice", "status_missing", "row_twice"]))
    'raden står två gånger (2) och bedömning saknas (1)'
    """
    counts = Counter(inside(vocabulary.label("finding", str(code))) for code in codes).most_common()
    most = MOST_KINDS if len(counts) > MOST_KINDS + 1 else len(counts)
    told = [f"{label} ({count})" for label, count in counts[:most]]
    rest = sum(count for _, count in counts[most:])
    return listed([*told, f"{rest} av andra slag"] if rest else told)


_LAST_QUOTE = re.compile(r"(?<!säger)(?<!står): ”[^”]*”\.*$")
LONGEST = 480
"""Letters of a finding's message that a sentence may have."""


def finding_words(finding: pd.Series) -> str:
    """What was found, as one sentence without its last quote; nothing where the message is too long.

    >>> finding_words(pd.Series({"message": "Målet ”A” är bedömt, men inte klart: ”Vi är …”."}))
    'Målet ”A” är bedömt, men inte klart'
    """
    said = re.sub(r"(?<=\d) %", "\u00a0%", _LAST_QUOTE.sub("", str(finding["message"])).rstrip("."))
    return said if len(said) <= LONGEST else ""


def counted_units(count: int, words: bool = False) -> str:
    """«1 enhet», «3 enheter», «tre enheter»."""
    return f"{in_words(count) if words else count} {'enhet' if count == 1 else 'enheter'}"


def tasks(count: int) -> str:
    """How many findings: «1 uppgift», «3 uppgifter»."""
    return counted(count, "uppgift", "uppgifter")


def questions(count: int) -> str:
    """How many findings there are to ask about: «1 fråga», «3 frågor»."""
    return counted(count, "fråga", "frågor")


def documents(reports: pd.DataFrame) -> str:
    """How many documents of each kind: «3 verksamhetsberättelser och 1 verksamhetsplan»."""
    kinds = reports["kind"].astype(str)
    return listed(
        [counted(int((kinds == kind).sum()), *KIND_NOUN[kind]) for kind in KIND_NOUN if (kinds == kind).any()]
    )
