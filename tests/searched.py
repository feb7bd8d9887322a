"""Files searched for words: whatever they are packed in."""

from __future__ import annotations

import html
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq


def contents(path: Path) -> Iterator[bytes]:
    """A file's bytes, and what is packed in them: tables, books, streams, a picture's texts."""
    held = path.read_bytes()
    yield held
    if held[:4] == b"PAR1":
        yield repr(pq.read_table(path).to_pydict()).encode()
        yield repr(pq.read_schema(path).metadata).encode()
    elif zipfile.is_zipfile(io.BytesIO(held)):
        with zipfile.ZipFile(path) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    elif held[:2] == b"\x1f\x8b":
        yield zlib.decompress(held, 47)
    elif held[:8] == b"\x89PNG\r\n\x1a\n":
        from PIL import Image

        with Image.open(path) as picture:
            yield repr(picture.info).encode()


def spellings(word: str) -> set[bytes]:
    """A word as text, as JSON and as HTML."""
    return {form.encode() for form in (word, json.dumps(word)[1:-1], html.escape(word))}


def holding(folder: Path, *words: str) -> list[str]:
    """Files below the folder that hold any of the words, or have it in their names."""
    spelt = [form for word in words for form in spellings(word)]
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if any(word.encode() in str(path.relative_to(folder)).encode() for word in words)
        or (path.is_file() and any(form in each for each in contents(path) for form in spelt))
    ]
