"""One file, all the way to its tables' rows."""

from __future__ import annotations

import datetime
import hashlib
import time
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from vbdata.errors import (
    CorrectionError,
    RegisterError,
    SchemaError,
    UnreadableFileError,
    VbdataError,
    VocabularyError,
)
from vbdata.extract import SUFFIXES, read
from vbdata.ingest.files import RawFile
from vbdata.ingest.results import BUG, REPORT_TABLES, Answer, FileResult, Head, Rows, Work
from vbdata.normalise import normalise
from vbdata.normalise.corrections import Correction
from vbdata.normalise.people import mask
from vbdata.parse import parse
from vbdata.schema import SCHEMAS
from vbdata.store.columns import columns_of
from vbdata.store.disk import sha256
from vbdata.validate import correct, validate
from vbdata.validate.places import UNREAD
from vbdata.vocabulary import key

#: Formats that a unit may well send, but that are not read: worth an error, not a silent pass.
_OFFICE = (".doc", ".docm", ".dot", ".odt", ".rtf", ".pages")
#: Errors in what every file is read by: no file is to blame for them, and they stop the run.
SHARED = (VocabularyError, RegisterError, CorrectionError)


def answer(work: Work, corrections: Sequence[Correction] = ()) -> Answer:
    """Read a file, with its rows ready to be sent to the process that asked."""
    try:
        result = read_file(work.file, version=work.version, corrections=corrections)
    except SHARED as error:
        return Answer(work.number, FileResult(work.file, "failed"), stop=error)
    if result.rows is None:
        return Answer(work.number, result)
    columns = {table: columns_of(table, result.rows[table]) for table in REPORT_TABLES}
    return Answer(work.number, replace(result, rows=None), columns)


def read_file(file: RawFile, *, version: int = 1, corrections: Sequence[Correction] = ()) -> FileResult:
    """Read one file all the way to its tables' rows; no error that the file may have caused leaves here.

    Parameters
    ----------
    version
        Which version of its report the file is; 2 and up give ids that end in ``-v2``.
    corrections
        Of any reports. They are made in the rows that have the final ids, so that a later version is not
        taken for the corrected first one, and what a reading gave does not depend on them.

    Raises
    ------
    VocabularyError, RegisterError, CorrectionError
        When what every file is read by is wrong.
    """
    started, digest = time.perf_counter(), None
    try:
        digest = sha256(file.path) if _is_read(file) else None
        result = _read(file, digest, version, corrections)
    except SHARED:
        raise
    except Exception as error:  # a bad file must never stop the others
        refused = refusal(error)
        refused.source = None  # the line names the file already
        result = FileResult(file, "failed", error=_kind_of(error), message=mask(str(refused)))
    return _stamped(result, digest, started)


def read_report(file: RawFile) -> FileResult:
    """As `read_file`, but a file that is refused raises.

    Raises
    ------
    VbdataError
        When the file is no report, cannot be read, or is read wrongly by a bug of ours (which is its cause).
    """
    started = time.perf_counter()
    try:
        digest = sha256(file.path) if _is_read(file) else None
        return _stamped(_read(file, digest, 1, ()), digest, started)
    except SHARED:
        raise
    except Exception as error:
        refused = refusal(error)
        refused.source = file.path
        refused.value = None if refused.value is None else mask(refused.value)
        raise refused from (None if refused is error else error)


def _stamped(result: FileResult, digest: str | None, started: float) -> FileResult:
    now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    return replace(result, sha256=digest, seconds=time.perf_counter() - started, read_at=now)


def _is_read(file: RawFile) -> bool:
    suffix = file.path.suffix.lower()
    return suffix in SUFFIXES or (file.named and suffix not in _OFFICE)


def refusal(error: Exception) -> VbdataError:
    """Any error that reading one file may raise, as one for people."""
    if isinstance(error, VbdataError):
        return error
    if isinstance(error, MemoryError):
        return UnreadableFileError("filen kräver mer minne än datorn har")
    if isinstance(error, OSError):
        return UnreadableFileError(f"filen går inte att öppna: {error.strerror}")
    return VbdataError(bug(error))


def _kind_of(error: Exception) -> str:
    return "OSError" if isinstance(error, OSError) else type(error).__name__


def bug(error: Exception) -> str:
    """What a person is told about an error that is ours."""
    return f"{BUG} ({type(error).__name__}: {error}); anmäl felet och bifoga filen"


def _read(file: RawFile, digest: str | None, version: int, corrections: Sequence[Correction]) -> FileResult:
    if digest is None:
        return _unread(file, file.path.suffix.lower())
    document = read(file.path)
    normalised = normalise(parse(document), document, source=file.source, sha256=digest, version=version)
    as_read = validate(normalised)
    rows = correct(as_read, corrections)
    _check_ids(rows)
    status, message = _judged(rows)
    return FileResult(
        file,
        status,
        message=message,
        rows=rows,
        report_id=normalised.report_id,
        head=_head(as_read, normalised.report_id, version),
        version=version,
        counts={table: len(rows[table]) for table in REPORT_TABLES if table != "reports"},
    )


def _check_ids(rows: Rows) -> None:
    """Every row's key is of this report and its own, so that no two reports' rows can be confused."""
    report_id = str(rows["reports"][0]["report_id"])
    for table in REPORT_TABLES:
        column = SCHEMAS[table].metadata["key"][0]
        ids = {row[column] for row in rows[table]}
        foreign = [each for each in ids if each != report_id and not str(each).startswith(f"{report_id}/")]
        if foreign or len(ids) < len(rows[table]):
            value = str(foreign[0]) if foreign else None
            raise SchemaError("raderna har inte egna id", source=table, place=f"kolumn {column}", value=value)


def _judged(rows: Rows) -> tuple[str, str | None]:
    """Status and message of a file that was read."""
    errors = sum(finding["severity"] == "error" for finding in rows["findings"])
    message = f"{errors} {'uppgift' if errors == 1 else 'uppgifter'} gick inte att läsa" if errors else None
    return "partial" if errors else "ok", message


def _unread(file: RawFile, suffix: str) -> FileResult:
    message = f"filer av slaget {suffix or 'utan filändelse'} läses inte"
    if suffix in _OFFICE or file.named:
        raise UnreadableFileError(message, hint="spara som PDF, .docx eller text")
    return FileResult(file, "skipped", error="UnreadableFileError", message=message)


#: Columns that say which row it is and where it stands, not what it says.
_OF_PLACE = frozenset(
    {
        "report_id", "row_id", "goal_id", "parent_goal_id", "position",
        "source_page", "source_line", "sentence_lines",
    }
)  # fmt: skip


def _head(rows: Rows, report_id: str, version: int) -> Head:
    row = rows["reports"][0]
    return Head(
        base_id=report_id if version == 1 else report_id.removesuffix(f"-v{version}"),
        kind=row["kind"],
        year=row["year"],
        unit_id=row["unit_id"],
        unit_name=row["unit_name"],
        board=row["board"],
        date=str(row["date"] or ""),
        dnr=row["dnr"] or "",
        content=hashlib.sha256(repr(_content(rows)).encode("utf-8", "replace")).hexdigest(),
    )


def _content(rows: Rows) -> tuple[Any, ...]:
    """What makes two files the same report, whatever their format: all that was read but where it stands."""
    values: list[tuple[Any, ...]] = []
    for table in filter(rows.get, ("goals", "indicators", "activities", "complaints")):
        told = itemgetter(*(column for column in rows[table][0] if column not in _OF_PLACE))
        values += [tuple(map(_bare, told(row))) for row in rows[table]]
    texts = key(" ".join(f"{row['heading']} {row['text']}" for row in rows["passages"]))
    unread = [key(row["message"]) for row in rows["findings"] if row["code"] in UNREAD]
    return (*values, texts, *unread)


def _bare(value: Any) -> Any:
    """A value without what another format changes: white space, hyphens and mark-up."""
    return key(value) if isinstance(value, str) else value
