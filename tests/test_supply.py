"""The main job asks nobody on the network, and what is installed is pinned."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
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


def run(
    folder: Path, *before: str, engine: str = "fork", kinds: tuple[str, ...] = ("VP", "VB")
) -> subprocess.CompletedProcess[str]:
    """Ingest and report a small sample, with sockets to anywhere but this machine's files forbidden."""
    (folder / "site").mkdir()
    (folder / "site/sitecustomize.py").write_text(FORBID, encoding="utf-8")
    write_samples(folder / "raw", units=2, years=(2025,), formats=("txt", "docx"), kinds=kinds)
    command = [*before, sys.executable, "-m", "vbdata", "run", "raw", "--engine", engine]
    env = os.environ | {"PYTHONPATH": f"{folder / 'site'}{os.pathsep}{ROOT}"}
    env |= {"VBDATA_TEST_ASKED": str(folder / "asked"), "HOME": str(folder)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=500)


def assert_done(folder: Path, done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "reports/index.html").is_file()
    assert (folder / "reports/2025/unit_comparison.html").is_file()


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the fork engine needs fork")
def test_the_main_job_opens_no_socket_to_anywhere(tmp_path: Path):
    done = run(tmp_path)
    assert_done(tmp_path, done)
    assert not (tmp_path / "asked").exists(), (tmp_path / "asked").read_text()


def test_the_test_would_notice(tmp_path: Path):
    (tmp_path / "sitecustomize.py").write_text(FORBID, encoding="utf-8")
    env = os.environ | {"PYTHONPATH": str(tmp_path), "VBDATA_TEST_ASKED": str(tmp_path / "asked")}
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert "no network" in done.stderr
    assert "socket." in (tmp_path / "asked").read_text()


def _can_unshare() -> bool:
    command = ["unshare", "--map-root-user", "--net", "true"]
    return (
        shutil.which("unshare") is not None and subprocess.run(command, capture_output=True).returncode == 0
    )


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="network namespaces are Linux's")
def test_the_main_job_runs_where_there_is_no_network_at_all(tmp_path: Path):
    """Also code that is not Python's own could not have asked anybody here."""
    if not _can_unshare():
        pytest.skip("this machine lets nobody make a namespace without a network")
    assert_done(tmp_path, run(tmp_path, "unshare", "--map-root-user", "--net", kinds=("VB",)))


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
