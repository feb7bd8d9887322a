"""Swedish sentences of the invented reports, put together by rule so that no two reports read the same."""

from __future__ import annotations

from random import Random

#: Words that differ with the type of unit.
WORDS: dict[str, dict[str, str]] = {
    "home": {"people": "de boende", "person": "den boende", "house": "bostaden", "work": "stödet i hemmet"},
    "day": {"people": "deltagarna", "person": "deltagaren", "house": "verkstaden", "work": "arbetsdagen"},
    "support": {"people": "hyresgästerna", "person": "hyresgästen", "house": "teamet", "work": "hembesöken"},
    "short_stay": {
        "people": "barnen",
        "person": "barnet",
        "house": "korttidshemmet",
        "work": "helgvistelserna",
    },
}

#: What an area is about: things done, and what came of them.
TOPICS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "1.3": (
        (
            "veckobladet med bilder",
            "en egen dörrskylt med namn och foto",
            "samtalskort på tre nivåer",
            "en stödplan som ryms på ett uppslag",
            "husmöten med roterande ordförande",
            "en önskelåda i hallen",
        ),
        (
            "fler egna val vid frukosten",
            "lugnare byten mellan passen",
            "färre missade läkartider",
            "tydligare besked om vem som kommer",
            "att fler vågar säga nej",
            "kortare väntan på svar",
        ),
    ),
    "1.5": (
        (
            "torsdagskören",
            "fiske från bryggan",
            "boule på grusplanen",
            "lånekort till instrumentförrådet",
            "bio med textning och ljus i salen",
            "en dansbana i matsalen",
        ),
        (
            "nya bekantskaper över kvartersgränsen",
            "mer rörelse i vardagen",
            "ett eget skåp i idrottshallen",
            "två utställningar med egna tavlor",
            "att kvällarna fylls av annat än skärm",
        ),
    ),
    "2.1": (
        (
            "elcykeln med flak",
            "en lista över vad som drar ström om natten",
            "tvätt på låg temperatur",
            "linser och rotfrukter i stället för färs",
            "lagningsdag för möbler",
            "samåkning till inköpen",
        ),
        (
            "lägre elräkning i tvättstugan",
            "halverat antal varutransporter",
            "mindre matrester i kärlet",
            "färre nyköpta stolar",
            "en tom hylla i förrådet för engångsmaterial",
        ),
    ),
    "2.2": (
        (
            "pallkragar med salladslök",
            "en ängsremsa längs staketet",
            "fågelholkar av spillvirke",
            "ekologiskt kaffe i alla kök",
            "kompost på bakgården",
        ),
        (
            "humlor redan i april",
            "större andel märkta varor på fakturan",
            "ett grönsaksland som sköts av egna händer",
            "att köksgruppen väljer varor själv",
        ),
    ),
    "2.4": (
        (
            "parfymfria medel i städskrubben",
            "utrensning av gamla plastlådor",
            "en pärm för varuinformation",
            "mikrofiberdukar i stället för sprej",
        ),
        (
            "färre flaskor under diskbänken",
            "friskare luft i tvättstugan",
            "att alla vet var säkerhetsbladen står",
        ),
    ),
    "3.1": (
        (
            "månadsvis genomgång av fakturorna",
            "ett gemensamt schema för vikarier",
            "tätare kontakt med ekonomen",
            "byte av leverantör för larm",
        ),
        ("ett resultat nära noll", "färre dyra inhopp med kort varsel", "säkrare prognoser efter sommaren"),
    ),
    "3.2": (
        (
            "provapådagar på bilverkstaden",
            "en egen cv-mapp",
            "praktik i blomsterhandeln",
            "intervjuträning i par",
        ),
        ("tre nya praktikplatser", "en timanställning på biblioteket", "större tilltro till egna kunskaper"),
    ),
    "3.3": (
        ("visningslägenheten på bottenplan", "hjälp att läsa hyresavin", "bosamtal en gång i kvartalet"),
        ("inga störningsärenden efter påsk", "två flyttar till eget kontrakt", "hyror betalda i tid"),
    ),
    "3.4": (
        (
            "kollegialt stöd i par",
            "tysta timmar för dokumentation",
            "promenadmöten",
            "en introduktionsvecka med loggbok",
            "önskeschema med ramar",
            "återhämtning inlagd i årsplaneringen",
        ),
        (
            "färre byten av pass",
            "kortare sjukperioder under hösten",
            "fler som söker sig hit på rekommendation",
            "att nya kollegor stannar",
        ),
    ),
    "3.5": (
        (
            "vattendunkar i källaren",
            "en telefonkedja på papper",
            "strömlös middag som övning",
            "batteriradio på varje plan",
        ),
        (
            "att nattpasset hittar ficklamporna",
            "rutiner som håller när nätet ligger nere",
            "lugn under stormen i mars",
        ),
    ),
    "3.6": (
        (
            "bättre belysning vid cykelstället",
            "genomgång av fullmakter",
            "samtal om lurendrejeri på nätet",
            "kontroll av inköpskvitton",
        ),
        ("färre obehagliga samtal", "att misstänkta fakturor stoppas", "en gemensam syn på gåvor"),
    ),
    "3.7": (
        ("lättläst dagordning", "val av husråd med röstsedlar", "information på sex språk"),
        (
            "högre deltagande i husrådet",
            "förslag som leder till beslut",
            "jämnare talartid mellan kvinnor och män",
        ),
    ),
}

_OPENINGS = (
    "{When_up} har {place} arbetat med {thing}, och {people} märker nu {effect}.",
    "{Place} började {when} med {thing}; efter några veckor syntes {effect}.",
    "Erfarenheten från {place} är att {thing} ger {effect}, även om det tog längre tid än väntat.",
    "När {people} själva fick välja blev det {thing}, vilket gav {effect}.",
    "{Thing_up} infördes {when} på {place} och har sedan dess gett {effect}.",
    "På {place} ledde samtalen med {people} fram till {thing} och därefter {effect}.",
    "Kollegor från {place} visade {thing} för de andra, och {when} kunde {house} räkna in {effect}.",
)
_MIDDLES = (
    "{number} av {total} medarbetare har varit med i arbetet från start.",
    "En genomgång {when} visade att {number} moment av {total} fungerar som det är tänkt.",
    "Det som återstår är att få {work} att hänga ihop även under ledigheter.",
    "Ett hinder har varit trånga lokaler, ett annat att flera slutade samtidigt {when}.",
    "Anhöriga har hört av sig {number} gånger med förslag, och de flesta har gått att ordna.",
    "Stödet beskrivs i {person_gen} pärm med bilder, korta meningar och en rad för egna tankar.",
    "Vi har valt att gå långsamt fram hellre än att lägga om allt på en gång.",
    "Fördelningen mellan kvinnor och män har följts {when} utan att någon skillnad har setts.",
    "{Place} och {place2} har bytt erfarenheter under {number} eftermiddagar.",
    "Samordnaren skriver ned vad som sägs och hänger upp det bredvid kaffebryggaren.",
    "Det finns ett tydligt samband mellan lugna morgnar och hur {people} orkar resten av dagen.",
    "Av de {total} frågor som ställdes i den egna mätningen besvarades {number} mer positivt än sist.",
)
_ENDINGS = (
    "Arbetet fortsätter nästa år med {thing2}.",
    "Nästa steg är {thing2} tillsammans med {people}.",
    "Lärdomarna tas med när planen för kommande år skrivs.",
    "Ansvaret ligger på samordnaren, som återkopplar till ledningen varje kvartal.",
    "Om resultatet håller i sig blir {thing2} en stående del av {work}.",
    "Husrådet har bett att få {thing2} redan till våren.",
)
_WHENS = (
    "i våras",
    "i höstas",
    "under senvintern",
    "under sommaren",
    "mot årets slut",
    "i februari",
    "i oktober",
    "i maj",
)

_PLANS = (
    "Vi börjar med {thing} på {place} och breddar sedan till {place2}.",
    "Varje {person} erbjuds ett samtal där {thing} provas i lugn takt.",
    "{Thing_up} läggs in i årshjulet och följs av en kort avstämning per månad.",
    "Målet är {effect}, och vägen dit går via {thing}.",
    "Två medarbetare på {place} får tid avsatt för {thing}.",
    "För att nå {effect} behöver {work} planeras om.",
)
_CHECKS = (
    "Samordnaren räknar av {number} gånger om året och skriver en rad i dagboken.",
    "Resultatet tas upp på arbetsplatsträffen och i samtalen med {people}.",
    "Ledningen gör stickprov på {number} ställen och ger besked inom en vecka.",
)
_MEANS = (
    "Befintlig bemanning räcker, med {number} timmar i veckan öronmärkta för uppgiften.",
    "Kostnaden ryms i ramen; material för {thing} köps via stadens avtal.",
)
_EXPECTED = (
    "Fler av {people} får {effect}.",
    "{Place} har infört {thing} före årets slut.",
    "Det syns i mätningen att arbetet ger {effect}.",
    "Varje {person} har erbjudits {thing}.",
    "{Effect_up} kan visas på minst två ställen.",
)
_DESCRIPTIONS = (
    "Nämnden vill se {effect} och prioriterar därför {thing} i flera av sina enheter.",
    "Inriktningen bygger på {thing}, i nära samtal med dem som berörs.",
    "För nämnden handlar målet ytterst om {effect}, inte om enstaka insatser.",
    "Medel för {thing} fördelas {when}, och enheterna söker tillsammans.",
    "Nämnden samlar goda exempel, bland annat {thing}, och delar dem mellan stadsdelens hus.",
)
_SUMMARIES = (
    "{Unit} har haft ett år präglat av {thing} och {thing2}.",
    "Sammantaget gick {number} av årets {total} planerade insatser att slutföra i tid.",
    "{People_up} har fått större plats i planeringen, vilket gett {effect}.",
    "Ledningen på {place} byttes {when}, och överlämningen tog mer kraft än beräknat.",
    "Det mest glädjande är {effect}, som många hade slutat hoppas på.",
    "Svårast har varit att hinna med {thing2} vid sidan av {work}.",
    "Samarbetet mellan {place} och {place2} har fördjupats genom {thing}.",
)
_ECONOMY = (
    "Årets resultat blev ett underskott på {number} tusen kronor, främst på grund av inhopp med kort varsel.",
    "Utfallet landade {number} tusen kronor bättre än prognosen i augusti.",
    "Hyreskostnaden för {place} steg {when}, medan livsmedel låg kvar på samma nivå.",
    "{Unit} går in i nästa år med en försiktig budget och en buffert för {thing}.",
    "Intäkterna följer antalet platser; {number} av {total} var belagda i snitt.",
)
_QUALITY = (
    "Alla avvikelser läses av två personer och tas upp på nästa teammöte.",
    "Mönstret i årets händelser pekar mot överlämningar vid helg, inte mot enskilda medarbetare.",
    "{Place} har infört en kort checklista efter {number} snarlika händelser.",
    "Synpunkter från {people} kommer oftast muntligt, så vi skriver ned dem på plats.",
    "En granskning {when} ledde till att nyckelskåpet flyttades och att {thing} prioriterades.",
    "Beröm sparas och läses upp på avslutningen före sommaren.",
)
_AGENDA = (
    "Arbetet med hållbarhet märks i {thing} och i {thing2}, snarare än i särskilda projekt.",
    "Jämlikhet för oss är att {people} har samma möjlighet att påverka {work} som alla andra.",
)
_COMPETENCE = (
    "{number} medarbetare har läst en kurs i tydligare kommunikation {when}.",
    "Reflektionsgrupper leds av en kollega från {place} och har träffats {number} gånger.",
    "Nya vikarier går bredvid i {number} pass innan de arbetar på egen hand.",
    "Handledare utifrån har hjälpt {place} att reda ut roller efter sommaren.",
)
_PARTICIPATION = (
    "Utkastet till texten gick runt bland medarbetarna {when}, och {number} förslag togs in.",
    "Varje arbetsgrupp på {place} har skrivit sina egna stycken, som sedan vävdes samman.",
)
_ROW_ANALYSES = (
    "Underlaget är litet och värdet ska läsas med försiktighet.",
    "Utfallet förklaras av {thing} på {place}, som drog ut på tiden {when}.",
    "Jämfört med i fjol märks {effect}, särskilt på {place}.",
    "Nivån är väntad; {thing} ger effekt först nästa år.",
    "Insatsen är genomförd på {place} och påbörjad på {place2}.",
    "Arbetet pågår enligt plan och {number} av {total} har deltagit hittills.",
)
#: How many answered a survey, in the analysis of one of its indicators. `rate` is in whole per cent.
ANSWERS = (
    "Värdet bygger på {n} svar av {asked} möjliga och ska läsas med försiktighet.",
    "{n} av {asked} svarade på årets undersökning.",
    "Av {asked} tillfrågade har {n} svarat.",
    "{n} personer har svarat, svarsfrekvens {rate} %.",
)
#: Wording of the form's own help text, left in by mistake.
INSTRUCTIONS = (
    "Skriv här: redogör kort för vad enheten har gjort, hämta siffror ur systemet innan rutan låses.",
    "[Hjälptext: ta bort denna ruta före inlämning. Högst 2 000 tecken. Ange belopp i tusental kronor.]",
)
POOLS: dict[str, tuple[tuple[str, ...], ...]] = {
    "summary": (_SUMMARIES, _OPENINGS, _MIDDLES),
    "introduction": (_SUMMARIES, _PLANS, _MIDDLES),
    "quality_development": (_OPENINGS, _MIDDLES, _ENDINGS),
    "competence": (_COMPETENCE, _MIDDLES),
    "participation": (_PARTICIPATION, _MIDDLES),
    "description": (_DESCRIPTIONS,),
    "expected_result": (_EXPECTED,),
    "analysis": (_OPENINGS, _MIDDLES, _ENDINGS),
    "method": (_PLANS, _MIDDLES, _ENDINGS),
    "resources": (_MEANS,),
    "follow_up": (_CHECKS,),
    "economy_analysis": (_ECONOMY,),
    "budget": (_ECONOMY,),
    "investments": (_MEANS,),
    "quality": (_QUALITY, _MIDDLES),
    "agenda_2030": (_AGENDA,),
    "other": (_ENDINGS,),
    "row": (_ROW_ANALYSES,),
}


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


class Prose:
    """Sentences of one report: `Prose(rng, unit_name, type, places).paragraphs("analysis", "1.3", 2)`."""

    def __init__(self, rng: Random, unit_name: str, unit_type: str, places: tuple[str, ...]) -> None:
        self._rng = rng
        self._unit = unit_name
        self._words = WORDS[unit_type]
        self._places = places

    def sentence(self, section: str, area: str | None = None) -> str:
        """One sentence for a section, about an area of the council's goals (any, if none is given)."""
        pool = self._rng.choice(POOLS[section])
        return self._fill(self._rng.choice(pool), area)

    def sentences(self, section: str, area: str | None, count: int) -> str:
        """Some sentences in a row, opening with the section's first pool; no template twice in a row."""
        templates: list[str] = []
        pools = POOLS[section]
        while len(templates) < count:
            pool = pools[0] if not templates else self._rng.choice(pools)
            template = self._rng.choice(pool)
            if template not in templates or len(pool) <= len(templates):
                templates.append(template)
        return " ".join(self._fill(template, area) for template in templates)

    def paragraphs(self, section: str, area: str | None, count: int, longest: int = 6) -> str:
        """Paragraphs of two to `longest` sentences, with line breaks between them."""
        return "\n".join(
            self.sentences(section, area, self._rng.randint(2, max(2, longest))) for _ in range(count)
        )

    def _fill(self, template: str, area: str | None) -> str:
        things, effects = TOPICS[area or self._rng.choice(sorted(TOPICS))]
        thing, thing2 = self._two(things)
        place, place2 = self._two(self._places)
        effect = self._rng.choice(effects)
        total = self._rng.randint(9, 48)
        when = self._rng.choice(_WHENS)
        filled = template.format(
            thing=thing,
            thing2=thing2,
            Thing_up=_upper(thing),
            place=place,
            Place=place,
            place2=place2,
            effect=effect,
            Effect_up=_upper(effect),
            when=when,
            When_up=_upper(when),
            unit=self._unit,
            Unit=self._unit,
            number=self._rng.randint(2, total - 1),
            total=total,
            people=self._words["people"],
            People_up=_upper(self._words["people"]),
            person=self._words["person"].split()[-1],
            person_gen=f"{self._words['person']}s",
            house=self._words["house"],
            work=self._words["work"],
        )
        return _upper(filled)

    def _two(self, options: tuple[str, ...]) -> tuple[str, str]:
        if len(options) == 1:
            return options[0], options[0]
        first, second = self._rng.sample(options, 2)
        return first, second
