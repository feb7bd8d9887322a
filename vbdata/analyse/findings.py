"""Findings, numbered: the gravest first, those of one gravity in the document's order; formalities apart."""

from __future__ import annotations

import pandas as pd

from vbdata.vocabulary import finding_responses

CHECK = ("error", "warning")
#: The gravity of what changes nothing that a reader sees.
FORMALITY = 1


def is_formal(findings: pd.DataFrame) -> pd.Series:
    """Which findings are formalities, to be counted apart."""
    return findings["gravity"].eq(FORMALITY).fillna(False).astype(bool)


def to_check(findings: pd.DataFrame) -> pd.Series:
    """Which findings may be wrong, not just misread; formalities are never among them."""
    return findings["severity"].isin(CHECK) & ~is_formal(findings)


def checks_by_report(findings: pd.DataFrame) -> dict[str, int]:
    """Report id → how many findings are to be checked, formalities apart; none where there are none."""
    counts = findings[to_check(findings)]["report_id"].value_counts()
    return {str(report_id): int(count) for report_id, count in counts.items()}


def by_gravity(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings with the gravest first, those of one gravity by page and line."""
    order = ["_gravity", "source_page", "source_line"]
    frame = findings.assign(_gravity=-findings["gravity"].astype("Float64").fillna(0.0))
    return frame.sort_values(order, kind="stable", na_position="last").drop(columns="_gravity")


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


def numbers_by_row(numbered_findings: pd.DataFrame) -> dict[str, list[int]]:
    """Row id (goal id for goals) → numbers of the findings about it."""
    about = numbered_findings.dropna(subset=["row_id"])
    return {str(row_id): [int(n) for n in part["number"]] for row_id, part in about.groupby("row_id")}
