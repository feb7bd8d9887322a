"""The real reports beside the repository: every cell right, however a converter wrote them.

Skipped where the reports are not there; none of their text is in the repository.
"""

from __future__ import annotations

import importlib.util
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

import vbdata
from vbdata.ingest import ingest

Spoil = Callable[[str], str | bytes]
_MARKED = re.compile(r"^(KF:s (?:inriktnings|mål)|Nämndmål:|Enhetsmål:)")


def marked(before: str, after: str = "") -> Spoil:
    """Goal headings with another mark-up."""

    def spoil(text: str) -> str:
        lines = []
        for line in text.split("\n"):
            bare = re.sub(r"^[#*\s]+|[*\s]+$", "", line)
            heading = _MARKED.match(bare) and "\t" not in line and "..." not in line
            lines.append(f"{before}{bare}{after}" if heading else line)
        return "\n".join(lines)

    return spoil


def paged(*heads: str, every: int = 37) -> Spoil:
    """Page heads and feet between the lines, wherever that falls."""

    def spoil(text: str) -> str:
        lines: list[str] = []
        for i, line in enumerate(text.split("\n")):
            if i and i % every == 0:
                lines += ["", *(head.format(n=i // every + 1) for head in heads), ""]
            lines.append(line)
        return "\n".join(lines)

    return spoil


def tables_as(render: Callable[[list[list[str]]], list[str]]) -> Spoil:
    """Tab-separated tables written in another way."""

    def spoil(text: str) -> str:
        lines: list[str] = []
        block: list[list[str]] = []
        for line in [*text.split("\n"), ""]:
            if line.count("\t") >= 2:
                block.append(line.split("\t"))
                continue
            if block:
                width = max(map(len, block))
                lines += render([row + [""] * (width - len(row)) for row in block])
                block = []
            lines.append(line)
        return "\n".join(lines)

    return spoil


def pipes(rows: list[list[str]]) -> list[str]:
    lines = ["| " + " | ".join(cell.strip() for cell in row) + " |" for row in rows]
    return [lines[0], "|" + "---|" * len(rows[0]), *lines[1:]]


def html(rows: list[list[str]]) -> list[str]:
    return [
        "<table>",
        *("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows),
        "</table>",
    ]


SPOILS: dict[str, Spoil] = {
    "as they are": lambda text: text,
    "utf-8 with BOM": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "windows-1252": lambda text: text.encode("cp1252", errors="replace"),
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
    "no trailing space": lambda text: "\n".join(line.rstrip(" ") for line in text.split("\n")),
    "double spaced": lambda text: text.replace("\n", "\n\n"),
    "headings bare": marked(""),
    "headings #": marked("# "),
    "headings bold": marked("**", "**"),
    "headings underscored": marked("__", "__"),
    "headings html": marked("<h3>", "</h3>"),
    "page heads": paged("Enheten Exempel, Verksamhetsberättelse {n}(40)"),
    "page heads of three lines": paged("Stockholms stad", "Tjänsteutlåtande", "Sid {n} (40)", every=29),
    "page feet": paged("{n}"),
    "form feeds": lambda text: "\n".join(
        ("\f" if i and i % 41 == 0 and not line.strip() else "") + line
        for i, line in enumerate(text.split("\n"))
    ),
    "pipe tables": tables_as(pipes),
    "html tables": tables_as(html),
    "pipe tables and page heads": lambda text: paged("Sida {n} av 40", every=31)(str(tables_as(pipes)(text))),
}


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "tools" / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", SPOILS)
def test_every_cell_of_the_real_reports_is_right(
    name: str, shared: Path, scorer: ModuleType, tmp_path: Path
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for seed in (shared / "seeds").glob("*.txt"):
        spoiled = SPOILS[name](seed.read_text(encoding="utf-8"))
        data = spoiled if isinstance(spoiled, bytes) else spoiled.encode()
        (raw / seed.name).write_bytes(data)
    ingest([raw], tmp_path / "p")
    frames = {t: pd.read_parquet(tmp_path / "p" / f"{t}.parquet") for t in scorer.TABLES}
    frames = {t: f.astype(object).where(f.notna(), None) for t, f in frames.items()}
    tally = scorer.Tally()
    for folder in sorted((shared / "gold").iterdir()):
        scorer.score_document(tally, folder.name, folder, frames)
    right, total = sum(tally.right.values()), sum(tally.total.values())
    assert total > 1000
    assert right == total, tally.misses[:20]


def test_the_real_reports_doubts_are_found(shared: Path, tmp_path: Path) -> None:
    """What a careful reader of the three reports would also ask about."""
    ingest([shared / "seeds"], tmp_path)
    findings = vbdata.load("findings", tmp_path)
    found = set(zip(findings["report_id"].str[:7], findings["code"], findings["source_line"], strict=True))
    assert {
        ("2025-vb", "number_without_unit", 319),
        ("2025-vb", "row_twice", 599),
        ("2025-vb", "unit_name_differs", 604),
        ("2025-vb", "unit_name_differs", 276),
        ("2025-vb", "facets_disagree", 743),
        ("2025-vb", "facets_disagree", 748),
        ("2025-vp", "number_without_unit", 439),
        ("2025-vb", "status_text_differs", 616),
        ("2023-vb", "complaints_text_differ", 1208),
        ("2025-vp", "instruction_left", 577),
    } <= found


def test_no_official_is_stored(shared: Path, tmp_path: Path) -> None:
    ingest([shared / "seeds"], tmp_path)
    covers = [
        re.search(r"Handläggare\W+(?:Till\s*)?(\w+ \w+)", p.read_text(encoding="utf-8"))
        for p in sorted((shared / "seeds").glob("*.txt"))
    ]
    names = {m[1] for m in covers if m}
    assert len(names) >= 2
    for table in ("reports", "goals", "passages", "findings"):
        text = vbdata.load(table, tmp_path).to_csv()
        assert not [name for name in names if name in text]
