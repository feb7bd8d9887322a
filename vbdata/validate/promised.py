"""Expected results of a plan beside those of the report that follows it up: left out, or another number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vbdata.extract.document import Place
from vbdata.language.prose import enumerated, plain_sentences, quote
from vbdata.language.quantities import quantities_in
from vbdata.normalise.noted import Noted, Other
from vbdata.pairing.items import likeness
from vbdata.validate.checks.trades import trades_of
from vbdata.validate.expected import Stems, about, shared, stems

Row = dict[str, Any]
#: Columns of passages that the comparison reads.
COLUMNS = ("report_id", "row_id", "goal_id", "section", "text", "source_line", "source_page")
#: Sentences as alike as this are one; words of one that are gone, at least so many and such a part of them.
ALIKE, GONE, PART = 92.0, 2, 0.4
#: Goals that have lost some, above which most of them tell of a way of writing.
FEW = 3
#: Part of the words that two sentences of one thing share.
SAME = 0.6


def promised(
    pairs: Sequence[tuple[Row, Row]], passages: Sequence[Row], called: str, year: int, unit_name: str = ""
) -> Iterator[tuple[str, Noted]]:
    """Questions about expected results, each with the report that it is about.

    Parameters
    ----------
    pairs
        A goal of the plan and the same goal of the report.
    passages
        Rows of passages with `COLUMNS`.
    called
        What the report is called in a message.
    unit_name
        The plan's unit, which tells its trade.
    """
    wanted = {row["goal_id"] for both in pairs for row in both}
    texts: dict[str, list[Row]] = {}
    for row in passages:
        if row["section"] == "expected_result" and row["goal_id"] in wanted and row["text"]:
            texts.setdefault(row["goal_id"], []).append(row)
    both = [(ours, theirs) for ours, theirs in pairs if ours["goal_id"] in texts]
    if 2 * sum(theirs["goal_id"] in texts for _, theirs in both) <= len(both):
        return  # the report does not print them
    gone = []
    for ours, theirs in both:
        plan, report = texts[ours["goal_id"]], texts.get(theirs["goal_id"], [])
        now = [sentence for row in report for sentence in plain_sentences(row["text"])]
        lost = []
        for sentence in (s for row in plan for s in plain_sentences(row["text"])):
            like = max(now, key=lambda each: likeness(sentence, each), default="")
            if _is_gone(sentence, like, now):
                lost.append(sentence)
            elif _moved(sentence, like, year):
                words = {"title": theirs["title"], "now": quote(like, 120), "planned": quote(sentence, 120)}
                other = Other("passages", plan[0]["row_id"], _place(plan[0]), "text", ours["report_id"])
                noted = Noted("plan_expected_changed", *_at(report[0]), words, other=other)
                yield theirs["report_id"], noted
        if lost:
            gone.append((ours, plan[0], report[0] if report else theirs, lost))
    many = len(gone) > FEW and 2 * len(gone) > len(both)
    yield from _dropped(gone, called, trades_of([unit_name]), many=many)


_Gone = tuple[Row, Row, Row, list[str]]


def _dropped(gone: Sequence[_Gone], called: str, own: set[str], *, many: bool) -> Iterator[tuple[str, Noted]]:
    """One question for each goal; where most have lost some, one for all. Another trade's weighs least."""
    for goal, plan, report, lost in gone[: 1 if many else None]:
        others = bool(own) and all(trades_of([each]) and own.isdisjoint(trades_of([each])) for each in lost)
        more = f" Så är det också för {len(gone) - 1} andra mål." if many else ""
        words = {
            "title": goal["title"],
            "quotes": enumerated([f"”{quote(each, 100)}”" for each in lost], 2),
            "report": called,
            "more": more + (" Det nämner en annan verksamhet än enhetens." if others else ""),
        }
        table, row_id, where = _at(report)
        other = Other(table, row_id, where, None, report["report_id"])
        gravity = 1 if others else None
        noted = Noted("plan_expected_dropped", *_at(plan), words, other=other, gravity=gravity)
        yield goal["report_id"], noted


def _is_gone(sentence: str, like: str, now: Sequence[str]) -> bool:
    """Nothing of it stands in what is expected now, or a part of it is left out."""
    words = about(sentence)
    if not words or likeness(sentence, like) >= ALIKE:
        return False
    said = Stems(word for each in now for word in about(each))
    lost = len(words) - shared(words, said)
    return lost == len(words) or (lost >= GONE and lost >= PART * len(words))


def _moved(sentence: str, like: str, year: int) -> bool:
    """Two sentences of one thing have as many numbers of the same kinds, one of them another."""
    words, before, after = about(sentence), quantities_in(sentence, year), quantities_in(like, year)
    if not words or shared(words, stems(like)) < SAME * len(words):
        return False
    kinds = [q.measure_unit for q in before] == [q.measure_unit for q in after]
    return kinds and any(one.value != two.value for one, two in zip(before, after, strict=True))


def _at(row: Mapping[str, Any]) -> tuple[str, str, Place]:
    if "row_id" in row:
        return "passages", row["row_id"], _place(row)
    return "goals", row["goal_id"], _place(row)


def _place(row: Mapping[str, Any]) -> Place:
    return Place(row["source_line"], row["source_page"])
