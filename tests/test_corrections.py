"""Corrections: whole entries or an error with a line; applied once, recorded, never on top of a surprise."""

from __future__ import annotations

import datetime
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vbdata
from tests.factories import ACTIVITY_HEAD, FORM_HEAD, INDICATOR_HEAD, SICK, report_text, table, tables_of
from tests.test_cli import run
from vbdata.errors import CorrectionError, VbdataError
from vbdata.export.findings import findings_text
from vbdata.ingest import ingest, reading
from vbdata.ingest import run as running
from vbdata.normalise.corrections import apply, as_text, from_text, parse_corrections, read_corrections
from vbdata.validate import correct, refusals

ID = "2025-vb-granbackens-gruppbostad"
SHARE = "Andel brukare inom omsorgen för personer med funktionsnedsättning som inte upplever diskriminering"
NO_UNIT = f"{SHARE}\t66,82\t\t\t70 %\t80 %\t\tVB 2025"
REPORT = report_text("Enhetsmål: Alla trivs\n\nUppfylls helt\n", table(INDICATOR_HEAD, SICK, NO_UNIT))


def entry(**fields: object) -> str:
    """One entry as YAML; a field given as None is left out."""
    given = {
        "table": "indicators", "match": f"{{report_id: {ID}, row_id: {ID}/i02}}", "column": "value",
        "expect": "66.82", "value": "86.2", "reason": "Omkastade siffror.", "decided_by": "Enhetschefen",
        "date": "2026-02-03",
    } | fields  # fmt: skip
    lines = [f"{name}: {value}" for name, value in given.items() if value is not None]
    return "- " + "\n  ".join(lines) + "\n"


@pytest.fixture
def rows(tmp_path: Path) -> dict:
    return tables_of(REPORT, tmp_path)


def corrected(rows: dict, *entries: str) -> dict:
    return correct(rows, parse_corrections("".join(entries)))


def indicator(rows: dict, number: int = 2) -> dict:
    return next(row for row in rows["indicators"] if row["row_id"] == f"{ID}/i{number:02d}")


# The file


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("table: x", "ska vara en lista"),
        ("- a\n- b", "namngivna fält"),
        ("- table: [", "ingen giltig YAML"),
        ("- !!python/object/apply:os.system ['true']", "namngivna fält"),
        (entry(match="!!python/object/apply:os.system ['true']"), "ingen giltig YAML"),
        (entry(table="indicator"), 'okänd tabell "indicator" – rättas kan reports, goals'),
        (entry(table="findings"), 'okänd tabell "findings"'),
        (entry(column="vaerde"), 'har ingen sådan kolumn "vaerde"'),
        (entry(column="value_raw"), "ordagrann text rättas inte"),
        (entry(column="gap"), "räknas ut av andra"),
        (entry(column="source_line"), "kolumnen rättas inte"),
        (entry(column="row_id"), "kolumnen rättas inte"),
        (entry(value="80 %"), 'value: kolumnen håller ett tal utan måttenhet: 66.8 "80 %"'),
        (entry(value="true"), "kolumnen håller ett tal"),
        (entry(value=".inf"), "kolumnen håller ett tal"),
        (entry(expect="mycket"), "expect: kolumnen håller ett tal"),
        (entry(value=""), "value är inte ifyllt – skriv det rätta värdet"),
        (entry(value=None), 'fältet saknas "value"'),
        (entry(expect=None), "skriv expect: null om uppgiften saknades"),
        (entry(reason=""), "reason är inte ifyllt"),
        (entry(decided_by="' '"), "decided_by är inte ifyllt"),
        (entry(date="igår"), 'date är inget datum "igår"'),
        (entry(date="2026-13-40"), "går inte att läsa"),
        (entry(date="2099-01-01"), "det har inte varit än"),
        (entry(value="66.82"), "ändrar ingenting"),
        (entry(comment="x"), 'okänt fält "comment"'),
        (entry() + "  value: 3\n", 'fältet står två gånger "value"'),
        (entry(remove="true"), "remove: true ersätter value"),
        (entry(match=f"{{report_id: {ID}}}"), "ska peka ut en rad"),
        (entry(match="{row_id: x}"), "ska ange report_id"),
        (entry(match=f"{{report_id: {ID}, nmae: x}}"), 'sådan kolumn att leta efter "nmae"'),
        (entry(column="target_rule", expect="null", value="öka mycket"), "number, increase (öka)"),
        (entry(table="goals", match=f"{{report_id: {ID}, row_id: x}}", column="status", value="bra"), "kod"),
        (entry(table="complaints", match=f"{{report_id: {ID}, row_id: x}}", column="count", expect="null",
               value="2.5"), "ett heltal"),
        (entry(table="complaints", match=f"{{report_id: {ID}, row_id: x}}", column="count", expect="null",
               value="-1"), "ett heltal"),
        (entry(table="activities", match=f"{{report_id: {ID}, row_id: x}}", column="end", expect="null",
               value="2025-02-30"), "går inte att läsa"),
        (entry(table="activities", match=f"{{report_id: {ID}, row_id: x}}", column="end", expect="null",
               value="snart"), "ett datum"),
        (entry(table="activities", match=f"{{report_id: {ID}, row_id: x}}", column="title", value="3",
               expect="null"), "sätt citattecken"),
        (entry(table="activities", match=f"{{report_id: {ID}, row_id: x}}", column="title", value=None,
               expect="Träff", remove="true"), "får inte vara tom"),
    ],
)  # fmt: skip
def test_an_entry_that_is_not_whole_is_refused_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(CorrectionError) as caught:
        parse_corrections("# rad 1\n\n" + text, "data/corrections.yml")
    assert problem in str(caught.value)
    assert str(caught.value).startswith("data/corrections.yml rad ")
    assert "\n" not in str(caught.value)


def test_the_line_is_the_fields_own() -> None:
    with pytest.raises(CorrectionError, match="rad 14: okänd tabell"):
        parse_corrections(entry() + "\n" * 4 + "\n" + entry(table="x"))


def test_no_file_an_empty_file_and_a_comment_are_no_corrections(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yml"
    assert read_corrections(path) == ()
    for text in ("", "# inget än\n", "[]"):
        path.write_text(text, encoding="utf-8")
        assert read_corrections(path) == ()
    path.write_bytes(b"- table: r\xe4tt")
    with pytest.raises(CorrectionError, match="inte UTF-8"):
        read_corrections(path)


@given(st.text(max_size=80))
def test_any_text_is_corrections_or_an_error_for_people(text: str) -> None:
    try:
        parse_corrections(text)
    except VbdataError as error:
        assert "\n" not in str(error.problem)


@pytest.mark.parametrize(
    ("column", "written", "value"),
    [("value", "'66,8'", 66.8), ("value", "1 266,8", 1266.8), ("value", "68", 68.0), ("value", "'−3'", -3.0),
     ("better", "lägre är bättre", "lower"), ("better", "lower", "lower"),
     ("name", "' Ett namn '", "Ett namn")],
)  # fmt: skip
def test_values_may_be_written_in_swedish(column: str, written: str, value: object) -> None:
    found = parse_corrections(entry(column=column, value=written, expect="null"))
    assert found[0].value == value


# Applying


def test_a_corrected_value_follows_through(rows: dict) -> None:
    before = deepcopy(rows)
    after = corrected(rows, entry())
    row = indicator(after)
    assert (row["value"], row["value_raw"], row["gap"], row["attainment"]) == (86.2, "66,82", 6.2, "met")
    assert indicator(rows) == indicator(before), "the rows that were given are not touched"
    record = after["corrections"][0]
    assert (record["old"], record["new"], record["row_id"]) == ("66.82", "86.2", f"{ID}/i02")
    assert record["source_line"] == row["source_line"] and record["date"] == datetime.date(2026, 2, 3)


def test_a_finding_about_the_corrected_cell_is_settled_and_the_others_stay(rows: dict) -> None:
    codes = [(f["code"], f["row_id"]) for f in rows["findings"]]
    assert ("number_without_unit", f"{ID}/i02") in codes
    after = corrected(rows, entry())
    left = [(f["code"], f["row_id"]) for f in after["findings"]]
    settled = {("number_without_unit", f"{ID}/i02"), ("goal_indicator_missed", f"{ID}/g03")}
    assert sorted(map(str, left)) == sorted(str(c) for c in codes if c not in settled)
    assert [f["finding_id"] for f in after["findings"]] == [f"{ID}/f{i:02d}" for i in range(1, len(left) + 1)]
    assert "number_without_unit" in [f["code"] for f in corrected(rows, entry(column="target", expect="80",
                                                                     value="81"))["findings"]]  # fmt: skip


def test_findings_quote_the_corrected_value_and_the_row_keeps_the_printed_one(rows: dict) -> None:
    after = corrected(rows, entry(column="value_men", expect="null", value="90"),
                      entry(column="value_women", expect="null", value="88"))  # fmt: skip
    said = next(f["message"] for f in after["findings"] if f["code"] == "total_outside_genders")
    assert "män (90 %) och kvinnor (88 %)" in said
    assert indicator(after)["value_women_raw"] == ""


def test_the_checks_see_the_corrected_rows(rows: dict) -> None:
    after = corrected(rows, entry(value="2025"))
    assert "columns_uncertain" in [f["code"] for f in after["findings"]]


def test_a_target_in_words_becomes_a_number_and_is_judged(tmp_path: Path) -> None:
    rows = tables_of(report_text(table(INDICATOR_HEAD, SICK.replace("9,5 %", "Minska"))), tmp_path)
    match = f"{{report_id: {ID}, name: Sjukfrånvaro}}"
    after = corrected(rows, entry(match=match, column="target", expect="null", value="8"))
    row = indicator(after, 1)
    assert (row["target_rule"], row["gap"], row["attainment"]) == ("number", -0.6, "not_met")
    back = corrected(after, entry(match=match, column="target", expect="8", value=None, remove="true"))
    assert (indicator(back, 1)["target_rule"], indicator(back, 1)["attainment"]) == (None, None)


def test_a_status_is_corrected_by_its_label(rows: dict) -> None:
    goal = next(row for row in rows["goals"] if row["level"] == "unit")
    match = f"{{report_id: {ID}, row_id: {goal['goal_id']}}}"
    after = corrected(rows, entry(table="goals", match=match, column="status", expect="Uppfylls helt",
                                  value="Uppfylls delvis"))  # fmt: skip
    changed = next(row for row in after["goals"] if row["goal_id"] == goal["goal_id"])
    assert (changed["status"], changed["status_raw"], changed["status_source"]) == (
        "partly_met", "Uppfylls helt", None,
    )  # fmt: skip


def test_corrections_of_several_tables_in_one_report(rows: dict) -> None:
    goal = next(row for row in rows["goals"] if row["level"] == "unit")
    after = corrected(
        rows,
        entry(table="goals", match=f"{{report_id: {ID}, row_id: {goal['goal_id']}}}", column="status",
              expect="met", value="not_met"),
        entry(),
        entry(column="target", expect="80", value="90"),
        entry(table="reports", match=f"{{report_id: {ID}}}", column="board", expect="null", value="Nämnden"),
    )  # fmt: skip
    assert [row["correction_id"] for row in after["corrections"]] == [f"{ID}/r{i:02d}" for i in range(1, 5)]
    assert (indicator(after)["gap"], indicator(after)["attainment"]) == (-3.8, "not_met")
    assert after["reports"][0]["board"] == "Nämnden"
    assert not any(
        f["code"] == "cover_field_missing" and "nämndens" in f["message"].casefold()
        for f in after["findings"]
    )


REFUSED = [
    (entry(expect="66"), "väntar sig 66, men i dokumentet är läst 66,82, som står kvar"),
    (entry(expect="null"), "väntar sig saknas"),
    (entry(match=f"{{report_id: {ID}, row_id: {ID}/i09}}"), "ingen rad i rapporten passar"),
    (entry(match=f"{{report_id: {ID}, period: VB 2025}}"), "2 rader passar match"),
    (entry(column="goal_id", expect=f"{ID}/g03", value=f"{ID}/g99"), "inget mål"),
]


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_a_correction_that_does_not_fit_leaves_the_value_and_says_so(rows: dict, text: str, why: str) -> None:
    entries = parse_corrections(text)
    after = correct(rows, entries)
    assert after["indicators"] == rows["indicators"] and after["corrections"] == []
    finding = next(f for f in after["findings"] if f["code"] == "correction_refused")
    assert why in finding["message"] and finding["severity"] == "warning"
    assert refusals(entries, {ID}, [finding["message"]]) == [finding["message"]]


def test_two_corrections_of_one_cell_are_not_both_made(rows: dict) -> None:
    entries = parse_corrections(entry() + entry(expect="86.2", value="90"))
    after = correct(rows, entries)
    assert indicator(after)["value"] == 86.2 and len(after["corrections"]) == 1
    (refused,) = (each["message"] for each in after["findings"] if each["code"] == "correction_refused")
    assert "rättas redan på rad 1" in refused


def test_a_correction_of_no_report_is_refused() -> None:
    entries = parse_corrections(entry(match="{report_id: 2025-vb-x, row_id: 2025-vb-x/i01}"))
    assert "ingen inläst rapport heter 2025-vb-x" in refusals(entries, {ID}, [])[0]


@given(st.floats(0, 1e6, allow_nan=False).map(lambda x: round(x, 4)))
def test_a_correction_and_its_opposite_give_the_rows_back(value: float) -> None:
    rows = deepcopy(_ROWS)
    if value == 66.82:
        return
    there = apply(rows, parse_corrections(entry(value=repr(value)))).rows
    back = apply(there, parse_corrections(entry(expect=repr(value), value="66.82"))).rows
    assert back == rows
    assert from_text("indicators", "value", as_text(value)) == value


@pytest.fixture(autouse=True, scope="module")
def _rows(tmp_path_factory: pytest.TempPathFactory) -> None:
    _ROWS.update(tables_of(REPORT, tmp_path_factory.mktemp("rows")))


_ROWS: dict = {}


# All the way


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "a.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path / "raw"


def cli_ingest(raw: Path, text: str) -> int:
    file = raw.parent / "corrections.yml"
    file.write_text(text, encoding="utf-8")
    return run("ingest", str(raw), "--processed", str(raw.parent / "p"), "--corrections", str(file))


def test_ingest_makes_records_and_tells(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli_ingest(raw, entry()) == 0
    out = capsys.readouterr().out
    assert "1 rättelse" in out and "1 av 1 rättelser" in out
    processed = raw.parent / "p"
    assert vbdata.load("corrections", processed)["new"].tolist() == ["86.2"]
    assert vbdata.load("indicators", processed)["value"].tolist()[1] == 86.2
    assert vbdata.load("extraction_log", processed)["corrections"].tolist() == [1]


def test_ingest_fails_when_a_correction_no_longer_fits_but_keeps_the_data(raw: Path, capsys) -> None:
    text = entry(expect="1") + entry(match="{report_id: 2024-vb-x, row_id: a}")
    assert cli_ingest(raw, text) == 1
    out = capsys.readouterr().out
    assert "0 av 2 rättelser" in out and out.count("FEL ") == 2
    assert vbdata.load("indicators", raw.parent / "p")["value"].tolist()[1] == 66.82


def test_a_broken_file_stops_before_anything_is_read(raw: Path, capsys) -> None:
    assert cli_ingest(raw, entry(table="x")) == 1
    assert "corrections.yml rad 1: okänd tabell" in capsys.readouterr().err
    assert not (raw.parent / "p").exists()


def test_a_correction_of_the_second_version_leaves_the_first_alone(raw: Path, tmp_path: Path) -> None:
    later = REPORT.replace("2026-01-20", "2026-02-01").replace("66,82", "67,1")
    (raw / "b.txt").write_text(later, encoding="utf-8")
    text = entry(match=f"{{report_id: {ID}-v2, row_id: {ID}-v2/i02}}", expect="67.1", value="71")
    ingest([raw], tmp_path / "p", corrections=parse_corrections(text))
    rows = vbdata.load("indicators", tmp_path / "p").set_index("row_id")["value"]
    assert (rows[f"{ID}/i02"], rows[f"{ID}-v2/i02"]) == (66.82, 71)


def test_a_version_that_says_what_the_correction_says_is_still_a_version(raw: Path, tmp_path: Path) -> None:
    later = REPORT.replace("2026-01-20", "2026-02-01").replace("66,82", "86,2")
    (raw / "b.txt").write_text(later, encoding="utf-8")
    ingest([raw], tmp_path / "p", corrections=parse_corrections(entry()))
    assert len(vbdata.load("reports", tmp_path / "p")) == 2


# Rows that move

LAST = "Sjukfrånvaro dag 1-14\t3,1 %\t\t\t\t2,5 %\t\tVB 2025"
BY_ID = f"{{report_id: {ID}, row_id: {ID}/i02}}"
WORKED = "Utbilda alla\t2025-01-01\t2025-12-31\tNej"
TAUGHT = "Måla om\t2025-01-01\t2025-12-31\tNej"


def report(*parts: str) -> str:
    return report_text("Enhetsmål: Alla trivs\n\nUppfylls helt\n", *parts)


MOVED = [
    # the row that had the place is gone, and the next one has what is expected
    (report(table(INDICATOR_HEAD, SICK, NO_UNIT, LAST)), report(table(INDICATOR_HEAD, SICK, LAST)),
     entry(match=BY_ID, column="value_men", expect="null", value="50"), "är nu ”Sjukfrånvaro dag 1-14”"),
    # a row that was not read before stands above it
    (report(table(INDICATOR_HEAD, SICK, NO_UNIT)), report(table(INDICATOR_HEAD, LAST, SICK, NO_UNIT)),
     entry(match=BY_ID, column="value_men", expect="null", value="50"), "är nu ”Sjukfrånvaro”"),
    (report(table(ACTIVITY_HEAD, WORKED, TAUGHT)), report(table(ACTIVITY_HEAD, TAUGHT)),
     entry(table="activities", match=f"{{report_id: {ID}, row_id: {ID}/a01}}", column="completed",
           expect="null", value="true"), "var ”Utbilda alla” och är nu ”Måla om”"),
    (report_text("Enhetsmål: Alla trivs\n\nEnhetsmål: Alla äter\n", table(INDICATOR_HEAD, SICK)),
     report_text("Enhetsmål: Alla äter\n", table(INDICATOR_HEAD, SICK)),
     entry(table="goals", match=f"{{report_id: {ID}, row_id: {ID}/g03}}", column="status", expect="null",
           value="met"), "var ”Alla trivs” och är nu ”Alla äter”"),
    (report(table(FORM_HEAD, "Beröm\tInkomna beröm\t1\t\t\t1\t", "Lex\tAnnat\t\t\t\t\t")),
     report(table(FORM_HEAD, "Lex\tAnnat\t\t\t\t\t")),
     entry(table="complaints", match=f"{{report_id: {ID}, row_id: {ID}/c01-T2}}", column="count",
           expect="null", value="2"), "är nu ”Lex, Annat”"),
    # two rows of one name: their goals tell them apart
    (report_text("Enhetsmål: Alla trivs\n", table(INDICATOR_HEAD, SICK), "Enhetsmål: Alla äter\n",
                 table(INDICATOR_HEAD, SICK)),
     report_text("Enhetsmål: Alla äter\n", table(INDICATOR_HEAD, SICK)),
     entry(match=f"{{report_id: {ID}, row_id: {ID}/i01}}", column="value", expect="8.6", value="9"),
     "är nu ”Sjukfrånvaro”"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "text", "why"), MOVED)
def test_a_correction_whose_row_moved_is_listed_and_never_made_in_another(
    before: str, after: str, text: str, why: str, raw: Path, capsys, monkeypatch
) -> None:
    """Whether another file was sent or the reading gives other rows: the row's name is held against it."""
    (raw / "a.txt").write_text(before, encoding="utf-8")
    assert cli_ingest(raw, text) == 0
    assert len(vbdata.load("corrections", raw.parent / "p")) == 1
    (raw / "a.txt").write_text(after, encoding="utf-8")
    capsys.readouterr()
    for _ in range(3):  # also when the tables do not hold the old row any more
        assert cli_ingest(raw, text) == 1
        line = next(line for line in capsys.readouterr().out.splitlines() if line.startswith("FEL "))
        assert why in line and "ange radens namn i match" in line
        assert vbdata.load("corrections", raw.parent / "p").empty
        said = vbdata.load("findings", raw.parent / "p", code="correction_refused")
        assert why in said["message"].item()
    monkeypatch.setattr(running, "fingerprint", lambda: "another reader")
    assert cli_ingest(raw, text) == 1
    assert vbdata.load("corrections", raw.parent / "p").empty


def test_a_correction_follows_its_row_when_the_entry_does(raw: Path) -> None:
    """Changed to the row's new place, or with its name: then it is another decision, and made."""
    assert cli_ingest(raw, entry()) == 0
    (raw / "a.txt").write_text(report(table(INDICATOR_HEAD, LAST, SICK, NO_UNIT)), encoding="utf-8")
    assert cli_ingest(raw, entry()) == 1
    assert cli_ingest(raw, entry(match=f"{{report_id: {ID}, row_id: {ID}/i03}}")) == 0
    quoted = f"{{report_id: {ID}, row_id: {ID}/i02, name: Sjukfrånvaro}}"
    assert cli_ingest(raw, entry(match=quoted, expect="8.6", value="8.7")) == 0
    assert indicators(raw, "corrections")["row_id"].tolist() == [f"{ID}/i02"]


def indicators(raw: Path, name: str = "indicators"):
    return vbdata.load(name, raw.parent / "p")


def test_a_row_whose_name_was_mended_is_still_the_row(raw: Path, monkeypatch) -> None:
    """The canonical name or the printed one may change with the words or the reader, not both at once."""
    assert cli_ingest(raw, entry()) == 0
    real = reading.normalise

    def renamed(*arguments: object, **named: object):
        found = real(*arguments, **named)
        for row in found.rows["indicators"]:
            row["name"] = f"Ny {row['name']}"
        return found

    monkeypatch.setattr(reading, "normalise", renamed)
    monkeypatch.setattr(running, "fingerprint", lambda: "another vocabulary")
    assert cli_ingest(raw, entry()) == 0
    assert indicators(raw)["value"].tolist()[1] == 86.2


def test_a_corrected_name_or_goal_does_not_make_the_row_another(raw: Path, monkeypatch) -> None:
    goals = report_text("Enhetsmål: Alla trivs\n", table(INDICATOR_HEAD, SICK), "Enhetsmål: Alla äter\n",
                        table(INDICATOR_HEAD, SICK))  # fmt: skip
    (raw / "a.txt").write_text(goals, encoding="utf-8")
    match = f"{{report_id: {ID}, row_id: {ID}/i02}}"
    text = entry(match=match, column="name", expect="Sjukfrånvaro", value="Frånvaro")
    text += entry(match=match, column="goal_id", expect=f"{ID}/g04", value=f"{ID}/g03")
    text += entry(match=match, column="value", expect="8.6", value="8.7")
    assert cli_ingest(raw, text) == 0
    for reader in ("one", "two"):
        monkeypatch.setattr(running, "fingerprint", lambda reader=reader: reader)
        assert cli_ingest(raw, text) == 0
        assert len(indicators(raw, "corrections")) == 3


def test_a_match_that_names_another_row_says_which_stands_there(rows: dict) -> None:
    text = entry(match=f"{{report_id: {ID}, row_id: {ID}/i02, name: Sjukfrånvaro}}")
    after = correct(rows, parse_corrections(text))
    said = next(f["message"] for f in after["findings"] if f["code"] == "correction_refused")
    assert f"ingen rad i rapporten passar match; {ID}/i02 är nu ”Andel brukare" in said
    assert after["corrections"] == []


def test_a_correction_that_names_its_row_by_id_alone_is_told(raw: Path, capsys) -> None:
    assert cli_ingest(raw, entry()) == 0
    assert "Rättelsen på rad 1 anger bara radens id" in capsys.readouterr().out
    assert cli_ingest(raw, entry(match=f"{{report_id: {ID}, name: Sjukfrånvaro}}", expect="8.6")) == 0
    assert "radens id" not in capsys.readouterr().out


def test_corrections_are_made_on_top_of_tables_that_cannot_be_read(raw: Path) -> None:
    """Tables of a version so old that their rows say nothing: then the entry is all that there is."""
    assert cli_ingest(raw, entry()) == 0
    path = (raw.parent / "p" / "indicators.parquet").resolve()
    path.chmod(0o644)
    path.write_bytes(b"half")
    (raw / "a.txt").write_text(REPORT + "\n", encoding="utf-8")
    assert cli_ingest(raw, entry()) == 0


# Drafts


def test_a_draft_is_refused_until_it_is_filled_in_and_then_it_fits(raw: Path, tmp_path: Path) -> None:
    ingest([raw], tmp_path / "p")
    draft = findings_text(tmp_path / "p", to="corrections", day=datetime.date(2026, 2, 3))
    assert "66,82" in draft and "expect: 66.82" in draft
    with pytest.raises(CorrectionError, match="value är inte ifyllt"):
        parse_corrections(draft)
    whole = draft.replace("value:\n", "value: '70'\n").replace("reason:\n", "reason: Fel.\n")
    entries = parse_corrections(whole.replace("decided_by:\n", "decided_by: EC\n"))
    ingest([raw], tmp_path / "p", corrections=entries)
    assert len(vbdata.load("corrections", tmp_path / "p")) == len(entries)
    assert vbdata.load("findings", tmp_path / "p", code="correction_refused").empty
    assert [entry.column for entry in entries] == ["board", "value"]


def test_findings_are_listed_for_reading_and_as_a_table(raw: Path, tmp_path: Path, capsys) -> None:
    ingest([raw], tmp_path / "p")
    assert run("findings", "--processed", str(tmp_path / "p")) == 0
    out = capsys.readouterr().out
    assert f"Granbackens gruppbostad, verksamhetsberättelse 2025 ({ID})" in out
    assert "Kontrollera" in out and "66,82 står utan måttenhet" in out
    assert run("findings", "--processed", str(tmp_path / "p"), "--to", "csv") == 0
    assert capsys.readouterr().out.startswith("report_id,finding_id,code")
    assert run("findings", "--processed", str(tmp_path / "p"), "--year", "1999") == 1
    assert run("findings", "--processed", str(tmp_path / "p"), "--to", "xml") == 1
