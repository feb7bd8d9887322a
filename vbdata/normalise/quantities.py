"""The numbers that a report's running texts, analyses and comments state, as rows of the quantities table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from vbdata.extract.document import Place, Printed
from vbdata.language.quantities import Quantity, quantities_in, sentences_with_numbers
from vbdata.normalise.lines import place_of_sentence, sentence_lines

Row = dict[str, Any]

#: Table → the column with its running text.
TEXTS = {"passages": "text", "indicators": "analysis", "activities": "analysis", "complaints": "comment"}


def quantity_rows(rows: Mapping[str, Sequence[Row]], lines: Iterable[Row] = ()) -> list[Row]:
    """One row per number that a text states, by table and in the texts' order.

    Parameters
    ----------
    rows
        A report's rows by table, masked.
    lines
        Its texts' printed lines, as `lines_of` gives them.
    """
    report = rows["reports"][0]
    printed = {row["row_id"]: row["lines"] for row in lines}
    found: list[Row] = []
    for table, column in TEXTS.items():
        for row in _once(rows.get(table, ()), table):
            if row[column]:
                lines_of_row = printed.get(row["row_id"]) or printed.get(row["row_id"].rpartition("-")[0], ())
                found.extend(_of_text(table, row, row[column], lines_of_row, report["year"]))
    report_id = report["report_id"]
    return [
        {"report_id": report_id, "row_id": f"{report_id}/q{i:03d}", **row, "position": i}
        for i, row in enumerate(found, start=1)
    ]


def _once(rows: Iterable[Row], table: str) -> Iterator[Row]:
    """Rows, a category of the form once for all its periods."""
    seen = set()
    for row in rows:
        if table == "complaints" and row["position"] in seen:
            continue
        seen.add(row["position"])
        yield row


def _of_text(table: str, row: Row, text: str, printed: Sequence[Printed], year: int) -> Iterator[Row]:
    told = list(sentences_with_numbers(text))
    lines = row.get("sentence_lines") or (sentence_lines(text, printed) if told and printed else None)
    for number, sentence in told:
        place = place_of_sentence(lines, number) or Place(row["source_line"], row["source_page"])
        for quantity in quantities_in(sentence, year):
            yield {
                "goal_id": row.get("goal_id"),
                "text_table": table,
                "text_row_id": row["row_id"],
                "sentence": sentence,
                **_cells(quantity),
                "source_page": place.page,
                "source_line": place.line,
            }


def _cells(quantity: Quantity) -> Row:
    number = quantity.number
    return {
        "value": number.value,
        "value_raw": quantity.raw,
        "low": number.low,
        "high": number.high,
        "measure_unit": number.measure_unit,
        "subject": quantity.subject,
        "role": quantity.role,
        "direction": quantity.direction,
        "period": quantity.period,
    }
