"""The notebooks in JupyterLab, saved without their results: those quote reports, and git keeps the files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

from vbdata.errors import MissingDataError
from vbdata.store.workbook import processed_folder

FIRST = "start.ipynb"
_SETTINGS = Path(__file__).with_name("jupyter")
"""Settings by which nothing is asked of the network, nor the analyst whether it may be."""
_HOOK = f"{__name__}.without_results"


def start(folder: Path) -> int:
    """Open JupyterLab at the workbook's root, until it is ended; its exit code."""
    places = [str(_SETTINGS), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    return subprocess.call(command(folder), env=os.environ | {"JUPYTER_CONFIG_PATH": os.pathsep.join(places)})


def command(folder: Path) -> list[str]:
    """What starts it, for a folder of notebooks."""
    folder = folder.resolve()
    try:
        root = processed_folder(folder).parents[1]
    except MissingDataError:  # notebooks outside a workbook
        root = folder
    first = folder / FIRST
    opened = (first if first.is_file() else folder).relative_to(root).as_posix()
    return [
        *(sys.executable, "-m", "jupyter", "lab"),
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url=/lab/tree/{quote(opened)}",
        f"--ContentsManager.pre_save_hook={_HOOK}",
    ]


def without_results(model: dict[str, Any], **_: Any) -> None:
    """Drop the results of what Jupyter is about to save (its *pre-save hook*)."""
    if model["type"] == "notebook" and model["content"]:
        drop_results(model["content"])


def drop_results(notebook: dict[str, Any]) -> None:
    """Empty a notebook's code cells of what they have shown, and it of which Python showed it.

    >>> notebook = {"cells": [{"cell_type": "code", "outputs": ["x"], "execution_count": 2, "metadata": {}}]}
    >>> drop_results(notebook)
    >>> notebook["cells"][0]["outputs"], notebook["cells"][0]["execution_count"]
    ([], None)
    """
    for cell in notebook.get("cells", []):
        if cell.get("cell_type") == "code":
            cell["outputs"], cell["execution_count"] = [], None
            cell.get("metadata", {}).pop("execution", None)
    if language := notebook.get("metadata", {}).get("language_info"):
        notebook["metadata"]["language_info"] = {"name": language.get("name", "python")}
