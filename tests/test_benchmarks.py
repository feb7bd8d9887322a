"""The benchmark of reading: it times what is there, and all processes that read."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from benchmarks import ingest as bench
from vbdata.ingest import reading


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    return bench.generate(tmp_path / "raw", 6, 8, 1)


def test_the_stages_are_parts_of_a_files_reading(monkeypatch: pytest.MonkeyPatch, reports: list[Path]):
    for name in bench.STAGES.values():
        monkeypatch.setattr(reading, name, getattr(reading, name))  # put back what the clocks replace
    times, failed = bench.measure(reports[:2], bench.Stages())
    assert failed == []
    for i, whole in enumerate(times[bench.ROWS]):
        parts = [times[row][i] for row in (*bench.STAGES, bench.REST)]
        assert all(part > 0 for part in parts)
        assert sum(parts) == pytest.approx(whole)


def test_a_whole_run_counts_the_processes_that_read(reports: list[Path]):
    before = resource.getrusage(resource.RUSAGE_SELF)
    whole = bench.whole_run(reports)
    after = resource.getrusage(resource.RUSAGE_SELF)
    own = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert whole > own
