"""Names of files without persons' names: they reach every table, page and export.

A file's name has no sentence, so a given name needs nothing beside it there: what would be doubtful in a text
is masked too.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import zip_longest

from vbdata.normalise.contacts import without_numbers
from vbdata.normalise.people import NAME
from vbdata.normalise.persons import find_persons
from vbdata.vocabulary.people import given_name, is_family_name, surely_given, words

#: Words, also those that only a capital tells from the word before: "AnnaExempelsson".
_TOKEN = re.compile(r"[^\W\d_]+?(?=[A-ZÅÄÖ][a-zåäö])|[^\W\d_]+|\d+")
_LATIN = str.maketrans("åäöéèüøćłżšž", "aaoeeuoclzsz")
_SHORT = 3
"""Letters of a word that is no name unless a list has it."""


def without_names(path: str) -> str:
    """A path without persons' names and numbers, folder by folder; its last ending stays.

    >>> without_names("2025/vb_eva_exempelsson.pdf"), without_names("VB2025-EvaExempelsson.docx")
    ('2025/vb_[namn].pdf', 'VB2025-[namn].docx')
    >>> without_names("2025_vb_bjorkbackens_gruppbostad.txt"), without_names("Lex Sarah 2025.docx")
    ('2025_vb_bjorkbackens_gruppbostad.txt', 'Lex Sarah 2025.docx')
    """
    return "/".join(map(_without, path.replace("\\", "/").split("/")))


@lru_cache(maxsize=1024)
def _without(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or not ending.isalnum():
        stem, dot, ending = name, "", ""
    spaced = stem.replace("_", " ")
    if (plain := without_numbers(spaced)) != spaced:
        stem = plain
    return f"{_nameless(stem)}{dot}{ending}"


def _nameless(stem: str) -> str:
    tokens = list(_TOKEN.finditer(stem))
    words = [token[0] for token in tokens]
    parts = [_as_in_text(word, after) for word, after in zip_longest(words, words[1:], fillvalue="")]
    starts = [sum(len(part) + 1 for part in parts[:i]) for i in range(len(parts))]
    found = find_persons(" ".join(parts))
    for start, end in sorted([*found.names, *found.doubtful], reverse=True):
        mine = [tokens[i] for i, at in enumerate(starts) if start <= at < end]
        stem = f"{stem[: mine[0].start()]}{NAME}{stem[mine[-1].end() :]}"
    return stem


def _as_in_text(token: str, after: str) -> str:
    """A word of a file's name as a text would have it, with the dots and the capital that it has lost."""
    lower = token.casefold()
    if given_name(token):
        return lower.capitalize() if surely_given(token) or is_family_name(after) else token
    if token.isascii() and (name := _spelt().get(lower)):
        return name.capitalize()
    return lower if len(token) < _SHORT else lower.capitalize()


@cache
def _spelt() -> dict[str, str]:
    """Given names as they are written without å, ä, ö → as they are; none that is another word then."""
    known, others = words("given"), words("given_or_word") | words("ordinary") | words("not_person")
    found = {name.translate(_LATIN): name for name in known if not name.isascii()}
    return {plain: name for plain, name in found.items() if len(plain) > _SHORT and plain not in others}
