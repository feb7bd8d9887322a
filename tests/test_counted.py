"""Complaints that a text counts beside the form, all or of one kind, each at the sentence's line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import complaint, report
from vbdata.extract.document import Document, Place, Printed
from vbdata.normalise import normalise
from vbdata.parse.records import Complaint, Passage
from vbdata.validate import validate

SUBJECT = "Synpunkter och klagomål - som gäller verksamhet och personal"
DEVIATION = "Avvikelse - SOL/LSS"


def form(counts: dict[str, str]) -> tuple[Complaint, ...]:
    rows = {"Bemötande": SUBJECT, "Kompetens": SUBJECT, "Utförande av insats": DEVIATION}
    found = [
        complaint(i, group, category, vb_raw=counts.get(category, ""), total_raw=counts.get(category, ""),
                  place=Place(70 + i))
        for i, (category, group) in enumerate(rows.items(), start=1)
    ]  # fmt: skip
    sarah = counts.get("sarah", "")
    cells = {"vb_raw": sarah, "total_raw": sarah, "place": Place(74)}
    found.append(complaint(4, "Avvikelse - Lex Sarah", "Antal inkomna rapporter", **cells))
    return tuple(found)


def doubts(text: str, *, told_differs: bool = False, **counts: str) -> list[dict]:
    lines = (Printed("Så här blev året.", Place(20)), Printed(text, Place(21)))
    passage = Passage(1, None, "quality", "Kvalitet", f"Så här blev året. {text}", Place(20), lines)
    made = report(passages=(passage,), complaints=form(counts), template="2025", has_complaint_form=True)
    document = Document(Path("r.txt"), "txt", ())
    found = validate(normalise(made, document, source="r.txt", sha256="0" * 64))["findings"]
    codes = ["told_differs"] if told_differs else ["complaints_text_differ", "facets_disagree"]
    return [f for f in found if f["code"] in codes]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Fyra klagomål kom in. Tre gällde tvätten. Två av klagomålen gällde lampor.", False),
        ("Fyra klagomål kom in. Tre gällde tvätten. Två av klagomålen gällde tvätten.", True),
        ("Fyra klagomål kom in. Tre gällde tvätten. Två av klagomålen gällde tvätten i Norra huset.", False),
    ],
)
def test_those_of_one_kind_counted_twice(text: str, asked: bool) -> None:
    assert bool(doubts(text, told_differs=True)) is asked


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Vi har fått in sju klagomål under året.", 71),
        ("Under våren fick vi in sju klagomål på städningen.", 71),
        ("Ett tiotal klagomål har kommit in om tvätten.", 71),
        ("Fyra klagomål gällde bemötande.", 71),
        ("Vi fick tre klagomål, varav tre om bemötande.", 71),
        ("Två av klagomålen rörde kompetens.", 72),
    ],
)
def test_a_text_that_counts_otherwise_is_asked_about_at_its_line(text: str, line: int) -> None:
    found = doubts(text, Bemötande="2", Kompetens="1")
    assert {each["code"] for each in found} == {"complaints_text_differ"}
    assert {(each["source_line"], each["other_line"]) for each in found} == {(21, line)}


@pytest.mark.parametrize(
    "text",
    [
        "Vi har fått in tre klagomål under året.",
        "Under våren fick vi in två klagomål på städningen.",
        "Två klagomål gällde bemötande.",
        "Två av klagomålen rörde bemötande.",
        "Fyra klagomål gällde bemötande förra året.",
        "Fyra klagomål gällde bemötande från grannar i huset.",
        "Högst fyra klagomål om bemötande är vårt mål.",
        "Vi svarar på klagomål om bemötande inom fem dagar.",
        "Stadsdelen fick in 40 klagomål.",
    ],
)
def test_what_agrees_or_is_about_something_else_is_left_alone(text: str) -> None:
    assert doubts(text, Bemötande="2", Kompetens="1") == []


def with_ivo(text: str, sarah: str, ivo: str) -> list[dict]:
    lines = (Printed("Så här blev året.", Place(20)), Printed(text, Place(21)))
    passage = Passage(1, None, "quality", "Kvalitet", f"Så här blev året. {text}", Place(20), lines)
    cells = {"vb_raw": ivo, "total_raw": ivo, "place": Place(75)}
    rows = (
        *form({"sarah": sarah}),
        complaint(5, "Avvikelse - Lex Sarah", "Antal anmälningar till IVO", **cells),
    )
    made = report(passages=(passage,), complaints=rows, template="2025", has_complaint_form=True)
    document = Document(Path("r.txt"), "txt", ())
    found = validate(normalise(made, document, source="r.txt", sha256="0" * 64))["findings"]
    return [f for f in found if f["code"] == "complaints_text_differ"]


@pytest.mark.parametrize(
    ("text", "sarah", "ivo", "line"),
    [
        ("Två rapporter enligt lex Sarah lämnades i maj.", "1", "0", 74),
        ("Tre lex Sarah-rapporter togs emot, och en av dem anmäldes till IVO.", "2", "1", 74),
        ("En rapport enligt lex Sarah har utretts.", "0", "0", 74),
        ("Två rapporter enligt lex Sarah togs emot, och ingen av dem anmäldes till IVO.", "2", "1", 75),
        ("Ett missförhållande var allvarligt och anmäldes till IVO.", "1", "0", 75),
    ],
)
def test_lex_sarah_in_the_text_and_in_the_form(text: str, sarah: str, ivo: str, line: int) -> None:
    (found,) = with_ivo(text, sarah, ivo)
    assert (found["source_line"], found["other_line"]) == (21, line)


@pytest.mark.parametrize(
    ("text", "sarah", "ivo"),
    [
        ("En rapport enligt lex Sarah lämnades i maj.", "2", "0"),
        ("Tre lex Sarah-rapporter togs emot, och en av dem anmäldes till IVO.", "3", "1"),
        ("Stadsdelen tog emot 14 rapporter enligt lex Sarah.", "2", "0"),
        ("En rapport enligt lex Sarah ska lämnas samma dag.", "0", "0"),
        ("Förra året lämnades fyra rapporter enligt lex Sarah.", "1", "0"),
        ("Missförhållandet bedömdes inte som allvarligt och anmäldes inte till IVO.", "2", "1"),
        ("Två rapporter enligt lex Sarah gjordes av en annan enhet.", "0", "0"),
        ("Ett missförhållande anmäldes av regionen till IVO.", "1", "0"),
        ("Om ett missförhållande är allvarligt ska det ha anmälts till IVO.", "0", "0"),
    ],
)
def test_lex_sarah_told_otherwise_is_left_alone(text: str, sarah: str, ivo: str) -> None:
    assert with_ivo(text, sarah, ivo) == []
