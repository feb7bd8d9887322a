"""The house around the library: lists of packages, direction of imports, notebooks, what files may name."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "vbdata"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PAGES = [path for path in NOTEBOOKS if path.stem not in ("start", "examples", "mall")]
"""Those that a run may be given parameters for; the others are read, and changed or copied, by hand."""

# PyPI's name to conda-forge's, where they differ.
CONDA_NAMES = {
    "duckdb": "python-duckdb", "matplotlib": "matplotlib-base", "pandera": "pandera-pandas",
    "seaborn": "seaborn-base",
}  # fmt: skip
# Not built by conda-forge for Windows: pip installs it into the conda environment.
BY_PIP = {"pypdfium2"}

CHAIN = ("extract", "parse", "normalise", "validate", "store", "analyse", "plot", "render")
BESIDE = (
    "schema", "vocabulary", "language", "register", "pairing", "errors", "processes", "lazily", "__version__",
)  # fmt: skip
# What puts steps together, and how far each reaches down the chain.
REACH = {
    "sample": "normalise", "ingest": "store", "workbook": "analyse", "export": "plot", "quality": "plot",
    "lab": "store", "forget": "render", "swedish": "extract", "cli": "render", "__main__": "render",
    "": "render",
}  # fmt: skip


# Lists of packages


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def requirements(lines: list[str]) -> dict[str, SpecifierSet]:
    parsed = [Requirement(line) for line in lines]
    names = [canonicalize_name(r.name) for r in parsed]
    assert len(names) == len(set(names)), "a package is listed twice"
    return {name: r.specifier for name, r in zip(names, parsed, strict=True)}


def environment() -> tuple[dict[str, SpecifierSet], dict[str, SpecifierSet]]:
    """What conda installs, and what pip installs into the conda environment."""
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_conda = requirements([item for item in listed if isinstance(item, str)])
    by_pip = requirements([line for item in listed if isinstance(item, dict) for line in item["pip"]])
    return by_conda, by_pip


def pins() -> dict[str, SpecifierSet]:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    return requirements([line for line in text.splitlines() if line and not line.startswith("#")])


def test_environment_has_the_packages_and_bounds_of_pyproject():
    wanted = requirements(project()["dependencies"])
    by_conda, by_pip = environment()
    assert by_conda.pop("python") == SpecifierSet(project()["requires-python"])
    by_conda.pop("pip")
    assert by_pip == {name: wanted[name] for name in BY_PIP}
    assert by_conda == {CONDA_NAMES.get(n, n): spec for n, spec in wanted.items() if n not in BY_PIP}


def test_environment_comes_from_conda_forge_alone():
    channels = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["channels"]
    assert channels == ["conda-forge", "nodefaults"]


@pytest.mark.parametrize("line", [*project()["dependencies"], *project()["optional-dependencies"]["dev"]])
def test_every_dependency_is_bounded_and_pinned_within_its_bounds(line: str):
    requirement = Requirement(line)
    assert ">=" in str(requirement.specifier)
    pin = pins()[canonicalize_name(requirement.name)]
    assert requirement.specifier.contains(str(pin).removeprefix("=="))


def test_runtime_dependencies_have_an_upper_bound():
    unbounded = [n for n, spec in requirements(project()["dependencies"]).items() if "<" not in str(spec)]
    assert unbounded == []


def test_constraints_are_pins_and_nothing_else():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    other = [line for line in lines if not re.fullmatch(r"#.*|[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", line)]
    assert other == []
    assert len(pins()) > len(project()["dependencies"])


def test_matplotlib_stays_below_what_seaborn_can_take():
    assert not requirements(project()["dependencies"])["matplotlib"].contains(Version("3.13"))


# The name that is imported to PyPI's, where they differ.
DISTRIBUTIONS = {"PIL": "pillow", "docx": "python-docx", "yaml": "pyyaml"}
# Comes with jupyterlab, nbconvert and ipykernel, which are of no use without it.
BROUGHT_ALONG = {"IPython", "jupyter_client", "nbclient", "traitlets"}


def test_every_imported_package_is_a_dependency():
    wanted = requirements([*project()["dependencies"], *project()["optional-dependencies"]["cluster"]])
    imported = {name.split(".")[0] for path in modules() for name in imports(path)}
    third_party = imported - set(sys.stdlib_module_names) - BROUGHT_ALONG - {"vbdata"}
    missing = {name for name in third_party if canonicalize_name(DISTRIBUTIONS.get(name, name)) not in wanted}
    assert missing == set()


# The package


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every module that a file imports, anywhere in it, by its full name."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    package = dotted(path).split(".") if path.name == "__init__.py" else dotted(path).split(".")[:-1]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *filter(None, [node.module])])
            # `from vbdata import plot` imports a module, `from vbdata.plot import bars` perhaps a function.
            yield from (f"{source}.{alias.name}" for alias in node.names) if source == "vbdata" else (source,)


def step(name: str) -> str:
    """The step that a module of vbdata belongs to: ``vbdata.parse.records`` is ``parse``."""
    return name.split(".")[1] if "." in name else ""


def allowed(importer: str) -> set[str]:
    """The steps that a module of the given step may import."""
    if importer in BESIDE:
        return set(BESIDE)
    last = REACH.get(importer, importer)
    upstream = {*BESIDE, *CHAIN[: CHAIN.index(last) + 1], importer}
    if last == "render":
        upstream |= {"quality"}
    if importer == "cli":
        upstream |= {"sample"}
    return (
        upstream | {"ingest", "workbook", "export", "forget", "lab", "swedish", "cli"}
        if last == "render" != importer
        else upstream
    )


def test_imports_point_upstream_only():
    taken = {
        (dotted(path), other)
        for path in modules()
        for name in imports(path)
        if name.split(".")[0] == "vbdata"
        if (other := step(name)) and other not in allowed(step(dotted(path)))
    }
    assert taken == set()


def test_the_import_rule_knows_every_step():
    steps = {step(dotted(path)) for path in modules()} - {""}
    assert steps - {*CHAIN, *BESIDE, *REACH} == set()


def test_the_import_rule_sees_a_step_downstream():
    assert "plot" not in allowed("analyse")
    assert "parse" in allowed("normalise")
    assert "extract" not in allowed("schema")
    assert "store" not in allowed("sample")
    assert "sample" in allowed("cli") and "sample" not in allowed("")
    assert "render" not in allowed("ingest")
    assert "render" not in allowed("export")
    assert "export" not in allowed("render")
    assert "cli" not in allowed("render")


#: What a package of `render` knows of the others.
KNOWS = {
    "run": ("engines", "pages", "parts"),
    "engines": ("pages", "parts"),
    "pages": ("parts",),
    "parts": (),
}


@cache
def knowing() -> dict[str, set[str]]:
    """Module → the modules that it imports, at its head or anywhere in it but for the type checker."""
    paths = {dotted(path): path for path in modules()}
    found = {}
    for name, path in paths.items():
        for_types = {
            id(each)
            for node in ast.walk(tree(path))
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
            for each in ast.walk(node)
        }
        taken = [
            (deeper if (deeper := f"{node.module}.{each.name}") in paths else str(node.module))
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ImportFrom) and id(node) not in for_types
            for each in node.names
        ]
        found[name] = set(taken) & paths.keys() - {name}
    return found


def rendering() -> dict[str, set[str]]:
    return {
        name: {other for other in found if part(other, 1) == "render"}
        for name, found in knowing().items()
        if part(name, 1) == "render"
    }


def part(name: str, depth: int) -> str:
    """``vbdata.render.pages.unit.goals`` is in ``pages`` at depth 2 and in ``unit`` at depth 3."""
    return (name.split(".")[depth:] or [""])[0]


def test_the_packages_of_render_know_those_below_only():
    taken = {(part(name, 2), part(other, 2)) for name, found in rendering().items() for other in found}
    assert {home for home, _ in taken} - {""} == set(KNOWS)
    assert [(a, b) for a, b in taken if a and b not in (a, *KNOWS[a])] == []


def test_no_page_knows_another():
    pages = {name: found for name, found in rendering().items() if part(name, 2) == "pages"}
    pairs = {(name, other) for name, found in pages.items() for other in found & pages.keys()}
    assert [(a, b) for a, b in pairs if part(a, 3) != part(b, 3)] == []


def test_no_modules_import_each_other_in_a_circle():
    TopologicalSorter(knowing()).prepare()


#: What libraries call by its name.
HOOKS = {
    "_ipython_display_", "_render_traceback_", "ask_exit", "execute_managed_notebook", "format_ticks",
    "nb_kernel_name", "nb_language", "writable",
}  # fmt: skip


def uncalled() -> Iterator[str]:
    """Functions and classes whose name stands nowhere but in themselves; those that are registered aside."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    texts = [path.read_text(encoding="utf-8") for path in (*PACKAGE.rglob("*.py"), *NOTEBOOKS)]
    texts += [(ROOT / "pyproject.toml").read_text(encoding="utf-8")]
    words = Counter(word for text in texts for word in re.findall(r"\w+", text))
    for path in modules():
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(tree(path)):
            if not isinstance(node, kinds) or node.name.startswith("__") or node.name in HOOKS:
                continue
            known = {"property", "cached_property", "cache", "lru_cache", "dataclass", "contextmanager"}
            registered = any(
                {*re.findall(r"\w+", ast.unparse(each))}.isdisjoint(known) for each in node.decorator_list
            )
            own = re.findall(rf"\b{node.name}\b", "\n".join(lines[node.lineno - 1 : node.end_lineno]))
            if not registered and words[node.name] <= len(own):
                yield f"{dotted(path)}.{node.name}"


def test_every_function_is_called():
    assert list(uncalled()) == []


def test_no_module_is_a_drawer_of_odds_and_ends():
    assert [p for p in modules() if re.fullmatch(r"_?(utils?|helpers?|misc|common)", p.stem)] == []


def test_public_modules_say_what_they_are():
    public = [path for path in modules() if path.stem == "__init__" or not path.stem.startswith("_")]
    assert [dotted(path) for path in public if not ast.get_docstring(tree(path))] == []


def test_a_package_folder_is_a_package():
    assert [path for path in modules() if not (path.parent / "__init__.py").is_file()] == []


# The notebooks


def test_the_notebooks_are_here():
    assert {"unit_report", "unit_comparison", "plan_vs_outcome"} <= {path.stem for path in NOTEBOOKS}


def code_cells(path: Path) -> list[dict]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


def source(cell: dict) -> str:
    return "".join(cell["source"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_stripped_of_outputs(path: Path):
    left = [c for c in code_cells(path) if c["outputs"] or c["execution_count"] is not None]
    assert left == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_define_nothing(path: Path):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    nodes = (node for cell in code_cells(path) for node in ast.walk(ast.parse(source(cell))))
    assert [ast.unparse(node) for node in nodes if isinstance(node, kinds)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_notebooks_have_one_cell_of_typed_parameters(path: Path):
    tagged = [c for c in code_cells(path) if "parameters" in c["metadata"].get("tags", [])]
    assert len(tagged) == 1
    statements = ast.parse(source(tagged[0])).body
    assert statements
    assert [ast.unparse(node) for node in statements if not isinstance(node, ast.AnnAssign)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_notebooks_take_a_profile_and_pass_it_on(path: Path):
    """Otherwise a page for sharing would be made from everything."""
    cells = code_cells(path)
    (parameters,) = [source(c) for c in cells if "parameters" in c["metadata"].get("tags", [])]
    assert 'profile: str = "internal"' in parameters
    assert "threshold: int = 5" in parameters
    loads = [line for c in cells for line in source(c).splitlines() if ".load(" in line]
    assert loads
    passed_on = r"(?:profile, threshold|profile=profile, threshold=threshold)\)\s*$"
    assert [line for line in loads if not re.search(passed_on, line)] == []


# What files may name

# Put together here, so that this file does not name them either.
FORBIDDEN = ("/" + "work/", "/" + "farm/", "pypi" + ".org", "files.python" + "hosted", "index" + "-url")


def project_files() -> list[Path]:
    """What git keeps or is about to: tracked files and new ones that are not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        run = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"git cannot list the project's files here: {error}")
    return [path for name in run.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def test_no_file_names_a_machine_path_or_a_registry():
    named = {
        (path.relative_to(ROOT).as_posix(), word)
        for path in project_files()
        for word in FORBIDDEN
        if word.encode() in path.read_bytes()
    }
    assert named == set()


def test_raw_data_and_results_stay_out_of_git():
    kept = [path.relative_to(ROOT).as_posix() for path in project_files()]
    outside = re.compile(r"(data/raw/(?!sample/)|data/processed/|reports/)(?!\.gitkeep$).+")
    assert [name for name in kept if outside.fullmatch(name)] == []


#: Folders that may hold files which show a page: invented sample reports, and files that the tests read.
PAGES_MAY_BE_IN = ("data/raw/sample/", "tests/reports/")


def test_pictures_and_pages_lie_in_listed_folders_only():
    shown = re.compile(r"\.(png|jpe?g|gif|webp|bmp|tiff?|svg|pdf|docx?|odt|html?)$", re.I)
    kept = [path.relative_to(ROOT).as_posix() for path in project_files()]
    templates = ("vbdata/render/",)
    assert [n for n in kept if shown.search(n) and not n.startswith((*PAGES_MAY_BE_IN, *templates))] == []


def test_the_data_files_are_in_the_package():
    kept = {path.relative_to(ROOT).as_posix() for path in project_files()}
    assert "vbdata/vocabulary/statuses.csv" in kept


# Documentation

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize(
    "command", ["make report", "make test", "conda env create -f environment.yml", "vbdata run"]
)
def test_readme_shows_the_command(command: str):
    assert command in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_to_files_that_exist(path: Path):
    targets = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_makefile_has_the_targets():
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert {"report", "test", "check", "lab", "clean"} <= set(re.findall(r"^([a-z]+):", text, re.MULTILINE))


def test_the_guide_names_every_vocabulary_file_that_is_edited_by_hand():
    named = set(re.findall(r"`(\w+\.csv)`", (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")))
    there = {path.name for path in (PACKAGE / "vocabulary").glob("*.csv")}
    assert there - {"labels.csv"} == named
