"""Swedish labels for the coded columns, for people who read frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from vbdata.schema.tables import SCHEMAS
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
#: Codes of the columns that any text may stand in as far as the schema knows.
_KNOWN: dict[str, Callable[[], list[str]]] = {
    "facet": lambda: [row["code"] for row in rows("facets")],
    "concept": lambda: [row["code"] for row in rows("concepts")],
    "section": lambda: [section.code for section in sections()],
}


def with_labels(table: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame, which may have columns of `reports` too, with codes replaced by labels.

    ``attrs["titles"]`` has the Swedish headings.
    """
    labelled = frame.copy()
    for column in labelled.columns:
        if _domain(table, column) and (words := codes(table, column)):
            ordered = pd.CategoricalDtype(list(dict.fromkeys(words.values())))
            labelled[column] = labelled[column].astype(object).map(words).astype(ordered)
    labelled.attrs["titles"] = headings(table)
    return labelled


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

    The columns of `reports` stand in every table that `vbdata.load` gives.

    >>> codes("goals", "level")["unit"], codes("goals", "title")
    ('Enhetsmål', {})
    """
    if (table, column) == ("findings", "code"):
        return {row["code"]: row["label"] for row in rows("findings")}
    known = SCHEMAS["reports"].columns | SCHEMAS[table].columns
    dtype = known[column].dtype.type if column in known else None
    domain, listed = _domain(table, column), [str(code) for code in getattr(dtype, "categories", ())]
    if dtype is None or domain is None:
        return dict.fromkeys(listed, "")
    own = _OWN_WORDS.get(domain, {})
    return {code: own.get(code) or label(domain, code) for code in listed or _KNOWN[domain]()}


def type_name(dtype: Any) -> str:
    """The kind of a column in Swedish."""
    if isinstance(dtype, pd.CategoricalDtype):
        return "kod"
    kinds = {"string": "text", "Int64": "heltal", "Float64": "tal", "boolean": "ja/nej"}
    return kinds.get(str(dtype), "datum")


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
    close = [] if value.isdigit() else get_close_matches(value.casefold(), said, 1, 0.6)
    if close:
        return f'menade du "{said[close[0]]}"?'
    listed = ", ".join(list(words)[:12]) + (" …" if len(words) > 12 else "")
    return f"de som finns är {listed}"
