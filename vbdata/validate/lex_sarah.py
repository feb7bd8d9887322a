"""Reports under lex Sarah that running text tells of, and whether some were passed on to the inspectorate."""

from __future__ import annotations

import re

from vbdata.language.prose import NUMBER_WORDS, whole_number
from vbdata.validate.form_counts import Told, under_a_name
from vbdata.validate.judgements import statements

_ONE_TO_TWELVE = "|".join(word for word, number in NUMBER_WORDS.items() if 0 < number <= 12)
_CASE = (
    r"(?:lex[ -]+sarah?[ -]*(?:rapport|ärende|anmäl|utredning)\w*"
    r"|(?:rapport|ärende|anmäl|utredning)\w*\s+(?:enligt|om)\s+lex[ -]+sarah?\b)"
)
_SARAH = re.compile(
    rf"(?<![\w-])(?P<n>[1-9]\d?|{_ONE_TO_TWELVE})\s+(?:inkomna\s+|nya\s+)?{_CASE}"
    rf"|^(?:inga|ingen)\s+{_CASE}(?=\s+(?:har\s+)?\w+s\b)",
    re.I,
)
_CAME = re.compile(
    r"\b(?:lämna(?:des|ts|t|de)|(?:tog|togs|tagit|tagits)\s+emot|inkom(?:mit)?|k(?:om|ommit)\s+in|upprätta(?:des|ts|t|de)"
    r"|skrev(?:s)?|skriv(?:its|it)|gjor(?:des|ts|t|de)|ut(?:reddes|retts|rett)|rapportera(?:des|ts|t)|avsluta(?:des|ts|t)"
    r"|fått\s+in|fick\s+in|haft|hade|registrera(?:des|ts|t))\b",
    re.I,
)
_CLAUSE_END = re.compile(r"[,;:(–]|\bmen\b|\bvarav\b", re.I)
_TO_IVO = re.compile(r"\banmäl(?:des|ts|t|de)\b[^.]*\bIVO\b")
_NONE = re.compile(r"\b(?:ingen|inga|inget|inte|ej|varken|aldrig|utan)\b", re.I)
#: Somebody else's report, or one under the law on care.
_BY_OTHERS = re.compile(
    r"\bav\s+(?:en\s+)?(?:ann(?:an|at)|andra|region|sjuk|vårdgiv|polis|anhörig|närstående|god\s+man|staden|nämnden)"
    r"|\blex\s+maria",
    re.I,
)
_PERHAPS = re.compile(
    r"\b(?:ska|skall|kan|bör|om|när|vid|som|alltid|ifall|skulle|måste|behöver|brukar)\b", re.I
)


def some_reports(text: str, year: int) -> list[Told]:
    """Reports under lex Sarah that a text says came in or were looked into; 0 for none.

    >>> [c.number for c in some_reports("Tre lex Sarah-rapporter togs emot, och en anmäldes till IVO.", 2025)]
    [3]
    >>> [c.number for c in some_reports("Inga lex Sarah-rapporter har lämnats.", 2025)]
    [0]
    >>> some_reports("En rapport enligt lex Sarah ska lämnas samma dag.", 2025)
    []
    """
    if not _names_it(text):
        return []
    lines, found = text.split("\n"), []
    for sentence in statements(text, year):
        told = _SARAH.search(sentence.text) if _names_it(sentence.text) else None
        if told is None or under_a_name(lines, sentence.line):
            continue
        end = _CLAUSE_END.search(sentence.text, told.end())
        clause = sentence.text[: end.start() if end else None]
        held = [
            token for token in sentence.tokens if token.start < len(clause) and "counting_no" in token.uses
        ]
        if _CAME.search(clause) and not held and not _BY_OTHERS.search(clause):
            word = (told["n"] or "noll").casefold()
            found.append(Told(frozenset(["lex_sarah"]), whole_number(word) or 0, "all", "", sentence.text))
    return found


def told_to_ivo(text: str, year: int) -> list[Told]:
    """Sentences that say that a case was reported to IVO (1), or that none was (0).

    >>> [c.number for c in told_to_ivo("Lex Sarah: ett missförhållande anmäldes till IVO.", 2025)]
    [1]
    >>> told_to_ivo("Lex Sarah: rapporten anmäldes inte till IVO.", 2025)
    []
    """
    if "IVO" not in text or not _names_it(text):
        return []
    found = []
    for sentence in statements(text, year):
        for clause in _CLAUSE_END.split(sentence.text):
            if not _TO_IVO.search(clause) or _PERHAPS.search(clause) or _BY_OTHERS.search(sentence.text):
                continue
            none = _NONE.search(clause)
            if none is None or none[0].casefold() in ("ingen", "inga"):
                found.append(Told(frozenset(["ivo"]), int(none is None), "all", "", sentence.text))
    return found


def _names_it(text: str) -> bool:
    """A text may speak of such a report: a test that costs little."""
    low = text.casefold()
    return "sara" in low or "missförhåll" in low
