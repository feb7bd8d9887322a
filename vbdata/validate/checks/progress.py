"""Work that the text says is begun, left or put off, beside what says that it is done."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from vbdata.extract.grammar import MONTHS
from vbdata.language.inflection import stem
from vbdata.language.numbers import may_state
from vbdata.language.prose import quote, whole_number
from vbdata.normalise.noted import Noted, Other
from vbdata.validate.aims import asks, opposed
from vbdata.validate.checks.goals import the_level
from vbdata.validate.checks.registry import Row, Rows, check
from vbdata.validate.checks.texts import Text, texts, told_goals
from vbdata.validate.expected import Stems, about, once_of, shared, short_of, stems, whom
from vbdata.validate.places import place
from vbdata.validate.stems import has, pattern, words_of
from vbdata.vocabulary import filler_words, label

#: What a sentence of progress begins with, when it is of the thing itself.
_THE_WORK = (("arbetet",), ("införandet",), ("implementeringen",), ("framtagandet",), ("utbildningen",))
_ALL = (("alla",), ("samtliga",), ("varje",))
_EVERY = re.compile(
    r"\b(?:alla|samtliga|varje(?!\s+(?:dag|vecka|månad|termin|kvartal|tertial|halvår|år|gång)))\b", re.I
)
_PART = re.compile(r"\b(\w{1,9}) av (?:de )?(\w{1,9})\b")
_SHARE = re.compile(r"\b(\d{1,3}(?:,\d+)?) ?(?:%|procent\b)")
#: "Den ska införas så snart …", said of what was to be done, and nothing more.
_TO_COME = re.compile(r"\b(?:ska|skall|kommer\s+att|planeras(?:\s+att)?)\s+(?:\w+\s+){0,2}?\w{4,}as\b", re.I)
_DONE_IN = re.compile(
    r"\b(?:genomför(?:d|t|des)|inför(?:d|t|des)|klart?|färdig\w*|avsluta(?:d|t|des)|slutför(?:d|t|des))\s+"
    rf"(?:först\s+)?i\s+(?P<month>{'|'.join(MONTHS)})\b(?:\s+(?P<year>20\d\d)\b)?",
    re.I,
)
#: "…, men är det sedan september": what was so then is so no more.
_SINCE = re.compile(
    r"\bmen\s+(?!inte\b)(?:\w+\s+){0,4}?(?:sedan|nu|därefter|numera|i\s+stället|från\s+och\s+med|i\s+december)\b"
    r"(?![^.;]*\b(?:inte|ej|aldrig)\b)",
    re.I,
)
_LACK = re.compile(r"\bsakna[rs]\b", re.I)
_NONE = re.compile(r"\b(?:ingen|inga|inget|inte|ej)\b", re.I)
_ONLY_SOME = re.compile(r"(?:bara|endast|enbart)\s+(?!(?:i|på|om|för|när)\b|\w+\s+(?:gång|tillfälle))", re.I)
#: Another one than what was to be there; what was so at first.
_ANOTHER = re.compile(
    r"\b(?:nästa(?!\s+(?:år|vår|höst|termin|verksamhetsår))|ytterligare|uppfölj\w+|fortsatt\w*|repetition\w*|också|även)\b",
    re.I,
)
_AT_FIRST = re.compile(
    r"\b(?:först(?!\s+(?:i|under|nästa|efter|när)\b)|inledningsvis|till\s+en\s+början)\b", re.I
)
#: What is so no more was left on purpose.
_NO_LONGER = re.compile(r"(?:inte|ej)\s+längre\b", re.I)
#: "Det blev av 30 gånger, och ställdes in under sommaren": told as what it is.
_CAME_ABOUT = re.compile(
    r"\b(?:blev|blivit|blir|hölls|hållits|genomför[dt]e?s?|skedde|skett)\s+(?:av\s+)?(?:vid\s+)?\S+\s+(?:gånger|tillfällen)\b",
    re.I,
)
#: Words of an expected result of one thing, at most.
_SHORT = 5
#: Letters of a word that names one thing; shorter ones are said of anything.
_LONG = 8
#: Activities that a report is asked about; more of them are a way of writing.
MOST = 5


@check
def status_progress_differs(rows: Rows) -> Iterator[Noted]:
    """A goal said to be wholly met, whose text says that what was to be there is only begun or is left."""
    if rows["reports"][0]["kind"] != "VB":
        return
    year = rows["reports"][0]["year"]
    for goal, expected, told in told_goals(rows):
        if goal["status"] != "met":
            continue
        wanted = [(text, s) for text in expected for s in text.sentences]
        short = _not_there(rows, told, wanted, year) or _fallen_short(told, wanted, year)
        if found := short or _opposed(told, wanted, year):
            text, said, source, sentence = found
            level = the_level(goal)
            words = {
                "level": level,
                "title": goal["title"],
                "quote": quote(said, proof=pattern("begun")),
                "wanted": quote(sentence, 120),
            }
            where = text.place(rows, said)
            other = source.other(rows, sentence)
            yield Noted("expected_not_there", "goals", goal["goal_id"], where, words, "status", other)
        elif found_undone := _undone(told if goal["level"] == "unit" else _own(told)):
            text, said = found_undone
            status = label("status", goal["status"])
            words = {
                "level": the_level(goal),
                "title": goal["title"],
                "quote": quote(said, proof=pattern("undone")),
                "status": status,
            }
            other = Other("goals", goal["goal_id"], place(goal), "status")
            yield Noted(
                "status_progress_differs",
                "goals",
                goal["goal_id"],
                text.place(rows, said),
                words,
                "status",
                other,
            )


_Found = tuple[Text, str, Text, str]


def _not_there(
    rows: Rows, told: Sequence[Text], wanted: Sequence[tuple[Text, str]], year: int
) -> _Found | None:
    """A sentence of progress about the thing that a sentence of the expected result says is there."""
    of_all = [(source, sentence) for source, sentence in wanted if _EVERY.search(sentence)]
    for text in told if wanted else ():
        for said in text.sentences:
            progress = (_in_progress(said) or _put_off(said, year)) and not _ANOTHER.search(said)
            for source, sentence in wanted if progress else ():
                there = _says_there(sentence) or words_of(said)[:1] in _THE_WORK
                both = _akin(names_of(sentence), names_of(said)) if there else set()
                if both and both - _common(rows, both):
                    return text, said, source, sentence
            for source, sentence in of_all:
                if _of_some(said) and _of_the_same(said, sentence):
                    return text, said, source, sentence
                if _lacking(said) and any(map(stems(said).akin, about(sentence) - whom())):
                    return text, said, source, sentence
    return None


def _akin(names: Iterable[str], said: Iterable[str]) -> set[str]:
    """The names that are said, in whatever form."""
    told = Stems(said)
    return {name for name in names if told.akin(name)}


def _lacking(said: str) -> bool:
    """Some lack it, or only some have it."""
    return bool(_LACK.search(said) and not _NONE.search(said)) or _ONLY_SOME.match(said) is not None


def _says_there(sentence: str) -> bool:
    """A sentence of the expected result that says that something is there, or that is short and says so."""
    plain = len(about(sentence)) <= _SHORT and not has("begun", sentence)
    return plain or has("exists", sentence)


def _fallen_short(told: Sequence[Text], wanted: Sequence[tuple[Text, str]], year: int) -> _Found | None:
    """A number that is not what the expected result says."""
    stated = [(source, sentence) for source, sentence in wanted if may_state(sentence)]
    where = {said: text for text in told for said in text.sentences if may_state(said)} if stated else {}
    for source, sentence in stated:
        for said in short_of(sentence, list(where), year):
            return where[said], said, source, sentence
        if _EVERY.search(sentence):
            for text in told:
                for said in once_of(sentence, text.sentences, year):
                    return text, said, source, sentence
    return None


def _opposed(told: Sequence[Text], wanted: Sequence[tuple[Text, str]], year: int) -> _Found | None:
    """A sentence that says outright what cannot be where the expected result is reached."""
    for source, sentence in wanted:
        for text in told if asks(sentence) else ():
            for said in text.sentences:
                if opposed(sentence, said, year):
                    return text, said, source, sentence
    return None


def _in_progress(said: str) -> bool:
    return has("begun", said) or _left(said)


def _of_some(said: str) -> bool:
    """Less than all: "12 av 20", "85 %", "de flesta"."""
    if words_of(said)[:1] in _ALL:  # "Samtliga har gått kursen, de flesta i maj"
        return False
    parts = ((whole_number(part), whole_number(whole)) for part, whole in _PART.findall(said.casefold()))
    counted = " av " in said and any(part and whole and part < whole for part, whole in parts)
    shares = _SHARE.findall(said) if "%" in said or "procent" in said else ()
    return counted or any(float(share.replace(",", ".")) < 100 for share in shares) or has("some", said)


def _of_the_same(said: str, sentence: str) -> bool:
    """Two words that are no small ones stand in both."""
    here, there = ({stem(word) for word in words_of(text) if len(word) > 3} for text in (said, sentence))
    return len(here & there - _fillers()) > 1


@lru_cache(maxsize=2048)  # asked of what is begun and of what is left
def _left(said: str) -> bool:
    """Something is not done; those "som inte …" are left out, since the sentence is about another thing."""
    return has("undone", said) and any(
        not (said[: each.start()].rstrip().endswith(("som", "om")) or _NO_LONGER.match(each[0]))
        and not _SINCE.search(said, each.end())
        for each in pattern("undone").finditer(said)
    )


def _own(told: Sequence[Text]) -> list[Text]:
    """Texts of a goal itself: what is told of an activity of the board's is not all of its goal."""
    return [text for text in told if text.table == "passages"]


def _undone(told: Sequence[Text]) -> tuple[Text, str] | None:
    return next(((text, s) for text in told for s in text.sentences if _flatly_undone(s)), None)


def _flatly_undone(said: str) -> bool:
    """What was planned was not done, and no other sentence part says that it was made good."""
    # "… ställdes in vid 3 av 38 tillfällen": counted, and so told as what it is.
    if not _left(said) or has("made_good", said) or said.endswith("?"):
        return False
    return not (_of_some(said) or _CAME_ABOUT.search(said) or _AT_FIRST.search(said))


def names_of(text: str) -> set[str]:
    """Stems of long words, those that may name one thing.

    >>> sorted(names_of("En kontaktperson för krisstöd."))
    ['kontaktperso', 'krisstöd']
    """
    return {stem(word) for word in words_of(text) if len(word) >= _LONG} - _fillers()


@cache
def _fillers() -> frozenset[str]:
    return frozenset(stem(word) for word in filler_words())


def _common(rows: Rows, names: set[str]) -> set[str]:
    """Those of some long words that stand all over the report: what the unit does, not one thing of it."""
    most = max(4, len(rows["passages"]) // 8)
    told = {name: [text for text in texts(rows) if name in text.lower] for name in names}
    return {name for name, some in told.items() if sum(name in names_of(text.text) for text in some) > most}


# ---------------------------------------------------------------------------------- activities


@check
def activity_unfinished(rows: Rows) -> Iterator[Noted]:
    """Activities whose end has passed, or that are ticked as done, and whose text says that they are not."""
    report, asked = rows["reports"][0], 0
    for text in texts(rows):
        if text.table != "activities" or not _is_over(text.row, report):
            continue
        said = next(
            (
                s
                for s in text.sentences
                if _unfinished(s, text, report["year"])
                or _late(s, text.row)
                or _falls_short(s, text, report["year"])
            ),
            None,
        )
        if said is None or asked >= MOST:
            continue
        asked += 1
        row = text.row
        words = {"title": row["title"], "quote": quote(said), "when": _when(row)}
        other = Other("activities", row["row_id"], place(row), "end")
        yield text.doubt(rows, "activity_unfinished", said, words, other)


def _is_over(row: Row, report: Row) -> bool:
    if row["deviation"] or report["kind"] != "VB":
        return False
    return bool(row["completed"]) or (
        row["end"] is not None and row["end"] <= datetime.date(report["year"], 12, 31)
    )


def _when(row: Row) -> str:
    return "är bockad som klar" if row["completed"] else f"slutar {row['end']}"


def _unfinished(said: str, text: Text, year: int) -> bool:
    """The sentence is of the activity itself: it is all that is said, or names it or "the work"."""
    if said.endswith("?") or has("made_good", said):
        return False
    begun = has("begun", said) and not has("begun_finished", said)
    alone = len(text.sentences) == 1
    if not (begun or _left(said) or _put_off(said, year) or (alone and _TO_COME.search(said))):
        return False
    return alone or has("the_work", said) or bool(_things(said) & _things(text.row["title"]))


def _falls_short(said: str, text: Text, year: int) -> bool:
    """It was done for some of all, and nothing more is said; or less often than "weekly"."""
    title = text.row["title"]
    some = len(text.sentences) == 1 and _EVERY.search(title) and _of_some(said) and not has("cause", said)
    return bool(some) or (asks(title) and opposed(title, said, year))


def _late(said: str, row: Row) -> bool:
    """It was done after its end: "Genomfört i februari 2026", "Gruppen infördes i september"."""
    done = _DONE_IN.search(said)
    if done is None or row["end"] is None:
        return False
    month = MONTHS.index(done["month"].casefold()) + 1
    if done["year"]:
        return (int(done["year"]), month) > (row["end"].year, row["end"].month)
    if row["start"] is None or row["start"].year != row["end"].year:  # which September is not told
        return False
    named = Stems(_things(row["title"]))
    return month > row["end"].month and bool(shared(_things(said[: done.start()]), named))


def _things(text: str) -> set[str]:
    """Stems of what may be meant by an activity's title: shorter words do there."""
    return {stem(word) for word in words_of(text) if len(word) > 5} - _fillers()


def _put_off(said: str, year: int) -> bool:
    return has("put_off", said) and (has("later", said) or str(year + 1) in said)
