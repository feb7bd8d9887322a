"""CSV files that people write, as rows that know where they stand: whatever is wrong names file and row."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vbdata.errors import VbdataError

_SAVE = "spara den som CSV UTF-8"
#: A letter that a program has saved in another encoding: never in a Swedish word.
_BROKEN = re.compile("\ufffd|Ã[\x80-\xbf¥¤¶…„–]|[\x00-\x08\x0b-\x1f]")
Stamp = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file, what it is called for people, the columns that it has to have, and the kind of its errors."""

    path: Path
    called: str
    columns: tuple[str, ...]
    kind: type[VbdataError]

    def error(
        self, problem: str, number: int | None = None, value: str | None = None, hint: str | None = None
    ) -> VbdataError:
        """An error about the file, or a row of it."""
        place = None if number is None else f"rad {number}"
        return self.kind(problem, source=self.called, place=place, value=value, hint=hint)

    def lines(self) -> Iterator[Line]:
        """Its rows; blank ones are passed by.

        Raises
        ------
        VbdataError
            Of the file's kind: when it cannot be read, its columns are not those that it should have, or a
            row has a cell too many or too few.
        """
        text = self._text()
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
        before = 0
        try:
            header = [cell.strip() for cell in next(reader, [])]
            if sorted(header) != sorted(self.columns):
                hint = f"den första raden ska vara {','.join(self.columns)}"
                raise self.error("fel kolumner", 1, " ".join(",".join(header).split()), hint)
            before = reader.line_num
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield self._line(header, cells, before + 1)
                before = reader.line_num
        except csv.Error:
            hint = "varje citattecken runt en text ska ha sin make"
            raise self.error("trasiga citattecken", before + 1, hint=hint) from None

    def _text(self) -> str:
        try:
            return decoded(self.path.read_bytes())
        except UnicodeDecodeError:
            raise self.error("filen är varken UTF-8 eller Windows-text", hint=_SAVE) from None
        except FileNotFoundError:
            raise self.error("filen saknas", hint="lägg tillbaka den") from None
        except OSError as error:
            raise self.error("filen går inte att läsa", value=error.strerror) from error

    def _line(self, header: list[str], cells: list[str], number: int) -> Line:
        if len(cells) != len(header):
            hint = "sätt citattecken runt text som innehåller kommatecken"
            raise self.error("raden har fel antal kolumner", number, hint=hint)
        for cell in cells:
            if _BROKEN.search(cell):
                raise self.error("tecken som har förstörts", number, _BROKEN.sub("\ufffd", cell), _SAVE)
        return Line(self, number, dict(zip(header, cells, strict=True)))


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file: cells by column, as they stand there."""

    file: File
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def error(self, problem: str, value: str | None = None, hint: str | None = None) -> VbdataError:
        """An error about this row."""
        return self.file.error(problem, self.number, value, hint)

    def alone(self, seen: dict[Any, Line], mark: object, problem: str, value: str | None = None) -> None:
        """See that no row before this one has its mark; `problem` is said with the number of one that has."""
        first = seen.setdefault(mark, self)
        if first is not self:
            raise self.error(f"{problem} på rad {first.number}", value)

    def need(self, column: str) -> str:
        """The cell, which must not be empty."""
        if not self[column].strip():
            raise self.error(f"kolumnen {column} är tom")
        return self[column]

    def whole(self, column: str) -> int:
        """The cell as a whole number of at least 1."""
        text = re.sub(r"\s", "", self.need(column))
        if not (text.isascii() and text.isdigit() and int(text) > 0):
            raise self.error(f"kolumnen {column} är inget positivt heltal", self[column])
        return int(text)

    def day(self, column: str) -> datetime.date:
        """The cell as a date."""
        try:
            return datetime.date.fromisoformat(self.need(column))
        except ValueError:
            raise self.error("oläsligt datum", self[column], "skriv det som 2025-04-01") from None

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


def decoded(content: bytes) -> str:
    """A file's text: UTF-8, or Windows' Western letters, as Excel saves a CSV file.

    Raises
    ------
    UnicodeDecodeError
        When it is neither.

    Examples
    --------
    >>> decoded("å;ä".encode("cp1252")), decoded("\ufeffö".encode())
    ('å;ä', 'ö')
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in content:
            raise
        return content.decode("cp1252")


def delimiter(text: str) -> str:
    """What stands between the columns of a CSV file, by its first line: comma, semicolon or tab.

    >>> delimiter("a,b"), delimiter("a;b,c;d"), delimiter("a")
    (',', ';', ',')
    """
    header = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=header.count)


def stamp(paths: Iterable[Path]) -> Stamp:
    """Changes when one of the files does."""
    return tuple(_stamp(path) for path in paths)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size
