"""Read files into the processed folder: every file is tried, and every file has a line in the log."""

from __future__ import annotations

import gc
import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from vbdata import __version__
from vbdata.errors import MissingDataError, UnreadableFileError, VbdataError
from vbdata.extract import SUFFIXES, read
from vbdata.extract.document import Document
from vbdata.normalise import normalise
from vbdata.normalise.corrections import Correction
from vbdata.normalise.people import mask
from vbdata.parse import Report, parse
from vbdata.schema import TABLES, frame
from vbdata.store import write_tables
from vbdata.validate import correct, validate
from vbdata.vocabulary import key

#: Where the workbook keeps its reports, and the bundled ones among them.
RAW = Path("data/raw")
SAMPLE = RAW / "sample"
_REPORT_TABLES = tuple(table for table in TABLES if table != "extraction_log")
#: Formats that a unit may well send, but that are not read: worth an error, not a silent pass.
_OFFICE = (".doc", ".docm", ".dot", ".odt", ".rtf", ".htm", ".html", ".pages")


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file to read; `source` is its path relative to the raw folder it was found in."""

    path: Path
    source: str
    named: bool = False


@dataclass(frozen=True)
class FileResult:
    """What came of one file: its row of the log, and its tables' rows where it was read."""

    file: RawFile
    status: str
    sha256: str | None = None
    error: str | None = None
    message: str | None = None
    seconds: float = 0.0
    rows: dict[str, list[dict[str, Any]]] | None = None
    read: tuple[Report, Document] | None = None

    @property
    def report_id(self) -> str | None:
        return None if self.rows is None else str(self.rows["reports"][0]["report_id"])

    @property
    def counts(self) -> dict[str, int | None]:
        rows = self.rows or {}
        return {
            table: len(rows[table]) if table in rows else None
            for table in _REPORT_TABLES
            if table != "reports"
        }


def find_files(raws: Sequence[Path]) -> list[RawFile]:
    """Files under the given files and folders, in order of path; hidden ones are left out.

    Raises
    ------
    MissingDataError
        When a path does not exist.
    """
    found: dict[Path, RawFile] = {}
    for raw in raws:
        if not raw.exists():
            raise MissingDataError("filen eller mappen finns inte", source=raw)
        if raw.is_file():
            found[raw.resolve()] = RawFile(raw, raw.name, named=True)
            continue
        for path in sorted(p for p in raw.rglob("*") if p.is_file() and not _hidden(p, raw)):
            found.setdefault(path.resolve(), RawFile(path, path.relative_to(raw).as_posix()))
    return list(found.values())


def _hidden(path: Path, root: Path) -> bool:
    parts = path.relative_to(root).parts
    return any(part.startswith((".", "~$")) for part in parts)


def default_raws(workbook: Path = Path()) -> tuple[list[Path], str]:
    """What to read when nothing is named, and a line that says so.

    The analyst's own reports in data/raw; the bundled sample only while there are none.
    """
    raw, sample = workbook / RAW, workbook / SAMPLE
    if not raw.is_dir():
        raise MissingDataError(
            "mappen finns inte", source=raw, hint="kör i arbetsbokens mapp, eller ange mappen med rapporter"
        )
    own = [file for file in find_files([raw]) if not file.path.is_relative_to(sample)]
    if own:
        paths = sorted({p for p in raw.iterdir() if p != sample and not p.name.startswith(".")})
        said = (
            f"Läser {len(own)} egna filer i {RAW.as_posix()}. Exemplen i {SAMPLE.as_posix()} är utelämnade."
        )
        return paths, said
    said = (
        f"Läser exemplen i {SAMPLE.as_posix()} (påhittade enheter). Lägg egna rapporter i {RAW.as_posix()}."
    )
    return [sample], said


def read_file(file: RawFile) -> FileResult:
    """Read one file all the way to its tables' rows; no error leaves here."""
    started = time.perf_counter()
    try:
        result = _read(file)
    except VbdataError as error:
        error.source = None  # the line names the file already
        result = FileResult(file, "failed", error=type(error).__name__, message=mask(str(error)))
    except MemoryError:
        result = FileResult(
            file, "failed", error="MemoryError", message="filen kräver mer minne än datorn har"
        )
    except OSError as error:
        result = FileResult(
            file, "failed", error=type(error).__name__, message=f"filen går inte att öppna: {error.strerror}"
        )
    except Exception as error:  # a bad file must never stop the others
        message = f"internt fel i vbdata ({type(error).__name__}: {error}); anmäl felet och bifoga filen"
        result = FileResult(file, "failed", error=type(error).__name__, message=message)
    return replace(result, seconds=time.perf_counter() - started)


def _read(file: RawFile) -> FileResult:
    suffix = file.path.suffix.lower()
    if suffix not in SUFFIXES and not (file.named and suffix not in _OFFICE):
        return _unread(file, suffix)
    digest = _sha256(file.path)
    document = read(file.path)
    report = parse(document)
    rows = validate(normalise(report, document, source=file.source, sha256=digest))
    status, message = _judged(rows)
    return FileResult(file, status, digest, message=message, rows=rows, read=(report, document))


def _judged(rows: dict[str, list[dict[str, Any]]]) -> tuple[str, str | None]:
    """Status and message of a file that was read."""
    errors = sum(finding["severity"] == "error" for finding in rows["findings"])
    message = f"{errors} {'uppgift' if errors == 1 else 'uppgifter'} gick inte att läsa" if errors else None
    return "partial" if errors else "ok", message


def _unread(file: RawFile, suffix: str) -> FileResult:
    message = f"filer av slaget {suffix or 'utan filändelse'} läses inte"
    if suffix in _OFFICE or file.named:
        raise UnreadableFileError(message, hint="spara som PDF, .docx eller text")
    return FileResult(file, "skipped", error="UnreadableFileError", message=message)


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while chunk := handle.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def ingest(
    raws: Sequence[Path],
    processed: Path,
    *,
    on_result: Callable[[FileResult], None] | None = None,
    files: Sequence[RawFile] | None = None,
    corrections: Sequence[Correction] = (),
) -> list[FileResult]:
    """Read all files under `raws` and write all tables; the log has a row for each of them.

    Parameters
    ----------
    on_result
        Called after each file, for progress.
    corrections
        Made in the reports' rows once their ids are final; `validate.refusals` says which were not.

    Raises
    ------
    MissingDataError
        When a path does not exist, or there is nothing to read.
    """
    files = find_files(raws) if files is None else files
    if not files:
        raise MissingDataError("det finns inga filer att läsa", source=", ".join(str(raw) for raw in raws))
    results: list[FileResult] = []
    gc.freeze()  # the libraries' objects stay: looking them over at every collection doubles the time
    for file in files:
        result = read_file(file)
        results.append(result)
        if on_result:
            on_result(result)
    results = [corrected(result, corrections) for result in without_doubles(results)]
    write_tables(_tables(results), processed)
    return results


def corrected(result: FileResult, corrections: Sequence[Correction]) -> FileResult:
    """The result with its report's corrections made: rows in, rows out, the document is not needed.

    It comes after `without_doubles`, where ids are final, so that a later version is not taken for the
    corrected first one, and so that what a reading gave does not depend on the corrections.
    """
    if result.rows is None or all(entry.report_id != result.report_id for entry in corrections):
        return result
    rows = correct(result.rows, corrections)
    status, message = _judged(rows)
    return replace(result, rows=rows, status=status, message=message or _version_message(result))


def _version_message(result: FileResult) -> str | None:
    return result.message if result.message and result.message.startswith("version ") else None


def _tables(results: Iterable[FileResult]) -> dict[str, pd.DataFrame]:
    results = list(results)
    tables = {
        table: frame(table, [row for result in results if result.rows for row in result.rows[table]])
        for table in _REPORT_TABLES
    }
    return tables | {"extraction_log": frame("extraction_log", [_log_row(result) for result in results])}


def _log_row(result: FileResult) -> dict[str, Any]:
    return {
        "source": result.file.source,
        "sha256": result.sha256,
        "status": result.status,
        "report_id": result.report_id,
        "error": result.error,
        "message": result.message,
        "seconds": round(result.seconds, 4),
        **result.counts,
        "parser_version": __version__,
    }


# ---------------------------------------------------------------------------------- doubles


def without_doubles(results: Sequence[FileResult]) -> list[FileResult]:
    """The same report twice is kept once; another version of it becomes ``-v2``.

    Two files are the same report when every goal, status, number and count in them is; of those the
    first is kept. Versions are numbered by date, then registry number, then path.
    """
    groups: dict[str, list[int]] = {}
    for i, result in enumerate(results):
        if result.report_id:
            groups.setdefault(result.report_id, []).append(i)
    sorted_out = list(results)
    for members in groups.values():
        if len(members) > 1:
            for i, result in _versions([(i, results[i]) for i in members]):
                sorted_out[i] = result
    return _unique_sources(sorted_out)


def _versions(members: Sequence[tuple[int, FileResult]]) -> list[tuple[int, FileResult]]:
    kept: list[tuple[int, FileResult]] = []
    out: list[tuple[int, FileResult]] = []
    for i, result in sorted(members, key=lambda m: _version_order(m[1])):
        twin = next((k for _, k in kept if _content(k) == _content(result)), None)
        if twin is not None:
            message = f"samma rapport som {twin.file.source}"
            out.append((i, replace(result, status="skipped", message=message, rows=None)))
        else:
            kept.append((i, result))
    for version, (i, result) in enumerate(kept, start=1):
        out.append((i, result if version == 1 else _as_version(result, version)))
    return out


def _version_order(result: FileResult) -> tuple[str, str, str]:
    row = _rows(result)["reports"][0]
    return str(row["date"] or ""), row["dnr"] or "", result.file.source


def _rows(result: FileResult) -> dict[str, list[dict[str, Any]]]:
    return result.rows or {}


def _content(result: FileResult) -> tuple[Any, ...]:
    """What makes two files the same report, whatever their format: their tables' values."""
    rows = _rows(result)
    goals = [(r["level"], key(r["title"]), r["status"]) for r in rows["goals"]]
    values = ("value", "value_men", "value_women", "value_previous", "target", "council_target")
    indicators = [(key(r["name"]), *(r[v] for v in values)) for r in rows["indicators"]]
    activities = [(key(r["title"]), r["start"], r["end"]) for r in rows["activities"]]
    counts = [(key(r["group"]), key(r["category"]), r["period"], r["count"]) for r in rows["complaints"]]
    return tuple(goals), tuple(indicators), tuple(activities), tuple(counts)


def _as_version(result: FileResult, version: int) -> FileResult:
    if result.read is None:
        return result
    report, document = result.read
    again = normalise(
        report, document, source=result.file.source, sha256=result.sha256 or "", version=version
    )
    message = f"version {version} av samma rapport"
    return replace(result, rows=validate(again), message=message)


def _unique_sources(results: Sequence[FileResult]) -> list[FileResult]:
    """The log's key is the source: two folders with a file of one name are told apart."""
    seen: dict[str, int] = {}
    unique: list[FileResult] = []
    for result in results:
        count = seen[result.file.source] = seen.get(result.file.source, 0) + 1
        if count > 1:
            result = replace(
                result,
                file=replace(result.file, source=f"{result.file.path.parent.name}/{result.file.source}"),
            )
        unique.append(result)
    return unique
