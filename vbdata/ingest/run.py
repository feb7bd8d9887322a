"""A run: what has changed is read, what has not is taken over, and the tables are replaced at once."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vbdata.errors import MissingDataError, SchemaError, VbdataError
from vbdata.ingest.before import Before
from vbdata.ingest.files import RawFile, find_files
from vbdata.ingest.fingerprint import fingerprint, made_by, of_report, why_old
from vbdata.ingest.index import (
    COUNTED,
    Entry,
    Index,
    Stamp,
    entry_of,
    read_index,
    result_of,
    stamp_of,
    write_index,
)
from vbdata.ingest.limits import Limits
from vbdata.ingest.pool import Readers
from vbdata.ingest.readers import readers_for
from vbdata.ingest.results import BUG, FileResult, Work, log_row
from vbdata.ingest.versions import Held, Place, places, report_id, unique_sources
from vbdata.store.generations import ROOT, Snapshot, Transaction, snapshot, whole, writing

if TYPE_CHECKING:
    from vbdata.ingest.assembly import Assembly
    from vbdata.normalise.corrections import Correction

#: Rounds of reading: a file whose version turns out otherwise is read again, which may show more.
_ROUNDS = 5

OnResult = Callable[[FileResult], None]


def ingest(
    raws: Sequence[Path],
    processed: Path,
    *,
    on_result: OnResult | None = None,
    on_plan: Callable[[int], None] | None = None,
    on_rebuild: Callable[[str], None] | None = None,
    files: Sequence[RawFile] | None = None,
    corrections: Sequence[Correction] = (),
    force: bool = False,
    jobs: int | None = None,
    limits: Limits | None = None,
    scheduler: str | None = None,
    emptying: bool = False,
) -> list[FileResult]:
    """Read all files under `raws` and write all tables; the log has a row for each of them.

    Only files that have changed since the last run are read, and those that the code, the vocabulary, the
    register or the corrections may now read otherwise; the tables are as if all had been. If that changes
    nothing, the folder is left as it is.

    Parameters
    ----------
    on_result, on_plan
        For progress: called after each file that is read, and before with how many there are to read.
    on_rebuild
        Called with why, in Swedish, when the tables that are there were made otherwise and all are made anew.
    files
        What `find_files` found, where it has been called already.
    corrections
        Made in the reports' rows once their ids are final; `validate.refusals` says which were not.
    force
        Read every file.
    jobs
        Files at a time, each in a process of its own; by default as many as there are processors, at most
        eight, and none for a handful of small text files. With 1, text is read in this very
        process, whose readers bound what they take; any other file still has a process that can be ended.
    limits
        What reading one file may cost where it has a process of its own.
    scheduler
        Address of a Dask scheduler whose workers read instead; they need to see the files at the same paths.
    emptying
        Having no file is no mistake: the tables get no rows. So it is too when all files that the tables were
        read from are gone.

    Returns
    -------
    list of FileResult
        One per file, without its rows.

    Raises
    ------
    MissingDataError
        When a path does not exist, or there is nothing to read.
    BusyError
        When another run is writing in the folder.
    VbdataError
        When the folder cannot be written, or the cluster not be reached; the tables are as they were.
    VocabularyError, RegisterError
        When what files are read by is wrong; nothing is read then, and the tables are as they were.
    """
    files = find_files(raws) if files is None else files
    if not files and not emptying and not _all_gone(Path(processed)):
        raise MissingDataError("det finns inga filer att läsa", source=", ".join(str(raw) for raw in raws))
    limits = limits or Limits()
    if not (Path(processed) / ROOT).exists():
        _preflight()  # before the folder is made
    with writing(Path(processed)) as state:
        run = _Run(state, files, corrections, limits, force)
        if force or run.before.otherwise:
            _preflight()
        if run.before.otherwise and state.previous is not None and on_rebuild:
            on_rebuild("en tabells fil saknas eller är skadad" if run.damaged else why_old(run.last.made_by))
        if run.todo:
            corrections = run.quoted(corrections)
            if on_plan:
                on_plan(len(run.todo))
            with readers_for(run.todo, limits, corrections, jobs, scheduler) as readers:
                run.read(readers, on_result or (lambda _: None))
        return run.finish()


def _all_gone(processed: Path) -> bool:
    """Whether there are tables, and none of the files that they were read from: they are to be forgotten."""
    last = read_index(snapshot(processed).generation)
    return last is not None and not any(os.path.lexists(key) for key in last.entries)


def _preflight() -> None:
    from vbdata.ingest.preflight import preflight  # a run that finds nothing changed need not know the words

    preflight()


class _Run:
    """One run over the files, from the last run's index to the next one's."""

    def __init__(
        self,
        state: Transaction,
        files: Sequence[RawFile],
        corrections: Sequence[Correction],
        limits: Limits,
        force: bool,
    ) -> None:
        self.state = state
        self.corrections, self.decided = corrections, of_report(corrections)
        self.fingerprint, self.limits = fingerprint(), (limits.deadline, limits.memory)
        self.last = read_index(state.previous) or Index("", self.limits)
        told = state.previous if self.last.fingerprint == self.fingerprint else None
        self.damaged = told is not None and not whole(told)
        if self.damaged:
            self.last = replace(self.last, fingerprint="")  # nothing of it is taken over
        self.before = Before(self.last, self.fingerprint, self.limits)
        self.files = {file.key: self.before.nameless(file) for file in files}
        self.entries: dict[str, Entry] = {}
        self.fresh: set[str] = set()
        self.rows: dict[str, Any] = {}
        self._assembly: Assembly | None = None
        for key, file in self.files.items():
            if not force and (kept := self.before.kept(key, file)):
                self.entries[key] = kept
        self.todo = [
            Work(number, file, self._guess(key))
            for number, (key, file) in enumerate(self.files.items())
            if key not in self.entries
        ]
        self.todo += self._misplaced(self._places())

    def quoted(self, corrections: Sequence[Correction]) -> Sequence[Correction]:
        """Corrections with what their rows were called before this run."""
        if not corrections:
            return corrections
        from vbdata.ingest.quoting import quoted

        before = Snapshot(self.state.processed, self.state.previous)
        found, self.rows = quoted(corrections, before, self.last.rows)
        return found

    # ---------------------------------------------------------------------------- versions

    def _guess(self, key: str) -> int:
        old = self.last.entries.get(key)
        return max(old.version, 1) if old else 1

    def _places(self) -> dict[str, Place]:
        ordered = [self.entries[key] for key in self.files if key in self.entries]
        return places([Held(each.key, each.source, each.head) for each in ordered if each.head])

    def _misplaced(self, found: dict[str, Place]) -> list[Work]:
        """Files whose rows are there as another version, with other corrections, or not at all."""
        works: list[Work] = []
        for key, place in found.items():
            entry = self.entries[key]
            if place.version is None or entry.head is None:
                continue
            decided = self.decided.get(report_id(entry.head, place.version), "")
            if (entry.version, entry.corrected) != (place.version, decided):
                works.append(Work(len(self.files) + len(works), self.files[key], place.version))
        return works

    # ----------------------------------------------------------------------------- reading

    @property
    def assembly(self) -> Assembly:
        if self._assembly is None:
            from vbdata.ingest.assembly import Assembly

            usable = self.last.parts if self.last.fingerprint == self.fingerprint else ()
            self._assembly = Assembly(self.state, usable)
        return self._assembly

    def read(self, readers: Readers, tell: OnResult) -> None:
        """Read what there is to read, and what that shows has to be read again."""
        gc.freeze()  # the libraries' objects stay: looking them over at every collection doubles the time
        todo: Sequence[Work] = self.todo
        for _ in range(_ROUNDS):
            self._round(readers, todo, tell)
            todo = self._misplaced(self._places())
            if not todo:
                return
        for work in todo:  # it changes faster than it can be read
            self._fail(work.file.key, "OSError", "filen ändrades medan den lästes")

    def _round(self, readers: Readers, todo: Sequence[Work], tell: OnResult) -> None:
        stamps: dict[int, tuple[Stamp, int]] = {}

        def stamped() -> Iterator[Work]:
            for work in todo:
                stamps[work.number] = stamp_of(work.file.key), time.time_ns()
                yield work

        by_number = {work.number: work for work in todo}
        for answer in readers.read(stamped()):
            if answer.stop is not None:
                raise answer.stop
            file = by_number[answer.number].file
            result = answer.result
            corrected = self.decided.get(result.report_id or "", "")
            self.entries[file.key] = entry_of(file, result, *stamps.pop(answer.number), corrected)
            self.fresh.add(file.key)
            refused = self.assembly.add(file.key, answer.columns) if answer.columns is not None else []
            self._refuse(refused)
            tell(result)
        self._refuse(self.assembly.flush())

    def _refuse(self, refused: Iterable[tuple[str, SchemaError]]) -> None:
        from vbdata.ingest.reading import bug

        for key, error in refused:
            self._fail(key, type(error).__name__, bug(error))

    def _fail(self, key: str, error: str, message: str) -> None:
        self.entries[key] = replace(
            self.entries[key], status="failed", error=error, message=message, head=None, version=0,
            counts=(None,) * len(COUNTED),
        )  # fmt: skip

    # ------------------------------------------------------------------------------ the end

    def finish(self) -> list[FileResult]:
        """Write what has changed; what came of every file."""
        found = self._places()
        for key, place in found.items():
            if place.version is None and self.entries[key].version:
                self.entries[key] = replace(self.entries[key], version=0, corrected="")
        self._check_not_lost()
        results = self._results(found)
        if self._changed():
            self._write(found, results)
        elif self.fresh or any(each is not self.last.entries[key] for key, each in self.entries.items()):
            assert self.state.previous is not None
            write_index(self._index(self.last.parts, self.last.across), self.state.previous)
        return results

    def _check_not_lost(self) -> None:
        """A good table is not replaced for a bug that the words brought out, nor all for any bug.

        Raises
        ------
        VbdataError
            When no report is left that was there, or when files are as they were, the code too, and they can
            no longer be read: then it is the vocabulary or the register that is to blame.
        """
        lost = [key for key in self.files if self._is_lost(key)]
        words = bool(lost) and self.before.otherwise and self.last.made_by.get("code") == made_by()["code"]
        if lost and (words or not any(entry.head for entry in self.entries.values())):
            raise VbdataError(
                f"{why_old(self.last.made_by)}, och filen går inte längre att läsa" if words
                else "filen går inte längre att läsa, och ingen av de andra",
                source=self.files[lost[0]].source,
                hint=f"tabellerna är kvar som de var. {self.entries[lost[0]].message}",
            )  # fmt: skip

    def _is_lost(self, key: str) -> bool:
        """Whether a file is as it was when it was a report, and now fails by a bug of ours."""
        before, now = self.last.entries.get(key), self.entries[key]
        if before is None or before.head is None or before.sha256 != now.sha256:
            return False
        return (now.message or "").startswith(BUG)

    def _changed(self) -> bool:
        """Whether any table may differ from the last run's."""
        if self.state.previous is None or self.before.otherwise:
            return True
        if list(self.files) != list(self.last.entries):
            return True
        return any(not self.entries[key].same_outcome(self.last.entries.get(key)) for key in self.entries)

    def _index(self, parts: Any, across: dict[str, Any]) -> Index:
        entries = {key: self.entries[key] for key in self.files}
        rows = self.rows or self.last.rows
        if rows:
            from vbdata.ingest.quoting import of_reports

            rows = of_reports(rows, self.corrections, self._known_reports())
        return Index(self.fingerprint, self.limits, entries, tuple(parts), across, made_by(), rows)

    def _known_reports(self) -> set[str]:
        """The reports that there are, and what files that cannot be read now were."""
        before = [entry for key, entry in self.last.entries.items() if key in self.files]
        held = [entry for entry in (*before, *self.entries.values()) if entry.head and entry.version]
        return {report_id(entry.head, entry.version) for entry in held if entry.head}

    def _write(self, found: dict[str, Place], results: Sequence[FileResult]) -> None:
        from vbdata.ingest import across
        from vbdata.store import columns

        kept = [key for key in self.files if key in found and found[key].version is not None]
        self.assembly.finish(kept)
        tables = Snapshot(self.state.processed, self.state.begin())
        last = self.last.across if self.last.fingerprint == self.fingerprint else {}
        known, rows = across.compare(self._members(found), tables, last)
        self.assembly.add_findings(rows)
        more: dict[str, int] = {}
        for row in rows:
            more[row["report_id"]] = more.get(row["report_id"], 0) + 1
        log = columns.columns_of(
            "extraction_log", [log_row(each, more.get(each.report_id or "", 0)) for each in results]
        )
        folder = self.state.begin()
        columns.write(
            "extraction_log", columns.arrow_of("extraction_log", log), folder / "extraction_log.parquet"
        )
        write_index(self._index(self.assembly.parts, known), folder)
        self.state.commit(forget=self._forgets())

    def _forgets(self) -> bool:
        """Whether a file's text is to be found no more: it is gone, or has been changed."""
        now = {key: self.entries[key].sha256 for key in self.files}
        return any(now.get(key) != old.sha256 for key, old in self.last.entries.items())

    def _members(self, found: dict[str, Place]) -> list[Any]:
        from vbdata.ingest.across import Member

        members = []
        for key, place in found.items():
            entry = self.entries[key]
            if place.version is not None and entry.head is not None:
                mark = f"{entry.sha256} {entry.corrected}"
                members.append(Member(report_id(entry.head, place.version), entry.head, mark))
        return members

    def _results(self, found: dict[str, Place]) -> list[FileResult]:
        sources = [file.source for file in self.files.values()]
        if len(set(sources)) < len(sources):
            from vbdata.normalise.filenames import without_names

            paths = map(without_names, self.files)  # folders may be called by a person too
            sources = unique_sources(list(zip(sources, paths, strict=True)))
        return [
            result_of(replace(file, source=source), self.entries[key], found.get(key), key not in self.fresh)
            for (key, file), source in zip(self.files.items(), sources, strict=True)
        ]
