"""Numbers of a text held against each other: parts, shares, changes, lists, and things told twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import indicator, report
from vbdata.extract.document import Document, Place, Printed
from vbdata.normalise import normalise
from vbdata.parse.records import Passage
from vbdata.validate import validate

NEW = {
    "parts_differ", "share_differs", "change_differs", "list_differs", "told_differs", "percent_points",
    "indicator_twice",
}  # fmt: skip


def passage(position: int, text: str, **kw) -> Passage:
    line = 10 * position
    lines = tuple(Printed(each, Place(line + i)) for i, each in enumerate(text.split("\n")))
    return Passage(position, kw.get("goal"), "summary", "Text", text, Place(line), lines)


def doubts(*texts: str, **kw) -> list[dict]:
    made = report(passages=tuple(passage(i, text) for i, text in enumerate(texts, start=1)), **kw)
    document = Document(Path("r.txt"), "txt", ())
    found = validate(normalise(made, document, source="r.txt", sha256="0" * 64))["findings"]
    return [finding for finding in found if finding["code"] in NEW]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("Året var bra.\n41 av 40 elever deltog.", "parts_differ", 11),
        (
            "Av de 30 som cyklar dit tar åtta spårvagn på vintern, sju får skjuts och 17 går hela vägen.",
            "parts_differ",
            10,
        ),
        (
            "Besiktningen av de 24 båtarna visar att 15 är klara, 7 behöver färg och 4 behöver lagas.",
            "parts_differ",
            10,
        ),
        ("Klubben har 14 båtar, varav nio segelbåtar, sex kanoter och en eka.", "parts_differ", 10),
        ("Av sex roddare som svarade vill hälften av de fem nya byta båt.", "share_differs", 10),
        ("I vår fråga svarade 80 % av de sju roddarna att de kan simma.", "share_differs", 10),
        ("Vi har halverat antalet haverier, från 80 till 62.", "change_differs", 10),
        ("Hyran är 64 tkr, en ökning med 3 tkr jämfört med 2024 då den var 58 tkr.", "change_differs", 10),
        (
            "Sjöresorna har blivit kortare.\nEn sjöresa tar i snitt 41 minuter mot 37 året innan.",
            "change_differs",
            11,
        ),
        ("Vi har 18 båtar. Elva är nya, fem har lagats och fyra är gamla.", "parts_differ", 10),
        ("Av budgeten på 12 mnkr gick 9 mnkr till båtar och 4 mnkr till bryggor.", "parts_differ", 10),
        ("Åtta roddare svarade.\n90 procent är nöjda med bryggan.", "share_differs", 11),
        ("Båten kostade 30 tkr, hälften av de 80 tkr som vi fick.", "share_differs", 10),
        ("Kön är kortare, 45 dagar mot 38 förra året.", "change_differs", 10),
        ("Kön har minskat och är nu 45 dagar, jämfört med 38 dagar 2024.", "change_differs", 10),
        ("Färre roddare slutar.\nI år slutade 19 roddare mot 15 förra året.", "change_differs", 11),
        ("Turerna är dubbelt så många, 42 mot 30 året innan.", "change_differs", 10),
        (
            "Vi har kortat kön till bryggan.\nDen är nu 31 dagar, och förra året var den 28.",
            "change_differs",
            11,
        ),
        ("Av 12 planer är 14 klara.", "parts_differ", 10),
        ("Kön har minskat från 18 till 23 veckor.", "change_differs", 10),
        ("Båthuset har tre bryggor med nio platser vardera, totalt 30 platser.", "parts_differ", 10),
        ("Festen kostade 90 tkr, varav mat 40 tkr, hyra 30 tkr och musik 30 tkr.", "parts_differ", 10),
        ("Av dem som seglar är 62 procent flickor och 48 procent pojkar.", "share_differs", 10),
        ("Klubben har fem båtar för barn mellan 6 och 12 år: Lo, Varg, Järv och Björn.", "list_differs", 10),
        (
            "Vi är 52 anställda.\nDe anställda fördelas på 41 lärare och 6 assistenter.",
            "parts_differ",
            11,
        ),
        ("Gruppen har 40 elever, varav 25 flickor och 18 pojkar.", "parts_differ", 10),
        ("Gruppen har 40 elever, varav 20 flickor och 18 pojkar.", "parts_differ", 10),
        ("18 av 24 elever (80 %) är nöjda.", "share_differs", 10),
        ("80 procent (18 av 24) är nöjda.", "share_differs", 10),
        ("74 % av de 12 eleverna trivs.", "share_differs", 10),
        ("120 % av eleverna trivs.", "share_differs", 10),
        ("Andelen ökade från 80 % till 85 %, en ökning med 8 procentenheter.", "change_differs", 10),
        ("Antalet elever ökade från 85 till 80.", "change_differs", 10),
        ("Andelen ökade från 80 % till 85 %, en ökning med 5 %.", "percent_points", 10),
        ("Vi har 36 barn, 20 flickor och 18 pojkar.", "parts_differ", 10),
        ("Sammanlagt 30 fel: 12 på golv, 9 på tak och 7 på dörrar.", "parts_differ", 10),
        ("Vi har 12 lärare och 3 vikarier, totalt 16 personer.", "parts_differ", 10),
        ("24 av 40 svarade, vilket ger en andel på 80 %.", "share_differs", 10),
        ("Andelen ökade från 70 % till 77 %, alltså med 7 procent.", "percent_points", 10),
        ("Av 18 lärare har 15 gått kursen i läslyft, det vill säga 93 procent.", "share_differs", 10),
        ("Av 41 lärare är 47 legitimerade.", "parts_differ", 10),
        ("I huset bor 18 gäster, och 21 av dem går på träffarna.", "parts_differ", 10),
        ("I huset bor 18 gäster.\n21 av dem går på träffarna.", "parts_differ", 11),
        ("Kursen gavs till 24 chefer, varav 30 deltog på distans.", "parts_differ", 10),
        ("Av klubbens tolv ledare har 15 gått kursen.", "parts_differ", 10),
        ("Svarsfrekvensen var 112 procent.", "share_differs", 10),
        ("Enkäten hade en svarsfrekvens på 104 %.", "share_differs", 10),
        ("Andelen nöjda var 107 %.", "share_differs", 10),
        ("Resultatet är 71, en ökning från 73.", "change_differs", 10),
        ("Andelen är 64 %, vilket är en minskning från 61 % året innan.", "change_differs", 10),
        ("Kön är nu 14 dagar, en tydlig nedgång jämfört med 9 dagar i våras.", "change_differs", 10),
        ("Av 31 svarande var 39 män.", "parts_differ", 10),
        (
            "Andelen sjönk från 9,1 till 7,8 procent.\nDet är en minskning med 2,3 procentenheter.",
            "change_differs",
            11,
        ),
        (
            "Andelen sjönk från 9,1 till 7,8 procent. Det är 1,3 procentenheter eller 24 procent.",
            "change_differs",
            10,
        ),
        ("Antalet fall minskade från 18 till 12, det vill säga med hälften.", "change_differs", 10),
        ("Svinnet var 28 gram mot 35 gram året innan, en minskning med 40 procent.", "change_differs", 10),
        ("Elen minskade med 18 procent, från 250 000 kWh till 230 000 kWh.", "change_differs", 10),
        ("Frånvaron sjönk med en halv procentenhet, från 3,0 till 2,9 procent.", "change_differs", 10),
        ("Av de 12 klagomålen kom nio från anhöriga och fem från boende.", "parts_differ", 10),
        ("Fem personer slutade.\nTvå gick i pension och fyra flyttade.", "parts_differ", 11),
        ("Under våren hölls tre övningar och under hösten två, sammanlagt sju.", "parts_differ", 10),
        ("Vi har 12 lägenheter i två hus, 7 i norra huset och 6 i södra.", "parts_differ", 10),
        ("Sex läser: två på dagtid, tre på kvällstid och två på distans.", "parts_differ", 10),
        ("Vi fick 17 klagomål från 8 elever och 11 föräldrar.", "parts_differ", 10),
        ("Av 21 medarbetare är 9 förskollärare och 14 barnskötare.", "parts_differ", 10),
        ("Hittills har 9 av 12 boende en plan. För de övriga 5 skrivs den nu.", "parts_differ", 10),
        ("Tretton klagomål kom in. Sju handlade om beslut och nio om väntan.", "parts_differ", 10),
        ("Våra fyra råd – deltagarråd, miljöråd och matråd – har möten.", "list_differs", 10),
        ("Antalet fall minskade från 10 till 6, det vill säga med 5 tillfällen.", "change_differs", 10),
        ("Antalet elever ökade från 462 till 480, alltså med 28 elever.", "change_differs", 10),
        (
            "Intäkterna var 11,9 mnkr och kostnaderna 11,6 mnkr, ett resultat på 0,8 mnkr.",
            "change_differs",
            10,
        ),
        (
            "Intäkter 38,4 mnkr och kostnader 38,9 mnkr, vilket ger ett överskott på 0,5 mnkr.",
            "change_differs",
            10,
        ),
        (
            "Budgeten var 52,0 mnkr. Utfallet blev 52,8 mnkr, ett underskott på 0,3 mnkr.",
            "change_differs",
            10,
        ),
        ("I 54 av de 60 pärmarna, alltså i 95 procent, fanns en karta.", "share_differs", 10),
        ("Tolv av 21 lärare har gått kursen, vilket motsvarar två tredjedelar.", "share_differs", 10),
        ("Vi gjorde 150 hembesök.\nVid 120 av besöken, 70 procent, var någon hemma.", "share_differs", 11),
        ("Svarsfrekvensen var 85 procent, 60 svar från 80 enkäter.", "share_differs", 10),
        ("Intäkter 5,2 mnkr, kostnader 5,0 mnkr och överskott 500 tkr.", "change_differs", 10),
        ("Vi har fyra ledord: mod, lust och kunskap.", "list_differs", 10),
        ("Vi arbetar med tre områden:\n– lek\n– språk\n– natur\n– rörelse", "list_differs", 10),
        ("Vi följer fyra steg på detta sätt:\nSe – vi tittar.\nGöra – vi provar.", "list_differs", 10),
    ],
)
def test_numbers_that_cannot_all_be_right_are_asked_about_at_their_line(text, code, line) -> None:
    found = doubts(text)
    assert [(each["code"], each["source_line"]) for each in found] == [(code, line)], found


@pytest.mark.parametrize(
    "text",
    [
        "40 av 40 elever deltog.",
        "Av våra 3 hus har 40 boende egen balkong.",
        "Vi är 52 anställda. De anställda är fördelade på 46 lärare och 6 assistenter.",
        "Vi är 52 anställda, fyra rektorer och en chef. De anställda fördelas på 41 lärare och 6 vikarier.",
        "Gruppen har 40 elever, varav 12 nya och 18 med egen plan.",
        "17 personer arbetar här, varav sex på deltid, och vi räknar med 24 extra i sommar.",
        "18 av 24 elever (75 %) är nöjda.",
        "17 av 24 elever, cirka 70 %, är nöjda.",
        "18 av 24 elever är nöjda, målet är 80 %.",
        "75 % av de 12 eleverna trivs.",
        "80 % av de 12 eleverna ska trivas.",
        "Vi använde 104 % av budgeten.",
        "Andelen ökade från 80 % till 85 %, en ökning med 5 procentenheter.",
        "Andelen ökade från 80 % till 88 %, en ökning med 10 %.",
        "Antalet ökade från 80 till 85.",
        "Vi har 36 barn, 20 flickor och 16 pojkar.",
        "Vi har 36 barn, 12 lärare och 3 vikarier.",
        "Sammanlagt 30 fel: 12 på golv, 9 på tak och 9 på dörrar.",
        "Intäkter 5,2 mnkr, kostnader 5,0 mnkr och överskott 200 tkr.",
        "Budgeten är 10,2 mnkr, utfallet 10,3 mnkr och underskottet 60 tkr.",
        "Vi har tre ledord: mod, lust och kunskap.",
        "Vi har fem ledord, bland annat: mod, lust och kunskap.",
        "Vi har fyra team: kök och städ, vaktmästeri samt skola.",
        "Vi arbetar med tre områden:\n– lek\n– språk\n– natur",
        "Öppet fem dagar i veckan: måndag till fredag.",
        "Samtliga 32 beslut granskades av två jurister.",
        "Frånvaron ökade från 8,2 till 8,6 procent och målet på 8 procent nåddes inte.",
        "Skolan hade 480 elever, varav 245 flickor och 235 pojkar, i årskurserna F till 6.",
        "Sex medarbetare studerar: två på dagtid, tre på kvällstid och en på distans.",
        "Av 18 lärare har 15 gått kursen i läslyft, det vill säga 83 procent.",
        "Av 12 enheter har 14 lärare handledning.",
        "Andelen sjönk från 9,1 till 7,8 procent. Det är 1,3 procentenheter eller 14 procent.",
        "Antalet fall minskade från 18 till 12, det vill säga med en tredjedel.",
        "Svinnet var 28 gram mot 35 gram året innan, en minskning med 20 procent.",
        "Av de 12 klagomålen kom sju från anhöriga och fem från boende.",
        "Fem personer slutade. Två gick i pension och tre flyttade.",
        "Under våren hölls tre övningar och under hösten två, sammanlagt fem.",
        "Av 12 hus är 14 kvinnor ansvariga.",
        "Tre av 12 hus, 40 procent av ytan, är renoverade.",
        "Vi har 40 platser.\n30 av platserna, 80 procent av tiden, var upptagna.",
        "Intäktsbudgeten var 10 mnkr och utfallet 10,5 mnkr, ett överskott på 0,5 mnkr.",
        "Intäkterna var 10 mnkr och lönekostnaderna 6 mnkr, vilket gav ett överskott på 0,5 mnkr.",
        "Antalet fall minskade från 10 till 6, det vill säga med 4 tillfällen.",
        "Antalet elever ökade från 462 till 480, alltså med 2 klasser.",
        "Intäkterna var 11,9 mnkr och kostnaderna 11,6 mnkr, ett resultat på 0,3 mnkr.",
        "Intäkter 38,4 mnkr och kostnader 38,9 mnkr, vilket ger ett underskott på 0,5 mnkr.",
        "Budgeten var 52,0 mnkr. Utfallet blev 52,3 mnkr, ett underskott på 0,3 mnkr.",
        "Budgeten var 52,0 mnkr. Lokalerna kostade 5,8 mnkr, ett underskott på 0,3 mnkr.",
        "Av 18 lärare har 15 gått kursen, och 93 procent är nöjda med den.",
        "Fjorton av 21 lärare har gått kursen, vilket motsvarar två tredjedelar.",
        "Vi gjorde 150 hembesök.\nVid 120 av mötena, 70 procent, var någon hemma.",
        "Vi gjorde 150 hembesök.\nVid 120 av besöken, 80 procent, var någon hemma.",
        "Svarsfrekvensen var 75 procent, 60 svar från 80 enkäter.",
        "Svarsfrekvensen var 75 procent, mot 60 av 100 svarande året innan.",
        "Av de 30 som cyklar dit tar åtta spårvagn ibland, sju får skjuts och 17 går hela vägen.",
        "Av de 30 medlemmarna har 20 båt, 9 har kanot och 4 har även cykel.",
        "Klubben har 14 båtar, varav sju segelbåtar, fem kanoter, en eka och en katamaran.",
        "Minst 80 % av de sju roddarna ska kunna simma.",
        "Hälften av de åtta roddarna kan simma.",
        "Vi har halverat antalet haverier, från 80 till 43.",
        "Sjöresorna har blivit kortare.\nEn sjöresa tar i snitt 35 minuter mot 37 året innan.",
        "Sjöresorna har blivit kortare.\nFler seglar: 41 gäster mot 37 året innan.",
        "Trots att kön har minskat väntade 45 roddare, jämfört med 38 förra året.",
        "Antalet fall har minskat.\nAntalet tillbud var 31, jämfört med 26 året innan.",
        "Färre roddare slutar.\nFrånvaron var 7 procent mot 6 förra året.",
        "Åtta roddare svarade.\nSvarsfrekvensen var 45 procent.",
        "Knappt hälften av de nio båtarna är nya.",
        "Sjöresorna har inte blivit kortare.\nEn sjöresa tar i snitt 41 minuter mot 37 året innan.",
    ],
)
def test_numbers_that_may_be_right_are_left_alone(text: str) -> None:
    assert doubts(text) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Enheten har 52 medarbetare.", "Idag arbetar alla. Vi har 48 medarbetare."),
        ("Sammanlagt deltog 21 elever i den egna ledarutbildningen.",) * 2,
        (
            "Vi är stolta över båtrådet som under året har samlats elva gånger.",
            "Båtrådet samlades sju gånger och leddes av tre roddare.",
        ),
        ("Vi genomförde 34 cykelturer under året.", "Under året gjordes 29 cykelturer."),
        ("Kursen i flytvästar hölls vid fem tillfällen.", "Vi har hållit kursen i flytvästar sju gånger."),
        ("Vi tog emot 23 seglare på lägret.", "Under året kom 19 seglare på lägret hos oss."),
        ("Bryggorna har erbjudit 120 timmar segling.", "Bryggorna gav 90 timmar segling."),
        ("Platsbeläggningen var 97 procent.", "Platsbeläggningen har under året varit 91 procent."),
    ],
)
def test_one_thing_told_twice_is_asked_about_with_both_places(first: str, second: str) -> None:
    found = doubts(first, second.replace("21", "24"))
    assert [(e["code"], e["source_line"], e["other_line"]) for e in found] == [("told_differs", 20, 10)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Enheten har 52 medarbetare.", "Vi har 48 medarbetare som läst kursen."),
        ("Enheten har 52 medarbetare.", "Vi har 12 vikarier."),
        ("Under T1 deltog 21 elever i ledarutbildningen.", "Under T2 deltog 24 elever i ledarutbildningen."),
        (
            "I Norrdalen deltog 21 elever i ledarutbildning.",
            "I Söderdal deltog 24 elever i ledarutbildning.",
        ),
        ("Enheten har cirka 50 medarbetare.", "Vi har 48 medarbetare."),
        (
            "I årskurs 6 klarade 74 procent alla nationella prov.",
            "I årskurs 3 klarade 81 procent alla nationella prov.",
        ),
        ("Båtrådet samlades elva gånger på Norra bryggan.", "Båtrådet samlades sju gånger på Södra bryggan."),
        ("Båtrådet samlades elva gånger.", "Cykelrådet samlades sju gånger."),
        ("Båtrådet samlades elva gånger.", "Båtrådet samlades två gånger om rep."),
        ("Fem roddare gick kursen i simning.", "Sju seglare gick kursen i simning."),
        ("Båtrådet samlades elva gånger.", "Båtrådet samlades två gånger i mars."),
        ("Vi gjorde 12 cykelturer till andra klubbar.", "Vi gjorde tre cykelturer på ön."),
        ("Vi hade 12 båtolyckor.", "Vi hade tre allvarliga båtolyckor."),
        ("Platsbeläggningen var 97 procent på natten.", "Platsbeläggningen var 91 procent."),
        ("Svarsfrekvensen var 64 procent.", "Svarsfrekvensen var 71 procent."),
        ("Tre seglare har utbildats i sjövett.", "Fem seglare har utbildats till ledare i sjövett."),
    ],
)
def test_two_things_are_not_one_told_twice(first: str, second: str) -> None:
    assert doubts(first, second) == []


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Av 44 tillfrågade svarade 6.", True),
        ("På frågan svarade 7 av 12.", True),
        ("I år har 3 av 12 tillfrågade svarat.", True),
        ("Av de 10 som svarade trivs 9.", False),
        ("Av 44 tillfrågade svarade 40.", False),
        ("Av 44 tillfrågade svarade 6 i första huset och 14 i andra.", False),
        ("Vi har pratat med 6 av 12 familjer.", False),
    ],
)
def test_a_share_that_the_answers_cannot_give(text: str, asked: bool) -> None:
    row = indicator(name_raw="Andel elever som trivs", value_raw="90 %", analysis=text)
    found = [each for each in doubts(indicators=(row,)) if each["code"] == "share_differs"]
    assert bool(found) is asked


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Skolan hade 480 elever i höstas.", "Samtliga 468 elever har en läsplan."),
        ("Vi är 52 lärare, varav 38 på heltid.", "Samtliga 57 lärare har gått brandkursen."),
        ("Vi fattade 120 beslut, varav 88 bifall och 32 avslag.", "Samtliga 26 avslag lästes av två."),
        ("Nio husmöten hölls.", "Husmöten hölls elva gånger och leddes av två boende."),
    ],
)
def test_all_of_them_are_as_many_as_there_are(first: str, second: str) -> None:
    (found,) = doubts(first, second)
    assert (found["code"], found["source_line"], found["other_line"]) == ("told_differs", 20, 10)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Skolan hade 480 elever i höstas.", "Samtliga 480 elever har en läsplan."),
        ("Skolan hade 480 elever i höstas.", "Samtliga 68 elever i årskurs 3 har en läsplan."),
        ("Skolan hade 480 elever i höstas.", "Samtliga 440 elever i paviljongen har en läsplan."),
        ("Skolan hade 480 elever i januari.", "Samtliga 468 elever har en läsplan."),
        ("Vi är 52 lärare.", "Samtliga 57 vikarier har gått brandkursen."),
        ("Vi är 48 lärare och två chefer.", "Samtliga 50 lärare har gått kursen."),
        ("Under året började 14 elever.", "Samtliga 12 elever har en plan."),
        ("Nio husmöten hölls under våren.", "Husmöten hölls elva gånger."),
        ("Nio husmöten hölls.", "Gårdsmöten hölls elva gånger."),
    ],
)
def test_all_of_another_kind_are_left_alone(first: str, second: str) -> None:
    assert doubts(first, second) == []


def test_one_indicator_with_two_outcomes_is_asked_about_once() -> None:
    name = "Andel elever som trivs"
    first = indicator(1, name_raw=name, value_raw="80 %", target_raw="79 %")
    second = indicator(
        2, name_raw=f"{name} (hela skolan)", value_raw="90 %", target_raw="79 %", place=Place(9)
    )
    (found,) = doubts(indicators=(first, second))
    assert (found["code"], found["column"], found["source_line"]) == ("indicator_twice", "value", 9)
    assert "80 % respektive 90 %" in found["message"]
    told = "Egen mätning i december, inte samma som stadens."
    assert doubts(indicators=(first, indicator(2, name_raw=name, value_raw="90 %", analysis=told))) == []
    later = indicator(2, name_raw=name, value_raw="90 %", period_raw="T2")
    assert doubts(indicators=(first, later)) == []


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        ("Enheten sköter 12 parker, 41 bänkar och 9 bryggor.", "Färgen är ny på enhetens 52 bänkar.", True),
        ("Enheten består av fyra hus med tillsammans 14 kök.", "Alla 16 kök har fått en spis.", True),
        ("Vi har 18 hästar.", "Våra 21 hästar har fått nya boxar.", True),
        ("Enheten sköter 12 parker, 41 bänkar och 9 bryggor.", "Färgen är ny på enhetens 41 bänkar.", False),
        ("Vi har 18 hästar.", "Våra 5 hästar i Norra stallet har fått nya boxar.", False),
        ("Vi har fyra hus.", "Våra två nya hus är klara.", False),
    ],
)  # fmt: skip
def test_what_the_unit_has_is_told_twice(first: str, second: str, asked: bool) -> None:
    found = [each for each in doubts(first, second) if each["code"] == "told_differs"]
    assert [(each["source_line"], each["other_line"]) for each in found] == [(20, 10)] * asked


@pytest.mark.parametrize(
    "text",
    [
        "I huset bor 18 gäster. 11 av dem går på träffarna.",
        "Andelen av budget som förbrukats är 107 %.",
        "Andelen ökade med 120 procent.",
        "Vi har 12 hus. 30 av dem som bor där är barn.",
        "Andelen är hög, 107 % av målet.",
        "Resultatet är 73, en ökning från 71.",
        "Kostnaden gick från 40 till 50 tkr, en ökning med 10 tkr.",
        "Hyra | 8 av 5 | 12 av 9 | 0",
        "Kön har minskat från 23 till 18 veckor.",
        "Båthuset har tre bryggor med nio platser vardera, totalt 27 platser.",
        "Festen kostade 1,0 mnkr, varav mat 0,4 mnkr, hyra 0,3 mnkr och musik 0,2 mnkr.",
        "Klubben fick 90 tkr netto, varav bidrag 80 tkr, avgifter 40 tkr och hyra 30 tkr.",
        "Av dem som seglar är 52 procent flickor och 48 procent pojkar.",
        "62 procent av flickorna och 48 procent av pojkarna seglar.",
        "Klubben har fyra båtar för barn mellan 6 och 12 år: Lo, Varg, Järv och Björn.",
    ],
)
def test_right_arithmetic_and_cells_of_a_table(text: str) -> None:
    assert doubts(text) == []
