"""A notebook's title and parameters, checked before it runs: papermill only warns of an unknown one."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from vbdata.errors import MissingDataError, ParameterError

INJECTED = "# Parameters"
RUN = "run"
"""What says whether a notebook is run; it has no type, since IPython takes ``run: str`` for `%run`."""
GIVEN = {"unit_id": "str", "year": "int", "kind": "str", "processed": "str"}
"""What a run gives every notebook that has it, and its type."""
_PLAIN: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (float, int), "bool": (bool,)}


def declared(notebook: Path) -> dict[str, str]:
    """Name → type of the parameters in the notebook's cell tagged ``parameters``.

    Raises
    ------
    MissingDataError
        When there is no such notebook.
    ParameterError
        When a parameter of it has no type.
    """
    if not notebook.is_file():
        raise MissingDataError("anteckningsboken finns inte", source=notebook)
    found: dict[str, str] = {}
    for number, source in parameter_cells(notebook):
        for statement in _parsed(notebook, number, source):
            name, kind, wrong, hint = _parameter(statement)
            if wrong:
                raise ParameterError(
                    wrong, source=notebook.name, place=f"kodcell {number}", value=name, hint=hint
                )
            found[name] = kind
    return found


def _parameter(statement: ast.stmt) -> tuple[str, str, str, str]:
    """Name and type that a line of the cell declares; what is wrong with it, and what to do."""
    name = ast.unparse(statement)
    if isinstance(statement, ast.Assign):
        name = ast.unparse(statement.targets[0])
        hint = f"skriv {name}: {GIVEN.get(name) or _type_of(statement.value)} = …"
        return name, "str", "" if name == RUN else "parametern saknar typ", hint
    if not isinstance(statement, ast.AnnAssign):
        return name, "", "raden är ingen parameter", "flytta den till en annan cell"
    name, kind = ast.unparse(statement.target), ast.unparse(statement.annotation)
    wanted = GIVEN.get(name, kind)
    if kind != wanted:
        return name, kind, f"parametern ska vara {wanted}, inte {kind}", f"skriv {name}: {wanted} = …"
    with suppress(ValueError):  # what is worked out is known when it runs
        if statement.value is not None and not _fits(ast.literal_eval(statement.value), kind):
            said = f"parameterns värde är inte {kind}"
            return name, kind, said, "decimaler skrivs med punkt, och text inom citattecken"
    return name, kind, "", ""


def _type_of(value: ast.expr) -> str:
    """The type of a value as it is written; text where it is worked out."""
    kind = type(value.value).__name__ if isinstance(value, ast.Constant) else "str"
    return kind if kind in _PLAIN else "str"


def _parsed(notebook: Path, number: int, source: str) -> list[ast.stmt]:
    try:
        return ast.parse(source).body
    except SyntaxError as error:
        raise ParameterError(
            "parametrarna går inte att förstå", source=notebook.name, value=(error.text or "").strip(),
            place=f"kodcell {number}, rad {error.lineno}", hint="skriv en per rad, som year: int = 2025",
        ) from error  # fmt: skip


def parameter_cells(notebook: Path) -> list[tuple[int, str]]:
    """Number and source of the code cell tagged ``parameters``, or none; only code cells count, from 1.

    Raises
    ------
    ParameterError
        When the file is no notebook, or several cells are tagged.
    """
    try:
        code = [cell for cell in cells_of(notebook) if cell["cell_type"] == "code"]
        tagged = [
            (number, "".join(cell["source"]))
            for number, cell in enumerate(code, 1)
            if "parameters" in cell.get("metadata", {}).get("tags", [])
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ParameterError("filen är ingen anteckningsbok", source=notebook.name) from error
    if len(tagged) > 1:
        places = " och ".join(f"kodcell {number}" for number, _ in tagged)
        raise ParameterError(
            "flera celler är märkta parameters", source=notebook.name, place=places, hint="märk bara en"
        )
    return tagged


def cells_of(notebook: Path) -> list[dict[str, Any]]:
    """A notebook's cells, to be read alone: as plain JSON, since papermill takes a second to import."""
    return _cells(notebook.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)  # a page is made for every unit
def _cells(content: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(content)["cells"]
    return found


def first_heading(cells: Sequence[Mapping[str, Any]]) -> str:
    """The first heading of a notebook's text: its title.

    >>> first_heading([{"cell_type": "markdown", "source": ["# Mina mål\\n", "Hur det gick."]}])
    'Mina mål'
    """
    texts = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    lines = (line for text in texts for line in text.splitlines())
    return next((line.removeprefix("# ").strip() for line in lines if line.startswith("# ")), "")


def check(notebook: Path, parameters: Mapping[str, Any]) -> None:
    """Refuse unknown parameters and values of the wrong type.

    Raises
    ------
    ParameterError
        Naming the parameter, its type and the value.
    """
    _check(parameters, declared(notebook), notebook.name)


def _check(parameters: Mapping[str, Any], known: Mapping[str, str], source: str) -> None:
    for name, value in parameters.items():
        if name not in known:
            raise ParameterError(
                "okänd parameter",
                source=source,
                value=name,
                hint=f"parametrarna är {', '.join(known)}",
            )
        if not _fits(value, known[name]):
            raise ParameterError(
                f"parametern {name} ska vara {known[name]}, inte {type(value).__name__}",
                source=source,
                value=repr(value),
            )


def check_injected(cells: Sequence[str]) -> None:
    """Check what plain papermill has put into a running notebook, which itself only warns of a misspelling.

    Parameters
    ----------
    cells
        The sources of the cells that have run; papermill's own begins with ``# Parameters``.

    Raises
    ------
    ParameterError
        Naming the parameter.
    """
    at = next((i for i, cell in enumerate(cells) if cell.startswith(INJECTED)), None)
    if at is None:
        return
    known = {
        ast.unparse(each.target): ast.unparse(each.annotation)
        for cell in cells[:at]
        for each in statements(cell)
        if isinstance(each, ast.AnnAssign)
    }
    given = {}
    for each in statements(cells[at]):
        if isinstance(each, ast.Assign):
            given[ast.unparse(each.targets[0])] = ast.literal_eval(each.value)
    if known:
        _check(given, known, "anteckningsboken")


def statements(cell: str) -> list[ast.stmt]:
    """What a cell's code says; nothing where it has IPython's own signs."""
    try:
        return ast.parse(cell).body
    except SyntaxError:
        return []


def _fits(value: Any, kind: str) -> bool:
    """Whether a value is of a type as it is written in the notebook."""
    options = [option.strip() for option in kind.split("|")]
    if "None" in options and value is None:
        return True
    for option in options:
        members = re.fullmatch(r"list\[(.+)\]", option)
        if members and isinstance(value, list) and all(_fits(each, members[1]) for each in value):
            return True
        # A bool is an int to Python, but not to somebody who asked for a year.
        right = _PLAIN.get(option, ())
        if isinstance(value, right) and (bool in right or not isinstance(value, bool)):
            return True
    return False
