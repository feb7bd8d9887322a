"""Numbers that a text gives for an indicator: its target, and its change since last year; see also `levels`.

As with judgements, a clause counts only when each of its words is understood, so that a number for one house,
one month or the whole city is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vbdata.language.prose import Token, alike, clauses, may_use, sentences
from vbdata.validate.judgements import is_year, other_year, statements

PERCENT = ("%", "procent")
_WORD = re.compile(r"[\w/-]+")
_SMALL = frozenset(
    ["i", "av", "på", "som", "med", "att", "och", "till", "för", "är", "sin", "de", "inom", "-", "inte"]
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a text gives; `kind` is ``target``, ``change`` or ``from_to``."""

    kind: str
    number: float
    decimals: int
    text: str
    to: float | None = None
    to_decimals: int = 0

    def printed(self) -> str:
        """The number as the text has it, with a decimal comma.

        >>> Claim("target", 8.5, 1, "").printed()
        '8,5'
        """
        return f"{self.number:.{self.decimals}f}".replace(".", ",")


def agrees(number: float, decimals: int, cell: float) -> bool:
    """A number as a text prints it may stand for a cell: less than one in its last place away.

    >>> agrees(8.0, 0, 8.6), agrees(7.0, 0, 8.6), agrees(8.6, 1, 8.64)
    (True, False, True)
    """
    return abs(number - cell) < 10.0**-decimals - 1e-9 or abs(number - cell) < 1e-9


def _names(name: str) -> tuple[str, ...]:
    words = tuple(word for word in _WORD.findall(name.casefold()) if word not in _SMALL)
    return (*words, "ami") if "medskapandeindex" in words else words


def _is_name(token: Token, names: Sequence[str]) -> bool:
    return any(alike(token.text, name) for name in names)


def _known(clause: Sequence[Token], year: int, names: Sequence[str], *uses: str) -> bool:
    """Every token is understood: of the given uses, the indicator's name, a number or the year."""
    allowed = frozenset((*uses, "who", "outcome", "change"))
    return all(
        token.uses & allowed
        or token.text in PERCENT
        or (token.in_digits and (not is_year(token) or token.number == year))
        or _is_name(token, names)
        for token in clause
    )


def _unit_fits(clause: Sequence[Token], at: int, measure_unit: str | None) -> bool:
    following = clause[at + 1].text if at + 1 < len(clause) else ""
    if measure_unit == "%":
        return following in PERCENT
    return measure_unit == "index" and following not in PERCENT and not following.startswith("procent")


def _slice(text: str, clause: Sequence[Token]) -> str:
    end = clause[-1].end
    return text[clause[0].start : end]


def target_claims(text: str, year: int, measure_unit: str | None) -> list[Claim]:
    """Targets that a text gives: "årsmålet på 65 %", not next year's and not the council's.

    >>> [c.printed() for c in target_claims("Årsmålet på 65 % är svårt att nå.", 2025, "%")]
    ['65']
    >>> target_claims("Nästa år är målet 85 %. KF:s årsmål är 80 %.", 2025, "%")
    []
    """
    found: list[Claim] = []
    for sentence in statements(text, year) if may_use(text, "goal_named") else ():
        if sentence.has("target_no", "about"):
            continue
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            if "goal_named" not in token.uses or "mål" not in token.text:
                continue
            number = at + 1 + (at + 1 < len(tokens) and "target_joins" in tokens[at + 1].uses)
            if number < len(tokens) and _is_figure(tokens, number, measure_unit) and _ends(tokens, number):
                said = tokens[number]
                end = tokens[min(number + 1, len(tokens) - 1)].end
                found.append(
                    Claim("target", said.number or 0.0, said.decimals, sentence.text[token.start : end])
                )
    return found


def _ends(tokens: Sequence[Token], at: int) -> bool:
    """What follows the number tells nothing more of what it measures: no "90 % trygghet"."""
    following = next((token for token in tokens[at + 1 :] if token.text not in PERCENT), None)
    return following is None or not following.text[:1].isalpha() or bool(following.uses)


def _is_figure(tokens: Sequence[Token], at: int, measure_unit: str | None) -> bool:
    return tokens[at].in_digits and not is_year(tokens[at]) and _unit_fits(tokens, at, measure_unit)


def change_claims(text: str, year: int, name: str) -> list[Claim]:
    """Changes since last year in per cent: "har ökat med 5 %", "från 80 % till 85 %".

    >>> text = "Andelen har ökat med 5 % sedan förra året."
    >>> [(claim.kind, claim.number) for claim in change_claims(text, 2025, "Andel nöjda")]
    [('change', 5.0)]
    """
    names = _names(name)
    found: list[Claim] = []
    for sentence in sentences(text) if may_use(text, "change") else ():
        if not sentence.has("change") or sentence.text.endswith("?"):
            continue
        tokens = sentence.tokens
        years = [token for token in tokens if is_year(token) and token.number == year - 1]
        rest = [token for token in tokens if token not in years]
        if other_year(rest, year):
            continue
        for clause in clauses(rest):
            found.extend(_changes(clause, sentence.text, year, names))
    return found


def _changes(clause: Sequence[Token], text: str, year: int, names: Sequence[str]) -> Iterator[Claim]:
    if any("about" in token.uses for token in clause):
        return
    if not _known(clause, year, names, "change_words", "number_words") or not any(
        "change" in t.uses for t in clause
    ):
        return
    if any("goal_named" in token.uses for token in clause):
        return
    numbers = [i for i, token in enumerate(clause) if token.in_digits and not is_year(token)]
    if not numbers or not all(_unit_fits(clause, i, "%") for i in numbers):
        return
    joins = [clause[i - 1].text if i else "" for i in numbers]
    first = clause[numbers[0]]
    said = _slice(text, clause)
    if joins in (["med"], ["på"]):
        yield Claim("change", first.number or 0.0, first.decimals, said)
    elif joins == ["från", "till"]:
        last = clause[numbers[1]]
        yield Claim("from_to", first.number or 0.0, first.decimals, said, last.number, last.decimals)
