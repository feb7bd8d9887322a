"""One pandera schema per table of data/processed/: the single source of truth for its columns.

Types, Swedish titles and descriptions, units and codes stand here and nowhere else; the data
dictionary is generated from these schemas, and `store` refuses a frame that does not keep to them.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa
import pyarrow

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

DATE = pd.ArrowDtype(pyarrow.date32())


def _column(dtype: Any, title: str, description: str, required: bool = False, **metadata: Any) -> pa.Column:
    """One column: dtype, Swedish title and description; `required` cells may not be missing."""
    return pa.Column(
        dtype, nullable=not required, title=title, description=description, metadata=metadata or None
    )


def _text(title: str, description: str, **kw: Any) -> pa.Column:
    return _column(pd.StringDtype(), title, description, **kw)


def _whole(title: str, description: str, **kw: Any) -> pa.Column:
    return _column(pd.Int64Dtype(), title, description, **kw)


def _number(title: str, description: str, **kw: Any) -> pa.Column:
    return _column(pd.Float64Dtype(), title, description, **kw)


def _truth(title: str, description: str, **kw: Any) -> pa.Column:
    return _column(pd.BooleanDtype(), title, description, **kw)


def _date(title: str, description: str, **kw: Any) -> pa.Column:
    return _column(DATE, title, description, **kw)


def _code(codes: tuple[str, ...], title: str, description: str, **kw: Any) -> pa.Column:
    return _column(pd.CategoricalDtype(list(codes)), title, description, **kw)


def _report_id() -> pa.Column:
    return _text("Rapport", "Rapportens id: år-typ-enhet; pekar på reports.", required=True)


def _source() -> dict[str, pa.Column]:
    return {
        "source_page": _whole("Sida", "Sidan i dokumentet; saknas där formatet inte har sidor."),
        "source_line": _whole(
            "Rad", "Raden i dokumentets text, från 1; i Word styckets eller tabellradens ordning."
        ),
    }


def _sentence_lines() -> pa.Column:
    return _text(
        "Meningarnas rader",
        "Raden för textens första mening, för den andra och så vidare, eller sida:rad; saknas där texten är på en rad.",
    )


def _row_id(what: str) -> pa.Column:
    return _text("Rad-id", f"Unikt id för {what}.", required=True)


def _goal_id() -> pa.Column:
    return _text("Mål", "Målet som raden står under; saknas utanför målträdet.")


def _position() -> pa.Column:
    return _whole("Ordning", "Ordning i dokumentet, från 1.", required=True)


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
        columns[name] = _number(title, f"{description} Talet; måttenheten står i measure_unit.")
        columns[f"{name}_raw"] = _text(f"{title}, ordagrant", "Cellens text som den står i dokumentet.")
        if name.endswith("target"):
            columns[f"{name}_rule"] = _code(
                TARGET_RULES,
                f"{title}, slag",
                "number: ett tal; increase: öka; decrease: minska; "
                "set_by_board: tas fram av nämnd/styrelse; saknas om cellen är tom.",
            )
    return columns


def _schema(
    name: str, title: str, description: str, key: list[str], columns: dict[str, pa.Column]
) -> pa.DataFrameSchema:
    return pa.DataFrameSchema(
        columns,
        name=name,
        title=title,
        description=description,
        strict=True,
        ordered=True,
        unique=key,
        coerce=False,
        metadata={"key": key},
    )


REPORTS = _schema(
    "reports",
    "Rapporter",
    "En rad per inläst dokument.",
    ["report_id"],
    {
        "report_id": _text(
            "Rapport", "{år}-{typ}-{enhet} med små bokstäver; senare version får -v2.", required=True
        ),
        "source": _text("Fil", "Filens sökväg, relativt mappen med råfiler.", required=True),
        "sha256": _text("Kontrollsumma", "SHA-256 av filens innehåll.", required=True),
        "format": _code(FORMATS, "Format", "Filens format.", required=True),
        "kind": _code(
            KINDS,
            "Typ",
            "VB: verksamhetsberättelse; VP: verksamhetsplan; T1, T2: tertialrapport.",
            required=True,
        ),
        "year": _whole("År", "Året som rapporten handlar om.", required=True),
        "unit_id": _text("Enhets-id", "Enhetens id i enhetsregistret.", required=True),
        "unit_name": _text("Enhet", "Enhetens namn som rapportens titel anger det.", required=True),
        "title_raw": _text("Titel, ordagrant", "Titeln som den står på omslaget."),
        "board": _text("Nämnd", "Nämnden som rapporten är ställd till, där omslaget anger den."),
        "dnr": _text("Diarienummer", "Diarienumret utan ordet dnr."),
        "date": _date("Datum", "Omslagets datum."),
        "template": _text(
            "Blankett", "Året för blanketten för synpunkter och klagomål; saknas utan blankett."
        ),
        "pages": _whole("Sidor", "Antal sidor; saknas där formatet inte har sidor.", unit="sidor"),
    },
)

GOALS = _schema(
    "goals",
    "Mål",
    "En rad per målrubrik i rapportens text (inte innehållsförteckningen).",
    ["goal_id"],
    {
        "report_id": _report_id(),
        "goal_id": _text("Mål", "{report_id}/g{ordning}.", required=True),
        "parent_goal_id": _text(
            "Överordnat mål", "Närmaste rubrik ovanför på högre nivå; saknas för inriktningsmål."
        ),
        "position": _position(),
        "level": _code(
            LEVELS,
            "Nivå",
            "direction: KF:s inriktningsmål; area: KF:s mål för verksamhetsområdet; board: nämndmål; unit: enhetsmål. Nivåer läggs aldrig ihop.",
            required=True,
        ),
        "code": _text("Nummer", "Målets nummer, till exempel 2.4; saknas för nämndmål och enhetsmål."),
        "title": _text("Mål", "Målets text, rättad mot vokabulären, utan nummer.", required=True),
        "title_raw": _text("Mål, ordagrant", "Målets text som den står i dokumentet."),
        "status": _code(
            STATUSES,
            "Bedömning",
            "met: uppfylls helt; partly_met: uppfylls delvis; not_met: uppfylls inte; no_data: inga data eller ingen; saknas där rapporten inte anger någon (planer).",
        ),
        "status_raw": _text("Bedömning, ordagrant", "Bedömningens ord som de står i dokumentet."),
        "status_source": _code(
            STATUS_SOURCES, "Bedömningens källa", "words: läst som ord; icon: läst som färg på symbolen."
        ),
        **_source(),
    },
)

INDICATORS = _schema(
    "indicators",
    "Indikatorer",
    "En rad per indikatorrad.",
    ["row_id"],
    {
        "report_id": _report_id(),
        "row_id": _row_id("indikatorraden"),
        "goal_id": _goal_id(),
        "position": _position(),
        "indicator_id": _text(
            "Indikator-id", "Indikatorns id i vokabulären; samma i alla rapporter.", required=True
        ),
        "name": _text("Indikator", "Indikatorns namn, rättat mot vokabulären.", required=True),
        "name_raw": _text("Indikator, ordagrant", "Namnet som det står i dokumentet."),
        "measure_unit": _text("Måttenhet", "%, index, kg CO2e/kg med flera; saknas där den inte är känd."),
        **_values(),
        "period": _text("Period", "Som den står: 2025, VB 2025; i planer År eller Tertial."),
        "better": _code(
            BETTER,
            "Riktning",
            "higher: högre är bättre; lower: lägre är bättre. Vokabulärens tolkning; saknas för okänd indikator.",
        ),
        "attainment": _code(
            ATTAINMENTS,
            "Når årsmålet",
            "met eller not_met: utfallet mot enhetens årsmål; saknas där inget tal kan jämföras.",
        ),
        "gap": _number("Avstånd till årsmålet", "Utfall minus årsmål, med tecken så att plus är bättre."),
        "disowned": _truth(
            "Förbehåll",
            "Rapportens egen text säger att utfallet inte går att lita på, använda eller jämföra.",
        ),
        "analysis": _text("Analys", "Radens analystext."),
        "sentence_lines": _sentence_lines(),
        **_source(),
    },
)

ACTIVITIES = _schema(
    "activities",
    "Aktiviteter",
    "En rad per aktivitetsrad.",
    ["row_id"],
    {
        "report_id": _report_id(),
        "row_id": _row_id("aktivitetsraden"),
        "goal_id": _goal_id(),
        "position": _position(),
        "title": _text("Aktivitet", "Aktivitetens namn.", required=True),
        "title_raw": _text("Aktivitet, ordagrant", "Namnet som det står i dokumentet."),
        "start": _date("Startdatum", "Aktivitetens första dag."),
        "start_raw": _text("Startdatum, ordagrant", "Cellens text."),
        "end": _date("Slutdatum", "Aktivitetens sista dag."),
        "end_raw": _text("Slutdatum, ordagrant", "Cellens text."),
        "deviation": _truth("Avvikelse", "Cellen Avvikelse är markerad; saknas där den inte går att läsa."),
        "completed": _truth("Klar", "Aktiviteten är bockad som klar; saknas där ingen bock kan läsas."),
        "analysis": _text("Analys", "Radens analystext."),
        "sentence_lines": _sentence_lines(),
        **_source(),
    },
)

COMPLAINTS = _schema(
    "complaints",
    "Synpunkter och klagomål",
    "En rad per kategori och period i blanketten. Blankettens frågor (facet) räknar samma händelser på olika sätt och summeras aldrig ihop.",
    ["row_id"],
    {
        "report_id": _report_id(),
        "row_id": _row_id("kategorin och perioden"),
        "position": _whole("Ordning", "Kategoriradens ordning i blanketten, från 1.", required=True),
        "template": _text("Blankett", "Blankettens år.", required=True),
        "facet": _text(
            "Fråga", "Kod för frågan som kategorin svarar på (facets.csv); saknas för okänd grupp."
        ),
        "group": _text("Grupp", "Blankettens grupp, rättad mot vokabulären.", required=True),
        "group_raw": _text("Grupp, ordagrant", "Gruppen som den står i dokumentet."),
        "category": _text("Kategori", "Kategorin, rättad mot vokabulären.", required=True),
        "category_raw": _text("Kategori, ordagrant", "Kategorin som den står i dokumentet."),
        "concept": _text(
            "Begrepp", "Samma begrepp i blanketterna 2023 och 2025; saknas där de inte går att jämföra."
        ),
        "period": _code(
            PERIODS,
            "Period",
            "T1, T2, VB: tertialens antal; total: summan. VB är sista periodens tillskott, inte året.",
            required=True,
        ),
        "count": _whole("Antal", "Antalet; saknas där cellen är tom. Tom är inte noll.", unit="ärenden"),
        "count_raw": _text(
            "Antal, ordagrant",
            "Cellens text; ”oläst” där filens text inte visar i vilken ruta ett antal står.",
        ),
        "comment": _text("Kommentar", "Radens bedömning och planerade åtgärder."),
        **_source(),
    },
)

PASSAGES = _schema(
    "passages",
    "Löpande text",
    "En rad per stycke löpande text under en rubrik.",
    ["row_id"],
    {
        "report_id": _report_id(),
        "row_id": _row_id("stycket"),
        "goal_id": _goal_id(),
        "position": _position(),
        "section": _text("Avsnitt", "Avsnittets kod i vokabulären; saknas för okänd rubrik."),
        "heading": _text("Rubrik", "Rubriken som den står i dokumentet."),
        "text": _text("Text", "Texten, med radbrytningar mellan stycken.", required=True),
        "sentence_lines": _sentence_lines(),
        **_source(),
    },
)

QUANTITIES = _schema(
    "quantities",
    "Tal i texten",
    "En rad per tal som löpande text, en analys eller en kommentar anger. Datum, paragrafer, nummer i listor och namn med siffror är inga tal.",
    ["row_id"],
    {
        "report_id": _report_id(),
        "row_id": _row_id("talet"),
        "goal_id": _goal_id(),
        "position": _position(),
        "text_table": _text("Textens tabell", "Tabellen med texten som talet står i.", required=True),
        "text_row_id": _text("Textens rad", "Raden med texten som talet står i.", required=True),
        "sentence": _text("Mening", "Meningen, ordagrant.", required=True),
        "value": _number("Tal", "Talet; tkr och mnkr är omräknade till kr.", required=True),
        "value_raw": _text("Tal, ordagrant", "Talet med sin enhet som det står i texten.", required=True),
        "low": _number("Lägst", "Lägsta talet i ”15–40”, ”minst” och ”drygt”; saknas där talet är exakt."),
        "high": _number("Högst", "Högsta talet i ”15–40”, ”högst” och ”knappt”; saknas där talet är exakt."),
        "measure_unit": _text("Måttenhet", "%, procentenheter, index, kr, personer, svar med flera."),
        "subject": _text("Vad", "Orden som talet räknar eller mäter, som de står."),
        "role": _code(
            ROLES,
            "Roll",
            "level: nivå; change: förändring; part: del; whole: helhet; share: andel; target: mål; previous: tidigare värde; respondents: svarande; rank: plats i ordning; other: går inte att säga.",
            required=True,
        ),
        "direction": _code(
            DIRECTIONS, "Åt vilket håll", "up: ökar; down: minskar; saknas där det inte sägs."
        ),
        "period": _text("Tid", "year: året; previous: tidigare år; T1, T2; next: nästa år; ett årtal."),
        "relation": _code(
            RELATIONS,
            "Jämfört",
            "agrees: stämmer med; differs: skiljer sig från; sum_of: summan av; part_of: del av; from_to: från ett tal till ett annat; saknas där inget jämfördes.",
        ),
        "other_table": _text("Jämfört med tabellen", "Tabellen som talet jämfördes med."),
        "other_row_id": _text("Jämfört med raden", "Raden som talet jämfördes med."),
        "other_column": _text("Jämfört med kolumnen", "Cellen som talet jämfördes med."),
        **_source(),
    },
)

FINDINGS = _schema(
    "findings",
    "Att kontrollera och notera",
    "En rad per tveksamhet om uppgifterna.",
    ["finding_id"],
    {
        "report_id": _report_id(),
        "finding_id": _text("Anmärknings-id", "Unikt id för tveksamheten.", required=True),
        "code": _text("Kod", "Slag av tveksamhet (findings.csv).", required=True),
        "severity": _code(
            SEVERITIES,
            "Allvar",
            "info: notera; warning: kontrollera; error: uppgiften går inte att använda.",
            required=True,
        ),
        "gravity": _whole(
            "Tyngd",
            "Vad den kan ändra: 4 en bedömning eller en risk för människor, 3 ett tal som visas, "
            "2 en text, 1 en formalitet.",
            required=True,
        ),
        "table": _text("Tabell", "Tabellen som den gäller.", required=True),
        "row_id": _text(
            "Rad-id", "Raden som den gäller (goal_id för mål); saknas när den gäller hela rapporten."
        ),
        "column": _text("Kolumn", "Cellen som den gäller; saknas när den gäller raden."),
        "message": _text("Vad", "Vad som är tveksamt, för en människa.", required=True),
        "action": _text("Att göra", "Fråga eller åtgärd för den som äger rapporten."),
        **_source(),
        "other_report_id": _text(
            "Andra rapporten", "Rapporten med det andra stället, när tveksamheten gäller två."
        ),
        "other_table": _text("Andra tabellen", "Tabellen med det andra stället."),
        "other_row_id": _text("Andra raden", "Raden med det andra stället (goal_id för mål)."),
        "other_column": _text("Andra kolumnen", "Cellen på det andra stället; saknas när det är raden."),
        "other_page": _whole("Andra sidan", "Sidan med det andra stället."),
        "other_line": _whole("Andra stället", "Raden i dokumentets text med det andra stället."),
    },
)

CORRECTIONS = _schema(
    "corrections",
    "Rättelser",
    "En rad per rättad uppgift: vad som stod, vad det är nu, varför och vem som har bestämt det (data/corrections.yml). Den ordagranna texten är orörd.",
    ["correction_id"],
    {
        "report_id": _report_id(),
        "correction_id": _text("Rättelse-id", "Unikt id för rättelsen.", required=True),
        "table": _text("Tabell", "Tabellen med den rättade raden.", required=True),
        "row_id": _text(
            "Rad-id", "Den rättade raden (goal_id för mål, report_id för rapporten).", required=True
        ),
        "column": _text("Kolumn", "Den rättade kolumnen.", required=True),
        "old": _text(
            "Läst värde",
            "Värdet som lästes ur dokumentet: tal med punkt, datum som ISO; saknas om cellen var tom.",
        ),
        "new": _text("Rättat värde", "Värdet som gäller; saknas om uppgiften utgår."),
        "reason": _text("Skäl", "Varför uppgiften är rättad.", required=True),
        "decided_by": _text("Bestämt av", "Vem som har bestämt rättelsen.", required=True),
        "date": _date("Datum", "Dagen då rättelsen bestämdes.", required=True),
        "entry_line": _whole(
            "Rad i filen", "Raden i data/corrections.yml där rättelsen börjar.", required=True
        ),
        **_source(),
    },
)

EXTRACTION_LOG = _schema(
    "extraction_log",
    "Inläsningslogg",
    "En rad per fil som lästes eller försöktes.",
    ["source"],
    {
        "source": _text("Fil", "Filens sökväg, relativt mappen med råfiler.", required=True),
        "sha256": _text("Kontrollsumma", "SHA-256 av filens innehåll; saknas om filen inte gick att öppna."),
        "status": _code(
            LOG_STATUSES,
            "Utfall",
            "ok: inläst; partial: inläst med fel; failed: inte inläst; skipped: överhoppad (samma rapport finns redan).",
            required=True,
        ),
        "report_id": _text("Rapport", "Rapportens id, om den lästes in."),
        "error": _text("Fel", "Felets typ."),
        "message": _text("Meddelande", "Vad som hände, för en människa."),
        "seconds": _number("Tid", "Tid att läsa filen.", unit="s"),
        "read_at": _text(
            "Läst",
            "När filen lästes (ISO 8601). Före tabellernas egen tid: raderna är övertagna oförändrade.",
        ),
        "goals": _whole("Mål", "Antal rader i goals."),
        "indicators": _whole("Indikatorer", "Antal rader i indicators."),
        "activities": _whole("Aktiviteter", "Antal rader i activities."),
        "complaints": _whole("Synpunkter", "Antal rader i complaints."),
        "passages": _whole("Löpande text", "Antal rader i passages."),
        "quantities": _whole("Tal i texten", "Antal rader i quantities."),
        "findings": _whole("Tveksamheter", "Antal rader i findings."),
        "corrections": _whole("Rättelser", "Antal rader i corrections."),
        "parser_version": _text("Version", "Versionen av vbdata som läste filen.", required=True),
    },
)

SCHEMAS: dict[str, pa.DataFrameSchema] = {
    str(schema.name): schema
    for schema in (
        REPORTS,
        GOALS,
        INDICATORS,
        ACTIVITIES,
        COMPLAINTS,
        PASSAGES,
        QUANTITIES,
        FINDINGS,
        CORRECTIONS,
        EXTRACTION_LOG,
    )
}
TABLES = tuple(SCHEMAS)


def dtypes(table: str) -> dict[str, Any]:
    """Pandas dtype of each column of a table, in order; text is ``string`` with ``<NA>``."""
    return {
        name: pd.StringDtype() if isinstance(column.dtype.type, pd.StringDtype) else column.dtype.type
        for name, column in SCHEMAS[table].columns.items()
    }


def empty(table: str) -> pd.DataFrame:
    """A frame with the table's columns and dtypes and no rows."""
    return frame(table, [])


def frame(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a frame with the table's columns, in order, with their dtypes.

    A key that the table does not have raises ``KeyError``; a key left out is a missing value.
    """
    types = dtypes(table)
    unknown = {key for row in rows for key in row} - types.keys()
    if unknown:
        raise KeyError(f"{table} has no column {sorted(unknown)}")
    return pd.DataFrame(
        {name: pd.Series([row.get(name) for row in rows], dtype=dtype) for name, dtype in types.items()}
    )
