"""Findings, numbered: first what should be checked, then what should be noted, in the document's order."""

from __future__ import annotations

import pandas as pd

from vbdata.vocabulary import finding_responses

CHECK = ("error", "warning")


def numbered(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings of one report with ``number`` from 1, and ``check``: may be wrong, not just misread."""
    check = findings["severity"].isin(CHECK)
    frame = findings.assign(check=check, _later=~check)
    frame = frame.sort_values(["_later", "source_page", "source_line"], kind="stable", na_position="last")
    return frame.drop(columns="_later").assign(number=range(1, len(frame) + 1)).reset_index(drop=True)


def with_responses(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings with ``response``: what is to be done, as vocabulary/finding_responses.csv has it.

    A kind that is not there is to be answered if something may be wrong, else only to be noted.
    """
    known = finding_responses()
    default = {True: "answer", False: "note"}
    check = findings["severity"].isin(CHECK)
    responses = [known.get(str(c), default[bool(k)]) for c, k in zip(findings["code"], check, strict=True)]
    return findings.assign(response=pd.array(responses, dtype="string"))


def counts_by_response(findings: pd.DataFrame) -> pd.DataFrame:
    """Report id × response: how many findings, with responses from `with_responses`."""
    return findings.groupby(["report_id", "response"]).size().unstack("response", fill_value=0)


def numbers_by_row(numbered_findings: pd.DataFrame) -> dict[str, list[int]]:
    """Row id (goal id for goals) → numbers of the findings about it."""
    about = numbered_findings.dropna(subset=["row_id"])
    return {str(row_id): [int(n) for n in part["number"]] for row_id, part in about.groupby("row_id")}
