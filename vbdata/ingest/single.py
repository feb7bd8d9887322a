"""One file as typed tables, without storing anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vbdata.errors import MissingDataError, UnreadableFileError
from vbdata.ingest.files import RawFile
from vbdata.ingest.preflight import preflight
from vbdata.ingest.results import REPORT_TABLES, FileResult, log_row

if TYPE_CHECKING:
    import pandas as pd


def read(path: Path | str) -> dict[str, pd.DataFrame]:
    """One report as tables, read as ``vbdata ingest`` reads it; nothing is stored.

    No corrections are made, nothing is compared with other reports, and the process itself reads: a file
    that takes very long is not stopped.

    Parameters
    ----------
    path
        A PDF, Word, text, Markdown or HTML file.

    Returns
    -------
    dict of DataFrame
        The tables of the data dictionary by name, with the dtypes of the stored ones: ``reports`` and
        ``extraction_log`` with one row, ``goals``, ``indicators``, ``activities``, ``complaints``,
        ``passages`` and ``findings`` with the report's, ``corrections`` with none.

    Raises
    ------
    UnreadableFileError, NotAReportError
        When the file is refused: with what is wrong and what to do, in one line.
    MissingDataError
        When there is no such file.
    VocabularyError, RegisterError
        When what files are read by is wrong; nothing has been read then.
    VbdataError
        The base of all of these; itself for a bug of ours, with its cause.

    Examples
    --------
    >>> import vbdata
    >>> tables = vbdata.read("data/raw/sample/VB25_lillans_korttidshem.txt")
    >>> tables["goals"].groupby("level", observed=True).size()
    """
    from vbdata.ingest.reading import read_report
    from vbdata.normalise.filenames import without_names

    preflight()
    if not isinstance(path, Path | str) or not str(path):
        raise UnreadableFileError("en fil anges med sin sökväg", value=str(path))
    if "://" in str(path):
        raise UnreadableFileError("det är en adress", value=str(path), hint="hämta hem filen och läs den")
    path = Path(path)
    if not path.exists():
        raise MissingDataError("filen finns inte", source=path)
    if path.is_dir():
        hint = "ange en fil i den; hela mappar läses av vbdata ingest"
        raise UnreadableFileError("det är en mapp och ingen fil", source=path, hint=hint)
    return _frames(read_report(RawFile(path, without_names(path.name), named=True)))


def _frames(result: FileResult) -> dict[str, pd.DataFrame]:
    from vbdata.store.columns import arrow_of, columns_of
    from vbdata.store.reading import frame_of

    rows = {table: (result.rows or {})[table] for table in REPORT_TABLES}
    rows["extraction_log"] = [log_row(result)]
    return {table: frame_of(table, arrow_of(table, columns_of(table, each))) for table, each in rows.items()}
