"""A notebook of one's own: which pages it asks for, that they are made and listed, and what it is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.page_tables import Tables
from vbdata.analyse.disclosure import Profile
from vbdata.errors import ParameterError
from vbdata.render import render_reports
from vbdata.render.run.freshness import Inputs, still_good
from vbdata.render.run.gone import remove_gone
from vbdata.render.run.make import _planned
from vbdata.render.run.manifest import read
from vbdata.render.run.own import files_named, own_notebooks
from vbdata.render.run.plan import plan
from vbdata.store import read_tables

ROOT = Path(__file__).resolve().parents[1]


def write(folder: Path, name: str, parameters: str | None, *code: str, title: str = "") -> Path:
    """A notebook with these code cells; the first is tagged ``parameters`` where there are any."""
    cells = [new_markdown_cell(title)] if title else []
    if parameters is not None:
        cells.append(new_code_cell(parameters, metadata={"tags": ["parameters"]}))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    nbformat.write(new_notebook(cells=[*cells, *map(new_code_cell, code)]), path)
    return path


@pytest.fixture(scope="module")
def reports() -> pd.DataFrame:
    tables = Tables()
    tables.report("a", "A")
    tables.report("a", "A", kind="VP")
    tables.report("b", "B", kind="VP")
    tables.report("c", "C", year=2024)
    return tables.frames()["reports"]


PLANNED = [
    ('run = "once"', ["2025/eget.html"]),
    ("year: int = 2025", ["2025/eget.html", "2024/eget.html"]),
    ('unit_id: str = ""', ["2025/eget/a.html", "2025/eget/b.html", "2024/eget/c.html"]),
    ('unit_id: str = ""\nyear: int = 0', ["2025/eget/a.html", "2025/eget/b.html", "2024/eget/c.html"]),
    ('run = "never"\nyear: int = 2025', []),
    ("years: list[int] = []", []),
    ("", []),
    (None, []),
]


@pytest.mark.parametrize(("parameters", "pages"), PLANNED)
def test_the_parameters_say_which_pages_there_are(
    parameters: str | None, pages: Sequence[str], tmp_path: Path, reports: pd.DataFrame
) -> None:
    write(tmp_path, "Eget", parameters)
    own = own_notebooks(tmp_path)
    runs = [run for run in plan(reports, tmp_path, own=own) if run.own]
    assert [str(run.page) for run in runs] == pages
    assert not any(run.own for run in plan(reports, tmp_path, profile=Profile("shared", 5), own=own))


def test_a_year_or_a_unit_alone(tmp_path: Path, reports: pd.DataFrame) -> None:
    write(tmp_path, "en", 'run = "once"', title="# En sida\n\nOm den.")
    write(tmp_path, "Årets mål", 'unit_id: str = ""\nyear: int = 0\nkind: str = ""')
    own = own_notebooks(tmp_path)
    assert not [run for run in plan(reports, tmp_path, years=[2024], notebooks=["en"], own=own)]
    (run,) = plan(reports, tmp_path, years=[2025], notebooks=["en"], own=own)
    assert (run.title, run.parameters) == ("En sida", {})
    (run,) = plan(reports, tmp_path, units=["b"], notebooks=["Årets mål"], own=own)
    assert run.page == PurePosixPath("2025/arets-mal/b.html")
    assert run.parameters == {"unit_id": "b", "year": 2025, "kind": "VP"}
    with pytest.raises(ParameterError, match="data_quality, en, Årets mål"):
        plan(reports, tmp_path, notebooks=["tva"], own=own)


REFUSED = [
    ('run: str = "once"', "kodcell 1: skriv run ="),
    ("year = 2025", 'kodcell 1: parametern saknar typ "year" – skriv year: int = …'),
    ("share = 0.5", 'kodcell 1: parametern saknar typ "share" – skriv share: float = …'),
    ("year: int = ", 'kodcell 1, rad 1: parametrarna går inte att förstå "year: int ="'),
    (
        "budget: float = 1,5",
        'kodcell 1: parameterns värde är inte float "budget" – decimaler skrivs med',
    ),
    ("import pandas\nyear: int = 1", 'kodcell 1: raden är ingen parameter "import pandas"'),
    ('year: str = "2025"', 'kodcell 1: parametern ska vara int, inte str "year"'),
    ("yaer: int = 2025", 'kodcell 1: okänd parameter "yaer" – menade du year?'),
    ('run = "once"\nyear: int = 1', 'kodcell 1: run = "once" och year säger emot varandra'),
    ('run = "ibland"\nyear: int = 1', 'kodcell 1: skriv run = "once" (en sida) eller run = "never"'),
]


@pytest.mark.parametrize(("parameters", "said"), REFUSED)
def test_a_notebook_that_cannot_be_planned_names_its_cell(parameters: str, said: str, tmp_path: Path) -> None:
    write(tmp_path, "eget", parameters)
    with pytest.raises(ParameterError, match=re.escape(f"eget.ipynb {said}")):
        own_notebooks(tmp_path)


def test_two_notebooks_do_not_write_the_same_page(tmp_path: Path) -> None:
    write(tmp_path, "Mål", "year: int = 2025")
    write(tmp_path, "mal", "year: int = 2025")
    with pytest.raises(ParameterError, match=r"samma sidor som Mål\.ipynb"):
        own_notebooks(tmp_path)


def test_two_cells_of_parameters_are_one_too_many(tmp_path: Path) -> None:
    path = write(tmp_path, "eget", "year: int = 2025", "unit_id: str = ''")
    notebook = nbformat.read(path, 4)
    notebook.cells[1].metadata["tags"] = ["parameters"]
    nbformat.write(notebook, path)
    with pytest.raises(ParameterError, match=r"eget\.ipynb kodcell 1 och kodcell 2: flera celler"):
        own_notebooks(tmp_path)


def test_vbdata_s_own_and_the_ones_to_read_are_never_planned() -> None:
    assert own_notebooks(ROOT / "notebooks") == []


def test_the_page_is_made_listed_made_again_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MPLBACKEND", raising=False)  # an analyst's charts are drawn as in a notebook
    tables = Tables()
    tables.report("solgarden", "Solgården")
    tables.tree("not_met")
    tables.write(tmp_path / "data/processed")
    folder, pages = tmp_path / "notebooks", tmp_path / "reports"
    write(folder, "unit_report", "")
    (folder / "budget.csv").write_text("unit_id,kronor\nsolgarden,17\n", encoding="utf-8")
    mine = write(
        folder, "Mina kronor", 'unit_id: str = "x"\nyear: int = 0',
        "import vbdata\nfrom pathlib import Path",
        'vbdata.sql("select kronor + 100 as k from budget", budget=Path("budget.csv"))',
        'vbdata.plot.goals(vbdata.load("goals", level="unit", year=year, unit_id=unit_id));',
        title="# Kronor",
    )  # fmt: skip

    write(folder, "annan", 'run = "once"', "1 + 1")
    only: dict[str, Any] = {"notebooks": ["Mina kronor", "annan"]}
    processed = tmp_path / "data/processed"
    assert [each.message for each in render_reports(processed, pages, **only)] == ["", "", ""]
    html = (pages / "2025/mina-kronor/solgarden.html").read_text(encoding="utf-8")
    assert "<title>Kronor</title>" in html and "<td>117</td>" in html and 'role="img"' in html
    assert '<a href="../../index.html">Alla rapporter</a>' in html
    assert ">Kronor: Solgården 2025</a>" in (pages / "index.html").read_text(encoding="utf-8")

    frames = read_tables(processed)
    (run,) = (
        each for each in plan(frames["reports"], processed, own=own_notebooks(folder)) if each.title[0] == "K"
    )
    entry, page = read(pages)[str(run.page)], pages / run.page
    assert still_good(entry, Inputs(frames, folder).of(run), page)
    (folder / "budget.csv").write_text("unit_id,kronor\nsolgarden,18\n", encoding="utf-8")
    assert [path.name for path in files_named(mine)] == ["budget.csv"]
    assert not still_good(entry, Inputs(frames, folder).of(run), page)

    mine.unlink()
    remove_gone(
        pages, {str(each.page) for each in plan(frames["reports"], processed, own=own_notebooks(folder))}
    )
    assert not page.parent.exists() and (pages / "2025/annan.html").is_file()

    tables.write(tmp_path / "andra")
    with pytest.raises(ParameterError, match=r"annan\.ipynb parametrarna: anteckningsboken läser"):
        _planned(tmp_path / "andra", tmp_path / "r", "fork", None, None, ["annan"], Profile("internal", 5))
