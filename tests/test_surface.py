"""The public surface: every name that an analyst may rely on, in one list. What is not here may change."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
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
}  # fmt: skip
#: What the notebooks of pages are made of: parts of pages, not of analyses.
PAGES = ("vbdata.render", "vbdata.register")


@pytest.mark.parametrize("module", SURFACE)
def test_the_list_is_what_a_tab_shows(module: str):
    found = vbdata if module == "vbdata" else vbdata.plot
    assert tuple(dir(found)) == tuple(sorted(SURFACE[module]))
    assert set(SURFACE[module]) <= set(found.__all__)
    assert all(hasattr(found, name) for name in SURFACE[module])


def test_what_type_checkers_see_is_what_is_there():
    tree = ast.parse(Path(vbdata.__file__).read_text(encoding="utf-8"))
    checked = next(node for node in tree.body if isinstance(node, ast.If))
    names = {each.name for node in checked.body if isinstance(node, ast.ImportFrom) for each in node.names}
    assert names | {"__version__"} == set(vbdata.__all__)


def shown() -> Iterator[tuple[str, str]]:
    """Every Python block of README, docs and notebooks, with where it stands."""
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        for block in re.findall(
            r"```(?:python|\{code-cell\}[^\n]*)\n(.*?)```", path.read_text("utf-8"), re.S
        ):
            yield path.name, re.sub(r"^:\w.*$", "", block, flags=re.M)
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text("utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        yield path.name, "\n".join(re.sub(r"^%.*$", "", each, flags=re.M) for each in code)


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


def test_docs_and_notebooks_use_the_surface_alone():
    public = {f"{module}.{name}" for module, names in SURFACE.items() for name in names} | {"vbdata"}
    used = {(place, name) for place, code in shown() for name in names_used(code)}
    assert ("examples.ipynb", "vbdata.load") in used
    strange = {each for each in used if each[1] not in public and not each[1].startswith(PAGES)}
    assert {(place, name) for place, name in strange if not name.startswith("vbdata.plot.TOKENS")} == set()


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
