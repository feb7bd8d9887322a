"""Mistakes that cost nothing: a wrong call or file gives one line, and the tables stay as they were."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import vbdata
from tests.factories import INDICATOR_HEAD, SICK, report_text, table
from tests.test_cli import run
from vbdata.errors import ParameterError, VbdataError
from vbdata.export import export
from vbdata.ingest import ingest
from vbdata.render.pages.explore import load as explored
from vbdata.render.pages.explore import rows as explored_rows
from vbdata.render.parts.parameters import check_injected
from vbdata.store import disk

UNIT = "granbackens-gruppbostad"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    text = report_text("Enhetsmål: Alla trivs\n\nUppfylls helt\n", table(INDICATOR_HEAD, SICK))
    (folder / "data" / "raw").mkdir(parents=True)
    (folder / "data" / "raw" / "a.txt").write_text(text, encoding="utf-8")
    ingest([folder / "data" / "raw"], folder / "data" / "processed")
    return folder


@pytest.fixture
def workbook(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook of its own, which the test stands in."""
    shutil.copytree(made, tmp_path / "w", symlinks=True)
    monkeypatch.chdir(tmp_path / "w")
    return tmp_path / "w"


def state(workbook: Path) -> str:
    """A checksum of every file of the tables."""
    digest = hashlib.sha256()
    for path in sorted((workbook / "data" / "processed").rglob("*.parquet")):
        if path.is_file():
            digest.update(path.as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


def own_csv(name: str, content: bytes) -> object:
    Path(name).write_bytes(content)
    return vbdata.sql("select * from own", own=Path(name))


def filtered_rows(name: str, condition: str) -> object:
    return explored_rows(explored("data/processed", "reports"), name, [condition])


FRAME = pd.DataFrame({"a": [1]})
TYPED = 'unit_id: str = "a"\nyear: int = 2025\n'

CALLS: list[tuple[Callable[[], object], str]] = [
    # tables and filters
    (lambda: vbdata.load("golas"), 'okänd tabell "golas" – tabellerna är reports, goals'),
    (lambda: vbdata.load("goals", colour="red"), "de som finns är unit_id, unit_name, year, kind"),
    (lambda: vbdata.load("goals", statuss="met"), 'ingen sådan kolumn "statuss" – menade du "status"?'),
    (lambda: vbdata.load("goals", year=2025.5), 'inte sådana värden "2025.5"'),
    (lambda: vbdata.load("goals", year=2030), 'year har inget sådant värde "2030" – de som finns är 2025'),
    (lambda: vbdata.load("goals", year="2025"), "skriv ett heltal utan citattecken"),
    (lambda: vbdata.load("indicators", name="Sjukfrånvar"), 'menade du "Sjukfrånvaro"?'),
    (lambda: vbdata.complaint_totals(year=1999), 'inget sådant värde "1999"'),
    (lambda: vbdata.answers(measure_unit="procent"), 'inget sådant värde "procent"'),
    (lambda: vbdata.load("goals", level="units"), 'inget sådant värde "units" – menade du "unit"?'),
    (lambda: vbdata.load("goals", level="Enhetsmål"), 'menade du "unit"?'),
    (lambda: vbdata.load("goals", status=["met", "notmet"]), 'menade du "not_met"?'),
    (lambda: vbdata.load("goals", kind="vb"), 'menade du "VB"?'),
    (lambda: vbdata.load("goals", unit_id="granbacken"), 'menade du "granbackens-gruppbostad"?'),
    (lambda: vbdata.load("goals", unit_name="Granbackens"), 'menade du "Granbackens gruppbostad"?'),
    (lambda: vbdata.load("goals", report_id="2025-vb-granbacken"), 'menade du "2025-vb-granbackens'),
    (lambda: vbdata.load("reports", year="i fjol"), "inget sådant värde"),
    (lambda: vbdata.load("findings", code="leftover"), 'menade du "left_over"?'),
    (lambda: vbdata.load("complaints", facet="complaint_subjects"), 'menade du "complaint_subject"?'),
    (lambda: vbdata.load("passages", section="sumary"), 'menade du "summary"?'),
    (lambda: vbdata.load("goals", "ingenstans"), "vbdata ingest"),
    (lambda: vbdata.load("goals", latest="nej"), 'latest ska vara True eller False "nej"'),
    (lambda: vbdata.goal_counts("enhet"), "level har inget sådant värde"),
    (lambda: vbdata.complaint_totals(facets="praise"), 'menade du "facet"?'),
    (lambda: vbdata.complaint_totals(period="T1"), 'räkningen kan inte väljas så "period"'),
    (lambda: vbdata.goal_counts("unit", status="met"), 'räkningen kan inte väljas så "status"'),
    (lambda: vbdata.goal_counts("unit", kind="VP"), 'planer räknas inte "VP"'),
    (lambda: vbdata.complaint_totals(kind="VP"), 'planer räknas inte "VP"'),
    (lambda: vbdata.load("goals", kind=[]), "villkoret på kind är tomt"),
    (lambda: vbdata.load("goals", version=[]), 'version har inget sådant värde "[]" – versionerna är 1'),
    (lambda: vbdata.load("goals", 5), "tabellernas mapp är en sökväg"),
    (lambda: vbdata.read(None), "en fil anges med sin sökväg"),
    (lambda: vbdata.read(""), "en fil anges med sin sökväg"),
    (lambda: vbdata.read("https://exempel.se/vb.pdf"), 'en adress "https://exempel.se/vb.pdf"'),
    (lambda: vbdata.plot.goals(FRAME["a"]), 'ritar en DataFrame "Series"'),
    # questions in SQL
    (lambda: vbdata.sql("select * from golas"), 'ingen sådan tabell "golas" – menade du "goals"?'),
    (lambda: vbdata.sql("select statuss from goals"), 'ingen sådan kolumn "statuss" – menade du "status"?'),
    (lambda: vbdata.sql("select unit_name from goals"), "join reports using (report_id)"),
    (lambda: vbdata.sql("select * from own", own="min.csv"), 'own=Path("min.csv")'),
    (lambda: vbdata.sql(""), "det är ingen fråga"),
    (lambda: vbdata.sql(None), "det är ingen fråga"),
    (lambda: vbdata.sql("selct * from goals"), 'frågan är fel skriven "selct"'),
    (lambda: vbdata.sql("select * from goals where year = $year"), 'saknas "$year" – ge det med year='),
    (lambda: vbdata.sql("select 1", year=2025), 'frågan har inget sådant ord "$year"'),
    (lambda: vbdata.sql("select * from own", own=[1]), "en egen tabell är en DataFrame eller en Path"),
    (lambda: vbdata.sql("select level, count(*) from goals"), 'passar inte ihop "level" – DuckDB: column'),
    (lambda: vbdata.sql("select date '2025-13-01'"), "ett värde är av fel slag \"date '2025-13-01'\""),
    (lambda: vbdata.sql("copy goals to 'ut.csv'"), "en fråga läser bara tabellerna"),
    (lambda: vbdata.sql("delete from goals"), "frågans delar passar inte ihop"),
    (lambda: vbdata.sql("select * from 'data/raw/a.txt'"), "det som frågan nämner finns inte"),
    (lambda: vbdata.sql("select golas.title from goals"), 'ingen sådan tabell "golas"'),
    (lambda: vbdata.sql("select 1", goals=FRAME), "kan inte heta som en av tabellerna"),
    (lambda: vbdata.sql("select 1", own=Path("borta.csv")), "filen finns inte"),
    (lambda: own_csv("tom.csv", b""), "går inte att läsa som en tabell"),
    (lambda: own_csv("bild.csv", b"\x89PNG\0\x81\x8d"), "går inte att läsa som en tabell"),
    # charts, exports, files, conditions
    (lambda: vbdata.plot.goals(vbdata.load("goals")), "flera värden i level"),
    (lambda: vbdata.plot.years(FRAME), "diagrammet saknar en kolumn"),
    (lambda: vbdata.plot.goals("goals"), 'hämta den: vbdata.load("goals")'),
    (lambda: vbdata.plot.goals(vbdata.load("goals", level="unit"), ax="fel"), "ritas i en Axes"),
    (lambda: vbdata.read("borta.docx"), "borta.docx"),
    (lambda: export(Path("data/processed"), Path("ut.ods"), to="ods"), "okänd form"),
    (lambda: export(Path("data/processed"), Path("ut.csv"), to="xlsx"), "ska sluta på .xlsx"),
    (lambda: export(Path("data/processed"), Path("data/raw"), to="csv"), "bland originalen eller tabellerna"),
    (lambda: export(Path("data/processed"), Path("data/processed/x.xlsx"), to="xlsx"), "bland originalen"),
    (lambda: export(Path("data/processed"), Path("u"), to="csv", units=["granbacken"]), 'menade du "gran'),
    (lambda: filtered_rows("goals", "status: Uppfyls helt"), 'menade du "met"?'),
    (lambda: filtered_rows("goals", "stauts: met"), "ingen sådan kolumn"),
    (lambda: filtered_rows("indicators", "value < många"), "inget tal"),
    # papermill on its own
    (lambda: check_injected([TYPED, '# Parameters\nunitid = "b"\n']), 'okänd parameter "unitid"'),
    (lambda: check_injected([TYPED, '# Parameters\nyear = "2025"\n']), "year ska vara int, inte str"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "said"), CALLS, ids=[said for _, said in CALLS])
def test_a_wrong_call_is_one_line(call: Callable[[], object], said: str, workbook: Path) -> None:
    before = state(workbook)
    with pytest.raises(VbdataError) as caught:
        call()
    assert said in str(caught.value) and "\n" not in str(caught.value)
    assert state(workbook) == before


def gone(name: str) -> Callable[[Path], object]:
    return lambda w: (w / "data" / "processed" / f"{name}.parquet").resolve().unlink()


def damaged(name: str, keep: int) -> Callable[[Path], object]:
    def damage(w: Path) -> None:
        path = (w / "data" / "processed" / f"{name}.parquet").resolve()
        content = path.read_bytes()
        path.chmod(0o600)
        path.write_bytes(content[:keep] + bytes(len(content[keep:-900])) + content[-900:] if keep else b"")

    return damage


def put(path: str, content: str | bytes) -> Callable[[Path], object]:
    def write(w: Path) -> None:
        (w / path).parent.mkdir(parents=True, exist_ok=True)
        (w / path).write_bytes(content.encode() if isinstance(content, str) else content)

    return write


UNITS = "unit_id,name,type,district,aliases\n"
PEOPLE = "unit_id,year,count,counted,source,confirmed_by,confirmed_date\n"
RAW, REPORT, EXPORT = ("ingest", "data/raw"), ("report",), ("export", "ut.xlsx")
FILES: list[tuple[Callable[[Path], object], tuple[str, ...], str]] = [
    (gone("goals"), REPORT, "tabellen goals saknas – läs om filerna: vbdata ingest MAPP"),
    (gone("goals"), EXPORT, "tabellen goals saknas"),
    (gone("complaints"), ("findings",), "tabellen complaints saknas"),
    (gone("reports"), REPORT, "tabellen reports saknas"),
    (damaged("goals", 0), REPORT, "ingen hel Parquetfil"),
    (damaged("indicators", 0), EXPORT, "ingen hel Parquetfil"),
    (lambda w: shutil.rmtree(w / "data" / "processed"), REPORT, "inga inlästa rapporter"),
    (put("data/units.csv", "unit_id,name\n"), RAW, "data/units.csv rad 1: fel kolumner"),
    (put("data/units.csv", UNITS.encode("utf-16")), RAW, "varken UTF-8 eller Windows-text"),
    (put("data/units.csv", UNITS + "a,A,,,\na,B,,,\n"), RAW, "data/units.csv rad 3"),
    (put("data/units.csv", UNITS + 'a,"A,,,\n'), RAW, "data/units.csv"),
    (put("data/units.csv", UNITS + "a,Ã¥sen,,,\n"), RAW, "tecken som har förstörts"),
    (put("data/corrections.yml", "- [\n"), RAW, "corrections.yml"),
    (put("data/corrections.yml", "- report: x\n"), RAW, "corrections.yml"),
    (lambda w: None, ("ingest", "data/rå"), "filen eller mappen finns inte"),
    (lambda w: None, ("report", "--notebook", "unit_raport"), "okänd anteckningsbok"),
    (lambda w: None, ("report", "--unit", UNIT, "--unit", "granen"), 'enheten finns inte "granen"'),
    (lambda w: None, ("findings", "--unit", "granen"), 'enheten finns inte "granen"'),
    (lambda w: None, ("report", "--engine", "snabb"), "snabb"),
    (lambda w: None, ("report", "--profile", "delad"), "delad"),
    (lambda w: None, ("report", "--threshold", "3"), "lägg till --profile shared"),
    (lambda w: None, ("forget", "granbacken"), "heter så \"granbacken\" – ange enhetens id, rapportens id"),
    (lambda w: None, ("export", "ut.xlsx", "--to", "ods"), "okänd form"),
    (lambda w: None, ("inspect", "borta.pdf"), "filen finns inte"),
    (lambda w: None, ("inspect", "data/raw/a.txt", "--page", "9"), "filen har inga sidor"),
    (put("reports/2025/manifest.json", "{"), REPORT, "manifestet går inte att läsa"),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "command", "said"), FILES, ids=[f"{c[0]}: {s}" for _, c, s in FILES])
def test_a_wrong_file_is_one_line(
    spoil: Callable[[Path], object], command: tuple[str, ...], said: str, workbook: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    spoil(workbook)
    before = state(workbook)
    assert run(*command) == 1
    told = capsys.readouterr().err
    assert told.startswith("Fel: ") and said in told and told.count("\n") == 1 and "Traceback" not in told
    assert state(workbook) == before
    assert not list(workbook.rglob("*.html"))


def test_a_command_further_down_is_in_the_workbook(workbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (workbook / "notebooks").mkdir()
    monkeypatch.chdir(workbook / "notebooks")
    assert run("findings") == run("export", "ut.xlsx") == run("ingest", "../data/raw") == 0
    assert [path.name for path in (workbook / "notebooks").iterdir()] == ["ut.xlsx"]
    assert run("forget", UNIT, "--yes") == 0
    assert not (workbook / "data/raw/a.txt").exists()


@pytest.mark.parametrize("spoil", [gone("goals"), damaged("goals", 0)])
def test_reading_again_mends_a_table_as_the_error_says(
    spoil: Callable[[Path], object], workbook: Path
) -> None:
    before = vbdata.load("goals")
    spoil(workbook)
    assert run("ingest", "data/raw") == 0
    pd.testing.assert_frame_equal(vbdata.load("goals"), before)


def test_there_are_enough_of_them() -> None:
    assert len(CALLS) + len(FILES) >= 30


@pytest.mark.parametrize("held", [2, 99])
def test_a_file_that_another_program_holds_is_tried_again(
    held: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []
    real = disk.os.replace

    def replace(source: Path, target: Path) -> None:
        tries.append(1)
        if len(tries) <= held:
            raise PermissionError(13, "Åtkomst nekad")
        real(source, target)

    monkeypatch.setattr(disk.os, "replace", replace)
    monkeypatch.setattr(disk.time, "sleep", lambda _: None)
    (tmp_path / "a").write_text("ny")
    if held == 2:
        disk.put_or_say(tmp_path / "a", tmp_path / "b")
        assert (tmp_path / "b").read_text() == "ny"
        return
    with pytest.raises(VbdataError, match=r"går inte att ersätta .*Åtkomst nekad.* stäng den") as caught:
        disk.put_or_say(tmp_path / "a", tmp_path / "b")
    assert "\n" not in str(caught.value) and len(tries) == 5


def test_right_parameters_pass_and_cells_with_other_signs_are_no_hindrance() -> None:
    check_injected(["%pip list", TYPED, '# Parameters\nunit_id = "b"\nyear = 2024\n'])
    check_injected(["# Parameters\nanything = 1\n"])
    with pytest.raises(ParameterError):
        check_injected([TYPED, "!ls", "# Parameters\nyaer = 2024\n"])
