"""A report as printed parts in reading order: what every dialect and file format is written from.

`parts(report)` lays the records out as the city's planning system does: cover, contents, summary, goal tree
with statuses, text and tables, economy, quality work, complaint form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vbdata import vocabulary
from vbdata.parse.records import Activity, Cover, Goal, Indicator, Passage, Report
from vbdata.sample.world import TITLES


@dataclass(frozen=True, slots=True)
class CoverPart:
    """The cover; `long_title` is the form "Verksamhetsberättelse VB 2025 för X"."""

    cover: Cover
    long_title: bool = False


@dataclass(frozen=True, slots=True)
class ContentsPart:
    """The table of contents: (text, page, strong) per entry."""

    entries: tuple[tuple[str, int, bool], ...]


@dataclass(frozen=True, slots=True)
class HeadingPart:
    """A heading. `role` is ``chapter``, ``section``, a goal level, or ``sub`` for a section of a goal."""

    text: str
    role: str


@dataclass(frozen=True, slots=True)
class StatusPart:
    """A status line: the words, a mark before them, and what follows them on the line.

    Where `mark` is missing, the dialect chooses its own; an empty one is none. Word and PDF show a symbol in
    the colour of the status `icon` instead; without one, in the colour that the words mean.
    """

    words: str
    mark: str | None = None
    after: str = ""
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class TextPart:
    """A paragraph, or a list item."""

    text: str
    item: bool = False


@dataclass(frozen=True, slots=True)
class RowPart:
    """One printed table row.

    `kind` is ``row``, ``head`` (the header again after a page break), ``analysis`` (the Analys row, its text
    in the only cell), ``analysis_rest`` (its text after a page break) or ``rest`` (cells that go on there).
    `mark` is the tick before an activity; `icon` the indicator's status code, which Word and PDF show as a
    coloured symbol.
    """

    cells: tuple[str, ...]
    kind: str = "row"
    mark: str = ""
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class TablePart:
    """A table with its header; `icons` is the number of extra columns on the left that hold icons."""

    table: str
    header: tuple[str, ...]
    rows: tuple[RowPart, ...]
    icons: int = 0


@dataclass(frozen=True, slots=True)
class Style:
    """How pages show: switched by traps.

    Attributes
    ----------
    page_heads
        Page heads, feet and page numbers stand between the lines.
    cut_paragraphs
        A paragraph at the end of a page is cut in two.
    contents_repeat
        The contents list every goal heading, not only those of the council.
    """

    page_heads: bool = False
    cut_paragraphs: bool = False
    contents_repeat: bool = False


Part = CoverPart | ContentsPart | HeadingPart | StatusPart | TextPart | TablePart

_PREFIX = {level.code: level.prefix for level in vocabulary.levels()}
_MARKS = {"met": "●", "partly_met": "▲", "not_met": "■", "no_data": "—"}
#: Where a word is broken inside a narrow cell; each dialect prints it in its own way.
BREAK = "\x02"
#: Stands for the number of pages until it is known.
TOTAL = "\x03"
_OFFICE = "Björkvik-Tallåsens stadsdelsförvaltning"
#: Depth of a heading by its role, from 1.
DEPTHS = {"chapter": 1, "section": 2, "direction": 2, "area": 3, "board": 4, "unit": 5, "sub": 6}
#: Widths of the columns in per cent, by table and number of columns.
WIDTHS = {
    ("indicators", 8): (32, 10, 9, 9, 10, 10, 11, 9),
    ("indicators", 4): (52, 14, 20, 14),
    ("activities", 4): (55, 15, 15, 15),
    ("activities", 3): (66, 17, 17),
    ("complaints", 7): (20, 30, 8, 8, 8, 9, 17),
}


class Printer:
    """What prints parts one by one: `cover`, `contents`, `heading`, `status`, `text`, `table` take theirs."""

    def part(self, part: Part) -> None:
        kind = type(part).__name__.removesuffix("Part").lower()
        getattr(self, kind)(part)


def cover_words(part: CoverPart) -> tuple[str, str]:
    """The title's two lines: what it is, and whose."""
    cover = part.cover
    word = TITLES[cover.kind]
    if part.long_title:
        return f"{word.split()[0]} {cover.kind} {cover.year} för {cover.unit_name}", ""
    return f"{word} {cover.year}", f"Enheten {cover.unit_name}"


def head_lines(part: CoverPart, variant: int, page: int) -> list[str]:
    """A page's foot and the next page's head, in one of four ways to set them."""
    word, unit = cover_words(CoverPart(part.cover))
    kind = word.split()[0]
    return [
        [f"{unit}, {kind} {page}({TOTAL})"],
        [f"Sida {page} av {TOTAL}", word, unit],
        [_OFFICE, str(page)],
        [f"{kind} {part.cover.year}", f"{part.cover.unit_name}", f"Sid {page} ({TOTAL})"],
    ][variant]


def rows_spanned(rows: Sequence[RowPart], number: int) -> int:
    """How many rows of a form the group's cell of a row spans; 0 where a cell above spans it."""
    if not rows[number].cells[0] and number and rows[number - 1].kind != "head":
        return 0
    ends = (i for i in range(number + 1, len(rows)) if rows[i].kind == "head" or rows[i].cells[0])
    return next(ends, len(rows)) - number


def goal_line(goal: Goal) -> str:
    """The heading of a goal as printed: prefix, code, title."""
    code = f"{goal.code}{'.' if goal.level == 'direction' else ''} " if goal.code else ""
    return f"{_PREFIX[goal.level]} {code}{goal.title_raw}"


def parts(report: Report, *, long_title: bool = False, contents_repeat: bool = False) -> tuple[Part, ...]:
    """All parts of a report in reading order."""
    body = (*_front(report), *_tree(report), *_back(report))
    return (CoverPart(report.cover, long_title), _contents(body, contents_repeat), *body)


def _texts(passage: Passage) -> list[Part]:
    lines = passage.text.split("\n")
    return [TextPart(line.removeprefix("- "), line.startswith("- ")) for line in lines]


def _section(report: Report, passage: Passage, role: str) -> list[Part]:
    return [HeadingPart(passage.heading, role), *_texts(passage)]


def _front(report: Report) -> list[Part]:
    found: list[Part] = []
    chapters = {"summary", "introduction"}
    for passage in report.passages:
        if passage.goal is None and passage.section in (
            *chapters,
            "quality_development",
            "competence",
            "participation",
        ):
            found += _section(report, passage, "chapter" if passage.section in chapters else "section")
    return found


def _tree(report: Report) -> list[Part]:
    found: list[Part] = []
    if report.cover.kind != "VP":
        found.append(HeadingPart("Uppföljning av Kommunfullmäktiges inriktningsmål", "chapter"))
    for goal in report.goals:
        found.append(HeadingPart(goal_line(goal), goal.level))
        if goal.status_raw:
            found.append(StatusPart(goal.status_raw))
        for passage in report.passages:
            if passage.goal == goal.position:
                found += _section(report, passage, "sub")
        found += _tables(report, goal.position)
    return found


def status_code(words: str) -> str | None:
    """The code of a status as printed, which may be misspelt."""
    match = vocabulary.status_index().find(words)
    return match.entry.code if match.entry else None


def status_mark(words: str) -> str:
    """The symbol that stands for a status where a converter keeps one."""
    code = status_code(words)
    return _MARKS[code] if code else ""


def _tables(report: Report, goal: int) -> list[Part]:
    found: list[Part] = []
    rows = [row for i in report.indicators if i.goal == goal for row in _indicator_rows(report, i)]
    if rows:
        found.append(TablePart("indicators", _header(report, "indicators"), tuple(rows)))
    rows = [row for a in report.activities if a.goal == goal for row in _activity_rows(report, a)]
    if rows:
        found.append(TablePart("activities", _header(report, "activities"), tuple(rows)))
    return found


def _analysis(text: str | None) -> list[RowPart]:
    return [] if text is None else [RowPart((text,), "analysis")]


def _indicator_rows(report: Report, row: Indicator) -> list[RowPart]:
    plan = (row.name_raw, row.target_raw, row.council_target_raw, row.period_raw)
    outcome = (
        row.name_raw,
        row.value_raw,
        row.value_men_raw,
        row.value_women_raw,
        row.value_previous_raw,
        *plan[1:],
    )
    icon = None if report.cover.kind == "VP" else attainment(row)
    return [RowPart(plan if report.cover.kind == "VP" else outcome, icon=icon), *_analysis(row.analysis)]


def attainment(row: Indicator) -> str:
    """Colour of an indicator's icon: the outcome against the unit's own target."""
    entry = vocabulary.indicator_index().exact(row.name_raw)
    value, target = number(row.value_raw), number(row.target_raw)
    if value is None or target is None or entry is None:
        return "no_data"
    short = value - target if entry.better == "lower" else target - value
    return "met" if short <= 0 else "partly_met" if short < 0.1 * target else "not_met"


def number(text: str) -> float | None:
    """The number that a cell begins with."""
    found = re.match(r"\d+(?:,\d+)?", text)
    return float(found[0].replace(",", ".")) if found else None


def _activity_rows(report: Report, row: Activity) -> list[RowPart]:
    cells = (row.title_raw, row.start_raw, row.end_raw, row.deviation_raw)
    cut = cells[:3] if report.cover.kind == "VP" else cells
    return [RowPart(cut, mark=row.mark_raw), *_analysis(row.analysis)]


def _header(report: Report, table: str) -> tuple[str, ...]:
    """The header cells of a table as the form of the report's year prints them."""
    year, plan = report.cover.year, report.cover.kind == "VP"
    code = f"complaints_{report.template}" if table == "complaints" else f"{table}_{'vp' if plan else 'vb'}"
    labels = {f: printed[0] for lay in vocabulary.layouts() if lay.code == code for f, printed in lay.columns}
    if table == "indicators":
        labels |= (
            {"council_target": f"KF:s årsmål år {year}"}
            if plan
            else {"value_previous": f"Utfall VB {year - 1}"}
        )
    if table == "complaints" and report.template == "2025":
        labels = {
            f: f"{text} {year}" if f in ("t1", "t2", "vb", "total") else text for f, text in labels.items()
        }
    return tuple(labels.values())


def _back(report: Report) -> list[Part]:
    plan = report.cover.kind == "VP"
    found: list[Part] = [
        HeadingPart("Redovisning av ekonomi" if plan else "Uppföljning av ekonomi", "chapter")
    ]
    sections = ["budget"] if plan else ["economy_analysis", "investments", "premises", "other"]
    labels = {s.code: s.label for s in vocabulary.sections()}
    for code in sections:
        label = f"Budget {report.cover.year}" if code == "budget" else labels[code]
        found.append(HeadingPart(label, "section"))
        found += _loose(report, code)
    found.append(HeadingPart(labels["quality"], "chapter"))
    found += _loose(report, "quality")
    if _loose(report, "agenda_2030"):
        found += [HeadingPart(labels["agenda_2030"], "section"), *_loose(report, "agenda_2030")]
    if report.has_complaint_form:
        found.append(HeadingPart(labels["complaints"], "section"))
        found.append(TablePart("complaints", _header(report, "complaints"), tuple(_complaint_rows(report))))
    return found


def _loose(report: Report, section: str) -> list[Part]:
    return [part for p in report.passages if p.goal is None and p.section == section for part in _texts(p)]


def _complaint_rows(report: Report) -> list[RowPart]:
    rows: list[RowPart] = []
    above = None
    for row in report.complaints:
        group = "" if row.group_raw == above else row.group_raw
        above = row.group_raw
        cells = (row.t1_raw, row.t2_raw, row.vb_raw, row.total_raw, row.comment_raw)
        rows.append(RowPart((group, row.category_raw, *cells)))
    return rows


def _contents(body: tuple[Part, ...], every_goal: bool) -> ContentsPart:
    roles = {"chapter", "section", "direction", "area"} | ({"board", "unit"} if every_goal else set())
    entries: list[tuple[str, int, bool]] = []
    size = 0
    for part in body:
        if (
            isinstance(part, HeadingPart)
            and part.role in roles
            and not (part.role == "section" and not entries[1:])
        ):
            entries.append((part.text, 3 + size // 2600, part.role == "chapter"))
        size += 120 if not isinstance(part, TextPart) else len(part.text)
    return ContentsPart(tuple(entries))
