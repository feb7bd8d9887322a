"""Files made to hurt are refused with a clear word, in bounded time and memory; the others are read."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import factories as make
import pytest
from hostile_files import ENDLESS, HARD, PDF_FILES, TEXT_FILES, WEB_FILES, WORD_FILES, word

from vbdata.ingest import RawFile, ingest, read_file
from vbdata.ingest.limits import Limits
from vbdata.store import read_table

SECONDS = 20  # alone on a machine, none takes three
CASES = [
    pytest.param(f"rapport.{suffix}", made, said, id=f"{suffix}: {name}")
    for suffix, files in (("docx", WORD_FILES), ("pdf", PDF_FILES), ("txt", TEXT_FILES), ("html", WEB_FILES))
    for name, (made, said) in files.items()
]


@pytest.mark.parametrize(("name", "made", "said"), CASES)
def test_a_hostile_file_is_refused_in_time_and_says_why(
    tmp_path: Path, name: str, made: Callable[[], bytes], said: str
):
    path = tmp_path / name
    path.write_bytes(made())
    start = time.process_time()
    result = read_file(RawFile(path, name))
    assert time.process_time() - start < SECONDS
    assert result.status == "failed"
    assert said in str(result.message)
    assert "internt fel" not in str(result.message)
    assert [p.name for p in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", HARD)
def test_a_text_that_is_hard_to_look_at_ends_in_time(tmp_path: Path, name: str):
    path = tmp_path / f"rapport{Path(name).suffix}"
    path.write_text(HARD[name](), encoding="utf-8")
    start = time.process_time()
    result = read_file(RawFile(path, path.name))
    assert time.process_time() - start < SECONDS
    assert "internt fel" not in str(result.message)


BOMBS = {
    "laughs.docx": WORD_FILES["a billion laughs"], "headers.docx": WORD_FILES["headers without end"],
    "rows.docx": WORD_FILES["a million rows"], "packed.pdf": PDF_FILES["a stream packed twice"],
    "streams.pdf": PDF_FILES["streams that explode together"], "rows.txt": TEXT_FILES["a million rows"],
}  # fmt: skip
MEASURE = """
import os, resource, sys
from pathlib import Path
from vbdata.ingest import RawFile, read_file
for path in map(Path, sys.argv[1:]):
    if not (child := os.fork()):
        read_file(RawFile(path, path.name))
        print(path.name, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ru_maxrss is counted so on Linux")
def test_a_bomb_does_not_take_much_memory(tmp_path: Path):
    for name, (made, _) in BOMBS.items():
        (tmp_path / name).write_bytes(made())
    command = [sys.executable, "-c", MEASURE, *(str(tmp_path / name) for name in BOMBS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True)
    taken = {name: int(size) for name, size in map(str.split, done.stdout.splitlines())}
    assert taken.keys() == BOMBS.keys()
    assert max(taken.values()) < 600, taken


def test_a_part_that_points_outside_the_folder_is_never_unpacked(tmp_path: Path):
    folder = tmp_path / "deep/er"
    folder.mkdir(parents=True)
    path = folder / "rapport.docx"
    path.write_bytes(word("<w:p><w:r><w:t>x</w:t></w:r></w:p>", **{"..__..__utanför.txt": b"x"}))
    read_file(RawFile(path, path.name))
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [path]


@pytest.mark.parametrize("name", ENDLESS)
def test_a_file_that_never_ends_is_ended_and_the_others_are_read(tmp_path: Path, name: str):
    """pdfium goes round in it by itself, where only ending the process helps."""
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.pdf").write_bytes(ENDLESS[name]())
    (raw / "b.txt").write_text(make.report_text(make.table(make.INDICATOR_HEAD, make.SICK)), encoding="utf-8")
    ingest([raw], tmp_path / "processed", jobs=2, limits=Limits(deadline=3))
    log = read_table("extraction_log", tmp_path / "processed").set_index("source")
    assert log["status"].astype(str).to_dict() == {"a.pdf": "failed", "b.txt": "ok"}
    # Which limit comes first depends on how fast the machine is: the seconds or the memory.
    ended = ("tidsgränsen på 3 sekunder gick ut", "läsningen avbröts två gånger")
    assert any(words in log.loc["a.pdf", "message"] for words in ended)
