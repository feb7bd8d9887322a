"""The same report twice is kept once; another version of it becomes ``-v2``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vbdata.ingest.results import Head


@dataclass(frozen=True, slots=True)
class Held:
    """A file that holds a report."""

    key: str
    source: str
    head: Head


@dataclass(frozen=True, slots=True)
class Place:
    """Which version of its report a file is; a double has none, and names the file that it is a double of."""

    version: int | None
    double_of: str | None = None


def places(held: Sequence[Held]) -> dict[str, Place]:
    """The place of each file, by key.

    Two files are the same report when every goal, status, number and count in them is; of those the
    first is kept. Versions are numbered by date, then registry number, then path.
    """
    groups: dict[str, list[Held]] = {}
    for each in held:
        groups.setdefault(each.head.base_id, []).append(each)
    found: dict[str, Place] = {}
    for members in groups.values():
        found |= _places_in(members, groups)
    return found


def _places_in(members: Sequence[Held], taken: Mapping[str, object]) -> dict[str, Place]:
    found: dict[str, Place] = {}
    kept: dict[str, Held] = {}
    version = 0
    for each in sorted(members, key=lambda m: (m.head.date, m.head.dnr, m.source)):
        first = kept.setdefault(each.head.content, each)
        if first is not each:
            found[each.key] = Place(None, first.source)
            continue
        version += 1
        while version > 1 and report_id(each.head, version) in taken:  # a unit may be named so
            version += 1
        found[each.key] = Place(version)
    return found


def report_id(head: Head, version: int) -> str:
    """The id of a version of a report.

    >>> head = Head("2025-vb-x", "VB", 2025, "x", "X", None, "", "", "")
    >>> report_id(head, 1), report_id(head, 2)
    ('2025-vb-x', '2025-vb-x-v2')
    """
    return head.base_id if version == 1 else f"{head.base_id}-v{version}"


def unique_sources(files: Sequence[tuple[str, str]]) -> list[str]:
    """The log's key is the source: files of one name, from two folders, are told apart by their folders.

    Parameters
    ----------
    files
        Source and full path of each.

    Examples
    --------
    >>> unique_sources([("a.txt", "/x/r/a.txt"), ("a.txt", "/y/r/a.txt"), ("a.txt", "/z/r/a.txt")])
    ['a.txt', 'r/a.txt', 'z/r/a.txt']
    """
    seen: set[str] = set()
    unique = []
    for source, path in files:
        above = path.replace("\\", "/").removesuffix(f"/{source}").split("/")
        while source in seen and above:
            source = f"{above.pop()}/{source}"
        while source in seen:
            source = f"{source}'"
        seen.add(source)
        unique.append(source)
    return unique
