"""The documentation: its code and commands run, and its reference has every public name."""

from __future__ import annotations

import ast
import doctest
import inspect
import json
import pkgutil
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest
import typer
from typer.testing import CliRunner

from vbdata import errors, plot, render
from vbdata.cli import app
from vbdata.errors import VbdataError
from vbdata.ingest import ingest

ROOT = Path(__file__).resolve().parents[1]
GENERATED = ("data_dictionary", "quality", "changelog")
PAGES = [ROOT / "README.md", *(p for p in sorted((ROOT / "docs").glob("*.md")) if p.stem not in GENERATED)]
FENCE = re.compile(r"^( *)```([^\n]*)\n(.*?)^\1```", re.M | re.S)

#: What no test here can wait for, and what runs it instead; few, and each of them is in the documentation.
NOT_RUN = {
    "vbdata run": "test_supply.py",
    "vbdata report": "test_render.py",
    "vbdata report --force": "test_freshness.py",
    "vbdata report --profile shared": "test_passed_on.py",
    "vbdata lab": "test_lab.py",
    "vbdata ingest data/raw --scheduler tcp://SCHEDULER:8786": "test_engines.py",
    "make report": "vbdata run", "make test": "CI",
}  # fmt: skip
#: Commands of others, by their first word.
OTHERS = ("conda", "pip", "dask", "python", "python3", "audit/bin/pip-audit", "(head", "cd", "jupyter")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of sample reports: those that are quick to read."""
    folder = tmp_path_factory.mktemp("docs")
    sample = folder / "data/raw/sample"
    shutil.copytree(ROOT / "data/raw/sample", sample)
    for path in (ROOT / "data").glob("*.csv"):
        shutil.copyfile(path, folder / "data" / path.name)
    read = [*sorted(sample.glob("*.txt")), sample / "2025_vp_tallasens_dagliga_verksamhet.md"]
    ingest(read, folder / "data/processed", jobs=1)
    return folder


@pytest.fixture(autouse=True)
def inside(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(workbook)
    yield workbook
    plt.close("all")


def blocks(page: Path) -> list[tuple[str, str]]:
    """Language and text of a page's fenced blocks."""
    return [(info, text) for _, info, text in FENCE.findall(page.read_text(encoding="utf-8"))]


def python(page: Path) -> list[str]:
    return [text for info, text in blocks(page) if info == "python" or info.startswith("{code-cell}")]


@pytest.mark.parametrize("page", [page for page in PAGES if python(page)], ids=lambda page: page.stem)
def test_the_python_of_a_page_runs_from_top_to_bottom(page: Path) -> None:
    names: dict[str, object] = {}
    for text in python(page):
        raises = ":tags: [raises-exception]" in text
        code = compile(re.sub(r"^:.*\n", "", text, flags=re.M), page.name, "exec")
        if raises:
            with pytest.raises(VbdataError):
                exec(code, names)
        else:
            exec(code, names)


@pytest.mark.parametrize(("name", "tables"), [("start", 2), ("examples", 7), ("mall", 0)])
def test_a_notebook_to_read_runs_cell_by_cell(
    name: str, tables: int, workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an analyst would, in the workbook's notebooks; some of what the cells end in is tables with rows."""
    (workbook / "notebooks").mkdir(exist_ok=True)
    monkeypatch.chdir(workbook / "notebooks")
    names: dict[str, object] = {}
    shown = 0
    for cell in json.loads((ROOT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            last = tree.body.pop()
            exec(compile(tree, "cell", "exec"), names)
            if isinstance(last, ast.Expr):
                found = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
                shown += isinstance(found, pd.DataFrame) and len(found) > 0
            else:
                exec(compile(ast.Module([last], []), "cell", "exec"), names)
    assert shown >= tables


def commands(page: Path) -> Iterator[str]:
    """Every command of a page, without what the shell does and remarks."""
    text = page.read_text(encoding="utf-8")
    for info, block in blocks(page):
        if info in ("sh", ""):
            yield from (line.split("  #")[0].split(" # ")[0].strip() for line in block.splitlines() if line)
    outside = FENCE.sub("", text).replace("\\|", "|")
    yield from (" ".join(each.split()) for each in re.findall(r"`(vbdata [a-z][^`]*)`", outside))


COMMANDS = {command: page for page in PAGES for command in commands(page)}
OURS = sorted({each.split(" > ")[0] for each in COMMANDS if each.startswith("vbdata ")})
GROUP = typer.main.get_command(app)


def options(name: str) -> set[str]:
    return {opt for each in GROUP.commands[name].params for opt in (*each.opts, *each.secondary_opts)} | {
        "--help"
    }


@pytest.mark.parametrize("command", OURS)
def test_a_command_is_as_it_is_said_to_be(command: str) -> None:
    """Its options are there; where nothing is left to fill in, it runs."""
    _, name, *rest = command.split()
    assert set(re.findall(r"--[a-z]+", command)) <= options(name)
    if command in NOT_RUN or re.search(r"[A-Z]{2}|\[|\|", command):
        return
    try:
        GROUP.commands[name].make_context(name, list(rest), resilient_parsing="--help" in rest)
    except Exception as error:  # spoken of, not shown: something is left out (Typer has a click of its own)
        assert type(error).__name__ in ("MissingParameter", "BadOptionUsage"), error
        return
    done = CliRunner().invoke(app, [name, *rest])
    assert done.exit_code == 0, (done.output, done.exception)


def test_what_is_not_run_is_little_and_named() -> None:
    other = {line for line in COMMANDS if not line.startswith(("vbdata ", "Fel: ")) and line}
    unknown = [
        line for line in other if line not in NOT_RUN and line.split()[0] not in OTHERS and "$" not in line
    ]
    assert [line for line in unknown if re.match(r"[a-z./(]+ ", line) and "─" not in line] == []
    assert len(NOT_RUN) <= 8 and set(NOT_RUN) <= set(COMMANDS)


def test_the_options_named_in_a_row_of_the_readme_are_the_commands_own() -> None:
    rows = re.findall(r"^\| `vbdata ([a-z]+).*$", (ROOT / "README.md").read_text(encoding="utf-8"), re.M)
    text = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    for name in rows:
        (row,) = (line for line in text if re.match(rf"\| `vbdata {name}\b", line))
        assert set(re.findall(r"--[a-z]+", row)) <= options(name), row
    assert set(rows) == set(GROUP.commands)


# The reference


def reference() -> set[str]:
    """The names that the reference has."""
    text = (ROOT / "docs/reference.md").read_text(encoding="utf-8")
    names = set(re.findall(r"^\.\. auto(?:function|exception|data|class):: (\S+)", text, re.M))
    for module in re.findall(r"^\.\. automodule:: vbdata\.render\.pages\.(\w+)", text, re.M):
        names |= {f"vbdata.render.{module}.{name}" for name in getattr(render, module).__all__}
    if ".. automodule:: vbdata.errors" in text:
        names |= {f"vbdata.errors.{name}" for name, kind in vars(errors).items() if isinstance(kind, type)}
    return names


def test_every_name_of_the_reference_is_there() -> None:
    """That every public name is in it, `tests/test_surface.py` sees to."""
    assert all(pkgutil.resolve_name(name) is not None for name in reference())


@pytest.mark.parametrize(
    "name", sorted(each for each in reference() if re.fullmatch(r"vbdata\.(plot\.)?[a-z_]+", each))
)
def test_the_example_of_a_function_runs(name: str) -> None:
    for found in doctest.DocTestFinder(recurse=False).find(pkgutil.resolve_name(name), name):
        for each in found.examples:
            if each.want:
                assert repr(eval(each.source, found.globs)) == each.want.strip()
            else:
                exec(each.source, found.globs)


def test_the_gallery_has_every_chart() -> None:
    charts = {
        name
        for name in plot.__all__
        if callable(found := getattr(plot, name))
        and (ax := inspect.signature(found).parameters.get("ax")) is not None
        and ax.kind is inspect.Parameter.KEYWORD_ONLY
    }
    code = "\n".join(python(ROOT / "docs/gallery.md"))
    assert {name for name in charts if f"plot.{name}(" not in code} == set() and len(charts) >= 14
    assert {f"vbdata.plot.{name}" for name in charts} <= reference()


def test_every_page_is_in_the_sites_contents() -> None:
    listed = re.findall(r"^(\w+)$", (ROOT / "docs/index.md").read_text(encoding="utf-8"), re.M)
    assert sorted(listed) == sorted(p.stem for p in (ROOT / "docs").glob("*.md") if p.stem != "index")
