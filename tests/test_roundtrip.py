"""Record → any dialect, with any traps and in any encoding → read → parse → the same records and tables."""

from __future__ import annotations

import math
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import frames as typed
from vbdata import vocabulary
from vbdata.extract import read
from vbdata.extract.document import texts_in
from vbdata.normalise import normalise
from vbdata.parse import parse
from vbdata.parse.records import Complaint, Report
from vbdata.sample import (
    DIALECTS,
    ENCODINGS,
    TRAPS,
    Commission,
    compose,
    encode,
    sample_units,
    trap,
    write_report,
)
from vbdata.sample.pdf import makers, write_pdf
from vbdata.sample.word import RULES, write_word

UNITS = sample_units(12)
SUFFIX = {"pipes": ".md", "html": ".md"}

#: Text fields of each kind of record, compared to the letter but for white space.
FIELDS = {
    "goals": ("level", "code", "title_raw", "status_raw", "parent"),
    "indicators": (
        *("goal", "name_raw", "value_raw", "value_men_raw", "value_women_raw", "value_previous_raw"),
        *("target_raw", "council_target_raw", "period_raw", "analysis"),
    ),
    "activities": ("goal", "title_raw", "start_raw", "end_raw", "deviation_raw", "mark_raw", "analysis"),
    "complaints": ("group_raw", "category_raw", "t1_raw", "t2_raw", "vb_raw", "total_raw", "comment_raw"),
}


def squash(value: object) -> object:
    """What two printings of a cell have in common: all but white space, accents' coding and look-alikes."""
    return re.sub(r"\s+", "", vocabulary.clean(value)) if isinstance(value, str) else value or ""


def words_of(text: str) -> str:
    """Running text without white space, list marks and the hyphens at which lines may break."""
    return re.sub(r"[\s\-–•]+", "", vocabulary.clean(text))


def passages_of(report: Report) -> dict[tuple[int, str], str]:
    """All running text of a section of a goal, or outside the goals."""
    found: dict[tuple[int, str], str] = {}
    for passage in report.passages:
        key = (passage.goal or 0, passage.section or passage.heading)
        found[key] = found.get(key, "") + words_of(passage.text)
    return found


def differences(want: Report, got: Report, *, marks: bool = True) -> list[str]:
    """Every field in which two reports differ, in words."""
    found = []
    for field in ("kind", "year", "unit_name", "board", "dnr", "date_raw"):
        a, b = getattr(want.cover, field), getattr(got.cover, field)
        if squash(a) != squash(b):
            found.append(f"cover.{field}: want {a!r}, got {b!r}")
    for table, fields in FIELDS.items():
        rows, others = getattr(want, table), getattr(got, table)
        if len(rows) != len(others):
            found.append(f"{table}: want {len(rows)} rows, got {len(others)}")
        for row, other in zip(rows, others, strict=False):
            for field in fields:
                a, b = getattr(row, field), getattr(other, field)
                if (marks or field != "mark_raw") and squash(a) != squash(b):
                    found.append(f"{table}[{row.position}].{field}: want {a!r}, got {b!r}")
    if (want.template, want.has_complaint_form) != (got.template, got.has_complaint_form):
        found.append(f"form: want {want.template}, got {got.template} ({got.has_complaint_form})")
    a, b = passages_of(want), passages_of(got)
    for key in sorted({*a, *b}):
        if a.get(key) != b.get(key):
            found.append(f"passage {key}: want {a.get(key)!r}, got {b.get(key)!r}")
    return found


def number(text: str) -> float | None:
    found = re.match(r"-?\d+(?: \d{3})*(?:,\d+)?", text)
    return float(found[0].replace(" ", "").replace(",", ".")) if found else None


def same_number(want: str, got: object) -> bool:
    value = number(want)
    if value is None or pd.isna(got):
        return value is None and pd.isna(got)
    return math.isclose(value, float(got))


def rows_of(frames: dict[str, pd.DataFrame], table: str) -> list[dict]:
    return frames[table].to_dict("records")


def misread(meaning: Report, frames: dict[str, pd.DataFrame]) -> list[str]:
    """Every interpreted value that is not what the report means."""
    found = []

    def check(where: str, ok: bool, want: object, got: object) -> None:
        if not ok:
            found.append(f"{where}: want {want!r}, got {got!r}")

    codes = {label: status.code for status in vocabulary.statuses() for label in status.printed}
    for goal, row in zip(meaning.goals, rows_of(frames, "goals"), strict=False):
        status = codes.get(goal.status_raw or "")
        got = None if pd.isna(row["status"]) else row["status"]
        check(f"goals[{goal.position}].status", status == got, status, got)
        check(
            f"goals[{goal.position}].title",
            squash(goal.title_raw) == squash(row["title"]),
            goal.title_raw,
            row["title"],
        )
        check(
            f"goals[{goal.position}].code",
            (goal.code or "") == (row["code"] if pd.notna(row["code"]) else ""),
            goal.code,
            row["code"],
        )
    for record, row in zip(meaning.indicators, rows_of(frames, "indicators"), strict=False):
        where = f"indicators[{record.position}]"
        check(f"{where}.name", record.name_raw == row["name"], record.name_raw, row["name"])
        for column in ("value", "value_men", "value_women", "value_previous", "target", "council_target"):
            want = getattr(record, f"{column}_raw")
            check(f"{where}.{column}", same_number(want, row[column]), want, row[column])
    for record, row in zip(meaning.activities, rows_of(frames, "activities"), strict=False):
        where = f"activities[{record.position}]"
        for column in ("start", "end"):
            want = getattr(record, f"{column}_raw")
            check(f"{where}.{column}", str(row[column]) == want, want, row[column])
        check(
            f"{where}.deviation",
            bool(row["deviation"]) == bool(record.deviation_raw),
            record.deviation_raw,
            row["deviation"],
        )
    wide = {}
    for row in rows_of(frames, "complaints"):
        wide.setdefault(row["position"], {"group": row["group"], "category": row["category"]})[
            row["period"]
        ] = row["count"]
    for record, row in zip(meaning.complaints, wide.values(), strict=False):
        where = f"complaints[{record.position}]"
        check(f"{where}.group", record.group_raw == row["group"], record.group_raw, row["group"])
        check(
            f"{where}.category", record.category_raw == row["category"], record.category_raw, row["category"]
        )
        for period, want in zip(
            ("T1", "T2", "VB", "total"),
            (record.t1_raw, record.t2_raw, record.vb_raw, record.total_raw),
            strict=True,
        ):
            check(f"{where}.{period}", same_number(want, row[period]), want, row[period])
    return found


def read_back(data: bytes, suffix: str) -> tuple[Report, dict[str, pd.DataFrame]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"rapport{suffix}"
        path.write_bytes(data)
        document = read(path)
        report = parse(document)
        return report, typed(normalise(report, document, source=path.name, sha256="0" * 64).rows)


def round_trip(
    report: Report, dialect: str, traps: list[str], encoding: str, seed: int
) -> tuple[list[str], bytes]:
    """What comes back otherwise than it went out, and the bytes that went out."""
    composed = compose(report, dialect, traps, seed)
    data = encode(composed.text(), encoding)
    got, frames = read_back(data, SUFFIX.get(dialect, ".txt"))
    found = differences(composed.printed, got, marks=encoding != "cp1252")
    return found + misread(composed.meaning, frames), data


#: Outcomes as units write them, of indicators in per cent: no share is above 100.
VALUES = st.sampled_from(
    ("", "0", "0 %", "7", "52,87 %", "100 %", "94,5 %", "8 %", "3,25 %", "99 %", "12,5 %", "0,5 %", "86")
)
COUNTS = st.sampled_from(("", "", "", "0", "1", "2", "9", "10", "37", "104"))


@dataclass(frozen=True)
class Wish:
    """A report in few words, so that a failing example can be read."""

    unit: int
    kind: str
    year: int
    seed: int
    kilobytes: float
    outcomes: tuple[str, ...]
    counts: dict[int, tuple[str, str, str]]

    def report(self) -> Report:
        """The report with the drawn outcomes and counts, whose periods add up."""
        unit = UNITS[self.unit]
        made = write_report(Commission(unit, unit.name, self.kind, self.year), self.seed, self.kilobytes)
        if self.kind == "VP":
            return made
        drawn = dict(
            zip(
                (r.position for r in made.indicators if r.value_raw.endswith("%")),
                self.outcomes,
                strict=False,
            )
        )
        indicators = tuple(replace(r, value_raw=drawn.get(r.position, r.value_raw)) for r in made.indicators)
        complaints = tuple(self.counted(row) for row in made.complaints)
        return replace(made, indicators=indicators, complaints=complaints)

    def counted(self, row: Complaint) -> Complaint:
        if row.position not in self.counts:
            return row
        t1, t2, vb = self.counts[row.position]
        total = str(sum(int(c) for c in (t1, t2, vb) if c)) if t1 or t2 or vb else ""
        return replace(row, t1_raw=t1, t2_raw=t2, vb_raw=vb, total_raw=total)


WISHES = st.builds(
    Wish,
    unit=st.integers(0, len(UNITS) - 1),
    kind=st.sampled_from(("VB", "VB", "VP")),
    year=st.integers(2022, 2026),
    seed=st.integers(0, 10_000),
    kilobytes=st.sampled_from((12.0, 20.0)),
    outcomes=st.lists(VALUES, max_size=12).map(tuple),
    counts=st.dictionaries(st.integers(1, 25), st.tuples(COUNTS, COUNTS, COUNTS), max_size=6),
)


def sample_report(kind: str = "VB", year: int = 2025, seed: int = 1) -> Report:
    return write_report(Commission(UNITS[0], UNITS[0].name, kind, year), seed, 12)


@pytest.mark.parametrize("year", [2023, 2025])
@pytest.mark.parametrize("kind", ["VB", "VP"])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_clean_report_comes_back(dialect: str, kind: str, year: int):
    found, _ = round_trip(sample_report(kind, year), dialect, [], "utf-8", 1)
    assert found == []


@pytest.mark.parametrize(
    ("dialect", "name"),
    [(dialect, name) for dialect in DIALECTS for name in TRAPS if dialect in trap(name).dialects],
)
def test_a_report_with_one_trap_comes_back(dialect: str, name: str):
    found, _ = round_trip(sample_report(seed=2), dialect, [name], "utf-8", 5)
    assert found == []


@given(
    wish=WISHES,
    dialect=st.sampled_from(DIALECTS),
    traps=st.sets(st.sampled_from(TRAPS), max_size=5),
    encoding=st.sampled_from(ENCODINGS),
    seed=st.integers(0, 10_000),
)
@settings(deadline=None)
def test_any_report_comes_back(wish: Wish, dialect: str, traps: set[str], encoding: str, seed: int):
    found, _ = round_trip(wish.report(), dialect, sorted(traps), encoding, seed)
    assert found == []


def file_trip(report: Report, path: Path, traps: list[str], seed: int) -> list[str]:
    """What comes back otherwise from a Word or PDF file."""
    composed = compose(report, path.suffix[1:], traps, seed)
    if path.suffix == ".docx":
        write_word(composed, path)
    else:
        maker, rules = path.stem.split("-")
        write_pdf(composed, path, maker, rules)
    document = read(path)
    got = parse(document)
    frames = typed(normalise(got, document, source=path.name, sha256="0" * 64).rows)
    marks = not any("\ufffd" in text for text in texts_in(document.blocks))  # the font may have none of them
    return differences(composed.printed, got, marks=marks) + misread(composed.meaning, frames)


#: What a colour alone says is no word, so that the printed words do not come back.
FILE_TRAPS = [name for name in TRAPS if "docx" in trap(name).dialects and name != "status_icon_alone"]
#: What the unit wrote is read the same from every format: such traps are set all at once, but for those that
#: take away what others spoil.
WRITTEN = [n for n in FILE_TRAPS if trap(n).stage == "records" and n not in ("table_missing", "form_empty")]


@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("kind", ["VB", "VP"])
@pytest.mark.parametrize("seed", range(3))
def test_a_word_file_comes_back(tmp_path: Path, seed: int, kind: str, rules: str):
    composed = compose(sample_report(kind, 2023 + seed, seed), "docx", [], seed)
    path = tmp_path / "rapport.docx"
    write_word(composed, path, rules)
    assert differences(composed.printed, parse(read(path))) == []


@pytest.mark.parametrize(
    "names", [WRITTEN, *([name] for name in FILE_TRAPS if name not in WRITTEN)], ids="-".join
)
def test_a_word_file_with_traps_comes_back(tmp_path: Path, names: list[str]):
    assert file_trip(sample_report(seed=2), tmp_path / "rapport.docx", names, 2) == []


def test_a_status_that_is_a_colour_alone_comes_back(tmp_path: Path):
    composed = compose(sample_report(), "docx", ["status_icon_alone"], 1)
    write_word(composed, tmp_path / "rapport.docx")
    document = read(tmp_path / "rapport.docx")
    got = parse(document)
    silent = [g for g in got.goals if g.status_raw is None]
    assert len(silent) == 1
    frames = typed(normalise(got, document, source="rapport.docx", sha256="0" * 64).rows)
    assert misread(composed.meaning, frames) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("maker", "rules", "kind"),
    [
        ("office", "bordered", "VB"), ("office", "hairline", "VP"),
        ("chromium", "bordered", "VP"), ("chromium", "hairline", "VB"),
    ],
)  # fmt: skip
def test_a_pdf_comes_back(tmp_path: Path, maker: str, rules: str, kind: str):
    if maker not in makers():
        pytest.skip(f"no program here that makes PDF files: {maker}")
    assert file_trip(sample_report(kind), tmp_path / f"{maker}-{rules}.pdf", [], 1) == []


def test_rows_stay_under_a_group_whose_label_a_page_break_cut_before_the_last_of_them():
    wish = Wish(7, "VB", 2024, 1730, 20.0, (), {2: ("0", "2", "37")})
    found, _ = round_trip(wish.report(), "spaced", ["group_label_cut", "table_cut"], "utf-8", 4061)
    assert found == []


def test_the_comparison_sees_a_moved_number():
    report = sample_report()
    first = report.indicators[0]
    moved = replace(first, value_raw="", value_men_raw=first.value_raw)
    spoilt = replace(report, indicators=(moved, *report.indicators[1:]))
    assert [line.split(":")[0] for line in differences(report, spoilt)] == [
        "indicators[1].value_raw",
        "indicators[1].value_men_raw",
    ]


def test_the_comparison_sees_a_lost_passage():
    report = sample_report()
    assert differences(report, replace(report, passages=report.passages[1:])) != []
