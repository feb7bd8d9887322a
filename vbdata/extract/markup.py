"""Mark-up in text: Markdown and HTML inside lines and cells."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache

_TAG = re.compile(
    r"<!--[\s\S]*?-->|</?(?:b|i|u|p|em|strong|span|div|br|hr|font|sup|sub|small|ins|big|abbr|ul|ol|li|a|img|h[1-6]|code|mark|"
    r"center|table|tbody|thead|tr|td|th|body|html|section|figure|[a-z]{1,3}:[a-z]+)\b[^<>]*>",
    re.I,
)
_BREAK = re.compile(r"<\s*(?:br\s*/?|/p|/div|/li|/h[1-6])\s*>\s*", re.I)
#: A heading's mark, and after it what some converters say of it: "{#id .class}".
_HEADING = re.compile(r"^\s*(#{1,6})\s*(?=[^#\s])(.*?)\s*#*\s*(?:\{[#.][^{}]*\}\s*)?$")
_HTML_HEADING = re.compile(r"<h([1-6])\b", re.I)
# A picture in words: its file's name, number or empty frame, before the words.
_PICTURE = re.compile(
    r"^\s*(?:(?!!?\[[^\]]*\]\()\S*\w\.(?:png|jpe?g|gif|emf|wmf|svg)\b\S*|\[(?:png|jpe?g|gif|image|img|bild)?\]"
    r"|\|[a-z ]{4,12}\d+\|\\?"
    r"|(?-i:\[(?=[^\]]*[a-z][A-Z])[\w;,:+/=]{8,}\]))\s*",
    re.I,
)
#: A link, or a picture with its words.
_LINK = re.compile(r"(?:!\[([^\]]*)\]\s?|\[([^\]]+)\])\([^)]*\)(?:\{[^{}]*\})?")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{2,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_EMPHASIS_LIMIT = 5_000  # stars and brackets without a partner cost the square of the length
# A star after a number is a note's mark, which is printed.
_LOOSE = re.compile(
    r"^\*{1,3}(?=\S)|(?<=[^\s\d%])\*{1,3}\s*$|(?<=\S)\*{2,3}\s*$|^_{2,3}(?=\S)|(?<=\S)_{2,3}\s*$|^`+|`+$"
)
_WHOLE = re.compile(
    r"^\s*(?:(\*{1,3}|_{1,3})(?=\S)(?:.+?)(?<=\S)\1|<(b|strong|i|em|u)>.*</\2>)\s*:?\s*$", re.I
)
# A hyphen at a line's end is a real one in these reports ("APT-möten"), but for "grupp- och".
_HYPHEN_BREAK = re.compile(r"(?<=\w)-\n(?!(?:och|eller|samt|/)\b)(?=[a-zåäö])")
_SUP = re.compile(r"<(sup|sub)\b[^<>]*>(.*?)</\1\s*>", re.I | re.S)
_BESIDE = 500
"""Letters on either side of a raised text that say what it is."""
_NOTE = re.compile(r"[\d\s,;.*†‡§#()–-]{1,8}|[a-zA-Z]\)?")
#: A unit or a ten, and its power: "m^2", "10^-6".
_POWER = re.compile(r"(?<![^\W\d_])(?:mm|cm|dm|km|m)\^[23]$|(?<![\d.,])10\^(?:[-−]?[3-9]|[-−]\d)$")
_POWERS = str.maketrans("0123456789-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻")
#: A note's mark in Markdown: "88 %[^1]", "88 %^1^".
_MARK_OF_NOTE = re.compile(r"\[\^[\w-]{1,12}\]|(?<=[\w%)])\^[\w*]{1,3}\^")


# Any sign of mark-up comes first in the pattern, so that the few there are are looked for quickly.
_ANY = re.compile(r"[*_#<&`\[>\\{|.](?:(?<!\.)|(?:png|jpe?g|gif|emf|wmf|svg)\b)")


@dataclass(frozen=True, slots=True)
class Marked:
    """A line without its mark-up, and what the mark-up said.

    `depth` of a heading mark, `emphasised` when the whole line is bold or italic, `opens` and
    `closes` when it starts or ends an emphasis that goes over several lines.
    """

    text: str
    depth: int | None = None
    emphasised: bool = False
    opens: bool = False
    closes: bool = False


@lru_cache(maxsize=4096)  # every line is looked at as heading, status, paragraph and contents
def unmark(line: str) -> Marked:
    """Strip a line of its mark-up.

    >>> unmark("### **KF:s mål** ")
    Marked(text='KF:s mål', depth=3, emphasised=True, opens=False, closes=False)
    """
    if not is_marked(line):
        return Marked(line.strip())
    line = _PICTURE.sub("", line)
    depth = None
    line = line.lstrip().removeprefix(">") if line[:4].lstrip().startswith(">") else line
    if found := _HEADING.match(line):
        depth, line = len(found[1]), found[2]
    elif found := _HTML_HEADING.search(line):
        depth = int(found[1])
    emphasised = len(line) <= _EMPHASIS_LIMIT and bool(_WHOLE.match(_TAG.sub(_keep_emphasis, line)))
    bare = line.strip()
    stars = len(re.findall(r"\*\*|__", bare))
    opens = bare.startswith(("**", "__")) and stars == 1
    closes = bare.endswith(("**", "__")) and stars == 1 and not opens
    return Marked(plain(line), depth, emphasised, opens, closes)


def raised(before: str, text: str) -> str:
    """What a raised text adds to the text before it: nothing where it is a note mark.

    >>> raised("85", "1"), raised("12 m", "2"), raised("1", ":a"), raised("10", "6")
    ('', '²', ':a', '⁶')
    """
    mark, before = text.strip(), before.rstrip()
    if _POWER.search(f"{before[-4:]}^{mark}"):
        return mark.translate(_POWERS)
    if mark == "2" and before.endswith("CO"):
        return mark
    if _NOTE.fullmatch(mark):
        return ""
    return f" {text}" if before[-1:].isdigit() and mark[:1].isdigit() else text


def lowered(before: str, text: str) -> str:
    """What a lowered text adds to the text before it: a digit after a digit is no part of the number.

    >>> lowered("CO", "2"), lowered("85", "1")
    ('2', '')
    """
    return "" if before.rstrip()[-1:].isdigit() and text.strip().isdigit() else text


def _settled(found: re.Match[str]) -> str:
    whole, start, end = found.string, found.start(), found.end()
    before, text = _TAG.sub("", whole[max(start - _BESIDE, 0) : start]), _TAG.sub("", found[2])
    if not before.strip() and not _TAG.sub("", whole[end : end + _BESIDE]).strip():
        return text
    return raised(before, text) if found[1].lower() == "sup" else lowered(before, text)


def is_marked(line: str) -> bool:
    """Whether a line may hold mark-up."""
    return _ANY.search(line) is not None


def _keep_emphasis(tag: re.Match[str]) -> str:
    return tag[0] if re.match(r"</?(?:b|strong|i|em|u)>", tag[0], re.I) else ""


def plain(text: str) -> str:
    """Text without Markdown or HTML; a paragraph or line break in HTML becomes a newline.

    >>> plain("<p><b>Analys</b></p> <p>Målet nås &amp; mäts.</p>")
    'Analys\\nMålet nås & mäts.'
    """
    return _plain(text) if "\n" in text or is_marked(text) else " ".join(text.split())


@lru_cache(maxsize=4096)  # cells are looked at as headers, rows and printed lines
def _plain(text: str) -> str:
    if is_marked(text):
        text = _SUP.sub(_settled, text) if "<su" in text.lower() else text
        text = _TAG.sub("", _BREAK.sub("\n", text))
        if len(text) <= _EMPHASIS_LIMIT:
            text = _LINK.sub(r"\1\2", _MARK_OF_NOTE.sub("", _PICTURE.sub("", text)))
            for _ in range(2):  # bold inside italic
                text = _EMPHASIS.sub(r"\2", text)
        text = _LOOSE.sub("", text.strip())
        text = html.unescape(text).replace("\u00a0", " ").replace("\\|", "|").replace("\\*", "*")
    if "\n" not in text:
        return " ".join(text.split())
    text = "\n".join(" ".join(part.split()) for part in text.split("\n") if part.strip())
    return _HYPHEN_BREAK.sub("-", text)
