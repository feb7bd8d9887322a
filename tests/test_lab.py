"""The unit report's cells in a real JupyterLab and in plain nbconvert: nothing leaves its cell."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tests.page_tables import one_unit
from vbdata import render
from vbdata.lab import command, start
from vbdata.render import unit

STICKS_OUT = """() => [...document.querySelectorAll('.vb td, .vb th')].flatMap(cell => {
  const box = cell.getBoundingClientRect();
  return [...cell.querySelectorAll('svg, p, span, li')].filter(each => {
    const own = each.getBoundingClientRect();
    return own.width && box.width && (own.right > box.right + 1 || own.left < box.left - 1);
  }).map(each => cell.textContent.slice(0, 40));
})"""
PARTS = ("summary", "goals", "indicators", "complaints", "activities", "findings", "sources")


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report's blocks as the outputs of a notebook, as a run leaves them."""
    folder = tmp_path_factory.mktemp("lab")
    tables = one_unit()
    tables.write(folder / "processed")
    data = unit.load("solgarden", 2025, folder / "processed")
    cells = []
    for block in [render.setup(), *(getattr(unit, part)(data) for part in PARTS)]:
        html, metadata = block._repr_html_()
        shown = new_output(
            "display_data", {"text/html": html, "text/plain": ""}, metadata={"text/html": metadata}
        )
        cells.append(new_code_cell("", outputs=[shown]))
    path = folder / "unit.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    return path


@pytest.fixture(scope="module")
def lab(notebook: Path) -> Iterator[str]:
    """Address of a JupyterLab that serves the notebook, which it trusts."""
    folder = notebook.parent
    own = {f"JUPYTER_{kind}_DIR": str(folder / kind.lower()) for kind in ("DATA", "CONFIG", "RUNTIME")}
    environment = os.environ | own | {"JUPYTER_PREFER_ENV_PATH": "1"}
    jupyter = [sys.executable, "-m", "jupyter"]
    subprocess.run([*jupyter, "trust", str(notebook)], env=environment, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--no-browser",
        f"--port={port}",
        "--IdentityProvider.token=",
        "--allow-root",
        "--LabApp.news_url=",
    ]
    server = subprocess.Popen(
        [*jupyter, "lab", *options, f"--ServerApp.root_dir={folder}"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api")
        yield address
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(address: str, seconds: int = 60) -> None:
    for _ in range(seconds * 4):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.25)
        else:
            return
    pytest.fail("JupyterLab har inte startat")


def test_lab_opens_at_the_workbooks_root_with_the_notebook_to_begin_with(tmp_path):
    root = f"--ServerApp.root_dir={tmp_path}"
    (tmp_path / "notebooks").mkdir()
    assert root not in command(tmp_path / "notebooks")
    (tmp_path / "data/raw").mkdir(parents=True)
    assert {root, "--LabApp.default_url=/lab/tree/notebooks"} <= set(command(tmp_path / "notebooks"))
    (tmp_path / "notebooks/start.ipynb").touch()
    assert command(tmp_path / "notebooks")[5] == "--LabApp.default_url=/lab/tree/notebooks/start.ipynb"


def test_lab_asks_nothing_of_the_network_and_keeps_settings_of_ones_own(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "mina")
    monkeypatch.setattr(subprocess, "call", lambda _, env: env["JUPYTER_CONFIG_PATH"])
    ours, own = str(start(tmp_path)).split(os.pathsep)
    settings = json.loads((Path(ours) / "labconfig/page_config.json").read_text(encoding="utf-8"))
    assert own == "mina" and settings["disabledExtensions"] == {
        "@jupyterlab/apputils-extension:announcements": True
    }


def test_nothing_leaves_its_cell_in_jupyterlab(browser, lab):
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(f"{lab}/doc/tree/unit.ipynb")
    page.wait_for_selector(".vb #h-kallor", state="attached", timeout=60_000)
    assert page.locator(".vb td svg").count() and page.evaluate(STICKS_OUT) == []
    page.close()


def test_nothing_leaves_its_cell_in_plain_nbconvert(browser, notebook):
    from nbconvert import HTMLExporter

    exported = notebook.with_suffix(".html")
    exported.write_text(HTMLExporter().from_filename(str(notebook))[0], encoding="utf-8")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.route(
        "**/*", lambda route: route.abort() if route.request.url.startswith("http") else route.continue_()
    )
    page.goto(exported.as_uri())
    assert page.locator(".vb td svg").count() and page.evaluate(STICKS_OUT) == []
    page.close()
