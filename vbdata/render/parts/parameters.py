"""Parameters of a notebook, checked before it runs: papermill itself only warns about an unknown one."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from vbdata.errors import MissingDataError, ParameterError

INJECTED = "# Parameters"
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
    for statement in ast.parse(_parameters_cell(notebook)).body:
        if isinstance(statement, ast.AnnAssign):
            found[ast.unparse(statement.target)] = ast.unparse(statement.annotation)
        elif isinstance(statement, ast.Assign):
            name = ast.unparse(statement.targets[0])
            raise ParameterError(
                "parametern saknar typ", source=notebook.name, value=name, hint=f"skriv {name}: str = …"
            )
    return found


def _parameters_cell(notebook: Path) -> str:
    """Source of the cell; read as plain JSON, since papermill takes a second to import."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except (ValueError, KeyError) as error:
        raise ParameterError("filen är ingen anteckningsbok", source=notebook.name) from error
    tagged = (cell for cell in cells if "parameters" in cell["metadata"].get("tags", []))
    return "".join(next(tagged, {"source": ""})["source"])


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
        for each in _statements(cell)
        if isinstance(each, ast.AnnAssign)
    }
    given = {}
    for each in _statements(cells[at]):
        if isinstance(each, ast.Assign):
            given[ast.unparse(each.targets[0])] = ast.literal_eval(each.value)
    if known:
        _check(given, known, "anteckningsboken")


def _statements(cell: str) -> list[ast.stmt]:
    try:
        return ast.parse(cell).body
    except SyntaxError:  # a cell with IPython's own signs
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
