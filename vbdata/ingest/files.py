"""Which files there are to read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vbdata.errors import MissingDataError
from vbdata.store.workbook import RAW

#: The bundled reports among the workbook's.
SAMPLE = RAW / "sample"


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file to read; `source` is its path relative to the raw folder it was found in."""

    path: Path
    source: str
    named: bool = False
    real: str = field(default="", compare=False)
    """The path without links, by which a file is known from run to run."""

    @property
    def key(self) -> str:
        return self.real or os.path.realpath(self.path)


def find_files(raws: Sequence[Path]) -> list[RawFile]:
    """Files under the given files and folders, in order of path; hidden ones are left out.

    So are the workbook's invented examples, where they stand among the analyst's own reports: they are read
    when they are all there is, or named.

    Raises
    ------
    MissingDataError
        When a path does not exist.
    """
    found: dict[str, RawFile] = {}
    for raw in raws:
        if not raw.exists():
            raise MissingDataError("filen eller mappen finns inte", source=raw)
        real = os.path.realpath(raw)
        if raw.is_file():
            found[real] = RawFile(raw, raw.name, named=True, real=real)
            continue
        for source, path in _below(real, ""):
            if path not in found or _is_example(found[path]):
                found[path] = RawFile(raw / source, source, real=path)
    examples = {key for key, file in found.items() if _is_example(file)}
    return [file for key, file in found.items() if key not in examples or examples == found.keys()]


def _is_example(file: RawFile) -> bool:
    """Whether a file is an example that was found in ``data/raw``: neither it nor its folder was named."""
    if not file.source.startswith(f"{SAMPLE.name}/"):
        return False
    return Path(file.key).parents[file.source.count("/")].parts[-2:] == RAW.parts


def what_is_read(raws: Sequence[Path], files: Sequence[RawFile]) -> str:
    """The first line of a run: how many files are read, where, and whether the examples are among them."""
    where = ", ".join(str(raw) for raw in raws)
    said = f"Läser {len(files)} {'fil' if len(files) == 1 else 'filer'} i {where}."
    if any(_is_example(file) for file in files):
        return f"{said} Det är påhittade exempel: lägg egna rapporter i {RAW.as_posix()}."
    left = [raw / SAMPLE.name for raw in raws if raw.resolve().parts[-2:] == RAW.parts]
    if any(each.is_dir() and not any(file.path.is_relative_to(each) for file in files) for each in left):
        said += f" Exemplen i {SAMPLE.as_posix()} är utelämnade: ange den mappen för att läsa dem."
    return said


def _below(folder: str, under: str) -> Iterator[tuple[str, str]]:
    """Path relative to the raw folder, and path without links, of each file; links to folders are passed."""
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda entry: entry.name)
    for entry in listed:
        if entry.name.startswith((".", "~$")):
            continue
        source = f"{under}{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path, f"{source}/")
        elif entry.is_file():
            yield source, os.path.realpath(entry.path) if entry.is_symlink() else entry.path


def default_raws(workbook: Path = Path()) -> tuple[list[Path], str]:
    """What to read when nothing is named, and a line that says so.

    The analyst's own reports in data/raw; the bundled sample only while there are none.
    """
    raw, sample = workbook / RAW, workbook / SAMPLE
    if not raw.is_dir():
        raise MissingDataError(
            "mappen finns inte", source=raw, hint="kör i arbetsbokens mapp, eller ange mappen med rapporter"
        )
    own = [file for file in find_files([raw]) if not file.path.is_relative_to(sample)]
    if own:
        paths = sorted({p for p in raw.iterdir() if p != sample and not p.name.startswith(".")})
        said = (
            f"Läser {len(own)} egna filer i {RAW.as_posix()}. Exemplen i {SAMPLE.as_posix()} är utelämnade."
        )
        return paths, said
    said = (
        f"Läser exemplen i {SAMPLE.as_posix()} (påhittade enheter). Lägg egna rapporter i {RAW.as_posix()}."
    )
    return [sample], said
