"""Both engines: the same outputs, and a notebook that goes wrong does so alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from vbdata.errors import ParameterError
from vbdata.render import engines
from vbdata.render.engines import Job, Limits, Outcome, choose, opened
from vbdata.render.engines.job import _failure, ended
from vbdata.render.engines.strays import processes

ROOT = Path(__file__).resolve().parents[1]
BOTH = [
    pytest.param("fork", marks=pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")),
    "kernel",
]
pytestmark = pytest.mark.slow

GOOD = "print('klar')"
BAD = {
    "hangs": ("import time\nwhile True:\n    time.sleep(1)", "tidsgränsen på"),  # first: others run meanwhile
    "raises": ("raise ValueError('fel tal')", "ValueError: fel tal"),
    "exits": ("import os\nos._exit(3)", "processen avslutades"),
    "is killed": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "processen avslutades"),
    "eats memory": ("kept = [bytearray(2**28) for _ in range(64)]", "MemoryError"),
    "leaves": ("import sys\nsys.exit(2)", "SystemExit: 2"),
}
STRAY = """import subprocess, sys
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
print("lämnad")"""


@pytest.fixture(autouse=True, scope="module")
def importable():
    """Processes find the package where the tests found it, installed or not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(
            "PYTHONPATH", os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        )
        patch.delenv("MPLBACKEND", raising=False)  # kernels then show figures as pictures
        yield


def notebook(path: Path, *cells: str) -> Path:
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path)
    return path


def job(folder: Path, name: str, *cells: str) -> Job:
    source = notebook(folder / "in" / f"{name}.ipynb", *cells)
    return Job(name, str(source), {}, str(folder / "out" / f"{name}.html"))


@dataclass
class Ran:
    outcomes: dict[str, Outcome]
    folder: Path
    token: str
    seen: list[int] = field(default_factory=list)

    def html(self, name: str) -> str:
        return (self.folder / f"out/{name}.html").read_text(encoding="utf-8")

    def cells(self, name: str) -> list:
        return nbformat.read(self.folder / f"out/{name}.ipynb", 4).cells


def run(jobs: list[Job], folder: Path, engine: str, at_once: int = 2, **limits: float) -> Ran:
    token = uuid.uuid4().hex
    ran = Ran({}, folder, token)

    def done(outcome: Outcome) -> None:
        ran.outcomes[outcome.key] = outcome
        ran.seen.append(len(processes(token)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "uuid", SimpleNamespace(uuid4=lambda: SimpleNamespace(hex=token)))
        with opened(engine, at_once, Limits(**limits)) as pool:
            pool.run(jobs, done)
    return ran


@pytest.fixture(scope="module", params=BOTH)
def failures(request, tmp_path_factory) -> Ran:
    """One run of all that can go wrong, with good notebooks between."""
    folder = tmp_path_factory.mktemp(request.param)
    jobs = [job(folder, "good first", GOOD)]
    jobs += [job(folder, name, "print('innan')", code, "print('efter')") for name, (code, _) in BAD.items()]
    jobs += [job(folder, "strays", STRAY), job(folder, "good last", GOOD)]
    return run(jobs, folder, request.param, deadline=15 if request.param == "kernel" else 6, memory=1500)


@pytest.mark.parametrize(
    ("name", "parameters", "said"),
    [
        ("ValueError", {}, "kodcell 3: ValueError: fel"),
        ("ValueError", {"year": 2025}, "kodcell 2: ValueError: fel"),
        ("UnknownValueError", {}, "kodcell 3: fel"),
    ],
)
def test_a_failure_is_told_by_the_count_of_the_notebooks_own_cells(name, parameters, said):
    error = RuntimeError()
    error.__dict__.update(ename=name, evalue="fel", exec_count=3)
    assert _failure(Job("a", "a.ipynb", parameters, "a.html"), error).message == said


@pytest.mark.parametrize("name", BAD)
def test_a_notebook_that_goes_wrong_says_what_and_where(failures, name):
    if name == "eats memory" and not sys.platform.startswith("linux"):
        pytest.skip("only Linux limits data memory")
    outcome = failures.outcomes[name]
    assert not outcome.ok and outcome.cell == 2, outcome
    assert BAD[name][1] in outcome.message and outcome.message.startswith("kodcell 2: ")


@pytest.mark.parametrize("name", BAD)
def test_it_is_kept_as_far_as_it_came_with_the_cell_marked(failures, name):
    code = [cell for cell in failures.cells(name) if cell.cell_type == "code"]
    assert [each.text for each in code[0].outputs] == ["innan\n"]
    assert "error" in [each.output_type for each in code[1].outputs]
    assert code[1].metadata.papermill.status == "failed" and code[1].metadata.papermill.exception
    assert not code[2].outputs and code[2].metadata.papermill.status == "pending"


def test_the_others_are_not_disturbed(failures):
    assert all(failures.outcomes[name].ok for name in ("good first", "strays", "good last"))
    assert "klar" in failures.html("good last") and "lämnad" in failures.html("strays")
    assert not (failures.folder / "out/raises.html").exists()


def test_no_process_of_the_run_is_left(failures):
    assert min(failures.seen) >= 1  # the token does find them
    assert processes(failures.token) == []


VARIED = [
    "import sys\nprint('a')\nprint('fel', file=sys.stderr)\nprint('b')",
    "from IPython.display import HTML, display, clear_output\nh = display(HTML('<p>1</p>'), display_id='x')",
    "h.update(HTML('<p>2</p>'), metadata={'text/html': {'slot': 'main', 'sizes': (1, 2)}})",
    "print('borta')\nclear_output(wait=True)\nprint('kvar')",
    "import pandas as pd\npd.DataFrame({'å': [1, 2.5, None]})",
    "import matplotlib.pyplot as plt\nplt.rcParams['font.size']",
    "figure, ax = plt.subplots(figsize=(2, 1))\nax.plot([1, 2])\n"
    "display(figure, metadata={'image/png': {'alt': 'Två punkter'}})\nplt.close(figure)",
    "%precision 2\n3.14159",
    "x = _\nx, In[1][:10], __name__",
    "async def f():\n    return {'sist': 1}\nawait f()",
    "import os\nos.environ['OPENBLAS_NUM_THREADS'], os.path.basename(os.getcwd())",
    "def g(n):\n    return 1 / n\n\ng(0)",
]


def outputs(path: Path) -> list:
    """What the cells gave, without what differs from run to run."""
    cells = nbformat.read(path, 4).cells
    for cell in cells:
        cell.pop("id", None)
        cell.metadata.pop("execution", None)
        cell.metadata.pop("papermill", None)
    return json.loads(json.dumps(cells))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_the_engines_give_the_same_outputs(tmp_path):
    for engine in ("fork", "kernel"):
        folder = tmp_path / engine
        # The error is a notebook of its own: it ends the notebook that it is in.
        run([job(folder, "a", *VARIED[:-1]), job(folder, "b", VARIED[-1])], folder, engine)
    for name in ("a", "b"):
        ours, theirs = (outputs(tmp_path / engine / f"out/{name}.ipynb") for engine in ("fork", "kernel"))
        assert ours == theirs
        assert sum(len(cell.get("outputs", [])) for cell in ours) >= 1
    pages = [(tmp_path / engine / "out/a.html").read_bytes() for engine in ("fork", "kernel")]
    assert pages[0] == pages[1] and "Två punkter".encode() in pages[0]


@pytest.mark.parametrize("engine", BOTH)
def test_notebooks_do_not_share_random_numbers_figure_settings_or_names(tmp_path, engine):
    draws = "import random, numpy as np\nprint(random.random(), np.random.random())"
    style = "import matplotlib\nprint(matplotlib.rcParams['lines.linewidth'], 'mine' in dir())"
    change = "matplotlib.rcParams['lines.linewidth'] = 99\nmine = 1"
    ran = run([job(tmp_path, name, draws, style, change) for name in "abc"], tmp_path, engine, at_once=1)
    shown = [[cell.outputs[0].text for cell in ran.cells(name)[:2]] for name in "abc"]
    assert len({numbers for numbers, _ in shown}) == 3
    assert {settings for _, settings in shown} == {"1.5 False\n"}


@pytest.mark.parametrize("engine", BOTH)
def test_each_notebook_runs_in_its_own_folder_and_no_file_is_left(tmp_path, engine, monkeypatch):
    """The next notebook's kernel starts while one runs, not knowing yet where that one is."""
    temporary = tmp_path / "t"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    where = "import os\nprint(os.getcwd())"
    run([job(tmp_path / name, name, where) for name in "aab"], tmp_path, engine, at_once=1)
    for name in "ab":
        cell = Ran({}, tmp_path / name, "").cells(name)[0]
        assert cell.outputs[0].text == f"{tmp_path / name / 'in'}\n"
    assert list(temporary.iterdir()) == []


CTRL_C = """
import sys
from types import SimpleNamespace
from vbdata.render import engines
from vbdata.render.engines import Limits, opened
from vbdata.render.engines.job import job_from
engines.uuid = SimpleNamespace(uuid4=lambda: SimpleNamespace(hex=sys.argv[2]))
jobs = [job_from(line) for line in open(sys.argv[3], "rb")]
try:
    with opened(sys.argv[1], 2, Limits()) as pool:
        pool.run(jobs, lambda o: print(o.key, flush=True))
except KeyboardInterrupt:
    sys.exit(130)
"""


def _hear_ctrl_c() -> None:
    """Tests that a shell runs in the background inherit a SIGINT that is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT")
@pytest.mark.parametrize("engine", BOTH)
def test_ctrl_c_stops_at_once_and_leaves_the_finished_ones(tmp_path, engine):
    from vbdata.render.engines.job import packed

    jobs = [job(tmp_path, "good", GOOD), job(tmp_path, "slow", "print('innan')", BAD["hangs"][0])]
    (tmp_path / "jobs").write_bytes(b"".join(packed(each) for each in jobs))
    token = uuid.uuid4().hex
    command = [sys.executable, "-c", CTRL_C, engine, token, str(tmp_path / "jobs")]
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=_hear_ctrl_c
    )
    assert started.stdout is not None and started.stdout.readline() == "good\n"
    assert processes(token)
    asked = time.monotonic()
    os.killpg(started.pid, signal.SIGINT)  # as a terminal does
    assert started.wait(10) == 130
    assert time.monotonic() - asked < 2
    assert processes(token) == []
    assert (tmp_path / "out/good.html").is_file() and not (tmp_path / "out/slow.html").exists()
    started.stdout.close()


@pytest.mark.skipif(os.name != "posix", reason="sends SIGKILL")
@pytest.mark.parametrize("engine", BOTH)
def test_when_the_command_is_killed_its_processes_end_by_themselves(tmp_path, engine):
    from vbdata.render.engines.job import packed

    jobs = [job(tmp_path, "good", GOOD), job(tmp_path, "slow", BAD["hangs"][0])]
    (tmp_path / "jobs").write_bytes(b"".join(packed(each) for each in jobs))
    token = uuid.uuid4().hex
    command = [sys.executable, "-c", CTRL_C, engine, token, str(tmp_path / "jobs")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout is not None and started.stdout.readline() == "good\n"
        os.kill(started.pid, signal.SIGKILL)
    until = time.monotonic() + 10
    while processes(token) and time.monotonic() < until:
        time.sleep(0.1)
    assert processes(token) == []


@pytest.mark.parametrize(("asked", "given"), [("kernel", "kernel"), ("auto", "fork"), ("fork", "fork")])
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
def test_the_engine_is_chosen(asked, given):
    assert choose(asked) == given


def test_without_fork_auto_takes_kernels(monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert choose("auto") == "kernel"
    with pytest.raises(ParameterError, match="Windows"):
        choose("fork")


def test_an_unknown_engine_is_refused():
    with pytest.raises(ParameterError, match="motor"):
        choose("rymdskepp")


def test_a_notebook_that_never_began_has_no_cell_to_mark(tmp_path):
    outcome = ended(Job("a", "a.ipynb", {}, str(tmp_path / "a.html")), "processen avslutades")
    assert (outcome.cell, outcome.message) == (None, "processen avslutades")


def test_papermill_finds_the_engine_by_name(tmp_path):
    code = (
        "from papermill import execute_notebook\n"
        "from papermill.engines import papermill_engines\n"
        "from vbdata.render.engines.shell import ShellEngine\n"
        "papermill_engines.register('vbdata-fork', ShellEngine)\n"
        "import sys\n"
        "execute_notebook(sys.argv[1], sys.argv[2], engine_name='vbdata-fork', progress_bar=False)\n"
        "print('kvar')"
    )
    source, target = notebook(tmp_path / "a.ipynb", "1 + 1"), tmp_path / "b.ipynb"
    done = subprocess.run(
        [sys.executable, "-c", code, source, target], capture_output=True, text=True, check=True
    )
    assert done.stdout == "kvar\n"
    assert nbformat.read(target, 4).cells[0].outputs[0].data["text/plain"] == "2"


@pytest.mark.parametrize("engine", BOTH)
def test_a_pool_that_was_opened_in_vain_leaves_no_process(monkeypatch, engine):
    token = uuid.uuid4()
    monkeypatch.setattr(engines.uuid, "uuid4", lambda: token)
    with pytest.raises(ParameterError), engines.opened(engine, 2, Limits()):
        raise ParameterError("okänd anteckningsbok")
    assert processes(token.hex) == []


def test_planning_a_run_does_without_papermill_and_iris_can_be_checked_after_it():
    code = (
        "import sys; from pathlib import Path; from vbdata.render.parts.parameters import check\n"
        f"check(Path({str(ROOT)!r}) / 'notebooks/unit_report.ipynb', {{'year': 2025}})\n"
        "print('papermill' in sys.modules)\n"
        "from vbdata.render.engines.startup import prepare\n"
        "prepare(); print('lark' in sys.modules)\n"
        "import rfc3987_syntax; print(rfc3987_syntax.is_valid_syntax('iri', 'https://å.se/'))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["False", "False", "True"]
