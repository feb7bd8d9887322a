"""A unit's own table of its economy, which stands as text: its sums and deviations, and the text about it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from vbdata.language.prose import quote
from vbdata.language.quantities import clause_of, quantities_in
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.checks.differences import last_place
from vbdata.validate.checks.registry import Rows, check
from vbdata.validate.checks.texts import Text, texts
from vbdata.validate.said import Said, by_sentence, doubt, place_said

_CELLS = " | "
_COLUMNS = {
    "budget": re.compile(r"(?:års)?budget\b(?!\w)", re.I),
    "outcome": re.compile(r"(?:års)?utfall\b|bokslut\b|redovisat\b", re.I),
    "deviation": re.compile(r"avvik|differens|diff\b", re.I),
}
_CALLED = {"budget": "budgeten", "outcome": "utfallet", "deviation": "avvikelsen"}
_AMOUNT = re.compile(r"[−–+-]?\s?\d[\d \u00a0]*(?:,\d+)?")
_TOTAL = re.compile(r"(?:summa|totalt?|netto|resultat)\b", re.I)
_OF_WHICH = re.compile(r"varav\b|därav\b|[-–]", re.I)
_INCOME = re.compile(r"\b\w*intäkt", re.I)
_BUDGET_IS = re.compile(r"\bbudget(?:en)?\s+(?:är|var|på|om)\s*$", re.I)
_RESULT = re.compile(r"\b(?P<name>överskott|underskott)(?:et)?\b", re.I)
_OTHERS = re.compile(
    r"\b(?:inte|ej|inget|varken|förra|föregående|fjol\w*|budgetera\w*|prognos\w*|tidigare|ska|skulle|täck\w*"
    r"|nämnd\w*|förvaltning\w*|stad\w*)\b",
    re.I,
)
#: What it is of: the unit as a whole, or nothing that is said.
_OWN = re.compile(
    r"(?:(?:året|årets|enheten|verksamheten|förskolan|skolan|boendet|vi|resultatet|utfallet|bokslutet|det)\b[^,;]*\b)?"
    r"(?:ett\s+|på\s+ett\s+)?(?:överskott|underskott)",
    re.I,
)


@dataclass(frozen=True)
class Line:
    """A row of the table: its name and its amounts by column, as far as they are printed."""

    text: str
    name: str
    cells: dict[str, str]

    @cached_property
    def amounts(self) -> dict[str, float]:
        return {column: _float(cell) for column, cell in self.cells.items()}

    @cached_property
    def decimals(self) -> int:
        return max((len(cell.partition(",")[2]) for cell in self.cells.values()), default=0)


@check
def economy_table(rows: Rows) -> Iterator[Noted]:
    """A table of budget and outcome that does not add up, or of which the text says another result."""
    for text in texts(rows):
        if text.table == "passages" and _CELLS in text.text and (lines := list(_lines(text.text))):
            yield from _deviations(rows, text, lines)
            yield from _sums(rows, text, lines)
            yield from _told(rows, text, lines)
            yield from _scaled(rows, text, lines)


def _lines(text: str) -> Iterator[Line]:
    """The rows under a header that names a budget and an outcome."""
    columns: dict[str, int] = {}
    for line in text.split("\n"):
        cells = [cell.strip() for cell in line.split(_CELLS)]
        if len(cells) < 3 or (not columns and any(map(_AMOUNT.fullmatch, cells))):
            continue
        if not columns:
            columns = _columns(cells)
        elif max(columns.values()) < len(cells):
            known = {name: cells[at] for name, at in columns.items() if _AMOUNT.fullmatch(cells[at])}
            yield Line(line, cells[0], known)


def _columns(cells: Sequence[str]) -> dict[str, int]:
    """Where budget, outcome and deviation stand; nothing where one is in two columns, or not in money."""
    found = {
        name: [at for at, cell in enumerate(cells) if wanted.match(cell) and "%" not in cell]
        for name, wanted in _COLUMNS.items()
    }
    single = all(len(at) == 1 for name, at in found.items() if at or name != "deviation")
    return {name: at[0] for name, at in found.items() if at} if single else {}


def _float(cell: str) -> float:
    digits = re.sub(r"[^\d,]", "", cell).replace(",", ".")
    return -float(digits) if cell[0] in "−–-" else float(digits)


def _slack(lines: Sequence[Line]) -> float:
    """How far rounded amounts may be from their sum."""
    return (len(lines) + 1) * 0.5 * 10.0 ** -max((line.decimals for line in lines), default=0) + 1e-9


def _deviations(rows: Rows, text: Text, lines: Sequence[Line]) -> Iterator[Noted]:
    """Rows whose deviation is not the difference of outcome and budget, where that of most others is."""
    full = [line for line in lines if len(line.amounts) == len(_COLUMNS)]
    wrong = [line for line in full if not _differs_by(line)]
    if 2 * len(wrong) < len(full):
        for line in wrong:
            cells, difference = line.cells, abs(line.amounts["outcome"] - line.amounts["budget"])
            what = (
                f"på raden ”{line.name}” skiljer sig budget {cells['budget']} och utfall {cells['outcome']} "
                f"med {_shown(difference, line.decimals)}, men avvikelsen är {cells['deviation']}"
            )
            yield _doubt(rows, "change_differs", text, line.text, what, line.text)


def _differs_by(line: Line) -> bool:
    amounts = line.amounts
    difference = abs(amounts["outcome"] - amounts["budget"])
    return abs(difference - abs(amounts["deviation"])) <= _slack([line, line])


def _sums(rows: Rows, text: Text, lines: Sequence[Line]) -> Iterator[Noted]:
    """Columns that do not add up to the last row, where another column does."""
    lines = [line for line in lines if not _OF_WHICH.match(line.name)]
    *parts, total = lines or [Line("", "", {})]
    if len(parts) < 2 or not _TOTAL.match(total.name) or any(_TOTAL.match(line.name) for line in parts):
        return
    columns = [name for name in _COLUMNS if all(name in line.amounts for line in lines)]
    if len(columns) == len(_COLUMNS) and not all(map(_differs_by, lines)):
        columns.remove("deviation")  # asked about by itself
    wrong = min((_not_added(lines, columns, signs) for signs in (_plus, _net, _cost)), key=len)
    for name in () if len(wrong) == len(columns) or {"budget", "outcome"} <= set(wrong) else wrong:
        signs = next(each for each in (_plus, _net, _cost) if _not_added(lines, columns, each) == wrong)
        shown = _shown(sum(signs(line) * line.amounts[name] for line in parts), total.decimals)
        printed = total.cells[name]
        what = f"{_CALLED[name]}s rader blir tillsammans {shown}, men raden ”{total.name}” har {printed}"
        yield _doubt(rows, "parts_differ", text, total.text, what, max(parts, key=_moved).text)
        return


def _not_added(lines: Sequence[Line], columns: Sequence[str], signs: Callable[[Line], int]) -> list[str]:
    """Columns that do not add up to the last row; deviations may be signed though the rest is not."""
    *parts, total = lines
    return [
        name
        for name in columns
        if all(
            abs(sum(each(line) * line.amounts[name] for line in parts) - total.amounts[name]) > _slack(lines)
            for each in ((signs, _plus, _cost) if name == "deviation" else (signs,))
        )
    ]


def _plus(_line: Line) -> int:
    return 1


def _net(line: Line) -> int:
    return 1 if _INCOME.search(line.name) else -1


def _cost(line: Line) -> int:
    return -_net(line)


def _moved(line: Line) -> float:
    """How far the outcome is from the budget: where a reader looks first."""
    amounts = line.amounts
    return abs(amounts.get("outcome", 0.0) - amounts.get("budget", 0.0))


def _told(rows: Rows, text: Text, lines: Sequence[Line]) -> Iterator[Noted]:
    """A surplus or a deficit of the whole in the text, and the other, or another amount, in the table."""
    total = next((line for line in reversed(lines) if _TOTAL.match(line.name)), None)
    result = None if total is None else _result(total, lines)
    if total is None or result is None:
        return
    for said in text.sentences:
        told = _RESULT.search(said)
        if told is None or _CELLS in said or not _OWN.match(said) or _OTHERS.search(said):
            continue
        name = "överskott" if result > 0 else "underskott"
        amounts = [q for q in quantities_in(said, rows["reports"][0]["year"]) if q.measure_unit == "kr"]
        if told["name"].casefold() == name and (
            len(amounts) != 1 or _agrees(amounts[0].value, result, total)
        ):
            continue
        raw = f" på {amounts[0].raw}" if len(amounts) == 1 else ""
        shown = _shown(abs(result), total.decimals)
        what = f"ett {told['name'].casefold()}{raw}, men i tabellen är det ett {name} på {shown}"
        yield _doubt(rows, "change_differs", text, said, what, total.text)
        return


def _scaled(rows: Rows, text: Text, lines: Sequence[Line]) -> Iterator[Noted]:
    """A budget with the digits of the table's, and of a size that no unit of money makes it."""
    total = next((line for line in reversed(lines) if _TOTAL.match(line.name)), None)
    if total is None or not (budget := abs(total.amounts.get("budget", 0.0))):
        return
    for said in text.sentences:
        if _CELLS in said or "budget" not in said.casefold():
            continue
        for q in quantities_in(said, rows["reports"][0]["year"]):
            named = q.measure_unit == "kr" and q.value > 0 and _BUDGET_IS.search(said[: q.number.start])
            power = math.log10(q.value / budget) if named else 0.0
            if abs(power - round(power)) < 1e-9 and round(power) not in (0, 3, 6):
                what = f"budgeten är {q.raw}, men i tabellen {total.cells['budget']}"
                yield _doubt(rows, "change_differs", text, said, what, total.text)
                return


def _result(total: Line, lines: Sequence[Line]) -> float | None:
    """How much better than the budget it went; None where the table does not tell, or it is nothing."""
    if not {"budget", "outcome"} <= set(total.amounts):
        return None
    more = total.amounts["outcome"] - total.amounts["budget"]
    signed = any(amount < 0 for line in lines for name, amount in line.amounts.items() if name != "deviation")
    net = signed or any(_INCOME.search(line.name) for line in lines)
    return (more if net else -more) or None


def _agrees(told: float, result: float, total: Line) -> bool:
    """The amount in kr is the table's, in kr, tkr or mnkr."""
    slack = 10.0**-total.decimals
    return any(abs(told / size - abs(result)) <= slack + 1e-9 for size in (1, 1e3, 1e6))


def _shown(number: float, decimals: int) -> str:
    return f"{number:.{decimals}f}".replace(".", ",").replace("-", "−")


def _doubt(rows: Rows, code: str, text: Text, said: str, what: str, other: str) -> Noted:
    return text.doubt(rows, code, said, {"what": what, "quote": quote(said)}, text.other(rows, other))


# ------------------------------------------------------------------------------------ the year's result

_LEFT = re.compile(r"\s*(?:har\s+)?(?:åter)?(?:lämna\w*|gå\w*|betala\w*)\s+tillbaka\b", re.I)
_CALLED_SO = re.compile(
    r"\b(?P<name>överskott|underskott)(?:et)?\s+(?:(?:är|var|blev|på|om|uppgick|uppgår|till|cirka|ca|drygt|knappt)\s+)*$",
    re.I,
)
#: How a clause begins that tells of the unit as a whole.
_OF_THE_UNIT = re.compile(
    r"(?:vi|vår\w*|år\w*|hela|enhet\w*|verksamhet\w*|förskol\w*|skol\w*|boende\w*|ekonomi\w*|budget\w*|resultat\w*|utfall\w*"
    r"|bokslut\w*|kostnad\w*|intäkt\w*|omsättning\w*|prognos\w*|överskott\w*|underskott\w*|det|ett|vilket|alltså|och|med"
    r"|total\w*|sammanlagt|som)\b",
    re.I,
)
_OF_A_PART = re.compile(r"\s+(?:på|inom|för|hos|i|av|gentemot)\s+(?!året\b|år\b|20\d\d)", re.I)
_NOT_RESULT = re.compile(
    r"\b(?:utan|efter|ska|skulle|bidrag\w*|hade|kan|om|inte|ej|varje|halvår\w*|tertial\w*|T[123]|delår\w*|fond\w*|budgetera\w*"
    r"|förra|föregående|fjol\w*|tidigare|nästa|nämnd\w*|förvaltning\w*|stad\w*|jämfört)\b",
    re.I,
)
_KEPT = re.compile(
    r"\b(?:ekonomi|budget)\w*\s+(?:är\s+|har\s+varit\s+|var\s+)?i\s+balans\b|\bbudget(?:en|ramen)?\s+(?:har\s+hållits|hölls)\b"
    r"|\b(?:höll|håller|hållit)\s+(?:\w+\s+)?budget(?:en|ramen)?\b|\binom\s+(?:\w+\s+)?budget(?:ram(?:en)?)?\b",
    re.I,
)
_NOT_KEPT = re.compile(
    r"\b(?:inte|ej|ska|kan|skulle|för\s+att|mål\w*|arbeta\w*|kommer|trots|förutom|om|när|ram\s+för|från\s+och\s+med|sedan|nästa"
    r"|kommande|månad\w*|\d{4})\b",
    re.I,
)
_FORECAST = re.compile(r"\bprognos", re.I)
_AS_FORECAST = re.compile(
    r"\b(?:resultat|utfall|bokslut)\w*\b[^.;]*\bi\s+(?:linje|nivå|enlighet)\s+med\s+prognos", re.I
)


@check
def results_differ(rows: Rows) -> Iterator[Noted]:
    """A surplus or a deficit of the year told twice with another amount or sign, or not as forecast."""
    if rows["reports"][0]["kind"] != "VB":
        return
    told = [each for found in by_sentence(rows) for said in found if (each := _result_of(said))]
    results = [each for each in told if not _FORECAST.search(each[0].sentence)]
    yield from _in_balance(rows, results)
    for (said, amount), (other, first) in product(results[1:], results[:1]):
        if said.sentence != other.sentence and not _is_same_amount((said, amount), (other, first)):
            words = {
                "first": _named(other, first), "second": _named(said, amount),
                "quote": quote(said.sentence), "place": str(place_said(rows, other).line),
            }  # fmt: skip
            yield doubt(rows, "told_differs", said, words, other)
            break
    forecasts = [each for each in told if each not in results]
    if len(forecasts) == 1 and results:
        yield from _as_forecast(rows, forecasts[0], results[0])


Result = tuple[Said, float]


def _result_of(said: Said) -> Result | None:
    """The year's result of the unit in kr, if the number is one; below nothing for a deficit."""
    if said.unit != "kr" or not said.exact or said.row["goal_id"]:
        return None
    if _NOT_RESULT.search(said.sentence) and not _FORECAST.search(said.sentence):
        return None
    after = said.sentence[said.quantity.number.end :]
    called = _CALLED_SO.search(said.sentence[: said.quantity.number.start])
    if _LEFT.match(after):
        return said, said.value
    clause = clause_of(said.sentence, said.quantity.number).split()
    if (
        called is None
        or not _OF_THE_UNIT.match(" ".join(clause))
        or _OF_A_PART.match(after)
        or said.quantity.period not in (None, "year")
    ):
        return None
    return said, said.value if called["name"].casefold() == "överskott" else -said.value


def _is_same_amount(one: Result, two: Result) -> bool:
    slack = max(last_place(said) for said, _ in (one, two))
    return abs(one[1] - two[1]) < slack


def _named(said: Said, amount: float) -> str:
    return f"{'överskott' if amount > 0 else 'underskott'} {said.quantity.raw}"


def _in_balance(rows: Rows, results: Sequence[Result]) -> Iterator[Noted]:
    """The budget is said to have been kept, and a deficit is told."""
    deficit = next((said for said, amount in results if amount < 0), None)
    for text in texts(rows) if deficit else ():
        for said in text.sentences if text.goal is None and text.table == "passages" else ():
            if _KEPT.search(said) and not _NOT_KEPT.search(said) and deficit and said != deficit.sentence:
                words = {
                    "first": f"underskott {deficit.quantity.raw}", "second": "att budgeten har hållits",
                    "quote": quote(said), "place": str(place_said(rows, deficit).line),
                }  # fmt: skip
                other = Other("passages", deficit.row["text_row_id"], place_said(rows, deficit), "text")
                yield text.doubt(rows, "told_differs", said, words, other)
                return


def _as_forecast(rows: Rows, forecast: Result, result: Result) -> Iterator[Noted]:
    """The result is called as the forecast was, which had the other sign, or twice as much."""
    (said, wanted), (other, real) = forecast, result
    row_id, near = said.row["text_row_id"], sorted((abs(wanted), abs(real)))
    text = next((text for text in texts(rows) if text.row["row_id"] == row_id), None)
    claim = next((each for each in text.sentences if _AS_FORECAST.search(each)), None) if text else None
    if claim and (wanted * real < 0 or near[1] > 2 * near[0]):
        what = f"prognosen var {_named(said, wanted)} och resultatet {_named(other, real)}"
        words = {"what": what, "quote": quote(claim)}
        yield doubt(rows, "change_differs", said, words, other)
