"""The generator: the same every time, true to itself, and nobody's real prose."""

from __future__ import annotations

import csv
import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.factories import write_truth
from vbdata import load, register, vocabulary
from vbdata.errors import MissingDataError, ParameterError
from vbdata.extract import read
from vbdata.ingest import ingest
from vbdata.parse import parse
from vbdata.parse.records import Report
from vbdata.sample import (
    DIALECTS,
    DOUBTS,
    ENCODINGS,
    TRAPS,
    Commission,
    Composed,
    SampleUnit,
    commissions,
    compose,
    encode,
    sample_units,
    trap,
    truth,
    write_report,
    write_samples,
)
from vbdata.sample.dialects import render_parts
from vbdata.sample.parts import parts
from vbdata.sample.spaced import wrap

UNITS = sample_units(6)


def report(kind: str = "VB", year: int = 2025, seed: int = 4, unit: int = 4, kilobytes: float = 12) -> Report:
    return write_report(Commission(UNITS[unit], UNITS[unit].name, kind, year), seed, kilobytes)


# The same every time


def test_the_same_seed_writes_the_same_files(tmp_path: Path):
    first = write_samples(tmp_path / "a", units=3, years=(2024, 2025), seed=5)
    second = write_samples(tmp_path / "b", units=3, years=(2024, 2025), seed=5)
    assert [f.path.name for f in first] == [f.path.name for f in second]
    assert [f.path.read_bytes() for f in first] == [f.path.read_bytes() for f in second]


def test_another_seed_writes_other_files(tmp_path: Path):
    first = write_samples(tmp_path / "a", units=1, years=(2025,), seed=5)
    second = write_samples(tmp_path / "b", units=1, years=(2025,), seed=6)
    assert [f.printed for f in first] != [f.printed for f in second]


@pytest.mark.parametrize("kilobytes", [12, 30, 50])
def test_a_report_has_about_the_size_that_was_asked_for(kilobytes: int):
    sizes = [
        len(printed(report(seed=s, unit=s % 6, kilobytes=kilobytes), "plain").encode()) for s in range(8)
    ]
    assert 0.6 * kilobytes < sum(sizes) / len(sizes) / 1000 < 2.2 * kilobytes


# The world


def test_the_years_have_plans_and_reports_of_every_unit():
    made = commissions(sample_units(3), (2024, 2025))
    assert {(c.lineage, c.kind, c.year) for c in made} == {
        (unit.name, kind, year) for unit in sample_units(3) for kind in ("VP", "VB") for year in (2024, 2025)
    }


def test_a_split_unit_plans_alone_and_reports_in_two():
    made = commissions(sample_units(2), (2024, 2025))
    last = [
        (c.kind, c.unit.name) for c in made if c.year == 2025 and c.lineage == "Tallåsens dagliga verksamhet"
    ]
    assert last == [
        ("VP", "Tallåsens dagliga verksamhet"),
        ("VB", "Björkvik-Tallåsen daglig verksamhet 1"),
        ("VB", "Björkvik-Tallåsen daglig verksamhet 2"),
    ]


def test_unit_names_are_unique_however_many():
    names = [unit.name for unit in sample_units(80)]
    assert len(set(names)) == 80


def test_no_sample_unit_is_a_registered_real_unit():
    real = {
        unit.name for unit in register.register().units if not unit.district.startswith("Björkvik-Tallåsen")
    }
    assert real.isdisjoint(unit.name for unit in sample_units(80))


def test_last_years_outcome_is_next_years_previous_outcome():
    before, now = report(year=2024, unit=0), report(year=2025, unit=0)
    outcomes = {row.name_raw: row.value_raw for row in before.indicators if row.value_raw}
    pairs = [
        (outcomes[r.name_raw], r.value_previous_raw)
        for r in now.indicators
        if r.value_previous_raw and r.name_raw in outcomes
    ]
    assert len(pairs) >= 4
    assert [a for a, b in pairs if a != b] == []


# The truth is consistent


def whole(text: str) -> int:
    return int(text or 0)


@pytest.mark.parametrize("year", [2023, 2025])
@pytest.mark.parametrize("seed", range(5))
def test_periods_add_up_to_the_total(seed: int, year: int):
    rows = report(year=year, seed=seed).complaints
    assert [
        r for r in rows if whole(r.t1_raw) + whole(r.t2_raw) + whole(r.vb_raw) != whole(r.total_raw)
    ] == []
    assert [r for r in rows if not r.total_raw and (r.t1_raw or r.t2_raw or r.vb_raw)] == []
    assert any(r.total_raw == "" for r in rows)


def test_a_trap_breaks_the_total_in_one_row():
    composed = compose(report(), "plain", ["total_differs"], 1)
    rows = composed.meaning.complaints
    assert (
        len([r for r in rows if whole(r.t1_raw) + whole(r.t2_raw) + whole(r.vb_raw) != whole(r.total_raw)])
        == 1
    )


def test_the_form_has_every_category_of_its_year():
    for year, template in ((2023, "2023"), (2024, "2023"), (2025, "2025")):
        made = [(r.group_raw, r.category_raw) for r in report(year=year).complaints]
        assert made == [
            (c.group, c.category)
            for g in vocabulary.groups()
            if g.template == template
            for c in vocabulary.categories()
            if (c.template, c.group) == (template, g.group)
        ]


@pytest.mark.parametrize("kind", ["VB", "VP"])
def test_every_goal_stands_under_one_of_a_higher_level(kind: str):
    rank = {level.code: level.rank for level in vocabulary.levels()}
    goals = {goal.position: goal for goal in report(kind).goals}
    assert {goal.level for goal in goals.values()} == set(rank)
    for goal in goals.values():
        assert (goal.parent is None) == (goal.level == "direction")
        if goal.parent:
            assert rank[goals[goal.parent].level] < rank[goal.level]


def test_plans_state_no_status_and_have_no_outcomes():
    plan = report("VP")
    assert {goal.status_raw for goal in plan.goals} == {None}
    assert {row.value_raw for row in plan.indicators} == {""}
    assert not plan.complaints


# Traps


@pytest.mark.parametrize("name", TRAPS)
def test_every_trap_has_a_description(name: str):
    assert len(trap(name).description) > 20


@cache
def rich(seed: int) -> Report:
    """A report in which every trap finds something to spoil."""
    made = report(seed=seed, year=2025, kilobytes=20)
    goals = tuple(replace(g, status_raw="Uppfylls helt") if g.level == "unit" else g for g in made.goals)
    area = replace(
        goals[1],
        code="2.4",
        title_raw="Stockholmarnas hälsa ska främjas genom ren luft, rent vatten och giftfria miljöer",
    )
    return replace(made, goals=(goals[0], area, *goals[2:]))


@cache
def text_of(dialect: str, seed: int, *traps: str) -> str:
    return compose(rich(seed), dialect, traps, seed).text()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", TRAPS)
def test_every_trap_changes_the_text(name: str, dialect: str):
    seen = dialect in trap(name).dialects
    seeds = (1, 2, 3) if seen else (1,)
    assert any(text_of(dialect, s, name) != text_of(dialect, s) for s in seeds) == seen


# Doubts


def asked(folder: Path) -> dict[str, list[str]]:
    """Codes of the findings of each file that are no formalities, in a folder that is read alone."""
    ingest([folder], folder / "tables", jobs=1)
    sources = load("reports", folder / "tables").set_index("report_id")["source"]
    found: dict[str, list[str]] = {Path(source).name: [] for source in sources}
    for row in load("findings", folder / "tables").query("gravity >= 2").itertuples():
        found[Path(sources[row.report_id]).name].append(row.code)
    return {name: sorted(codes) for name, codes in found.items()}


def test_a_report_raises_no_doubt_by_itself(tmp_path: Path):
    """Documents of two years, a unit that was split among them."""
    kinds = ("VP", "T1", "T2", "VB")
    files = write_samples(tmp_path, units=2, years=(2024, 2025), seed=8, trap_share=0, kinds=kinds)
    assert {file.meaning.cover.kind for file in files} == {*kinds}
    assert asked(tmp_path) == {file.path.name: [] for file in files}


def planted(name: str, unit: SampleUnit) -> Composed:
    """The first report of a unit that has a place for the doubt."""
    commission = Commission(unit, unit.name, "VP" if name == "target_weaker" else "VB", 2025)
    tried = (compose(write_report(commission, seed), "plain", [name], seed) for seed in range(20))
    return next(made for made in tried if made.doubts)


def test_each_doubt_is_asked_about_and_nothing_else(tmp_path: Path):
    wanted = {}
    for name, unit in zip(DOUBTS, sample_units(20), strict=False):
        made = planted(name, unit)
        (tmp_path / f"{name}.txt").write_text(made.text(), encoding="utf-8")
        wanted[f"{name}.txt"] = [*made.doubts]
    assert asked(tmp_path) == wanted and len(wanted) == len(DOUBTS)


def test_each_file_tells_its_doubts(tmp_path: Path):
    files = write_samples(tmp_path, units=2, years=(2025,), seed=1, trap_share=0, doubts=2)
    assert {len(file.doubts) for file in files} == {0, 1, 2}
    assert asked(tmp_path) == {file.path.name: sorted(file.doubts) for file in files}


def test_an_unknown_trap_is_named():
    with pytest.raises(ParameterError, match="okänd fälla"):
        compose(report(), "plain", ["no_such_trap"])


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_takes_every_text(encoding: str):
    made = compose(report(), "marked", ["foreign_letters", "status_marks", "decomposed_letters"], 3)
    assert len(encode(made.text(), encoding)) > 10_000


# The space-delimited dialect, byte by byte


def printed(made: Report, dialect: str, seed: int = 0) -> str:
    return render_parts(parts(made), dialect, seed)


def spaced_lines(made: Report) -> list[str]:
    return printed(made, "spaced", 2).split("\n")


def test_an_empty_cell_is_one_space():
    made = report(year=2023)
    rows = [r for r in made.complaints if r.category_raw == "Mat och måltider"]
    blank = tuple(replace(r, t1_raw="", t2_raw="", vb_raw="", total_raw="", comment_raw="") for r in rows)
    assert "Mat och måltider      " in spaced_lines(replace(made, complaints=blank))
    filled = tuple(
        replace(r, t1_raw="", t2_raw="15", vb_raw="7", total_raw="22  st", comment_raw="") for r in rows
    )
    assert "Mat och måltider  15 7 22  st  " in spaced_lines(replace(made, complaints=filled))


def test_a_label_stands_before_the_last_row_of_its_group():
    made = report(year=2023)
    praise = replace(made.complaints[0], t1_raw="3", t2_raw="", vb_raw="", total_raw="3", comment_raw="")
    lines = spaced_lines(replace(made, complaints=(praise, *made.complaints[1:])))
    at = lines.index("Antal beröm 3   3  ")
    assert lines[at - 6 : at] == ["Beröm ", " ", " ", " ", " ", ""]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Utfall män/ pojkar", 7, ["Utfall ", "män/ ", "pojkar "]),
        ("Klagomål/synpunkter/kategorier", 28, ["Klagomål/synpunkter/kategori", "er "]),
        ("", 7, []),
        ("Bemötande", 31, ["Bemötande "]),
    ],
)
def test_cells_wrap_and_words_break_without_a_space(text: str, width: int, lines: list[str]):
    assert wrap(text, width) == lines


# Files


def test_the_files_have_truth_beside_them(tmp_path: Path):
    files = write_samples(tmp_path / "raw", units=2, years=(2025,), seed=3)
    write_truth(tmp_path / "gold", files)
    assert {p.name for p in (tmp_path / "gold").iterdir()} == {f.path.stem for f in files}
    for file in files:
        folder = tmp_path / "gold" / file.path.stem
        assert {p.stem for p in folder.iterdir()} == set(truth(file.meaning))
        with (folder / "goals.csv").open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        assert [row["title"] for row in rows] == [goal.title_raw for goal in file.meaning.goals]
        assert {row["status"] for row in rows} <= {"", "met", "partly_met", "not_met", "no_data"}


def test_a_truth_of_a_spoilt_status_is_its_meaning():
    composed = compose(rich(1), "plain", ["status_misspelt"], 1)
    printed = {g.status_raw for g in composed.printed.goals}
    assert printed & {"Uppfylles helt", "Upfylls helt", "Uppfylls hellt"}
    _, rows = truth(composed.meaning)["goals"]
    assert {row[4] for row in rows if row[1] == "unit"} == {"met"}


@pytest.mark.parametrize(("formats", "units"), [(("odt",), 2), ((), 2), (("txt",), 0)])
def test_impossible_wishes_are_refused(tmp_path: Path, formats: tuple[str, ...], units: int):
    with pytest.raises(ParameterError):
        write_samples(tmp_path, units=units, formats=formats)


def test_pdf_without_a_program_is_refused_before_anything_is_written(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(MissingDataError, match="inget program"):
        write_samples(tmp_path / "raw", units=1, years=(2025,), formats=("txt", "pdf"))
    assert not (tmp_path / "raw").exists()


def test_word_files_have_page_fields_merged_cells_and_symbols(tmp_path: Path):
    (plan, annual) = write_samples(tmp_path, units=1, years=(2025,), formats=("docx",), trap_share=0)
    with zipfile.ZipFile(annual.path) as archive:
        names = archive.namelist()
        body, head = (archive.read(f"word/{n}.xml").decode() for n in ("document", "header1"))
    assert any(name.startswith("word/media/") for name in names)
    assert {"w:vMerge", "w:gridSpan", "w:tblHeader"} <= set(re.findall(r"<(w:\w+)", body))
    assert " NUMPAGES " in head
    assert plan.printed.cover.kind == "VP"


# The reports that come with the project

BUNDLE = sorted(p for p in (Path(__file__).parents[1] / "data" / "raw" / "sample").iterdir() if p.is_file())


def test_the_bundle_is_small_and_of_every_format():
    assert {path.suffix for path in BUNDLE} == {".txt", ".md", ".docx", ".pdf"}
    assert sum(path.stat().st_size for path in BUNDLE) < 3_000_000


def test_the_bundle_has_plans_reports_both_forms_and_a_split_unit():
    reports = [parse(read(path)) for path in BUNDLE if path.suffix != ".pdf"]
    covers = [(r.cover.unit_name, r.cover.kind, r.cover.year, r.template) for r in reports]
    units = {unit for unit, *_ in covers}
    assert len(covers) >= 20
    assert {kind for _, kind, *_ in covers} == {"VB", "VP"}
    assert {template for *_, template in covers} == {None, "2023", "2025"}
    assert {
        "Tallåsens dagliga verksamhet",
        "Björkvik-Tallåsen daglig verksamhet 1",
        "Björkviks boendestöd",
    } <= units
    assert [c for c in covers if c[0] == "Tallåsens dagliga verksamhet" and c[1:3] == ("VB", 2025)] == []


# Own prose


def shingles(text: str, size: int = 8) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + size]) for i in range(len(words) - size + 1)}


def public_words() -> set[tuple[str, ...]]:
    """What any report of the city may have in common: goal titles, indicator names, form labels, headers."""
    labels = [g.title for g in vocabulary.council_goals()] + [i.name for i in vocabulary.indicators()]
    labels += [c.category for c in vocabulary.categories()] + [g.group for g in vocabulary.groups()]
    headers = [" ".join(printed[0] for _, printed in lay.columns) for lay in vocabulary.layouts()]
    prefixes = [
        f"{level.prefix} {goal.code} {goal.title}"
        for level in vocabulary.levels()
        for goal in vocabulary.council_goals()
    ]
    return {shingle for label in [*labels, *headers, *prefixes] for shingle in shingles(label)}


def own_words(made: Report) -> str:
    texts = [p.text for p in made.passages] + [g.title_raw for g in made.goals if not g.code]
    texts += [a.title_raw for a in made.activities] + [a.analysis or "" for a in made.activities]
    texts += [i.analysis or "" for i in made.indicators] + [c.comment_raw for c in made.complaints]
    return "\n".join(texts)


def test_no_phrase_of_a_real_report_is_in_the_sample(shared: Path):
    real = {
        s for path in (shared / "seeds").glob("*.txt") for s in shingles(path.read_text(encoding="utf-8"))
    }
    for unit in range(6):
        for kind in ("VB", "VP"):
            ours = {
                s
                for text in own_words(report(kind, unit=unit, kilobytes=50)).split("\n")
                for s in shingles(text)
            }
            assert (ours & real) - public_words() == set()


def test_the_check_for_real_phrases_finds_one(shared: Path):
    path = next((shared / "seeds").glob("*.txt"))
    real = shingles(path.read_text(encoding="utf-8"))
    phrase = " ".join(next(iter(real - public_words())))
    assert shingles(phrase) & real
