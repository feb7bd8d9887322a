"""Take out what belongs to the page and not to the text: heads, feet and page numbers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vbdata.extract.decode import Line
from vbdata.extract.document import Furniture, Place
from vbdata.extract.labels import is_label, keys_of
from vbdata.extract.markup import unmark
from vbdata.extract.recognise import goal_heading, section_of, status_words
from vbdata.vocabulary import key

_DIGITS = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{2,}")
_TITLE_WORDS = re.compile(
    r"verksamhetsber[äa]ttelse|verksamhetsplan|tertialrapport|tj[äa]nsteutl[åa]tande|diarienummer|\bdnr\b"
    r"|^\W*sid(?:a|an)?\b",
    re.I,
)
_PAGE_OF = re.compile(r"\b\d{1,3}\s*(?:\(\d{1,3}\)|av\s+\d{1,3}|/\s?\d{1,3})\s*$")
# A page's foot right after what ends a cell or a sentence: "2025-12-31Enheten X, Rapport 2(9)". A space parts
# it from a row's last value, and where it says itself what it is: "… varje vecka. Sida 7 av 9".
_FOOT = re.compile(
    r"(?P<said>(?<=[.!?\d\t] )|(?<=\t))(?=Sid(?:a|an)?\.? ?\d{1,3} ?(?:av|/) ?\d{1,3}\s*$)"
    r"|(?<=[a-zåäö0-9.!?%)])(?=[A-ZÅÄÖ])"
    r"|(?P<value>(?<=[\d%] ))(?=[A-ZÅÄÖ])"
)
# Words that only count: no page's head has them alone.
_UNITS = frozenset({"st", "kr", "tkr", "mnkr", "procent", "index", "kg", "tim", "dagar", "ggr", "personer"})
_ROW = re.compile(r"\d{2,4}-\d{2,4}-\d{2,4}\s+\d{2,4}-\d{2,4}-\d{2,4}|\d ?%|\d st\b")
#: Where a page's number stands in a line, every number shown as #: first, last, or said to be one.
_AT_END = re.compile(r"^\W*#|#\W*$|\bsid(?:a|an)?\W*#|#\W*(?:av|of)?\W*#")
_CELLS = re.compile(r"<t[rdh]\b|\|.*\||\t.*\t")
_TABLE = ("indikator", "aktivitet", "uppdelning", "analys")
_REPEATS = 3
"""A page head or foot stands on at least this many pages to be known as one."""
_FIRST_PAGE, _PAGES = 40, 1000
"""The page on which heads begin, and pages of a report, at most."""
_MOST = 0.6
"""Of the pages: so many have a head without a number."""
_EDGE = 3
"""Lines of a page's head, or its foot, at most."""
_PAGE_LINES = 12
"""Lines of a page at least: numbers alone that are nearer to each other are counts."""
_NEAR = 3
"""Lines with words between a head with a page number and one without."""
_LONGEST = 200


def place(line: Line) -> Place:
    """Where a line stands."""
    return Place(line.number, line.page)


def strip_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[Furniture]]:
    """Lines without page heads and feet; blank lines that only they made go with them.

    A line is known as furniture by a number in it that counts pages while the words stay the same, by
    standing next to such lines on most pages, or by being the first or the last on most pages, where it is
    known where they end.
    """
    lines = _without_glue(lines)
    # A whole paragraph on one line is never furniture; only the ends of its sentences are asked for.
    texts = [
        " ".join(unmark(line.text).text.split()) if 0 < len(line.text) <= _LONGEST else line.text
        for line in lines
    ]
    numbered = _page_numbered(texts) | {i for i, text in enumerate(texts) if _says_page(text)}
    numbered |= _bare_page_numbers(lines, texts)
    gone = numbered | _beside(texts, numbered) | _at_edges(lines, texts)
    gone = {i for i in gone if _says_page(texts[i]) or not _is_row(lines, i)}
    if not gone:
        return list(lines), []
    furniture = [
        Furniture("page_number" if _only_number(texts[i]) else "head", texts[i], place(lines[i]))
        for i in sorted(gone)
    ]
    gone |= _gaps(texts, gone)
    return [line for i, line in enumerate(lines) if i not in gone], furniture


def _is_row(lines: Sequence[Line], i: int) -> bool:
    """Whether a line has cells, and one beside it too: alone, they are the parts of a page's head."""
    return all(
        any(_CELLS.search(line.text) for line in own)
        for own in (lines[i : i + 1], [*lines[max(i - 1, 0) : i], *lines[i + 1 : i + 2]])
    )


def _without_glue(lines: Sequence[Line]) -> Sequence[Line]:
    """Lines with a page's foot that is glued to the end of one on a line of its own, under the same number.

    Nothing but the page differs between the feet: what stands before one is a row or a sentence, and stays.
    """
    cuts = {i: list(_feet(line.text)) for i, line in enumerate(lines) if _ends_in_page(line.text)}
    if not any(cuts.values()):
        return lines
    whole = (_shape(lines[i].text[at:]) for i, feet in cuts.items() for at in (0, *(at for at, _ in feet)))
    count = Counter(whole)
    out: list[Line] = []
    for i, line in enumerate(lines):
        feet = (at for at, said in cuts.get(i, ()) if said or count[_shape(line.text[at:])] >= _REPEATS)
        if at := next(feet, 0):
            out += [Line(line.number, text, line.page) for text in (line.text[:at], line.text[at:])]
        else:
            out.append(line)
    return out


def _shape(text: str) -> str:
    return _DIGITS.sub("#", text).strip()


def _feet(text: str) -> Iterator[tuple[int, bool]]:
    """Where a page's foot may start within a line, and whether it says itself that it is one."""
    for found in _FOOT.finditer(text):
        said = found["said"] is not None
        if said or (
            _says_page(text[found.start() :].strip()) and (found["value"] is None or _ROW.search(text))
        ):
            yield found.start(), said


def _only_number(text: str) -> bool:
    return not any(len(word) > 3 for word in _WORD.findall(text))


def _page_numbered(texts: Sequence[str]) -> set[int]:
    """Indices of lines that are the same but for one number that rises page by page."""
    shapes: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        if text and len(text) <= _LONGEST and _DIGITS.search(text) and "\t" not in text and "|" not in text:
            shapes[_shape(text)].append(i)
    return {
        i
        for shape, where in shapes.items()
        if len(where) >= _REPEATS and _may_count_pages(shape, texts[where[0]])
        for i in _rising(texts, where)
    }


def _may_count_pages(shape: str, text: str) -> bool:
    """Whether a line of this shape ("Enheten X # (#)") may be a page head: rows and prose must not go.

    Counts in a row are more than one number without words; a sentence has many words.
    """
    words = _WORD.findall(shape)
    if _PAGE_OF.search(text):
        return len(words) <= 14
    if not words:
        return shape.count("#") == 1
    if all(word.lower() in _UNITS for word in words) or _ROW.search(text) or not _AT_END.search(shape):
        return False
    return len(words) <= 6 and not shape.endswith(".") and not _is_label(shape)


def _is_label(text: str) -> bool:
    """Whether a text names a row of a table: a number beside it counts no pages."""
    return is_label(text) or key(text) in keys_of("indicator")


def _says_page(text: str) -> bool:
    """A line that names its page in words: "Enheten X, Verksamhetsberättelse 2(23)", "Sida 2 av 23"."""
    return (
        len(text) <= _LONGEST
        and _ends_in_page(text)
        and not _ROW.search(text)
        and bool(_TITLE_WORDS.search(text))
    )


def _ends_in_page(text: str) -> bool:
    last = text.rstrip()[-1:]  # cheap to see, and most lines end in a word
    return (last == ")" or last.isdecimal()) and bool(_PAGE_OF.search(text))


def _rising(texts: Sequence[str], where: Sequence[int]) -> Sequence[int]:
    """Those of the lines one of whose numbers counts pages: it goes up by one or two from line to line."""
    for numbers in zip(*(map(int, _DIGITS.findall(texts[i])) for i in where), strict=True):
        chain: list[int] = []
        for k, number in enumerate(numbers):
            if number < _PAGES and (
                number - numbers[chain[-1]] in (1, 2) if chain else number <= _FIRST_PAGE
            ):
                chain.append(k)
        if len(chain) < max(_REPEATS, 0.7 * sum(number < _PAGES for number in numbers)):
            continue
        pages = [where[k] for k in chain]
        beside = {texts[i - 1] for i in pages}
        apart = (
            not texts[where[0]].isdecimal()
            or all(b - a >= _PAGE_LINES for a, b in pairwise(pages))
            or (len(beside) == 1 and "" not in beside and not any(map(_means_something, beside)))
        )
        if apart:
            return pages
    return ()


def _bare_page_numbers(lines: Sequence[Line], texts: Sequence[str]) -> set[int]:
    """Page numbers among other numbers on lines of their own, such as cells.

    They stand between the same blank lines, as every page ends in one way, and are a page apart.
    """
    alike: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i in range(1, len(texts)):
        if texts[i].isdecimal() and len(texts[i]) < 4:
            around = (lines[i - 1].text, lines[i + 1].text if i + 1 < len(lines) else "")
            before, after = (text if text.isspace() else bool(text) * "x" for text in around)
            if "x" not in (before, after):
                alike[before, after].append(i)
    chains = (_rising(texts, where) for where in alike.values() if len(where) >= _REPEATS)
    return {i for chain in chains for i in chain}


def _beside(texts: Sequence[str], numbered: set[int]) -> set[int]:
    """Lines without a page number that stand next to a numbered one on most pages."""
    if len(numbered) < _REPEATS:
        return set()
    filled = [i for i, text in enumerate(texts) if text]
    at = {i: k for k, i in enumerate(filled)}
    near = {j for i in numbered for j in filled[max(at[i] - _NEAR, 0) : at[i] + _NEAR + 1]} - numbered
    where: dict[str, list[int]] = defaultdict(list)
    for i in sorted(near):
        where[texts[i]].append(i)
    count = Counter(texts)
    return {
        i
        for text, close in where.items()
        if len(close) >= max(_REPEATS, _MOST * len(numbered), _MOST * count[text])
        if len(text) <= _LONGEST and not text.endswith(".") and not _means_something(text)
        for i in close
    }


def _at_edges(lines: Sequence[Line], texts: Sequence[str]) -> set[int]:
    """Lines that stand first or last on most pages, or right beside such a line."""
    pages: dict[int | None, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if texts[i]:
            pages[line.page].append(i)
    if len(pages) < _REPEATS:
        return set()
    found: set[int] = set()
    for edge in (lambda page: page, lambda page: page[::-1]):
        for depth in range(_EDGE):
            own = [page[depth] for page in map(edge, pages.values()) if len(page) > 2 * _EDGE]
            most = Counter(texts[i] for i in own).most_common(1)
            if not most or most[0][1] < max(_REPEATS, _MOST * len(pages)) or _means_something(most[0][0]):
                break
            found |= {i for i in own if texts[i] == most[0][0]}
    return found


def _means_something(text: str) -> bool:
    if _ROW.search(text) or _is_label(text) or key(text).startswith(_TABLE):
        return True
    return bool(goal_heading(text) or section_of(text) or status_words(text))


def _gaps(texts: Sequence[str], gone: set[int]) -> set[int]:
    """Blank lines around furniture that cuts a sentence in two."""
    found: set[int] = set()
    for i in gone:
        before, after = i - 1, i + 1
        while before >= 0 and (not texts[before] or before in gone):
            before -= 1
        while after < len(texts) and (not texts[after] or after in gone):
            after += 1
        inside = before >= 0 and after < len(texts)
        if inside and not texts[before].endswith((".", "!", "?", ":")) and texts[after][:1].islower():
            found.update(j for j in range(before + 1, after) if not texts[j])
    return found
