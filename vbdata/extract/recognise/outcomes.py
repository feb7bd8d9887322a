"""How a goal went, in words that no form has, where its heading says that they must tell that."""

from __future__ import annotations

import re

from vbdata.extract.recognise.goals import LONGEST_HEADING, LONGEST_LINE, heads_a_goal
from vbdata.extract.recognise.lines import NOT_LETTER, section_of
from vbdata.extract.recognise.statuses import STATUS_LABEL, STATUS_WORDS, status_of, status_words
from vbdata.vocabulary import clean

_SYMBOLS = tuple("●■▲▼◆○□△◯◼⬤⚫⚪🟢🟡🔴🟠✓✔✗✘❌—")
# What a status says, whatever its words: that something is, or is not, reached or under way.
_SAYS_STATUS = re.compile(
    r"^(?:målet |är |ännu |ej |inte |icke |delvis |helt |nästan |kommer |bedöms |kan |att |till |i )*"
    r"(?:(?:uppfyll(?:s|t|d|da|er|es|as)|uppnå(?:s|dd|tt|r|dda)|nå(?:s|tt|dd)|pågår|på (?:god )?väg)\b"
    r"|(?:aktuellt?|påbörja[dt]|avsluta[dt]|genomför[dt]|bedöm[dt]|mätt|klart?|grönt?|gult?|röd|rött|pågående"
    r"|inga? data|data saknas|enligt plan|fas)$)",
    re.I,
)
#: The first word of a status that stands on the heading's own line, after the title.
_STATUS_BEGINS = re.compile(
    r"\s(?=(?:Uppfyll[sdt]\w*|Uppnå[sdt]\w*|Ej|Inte|Icke|Delvis|Helt|Inga data|Data saknas)\b"
    r"|(?:Status|Bedömning|Måluppfyllelse): [A-ZÅÄÖ])"
)


def unknown_status(text: str) -> str | None:
    """The words of a line that stands where a status does and says how a goal went in unknown words.

    Only right under a goal's heading do its words mean this.

    >>> unknown_status("▲ Uppnås nästan"), unknown_status("● Pågår"), unknown_status("Nästa steg")
    ('Uppnås nästan', 'Pågår', None)
    """
    if len(text) > LONGEST_LINE:
        return None
    text = clean(text)
    words = NOT_LETTER.sub("", STATUS_LABEL.sub("", NOT_LETTER.sub("", text)))
    if not words[:1].isupper() or len(words.split()) > STATUS_WORDS or text.endswith((".", ":", ",", "?")):
        return None
    if section_of(words) or heads_a_goal(words) or any(c.isdigit() for c in words):
        return None
    marked = text.startswith(_SYMBOLS) or STATUS_LABEL.match(text)
    said = marked or _SAYS_STATUS.search(words) or status_of(words)
    return words if said else None


_LOOSE_SYMBOL = " \t—●■▲◆•|"


def split_status(title: str) -> tuple[str, str | None]:
    """A title and the status that stands after it on the heading's own line, known or not.

    >>> split_status("Alla trivs ● Uppfylls helt"), split_status("Alla trivs Ej helt uppfyllt")
    (('Alla trivs', 'Uppfylls helt'), ('Alla trivs', 'Ej helt uppfyllt'))
    >>> split_status("Fler deltar än i fjol"), split_status("Alla trivs Status: Svårt att säga")
    (('Fler deltar än i fjol', None), ('Alla trivs', 'Svårt att säga'))
    """
    if len(title) > LONGEST_HEADING:
        return title, None
    for separator in ("—", "●", "■", "▲", "◆", "•", "|", "  "):
        head, found, tail = title.rpartition(separator)
        if found and head.strip() and (words := status_words(tail) or unknown_status(f"{separator}{tail}")):
            return head.strip(_LOOSE_SYMBOL).rstrip(" –-"), words
    for found_at in _STATUS_BEGINS.finditer(title):
        head = title[: found_at.start()].strip(_LOOSE_SYMBOL).rstrip(" –-")
        tail = title[found_at.end() :]
        if head and (words := status_words(tail) or unknown_status(tail)):
            return head, words
    return title, None
