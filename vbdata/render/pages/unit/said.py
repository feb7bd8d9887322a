"""The sentences of the unit's page that no other page has."""

from __future__ import annotations

from vbdata import vocabulary
from vbdata.analyse import ComplaintSummary, IndicatorSummary
from vbdata.plot.formats import counted, in_words, listed, sentence


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


def complaints_rest(summary: ComplaintSummary) -> str:
    """The sentence under the statement."""
    if summary.state == "missing":
        return "Dokumentet har ingen blankett. Det betyder inte att inga synpunkter har kommit in."
    if summary.state == "empty":
        return "Ingen ruta är ifylld. En tom ruta är inte samma sak som noll."
    if summary.state == "unread":
        return "Blanketten är ifylld, men filens text visar inte i vilka rutor. Läs antalen i originalet."
    parts = []
    if summary.subject_blank:
        parts.append("Rutorna för vad synpunkterna gällde är tomma; tom ruta är inte noll.")
    named = [
        (facet, total) for facet, total in summary.others if facet in ("praise", "data_incident", "lex_sarah")
    ]
    if named:
        words = [f"{total} {_counted_as(facet, total)}" for facet, total in named]
        parts.append(f"Dessutom {listed(words)}.")
    if summary.total is not None and 0 < summary.total < 20:
        parts.append("Talen är små och säger inget om utveckling över tid.")
    return " ".join(parts)


def _counted_as(facet: str, count: int) -> str:
    special = {"lex_sarah": "lex Sarah-", "data_incident": "personuppgifts"}
    return special.get(facet, "") + vocabulary.facet_nouns()[facet][count != 1]


def findings_callout(count: int) -> str:
    """The bold start of the callout about what should be checked."""
    if count == 1:
        return "En uppgift bör kontrolleras mot dokumentet"
    return f"{sentence(in_words(count))} uppgifter bör kontrolleras mot dokumentet"
