"""Ten made-up reports with people in every field: nothing of them is passed on, and doubts are told."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import raw_pdf as raw
from searched import holding

import vbdata
from vbdata.errors import ParameterError
from vbdata.export import FORMS, export
from vbdata.ingest import ingest
from vbdata.parse.records import Report
from vbdata.render import render_reports
from vbdata.sample.composed import compose
from vbdata.sample.dialects import DIALECTS
from vbdata.sample.word import write_word
from vbdata.sample.world import Commission, sample_units
from vbdata.sample.write import write_report
from vbdata.store import read_tables

NAMES = ("Torsten Qvarnfors", "Agneta Zandqvist", "Mohammed Al-Provhem", "Pirkko Exempelnen", "Eva Provgren")
CASE = (
    "{} avled i cancer den 3 maj, bodde på Ekorrstigen 14 och hade schizofreni. Dottern nås på 070-555 12 34."
)
DOUBT = "Vi minns Pirjo."
PEOPLE = ("Qvarnfors", "Zandqvist", "Provhem", "Exempelnen", "Provgren", "555 12 34")
CASES = ("cancer", "Ekorrstigen", "schizofreni", "Pirjo", "avled")
WRITTEN = (*DIALECTS, "docx")
COUNTS = ("61307", "72709", "38911", "172927")
"""Small beside a threshold of two hundred thousand, and like no other number of a page."""


def planted(report: Report, case: str) -> Report:
    """The report with the case in every field, a doubtful name in its texts, and counts to hide."""
    goals = [replace(each, title_raw=f"{each.title_raw} {case}") if each.level == "unit" else each
             for each in report.goals]  # fmt: skip
    rows = [replace(each, analysis=f"{case} {DOUBT}") for each in report.indicators]
    own = replace(rows[-1], name_raw=f"Andel {case}", value_raw=f"3 av 6 {case}", value_men_raw="3 st")
    t1, t2, vb, total = COUNTS
    forms = [replace(each, comment_raw=case) for each in report.complaints]
    forms[0] = replace(forms[0], t1_raw=t1, t2_raw=t2, vb_raw=vb, total_raw=total)
    forms[-1] = replace(forms[-1], category_raw=case, t1_raw=f"2 ({case})")
    texts = [replace(each, text=f"{each.text}\n\n{case} {DOUBT}") for each in report.passages]
    return replace(
        report,
        cover=replace(report.cover, dnr=f"BT {case}"),
        goals=tuple(goals),
        indicators=(*rows[:-1], own),
        activities=tuple(replace(each, title_raw=case, analysis=case) for each in report.activities),
        complaints=tuple(forms),
        passages=(*texts[:-1], replace(texts[-1], heading=case)),
    )


def as_pdf(case: str) -> bytes:
    lines = (
        *("Verksamhetsberättelse 2025", "Enheten Provkullens gruppbostad", "", "Nämndmål: Tryggt", case),
        *(f"Enhetsmål: {case}", "Uppfylls helt", "Analys", f"{case} {DOUBT}"),
    )
    text = b"".join(raw.words(40, 60 + 20 * i, line, 8) for i, line in enumerate(lines))
    head = ("Indikator", "Periodens utfall", "Årsmål", "Period")
    rows = (head, (f"Andel\n{case[:40]}", "84 %", "80 %", "2025"))
    return raw.pdf([text + raw.ruled((40, 300, 380, 460, 540), (300, 330, 360), rows, size=8)])


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports read; pages and exports of them to pass on."""
    folder = tmp_path_factory.mktemp("people")
    made = folder / "raw"
    made.mkdir()
    for i, unit in enumerate(sample_units(15)[6:]):
        name, dialect = NAMES[i % len(NAMES)], WRITTEN[i % len(WRITTEN)]
        report = planted(write_report(Commission(unit, unit.name, "VB", 2025), i, 4), CASE.format(name))
        path = made / f"{i} {name} 2025.{'docx' if dialect == 'docx' else 'txt'}"
        composed = compose(report, dialect, seed=i)
        if dialect == "docx":
            write_word(composed, path)
        else:
            path.write_text(f"{composed.text()}\n\nHandläggare: {name}\n", encoding="utf-8")
    (made / "qvarnfors.pdf").write_bytes(as_pdf(CASE.format(NAMES[0])))
    results = ingest([made], folder / "processed")
    assert [result.message for result in results if result.status == "failed"] == []
    seen_by: dict[str, Any] = {"profile": "shared", "threshold": 200_000}
    some = sorted(read_tables(folder / "processed")["reports"]["unit_id"])[::4]
    pages = render_reports(folder / "processed", folder / "delad", units=some, **seen_by)
    assert [page.message for page in pages if not page.ok] == []
    for to, form in FORMS.items():
        export(folder / "processed", folder / "ut" / f"{to}{form.suffix}", to=to, **seen_by)
    return folder


def test_nothing_that_is_passed_on_tells_of_anybody(workbook: Path):
    """Pages with their figures and alt texts, notebooks, manifests, exports, names of files."""
    kinds = {path.suffix for path in workbook.rglob("*")}
    assert kinds >= {".html", ".ipynb", ".json", ".xlsx", ".csv", ".parquet", ".duckdb"}
    assert not (workbook / "delad/2025/data_quality").exists()
    assert holding(workbook / "delad", *PEOPLE, *CASES) == []
    assert holding(workbook / "ut", *PEOPLE, *CASES) == []
    here = (str(workbook), str(Path(vbdata.__file__).parent), f"{Path.home()}/")
    assert holding(workbook / "delad", *here) == []
    assert len(holding(workbook / "raw", *CASES)) == 9, (
        "the search finds what is there; a PDF's text is coded"
    )


def test_no_page_or_export_shows_a_count_that_is_hidden(workbook: Path):
    for path in [path for path in workbook.rglob("*") if path.suffix in (".html", ".csv")]:
        text = re.sub(r"(?<=\d)[\s\u00a0](?=\d{3}\b)", "", path.read_text("utf-8-sig"))
        assert re.findall(rf"(?<![\w.])(?:{'|'.join(COUNTS)})(?![\w.])", text) == [], path
    raws = " ".join(path.read_text("utf-8") for path in (workbook / "raw").glob("*.txt"))
    assert all(count in raws for count in COUNTS)


def test_pages_to_share_and_others_do_not_mix(workbook: Path):
    with pytest.raises(ParameterError, match="profilen shared"):
        render_reports(workbook / "processed", workbook / "delad")


def test_no_table_holds_a_name_or_a_number_that_leads_to_a_person(workbook: Path):
    tables = read_tables(workbook / "processed")
    assert len(tables["reports"]) == 10
    for name, table in tables.items():
        assert [each for each in PEOPLE if each in table.to_csv()] == [], name
    assert "[namn] 2025.txt" in " ".join(tables["reports"]["source"])
    assert "cancer" in tables["passages"].to_csv(), "what is written stays, for those who may read it"


def test_every_line_with_a_doubtful_name_is_told(workbook: Path):
    tables = read_tables(workbook / "processed")
    findings = tables["findings"][tables["findings"]["code"] == "name_doubtful"]
    told = findings.set_index("report_id")["message"]
    assert len(told) == 10
    assert "Pirjo" not in told.to_csv()
    for report_id, source in zip(tables["reports"]["report_id"], tables["reports"]["source"], strict=True):
        dialect = WRITTEN[int(source[0]) % len(WRITTEN)] if source[0].isdigit() else "pdf"
        if dialect not in ("spaced", "docx", "pdf"):  # in the first, sentences go on over lines
            lines = next((workbook / "raw").glob(f"{source[0]} *")).read_text("utf-8").split("\n")
            expected = [n for n, line in enumerate(lines, 1) if "Pirjo" in line]
            assert [int(n) for n in re.findall(r"\d+", told[report_id])] == expected
