"""Numbers of one text that cannot all be right: parts and wholes, shares of counts, changes of levels.

A share is possible when some whole number of the stated ones gives it as printed (the GRIM test of Brown and
Heathers, 2017).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vbdata.language.inflection import stem
from vbdata.language.numbers import uses
from vbdata.language.prose import enumerated, quote
from vbdata.normalise.noted import Noted
from vbdata.validate.cells import CELLS
from vbdata.validate.checks.goals import short_name
from vbdata.validate.checks.registry import Row, Rows, check
from vbdata.validate.expected import about, shared, stems
from vbdata.validate.said import Said, by_sentence, doubt, whole_numbers

_WORD = re.compile(r"[^\W\d_]+")
_SPREAD = re.compile(r"\b(?:fördela|uppdela|indela)\w*\s+(?:på|i|mellan|som)\s", re.I)
_IN_ALL = re.compile(
    r"[,(–]\s*(?:det\s+vill\s+säga\s+|dvs\.?\s+)?(?:totalt|sammanlagt|tillsammans)\s*$", re.I
)
_COLON = re.compile(r"\b(?:totalt|sammanlagt|tillsammans)\b[^:.;]{0,60}:\s", re.I)
#: After a whole and one of these: parts that are told by where they are, or are of the whole's own kind.
_ALL_PARTS = re.compile(r"[,:–]\s+(?=(?:\d+|[^\W\d_]+)\s)|\bfrån\s+(?=\d)", re.I)
_WHERE = re.compile(r"\s*(?:i|på|från|hos|till|inom|under|vid)\s", re.I)
_THEY_ARE_PARTS = re.compile(r"\s+(?:är|var|utgörs\s+av)\s+$", re.I)
_OF_THEM = re.compile(
    r"\s*(?:av\s+(?:dem|dessa)\b[^,;:]{0,20}|(?=[^\W\d_]+\s+(?:gällde|handlade|rörde|avsåg|kom)\b))", re.I
)
_REST_BEFORE = re.compile(r"\b(?:övriga|resterande|återstående|kvarvarande)\s+$", re.I)
_REST_AFTER = re.compile(r"\s+(?:övriga|resterande|återstående|kvarvarande)\b", re.I)
_SIDES_FOLLOW = re.compile(r",\s(?=\d+\s(?:kvinn|män|flick|pojk))", re.I)
_BY = re.compile(r"\b(?:med|på)\s+(?:cirka\s+)?$", re.I)
_VARAV = re.compile(r"\bvarav\b", re.I)
_JOINED = re.compile(
    r"(?:\s+[^\W\d_]+){0,3}\s*[(,–=]*\s*(?:det\s+vill\s+säga|d\.?v\.?s\.?|alltså|motsvarar|eller"
    r"|vilket\s+(?:är|var|motsvarar|motsvarade|ger|gav|blir|blev|innebär)(?:\s+en\s+\w+\s+på)?)?"
    r"\s*(?:(?:i|för|hos|vid|på)\s+)?(?:cirka|ca)?\s*\(?\s*$",
    re.I,
)
#: Words that say outright that what follows is the same in per cent, whatever stands before them.
_THAT_IS = re.compile(
    r"[^.;:()\d]*[,(–]\s*(?:det\s+vill\s+säga|d\.?v\.?s\.?|alltså|motsvarande|eller"
    r"|vilket\s+(?:är|var|motsvarar|motsvarade|ger|gav|blir|blev|innebär))"
    r"(?:\s+en\s+\w+\s+på)?\s*(?:(?:i|för|hos|vid|på)\s+)?(?:cirka|ca)?\s*$",
    re.I,
)
_ASIDE = re.compile(r"[^\S\n]*(?:[^\W\d_]+\s*){0,3}[,(–]\s*$")
_ANSWER = re.compile(r"\bsvara(?:de|t)\b|\btillfråga|\bbesvara", re.I)
_NO = re.compile(r"\b(?:inte|ej|ingen|inga|aldrig)\b", re.I)
_SVARA = re.compile(r"\bsvara", re.I)
#: The part of a whole from which its parts are meant to be all of it.
NEARLY = 0.8
#: Answers of which not every whole per cent is a share.
FEW_ANSWERS = 30
_FRACTION = re.compile(r"hälften|tredjedel|fjärdedel|femtedel", re.I)
_RATE = re.compile(r"\bsvarsfrekvens", re.I)
_FROM_ALL = re.compile(r"\s*(?:svar|enkäter|svarande)?\s*(?:från|av|på|bland)\s+(?:totalt\s+)?$", re.I)
_OVER = re.compile(r"budget|beläggning|nyttjande|mer\b|högre|ökn|öka|jämfört|\bän\b|överskr|tjänst|lön", re.I)
_RESULT = re.compile(r"överskott|underskott|avvikelse|\bresultat(?:et)?\b", re.I)
_SPENT = re.compile(r"\b(?:total|drift|netto)?s?kostnad|utfall|förbrukning", re.I)
_GIVEN = re.compile(r"\bintäkt|budget", re.I)
_OF_INCOME = re.compile(r"intäkts\w*budget", re.I)
_THAT_IS_BY = re.compile(r"\b(?:det\s+vill\s+säga|d\.?v\.?s\.?|alltså)\s+med\s+(?:cirka\s+)?$", re.I)
#: What "av 31 svarande var 39 män" says of its part.
_THEY_ARE = re.compile(r"(?:\w+(?:a|ade|nde)|kvinn\w+|män|flick\w+|pojk\w+)$", re.I)
_THEY_HAVE = re.compile(r"\w+(?:at|it|ats|its)$", re.I)
_SIDES = ({"flick", "pojk"}, {"kvinn", "män"}, {"kvinn", "man"}, {"dam", "herr"})


@check
def numbers_of_a_text(rows: Rows) -> Iterator[Noted]:
    """Parts and wholes, shares, and changes, sentence by sentence."""
    before: tuple[Said, ...] = ()
    for said in by_sentence(rows):
        yield from _parts(rows, said)
        yield from _sums(rows, said, before)
        yield from _whole_parts(rows, said, before)
        yield from _rest(rows, said, before)
        yield from _totals(rows, said)
        yield from _shares(rows, said, before)
        yield from _changes(rows, said)
        yield from _results(rows, said, before)
        before = said


def _parts(rows: Rows, found: Sequence[Said]) -> Iterator[Noted]:
    """A part larger than its whole: "41 av 40"."""
    for one, two in pairwise(found):
        if {one.role, two.role} != {"part", "whole"} or not whole_numbers((one, two)):
            continue
        part, whole = (one, two) if one.role == "part" else (two, one)
        if part.value <= whole.value or "%" in (part.unit, whole.unit) or not _same_things(part, whole):
            continue
        words = {
            "what": f"delen är {part.quantity.raw} och helheten {whole.quantity.raw}",
            "quote": quote(part.sentence),
        }
        yield doubt(rows, "parts_differ", part, words, whole)


def _same_things(part: Said, whole: Said) -> bool:
    """What the part counts is of the whole's kind, as far as is said."""
    if part.unit and whole.unit and part.unit != whole.unit:
        return False
    if part.quantity.number.start < whole.quantity.number.start:
        between = part.sentence[part.quantity.number.end : whole.quantity.number.start].split()
        return len(between) <= 2  # "32 avslag lästes av två personer" is no part of anything
    noun = part.quantity.number.noun
    if whole.quantity.number.start < part.quantity.number.start and noun:
        between = part.sentence[whole.quantity.number.end : part.quantity.number.start].split()
        if len(between) <= 2 and between[-1:] and between[-1] in ("är", "var", "har", "hade"):
            told = _THEY_ARE if between[-1] in ("är", "var") else _THEY_HAVE
            sex = noun.endswith("män") or noun.startswith(("kvinn", "flick", "pojk"))
            if sex and whole.unit not in ("personer", "svar"):
                return False
            return bool(told.match(noun)) or stem(noun) in whole.quantity.heads
    return noun is None or noun.endswith("a") or "small" in uses(noun) or stem(noun) in whole.quantity.heads


def _sums(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Iterator[Noted]:
    """Parts that do not add up: "52 anställda, fördelade på 41 lärare och 6 assistenter"."""
    if len(found) < 2:
        return
    sentence = found[0].sentence
    for pattern in (_SPREAD, _VARAV, _COLON, _SIDES_FOLLOW):
        joined = pattern.search(sentence)
        if joined is None:
            continue
        parts = _listed([said for said in found if said.quantity.number.start >= joined.end()])
        earlier = [said for said in found if said.quantity.number.start < joined.end()]
        whole = _divided(earlier, parts) or _whole_before(sentence[: joined.start()], found, before)
        if whole is None or len(parts) < 2 or not _counted((whole, *parts)):
            continue
        added = sum(part.value for part in parts)
        loose = pattern is _SIDES_FOLLOW
        if pattern is _VARAV and added < whole.value:
            loose = _may_leave_some(parts, whole, found)
        if added == whole.value or (loose and not _both_sides(parts)):
            continue
        yield doubt(rows, "parts_differ", parts[0], _sum_words(parts, whole), whole)


def _divided(earlier: Sequence[Said], parts: Sequence[Said]) -> Said | None:
    """The whole of some parts: the number before "tre grupper", where three parts are told."""
    if len(earlier) > 1 and earlier[-1].value == len(parts) and earlier[-2].value > len(parts):
        return earlier[-2]
    return earlier[-1] if earlier else None


def _whole_parts(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Iterator[Noted]:
    """All parts of what was just counted: "12 platser i två hus, 7 i Norra och 6 i Södra"."""
    if len(found) < 2:
        return
    if noted := _own_kinds(rows, found) or _of_before(rows, found, before):
        yield noted
        return
    for joined in _ALL_PARTS.finditer(found[0].sentence):
        parts = _listed([said for said in found if said.quantity.number.start >= joined.end()])
        earlier = [said for said in found if said.quantity.number.end <= joined.start()]
        whole = _divided(earlier, parts)
        if whole is None or len(parts) < 2 or parts[0].quantity.number.start > joined.end() + 1:
            continue
        if whole.unit is None and _WHERE.match(whole.sentence, whole.quantity.number.end):  # itself a part
            continue
        if (
            parts[-1] is not found[-1]
            or not _counted((whole, *parts))
            or not _are_parts(whole, parts, joined[0])
        ):
            continue
        if (
            "från" in joined[0]
            and len(found[0].sentence[whole.quantity.number.end : joined.start()].split()) > 4
        ):
            continue
        if sum(part.value for part in parts) != whole.value:
            yield doubt(rows, "parts_differ", parts[0], _sum_words(parts, whole), whole)
        return


def _are_parts(whole: Said, parts: Sequence[Said], joined: str) -> bool:
    """Each is told by where it is, or is of the whole's kind; the last is joined by "och"."""
    between = whole.sentence[parts[-2].quantity.number.end : parts[-1].quantity.number.start]
    kinds = all(
        _WHERE.match(part.sentence, part.quantity.number.end)
        or (part.unit == "personer" and "," not in joined)
        or _sex(part)
        for part in parts[:-1]
    )
    return kinds and bool(re.search(r"\b(?:och|samt|respektive)\b", between))


def _sex(part: Said) -> bool:
    return (part.quantity.number.noun or "").casefold() in ("kvinnor", "män", "flickor", "pojkar")


def _own_kinds(rows: Rows, found: Sequence[Said]) -> Noted | None:
    """More parts than there are: "Av 21 medarbetare är 9 förskollärare och 14 barnskötare"."""
    whole, *rest = found
    lead = whole.sentence[whole.quantity.number.end : rest[0].quantity.number.start]
    parts = _listed(rest)
    if whole.role != "whole" or len(parts) < 2 or not _THEY_ARE_PARTS.search(lead):
        return None
    nouns = [part.quantity.number.noun or "" for part in parts]
    named = all(
        noun and not noun.endswith(("ade", "da", "ande")) and "small" not in uses(noun) for noun in nouns
    )
    if not named or not _counted((whole, *parts)) or _may_leave_some(parts, whole, found):
        return None
    return doubt(rows, "parts_differ", parts[0], _sum_words(parts, whole), whole)


def _may_leave_some(parts: Sequence[Said], whole: Said, found: Sequence[Said]) -> bool:
    """The parts are the whole, or too few of it to be meant as all: others may be left out."""
    added = sum(part.value for part in parts)
    return added == whole.value or (added < NEARLY * whole.value or parts[-1] is not found[-1])


def _of_before(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Noted | None:
    """More of them than the sentence before counts: "Sju gällde beslut och nio tillgänglighet"."""
    if not before or before[0].row["text_row_id"] != found[0].row["text_row_id"]:
        return None
    parts, whole = _listed(found), before[0]
    begins = _OF_THEM.match(found[0].sentence)
    if begins is None or parts[0].quantity.number.start > begins.end() + 1 or len(parts) != len(found):
        return None
    if whole.role not in ("level", "whole") or not _counted((whole, *parts)):
        return None
    if sum(part.value for part in parts) <= whole.value:
        return None
    return doubt(rows, "parts_differ", parts[0], _sum_words(parts, whole), whole)


def _rest(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Iterator[Noted]:
    """The rest is not what is left: "9 av 12 är klara. För de övriga 5 …"."""
    for at, said in enumerate(found):
        number = said.quantity.number
        lead, tail = said.sentence[: number.start], said.sentence[number.end :]
        if not (_REST_BEFORE.search(lead) or _REST_AFTER.match(tail)) or said.unit not in (
            None,
            "personer",
            "platser",
        ):
            continue
        earlier = [each for each in found[:at] if each.unit != "%"]
        if not earlier or len(earlier) == 1:
            same_text = before and before[0].row["text_row_id"] == said.row["text_row_id"]
            earlier = [*(each for each in before if same_text and each.unit != "%"), *earlier]
        pairs = [pair for pair in pairwise(earlier) if {each.role for each in pair} == {"part", "whole"}]
        if len(pairs) != 1 or len(earlier) != 2 or not whole_numbers((said, *pairs[0])):
            continue
        part, whole = sorted(pairs[0], key=lambda each: each.role)
        left = whole.value - part.value
        if 0 <= left != said.value:
            some = f"{part.quantity.raw} av {whole.quantity.raw}"
            what = f"{some} lämnar {left:.0f}, men de övriga är {said.quantity.raw}"
            yield doubt(rows, "parts_differ", said, {"what": what, "quote": quote(said.sentence)}, part)


def _totals(rows: Rows, found: Sequence[Said]) -> Iterator[Noted]:
    """A total after its parts: "12 lärare och 3 vikarier, totalt 16 personer"."""
    for at, whole in enumerate(found):
        lead = whole.sentence[: whole.quantity.number.start]
        if at < 2 or not _IN_ALL.search(lead):
            continue
        parts = _listed(found[:at])
        if len(parts) != at or not _counted((whole, *parts)) or sum(p.value for p in parts) == whole.value:
            continue
        if len(lead[parts[-1].quantity.number.end :].split()) > 4:
            continue
        yield doubt(rows, "parts_differ", whole, _sum_words(parts, whole), parts[0])


def _sum_words(parts: Sequence[Said], whole: Said) -> dict[str, str]:
    listed = enumerated([part.quantity.raw for part in parts])
    added = sum(part.value for part in parts)
    what = f"{listed} blir tillsammans {added:.0f}, men helheten är {whole.quantity.raw}"
    return {"what": what, "quote": quote(parts[0].sentence)}


def _listed(found: Sequence[Said]) -> list[Said]:
    """The first numbers that stand close in a list, by commas and "och"."""
    parts = list(found[:1])
    for one, two in pairwise(found):
        between = one.sentence[one.quantity.number.end : two.quantity.number.start]
        joins = len(re.split(r",|\b(?:och|samt|respektive)\b", between)) - 1
        last = re.split(r",|\b(?:och|samt|respektive)\b", between)[-1]
        if len(between.split()) > 5 or joins != 1 or len(last.split()) > 1:
            break
        parts.append(two)
    return parts


def _whole_before(subject: str, found: Sequence[Said], before: Sequence[Said]) -> Said | None:
    """The number of the sentence before that counts what this one's subject names."""
    if not before or before[0].row["text_row_id"] != found[0].row["text_row_id"]:
        return None
    named = {stem(word) for word in _WORD.findall(subject)}
    return next((said for said in before if set(said.quantity.heads) & named), None)


def _counted(found: Sequence[Said]) -> bool:
    """All count whole things or people, none of them perhaps."""
    return whole_numbers(found) and all(
        said.unit in (None, "personer", "platser", "svar") and said.role != "other" for said in found
    )


def _both_sides(parts: Sequence[Said]) -> bool:
    heads = {head for part in parts for head in part.quantity.heads}
    return any(len({h for h in heads if h.startswith(tuple(side))}) == 2 for side in _SIDES)


def _shares(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Iterator[Noted]:
    """Shares that the counts beside them cannot give, and shares above all there is."""
    for i, said in enumerate(found):
        if said.unit != "%":
            continue
        if said.role == "share" and said.value > 100 and said.exact and not _OVER.search(said.sentence):
            yield doubt(rows, "share_differs", said, _share_words(said, "är mer än hela antalet"))
            continue
        for part, whole in ((i + 1, i + 2), (i - 2, i - 1), (i - 1, i - 2)):
            if min(part, whole) >= 0 and whole < len(found):
                yield from _share_of_pair(rows, said, found[part], found[whole])
        if i and found[i - 1].role == "part" and (i < 2 or found[i - 2].role != "whole"):
            yield from _share_of_before(rows, said, found[i - 1], before)
        if said.role == "share" and i + 1 < len(found) and found[i + 1].role == "whole":
            yield from _impossible(rows, said, found[i + 1])


def _share_of_before(rows: Rows, said: Said, part: Said, before: Sequence[Said]) -> Iterator[Noted]:
    """Of all that the sentence before counts: "Vi har 40 planer. 30 av planerna, 80 procent, är klara"."""
    same_text = bool(before) and before[0].row["text_row_id"] == said.row["text_row_id"]
    noun = re.match(
        r"\s*(?:[^\W\d_]+\s+)?av\s+(?:de\s+)?([^\W\d_]{3,})", said.sentence[part.quantity.number.end :]
    )
    between = said.sentence[part.quantity.number.end : said.quantity.number.start]
    if (
        said.role == "share"
        or not same_text
        or noun is None
        or not (_ASIDE.fullmatch(between) or _THAT_IS.fullmatch(between))
    ):
        return
    root = stem(noun[1])
    wholes = [each for each in before if any(head.endswith(root) for head in each.quantity.heads[:2])]
    if len(wholes) != 1 or not whole_numbers((part, wholes[0])) or part.value > wholes[0].value:
        return
    if wholes[0].unit not in (None, "personer", "platser", "svar") or wholes[0].role not in (
        "level",
        "whole",
    ):
        return
    yield from _share_differs(rows, said, part, wholes[0])


def _share_of_pair(rows: Rows, said: Said, part: Said, whole: Said) -> Iterator[Noted]:
    if not whole_numbers((part, whole)) or not whole.value:
        return
    if (part.role, whole.role) != ("part", "whole") and not _answers_of(said, part, whole):
        return
    after = said.quantity.number.start > whole.quantity.number.start
    if after and said.role == "share":  # "3 av 12 hus, 40 procent av ytan"
        return
    near = max((part, whole), key=_start) if after else min((part, whole), key=_start)
    numbers = (near, said) if after else (said, near)
    between = said.sentence[numbers[0].quantity.number.end : numbers[1].quantity.number.start]
    joined = _JOINED.fullmatch(between) or (after and _THAT_IS.fullmatch(between))
    if joined and said.role not in ("target", "change", "previous"):
        yield from _share_differs(rows, said, part, whole)


def _start(said: Said) -> int:
    return said.quantity.number.start


def _answers_of(said: Said, part: Said, whole: Said) -> bool:
    """The rate of answers with its numbers: "Svarsfrekvensen var 75 procent, 60 svar från 80 enkäter"."""
    lead = said.sentence[: said.quantity.number.start]
    one, two = part.quantity.number, whole.quantity.number
    if not _RATE.search(lead) or not said.quantity.number.end <= one.start < two.start:
        return False
    return bool(_FROM_ALL.fullmatch(said.sentence[one.end : two.start])) and not {part.role, whole.role} & {
        "previous", "target", "other",
    }  # fmt: skip


def _share_differs(rows: Rows, said: Said, part: Said, whole: Said) -> Iterator[Noted]:
    share = 100 * part.value / whole.value
    if share > 100 or _is_share(said, share):
        return
    what = f"går inte ihop med {part.quantity.raw} av {whole.quantity.raw}, som är {_shown(share)}\u00a0%"
    yield doubt(rows, "share_differs", said, _share_words(said, what), whole)


@check
def answers_cannot_give(rows: Rows) -> Iterator[Noted]:
    """An indicator's share that no whole number of those who, by its analysis, answered is."""
    told: dict[str, list[tuple[Said, ...]]] = {}
    for found in by_sentence(rows):
        if found and found[0].row["text_table"] == "indicators" and _SVARA.search(found[0].sentence):
            told.setdefault(found[0].row["text_row_id"], []).append(found)
    for row in rows["indicators"]:
        value, sentences = row["value"], told.get(row["row_id"], [])
        if row["measure_unit"] != "%" or value is None or len(sentences) != 1:
            continue
        said = _answered(sentences[0])
        if said is None or not 0 < said.value <= FEW_ANSWERS:
            continue
        printed = row["value_raw"].partition(",")[2]
        slack = 10.0 ** -len(re.match(r"\d*", printed)[0])  # type: ignore[index]
        nearest = [int(value * said.value / 100) + step for step in (0, 1)]
        if any(abs(100 * count / said.value - value) < slack for count in nearest):
            continue
        low, high = (f"{_shown(100 * count / said.value)}\u00a0%" for count in nearest)
        what = (
            f"kan inte vara en andel av {said.quantity.raw} som svarat: närmast möjliga är {low} och {high}"
        )
        words = {"said": row["value_raw"], "what": what, "quote": quote(said.sentence)}
        yield doubt(rows, "share_differs", said, words)


@check
def counts_give_another(rows: Rows) -> Iterator[Noted]:
    """An indicator's share beside the counts of its own analysis: 95 %, "11 av 12 boende deltar"."""
    of_row: dict[str, list[tuple[Said, ...]]] = {}
    for found in by_sentence(rows):
        if found and found[0].row["text_table"] == "indicators":
            of_row.setdefault(found[0].row["text_row_id"], []).append(found)
    for row in rows["indicators"]:
        if row["measure_unit"] == "%" and row["value"] is not None:
            yield from _counts_of(rows, row, of_row.get(row["row_id"], []))


def _counts_of(rows: Rows, row: Row, sentences: Sequence[tuple[Said, ...]]) -> Iterator[Noted]:
    """The one part and whole of the analysis that are of what the indicator measures, this year."""
    pairs = [
        (one, two) if one.role == "part" else (two, one)
        for found in sentences
        for one, two in pairwise(found)
        if {one.role, two.role} == {"part", "whole"}
        and whole_numbers((one, two))
        and not _ANSWER.search(one.sentence)
    ]
    if len(pairs) != 1:
        return
    part, whole = pairs[0]
    asked = about(short_name(row["name"]))
    own = part.quantity.period in (None, "year") and part.unit != "%"
    same = asked and 2 * shared(asked, stems(part.sentence)) >= len(asked)
    if not own or not same or not 0 < part.value <= whole.value or _NO.search(part.sentence):
        return
    if any("target" in uses(word) for word in _WORD.findall(part.sentence)):
        return
    share, cells = 100 * part.value / whole.value, [row[cell] for cell in CELLS if row[cell] is not None]
    if any(abs(share - cell) < 1 for cell in cells):
        return
    what = f"går inte ihop med {part.quantity.raw} av {whole.quantity.raw}, som är {_shown(share)}\u00a0%"
    words = {"said": row["value_raw"], "what": what, "quote": quote(part.sentence)}
    yield doubt(rows, "share_differs", part, words, whole)


def _answered(found: Sequence[Said]) -> Said | None:
    """How many answered: "svarade 7 av 12", "av 12 tillfrågade svarade 7", "har 7 av 12 svarat"."""
    if len(found) != 2 or not whole_numbers(found) or {said.role for said in found} != {"part", "whole"}:
        return None
    part, whole = sorted(found, key=lambda each: each.role)
    if "%" in (part.unit, whole.unit) or part.value > whole.value:
        return None
    before, after = sorted(found, key=_start)
    between = part.sentence[before.quantity.number.end : after.quantity.number.start]
    around = part.sentence[: before.quantity.number.start], part.sentence[after.quantity.number.end :]
    asked = re.compile(r"\bsvarade\s*$", re.I).search(around[0]) or re.match(
        r"\s*(?:[^\W\d_]+\s+)?(?:har\s+)?svara(?:t|de|r)\b", around[1], re.I
    )
    if re.match(r"\s*som\s+svara", between, re.I):
        return whole
    return part if asked or re.search(r"\bsvarade(?:\s+(?:bara|endast))?\s*$", between, re.I) else None


def _impossible(rows: Rows, said: Said, whole: Said) -> Iterator[Noted]:
    """No whole number of them is that share."""
    words = {use for word in _WORD.findall(said.sentence) for use in uses(word)}
    if not (said.exact and whole_numbers((whole,)) and 0 < whole.value <= 1000) or "unsure" in words:
        return
    nearest = [int(said.value * whole.value / 100) + step for step in (0, 1)]
    if any(_is_share(said, 100 * count / whole.value) for count in nearest):
        return
    low, high = (f"{_shown(100 * count / whole.value)}\u00a0%" for count in nearest)
    what = f"går inte ihop med {whole.quantity.raw}: närmast möjliga är {low} och {high}"
    yield doubt(rows, "share_differs", said, _share_words(said, what), whole)


def _is_share(said: Said, share: float) -> bool:
    """The share as printed may stand for this one, cut or rounded."""
    number = said.quantity.number
    if _FRACTION.search(said.quantity.raw):
        return abs(share - number.value) <= 4  # nobody counts hundredths in "två tredjedelar"
    if not number.exact:
        return (number.low or 0.0) - 1 <= share <= (number.high or 100.0) + 1
    return abs(share - number.value) < 10.0**-number.decimals - 1e-9 or abs(share - number.value) < 1e-9


def _share_words(said: Said, what: str) -> dict[str, str]:
    return {"said": said.quantity.raw, "what": what, "quote": quote(said.sentence)}


def _shown(number: float) -> str:
    """At most one decimal, with a decimal comma."""
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")


def _changes(rows: Rows, found: Sequence[Said]) -> Iterator[Noted]:
    """From one level to another, against the change and the direction that are told beside them."""
    for one, two in pairwise(found):
        if (one.role, two.role) != ("previous", "level") or not (one.exact and two.exact):
            continue
        if one.unit != two.unit or one.value == two.value:
            continue
        way = two.quantity.direction or one.quantity.direction
        if way and way != ("up" if two.value > one.value else "down"):
            words = {
                "what": f"från {one.quantity.raw} till {two.quantity.raw} är ingen "
                + ("ökning" if way == "up" else "minskning"),
                "quote": quote(one.sentence),
            }
            yield doubt(rows, "change_differs", two, words, one)
            continue
        for said in found:
            after = said.quantity.number.start > two.quantity.number.end
            by = after and _BY.search(said.sentence[: said.quantity.number.start])
            lead = said.sentence[: said.quantity.number.start]
            told = said.role == "change" or (by and (said.unit or _is_same(said, one, lead)))
            if said.role != "target" and said.exact and told:
                yield from _change(rows, one, two, said)


def _is_same(said: Said, one: Said, lead: str) -> bool:
    """What is told after two levels, as "alltså med 15", is of what they count."""
    noun = said.quantity.number.noun
    return bool(_THAT_IS_BY.search(lead)) and (noun is None or stem(noun) in one.quantity.heads)


def _change(rows: Rows, one: Said, two: Said, said: Said) -> Iterator[Noted]:
    points, told = abs(two.value - one.value), said.value
    slack = 10.0**-said.quantity.number.decimals
    relative = 100 * points / abs(one.value) if one.value else None
    near = abs(told - points) < slack
    if said.unit == "%" and one.unit in ("%", "index", None, "kr", "personer"):
        if relative is not None and abs(told - relative) < slack:
            return
        if near and one.unit == "%":
            words = {
                "name": f"”{one.quantity.subject}”" if one.quantity.subject else "Texten",
                "said": said.quantity.raw, "points": _shown(told),
                "previous": one.quantity.raw, "value": two.quantity.raw,
            }  # fmt: skip
            yield doubt(rows, "percent_points", said, words, one)
            return
    elif (
        said.unit == one.unit
        or (said.unit == "procentenheter" and one.unit == "%")
        or (one.unit is None and said.unit in ("gånger", "personer", "platser", "svar"))
    ):
        if near:
            return
    else:
        return
    words = {
        "what": f"från {one.quantity.raw} till {two.quantity.raw} är skillnaden {_shown(points)}, "
        f"men texten anger {said.quantity.raw}",
        "quote": quote(one.sentence),
    }
    yield doubt(rows, "change_differs", said, words, one)


def _results(rows: Rows, found: Sequence[Said], before: Sequence[Said]) -> Iterator[Noted]:
    """A surplus or deficit that is not the difference of the two amounts beside it, or of the other sign."""
    amounts = _amounts(found, before)
    names = [(said, _lead(said)) for said in amounts]
    result = [said for said, lead in names if _RESULT.search(lead)]
    pair = [(said, lead) for said, lead in names if _SPENT.search(lead) or _GIVEN.search(lead)]
    if len(result) != 1 or len(pair) != 2 or any(said is result[0] for said, _ in pair):
        return
    said, (one, two) = result[0], (pair[0][0], pair[1][0])
    difference = abs(one.value - two.value)
    both = f"{one.quantity.raw} och {two.quantity.raw}"
    if abs(difference - abs(said.value)) > sum(map(_last_place, amounts)) / 2 + 1:
        what = f"{both} skiljer sig med {_money(difference)}, men texten anger {said.quantity.raw}"
    elif (other := _other_sign(_lead(said), pair)) is not None:
        what = f"{both} ger ett {other[1]}, men texten anger ett {other[0]} på {said.quantity.raw}"
    else:
        return
    yield doubt(rows, "change_differs", said, {"what": what, "quote": quote(said.sentence)}, one)


def _amounts(found: Sequence[Said], before: Sequence[Said]) -> list[Said]:
    """The three amounts of a sentence, or of it and the one before it, or none."""
    here = [said for said in found if said.unit == "kr"]
    if len(here) < 3 and here and before and before[0].row["text_row_id"] == here[0].row["text_row_id"]:
        here = [*(said for said in before if said.unit == "kr"), *here]
    fit = all(said.exact and said.role in ("level", "whole") for said in here)
    return here if len(here) == 3 and fit and found[-1].unit == "kr" else []


def _other_sign(lead: str, pair: Sequence[tuple[Said, str]]) -> tuple[str, str] | None:
    """What the result is called and what it is, where money spent and money given tell it."""
    spent = [said for said, text in pair if _SPENT.search(text)]
    given = [said for said, text in pair if _GIVEN.search(text) and not _SPENT.search(text)]
    called = re.search(r"överskott|underskott", lead, re.I)
    if (
        called is None
        or any(_OF_INCOME.search(text) for _, text in pair)
        or len(spent) != 1
        or len(given) != 1
        or spent[0].value == given[0].value
    ):
        return None
    real = "överskott" if given[0].value > spent[0].value else "underskott"
    return None if called[0].lower() == real else (called[0].lower(), real)


def _lead(said: Said) -> str:
    """The three words before a number."""
    return " ".join(_WORD.findall(said.sentence[: said.quantity.number.start])[-3:])


def _last_place(said: Said) -> float:
    """What the last printed place of an amount is worth, in kr."""
    digits = re.search(r"\d[\d \u00a0]*(?:[.,]\d+)?", said.quantity.raw)
    printed = float(re.sub(r"[ \u00a0]", "", digits[0]).replace(",", ".")) if digits else 0.0
    scale = abs(said.value) / printed if printed else 1.0
    return float(scale * 10.0**-said.quantity.number.decimals)


def _money(kr: float) -> str:
    return f"{kr / 1000:,.0f} tkr".replace(",", "\u00a0")
