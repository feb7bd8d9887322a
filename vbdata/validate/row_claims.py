"""What an analysis claims of its own row outright, whatever the indicator: level, target, change, no change.

Only clauses that are of the row as a whole are read: each word before the claim is of the indicator's name,
of what a level is called, or small. Units have to agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from vbdata.language.prose import plain_sentences
from vbdata.language.quantities import TIMES
from vbdata.validate.cells import decimals, in_row, of_unit
from vbdata.validate.direction import better, council_met, reaches, rounds_to_target
from vbdata.validate.levels import is_of, names_of, narrowed
from vbdata.validate.said import Said, plain

Row = dict[str, Any]
#: What is said, its sentence, and the cell that it is held against.
Claim = tuple[str, str, str]

_LAST = r"(?:(?:under\s+)?(?:förra|föregående)\s+år(?:et|s)?|(?:i\s+)?fjol|året\s+(?:innan|före))"
_OUTRIGHT = re.compile(
    r"(?:^|[,;:]\s*|\b(?:och|men|att)\s+)(?:(?:periodens|årets|enhetens|det\s+totala)\s+)?"
    r"(?:utfall|resultat|värde|andel|antal|index|genomsnitt|medelvärde|snitt)(?:et|en)?\s+"
    r"(?:(?:för|under)\s+(?:hel)?året\s+|i\s+år\s+)?"
    r"(?:är|var|blev|ligger\s+på|låg\s+på|landade\s+på|hamnade\s+på|stannade\s+på|uppgick\s+till|uppgår\s+till)\s+"
    r"(?:(?:alltså|därmed|bara|endast|nu)\s+)?$",
    re.I,
)
#: After an outright level: nothing that makes it one of something else.
_WHOLE = re.compile(r"\s*(?:[.,;:(–]|$|(?:och|men|vilket|i\s+år|för\s+året|jämfört|mot|stycken)\b)", re.I)
_NOUN_AFTER = re.compile(r"\s*[^\W\d_]{3,}")
_SAME = re.compile(
    r"\b(?:(?:är|ligger|blev|var|står)\s+)?(?:kvar\s+)?(?:på\s+)?(?:detsamma|samma(?:\s+(?:nivå|resultat|utfall|värde|andel))?"
    r"|oförändra[dt]e?|lika\s+(?:hög|högt|stor|stort|låg|lågt|många))"
    rf"\s+(?:som|jämfört\s+med|sedan|mot|från)\s+{_LAST}|\b(?:är|ligger|blev|var)\s+i\s+(?:nivå|linje|paritet)\s+med\s+{_LAST}",
    re.I,
)
_STEADY = re.compile(
    r"\b(?:är|ligger|låg|har\s+varit|förblir)\s+(?:(?:kvar|på|en|fortsatt|mycket|ganska|relativt|hög|högt|god|bra|och)\s+)*"
    r"(?P<word>stabil\w*|jämn\w*|samma\s+(?:\w+\s+)?nivå\b)(?!\s+(?:mellan|under|i|över|fördela\w*)\b)",
    re.I,
)
#: A worsening, in the points of per cent and of indices, that nobody calls steady.
STEADY = 3.0
_HEDGED = re.compile(
    r"\b(?:ungefär|nästan|nära|stort\s+sett|princip|relativt|ganska|närmast|omkring|cirka|inte|ej)\b", re.I
)
_MULTIPLIED = {
    r"(?:fördubbla|dubblera)(?:ts|des|t|de)|dubbelt\s+så": (1.6, 2.6, "fördubblats"),
    r"tredubbla(?:ts|des|t|de)": (2.4, 3.8, "tredubblats"),
    r"halvera(?:ts|des|t|de)|hälften\s+så": (0.35, 0.65, "halverats"),
}
_UP = r"ökning|höjning|uppgång|lyft"
_DOWN = r"minskning|sänkning|nedgång|tapp"
_NOUN = rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})|förändring|skillnad)(?:en|et)?"
_SIZE = re.compile(
    rf"\b{_NOUN}\s+(?:från\s+[\d,]+\s*(?:%|procent|[^\W\d_]+)?\s+)?(?:(?:är|var|blev|motsvarar)\s+)?"
    r"(?:(?:med|på|om)\s+)?(?:(?:hela|bara|endast)\s+)?$"
    r"|\b(?:öka(?:t|de)|minska(?:t|de)|stigit|steg|sjunkit|sjönk|gått\s+(?:upp|ned|ner))\s+(?:med\s+)?$",
    re.I,
)
#: After a change: nothing, or that it is since last year.
_SINCE_LAST = re.compile(
    rf"\s*(?:enheter\b\s*)?(?:[.,;:(–]|$|(?:och|men|vilket|i\s+år|under\s+året|för\s+året)\b"
    rf"|(?:sedan|jämfört\s+med|mot|från|än)\s+{_LAST})",
    re.I,
)
_THAN = re.compile(rf"\s*(?:enheter\s+)?(?:högre|lägre|fler|färre)\s+än\s+{_LAST}", re.I)
_TURN = re.compile(rf"\ben\s+(?:[^\W\d_]+\s+)?{_NOUN}\s+(?:sedan|från|mot|jämfört\s+med)\s+{_LAST}", re.I)


def claims(row: Row, found: Sequence[tuple[Said, ...]]) -> Iterator[Claim]:
    """What the analysis says otherwise than the row's cells; `found` has its numbers by sentence."""
    wanted = names_of(row["name"])
    for sentence in found:
        yield from _levels(row, sentence, wanted)
        yield from _sizes(row, sentence, wanted)
    yield from _targets(row, wanted)
    if row["value_previous"] is not None:
        for said in plain_sentences(row["analysis"]):
            yield from _unchanged(row, said, wanted)
            yield from _multiplied(row, said, wanted)
            yield from _turned(row, said, wanted)


def _levels(row: Row, found: Sequence[Said], wanted: frozenset[str]) -> Iterator[Claim]:
    """Another outcome, called that outright: "Utfallet är 16"."""
    for said in found:
        number = said.quantity.number
        timed = said.role == "other" and said.unit == row["measure_unit"] in TIMES
        told = (timed or said.role == "level") and said.exact and said.quantity.period in (None, "year")
        if not told or not of_unit(said, row, found) or in_row(said, row):
            continue
        rest = said.sentence[number.end :]
        if (noun := _NOUN_AFTER.match(rest)) and is_of(noun[0], wanted):
            rest = rest[noun.end() :]
        if (
            _OUTRIGHT.search(said.sentence[: number.start])
            and _WHOLE.match(rest)
            and not narrowed(said, wanted)
        ):
            yield f"texten anger {said.quantity.raw}, tabellen {row['value_raw']}", said.sentence, "value"


# ------------------------------------------------------------------------------------ changes


def _sizes(row: Row, found: Sequence[Said], wanted: frozenset[str]) -> Iterator[Claim]:
    """Another size of the change since last year than the row has: "en ökning med 12 procentenheter"."""
    if row["value_previous"] is None:
        return
    change = row["value"] - row["value_previous"]
    for said in found:
        number = said.quantity.number
        lead = said.sentence[: number.start]
        told, than = _SIZE.search(lead), _THAN.match(said.sentence, number.end)
        if not (told or than) or not said.exact or not _of_change(said, row):
            continue
        if told and not _SINCE_LAST.match(said.sentence, number.end):
            continue
        if not is_of(lead[: told.start()] if told else lead, wanted) or narrowed(said, wanted, past=True):
            continue
        if abs(abs(change) - said.value) >= 10.0 ** -decimals(said) + 1e-9:
            what = f"texten anger {said.quantity.raw}, men {went(row)} är skillnaden {plain(abs(change))}"
            yield what, said.sentence, "value_previous"


def _of_change(said: Said, row: Row) -> bool:
    """The number is in the unit of the row's changes."""
    if row["measure_unit"] == "%":
        return said.unit == "procentenheter"
    if row["measure_unit"] in ("index", None):
        return said.unit in (None, "index")
    return said.unit == row["measure_unit"] or (row["measure_unit"] == "st" and said.unit is None)


def _turned(row: Row, said: str, wanted: frozenset[str]) -> Iterator[Claim]:
    """Said to have gone the other way: "en minskning sedan förra året"."""
    turn, change = _TURN.search(said), row["value"] - row["value_previous"]
    if turn is None or not change or not is_of(said[: turn.start()], wanted):
        return
    up, down = turn["up"], turn["down"]
    if (up and change < 0) or (down and change > 0):
        way = "ökat" if up else "minskat"
        yield f"texten säger {way}, men tabellen går {went(row)}", said, "value_previous"


def _unchanged(row: Row, said: str, wanted: frozenset[str]) -> Iterator[Claim]:
    """Said to be as last year, though the row has another number for it."""
    same, value, previous = _SAME.search(said), row["value"], row["value_previous"]
    if (steady := _STEADY.search(said)) and is_of(said[: steady.start()], wanted):
        fell = row["attainment"] == "not_met" and abs(value - previous) >= STEADY and _got_worse(row)
        if fell and row["measure_unit"] in ("%", "index"):
            yield (
                f"texten säger {steady['word'].casefold()}, men tabellen går {went(row)}",
                said,
                "value_previous",
            )
    if same is None or _HEDGED.search(said) or not is_of(said[: same.start()], wanted):
        return
    if abs(value - previous) > max(
        1.0 if row["measure_unit"] in ("%", "index") else 0.0, 0.03 * abs(previous)
    ):
        yield f"texten säger oförändrat, men tabellen går {went(row)}", said, "value_previous"


def _got_worse(row: Row) -> bool:
    return bool(row["value"] < row["value_previous"]) == (better(row) == "higher")


def _multiplied(row: Row, said: str, wanted: frozenset[str]) -> Iterator[Claim]:
    """Said to have doubled or to be half, though it is far from it."""
    for told, name, near in multiplied(said, row["value_previous"], row["value"]):
        if is_of(said[: told.start()], wanted) and _SINCE_LAST.match(said, told.end()) and not near:
            yield f"texten säger {name}, men tabellen går {went(row)}", said, "value_previous"


def multiplied(said: str, before: float, now: float) -> Iterator[tuple[re.Match[str], str, bool]]:
    """What a sentence says that something has been multiplied by, and whether two numbers are near it."""
    for verb, (least, most, name) in _MULTIPLIED.items():
        told = re.search(
            rf"\b(?:har\s+)?(?:(?:mer\s+än|nästan|nära\s+nog|i\s+stort\s+sett)\s+)?(?:{verb})\b", said, re.I
        )
        if told and before:
            yield told, name, least <= now / before <= most


def went(row: Row) -> str:
    """From last year's value to this one's, as printed."""
    return f"från {row['value_previous_raw']} till {row['value_raw']}"


# ------------------------------------------------------------------------------------ the target

_CLAUSES = re.compile(
    r"[.,;:!()–]\s*|\s+\b(?:men|och|samt|vilket(?:\s+gör\s+att|\s+innebär\s+att)?|så)\b\s*", re.I
)
_DIGITS = re.compile(r"\d[\d \u00a0]*(?:,\d+)?\s*(?:%|procent\w*|kr\w*|tkr|mnkr|dagar|poäng|st\b)?")
_ADVERB = (
    r"(?:(?:därmed|alltså|ändå|dock|tyvärr|också|även\s+i\s+år|i\s+år|i\s+och\s+med\s+det|trots\s+det|nu"
    r"|med\s+marginal)\s+)*"
)
_THE_TARGET = r"(?:vårt\s+|det\s+)?(?:års)?mål(?:et|värdet|nivån)(?:\s+(?:på|om))?(?:\s+#)?"
_NO = r"(?P<no>inte\s+|ej\s+|inte\s+heller\s+)?"
_IN_TIME = r"(?:\s+(?:i\s+år|för\s+året|under\s+året|inte))?"
_DONE = r"(?:(?:upp)?nå(?:tts|tt|s|ddes)|uppfyll(?:ts|t|s|des)|klara(?:ts|s|des)|överträffa(?:ts|s|des))"
_DOES = (
    r"(?P<does>(?:upp)?når|(?:upp)?nådde|(?:upp)?nått|uppfyll(?:er|de)|klara(?:r|de)|överträffa(?:r|de)"
    r"|missa(?:r|de|t))"
)
_REACHED = (
    re.compile(rf"{_ADVERB}{_THE_TARGET}\s+(?:är\s+|har\s+|blev\s+)?{_ADVERB}{_NO}{_DONE}{_IN_TIME}", re.I),
    re.compile(rf"{_ADVERB}(?:är|har|blev)\s+{_THE_TARGET}\s+{_NO}{_DONE}{_IN_TIME}", re.I),
    re.compile(rf"{_ADVERB}{_DONE}\s+{_THE_TARGET}(?P<no>\s+inte)?{_IN_TIME}", re.I),
    re.compile(
        rf"(?P<who>.*?)\s*\b(?:har\s+)?{_DOES}\s+{_ADVERB}{_NO}(?:riktigt\s+)?{_THE_TARGET}{_IN_TIME}", re.I
    ),
)
_BESIDE = re.compile(
    r"(?P<who>.*?)\s*\b(?:är|ligger|låg|hamna(?:r|de)|landa(?:r|de)|blev)\s+(?:#\s+)?"
    r"(?:(?:klart|strax|något|långt|lite|väl|nu|alltså|därmed)\s+)*(?P<side>över|under|högre\s+än|lägre\s+än)\s+"
    rf"{_THE_TARGET}{_IN_TIME}",
    re.I,
)
_OURSELVES = re.compile(r"(?:(?:därmed|alltså|i\s+år)\s+)?(?:vi|enheten|det|#|verksamheten)?", re.I)
#: Another's target, another time, or a maybe: then the sentence is not read.
_NOT_OURS = re.compile(
    r"\b(?:nämnd\w*|stad\w*|kf|kommunfullmäktige\w*|förvaltning\w*|förra|föregående|fjol\w*|tidigare|innan|nästa|kommande"
    r"|ska|kan|skulle|kommer|vill|om|delvis|nästan|19\d\d|20\d\d)\b",
    re.I,
)


def _targets(row: Row, wanted: frozenset[str]) -> Iterator[Claim]:
    """The target said to be reached, or missed, or passed, where the row's numbers say otherwise."""
    target = row["target"]
    rounds = target != row["value"] and rounds_to_target(row)
    if target is None or rounds or not re.search(r"mål", row["analysis"], re.I):
        return
    for said in plain_sentences(row["analysis"]):
        if (
            not re.search(r"mål", said, re.I)
            or said.endswith("?")
            or _NOT_OURS.search(_DIGITS.sub("#", said))
        ):
            continue
        for clause in _CLAUSES.split(_DIGITS.sub("# ", said).strip()):
            if what := _of_target(row, " ".join(clause.split()), wanted):
                yield (
                    f"{what}, men utfallet är {row['value_raw']} och årsmålet {row['target_raw']}",
                    said,
                    "target",
                )
                break


def _of_target(row: Row, clause: str, wanted: frozenset[str]) -> str | None:
    """What a clause says of the target that the row's numbers do not bear out."""
    value, target, reached = row["value"], row["target"], _is_reached(row)
    beside = _BESIDE.fullmatch(clause)
    if beside and _is_us(beside["who"], wanted) and better(row) != "lower":
        over = beside["side"].casefold() in ("över", "högre än")
        if (value <= target) if over else (value >= target):
            return f"texten säger {beside['side'].casefold()} målet"
    for pattern in _REACHED if reached is not None else ():
        told = pattern.fullmatch(clause)
        if told is None or not _is_us(told.groupdict().get("who") or "", wanted):
            continue
        missed = bool(told["no"]) or clause.endswith(" inte")
        missed ^= (told.groupdict().get("does") or "").casefold().startswith("miss")
        if missed == reached and council_met(row) is not (not missed):
            return f"texten säger att målet {'inte ' if missed else ''}nås"
    return None


def _is_us(who: str, wanted: frozenset[str]) -> bool:
    return _OURSELVES.fullmatch(who.strip()) is not None or is_of(who, wanted)


def _is_reached(row: Row) -> bool | None:
    """Whether the target is reached, as far as a direction that is sure or the very number tells."""
    value, target = row["value"], row["target"]
    way = better(row)
    if way is None:
        return True if value == target else None
    return reaches(value, target, way)
