"""What a text says of the goal it stands under: met, partly met, not met, or nothing that is certain.

A clause counts only when each of its words is in phrases.csv under the uses below. A scope ("för natten"), a
condition, another goal, another year or another subject puts in words that are not, and so is left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from vbdata.language.prose import Sentence, Token, clauses, may_use, sentences

MET, PARTLY, NOT, MOSTLY = "met", "partly_met", "not_met", "mostly"
_DEGREES = ("partly", "mostly", "wholly", "not")
_FORMS = ("reached", "reached_by", "reached_either", "reached_infinitive")
#: Forms that say that a goal is reached, without a word for the goal.
_FREE = ("reached", "reached_either")
_GOAL = ("goal", "goal_unit", "goal_expected")
_INDICATOR = ("goal_named",)
_EXPECTED = frozenset(("goal_expected",))
#: Words between a goal and what is said of it, when it is told what the goal is.
_FAR = 14
#: "… bedömer vi det som delvis uppfyllt", "… och anser att det är uppnått": the goal of the clause before.
_PRONOUNS = (" det som ", " att det ")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A level that a clause states; `expected` when it speaks of the expected result."""

    level: str
    text: str
    sentence: str
    line: int
    expected: bool = False


def judgements(text: str, year: int, *, of: Sequence[str] = _GOAL) -> list[Judgement]:
    """What a text says of its goal, in order.

    Parameters
    ----------
    year
        The report's year; a sentence that names another is about something else.
    of
        Uses of the words that the goal may be called by.

    Examples
    --------
    >>> [j.level for j in judgements("Vi bedömer att målet delvis har uppnåtts.", 2025)]
    ['partly_met']
    >>> judgements("Målet för 2023 uppnåddes delvis, delvis på grund av flytten.", 2025)
    []
    """
    if not may_use(text, *of, *_FREE):
        return []
    found: list[Judgement] = []
    for sentence in statements(text, year):
        found.extend(_of_sentence(sentence, year, of))
    return found


def indicator_judgements(text: str, year: int) -> list[Judgement]:
    """What an indicator row's text says of the row's target; nothing where some sentence may differ."""
    found = judgements(text, year, of=_INDICATOR)
    levels = {judgement.level for judgement in found} | hints(text, year, of=_INDICATOR)
    return found if len(levels - {PARTLY}) == 1 and (PARTLY not in levels or levels == {PARTLY, NOT}) else []


@lru_cache(maxsize=256)  # several checks read the same text
def statements(text: str, year: int) -> tuple[Sentence, ...]:
    """Sentences that may state something of the year: no questions, conditions or looks back."""
    return tuple(_statements(text, year))


def _statements(text: str, year: int) -> Iterator[Sentence]:
    skipping = False
    for sentence in sentences(text):
        tokens = sentence.tokens
        if not tokens:
            continue
        if tokens[0].uses & {"other_period"}:
            skipping = True
        elif tokens[0].uses & {"whole_period"}:
            skipping = False
        if skipping or sentence.text.endswith("?") or tokens[0].uses & {"sentence_start_no"}:
            continue
        if not sentence.has("sentence_no") and not other_year(tokens, year):
            yield sentence


def other_year(tokens: Iterable[Token], year: int) -> bool:
    """Some token is a year that is not the report's."""
    return any(is_year(token) and token.number != year for token in tokens)


def is_year(token: Token) -> bool:
    """The token may be a year."""
    return token.text.isdigit() and token.number is not None and 1990 <= (token.number or 0) <= 2100


def _of_sentence(sentence: Sentence, year: int, of: Sequence[str]) -> Iterator[Judgement]:
    if level := _freestanding(sentence):
        yield Judgement(level, sentence.text, sentence.text, sentence.line)
        return
    if not sentence.has(*of):
        return
    parts = list(clauses(sentence.tokens))
    elliptic = bool(parts and parts[0] and parts[0][0].uses & {"who"})
    named = False
    for number, clause in enumerate(parts):
        level = _level(clause, year, of, elliptic=elliptic and number > 0, named=named)
        named = named or any(token.uses & frozenset(of) for token in clause)
        if level is None:
            continue
        level = _qualified(level, parts[number + 1 :])
        if _taken_back(level, sentence, clause, parts[number + 1 :]):
            continue
        text = sentence.text[clause[0].start : clause[-1].end]
        expected = any("goal_expected" in token.uses for token in clause)
        yield Judgement(level, text, sentence.text, sentence.line, expected)


def _freestanding(sentence: Sentence) -> str | None:
    """The level of "Delvis uppfyllt." as a text's first sentence: a degree and a form, and nothing else."""
    if not sentence.first:
        return None
    tokens = [token for token in sentence.tokens if token.text not in ".:!"]
    if not 1 < len(tokens) <= 4:
        return None
    allowed = frozenset((*_DEGREES, "reached", "reached_either"))
    if not all(token.uses & allowed for token in tokens):
        return None
    return _degree(tokens) if any(token.uses & frozenset(_FREE) for token in tokens) else None


def _level(
    clause: Sequence[Token], year: int, of: Sequence[str], *, elliptic: bool, named: bool
) -> str | None:
    """The level that a clause states, or None where any word of it is not understood."""
    subject = frozenset(of)
    known = frozenset((*of, *_DEGREES, *_FORMS, "who", "judging", "state", "only"))
    if not all(token.uses & known or token.number == year for token in clause):
        return None
    goals = sum(bool(token.uses & subject) for token in clause)
    pronoun = named and any(phrase in f" {' '.join(t.text for t in clause)} " for phrase in _PRONOUNS)
    if goals > 1 or (not goals and not pronoun):
        return None
    form = _form(clause)
    if form is None:
        return None
    if form == "active" and not elliptic and not any("who" in token.uses for token in clause):
        return None
    level = _degree(clause)
    return None if form == "infinitive" and level == MET else level


def _form(clause: Sequence[Token]) -> str | None:
    """``passive``: the goal is reached; ``active``: somebody reaches it; ``infinitive``."""
    forms = [token for token in clause if token.uses & frozenset(_FORMS)]
    if len(forms) != 1:
        return None
    uses = forms[0].uses
    able = any(token.text in ("kan", "kunde", "kunnat", "lyckats", "lyckades", "lyckas") for token in clause)
    if "reached_infinitive" in uses and ("reached" not in uses or able):
        judged = any(token.text in ("bedöms", "anses") for token in clause)
        return "infinitive" if able else ("passive" if judged and forms[0].text.endswith("s") else None)
    if "reached" in uses:
        return "passive"
    if "reached_by" in uses:
        return "active"
    state = any("state" in token.uses for token in clause)
    bare = not any(token.text in ("har", "hade") or "who" in token.uses for token in clause)
    return "passive" if state or bare else "active"


def _degree(clause: Sequence[Token]) -> str | None:
    nots = [i for i, token in enumerate(clause) if "not" in token.uses]
    partly, mostly, wholly = (
        any(use in token.uses for token in clause) for use in ("partly", "mostly", "wholly")
    )
    if len(nots) > 1 or (nots and (partly or mostly)):
        return None
    if nots and nots[0] + 1 < len(clause) and "only" in clause[nots[0] + 1].uses:
        return NOT if clause[nots[0] + 1].text == "alls" else None
    if nots:
        return PARTLY if wholly else NOT
    if partly:
        return PARTLY
    return MOSTLY if mostly else MET


def _taken_back(
    level: str, sentence: Sentence, clause: Sequence[Token], following: Sequence[Sequence[Token]]
) -> bool:
    """The degree may belong to the reason ("delvis genom …"), or a later clause says that it got better."""
    if level not in (PARTLY, NOT):
        return False
    ended = next((token for token in sentence.tokens if token.start >= clause[-1].end), None)
    if ended is not None and "reason" in ended.uses and "partly" in clause[-1].uses:
        return True
    better = frozenset((*_FORMS, "wholly"))
    return any(
        any(token.uses & better for token in each) and not any("not" in token.uses for token in each)
        for each in following
    )


def _qualified(level: str, following: Sequence[Sequence[Token]]) -> str:
    """The level of "…uppfyllt, men inte helt", where the next clause takes some of it back."""
    if following and level in (MET, MOSTLY):
        clause = following[0]
        degrees = all(token.uses & frozenset(_DEGREES) for token in clause)
        if degrees and (len(clause) > 1 or clause[0].text.endswith(" delvis")):
            return _degree(clause) or level
    return level


def hints(text: str, year: int, *, of: Sequence[str] = _GOAL) -> set[str]:
    """Levels that sentences may speak of though not every word of them is understood.

    A text that may agree with its status somewhere is not said to contradict it.

    >>> sorted(hints("Efter sommaren har vi i två hus uppfyllt målet.", 2025))
    ['met']
    """
    found: set[str] = set()
    if not may_use(text, *of):
        return found
    stated = {judgement.sentence for judgement in judgements(text, year, of=of)}
    for sentence in statements(text, year):
        if sentence.text in stated or not sentence.has(*of):
            continue
        if sentence.has("reached", "reached_by", "reached_either"):
            found.add(PARTLY if sentence.has("not", "partly", "mostly") else MET)
    return found


def shortfalls(text: str, year: int, *, of: Sequence[str] = _GOAL) -> list[Judgement]:
    """Sentences that say that the goal is not or only partly met, whatever else stands in them.

    Only the words from the goal to the level are read, so that what surrounds them may be anything but a
    doubt, a condition or another's opinion. It holds against a goal that is said to be wholly met alone.

    >>> [j.level for j in shortfalls("Trots nya rutiner har målet om lugna kvällar inte nåtts.", 2025)]
    ['not_met']
    >>> shortfalls("Målet uppnås inte av alla elever.", 2025)
    []
    """
    found: list[Judgement] = []
    if not may_use(text, *of):
        return found
    for sentence in statements(text, year):
        if level := _short(sentence.tokens, frozenset(of)):
            found.append(Judgement(level, sentence.text, sentence.text, sentence.line))
    return found


def _short(tokens: Sequence[Token], of: frozenset[str]) -> str | None:
    at = next((i for i, token in enumerate(tokens) if token.uses & of and not token.uses & _EXPECTED), None)
    if at is None or any(token.uses & {"short_no"} for token in tokens[:at]) or _of_others(tokens[:at]):
        return None
    end = next((i for i in range(at + 1, len(tokens)) if _is_passive(tokens, i)), None)
    if end is None or end - at > _FAR:
        return None
    near = [token for token in tokens[max(at + 1, end - 2) : end + 3] if token.text not in ".,;"]
    between, after = tokens[at + 1 : end], tokens[end + 1 :]
    # What the goal is may begin with "om": "Målet om lugna kvällar …".
    if any(
        each.text in ",;:" or ("short_no" in each.uses and "not" not in each.uses) for each in between[1:]
    ):
        return None
    rest = [token for token in after if not token.uses & frozenset(_DEGREES)]
    if rest and rest[0].uses & {"short_after_no"}:
        return None
    if any(token.uses & {"only", "mostly"} for token in near):
        return None
    if any("not" in token.uses for token in near):
        return PARTLY if any("wholly" in token.uses for token in near) else NOT
    return PARTLY if any("partly" in token.uses for token in near) and not _reason_next(after) else None


def _of_others(before: Sequence[Token]) -> bool:
    """Somebody else than the unit says so, or an earlier judgement does: "Bedömningen att målet …"."""
    texts = [token.text for token in before]
    if texts[-2:] == ["bedömningen", "att"]:
        return True
    judges = any(text in ("bedömer", "anser", "menar", "tycker", "upplever") for text in texts)
    return judges and not any("who" in token.uses for token in before)


def _is_passive(tokens: Sequence[Token], i: int) -> bool:
    """The goal is reached; "reached" that somebody does needs a word of state before it."""
    uses = tokens[i].uses
    if "reached" in uses:
        return True
    return "reached_either" in uses and any(
        "state" in token.uses or token.text in ("har", "hade") for token in tokens[:i]
    )


def _reason_next(after: Sequence[Token]) -> bool:
    """The degree is of the reason: "uppnått delvis genom …"."""
    return any("reason" in token.uses for token in after[:2])


def contradiction(
    status: str, found: Sequence[Judgement], hinted: frozenset[str] | set[str] = frozenset()
) -> Judgement | None:
    """The first judgement that contradicts a status, when the text nowhere agrees with it, nor may (`hints`).

    A text that says "not met" under "partly met" is a matter of words, and so is a result only expected
    under a goal that is not met: neither is a contradiction.
    """
    levels = {judgement.level for judgement in found}
    if status == MET and levels & {PARTLY, NOT} and MET not in levels | hinted:
        return next(j for j in found if j.level in (PARTLY, NOT))
    if status != MET and PARTLY in hinted:
        return None
    own = [j for j in found if not j.expected]
    levels = {judgement.level for judgement in own}
    if (status == PARTLY and levels == {MET}) or (status == NOT and levels and levels <= {MET, PARTLY}):
        return own[0]
    return None
