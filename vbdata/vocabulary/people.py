"""Words that tell a person's name from other words with a capital, as person_words.csv has them.

Given names are those of Faker 40 (MIT), which took the Swedish ones from the Institute for Language and
Folklore and the family names from the Tax Agency; they cover 97 % of the given names of Sweden by how many
bear them, and those of eleven other languages spoken here are added. Names that are also words are apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from vbdata.vocabulary.files import FOLDER, rows
from vbdata.vocabulary.written import decoded

#: What the last part of a word says of it: a kind of unit, a street, an abstract noun, a definite form.
_NO_NAME = re.compile(
    r"(?:bost[aä]d\w*|boende\w*|enhet\w*|verksamhet\w*|grupp\w*|team\w*|center|centrum|hemmet|gården|gårdarna"
    r"|gata|gatan|vägen|gränd|torget?|backen|stigen|allén|parken|husen?t?|skola[ns]?|byn|viken|dalen|kullen"
    r"|ning\w*|ering|iatri|ism|tion\w*|het(?:en|er)?|skap\w*|mentet?|nämnd\w*|förvaltning\w*|kontoret|råd|rådet|stöd\w*|tjänst\w*"
    r"|orna|arna|erna|igt|ande|iska?|isk|liga?|ligt|samma)s?$"
)
#: "-en" and "-et" are the definite form, except in family names such as these.
_DEFINITE = re.compile(r"(?:(?<![lnr]s)en|et|an)s?$")
_FAMILY = re.compile(
    r"(?:son|ström|berg|strand|[qk]vist|[qk]varn|gren|lund|blad|man|dahl|stedt|sten|ell|én|ius|lin|löf|mark"
    r"|b[aä]ck|[wv]all|holm|hult|fors|krantz|feldt?|crona|stierna|sköld|ström|skog|borg|hjelm|[ck]rona|li[e]n"
    r"|ić|ski|[eo]wska|oğlu|zadeh|ian|[lnr]sen|enko|poulos)s?$"
)


@cache
def words(kind: str) -> frozenset[str]:
    """The words of one kind, in lower case.

    >>> "anna" in words("given"), "per" in words("given"), "per" in words("given_or_word")
    (True, False, True)
    """
    return _words().get(kind, frozenset())


@cache
def _words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("person_words"):
        found.setdefault(row["kind"], set()).update(row["words"].casefold().split("|"))
    found["given_small"] = found["given"] | found["given_or_word"]
    return {kind: frozenset(each) for kind, each in found.items()}


@lru_cache(maxsize=8192)
def given_name(word: str) -> str | None:
    """The given name that a word is, its genitive's too, in lower case; either part of a double name will do.

    >>> given_name("Annas"), given_name("Ann-Charlotte"), given_name("Bakgrund")
    ('anna', 'ann', None)
    """
    lower = word.casefold()
    known = words("given"), words("given_or_word")
    if lower.partition("-")[0] in words("not_person"):
        return None
    forms = lower, lower.removesuffix("s"), lower.partition("-")[0], lower.rpartition("-")[2]
    return next((form for names in known for form in forms if form in names), None)


def surely_given(word: str) -> bool:
    """Whether a word is a given name and no other word."""
    return (name := given_name(word)) is not None and name not in words("given_or_word")


@cache
def _title() -> re.Pattern[str]:
    stems = "|".join(sorted((re.escape(w.removesuffix("a")) for w in words("title")), key=len, reverse=True))
    return re.compile(rf"(?:{stems})(?:n?en|n|er|erna|na|ne|a|an|or|orna|arna|t)?s?$")


@lru_cache(maxsize=8192)
def is_title(word: str) -> bool:
    """Whether a word is an office that someone has.

    >>> is_title("enhetscheferna"), is_title("LSS-handläggare"), is_title("gruppbostad")
    (True, True, False)
    """
    lower = word.casefold()
    return lower in words("office") or bool(_title().search(lower))


@lru_cache(maxsize=8192)
def may_be_family_name(word: str, *, definite: bool = False) -> bool:
    """Whether a word with a capital may be a family name: no ordinary word, no place, no kind of unit.

    Words in the definite form are none, unless they may be (`definite`), as after a given name.

    >>> [may_be_family_name(w) for w in ("Exempelsson", "Berg", "Gruppbostad", "Under", "Solgården")]
    [True, True, False, False, False]
    """
    lower = word.casefold()
    base = lower.removesuffix("s")
    if lower in words("surname") or base in words("surname"):
        return True
    if len(lower) < 2 or lower in _ordinary() or base in _ordinary():
        return False
    return not _NO_NAME.search(lower) and (definite or not _DEFINITE.search(lower) or is_family_name(word))


@lru_cache(maxsize=8192)
def is_family_name(word: str) -> bool:
    """Whether a word is a family name of the list, or is made as Swedish ones and some others are."""
    lower = word.casefold()
    listed = lower in words("surname") or lower.removesuffix("s") in words("surname")
    return listed or (lower not in _ordinary() and len(lower) > 5 and bool(_FAMILY.search(lower)))


@cache
def _ordinary() -> frozenset[str]:
    """Words that are no family names: those said to be, places, titles' words, the vocabulary's own."""
    said = words("ordinary") | words("place") | words("title") | words("not_person") | words("person")
    return said | _vocabulary() - words("surname") - words("given")


@cache
def _vocabulary() -> frozenset[str]:
    """Words that the forms print without a capital."""
    files = ("indicators", "complaint_groups", "complaint_categories", "sections", "goals", "levels")
    texts = [decoded((FOLDER / f"{name}.csv").read_bytes()) for name in files]
    return frozenset(re.findall(r"\b[a-zåäö]{3,}\b", "\n".join(texts)))


def is_name(run: Sequence[str]) -> bool:
    """Whether words with capitals are a person's whole name: a given name first, or all that may be names.

    >>> is_name(["Eva", "Exempelsson"]), is_name(["Solgårdens", "Gruppbostad"]), is_name(["Lilla", "Ängen"])
    (True, False, False)
    """
    if not 2 <= len(run) <= 4:
        return False
    rest = run[1:] if given_name(run[0]) else run
    return all(may_be_family_name(word) or given_name(word) for word in rest)
