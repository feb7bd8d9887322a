"""Expected results of all, of none, of how often and of which way, beside sentences of how it went."""

from __future__ import annotations

import pytest

from vbdata.validate.aims import opposed


@pytest.mark.parametrize(
    ("expected", "said", "asked"),
    [
        # all of a kind
        ("Alla planer har ett mål.", "I 14 av 30 planer saknas mål.", True),
        ("Alla elever har en mentor.", "Tre av 25 elever har ingen mentor.", True),
        ("Samtliga lokaler har larm.", "Larm saknas i två av elva lokaler.", True),
        ("Alla medarbetare har gått kursen.", "Fyra av 18 medarbetare har inte gått kursen.", True),
        ("Varje båt har en flytväst.", "I sex av nio båtar saknades flytväst.", True),
        ("Alla planer har ett mål.", "12 av 40 planer blev inte klara i tid.", False),
        ("Varje boende har en kontaktperson.", "Alla 12 boende har en kontaktperson.", False),
        # none of them
        ("Ingen elev saknar plats.", "Två elever saknar plats.", True),
        ("Inga fall inträffar på natten.", "Fem fall inträffade på natten.", True),
        ("Inga klagomål på städningen.", "Nio klagomål på städningen kom in.", True),
        ("Ingen medarbetare slutar av stress.", "Sex medarbetare har slutat av stress.", True),
        ("Ingen har avgifter som vi inte känner till.", "Fyra gäster har fått avgifter.", True),
        ("Ingen hyresgäst har skulder.", "Tre hyresgäster har flyttat.", False),
        ("Inga fall inträffar på natten.", "Fem fall inträffade på dagen.", False),
        ("Inget barn står utan plats.", "Sju barn hade plats.", False),
        ("Ingen elev saknar plats.", "Två elever saknade plats men har det nu.", False),
        ("Ingen hyresgäst har skulder.", "I januari hade tre hyresgäster skulder.", False),
        # how often
        ("Rådet möts varje månad.", "Rådet har mötts tre gånger under året.", True),
        ("Brandövning hålls varje kvartal.", "En brandövning hölls två gånger under året.", True),
        ("Husmöten hålls varje vecka.", "Husmöten har hållits åtta gånger.", True),
        ("Kontaktmöten ges varje månad.", "Kontaktmöten har getts fem gånger under året.", True),
        ("Sopningen görs varje vecka.", "Sopningen gjordes tolv gånger under året.", True),
        ("Rådet möts varje månad.", "Rådet har mötts elva gånger under året.", False),
        ("Rådet möts varje månad.", "Rådet mötte chefen två gånger i veckan.", False),
        # which way
        ("Färre byten av personal.", "Antalet byten av personal har ökat.", True),
        ("Matsvinnet minskar.", "Matsvinnet har ökat något.", True),
        ("Fler besök av anhöriga.", "Antalet besök av anhöriga har minskat.", True),
        ("Kortare väntan.", "Väntan blev längre.", True),
        ("Fler utflykter.", "Antalet utflykter har minskat från 20 till 8.", True),
        ("Matsvinnet minskar.", "Kostnaden har ökat.", False),
        ("Färre klagomål på maten.", "Klagomål på städningen har ökat.", False),
    ],
)  # fmt: skip
def test_a_sentence_that_says_the_opposite_outright(expected: str, said: str, asked: bool) -> None:
    assert opposed(expected, said, 2025) is asked
