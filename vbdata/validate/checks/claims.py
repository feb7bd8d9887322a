"""What is claimed without a number, and numbers that their author does not stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from vbdata.language.inflection import stem
from vbdata.language.prose import NUMBER_WORDS, alike, enumerated, quote
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.checks.registry import Row, Rows, check
from vbdata.validate.checks.texts import ECONOMY, INTENDED, Text, own_texts, texts
from vbdata.validate.places import place
from vbdata.validate.stems import has, pattern, uses_of, words_of
from vbdata.vocabulary import surveys

#: Claims that a report is asked about; more of them are a way of writing.
MOST = 4
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONEY = re.compile(
    r"\d\s*(?:%|procent|tkr|mnkr|mkr|kr\b|kronor|tusen|miljon)|\b(?:kronor|mnkr|tkr|miljon\w*)\b"
    r"|(?<!\d)(?!(?:19|20)\d\d\b)\d{3,}|\b\d{1,3} \d{3}\b"
    r"|\| [−–+-]?\d[\d,]*(?= \||\n|$)",
    re.I,
)
_IN_WORDS = frozenset((
    *NUMBER_WORDS, "hälften", "dubbelt", "fjärdedel", "tredjedel", "halverats", "fördubblats", "ingen",
    "inga", "inget",
)) - {"en", "ett"}  # fmt: skip
_RANK = "en jämförelse mellan år"
#: Words of a section on the economy below which it is a reference to another.
_SHORTEST = 12


# ---------------------------------------------------------------------------------- economy


@check
def economy_without_amount(rows: Rows) -> Iterator[Noted]:
    """An annual report that tells of the economy without one amount."""
    told = _economy(rows)
    claims = [(text, said) for text in told for said in text.sentences if has("balance", said)]
    length = sum(len(words_of(text.text)) for text in told)
    if (length < _SHORTEST and not claims) or not told or any(_amount(text.text) for text in told):
        return
    text, said = claims[0] if claims else (told[0], told[0].sentences[0])
    words = {"heading": text.heading, "quote": quote(said)}
    other = Other("passages", told[0].row["row_id"], place(told[0].row))
    yield text.doubt(rows, "economy_without_amount", said, words, other)


def _economy(rows: Rows) -> list[Text]:
    if rows["reports"][0]["kind"] != "VB":
        return []
    return [text for text in texts(rows) if text.section in ECONOMY and text.goal is None]


def _amount(text: str) -> bool:
    return _MONEY.search(text) is not None


# ---------------------------------------------------------------------------------- claims


@check
def claim_without_number(rows: Rows) -> Iterator[Noted]:
    """A change, a rank among years or a balance that the text claims and no number shows."""
    if rows["reports"][0]["kind"] != "VB":
        return
    yield from islice(_claims(rows), MOST)


def _claims(rows: Rows) -> Iterator[Noted]:
    unknown = (text for text in texts(rows) if text.section is None)
    has_amount = any(_amount(text.text) for text in (*_economy(rows), *unknown))
    for text in own_texts(rows):
        if text.section in INTENDED:
            continue
        for said in text.sentences:
            if (what := _claimed(text, said, has_amount)) and not _measured_elsewhere(rows, text, said):
                lacks = "inga tal för de andra åren" if what == _RANK else "inget tal"
                words = {"heading": text.heading, "what": what, "lacks": lacks, "quote": quote(said)}
                yield text.doubt(rows, "claim_without_number", said, words, _beside(rows, text))
                break


def _claimed(text: Text, said: str, has_amount: bool) -> str | None:
    """What a sentence claims: ``rank``, ``balance`` or ``change``, in the words of a message."""
    uses = uses_of(said)
    if uses.isdisjoint(("rank", "balance", "effect")) and not uses >= {"change", "measured"}:
        return None  # nearly all
    if "rank" in uses and not _numbered(_without_span(said)):
        return _RANK
    if _numbered(said) or said.endswith("?") or "balance_no" in uses:
        return None
    if "balance" in uses and not has_amount and text.section not in ECONOMY and not _amount(text.text):
        return "ekonomins läge"
    if "effect" in uses and text.table == "passages" and not _numbered_near(text, said):
        return "en förbättring eller försämring"
    if text.table == "indicators" or not uses >= {"change", "measured"} or _numbered_near(text, said):
        return None
    return "en förändring" if _changed(said) else None


def _numbered_near(text: Text, said: str) -> bool:
    """A number stands in a sentence beside it."""
    at = text.sentences.index(said)
    return any(map(_numbered, text.sentences[max(at - 1, 0) : at + 2]))


def _without_span(said: str) -> str:
    """A sentence without the number of years that it looks back on: "de senaste tio åren"."""
    return pattern("rank").sub("", said)


def _changed(said: str) -> bool:
    """A measured thing and a word of change close by."""
    things, changes = list(pattern("measured").finditer(said)), list(pattern("change").finditer(said))
    return any(abs(a.start() - b.start()) < 45 and a.start() != b.start() for a in things for b in changes)


@lru_cache(maxsize=512)
def _numbered(text: str) -> bool:
    """Some number stands in it, in digits or in words, that is no year."""
    if any(not _YEAR.fullmatch(number) for number in _NUMBER.findall(text)):
        return True
    return not _IN_WORDS.isdisjoint(words_of(text))


def _measured_elsewhere(rows: Rows, text: Text, said: str) -> bool:
    """Some indicator of the report has the number of what the sentence speaks of, or may have had."""
    if text.table == "indicators":
        return False
    if not rows["indicators"] and rows.get("unread"):
        return True
    words = [word for word in words_of(said) if len(word) > 8]
    return any(
        row["value"] is not None
        and any(
            alike(word, name) or name.endswith(stem(word)) for word in words for name in words_of(row["name"])
        )
        for row in rows["indicators"]
    )


def _beside(rows: Rows, text: Text) -> Other | None:
    """The row that a row's own analysis speaks of, or the section where the number was to stand."""
    if text.table != "passages":
        return text.above
    blanks: Sequence[Row] = rows.get("blanks", ())
    blank = next((row for row in blanks if row["section"] in ECONOMY), None)
    if blank is not None and has("balance", text.text):
        return Other("reports", None, place(blank))
    return None


# ---------------------------------------------------------------------------------- disowned


@check
def number_disowned(rows: Rows) -> Iterator[Noted]:
    """Numbers that the text says cannot be trusted, used or compared: one doubt for each such sentence."""
    for text, said, spoken in _disowned(rows):
        first, *more = spoken
        where = text.other(rows, said)
        words = {
            "name": first["name"],
            "value": first["value_raw"],
            "place": str(where.place),
            "quote": quote(said),
            "more": f" Det gäller också {enumerated([row['name'] for row in more])}." if more else "",
            "rows": " ".join(row["row_id"] for row in spoken),
        }
        here = place(first)
        yield Noted("number_disowned", "indicators", first["row_id"], here, words, "value", where)


def with_reservations(rows: Rows, noted: Iterable[Noted]) -> Rows:
    """The rows, each indicator ``disowned`` or not by the doubts, for wherever its number shows."""
    marked = {row_id for n in noted if n.code == "number_disowned" for row_id in n.words["rows"].split()}
    told = [row | {"disowned": row["row_id"] in marked} for row in rows["indicators"]]
    return rows | {"indicators": told}


def _disowned(rows: Rows) -> Iterator[tuple[Text, str, list[Row]]]:
    """Sentences that disown a number, each with the rows that no sentence before it has disowned."""
    marked: set[str] = set()
    for text in own_texts(rows):
        own = text.table == "indicators"
        for said in text.sentences if text.section not in INTENDED else ():
            uses = uses_of(said)
            if ("disowned" in uses and (own or "numbers" in uses)) or ("cautious" in uses and not own):
                spoken = [row for row in _spoken_of(rows, text, said) if row["value"] is not None]
                if spoken := [row for row in spoken if row["row_id"] not in marked]:
                    marked.update(row["row_id"] for row in spoken)
                    yield text, said, spoken


def _spoken_of(rows: Rows, text: Text, said: str) -> list[Row]:
    """The row that the text stands in, or those of the survey or the name that the sentence has."""
    if text.table == "indicators":
        return [text.row]
    low = said.casefold()
    known = [each for each in surveys() if any(name in low for name in each.printed)]
    wanted = {indicator for each in known for indicator in each.indicators}
    named = {row["row_id"] for row in rows["indicators"] if not wanted and _is_named(row["name"], said)}
    return [row for row in rows["indicators"] if row["indicator_id"] in wanted or row["row_id"] in named]


def _is_named(name: str, said: str) -> bool:
    """Every longer word of an indicator's name stands in the sentence."""
    wanted = [word for word in words_of(name.split(" - ")[0]) if len(word) > 7]
    return bool(wanted) and all(any(alike(word, other) for other in words_of(said)) for word in wanted)
