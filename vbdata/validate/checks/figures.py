"""Numbers and judgements in prose beside the indicator row that they describe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from vbdata.language.inflection import stem
from vbdata.language.prose import plain_sentences, quote
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.cells import (
    CELLS,
    SEXES,
    agrees,
    decimals,
    differences,
    in_row,
    is_by,
    names_both_sexes,
    points_said,
    sexes_turned,
)
from vbdata.validate.checks.names import named_enheten
from vbdata.validate.checks.registry import Row, Rows, check
from vbdata.validate.direction import better, council_met, rounds_to_target
from vbdata.validate.judgements import indicator_judgements
from vbdata.validate.levels import counted, levels, names_of, of_whom, times, told_by
from vbdata.validate.places import place, place_of
from vbdata.validate.relations import own_passages
from vbdata.validate.row_claims import claims, went
from vbdata.validate.said import Said, by_sentence, doubt, of_indicators, parts_of, plain, sentence_before
from vbdata.validate.stems import stems_of
from vbdata.validate.trends import trends

_CALLED = {
    "value_previous": "förra årets utfall", "target": "årsmålet", "value_men": "mäns utfall",
    "value_women": "kvinnors utfall", "value": "utfallet",
}  # fmt: skip

_WAYS = {"up": "en ökning", "down": "en minskning"}
#: "nio av tio" is said of a share near nine tenths.
TEN = 10


@check
def indicator_text_differs(rows: Rows) -> Iterator[Noted]:
    """An indicator whose own analysis gives another number or judgement than its row: one doubt a cell."""
    year, own = rows["reports"][0]["year"], named_enheten(rows["reports"][0])
    stated = of_indicators(rows)
    for row in rows["indicators"]:
        if not row["analysis"] or row["value"] is None:
            continue
        told = stated.get(row["row_id"], [])
        judged = _judged(row | {"analysis": own(row["analysis"])}, year)
        asked: set[str] = set()
        for what, said, column in (*_stated(row, told), *judged):
            mark = said.rstrip(".! ")
            if not asked.isdisjoint((column, mark)):
                continue
            asked.update((column, mark))
            words = {"name": row["name"], "what": what, "quote": quote(said)}
            where, other = place_of(rows, row, said), Other("indicators", row["row_id"], place(row), column)
            yield Noted("indicator_text_differs", "indicators", row["row_id"], where, words, column, other)


def _stated(row: Row, sentences: Sequence[tuple[Said, ...]]) -> Iterator[tuple[str, str, str]]:
    """What the row's quantities and trends say otherwise than its cells."""
    value, previous, unit = row["value"], row["value_previous"], row["measure_unit"]
    told = [said for sentence in sentences for said in sentence]
    turned = [(said, cell) for said, cell in differences(row, sentences)]
    for said in levels(told, row["name"], unit, whole=False):
        if not (in_row(said, row) or is_by(said) or any(said is each for each, _ in turned)):
            yield f"texten anger {said.quantity.raw}, tabellen {row['value_raw']}", said.sentence, "value"
    for said in times(told, row["name"], unit):
        if not any(in_row(each, row) for each in told):
            yield f"texten anger {said.quantity.raw}, tabellen {row['value_raw']}", said.sentence, "value"
    yield from claims(row, sentences)
    for said, cell in turned:
        what = f"texten anger {_CALLED[cell]} {said.quantity.raw}, tabellen {row[f'{cell}_raw']}"
        yield what, said.sentence, cell
    yield from _sexes(row, row["analysis"])
    if previous is None:
        return
    yield from _from_to(row, told)
    for trend in trends(row["analysis"], row["name"], better=better(row)):
        if value != previous and (trend.way == "up") != (value > previous):
            if trend.expected and row["attainment"] != "not_met":
                continue
            way = trend.expected or ("ökat" if trend.way == "up" else "minskat")
            yield f"texten säger {way}, men tabellen går {went(row)}", trend.text, "value_previous"


def _sexes(row: Row, text: str) -> Iterator[tuple[str, str, str]]:
    if row["value_men"] is None or row["value_women"] is None:
        return
    wanted = names_of(row["name"])
    for sentence in plain_sentences(text):
        if turned := sexes_turned(sentence, row, wanted):
            what = f"texten säger att {turned[0]} har mer än {turned[1]}, men tabellen har {_both_sexes(row)}"
            yield what, sentence, "value_men"


def _both_sexes(row: Row) -> str:
    return f"män {row['value_men_raw']} och kvinnor {row['value_women_raw']}"


def _from_to(row: Row, told: Sequence[Said]) -> Iterator[tuple[str, str, str]]:
    """The end of "från 13,9 till 11,4" is not the row's, though its start is."""
    for one, two in pairwise(told):
        if (one.role, two.role) != ("previous", "level") or one.sentence != two.sentence:
            continue
        start = agrees(one.value, decimals(one), row["value_previous"])
        fits = two.unit in (row["measure_unit"], None) and one.unit in (two.unit, None, "%")
        if start and fits and one.exact and two.exact and not in_row(two, row):
            yield (
                f"texten anger utfallet {two.quantity.raw}, tabellen {row['value_raw']}",
                one.sentence,
                "value",
            )


def _judged(row: Row, year: int) -> Iterator[tuple[str, str, str]]:
    if (difference := _attainment(row, year)) is not None:
        yield *difference, "attainment"


def _attainment(row: Row, year: int) -> tuple[str, str] | None:
    """The text says that the target is reached and the numbers do not, or the other way round.

    A target of the council that the outcome relates to in the way that the text says may be the one meant.
    """
    found = indicator_judgements(row["analysis"], year)
    levels = {judgement.level for judgement in found}
    for level, reached in (("met", True), ("not_met", False)):
        if levels == {level} and row["attainment"] == ("not_met" if reached else "met"):
            if council_met(row) is reached or rounds_to_target(row):
                return None
            how = "nås" if reached else "inte nås"
            numbers = f"utfallet är {row['value_raw']} och årsmålet {row['target_raw']}"
            return f"texten säger att målet {how}, men {numbers}", found[0].text
    return None


@check
def number_text_differs(rows: Rows) -> Iterator[Noted]:
    """A passage that gives an indicator by name another outcome than every row of it has."""
    texts = {row["row_id"]: row for row in own_passages(rows)}
    texts |= {
        row["row_id"]: row for row in rows["passages"] if row["section"] == "analysis"
    }  # board goals' too
    told = [
        said
        for found in by_sentence(rows)
        for said in found
        if said.exact and said.row["text_row_id"] in texts
    ]
    of_them = [said for said in told if said.unit == "%" and said.quantity.subject is None]
    for indicator_id in dict.fromkeys(row["indicator_id"] for row in rows["indicators"]):
        same = [row for row in rows["indicators"] if row["indicator_id"] == indicator_id]
        if any(row["value"] is None for row in same):
            continue
        name, unit = same[0]["name"], same[0]["measure_unit"]
        found = list(levels(told, name, unit, whole=True))
        if unit == "%":
            found += [each for each in of_them if of_whom(each, sentence_before(rows, each), name)]
        if unit in ("st", None):
            found += counted(told, name, max(row["value"] for row in same))
        yield from _contradicted(rows, same, [(texts[said.row["text_row_id"]], said) for said in found])
        yield from _turned(rows, same, texts.values())
        if len(same) == 1:
            yield from _other_cells(rows, same[0], texts)


@check
def tenths_differ(rows: Rows) -> Iterator[Noted]:
    """So many of ten in a passage, far from the share that the sentence names: "nio av tio" beside 78 %."""
    texts = {row["row_id"]: row for row in own_passages(rows)}
    tenths = [
        part
        for found in by_sentence(rows)
        for part, whole in parts_of(found)
        if whole.value == TEN >= part.value and part.row["text_row_id"] in texts
    ]
    for row in rows["indicators"]:
        cells = [row[cell] for cell in CELLS if row[cell] is not None]
        for part in tenths if row["measure_unit"] == "%" and row["value"] is not None else ():
            far = all(abs(TEN * part.value - cell) > TEN / 2 for cell in cells)
            if far and told_by(row["name"]) - {stem("andel")} <= stems_of(part.sentence):
                yield _number_differs(rows, row, texts[part.row["text_row_id"]], part, of=" av tio")


def _contradicted(rows: Rows, same: Sequence[Row], claims: Sequence[tuple[Row, Said]]) -> Iterator[Noted]:
    """Claims that no row of the indicator has, nor of one whose name says more."""
    names = told_by(same[0]["name"])
    related = [row for row in rows["indicators"] if names <= names_of(row["name"])]
    for passage, said in claims:
        if not any(in_row(said, row) for row in related):
            yield _number_differs(rows, same[0], passage, said)


def _turned(rows: Rows, same: Sequence[Row], texts: Iterable[Row]) -> Iterator[Noted]:
    """Passages that say that the indicator went the other way than its rows."""
    names = names_of(same[0]["name"])
    related = [row for row in rows["indicators"] if names <= names_of(row["name"])]
    if any(row["value"] is None or row["value_previous"] is None for row in related):
        return
    steps = [row["value"] - row["value_previous"] for row in related]
    if not (all(step > 0 for step in steps) or all(step < 0 for step in steps)):
        return
    row, way = same[0], better(same[0])
    for passage in texts:
        for trend in trends(passage["text"], row["name"], whole=True, better=way):
            missed = not trend.expected or all(each["attainment"] == "not_met" for each in related)
            if missed and (trend.way == "up") != (steps[0] > 0):
                words = {
                    "name": row["name"], "said": trend.expected or _WAYS[trend.way],
                    "heading": passage["heading"] or "den löpande texten",
                    "value": f"{row['value_previous_raw']} förra året och {row['value_raw']} i år",
                    "place": str(place(row)), "quote": quote(trend.text),
                }  # fmt: skip
                other = Other("indicators", row["row_id"], place(row), "value_previous")
                where = place_of(rows, passage, trend.text)
                row_id = passage["row_id"]
                yield Noted("number_text_differs", "passages", row_id, where, words, "text", other)


def _other_cells(rows: Rows, row: Row, texts: Mapping[str, Row]) -> Iterator[Noted]:
    """Last year's value, a target or a sex's value told otherwise where a sentence names the indicator."""
    wanted = told_by(row["name"])
    for found in by_sentence(rows):
        passage = texts.get(found[0].row["text_row_id"])
        if passage is not None and wanted <= stems_of(found[0].sentence):
            for said, cell in differences(row, [found]):
                if cell not in SEXES.values() or names_both_sexes(said.sentence):  # else of some of them
                    yield _number_differs(rows, row, passage, said, cell)


def _number_differs(
    rows: Rows, row: Row, passage: Row, said: Said, cell: str = "value", of: str = ""
) -> Noted:
    words = {
        "name": row["name"],
        "said": f"{said.quantity.raw}{of}" if cell == "value" else f"{_CALLED[cell]} {said.quantity.raw}",
        "heading": passage["heading"] or "den löpande texten",
        "value": row[f"{cell}_raw"],
        "place": str(place(row)),
        "quote": quote(said.sentence),
    }
    other = Other("indicators", row["row_id"], place(row), cell)
    return doubt(rows, "number_text_differs", said, words, other)


@check
def percent_points(rows: Rows) -> Iterator[Noted]:
    """A change in per cent that the numbers only bear out in percentage points."""
    yield from _points_in_passages(rows)
    stated = of_indicators(rows)
    for row in rows["indicators"]:
        for sentence in stated.get(row["row_id"], ()) if row["analysis"] else ():
            for said, cell in points_said(row, sentence):
                yield _points(rows, row, said, cell)


def _points(rows: Rows, row: Row, said: Said, cell: str) -> Noted:
    words = {
        "name": row["name"], "said": said.quantity.raw, "points": plain(said.value),
        "previous": row[f"{cell}_raw"], "value": row["value_raw"],
    }  # fmt: skip
    other = Other("indicators", row["row_id"], place(row), cell)
    return doubt(rows, "percent_points", said, words, other)


def _points_in_passages(rows: Rows) -> Iterator[Noted]:
    """The same in running text that names the indicator."""
    texts = {row["row_id"] for row in own_passages(rows)}
    changed = [
        found
        for found in by_sentence(rows)
        if found and found[0].row["text_row_id"] in texts and any(s.unit == "%" and is_by(s) for s in found)
    ]
    for row in rows["indicators"]:
        wanted = told_by(row["name"])
        for found in changed if row["measure_unit"] == "%" else ():
            if wanted <= stems_of(found[0].sentence):
                for said, cell in points_said(row, found):
                    yield _points(rows, row, said, cell)
