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


MEASURE = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from hostile_files import PDF_FILES, TEXT_FILES, WORD_FILES
from vbdata.ingest import RawFile, read_file
files = {"docx": WORD_FILES, "pdf": PDF_FILES, "txt": TEXT_FILES}
path = Path(sys.argv[2])
path.write_bytes(files[sys.argv[3]][sys.argv[4]][0]())
before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
import os
if not (child := os.fork()):
    read_file(RawFile(path, path.name))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, flush=True)
    os._exit(0)
os.waitpid(child, 0)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ru_maxrss is counted so on Linux")
@pytest.mark.parametrize(
    ("suffix", "name"),
    [
        ("docx", "a billion laughs"), ("docx", "headers without end"), ("docx", "a million rows"),
        ("pdf", "a stream packed twice"), ("pdf", "streams that explode together"), ("txt", "a million rows"),
    ],
)  # fmt: skip
def test_a_bomb_does_not_take_much_memory(tmp_path: Path, suffix: str, name: str):
    command = [
        sys.executable,
        "-c",
        MEASURE,
        str(Path(__file__).parent),
        str(tmp_path / f"rapport.{suffix}"),
        suffix,
        name,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert int(done.stdout) < 600


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
