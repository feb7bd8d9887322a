"""Text that was left in: the form's own instructions, and a year that has passed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from vbdata.language.prose import Sentence, quote, sentences
from vbdata.normalise.noted import Noted
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.checks.texts import Text, texts
from vbdata.validate.judgements import is_year
from vbdata.validate.stems import words_of
from vbdata.vocabulary import phrases

_BOXED = re.compile(r"\s*[\[<].*(?:hjälptext|skriv|fyll i|ta bort).*[\]>]\s*", re.I | re.S)
_YEAR = re.compile(r"\d{4}")
#: Sections of higher goals, which the board or the council wrote.
_GIVEN = ("description", "expected_result")


@check
def instruction_left(rows: Rows) -> Iterator[Noted]:
    """The form's help text, still there."""
    for text in texts(rows):
        if not _may_instruct(text):
            continue
        if (sentence := next(filter(is_instruction, sentences(text.text)), None)) is not None:
            words = {"heading": text.heading, "quote": quote(sentence.text, 120)}
            yield text.doubt(rows, "instruction_left", sentence.text, words)


def _may_instruct(text: Text) -> bool:
    """Some sentence begins as help texts do, or a word that only they have stands there: a cheap test."""
    low = text.lower
    if "[" in low or "<" in low or any([part in low for part in phrases()["instruction_part"]]):
        return True
    firsts = {first for first in _first_words() if first in low}
    return bool(firsts) and any([not firsts.isdisjoint(words_of(said)[:1]) for said in text.sentences])


@cache
def _first_words() -> frozenset[str]:
    """What help texts begin with."""
    return frozenset(word for start in phrases()["instruction_start"] for word in words_of(start)[:1])


def is_instruction(sentence: Sentence) -> bool:
    """A sentence that tells the writer what to write.

    >>> [is_instruction(s) for s in sentences("Beskriv kortfattat hur målet nåtts. Vi beskriver det här.")]
    [True, False]
    """
    tokens = sentence.tokens
    if any("instruction_part" in token.uses for token in tokens):
        return not any(token.text in ("vi", "vår", "vårt", "våra") for token in tokens)
    if len(tokens) < 3 or "instruction_start" not in tokens[0].uses or sentence.text.rstrip().endswith("?"):
        return len(sentence.text) <= 300 and bool(_BOXED.fullmatch(sentence.text))
    if any(token.text in ("vi", "oss", "vår", "vårt", "våra", "ditt", "din") for token in tokens):
        return False
    if tokens[0].text.endswith(" här") or tokens[1].text == "här":
        return True
    second = tokens[2] if tokens[1].text == ":" else tokens[1]
    return "instruction_next" in second.uses or (second.text == ":" and len(tokens) > 4)


@check
def year_passed(rows: Rows) -> Iterator[Noted]:
    """Plans for a year that has passed: "Under 2024 kommer vi att …" in a report of 2025."""
    year, kind = rows["reports"][0]["year"], rows["reports"][0]["kind"]
    last = year if kind == "VB" else year - 1
    for text in texts(rows):
        if _is_given(text):
            continue
        told = sentences(text.text) if "20" in text.text and _YEAR.search(text.text) else ()
        hits = (s for s in told if _YEAR.search(s.text) and speaks_of_passed_year(s, year, last))
        if (sentence := next(hits, None)) is not None:
            words = {"heading": text.heading, "year": str(year), "quote": quote(sentence.text, 120)}
            yield text.doubt(rows, "year_passed", sentence.text, words)


def _is_given(text: Text) -> bool:
    """The text is the board's or the council's, not of the unit."""
    if text.table != "passages":
        return False
    of_unit = text.goal is not None and text.goal["level"] == "unit"
    return not of_unit and (text.goal is not None or text.section in _GIVEN)


def speaks_of_passed_year(sentence: Sentence, year: int, last_prepared: int) -> bool:
    """Such as "Under 2024 kommer", "kommer under 2024 att", "Inför 2025 planeras".

    Parameters
    ----------
    last_prepared
        The latest year that a report may not be "inför": its own, for one that looks back.
    """
    tokens = sentence.tokens
    years = [i for i, token in enumerate(tokens) if is_year(token)]
    if len(years) != 1 or sentence.has("future_no") or sentence.text.endswith("?"):
        return False
    at = years[0]
    before = tokens[at - 1].text if at else ""
    limit = {"under": year - 1, "inför": last_prepared}.get(before)
    if limit is None or (tokens[at].number or 0) > limit:
        return False
    after = tokens[at + 1 : at + 2]
    led = at >= 2 and "future" in tokens[at - 2].uses
    return at <= 3 and (led or any("future" in token.uses for token in after))
