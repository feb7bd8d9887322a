"""What every file is read by, checked before any is: the vocabulary and the register."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache
from pathlib import Path

from vbdata.errors import RegisterError
from vbdata.vocabulary import checks, files

#: Files of the vocabulary that have a domain's codes, where labels.csv has not.
_HOMES = {"level": "levels", "status": "statuses", "target_rule": "target_rules"}
_OWN = {"target_rule": ("number",)}
"""Codes that have no words of their own."""


def preflight() -> None:
    """See that a run could read: nothing is read or written by it.

    Raises
    ------
    VocabularyError
        With file, row, value and hint, when a vocabulary file is wrong.
    RegisterError
        The same of the register.
    """
    from vbdata.register import ENVIRONMENT, register, register_folder

    checks.check()
    _check_code(files.FOLDER, files.stamp(files.FOLDER))
    if os.environ.get(ENVIRONMENT) and not register_folder().is_dir():
        hint = f"ändra eller ta bort miljövariabeln {ENVIRONMENT}"
        raise RegisterError("registrets mapp finns inte", source=register_folder(), hint=hint)
    register()


@lru_cache(maxsize=8)
def _check_code(folder: Path, _stamp: tuple[tuple[int, int], ...]) -> None:
    _check_codes(folder)
    _check_fields(folder)


def _check_codes(folder: Path) -> None:
    """The schema's codes are those that have words: another could not be stored, one without not be shown."""
    for domain, known in _coded().items():
        name = _HOMES.get(domain, "labels")
        lines = [line for line in files.lines(name, folder) if name != "labels" or line["domain"] == domain]
        for line in lines:
            if line["code"] not in known:
                hint = f"de som finns är {', '.join(known)}"
                raise line.error(f"okänd kod ({domain})", line["code"], hint)
        lost = [code for code in known if code not in {line["code"] for line in lines}]
        for code in lost:
            if code not in _OWN.get(domain, ()):
                hint = "lägg tillbaka raden"
                raise files.file(name, folder).error(f"koden saknas ({domain})", value=code, hint=hint)


def _coded() -> dict[str, tuple[str, ...]]:
    """Domain of labels → the codes that the tables' columns of it may hold."""
    import pandas as pd

    from vbdata.schema.labels import DOMAINS
    from vbdata.schema.tables import SCHEMAS, dtypes

    found: dict[str, tuple[str, ...]] = {}
    for table in SCHEMAS:
        for column, dtype in dtypes(table).items():
            if isinstance(dtype, pd.CategoricalDtype) and column in DOMAINS and table != "extraction_log":
                found[DOMAINS[column]] = tuple(str(code) for code in dtype.categories)
    return found


def _check_fields(folder: Path) -> None:
    """A layout's columns are those that rows of its table have."""
    known = {table: set(_fields(table)) for table in _records()}
    for line in files.lines("layouts", folder):
        if line["table"] not in known:
            raise line.error("okänd tabell", line["table"], f"de som finns är {', '.join(known)}")
        if line["field"] not in known[line["table"]]:
            hint = f"de som finns är {', '.join(_fields(line['table']))}"
            raise line.error(f"tabellen {line['table']} har ingen sådan kolumn", line["field"], hint)


def _records() -> dict[str, type]:
    from vbdata.parse.records import Activity, Complaint, Indicator

    return {"indicators": Indicator, "activities": Activity, "complaints": Complaint}


def _fields(table: str) -> Iterator[str]:
    """The cells that a record keeps verbatim."""
    for each in fields(_records()[table]):
        if each.name.endswith("_raw"):
            yield each.name.removesuffix("_raw")
