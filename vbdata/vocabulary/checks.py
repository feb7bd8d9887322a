"""What must hold in the vocabulary before anything is read by it; the first row that breaks it is named.

`SHAPES` says of each file what its cells hold, `check` goes through them. What only the program can know,
such as which columns a table has, is checked where that is known (`vbdata.ingest.preflight`).
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from vbdata.vocabulary import files
from vbdata.vocabulary.files import COLUMNS
from vbdata.vocabulary.spelling import key
from vbdata.vocabulary.written import Line

_TOKEN = re.compile(r"[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*")
_GOAL_CODE = re.compile(r"\d+(?:\.\d+)*")
Files = Mapping[str, list[Line]]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the cells of a file hold.

    Attributes
    ----------
    unique
        Columns that no two rows have alike.
    filled, whole
        Columns that may not be empty; that hold a whole number from 1.
    tokens
        Columns of codes: letters without accents, digits, ``_`` and ``-``.
    refers
        Column → the file and column that must have its value, where it has one.
    labels
        Column → the domain of labels.csv that must have it as a code.
    printed
        Columns with what is printed, the canonical one first; a print may belong to one entry only.
    entry, within
        What an entry is, and the columns within which its prints must be its own.
    """

    unique: tuple[str, ...]
    filled: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    refers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    printed: tuple[str, ...] = ()
    entry: str = "code"
    within: tuple[str, ...] = ()


SHAPES: dict[str, Shape] = {
    "caveats": Shape(("code",), filled=("title", "text"), tokens=("code",)),
    "complaint_categories": Shape(
        ("template", "group", "category"), filled=("template", "group", "category"), whole=("order",),
        refers={"concept": ("concepts", "code")}, printed=("category", "printed"), entry="category",
        within=("template", "group"),
    ),
    "complaint_groups": Shape(
        ("template", "group"), filled=("facet", "group"), whole=("order",), tokens=("template",),
        refers={"facet": ("facets", "code")}, printed=("group", "printed"), entry="group",
        within=("template",),
    ),
    "complaint_questions": Shape(
        ("question",), filled=("label", "singular", "plural"), tokens=("question", "series"),
        refers={"facet": ("facets", "code"), "concept": ("concepts", "code")},
    ),
    "complaint_shares": Shape(
        ("template", "concept"), filled=("concept",), tokens=("template",),
        refers={"template": ("complaint_groups", "template"), "concept": ("concepts", "code"),
                "question": ("complaint_questions", "question")},
    ),
    "concepts": Shape(("code",), filled=("label",), tokens=("code",)),
    "facets": Shape(("code",), filled=("label", "noun_singular", "noun_plural"), tokens=("code",)),
    "filler_words": Shape(("word",), filled=("word",)),
    "finding_responses": Shape(
        ("code",), filled=("response",), tokens=("code",), refers={"code": ("findings", "code")},
        labels={"response": "response"},
    ),
    "findings": Shape(
        ("code",), filled=("severity", "gravity", "label", "message"), whole=("gravity",), tokens=("code",),
        refers={"code": ("finding_responses", "code")}, labels={"severity": "severity"},
    ),
    "goals": Shape(("code",), filled=("code", "level", "title"), refers={"level": ("levels", "code")}),
    "indicators": Shape(
        ("indicator_id",), filled=("name",), tokens=("indicator_id",), labels={"better": "better"},
        printed=("name", "printed"), entry="indicator_id",
    ),
    "labels": Shape(("domain", "code"), filled=("label",), tokens=("domain", "code")),
    "layouts": Shape(
        ("layout", "field"), filled=("header",), whole=("position",), tokens=("layout", "table", "field"),
        printed=("header", "printed"), entry="field", within=("layout",),
    ),
    "levels": Shape(
        ("code",), filled=("label", "prefix"), whole=("rank",), tokens=("code",),
        printed=("prefix", "printed"),
    ),
    "measure_units": Shape(("measure_unit", "factor"), filled=("words",), whole=("factor",)),
    "misprints": Shape(("printed",), filled=("printed", "correct")),
    "person_words": Shape(("kind", "words"), filled=("source", "words"), tokens=("kind",)),
    "phrases": Shape(("use",), filled=("phrases",), tokens=("use",)),
    "quantity_words": Shape(("use",), filled=("words",), tokens=("use",)),
    "sections": Shape(
        ("code",), filled=("label", "ends_goals"), tokens=("code",), printed=("label", "printed")
    ),
    "statuses": Shape(
        ("code",), filled=("label", "short"), tokens=("code",), printed=("label", "printed")
    ),
    "surveys": Shape(("code",), filled=("label",), tokens=("code",), printed=("label", "printed")),
    "target_rules": Shape(("code",), filled=("label",), tokens=("code",), printed=("label", "printed")),
    "text_stems": Shape(("use",), filled=("stems",), tokens=("use",)),
    "trades": Shape(("trade",), filled=("names", "people", "places"), tokens=("trade",)),
    "unit_phrases": Shape(("use",), filled=("phrases",), tokens=("use",)),
}  # fmt: skip


def check(folder: Path | None = None) -> None:
    """Check every file, against itself and the others; once for as long as no file changes.

    Raises
    ------
    VocabularyError
        With file, row, value and hint, for the first thing that is wrong.
    """
    place = folder or files.FOLDER
    _checked(place, files.stamp(place))


@lru_cache(maxsize=8)
def _checked(folder: Path, _stamp: tuple[tuple[int, int], ...]) -> None:
    read = {name: files.lines(name, folder) for name in COLUMNS}
    for name, shape in SHAPES.items():
        for line in read[name]:
            _check_cells(line, shape)
        _check_unique(read[name], shape.unique)
        _check_printed(read[name], shape)
    for name, shape in SHAPES.items():  # when each is right by itself, so that the one that is wrong is named
        for line in read[name]:
            _check_references(line, shape, read)
    for rule in _RULES:
        rule(read)


# Any file


def _check_cells(line: Line, shape: Shape) -> None:
    for column in (*shape.filled, *shape.tokens, *shape.whole):
        line.need(column)
    for column in shape.tokens:
        if not _TOKEN.fullmatch(line[column]):
            hint = "koder skrivs med a–z, siffror och _"
            raise line.error(f"kolumnen {column} är ingen kod", line[column], hint)
    for column in shape.whole:
        line.whole(column)


def _check_references(line: Line, shape: Shape, read: Files) -> None:
    for column, (file, other) in shape.refers.items():
        _check_known(line, column, {each[other] for each in read[file]}, file)
    for column, domain in shape.labels.items():
        known = {each["code"] for each in read["labels"] if each["domain"] == domain}
        _check_known(line, column, known, "labels")


def _check_known(line: Line, column: str, known: set[str], file: str) -> None:
    if line[column] and line[column] not in known:
        few = ", ".join(sorted(known)) if len(known) < 8 else ""
        hint = f"de som finns är {few}" if few else f"lägg till den i vocabulary/{file}.csv, eller rätta den"
        raise line.error(f"okänt värde i kolumnen {column}", line[column], hint)


def _check_unique(lines: Iterable[Line], columns: tuple[str, ...]) -> None:
    seen: dict[tuple[str, ...], Line] = {}
    for line in lines:
        mark = [line[column] for column in columns]
        line.alone(seen, tuple(mark), "står också", " ".join(mark))


def _check_printed(lines: Iterable[Line], shape: Shape) -> None:
    """No two entries are printed alike: the second could never be found."""
    owners: dict[tuple[str, ...], Line] = {}
    for line in lines:
        for text in prints(line, shape):
            if not key(text):
                raise line.error("benämningen har varken bokstäver eller siffror", text)
            first = owners.setdefault((*(line[column] for column in shape.within), key(text)), line)
            if first[shape.entry] != line[shape.entry]:
                hint = f"{first[shape.entry]} på rad {first.number} har den redan; den kan bara betyda ett"
                raise line.error("benämningen är upptagen", text, hint)


def prints(line: Line, shape: Shape) -> Iterator[str]:
    """What a row's entry is printed as."""
    for column in shape.printed:
        yield from (text for text in line[column].split("|") if text)


# One file


def _check_ranks(read: Files) -> None:
    _check_unique(read["levels"], ("rank",))


def _check_goal_codes(read: Files) -> None:
    for line in read["goals"]:
        if not _GOAL_CODE.fullmatch(line["code"]):
            raise line.error(
                "målets nummer är inga siffror med punkt", line["code"], "till exempel 2 eller 2.4"
            )


def _check_sections(read: Files) -> None:
    for line in read["sections"]:
        if line["ends_goals"] not in ("yes", "no"):
            raise line.error("kolumnen ends_goals är varken yes eller no", line["ends_goals"])


def _check_messages(read: Files) -> None:
    """Messages name the words that they are given, and nothing else within braces."""
    for line in read["findings"]:
        if line["gravity"] not in ("1", "2", "3", "4"):
            raise line.error("kolumnen gravity är inget av talen 1–4", line["gravity"])
        for column in ("message", "action"):
            try:
                parts = list(string.Formatter().parse(line[column]))
            except ValueError:
                raise line.error("klammer utan sin make", line[column], "ord skrivs {så}") from None
            for _, name, how, conversion in parts:
                if name is not None and (not name.isidentifier() or how or conversion):
                    raise line.error("ordet inom klammer är inget ord", f"{{{name}}}", "skriv {ett_ord}")


def _check_layouts(read: Files) -> None:
    tables: dict[str, Line] = {}
    columns: dict[str, list[Line]] = {}
    for line in read["layouts"]:
        first = tables.setdefault(line["layout"], line)
        if first["table"] != line["table"]:
            raise line.error(f"layouten är {first['table']} på rad {first.number}", line["table"])
        columns.setdefault(line["layout"], []).append(line)
    seen: dict[tuple[str, ...], Line] = {}
    for rows in columns.values():
        for number, line in enumerate(rows, start=1):
            if int(line["position"]) != number:
                raise line.error(
                    f"kolumnen position är inte {number}", line["position"], "skriv dem i ordning"
                )
        titles = (rows[0]["table"], *(key(line["header"]) for line in rows))
        other = seen.setdefault(titles, rows[0])
        if other is not rows[0]:
            hint = f"den kan aldrig väljas: {other['layout']} på rad {other.number} har samma rubriker"
            raise rows[0].error("layouten står redan", rows[0]["layout"], hint)


def _check_forms(read: Files) -> None:
    """Forms have the same years everywhere, and every category stands in a group of its form."""
    groups = {(line["template"], line["group"]) for line in read["complaint_groups"]}
    for line in read["complaint_categories"]:
        if (line["template"], line["group"]) not in groups:
            hint = "lägg till gruppen i vocabulary/complaint_groups.csv"
            raise line.error("okänd grupp", line["group"], hint)
    years = {template for template, _ in groups}
    for line in read["layouts"]:
        if line["table"] == "complaints" and line["layout"].rsplit("_", 1)[-1] not in years:
            hint = "namnet slutar i blankettens år, som ska stå i vocabulary/complaint_groups.csv"
            raise line.error("okänd blankett", line["layout"], hint)


def _check_questions(read: Files) -> None:
    for line in read["complaint_questions"]:
        if bool(line["facet"]) == bool(line["concept"]):
            raise line.error("frågan ska ha antingen facet eller concept", line["question"])
    for line in read["complaint_shares"]:
        if not line["question"] and not line["reason"]:
            raise line.error("andelen har varken fråga eller skäl", line["concept"])


def _check_surveys(read: Files) -> None:
    known = {line["indicator_id"] for line in read["indicators"]}
    for line in read["surveys"]:
        for indicator in filter(None, line["indicators"].split("|")):
            if indicator not in known:
                raise line.error(
                    "okänd indikator", indicator, "indikatorerna står i vocabulary/indicators.csv"
                )


_RULES: tuple[Callable[[Files], None], ...] = (
    _check_ranks, _check_goal_codes, _check_sections, _check_messages, _check_layouts, _check_forms,
    _check_questions, _check_surveys,
)  # fmt: skip
