"""A report ready to be printed: with its traps and doubts in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from vbdata.errors import ParameterError
from vbdata.parse.records import Report
from vbdata.sample.dialects import render_parts
from vbdata.sample.parts import Part, Style, parts
from vbdata.sample.traps import DOUBTS, TRAPS, plant, spoil, trap


@dataclass(frozen=True, slots=True)
class Composed:
    """A report ready to be printed: what stands in it, what it means, and its parts with the traps in.

    `doubts` are the codes of the findings that ask about what was planted in it.
    """

    printed: Report
    meaning: Report
    parts: tuple[Part, ...]
    style: Style
    traps: tuple[str, ...]
    dialect: str
    seed: int
    doubts: tuple[str, ...] = ()

    def text(self) -> str:
        """The report as text in its dialect, with the traps of the converter in it."""
        made = render_parts(self.parts, self.dialect, self.seed, self.style)
        text: str = spoil("text", made, self.traps, Random(f"{self.seed}|text"))
        return text


def compose(report: Report, dialect: str, traps: Iterable[str] = (), seed: int = 0) -> Composed:
    """A report with the named `TRAPS` and `DOUBTS` set in it; the same arguments give the same report.

    `dialect` is one of `DIALECTS`, ``docx`` or ``pdf``; a trap that cannot be seen in it is left out.
    """
    chosen = tuple(sorted(set(traps)))
    known = (*TRAPS, *DOUBTS)
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise ParameterError("okänd fälla", value=", ".join(unknown), hint=f"välj bland {', '.join(known)}")
    chosen = tuple(name for name in chosen if dialect in trap(name).dialects)
    draft, doubts = plant(report, chosen, seed)
    style = Style(**spoil("style", {}, chosen, Random(f"{seed}|style")))
    made = parts(draft.printed, contents_repeat=style.contents_repeat, long_title=_long_title(report, seed))
    made = spoil("parts", made, chosen, Random(f"{seed}|parts"))
    return Composed(draft.printed, draft.meaning, made, style, chosen, dialect, seed, doubts)


def _long_title(report: Report, seed: int) -> bool:
    return Random(f"{seed}|{report.cover.unit_name}|title").random() < 0.25
