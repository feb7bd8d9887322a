"""What every test may rely on: pictures without a screen, Hypothesis profiles, the shared material."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from browsing import Tab
from hypothesis import HealthCheck, settings

from vbdata.render.engines.startup import without_iri_grammar

ROOT = Path(__file__).resolve().parents[1]

os.environ["MPLBACKEND"] = "Agg"  # for the kernels that tests start
matplotlib.use("Agg")

# A whole report is a large example, so drawing one is allowed to take its time.
_COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("ci", max_examples=100, print_blob=True, **_COMMON)
settings.register_profile("dev", max_examples=30, **_COMMON)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

with without_iri_grammar():
    import nbformat  # noqa: F401  # a dozen modules import it


def pytest_collection_finish() -> None:
    """Thousands of collected tests stay to the end: looking through them took a tenth of the time."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def without_waiting() -> Iterator[None]:
    """Thousands of writes need not wait for a real disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, started once for a file of tests; they skip where it or playwright is absent."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    names = ("chromium", "chromium-browser", "google-chrome")
    chromium = next((found for name in names if (found := shutil.which(name))), None)
    if chromium is None:
        pytest.skip("no chromium on this machine")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def tab(browser: Any) -> Iterator[Tab]:
    """A tab that a file of tests shares: a new one costs half a second of the processor."""
    context = browser.new_context(offline=True)
    yield Tab(context.new_page())
    context.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and their tables read by hand, which lies beside the repository."""
    folder = ROOT.parent / "shared"
    if not (folder / "seeds").is_dir():
        pytest.skip("the real reports are not here: no ../shared/seeds beside the repository")
    return folder
