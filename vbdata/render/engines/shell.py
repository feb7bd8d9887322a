"""A papermill engine that runs the cells in an IPython shell of this very process.

The shell is the one that ipykernel's kernels have, so a cell's outputs are the same; its messages are taken
where a kernel would send them. `vbdata report` runs it in a child process per notebook.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

from papermill.engines import Engine

INLINE = "module://matplotlib_inline.backend_inline"
"""How a kernel's figures become pictures."""
_shell: Any = None


class ShellEngine(Engine):
    """`papermill --engine vbdata-fork`; a notebook that ends its process ends papermill too."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **kwargs: Any) -> None:
        """Run the code cells in order, up to the first that fails; the notebook is saved after each."""
        from ipykernel.ipkernel import IPythonKernel

        run = _Runner(nb_man)
        with run.connected():
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                try:
                    if not run.cell(cell, index):
                        nb_man.cell_exception(cell, cell_index=index)
                        break
                finally:
                    _complete(nb_man, cell, index)
                run.leave_if_asked()
        nb_man.nb.metadata["language_info"] = dict(IPythonKernel.language_info)


def _complete(nb_man: Any, cell: Any, index: int) -> None:
    """End a cell without writing the notebook: that is done at once as the next cell, or nothing, starts."""
    nb_man.save = lambda **_: None
    try:
        nb_man.cell_complete(cell, cell_index=index)
    finally:
        del nb_man.save


class _Runner:
    """A fresh shell whose messages become the outputs of the notebook's cells."""

    def __init__(self, nb_man: Any) -> None:
        from papermill.clientwrap import PapermillNotebookClient

        self.shell = fresh_shell()
        self.nb_man = nb_man
        self.client = PapermillNotebookClient(nb_man)  # never started: it knows how messages become outputs
        self.client.reset_execution_trackers()
        self.place: tuple[Any, int] | None = None
        self.stdout, self.stderr = _Stream("stdout", self._send), _Stream("stderr", self._send)

    def _send(self, kind: str, content: dict[str, Any]) -> None:
        if self.place is not None:
            message = {
                "msg_type": kind,
                "header": {"msg_type": kind},
                "parent_header": {},
                "content": content,
            }
            self.client.process_message(message, *self.place)

    @contextmanager
    def connected(self) -> Iterator[None]:
        """Messages, standard output and standard error go to the notebook."""
        session = _session(self._send)
        self.shell.displayhook.session = self.shell.display_pub.session = session
        with redirect_stdout(self.stdout), redirect_stderr(self.stderr):
            yield

    def cell(self, cell: Any, index: int) -> bool:
        """Whether the notebook can go on after the cell."""
        if cell.cell_type != "code" or not cell.source.strip():
            return True
        self.place, self.client.clear_before_next_output = (cell, index), False
        cell["execution_count"] = self.shell.execution_count
        result = self.shell.run_cell(cell.source, store_history=True)
        self.stdout.flush()
        self.stderr.flush()
        return bool(result.success or "raises-exception" in cell.metadata.get("tags", []))

    def leave_if_asked(self) -> None:
        """End the process after a cell that called ``exit()``, as a kernel would."""
        if self.shell.asked_exit:
            self.nb_man.save()
            os._exit(0)


class _Stream(io.TextIOBase):
    """Standard output or error of a cell, sent on when it is flushed, as ipykernel does."""

    encoding = "utf-8"

    def __init__(self, name: str, send: Callable[[str, dict[str, Any]], None]) -> None:
        self.name, self._send, self._parts = name, send, list[str]()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._parts.append(text)
        return len(text)

    def flush(self) -> None:
        text, self._parts = "".join(self._parts), []
        if text:
            self._send("stream", {"name": self.name, "text": text})


def _session(send: Callable[[str, dict[str, Any]], None]) -> Any:
    """A session that hands messages over instead of putting them on a socket."""
    from jupyter_client.session import Session

    class Handed(Session):
        def send(self, stream: Any, msg_or_type: Any, content: Any = None, *_: Any, **__: Any) -> Any:
            message = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content)
            # Through JSON, so that the outputs hold what a kernel's would: lists, not tuples.
            send(message["header"]["msg_type"], self.unpack(self.pack(message["content"])))
            return message

    return Handed()


def prepare_shell() -> Any:
    """Make the shell, once: before a process divides itself, so that its children have it."""
    global _shell
    if _shell is None:
        from ipykernel.compiler import XCachingCompiler
        from ipykernel.zmqshell import ZMQInteractiveShell
        from traitlets.config import Config

        class Shell(ZMQInteractiveShell):
            asked_exit = False

            def ask_exit(self) -> None:
                self.asked_exit = True

        os.environ.setdefault("MPLBACKEND", INLINE)
        _shell = Shell.instance(
            config=Config({"HistoryManager": {"enabled": False}}), compiler_class=XCachingCompiler
        )
    return _shell


def fresh_shell() -> Any:
    """The shell, with nothing in it, new random numbers and figures as Matplotlib draws them by default."""
    import random

    shell = prepare_shell()
    shell.reset(new_session=True)
    shell.asked_exit = False
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    if "matplotlib" in sys.modules:
        sys.modules["matplotlib"].rcdefaults()
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
    if "" not in sys.path:
        sys.path.insert(0, "")  # modules beside the notebook
    return shell
