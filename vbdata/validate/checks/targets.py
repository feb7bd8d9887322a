"""Targets of indicators: weaker than another's, none at all, nothing to compare with, missed by one sex."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise, product

from vbdata.language.numbers import may_state
from vbdata.language.prose import alike, enumerated, plain_sentences, quote
from vbdata.language.quantities import Quantity, quantities_in
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.checks.goals import is_placeholder, named_after, short_name
from vbdata.validate.checks.registry import Row, Rows, check
from vbdata.validate.checks.texts import Text, told_goals
from vbdata.validate.checks.tree import above
from vbdata.validate.direction import is_weaker, reaches, rounds_to_target
from vbdata.validate.expected import about, shared, short_of, stems
from vbdata.validate.places import place, place_of, whole
from vbdata.vocabulary import phrases

#: Names that a message lists; the rest are counted.
SHOWN = 4
MISS = "miss_stem"
DIRECTIONS = ("increase", "decrease")
#: Gaps between the sexes that a reader asks about: points of what should be high, and of what should be low.
WIDE, WIDE_LOW, RATIO = 10.0, 2.0, 1.3
#: How far one of the sexes misses a target that the total reaches, before it is worth a question.
BEYOND, BEYOND_LOW = 3.0, 0.5
#: Points between them where only one of them reaches a target that the total misses.
PARTED = 7.0
#: Targets further apart than this are hardly in one unit.
APART = 5.0
_WORD = re.compile(r"[a-zåäöé]{5,}")
_NUMBER = re.compile(r"(?<![\w.,–-])(\d{1,3}(?:[.,]\d+)?)(\s*(?:%|procent\b))?(?![\w–-]|[.,]\d)")
_SPAN = re.compile(r"\d+\s?[–-]\s?\d*")
#: What the board says that it wants: "nämnden siktar på att 85 procent …".
_WANTS = re.compile(r"\b(?:ska|skall|mål\w*|sikta\w*|minst|högst|lägst|vill|strävar|förväntar)\b", re.I)
_SEXES = re.compile(r"\b(?:kvinn|män\b|männ|man och|flick|pojk|tjej|kill|kön)", re.I)
#: What says how many they are, or that there is no difference.
_HOW_MANY = re.compile(r"\b\d+\s+(?:kvinn|män\b|flick|pojk|tjej|kill)\w*", re.I)
_ALIKE = re.compile(r"\b(?:lika|ingen\s+skillnad|inga\s+skillnader)\b(?!\s+(?:många|villkor))", re.I)
_RISES = re.compile(r"\b(?:öka|minska|höj|sänk|förbättr|stärk)", re.I)
_LAST_YEAR = re.compile(
    r"\b(?:föregående|förra|tidigare|fjol\w*) (?:år\w*|utfall|resultat)|\bi fjol\b|\bfjolår", re.I
)


# ---------------------------------------------------------------------------------- weaker than another's


@check
def own_target_weaker(rows: Rows) -> Iterator[Noted]:
    """An own target that is easier to reach than the council's or than what the board's text expects."""
    expected = _expected(rows)
    lines = above(rows)
    for row in rows["indicators"]:
        if row["target"] is None or row["better"] is None:
            continue
        council = row["council_target"]
        if council is not None and _is_weaker(row, council):
            other = Other("indicators", row["row_id"], place(row), "council_target")
            yield _weaker(row, f"KF:s årsmål {row['council_target_raw']}", council, other)
            continue
        for passage, sentence in expected:
            number = _board_target(row, passage, sentence, lines, rows["reports"][0]["year"])
            if number is not None and _is_weaker(row, number):
                where = place_of(rows, passage, sentence)
                other = Other("passages", passage["row_id"], where, "text")
                printed = f"{number:g}".replace(".", ",") + ("\u00a0%" if row["measure_unit"] == "%" else "")
                yield _weaker(row, f"nämndens förväntade resultat {printed}", number, other)
                break


@check
def own_result_weaker(rows: Rows) -> Iterator[Noted]:
    """An expected result of the unit's with a number that is easier to reach than the board's of that."""
    year, lines = rows["reports"][0]["year"], above(rows)
    board: dict[str, list[tuple[Text, str]]] = {}
    for goal, expected, _ in told_goals(rows):
        for text in expected if goal["level"] == "board" or board else ():
            stated = [(text, sentence) for sentence in text.sentences if may_state(sentence)]
            if goal["level"] == "board":
                board.setdefault(goal["goal_id"], []).extend(stated)
                continue
            higher = [each for over in lines.get(goal["goal_id"], ()) for each in board.get(over, ())]
            for (other, wanted), (_, own) in product(higher, stated):
                if any(short_of(wanted, [own], year, aims=True)):
                    words = {"title": goal["title"], "own": quote(own, 120), "board": quote(wanted, 120)}
                    where, there = text.place(rows, own), other.other(rows, wanted)
                    yield Noted(
                        "own_result_weaker", "passages", text.row["row_id"], where, words, "text", there
                    )


def _is_weaker(row: Row, other: float) -> bool:
    near = other and row["target"] and 1 / APART < row["target"] / other < APART
    return bool(near) and is_weaker(row, row["target"], other)


def _weaker(row: Row, whose: str, other: float, there: Other) -> Noted:
    """One that only the own target lets be reached is the graver."""
    value = row["value"]
    reached = row["attainment"] == "met" and value is not None and is_weaker(row, value, other)
    only = f" Utfallet {row['value_raw']} når bara det egna årsmålet." if reached else ""
    words = {"name": row["name"], "target": row["target_raw"], "whose": whose, "only": only}
    return Noted(
        "own_target_weaker",
        "indicators",
        row["row_id"],
        place(row),
        words,
        "target",
        there,
        4 if reached else None,
    )


def _expected(rows: Rows) -> list[tuple[Row, str]]:
    """Sentences with a number in what the board expects, or says that it wants, of goals above the unit's."""
    higher = {goal["goal_id"] for goal in rows["goals"] if goal["level"] in ("area", "board")}
    return [
        (row, sentence)
        for row in rows["passages"]
        if row["section"] in ("expected_result", "description") and row["goal_id"] in higher and row["text"]
        for sentence in plain_sentences(row["text"])
        if may_state(sentence) and (row["section"] == "expected_result" or _WANTS.search(sentence))
    ]


def _board_target(
    row: Row, passage: Row, sentence: str, lines: dict[str, tuple[str, ...]], year: int
) -> float | None:
    """The one number of a sentence that names the indicator, under the same council goal."""
    here, there = row["goal_id"], passage["goal_id"]
    if here != there and here not in lines.get(there, ()) and there not in lines.get(here, ()):
        return None
    name = short_name(row["name"])
    told = [q for q in quantities_in(sentence, year) if q.role != "change"]
    if bool(_SPAN.search(name)) != bool(_SPAN.search(sentence)) or not told:
        return None
    shares = [100 * a.value / b.value for a, b in pairwise(told) if (a.role, b.role) == ("part", "whole")]
    found = [q.value for q in told if _is_level(q, row["measure_unit"])]
    if shares and row["measure_unit"] == "%":
        found = shares if len(told) == 2 else []
    return found[0] if len(found) == 1 and _names(name, sentence) else None


def _is_level(said: Quantity, unit: str | None) -> bool:
    if unit == "%":
        return said.measure_unit == "%"
    return said.measure_unit in ((None, "index") if unit in ("index", None) else (unit, "gånger"))


@lru_cache(maxsize=4096)
def _names(name: str, sentence: str) -> bool:
    """The sentence has all that the indicator's name asks about, or nothing that the name has not."""
    asked, told = about(name), about(sentence)
    both = shared(asked, stems(sentence))
    return bool(asked) and (both == len(asked) or (both >= 2 and shared(told, stems(name)) == len(told)))


# ---------------------------------------------------------------------------------- none


@check
def target_missing(rows: Rows) -> Iterator[Noted]:
    """Indicators with neither an own target nor one of the council's: one doubt for all."""
    if not any(row["target_raw"] or row["council_target_raw"] for row in rows["indicators"]):
        return  # no column for it
    bare = [
        row
        for row in whole(rows, rows["indicators"])
        if all(_none(row, name) for name in ("target", "council_target"))
    ]
    if bare:
        which = "En indikator har" if len(bare) == 1 else f"{len(bare)} indikatorer har"
        words = {"which": which, "names": enumerated([short_name(row["name"]) for row in bare], SHOWN)}
        yield _listed("target_missing", bare, words, "target")


def _none(row: Row, name: str) -> bool:
    printed = (row[f"{name}_raw"] or "").strip(" –-")
    return row[name] is None and (not printed or row[f"{name}_rule"] == "set_by_board")


def _listed(code: str, found: Sequence[Row], words: dict[str, str], column: str) -> Noted:
    """A doubt for all of some indicators: at the first, with the second as its other place."""
    first, *rest = found
    other = Other("indicators", rest[0]["row_id"], place(rest[0]), column) if rest else None
    return Noted(code, "indicators", first["row_id"], place(first), words, column, other)


@check
def previous_missing(rows: Rows) -> Iterator[Noted]:
    """What is said of last year where last year's value is missing: one doubt for rules, one for texts."""
    bare = [row for row in whole(rows, rows["indicators"]) if row["value"] is not None and not _previous(row)]
    rising = [(row, said) for row in bare if (said := _rises(rows, row))]
    if rising:
        names = enumerated([short_name(row["name"]) for row, _ in rising], SHOWN)
        what = enumerated(list(dict.fromkeys(said for _, said in rising)))
        words = {"what": f"{what[:1].upper()}{what[1:]} anger en ändring sedan förra året", "names": names}
        noted = _listed("previous_missing", [row for row, _ in rising], words, "value_previous")
        row = rising[0][0]
        if noted.other is None and (text := row["analysis"]):  # where it might have been said
            where = place_of(rows, row, text)
            noted = replace(noted, other=Other("indicators", row["row_id"], where, "analysis"))
        yield noted
    leaning = [(row, said) for row in bare for said in _leaning(row)]
    if leaning:
        row, said = leaning[0]
        names = enumerated(list(dict.fromkeys(short_name(each["name"]) for each, _ in leaning)), SHOWN)
        many = len({row["row_id"] for row, _ in leaning})
        which = "Analysen" if many == 1 else f"{many} analyser"
        words = {"what": f"{which} jämför med ett tidigare år", "names": names}
        other = None
        if len(leaning) > 1:
            also, text = leaning[1]
            other = Other("indicators", also["row_id"], place_of(rows, also, text), "analysis")
        where = place_of(rows, row, said)
        yield Noted("previous_missing", "indicators", row["row_id"], where, words, "value_previous", other)


def _rises(rows: Rows, row: Row) -> str:
    """What sets a change since last year as an indicator's target; empty where nothing does."""
    if row["target_rule"] in DIRECTIONS:
        return "årsmålet"
    if row["council_target_rule"] in DIRECTIONS:
        return "KF:s årsmål"
    titles = [goal["title"] for goal in rows["goals"] if goal["level"] == "unit"]
    found = [each for each in titles if _RISES.search(each) and named_after(each, row["name"])]
    return f"enhetsmålet ”{found[0].rstrip('.')}”" if found else ""


def _previous(row: Row) -> bool:
    return row["value_previous"] is not None or bool((row["value_previous_raw"] or "").strip(" –-"))


def _leaning(row: Row) -> Iterator[str]:
    """Sentences of the analysis that speak of an earlier year and give no number for it."""
    if row["analysis"] and _LAST_YEAR.search(row["analysis"]):
        for sentence in plain_sentences(row["analysis"]):
            if _LAST_YEAR.search(sentence) and not _NUMBER.search(sentence):
                yield sentence


# ---------------------------------------------------------------------------------- missed


@check
def miss_unmentioned(rows: Rows) -> Iterator[Noted]:
    """An indicator that misses its target, whose analysis has no word of it, of a cause or of a measure."""
    for row in rows["indicators"]:
        text = row["analysis"]
        if row["attainment"] != "not_met" or not text or is_placeholder(text) or rounds_to_target(row):
            continue
        if len(text.split()) >= 5 and not _miss_words().search(text):
            words = {"name": row["name"], "value": row["value_raw"], "target": row["target_raw"]}
            where = place_of(rows, row, text)
            other = Other("indicators", row["row_id"], where, "analysis")
            yield Noted("miss_unmentioned", "indicators", row["row_id"], place(row), words, "value", other)


@cache
def _miss_words() -> re.Pattern[str]:
    """Words that begin as one of the stems of phrases.csv."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases()[MISS]))})", re.I)


@check
def sexes_apart(rows: Rows) -> Iterator[Noted]:
    """Men and women far apart, or one far from a target that the total reaches, without a word on it."""
    for row in rows["indicators"]:
        men, women = row["value_men"], row["value_women"]
        if men is None or women is None or row["measure_unit"] not in ("%", "index"):
            continue
        why = _apart(row, men, women)
        if why and not _speaks_of_sexes(row["analysis"] or "") and not _told(rows["passages"], row):
            words = {
                "name": row["name"],
                "men": row["value_men_raw"],
                "women": row["value_women_raw"],
                "why": why,
            }
            column = "value_men" if is_weaker(row, men, women) else "value_women"
            yield Noted("sexes_apart", "indicators", row["row_id"], place(row), words, column)


def _apart(row: Row, men: float, women: float) -> str:
    """What is to be asked of the two values, if anything."""
    low, gap = row["better"] == "lower", abs(men - women)
    if row["attainment"] == "met" and gap >= (WIDE_LOW if low else BEYOND):
        for value, who in ((men, "män"), (women, "kvinnor")):
            beyond = value - row["target"] if low else row["target"] - value
            if beyond >= (BEYOND_LOW if low else BEYOND):
                return f"Totalen når årsmålet {row['target_raw']}, men inte värdet för {who}."
    if row["target"] is not None and row["better"] and gap >= PARTED and not low:
        reach = [reaches(value, row["target"], row["better"]) for value in (men, women)]
        if row["attainment"] == "not_met" and any(reach):
            return f"Bara {'män' if reach[0] else 'kvinnor'} når årsmålet {row['target_raw']}."
    wide = gap >= WIDE_LOW and max(men, women) >= RATIO * min(men, women) if low else gap >= WIDE
    return "Skillnaden nämns inte." if wide else ""


def _speaks_of_sexes(text: str) -> bool:
    """More than how many they are, or that they are alike."""
    return any(
        _SEXES.search(_HOW_MANY.sub(" ", sentence)) and not _ALIKE.search(sentence)
        for sentence in plain_sentences(text)
    )


def _told(passages: Iterable[Row], row: Row) -> bool:
    """A passage speaks of the sexes and of what the indicator measures in one sentence."""
    wanted = _WORD.findall(short_name(row["name"]).casefold())
    return any(
        any(alike(word, other) for word in wanted for other in _WORD.findall(sentence.casefold()))
        for passage in passages
        for sentence in _of_the_sexes(passage["text"] or "")
        if _speaks_of_sexes(sentence)
    )


@lru_cache(maxsize=256)  # asked for each indicator
def _of_the_sexes(text: str) -> tuple[str, ...]:
    """The sentences of a text that speak of the sexes."""
    told = plain_sentences(text) if _SEXES.search(text) else ()
    return tuple(sentence for sentence in told if _SEXES.search(sentence))
