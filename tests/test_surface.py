"""The public surface: every name that an analyst may rely on, in one list. What is not here may change."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import vbdata

ROOT = Path(vbdata.__file__).resolve().parents[1]
SURFACE = {
    "vbdata": (
        "VbdataError", "__version__", "answers", "complaint_totals", "denominators", "goal_counts", "load",
        "plot", "read", "read_tables", "sql", "units",
    ),
    "vbdata.plot": ("TOKENS", "complaints", "goals", "outcomes", "spread", "years"),
    "vbdata.analyse": ("unit_series",),
    "vbdata.analyse.counts": ("funnel",),
    "vbdata.register": ("Register", "register"),
    "vbdata.render": ("render_reports", "setup"),
}  # fmt: skip
#: What pages are made of; a notebook of one's own may use it, and it changes when the pages do.
PAGES = (
    *(f"vbdata.plot.{name}" for name in vbdata.plot.__all__),
    *(f"vbdata.render.{name}" for name in ("unit", "comparison", "outcome", "quality", "explore")),
)


@pytest.mark.parametrize("module", ["vbdata", "vbdata.plot"])
def test_the_list_is_what_a_tab_shows(module: str):
    assert tuple(dir(import_module(module))) == tuple(sorted(SURFACE[module]))


@pytest.mark.parametrize("module", SURFACE)
def test_every_name_of_the_list_is_there_and_in_the_reference(module: str):
    found = import_module(module)
    assert [name for name in SURFACE[module] if not hasattr(found, name)] == []
    documented = set(re.findall(r"auto\w+:: (vbdata[\w.]*)", (ROOT / "docs/reference.md").read_text("utf-8")))
    names = {f"{module}.{name}" for name in SURFACE[module]} - {"vbdata.plot", "vbdata.analyse.counts.funnel"}
    assert names - documented == set()


def test_what_type_checkers_see_is_what_is_there():
    tree = ast.parse(Path(vbdata.__file__).read_text(encoding="utf-8"))
    checked = next(node for node in tree.body if isinstance(node, ast.If))
    names = {each.name for node in checked.body if isinstance(node, ast.ImportFrom) for each in node.names}
    assert names | {"__version__"} == set(vbdata.__all__)


def shown() -> Iterator[tuple[str, str]]:
    """The Python blocks of README, of each page and of each notebook, with where they stand."""
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        blocks = re.findall(r"```(?:python|\{code-cell\}[^\n]*)\n(.*?)```", path.read_text("utf-8"), re.S)
        yield path.name, re.sub(r"^:\w.*$", "", "\n".join(blocks), flags=re.M)
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        yield path.name, re.sub(r"^%.*$", "", "\n".join(code), flags=re.M)


def names_used(code: str) -> Iterator[str]:
    """Full names of vbdata's that code imports, or takes from what it has imported."""
    known: dict[str, str] = {}
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            known |= {each.asname or "vbdata": "vbdata" for each in node.names if each.name == "vbdata"}
        elif isinstance(node, ast.ImportFrom) and str(node.module).split(".")[0] == "vbdata":
            known |= {each.asname or each.name: f"{node.module}.{each.name}" for each in node.names}
    known.setdefault("vbdata", "vbdata")  # a block of a page goes on where the one before it ended
    yield from known.values()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Attribute):
            name = ast.unparse(node)
            first, _, rest = name.partition(".")
            if first in known and name.replace(".", "").replace("_", "").isalnum():
                yield f"{known[first]}.{rest}"


def is_public(name: str) -> bool:
    """Whether a name is of the list or of the pages, or a part of one that is: ``plot.TOKENS.status``."""
    known = {f"{module}.{each}" for module in SURFACE for each in SURFACE[module]} | {*PAGES}
    return name in SURFACE or any(name == each or name.startswith(f"{each}.") for each in known)


def test_docs_and_notebooks_use_the_surface_alone():
    used = {(place, name) for place, code in shown() for name in names_used(code)}
    assert ("examples.ipynb", "vbdata.load") in used
    assert {each for each in used if not is_public(each[1])} == set()


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import vbdata\nvbdata.plot.goals(x)", {"vbdata", "vbdata.plot", "vbdata.plot.goals"}),
        ("from vbdata import analyse as a\na.wide(x)", {"vbdata", "vbdata.analyse", "vbdata.analyse.wide"}),
        ("pd.concat(x).vbdata", {"vbdata"}),
    ],
)
def test_names_are_found_in_code(code: str, names: set[str]):
    assert set(names_used(code)) == names
