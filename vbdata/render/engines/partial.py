"""What is left of a notebook that was ended from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

ENDED = "Avbruten"


def mark_ended(path: Path, cause: str) -> int | None:
    """Mark the cell that was running as failed, as papermill marks one that raised.

    Returns
    -------
    int or None
        The number of the notebook's own code cell, counted from one; None when no cell had been started.
    """
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception:  # none was written, or it was cut short: there is nothing to mark
        return None
    # Papermill calls a cell completed whatever ended it; only the start time tells which cell was last.
    begun = [i for i, cell in enumerate(notebook.cells) if _papermill(cell).get("start_time")]
    if not begun:
        return None
    index = begun[-1]
    number = sum(map(_is_own_code, notebook.cells[: index + 1]))
    _mark(notebook, index, cause)
    nbformat.write(notebook, path)
    return number


def _is_own_code(cell: Any) -> bool:
    return bool(cell.cell_type == "code" and "injected-parameters" not in cell.metadata.get("tags", []))


def _papermill(cell: Any) -> Any:
    return cell.metadata.setdefault("papermill", {})


def _mark(notebook: Any, index: int, cause: str) -> None:
    from nbformat import v4

    cell = notebook.cells[index]
    if cell.cell_type == "code":
        cell.outputs.append(
            v4.new_output("error", ename=ENDED, evalue=cause, traceback=[f"{ENDED}: {cause}"])
        )
    _papermill(cell).update({"exception": True, "status": "failed"})
    for later in notebook.cells[index + 1 :]:
        _papermill(later)["status"] = "pending"
    notebook.metadata.setdefault("papermill", {})["exception"] = True
