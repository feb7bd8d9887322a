"""Rows of a table as records: headers again, Analys rows, rows that a page break cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from vbdata.extract.document import Cell, Doubt, Icon, Place, Printed, Row, printed
from vbdata.extract.grammar import (
    ANALYSIS,
    COUNT,
    DATE,
    HANGS,
    HAS_VALUE,
    MARK,
    NUMBER_START,
    PERIOD,
    PERIOD_START,
    YEAR,
    ends_sentence,
    has_word,
    is_letterless,
    is_mark,
    parse_count,
    says_when,
    times_in,
)
from vbdata.extract.headers import COUNTS, Columns, columns_of
from vbdata.parse.layouts import fit
from vbdata.parse.lost import has_lost_columns, without_values
from vbdata.vocabulary import UNREAD, category_index, group_index, groups, indicator_index, indicators, key

_ANALYSIS_WORD = re.compile(r"^\s*Analys\s*:?\s*")
#: Text alone in a row that is longer than this is no part of a name.
_LONGEST_NAME = 160
VALUE_FIELDS = ("value", "value_men", "value_women", "value_previous", "target", "council_target")


@dataclass(slots=True)
class Fields:
    """One row under way: verbatim text per field; the rows after it may still add to it.

    `analysis_lines` are the printed lines of its Analys, `comment_lines` those of a comment of the form.
    """

    texts: dict[str, str]
    place: Place
    mark: str = ""
    icon: Icon | None = None
    analysis: list[str] = field(default_factory=list)
    in_analysis: bool = False
    analysis_lines: list[Printed] = field(default_factory=list)
    comment_lines: tuple[Printed, ...] = ()

    def say(self, text: str, lines: Sequence[Printed]) -> None:
        """Adds to the Analys."""
        self.analysis.append(text)
        self.analysis_lines.extend(lines)

    def joined_analysis(self) -> str | None:
        text = "\n".join(part for part in self.analysis if part).strip()
        return text or ("" if self.in_analysis else None)


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row's texts by field, its text where it has a single cell only, and the lines of that or its name."""

    texts: dict[str, str]
    alone: str | None
    lines: tuple[Printed, ...]


def _cells_of(row: Row, columns: Columns, main: str) -> _Cells:
    texts = fit(row, columns)
    filled = [i for i, cell in enumerate(row.cells) if has_word(cell.text)]
    if len(filled) != 1:
        return _Cells(texts, None, _lines_of(row.cells, texts.get(main, "")))
    alone = row.cells[filled[0]]
    if ANALYSIS.match(alone.text):
        return _Cells({}, alone.text.strip(), printed(alone))  # merged over the row, whatever column is first
    # A merged cell may start in the icon column; a cell alone in another column is no text of the row.
    leads = filled[0] <= columns.at.get(main, 0) or bool(texts.get(main))
    return _Cells(texts, alone.text.strip() if leads else None, printed(alone))


def _lines_of(cells: Sequence[Cell], text: str) -> tuple[Printed, ...]:
    """The printed lines of the cell that holds a text."""
    return next((printed(cell) for cell in cells if text and cell.text.strip() == text), ())


# ---------------------------------------------------------------------------------- indicators


def indicator_rows(
    rows: Sequence[Row], columns: Columns, before: Fields | None, doubts: list[Doubt]
) -> list[Fields]:
    """Indicator rows of a table; `before` is the row that a continued table goes on from."""
    reader = _IndicatorReader(columns, before, doubts)
    for row in rows:
        if not columns_of(row.texts):
            reader.take(row)
    return reader.finish()


class _IndicatorReader:
    """Rows of an indicator table one by one; each may start a row or go on with the one before it."""

    def __init__(self, columns: Columns, before: Fields | None, doubts: list[Doubt]) -> None:
        self.columns = columns
        self.doubts = doubts
        self.current = before
        self.half: Fields | None = None  # the first half of a name whose values stand in the next row
        self.half_lines: tuple[Printed, ...] = ()
        self.found: list[Fields] = []

    def take(self, row: Row) -> None:
        if has_lost_columns(row, self.columns):
            row = without_values(row, self.columns, self.doubts)
        cells = _cells_of(row, self.columns, "name")
        named = bool(cells.texts.get("name"))
        has_values = any(cells.texts.get(f) for f in (*VALUE_FIELDS, "period"))
        if cells.alone is not None and (named or not has_values):
            self._take_alone(row, cells, cells.alone)
        elif named or has_values:
            self._take_cells(row, cells.texts)

    def _take_alone(self, row: Row, cells: _Cells, text: str) -> None:
        """A row with one cell: Analys, the rest of a name or of an analysis, or half a name."""
        current = self.current
        if current and ANALYSIS.match(text):
            _start_analysis(current, text, cells.lines)
        elif current and _completes_name(current, text):
            current.texts["name"] += f" {text}"
        elif current and (current.in_analysis or len(text) > _LONGEST_NAME):
            current.say(text, cells.lines)
        elif self.half is None and _may_start_name(text):
            self.half = _new(row, cells.texts | {"name": text}, "name")
            self.half_lines = cells.lines
        elif current:
            current.say(text, cells.lines)

    def _take_cells(self, row: Row, texts: dict[str, str]) -> None:
        current = self.current
        alone = sum(map(bool, texts.values())) == 1  # "2025" of a "VB 2025" that wraps
        if current and not texts.get("name") and (alone or not _is_row(texts)):
            _continue_cells(current, texts)
            return
        fresh = _new(row, texts, "name")
        _mend_period(fresh, self.doubts)
        if self.half is not None:
            fresh, self.half = _with_half(self.half, fresh), None
        elif current and _is_rest(current, fresh):
            _continue_cells(current, fresh.texts)
            return
        self.current = fresh
        self.found.append(fresh)

    def finish(self) -> list[Fields]:
        if self.half is not None and self.current is not None:
            self.current.say(self.half.texts["name"], self.half_lines)
        return self.found


def _new(row: Row, texts: dict[str, str], main: str) -> Fields:
    text = texts.get(main, "")
    mark = MARK.match(text)
    if mark:
        texts = texts | {main: text[mark.end() :]}
    icon = next((cell.icon for cell in row.cells if cell.icon), None)
    leading = next((cell.text.strip() for cell in row.cells if cell.text.strip()), "")
    outside = leading if leading != text and is_mark(leading) else ""
    return Fields(texts, row.place, mark[1] if mark else outside, icon)


def _start_analysis(current: Fields, text: str, lines: Sequence[Printed]) -> None:
    current.in_analysis = True
    rest = ANALYSIS.sub("", text, count=1)
    if rest:
        first = _ANALYSIS_WORD.sub("", lines[0].text) if lines else ""
        current.say(rest, [*([Printed(first, lines[0].place)] if first else []), *lines[1:]])


def _completes_name(current: Fields, text: str) -> bool:
    """A row that holds the end of a name which the page break cut off."""
    name = current.texts.get("name", "")
    if indicator_index().find(name).entry or current.in_analysis:
        return False
    return bool(indicator_index().find(f"{name} {text}").entry) or name.count("(") > name.count(")")


def _may_start_name(text: str) -> bool:
    """The first half of a known name, whose values stand in the row after it."""
    start = key(text)
    return len(start) >= 8 and any(key(entry.name).startswith(start) for entry in indicators())


def _with_half(half: Fields, fresh: Fields) -> Fields:
    name = f"{half.texts['name']} {fresh.texts.get('name', '')}".strip()
    if (
        indicator_index().find(name).entry
        or fresh.texts.get("name", "")[:1].islower()
        or not fresh.texts.get("name")
    ):
        fresh = Fields(
            fresh.texts | {"name": name},
            half.place,
            half.mark or fresh.mark,
            half.icon or fresh.icon,
        )
    return fresh


def _is_row(texts: dict[str, str]) -> bool:
    return sum(bool(HAS_VALUE.search(texts.get(f, ""))) for f in VALUE_FIELDS) >= 2 or bool(
        PERIOD.match(texts.get("period", ""))
    )


def _is_rest(current: Fields, fresh: Fields) -> bool:
    """The rest of a row whose cells went on after a page break: words only, or a known whole name."""
    if _is_rest_of_period(current, fresh.texts) or _is_rest_of_cells(current, fresh.texts):
        return True
    if _is_row(fresh.texts):
        return False
    together = f"{current.texts.get('name', '')} {fresh.texts.get('name', '')}"
    known = indicator_index()
    return bool(known.find(together).entry) and not known.find(current.texts.get("name", "")).entry


def _is_rest_of_period(current: Fields, texts: dict[str, str]) -> bool:
    """The year of a "VB 2025" that wraps over rows, beside the rest of the name."""
    return (
        bool(PERIOD_START.fullmatch(current.texts.get("period", "").strip()))
        and bool(YEAR.fullmatch(texts.get("period", "").strip()))
        and not any(texts.get(name) for name in VALUE_FIELDS)
    )


def _is_rest_of_cells(current: Fields, texts: dict[str, str]) -> bool:
    """Lines of cells that wrap over rows: words without a number of their own, under cells that have one."""
    rest = [name for name in VALUE_FIELDS if texts.get(name)]
    return (
        bool(rest)
        and texts.get("name", "")[:1].islower()
        and not texts.get("period")
        and not any(NUMBER_START.match(texts[name]) or not current.texts.get(name) for name in rest)
    )


def _continue_cells(current: Fields, texts: dict[str, str]) -> None:
    for name, text in texts.items():
        if text:
            old = current.texts.get(name, "")
            current.texts[name] = f"{old} {text}".strip()


def _mend_period(row: Fields, doubts: list[Doubt]) -> None:
    """A period that stands in the column beside its own."""
    if row.texts.get("period"):
        return
    for name in ("council_target", "target"):
        text = row.texts.get(name, "")
        if PERIOD.match(text) and not re.fullmatch(r"\s*\d{1,3}\s*", text):
            row.texts[name], row.texts["period"] = "", text
            detail = f"”{row.texts.get('name', '')}”: perioden {text} står i kolumnen bredvid sin egen"
            doubts.append(Doubt("cell_moved", detail + ".", row.place))
            return


# ---------------------------------------------------------------------------------- activities


def activity_rows(
    rows: Sequence[Row], columns: Columns, before: Fields | None, doubts: list[Doubt]
) -> list[Fields]:
    """Activity rows of a table; what opens no row goes on from the row before it."""
    current = before
    found: list[Fields] = []
    for row in rows:
        if columns_of(row.texts):
            continue
        cells = _cells_of(row, columns, "title")
        text = cells.alone or cells.texts.get("title", "")
        dates = [cell for cell in row.texts if DATE.match(cell)]
        if dates or _tells_when(cells.texts):
            texts = _dated(row, cells.texts, dates, doubts)
            if current is not None and _ends_in(current, texts):
                _join_title(current, texts)
                continue
        elif times_in(text) > 1 and not ends_sentence(text):
            detail = f"”{text}”: raden har inte kunnat delas i titel och datum, så den är utelämnad."
            doubts.append(Doubt("columns_uncertain", detail, row.place))
            continue
        elif text and not ANALYSIS.match(text) and (current is None or _is_undated(current, text, cells)):
            texts = cells.texts | {"title": text}
        else:
            if current is not None:
                _doubt_undated(current, row, text, cells, doubts)
                _continue_activity(current, text, cells)
            continue
        current = _new(row, texts, "title")
        found.append(current)
    _doubt_marks(found, doubts)
    return found


def _doubt_marks(rows: Sequence[Fields], doubts: list[Doubt]) -> None:
    """One doubt for a table: whether an activity is ticked may be what a mark without a letter says."""
    unread = [row for row in rows if is_letterless(row.mark)]
    if unread:
        named = f"Märket före ”{unread[0].texts.get('title', '')}”"
        more = f" och {len(unread) - 1} till" if len(unread) > 1 else ""
        detail = f"{named}{more} går inte att läsa, så att det inte syns om aktiviteten är avbockad"
        doubts.append(Doubt("text_unreadable_character", f"{detail}.", unread[0].place))
    unread = [row for row in rows if is_letterless(row.texts.get("deviation", ""))]
    if unread:
        detail = f"Tecknet under Avvikelse på {len(unread)} rader går inte att läsa, först på den här"
        doubts.append(Doubt("text_unreadable_character", f"{detail}.", unread[0].place))


def _tells_when(texts: dict[str, str]) -> bool:
    """A row of its own whose dates are told in words: "vecka 12", "hösten 2025"."""
    title = texts.get("title", "")
    return _is_title(title) and any(says_when(texts.get(name, "")) for name in ("start", "end"))


def _is_title(text: str) -> bool:
    """Whether a text may be a whole title: it begins as one and is no sentence."""
    text = MARK.sub("", text)
    return text[:1].isupper() and len(text) < _LONGEST_NAME and not ends_sentence(text)


def _is_undated(current: Fields, text: str, cells: _Cells) -> bool:
    """Whether a row without dates is an activity that has none, and no text of the row above."""
    if not _is_title(text) or HANGS.search(current.texts.get("title", "")):
        return False
    return bool(cells.texts.get("deviation")) or not (current.in_analysis or current.analysis)


def _doubt_undated(current: Fields, row: Row, text: str, cells: _Cells, doubts: list[Doubt]) -> None:
    """Say that a title without dates, after an Analys that has ended, is taken for more of that text."""
    has_ended = bool(current.analysis) and ends_sentence(current.analysis[-1])
    if has_ended and cells.alone is not None and _is_title(text) and not ANALYSIS.match(text):
        detail = f"”{text}”: det går inte att se om det är en aktivitet utan datum eller text om den ovanför."
        doubts.append(Doubt("columns_uncertain", detail, row.place))


def _dated(row: Row, texts: dict[str, str], dates: Sequence[str], doubts: list[Doubt]) -> dict[str, str]:
    """Dates that stand in the columns beside their own are moved back, with a doubt."""
    if DATE.match(texts.get("start", "")) or len(dates) != 2:
        return texts
    first = next(i for i, text in enumerate(row.texts) if DATE.match(text))
    title = " ".join(text.strip() for text in row.texts[:first] if text.strip())
    doubts.append(Doubt("cell_moved", f"”{title}”: datumen står i kolumnen bredvid sin egen.", row.place))
    after = [text.strip() for text in row.texts[first + 2 :]]
    return texts | {
        "title": title,
        "start": dates[0],
        "end": dates[1],
        "deviation": after[0] if after else "",
    }


def _ends_in(current: Fields, texts: dict[str, str]) -> bool:
    """Whether a row with dates is the end of the one above, which has the first half of the title."""
    if current.texts.get("start") or current.texts.get("end") or current.in_analysis:
        return False
    return not _is_title(texts.get("title", "")) or bool(HANGS.search(current.texts.get("title", "")))


def _join_title(current: Fields, texts: dict[str, str]) -> None:
    current.texts = texts | {"title": f"{current.texts.get('title', '')} {texts.get('title', '')}".strip()}


def _continue_activity(current: Fields, text: str, cells: _Cells) -> None:
    if ANALYSIS.match(text):
        _start_analysis(current, text, cells.lines)
    elif (
        text
        and not current.in_analysis
        and not current.analysis
        and text[:1].islower()
        and len(text) < _LONGEST_NAME
    ):
        current.texts["title"] += " " + text
    elif text:
        current.say(text, cells.lines)
    if (extra := cells.texts.get("deviation")) and extra != text:
        current.texts["deviation"] = f"{current.texts.get('deviation', '')} {extra}".strip()


# ---------------------------------------------------------------------------------- complaints


def complaint_rows(rows: Sequence[Row], columns: Columns, doubts: list[Doubt]) -> list[Fields]:
    """Rows of the complaint form with their group and category cells as they stand."""
    found: list[Fields] = []
    for row in rows:
        if not columns_of(row.texts) and any((texts := _in_form(row, columns, doubts)).values()):
            texts |= dict.fromkeys(_unread(row, columns), UNREAD)
            lines = _lines_of(row.cells[::-1], texts.get("comment", ""))
            found.append(Fields(texts, row.place, comment_lines=lines))
    return found


def _unread(row: Row, columns: Columns) -> list[str]:
    """Periods that the header does not name, where the row has a count under a title that is not known."""
    missing = [field for field in COUNTS if field not in columns.at]
    if not missing or len(row.cells) != columns.width:
        return []
    unknown = set(range(columns.width)) - set(columns.at.values())
    counted = any(columns.titles[i].strip() and COUNT.fullmatch(row.texts[i].strip()) for i in unknown)
    return missing if counted else []


def _in_form(row: Row, columns: Columns, doubts: list[Doubt]) -> dict[str, str]:
    """A row's cells by field, where a converter may have lost the merged cell of the group before it.

    Then all cells stand one column too far left. One cell too few says so, as does a count where a
    category stands; else only a total that is the sum of its periods tells one reading from the other.
    """
    texts = fit(row, columns)
    if "group" not in columns.at:
        return _own_label(texts)
    shifted = _one_right(texts, columns)
    if not _is_category(texts.get("group", "")):
        return texts
    if len(row.cells) < columns.width or COUNT.fullmatch(texts.get("category", "")):
        return shifted
    if texts.get("category") or not any(map(texts.get, COUNTS)) or _adds_up(texts):
        return texts
    if _adds_up(shifted):
        return shifted
    detail = f"”{texts['group']}”: det går inte att se vilka perioder antalen gäller, så de är utelämnade."
    doubts.append(Doubt("columns_uncertain", detail, row.place))
    return texts | dict.fromkeys(COUNTS, UNREAD)


def _own_label(texts: dict[str, str]) -> dict[str, str]:
    """A row of a form without a column of groups: a label alone that some form has as a group is one."""
    label = texts.get("category", "")
    if any(texts.get(field) for field in COUNTS) or not _is_group(label):
        return texts
    return texts | {"group": label, "category": ""}


def _one_right(texts: dict[str, str], columns: Columns) -> dict[str, str]:
    """The row's cells one column further right, in the order in which the columns stand."""
    fields = sorted(columns.at, key=lambda name: columns.at[name])
    return dict(zip(fields, ["", *(texts.get(field, "") for field in fields[:-1])], strict=True))


def _is_category(text: str) -> bool:
    """A label that some form has as a category and none as a group."""
    templates = {group.template for group in groups()}
    known = bool(text) and any(category_index(template).find(text).entry for template in templates)
    return known and not _is_group(text)


def _is_group(text: str) -> bool:
    return any(group_index(template).find(text).entry for template in {group.template for group in groups()})


def _adds_up(texts: dict[str, str]) -> bool:
    counts = [_whole(texts.get(field, "")) for field in COUNTS]
    return counts[-1] is not None and sum(count or 0 for count in counts[:-1]) == counts[-1]


def _whole(text: str) -> int | None:
    """The number of a cell that holds a count and nothing else."""
    return parse_count(text)
