"""The errors of vbdata: each says in Swedish where, what, and what to do about it."""

from __future__ import annotations

import html
import sys
import traceback
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class VbdataError(Exception):
    """Base of every error that a user can cause or mend.

    Attributes
    ----------
    problem
        What is wrong, in Swedish, without a full stop.
    source
        The file, folder or table that it is about.
    place
        Where in it: ``s. 7, tabell 2, rad 4``.
    value
        The offending value, verbatim.
    hint
        What the user can do.

    Examples
    --------
    >>> print(UnknownValueError("okänd status", source="rapport.pdf", place="s. 7, rad 4",
    ...       value="Delvis uppfyld", hint="lägg till den i vocabulary/status.csv"))
    rapport.pdf s. 7, rad 4: okänd status "Delvis uppfyld" – lägg till den i vocabulary/status.csv
    """

    problem: str
    source: str | Path | None = field(default=None, kw_only=True)
    place: str | None = field(default=None, kw_only=True)
    value: str | None = field(default=None, kw_only=True)
    hint: str | None = field(default=None, kw_only=True)

    def __str__(self) -> str:
        where = " ".join(str(part) for part in (self.source, self.place) if part)
        what = self.problem if self.value is None else f'{self.problem} "{self.value}"'
        text = f"{where}: {what}" if where else what
        return f"{text} – {self.hint}" if self.hint else text

    def _render_traceback_(self) -> list[str]:
        # What a notebook shows: the line that helps; the thirty of where in vbdata it was found are folded.
        _fold_traceback(self)
        return [f"{type(self).__name__}: {self}"]

    def __reduce__(self) -> tuple[object, ...]:
        # Dataclass exceptions lose their keyword fields when pickled between processes.
        return _rebuild, (type(self), self.__dict__.copy())


def _fold_traceback(error: VbdataError) -> None:
    """Show in a notebook, and nowhere else, where an error was raised: for whoever opens it."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None or getattr(shell, "kernel", None) is None or "_folded" in error.__dict__:
        return
    error.__dict__["_folded"] = True  # a kernel asks twice
    lines = html.escape("".join(traceback.format_exception(error)))
    folded = f"<details><summary>Var felet uppstod</summary><pre>{lines}</pre></details>"
    shell.display_pub.publish({"text/html": folded, "text/plain": ""})


def _rebuild(kind: type[VbdataError], state: dict[str, object]) -> VbdataError:
    error = kind.__new__(kind)
    error.__dict__.update(state)
    return error


class UnreadableFileError(VbdataError):
    """The file cannot be read as a report in any format that vbdata knows."""


class NotAReportError(VbdataError):
    """The file can be read, but it is no verksamhetsberättelse or verksamhetsplan."""


class UnknownValueError(VbdataError):
    """A value is not in the vocabulary."""


class VocabularyError(VbdataError):
    """A vocabulary file is inconsistent."""


class RegisterError(VbdataError):
    """The register of units is inconsistent, or cannot be read."""


class SchemaError(VbdataError):
    """A table does not keep to its schema."""


class MissingDataError(VbdataError):
    """A folder or table that the command needs is not there."""


class ParameterError(VbdataError):
    """A notebook was given a parameter that it does not have, or one of the wrong type."""


class NotebookError(VbdataError):
    """A notebook stopped with an error."""


class CorrectionError(VbdataError):
    """An entry of the corrections file is not whole, or does not fit the schema."""


class BusyError(VbdataError):
    """Another process is writing where this one would."""


class QueryError(VbdataError):
    """DuckDB cannot answer a query."""
