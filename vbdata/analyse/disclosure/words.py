"""Words that are passed on: those of the vocabulary, and none that a writer has chosen.

Default deny: a title that the vocabulary does not have is replaced by its kind and number, a cell's text is
made anew of what was read in it, and a finding keeps its kind and its place but not its words, unless they
are the same for every report.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from vbdata.analyse.disclosure.profile import ONLY_INTERNAL, OWN
from vbdata.extract.grammar import is_blank
from vbdata.schema.tables import HIDDEN
from vbdata.vocabulary import categories, council_goals, finding_kinds, groups, label
from vbdata.vocabulary import indicators as vocabulary_indicators

OWN_INDICATOR, OWN_ACTIVITY = "Egen indikator", "Aktivitet"
_PERIOD = re.compile(r"(?:(?:VB|T1|T2|År|Halvår|Tertial|Kvartal|Månad) ?)?(?:(?:19|20)\d\d)?")
_BOARD = re.compile(r"[A-ZÅÄÖa-zåäö -]*nämnd(?:en)?")
_DNR = re.compile(r"(?:[A-ZÅÄÖ]{1,5} ?)?\d[\d./:-]*")
_MEASURE_UNITS = ("%", "procent", "procentenheter", "index", "st", "personer", "kr", "tkr", "mnkr", "dagar")
#: Corrections of these columns are told of; their values are codes, dates and targets.
_TOLD = {
    "reports": ("date", "dnr"),
    "goals": ("status",),
    "indicators": ("target", "council_target"),
    "activities": ("start", "end", "deviation", "completed"),
}


def reports(frame: pd.DataFrame) -> pd.DataFrame:
    """Without the file's name and the title; board and registry number only where they look like such."""
    return frame.assign(
        source=frame["report_id"],
        title_raw=_none(frame),
        board=_like(frame["board"], _BOARD),
        dnr=_like(frame["dnr"], _DNR),
    )


def goals(frame: pd.DataFrame) -> pd.DataFrame:
    """The council's goals with their titles, others by level and number."""
    known = {(goal.level, goal.title) for goal in council_goals()}
    level = frame["level"].astype(str)
    own = ~pd.Series([each in known for each in zip(level, frame["title"], strict=True)], frame.index)
    title = frame["title"].mask(own, _numbered(frame, level.map(lambda each: label("level", each)), level))
    said = frame["status"].astype(object).map(lambda code: label("status", str(code)), na_action="ignore")
    return frame.assign(
        title=title.astype("string"), title_raw=title.astype("string"), status_raw=said.astype("string")
    )


def indicators(frame: pd.DataFrame, about: pd.DataFrame | None) -> pd.DataFrame:
    """The vocabulary's indicators with their names; the same own indicator of a unit has the same number."""
    known = {(entry.indicator_id, entry.name) for entry in vocabulary_indicators()}
    names = zip(frame["indicator_id"], frame["name"], strict=True)
    own = ~pd.Series([each in known for each in names], frame.index, dtype=bool)
    unit = frame["report_id"].astype(str)
    if about is not None:
        ids = about.drop_duplicates("report_id").set_index("report_id")["unit_id"].astype(str)
        unit = unit.map(ids).fillna(unit)
    number = frame["indicator_id"].astype(str).groupby(unit).transform(lambda ids: pd.factorize(ids)[0] + 1)
    number = number.astype(str)
    name = frame["name"].mask(own, OWN_INDICATOR + " " + number).astype("string")
    units = {str(entry.measure_unit) for entry in vocabulary_indicators() if entry.measure_unit}
    return frame.assign(
        indicator_id=frame["indicator_id"].mask(own, "egen-" + unit + "-" + number).astype("string"),
        name=name,
        name_raw=name,
        measure_unit=frame["measure_unit"].where(frame["measure_unit"].isin({*units, *_MEASURE_UNITS})),
        period=_like(frame["period"], _PERIOD),
        analysis=_none(frame),
        sentence_lines=_none(frame),
    )


def activities(frame: pd.DataFrame) -> pd.DataFrame:
    """Activities by their numbers, with the dates that were read."""
    title = _numbered(frame, pd.Series(OWN_ACTIVITY, frame.index))
    texts = {
        f"{name}_raw": pd.Series(
            [_day(day, raw) for day, raw in zip(frame[name], frame[f"{name}_raw"], strict=True)],
            frame.index,
            dtype="string",
        )
        for name in ("start", "end")
    }
    withheld = {name: _none(frame) for name in ("analysis", "sentence_lines")}
    return frame.assign(title=title, title_raw=title, **withheld, **texts)


def complaints(frame: pd.DataFrame) -> pd.DataFrame:
    """The form without comments, and without names of categories and groups that are not the form's."""
    heads = {(each.template, each.group) for each in groups()}
    heads |= {(each.template, each.group) for each in categories()}
    group = frame["group"].where(_among(frame, "group", heads), OWN)
    lines = {(each.template, each.category) for each in categories()}
    category = frame["category"].where(_among(frame, "category", lines), OWN)
    read = frame["count"].astype("string").where(frame["count"].notna(), frame["count_raw"])
    blank = frame["count"].isna() & (read != HIDDEN).fillna(True)
    return frame.assign(
        group=group, group_raw=group, category=category, category_raw=category,
        count_raw=read.mask(blank), comment=_none(frame),
    )  # fmt: skip


def findings(frame: pd.DataFrame) -> pd.DataFrame:
    """Kind and place, with the words of kinds that say the same of every report."""
    kinds = finding_kinds()
    same = {code: kind for code, kind in kinds.items() if "{" not in kind.message + kind.action}
    message = frame["code"].map({code: kind.message for code, kind in same.items()}).fillna(ONLY_INTERNAL)
    action = frame["code"].map({code: kind.action or None for code, kind in same.items()})
    return frame.assign(message=message.astype("string"), action=action.astype("string"))


def corrections(frame: pd.DataFrame) -> pd.DataFrame:
    """Corrections of codes, dates and targets, without who and why."""
    cells = zip(frame["table"], frame["column"], strict=True)
    told = pd.Series([column in _TOLD.get(table, ()) for table, column in cells], frame.index, dtype=bool)
    return frame[told].assign(reason=ONLY_INTERNAL, decided_by="[namn]")


def extraction_log(frame: pd.DataFrame) -> pd.DataFrame:
    """Files by their numbers, without what is said of them."""
    numbers = pd.Series([f"fil {i}" for i in range(1, len(frame) + 1)], frame.index, dtype="string")
    return frame.assign(message=_none(frame), source=numbers)


WORDS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "reports": reports,
    "goals": goals,
    "activities": activities,
    "complaints": complaints,
    "findings": findings,
    "corrections": corrections,
    "extraction_log": extraction_log,
}
"""Table → what is left of its words. A table that is neither here nor treated apart goes out without rows."""


def _among(frame: pd.DataFrame, column: str, known: set[tuple[str, str]]) -> pd.Series[bool]:
    """Whether the form of each row's year has the words."""
    words = zip(frame["template"], frame[column], strict=True)
    return pd.Series([each in known for each in words], frame.index, dtype=bool)


def _none(frame: pd.DataFrame) -> pd.Series[str]:
    return pd.Series(pd.NA, frame.index, dtype="string")


def _like(texts: pd.Series[str], pattern: re.Pattern[str]) -> pd.Series[str]:
    """The texts that are wholly of the pattern."""
    return texts.where(texts.astype("string").str.fullmatch(pattern).fillna(False))


def _numbered(
    frame: pd.DataFrame, kind: pd.Series[str], within: pd.Series[str] | None = None
) -> pd.Series[str]:
    """The kind of each row and its number in its report."""
    keys = [frame["report_id"].astype(str), *([] if within is None else [within])]
    order = frame["position"].sort_values(kind="stable").index
    number = frame.loc[order].groupby([key.loc[order] for key in keys], sort=False).cumcount() + 1
    return (kind.astype("string") + " " + number.reindex(frame.index).astype("string")).astype("string")


def _day(day: object, raw: object) -> str | None:
    if not pd.isna(day):  # type: ignore[call-overload]
        return str(day)
    return HIDDEN if isinstance(raw, str) and not is_blank(raw) else None
