"""PDF files of pictures with the text that a program has seen in them: read, and said to be uncertain."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
import raw_pdf as raw
from test_extract_pdf import HEADER, XS

from tests import factories as make
from vbdata.errors import UnreadableFileError
from vbdata.extract.document import Document, Heading, StatusLine
from vbdata.extract.pdf import read_pdf

LINES = (
    "Verksamhetsberättelse 2025", "Lindåsens dagliga verksamhet", "Inledning",
    "Verksamheten har tolv platser och en väntelista på fyra personer.",
    "Enhetsmål: Alla väljer själva vad de gör på dagarna", "Uppfylls delvis",
    "Analys", "Nio av tolv har bytt aktivitet minst en gång under året.",
)  # fmt: skip
ROW = ("Sjukfrånvaro", "7,5 %", "7 %", "8 %", "8 %", "6 %", "5 %", "2025")
WHOLE_PAGE = b"q 595 0 0 842 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 ID \x10\x80\x90\xf0 EI Q\n"


def report(*, invisible: bool, size: float = 11) -> bytes:
    """The report's lines, each word written by itself, as programs that recognise text do."""
    mode = b"3 Tr\n" if invisible else b""
    written = []
    for number, line in enumerate(LINES):
        x = 60.0
        for word in line.split():
            written.append(raw.words(x, 70 + 40 * number, word, size))
            x += size * 0.62 * (len(word) + 1)
    return b"q " + mode + b"".join(written) + b"Q\n"


def read(folder: Path, *pages: bytes) -> Document:
    path = folder / "rapport.pdf"
    path.write_bytes(raw.pdf(pages))
    return read_pdf(path)


def said(document: Document) -> list[str]:
    return [doubt.detail for doubt in document.doubts if doubt.code == "text_recognised"]


def test_the_layer_of_recognised_text_is_read_as_other_text(tmp_path: Path) -> None:
    scanned = read(tmp_path, WHOLE_PAGE + report(invisible=True))
    printed = read(tmp_path, report(invisible=False))
    assert scanned.blocks == printed.blocks
    assert "Enhetsmål: Alla väljer själva vad de gör på dagarna" in [
        block.text for block in scanned.blocks if isinstance(block, Heading)
    ]
    assert [block.text for block in scanned.blocks if isinstance(block, StatusLine)] == ["Uppfylls delvis"]


def test_that_it_is_recognised_is_said_once_for_the_file_with_its_pages(tmp_path: Path) -> None:
    page = WHOLE_PAGE + report(invisible=True)
    assert ["på sidan" in each for each in said(read(tmp_path, page))] == [True]
    assert [
        "på 2 av 3 sidor" in each for each in said(read(tmp_path, page, report(invisible=False), page))
    ] == [True]


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(report(invisible=False), id="no picture"),
        pytest.param(WHOLE_PAGE + report(invisible=False), id="a picture behind printed text"),
        pytest.param(
            WHOLE_PAGE + report(invisible=False) + b"q 3 Tr " + raw.words(60, 800, "dolt") + b"Q\n",
            id="a word that is not printed",
        ),
    ],
)
def test_printed_text_is_not_said_to_be_recognised(tmp_path: Path, page: bytes) -> None:
    assert said(read(tmp_path, page)) == []


def test_the_finding_is_among_the_reports_own(tmp_path: Path) -> None:
    table = b"q 3 Tr " + raw.ruled(XS, (500, 540, 570), [HEADER, ROW]) + b"Q\n"
    data = raw.pdf([WHOLE_PAGE + report(invisible=True) + table])
    findings = make.tables_of(data, tmp_path, "rapport.pdf")["findings"]
    assert [f["severity"] for f in findings if f["code"] == "text_recognised"] == ["warning"]


def test_what_ocrmypdf_makes_of_a_refused_file_is_read(tmp_path: Path) -> None:
    if shutil.which("ocrmypdf") is None:
        pytest.skip("ocrmypdf is not installed")
    source, scanned = tmp_path / "tryckt.pdf", tmp_path / "inskannad.pdf"
    source.write_bytes(raw.pdf([report(invisible=False, size=14)]))
    with pypdfium2.PdfDocument(source) as document:
        document[0].render(scale=300 / 72).to_pil().convert("RGB").save(scanned, resolution=300)
    with pytest.raises(UnreadableFileError, match="inskannad") as caught:
        read_pdf(scanned)
    assert "ocrmypdf -l swe" in str(caught.value)
    made = tmp_path / "läst.pdf"
    subprocess.run(["ocrmypdf", "-l", "swe", scanned, made], check=True, capture_output=True, timeout=300)
    found = read_pdf(made)
    assert len(said(found)) == 1
    assert any("Uppfylls delvis" in getattr(block, "text", "") for block in found.blocks)
