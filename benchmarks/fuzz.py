"""Mutated reports against the readers: no crash, no hang, no memory without end.

    python benchmarks/fuzz.py [--inputs 10000] [--seed 1] [--formats txt,docx,pdf] [FOLDER]

Each input is a report of FOLDER (the bundled sample by default) with bytes cut out, repeated, swapped or
put in. Most are mutated inside their structure, so that more than the surface is tried: lines and cells of a
text, the XML of a Word file, the unpacked streams of a PDF. What is put in is what hurts: signs of
mark-up, overrides of the direction of text, digits of other scripts, absurd numbers and spans, entities,
scripts and formulas. A child process reads them, with ten seconds of the
processor a file and one GiB; when it dies, the
input that it died of is kept and a new child goes on. Exits with 1 if any input did that, met an error that
is no refusal, or gave a value that no table can hold.
"""

from __future__ import annotations

import argparse
import collections
import copy
import io
import multiprocessing
import random
import re
import resource
import signal
import sys
import tempfile
import time
import zipfile
import zlib
from multiprocessing.connection import Connection
from pathlib import Path

from lxml import etree

from vbdata.ingest import FileResult, RawFile, read_file

SECONDS, MEMORY = 10, 2**30
TOKENS = (
    *(b"|", b"\t", b"\n", b"\f", b"**", b"# ", b"(", b"   ", b"\xff", b"\x00", b"99999999999999999999"),
    *(b"<table>", b"</td>", b'<td rowspan="99999999">', b"<w:tbl>", b"</w:p>", b'w:gridSpan w:val="999999"'),
    *(
        b"KF:s m\xc3\xa5l",
        b"Analys",
        b"Indikator\t",
        b"2025-01-01",
        b"endstream",
        b"/Length 0",
        b" 0 obj",
        b"re f",
    ),
    *(
        text.encode()
        for text in (
            *("\u202e", "\u2067", "\u200b", "\U000e0041", "\u0663\u0664 %", "\u00b2", "9" * 400, "1e400"),
            *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)", "nan"),
            *("&#x26;lt;", "&a;", "]]>", "<!DOCTYPE d [<!ENTITY a 'b'>]>", "../../x", "850101-1234", "{0}"),
            *("Enhetsmål: ", "Nämndmål: ", "Uppfylls delvis", "Verksamhetsplan 2025", "Innehåll", "=1+1"),
            *("Utfall T1 2025\tUtfall T2 2025\tUtfall VB 2025\tTotalt", "| --- | --- |", "@SUM(A1)"),
            "Aktivitet\tStartdatum\tSlutdatum\tAvvikelse",
        )
    ),
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(spoiled) + 1)
        match chance.randrange(4):
            case 0:
                del spoiled[at : at + chance.randint(1, 400)]
            case 1:
                other = chance.randrange(len(spoiled) + 1)
                spoiled[at:at] = spoiled[other : other + chance.randint(1, 400)]
            case 2:
                spoiled[at:at] = chance.choice(TOKENS)
            case _ if at < len(spoiled):
                spoiled[at] = chance.randrange(256)
    return bytes(spoiled)


def mutated_text(data: bytes, chance: random.Random) -> bytes:
    """Lines are taken out, doubled and moved; cells are swapped, emptied and filled with what hurts."""
    lines = data.split(b"\n")
    for _ in range(chance.randint(1, 40)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        sign = next((s for s in (b"\t", b"|", b"  ") if s in lines[at]), b" ")
        cells = lines[at].split(sign)
        one, two = chance.randrange(len(cells)), chance.randrange(len(cells))
        match chance.randrange(8):
            case 0 if len(lines) > 2:
                del lines[at]
                continue
            case 1:
                lines.insert(other, lines[at])
                continue
            case 2:
                lines[at], lines[other] = lines[other], lines[at]
                continue
            case 3:
                cells[one], cells[two] = cells[two], cells[one]
            case 4:
                cells[one] = chance.choice(TOKENS)
            case 5:
                cells[one] += chance.choice(TOKENS)
            case 6:
                cells.insert(one, b"")
            case _:
                del cells[one]
        lines[at] = sign.join(cells)
    return b"\n".join(lines)


STREAM = re.compile(rb"(/Length )(\d+)([^>]*>>\s*stream\r?\n)", re.S)


def mutated_pdf(data: bytes, chance: random.Random) -> bytes:
    """A PDF with the operators and numbers of some of its unpacked streams changed."""
    out, end = [], 0
    for found in STREAM.finditer(data):
        packed = data[found.end() : found.end() + int(found[2])]
        if found.start() < end or chance.random() < 0.8:
            continue
        try:
            words = zlib.decompress(packed).split(b" ")
        except zlib.error:
            continue
        for _ in range(chance.randint(1, 30)):
            at = chance.randrange(len(words))
            numbers = (
                b"0",
                b"-1",
                b"99999999999",
                b"1e38",
                b"0.0001",
                b"NaN",
                b"Q",
                b"BT",
                b"Tj",
                b"re",
                b"Do",
            )
            words[at] = chance.choice((words[chance.randrange(len(words))], b"", *numbers))
        again = zlib.compress(b" ".join(words))
        out += [data[end : found.start()], found[1], str(len(again)).encode(), found[3], again]
        end = found.end() + len(packed)
    return b"".join([*out, data[end:]])


def mutated_xml(data: bytes, chance: random.Random) -> bytes:
    """XML that is still well-formed: elements are taken out, doubled and moved, texts and values swapped."""
    root = etree.fromstring(data)
    elements = [e for e in root.iter() if e.getparent() is not None and isinstance(e.tag, str)]
    for _ in range(chance.randint(1, 25)):
        one, other = chance.choice(elements), chance.choice(elements)
        if one.getparent() is None:
            continue
        match chance.randrange(4):
            case 0:
                one.getparent().remove(one)
            case 1:
                one.addnext(copy.deepcopy(one))
            case 2 if other not in one.iterdescendants() and one is not other:
                other.append(copy.deepcopy(one))
            case _:
                for name in one.attrib:
                    one.set(name, chance.choice(("0", "-1", "999999", "x", "continue")))
                put_in = chance.choice(TOKENS).decode("utf-8", "ignore")
                one.text = other.text if chance.random() < 0.5 else NOT_XML.sub("", put_in)
    return etree.tostring(root)


NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def mutated_word(data: bytes, chance: random.Random) -> bytes:
    """A Word file whose parts are mutated one in three, the zip itself left whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml" and chance.random() < 0.8:
                part = mutated_xml(part, chance)
            elif chance.random() < 0.05 and part:
                part = mutated(part, chance)
            new.writestr(name, part)
    return out.getvalue()


INSIDE = {".docx": mutated_word, ".pdf": mutated_pdf, ".txt": mutated_text, ".md": mutated_text}


def unstorable(result: FileResult) -> str | None:
    """A value that no Parquet file can hold, or that is no number."""
    for table, rows in (result.rows or {}).items():
        for name, value in ((name, value) for row in rows for name, value in row.items()):
            try:
                str(value).encode()
            except UnicodeEncodeError:
                return f"{table}.{name}: {value!r}"
            if isinstance(value, int | float) and not abs(value) < 2**63:
                return f"{table}.{name}: {value!r}"
    return None


def work(jobs: Connection) -> None:
    """Child: read the files that come, answer with the error's name and the seconds."""
    resource.setrlimit(resource.RLIMIT_DATA, (3 * MEMORY, 3 * MEMORY))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    while (path := jobs.recv()) is not None:
        signal.setitimer(signal.ITIMER_PROF, SECONDS + 5)  # of the processor: other users do not count
        start = time.process_time()
        result = read_file(RawFile(path, path.name))
        signal.setitimer(signal.ITIMER_PROF, 0)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        inner = result.error if (result.message or "").startswith("internt fel") else unstorable(result)
        jobs.send((result.error or "read", time.process_time() - start, peak, inner))


def child() -> tuple[multiprocessing.Process, Connection]:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=work, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    return process, ours


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folder", type=Path, nargs="?", default=Path("data/raw/sample"))
    options.add_argument("--inputs", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--formats", default="txt,md,docx,pdf")
    args = options.parse_args()
    chance = random.Random(args.seed)
    wanted = tuple(f".{suffix}" for suffix in args.formats.split(","))
    files = sorted(p for p in args.folder.rglob("*") if p.suffix in wanted)
    kept = Path(tempfile.mkdtemp(prefix="vbdata-fuzz-"))
    tally: collections.Counter[str] = collections.Counter()
    slowest = peak = 0.0
    bad = 0
    process, pipe = child()
    for number in range(args.inputs):
        file = chance.choice(files)
        inside = INSIDE[file.suffix] if chance.random() < 0.8 else mutated
        path = kept / f"{number}{file.suffix}"
        path.write_bytes(inside(file.read_bytes(), chance))
        pipe.send(path)
        try:
            outcome, seconds, used, inner = pipe.recv()
        except EOFError:
            process.join()
            outcome, seconds, used, inner = f"died ({process.exitcode})", SECONDS, 0, "died"
            process, pipe = child()
        tally[f"{file.suffix} {outcome}"] += 1
        slowest, peak = max(slowest, seconds), max(peak, used)
        if inner or seconds > SECONDS or used > MEMORY:
            bad += 1
            print(f"{path}: {outcome}, {seconds:.1f} s, {used / 2**20:.0f} MiB")
        else:
            path.unlink()
    pipe.send(None)
    for outcome, count in sorted(tally.items()):
        print(f"{count:7} {outcome}")
    print(f"{args.inputs} inputs, {bad} bad; slowest {slowest:.2f} s, peak {peak / 2**20:.0f} MiB")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
