"""One pandera schema per table of data/processed/: the single source of truth for its columns.

Types, Swedish titles and descriptions, units and codes stand here and nowhere else; the data
dictionary is generated from these schemas, and `store` refuses a frame that does not keep to them.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa

from vbdata.schema.build import (
    code,
    date,
    goal_id,
    number,
    position,
    report_id,
    row_id,
    schema,
    sentence_lines,
    source,
    text,
    truth,
    whole,
)

KINDS = ("VB", "VP", "T1", "T2")
FORMATS = ("txt", "md", "html", "pdf", "docx")
LEVELS = ("direction", "area", "board", "unit")
STATUSES = ("met", "partly_met", "not_met", "no_data")
STATUS_SOURCES = ("words", "icon")
TARGET_RULES = ("number", "increase", "decrease", "set_by_board")
BETTER = ("higher", "lower")
ATTAINMENTS = ("met", "not_met")
PERIODS = ("T1", "T2", "VB", "total")
HIDDEN = "dold"
"""Text of a cell whose number is suppressed (`analyse.disclosure`): neither blank nor zero."""
SEVERITIES = ("info", "warning", "error")
LOG_STATUSES = ("ok", "partial", "failed", "skipped")

ROLES = (
    "level", "change", "part", "whole", "share", "target", "previous", "respondents", "rank", "other",
)  # fmt: skip
DIRECTIONS = ("up", "down")
RELATIONS = ("agrees", "differs", "sum_of", "part_of", "from_to")


def _values() -> dict[str, pa.Column]:
    names = {
        "value": ("Utfall", "Periodens utfall."),
        "value_men": ("Utfall män/pojkar", "Periodens utfall för män och pojkar."),
        "value_women": ("Utfall kvinnor/flickor", "Periodens utfall för kvinnor och flickor."),
        "value_previous": ("Utfall förra året", "Utfallet i förra årets verksamhetsberättelse."),
        "target": ("Årsmål", "Enhetens eget årsmål."),
        "council_target": ("KF:s årsmål", "Kommunfullmäktiges årsmål."),
    }
    columns: dict[str, pa.Column] = {}
    for name, (title, description) in names.items():
        columns[name] = number(title, f"{description} Talet; måttenheten står i measure_unit.")
        columns[f"{name}_raw"] = text(f"{title}, ordagrant", "Cellens text som den står i dokumentet.")
        if name.endswith("target"):
            columns[f"{name}_rule"] = code(
                TARGET_RULES,
                f"{title}, slag",
                "number: ett tal; increase: öka; decrease: minska; "
                "set_by_board: tas fram av nämnd/styrelse; saknas om cellen är tom.",
            )
    return columns


_ALL = (
    schema(
        "reports",
        "Rapporter",
        "En rad per inläst dokument.",
        ["report_id"],
        {
            "report_id": text(
                "Rapport", "{år}-{typ}-{enhet} med små bokstäver; senare version får -v2.", required=True
            ),
            "source": text("Fil", "Filens sökväg, relativt mappen med råfiler.", required=True),
            "sha256": text("Kontrollsumma", "SHA-256 av filens innehåll.", required=True),
            "format": code(FORMATS, "Format", "Filens format.", required=True),
            "kind": code(
                KINDS,
                "Typ",
                "VB: verksamhetsberättelse; VP: verksamhetsplan; T1, T2: tertialrapport.",
                required=True,
            ),
            "year": whole("År", "Året som rapporten handlar om.", required=True),
            "unit_id": text("Enhets-id", "Enhetens id i enhetsregistret.", required=True),
            "unit_name": text("Enhet", "Enhetens namn som rapportens titel anger det.", required=True),
            "title_raw": text("Titel, ordagrant", "Titeln som den står på omslaget."),
            "board": text("Nämnd", "Nämnden som rapporten är ställd till, där omslaget anger den."),
            "dnr": text("Diarienummer", "Diarienumret utan ordet dnr."),
            "date": date("Datum", "Omslagets datum."),
            "template": text(
                "Blankett", "Året för blanketten för synpunkter och klagomål; saknas utan blankett."
            ),
            "pages": whole("Sidor", "Antal sidor; saknas där formatet inte har sidor.", unit="sidor"),
        },
    ),
    schema(
        "goals",
        "Mål",
        "En rad per målrubrik i rapportens text (inte innehållsförteckningen).",
        ["goal_id"],
        {
            "report_id": report_id(),
            "goal_id": text("Mål", "{report_id}/g{ordning}.", required=True),
            "parent_goal_id": text(
                "Överordnat mål", "Närmaste rubrik ovanför på högre nivå; saknas för inriktningsmål."
            ),
            "position": position(),
            "level": code(
                LEVELS,
                "Nivå",
                "direction: KF:s inriktningsmål; area: KF:s mål för verksamhetsområdet; board: nämndmål; unit: enhetsmål. Nivåer läggs aldrig ihop.",
                required=True,
            ),
            "code": text("Nummer", "Målets nummer, till exempel 2.4; saknas för nämndmål och enhetsmål."),
            "title": text("Mål", "Målets text, rättad mot vokabulären, utan nummer.", required=True),
            "title_raw": text("Mål, ordagrant", "Målets text som den står i dokumentet."),
            "status": code(
                STATUSES,
                "Bedömning",
                "met: uppfylls helt; partly_met: uppfylls delvis; not_met: uppfylls inte; no_data: inga data eller ingen; saknas där rapporten inte anger någon (planer).",
            ),
            "status_raw": text("Bedömning, ordagrant", "Bedömningens ord som de står i dokumentet."),
            "status_source": code(
                STATUS_SOURCES, "Bedömningens källa", "words: läst som ord; icon: läst som färg på symbolen."
            ),
            **source(),
        },
    ),
    schema(
        "indicators",
        "Indikatorer",
        "En rad per indikatorrad.",
        ["row_id"],
        {
            "report_id": report_id(),
            "row_id": row_id("indikatorraden"),
            "goal_id": goal_id(),
            "position": position(),
            "indicator_id": text(
                "Indikator-id", "Indikatorns id i vokabulären; samma i alla rapporter.", required=True
            ),
            "name": text("Indikator", "Indikatorns namn, rättat mot vokabulären.", required=True),
            "name_raw": text("Indikator, ordagrant", "Namnet som det står i dokumentet."),
            "measure_unit": text("Måttenhet", "%, index, kg CO2e/kg med flera; saknas där den inte är känd."),
            **_values(),
            "period": text("Period", "Som den står: 2025, VB 2025; i planer År eller Tertial."),
            "better": code(
                BETTER,
                "Riktning",
                "higher: högre är bättre; lower: lägre är bättre. Vokabulärens tolkning; saknas för okänd indikator.",
            ),
            "attainment": code(
                ATTAINMENTS,
                "Når årsmålet",
                "met eller not_met: utfallet mot enhetens årsmål; saknas där inget tal kan jämföras.",
            ),
            "gap": number("Avstånd till årsmålet", "Utfall minus årsmål, med tecken så att plus är bättre."),
            "disowned": truth(
                "Förbehåll",
                "Rapportens egen text säger att utfallet inte går att lita på, använda eller jämföra.",
            ),
            "analysis": text("Analys", "Radens analystext."),
            "sentence_lines": sentence_lines(),
            **source(),
        },
    ),
    schema(
        "activities",
        "Aktiviteter",
        "En rad per aktivitetsrad.",
        ["row_id"],
        {
            "report_id": report_id(),
            "row_id": row_id("aktivitetsraden"),
            "goal_id": goal_id(),
            "position": position(),
            "title": text("Aktivitet", "Aktivitetens namn.", required=True),
            "title_raw": text("Aktivitet, ordagrant", "Namnet som det står i dokumentet."),
            "start": date("Startdatum", "Aktivitetens första dag."),
            "start_raw": text("Startdatum, ordagrant", "Cellens text."),
            "end": date("Slutdatum", "Aktivitetens sista dag."),
            "end_raw": text("Slutdatum, ordagrant", "Cellens text."),
            "deviation": truth(
                "Avvikelse", "Cellen Avvikelse är markerad; saknas där den inte går att läsa."
            ),
            "completed": truth("Klar", "Aktiviteten är bockad som klar; saknas där ingen bock kan läsas."),
            "analysis": text("Analys", "Radens analystext."),
            "sentence_lines": sentence_lines(),
            **source(),
        },
    ),
    schema(
        "complaints",
        "Synpunkter och klagomål",
        "En rad per kategori och period i blanketten. Blankettens frågor (facet) räknar samma händelser på olika sätt och summeras aldrig ihop.",
        ["row_id"],
        {
            "report_id": report_id(),
            "row_id": row_id("kategorin och perioden"),
            "position": whole("Ordning", "Kategoriradens ordning i blanketten, från 1.", required=True),
            "template": text("Blankett", "Blankettens år.", required=True),
            "facet": text(
                "Fråga", "Kod för frågan som kategorin svarar på (facets.csv); saknas för okänd grupp."
            ),
            "group": text("Grupp", "Blankettens grupp, rättad mot vokabulären.", required=True),
            "group_raw": text("Grupp, ordagrant", "Gruppen som den står i dokumentet."),
            "category": text("Kategori", "Kategorin, rättad mot vokabulären.", required=True),
            "category_raw": text("Kategori, ordagrant", "Kategorin som den står i dokumentet."),
            "concept": text(
                "Begrepp", "Samma begrepp i blanketterna 2023 och 2025; saknas där de inte går att jämföra."
            ),
            "period": code(
                PERIODS,
                "Period",
                "T1, T2, VB: tertialens antal; total: summan. VB är sista periodens tillskott, inte året.",
                required=True,
            ),
            "count": whole("Antal", "Antalet; saknas där cellen är tom. Tom är inte noll.", unit="ärenden"),
            "count_raw": text(
                "Antal, ordagrant",
                "Cellens text; ”oläst” där filens text inte visar i vilken ruta ett antal står.",
            ),
            "comment": text("Kommentar", "Radens bedömning och planerade åtgärder."),
            **source(),
        },
    ),
    schema(
        "passages",
        "Löpande text",
        "En rad per stycke löpande text under en rubrik.",
        ["row_id"],
        {
            "report_id": report_id(),
            "row_id": row_id("stycket"),
            "goal_id": goal_id(),
            "position": position(),
            "section": text("Avsnitt", "Avsnittets kod i vokabulären; saknas för okänd rubrik."),
            "heading": text("Rubrik", "Rubriken som den står i dokumentet."),
            "text": text("Text", "Texten, med radbrytningar mellan stycken.", required=True),
            "sentence_lines": sentence_lines(),
            **source(),
        },
    ),
    schema(
        "quantities",
        "Tal i texten",
        "En rad per tal som löpande text, en analys eller en kommentar anger. Datum, paragrafer, nummer i listor och namn med siffror är inga tal.",
        ["row_id"],
        {
            "report_id": report_id(),
            "row_id": row_id("talet"),
            "goal_id": goal_id(),
            "position": position(),
            "text_table": text("Textens tabell", "Tabellen med texten som talet står i.", required=True),
            "text_row_id": text("Textens rad", "Raden med texten som talet står i.", required=True),
            "sentence": text("Mening", "Meningen, ordagrant.", required=True),
            "value": number("Tal", "Talet; tkr och mnkr är omräknade till kr.", required=True),
            "value_raw": text("Tal, ordagrant", "Talet med sin enhet som det står i texten.", required=True),
            "low": number("Lägst", "Lägsta talet i ”15–40”, ”minst” och ”drygt”; saknas där talet är exakt."),
            "high": number(
                "Högst", "Högsta talet i ”15–40”, ”högst” och ”knappt”; saknas där talet är exakt."
            ),
            "measure_unit": text("Måttenhet", "%, procentenheter, index, kr, personer, svar med flera."),
            "subject": text("Vad", "Orden som talet räknar eller mäter, som de står."),
            "role": code(
                ROLES,
                "Roll",
                "level: nivå; change: förändring; part: del; whole: helhet; share: andel; target: mål; previous: tidigare värde; respondents: svarande; rank: plats i ordning; other: går inte att säga.",
                required=True,
            ),
            "direction": code(
                DIRECTIONS, "Åt vilket håll", "up: ökar; down: minskar; saknas där det inte sägs."
            ),
            "period": text("Tid", "year: året; previous: tidigare år; T1, T2; next: nästa år; ett årtal."),
            "relation": code(
                RELATIONS,
                "Jämfört",
                "agrees: stämmer med; differs: skiljer sig från; sum_of: summan av; part_of: del av; from_to: från ett tal till ett annat; saknas där inget jämfördes.",
            ),
            "other_table": text("Jämfört med tabellen", "Tabellen som talet jämfördes med."),
            "other_row_id": text("Jämfört med raden", "Raden som talet jämfördes med."),
            "other_column": text("Jämfört med kolumnen", "Cellen som talet jämfördes med."),
            **source(),
        },
    ),
    schema(
        "findings",
        "Att kontrollera och notera",
        "En rad per tveksamhet om uppgifterna.",
        ["finding_id"],
        {
            "report_id": report_id(),
            "finding_id": text("Anmärknings-id", "Unikt id för tveksamheten.", required=True),
            "code": text("Kod", "Slag av tveksamhet (findings.csv).", required=True),
            "severity": code(
                SEVERITIES,
                "Allvar",
                "info: notera; warning: kontrollera; error: uppgiften går inte att använda.",
                required=True,
            ),
            "gravity": whole(
                "Tyngd",
                "Vad den kan ändra: 4 en bedömning eller en risk för människor, 3 ett tal som visas, "
                "2 en text, 1 en formalitet.",
                required=True,
            ),
            "table": text("Tabell", "Tabellen som den gäller.", required=True),
            "row_id": text(
                "Rad-id", "Raden som den gäller (goal_id för mål); saknas när den gäller hela rapporten."
            ),
            "column": text("Kolumn", "Cellen som den gäller; saknas när den gäller raden."),
            "message": text("Vad", "Vad som är tveksamt, för en människa.", required=True),
            "action": text("Att göra", "Fråga eller åtgärd för den som äger rapporten."),
            **source(),
            "other_report_id": text(
                "Andra rapporten", "Rapporten med det andra stället, när tveksamheten gäller två."
            ),
            "other_table": text("Andra tabellen", "Tabellen med det andra stället."),
            "other_row_id": text("Andra raden", "Raden med det andra stället (goal_id för mål)."),
            "other_column": text("Andra kolumnen", "Cellen på det andra stället; saknas när det är raden."),
            "other_page": whole("Andra sidan", "Sidan med det andra stället."),
            "other_line": whole("Andra stället", "Raden i dokumentets text med det andra stället."),
        },
    ),
    schema(
        "corrections",
        "Rättelser",
        "En rad per rättad uppgift: vad som stod, vad det är nu, varför och vem som har bestämt det (data/corrections.yml). Den ordagranna texten är orörd.",
        ["correction_id"],
        {
            "report_id": report_id(),
            "correction_id": text("Rättelse-id", "Unikt id för rättelsen.", required=True),
            "table": text("Tabell", "Tabellen med den rättade raden.", required=True),
            "row_id": text(
                "Rad-id", "Den rättade raden (goal_id för mål, report_id för rapporten).", required=True
            ),
            "column": text("Kolumn", "Den rättade kolumnen.", required=True),
            "old": text(
                "Läst värde",
                "Värdet som lästes ur dokumentet: tal med punkt, datum som ISO; saknas om cellen var tom.",
            ),
            "new": text("Rättat värde", "Värdet som gäller; saknas om uppgiften utgår."),
            "reason": text("Skäl", "Varför uppgiften är rättad.", required=True),
            "decided_by": text("Bestämt av", "Vem som har bestämt rättelsen.", required=True),
            "date": date("Datum", "Dagen då rättelsen bestämdes.", required=True),
            "entry_line": whole(
                "Rad i filen", "Raden i data/corrections.yml där rättelsen börjar.", required=True
            ),
            **source(),
        },
    ),
    schema(
        "extraction_log",
        "Inläsningslogg",
        "En rad per fil som lästes eller försöktes.",
        ["source"],
        {
            "source": text("Fil", "Filens sökväg, relativt mappen med råfiler.", required=True),
            "sha256": text(
                "Kontrollsumma", "SHA-256 av filens innehåll; saknas om filen inte gick att öppna."
            ),
            "status": code(
                LOG_STATUSES,
                "Utfall",
                "ok: inläst; partial: inläst med fel; failed: inte inläst; skipped: överhoppad (samma rapport finns redan).",
                required=True,
            ),
            "report_id": text("Rapport", "Rapportens id, om den lästes in."),
            "error": text("Fel", "Felets typ."),
            "message": text("Meddelande", "Vad som hände, för en människa."),
            "seconds": number("Tid", "Tid att läsa filen.", unit="s"),
            "read_at": text(
                "Läst",
                "När filen lästes (ISO 8601). Före tabellernas egen tid: raderna är övertagna oförändrade.",
            ),
            "goals": whole("Mål", "Antal rader i goals."),
            "indicators": whole("Indikatorer", "Antal rader i indicators."),
            "activities": whole("Aktiviteter", "Antal rader i activities."),
            "complaints": whole("Synpunkter", "Antal rader i complaints."),
            "passages": whole("Löpande text", "Antal rader i passages."),
            "quantities": whole("Tal i texten", "Antal rader i quantities."),
            "findings": whole("Tveksamheter", "Antal rader i findings."),
            "corrections": whole("Rättelser", "Antal rader i corrections."),
            "parser_version": text("Version", "Versionen av vbdata som läste filen.", required=True),
        },
    ),
)
SCHEMAS: dict[str, pa.DataFrameSchema] = {str(each.name): each for each in _ALL}
TABLES = tuple(SCHEMAS)


def dtypes(table: str) -> dict[str, Any]:
    """Pandas dtype of each column of a table, in order; text is ``string`` with ``<NA>``."""
    return {
        name: pd.StringDtype() if isinstance(column.dtype.type, pd.StringDtype) else column.dtype.type
        for name, column in SCHEMAS[table].columns.items()
    }


def empty(table: str) -> pd.DataFrame:
    """A frame with the table's columns and dtypes and no rows."""
    return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in dtypes(table).items()})
