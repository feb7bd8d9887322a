"""Board goals, unit goals and activities of the invented district, by area of the council's goals."""

from __future__ import annotations

#: Board goals (nämndmål) of each area, own wording.
BOARD_GOALS: dict[str, tuple[str, ...]] = {
    "1.3": (
        "Den som behöver stöd i Björkvik-Tallåsen bestämmer själv hur, när och av vem det ges",
        "Nämndens stöd är lätt att nå, ges med respekt och anpassas när livet förändras.",
    ),
    "1.5": (
        "I stadsdelen finns kultur, idrott och föreningar inom gångavstånd för alla åldrar",
        "Nämndens hus öppnar sina lokaler för lek, musik och möten även på kvällstid",
    ),
    "2.1": ("Nämndens verksamheter halverar sitt avfall och sin elanvändning till 2030",),
    "2.2": ("Stadsdelens gårdar och kök ger livsrum åt fler arter",),
    "2.4": ("Inomhusmiljön i nämndens hus är fri från onödiga kemikalier.",),
    "3.1": ("Nämnden håller sin budget och vet i god tid när den inte gör det",),
    "3.2": ("Fler invånare i stadsdelen går från stöd till egen inkomst",),
    "3.3": ("Invånare med stödinsatser bor kvar i ett hem som de trivs i",),
    "3.4": ("Nämnden är en arbetsplats där medarbetare vill börja, stanna och utvecklas",),
    "3.5": ("Nämndens viktigaste tjänster fungerar även vid strömavbrott, oväder och it-stopp",),
    "3.6": ("Nämnden förebygger brott, bedrägerier och otrygghet tillsammans med invånarna",),
    "3.7": ("Nämndens beslut är begripliga, jämlika och öppna för insyn",),
}
#: Unit goals (enhetsmål) of each area, own wording; {unit} is the writing unit.
UNIT_GOALS: dict[str, tuple[str, ...]] = {
    "1.3": (
        "Varje person planerar sin vecka tillsammans med sin stödperson",
        "Stödet dokumenteras så att den det gäller förstår och kan ändra i texten",
        "Ingen behöver berätta samma sak två gånger",
    ),
    "1.5": ("Alla som vill har minst en aktivitet i veckan utanför huset",),
    "2.1": ("{unit} minskar sitt matsvinn och sina transporter",),
    "2.2": ("Andelen ekologiska varor i våra kök ökar",),
    "2.4": ("Städskåpen innehåller bara märkta produkter",),
    "3.1": ("Ekonomin är i balans och alla medarbetare känner till läget",),
    "3.2": ("Fler provar på ett arbete på den öppna marknaden",),
    "3.3": ("Alla hyresgäster har en bra kontakt med sin värd",),
    "3.4": (
        "Arbetsgrupperna har ett hållbart schema och god introduktion",
        "Sjukfrånvaron sjunker genom tidiga samtal",
    ),
    "3.5": ("{unit} klarar tre dygn utan ström med bibehållen omsorg",),
    "3.6": ("Medarbetarna känner igen försök till bedrägeri och vet vad de ska göra",),
    "3.7": ("Husråden får svar på sina förslag inom fyra veckor",),
}
#: Activities under board goals, own wording.
ACTIVITIES: dict[str, tuple[str, ...]] = {
    "1.3": (
        "Nämnden prövar stödplaner med bilder i samtliga hus",
        "Nämndens enheter bjuder in anhöriga till två öppna kvällar per år",
        "Nämnden inför en gemensam rutin för överlämning mellan dag och natt.",
        "Samordnare för delaktighet utses i varje hus",
    ),
    "1.5": (
        "Nämnden öppnar idrottshallen för stödgrupper på lördagar",
        "Enheterna utser kulturvärdar och ger dem tid, mandat och en liten egen budget",
    ),
    "2.1": (
        "Nämndens chefer går stadens grundkurs i klimatsmarta inköp",
        "Nämnden byter ut engångsartiklar i kök och tvättstugor",
    ),
    "2.2": ("Nämnden anlägger ängsytor vid tre av sina hus",),
    "2.4": ("Nämnden inventerar kemikalier och fasar ut de femton mest riskfyllda produkterna.",),
    "3.1": ("Nämnden inför månadsbokslut för alla enheter",),
    "3.2": ("Nämnden tecknar avtal om praktikplatser med tio lokala arbetsgivare",),
    "3.3": ("Nämnden ordnar bosamtal tillsammans med de kommunala värdarna",),
    "3.4": (
        "Nämnden utbildar samtliga skyddsombud och chefer tillsammans",
        "Nämnden ser över schemamodeller, raster och återhämtning i nattarbete",
        "Nämnden inför fadderskap för nyanställda.",
    ),
    "3.5": (
        "Nämndens hus övar strömavbrott en gång per år",
        "Nämnden uppdaterar telefonlistor och nycklar i samtliga hus",
    ),
    "3.6": ("Nämnden ordnar föreläsningar om bedrägerier för medarbetare och brukare",),
    "3.7": ("Nämnden översätter sina viktigaste broschyrer till lättläst svenska",),
}
#: Indicators (vocabulary ids) of each area, at the level that prints them.
INDICATORS: dict[str, dict[str, tuple[str, ...]]] = {
    "1.3": {
        "area": (
            "ej_upplever_diskriminering_lss",
            "nojd_med_insats_lss",
            "val_bemott_lss",
            "paverka_insats_lss",
            "trygghet_lss_boende",
        ),
        "unit": ("paverka_insats_enhet",),
    },
    "2.1": {"area": ("klimatpaverkan_livsmedel",), "board": ("utfasade_tvattlappar",)},
    "2.2": {"area": ("ekologiska_livsmedel",)},
    "3.4": {
        "area": (
            "aktivt_medskapandeindex",
            "heltidsanstallningar_lss",
            "timavlonade_lss",
            "sjukfranvaro",
            "sjukfranvaro_dag_1_14",
        )
    },
    "3.6": {"board": ("barn_delaktiga_utredning",)},
}
#: Where an indicator's outcomes lie: (lowest, highest, decimals, target, council's target).
RANGES: dict[str, tuple[float, float, int, str, str]] = {
    "ej_upplever_diskriminering_lss": (70, 98, 0, "94 %", "Tas fram av nämnd"),
    "nojd_med_insats_lss": (66, 96, 0, "85 %", "80 %"),
    "val_bemott_lss": (78, 99, 1, "90 %", "90 %"),
    "paverka_insats_lss": (64, 97, 1, "80 %", "80 %"),
    "trygghet_lss_boende": (72, 99, 0, "90 %", "öka"),
    "paverka_insats_enhet": (60, 100, 0, "80 %", ""),
    "barn_delaktiga_utredning": (55, 100, 0, "95 %", "100 %"),
    "utfasade_tvattlappar": (60, 100, 0, "90 %", ""),
    "ekologiska_livsmedel": (38, 78, 2, "70 %", "70 %"),
    "klimatpaverkan_livsmedel": (1.1, 2.3, 2, "1,6", "1,5"),
    "aktivt_medskapandeindex": (70, 90, 0, "83", "83"),
    "heltidsanstallningar_lss": (82, 99, 0, "90 %", "öka"),
    "timavlonade_lss": (8, 24, 1, "19 %", "minska"),
    "sjukfranvaro": (4.5, 11.5, 1, "8,5 %", "Tas fram av nämnd/styrelse"),
    "sjukfranvaro_dag_1_14": (1.8, 4.2, 1, "2,9 %", "Tas fram av nämnd/styrelse"),
}
#: Indicators that are reported every four months: their period is "VB 2025", in plans "Tertial".
FOUR_MONTHLY = frozenset({"utfasade_tvattlappar", "timavlonade_lss", "sjukfranvaro", "sjukfranvaro_dag_1_14"})
#: Indicators that are given for men and women too, at times.
BY_GENDER = frozenset({"sjukfranvaro", "sjukfranvaro_dag_1_14", "nojd_med_insats_lss", "val_bemott_lss"})
