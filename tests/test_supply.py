"""The main job asks nobody on the network, and what is installed is pinned."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from vbdata.sample import write_samples

ROOT = Path(__file__).resolve().parents[1]

# Python reads a module of this name in every process that it starts, the workers and kernels too.
FORBID = """
import os, sys, socket

def refuse(event, arguments):
    names = ("getaddrinfo", "gethostbyname", "sendto", "connect")
    outward = event in ["socket." + name for name in names]
    local = event in ("socket.connect", "socket.sendto") and arguments[0].family == socket.AF_UNIX
    if not outward or local:
        return
    with open(os.environ["VBDATA_TEST_ASKED"], "a") as log:
        log.write(f"{event} {arguments[1:]!r} {sys.argv[:2]}\\n")
    raise PermissionError(f"no network: {event}")

sys.addaudithook(refuse)
"""


def _can_unshare() -> bool:
    command = ["unshare", "--map-root-user", "--net", "true"]
    return (
        shutil.which("unshare") is not None and subprocess.run(command, capture_output=True).returncode == 0
    )


@dataclass(frozen=True)
class Ran:
    """The main job, run once."""

    folder: Path
    done: subprocess.CompletedProcess[str]
    no_network: bool


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Ingest and report a small sample: sockets are forbidden, and where that can be, there is no network."""
    if not hasattr(os, "fork"):
        pytest.skip("the fork engine needs fork")
    folder, no_network = tmp_path_factory.mktemp("supply"), _can_unshare()
    (folder / "site").mkdir()
    (folder / "site/sitecustomize.py").write_text(FORBID, encoding="utf-8")
    write_samples(folder / "raw", units=2, years=(2025,), formats=("txt", "docx"), kinds=("VP", "VB"))
    before = ["unshare", "--map-root-user", "--net"] if no_network else []
    command = [*before, sys.executable, "-m", "vbdata", "run", "raw", "--engine", "fork"]
    env = os.environ | {"PYTHONPATH": f"{folder / 'site'}{os.pathsep}{ROOT}"}
    env |= {"VBDATA_TEST_ASKED": str(folder / "asked"), "HOME": str(folder)}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=500)
    return Ran(folder, done, no_network)


@pytest.mark.slow
def test_the_main_job_opens_no_socket_to_anywhere(ran: Ran):
    assert ran.done.returncode == 0, ran.done.stdout + ran.done.stderr
    assert (ran.folder / "reports/index.html").is_file()
    assert (ran.folder / "reports/2025/unit_comparison.html").is_file()
    assert not (ran.folder / "asked").exists(), (ran.folder / "asked").read_text()


@pytest.mark.slow
def test_the_main_job_runs_where_there_is_no_network_at_all(ran: Ran):
    """Also code that is not Python's own could not have asked anybody here."""
    if not ran.no_network:
        pytest.skip("this machine lets nobody make a namespace without a network")
    assert ran.done.returncode == 0, ran.done.stdout + ran.done.stderr


def test_the_test_would_notice(tmp_path: Path):
    (tmp_path / "sitecustomize.py").write_text(FORBID, encoding="utf-8")
    env = os.environ | {"PYTHONPATH": str(tmp_path), "VBDATA_TEST_ASKED": str(tmp_path / "asked")}
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert "no network" in done.stderr
    assert "socket." in (tmp_path / "asked").read_text()


def test_every_dependency_is_pinned():
    """`pip install -c constraints.txt` gives the versions that the tests ran with."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(d for each in project["optional-dependencies"].values() for d in each),
    ]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if "==" in line)
    assert all(re.fullmatch(r"[\w.!+-]+", version) for version in pins.values())
    names = {re.split(r"[\[<>=!~ ]", each)[0].lower().replace("_", "-") for each in wanted}
    pinned = {name.lower().replace("_", "-") for name in pins}
    assert names - pinned == set()


def test_nothing_that_runs_asks_the_network():
    """Modules that fetch over the network are not imported by the package."""
    forbidden = re.compile(
        r"^\s*(?:import|from)\s+(?:requests|urllib\.request|http\.client|httpx|aiohttp|ftplib)\b"
    )
    found = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in (ROOT / "vbdata").rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if forbidden.match(line)
    ]
    assert found == []


def test_the_audit_that_the_docs_show_fails_where_it_could_not_ask():
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    commands = [line for line in text.splitlines() if "pip-audit --" in line]
    assert commands and all("constraints.txt" in line and "--strict" in line for line in commands)
