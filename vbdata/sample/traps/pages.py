"""Traps on the page style (flags of `parts.Style`) and on the text that a converter makes."""

from __future__ import annotations

import re
import unicodedata
from random import Random

from vbdata.sample.traps.registry import trap_at


@trap_at("style")
def page_heads(style: dict[str, bool], rng: Random) -> dict[str, bool]:
    """Page heads, feet and page numbers stand between the lines."""
    return style | {"page_heads": True}


@trap_at("style", but=("spaced",))
def paragraphs_cut(style: dict[str, bool], rng: Random) -> dict[str, bool]:
    """A paragraph at the end of a page is cut in two, in the middle of a sentence."""
    return style | {"cut_paragraphs": True}


@trap_at("style")
def contents_repeat(style: dict[str, bool], rng: Random) -> dict[str, bool]:
    """The contents repeat every goal heading with dot leader and page number, unit goals too."""
    return style | {"contents_repeat": True}


@trap_at("text")
def hard_spaces(text: str, rng: Random) -> str:
    """Spaces inside numbers and between some words are hard ones."""
    text = re.sub(r"(?<=\d) (?=[%s])", "\u00a0", text)
    return re.sub(r"(?<=\w) (?=\w)", lambda m: "\u00a0" if rng.random() < 0.05 else m[0], text)


@trap_at("text")
def windows_line_ends(text: str, rng: Random) -> str:
    """Lines end in carriage return and line feed."""
    return text.replace("\n", "\r\n")


@trap_at("text")
def decomposed_letters(text: str, rng: Random) -> str:
    """Letters with accents are written as two characters (NFD), as on a Mac."""
    return unicodedata.normalize("NFD", text)
