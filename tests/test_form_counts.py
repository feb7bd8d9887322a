"""Counts of events in running text: their kind, and whether they are all, or those of a row of the form."""

from __future__ import annotations

import pytest

from vbdata.validate.form_counts import row_of, source_of, told

LABELS = {
    "a": "Fysisk miljö, utrustning och teknik", "b": "Utförande av insats", "c": "Bemötande",
    "d": "Beslut (avsaknad av, missnöje med etc)",
}  # fmt: skip
SOURCES = {"a": "Anonym", "b": "Brukare/patient", "c": "Närstående (anhörig, god man, etc.)"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Medarbetarna skrev 34 avvikelser.", [("deviation", 34, "all")]),
        ("Rådet läste årets 14 avvikelser.", [("deviation", 14, "all")]),
        ("Antalet avvikelser som rapporterades var fem.", [("deviation", 5, "all")]),
        ("Beröm lämnades vid tolv tillfällen.", [("praise", 12, "all")]),
        ("Vi fick fem klagomål och tre synpunkter.", [("complaint", 8, "all")]),
        ("Inga personuppgiftsincidenter har inträffat.", [("data_incident", 0, "all")]),
        ("Nio klagomål kom in. Två gällde maten.", [("complaint", 9, "all"), ("complaint", 2, "about")]),
        ("Nio klagomål kom in, varav fem från boende.", [("complaint", 5, "from"), ("complaint", 9, "all")]),
        ("Nio klagomål kom in. Sex har fått svar.", [("complaint", 9, "all"), ("complaint", 6, "answered")]),
        ("Under T1 kom nio klagomål in.", []),
        ("På Lindgården kom nio klagomål in.", []),
        ("Vi svarar på klagomål inom fem dagar.", []),
        ("Vi skrev 14 avvikelser om läkemedel enligt HSL.", []),
        ("Vi har tre råd och två beredningar.", []),
        ("Vi har skickat sju avvikelser till sjukhuset.", []),
        ("Grannenheten fick sju klagomål.", []),
    ],
)  # fmt: skip
def test_what_a_text_counts(text: str, found: list[tuple[str, int, str]]) -> None:
    assert [(*each.kinds, each.number, each.way) for each in told(text, 2025)] == found


def test_several_kinds_share_one_number() -> None:
    (found,) = told("Vi fick 20 synpunkter, klagomål och beröm.", 2025)
    assert (found.kinds, found.number) == ({"complaint", "praise"}, 20)


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("den fysiska miljön i salen", "a"),
        ("utförandet av insatsen", "b"),
        ("beslut", "d"),
        ("bemötande från grannar i huset", None),
        ("parkeringen", None),
    ],
)
def test_the_row_that_words_name(words: str, row: str | None) -> None:
    assert row_of(words, LABELS) == row


@pytest.mark.parametrize(
    ("words", "row"), [("elever", "b"), ("vårdnadshavare", "c"), ("anonyma", "a"), ("grannar", None)]
)
def test_whom_it_came_from(words: str, row: str | None) -> None:
    assert source_of(words, SOURCES) == row
