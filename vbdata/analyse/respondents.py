"""How many answered a survey, where a report's text says so, and how far chance may have moved its shares.

Precision goes before recall: a sentence that could mean a part of the unit, another year, or those who gave a
certain answer is left alone. What is found is evidence to show beside the figure, with its sentence, never a
change of the figure.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from vbdata import vocabulary
from vbdata.analyse.proportions import whole_count, wilson
from vbdata.language.inflection import stem
from vbdata.vocabulary import quantity_words

LEAST_ANSWERS = 5
"""Below this no interval is shown: so few people are not to be recognised."""

_NUMBER = r"\d{1,4}"
_ANSWERED = r"(?:svarat|svarade|besvarat|besvarade)"
_FEW_WORDS = r"(?:[^\W\d]+\s+){0,4}?"
_OF = r"(?:totalt|sammanlagt|samtliga|de|våra|alla|cirka|ca\.?|tillfrågade|möjliga)\s+"
_PAIRS = (
    rf"(?P<n>{_NUMBER})\s+{_FEW_WORDS}av\s+(?:{_OF})*(?P<asked>{_NUMBER})",
    rf"\bav\s+(?:{_OF})*(?P<asked>{_NUMBER})\s+{_FEW_WORDS}(?P<n>{_NUMBER})",
)
_ALONE = (
    rf"(?P<n>{_NUMBER})\s+{_FEW_WORDS}{_ANSWERED}\b",
    rf"\b{_ANSWERED}\s+(?P<n>{_NUMBER})\b",
    rf"(?P<n>{_NUMBER})\s+(?:svar|svarande|respondenter)\b",
    rf"\bn\s*=\s*(?P<n>{_NUMBER})\b",
)
_RATE = re.compile(
    r"svarsfrekvens(?:en)?\b[^\d.;]{0,40}(?P<rate>\d{1,3}(?:,\d+)?)\s*(?:%|procent)"
    r"|(?P<before>\d{1,3}(?:,\d+)?)\s*(?:%|procents?)\s+svarsfrekvens",
    re.IGNORECASE,
)
_ABOUT_ANSWERS = re.compile(
    rf"{_ANSWERED}|\bsvar\b|\bsvarande\b|respondent|svarsfrekvens|\bn\s*=", re.IGNORECASE
)
_ABOUT_OPINIONS = re.compile(
    rf"{_ANSWERED}\s+(?:att|ja|nej|positivt|negativt|instäm|[\"”«])"
    r"|\bnöjd|\btrygg|\bupplev|\btyck|\banse|\bkänner"
    r"|\binstäm|\bpositiv|\bnegativ|\bmissnöjd",
    re.IGNORECASE,
)
"""Of those who answered, some answered this: the numbers are the result, not the number of answers."""
_A_PART = re.compile(
    r"\bkvinn|\bmän\b|\bmännen|\bflick|\bpojk"
    r"|\b(?:[Pp]å|[Hh]os|[Vv]id|[Ii]nom)\s+[A-ZÅÄÖ]|\bgrupp(?:en)?\b|\bdelgrupp",
    re.UNICODE,
)
_IN_A_PLACE = re.compile(r"\b[Ii]\s+[A-ZÅÄÖ]")
"""Where a unit is, in its own row; in running text perhaps the place of another."""
_WHOLE_CITY = re.compile(
    r"\b(?:hela|övriga)\s+(?:staden|kommunen|stadsdelen)|\bstaden\s+som\s+helhet|stadsöverg|\briket\b|\bnationell"
    r"|\bstadens\s+(?:alla|samtliga|brukare|elever|boende|medarbetare|anställda)|\bi\s+(?:staden|kommunen)\b",
    re.I,
)
_ANOTHER_TIME = re.compile(
    r"\bförra|\bföregående|\btidigare|\bi fjol|\bfjol|\bjämfört"
    r"|\bökat|\bökade|\bminskat|\bminskade|\bsjunk|\bsjönk|\bmålet\b|\bsiktar|\bplanera",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ\d•\-–])|\s*[•]\s*|(?<=[.!?:])\n")
_TAG = re.compile(r"<[^>]{1,40}>")
_WORD = re.compile(r"[^\W\d_]+")
_OPINION_NAME = re.compile(r"upplev|nöjd|trygg|tycker|anser", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answers:
    """How many answered (`n`), of how many (`asked`), as a sentence says; `computed` from the printed rate.

    `asked` is then the most that the rate's rounding allows: the widest interval.
    """

    n: int
    asked: int | None = None
    computed: bool = False


def answers_in(sentence: str, year: int | None = None) -> Answers | None:
    """The number of answers that a sentence states; None where there is none, or it could mean another thing.

    >>> answers_in("77 av 180 svarade på enkäten.")
    Answers(n=77, asked=180, computed=False)
    >>> answers_in("152 medarbetare har svarat, svarsfrekvens 82%.")
    Answers(n=152, asked=186, computed=True)
    >>> answers_in("7 av 10 svarade att de är nöjda.") is None
    True
    """
    if not _ABOUT_ANSWERS.search(sentence) or _excluded(sentence, year):
        return None
    rate = _rate(sentence)
    text = _RATE.sub(" ", _YEAR.sub(" ", sentence))
    pairs = {
        (int(found["n"]), int(found["asked"]))
        for pattern in _PAIRS
        for found in re.finditer(pattern, text, re.I)
    }
    if pairs:
        return _of_pair(pairs, rate)
    alone = {int(found["n"]) for pattern in _ALONE for found in re.finditer(pattern, text, re.I)}
    if len(alone) != 1:
        return None
    n = alone.pop()
    if n < 1:
        return None
    if rate is None:
        return Answers(n)
    most = math.floor(n / ((rate[0] - rate[1]) / 100)) if rate[0] > rate[1] else 0
    return Answers(n, most, computed=True) if most >= n else None


def _excluded(sentence: str, year: int | None) -> bool:
    if _WHOLE_CITY.search(sentence):
        return True
    if _ABOUT_OPINIONS.search(sentence) or _A_PART.search(sentence) or _ANOTHER_TIME.search(sentence):
        return True
    return any(int(found) != year for found in _YEAR.findall(sentence))


def _rate(sentence: str) -> tuple[float, float] | None:
    """The response rate in per cent and half its last printed digit; None unless exactly one is stated."""
    found = {match["rate"] or match["before"] for match in _RATE.finditer(sentence)}
    if len(found) != 1:
        return None
    printed = found.pop()
    decimals = len(printed.partition(",")[2])
    return float(printed.replace(",", ".")), 0.5 * 10.0**-decimals


def _of_pair(pairs: set[tuple[int, int]], rate: tuple[float, float] | None) -> Answers | None:
    if len(pairs) != 1:
        return None
    n, asked = pairs.pop()
    if not 1 <= n <= asked:
        return None
    if rate is not None and abs(100 * n / asked - rate[0]) > rate[1] + 1e-9:
        return None
    return Answers(n, asked)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a running text, without mark-up.

    >>> list(sentences("<p>Vi frågade. 77 av 180 svarade.</p>"))
    ['Vi frågade.', '77 av 180 svarade.']
    """
    plain = _TAG.sub(" ", text)
    for part in _SENTENCE_END.split(plain):
        sentence = " ".join(part.split())
        if sentence:
            yield sentence


COLUMNS = [
    "row_id", "report_id", "survey", "n", "asked", "computed", "text", "origin", "source_page", "source_line",
    "problem",
]  # fmt: skip


def respondents(indicators: pd.DataFrame, passages: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """What the reports' texts say of how many answered the surveys behind their indicators.

    A sentence in the analysis of an indicator's own row is about that indicator; one in the running text must
    name the survey, and is then about all the survey's indicators in the report. The row's own goes first.

    Returns
    -------
    DataFrame
        One row per indicator row that something is said of: ``n``, ``asked`` (missing where not said),
        ``computed`` (asked follows from a response rate), ``text`` (the sentence, verbatim), ``origin``
        (``row`` or ``passage``), its place, and ``problem``: ``several`` where the text says different
        numbers; then ``n`` is missing.
    """
    years = dict(zip(reports["report_id"], reports["year"], strict=True))
    units = dict(zip(reports["report_id"], reports["unit_name"].astype(str), strict=True))
    told = _told_of_surveys(passages, years, units)
    rows = []
    for _, row in indicators.iterrows():
        survey = survey_of(row)
        if survey is None:
            continue
        own = _told_in_row(row, years, survey)
        found = own or told.get((str(row["report_id"]), survey), [])
        if found:
            rows.append(
                {"row_id": row["row_id"], "report_id": row["report_id"], "survey": survey, **_one(found)}
            )
    types = dict.fromkeys(COLUMNS, "string") | dict.fromkeys(
        ("n", "asked", "source_page", "source_line"), "Int64"
    )
    return pd.DataFrame(rows, columns=COLUMNS).astype(types | {"computed": "boolean"})


def survey_of(row: pd.Series) -> str | None:
    """The indicator's survey: the vocabulary's; ``own`` for an unknown one about opinions."""
    for survey in vocabulary.surveys():
        if row["indicator_id"] in survey.indicators:
            return survey.code
    unknown = row["indicator_id"] not in {entry.indicator_id for entry in vocabulary.indicators()}
    return "own" if unknown and _OPINION_NAME.search(str(row["name"])) else None


def _named(sentence: str) -> set[str]:
    """The surveys that a sentence names."""
    lowered = sentence.casefold()
    return {
        survey.code
        for survey in vocabulary.surveys()
        if any(word.casefold() in lowered for word in survey.printed)
    }


def _told_in_row(row: pd.Series, years: dict[str, int], survey: str) -> list[dict[str, object]]:
    if pd.isna(row["analysis"]):
        return []
    found = []
    for sentence in sentences(str(row["analysis"])):
        answers = answers_in(sentence, int(years[str(row["report_id"])]))
        if answers is not None and _named(sentence) <= {survey} and _may_be_asked(sentence, row, survey):
            found.append(_evidence(answers, sentence, row, "row"))
    return found


def _may_be_asked(sentence: str, row: pd.Series, survey: str) -> bool:
    """Those who answered are of the kind that the indicator's survey asks, by the words for them."""
    told = {stem(word) for word in _WORD.findall(sentence)}
    staff, users = (bool(told & {stem(word) for word in quantity_words()[use]}) for use in ("staff", "users"))
    if (users and not staff) if survey == "staff" else (staff and not users):
        return False
    return not _other_service(sentence, str(row["name"]))


def _other_service(sentence: str, own: str) -> bool:
    """The sentence names a kind of service that the unit or the indicator does not have in its name."""
    told = {use for use in quantity_words()["services"] if use in sentence.casefold()}
    return bool(told) and not any(word in own.casefold() for word in told)


def _told_of_surveys(
    passages: pd.DataFrame, years: dict[str, int], units: dict[str, str]
) -> dict[tuple[str, str], list[dict[str, object]]]:
    found: dict[tuple[str, str], list[dict[str, object]]] = {}
    words = "|".join(re.escape(word) for survey in vocabulary.surveys() for word in survey.printed)
    mine = passages[passages["report_id"].isin(list(years))]
    mine = mine[mine["text"].str.contains(words, case=False, regex=True)]
    for _, passage in mine.iterrows():
        names = units.get(str(passage["report_id"]), "")
        for sentence in sentences(str(passage["text"])):
            named = _named(sentence)
            if len(named) != 1 or _IN_A_PLACE.search(sentence) or _other_service(sentence, names):
                continue
            answers = answers_in(sentence, int(years[str(passage["report_id"])]))
            if answers is not None:
                key = str(passage["report_id"]), named.pop()
                found.setdefault(key, []).append(_evidence(answers, sentence, passage, "passage"))
    return found


def _evidence(answers: Answers, sentence: str, row: pd.Series, origin: str) -> dict[str, object]:
    return {
        "n": answers.n,
        "asked": answers.asked,
        "computed": answers.computed,
        "text": sentence,
        "origin": origin,
        "source_page": row["source_page"],
        "source_line": row["source_line"],
    }


def _one(found: list[dict[str, object]]) -> dict[str, object]:
    """The one thing that is said; where different things are said, none of them counts."""
    first = found[0]
    if len({(each["n"], each["asked"]) for each in found}) > 1:
        return first | {"n": None, "asked": None, "problem": "several"}
    return first


def share_intervals(indicators: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Indicator rows that the number of answers is known for, with the limits of chance.

    Adds to the rows of `indicators` ``n``, ``asked``, ``computed``, ``text``, ``origin`` (of the evidence),
    ``low`` and ``high`` (per cent: Wilson's 95 % limits, with finite-population correction where ``asked`` is
    known) and ``why_not``, where there are none: ``several``, ``not_a_share``, ``no_value``, ``too_few``
    (fewer than 5 answers) or ``no_whole_count`` (no whole number of the answers gives the printed share, so
    that they are not the answers to this question).
    """
    told = ["n", "asked", "computed", "text", "origin", "problem"]
    frame = indicators.merge(evidence[["row_id", *told]], on="row_id", how="inner")
    why = [_why_not(row) for _, row in frame.iterrows()]
    limits = [
        _limits(row) if each is None else None for each, (_, row) in zip(why, frame.iterrows(), strict=True)
    ]
    return frame.drop(columns="problem").assign(
        low=pd.Series(
            [None if each is None else each[0] for each in limits], index=frame.index, dtype="Float64"
        ),
        high=pd.Series(
            [None if each is None else each[1] for each in limits], index=frame.index, dtype="Float64"
        ),
        why_not=pd.Series(why, index=frame.index, dtype="string"),
    )


def _why_not(row: pd.Series) -> str | None:
    if pd.notna(row["problem"]):
        return str(row["problem"])
    if pd.isna(row["measure_unit"]) or row["measure_unit"] != "%":
        return "not_a_share"
    if pd.isna(row["value"]) or not 0 <= float(row["value"]) <= 100:
        return "no_value"
    if int(row["n"]) < LEAST_ANSWERS:
        return "too_few"
    if whole_count(float(row["value"]), _decimals(row), int(row["n"])) is None:
        return "no_whole_count"
    return None


def _decimals(row: pd.Series) -> int:
    """Decimals that the outcome is printed with."""
    found = re.search(r"\d[.,](\d+)", "" if pd.isna(row["value_raw"]) else str(row["value_raw"]))
    return len(found[1]) if found else 0


def _limits(row: pd.Series) -> tuple[float, float]:
    asked = None if pd.isna(row["asked"]) else int(row["asked"])
    found = wilson(float(row["value"]) / 100, int(row["n"]), asked)
    return 100 * found.low, 100 * found.high
