"""Swedish labels for the coded columns, for people who read frames."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from vbdata.schema.tables import SCHEMAS, dtypes
from vbdata.vocabulary import label, sections
from vbdata.vocabulary.files import rows

#: Domain of labels that each coded column takes its words from.
DOMAINS = {
    "better": "better",
    "direction": "direction",
    "relation": "relation",
    "role": "role",
    "attainment": "attainment",
    "concept": "concept",
    "council_target_rule": "target_rule",
    "facet": "facet",
    "format": "format",
    "kind": "kind",
    "level": "level",
    "period": "period",
    "section": "section",
    "severity": "severity",
    "status": "status",
    "status_source": "status_source",
    "target_rule": "target_rule",
}
_OWN_WORDS = {"target_rule": {"number": "tal"}}


def with_labels(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with codes replaced by labels and Swedish column titles in ``attrs["titles"]``."""
    labelled = frame.copy()
    for column in labelled.columns:
        domain = _domain(table, column)
        if domain:
            categories = codes(table, column)
            ordered = pd.CategoricalDtype(list(dict.fromkeys(categories.values())))
            labelled[column] = labelled[column].astype(object).map(categories).astype(ordered)
    labelled.attrs["titles"] = titles(table)
    return labelled


def labelled(table: str, frame: pd.DataFrame, added: Sequence[str]) -> pd.DataFrame:
    """The same of a frame that also has columns of `reports`."""
    mine = [name for name in frame.columns if name in SCHEMAS[table].columns]
    others = [name for name in added if name not in mine and name in SCHEMAS["reports"].columns]
    shown, theirs = with_labels(table, frame[mine]), with_labels("reports", frame[others])
    made = frame.assign(**{name: shown[name] for name in mine}, **{name: theirs[name] for name in others})
    made.attrs["titles"] = headings(table)
    return made


def headings(table: str) -> dict[str, str]:
    """Swedish heading of each column that `vbdata.load` gives, each only once.

    >>> headings("goals")["goal_id"], headings("goals")["title"], headings("goals")["kind"]
    ('Mål (id)', 'Mål', 'Typ')
    """
    of_report = {name: titles("reports")[name] for name in ("unit_id", "unit_name", "year", "kind")}
    found = of_report | {"version": "Rapportens version"} | titles(table)
    counts = list(found.values())
    return {
        name: f"{title} (id)" if name.endswith("_id") and counts.count(title) > 1 else title
        for name, title in found.items()
    }


def titles(table: str) -> dict[str, str]:
    """Swedish title of each column."""
    return {name: str(column.title) for name, column in SCHEMAS[table].columns.items()}


def _domain(table: str, column: str) -> str | None:
    if table == "extraction_log" and column == "status":
        return "log_status"
    if table in ("indicators", "quantities") and column == "period":
        return None  # free text there
    return DOMAINS.get(column)


def codes(table: str, column: str) -> dict[str, str]:
    """Code → Swedish label of a column that holds codes only; empty for every other.

    >>> codes("goals", "level")["unit"], codes("goals", "title")
    ('Enhetsmål', {})
    """
    if (table, column) == ("findings", "code"):
        return {row["code"]: row["label"] for row in rows("findings")}
    domain, dtype = _domain(table, column), dtypes(table)[column]
    if domain:
        own = _OWN_WORDS.get(domain, {})
        return {code: own.get(code) or label(domain, code) for code in _codes(domain, pd.Series(dtype=dtype))}
    return {str(code): "" for code in getattr(dtype, "categories", ())}


def nearest(value: str, words: dict[str, str]) -> str:
    """What somebody may have meant by a value that is none of the known ones.

    >>> nearest("Enhetsmål", {"unit": "Enhetsmål", "board": "Nämndmål"})
    'menade du "unit"?'
    >>> nearest("xyz", {"met": "Uppfylls helt", "not_met": "Uppfylls inte"})
    'de som finns är met, not_met'
    """
    from difflib import get_close_matches

    said = {(word or code).casefold(): code for code, word in words.items()}
    said |= {code.casefold(): code for code in words}
    close = get_close_matches(value.casefold(), said, 1, 0.6)
    if close:
        return f'menade du "{said[close[0]]}"?'
    listed = ", ".join(list(words)[:12]) + (" …" if len(words) > 12 else "")
    return f"de som finns är {listed}"


def _codes(domain: str, values: pd.Series) -> list[str]:
    if isinstance(values.dtype, pd.CategoricalDtype):
        return list(values.cat.categories)
    known = {
        "facet": [r["code"] for r in rows("facets")],
        "concept": [r["code"] for r in rows("concepts")],
        "section": [s.code for s in sections()],
    }
    return known[domain]
