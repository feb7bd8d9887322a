"""The vocabulary's CSV files as text, with their rows' numbers; whatever is wrong names file and row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vbdata.errors import VocabularyError

#: Where the files are.
FOLDER = Path(__file__).resolve().parent
#: Each file and its columns; a file or column that is added is added here.
COLUMNS: dict[str, tuple[str, ...]] = {
    "caveats": ("code", "title", "text"),
    "complaint_categories": ("template", "group", "order", "category", "concept", "printed"),
    "complaint_groups": ("template", "order", "facet", "group", "printed"),
    "complaint_questions": ("question", "series", "facet", "concept", "label", "singular", "plural"),
    "complaint_shares": ("template", "concept", "question", "reason"),
    "concepts": ("code", "label"),
    "facets": ("code", "label", "noun_singular", "noun_plural"),
    "filler_words": ("word", "reason"),
    "finding_responses": ("code", "response"),
    "findings": ("code", "severity", "gravity", "label", "message", "action"),
    "goals": ("code", "level", "title"),
    "indicators": ("indicator_id", "name", "measure_unit", "better", "printed"),
    "labels": ("domain", "code", "label", "short"),
    "layouts": ("layout", "table", "position", "field", "header", "printed"),
    "levels": ("code", "label", "prefix", "rank", "printed"),
    "measure_units": ("measure_unit", "factor", "words"),
    "misprints": ("printed", "correct", "reason"),
    "person_words": ("kind", "source", "words"),
    "phrases": ("use", "meaning", "phrases"),
    "quantity_words": ("use", "meaning", "words"),
    "sections": ("code", "label", "ends_goals", "printed"),
    "statuses": ("code", "label", "short", "printed"),
    "surveys": ("code", "label", "printed", "indicators"),
    "target_rules": ("code", "label", "printed"),
    "text_stems": ("use", "meaning", "stems"),
    "trades": ("trade", "names", "people", "places"),
    "unit_phrases": ("use", "meaning", "phrases"),
}
_EDITOR = "spara den som UTF-8, i en textredigerare och inte i Excel"
#: A letter that a program has saved in another encoding: never in a Swedish word.
_BROKEN = re.compile("\ufffd|Ã[\x80-\xbf¥¤¶…„–]|[\x00-\x08\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file: cells by column, as they stand there."""

    file: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def error(self, problem: str, value: str | None = None, hint: str | None = None) -> VocabularyError:
        """An error about this row."""
        return error(self.file, problem, self.number, value, hint)


def error(
    file: str, problem: str, number: int | None = None, value: str | None = None, hint: str | None = None
) -> VocabularyError:
    """An error about a file, or a row of it."""
    place = None if number is None else f"rad {number}"
    return VocabularyError(problem, source=f"vocabulary/{file}.csv", place=place, value=value, hint=hint)


def rows(name: str) -> list[dict[str, str]]:
    """Rows of ``vocabulary/<name>.csv``, as `lines` reads them."""
    return [line.cells for line in lines(name)]


def lines(name: str, folder: Path | None = None) -> list[Line]:
    """Rows of one file; blank ones are passed by.

    Raises
    ------
    VocabularyError
        When the file cannot be read, its columns are not those that it should have, or a row has a cell too
        many or too few.
    """
    return list(_lines(name, _text(name, folder or FOLDER)))


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


def broken(cell: str) -> bool:
    """Whether a program has saved the cell in another encoding than it was written in."""
    return bool(_BROKEN.search(cell))


def delimiter(text: str) -> str:
    """What stands between the columns of a CSV file, by its first line: comma, semicolon or tab.

    >>> delimiter("a,b"), delimiter("a;b,c;d"), delimiter("a")
    (',', ';', ',')
    """
    header = text.lstrip().split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _text(name: str, folder: Path) -> str:
    try:
        return decoded((folder / f"{name}.csv").read_bytes())
    except UnicodeDecodeError:
        raise error(name, "filen är varken UTF-8 eller Windows-text", hint=_EDITOR) from None
    except FileNotFoundError:
        raise error(name, "filen saknas", hint="lägg tillbaka den") from None
    except OSError as cause:
        raise error(name, "filen går inte att läsa", value=cause.strerror) from None


def _lines(name: str, text: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    before = 0
    try:
        header = next(reader, [])
        _check_header(name, header)
        before = reader.line_num
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _line(name, header, cells, before + 1)
            before = reader.line_num
    except csv.Error:
        hint = "varje citattecken runt en text ska ha sin make"
        raise error(name, "trasiga citattecken", before + 1, hint=hint) from None


def _check_header(name: str, header: list[str]) -> None:
    wanted = COLUMNS[name]
    if sorted(header) == sorted(wanted):
        return
    hint = f"den första raden ska vara {','.join(wanted)}"
    raise error(name, "fel kolumner", 1, " ".join(",".join(header).split()), hint)


def _line(name: str, header: list[str], cells: list[str], number: int) -> Line:
    if len(cells) != len(header):
        hint = "sätt citattecken runt text som innehåller kommatecken"
        raise error(name, "raden har fel antal kolumner", number, hint=hint)
    for cell in cells:
        if "\n" in cell or "\r" in cell:
            hint = "är ett citattecken kvar utan sin make?"
            raise error(name, "cellen går över flera rader", number, cell.split("\n")[0].strip(), hint)
        if broken(cell):
            raise error(name, "tecken som har förstörts", number, _BROKEN.sub("\ufffd", cell), _EDITOR)
    return Line(name, number, dict(zip(header, cells, strict=True)))


def stamp(folder: Path) -> tuple[tuple[int, int], ...]:
    """Changes when one of the files does."""
    return tuple(_stamp(folder / f"{name}.csv") for name in COLUMNS)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size
