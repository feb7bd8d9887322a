"""The sentences of the unit's page that no other page has."""

from __future__ import annotations

import pandas as pd

from vbdata.analyse import ComplaintSummary, IndicatorSummary
from vbdata.analyse.complaints.form import unread
from vbdata.analyse.complaints.weight import GRAVE, Weighed
from vbdata.plot.formats import counted, in_words, listed, sentence

CASES = ("complaints", "cases")


def indicators_statement(summary: IndicatorSummary) -> str:
    """The bold statement about indicators."""
    total = summary.total
    if not total:
        return "Inga indikatorer hittades i dokumentet"
    if not summary.judged:
        what = "Indikatorn" if total == 1 else f"Ingen av {total} indikatorer"
        return f"{what} går {'inte ' if total == 1 else ''}att jämföra med ett årsmål"
    if summary.not_met:
        return f"{summary.not_met} av {counted(total, 'indikator', 'indikatorer')} når inte årsmålet"
    if summary.met == total:
        return "Den enda indikatorn når årsmålet" if total == 1 else f"Alla {total} indikatorer når årsmålet"
    return f"{summary.met} av {total} indikatorer når årsmålet"


def indicators_met(summary: IndicatorSummary) -> str:
    """How many reach their targets, inside a sentence."""
    return f"{in_words(summary.met)} av {in_words(summary.total)} når årsmålet"


def complaints_rest(summary: ComplaintSummary) -> str:
    """The sentence under the statement about a form without counts."""
    return {
        "missing": "Dokumentet har ingen blankett. Det betyder inte att inga synpunkter har kommit in.",
        "empty": "Ingen ruta är ifylld. En tom ruta är inte samma sak som noll.",
        "unread": "Blanketten är ifylld, men filens text visar inte i vilka rutor. Läs antalen i originalet.",
    }[summary.state]


def no_cases(summary: ComplaintSummary, asked: list[Weighed]) -> str:
    """The bold statement where the form counts no case."""
    if summary.facet is None or summary.total is None:
        return "Blanketten är delvis ifylld, men summor saknas"
    if any(each.known_zero for each in asked if each.question in CASES):
        return "Noll synpunkter och klagomål"
    return "Inga ärenden är inskrivna, men rutor är tomma"


def blank_questions(asked: list[Weighed], form: pd.DataFrame) -> list[str]:
    """What the form leaves open of what weighs most: zero, no case so far, or nothing at all."""
    if unread(form).any():
        return ["Alla antal har inte kunnat läsas; läs dem i originalet."]
    mine = {each.question: each for each in asked if each.question in (*GRAVE, *CASES)}
    names = {"ivo": "anmälningar till IVO", "lex_sarah": "lex Sarah-rapporter"}
    names |= {code: "synpunkter och klagomål" for code in CASES}
    zero = [names[code] for code, each in mine.items() if each.known_zero]
    part = [names[code] for code, each in mine.items() if each.total == 0 and each.in_part]
    blank = [names[code] for code, each in mine.items() if each.total is None]
    return [
        *([f"Noll {listed(zero)}."] if zero else []),
        *([f"Om {listed(part)}: noll i en ruta, de andra är tomma."] if part else []),
        *([f"Rutorna för {listed(blank)} är tomma, vilket inte är noll."] if blank else []),
    ]


def findings_callout(count: int) -> str:
    """The bold start of the callout about what there is to ask."""
    if count == 1:
        return "En fråga om dokumentet"
    return f"{sentence(in_words(count))} frågor om dokumentet"
