"""What a cell of a report's table can hold, as regular expressions."""

from __future__ import annotations

import re

NUMBER = r"[-−–]?\d+(?:[.,]\d+)?(?: ?%)?"
GROUPED = r"[-−–]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?: ?%)?"
KG = r"kg(?: ?CO ?2e?)?(?: ?/ ?kg| per ?kg(?: [a-zåäö ]{3,24}?)?)?"
WITH_UNIT = rf"\d+(?:[.,]\d+)? (?:st|kr|{KG}|procent|index|mnkr|tkr|timmar|dagar)"
RULE = r"(?:[Öö]ka[r]?|[Mm]inska[r]?|Tas fram av ?n ?ä ?m ?n ?d(?: ?/ ?s ?t ?y ?r ?e ?l ?s ?e ?n?)?(?:en)?)"
ABOUT = r"(?:drygt|knappt|närmare|nästan|cirka|c:a|ca\.?)"
DASH = r"[-–—*]"
VALUE = rf"(?:(?:{ABOUT} )?(?:{WITH_UNIT}|{NUMBER}|{GROUPED})|{DASH})?"
TARGET = rf"(?:(?:{ABOUT} )?(?:{WITH_UNIT}|{RULE}|{NUMBER}|{GROUPED})|{DASH})?"
SOME = rf"(?:{WITH_UNIT}|{RULE}|{NUMBER})"
PERIOD = r"(?:(?:VB|T1|T2|Tertial [12]) ?)?20\d\d|År|Tertial|Halvår|Kvartal|Månad"
DATE = r"\d{4}-\d{2}-\d{2}"
COUNT = r"(?:\d+(?: {0,2}st\b\.?)?)?"

ENDS_IN_PERIOD = re.compile(rf"(?:^|\s)(?:{PERIOD})\s*$")
DATES_LOOSE = re.compile(rf"({DATE})\s+({DATE})(?:\s+(\S.{{0,20}}?))?\s*$")
ONLY_COUNTS = re.compile(rf"^(?P<cells>{COUNT} {COUNT} {COUNT} {COUNT})(?: (?P<rest>.*))?$", re.S)
