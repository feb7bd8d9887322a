"""Running text in sentences, clauses and words, each word with what phrases.csv says it is used for.

The checks of prose know no grammar: they accept a clause only when every word of it is in their lists, so
that a sentence about something else, or with a condition in it, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from vbdata.vocabulary import phrases

_TOKEN = re.compile(r"\w+(?:[-/:]\w+)+(?<!:)|\d+(?:[.,]\d+)?|\w+(?:\.\w\.\w?\.?)?|%|[^\w\s]")
_SENTENCE_END = re.compile(r"[.!?][\"”)]*\s+(?=[\"”(\[–-]?\s?[A-ZÅÄÖ0-9])")
_ABBREVIATED = re.compile(
    r"\b(?:t\.ex|bl\.a|d\.v\.s|dvs|s\.k|f\.d|ca|kl|nr|resp|m\.m|o\.s\.v|ev|tex|forts|exkl|inkl|max|min|tel)\.$",
    re.I,
)
_ENDED = re.compile(r"[.!?:;…][\"”)]*\s*$")
#: How a line ends whose sentence goes on, whatever the next line begins with.
_UNFINISHED = re.compile(
    r"(?:,|\b(?:i|på|av|till|från|för|med|om|hos|vid|under|inom|genom|och|samt|att|som|än|mot|är|var|blev|har))\s*$"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?$")
_GAPS = re.compile(r"\S {2,}\S")
#: Where a clause begins, and letters that are shown after the words that prove a point.
_CLAUSE = re.compile(r", |(?= (?:och|men|samt) )")
_AFTER = 60
_BULLET = re.compile(r"^[–•*·●-]\s*")
_PUNCTUATION = frozenset(",;:–—()-")
_WORDS = (
    "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton"
    " sjutton arton nitton"
)
_TENS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")
#: Numbers in words, below a hundred.
NUMBER_WORDS = {word: n for n, word in enumerate(_WORDS.split())} | {
    "en": 1, **{ten: 10 * n for n, ten in enumerate(_TENS, 2)},
    **{f"{ten}{word}": 10 * i + n for i, ten in enumerate(_TENS, 2)
       for n, word in enumerate(_WORDS.split()) if 0 < n < 10},
    **{f"{ten}en": 10 * i + 1 for i, ten in enumerate(_TENS, 2)},
}  # fmt: skip


_NONE: frozenset[str] = frozenset()
#: Letters of a sentence that is taken apart; a longer one is a table or a list that was read as text.
LONGEST = 2000


class Token(NamedTuple):
    """A word or phrase of a sentence, in lower case, with its uses and where it stands in it."""

    text: str
    uses: frozenset[str]
    start: int
    end: int

    @property
    def number(self) -> float | None:
        """The number that the word is, in digits or letters."""
        return _number(self.text)

    @property
    def decimals(self) -> int:
        """Decimals as printed."""
        return len(re.split("[.,]", self.text)[1]) if re.search(r"\d[.,]\d", self.text) else 0


@lru_cache(maxsize=4096)
def _number(word: str) -> float | None:
    number = float(word.replace(",", ".")) if _NUMBER.match(word) else whole_number(word)
    return None if number is None else float(number)


def whole_number(word: str) -> int | None:
    """The whole number that a word in lower case is, in digits or letters.

    >>> whole_number("12"), whole_number("tolv"), whole_number("tal")
    (12, 12, None)
    """
    return int(word) if word.isdecimal() else NUMBER_WORDS.get(word)


@dataclass(frozen=True)
class Sentence:
    """A sentence with its line of the text (from 0); its tokens are told when they are asked for."""

    text: str
    line: int
    first: bool = False

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words and phrases; none of a sentence that is too long."""
        return _tokens(self.text) if len(self.text) <= LONGEST else ()

    @cached_property
    def uses(self) -> frozenset[str]:
        """Uses that some word has."""
        return _NONE.union(*[token.uses for token in self.tokens])

    def has(self, *uses: str) -> bool:
        """Some word has one of the uses."""
        return not self.uses.isdisjoint(uses)


def sentences(text: str) -> Iterator[Sentence]:
    """Sentences of a text, in order; a line's end ends one, unless it goes on in the next.

    >>> [s.text for s in sentences("Vi når målet, t.ex. i T2. Bra!")]
    ['Vi når målet, t.ex. i T2.', 'Bra!']
    """
    yield from _sentences(text)


@lru_cache(maxsize=256)  # several checks read the same text
def _sentences(text: str) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(part, line, first=not at) for at, (part, line) in enumerate(zip(*_parted(text), strict=True))
    )


@lru_cache(maxsize=1024)  # quantities and checks ask for the same texts
def _parted(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Sentences of a text, and the lines (from 0) that they begin on."""
    found = [(part, number) for number, line in _unbroken(text) for part in _split(line)]
    return tuple([part for part, _ in found]), tuple([number for _, number in found])


def _unbroken(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers; a sentence that a page's or a line's end has broken is one."""
    number, whole = 0, ""
    for i, line in enumerate(text.split("\n")):
        if whole and _goes_on(whole, line):
            whole = f"{whole.rstrip()} {line.lstrip()}"
            continue
        if whole:
            yield number, whole
        number, whole = i, line
    if whole:
        yield number, whole


def _goes_on(line: str, following: str) -> bool:
    """The next line goes on with the sentence; a line that begins in lower case is an item of a list."""
    if not line[:1].isupper() or _ENDED.search(line):
        return False
    return following[:1].islower() or bool(_UNFINISHED.search(line) and following[:1].isalnum())


def _split(line: str) -> Iterator[str]:
    line = _BULLET.sub("", line.strip())
    start = 0
    for end in _SENTENCE_END.finditer(line):
        at = end.start() + 1
        if end[0][0] == "." and _ABBREVIATED.search(line[max(start, at - 12) : at]):
            continue
        yield line[start:at].strip()
        start = end.end()
    if line[start:].strip():
        yield line[start:].strip()


def plain_sentences(text: str) -> tuple[str, ...]:
    """Sentences as plain text, for what needs no tokens of them.

    >>> plain_sentences("Målet är\\ndelvis nått. Vi\\nfortsätter.")
    ('Målet är delvis nått.', 'Vi fortsätter.')
    """
    return _parted(text)[0]


@lru_cache(maxsize=1024)  # masking and numbers ask for the same texts
def words_in(text: str) -> frozenset[str]:
    """The different words of a text in lower case, parted at its marks.

    >>> sorted(words_in("Vi når tre (av fem), tre!"))
    ['av', 'fem', 'når', 'tre', 'vi']
    """
    return frozenset(re.findall(r"[\w-]+", text.lower()))


def clauses(tokens: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """Stretches of tokens between punctuation and words that begin a new clause."""
    clause: list[Token] = []
    for token in tokens:
        if token.text in _PUNCTUATION or token.text in ".!?" or "clause" in token.uses:
            if clause:
                yield tuple(clause)
            clause = []
        else:
            clause.append(token)
    if clause:
        yield tuple(clause)


@cache
def _lexicon() -> tuple[dict[tuple[str, ...], frozenset[str]], dict[str, int]]:
    """Phrases as words → their uses, and first words → words of the longest phrase that begins so."""
    found: dict[tuple[str, ...], set[str]] = {}
    for use, texts in phrases().items():
        for text in texts:
            found.setdefault(tuple(_TOKEN.findall(text.casefold())), set()).add(use)
    longest: dict[str, int] = {}
    for first, *rest in found:
        longest[first] = max(longest.get(first, 1), 1 + len(rest))
    return {words: frozenset(uses) for words, uses in found.items()}, longest


@lru_cache(maxsize=4096)
def _tokens(sentence: str) -> tuple[Token, ...]:
    lexicon, longest = _lexicon()
    found = list(_TOKEN.finditer(sentence))
    words = [each[0].casefold() for each in found]
    tokens: list[Token] = []
    at = 0
    while at < len(words):
        length = longest.get(words[at], 0)
        if not length:  # nearly all begin no phrase
            tokens.append(Token(words[at], _NONE, *found[at].span()))
            at += 1
            continue
        while length > 1 and tuple(words[at : at + length]) not in lexicon:
            length -= 1
        part = tuple(words[at : at + length])
        last = at + len(part)
        tokens.append(
            Token(" ".join(part), lexicon.get(part, _NONE), found[at].start(), found[last - 1].end())
        )
        at = last
    return tuple(tokens)


def may_use(text: str, *uses: str) -> bool:
    """Whether some phrase of the uses may stand in a text: cheap, and nothing has to be taken apart.

    >>> may_use("Vi trivs.", "goal"), may_use("Årets mål nåddes.", "goal")
    (False, True)
    """
    low = text.casefold()
    return any([part in low for part in _parts(uses)])


@cache
def _parts(uses: tuple[str, ...]) -> tuple[str, ...]:
    """The longest word of each phrase of the uses, less those that hold another."""
    known = phrases()
    words = {max(_TOKEN.findall(text.casefold()), key=len) for use in uses for text in known.get(use, ())}
    return tuple(word for word in words if not any(other in word for other in words - {word}))


@cache
def _most_words() -> int:
    """Words of the longest phrase."""
    return max(_lexicon()[1].values())


def is_use(text: str, use: str) -> bool:
    """The whole text is a phrase of that use.

    >>> is_use("Till viss del", "partly")
    True
    """
    if len(text.split(None, _most_words())) > _most_words():
        return False
    lexicon, _ = _lexicon()
    return use in lexicon.get(tuple(_TOKEN.findall(text.casefold())), frozenset())


def is_remnant(sentence: str) -> bool:
    """What is left of a table that was read as text: cells, not a sentence.

    >>> is_remnant("Lokaler | 8,0 | 8,0 | 0,0"), is_remnant("Trivsel   82   84   T1"), is_remnant("Nio kom.")
    (True, True, False)
    """
    gaps = len(_GAPS.findall(sentence)) if "  " in sentence else 0
    return " | " in sentence or "\t" in sentence or gaps > 1


def alike(word: str, other: str) -> bool:
    """Two forms of one word: they begin alike and differ in their endings only.

    >>> alike("sjukfrånvaron", "sjukfrånvaro"), alike("sjukskriven", "sjukfrånvaro")
    (True, False)
    """
    if word == other:
        return True
    if word[:4] != other[:4]:  # nearly all
        return False
    common = next(
        (i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other))
    )
    return common >= 4 and common >= 0.65 * max(len(word), len(other))


def quote(text: str, longest: int = 160, proof: re.Pattern[str] | None = None) -> str:
    """A text short enough to stand in a message; where it is cut, the words that prove the point are left in.

    >>> quote("Målet är delvis uppnått då vi följer arbetssätten.", 30)
    'Målet är delvis uppnått då …'
    >>> quote("Vi har lämnat in en lista, och skriver nu på en plan.", 40, re.compile("skriver"))
    '… och skriver nu på en plan.'
    """
    text = " ".join(text.split())
    found = proof.search(text) if proof else None
    if found and found.end() > longest - _AFTER:
        begins = [each.end() for each in _CLAUSE.finditer(text, 0, found.start())]
        latest = max(0, found.end() + 2 - longest)
        start = next((each for each in begins if each >= latest), text.rfind(" ", 0, found.start()) + 1)
        return f"… {quote(text[start:], longest)}"
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + " …"


def enumerated(parts: Sequence[str], most: int | None = None) -> str:
    """Parts as one list; those above `most` are counted.

    >>> enumerated(["a", "b", "c"]), enumerated(["a", "b", "c"], 1)
    ('a, b och c', 'a och 2 till')
    """
    shown = list(
        parts if most is None or len(parts) <= most else [*parts[:most], f"{len(parts) - most} till"]
    )
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} och {shown[-1]}"
