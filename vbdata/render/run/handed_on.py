"""What lies beside a page that is passed on: no path of the computer it was made on, no words of an error."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vbdata.render.engines.job import write_page

UNSAID = "sidan gick inte att göra; den interna versionens sida säger varför"
_CELL = re.compile(r"kodcell \d+")


def unsaid(message: str) -> str:
    """A failure's place without its words, which may quote the document.

    >>> unsaid("kodcell 4: KeyError: 'Åsa'")
    'kodcell 4: sidan gick inte att göra; den interna versionens sida säger varför'
    """
    found = _CELL.match(message)
    return f"{found[0]}: {UNSAID}" if found else UNSAID


def without_paths(notebook: Path, folders: Mapping[Path, str]) -> None:
    """Put names in the place of folders, and leave out what the notebook wrote beside its parts.

    Parameters
    ----------
    folders
        Absolute path → what is written in its stead; a longer path goes before one that it begins with.
    """
    content = json.loads(notebook.read_text(encoding="utf-8"))
    for cell in content.get("cells", []):
        if "outputs" in cell:
            cell["outputs"] = [each for each in cell["outputs"] if each.get("output_type") != "stream"]
    names = sorted(((str(path), name) for path, name in folders.items()), key=lambda each: -len(each[0]))
    write_page(notebook, json.dumps(_renamed(content, names), ensure_ascii=False, indent=1) + "\n")


def _renamed(content: Any, names: list[tuple[str, str]]) -> Any:
    if isinstance(content, str):
        for path, name in names:
            content = content.replace(path, name)
        return content
    if isinstance(content, list):
        return [_renamed(each, names) for each in content]
    if isinstance(content, dict):
        return {key: _renamed(each, names) for key, each in content.items()}
    return content
