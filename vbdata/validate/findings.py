"""Doubts as rows of the findings table, in the words of vocabulary/findings.csv."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from vbdata.language.prose import enumerated
from vbdata.normalise.noted import Noted, Other
from vbdata.vocabulary import finding_kinds

#: A doubt that another one asks with more, where that points at the same line.
_SAID_BY = {"year_of_another": "passage_other_year"}
#: Kind → the word of its message that tells one cause, whose other places are listed in the first doubt.
_CAUSE = {"analysis_twice": "cause", "row_twice": "title", "unit_name_differs": "other"}
#: Doubts that only say that words are another city's, or new: one names all of a table. In a form they are
#: about the row, which may be of another group.
_LISTED = (("indicator_new", "indicators"), ("unknown_label", "goals"))
_OTHER = ("report_id", "table", "row_id", "column", "page", "line")


def finding_rows(report_id: str, noted: Iterable[Noted]) -> list[dict[str, Any]]:
    """Rows of the findings table, one per doubt, in document order, numbered ``{report_id}/f01``.

    Examples
    --------
    >>> from vbdata.extract.document import Place
    >>> found = finding_rows("2025-vb-x", [Noted("row_twice", "activities", "2025-vb-x/a02", Place(9),
    ...     {"title": "Utbilda alla", "where": "under samma mål", "places": "rad 7 och 9"})])
    >>> found[0]["message"]
    '”Utbilda alla” står två gånger under samma mål (rad 7 och 9).'
    """
    return _numbered(unnumbered(report_id, noted), "f")


def across_rows(found: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of `compare_reports` with their ids, ``{report_id}/x01`` and on in each report."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in found:
        rows.setdefault(row["report_id"], []).append(row)
    return [row for each in rows.values() for row in _numbered(each, "x")]


def _numbered(rows: Iterable[dict[str, Any]], letter: str) -> list[dict[str, Any]]:
    return [
        {"report_id": row["report_id"], "finding_id": f"{row['report_id']}/{letter}{number:02d}", **row}
        for number, row in enumerate(rows, start=1)
    ]


def unnumbered(report_id: str, noted: Iterable[Noted]) -> list[dict[str, Any]]:
    """Rows of the findings table without their ids, in document order, no doubt twice."""
    ordered = sorted(noted, key=lambda n: (n.place.page or 0, n.place.line or 0))
    return [_row(report_id, n) for n in _distinct(_by_cause(_listed(ordered)))]


def _listed(ordered: Sequence[Noted]) -> Iterator[Noted]:
    """Doubts about words that the vocabulary lacks as one for each kind of words, at the first place."""
    alike: dict[tuple[Any, ...], list[Noted]] = {}
    for number, n in enumerate(ordered):
        rest = tuple((name, word) for name, word in n.words.items() if name != "value")
        listed = (n.code, n.table) in _LISTED
        alike.setdefault((n.code, n.table, rest) if listed else (number,), []).append(n)
    for first, *more in alike.values():
        if not more:
            yield first
            continue
        values = "”, ”".join(dict.fromkeys(n.words["value"] for n in (first, *more)))
        yield replace(first, row_id=None, words=first.words | {"value": values})


def _by_cause(ordered: Iterable[Noted]) -> Iterator[Noted]:
    """Doubts of one cause as one, at the first place."""
    causes: dict[tuple[str, str], list[Noted]] = {}
    for number, n in enumerate(ordered):
        cause = n.words[_CAUSE[n.code]] if n.code in _CAUSE else str(number)
        causes.setdefault((n.code, cause), []).append(n)
    for first, *rest in causes.values():
        places = dict.fromkeys(str(n.place) for n in rest if n.place != first.place)
        more = f" Det gäller också {enumerated(list(places))}." if places else ""
        yield replace(first, words=first.words | {"more": more}) if first.code in _CAUSE else first


def _distinct(noted: Iterable[Noted]) -> list[Noted]:
    seen: dict[tuple[str, str | None, str], Noted] = {}
    for n in noted:
        seen.setdefault((n.code, n.row_id, _message(n)), n)
    asked = {(n.code, n.other.place) for n in seen.values() if n.other}
    return [n for n in seen.values() if (_SAID_BY.get(n.code), n.place) not in asked]


def _message(noted: Noted) -> str:
    return finding_kinds()[noted.code].said(noted.words)[0]


def _row(report_id: str, noted: Noted) -> dict[str, Any]:
    kind = finding_kinds()[noted.code]
    message, action = kind.said(noted.words)
    return {
        "report_id": report_id,
        "code": noted.code,
        "severity": kind.severity,
        "gravity": noted.gravity or kind.gravity,
        "table": noted.table,
        "row_id": noted.row_id,
        "column": noted.column,
        "message": message,
        "action": action or None,
        "source_page": noted.place.page,
        "source_line": noted.place.line,
        **_other(report_id, noted.other),
    }


def _other(report_id: str, other: Other | None) -> dict[str, Any]:
    if other is None:
        return dict.fromkeys(f"other_{name}" for name in _OTHER)
    place = other.place
    values = (other.report_id or report_id, other.table, other.row_id, other.column, place.page, place.line)
    return {f"other_{name}": value for name, value in zip(_OTHER, values, strict=True)}
