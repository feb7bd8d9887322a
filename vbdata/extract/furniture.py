"""Take out what belongs to the page and not to the text: heads, feet, page numbers, contents."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from vbdata.extract.contents import end_of_contents
from vbdata.extract.decode import Line
from vbdata.extract.document import Furniture, Place
from vbdata.extract.markup import plain, unmark
from vbdata.extract.recognise import CONTENTS, goal_heading, section_of, status_words, without_leader
from vbdata.vocabulary import categories, groups, indicators, key

_DIGITS = re.compile(r"\d+")
_TITLE_WORDS = re.compile(
    r"verksamhetsber[äa]ttelse|verksamhetsplan|tertialrapport|tj[äa]nsteutl[åa]tande|diarienummer|\bdnr\b",
    re.I,
)
# A page number stands at an edge of its line: "Enheten X 7 (23)", "7", "Sida 7 av 23".
_LAST_NUMBER = re.compile(r"(\d+)\s*(?:\(\d{1,3}\)|av\s+\d{1,3}|/\s?\d{1,3})?[^\w%]*$")
_FIRST_NUMBER = re.compile(r"^\W*(?:[Ss]id\w*\.?\s*)?(\d+)\b")
_OF_PAGES = re.compile(r"#\s*(?:\(#\)|av\s+#|/\s?#)\W*$")
_PAGE_OF = re.compile(r"\b\d{1,3}\s*(?:\(\d{1,3}\)|av\s+\d{1,3}|/\s?\d{1,3})\s*$")
_PAGE_WORD = re.compile(r"^\W*sid(?:a|an)?\b", re.I)
# A dot leader that wraps, as in a text browser, has its page number on a later line.
_LEADER_GOES_ON = re.compile(r"[.\u2026_]{5,}\s*$")
_DIGITS_OF_PAGE = 4
_HEADED, _ENTRIES, _WITHOUT_PAGE = 600, 400, 6
"""Lines among which the contents begin, lines of them, and entries without a page in a row, at most."""
# What ends a cell or a sentence, and a page's foot right after it: "2025-12-31Enheten X, Rapport 2(9)".
_GLUE = re.compile(r"(?<=[a-zåäö0-9.!?%)])(?=[A-ZÅÄÖ])")
# A foot that says itself what it is, at the end of a row or a sentence: "… varje vecka. Sida 7 av 9".
_PAGE_FOOT = re.compile(r"(?<=[.!?\d\t] )Sid(?:a|an)?\.? ?\d{1,3} ?(?:av|/) ?\d{1,3}\s*$|"
                        r"(?<=\t)Sid(?:a|an)?\.? ?\d{1,3} ?(?:av|/) ?\d{1,3}\s*$")  # fmt: skip
_AFTER_VALUE = re.compile(r"(?<=[\d%] )(?=[A-ZÅÄÖ])")
# Words that only count: no page's head has them alone.
_UNITS = frozenset({"st", "kr", "tkr", "mnkr", "procent", "index", "kg", "tim", "dagar", "ggr", "personer"})
_ROW = re.compile(r"\d{2,4}-\d{2,4}-\d{2,4}\s+\d{2,4}-\d{2,4}-\d{2,4}|\d ?%|\d st\b")
#: A page head or foot stands on at least this many pages to be known as one.
_REPEATS = 3
_LONGEST = 200
#: A page has more lines than this.
_PAGE_LINES = 12


def place(line: Line) -> Place:
    """Where a line stands."""
    return Place(line.number, line.page)


def strip_furniture(lines: Sequence[Line]) -> tuple[list[Line], list[Furniture]]:
    """Lines without page heads and feet; blank lines that only they made go with them.

    A line is known as furniture by a number in it that counts pages while the words stay the same, or
    by standing next to such lines on most pages.
    """
    lines = _without_glue(lines)
    # A whole paragraph on one line is never furniture; only the ends of its sentences are asked for.
    texts = [
        line.text if len(line.text) > _LONGEST else " ".join(unmark(line.text).text.split()) for line in lines
    ]
    numbered = _page_numbered(texts) | {i for i, text in enumerate(texts) if _says_page(text)}
    numbered |= _bare_page_numbers(lines, texts)
    gone = numbered | _beside(texts, numbered)
    if not gone:
        return list(lines), []
    furniture = [
        Furniture("page_number" if _only_number(texts[i]) else "head", texts[i], place(lines[i]))
        for i in sorted(gone)
    ]
    gone |= _gaps(lines, texts, gone)
    return [line for i, line in enumerate(lines) if i not in gone], furniture


def _without_glue(lines: Sequence[Line]) -> Sequence[Line]:
    """Lines with a page's foot that is glued to the end of one on a line of its own, under the same number.

    Nothing but the page differs between the feet: what stands before one is a row or a sentence, and stays.
    """
    cuts = {i: list(_feet(line.text)) for i, line in enumerate(lines) if _ends_in_page(line.text)}
    if not any(cuts.values()):
        return lines
    pages = (_DIGITS.sub("#", lines[i].text[at:]).strip() for i, found in cuts.items() for at in (0, *found))
    count = Counter(pages)
    out: list[Line] = []
    for i, line in enumerate(lines):
        named = _PAGE_FOOT.search(line.text)
        feet = (
            at
            for at in cuts.get(i, ())
            if named or count[_DIGITS.sub("#", line.text[at:]).strip()] >= _REPEATS
        )
        at = next(feet, 0)
        parts = (line.text[:at], line.text[at:]) if at else (line.text,)
        out += [Line(line.number, text, line.page) for text in parts]
    return out


def _feet(text: str) -> Iterator[int]:
    """Where a page's foot may start within a line: after a word's end, or after a row's last value."""
    if named := _PAGE_FOOT.search(text):
        yield named.start()
        return
    for found in (_AFTER_VALUE if _ROW.search(text) and not _GLUE.search(text) else _GLUE).finditer(text):
        if _says_page(text[found.start() :].strip()):
            yield found.start()


def _only_number(text: str) -> bool:
    return not re.search("[A-Za-zÅÄÖåäö]{4,}", text)


def _page_numbered(texts: Sequence[str]) -> set[int]:
    """Indices of lines that are the same but for one number that rises page by page."""
    shapes: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        if text and len(text) <= 160 and _DIGITS.search(text) and "\t" not in text and "|" not in text:
            shapes[_DIGITS.sub("#", text)].append(i)
    return {
        i
        for shape, where in shapes.items()
        if len(where) >= _REPEATS and _may_count_pages(shape) and not _are_counts(texts, where)
        for i in _rising(texts, where)
    }


def _are_counts(texts: Sequence[str], where: Sequence[int]) -> bool:
    """Whether most of the lines are numbers alone right under labels of a form, or under other numbers."""
    bare = [i for i in where if i and _only_number(texts[i])]
    under = [i for i in bare if key(texts[i - 1]) in _labels() or texts[i - 1].isdecimal()]
    return 2 * len(under) > len(where)


def _bare_page_numbers(lines: Sequence[Line], texts: Sequence[str]) -> set[int]:
    """Page numbers among other numbers on lines of their own, such as cells.

    They stand between the same blank lines, as every page ends in one way, and are a page apart.
    """
    alike: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    final = max((i for i, text in enumerate(texts) if text), default=0)
    for i, text in enumerate(texts):
        if text.isdecimal() and len(text) < 4:
            last = lines[i].page is not None if i >= final else lines[i].page != lines[i + 1].page
            before = _kind_of(lines[i - 1].text) if i else ""
            after = "" if last or i >= final else _kind_of(lines[i + 1].text)
            if not before.strip() or not after.strip():
                alike[before, after, last].append(i)
    found: set[int] = set()
    for where in alike.values():
        chain = _rising(texts, where) if len(where) >= _REPEATS else ()
        if all(after - before >= _PAGE_LINES for before, after in pairwise(chain)):
            found.update(chain)
    return found


def _kind_of(text: str) -> str:
    """A blank line as it is, any other as one."""
    return "x" if text.strip() else text


def _may_count_pages(shape: str) -> bool:
    """Whether a line of this shape ("Enheten X # (#)") may be a page head: rows and prose must not go.

    Counts in a row are more than one number without words; a sentence has many words.
    """
    words = re.findall(r"[^\W\d_]{2,}", shape)
    if _OF_PAGES.search(shape):
        return len(words) <= 14
    if not words:
        return shape.count("#") == 1
    if all(word.lower() in _UNITS for word in words) or _ROW.search(shape.replace("#", "1111")):
        return False
    return len(words) <= 6 and not shape.endswith(".") and not _is_label(shape)


def _is_label(shape: str) -> bool:
    """Whether the words are those of a row: its number counts no pages."""
    return key(shape.replace("#", "")) in _labels()


@cache
def _labels() -> frozenset[str]:
    printed = [each.printed for each in groups()]
    printed += [each.printed for each in categories()]
    printed += [each.printed for each in indicators()]
    return frozenset(key(label) for labels in printed for label in labels)


def _says_page(text: str) -> bool:
    """A line that names its page in words: "Enheten X, Verksamhetsberättelse 2(23)", "Sida 2 av 23"."""
    if len(text) > 160 or not _ends_in_page(text) or _ROW.search(text):
        return False
    return bool(_TITLE_WORDS.search(text) or _PAGE_WORD.search(text))


def _ends_in_page(text: str) -> bool:
    last = text.rstrip()[-1:]  # cheap to see, and most lines end in a word
    return (last == ")" or last.isdecimal()) and bool(_PAGE_OF.search(text))


def _rising(texts: Sequence[str], where: Sequence[int]) -> Sequence[int]:
    """Those of the lines whose number counts pages: it goes up by one or two from line to line."""
    for edge in (_LAST_NUMBER, _FIRST_NUMBER):
        numbers = [int(found[1]) if (found := edge.search(texts[i])) else None for i in where]
        if None in numbers:
            continue
        chain = _page_chain([n for n in numbers if n is not None])
        small = sum(n is not None and n < 1000 for n in numbers)
        if len(chain) >= max(_REPEATS, 0.7 * small):
            return [where[k] for k in chain]
    return ()


def _page_chain(numbers: Sequence[int]) -> list[int]:
    """Positions of a run 2, 3, 4 … among other numbers (years, say)."""
    chain: list[int] = []
    for k, number in enumerate(numbers):
        if number < 1000 and (
            (not chain and number <= 40) or (chain and 1 <= number - numbers[chain[-1]] <= 2)
        ):
            chain.append(k)
    return chain


def _beside(texts: Sequence[str], numbered: set[int]) -> set[int]:
    """Lines without a page number that stand next to a numbered one on most pages."""
    if len(numbered) < _REPEATS:
        return set()
    near = _neighbours(texts, numbered)
    where: dict[str, list[int]] = defaultdict(list)
    for i, text in enumerate(texts):
        if text and len(text) <= 120 and i not in numbered and not text.endswith("."):
            where[text].append(i)
    found: set[int] = set()
    for text, at in where.items():
        close = [i for i in at if i in near]
        if (
            len(close) >= max(_REPEATS, 0.6 * len(numbered))
            and len(close) >= 0.6 * len(at)
            and not _means_something(text)
        ):
            found.update(close)
    return found


def _neighbours(texts: Sequence[str], numbered: set[int]) -> set[int]:
    near: set[int] = set()
    for i in numbered:
        for step in (-1, 1):
            j, left = i + step, 3
            while 0 <= j < len(texts) and left:
                if texts[j]:
                    near.add(j)
                    left -= 1
                j += step
    return near


def _means_something(text: str) -> bool:
    if _ROW.search(text) or key(text) in _labels():
        return True
    return bool(goal_heading(text) or section_of(text) or status_words(text)) or key(text).startswith(
        ("indikator", "aktivitet", "uppdelning", "analys")
    )


def _gaps(lines: Sequence[Line], texts: Sequence[str], gone: set[int]) -> set[int]:
    """Blank lines around furniture that cuts a sentence or a cell in two."""
    found: set[int] = set()
    for i in gone:
        before, after = i - 1, i + 1
        while before >= 0 and (lines[before].blank or before in gone):
            before -= 1
        while after < len(lines) and (lines[after].blank or after in gone):
            after += 1
        if before < 0 or after >= len(lines):
            continue
        cut = not re.search(r"[.!?:]\s*$", texts[before]) and texts[after][:1].islower()
        table = ("\t" in lines[before].text and "\t" in lines[after].text) or _pipes(
            lines[before], lines[after]
        )
        if cut or table:
            found.update(j for j in range(before + 1, after) if lines[j].blank)
    return found


def _pipes(a: Line, b: Line) -> bool:
    return a.text.lstrip().startswith("|") and b.text.lstrip().startswith("|")


def strip_contents(lines: Sequence[Line]) -> tuple[list[Line], list[Furniture]]:
    """Lines without the table of contents, which repeats every goal heading.

    It starts at its heading and ends where its first entry comes again; without a heading, its
    lines are known by their dot leaders and page numbers.
    """
    gone = _headed_contents(lines) | _led_lines(lines)
    furniture = [
        Furniture("contents", plain(lines[i].text), place(lines[i]))
        for i in sorted(gone)
        if not lines[i].blank
    ]
    return _without(lines, gone), furniture


def _without(lines: Sequence[Line], gone: set[int]) -> list[Line]:
    """What stands before the contents and what comes after are no paragraph: a blank line between them."""
    kept = []
    for i, line in enumerate(lines):
        if i not in gone:
            kept.append(line)
        elif i - 1 not in gone:
            kept.append(Line(line.number, "", line.page))
    return kept


def _headed_contents(lines: Sequence[Line]) -> set[int]:
    """Lines from the contents' heading to where its first entry comes again, or to its last page number."""
    start = next((i for i, line in enumerate(lines[:_HEADED]) if _heads_contents(line.text)), None)
    if start is None:
        return set()
    if end := end_of_contents([line.text for line in lines], start, plain_keep_tabs):
        return set(range(start, end))
    seen, without = start, 0
    for i in range(start + 1, min(start + _ENTRIES, len(lines))):
        if lines[i].blank or _LEADER_GOES_ON.search(lines[i].text):
            continue
        without = without + 1 if _entry(lines[i].text)[1] is None else 0
        if without > _WITHOUT_PAGE:
            break
        seen = seen if without else i
    return set(range(start, seen + 1))


def _heads_contents(text: str) -> bool:
    """Whether a line is the heading of the contents, be it with the first entry after it."""
    words = unmark(text).text
    begins = key(words.partition(" ")[0]) in CONTENTS
    return begins and (key(words) in CONTENTS or _entry(words)[1] is not None)


def _entry(text: str) -> tuple[str, int | None]:
    words, page = without_leader(plain_keep_tabs(text))
    if words.isdecimal() and len(words) < _DIGITS_OF_PAGE:
        return "", int(words)  # the page of an entry that wraps
    if page is None and (found := re.search(r"\D\s+(\d{1,3})\s*\|?\s*$", words)):
        words, page = words[: found.start() + 1], int(found[1])
    return key(words[:200]), page


def plain_keep_tabs(text: str) -> str:
    """Text without mark-up, its tabs kept."""
    return "\t".join(" ".join(plain(part).split()) for part in text.split("\t"))


def _led_lines(lines: Sequence[Line]) -> set[int]:
    """Lines that end in dot leader and page number, with the lines that they wrap over."""
    found: set[int] = set()
    for i, line in enumerate(lines):
        if "..." not in line.text and "\u2026" not in line.text and "____" not in line.text:
            continue
        words, page = without_leader(plain_keep_tabs(line.text).replace("\t", " "))
        if page is None or not re.search(
            r"[.\u2026_]{3,}\s*\d{1,3}\s*$", plain_keep_tabs(line.text).replace("\t", " ")
        ):
            continue
        found.add(i)
        j = i - 1
        while j >= 0 and not lines[j].blank and j not in found and words and i - j < 4:
            above = unmark(lines[j].text).text
            if status_words(above) or len(above) < 20 or key(above) in CONTENTS:
                break
            found.add(j)
            if goal_heading(above) or section_of(above):
                break
            j -= 1
    return found
