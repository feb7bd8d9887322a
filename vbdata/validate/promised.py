"""Expected results of a plan beside those of the report that follows it up: left out, or another number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vbdata.extract.document import Place
from vbdata.language.prose import enumerated, plain_sentences, quote
from vbdata.language.quantities import quantities_in
from vbdata.normalise.lines import place_of_sentence
from vbdata.normalise.noted import Noted, Other
from vbdata.pairing.items import likeness
from vbdata.validate.checks.trades import trades_of
from vbdata.validate.expected import Stems, about, shared, stems
from vbdata.validate.places import place

Row = dict[str, Any]
#: Columns of passages that the comparison reads.
COLUMNS = (
    "report_id", "row_id", "goal_id", "section", "text", "sentence_lines", "source_line", "source_page",
)  # fmt: skip
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
    texts: dict[str, list[_Said]] = {}
    for row in passages:
        if row["section"] == "expected_result" and row["goal_id"] in wanted and row["text"]:
            texts.setdefault(row["goal_id"], []).extend(_sentences(row))
    both = [(ours, theirs) for ours, theirs in pairs if ours["goal_id"] in texts]
    if 2 * sum(theirs["goal_id"] in texts for _, theirs in both) <= len(both):
        return  # the report does not print them
    gone = []
    for ours, theirs in both:
        plan, report = texts[ours["goal_id"]], texts.get(theirs["goal_id"], [])
        now = Stems(word for each in report for word in about(each.text))
        lost, kept = list[_Pair](), list[_Pair]()
        for each in plan:
            like = _nearest(each, report)
            (lost if _is_gone(each, like, now) else kept).append((each, like))
        yield from _changed(ours, theirs, kept, year)
        if lost:
            table, row_id, place = _at(lost[0][1] or theirs)
            there = Other(table, row_id, place, report_id=theirs["report_id"])
            gone.append((ours, there, [each for each, _ in lost]))
    many = len(gone) > FEW and 2 * len(gone) > len(both)
    yield from _dropped(gone, called, trades_of([unit_name]), many=many)


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of an expected result, with its passage and its place."""

    row: Row
    text: str
    place: Place


def _sentences(row: Row) -> Iterator[_Said]:
    for number, sentence in enumerate(plain_sentences(row["text"])):
        yield _Said(row, sentence, place_of_sentence(row["sentence_lines"], number) or place(row))


def _nearest(said: _Said, among: Sequence[_Said]) -> _Said | None:
    return max(among, key=lambda other: likeness(said.text, other.text), default=None)


_Pair = tuple[_Said, _Said | None]
"""A sentence of the plan, and the one of the report that is most like it."""


def _changed(ours: Row, theirs: Row, both: Sequence[_Pair], year: int) -> Iterator[tuple[str, Noted]]:
    """Sentences of the plan and of the report that are one but for a number."""
    for plan, report in both:
        if report and _moved(plan.text, report.text, year):
            words = {
                "title": theirs["title"],
                "now": quote(report.text, 120),
                "planned": quote(plan.text, 120),
            }
            other = Other("passages", plan.row["row_id"], plan.place, "text", ours["report_id"])
            yield theirs["report_id"], Noted("plan_expected_changed", *_at(report), words, "text", other)


_Gone = tuple[Row, Other, list[_Said]]


def _dropped(gone: Sequence[_Gone], called: str, own: set[str], *, many: bool) -> Iterator[tuple[str, Noted]]:
    """One question for each goal; where most have lost some, one for all. Another trade's weighs least."""
    for goal, there, lost in gone[: 1 if many else None]:
        trades = [trades_of([each.text]) for each in lost]
        others = bool(own) and all(each and own.isdisjoint(each) for each in trades)
        more = f" Så är det också för {len(gone) - 1} andra mål." if many else ""
        words = {
            "title": goal["title"],
            "quotes": enumerated([f"”{quote(each.text, 100)}”" for each in lost], 2),
            "report": called,
            "more": more + (" Det nämner en annan verksamhet än enhetens." if others else ""),
        }
        gravity = 1 if others else None
        noted = Noted("plan_expected_dropped", *_at(lost[0]), words, "text", there, gravity)
        yield goal["report_id"], noted


def _is_gone(plan: _Said, like: _Said | None, now: Stems) -> bool:
    """Nothing of it stands in the words of what is expected now, or a part of it is left out."""
    words = about(plan.text)
    if not words or (like and likeness(plan.text, like.text) >= ALIKE):
        return False
    lost = len(words) - shared(words, now)
    return lost == len(words) or (lost >= GONE and lost >= PART * len(words))


def _moved(sentence: str, like: str, year: int) -> bool:
    """Two sentences of one thing have as many numbers of the same kinds, one of them another."""
    words, before, after = about(sentence), quantities_in(sentence, year), quantities_in(like, year)
    if not words or shared(words, stems(like)) < SAME * len(words):
        return False
    kinds = [q.measure_unit for q in before] == [q.measure_unit for q in after]
    return kinds and any(one.value != two.value for one, two in zip(before, after, strict=True))


def _at(found: _Said | Row) -> tuple[str, str, Place]:
    if isinstance(found, _Said):
        return "passages", found.row["row_id"], found.place
    return "goals", found["goal_id"], place(found)
