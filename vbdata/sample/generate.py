"""Write sample reports to files, and their truth in the layout that the scorer reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from vbdata import vocabulary
from vbdata.errors import ParameterError
from vbdata.parse.records import Report
from vbdata.sample.composed import Composed, compose
from vbdata.sample.traps import DOUBTS, ENCODINGS, TRAPS, encode
from vbdata.sample.world import TITLES, Commission, commissions, sample_units
from vbdata.sample.write import write_report

#: Dialects of text, by file suffix.
TEXT_FORMATS: dict[str, tuple[str, ...]] = {
    "txt": ("plain", "spaced", "marked"),
    "md": ("marked", "pipes", "html"),
}


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A file that was written, with its truth. `dialect` and `encoding` are missing for Word and PDF.

    `doubts` are the codes of the findings that ask about what was planted in it.
    """

    path: Path
    printed: Report
    meaning: Report
    traps: tuple[str, ...] = ()
    dialect: str | None = None
    encoding: str | None = None
    doubts: tuple[str, ...] = ()


def write_samples(
    folder: Path,
    units: int = 6,
    years: Sequence[int] = (2023, 2024, 2025),
    seed: int = 1,
    formats: Sequence[str] = ("txt", "md"),
    kilobytes: float = 20.0,
    trap_share: float = 0.5,
    doubts: int = 0,
    kinds: Sequence[str] = ("VP", "VB"),
) -> list[SampleFile]:
    """Write plans and reports of invented units to a folder.

    Parameters
    ----------
    units
        How many units of the invented district.
    years
        Of every year each unit writes a plan and a report; in the last of them one unit is split in two
        (from two units on) and one has changed its name (from four on).
    seed
        The same seed gives the same files, to the byte for text.
    formats
        ``txt``, ``md``, ``docx``, ``pdf``; the reports take turns.
    kilobytes
        Rough size of a report as text; real ones are 30-60.
    trap_share
        Share of the reports that have traps in them (one to four each).
    doubts
        How many `DOUBTS` a report has at most; `SampleFile.doubts` tells which it got.
    kinds
        Of ``VP``, ``T1``, ``T2``, ``VB``, what each unit writes of each year.

    Raises
    ------
    ParameterError
        When a format or a kind is not known.
    MissingDataError
        When PDF is asked for and no program that makes it is installed.
    """
    _check(formats, kinds, units, years)
    folder.mkdir(parents=True, exist_ok=True)
    files: list[SampleFile] = []
    for number, commission in enumerate(commissions(sample_units(units), tuple(years), tuple(kinds))):
        rng = Random(f"{seed}|{number}|file")
        fmt = formats[number % len(formats)]
        report = write_report(commission, seed, kilobytes)
        dialect = rng.choice(TEXT_FORMATS.get(fmt, (fmt,)))
        names = _some_traps(rng, trap_share)
        if doubts:
            names += _some_doubts(Random(f"{seed}|{number}|doubts"), doubts)
        composed = compose(report, dialect, names, seed * 10_000 + number)
        path = _free(folder / f"{_file_name(commission, rng)}.{fmt}")
        files.append(_write(composed, path, rng))
    return files


def _check(formats: Sequence[str], kinds: Sequence[str], units: int, years: Sequence[int]) -> None:
    for what, given, known in (
        ("okänt format", formats, (*TEXT_FORMATS, "docx", "pdf")), ("okänt slag", kinds, tuple(TITLES)),
    ):  # fmt: skip
        unknown = [name for name in given if name not in known]
        if unknown or not given:
            raise ParameterError(what, value=", ".join(unknown), hint=f"välj bland {', '.join(known)}")
    if units < 1 or not years:
        raise ParameterError("minst en enhet och ett år behövs", value=f"{units} enheter, år {list(years)}")
    if "pdf" in formats:
        from vbdata.sample.pdf import check_makers

        check_makers()


def _some_traps(rng: Random, share: float) -> list[str]:
    return rng.sample(TRAPS, rng.randint(1, 4)) if rng.random() < share else []


def _some_doubts(rng: Random, most: int) -> list[str]:
    return rng.sample(DOUBTS, min(len(DOUBTS), rng.randint(0, most)))


def _write(composed: Composed, path: Path, rng: Random) -> SampleFile:
    dialect = encoding = None
    if composed.dialect == "docx":
        from vbdata.sample.word import write_word

        write_word(composed, path)
    elif composed.dialect == "pdf":
        from vbdata.sample.pdf import write_pdf

        write_pdf(composed, path)
    else:
        dialect, encoding = composed.dialect, rng.choices(ENCODINGS, (6, 2, 1, 1))[0]
        path.write_bytes(encode(composed.text(), encoding))
    reports = composed.printed, composed.meaning
    return SampleFile(path, *reports, composed.traps, dialect, encoding, composed.doubts)


def _file_name(commission: Commission, rng: Random) -> str:
    """A file name as different people give them."""
    unit, kind, year = commission.unit.name, commission.kind, commission.year
    word = TITLES[kind]
    plain = unit.lower().translate(str.maketrans("åäö ", "aao_"))
    return rng.choice(
        (
            f"{kind} {year} {unit}",
            f"{kind}{year % 100}_{plain}",
            f"{word} {unit} {year}",
            f"{unit} {word.lower()} {year} slutversion",
            f"{year}_{kind.lower()}_{plain}",
        )
    )


def _free(path: Path) -> Path:
    """The path, or one beside it with a number, as a download folder gives them."""
    number, free = 1, path
    while free.exists():
        free = path.with_stem(f"{path.stem} ({number})")
        number += 1
    return free


# Truth


Table = tuple[tuple[str, ...], list[tuple[object, ...]]]
#: Columns of the true tables, each with the field of the records that it holds.
_COLUMNS: dict[str, dict[str, str]] = {
    "report": {
        "kind": "kind", "year": "year", "unit": "unit_name", "board": "board", "dnr": "dnr",
        "date": "date_raw",
    },
    "goals": {
        "order": "position", "level": "level", "code": "code", "title": "title_raw", "status": "status_raw",
        "parent": "parent", "line": "",
    },
    "indicators": {
        "order": "position", "goal": "goal", "name": "name_raw", "outcome": "value_raw",
        "men": "value_men_raw", "women": "value_women_raw", "prior": "value_previous_raw",
        "target": "target_raw", "council_target": "council_target_raw", "period": "period_raw", "line": "",
    },
    "activities": {
        "order": "position", "goal": "goal", "title": "title_raw", "start": "start_raw", "end": "end_raw",
        "deviation": "deviation_raw", "line": "",
    },
    "complaints": {
        "group": "group_raw", "category": "category_raw", "t1": "t1_raw", "t2": "t2_raw", "vb": "vb_raw",
        "total": "total_raw",
    },
}  # fmt: skip


def truth(report: Report) -> dict[str, Table]:
    """The true tables of a report: name → (columns, rows)."""
    statuses = {label: status.code for status in vocabulary.statuses() for label in status.printed}

    def cell(row: object, column: str, field: str) -> object:
        found = getattr(row, field, None) or ""
        if column == "status":
            return statuses.get(found, "")
        return "yes" if column == "deviation" and found else found

    tables: dict[str, Table] = {}
    for name, columns in _COLUMNS.items():
        records = [report.cover] if name == "report" else getattr(report, name)
        rows = [tuple(cell(row, *pair) for pair in columns.items()) for row in records]
        tables[name] = tuple(columns), rows
    return tables
