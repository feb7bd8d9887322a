"""The vocabulary files as frozen entries. An analyst adds an entry by adding a row to a file."""

from __future__ import annotations

from functools import cache

from vbdata.errors import VocabularyError
from vbdata.vocabulary.entries import (
    Category,
    CouncilGoal,
    FindingKind,
    Group,
    IndicatorEntry,
    Layout,
    Level,
    Question,
    Section,
    ShareOf,
    Status,
    Survey,
)
from vbdata.vocabulary.files import rows
from vbdata.vocabulary.matching import Index


def _printed(row: dict[str, str], label: str) -> tuple[str, ...]:
    return tuple(text for text in (row[label], *row["printed"].split("|")) if text)


class _Kinds(dict[str, FindingKind]):
    """Kinds by code; one that the program raises and the file does not have says so."""

    def __missing__(self, code: str) -> FindingKind:
        raise VocabularyError(
            "koden saknas", source="vocabulary/findings.csv", value=code, hint="lägg tillbaka raden"
        )


@cache
def levels() -> tuple[Level, ...]:
    return tuple(
        Level(r["code"], r["label"], r["prefix"], int(r["rank"]), _printed(r, "prefix"))
        for r in rows("levels")
    )


@cache
def statuses() -> tuple[Status, ...]:
    return tuple(Status(r["code"], r["label"], r["short"], _printed(r, "label")) for r in rows("statuses"))


@cache
def council_goals() -> tuple[CouncilGoal, ...]:
    return tuple(CouncilGoal(r["code"], r["level"], r["title"]) for r in rows("goals"))


@cache
def sections() -> tuple[Section, ...]:
    return tuple(
        Section(r["code"], r["label"], r["ends_goals"] == "yes", _printed(r, "label"))
        for r in rows("sections")
    )


@cache
def layouts() -> tuple[Layout, ...]:
    """Table layouts in file order; a new form is a new set of rows in layouts.csv."""
    columns: dict[tuple[str, str], list[tuple[str, tuple[str, ...]]]] = {}
    for row in rows("layouts"):
        columns.setdefault((row["layout"], row["table"]), []).append((row["field"], _printed(row, "header")))
    return tuple(Layout(code, table, tuple(cols)) for (code, table), cols in columns.items())


@cache
def indicators() -> tuple[IndicatorEntry, ...]:
    return tuple(
        IndicatorEntry(
            r["indicator_id"], r["name"], r["measure_unit"] or None, r["better"] or None, _printed(r, "name")
        )
        for r in rows("indicators")
    )


@cache
def groups() -> tuple[Group, ...]:
    return tuple(
        Group(r["template"], int(r["order"]), r["facet"], r["group"], _printed(r, "group"))
        for r in rows("complaint_groups")
    )


@cache
def categories() -> tuple[Category, ...]:
    return tuple(
        Category(
            r["template"],
            r["group"],
            int(r["order"]),
            r["category"],
            r["concept"] or None,
            _printed(r, "category"),
        )
        for r in rows("complaint_categories")
    )


@cache
def surveys() -> tuple[Survey, ...]:
    return tuple(
        Survey(r["code"], r["label"], _printed(r, "label"), tuple(filter(None, r["indicators"].split("|"))))
        for r in rows("surveys")
    )


@cache
def questions() -> dict[str, Question]:
    return {
        r["question"]: Question(
            r["question"],
            r["series"],
            r["facet"] or None,
            r["concept"] or None,
            r["label"],
            r["singular"],
            r["plural"],
        )
        for r in rows("complaint_questions")
    }


@cache
def shares() -> tuple[ShareOf, ...]:
    return tuple(
        ShareOf(r["template"], r["concept"], r["question"] or None, r["reason"])
        for r in rows("complaint_shares")
    )


@cache
def finding_kinds() -> dict[str, FindingKind]:
    return _Kinds(
        {
            r["code"]: FindingKind(
                r["code"], r["severity"], int(r["gravity"]), r["label"], r["message"], r["action"]
            )
            for r in rows("findings")
        }
    )


@cache
def phrases() -> dict[str, tuple[str, ...]]:
    """Phrases of running text by what the checks use them for: ``phrases()["partly"]``."""
    return {r["use"]: tuple(filter(None, r["phrases"].split("|"))) for r in rows("phrases")}


@cache
def measure_units() -> tuple[tuple[str, int, tuple[str, ...]], ...]:
    """Measure units of running text: code, what a number in such words is multiplied by, and the words.

    A word stands for its inflected forms; ``*`` for any beginning.
    """
    return tuple(
        (r["measure_unit"], int(r["factor"]), tuple(r["words"].split("|"))) for r in rows("measure_units")
    )


@cache
def quantity_words() -> dict[str, tuple[str, ...]]:
    """Words around numbers by what they tell of them: ``quantity_words()["up"]``; ``*`` is any ending."""
    return {r["use"]: tuple(r["words"].split("|")) for r in rows("quantity_words")}


@cache
def text_stems() -> dict[str, tuple[str, ...]]:
    """Stems of running text by what the checks use them for: ``text_stems()["begun"]``.

    ``*`` in a word stands for any letters, ``~`` for up to three words.
    """
    return {r["use"]: tuple(filter(None, r["stems"].split("|"))) for r in rows("text_stems")}


@cache
def trades() -> dict[str, dict[str, tuple[str, ...]]]:
    """Kinds of units: stems of their `names`, and of the `people` and `places` that are theirs alone."""
    return {
        r["trade"]: {each: tuple(filter(None, r[each].split("|"))) for each in ("names", "people", "places")}
        for r in rows("trades")
    }


@cache
def finding_responses() -> dict[str, str]:
    """Code of a finding → what is to be done about it: ``fix``, ``answer``, ``note`` or ``ours``."""
    return {r["code"]: r["response"] for r in rows("finding_responses")}


@cache
def misprints() -> dict[str, str]:
    """Word part as misprinted → as it should be, in lower case."""
    return {r["printed"]: r["correct"] for r in rows("misprints")}


@cache
def unit_phrases() -> dict[str, tuple[str, ...]]:
    """Phrases of running text that tell of units, by use: ``unit_phrases()["split"]``."""
    return {r["use"]: tuple(filter(None, r["phrases"].split("|"))) for r in rows("unit_phrases")}


@cache
def filler_words() -> frozenset[str]:
    """Words that do not tell one goal or activity from another, in lower case."""
    return frozenset(r["word"] for r in rows("filler_words"))


@cache
def _labels() -> dict[tuple[str, str], tuple[str, str]]:
    found = {(r["domain"], r["code"]): (r["label"], r["short"] or r["label"]) for r in rows("labels")}
    found |= {("status", s.code): (s.label, s.short) for s in statuses()}
    found |= {("level", v.code): (v.label, v.label) for v in levels()}
    found |= {("section", s.code): (s.label, s.label) for s in sections()}
    found |= {("facet", r["code"]): (r["label"], r["label"]) for r in rows("facets")}
    found |= {("concept", r["code"]): (r["label"], r["label"]) for r in rows("concepts")}
    found |= {("target_rule", r["code"]): (r["label"], r["label"]) for r in rows("target_rules")}
    found |= {("finding", k.code): (k.label, k.label) for k in finding_kinds().values()}
    return found


def label(domain: str, code: str, *, short: bool = False) -> str:
    """Swedish label of a code.

    >>> label("status", "partly_met"), label("status", "partly_met", short=True)
    ('Uppfylls delvis', 'Delvis')
    """
    try:
        return _labels()[domain, code][short]
    except KeyError:
        raise VocabularyError(
            f"koden saknar svensk benämning ({domain})", source="vocabulary/labels.csv", value=code
        ) from None


@cache
def facet_nouns() -> dict[str, tuple[str, str]]:
    """What a facet counts, in singular and plural: ``{"praise": ("beröm", "beröm")}``."""
    return {r["code"]: (r["noun_singular"], r["noun_plural"]) for r in rows("facets")}


@cache
def status_index() -> Index[Status]:
    return Index({status: status.printed for status in statuses()})


@cache
def level_index() -> Index[Level]:
    return Index({level: level.printed for level in levels()})


@cache
def section_index() -> Index[Section]:
    return Index({section: section.printed for section in sections()})


@cache
def indicator_index() -> Index[IndicatorEntry]:
    return Index({entry: entry.printed for entry in indicators()})


@cache
def group_index(template: str) -> Index[Group]:
    return Index({group: group.printed for group in groups() if group.template == template})


@cache
def category_index(template: str, group: str | None = None) -> Index[str]:
    """Categories of a form by label, those of one group only where `group` is given."""
    labels: dict[str, list[str]] = {}
    for category in categories():
        if category.template == template and group in (None, category.group):
            labels.setdefault(category.category, []).extend(category.printed)
    return Index(labels)


@cache
def target_rule_index() -> Index[str]:
    return Index({r["code"]: (r["label"], *r["printed"].split("|")) for r in rows("target_rules")})
