"""Every text field carries an attack: in a real browser no script runs and no page breaks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import factories as make
import pandas as pd
import pytest
from browsing import Tab

from vbdata.ingest import ingest
from vbdata.normalise.names import unit_slug
from vbdata.render import render_reports
from vbdata.render.parts.addresses import unit_page
from vbdata.render.run.failure import failure_blocks
from vbdata.render.run.plan import NOTEBOOK_NAMES, Run
from vbdata.sample import write_samples
from vbdata.store import read_tables

ATTACKS = (
    *('"><script>window.hacked=1</script>', "<img src=x onerror=window.hacked=1>", "<!--", "=1+1"),
    *("' onfocus=window.hacked=1 '", "</style><script>window.hacked=1</script>", "<base href=//x>"),
    *("</title></head><script>window.hacked=1</script>", "<svg onload=window.hacked=1>", "{{7*7}}{%raw%}"),
    *("</svg></table></section><h1>x</h1>", "javascript:window.hacked=1", "${7*7}$x^2$", "`window.hacked=1`"),
    *('<iframe src="http://127.0.0.1:9/"></iframe>', "<link rel=stylesheet href=http://127.0.0.1:9/x.css>"),
    *(
        "[x](javascript:window.hacked=1)",
        "![x](http://127.0.0.1:9/x.png)",
        "--><script>window.hacked=1</script>",
    ),
    *("<a href=javascript:window.hacked=1>x</a>", "]]><script>window.hacked=1</script>", "\u202e\u2066"),
    *("&lt;script&gt;window.hacked=1&lt;/script&gt;", "<style>*{display:none}</style>"),
    *(
        "<details open ontoggle=window.hacked=1>",
        "<meta http-equiv=refresh content=0;url=http://127.0.0.1:9/>",
    ),
    "<form action=//x><input autofocus onfocus=window.hacked=1>",
)
#: Keys and codes; what they may be is checked where tables are written.
NOT_TEXT = (
    *("sha256", "code", "template", "section", "facet", "concept", "table", "column", "parser_version"),
    "sentence_lines",
)


def attacked(value: str) -> str:
    """The same attack for the same text, so that what belonged together still does."""
    return f"{ATTACKS[sum(map(ord, value)) % len(ATTACKS)]} {value}"


def attack(table: pd.DataFrame) -> pd.DataFrame:
    """Every text of a table but its keys and codes."""
    frame = table.copy()
    for name in frame.columns:
        if (
            isinstance(frame[name].dtype, pd.StringDtype)
            and not name.endswith("_id")
            and name not in NOT_TEXT
        ):
            frame[name] = (
                frame[name].map(lambda v: v if pd.isna(v) else attacked(v)).astype(table[name].dtype)
            )
    return frame


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Pages of invented units as they are, with every text attacked, and of an attack that was read."""
    root = tmp_path_factory.mktemp("attacks")
    for file in write_samples(root / "raw", units=2, years=(2024, 2025), formats=("txt",)):
        cover = file.meaning.cover  # all of one unit, and of another the last report: every kind of page
        if cover.unit_name != "Björkviks gruppbostäder" and not cover.unit_name.endswith("verksamhet 1"):
            file.path.unlink()
    ingest([root / "raw"], root / "plain")
    (root / "attacked").mkdir()
    for name, table in read_tables(root / "plain").items():
        attack(table).to_parquet(root / f"attacked/{name}.parquet", index=False)
    write_hostile_reports(root / "hostile")
    ingest([root / "hostile"], root / "read")
    for name, years in (("plain", [2025]), ("attacked", [2025]), ("read", [2025])):
        made = render_reports(root / name, root / f"{name}-pages", years=years)
        assert [(r.title, r.message) for r in made if not r.ok] == []
    return {name: root / f"{name}-pages" for name in ("plain", "attacked", "read")}


def write_hostile_reports(folder: Path) -> None:
    """Reports whose every field that a writer fills in is an attack, the file's name too."""
    folder.mkdir()
    for i, unit in enumerate(("Granbackens gruppbostad", "Ekbackens <script>window.hacked=1</script> hem")):
        a = [ATTACKS[(i + n) % len(ATTACKS)] for n in range(12)]
        cover = make.COVER.replace("Granbackens gruppbostad", f"{unit} {a[0]}")
        cover = cover.replace("BT 2025/17", f"BT 2025/17 {a[1]}")
        text = make.report_text(
            f"\nNämndmål: {a[2]}\n\nInga data\n\nEnhetsmål: Trivsel {a[3]}\n\n{a[4]}\n\nAnalys\n\n{a[5]}\n",
            make.table(make.INDICATOR_HEAD, f"{a[6]} mått\t{a[7]}\t\t\t\t9,5 %\t{a[8]}\tVB 2025", make.SICK),
            make.table(make.ACTIVITY_HEAD, f"Vi {a[9]}\t{a[10]}\t2025-12-31\t{a[11]}"),
            make.table(
                make.FORM_HEAD, f"Beröm\tBeröm\t7\t\t\t7\t{a[0]}", f"{a[1]}\t{a[2]}\t{a[3]}\t\t\t1\t{a[4]}"
            ),
            f"\n## {a[5]}\n\n{a[6]}\n",
            cover=cover,
        )
        name = f"{a[0]} {i}".replace("/", "_").replace("\0", "")
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def pages_of(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.html"))}


LOOK = """() => {
  document.querySelectorAll("details").forEach(each => { each.open = true; });
  document.querySelectorAll("a, input, [tabindex]").forEach(each => each.focus());
  const all = [...document.querySelectorAll("*")];
  return {
    hacked: window.hacked || 0,
    h1: document.querySelectorAll("h1").length, sections: document.querySelectorAll("section").length,
    tables: document.querySelectorAll("table").length, scripts: document.querySelectorAll("script").length,
    handlers: all.filter(e => [...e.attributes].some(a => a.name.startsWith("on"))).length,
    links: [...document.querySelectorAll("[href]:not([rel=icon]), [src], [action]")].map(e =>
      e.getAttribute("href") || e.getAttribute("src") || e.getAttribute("action")
    ).filter(to => /^\\s*(javascript:|data:|https?:|\\/\\/)/i.test(to)).length,
    foreign: document.querySelectorAll(
      "iframe, object, embed, base, form, link:not([rel=icon]), meta[http-equiv=refresh]"
    ).length,
    shown: document.body.getBoundingClientRect().height > 300,
  };
}"""


def look(tab: Tab, path: Path) -> tuple[dict[str, Any], list[str]]:
    """What a page is made of after everything on it was opened and focused, and what it asked for."""
    page = tab.open(path)
    page.evaluate(LOOK)
    page.wait_for_timeout(50)
    return page.evaluate(LOOK), tab.asked


def unhurt(found: dict[str, Any]) -> bool:
    return not (found["hacked"] or found["handlers"] or found["links"] or found["foreign"]) and found["shown"]


@pytest.mark.slow
def test_attacked_pages_are_built_like_those_that_are_not(folders: dict[str, Path], tab: Tab):
    plain, hurt = pages_of(folders["plain"]), pages_of(folders["attacked"])
    assert list(plain) == list(hurt)
    assert {name for name in NOTEBOOK_NAMES if any(f"/{name}" in page for page in plain)} == set(
        NOTEBOOK_NAMES
    )
    for name in plain:
        (before, _), (after, asked) = look(tab, plain[name]), look(tab, hurt[name])
        assert asked == [], name
        assert unhurt(after), (name, after)
        assert after == before, name
        assert after["h1"] == 1


@pytest.mark.slow
def test_attacks_that_were_read_from_files_do_nothing(folders: dict[str, Path], tab: Tab):
    pages = pages_of(folders["read"])
    assert len(pages) >= 6
    for name, path in pages.items():
        found, asked = look(tab, path)
        assert asked == [], name
        assert unhurt(found), (name, found)
        assert found["h1"] == 1


@pytest.mark.slow
def test_a_failure_page_shows_its_message_as_text(tmp_path: Path, tab: Tab):
    from vbdata.render.parts.export import notebook_of, page_html

    for number, text in enumerate(ATTACKS):
        run = Run("unit_report", {}, unit_page(2025, "a"), text)
        path = tmp_path / f"{number}.html"
        path.write_text(
            page_html(notebook_of(failure_blocks(run, text, f"{number}.ipynb"))), encoding="utf-8"
        )
        found, asked = look(tab, path)
        assert asked == []
        assert not (found["hacked"] or found["handlers"] or found["links"] or found["foreign"])


@pytest.mark.slow
def test_nothing_is_written_outside_the_folder_of_pages(folders: dict[str, Path]):
    root = folders["plain"].parent
    known = {"raw", "plain", "attacked", "hostile", "read", "plain-pages", "attacked-pages", "read-pages"}
    assert {path.name for path in root.iterdir()} == known


# ---------------------------------------------------------------------------------- names of files


NAMES = (
    *(
        "con",
        "CON",
        "nul",
        "Aux",
        "com1",
        "LPT9",
        "../../etc/passwd",
        "..\\..\\x",
        "/absolut",
        "C:\\x",
        "a\0b",
    ),
    *(
        "Hemmet VP",
        "Hemmet VB",
        "Hemmet T1",
        "Hemmet v2",
        "x" * 5000,
        "åäö" * 300,
        "Дом",
        "家",
        "…",
        "%2e%2e%2f",
    ),
    *("<script>", "~", "-", ".htaccess", "Solens   hem", "\u202eneddlos", "نادي", "١٢٣"),
)


@pytest.mark.parametrize("name", NAMES, ids=lambda name: ascii(name)[:20])
def test_any_name_of_a_unit_makes_a_file_name_that_any_system_can_have(name: str):
    made = unit_slug(name)
    page = unit_page(2025, made)
    assert len(made) <= 90
    assert page.parts[:2] == ("2025", "unit_report")
    assert len(page.parts) == 3
    assert page.stem.split(".")[0] not in {"con", "nul", "aux", "prn", "com1", "lpt9"}


def test_units_that_are_named_unlike_do_not_share_a_page():
    names = [
        "Дом",
        "Дым",
        "家",
        "国",
        "x" * 90 + "a",
        "x" * 90 + "b",
        "Hemmet",
        "Hemmet VP",
        "Solen 1",
        "Solen 2",
    ]
    pages = {unit_page(2025, unit_slug(name), kind) for name in names for kind in ("", "VP", "T1")}
    assert len(pages) == 3 * len(names)


def test_units_whose_ids_are_alike_are_told_of(tmp_path: Path):
    """å becomes a: the two are versions of one report in the tables, and both say so."""
    (tmp_path / "raw").mkdir()
    for name, value in (("Åsgårdens hem", "7,5"), ("Asgardens hem", "9,5")):
        cover = make.COVER.replace("Granbackens gruppbostad", name) + "Sjöviks stadsdelsnämnd\n"
        indicators = make.table(make.INDICATOR_HEAD, make.SICK.replace("8,6", value))
        text = make.report_text(indicators, cover=cover)
        (tmp_path / f"raw/{name}.txt").write_text(text, encoding="utf-8")
    ingest([tmp_path / "raw"], tmp_path / "processed")
    tables = read_tables(tmp_path / "processed")
    assert len(tables["reports"]) == 2
    assert "unit_id_shared" in set(tables["findings"]["code"])


@pytest.mark.parametrize("bad", ["..", "../x", "a/b", "", "a.b", "a" * 300, "Å"])
def test_an_id_that_is_no_file_name_is_refused(bad: str):
    from vbdata.errors import ParameterError

    with pytest.raises(ParameterError):
        unit_page(2025, bad)
