"""One way in to all forms of export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name

from vbdata.analyse.disclosure import THRESHOLD, Profile
from vbdata.errors import ParameterError
from vbdata.export.content import Content, content
from vbdata.export.staging import write_file, write_folder
from vbdata.store import handed
from vbdata.store.workbook import RAW


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export: its file's ending (none for a folder), whether people read it, and what writes it.

    Each has a library of its own, which is imported when it is wanted.
    """

    suffix: str
    labels: bool
    writer: str


FORMS = {
    "xlsx": Form(".xlsx", True, "workbook:write_xlsx"),
    "csv": Form("", True, "text:write_csv"),
    "parquet": Form("", False, "columnar:write_parquet"),
    "duckdb": Form(".duckdb", False, "columnar:write_duckdb"),
    "datapackage": Form("", False, "datapackage:write_datapackage"),
}


def export(
    processed: Path,
    target: Path,
    *,
    to: str,
    labels: bool | None = None,
    years: Sequence[int] | None = None,
    units: Sequence[str] | None = None,
    profile: str = "internal",
    threshold: int = THRESHOLD,
) -> Content:
    """Write the tables to `target`, whole or not at all.

    Parameters
    ----------
    to
        ``xlsx``, ``csv``, ``parquet``, ``duckdb`` or ``datapackage``.
    labels
        Swedish words in place of codes; by default in the forms that people read.
    years, units
        Only these; by default all.
    profile, threshold
        Whom the tables are for: ``internal``, or ``shared`` with no count below the threshold.

    Raises
    ------
    ParameterError
        When there is no such form, or the target does not end as the form does or is among the originals.
    MissingDataError
        When no report fits.
    VbdataError
        When the target cannot be written, or the tables do not fit the form.
    """
    if to not in FORMS:
        raise ParameterError("okänd form", value=to, hint=f"formerna är {', '.join(FORMS)}")
    form = FORMS[to]
    if form.suffix and target.suffix.lower() != form.suffix and not target.is_dir():
        raise ParameterError(f"filen ska sluta på {form.suffix}", value=target.name)
    _check_place(target.resolve(), Path(processed).resolve())
    chosen = form.labels if labels is None else labels
    seen_by = Profile(profile, threshold)
    made = content(processed, labels=chosen, years=years, units=units, profile=seen_by)
    writer = resolve_name(f"vbdata.export.{form.writer}")
    write = write_file if form.suffix else write_folder
    written = write(target, lambda path: writer(made, path), Path(processed))
    handed.note(Path(processed), target, to, _told_of(made), written)
    return made


def _check_place(target: Path, processed: Path) -> None:
    """Refuse to write where originals are read from, or among the tables."""
    if any(target.is_relative_to(folder) for folder in (processed, processed.parent / RAW.name)):
        hint = "välj en annan mapp, till exempel exporter"
        raise ParameterError(
            "en export ska inte ligga bland originalen eller tabellerna", value=str(target), hint=hint
        )


def _told_of(made: Content) -> set[str]:
    """The reports and units that an export tells of, those too that a finding compares with."""
    reports, others = made.coded["reports"], made.coded["findings"]["other_report_id"].dropna()
    return {*reports["report_id"], *reports["unit_id"], *others}
