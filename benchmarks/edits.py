"""How many of the doubts that an edit plants are asked about, each at its line, and how many are not there.

    python benchmarks/edits.py [--corpus FOLDER] [--show] [--kinds KIND …]

A base is a consistent report: six invented ones of different trades in `benchmarks/edits/bases`, some with
their plan or the report of the year before; three generated ones; and texts of a corpus, where its folder is
given. An edit (`benchmarks/edits/*.toml`) changes one place of a base so that a careful reader would ask.
It counts as asked when there is a finding that the unedited base did not have and one of whose two places is
within a line of where the edit says. `kept_apart.toml` holds kinds that no check may be tuned on: look at its
totals, not at its cases.

What is found in an unedited base is a false alarm, formalities left out. It is listed with its words, since a
text that was generated or written for another purpose may well contradict itself.
"""

from __future__ import annotations

import argparse
import datetime
import re
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from vbdata import __version__, load
from vbdata.ingest import ingest
from vbdata.quality.kept import keep
from vbdata.quality.planted import PLANTED, Planted
from vbdata.sample import write_samples

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from benchmarks.states import READING  # noqa: E402

DATA = ROOT / "benchmarks" / "edits"
BASES = DATA / "bases"
PARTS = ("open", "kept_apart")
#: Base → report that is read with it, as the unit's own plan or the year before.
COMPANIONS = {
    "group_home.md": "group_home_plan.md",
    "preschool.md": "preschool_plan.md",
    "day_centre.md": "day_centre_before.md",
    "school.txt": "school_before.md",
}
#: Bases that are generated, and those of a corpus.
GENERATED, CORPUS = "generated", "corpus/"
#: Findings about the file, the register and the vocabulary, which say nothing of the report's words.
FORMALITIES = frozenset({
    "cover_field_missing", "indicator_new", "table_missing", "unit_id_shared", "unit_not_registered",
    "unknown_label",
})  # fmt: skip
#: A finding this many lines off still points at the place.
NEAR = 1


class EditError(ValueError):
    """An edit does not fit its base."""


class Place(NamedTuple):
    """A line of a file, from 1."""

    file: str
    line: int


class Asked(NamedTuple):
    """A finding, told from another by its code and its words, with its places."""

    code: str
    message: str
    places: frozenset[Place]


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a base.

    Attributes
    ----------
    find, replace
        A text that the base has once, and what stands there instead. With `pattern`, `find` is a regular
        expression, and its first match is replaced.
    at
        Texts, each once in the edited base, at whose lines a finding may point, besides the changed lines.
    at_companion
        The same of the report that is read with the base: there a finding may point, too.
    """

    kind: str
    part: str
    base: str
    find: str
    replace: str
    pattern: bool = False
    at: tuple[str, ...] = ()
    at_companion: tuple[str, ...] = ()

    def fits(self, text: str) -> bool:
        return bool(re.search(self.find, text)) if self.pattern else text.count(self.find) == 1

    def made(self, text: str) -> str:
        """The base's text with the edit in it.

        Raises
        ------
        EditError
            When what is looked for is not there once, or nothing changes.
        """
        if not self.fits(text):
            raise EditError(f"{self.kind}, {self.base}: not once in the base: {self.find[:60]!r}")
        if self.pattern:
            edited = re.sub(self.find, self.replace, text, count=1)
        else:
            edited = text.replace(self.find, self.replace)
        if edited == text:
            raise EditError(f"{self.kind}, {self.base}: changes nothing: {self.find[:60]!r}")
        return edited

    def lines(self, text: str) -> set[int]:
        """The lines of the edited text at which a finding may point."""
        edited = self.made(text)
        return {_line_of(edited, each) for each in self.at} | _changed(text, edited)


def _line_of(text: str, words: str) -> int:
    if text.count(words) != 1:
        raise EditError(f"not once: {words[:60]!r}")
    return text[: text.index(words)].count("\n") + 1


def _changed(before: str, after: str) -> set[int]:
    """Lines of `after` from the first to the last that `before` does not have at that end."""
    old, new = before.split("\n"), after.split("\n")
    head = _alike(old, new)
    tail = min(_alike(old[::-1], new[::-1]), min(len(old), len(new)) - head)
    return set(range(head + 1, max(head + 1, len(new) - tail) + 1))


def _alike(old: Iterable[str], new: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


# ------------------------------------------------------------------------------------ the bases


def edits(part: str) -> list[Edit]:
    """The edits of a part; a base of several names stands for an edit of each."""
    with (DATA / f"{part}.toml").open("rb") as handle:
        kinds: dict[str, list[dict[str, Any]]] = tomllib.load(handle)
    return [
        Edit(kind, part, **{name: tuple(v) if isinstance(v, list) else v for name, v in each.items()})
        for kind, rows in kinds.items()
        for each in rows
    ]


@cache
def generated() -> dict[str, str]:
    """Annual reports of invented units, without traps, in the dialects that keep one paragraph to a line."""
    with tempfile.TemporaryDirectory(prefix="vbdata-edits-") as name:
        files = write_samples(Path(name), 6, (2025,), 3, ("txt",), trap_share=0.0)
        told = [f for f in files if f.printed.cover.kind == "VB" and f.dialect in ("plain", "marked")]
        return {
            f"{GENERATED}/{number}.txt": f.path.read_bytes()
            .decode(f.encoding or "utf-8")
            .replace("\r\n", "\n")
            for number, f in enumerate(told[:3], start=1)
        }


def bases(corpus: Path | None = None) -> dict[str, str]:
    """Name → text of each base."""
    own = {path.name: path.read_text(encoding="utf-8") for path in sorted(BASES.iterdir())}
    texts = {name: text for name, text in own.items() if name not in COMPANIONS.values()} | generated()
    for path in sorted(corpus.glob("*.txt")) if corpus else ():
        texts[f"{CORPUS}{path.name}"] = path.read_text(encoding="utf-8")
    return texts


def companion(base: str) -> str | None:
    name = COMPANIONS.get(base)
    return None if name is None else (BASES / name).read_text(encoding="utf-8")


def planted(edit: Edit, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each base that the edit is made in, with its text; of generated ones all that it fits."""
    if edit.base == GENERATED:
        yield from ((b, t) for b, t in texts.items() if b.startswith(GENERATED) and edit.fits(t))
    elif edit.base in texts:
        yield edit.base, texts[edit.base]


def places(edit: Edit, base: str, text: str) -> set[Place]:
    """Where a finding may point."""
    found = {Place(_file(base), line) for line in edit.lines(text)}
    other = companion(base)
    if edit.at_companion and other is not None:
        found |= {Place(COMPANIONS[base], _line_of(other, each)) for each in edit.at_companion}
    return found


def _file(base: str) -> str:
    return base.rsplit("/", 1)[-1]


# ----------------------------------------------------------------------------------- what is asked


def asked(base: str, text: str) -> list[Asked]:
    """The findings of a base and of the report that is read with it, formalities left out."""
    with tempfile.TemporaryDirectory(prefix="vbdata-edits-") as name:
        raw, tables = Path(name) / "raw", Path(name) / "tables"
        raw.mkdir()
        (raw / _file(base)).write_text(text, encoding="utf-8")
        other = companion(base)
        if other is not None:
            (raw / COMPANIONS[base]).write_text(other, encoding="utf-8")
        ingest([raw], tables, jobs=1)
        sources = dict(load("reports", tables)[["report_id", "source"]].itertuples(index=False))
        rows = load("findings", tables).to_dict("records")
    return [_asked(row, sources) for row in rows if row["code"] not in FORMALITIES]


def _asked(row: Mapping[Any, Any], sources: Mapping[str, str]) -> Asked:
    # where no other report is named, the second place is in the same one
    other = row["report_id"] if pd.isna(row["other_report_id"]) else row["other_report_id"]
    told = ((row["report_id"], row["source_line"]), (other, row["other_line"]))
    found = (Place(Path(sources[report]).name, int(line)) for report, line in told if not pd.isna(line))
    return Asked(row["code"], row["message"], frozenset(found))


def new(before: Sequence[Asked], after: Sequence[Asked]) -> list[Asked]:
    """Findings that were not there before; one that has only moved is the same."""
    left = Counter((each.code, each.message) for each in before)
    found = []
    for each in after:
        if left[each.code, each.message]:
            left[each.code, each.message] -= 1
        else:
            found.append(each)
    return found


def holds(finding: Asked, wanted: Iterable[Place]) -> bool:
    return any(
        place.file == want.file and abs(place.line - want.line) <= NEAR
        for place in finding.places
        for want in wanted
    )


class Case(NamedTuple):
    """An edit made in a base, with the new findings: those at its place and the others."""

    edit: Edit
    base: str
    here: list[Asked]
    elsewhere: list[Asked]


def cases(
    part: str, texts: Mapping[str, str], unedited: Mapping[str, list[Asked]], kinds: Sequence[str]
) -> Iterator[Case]:
    """Every edit of a part in each of its bases."""
    for edit in edits(part):
        if kinds and edit.kind not in kinds:
            continue
        for base, text in planted(edit, texts):
            wanted = places(edit, base, text)
            found = new(unedited[base], asked(base, edit.made(text)))
            yield Case(
                edit,
                base,
                [each for each in found if holds(each, wanted)],
                [each for each in found if not holds(each, wanted)],
            )


# ----------------------------------------------------------------------------------------- print


def show_cases(part: str, made: Sequence[Case], *, show: bool) -> None:
    """A line per kind, and the total of the part."""
    by_kind: dict[str, list[Case]] = {}
    for case in made:
        by_kind.setdefault(case.edit.kind, []).append(case)
    for kind, each in by_kind.items():
        print(f"{part:10} {kind:38} {sum(bool(c.here) for c in each):3} of {len(each):3}")
        for case in each if show else ():
            print(f"    {'asked ' if case.here else 'missed'} {case.base}: {case.edit.replace[:90]!r}")
            for where, found in (("here", case.here), ("elsewhere", case.elsewhere)):
                for one in found:
                    print(f"        {where}: {one.code}: {one.message[:150]}")
    hits = sum(bool(case.here) for case in made)
    share = 100 * hits / len(made) if made else 0
    print(f"{part:10} {len(by_kind)} kinds: {hits} of {len(made)} asked ({share:.0f} %)")


def show_unedited(unedited: Mapping[str, list[Asked]]) -> None:
    """What is found in unedited bases, by sort of base; notes of what was not read are counted apart."""
    sorts: dict[str, list[Counter[bool]]] = {"own": [], GENERATED: [], CORPUS: []}
    for base, found in unedited.items():
        for one in found:
            lines = sorted(place.line for place in one.places)
            print(f"    {base} {lines}: {one.code}: {one.message[:200]}")
        sort = next((s for s in (GENERATED, CORPUS) if base.startswith(s)), "own")
        sorts[sort].append(Counter(one.code in READING for one in found))
    for sort, counts in sorts.items():
        if counts:
            doubts, notes = (sum(each[about_reading] for each in counts) for about_reading in (False, True))
            told = f"{doubts} doubts in {len(counts)} reports ({doubts / len(counts):.2f} each)"
            print(f"unedited   {sort.strip('/'):10} {told}, and {notes} notes of what was not read")


def counted(part: str, made: Sequence[Case]) -> Planted:
    """The part's row of docs/quality.md."""
    hits = sum(bool(case.here) for case in made)
    kinds = len({case.edit.kind for case in made})
    return Planted(part, kinds, len(made), hits, __version__, datetime.date.today().isoformat())


def counted_unedited(unedited: Mapping[str, list[Asked]]) -> Planted:
    """What is found in the benchmark's own reports as they are."""
    own = [found for base, found in unedited.items() if not base.startswith((GENERATED, CORPUS))]
    doubts = sum(one.code not in READING for found in own for one in found)
    return Planted("unedited", 0, len(own), doubts, __version__, datetime.date.today().isoformat())


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    options.add_argument("--corpus", type=Path, metavar="FOLDER", help="texts that some edits are made in")
    options.add_argument("--parts", nargs="+", default=list(PARTS), choices=PARTS)
    options.add_argument("--kinds", nargs="+", default=[], metavar="KIND")
    options.add_argument(
        "--show", action="store_true", help="list the edits of the open part with what is found"
    )
    options.add_argument("--keep", action="store_true", help="write the file of docs/quality.md")
    given = options.parse_args()
    texts = bases(given.corpus)
    unedited = {base: asked(base, text) for base, text in texts.items()}
    kept = []
    for part in given.parts:
        made = list(cases(part, texts, unedited, given.kinds))
        show_cases(part, made, show=given.show and part == "open")
        kept.append(counted(part, made))
        left = [edit for edit in edits(part) if edit.base != GENERATED and edit.base not in texts]
        if left:
            print(
                f"{part:10} {len(left)} edits left out: their bases are in a corpus, and no --corpus is given"
            )
    show_unedited(unedited)
    if given.keep:
        keep([*kept, counted_unedited(unedited)], PLANTED)


if __name__ == "__main__":
    main()
