"""Where the register's files are, and their rows as text; whatever is wrong names its file and row."""

from __future__ import annotations

import csv
import datetime
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vbdata.errors import RegisterError
from vbdata.vocabulary.files import broken, decoded, delimiter

ENVIRONMENT = "VBDATA_REGISTER"
"""Names the register's folder for processes that are started in another folder."""
COLUMNS = {
    "units": ("unit_id", "name", "type", "district", "aliases"),
    "successions": ("predecessor_id", "successor_id", "kind", "date", "share", "source"),
    "denominators": ("unit_id", "year", "count", "counted", "source", "confirmed_by", "confirmed_date"),
}
_BESIDE = Path(__file__).resolve().parents[2] / "data"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file; its cells are stripped text."""

    file: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def error(self, problem: str, value: str | None = None, hint: str | None = None) -> RegisterError:
        """An error about this row."""
        return RegisterError(problem, source=self.file, place=f"rad {self.number}", value=value, hint=hint)

    def need(self, column: str) -> str:
        """The cell, which must not be empty."""
        if not self[column]:
            raise self.error(f"kolumnen {column} är tom")
        return self[column]

    def day(self, column: str) -> datetime.date:
        """The cell as a date."""
        try:
            return datetime.date.fromisoformat(self.need(column))
        except ValueError:
            raise self.error("oläsligt datum", self[column], "skriv det som 2025-04-01") from None

    def whole(self, column: str) -> int:
        """The cell as a whole number of at least 1."""
        text = self.need(column).replace("\u00a0", "").replace(" ", "")
        if not (text.isascii() and text.isdigit() and int(text) > 0):
            raise self.error(f"kolumnen {column} är inget positivt heltal", self[column])
        return int(text)

    def share(self, column: str) -> float | None:
        """The cell as a share, above 0 and at most 1; None where it is empty."""
        if not self[column]:
            return None
        try:
            number = float(self[column].replace(",", "."))
        except ValueError:
            number = -1.0
        if not 0 < number <= 1:
            hint = "skriv ett tal över 0 och högst 1, till exempel 0.4"
            raise self.error("oläslig andel", self[column], hint)
        return number


def register_folder() -> Path:
    """The folder that holds ``units.csv``.

    That named by the environment variable, else that of the workbook that the command or notebook runs in,
    else that beside the package. Where there is none, the workbook's ``data/``, and the register is empty:
    every unit that is read then raises a finding.
    """
    named = os.environ.get(ENVIRONMENT)
    if named:
        return Path(named)
    here = Path().resolve()
    places = [*(folder / "data" for folder in (here, *here.parents)), _BESIDE]  # a notebook is in notebooks/
    return next((folder for folder in places if (folder / "units.csv").is_file()), places[0])


def stamp(folder: Path) -> tuple[tuple[int, int], ...]:
    """Changes when a file of the register does."""
    return tuple(_stamp(folder / f"{name}.csv") for name in COLUMNS)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def lines(folder: Path, name: str) -> list[Line]:
    """Rows of one file; none where there is no file.

    Raises
    ------
    RegisterError
        When the file cannot be read, or its columns are not those that it should have.
    """
    path = folder / f"{name}.csv"
    if not path.is_file():
        return []
    return list(_lines(_text(path), f"{folder.name}/{path.name}", COLUMNS[name]))


def _text(path: Path) -> str:
    source = f"{path.parent.name}/{path.name}"
    try:
        return decoded(path.read_bytes())
    except UnicodeDecodeError:
        hint = "spara den som CSV UTF-8"
        raise RegisterError("filen är varken UTF-8 eller Windows-text", source=source, hint=hint) from None
    except OSError as error:
        raise RegisterError("filen går inte att läsa", source=source, value=error.strerror) from error


def _lines(text: str, file: str, columns: tuple[str, ...]) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        _check_header(header, file, columns)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _line(cells, header, file, reader.line_num)
    except csv.Error as error:
        place = f"rad {reader.line_num}"
        raise RegisterError("trasiga citattecken", source=file, place=place, value=str(error)) from None


def _check_header(header: list[str], file: str, columns: tuple[str, ...]) -> None:
    if sorted(header) == sorted(columns):
        return
    hint = f"den första raden ska vara {','.join(columns)}"
    raise RegisterError("fel kolumner", source=file, place="rad 1", value=",".join(header), hint=hint)


def _line(cells: list[str], header: list[str], file: str, number: int) -> Line:
    if len(cells) != len(header):
        raise RegisterError(
            "raden har fel antal kolumner",
            source=file,
            place=f"rad {number}",
            hint="sätt citattecken runt text som innehåller kommatecken",
        )
    for cell in filter(broken, cells):
        raise RegisterError("tecken som har förstörts", source=file, place=f"rad {number}", value=cell,
                            hint="spara den som CSV UTF-8")  # fmt: skip
    return Line(
        file, number, {name: " ".join(cell.split()) for name, cell in zip(header, cells, strict=True)}
    )
