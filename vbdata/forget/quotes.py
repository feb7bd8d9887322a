"""What the workbook's own files quote of a report: corrections, proposals for the register, saved results."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from vbdata import lab

Means = Callable[[str], bool]
"""Whether a report, by its id, is one that is to be forgotten."""


def without_corrections(text: str, means: Means) -> str:
    """A corrections file's text without those entries, and without comments above them or about the reports.

    >>> text = "# mine\\n\\n- match: {report_id: a}\\n# said\\n- match: {report_id: b}\\n"
    >>> without_corrections(text, lambda report: report == "b")
    '# mine\\n\\n- match: {report_id: a}\\n'
    """
    root = yaml.compose(text, yaml.SafeLoader)
    if root is None:
        return text
    entries = yaml.safe_load(text)
    lines = text.splitlines(keepends=True)
    starts = [_begins(lines, node.start_mark.line) for node in root.value]
    gone = [means(_report(entry)) for entry in entries]
    kept = list(lines[: min(starts, default=0)])
    for i, start in enumerate(starts):
        if not gone[i]:
            kept += lines[start : starts[i + 1] if i + 1 < len(starts) else len(lines)]
    new = "".join(line for line in kept if not _tells(line, means))
    rest = [entry for entry, away in zip(entries, gone, strict=True) if not away]
    if _plain(new) != rest:  # entries that share their lines
        return yaml.safe_dump(rest, allow_unicode=True, sort_keys=False) if rest else ""
    return new


def _begins(lines: list[str], start: int) -> int:
    """Where an entry and the comment right above it begin."""
    while start and lines[start].lstrip()[:1] not in ("-", "["):
        start -= 1
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return start


def _report(entry: Any) -> str:
    match = entry.get("match") if isinstance(entry, dict) else None
    return str(match.get("report_id", "")) if isinstance(match, dict) else ""


def _tells(line: str, means: Means) -> bool:
    """Whether a comment names one of the reports."""
    words = line.replace("/", " ").replace(":", " ").replace(",", " ").split()
    return line.lstrip().startswith("#") and any(map(means, words))


def _plain(text: str) -> Any:
    try:
        return yaml.safe_load(text) or []
    except yaml.YAMLError:
        return None


def without_rows(text: str, means: Means) -> str:
    """A file of proposals without those reports' rows; nothing where no row is left."""
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    kept = [row for row in rows if not means(str(row.get("report_id")))]
    if not kept:
        return ""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(kept[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    return out.getvalue()


def saved_results(folder: Path) -> Iterator[Path]:
    """Notebooks that have been saved with results, and Jupyter's copies of what it has opened."""
    for path in sorted(folder.rglob("*.ipynb")):
        if ".ipynb_checkpoints" not in path.parts and _has_results(path):
            yield path
    yield from sorted(folder.rglob(".ipynb_checkpoints"))


def _has_results(path: Path) -> bool:
    return any(cell.get("outputs") for cell in _notebook(path).get("cells", []))


def _notebook(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def drop_results(path: Path) -> None:
    """Take a notebook's results out of it; remove a folder of copies."""
    if path.is_dir():
        shutil.rmtree(path)
        return
    notebook = _notebook(path)
    lab.drop_results(notebook)
    rewrite(path, json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")


def change(path: Path, changed: Callable[[str], str]) -> None:
    """Put a file's text through a function; a file in which nothing is left is removed."""
    before = path.read_text(encoding="utf-8-sig")
    after = changed(before)
    if not after.strip():
        path.unlink()
    elif after != before:
        rewrite(path, after)


def rewrite(path: Path, text: str) -> None:
    """Put a text in the place of a file of the user's, whose rights it keeps."""
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8", newline="")
    shutil.copymode(path, part)
    os.replace(part, path)
