"""A Frictionless data package: CSV in standard form, and a description that a machine can check.

The form is Data Package 1.0 with Table Schema (specs.frictionlessdata.io).
"""

from __future__ import annotations

import datetime
import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd

from vbdata import __version__
from vbdata.export.codebook import code_labels
from vbdata.export.columns import columns, types
from vbdata.export.content import Content, caveats
from vbdata.schema.build import DATE
from vbdata.schema.tables import SCHEMAS

_TYPES = {"string": "string", "Int64": "integer", "Float64": "number", "boolean": "boolean"}
#: Column → the table and column that it points to, in every table but that one.
_POINTS = {"report_id": ("reports", "report_id"), "goal_id": ("goals", "goal_id")}


def write_datapackage(made: Content, folder: Path) -> None:
    """A CSV file per table and ``datapackage.json``."""
    resources = []
    for table, frame in made.tables.items():
        path = folder / f"{table}.csv"
        frame.to_csv(path, index=False, lineterminator="\n")
        resources.append(_resource(table, path, frame, made.labels))
    package = {
        "profile": "tabular-data-package",
        "name": "vbdata",
        "title": "Enheternas verksamhetsberättelser och verksamhetsplaner som tabeller",
        "description": "\n\n".join(f"**{title}.** {text}" for title, text in caveats()),
        "version": __version__,
        "created": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "resources": resources,
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def _resource(table: str, path: Path, frame: pd.DataFrame, labels: bool) -> dict[str, Any]:
    content = path.read_bytes()
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "title": str(SCHEMAS[table].title),
        "description": str(SCHEMAS[table].description),
        "path": path.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": _schema(table, frame, labels),
    }


def _schema(table: str, frame: pd.DataFrame, labels: bool) -> dict[str, Any]:
    schema = SCHEMAS[table]
    points = {name: to for name, to in _POINTS.items() if name in schema.columns and to[0] != table}
    keys = [_foreign(name, *to) for name, to in points.items()]
    if table == "goals":
        keys.append(_foreign("parent_goal_id", "", "goal_id"))
    return {
        "fields": [_field(table, name, frame, labels) for name in columns(table)],
        "primaryKey": (schema.metadata or {})["key"],
        "foreignKeys": keys,
        "missingValues": [""],
    }


def _foreign(name: str, resource: str, field: str) -> dict[str, Any]:
    return {"fields": [name], "reference": {"resource": resource, "fields": [field]}}


def _field(table: str, name: str, frame: pd.DataFrame, labels: bool) -> dict[str, Any]:
    spec, dtype = columns(table)[name], types(table)[name]
    kind = "date" if dtype == DATE else _TYPES.get(str(dtype), "string")
    field: dict[str, Any] = {"name": name, "type": kind, "title": str(spec.title)}
    field["description"] = str(spec.description)
    constraints: dict[str, Any] = {} if spec.nullable else {"required": True}
    if [name] == (SCHEMAS[table].metadata or {})["key"]:
        constraints["unique"] = True
    if isinstance(frame[name].dtype, pd.CategoricalDtype):
        constraints["enum"] = [str(code) for code in frame[name].cat.categories]
    if codes := {} if labels else code_labels(table, name):
        field["categories"] = [{"value": code, "label": text} for code, text in codes.items()]
    if unit := (spec.metadata or {}).get("unit"):
        field["unit"] = unit
    return field | ({"constraints": constraints} if constraints else {})
