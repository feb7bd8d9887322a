"""What forgetting would remove, and what it cannot reach."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from vbdata.errors import MissingDataError
from vbdata.forget import originals, quotes
from vbdata.forget.chosen import Chosen, choose
from vbdata.ingest.index import Entry, Index, read_index
from vbdata.normalise.corrections import Correction, read_corrections
from vbdata.register import register_folder
from vbdata.render.parts.made import SHARED_FOLDER
from vbdata.render.run import manifest
from vbdata.schema.labels import nearest
from vbdata.store import snapshot
from vbdata.store.handed import PAGES, Handed, handed


@dataclass(frozen=True, slots=True)
class Workbook:
    """Where everything is; `root` is the folder that files are removed in, but not outside."""

    processed: Path
    reports: Path
    corrections: Path
    root: Path = field(default_factory=Path)

    @property
    def page_folders(self) -> list[Path]:
        """Every folder of the workbook that pages are known to have been written to."""
        noted = [each.path for each in handed(self.processed) if each.form == PAGES and self.has(each.path)]
        every = [self.reports, self.reports / SHARED_FOLDER, *noted]
        return [path for path in dict.fromkeys(path.resolve() for path in every) if path.is_dir()]

    def has(self, path: Path) -> bool:
        """Whether a path lies in the workbook."""
        return path.resolve().is_relative_to(self.root.resolve())


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes, and what stays: originals `outside` the workbook, exports and pages `elsewhere`."""

    chosen: Chosen
    originals: tuple[Path, ...]
    outside: tuple[Path, ...]
    elsewhere: tuple[Path, ...]
    remaining: tuple[Entry, ...]
    corrections: tuple[Correction, ...]
    exports: tuple[Handed, ...]
    saved: tuple[Path, ...]

    @property
    def files(self) -> list[Path]:
        """Exports' files that go."""
        return [path for each in self.exports for path in each.untouched()]

    @property
    def changed(self) -> list[Path]:
        """Exports' files that somebody has changed, which stay."""
        return [path for each in self.exports for path in each.changed()]


def plan(name: str, workbook: Workbook) -> Plan:
    """What forgetting a report, a unit or a file would do.

    Raises
    ------
    MissingDataError
        When nothing is known of it.
    CorrectionError
        When the corrections cannot be understood.
    """
    state = snapshot(workbook.processed)
    index = read_index(state.generation) or Index("", (0.0, 0))
    decided = read_corrections(workbook.corrections)
    elsewhere = {*_on_pages(workbook), *(each.report_id for each in decided)}
    root = workbook.root.resolve()
    now = {key: originals.placed(each, root) for key, each in index.entries.items()}
    chosen = choose(name, now.values(), elsewhere)
    names = (*chosen.ids, *chosen.known)
    exports = [each for each in handed(workbook.processed) if each.holds(*names)]
    if not (chosen.entries or chosen.known or exports):
        units = {each.head.unit_id: each.head.unit_name for each in now.values() if each.head}
        hint = f"ange enhetens id, rapportens id eller filen; {nearest(name, units)}"
        raise MissingDataError(
            "ingen rapport eller enhet heter så", source=workbook.processed, value=name, hint=hint
        )
    mine = {each.key for each in chosen.entries}
    others = {each.key: each for each in now.values() if each.key not in mine}
    read = [each for key, each in index.entries.items() if now[key].key in mine]
    sure = {Path(key) for key in mine} | set(originals.doubles(read, root))
    every = sorted(sure | originals.uncertain(read, root))
    there = [path for path in every if path.exists() and str(path) not in others]
    own = [path for path in there if path in sure and path.is_relative_to(root)]
    return Plan(
        chosen=chosen,
        originals=tuple(own),
        outside=tuple(path for path in there if path not in own),
        elsewhere=(
            *(each.path for each in exports if not workbook.has(each.path)),
            *_pages_elsewhere(workbook, chosen),
        ),
        remaining=tuple(each for key, each in others.items() if Path(key).exists()),
        corrections=tuple(each for each in decided if chosen.means(each.report_id)),
        exports=tuple(each for each in exports if workbook.has(each.path)),
        saved=tuple(_saved(workbook)),
    )


def _on_pages(workbook: Workbook) -> Iterator[str]:
    for folder in workbook.page_folders:
        for entry in manifest.read(folder).values():
            yield from entry.documents


def _pages_elsewhere(workbook: Workbook, chosen: Chosen) -> Iterator[Path]:
    """Folders of pages outside the workbook that show one of the reports."""
    mine = workbook.page_folders
    for each in handed(workbook.processed):
        if each.form == PAGES and each.path.resolve() not in mine:
            entries = manifest.read(each.path).values()
            if any(chosen.means(report) for entry in entries for report in entry.documents):
                yield each.path


def _saved(workbook: Workbook) -> Iterator[Path]:
    """Notebooks saved with results: whose results they are, nobody can tell."""
    yield from quotes.saved_results(workbook.root / "notebooks")
    for folder in workbook.page_folders:
        yield from folder.rglob(".ipynb_checkpoints")


def proposals(workbook: Workbook) -> list[Path]:
    """Proposals for the register, which quote the texts, in the workbook."""
    folder = register_folder()
    mine = folder.is_relative_to(workbook.root.resolve())
    return sorted(folder.glob("*_proposed.csv")) if mine else []
