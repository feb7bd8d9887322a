"""The corrections file: entries with place, checked against the schema before anything is read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from vbdata.errors import CorrectionError
from vbdata.normalise.corrections.cells import CORRECTABLE, typed
from vbdata.normalise.corrections.rows import NAMED_BY, ROW_KEY
from vbdata.schema.tables import SCHEMAS

REQUIRED = ("table", "match", "column", "expect", "value", "reason", "decided_by", "date")
_DERIVED = ("attainment", "gap")
_SIZE_LIMIT = 5_000_000


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision: where `column` of the row that `match` finds is `expect`, it shall be `value`.

    Attributes
    ----------
    report_id
        The report that it is about.
    match
        Column → value, of exactly one row of `table` in that report.
    expect, value
        What was read, and what it shall be; ``None`` is a missing value.
    line
        Where the entry starts in the file.
    quoted
        What the row was called when the entry was last made, where that is known: see `rows.quote`.
    """

    report_id: str
    table: str
    match: tuple[tuple[str, Any], ...]
    column: str
    expect: Any
    value: Any
    reason: str
    decided_by: str
    date: datetime.date
    source: str = "corrections.yml"
    line: int = 0
    quoted: Mapping[str, Any] | None = field(default=None, repr=False, hash=False)

    @property
    def place(self) -> str:
        """Where the entry stands, for a person."""
        return f"{self.source} rad {self.line}"

    @property
    def names_row(self) -> bool:
        """Whether the entry itself says what its row is called, and not its place alone."""
        columns = {column for column, _ in self.match}
        return self.table not in NAMED_BY or bool(columns & set(NAMED_BY[self.table]))


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The entries of a file; a file that is not there has none.

    Raises
    ------
    CorrectionError
        With file, line, value and hint, for the first entry that is not whole and right.
    """
    if not path.exists():
        return ()
    try:
        if path.stat().st_size > _SIZE_LIMIT:
            raise CorrectionError("filen är för stor", source=path)
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CorrectionError("filen är inte UTF-8", source=path, hint="spara om den som UTF-8") from None
    except OSError as error:
        raise CorrectionError("filen går inte att öppna", source=path, value=error.strerror) from None
    return parse_corrections(text, str(path))


def parse_corrections(text: str, source: str = "corrections.yml") -> tuple[Correction, ...]:
    """The entries of a corrections file's text.

    Raises
    ------
    CorrectionError
        As `read_corrections`.

    Examples
    --------
    >>> found = parse_corrections('''
    ... - table: indicators
    ...   match: {report_id: 2025-vb-solgarden, row_id: 2025-vb-solgarden/i05}
    ...   column: value
    ...   expect: 66.82
    ...   value: 68.2
    ...   reason: Siffrorna var omkastade.
    ...   decided_by: Enhetschefen, i e-post
    ...   date: 2026-02-03
    ... ''')
    >>> found[0].value, found[0].line
    (68.2, 2)
    """
    return tuple(_Entry(node, plain, source).correction() for node, plain in _nodes(text, source))


def _nodes(text: str, source: str) -> Iterator[tuple[yaml.MappingNode, dict[str, Any]]]:
    """Each entry as a node, which knows its lines, and as plain values."""
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise _not_yaml(error, source) from None
    except RecursionError:
        raise CorrectionError("filen är nästlad för djupt", source=source) from None
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        raise CorrectionError(
            "filen ska vara en lista av rättelser", source=source, place="rad 1",
            hint="börja varje rättelse med ”- table: …”",
        )  # fmt: skip
    loader = yaml.SafeLoader("")
    for node in root.value:
        place = f"rad {node.start_mark.line + 1}"
        if not isinstance(node, yaml.MappingNode):
            raise CorrectionError(
                "rättelsen ska ha namngivna fält", source=source, place=place, hint="skriv ”- table: …”"
            )
        try:
            yield node, loader.construct_document(node)
        except yaml.YAMLError as error:
            raise _not_yaml(error, source) from None
        except (ValueError, TypeError, RecursionError):
            raise CorrectionError(
                "ett värde i rättelsen går inte att läsa", source=source, place=place,
                hint="kontrollera datum och tal, eller sätt citattecken runt värdet",
            ) from None  # fmt: skip


def _not_yaml(error: yaml.YAMLError, source: str) -> CorrectionError:
    mark = getattr(error, "problem_mark", None)
    return CorrectionError(
        "filen är ingen giltig YAML", source=source, place=f"rad {mark.line + 1}" if mark else None,
        hint="kontrollera indrag, kolon och citattecken",
    )  # fmt: skip


class _Entry:
    """One entry on its way to a `Correction`."""

    def __init__(self, node: yaml.MappingNode, plain: dict[str, Any], source: str) -> None:
        self.node, self.plain, self.source = node, plain, source
        self.line = node.start_mark.line + 1

    def correction(self) -> Correction:
        self._check_keys()
        table, column = self._table(), self.plain["column"]
        self._check_column(table, column)
        match = self._match(table)
        report_id = str(match.pop("report_id"))
        expect = self._typed(table, column, "expect")
        value = self._value(table, column)
        if value == expect:
            self._fail("rättelsen ändrar ingenting: expect och value är samma", "value")
        return Correction(
            report_id, table, tuple(match.items()), column, expect, value, self._text("reason"),
            self._text("decided_by"), self._day(), self.source, self.line,
        )  # fmt: skip

    def _fail(
        self, problem: str, key: str | None = None, value: Any = None, hint: str | None = None
    ) -> NoReturn:
        line = next((k.start_mark.line + 1 for k, _ in self.node.value if k.value == key), self.line)
        said = None if value is None else str(value)
        raise CorrectionError(problem, source=self.source, place=f"rad {line}", value=said, hint=hint)

    def _check_keys(self) -> None:
        names = [key.value for key, _ in self.node.value]
        for name in names:
            if names.count(name) > 1:
                self._fail("fältet står två gånger", name, name)
            if name not in (*REQUIRED, "remove"):
                self._fail("okänt fält", name, name, f"fälten är {', '.join(REQUIRED)}")
        for name in REQUIRED:
            if name not in names and not (name == "value" and "remove" in names):
                hint = "skriv expect: null om uppgiften saknades" if name == "expect" else None
                self._fail("fältet saknas", None, name, hint)

    def _table(self) -> str:
        table = self.plain["table"]
        if table not in CORRECTABLE:
            self._fail("okänd tabell", "table", table, f"rättas kan {', '.join(CORRECTABLE)}")
        return str(table)

    def _check_column(self, table: str, column: Any) -> None:
        columns = SCHEMAS[table].columns
        allowed = f"rättas kan {', '.join(CORRECTABLE[table])}"
        if column not in columns:
            self._fail(f"tabellen {table} har ingen sådan kolumn", "column", column, allowed)
        if str(column).endswith("_raw"):
            self._fail("ordagrann text rättas inte", "column", column, f"rätta {str(column)[:-4]}")
        if column in _DERIVED:
            self._fail(
                "kolumnen räknas ut av andra och rättas inte", "column", column, "rätta value eller target"
            )
        if column not in CORRECTABLE[table]:
            self._fail("kolumnen rättas inte", "column", column, allowed)

    def _match(self, table: str) -> dict[str, Any]:
        given = self.plain["match"]
        if not isinstance(given, dict) or not given.get("report_id"):
            self._fail("match ska ange report_id", "match", hint="match: {report_id: …, row_id: …}")
        match: dict[str, Any] = {}
        for name, value in given.items():
            column = ROW_KEY.get(table, "row_id") if name == "row_id" else name
            if column not in SCHEMAS[table].columns:
                self._fail(f"tabellen {table} har ingen sådan kolumn att leta efter", "match", name)
            try:
                match[column] = typed(table, column, value)
            except ValueError as error:
                self._fail(f"{name}: {error}", "match", value)
        if len(match) == 1 and table != "reports":
            self._fail("match ska peka ut en rad", "match", hint="ange row_id, som står i vbdata findings")
        return match

    def _typed(self, table: str, column: str, key: str) -> Any:
        value = self.plain[key]
        try:
            return typed(table, column, value)
        except ValueError as error:
            if key == "expect" and value is None:
                return None
            self._fail(f"{key}: {error}", key, value)

    def _value(self, table: str, column: str) -> Any:
        """The new value; an unfilled one is no decision, and a missing value has to be asked for."""
        if "remove" in self.plain:
            if self.plain["remove"] is not True or self.plain.get("value") is not None:
                self._fail("remove: true ersätter value", "remove", self.plain["remove"])
            try:
                return typed(table, column, None)
            except ValueError as error:
                self._fail(str(error), "remove", column)
        if self.plain["value"] is None or self.plain["value"] == "":
            self._fail(
                "value är inte ifyllt", "value",
                hint="skriv det rätta värdet, remove: true om uppgiften ska utgå, eller ta bort posten",
            )  # fmt: skip
        return self._typed(table, column, "value")

    def _text(self, key: str) -> str:
        value = self.plain[key]
        if not isinstance(value, str) or not value.strip():
            self._fail(f"{key} är inte ifyllt", key, value, "skriv varför och vem som har bestämt")
        return " ".join(str(value).split())

    def _day(self) -> datetime.date:
        value = self.plain["date"]
        if isinstance(value, datetime.datetime) or not isinstance(value, datetime.date):
            self._fail("date är inget datum", "date", value, "skriv 2026-02-03")
        if value > datetime.date.today() + datetime.timedelta(days=1):
            self._fail("date är när det bestämdes, och det har inte varit än", "date", value)
        return value
