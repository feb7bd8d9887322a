"""Time per page of the PDF reader, beside pdfium's plain text (the floor) and pdfplumber's tables.

Run as ``python benchmarks/pdf.py [FILE ...]``. Without files, invented reports are printed with
Chromium and LibreOffice where these are installed, else written by hand. Each reader runs in a
process of its own, so that its peak memory is its own; the best of several runs counts.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

RUNS = 7


def plain_text(path: Path) -> int:
    """The text of each page and nothing else; gives the number of pages."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            textpage = page.get_textpage()
            textpage.get_text_range()
            textpage.close()
            page.close()
        return len(document)


def ours(path: Path) -> int:
    from vbdata.extract.pdf import read_pdf

    return read_pdf(path).pages or 1


def plumber(path: Path) -> int:
    import pdfplumber

    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(document.pages)


READERS: dict[str, tuple[Callable[[Path], int], int]] = {
    "pdfium, bara text": (plain_text, RUNS),
    "vbdata": (ours, RUNS),
    "pdfplumber": (plumber, 2),
}


def measure(name: str, path: Path) -> tuple[float, float]:
    """Milliseconds per page and peak memory in MiB, of a fresh process."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measured, (name, str(path)))


def _measured(name: str, path: str) -> tuple[float, float]:
    read, runs = READERS[name]
    times = []
    pages = read(Path(path))  # the first run pays for imports
    for _ in range(runs):
        start = time.perf_counter()
        read(Path(path))
        times.append(time.perf_counter() - start)
    return 1000 * min(times) / pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def invented(folder: Path) -> list[Path]:
    """Reports to read, printed by what is installed here."""
    import printed_reports as printed

    report = printed.invented_report(1, long_rows=True)
    files: list[Path] = []
    if printed.chromium():
        for style in ("bordered", "hairline"):
            files.append(printed.print_html(printed.as_html(report, style), folder / f"chromium-{style}.pdf"))
    if printed.soffice():
        files.append(printed.print_word(printed.as_word(report, folder / "libreoffice-bordered.docx")))
    return files or [by_hand(folder)]


def by_hand(folder: Path) -> Path:
    import raw_pdf as raw

    rows = [("Aktivitet", "Startdatum", "Slutdatum")] + [
        (f"Uppgift {n}", "2025-01-01", "2025-12-31") for n in range(30)
    ]
    page = raw.ruled((50, 350, 450, 550), [60 + 22 * n for n in range(len(rows) + 1)], rows)
    path = folder / "skriven-for-hand.pdf"
    path.write_bytes(raw.pdf([page] * 20))
    return path


def main(arguments: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(a) for a in arguments] or invented(Path(folder))
        missed = []
        print(f"{'fil':28} {'läsare':20} {'ms/sida':>8} {'× golvet':>9} {'minne, MiB':>11}")
        for path in files:
            found = {name: measure(name, path) for name in READERS}
            floor = found["pdfium, bara text"][0]
            for name, (speed, memory) in found.items():
                print(f"{path.name[:28]:28} {name:20} {speed:8.2f} {speed / floor:9.1f} {memory:11.0f}")
            mine, other = found["vbdata"][0], found["pdfplumber"][0]
            if mine > 6 * floor or other < 10 * mine:
                missed.append(path.name)
        print(json.dumps({"above_6_times_or_below_10_times": missed}, ensure_ascii=False))
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
