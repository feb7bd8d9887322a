"""The vocabulary: consistent files, and matching that never guesses between two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbdata import vocabulary as v
from vbdata.errors import VocabularyError
from vbdata.extract.recognise import status_of
from vbdata.schema.tables import LEVELS, SEVERITIES, STATUSES
from vbdata.vocabulary.tables import rows


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Uppfylls helt", "met"),
        ("Uppfylles helt", "met"),
        ("Uppfyls delvis", "partly_met"),
        ("UPPFYLLS  DELVIS", "partly_met"),
        ("Uppfylls inte", "not_met"),
        ("Ingen", "no_data"),
        ("Inga dаta", "no_data"),  # the second a is Cyrillic
    ],
)
def test_statuses_are_found_in_their_misprints(printed: str, code: str) -> None:
    found = v.status_index().find(printed).entry
    assert found is not None and found.code == code


@pytest.mark.parametrize("printed", ["Uppfylls", "Pågår", "Delvis klart", ""])
def test_what_is_no_status_is_not_taken_for_one(printed: str) -> None:
    assert status_of(printed) is None


def test_a_label_between_two_entries_raises_doubt_instead_of_a_guess() -> None:
    found = v.Index({"a": ["Andel nöjda brukare A"], "b": ["Andel nöjda brukare B"]}).find(
        "Andel nöjda brukare"
    )
    assert found.entry is None and found.ambiguous
    assert {found.candidate, found.rival} == {"a", "b"}


def test_digits_must_agree() -> None:
    assert v.indicator_index().find("Sjukfrånvaro dag 1-14").entry.indicator_id == "sjukfranvaro_dag_1_14"
    assert v.indicator_index().find("Sjukfrånvaro dag 15-").entry is None


def test_two_indicators_that_differ_by_their_target_group_stay_two() -> None:
    long = v.indicator_index().find(
        "Andel personer med funktionsnedsättning som upplever att de kan påverka insatsens utformning "
        "(stöd och service till personer med funktionsnedsättning)"
    )
    short = v.indicator_index().find(
        "Andel personer med funktionsnedsättning som upplever att de kan påverka insatsens utformning"
    )
    assert long.entry.indicator_id != short.entry.indicator_id


@given(st.sampled_from(v.indicators()), st.data())
def test_an_indicator_survives_a_lost_letter_and_a_broken_word(entry, data) -> None:
    cut = data.draw(st.integers(1, len(entry.name) - 1))
    broken = f"{entry.name[:cut]} {entry.name[cut:]}"
    assert v.indicator_index().find(broken).entry == entry
    if len(entry.name) > 30 and not entry.name[cut].isdigit():
        lost = entry.name[:cut] + entry.name[cut + 1 :]
        assert v.indicator_index().find(lost).entry in (entry, None)  # never another one


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Uppfylls\u00a0helt ", "Uppfylls helt"),
        ("funktions\u00adnedsättning", "funktionsnedsättning"),
        ("Nämndmаl", "Nämndmal"),  # Cyrillic а
        ("АВ Ж", "АВ Ж"),  # a whole Cyrillic word is left alone
        ("a\u0308r", "är"),
    ],
)
def test_clean(raw: str, expected: str) -> None:
    assert v.clean(raw) == expected


def test_every_code_has_a_swedish_label() -> None:
    for domain, codes in {"level": LEVELS, "status": STATUSES, "severity": SEVERITIES}.items():
        for code in codes:
            assert v.label(domain, code)
    with pytest.raises(VocabularyError, match="saknar svensk benämning"):
        v.label("status", "nonsense")


def test_every_category_has_a_group_and_every_facet_and_concept_a_label() -> None:
    facets, concepts = ({r["code"] for r in rows(name)} for name in ("facets", "concepts"))
    known = {(g.template, g.group) for g in v.groups()}
    for category in v.categories():
        assert (category.template, category.group) in known
        assert category.concept is None or category.concept in concepts
    assert {g.facet for g in v.groups()} <= facets


def test_the_forms_have_the_rows_that_the_city_prints() -> None:
    counts = {t: sum(c.template == t for c in v.categories()) for t in ("2023", "2025")}
    assert counts == {"2023": 25, "2025": 32}


def test_no_label_of_a_form_is_taken_for_another() -> None:
    for template in ("2023", "2025"):
        for category in (c for c in v.categories() if c.template == template):
            assert (
                v.category_index(template, category.group).find(category.category).entry == category.category
            )


def test_finding_messages_only_ask_for_words_that_are_given() -> None:
    for kind in v.finding_kinds().values():
        assert kind.severity in SEVERITIES
        assert kind.label and kind.message


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Ej helt uppfyllt", "Helt uppfyllt"),
        ("Uppfylls inte helt", "Uppfylls helt"),
        ("Uppfylls nästan helt", "Uppfylls helt"),
        ("Lex Maria", "Lex Sarah"),
        ("Andel fisk i kilo", "Andel fisk i kronor"),
        ("Andel missnöjda boende", "Andel nöjda boende"),
        ("Andel boende som är missnöjd med maten", "Andel boende som är nöjd med maten"),
        ("Upplevelse av otrygghet", "Upplevelse av trygghet"),
        ("Andel deltidsanställda", "Andel heltidsanställda"),
        ("Antal klagomål där åtgärder inte vidtagits", "Antal klagomål där åtgärder vidtagits"),
        ("Vården före flytten", "Vården efter flytten"),
        ("Möten utan anhöriga", "Möten med anhöriga"),
        ("Avvikelse - HSL", "Avvikelse - SOL"),
        ("Medarbetare (utom den egna enheten)", "Medarbetare (inom den egna enheten)"),
        ("Bemötande Kompetens", "Bemötande"),
        ("Försenad plats", "Försenad insats"),
    ],
)
def test_a_word_that_turns_the_meaning_is_never_lost_or_gained(text: str, label: str) -> None:
    assert not v.same_words(text, label)
    assert not v.same_words(label, text)
    assert v.Index({"known": [label]}).find(text, 60.0).entry is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Sjukfr nvaro", "Sjukfrånvaro"),
        ("Trygg het i boendet", "Trygghet i boendet"),
        ("Avvikelserna", "Avvikelsen"),
        ("Bemotande", "Bemötande"),
        ("Hälso och sjukvård", "Hälso- och sjukvård"),
        ("Mat måltider", "Mat och måltider"),
        ("Tilgänglighet (öppettider)", "Tillgänglighet (öppettider)"),
        ("KF:s rsm l", "KF:s årsmål"),
    ],
)
def test_slips_of_a_writer_or_a_converter_are_forgiven(text: str, label: str) -> None:
    assert v.same_words(text, label)
