"""The head of a document in YAML, which a converter to Markdown puts its title and subtitle in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vbdata.extract.decode import Line

_BEGINS = re.compile(r"^---\s*$")
_ENDS = re.compile(r"^(?:---|\.\.\.)\s*$")
_ENTRY = re.compile(r"^(?P<name>[\w-]+):(?:\s+(?P<quote>[\"']?)(?P<value>.*?)(?P=quote))?\s*$")
_GOES_ON = re.compile(r"^(?:\s+|- )\S")
_TITLES = ("title", "subtitle")
_LONGEST = 40
"""Lines of such a head at most."""


def without_front_matter(lines: Sequence[Line]) -> list[Line]:
    """Lines with the title and subtitle of a YAML head as headings, its other entries as they are."""
    start = next((i for i, line in enumerate(lines) if not line.blank), 0)
    if not lines or not _BEGINS.match(lines[start].text):
        return list(lines)
    inside = lines[start + 1 : start + _LONGEST]
    end = next((start + 1 + i for i, line in enumerate(inside) if _ENDS.match(line.text)), start)
    own = [line.text for line in lines[start + 1 : end]]
    entries = [_ENTRY.match(text) for text in own]
    if not all(entry or _GOES_ON.match(text) for entry, text in zip(entries, own, strict=True)):
        return list(lines)
    titled = [f"# {e['value']}" if e and e["value"] and e["name"] in _TITLES else None for e in entries]
    if not any(titled):
        return list(lines)
    head = ["", *(title or text for title, text in zip(titled, own, strict=True)), ""]
    changed = [replace(line, text=text) for line, text in zip(lines[start : end + 1], head, strict=True)]
    return [*lines[:start], *changed, *lines[end + 1 :]]
