"""Another unit's name where the unit speaks of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vbdata.language.prose import enumerated, sentences
from vbdata.normalise.noted import Noted, Other
from vbdata.register import Unit
from vbdata.validate.checks.names import SHORTEST, own_names, register_of
from vbdata.validate.checks.registry import Row, Rows, check
from vbdata.validate.checks.texts import COLUMNS, own_texts
from vbdata.validate.places import place, place_of
from vbdata.validate.stems import has
from vbdata.vocabulary import key, unit_phrases

_NUMBERED = re.compile(r"(.*\D)\s+(\d{1,2})")


@check
def unit_name_differs(rows: Rows) -> Iterator[Noted]:
    """Another unit's name where the unit speaks of itself: in its own goals and expected results."""
    report = rows["reports"][0]
    others = [unit for unit in register_of(report).units if unit.unit_id != report["unit_id"]]
    own = _own_names(report)
    for row in (row for row in rows["goals"] if row["level"] == "unit"):
        for other in _named_units(row["title"], others, own, anywhere=True):
            where = f"enhetsmålet ”{row['title']}”"
            yield _other_unit(rows, other, where, "goals", row)
    for row in (row for row in rows["passages"] if row["section"] == "expected_result"):
        for other in _named_units(row["text"], others, own, anywhere=False):
            yield _other_unit(rows, other, "texten under Förväntat resultat", "passages", row)


@check
def target_inherited(rows: Rows) -> Iterator[Noted]:
    """A target that the text sets from last year's outcome, in the year that the unit came out of another."""
    report = rows["reports"][0]
    before = [
        s
        for s in register_of(report).predecessors_of(report["unit_id"])
        if s.kind != "rename" and s.date.year == report["year"]
    ]
    if not before:
        return
    names = {unit.unit_id: unit.name for unit in register_of(report).units}
    former = enumerated([names.get(s.predecessor_id, s.predecessor_id) for s in before])
    for row in rows["indicators"]:
        said = [s for s in sentences(row["analysis"] or "") if s.has("target_basis") and s.has("goal_named")]
        if row["target"] is not None and said:
            what = f"Årsmålet för ”{row['name']}” bygger på förra årets resultat, alltså på {former}."
            at = place_of(rows, row, said[0].text)
            other = Other("indicators", row["row_id"], place(row), "target")
            yield Noted("target_inherited", "indicators", row["row_id"], at, {"what": what}, "target", other)


@check
def unit_speaks(rows: Rows) -> Iterator[Noted]:
    """Another unit speaking in the unit's own texts: its name begins a sentence that judges or presents."""
    report = rows["reports"][0]
    register = register_of(report)
    kin = {report["unit_id"], *register.lineage(report["unit_id"])}
    kin |= {s.successor_id for unit_id in kin for s in register.successors_of(unit_id)}
    others = [unit for unit in register.units if unit.unit_id not in kin]
    own = _own_names(report)
    for row in (row for row in rows["passages"] if row["section"] in ("summary", "introduction", "analysis")):
        for name in dict.fromkeys(_speakers(row["text"], others)):
            if key(name) not in own:
                yield _other_unit(rows, name, f"texten under {row['heading']}", "passages", row)


def _speakers(text: str, others: Sequence[Unit]) -> Iterator[str]:
    """Names that sentences begin with, before a verb such as "bedömer" or "består av"."""
    lower = text.casefold()
    names = [name for unit in others for name in unit.names if name.casefold() in lower]
    for sentence in sentences(text) if names else ():
        bare = re.sub(r"^enheten\s+", "", sentence.text.casefold())
        for name in names:
            rest = bare[len(name) :].strip() if bare.startswith(name.casefold()) else ""
            after = next(iter(sentences(rest)), None) if rest else None
            if after is not None and after.tokens and "unit_speaks" in after.tokens[0].uses:
                yield name


def _own_names(report: Row) -> set[str]:
    return {key(name) for name in own_names(report)}


def _named_units(text: str, others: Sequence[Unit], own: set[str], *, anywhere: bool) -> Iterator[str]:
    """Names of other units in a text; in prose only as the place where the unit says it works."""
    wanted = key(text)
    for unit in others:
        for name in (unit.name, *unit.aliases):
            known = key(name)
            if known in own or known not in wanted:
                continue
            if anywhere or key(f"inom {name}") in wanted:
                yield name
                break


def printed_as(name: str, text: str) -> str:
    """A name as a text has it, to the end of its last word.

    >>> printed_as("Ekö-Väns skola", "I Ekö Väns skolas salar läser alla.")
    'Ekö Väns skolas'
    """
    letters = [re.escape(letter) for letter in name if letter.isalnum()]
    found = re.search(rf"\b{'[^a-zåäöéü0-9]*'.join(letters)}\w*", text, re.IGNORECASE)
    return " ".join(found[0].split()) if found else name


def _other_unit(rows: Rows, other: str, where: str, table: str, row: Row) -> Noted:
    other = printed_as(other, str(row.get("title") or row.get("text") or row.get("analysis") or ""))
    words = {"title": rows["reports"][0]["unit_name"], "where": where, "other": other}
    row_id, column = (row["goal_id"], "title") if table == "goals" else (row["row_id"], COLUMNS[table])
    at = place_of(rows, row, other)
    return Noted("unit_name_differs", table, row_id, at, words, column=column, other=own_mention(rows))


def own_mention(rows: Rows) -> Other | None:
    """Where the unit calls itself by its own name, as the second place of a doubt about another's."""
    names = sorted(own_names(rows["reports"][0]), key=len, reverse=True)
    for row in rows["passages"]:
        letters = key(row["text"])
        for name in names:
            if len(name) >= SHORTEST and key(name) in letters:
                return Other("passages", row["row_id"], place_of(rows, row, name), "text")
    return None


@check
def sister_named(rows: Rows) -> Iterator[Noted]:
    """The unit's own name with another number, where it speaks of itself and of no other."""
    report = rows["reports"][0]
    numbered = [m for name in own_names(report) if (m := _NUMBERED.fullmatch(name))]
    if not numbered:
        return
    own = {m[2] for m in numbered}
    pattern = re.compile(rf"\b(?:{'|'.join({re.escape(m[1]) for m in numbered})})\s+(\d+)\b", re.IGNORECASE)
    for text in own_texts(rows):
        for said in text.sentences if pattern.search(text.text) else ():
            found = list(pattern.finditer(said))
            if (
                not found
                or {each[1] for each in found} & own
                or tells_of_change(said)
                or has("together", said)
            ):
                continue
            where = f"texten under {text.heading}"
            yield _other_unit(rows, found[0][0], where, text.table, text.row)
            break


def tells_of_change(said: str) -> bool:
    """The sentence tells of a split, a merger or a new name."""
    low = said.casefold()
    phrases = unit_phrases()
    known = (*phrases["split"], *phrases["merge"], *phrases["rename"], *phrases["transfer"])
    return any(phrase in low for phrase in known)
