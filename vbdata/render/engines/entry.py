"""What papermill's entry point names: the shell engine, imported when it is first used.

papermill loads its entry points while it is itself being imported; the engine imports papermill, so that
the one must not be the other's module.
"""

from __future__ import annotations

from typing import Any


class ForkEngine:
    """`papermill --engine vbdata-fork`: hands everything on to `ShellEngine`."""

    @classmethod
    def execute_notebook(cls, *args: Any, **kwargs: Any) -> Any:
        """Run the notebook; see `papermill.engines.Engine.execute_notebook`."""
        return cls._engine().execute_notebook(*args, **kwargs)

    @classmethod
    def nb_kernel_name(cls, *args: Any, **kwargs: Any) -> Any:
        """Name of the notebook's kernel; see `papermill.engines.Engine.nb_kernel_name`."""
        return cls._engine().nb_kernel_name(*args, **kwargs)

    @classmethod
    def nb_language(cls, *args: Any, **kwargs: Any) -> Any:
        """Language of the notebook; see `papermill.engines.Engine.nb_language`."""
        return cls._engine().nb_language(*args, **kwargs)

    @classmethod
    def _engine(cls) -> Any:
        from vbdata.render.engines.shell import ShellEngine

        return ShellEngine
