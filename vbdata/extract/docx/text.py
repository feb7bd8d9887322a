"""The text of a Word paragraph as it is shown: with what is set in form fields, without what is struck."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from vbdata.extract.docx.look import NO_LOOK, Look, look_of
from vbdata.extract.docx.markup import MC, W, is_on, number
from vbdata.extract.docx.styles import Style
from vbdata.extract.markup import lowered, raised

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TEXT_TAGS = tuple(
    f"{W}{name}" for name in ("t", "tab", "br", "cr", "noBreakHyphen", "sym", "fldChar", "sdt")
)
_TICKS = {
    "F0FC": "✓", "F0FE": "☒", "F0FD": "☒", "F0A8": "☐", "F06F": "☐", "F0FB": "✗", "F06C": "●", "F06E": "■",
    "F0B7": "•",
}  # fmt: skip
_TICKS_2 = {"F050": "✓", "F052": "☒", "F053": "☒", "F054": "☒", "F0A3": "☐", "F04F": "✗"}
TICKED, NOT_TICKED = "☒", "☐"
#: A text box has paragraphs of its own.
_ELSEWHERE = frozenset({f"{W}del", f"{W}moveFrom", f"{MC}Fallback", f"{W}p"})
_PROMPT = Look(hidden=True)


@dataclass
class _Text:
    """Text under way, and the words that are there but not shown."""

    shown: str = ""
    whole: str = ""
    is_raised: bool = True
    unshown: list[str] = field(default_factory=list)


def text_of(paragraph: Any, styles: Mapping[str, Style], unshown: list[str] | None = None) -> str:
    """Text with its tabs and line breaks; without what tracked changes took out, with what they put in.

    What is struck through or hidden is left out; where it has a digit its words are added to `unshown`.
    """
    text = _Text()
    base = _style_look(paragraph.find(f"{W}pPr/{W}pStyle"), styles)
    if any(_is_prompt(control) for control in paragraph.iterancestors(f"{W}sdt")):
        base = _PROMPT
    for node in paragraph.iter(*_TEXT_TAGS):
        around = list(_parents(node, paragraph))
        if not any(map(_is_elsewhere, around)) and (written := _written(node)):
            _add(text, node, written, _look(around, base, styles))
    if unshown is not None:
        unshown.extend(words for each in text.unshown if any(map(str.isdigit, words := each.strip())))
    return text.whole if text.is_raised else text.shown  # raised above nothing is no note


def _add(text: _Text, node: Any, written: str, look: Look) -> None:
    """Add what a node prints, as it is shown."""
    if (look.hidden or look.struck) and node.tag != f"{W}sdt":
        if _goes_on(text, node):
            text.unshown[-1] += written
        elif written.strip():
            text.unshown.append(written)
        return
    text.whole += written
    if look.height == "superscript":
        text.shown += raised(text.shown, written)
    elif look.height == "subscript":
        text.shown += lowered(text.shown, written)
    else:
        text.shown += written
        text.is_raised = text.is_raised and not written.strip()


def _goes_on(text: _Text, node: Any) -> bool:
    """Whether a run that is not shown goes on with the one before it."""
    before = node.getparent().getprevious()
    return bool(text.unshown) and before is not None and look_of(before) == look_of(node.getparent())


def _written(node: Any) -> str:
    """What a node stands for in the text."""
    name = node.tag.removeprefix(W)
    if name == "t":
        return node.text or ""
    if name == "tab":
        return "\t" if node.getparent().tag == f"{W}r" else ""
    if name == "noBreakHyphen":
        return "-"
    if name == "sym":
        return _symbol(node)
    if name == "fldChar":
        return _field(node)
    if name == "sdt":
        return _box(node) or ""
    return "\n"


def _symbol(node: Any) -> str:
    marks = _TICKS_2 if "2" in (node.get(f"{W}font") or "") else _TICKS
    return marks.get((node.get(f"{W}char") or "").upper(), "")


def _box(sdt: Any) -> str | None:
    """The state of a check box, whatever signs its maker chose for it; None for any other control."""
    box = sdt.find(f"{W}sdtPr/{W14}checkbox")
    if box is None:
        return None
    checked = box.find(f"{W14}checked")
    value = "0" if checked is None else (checked.get(f"{W14}val") or "1").lower()
    return NOT_TICKED if value in ("0", "false", "off") else TICKED


def _field(node: Any) -> str:
    """What an old form field is set to: its box, or the chosen line of its list. Typed text is text."""
    box = node.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        state = box.find(f"{W}checked")
        return TICKED if is_on(box.find(f"{W}default") if state is None else state) else NOT_TICKED
    chosen = node.find(f"{W}ffData/{W}ddList")
    if chosen is None:
        return ""
    result = chosen.find(f"{W}result")
    at = number(chosen.find(f"{W}default") if result is None else result)
    lines = [each.get(f"{W}val") or "" for each in chosen.iter(f"{W}listEntry")]
    return lines[at] if at < len(lines) else ""


def _parents(node: Any, paragraph: Any) -> Iterator[Any]:
    for parent in node.iterancestors():
        if parent is paragraph:
            return
        yield parent


def _is_elsewhere(parent: Any) -> bool:
    """Whether what stands in an element is no text of its paragraph: taken out, or printed another way."""
    tag = parent.tag
    return tag in _ELSEWHERE or (tag == f"{W}sdt" and _box(parent) is not None)


def _is_prompt(control: Any) -> bool:
    """Whether a control only says what to fill in."""
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _look(around: Sequence[Any], base: Look, styles: Mapping[str, Style]) -> Look:
    """How a node in these elements is shown, inmost first."""
    look = base
    for parent in reversed(around):
        if parent.tag == f"{W}sdt" and _is_prompt(parent):
            return _PROMPT
        if parent.tag == f"{W}r" and parent.find(f"{W}rPr") is not None:
            look = look_of(parent).over(_style_look(parent.find(f"{W}rPr/{W}rStyle"), styles)).over(base)
    return look


def _style_look(named: Any, styles: Mapping[str, Style]) -> Look:
    style = styles.get(named.get(f"{W}val") or "") if named is not None else None
    return style.look if style else NO_LOOK
