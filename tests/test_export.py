"""Export: everything written is read back and says the same; nothing is a formula; whole files or none."""

from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pyarrow.parquet
import pytest
from frictionless import Package, validate
from hypothesis import given
from hypothesis import strategies as st
from page_tables import Tables, one_unit

from tests.test_cli import run
from vbdata.analyse.disclosure import Profile
from vbdata.errors import MissingDataError, ParameterError, UnknownValueError, VbdataError
from vbdata.export import FORMS, export
from vbdata.export.cells import neutral
from vbdata.export.columns import columns
from vbdata.export.content import caveats, content, headings, is_technical
from vbdata.export.sheets import TOTALS, sheet_name, sheets
from vbdata.export.workbook import MOST_CHARACTERS
from vbdata.schema.tables import SCHEMAS, TABLES, dtypes
from vbdata.store import read_tables

EVIL = '=HYPERLINK("http://x","y")'
LONG = "Lång text. " * 4000


def tables() -> Tables:
    made = one_unit()
    for row in made.rows["reports"]:
        row |= {"format": "txt", "pages": 12}
    value = made.rows["indicators"][0]["row_id"]
    made.rows["indicators"][0]["analysis"] = EVIL
    made.rows["activities"][0] |= {"title": "@SUM(A1)", "completed": True}
    for i, text in enumerate((LONG, "-2+3", "Första raden\nandra; raden")):
        made.rows["passages"].append(
            {"report_id": made.report_id, "row_id": f"{made.report_id}/p{i:03d}", "position": i + 1,
             "section": "analysis", "heading": "Analys", "text": text, "source_line": 500 + i}
        )  # fmt: skip
    made.correction("indicators", value, "value", "48", "84")
    made.rows["extraction_log"].append(
        {
            "source": "a.txt",
            "status": "ok",
            "report_id": made.report_id,
            "seconds": 0.5,
            "parser_version": "0",
        }
    )
    made.report("b-enheten", "B-enheten", year=2024, format="pdf", source="b.pdf")
    made.tree("met")
    return made


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tables().write(tmp_path_factory.mktemp("processed"))


def written(processed: Path, folder: Path, to: str, **options: object) -> Path:
    target = folder / f"ut{FORMS[to].suffix}"
    export(processed, target, to=to, **options)  # type: ignore[arg-type]
    return target


# Excel


@pytest.fixture(scope="module")
def book(processed: Path, tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    return openpyxl.load_workbook(written(processed, tmp_path_factory.mktemp("xlsx"), "xlsx"))


def rows_of(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[dict[str, object]]:
    head, *rows = sheet.iter_rows()
    return [dict(zip((c.value for c in head), row, strict=True)) for row in rows]


def test_the_workbook_has_a_sheet_per_table_and_says_what_it_is(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Läs mig", *(sheet_name(table) for table in TABLES), TOTALS, "Kodbok"]
    said = "\n".join(str(cell.value) for row in book["Läs mig"].iter_rows() for cell in row if cell.value)
    assert "2 rapporter från 2 enheter, 2024 och 2025" in said
    for title, text in caveats():
        assert title in said and text in said


@pytest.mark.parametrize("table", TABLES)
def test_sheets_have_frozen_heads_filters_and_no_formula(book: openpyxl.Workbook, table: str) -> None:
    sheet = book[sheet_name(table)]
    assert sheet.freeze_panes is not None and sheet.freeze_panes.endswith("2")
    assert sheet.auto_filter.ref.startswith("A1:")
    heads = [cell.value for cell in sheet[1]]
    assert len(heads) == len(set(heads)) and set(headings(table)[c] for c in SCHEMAS[table].columns) <= set(
        heads
    )
    assert [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"] == []


def test_cells_are_typed(book: openpyxl.Workbook) -> None:
    row = rows_of(book[sheet_name("indicators")])[0]
    assert (row["Utfall"].value, row["Utfall"].data_type) == (84, "n")
    assert row["Utfall, ordagrant"].value == "84 %" and row["Analys"].value == EVIL
    assert row["Analys"].data_type == "s" and row["År"].value == 2025
    activity = rows_of(book[sheet_name("activities")])[0]
    assert activity["Startdatum"].value == datetime.datetime(2025, 1, 1) and activity["Klar"].value == "Ja"
    assert rows_of(book[sheet_name("goals")])[-1]["Bedömning"].value == "Uppfylls helt"


def test_a_blank_is_no_zero_and_a_zero_is_no_blank(book: openpyxl.Workbook) -> None:
    counts = {
        (row["Kategori"].value, row["Period"].value): row["Antal"].value
        for row in rows_of(book[sheet_name("complaints")])
    }
    assert counts["Kompetens", "Tertial 1"] is None and counts["Kompetens", "Summa"] == 0


def test_a_corrected_cell_says_so(book: openpyxl.Workbook) -> None:
    row = rows_of(book[sheet_name("indicators")])[0]
    assert (
        "läst: 48. Siffrorna var omkastade. Bestämt av Enhetschefen, 2026-02-03" in row["Utfall"].comment.text
    )
    assert row["Rättade kolumner"].value == "Utfall"
    assert rows_of(book[sheet_name("indicators")])[1]["Utfall"].comment is None


def test_a_text_that_a_cell_cannot_hold_is_cut_and_says_so(book: openpyxl.Workbook) -> None:
    text = rows_of(book[sheet_name("passages")])[0]["Text"].value
    assert len(text) <= MOST_CHARACTERS and text.endswith("hela texten finns i vbdata export --to csv]")


def test_ids_are_folded_away_and_the_rest_is_not(book: openpyxl.Workbook) -> None:
    sheet = book[sheet_name("goals")]
    by_head = {cell.value: sheet.column_dimensions[cell.column_letter].hidden for cell in sheet[1]}
    assert by_head["Mål (id)"] and by_head["Rapport"] and not by_head["Bedömning"] and not by_head["Rad"]


def test_codes_give_codes_and_column_names(processed: Path, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(processed, tmp_path, "xlsx", labels=False))["Mål"]
    row = rows_of(sheet)[-1]
    assert row["status"].value == "met" and row["level"].value == "unit"


# CSV


@given(st.text(max_size=30))
def test_neutral_text_never_starts_a_formula(text: str) -> None:
    shown = neutral(text)
    assert shown == text or shown == f"'{text}"
    if shown[:1] in "=@\t\r" and shown:
        raise AssertionError(shown)
    if shown[:1] in ("+", "-"):
        assert not any(c.isalpha() or c in "=@(+-" for c in shown[1:]) or set(shown) == {"-"}


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle, delimiter=";"))


def test_csv_is_swedish_and_neutral(processed: Path, tmp_path: Path) -> None:
    folder = written(processed, tmp_path, "csv")
    assert {path.stem for path in folder.glob("*.csv")} == {*TABLES, "complaint_totals", "kodbok"}
    assert (folder / "goals.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    rows = csv_rows(folder / "indicators.csv")
    assert (rows[1]["Utfall"], rows[0]["Analys"]) == ("66,82", "'" + EVIL)
    assert rows[0]["Rättade kolumner"] == "Utfall" and rows[0]["Enhet"] == "Solgårdens dagliga verksamhet"
    assert csv_rows(folder / "passages.csv")[1]["Text"] == "'-2+3"
    assert csv_rows(folder / "passages.csv")[2]["Text"] == "Första raden\nandra; raden"
    assert csv_rows(folder / "passages.csv")[0]["Text"] == LONG.strip() or len(LONG) > MOST_CHARACTERS
    blank = [row["Antal"] for row in csv_rows(folder / "complaints.csv") if row["Kategori"] == "Kompetens"]
    assert blank == ["", "", "0", "0"]
    assert "TOMT ÄR INTE NOLL" in (folder / "las_mig.txt").read_text(encoding="utf-8-sig")


# Parquet, DuckDB


def test_plans_and_the_questions_of_the_form_stand_apart(processed: Path) -> None:
    """A pivot of a sheet adds up only what may be added up."""
    made = content(processed, labels=False)
    plan = made.coded["reports"]["report_id"].iloc[0]
    made.coded["goals"]["kind"] = made.coded["goals"]["kind"].where(
        made.coded["goals"]["report_id"] != plan, "VP"
    )
    found = {each.file: each.frame for each in sheets(made)}
    assert set(found["goals_planer"]["report_id"]) == {plan} and plan not in set(found["goals"]["report_id"])
    assert len(found["goals"]) + len(found["goals_planer"]) == len(made.coded["goals"])
    totals = found["complaint_totals"]
    assert not totals.duplicated(["unit_id", "year"]).any()
    assert totals.columns[:4].tolist() == ["unit_name", "year", "kind", "version"]
    shared = content(processed, labels=False, profile=Profile("shared", 5))
    assert "complaint_totals" not in {each.file for each in sheets(shared)}


def test_parquet_has_the_same_tables_with_titles(processed: Path, tmp_path: Path) -> None:
    folder = written(processed, tmp_path, "parquet")
    wanted = read_tables(processed)
    for table in TABLES:
        frame = pd.read_parquet(folder / f"{table}.parquet")
        assert list(frame.columns) == list(columns(table)) and frame["unit_name"].notna().all()
        frame = frame[list(dtypes(table))].astype(dtypes(table))
        key = SCHEMAS[table].metadata["key"]
        pd.testing.assert_frame_equal(
            frame.sort_values(key, ignore_index=True), wanted[table].sort_values(key, ignore_index=True)
        )
    field = pyarrow.parquet.read_schema(folder / "goals.parquet").field("status")
    assert field.metadata[b"title"].decode() == "Bedömning"
    assert len(pd.read_parquet(folder / "codebook.parquet")) == sum(len(columns(t)) for t in TABLES)


def test_duckdb_has_tables_keys_and_comments(processed: Path, tmp_path: Path) -> None:
    with duckdb.connect(str(written(processed, tmp_path, "duckdb")), read_only=True) as db:
        wanted = read_tables(processed)
        for table in TABLES:
            assert db.execute(f'SELECT count(*) FROM "{table}"').fetchone() == (len(wanted[table]),)
        said = dict(db.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
        assert "summeras aldrig" in said["complaints"]
        columns = "SELECT comment FROM duckdb_columns() WHERE table_name = 'goals' AND column_name = 'status'"
        assert db.execute(columns).fetchone()[0].startswith("Bedömning.")
        found = db.execute(
            "SELECT value, value_raw, analysis FROM indicators ORDER BY row_id LIMIT 1"
        ).fetchone()
        assert found == (84.0, "84 %", EVIL)
        assert db.execute("SELECT DISTINCT level FROM goals ORDER BY level").fetchall()[0] == ("direction",)
        blank = db.execute("SELECT count(*) FROM complaints WHERE count IS NULL").fetchone()
        assert blank == (int(wanted["complaints"]["count"].isna().sum()),)


# Data package


@pytest.mark.parametrize("labels", [False, True])
def test_the_data_package_is_valid_and_says_what_the_schema_says(
    labels: bool, processed: Path, tmp_path: Path
) -> None:
    folder = written(processed, tmp_path, "datapackage", labels=labels)
    report = validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    package = Package(str(folder / "datapackage.json"))
    assert {resource.name for resource in package.resources} == set(TABLES)
    goals = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"][1]["schema"]
    status = next(field for field in goals["fields"] if field["name"] == "status")
    assert status["constraints"]["enum"][0] == ("Uppfylls helt" if labels else "met")
    assert goals["primaryKey"] == ["goal_id"] and len(goals["foreignKeys"]) == 2
    rows = package.get_resource("indicators").read_rows()
    assert float(rows[1]["value"]) == 66.82 and rows[0]["analysis"] == EVIL


def test_the_package_would_not_hide_a_broken_key(processed: Path, tmp_path: Path) -> None:
    folder = written(processed, tmp_path, "datapackage")
    path = folder / "indicators.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2025-vb-solgarden,", "2025-vb-annan,", 1))
    errors = validate(str(folder / "datapackage.json")).flatten(["type"])
    assert ["foreign-key"] in errors


# The command, the folder, the choice of rows


def test_only_the_years_and_units_chosen(processed: Path, tmp_path: Path) -> None:
    made = export(processed, tmp_path / "a", to="parquet", years=[2024])
    assert made.tables["reports"]["unit_id"].tolist() == ["b-enheten"]
    assert set(made.tables["goals"]["report_id"]) == {"2024-vb-b-enheten"} and made.tables["indicators"].empty
    with pytest.raises(MissingDataError, match="inga rapporter passar"):
        export(processed, tmp_path / "b", to="csv", years=[2019])
    with pytest.raises(UnknownValueError, match="de som finns är solgarden, b-enheten"):
        export(processed, tmp_path / "b", to="csv", units=["finns-inte"])
    assert not (tmp_path / "b").exists()


def test_the_target_has_to_fit(processed: Path, tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match=r"sluta på \.xlsx"):
        export(processed, tmp_path / "ut.xls", to="xlsx")
    with pytest.raises(ParameterError, match="okänd form"):
        export(processed, tmp_path / "ut", to="ods")
    (tmp_path / "mapp.xlsx").mkdir()
    with pytest.raises(VbdataError, match="målet är en mapp"):
        export(processed, tmp_path / "mapp.xlsx", to="xlsx")
    (tmp_path / "fil").write_text("x")
    with pytest.raises(VbdataError, match="målet är en fil"):
        export(processed, tmp_path / "fil", to="csv")


@pytest.mark.parametrize("to", FORMS)
def test_a_fault_on_the_way_leaves_what_was_there(
    to: str, processed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = written(processed, tmp_path, to)
    files = [target] if target.is_file() else sorted(target.iterdir())
    before = [path.read_bytes() for path in files]

    def full_disk(made: object, path: Path) -> None:
        (path if path.is_dir() else path.parent).joinpath("halv").write_text("x")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("vbdata.export.write.resolve_name", lambda _: full_disk)
    with pytest.raises(VbdataError, match="går inte att skriva"):
        written(processed, tmp_path, to)
    assert [path.read_bytes() for path in files] == before
    assert not [p for p in tmp_path.rglob("*") if p.name == "halv" or p.name.startswith(".skriver")]


def test_the_command_says_what_it_wrote(processed: Path, tmp_path: Path, capsys) -> None:
    target = tmp_path / "ut.xlsx"
    assert run("export", str(target), "--processed", str(processed), "--year", "2025", "--codes") == 0
    assert capsys.readouterr().out == f"Skrev {target}: 1 rapport.\n"
    assert run("export", str(target), "--processed", str(processed), "--to", "pdf") == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_technical_columns_are_known() -> None:
    assert not any(is_technical(column) for column in ("title", "unit_name", "source_line", "value_raw"))
