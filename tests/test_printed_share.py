"""The share of cells that come back right from printed reports, by the scorer of hand-made tables.

`SHARE_REPORTS=20` in the environment measures wider.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd
import pytest

from tests.factories import write_truth
from vbdata.ingest import ingest
from vbdata.sample import TRAPS, Commission, compose, sample_units, trap, write_report
from vbdata.sample.composed import Composed
from vbdata.sample.generate import SampleFile
from vbdata.sample.pdf import makers, write_pdf
from vbdata.sample.word import write_word

REPORTS = int(os.environ.get("SHARE_REPORTS", "3"))
LEAST = 0.998
STYLES = [
    ("word", "bordered"),
    ("word", "hairline"),
    ("chromium", "bordered"),
    ("chromium", "hairline"),
    ("office", "bordered"),
    ("office", "hairline"),
]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def scorer() -> Any:
    path = Path(__file__).resolve().parents[2] / "shared" / "tools" / "score.py"
    if not path.exists():
        pytest.skip("the scorer is not here: no ../shared/tools beside the repository")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reports(count: int, dialect: str) -> Iterator[Composed]:
    """Reports of other units, kinds, years and lengths each time; every second one has traps in it."""
    units = sample_units(14)
    for number in range(count):
        rng = Random(f"share|{number}")
        unit = units[number % len(units)]
        kind = "VP" if number % 3 == 2 else "VB"
        made = write_report(
            Commission(unit, unit.name, kind, 2022 + number % 5), 400 + 37 * number, rng.choice((12, 20))
        )
        seen = [name for name in TRAPS if "docx" in trap(name).dialects]
        yield compose(made, dialect, rng.sample(seen, 2) if number % 2 else [], number)


def printed(folder: Path, maker: str, rules: str) -> list[SampleFile]:
    suffix = "docx" if maker == "word" else "pdf"
    files = []
    for number, composed in enumerate(reports(REPORTS, suffix)):
        path = folder / f"rapport {number}.{suffix}"
        if maker == "word":
            write_word(composed, path, rules)
        else:
            write_pdf(composed, path, maker, rules)
        files.append(SampleFile(path, composed.printed, composed.meaning, composed.traps))
    return files


def tables_of(scorer: Any, path: Path, folder: Path) -> dict[str, pd.DataFrame]:
    """The tables of one file, ingested alone so that none is taken for another's new version."""
    ingest([path], folder)
    frames = {name: pd.read_parquet(folder / f"{name}.parquet") for name in scorer.TABLES}
    return {name: frame.astype(object).where(frame.notna(), None) for name, frame in frames.items()}


@pytest.mark.parametrize(("maker", "rules"), STYLES, ids=["-".join(style) for style in STYLES])
def test_the_cells_of_printed_reports_come_back(tmp_path: Path, scorer: Any, maker: str, rules: str):
    if maker != "word" and maker not in makers():
        pytest.skip(f"no program here that makes PDF files: {maker}")
    files = printed(tmp_path, maker, rules)
    write_truth(tmp_path / "gold", files)
    tally = scorer.Tally()
    for file in files:
        frames = tables_of(scorer, file.path, tmp_path / "processed" / file.path.stem)
        scorer.score_document(tally, file.path.stem, tmp_path / "gold" / file.path.stem, frames)
    right, total = sum(tally.right.values()), sum(tally.total.values())
    print(f"{maker} {rules}: {right} of {total} cells right")
    assert total > 200 * REPORTS
    assert right / total >= LEAST, "\n".join(tally.misses[:20])
