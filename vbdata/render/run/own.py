"""The analyst's own notebooks: which pages each asks for is told by its cell of parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from vbdata.errors import ParameterError
from vbdata.render.parts.made import NOTEBOOK_NAMES
from vbdata.render.parts.parameters import (
    GIVEN,
    RUN,
    cells_of,
    declared,
    first_heading,
    parameter_cells,
    statements,
)

ONCE, NEVER = "once", "never"


@dataclass(frozen=True, slots=True)
class Own:
    """A notebook that asks for pages: one per unit, per year or both, else one (`run` is ``once``)."""

    name: str
    title: str
    address: str
    """What its pages and their folder are called."""
    parameters: frozenset[str]

    @property
    def per_year(self) -> bool:
        """Whether it is run for every year, and not for the latest alone."""
        return "year" in self.parameters

    @property
    def per_unit(self) -> bool:
        """Whether it is run for every unit."""
        return "unit_id" in self.parameters


def own_notebooks(folder: Path) -> list[Own]:
    """The notebooks of a folder that are not vbdata's and that ask for pages.

    Raises
    ------
    ParameterError
        Naming the notebook and the cell, when its parameters cannot be understood.
    """
    asked: dict[str, Own] = {}
    for path in sorted(folder.glob("*.ipynb")):
        if path.stem in NOTEBOOK_NAMES or (own := _own(path)) is None:
            continue
        if own.address in asked:
            raise ParameterError(
                f"anteckningsboken skulle få samma sidor som {asked[own.address].name}.ipynb",
                source=path.name, hint="döp om en av dem",
            )  # fmt: skip
        asked[own.address] = own
    return list(asked.values())


def _own(path: Path) -> Own | None:
    from vbdata.normalise.names import unit_slug  # imports pandas, which looking for changed files must not

    cells = parameter_cells(path)
    if not cells:
        return None
    names = declared(path)
    (number, source), *_ = cells
    run = _run(path, number, source) if RUN in names else ""
    asks = [name for name in ("unit_id", "year") if name in names]
    if run == ONCE and asks:
        raise ParameterError(
            f'run = "once" och {asks[0]} säger emot varandra', source=path.name, place=f"kodcell {number}",
            hint="ta bort en av raderna",
        )  # fmt: skip
    if not (run or asks):
        _check_spelling(path, number, names)
    if run == NEVER or not (run or asks):
        return None
    return Own(path.stem, first_heading(cells_of(path)) or path.stem, unit_slug(path.stem), frozenset(names))


def _check_spelling(path: Path, number: int, names: Mapping[str, str]) -> None:
    """Refuse a name that is nearly one that asks for pages: they would never be made, without a word."""
    for name, kind in names.items():
        for meant in get_close_matches(name, ("unit_id", "year"), 1):
            if GIVEN[meant] == kind:
                raise ParameterError(
                    "okänd parameter", source=path.name, place=f"kodcell {number}", value=name,
                    hint=f'menade du {meant}? annars skriv run = "never"',
                )  # fmt: skip


def _run(path: Path, number: int, source: str) -> str:
    """What the cell says of `run`."""
    for statement in ast.parse(source).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == RUN:
            said = statement.value.value if isinstance(statement.value, ast.Constant) else None
            if said in (ONCE, NEVER):
                return str(said)
    raise ParameterError(
        'skriv run = "once" (en sida) eller run = "never" (ingen)', source=path.name,
        place=f"kodcell {number}", hint="ta bort raden om det ska bli en sida per år eller enhet",
    )  # fmt: skip


def files_named(notebook: Path) -> Iterator[Path]:
    """The files that a notebook's code names: its pages are made anew when one of them has changed."""
    for cell in cells_of(notebook):
        for text in _texts("".join(cell["source"])) if cell["cell_type"] == "code" else ():
            if "." in text and len(text) < 250 and "\n" not in text and (notebook.parent / text).is_file():
                yield notebook.parent / text


@lru_cache(maxsize=512)
def _texts(source: str) -> list[str]:
    nodes = (node for statement in statements(source) for node in ast.walk(statement))
    return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
