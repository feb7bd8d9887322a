"""Findings, numbered: the gravest first, those of one gravity by strength of evidence; formalities apart."""

from __future__ import annotations

import re

import pandas as pd

from vbdata.vocabulary import finding_responses

CHECK = ("error", "warning")
#: The gravity of what changes nothing that a reader sees.
FORMALITY = 1
#: Gravity from which also what is only to be noted stands open in a list.
GRAVE = 4
#: Kinds of one gravity by how strongly the document speaks against itself; the kinds not named come after the
#: first. A text of progress may be of a side matter, two questions of a form may count different things, and
#: a pairing that the program makes may not be meant.
STRONGEST = ("status_text_differs", "status_icon_differs", "total_mismatch", "complaints_text_differ")
WEAKER, INFERRED = ("status_progress_differs", "facets_disagree", "lex_sarah_alone"), "goal_indicator_missed"


def is_formal(findings: pd.DataFrame) -> pd.Series:
    """Which findings are formalities, to be counted apart."""
    return findings["gravity"].eq(FORMALITY).fillna(False).astype(bool)


def to_check(findings: pd.DataFrame) -> pd.Series:
    """Which findings may be wrong, not just misread; formalities are never among them."""
    return findings["severity"].isin(CHECK) & ~is_formal(findings)


def stands_open(numbered_findings: pd.DataFrame) -> pd.Series[bool]:
    """Which numbered findings a list shows as it opens: those to be checked, and the grave ones."""
    grave = numbered_findings["gravity"].ge(GRAVE).fillna(False).astype(bool)
    return (numbered_findings["check"] | grave) & ~numbered_findings["formal"]


def checks_by_report(findings: pd.DataFrame) -> dict[str, int]:
    """Report id → how many findings are to be checked, formalities apart; none where there are none."""
    counts = findings[to_check(findings)]["report_id"].value_counts()
    return {str(report_id): int(count) for report_id, count in counts.items()}


def evidence(codes: pd.Series) -> pd.Series[int]:
    """How strongly kinds of findings speak: 0 the document against itself … 3 a pairing of the program's.

    >>> list(evidence(pd.Series(["status_text_differs", "row_twice", "goal_indicator_missed"])))
    [0, 1, 3]
    """
    ranks = {**dict.fromkeys(STRONGEST, 0), **dict.fromkeys(WEAKER, 2), INFERRED: 3}
    return codes.astype(str).map(lambda code: ranks.get(code, 1)).astype(int)


def by_gravity(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings with the gravest first, those of one gravity by evidence, then by page and line."""
    gravity = -findings["gravity"].astype("Float64").fillna(0.0)
    frame = findings.assign(_gravity=gravity, _evidence=evidence(findings["code"]))
    order = ["_gravity", "_evidence", "source_page", "source_line"]
    frame = frame.sort_values(order, kind="stable", na_position="last")
    return frame.drop(columns=["_gravity", "_evidence"])


def gravest(findings: pd.DataFrame, by: str) -> dict[str, float]:
    """The highest gravity of the findings by one of their columns; 0 where it is not known."""
    gravity = findings["gravity"].astype("Float64").fillna(0.0)
    return {str(name): float(part.max()) for name, part in gravity.groupby(findings[by].astype(str))}


def numbered(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings of one report by gravity, with ``number`` from 1, ``check`` and ``formal``."""
    frame = by_gravity(findings).reset_index(drop=True)
    frame = frame.assign(check=to_check(frame), formal=is_formal(frame))
    return frame.assign(number=range(1, len(frame) + 1))


def with_responses(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings with ``response``: what is to be done, as vocabulary/finding_responses.csv has it.

    A kind that is not there is to be answered if something may be wrong, else only to be noted.
    """
    known = finding_responses()
    default = {True: "answer", False: "note"}
    check = findings["severity"].isin(CHECK)
    responses = [known.get(str(c), default[bool(k)]) for c, k in zip(findings["code"], check, strict=True)]
    return findings.assign(response=pd.array(responses, dtype="string"))


def with_marks(findings: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Findings with ``marked_id``: the row that a page shows the doubt at.

    It is ``row_id``, but of what should be checked in a goal's text that goal: a text has no row on a page.
    """
    goals = passages.drop_duplicates("row_id").set_index("row_id")["goal_id"].dropna().astype("string")
    asked = to_check(findings)
    marked = [
        goals.get(row_id, row_id) if check else row_id
        for row_id, check in zip(findings["row_id"], asked, strict=True)
    ]
    return findings.assign(marked_id=pd.array(marked, dtype="string"))


def numbers_by_row(numbered_findings: pd.DataFrame) -> dict[str, list[int]]:
    """Row id (goal id for goals) → numbers of the findings that are shown at it; see `with_marks`."""
    about = numbered_findings.dropna(subset=["marked_id"])
    return {str(row_id): [int(n) for n in part["number"]] for row_id, part in about.groupby("marked_id")}


def quotes(message: str) -> list[str]:
    """What a finding's message quotes, without the marks of what is cut.

    >>> quotes("I texten står ”… och vi börjar …”.")
    ['och vi börjar']
    """
    return [each.strip("… ") for each in re.findall(r"”([^”]+)”", message)]
