"""Full-text search as a Swede means it: case, accents, hyphens and broken words never matter, å ä ö do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from vbdata.errors import ParameterError

_OWN_LETTERS = frozenset("åäöÅÄÖ")
_DROPPED = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
_BROKEN = re.compile(r"(?<=\w)[-\u2010\u00ad]\s*\n\s*(?=[a-zåäöé])")
"""A word broken at the end of a line: «verksam-⏎het»."""
_TERM = re.compile(r"(-?)(?:[\"”“]([^\"”“]+)[\"”“]|(\S+))")
AROUND = 90
"""Characters of context on each side of a hit."""
TEXTS = {
    "passages": ("text", "section", "heading"),
    "indicators": ("analysis", None, "name"),
    "activities": ("analysis", None, "title"),
    "complaints": ("comment", None, "category"),
}
"""Table → the column with running text, its section, and what it stands under."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is searched, and where each of its characters stands in the text as it is written."""

    text: str
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: every one of `terms`, none of `without`; all folded."""

    terms: tuple[str, ...]
    without: tuple[str, ...] = ()
    whole_words: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """A hit and what stands around it, verbatim; `hit` may be in several pieces where hits overlap."""

    before: str
    hit: str
    after: str


def fold(text: str) -> Folded:
    """A text without what does not matter in a search, and the way back.

    >>> fold("Idé-\\nerna i LSS\u2011boendet").text, fold("Åsa").text
    ('ideerna i lss boendet', 'åsa')
    """
    skipped = {i for match in _BROKEN.finditer(text) for i in range(*match.span())}
    letters: list[str] = []
    at: list[int] = []
    for start, cluster in _clusters(text):
        if start in skipped:
            continue
        for letter in _plain(cluster):
            if letter == " " and (not letters or letters[-1] == " "):
                continue
            letters.append(letter)
            at.append(start)
    return Folded("".join(letters), tuple(at))


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Letters with the accents that follow them."""
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield start, text[start:end]
        start = end


def _plain(cluster: str) -> str:
    if cluster[0] in _DROPPED:
        return ""
    if cluster[0] in _DASHES or cluster[0].isspace():
        return " "
    whole = unicodedata.normalize("NFC", cluster)
    if whole in _OWN_LETTERS:
        return whole.casefold()
    bare = "".join(c for c in unicodedata.normalize("NFKD", whole) if not unicodedata.combining(c))
    return bare.casefold()


def parse_query(query: str, whole_words: bool = False) -> Query:
    """Words that must all be there, ``"a phrase"``, and ``-words`` that must not.

    A word is found anywhere in a word, so that ``avvikelse`` finds ``läkemedelsavvikelser``; with
    `whole_words` only on its own.

    Raises
    ------
    ParameterError
        When there is nothing to look for.

    Examples
    --------
    >>> parse_query('Trygghet "på natten" -personal')
    Query(terms=('trygghet', 'på natten'), without=('personal',), whole_words=False)
    """
    terms: list[str] = []
    without: list[str] = []
    for minus, phrase, word in _TERM.findall(query):
        folded = fold(phrase or word.strip('"”“')).text.strip()
        if folded:
            (without if minus else terms).append(folded)
    if not terms:
        raise ParameterError("det finns inget att söka efter", value=query, hint="skriv minst ett ord")
    return Query(tuple(dict.fromkeys(terms)), tuple(without), whole_words)


def spans(text: str, query: Query) -> list[tuple[int, int]]:
    """Where the query's terms stand in a text, in order, overlapping ones joined; empty if not all are there.

    >>> spans("Trygg och TRYGGHET", parse_query("trygg"))
    [(0, 5), (10, 15)]
    """
    folded = fold(text)
    if any(_found(folded.text, term, query.whole_words) for term in query.without):
        return []
    joined: list[tuple[int, int]] = []
    for term in query.terms:
        found = _found(folded.text, term, query.whole_words)
        if not found:
            return []
        joined += [(folded.at[a], _end(text, folded, b)) for a, b in found]
    return _merged(sorted(joined))


def _found(text: str, term: str, whole_words: bool) -> list[tuple[int, int]]:
    pattern = re.escape(term)
    pattern = rf"(?<!\w){pattern}(?!\w)" if whole_words else pattern
    return [match.span() for match in re.finditer(pattern, text)]


def _end(text: str, folded: Folded, end: int) -> int:
    """The end, in the text as written, of what ends at `end` in the folded text."""
    last = folded.at[end - 1] + 1
    while last < len(text) and unicodedata.combining(text[last]):
        last += 1
    return last


def _merged(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in found:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def in_context(text: str, span: tuple[int, int], around: int = AROUND) -> Context:
    """A hit with some of the text on each side of it, cut between words."""
    start, end = span
    first, last = max(0, start - around), min(len(text), end + around)
    if first:
        first = next((i + 1 for i in range(first, start) if text[i].isspace()), start)
    if last < len(text):
        last = next((i for i in range(last - 1, end - 1, -1) if text[i].isspace()), end)
    before = f"{'… ' if first else ''}{text[first:start]}"
    return Context(before, text[start:end], f"{text[end:last]}{' …' if last < len(text) else ''}")


def search(tables: Mapping[str, pd.DataFrame], query: Query) -> pd.DataFrame:
    """Every hit in the running text: passages, analyses of indicators and activities, the form's comments.

    Returns
    -------
    DataFrame
        One row per hit: ``report_id``, ``table``, ``row_id``, ``section`` (a code, of passages only),
        ``heading``, ``before``, ``hit``, ``after``, ``source_page``, ``source_line``; in the order of the
        tables' rows.
    """
    rows = []
    for table, (column, section, heading) in TEXTS.items():
        frame = tables[table].dropna(subset=[column])
        if table == "complaints":  # the comment stands once per category, the frame has it once per period
            frame = frame.drop_duplicates(["report_id", "position", column])
        for row in frame.to_dict("records"):
            for span in spans(str(row[column]), query):
                context = in_context(str(row[column]), span)
                rows.append(
                    {"report_id": row["report_id"], "table": table, "row_id": row["row_id"],
                     "section": row[section] if section else pd.NA, "heading": row[heading],
                     "before": context.before, "hit": context.hit, "after": context.after,
                     "source_page": row["source_page"], "source_line": row["source_line"]}
                )  # fmt: skip
    columns = ["report_id", "table", "row_id", "section", "heading", "before", "hit", "after"]
    found = pd.DataFrame(rows, columns=[*columns, "source_page", "source_line"])
    return found.astype(
        dict.fromkeys(columns, "string") | dict.fromkeys(["source_page", "source_line"], "Int64")
    )
