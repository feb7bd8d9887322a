"""The vocabulary: consistent files, and matching that never guesses between two."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vbdata import vocabulary as v
from vbdata.errors import VocabularyError
from vbdata.extract.recognise import status_of
from vbdata.ingest.preflight import preflight
from vbdata.schema.tables import LEVELS, SEVERITIES, STATUSES
from vbdata.vocabulary import checks, files
from vbdata.vocabulary.files import rows
from vbdata.vocabulary.spelling import _plain, key


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


@pytest.mark.parametrize("printed", ["Uppfylls snart", "Pågår", "Delvis klart", ""])
def test_what_is_no_status_is_not_taken_for_one(printed: str) -> None:
    assert status_of(printed) is None


def test_a_label_between_two_entries_raises_doubt_instead_of_a_guess() -> None:
    found = v.Index({"a": ["Andel nöjda brukare A"], "b": ["Andel nöjda brukare B"]}).find(
        "Andel nöjda brukare"
    )
    assert found.entry is None and found.rival is not None
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


# The files, before anything is read by them


def swap(old: str, new: str) -> Callable[[bytes], bytes]:
    """A damage: the first place with `old` has `new` instead."""

    def damage(content: bytes) -> bytes:
        assert old.encode() in content, old
        return content.replace(old.encode(), new.encode(), 1)

    return damage


def add(*lines: str) -> Callable[[bytes], bytes]:
    return lambda content: content.rstrip(b"\n") + "".join(f"\n{line}" for line in lines).encode() + b"\n"


def drop(start: str) -> Callable[[bytes], bytes]:
    return lambda content: b"\n".join(
        line for line in content.split(b"\n") if not line.startswith(start.encode())
    )


TWO_MORE = add("complaints_2031,complaints,1,group,Uppdelning,", "complaints_2031,complaints,2,t1,Antal,")
DAMAGES: list[tuple[str, Callable[[bytes], bytes], str]] = [
    # as text
    ("statuses", lambda text: text.decode().encode("utf-16"), "varken UTF-8 eller Windows-text"),
    ("levels", lambda text: text.decode().encode().decode("latin-1").encode(), "har förstörts"),
    ("statuses", lambda text: b"", "rad 1: fel kolumner"),
    ("statuses", swap("code,label", "kod,label"), 'rad 1: fel kolumner "kod,label,short,printed"'),
    ("statuses", swap("code,label,short", "code,label"), "ska vara code,label,short,printed"),
    ("statuses", swap("printed", "printed,note"), "rad 1: fel kolumner"),
    ("statuses", add("late,Sent"), "rad 6: raden har fel antal kolumner"),
    ("statuses", add("late,Sent,Sent,Sent, mycket"), "rad 6: raden har fel antal kolumner"),
    ("statuses", swap("met,Uppfylls helt", 'met,"Uppfylls helt'), "citattecken"),
    ("goals", swap("Alla ", 'Alla "'), "citattecken"),
    ("statuses", add("<<<<<<< HEAD"), "rad 6: raden har fel antal kolumner"),
    ("statuses", swap("Uppfylls helt", "Uppfylls\ufffdhelt"), "har förstörts"),
    # any file
    ("levels", swap("direction,KF:s inriktningsmål,", "direction,,"), "rad 2: kolumnen label är tom"),
    ("levels", swap("direction,", ","), "rad 2: kolumnen code är tom"),
    ("levels", swap("direction,", "mål nivå,"), 'ingen kod "mål nivå"'),
    ("levels", swap("direction,", "direction ,"), 'ingen kod "direction "'),
    ("levels", swap(":,1,", ":,ett,"), 'rank är inget positivt heltal "ett"'),
    ("levels", swap(":,1,", ":,0,"), "inget positivt heltal"),
    ("complaint_groups", swap("2025,1,", "2025,1.5,"), "rad 2: kolumnen order är inget positivt heltal"),
    ("levels", swap(":,1,", ":,2,"), 'rad 3: står också på rad 2 "2"'),
    ("statuses", add("met,Klart,Klart,"), 'rad 6: står också på rad 2 "met"'),
    ("labels", add("kind,VB,Berättelse,"), 'står också på rad 2 "kind VB"'),
    ("findings", add("total_mismatch,info,4,Summa,Fel.,"), "står också på rad 2"),
    # one file against another
    ("goals", swap("1,direction,", "1,riktning,"), 'rad 2: okänt värde i kolumnen level "riktning"'),
    ("complaint_groups", swap("lex_sarah,", "lex_sara,"), 'okänt värde i kolumnen facet "lex_sara"'),
    ("complaint_categories", swap("2025,Avvikelse - Lex", "2025,Lex"), "okänd grupp"),
    ("complaint_categories", swap("lex_sarah_reports", "lex_rapporter"), "rad 3: okänt värde"),
    ("complaint_shares", swap(",complaints,", ",complaint,"), "kolumnen question"),
    ("complaint_shares", swap("2025,feed", "2031,feed"), 'kolumnen template "2031"'),
    ("complaint_questions", swap("complaint_subject", "subject"), 'kolumnen facet "subject"'),
    ("findings", swap("total_mismatch,warning", "total_mismatch,varning"), "är error, info, warning"),
    ("findings", swap("total_mismatch,warning,4", "total_mismatch,warning,5"), "inget av talen 1–4"),
    ("findings", add("ny,info,1,Ny,Ny.,"), 'i kolumnen code "ny" – lägg till den i'),
    ("findings", drop("text_left"), "vocabulary/finding_responses.csv rad"),
    ("finding_responses", swap("total_mismatch,fix", "total_mismatch,laga"), "answer, fix, note, ours"),
    ("indicators", swap(",%,higher,", ",%,bättre,"), 'rad 2: okänt värde i kolumnen better "bättre"'),
    ("surveys", swap("trygghet_lss_boende", "trygghet"), 'rad 2: okänd indikator "trygghet"'),
    # prints that could never be found
    ("statuses", add("late,Sent,Sent,Ej  UPPFYLLT"), "not_met på rad 4 har den redan"),
    ("indicators", add("frisk,Sjukfrånvaro,%,lower,"), 'benämningen är upptagen "Sjukfrånvaro"'),
    ("sections", swap("introduction,Inledning,no,", "introduction,Inledning,no,Sammanfattning"), "upptagen"),
    ("levels", swap("Nämndens mål:", "Enhetsmål:"), 'rad 5: benämningen är upptagen "Enhetsmål:"'),
    ("layouts", swap("vb,indicators,6,target,Årsmål,", "vb,indicators,6,target,Årsmål,Period|"), "rad 7"),
    ("complaint_categories", add("2025,Avvikelse - Lex Sarah,9,Nya,,Antal inkomna rapporter"), "upptagen"),
    ("statuses", add("late,Sent,Sent,–"), "varken bokstäver eller siffror"),
    # one file
    ("sections", swap("Inledning,no,", "Inledning,nej,"), 'varken yes eller no "nej"'),
    ("goals", swap("1,direction", "1 a,direction"), "inga siffror med punkt"),
    ("findings", swap("{category}: T1", "{category: T1"), "klammer utan sin make"),
    ("findings", swap("{category}", "{}"), 'inget ord "{}" – skriv {ett_ord}'),
    ("findings", swap("{category}", "{category.title}"), "inget ord"),
    ("findings", swap("{category}", "{category:>3}"), "inget ord"),
    ("layouts", swap("vb,indicators,2,", "vb,indicators,3,"), 'rad 3: kolumnen position är inte 2 "3"'),
    ("layouts", swap("vb,indicators,2,", "vb,activities,2,"), "layouten är indicators på rad 2"),
    ("layouts", swap("vb,indicators,2,value,", "vb,indicators,2,name,"), "står också på rad 2"),
    ("layouts", TWO_MORE, 'okänd blankett "complaints_2031"'),
    ("layouts", add("a_2,activities,1,title,Aktivitet,", "a_2,activities,2,start,Startdatum,",
                    "a_2,activities,3,end,Slutdatum,"), "activities_vp på rad"),
    ("complaint_questions", swap("complaint_subject,,", "complaint_subject,praise,"), "facet eller concept"),
    ("complaint_shares", add("2023,praise,,"), "varken fråga eller skäl"),
    ("phrases", swap("not,not,inte|ej|icke|inte ännu|ännu inte", "not,not,"), "kolumnen phrases är tom"),
]  # fmt: skip
#: What only the program knows.
CODED = [
    ("levels", add("borough,Områdesmål,Områdesmål:,5,"), 'rad 6: okänd kod (level) "borough"'),
    ("levels", drop("unit,"), 'koden saknas (level) "unit"'),
    ("statuses", drop("no_data,"), 'koden saknas (status) "no_data"'),
    ("labels", add("better,same,lika,lika"), 'okänd kod (better) "same" – de som finns är higher, lower'),
    ("labels", drop("period,T2"), 'koden saknas (period) "T2"'),
    ("target_rules", add("keep,behålla,behåller"), 'okänd kod (target_rule) "keep"'),
    ("layouts", add("staff_2025,staff,1,name,Yrke,"), 'okänd tabell "staff"'),
    ("layouts", swap("vb,indicators,2,value,", "vb,indicators,2,outcome,"), "har ingen sådan kolumn"),
    ("layouts", swap("vb,indicators,2,value,", "vb,indicators,2,gap,"), "har ingen sådan kolumn"),
]


def damaged(folder: Path, name: str, damage: Callable[[bytes], bytes] | None) -> Path:
    """A copy of the vocabulary with one file damaged; without a damage, missing."""
    copy = folder / "vocabulary"
    copy.mkdir()
    for path in files.FOLDER.glob("*.csv"):
        shutil.copyfile(path, copy / path.name)
    path = copy / f"{name}.csv"
    if damage is None:
        path.unlink()
    else:
        path.write_bytes(damage(path.read_bytes()))
    return copy


def test_the_vocabulary_is_whole_and_each_of_its_files_is_checked() -> None:
    checks.check()
    assert {path.stem for path in files.FOLDER.glob("*.csv")} == set(files.COLUMNS) == set(checks.SHAPES)
    for name, shape in checks.SHAPES.items():
        named = (*shape.unique, *shape.filled, *shape.whole, *shape.tokens, *shape.refers, *shape.printed)
        assert {*named, *shape.labels, *shape.within} <= set(files.COLUMNS[name])


@pytest.mark.parametrize(("name", "damage", "said"), DAMAGES)
def test_a_fault_in_a_file_is_one_line_with_its_place(
    name: str, damage: Callable[[bytes], bytes], said: str, tmp_path: Path
) -> None:
    with pytest.raises(VocabularyError) as caught:
        checks.check(damaged(tmp_path, name, damage))
    line = str(caught.value)
    assert said in line and "\n" not in line
    assert line.startswith("vocabulary/") and line.split(".csv")[1][0] in " :"


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"vocabulary/levels\.csv: filen saknas"):
        checks.check(damaged(tmp_path, "levels", None))


@pytest.mark.parametrize(("name", "damage", "said"), CODED)
def test_what_the_tables_cannot_hold_is_refused(
    name: str, damage: Callable[[bytes], bytes], said: str, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(files, "FOLDER", damaged(tmp_path, name, damage))
    with pytest.raises(VocabularyError) as caught:
        preflight()
    assert said in str(caught.value) and str(caught.value).startswith(f"vocabulary/{name}.csv")


def test_what_an_analyst_may_write_is_taken(tmp_path: Path) -> None:
    """Windows' marks and line ends, blank lines, columns in another order, commas in quotes."""
    late = '\n\nlate,"Sent, men klart",Sent,\n'
    folder = damaged(
        tmp_path, "concepts", lambda text: b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n") + b"\r\n"
    )
    concepts = [line.cells for line in files.lines("concepts", folder)]
    assert concepts == files.rows("concepts")
    path = folder / "statuses.csv"
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + late, encoding="utf-8")
    assert files.lines("statuses", folder)[-1].number == 7
    path.write_text("short,code,printed,label\nHelt,met,,Uppfylls helt\n", encoding="utf-8")
    assert files.lines("statuses", folder)[0]["label"] == "Uppfylls helt"


def test_the_check_is_made_once_and_again_when_a_file_changes(tmp_path: Path) -> None:
    folder = damaged(tmp_path, "levels", swap("Nämndens mål:", "Nämndens eget mål:"))
    start = time.perf_counter()
    checks.check(folder)
    first = time.perf_counter() - start
    checks.check(folder)
    assert time.perf_counter() - start - first < first < 1.0
    (folder / "levels.csv").write_bytes(b"x")
    with pytest.raises(VocabularyError):
        checks.check(folder)


def test_a_finding_that_asks_for_a_word_that_it_is_not_given_says_which_there_are() -> None:
    kind = v.finding_kinds()["row_twice"]
    with pytest.raises(VocabularyError, match=r'row_twice "\{title\}" – de som finns är \{name\}'):
        kind.said({"name": "x"})
    with pytest.raises(VocabularyError, match=r'findings\.csv: koden saknas "nonsense"'):
        v.finding_kinds()["nonsense"]


@given(st.text(st.sampled_from("aåÉßœ½¾™–”…\u00a0 1²-ğаΑ"), max_size=8))
def test_a_key_is_the_same_by_either_way(text: str) -> None:
    assert key(text) == _plain(text.casefold())
