"""What each finding means, as a table for docs/operations.md: from findings.csv, so that it stays true."""

from __future__ import annotations

from vbdata.vocabulary.tables import finding_kinds, label

START, END = "<!-- findings: written by vbdata docs -->", "<!-- end of findings -->"


def findings_table() -> str:
    """One row per kind of finding: code, Swedish name, how grave it is, what it asks."""
    head = "| code | shown as | kind | asks |\n| --- | --- | --- | --- |\n"
    rows = []
    for code, kind in sorted(finding_kinds().items()):
        cells = (f"`{code}`", _cell(kind.label), label("severity", kind.severity), _cell(kind.action) or "–")
        rows.append(f"| {' | '.join(cells)} |\n")
    return head + "".join(rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("{", "‹").replace("}", "›")


def refreshed(page: str) -> str:
    """A page with its table of findings written anew, between its two marks."""
    before, found, rest = page.partition(START)
    _, ended, after = rest.partition(END)
    return f"{before}{START}\n\n{findings_table()}\n{END}{after}" if found and ended else page
