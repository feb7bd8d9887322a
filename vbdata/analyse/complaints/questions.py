"""What the forms count: events per question and report, and shares of the same events.

A question counts each event once (what it was about, or a concept that forms share). Questions are never
added up: the same event may be counted under several.
"""

from __future__ import annotations

import pandas as pd

from vbdata import vocabulary
from vbdata.schema.tables import PERIODS

SMALL = 5
"""A share of fewer cases than this is not shown: one case would move it by more than 20 percentage points."""
_COUNTS = {
    "report_id": "string",
    "template": "string",
    "question": "string",
    "key": "string",
    "position": "Int64",
    **dict.fromkeys(PERIODS, "Int64"),
    "blank": "boolean",
}
_SHARES = {
    "report_id": "string",
    "concept": "string",
    "position": "Int64",
    "count": "Int64",
    "of": "Int64",
    "question": "string",
    "state": "string",
    "reason": "string",
}


def question_counts(wide_rows: pd.DataFrame) -> pd.DataFrame:
    """Events per report and question that its form asks: one row each, in the questions' order.

    ``key`` says what may be compared: the question itself where the forms share a concept, else question and
    form. ``T1``, ``T2``, ``VB`` are sums over the categories that are filled in, missing where all are blank
    and where a cell holds something else than a number: a wrong sum is worse than none. ``total`` is the sum
    of the printed totals, missing also where a category that is filled in lacks one. ``blank`` tells that
    nothing at all is filled in. ``position`` is the first of the form's rows that are counted.
    """
    wide_rows = wide_rows.reset_index(drop=True)
    filled = wide_rows[list(PERIODS)].notna()
    unread = pd.DataFrame({period: _unread(wide_rows, period) for period in PERIODS})
    rows = []
    for question in vocabulary.questions().values():
        chosen = (
            wide_rows["facet"] == question.facet
            if question.concept is None
            else wide_rows["concept"] == question.concept
        )
        for report_id, part in wide_rows[chosen.fillna(False).astype(bool)].groupby("report_id", sort=False):
            template = str(part["template"].iloc[0])
            rows.append(
                {
                    "report_id": report_id,
                    "template": template,
                    "question": question.code,
                    "key": question.code if question.concept else f"{question.code}|{template}",
                    "position": _first_filled(part),
                    **_sums(part, filled.loc[part.index], unread.loc[part.index]),
                }
            )
    return pd.DataFrame(rows, columns=list(_COUNTS)).astype(_COUNTS)


def _first_filled(part: pd.DataFrame) -> int:
    filled = part[part[list(PERIODS)].notna().any(axis=1)]
    return int((filled if len(filled) else part)["position"].iloc[0])


def _sums(part: pd.DataFrame, filled: pd.DataFrame, unread: pd.DataFrame) -> dict[str, object]:
    """Sums of a question's categories; `filled` and `unread` tell of each cell what it holds."""
    known, lost = filled.any(), unread.any()
    sums: dict[str, object] = {
        period: part[period].sum() if known[period] and not lost[period] else pd.NA for period in PERIODS
    }
    if not bool((filled["total"] == filled.any(axis=1)).all()):
        sums["total"] = pd.NA
    return {**sums, "blank": not known.any() and not lost.any()}


def _unread(part: pd.DataFrame, period: str) -> pd.Series:
    """Whether a cell holds something, but no number that may be shown."""
    said = part[f"{period}_raw"].astype("string").fillna("").str.strip(" -–—\u00a0")
    return part[period].isna() & (said != "")


def shares(wide_rows: pd.DataFrame) -> pd.DataFrame:
    """Cases with feedback given and with measures taken, and of how many: one row per report and concept.

    ``state`` says whether ``count`` of ``of`` may be shown as a share: ``shown``, ``small`` (fewer than 5
    cases), ``blank`` (the count or the cases are missing), ``exceeds`` (more answers than cases: the two
    cannot count the same events) or ``other_events`` (the form counts other events; ``reason`` tells).
    """
    totals = question_counts(wide_rows).set_index(["report_id", "question"])["total"]
    parts = {(each.template, each.concept): each for each in vocabulary.shares()}
    rows = []
    for _, row in wide_rows[wide_rows["concept"].notna().astype(bool)].iterrows():
        part = parts.get((str(row["template"]), str(row["concept"])))
        if part is None:
            continue
        of = totals.get((row["report_id"], part.question), pd.NA) if part.question else pd.NA
        rows.append(
            {
                "report_id": row["report_id"],
                "concept": row["concept"],
                "position": row["position"],
                "count": row["total"],
                "of": of,
                "question": part.question,
                "state": _state(row["total"], of, part.question),
                "reason": part.reason or pd.NA,
            }
        )
    return pd.DataFrame(rows, columns=list(_SHARES)).astype(_SHARES)


def _state(count: object, of: object, question: str | None) -> str:
    if question is None:
        return "other_events"
    if pd.isna(count) or pd.isna(of):  # type: ignore[call-overload]
        return "blank"
    if int(count) > int(of):  # type: ignore[call-overload]
        return "exceeds"
    return "small" if int(of) < SMALL else "shown"  # type: ignore[call-overload]
