"""The vocabulary's CSV files, with the columns of each; whatever is wrong names file and row."""

from __future__ import annotations

from pathlib import Path

from vbdata.errors import VocabularyError
from vbdata.vocabulary import written
from vbdata.vocabulary.written import File, Line

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


def file(name: str, folder: Path | None = None) -> File:
    """``vocabulary/<name>.csv``."""
    path = (folder or FOLDER) / f"{name}.csv"
    return File(path, f"vocabulary/{name}.csv", COLUMNS[name], VocabularyError)


def rows(name: str) -> list[dict[str, str]]:
    """Rows of ``vocabulary/<name>.csv``, as `lines` reads them."""
    return [line.cells for line in lines(name)]


def lines(name: str, folder: Path | None = None) -> list[Line]:
    """Rows of one file, whose cells have no line breaks.

    Raises
    ------
    VocabularyError
        As `File.lines`.
    """
    found = list(file(name, folder).lines())
    for line in found:
        for cell in line.cells.values():
            if "\n" in cell or "\r" in cell:
                hint = "är ett citattecken kvar utan sin make?"
                raise line.error("cellen går över flera rader", cell.split("\n")[0].strip(), hint)
    return found


def stamp(folder: Path) -> written.Stamp:
    """Changes when one of the files does."""
    return written.stamp(folder / f"{name}.csv" for name in COLUMNS)
