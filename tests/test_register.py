"""The register of units: what it answers, and that a file that contradicts itself names its row."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from vbdata import register
from vbdata.errors import RegisterError
from vbdata.register.register import read_register

UNITS = "unit_id,name,type,district,aliases\n"
SUCCESSIONS = "predecessor_id,successor_id,kind,date,share,source\n"
DENOMINATORS = "unit_id,year,count,counted,source,confirmed_by,confirmed_date\n"
FOUR = UNITS + "".join(f"{name},Enhet {name.upper()},DV,Norr,\n" for name in "abcd")


def write(folder: Path, units: str = FOUR, successions: str = "", denominators: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "units.csv").write_text(units, encoding="utf-8")
    (folder / "successions.csv").write_text(SUCCESSIONS + successions, encoding="utf-8")
    (folder / "denominators.csv").write_text(DENOMINATORS + denominators, encoding="utf-8")
    return folder


def read(tmp_path: Path, **files: str) -> register.Register:
    return read_register(write(tmp_path / "data", **files))


# What it answers


def test_a_split_is_known_from_both_sides(tmp_path: Path) -> None:
    found = read(tmp_path, successions="a,b,split,2025-04-01,0.4,beslut\na,c,split,2025-04-01,0.6,beslut\n")
    assert [each.successor_id for each in found.successors_of("a")] == ["b", "c"]
    (came,) = found.predecessors_of("c")
    assert came == register.Succession("a", "c", "split", datetime.date(2025, 4, 1), 0.6, "beslut")
    assert found.by_id["c"].predecessors == ("a",)
    assert found.by_id["a"].predecessors == ()


def test_lineage_is_the_unit_first_and_then_what_it_came_from(tmp_path: Path) -> None:
    chain = "a,b,rename,2023-01-01,,x\nb,d,merge,2025-01-01,,x\nc,d,merge,2025-01-01,,x\n"
    found = read(tmp_path, successions=chain)
    assert found.lineage("d") == ("d", "b", "c", "a")
    assert found.lineage("a") == ("a",)
    assert found.lineage("okänd") == ("okänd",)


def test_lineage_ends_where_parts_go_to_and_fro(tmp_path: Path) -> None:
    found = read(tmp_path, successions="a,b,transfer,2023-01-01,0.2,x\nb,a,transfer,2025-01-01,0.1,x\n")
    assert found.lineage("a") == ("a", "b")


def test_a_denominator_is_the_first_of_the_year_or_the_one_asked_for(tmp_path: Path) -> None:
    rows = "a,2025,42,brukare,vp,controller,2026-01-02\na,2025,50,platser,vp,controller,2026-01-02\n"
    found = read(tmp_path, denominators=rows)
    first, places = found.denominator("a", 2025), found.denominator("a", 2025, "Platser")
    assert first is not None and (first.count, first.counted) == (42, "brukare")
    assert places is not None and places.count == 50
    assert found.denominator("a", 2024) is None
    assert found.denominator("a", 2025, "barn") is None


def test_no_files_are_an_empty_register(tmp_path: Path) -> None:
    assert read_register(tmp_path) == register.Register()


def test_a_name_with_its_accents_lost_is_found(tmp_path: Path) -> None:
    found = read(tmp_path, units=UNITS + "ön,Öns hemtjänst,H,Norr,\n".replace("ön,", "on,"))
    hit = found.index.find("Ons hemtjanst").entry
    assert hit is not None and hit.unit_id == "on"


def test_the_register_is_read_again_when_a_file_changes(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv(register.ENVIRONMENT, str(write(tmp_path / "data")))
    before = register.register()
    assert register.register() is before
    write(tmp_path / "data", successions="a,b,rename,2025-04-01,,x\n")
    assert register.register().lineage("b") == ("b", "a")
    assert register.register().sha256 != before.sha256


def test_the_workbook_that_the_command_runs_in_comes_first(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delenv(register.ENVIRONMENT, raising=False)
    write(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    assert {unit.unit_id for unit in register.register().units} == set("abcd")
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    assert {unit.unit_id for unit in register.register().units} == set("abcd")


def test_elsewhere_the_register_beside_the_package_is_read(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.delenv(register.ENVIRONMENT, raising=False)
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    assert "tallasens-dagliga-verksamhet" in {unit.unit_id for unit in register.register().units}


def test_the_bundled_register_keeps_its_own_rules() -> None:
    before = register.register().predecessors_of("bjorkvik-tallasen-daglig-verksamhet-2")
    assert [each.predecessor_id for each in before] == ["tallasens-dagliga-verksamhet"]
    found = register.register().denominator("lillans-korttidshem", 2025)
    assert found is not None and found.counted == "barn"


# What is wrong in it

WRONG_UNITS = [
    ("a,A,,,\na,B,,,\n", "rad 3", "också på rad 2"),
    ("a,A,,,Gamla\nb,B,,,gamla \n", "rad 3", "samma namn som a på rad 2"),
    ("a,A,,,\nb,a,,,\n", "rad 3", "samma namn"),
    (",A,,,\n", "rad 2", "unit_id är tom"),
    ("a,,,,\n", "rad 2", "name är tom"),
    ("../a,A,,,\n", "rad 2", "id med annat"),
    ("a,A,,\n", "rad 2", "fel antal kolumner"),
    ('a,"A,,,\n', "rad 2", "citattecken"),
]
WRONG_SUCCESSIONS = [
    ("a,x,split,2025-04-01,,s\n", "rad 2", 'okänd enhet "x"'),
    ("x,a,split,2025-04-01,,s\n", "rad 2", 'okänd enhet "x"'),
    ("a,a,split,2025-04-01,,s\n", "rad 2", "följer på sig själv"),
    ("a,b,delning,2025-04-01,,s\n", "rad 2", 'okänt slag "delning"'),
    ("a,b,split,1 april 2025,,s\n", "rad 2", "oläsligt datum"),
    ("a,b,split,2025-04-01,40 %,s\n", "rad 2", "oläslig andel"),
    ("a,b,split,2025-04-01,0,s\n", "rad 2", "oläslig andel"),
    ("a,b,split,2025-04-01,nan,s\n", "rad 2", "oläslig andel"),
    ("a,b,split,2025-04-01,0.4,s\na,c,split,2025-04-01,0.5,s\n", "rad 2", "tillsammans 0,9"),
    ("a,b,split,2025-04-01,0.8,s\na,c,split,2025-04-01,0.5,s\na,d,split,2025-04-01,,s\n", "rad 2", "1,3"),
    ("a,b,transfer,2025-04-01,0.8,s\na,c,transfer,2025-04-01,0.5,s\n", "rad 2", "1,3"),
    ("a,b,split,2025-04-01,,s\na,b,split,2025-04-01,,s\n", "rad 3", "står på rad 2"),
    ("a,b,rename,2025-04-01,0.5,s\n", "rad 2", "namnbyte tar med hela"),
    ("a,b,rename,2025-04-01,,s\na,c,rename,2025-04-01,,s\n", "rad 2", "delning"),
    ("a,b,rename,2025-04-01,,s\nb,a,rename,2025-05-01,,s\n", "rad ", "i ring"),
    (
        "a,b,split,2023-04-01,,s\nb,c,merge,2024-04-01,,s\nc,a,merge,2025-04-01,,s\n",
        "rad ",
        "i ring",
    ),
    ("a,b,split,2025-04-01,,s\na,c,split,2025-05-01,,s\n", "rad 3", "upphör två gånger"),
    ("a,b,rename,2025-04-01,,s\nb,c,rename,2024-04-01,,s\n", "rad 2", "redan har upphört"),
    ("a,b,rename,2024-04-01,,s\na,c,transfer,2025-04-01,,s\n", "rad 3", "redan har upphört"),
]
WRONG_DENOMINATORS = [
    ("x,2025,42,brukare,s,c,2026-01-01\n", "rad 2", "okänd enhet"),
    ("a,25,42,brukare,s,c,2026-01-01\n", "rad 2", "orimligt år"),
    ("a,2025,0,brukare,s,c,2026-01-01\n", "rad 2", "inget positivt heltal"),
    ("a,2025,4.5,brukare,s,c,2026-01-01\n", "rad 2", "inget positivt heltal"),
    ("a,2025,²,brukare,s,c,2026-01-01\n", "rad 2", "inget positivt heltal"),
    ("a,2025,42,brukare,s,,2026-01-01\n", "rad 2", "confirmed_by är tom"),
    ("a,2025,42,brukare,s,c,\n", "rad 2", "confirmed_date är tom"),
    ("a,2025,42,brukare,s,c,2026-01-01\na,2025,43,Brukare,s,c,2026-01-01\n", "rad 3", "står på rad 2"),
]


@pytest.mark.parametrize(("rows", "place", "problem"), WRONG_UNITS)
def test_a_wrong_unit_names_its_row(tmp_path: Path, rows: str, place: str, problem: str) -> None:
    with pytest.raises(RegisterError, match=f"data/units.csv {place}.*{problem}"):
        read(tmp_path, units=UNITS + rows)


@pytest.mark.parametrize(("rows", "place", "problem"), WRONG_SUCCESSIONS)
def test_a_wrong_succession_names_its_row(tmp_path: Path, rows: str, place: str, problem: str) -> None:
    with pytest.raises(RegisterError, match=f"data/successions.csv {place}.*{problem}"):
        read(tmp_path, successions=rows)


@pytest.mark.parametrize(("rows", "place", "problem"), WRONG_DENOMINATORS)
def test_a_wrong_denominator_names_its_row(tmp_path: Path, rows: str, place: str, problem: str) -> None:
    with pytest.raises(RegisterError, match=f"data/denominators.csv {place}.*{problem}"):
        read(tmp_path, denominators=rows)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_files_saved_by_excel_are_understood(tmp_path: Path, sign: str, encoding: str) -> None:
    write(tmp_path / "data")
    text = (FOUR + "e,Ängen,,,\n").replace(",", sign)
    (tmp_path / "data" / "units.csv").write_bytes(text.encode(encoding))
    assert read_register(tmp_path / "data").by_id["e"].name == "Ängen"


def test_letters_that_a_program_has_broken_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"data/units\.csv rad 6: tecken som har förstörts"):
        read(tmp_path, units=FOUR + "e,Ängen,,,\n".encode().decode("cp1252"))


RIGHT_SUCCESSIONS = [
    "a,b,split,2025-04-01,0.33,s\na,c,split,2025-04-01,0.33,s\na,d,split,2025-04-01,0.34,s\n",
    'a,b,split,2025-04-01,"0,4",s\na,c,split,2025-04-01,,s\n',
    "a,b,split,2025-04-01,,s\na,c,merge,2025-04-01,,s\nd,c,merge,2025-04-01,,s\n",
    "a,b,transfer,2024-04-01,0.2,s\na,c,rename,2025-04-01,,s\n",
]


@pytest.mark.parametrize("rows", RIGHT_SUCCESSIONS)
def test_what_may_happen_to_units_is_accepted(tmp_path: Path, rows: str) -> None:
    assert len(read(tmp_path, successions=rows).successions) == rows.count("\n")
