"""What a reading gave, held cell by cell against what a person read in the same document.

A cell that the document has is in one of four states:

right
    The printed value, or rightly none.
wrong
    Another value, or one where none is printed; so is each filled cell of a row that the document does not
    have.
said
    None, and something says so: the file was refused with a message, a finding is about the row or about all
    of its table, or the cell's ``_raw`` shows what is printed.
silent
    None, and nothing says so.

Blank cells of a row that is missing are not counted. The truth's numbers and dates are read here by rules of
their own, and texts are the same when all their letters and digits are: nothing may lose a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from rapidfuzz import fuzz

STATES = ("right", "wrong", "said", "silent")
Row = dict[str, Any]
Tables = Mapping[str, Sequence[Row]]


class Cell(NamedTuple):
    """A cell that was looked at; `row` names its row for a person."""

    table: str
    field: str
    state: str
    row: str
    want: str
    got: Any


# --------------------------------------------------------------------------------------- values


def plain(value: Any) -> str:
    """A text in one form: case, white space, stops and soft hyphens say nothing."""
    text = unicodedata.normalize("NFKC", "" if value is None else str(value)).casefold()
    return " ".join(re.sub(r"[\s\u00ad.]+", " ", text.replace("−", "-")).split())


def code(value: Any) -> str | None:
    return plain(value) or None


def letters(value: Any) -> str | None:
    return "".join(filter(str.isalnum, plain(value))) or None


def printed_number(text: Any) -> float | None:
    """The number that a cell of the truth prints; none where it prints a rule or nothing."""
    found = re.search(r"-?\d+(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?", str(text).replace("−", "-"))
    if not found or printed_rule(text):
        return None
    return float(re.sub(r"[ \u00a0\u202f]", "", found[0]).replace(",", "."))


def stored_number(value: Any) -> float | None:
    return None if value is None else round(float(value), 9)


def printed_rule(text: Any) -> str | None:
    rules = {"tas fram": "set_by_board", "öka": "increase", "minska": "decrease"}
    return next((rule for words, rule in rules.items() if plain(text).startswith(words)), None)


def stored_rule(value: Any) -> str | None:
    """A rule; that a target is a number, the number says."""
    return None if value == "number" else value


def day(value: Any) -> str | None:
    return None if value is None else str(value)[:10] or None


def mark(value: Any) -> bool | None:
    return value in ("yes", True) or None


class Kind(NamedTuple):
    """How a cell is read in the truth and in the row, and whether a ``_raw`` shows the truth's cell."""

    printed: Callable[[Any], Any]
    stored: Callable[[Any], Any]
    shows: Callable[[str, str], bool] = lambda want, raw: bool(raw.strip())


def _shows(want: str, raw: str) -> bool:
    return plain(want) in plain(raw)


CODE, TEXT, DAY, MARK = Kind(code, code), Kind(letters, letters), Kind(day, day), Kind(mark, mark)
NUMBER = Kind(printed_number, stored_number, _shows)
RULE = Kind(printed_rule, stored_rule, _shows)


class Field(NamedTuple):
    """A column of the truth and the row's; `raw` is the row's verbatim one, where it has one."""

    want: str
    got: str
    kind: Kind
    raw: str = ""


def _number(want: str, got: str) -> Field:
    return Field(want, got, NUMBER, f"{got}_raw")


def _rule(name: str) -> Field:
    return Field(name, f"{name}_rule", RULE, f"{name}_raw")


FIELDS: dict[str, tuple[Field, ...]] = {
    "report": (
        Field("kind", "kind", CODE), Field("year", "year", CODE), Field("unit", "unit_name", TEXT),
        Field("board", "board", TEXT), Field("dnr", "dnr", CODE), Field("date", "date", DAY),
    ),
    "goals": (
        Field("level", "level", CODE), Field("code", "code", CODE), Field("title", "title", TEXT),
        Field("status", "status", CODE, "status_raw"),
    ),
    "indicators": (
        Field("name", "name", TEXT), Field("goal", "goal", CODE), _number("outcome", "value"),
        _number("men", "value_men"), _number("women", "value_women"), _number("prior", "value_previous"),
        _number("target", "target"), _number("council_target", "council_target"), _rule("target"),
        _rule("council_target"), Field("period", "period", CODE),
    ),
    "activities": (
        Field("title", "title", TEXT), Field("goal", "goal", CODE), Field("start", "start", DAY, "start_raw"),
        Field("end", "end", DAY, "end_raw"), Field("deviation", "deviation", MARK),
    ),
    "complaints": (
        Field("group", "group", TEXT), Field("category", "category", TEXT), _number("t1", "T1"),
        _number("t2", "T2"), _number("vb", "VB"), _number("total", "total"),
    ),
}  # fmt: skip
PARENT = Field("parent", "parent", CODE)

#: Rows less alike than this (per cent) are two rows.
ALIKE = 50
#: Table → columns that tell which row it is, and the one that decides between rows alike.
_KEYS = {"goals": ("level", "title"), "indicators": ("name",), "activities": ("title",),
         "complaints": ("group", "category")}  # fmt: skip
_NEAR = {"goals": "status", "indicators": "goal", "activities": "goal"}
#: Table → columns whose values, side by side, are the row in a finding about a line that was not read.
_VALUES = {"indicators": ("outcome", "men", "women", "prior", "target", "council_target", "period"),
           "activities": ("start", "end"), "complaints": ("t1", "t2", "vb", "total")}  # fmt: skip
#: Table → column of its longer text.
_TEXTS = {"indicators": "analysis", "activities": "analysis", "complaints": "comment"}


# ------------------------------------------------------------------------------- what is said

#: Findings that say that something could not be read, or not where it should be.
READING = frozenset({
    "ambiguous_label", "cell_moved", "columns_uncertain", "cover_field_missing", "date_unreadable",
    "form_empty", "left_over", "orphan_row", "page_unread", "status_missing", "status_near", "table_missing",
    "text_recognised", "text_unreadable_character", "unknown_column", "unknown_header", "unknown_label",
    "unknown_level", "unknown_status", "value_unreadable",
})  # fmt: skip
_COVER = {
    "kind": "slag",
    "year": "år",
    "unit": "enhet",
    "board": "nämnd",
    "dnr": "diarienummer",
    "date": "datum",
}


class Said:
    """What the findings of a reading say was not read."""

    def __init__(self, findings: Iterable[Row]) -> None:
        about = [row for row in findings if row["code"] in READING]
        self.rows = {row["row_id"] for row in about} - {None}
        self.tables = {row["table"] for row in about if row["code"] == "table_missing"}
        self.messages = [plain(row["message"]) for row in about]
        missing = (row["message"] for row in about if row["code"] == "cover_field_missing")
        self.cover = set(re.findall(r"\w+", plain(" ".join(missing))))

    def of_cover(self, field: str) -> bool:
        return any(word.startswith(_COVER[field]) for word in self.cover)

    def of_row(self, table: str, row: Row | None, name: str, values: Iterable[Any] = ()) -> bool:
        """By all of the table, by the row, by either end of its name, or by its values side by side."""
        ids = () if row is None else row.get("ids", (row.get("row_id", row.get("goal_id")),))
        if table in self.tables or any(each in self.rows for each in ids):
            return True
        named, told = plain(name), " ".join(plain(value) for value in values if plain(value))
        keys = [key for key in (named[:28], named[-28:]) if len(key) > 5] + [told] * (len(told) > 8)
        return any(key in message for key in keys for message in self.messages)


# ---------------------------------------------------------------------------------- the rows


def pairs(table: str, wanted: Sequence[Row], found: Sequence[Row]) -> dict[int, int]:
    """Each true row with the likeliest row: alike in wording, then in goal, then in place.

    A goal whose title is cut is known by its level and code. A row that has lost its name stands for the next
    true row that nobody else does, of its own goal first: it is one row with a cell missing, not two faults.
    """
    scored = sorted(
        (-_likeness(table, want, got) + abs(i - j) * 1e-4, i, j)
        for i, want in enumerate(wanted)
        for j, got in enumerate(found)
        if fuzz.ratio(_key(table, want), _key(table, got)) >= ALIKE
    )
    coded = (
        (0.0, i, j)
        for j, got in enumerate(found)
        for i, want in enumerate(wanted)
        if table == "goals" and want["code"] and (want["level"], want["code"]) == (got["level"], got["code"])
    )
    paired: dict[int, int] = {}
    for _, i, j in chain(scored, coded):
        if i not in paired and j not in paired.values():
            paired[i] = j
    for j in (j for j, got in enumerate(found) if not _key(table, got).strip(" |")):
        left = [i for i in range(len(wanted)) if i not in paired]
        last = max((i for i, k in paired.items() if k < j), default=-1)
        if left and j not in paired.values():
            paired[min(left, key=lambda i: (i < last, not _is_near(table, wanted[i], found[j]), i))] = j
    return paired


def _key(table: str, row: Row) -> str:
    return " | ".join(plain(row[name]) for name in _KEYS[table])


def _likeness(table: str, want: Row, got: Row) -> float:
    return fuzz.ratio(_key(table, want), _key(table, got)) / 100 + 0.01 * _is_near(table, want, got)


def _is_near(table: str, want: Row, got: Row) -> bool:
    return table in _NEAR and code(want[_NEAR[table]]) == code(got[_NEAR[table]])


def forms(counts: Iterable[Row]) -> list[Row]:
    """A row per category of a form, with the count of each period; `ids` are those of all of them."""
    wide: dict[str, Row] = {}
    for row in counts:
        each = wide.setdefault(str(row["row_id"]).rsplit("-", 1)[0], {**row, "ids": []})
        each[row["period"]], each[f"{row['period']}_raw"] = row["count"], row["count_raw"]
        each["ids"].append(row["row_id"])
    return list(wide.values())


# ----------------------------------------------------------------------------------- states


def states(truth: Tables, rows: Tables | None, message: str | None = None) -> list[Cell]:
    """The cells of a document, each with its state.

    Parameters
    ----------
    truth
        What is printed: `report`, `goals`, `indicators`, `activities`, `complaints` and perhaps `texts`.
    rows
        What the file was read as, with its findings; None where it was refused.
    message
        What was said then.
    """
    if rows is None:
        return [
            cell
            for table, fields in FIELDS.items()
            for want in truth[table]
            for cell in _lost(table, fields, want, said=bool(message))
        ]
    said = Said(rows["findings"])
    paired = pairs("goals", truth["goals"], rows["goals"])
    order = {rows["goals"][j]["goal_id"]: truth["goals"][i]["order"] for i, j in paired.items()}
    found = _with_goals(rows, order)
    cells = [*_cover(truth["report"][0], rows["reports"], said)]
    for table in ("goals", "indicators", "activities", "complaints"):
        matched = pairs(table, truth[table], found[table])
        cells += _of_table(table, truth[table], found[table], matched, said)
        if table == "goals":
            for want, row in ((truth[table][i], found[table][j]) for i, j in matched.items()):
                told = said.of_row(table, None, want["title"])
                cells.append(_judged(table, PARENT, want, row, said=told))
        cells += _texts(table, truth, found[table], matched, said)
    return cells


def _with_goals(rows: Tables, order: Mapping[str, Any]) -> dict[str, list[Row]]:
    """The rows with their goals by the order of the truth; ``?`` is a goal that the truth does not have."""

    def at(goal_id: str | None) -> Any:
        return None if goal_id is None else order.get(goal_id, "?")

    return {
        "goals": [{**row, "parent": at(row["parent_goal_id"])} for row in rows["goals"]],
        "indicators": [{**row, "goal": at(row["goal_id"])} for row in rows["indicators"]],
        "activities": [{**row, "goal": at(row["goal_id"])} for row in rows["activities"]],
        "complaints": forms(rows["complaints"]),
    }


def _cover(want: Row, reports: Sequence[Row], said: Said) -> Iterator[Cell]:
    """The cover's cells; a second report in a file that holds one is a row too many."""
    for field in FIELDS["report"]:
        yield _judged("report", field, want, reports[0], said=said.of_cover(field.want))
    for row in reports[1:]:
        yield from _extra("report", FIELDS["report"], row)


def _of_table(
    table: str, wanted: Sequence[Row], found: Sequence[Row], paired: Mapping[int, int], said: Said
) -> Iterator[Cell]:
    fields = FIELDS[table]
    for i, want in enumerate(wanted):
        row, name = found[paired[i]] if i in paired else None, str(want[_KEYS[table][-1]])
        if row is None:
            values = [want[column] for column in _VALUES.get(table, ())]
            yield from _lost(table, fields, want, said=said.of_row(table, None, name, values))
            continue
        told = said.of_row(table, row, name)
        yield from (_judged(table, field, want, row, said=told) for field in fields)
    for j, row in enumerate(found):
        if j not in paired.values():
            yield from _extra(table, fields, row)


def _judged(table: str, field: Field, want: Row, row: Row, *, said: bool) -> Cell:
    printed, got = field.kind.printed(want[field.want]), field.kind.stored(row[field.got])
    if got is None and printed is not None:
        raw = row.get(field.raw)
        shown = raw is not None and field.kind.shows(str(want[field.want]), str(raw))
        state = "said" if said or shown else "silent"
    else:
        state = "right" if got == printed else "wrong"
    return Cell(table, field.got, state, _name(table, want), str(want[field.want] or ""), row[field.got])


def _lost(table: str, fields: Iterable[Field], want: Row, *, said: bool) -> Iterator[Cell]:
    for field in fields:
        if field.kind.printed(want[field.want]) is not None:
            state = "said" if said else "silent"
            yield Cell(table, field.got, state, _name(table, want), str(want[field.want]), None)


def _extra(table: str, fields: Iterable[Field], row: Row) -> Iterator[Cell]:
    for field in fields:
        if field.kind.stored(row[field.got]) is not None:
            yield Cell(table, field.got, "wrong", f"rad för mycket: {_name(table, row)}", "", row[field.got])


def _name(table: str, row: Row) -> str:
    return " | ".join(str(row[name]) for name in _KEYS.get(table, ("kind", "year")))[:60]


def _texts(
    table: str, truth: Tables, found: Sequence[Row], paired: Mapping[int, int], said: Said
) -> Iterator[Cell]:
    """A row's analysis or comment: never more words than it has, nor fewer."""
    for want in truth.get("texts", ()):
        i = int(want["order"]) - 1
        row = found[paired[i]] if i in paired else None
        if want["table"] != table or (row is None and not want["text"]):
            continue
        words, got = _words(want["text"]), _words(None if row is None else row[_TEXTS[table]])
        if fuzz.ratio(words, got) >= 96:
            state = "right"
        elif set(got.split()) <= set(words.split()):
            state = "said" if row is None and said.of_row(table, None, "") else "silent"
        else:
            state = "wrong"
        yield Cell("texts", table, state, f"{table} {i + 1}", want["text"][:60], got[:60])


def _words(text: Any) -> str:
    return " ".join(re.findall(r"[\w%]+", plain(text)))
