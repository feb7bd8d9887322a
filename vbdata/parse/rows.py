"""A table's rows as fields: an Analys and what a page's end cut go to the row that they are of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vbdata.extract.document import Cell, Doubt, Icon, Place, Printed, Row, printed
from vbdata.extract.grammar import (
    ANALYSIS,
    COUNT,
    COUNTS,
    HANGS,
    MARK,
    NUMBER_START,
    PERIOD_START,
    ends_sentence,
    has_word,
    is_letterless,
    is_mark,
    parse_count,
    times_in,
)
from vbdata.extract.headers import Columns
from vbdata.vocabulary import UNREAD, category_index, group_index, groups

#: Text alone in a row that is longer than this is no part of a name.
_LONGEST_NAME = 160


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


# ------------------------------------------------------------------ indicators and activities


def table_rows(
    rows: Sequence[Row], columns: Columns, before: Fields | None, doubts: list[Doubt]
) -> list[Fields]:
    """Rows of indicators or activities; `before` is the row that a continued table goes on from."""
    reader = _Reader(columns, before, doubts)
    for row in rows:
        reader.take(row)
    if columns.table == "activities":
        _doubt_marks(reader.found, doubts)
    return reader.found


@dataclass
class _Reader:
    """Rows one by one; those after one may still add to it."""

    columns: Columns
    current: Fields | None
    doubts: list[Doubt]
    found: list[Fields] = field(default_factory=list)

    def take(self, row: Row) -> None:
        texts = self.columns.fit(row.texts)
        alone = _alone(row, self.columns, texts.get(self.columns.main, ""))
        if alone is not None:
            self._take_alone(row, alone)
            return
        if not any(texts.values()):
            self._explain(row)
            return
        if self._goes_on(texts):
            return
        if self.columns.misplaces(texts) or not texts.get(self.columns.main):
            words = " | ".join(filter(None, texts.values()))
            detail = f"”{words}”: cellerna står inte under sina rubriker, så raden är utelämnad."
            self.doubts.append(Doubt("cell_moved", detail, row.place))
            return
        self._add(row, texts)
        self._explain(row)

    def _explain(self, row: Row) -> None:
        """Take the cell of a column of analyses."""
        if self.columns.explained is None or self.current is None:
            return
        at = self.columns.explained + self.columns.shift(row.texts)
        cell = row.cells[at] if 0 <= at < len(row.cells) else None
        if cell and has_word(cell.text):
            self.current.say(cell.text.strip(), printed(cell))

    def _goes_on(self, texts: dict[str, str]) -> bool:
        """Take cells that go on with those above: no new name, and one cell or no number below another."""
        rest = {name: text for name, text in texts.items() if text}
        current, name = self.current, rest.get(self.columns.main, "a")
        if current is None or not (name[0].islower() or name.startswith("(")):
            return False
        below = (n for n in rest if current.texts.get(n) and not PERIOD_START.fullmatch(current.texts[n]))
        if len(rest) > 1 and any(NUMBER_START.match(rest[name]) for name in below):
            return False
        for name, text in rest.items():
            current.texts[name] = f"{current.texts.get(name, '')} {text}".strip()
        return True

    def _add(self, row: Row, texts: dict[str, str]) -> None:
        if _ends_early(row, self.columns):
            detail = f"”{texts[self.columns.main]}”: raden slutar före tabellens sista kolumn."
            self.doubts.append(Doubt("columns_uncertain", detail, row.place))
        self.current = _new(row, texts, self.columns.main)
        self.found.append(self.current)

    def _take_alone(self, row: Row, cell: Cell) -> None:
        """Take an Analys, more of the row above, or an activity that is its title alone."""
        main, current, text = self.columns.main, self.current, cell.text.strip()
        activities = self.columns.table == "activities"
        if current and ANALYSIS.match(text):
            _start_analysis(current, text, printed(cell))
        elif activities and times_in(text) > 1 and not ends_sentence(text):
            detail = f"”{text}”: raden har inte kunnat delas i titel och datum, så den är utelämnad."
            self.doubts.append(Doubt("columns_uncertain", detail, row.place))
        elif activities and not ANALYSIS.match(text) and (current is None or _is_undated(current, text)):
            self._add(row, self.columns.fit(row.texts) | {main: text})
        elif current is None:
            detail = f"”{text}”: raden står före tabellens första och är utelämnad."
            self.doubts.append(Doubt("columns_uncertain", detail, row.place))
        elif _is_title(text) and current.analysis and ends_sentence(current.analysis[-1]):
            detail = f"”{text}” står ensamt i en rad: det går inte att se vad det hör till."
            self.doubts.append(Doubt("columns_uncertain", detail, row.place))
        elif current.analysis or current.in_analysis or not self._goes_on({main: text}):
            current.say(text, printed(cell))


def _alone(row: Row, columns: Columns, name: str) -> Cell | None:
    """The cell that has all of a row's words, where it is a merged cell or the name's; none of another."""
    filled = [i for i, cell in enumerate(row.cells) if has_word(cell.text)]
    if len(filled) != 1:
        return None
    cell = row.cells[filled[0]]
    # A merged cell may start in the icon column; an Analys is merged over the row, whatever column is first.
    leads = filled[0] <= columns.at.get(columns.main, 0) or bool(name) or bool(ANALYSIS.match(cell.text))
    return cell if leads else None


def _ends_early(row: Row, columns: Columns) -> bool:
    """Whether a row of indicators has lost its last cells: its period, which every row has, and more."""
    short = len(row.cells) < columns.width and not columns.shift(row.texts)
    return short and columns.fields[-1] == "period"


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
        first = ANALYSIS.sub("", lines[0].text, count=1) if lines else ""
        current.say(rest, [*([Printed(first, lines[0].place)] if first else []), *lines[1:]])


def _is_title(text: str) -> bool:
    """Whether a text may be a whole title: it begins as one and is no sentence."""
    text = MARK.sub("", text)
    return text[:1].isupper() and len(text) < _LONGEST_NAME and not ends_sentence(text)


def _is_undated(current: Fields, text: str) -> bool:
    """Whether a row without dates is an activity that has none, and no text of the row above."""
    begins = _is_title(text) and not ANALYSIS.match(text) and not HANGS.search(current.texts.get("title", ""))
    return begins and not (current.in_analysis or current.analysis)


def _doubt_marks(rows: Sequence[Fields], doubts: list[Doubt]) -> None:
    """One doubt for each column of marks: what one without a letter says of an activity is not known."""
    for where, marks in (
        ("Märket före", [row.mark for row in rows]),
        ("Tecknet under Avvikelse på", [row.texts.get("deviation", "") for row in rows]),
    ):
        unread = [row for row, mark in zip(rows, marks, strict=True) if is_letterless(mark)]
        if unread:
            more = f" och {len(unread) - 1} till" if len(unread) > 1 else ""
            detail = f"{where} ”{unread[0].texts.get('title', '')}”{more} går inte att läsa."
            doubts.append(Doubt("text_unreadable_character", detail, unread[0].place))


# ---------------------------------------------------------------------------------- complaints


def complaint_rows(rows: Sequence[Row], columns: Columns, doubts: list[Doubt]) -> list[Fields]:
    """Rows of the complaint form with their group and category cells as they stand."""
    found: list[Fields] = []
    for row in rows:
        texts = columns.fit(row.texts)
        if "group" not in columns.at:
            texts = _own_label(texts)
        elif _has_moved(row, columns, texts):
            detail = (
                f"”{texts['group']}”: radens celler står inte under sina rubriker; antalen är utelämnade."
            )
            doubts.append(Doubt("columns_uncertain", detail, row.place))
            texts = dict.fromkeys(texts, "") | {"category": texts["group"]} | dict.fromkeys(COUNTS, UNREAD)
        if any(texts.values()):
            texts |= dict.fromkeys(_unread(row, columns), UNREAD)
            comment = texts.get("comment", "")
            cells = [cell for cell in row.cells if comment and cell.text.strip() == comment]
            lines = printed(cells[-1]) if cells else ()
            found.append(Fields(texts, row.place, comment_lines=lines))
    return found


def _has_moved(row: Row, columns: Columns, texts: dict[str, str]) -> bool:
    """Whether a row may have lost its group's cell, so that all of it stands beside its columns."""
    if COUNT.fullmatch(texts.get("category", "")):
        return has_word(texts.get("group", ""))
    if not _is_category(texts.get("group", "")):
        return False
    if len(row.cells) < columns.width:
        return True
    *parts, total = (parse_count(texts.get(field, "")) for field in COUNTS)
    counted = not texts.get("category") and any(map(texts.get, COUNTS))
    return counted and sum(part or 0 for part in parts) != total


def _unread(row: Row, columns: Columns) -> list[str]:
    """Periods that the header does not name, where the row has a count under a title that is not known."""
    missing = [field for field in COUNTS if field not in columns.at]
    if not missing or len(row.cells) != columns.width:
        return []
    unknown = set(range(columns.width)) - set(columns.at.values())
    counted = any(columns.titles[i].strip() and COUNT.fullmatch(row.texts[i].strip()) for i in unknown)
    return missing if counted else []


def _own_label(texts: dict[str, str]) -> dict[str, str]:
    """A row of a form without a column of groups: a label alone that some form has as a group is one."""
    label = texts.get("category", "")
    if any(texts.get(field) for field in COUNTS) or not _is_group(label):
        return texts
    return texts | {"group": label, "category": ""}


def _is_category(text: str) -> bool:
    """A label that some form has as a category and none as a group."""
    known = bool(text) and any(category_index(template).find(text).entry for template in _templates())
    return known and not _is_group(text)


def _is_group(text: str) -> bool:
    return any(group_index(template).find(text).entry for template in _templates())


def _templates() -> set[str]:
    return {group.template for group in groups()}
