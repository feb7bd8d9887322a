"""Rows on their way into a generation: gathered as they are read, in parts of bounded size.

A small corpus becomes one Parquet file per table. A large one becomes a folder of part files per table, of
which a later run rewrites only those that hold something changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pyarrow as pa

from vbdata.errors import SchemaError
from vbdata.ingest.index import Part
from vbdata.ingest.results import REPORT_TABLES
from vbdata.store import columns, disk
from vbdata.store.columns import Columns
from vbdata.store.generations import Transaction

#: Reports whose rows are turned into Arrow's at a time, that a part has, and that one file may have.
CHUNK = 50
PART = 500
SINGLE = 2000

Tables = dict[str, pa.Table]
Slot = tuple[str, int]
"""A file's rows: name of the piece that has them, and their place in it."""
Refused = tuple[str, SchemaError]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some files' rows, on disk or in memory; `folder` is the generation that has the files."""

    part: Part
    folder: Path | None
    tables: Tables | None = None

    def table(self, name: str) -> pa.Table:
        """One table of it, plain."""
        if self.tables is not None:
            return self.tables[name]
        assert self.folder is not None
        return columns.read(name, path_of(self.folder, name, self.part.name))


def path_of(folder: Path, table: str, part: str) -> Path:
    """Where a part's rows of a table are."""
    path = folder / f"{table}.parquet"
    return path / f"{part}.parquet" if part else path


class Assembly:
    """The rows of a generation in the making.

    Parameters
    ----------
    parts
        Those of the previous generation, whose rows may be taken over.
    """

    def __init__(self, state: Transaction, parts: Sequence[Part]) -> None:
        self.state = state
        self.pieces = {f"old {part.name}": Piece(part, state.previous) for part in parts}
        self.homes: dict[str, Slot] = {}
        for name, piece in self.pieces.items():
            self.homes |= {key: (name, i) for i, key in enumerate(piece.part.keys)}
        self.waiting: list[tuple[str, Columns]] = []
        self.made = 0
        self.parts: tuple[Part, ...] = tuple(parts)

    def add(self, key: str, rows: Columns) -> list[Refused]:
        """Take a file's rows; those of files that turn out not to keep to the schema are refused."""
        self.waiting.append((key, rows))
        return self.flush() if len(self.waiting) >= CHUNK else []

    def flush(self) -> list[Refused]:
        """Turn what is waiting into Arrow tables."""
        waiting, self.waiting = self.waiting, []
        if not waiting:
            return []
        try:
            self._take(waiting)
        except SchemaError:
            return list(self._one_by_one(waiting))
        return []

    def _one_by_one(self, waiting: Iterable[tuple[str, Columns]]) -> Iterator[Refused]:
        for key, rows in waiting:
            try:
                self._take([(key, rows)])
            except SchemaError as error:
                yield key, error

    def _take(self, waiting: Sequence[tuple[str, Columns]]) -> None:
        tables = {name: columns.arrow_of(name, _joined(name, waiting)) for name in REPORT_TABLES}
        keys = tuple(key for key, _ in waiting)
        counts = tuple(tuple(len(rows[name][0]) for name in REPORT_TABLES) for _, rows in waiting)
        self._keep(Piece(Part(self._name(), keys, counts), None, tables))
        loose = [name for name, piece in self.pieces.items() if piece.tables is not None]
        if sum(len(self.pieces[name].part.keys) for name in loose) >= PART:
            self._spool(loose)

    def _name(self) -> str:
        self.made += 1
        return self._last_name()

    def _last_name(self) -> str:
        return f"{self.state.name}-{self.made:05d}"

    def _keep(self, piece: Piece) -> None:
        self.pieces[piece.part.name] = piece
        self.homes |= {key: (piece.part.name, i) for i, key in enumerate(piece.part.keys)}

    def _spool(self, names: Sequence[str]) -> None:
        """Write pieces that are in memory as one part."""
        pieces = [self.pieces.pop(name) for name in names]
        live = [(name, i) for name, piece in zip(names, pieces, strict=True) for i in self._live(name, piece)]
        if live:
            self._write_part(live, dict(zip(names, pieces, strict=True)))

    def _live(self, name: str, piece: Piece) -> list[int]:
        return [i for i, key in enumerate(piece.part.keys) if self.homes.get(key) == (name, i)]

    def _write_part(self, slots: Sequence[Slot], pieces: Mapping[str, Piece]) -> None:
        name, folder = self._name(), self.state.begin()
        for table in REPORT_TABLES:
            path = path_of(folder, table, name)
            disk.make_folder(path.parent)
            columns.write(table, _gathered(table, slots, pieces), path)
        self._keep(Piece(_part(name, slots, pieces), folder))

    # ------------------------------------------------------------------------------- the end

    def finish(self, keys: Sequence[str]) -> None:
        """Write the rows of these files, in this order where they fit in one file, and of no others."""
        slots = [self.homes[key] for key in keys]
        self.homes = dict(zip(keys, slots, strict=True))
        if len(keys) <= SINGLE:
            self._finish_single(slots)
        else:
            self._finish_parts()

    def _finish_single(self, slots: Sequence[Slot]) -> None:
        folder = self.state.begin()
        part = _part("", slots, self.pieces)
        for table in REPORT_TABLES:
            path = path_of(folder, table, "")
            rows = _gathered(table, slots, self.pieces)
            disk.remove(path)  # what was spooled
            columns.write(table, rows, path)
        self.parts = (part,)

    def _finish_parts(self) -> None:
        loose: list[Slot] = []
        given_up: list[str] = []
        pieces = dict(self.pieces)
        self.parts = ()
        for name, piece in pieces.items():
            live = self._live(name, piece)
            whole = len(live) == len(piece.part.keys) >= PART // 2
            if whole and piece.tables is None and piece.part.name:
                self._take_over(piece)
                continue
            loose += [(name, i) for i in live]
            if piece.folder == self.state.folder:
                given_up.append(piece.part.name)
        for start in range(0, len(loose), PART):
            self._write_part(loose[start : start + PART], pieces)
            self.parts += (self.pieces[self._last_name()].part,)
        for table in REPORT_TABLES:
            for name in given_up:
                disk.remove(path_of(self.state.folder, table, name))

    def _take_over(self, piece: Piece) -> None:
        self.parts += (piece.part,)
        if piece.folder == self.state.folder:
            return
        assert piece.folder is not None
        for table in REPORT_TABLES:
            path = path_of(self.state.begin(), table, piece.part.name)
            disk.make_folder(path.parent)
            disk.link(path_of(piece.folder, table, piece.part.name), path)

    def add_findings(self, rows: Sequence[Mapping[str, object]]) -> None:
        """Put the findings that compare reports beside those of single reports."""
        more = columns.arrow_of("findings", columns.columns_of("findings", rows))
        folder, parted = self.state.begin(), any(part.name for part in self.parts)
        if parted and len(more):
            columns.write("findings", more, path_of(folder, "findings", f"{self.state.name}-across"))
        if parted:
            return
        path, which = path_of(folder, "findings", ""), REPORT_TABLES.index("findings")
        found = columns.read("findings", path)
        own = sum(counts[which] for part in self.parts for counts in part.counts)
        if len(more) or len(found) > own:
            disk.remove(path)
            columns.write("findings", pa.concat_tables([found.slice(0, own), more]), path)


def _joined(table: str, waiting: Sequence[tuple[str, Columns]]) -> list[list[object]]:
    width = len(columns.names(table))
    return [list(chain.from_iterable(rows[table][i] for _, rows in waiting)) for i in range(width)]


def _part(name: str, slots: Sequence[Slot], pieces: Mapping[str, Piece]) -> Part:
    return Part(
        name,
        tuple(pieces[piece].part.keys[i] for piece, i in slots),
        tuple(pieces[piece].part.counts[i] for piece, i in slots),
    )


def _gathered(table: str, slots: Sequence[Slot], pieces: Mapping[str, Piece]) -> pa.Table:
    """The rows of the slots, in order; neighbours are taken together."""
    which = REPORT_TABLES.index(table)
    read: dict[str, tuple[pa.Table, list[int]]] = {}
    runs: list[tuple[str, int, int]] = []
    for name, i in slots:
        if name not in read:
            offsets = [0]
            for counts in pieces[name].part.counts:
                offsets.append(offsets[-1] + counts[which])
            read[name] = pieces[name].table(table), offsets
        if runs and runs[-1][0] == name and runs[-1][2] == i:
            runs[-1] = name, runs[-1][1], i + 1
        else:
            runs.append((name, i, i + 1))
    slices = []
    for name, first, after in runs:
        whole, offsets = read[name]
        slices.append(whole.slice(offsets[first], offsets[after] - offsets[first]))
    return pa.concat_tables(slices) if slices else columns.plain_schema(table).empty_table()
