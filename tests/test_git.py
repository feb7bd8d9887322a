"""Git after an ordinary day in the workbook: nothing of the reports is in it, without any hook."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest
from traitlets.config import Config

ROOT = Path(__file__).resolve().parents[1]
SECRET = "Kvistarnas berättelse om den blå cykeln"


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The workbook as git has it, with what is ignored as it is now."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("the repository's history is not here")
    folder = tmp_path / "klon"
    git(ROOT, "clone", "--quiet", "--shared", "--no-checkout", str(ROOT), str(folder))
    git(folder, "checkout", "--quiet", "HEAD", "--", "data", "docs", "notebooks", "reports")
    for name in (".gitignore", ".gitattributes"):
        shutil.copyfile(ROOT / name, folder / name)
    git(folder, "add", "--all", "--sparse", ".")
    git(folder, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "--quiet", "--allow-empty", "-m", "x")
    assert git(folder, "status", "--porcelain") == ""
    return folder


def test_nothing_of_a_report_is_left_to_add_after_an_ordinary_day(clone: Path):
    quoting = (
        *("data/raw/2025/rapport.pdf", "data/raw/.~lock.rapport.docx#", "data/processed/goals.parquet"),
        *("data/processed/.generations/000001-a/index.json", "data/released/forms.json", "ut.xlsx"),
        *("data/corrections.yml", "data/units_proposed.csv", "utkast.yml", "findings.csv", "sida.png"),
        *("docs/ut/goals.csv", "data/ut/goals.parquet", "notebooks/ut.xlsx", "ut/goals.csv", "min.duckdb"),
        *("docs/bild.png", "bilder/sida.png", "reports/2025/sida.html", "reports/delad/index.html"),
        *("notebooks/min.ipynb", "notebooks/.ipynb_checkpoints/explore.ipynb", "andra/2025/sida.html"),
    )
    for name in quoting:
        (clone / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / name).write_text(SECRET, encoding="utf-8")
    explore(clone / "notebooks")
    git(clone, "add", "--all")
    assert git(clone, "status", "--porcelain") == ""


def explore(folder: Path) -> None:
    """Run a notebook and save it, as JupyterLab does when `vbdata lab` has started it."""
    from jupyter_server.services.contents.largefilemanager import LargeFileManager

    from vbdata.lab import _HOOK

    saving = Config({"ContentsManager": {"pre_save_hook": _HOOK}})
    manager = LargeFileManager(root_dir=str(folder), config=saving)
    model = manager.get("explore.ipynb")
    cell = next(cell for cell in model["content"].cells if cell.cell_type == "code")
    cell.outputs, cell.execution_count = [nbformat.v4.new_output("stream", text=SECRET)], 1
    cell.metadata["execution"] = {"iopub.execute_input": "2026-01-20"}
    manager.save(model, "explore.ipynb")
    assert SECRET not in (folder / "explore.ipynb").read_text(encoding="utf-8")
