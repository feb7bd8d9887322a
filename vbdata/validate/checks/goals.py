"""A goal's status beside what its analysis and its indicators say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from vbdata.language.prose import alike, enumerated, is_use, plain_sentences, quote
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.checks.names import named_enheten
from vbdata.validate.checks.registry import Row, Rows, check
from vbdata.validate.direction import rounds_to_target
from vbdata.validate.expected import Stems, about, shared
from vbdata.validate.judgements import Judgement, contradiction, hints, judgements, shortfalls
from vbdata.validate.places import place, place_of, whole
from vbdata.validate.relations import own_passages
from vbdata.vocabulary import label

JUDGED = ("met", "partly_met", "not_met")
#: Indicators that a message lists; the rest are counted.
SHOWN = 4
#: Sections under a goal that say what was intended, not how it went.
INTENTIONS = ("description", "expected_result", "method", "resources")
_SAID = {"met": "uppnått", "partly_met": "delvis uppnått", "not_met": "inte uppnått"}
#: "Målet om måltider har …": a goal by its subject.
_GOAL_ABOUT = re.compile(
    r"\b(?:enhets)?målet\s+(?:om|för|kring|gällande)\s+(?P<what>(?:[^\W\d_]+\s+){1,4}?)"
    r"(?=(?:har|är|hade|nås|nåddes|upp\w+|bedöms)\b)",
    re.I,
)
_NOT_TEXT = re.compile(r"[\W_]*|\W*(\w)\1*\W*")
_WORD = re.compile(r"[a-zåäöé]{5,}")


@check
def status_text_differs(rows: Rows) -> Iterator[Noted]:
    """A goal whose analysis states another level than its status."""
    year, own = rows["reports"][0]["year"], named_enheten(rows["reports"][0])
    for goal in rows["goals"]:
        if goal["status"] not in JUDGED:
            continue
        texts = [row for row in _texts(rows, goal) if row["section"] == "analysis"]
        called = ("goal", f"goal_{goal['level']}", "goal_expected")
        told = [(own(row["text"]), row) for row in texts]
        found = [(said, row) for text, row in told for said in judgements(text, year, of=called)]
        hinted = {level for text, _ in told for level in hints(text, year, of=called)}
        if goal["status"] == "met" and not found and "met" not in hinted:
            found = [(said, row) for text, row in told for said in shortfalls(text, year, of=called)]
            hinted = set()
        if said := contradiction(goal["status"], [judgement for judgement, _ in found], hinted):
            row = next(row for judgement, row in found if judgement is said)
            yield _text_differs(rows, goal, said, row)


@check
def goal_named_differs(rows: Rows) -> Iterator[Noted]:
    """A text that names a goal by its subject, and says another level of it than its status."""
    year = rows["reports"][0]["year"]
    judged = [goal for goal in rows["goals"] if goal["status"] in JUDGED]
    for row in own_passages(rows):
        for sentence in plain_sentences(row["text"]) if "målet" in row["text"].casefold() else ():
            named = _GOAL_ABOUT.search(sentence)
            if named is None:  # nearly all
                continue
            goals = [goal for goal in judged if _is_about(goal, named["what"])]
            if len(goals) != 1 or _is_its_analysis(row, goals[0]):
                continue
            bare = _GOAL_ABOUT.sub("Målet ", sentence)
            found = judgements(bare, year) or shortfalls(bare, year)
            if said := contradiction(goals[0]["status"], found, hints(bare, year) if not found else set()):
                yield _text_differs(rows, goals[0], replace(said, text=sentence, sentence=sentence), row)


def _is_its_analysis(row: Row, goal: Row) -> bool:
    return row["section"] == "analysis" and row["goal_id"] == goal["goal_id"]


def _is_about(goal: Row, what: str) -> bool:
    """Every word of what the goal is said to be about is in its title, or begins one there."""
    wanted, title = about(what), Stems(about(goal["title"]))
    return bool(wanted) and shared(wanted, title) == len(wanted)


def the_level(goal: Row) -> str:
    """The goal's level in the definite form: "Enhetsmålet"."""
    word = label("level", goal["level"])
    return f"{word}et" if word.endswith("mål") else word


def _text_differs(rows: Rows, goal: Row, said: Judgement, row: Row) -> Noted:
    at = place_of(rows, row, said.sentence)
    words = {
        "level": the_level(goal),
        "title": goal["title"],
        "status": label("status", goal["status"]),
        "said": "det förväntade resultatet" if said.expected else "målet",
        "reached": _SAID[said.level],
        "place": str(at),
        "text": "analysen" if _is_its_analysis(row, goal) else "texten",
        "quote": quote(said.text),
    }
    other = Other("goals", goal["goal_id"], place(goal), "status")
    return Noted("status_text_differs", "goals", goal["goal_id"], at, words, "status", other)


def _texts(rows: Rows, goal: Row) -> list[Row]:
    """Texts of the goal's own that say how it went, placeholders left out."""
    return [
        row
        for row in rows["passages"]
        if row["goal_id"] == goal["goal_id"]
        and row["section"] not in INTENTIONS
        and not is_placeholder(row["text"])
    ]


@check
def status_indicators_missed(rows: Rows) -> Iterator[Noted]:
    """A goal said to be met though every indicator that speaks of it misses its target."""
    parents = {goal["goal_id"]: goal["parent_goal_id"] for goal in rows["goals"]}
    for goal in rows["goals"]:
        if goal["status"] != "met":
            continue
        measured = [
            row for row in _indicators_of(rows, goal, parents) if row["attainment"] in ("met", "not_met")
        ]
        if not measured or any(row["attainment"] == "met" or rounds_to_target(row) for row in measured):
            continue
        words = {
            "level": the_level(goal),
            "title": goal["title"],
            "missed": enumerated([outcome(row) for row in measured], SHOWN),
            "all": "dess indikator når"
            if len(measured) == 1
            else f"ingen av dess {len(measured)} indikatorer når",
            "not": " inte" if len(measured) == 1 else "",
        }
        yield Noted("status_indicators_missed", "goals", goal["goal_id"], place(goal), words)


def _indicators_of(rows: Rows, goal: Row, parents: dict[str, str | None]) -> list[Row]:
    """Indicators of the goal's own table; of higher goals only one that the goal is named after."""
    own = [row for row in rows["indicators"] if row["goal_id"] == goal["goal_id"]]
    if own or goal["level"] != "unit":
        return own
    above: set[str] = set()
    parent = goal["parent_goal_id"]
    while parent and parent not in above:
        above.add(parent)
        parent = parents.get(parent)
    return [
        row
        for row in rows["indicators"]
        if row["goal_id"] in above and named_after(goal["title"], row["name"])
    ]


def named_after(title: str, name: str) -> bool:
    """Every longer word of a goal's title, at least two, stands in the indicator's name.

    >>> named_after("Öka andelen ekologiska livsmedel", "Andel inköpta ekologiska livsmedel i kronor")
    True
    >>> named_after("Enheten är en god arbetsgivare", "Sjukfrånvaro")
    False
    """
    wanted, there = _WORD.findall(title.casefold()), _WORD.findall(name.casefold())
    return len(wanted) >= 2 and all(any(alike(word, other) for other in there) for word in wanted)


def outcome(row: Row) -> str:
    """An indicator's name with its outcome and its target."""
    return f"{short_name(row['name'])} {row['value_raw']} mot årsmålet {row['target_raw']}"


# ---------------------------------------------------------------------------------- no analysis


@check
def analysis_missing(rows: Rows) -> Iterator[Noted]:
    """Judged unit goals without a word on how they went, in a report where other goals have one."""
    if rows["reports"][0]["kind"] == "VP":
        return
    judged = [goal for goal in rows["goals"] if goal["level"] == "unit" and goal["status"] in JUDGED]
    explained = {goal["goal_id"] for goal in judged if _texts(rows, goal) or _hidden(rows, goal)}
    for goal in judged:
        if goal["goal_id"] in explained:
            continue
        instead = [
            row
            for row in rows["passages"]
            if row["goal_id"] == goal["goal_id"] and row["section"] == "analysis"
        ]
        if not instead and (not explained or _rows_explain(rows, goal)):
            continue
        words = {
            "level": the_level(goal),
            "title": goal["title"],
            "status": label("status", goal["status"]),
            "instead": f" Där står bara ”{quote(instead[0]['text'], 60)}”." if instead else "",
        }
        yield Noted(
            "analysis_missing", "goals", goal["goal_id"], place(instead[0] if instead else goal), words
        )


def _hidden(rows: Rows, goal: Row) -> bool:
    """An analysis that was read as part of another section: its heading or its judgement stands there."""
    year = rows["reports"][0]["year"]
    texts = [row["text"] for row in rows["passages"] if row["goal_id"] == goal["goal_id"]]
    return any(re.search(r"(?:^|[.!?\n]\s*)Analys\b", text) or judgements(text, year) for text in texts)


def _rows_explain(rows: Rows, goal: Row) -> bool:
    """The goal's own indicators or activities have an analysis each or some."""
    return any(
        row["goal_id"] == goal["goal_id"] and row["analysis"] and not is_placeholder(row["analysis"])
        for table in ("indicators", "activities")
        for row in rows[table]
    )


@check
def miss_unexplained(rows: Rows) -> Iterator[Noted]:
    """Indicators that miss their target without a word on why, where others have one: one doubt for all."""
    if not any(row["analysis"] for row in rows["indicators"]):
        return
    missed = [
        row
        for row in whole(rows, rows["indicators"])
        if row["attainment"] == "not_met" and (not row["analysis"] or is_placeholder(row["analysis"]))
    ]
    if missed:
        names = [f"{short_name(row['name'])} ({row['value_raw']} mot {row['target_raw']})" for row in missed]
        many = f"{len(missed)} indikatorer når inte sina årsmål och har"
        words = {
            "which": "En indikator når inte sitt årsmål och har" if len(missed) == 1 else many,
            "names": enumerated(names, SHOWN),
        }
        yield Noted("miss_unexplained", "indicators", missed[0]["row_id"], place(missed[0]), words)


def short_name(name: str) -> str:
    """An indicator's name without what is added to it.

    >>> short_name("Andel nöjda - Funktionsnedsättning (stöd och service)")
    'Andel nöjda'
    """
    return re.split(r" [-–] | \(", name)[0]


def is_placeholder(text: str) -> bool:
    """Nothing but a dash, the form's "Skriv text här" or the like.

    >>> is_placeholder("–"), is_placeholder("[Skriv text här]"), is_placeholder("Genomfört.")
    (True, True, False)
    """
    bare = text.strip()
    return bool(_NOT_TEXT.fullmatch(bare)) or is_use(bare.strip(' .:!…[]()<>"”*_'), "placeholder")
