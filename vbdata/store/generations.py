"""Generations: every state of the tables is a folder of its own, and one rename makes it the state.

``processed/goals.parquet`` is a link to ``.generations/current/goals.parquet``, and ``current`` a link to the
newest complete generation. Where there are no symbolic links (Windows without the right to make them),
``current`` is a file that names it: vbdata reads the generation itself, and the tables in the folder are
copies, which are put right by the next run if one was stopped between two of them.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vbdata.errors import VbdataError
from vbdata.store import disk, leftovers
from vbdata.store.lock import Lock

ROOT = ".generations"
CURRENT = "current"
PUBLISHED = "published"
MANIFEST = "tables.json"
_LEASE = "lease"
_PART = ".part"
PINNED = "VBDATA_GENERATION"
"""The environment variable by which a run's processes all read the generation that the run began with."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of the tables: what is read from it belongs together, whatever is written meanwhile.

    `generation` is None for a folder of plain files that no run of this version has written.
    """

    processed: Path
    generation: Path | None

    def table(self, name: str) -> Path:
        """The table's Parquet file, or folder of Parquet files."""
        plain = self.processed / f"{name}.parquet"
        if self.generation is None:
            return plain
        if not plain.is_symlink() and plain.exists() and (self.generation.parent / CURRENT).is_symlink():
            return plain  # somebody has put a table of their own there
        return self.generation / f"{name}.parquet"


def snapshot(processed: Path | str | Snapshot) -> Snapshot:
    """The state that the folder is in now."""
    if isinstance(processed, Snapshot):
        return processed
    folder = Path(processed)
    root = folder / ROOT
    generation = _pinned(root) or current(root)
    if generation is not None and _by_name(root):
        _mend(folder, root, generation)
    return Snapshot(folder, generation)


def current(root: Path) -> Path | None:
    """The newest complete generation."""
    pointer = root / CURRENT
    try:
        name = os.readlink(pointer) if pointer.is_symlink() else pointer.read_text(encoding="utf-8")
    except OSError:  # there is none, or it was copied without its links
        return None
    generation = root / Path(name.strip()).name
    return generation if generation.is_dir() else None


def _pinned(root: Path) -> Path | None:
    named = os.environ.get(PINNED)
    if not named or not root.is_dir():
        return None
    generation = Path(named)
    return generation if generation.is_dir() and generation.parent == root.resolve() else None


@contextmanager
def pinned(processed: Path | str) -> Iterator[Snapshot]:
    """Hold the state: this process and those it starts read it, and no run removes it meanwhile."""
    state = snapshot(processed)
    if state.generation is None:
        yield state
        return
    before = os.environ.get(PINNED)
    with _leased(state.generation):
        os.environ[PINNED] = str(state.generation.resolve())
        try:
            yield state
        finally:
            os.environ.pop(PINNED)
            if before is not None:
                os.environ[PINNED] = before


@contextmanager
def _leased(generation: Path) -> Iterator[None]:
    try:
        import fcntl

        handle = os.open(generation / _LEASE, os.O_RDONLY)
    except (ImportError, OSError):  # Windows does not remove what is open
        yield
        return
    try:
        fcntl.flock(handle, fcntl.LOCK_SH)
        yield
    finally:
        os.close(handle)


def _in_use(generation: Path) -> bool:
    try:
        import fcntl

        handle = os.open(generation / _LEASE, os.O_RDONLY)
    except (ImportError, OSError):
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


class Transaction:
    """A new generation in the making; nobody sees it before `commit`."""

    def __init__(self, processed: Path, root: Path) -> None:
        self.processed, self.root = processed, root
        self.previous = current(root)
        self.name = f"{_number(root) + 1:06d}-{secrets.token_hex(3)}"
        self.folder = root / f"{self.name}{_PART}"
        self._begun = False

    def begin(self) -> Path:
        """The folder to put tables in."""
        if not self._begun:
            disk.make_folder(self.folder)
            self._begun = True
        return self.folder

    def commit(self, *, adopting: bool = False, forget: bool = False) -> None:
        """Make what is in the folder the state of the tables.

        Links to tables that were not there are made before the state is changed, so that all appear at once;
        when plain files are adopted, links take their places after it. With `forget` the state before is
        removed at once, since a report in it is gone; else readers that hold it have until the next run.
        """
        folder = self.begin()
        disk.write(folder / _LEASE, b"")
        disk.write(folder / MANIFEST, json.dumps(self._manifest(), indent=1).encode())
        for each in (*(path for path in folder.iterdir() if path.is_dir()), folder):
            disk.sync(each)
        generation = self.root / self.name
        disk.move(folder, generation)
        if not self._swap(adopting):
            disk.replace(self.root / CURRENT, self.name.encode())
            publish(self.processed, self.root, generation)
        with suppress(OSError):  # it is done: what cannot be removed now is removed by the next run
            prune(self.root, {generation, *([self.previous] if self.previous and not forget else [])})

    def _swap(self, adopting: bool) -> bool:
        """False where there are no symbolic links."""
        pointer = self.root / CURRENT
        if _by_name(self.root):
            return False
        try:
            if not adopting:
                _link_tables(self.processed)
            disk.symlink(self.name, pointer, folder=True)
        except (NotImplementedError, OSError) as error:
            if pointer.is_symlink() or (isinstance(error, OSError) and disk.is_full(error)):
                raise
            return False
        if adopting:
            _link_tables(self.processed)
        return True

    def abandon(self) -> None:
        """Forget what has been written."""
        disk.remove(self.folder)

    def _manifest(self) -> dict[str, Any]:
        known = manifest(self.previous).get("files", {}) if self.previous else {}
        files = {}
        for path in sorted(self.folder.rglob("*.parquet")):
            if path.is_file():
                name = path.relative_to(self.folder).as_posix()
                # Parts have names of their own for ever, so that a name seen before is a content seen before.
                again = "/" in name and name in known
                files[name] = known[name] if again else disk.sha256(path)
        return {"files": files}


def manifest(generation: Path) -> dict[str, Any]:
    """What the generation's manifest says: the checksum of each file."""
    try:
        found = json.loads((generation / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def whole(generation: Path) -> bool:
    """Whether every file of the generation is there as it was written."""
    for name, sha256 in manifest(generation).get("files", {}).items():
        try:
            if disk.sha256(generation / name) != sha256:
                return False
        except OSError:
            return False
    return True


def _generations(root: Path) -> list[Path]:
    """Every folder of a state, of earlier ones and of unfinished ones."""
    return [path for path in root.iterdir() if path.name[:6].isdigit() and path.is_dir()]


def has_earlier(root: Path) -> bool:
    """Whether a state other than the present one is there, since somebody reads it."""
    return root.is_dir() and any(path != current(root) for path in _generations(root))


def _number(root: Path) -> int:
    return max((int(path.name[:6]) for path in _generations(root)), default=0)


def _link_tables(processed: Path) -> None:
    from vbdata.schema import TABLES

    for table in TABLES:
        _link_table(processed, table)


def _link_table(processed: Path, table: str) -> None:
    path = processed / f"{table}.parquet"
    target = f"{ROOT}/{CURRENT}/{table}.parquet"
    if path.is_symlink() and os.readlink(path) == target:
        return
    if path.is_dir() and not path.is_symlink():  # parts that were copied without their links
        aside = processed / f".{table}{_PART}"
        disk.remove(aside)
        disk.move(path, aside)
    disk.symlink(target, path, folder=False)


@contextmanager
def writing(processed: Path) -> Iterator[Transaction]:
    """Hold the folder's lock, and make a new generation in it.

    Raises
    ------
    BusyError
        When another process is writing.
    VbdataError
        When the disk is full or the folder read-only; what was there is left as it was.
    """
    processed = Path(processed)
    with ExitStack() as stack:
        with _disk_errors(processed):
            root = processed / ROOT
            disk.make_folder(root)
            stack.enter_context(Lock(root))
            _clear(processed, root)
            _adopt(processed, root)
            transaction = Transaction(processed, root)
        stack.callback(transaction.abandon)
        with _disk_errors(processed):
            yield transaction


@contextmanager
def _disk_errors(processed: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise VbdataError(
            "det går inte att skriva i mappen", source=processed, value=error.strerror or str(error)
        ) from error


def _clear(processed: Path, root: Path) -> None:
    """Remove what runs that were stopped have left, and finish what they had begun."""
    now = current(root)
    if now is not None and _by_name(root):
        publish(processed, root, now)
    for path in root.glob(f"*{_PART}"):
        disk.remove(path)
    for path in (*processed.glob(f".*{_PART}"), *processed.glob(f"*.parquet{_PART}")):
        disk.remove(path)
    pointer = root / CURRENT
    if pointer.is_dir() and not pointer.is_symlink():  # the folder was copied without its links
        disk.remove(pointer)
    for path in _generations(root):
        if now is None or path.name > now.name:
            disk.remove(path)  # complete, but never the state
    if now is not None:
        prune(root, {now})  # what was read when it should have been removed
    leftovers.clear(root)


def prune(root: Path, kept: set[Path]) -> None:
    """Remove generations that nobody reads, but for those kept."""
    for path in _generations(root):
        if path not in kept and not _in_use(path):
            disk.remove(path)


def _adopt(processed: Path, root: Path) -> None:
    """Make plain files a generation, so that they can be replaced at once; each stays readable throughout."""
    if all(path.is_symlink() for path in processed.glob("*.parquet")) or _by_name(root):
        return
    from vbdata.schema import TABLES

    old = Transaction(processed, root)
    folder = old.begin()
    for table in TABLES:
        path = processed / f"{table}.parquet"
        if path.is_dir():
            link_folder(path, folder / path.name)
        elif path.exists():
            disk.link(path.resolve(), folder / path.name)
    if _has_links(root) and any(folder.iterdir()):
        old.commit(adopting=True)
    else:
        old.abandon()


def _by_name(root: Path) -> bool:
    """Whether the state is named by a file, for want of symbolic links."""
    return (root / CURRENT).is_file() and not (root / CURRENT).is_symlink()


def _has_links(root: Path) -> bool:
    probe = root / f"probe{_PART}"
    try:
        os.symlink("nowhere", probe)
    except (NotImplementedError, OSError) as error:
        if isinstance(error, OSError) and disk.is_full(error):
            raise
        return False
    probe.unlink()
    return True


def link_folder(source: Path, target: Path) -> None:
    """The files of a folder of parts, in another."""
    disk.make_folder(target)
    for path in source.iterdir():
        if path.is_file():
            disk.link(path, target / path.name)


# ------------------------------------------------------------------------- without symbolic links


def publish(processed: Path, root: Path, generation: Path) -> None:
    """Put copies of the generation's tables in the folder, one after the other, unless they are there."""
    from vbdata.schema import TABLES

    if _is_published(root, generation):
        return
    for table in TABLES:
        source, target = generation / f"{table}.parquet", processed / f"{table}.parquet"
        if not source.exists():
            continue
        part = target.with_name(f"{target.name}{_PART}")
        disk.remove(part)
        if source.is_dir():
            link_folder(source, part)
        else:
            disk.link(source, part)
        if target.is_dir() or (source.is_dir() and target.exists()):
            disk.remove(target)
        disk.move(part, target)
    disk.replace(root / PUBLISHED, generation.name.encode())


def _is_published(root: Path, generation: Path) -> bool:
    mark = root / PUBLISHED
    return mark.is_file() and mark.read_text(encoding="utf-8") == generation.name


def _mend(processed: Path, root: Path, generation: Path) -> None:
    """Finish a publication that was stopped, if nobody is at it."""
    with suppress(OSError, VbdataError):
        if not _is_published(root, generation):
            with Lock(root):
                publish(processed, root, generation)
