"""Web pages that PyMuPDF makes of a PDF: paragraphs whose white space is data, as in space-delimited text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import lxml.html

from vbdata.extract.recognise import goal_heading
from vbdata.extract.spaced.complaints import LABEL_WORDS, longest_label
from vbdata.vocabulary import categories, groups, key

_HEADINGS = {f"h{depth}": depth for depth in range(1, 7)}
_EMPHASIS = frozenset({"b", "strong", "i", "em"})
_PAGE = "page0"
_MOST = 0.7
_FORM = re.compile(r"\s*Uppdelning\s+Klagomål", re.I)
_ENDS_ROW = re.compile(r"^(?:\d{1,4}|st\.?)$|\.$")
_TICK = re.compile(r"(?<=[\w,]) [✓√] ")
_DATES = r"20\d\d-\d\d-\d\d 20\d\d-\d\d-\d\d(?: +X\b)?"
_HAS_DATES = re.compile(rf"{_DATES}\s*$")
_ROW_END = re.compile(
    rf"({_DATES} )(?=[^\W\d_]{{2}}|[✓√])| (?=Analys [A-ZÅÄÖ])|(?<=\bAnalys )(?=[A-ZÅÄÖ])|(?<=\. )(?=[✓√] )"
)
_ONLY_DATES = re.compile(rf"^\s*{_DATES}\s*$")
_BEFORE_TITLE = re.compile(rf"^(.*[.!?]) ((?:[✓√] )?[A-ZÅÄÖ][^.!?]*[.]?(?: {_DATES})? ?)$")


def is_printed(root: lxml.html.HtmlElement) -> bool:
    """Whether a page has a part per page of a PDF, all with the same id, and no tables."""
    ids = [each.get("id") for each in root.iter("div") if each.get("id")]
    return len(ids) > 1 and set(ids) == {_PAGE} and root.find(".//table") is None


def printed_texts(root: lxml.html.HtmlElement) -> Iterator[tuple[int, str]]:
    """Lines with their white space; what is bold at the start of a paragraph is a line of its own."""
    elements = list(root.iter("p", *_HEADINGS))
    ends = sum(_text_of(each).endswith(" ") for each in elements)
    spaced = ends > _MOST * len(elements)  # as what Word prints, where each cell ends in a space
    in_form = False
    for element, after in zip(elements, [*elements[1:], None], strict=True):
        number, text = element.sourceline or 1, _text_of(element)
        in_form = element.tag not in _HEADINGS and (in_form or _FORM.match(text) is not None)
        lines = _lines_of(element, spaced=spaced, in_form=in_form)
        if lines and after is not None and not spaced and _ONLY_DATES.match(_text_of(after)):
            lines[-1:] = _without_sentence(lines[-1])
        for line in lines:
            yield number, line
            if spaced or not in_form:
                yield number, ""
    yield 0, ""


def _lines_of(element: lxml.html.HtmlElement, *, spaced: bool, in_form: bool) -> list[str]:
    """A paragraph's lines: rows that PyMuPDF put into one are parted."""
    text, bold = _text_of(element), _bold_at_start(element)
    if element.tag in _HEADINGS or (bold == text and goal_heading(text)):
        return [f"{'#' * _HEADINGS.get(element.tag, 0)} **{text.strip()}**".strip()]
    if bold.strip() and text[len(bold) :].strip():
        rest = text[len(bold) :]
        return [bold, *(_labelled(rest) if in_form and not spaced else _dated(rest, spaced=spaced))]
    if in_form and not spaced:
        return _labelled(text)
    return [line for row in _dated(text, spaced=spaced) for line in _form_lines(row)]


def _bold_at_start(element: lxml.html.HtmlElement) -> str:
    first = next(iter(element), None)
    return _text_of(first) if first is not None and first.tag in _EMPHASIS and not element.text else ""


def _dated(text: str, *, spaced: bool) -> list[str]:
    """Activities by line. Where spaces tell nothing, a sentence before a title is the analysis above."""
    rows = [part for part in _ROW_END.sub("\\1\n", text).split("\n") if part]
    if spaced:
        return rows
    rows = [_TICK.sub(" ", row) for row in rows]
    return [part for row in rows for part in (_without_sentence(row) if _HAS_DATES.search(row) else [row])]


def _without_sentence(row: str) -> list[str]:
    """A title, and the sentences that stand before it."""
    return _BEFORE_TITLE.sub("\\1\n\\2", row).split("\n")


def _labelled(text: str) -> list[str]:
    """Rows of a complaint form whose white space is lost: a known label after counts starts a line."""
    words = text.split()
    lines: list[list[str]] = [[]]
    at, label_ended = 0, -1
    while at < len(words):
        end = at + longest_label(words[at : at + LABEL_WORDS])[1]
        before = words[at - 1] if at else ""
        if end > at and (not at or at == label_ended or _ENDS_ROW.search(before)):
            lines.append([])
        label_ended = end if end > at else -1
        lines[-1].extend(words[at : max(end, at + 1)])
        at = max(end, at + 1)
    return [" ".join(line) for line in lines if line]


def _text_of(element: lxml.html.HtmlElement) -> str:
    return str(element.text_content()).replace("\n", " ")


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    """The letters of each group's labels, with those of the categories that the form has in it."""
    found: dict[str, tuple[str, ...]] = {}
    for group in groups():
        inside = [label for each in categories() if each.group == group.group for label in each.printed]
        for label in group.printed:
            found[_letters(label)] = (*found.get(_letters(label), ()), *map(_letters, inside))
    return found


def _letters(text: str) -> str:
    return key(text).replace(" ", "")


def _form_lines(text: str) -> list[str]:
    """A row of the complaint form without the label of its group, which stands before it."""
    group = _letters(text)
    if group in _labels() and (group not in _labels()[group] or not text.endswith("     ")):
        return [f"{text.rstrip()} "]  # the empty cells after it are the next row's
    for at in (i + 1 for i, letter in enumerate(text) if letter == " "):
        inside = _labels().get(_letters(text[:at]))
        if inside and _letters(text[at:]).startswith(inside):
            return [text[:at], text[at:].lstrip()]
    return [text]
