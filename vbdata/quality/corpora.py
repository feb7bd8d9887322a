"""The reports that the reading is measured on, in words: what they are and who made them."""

from __future__ import annotations

from typing import NamedTuple


class Corpus(NamedTuple):
    """Reports that are measured together, with a heading and a text for docs/quality.md."""

    title: str
    about: str


CORPORA = {
    "first": Corpus(
        "Nya rapporter, första gången",
        "Arton påhittade rapporter i 50 utskrifter och texter ur ett tjugotal program, skrivna av\n"
        "någon som inte har sett läsaren, dess tester eller de andra samlingarna, och inlästa innan något\n"
        "rättades efter dem. Flera är med flit ovanliga: ett kort per indikator, ett stycke per cell,\n"
        "e-post, wiki. Så läses en rapport av ett nytt slag i en ny utskrift. Siffrorna mäts aldrig om:\n"
        "nästa gång är inte den första.",
    ),
    "second": Corpus(
        "Nya rapporter av ännu en ny hand, första gången",
        "Sexton påhittade rapporter i 61 utskrifter och texter av en annan hand, som inte heller hade sett\n"
        "läsaren, dess tester eller samlingar. Hälften har egna ord för tabellernas rubriker, målens nivåer\n"
        "och bedömningarna: det är där det mesta har fallit bort. Inte heller de här siffrorna mäts om.",
    ),
    "third": Corpus(
        "Fem påhittade städer, tre med egna ord för mallen, första gången",
        "Tio rapporter i 30 utskrifter och texter av en tredje hand. De tolv filerna i den vanliga mallens\n"
        "ord lästes till 96 procent (en cell fel, resten med besked). Av de arton med en stads egna ord för\n"
        "titel, målnivåer och kolumner lästes ingenting, och det sades. Läsaren kan alltså den här mallen,\n"
        "inte andra städers.",
    ),
    "fourth": Corpus(
        "Samma rapporter ur många program, första gången",
        "Tio påhittade rapporter i 56 utskrifter och texter av en fjärde hand, med mallens ord, ur 37\n"
        "program och arbetssätt: webbsidor ur ett intranät, kort per indikator, två sidor per ark, text\n"
        "utan kolumner. Det mesta som föll bort var fyra filer i format som inte läses och fyra texter utan\n"
        "kolumner; det som blev fel var innehållsförteckningar utan sidnummer, upprepade celler och\n"
        "tabeller utan streck.",
    ),
    "held": Corpus(
        "Rapporter av en hand som inte har sett läsaren",
        "Tre påhittade rapporter (verksamhetsberättelse, tertialrapport, plan) i 45 utskrifter och texter,\n"
        "skrivna av någon som inte har sett läsarens kod och med flit svåra: tabeller utan streck, smala\n"
        "kolumner, omkastade och okända kolumner, egna tabeller, brutna celler. De slag av fel som läsaren\n"
        "gjorde är sedan rättade med filerna framför sig: nästa svåra rapport läses sämre än så här.",
    ),
    "print": Corpus(
        "Utskrivna rapporter från andra händer",
        "Påhittade rapporter från olika slags enheter (verksamhetsberättelser och en tertialrapport),\n"
        "skrivna av andra än läsarens författare och utskrivna som PDF och Word ur ett dussin program, med\n"
        "olika tabellstilar, sidbrott och typsnitt. Samma rapport finns i många utskrifter: ett fel kan\n"
        "därför räknas många gånger. Läsaren är rättad med dem framför sig: siffran säger att det är gjort,\n"
        "inte hur nästa rapport läses.",
    ),
    "text": Corpus(
        "Textfiler från andra händer",
        "Påhittade rapporter och en plan i de verkliga rapporternas textdialekter, skrivna av andra än\n"
        "läsarens författare. Också de har läsaren rättats med.",
    ),
    "real": Corpus(
        "Verkliga rapporter, lästa för hand",
        "Läsaren är utvecklad med dem framför sig. De säger därför att den klarar just dem, och mycket lite\n"
        "om nästa.",
    ),
    "mutations": Corpus(
        "Ändrade textfiler",
        "Textfilerna med en sak ändrad i taget på ett känt sätt: kolumner i annan ordning, okända rubriker,\n"
        "andra tal, brutna rader, förväxlade benämningar. De är svårare än rapporter brukar vara.",
    ),
    "small": Corpus(
        "Minsta svåra exempel",
        "Korta påhittade filer med ett svårt ställe var, skrivna av andra. Här räknas inte celler utan vad\n"
        "en noggrann läsare väntar sig, och *rätt* är också att det som inte går att avgöra sägs.",
    ),
    "generated": Corpus(
        "Egna påhittade rapporter: ett regressionstest",
        "Rapporterna skrivs av vbdatas egen generator, av samma händer som läsaren och med de fällor som de\n"
        "kände till. De visar att det som en gång gick att läsa fortfarande går, och ingenting om andras\n"
        "rapporter.",
    ),
}
"""In the order of the page: reports from other hands first."""
