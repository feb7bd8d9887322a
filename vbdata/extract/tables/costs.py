"""What a reading of lines as rows costs, in one place: how surprising what it says of the print is.

Set on tables printed in many ways: a reading is taken where every other costs `SURE` more.
"""

NEVER = 1e6
SURE = 0.8
"""How much cheaper the best reading must be than any other for its rows to be read."""
KNOWN_NAME = -3.0
BEGINS_NAME = -1.0
SMALL_START = 2.0
CAPITAL = 0.5
"""Each line of a row but its first that begins with a capital letter."""
OPEN_BRACKET = 1.5
DANGLES = 1.2
"""A name that is known, or begins one that is; that begins with a small letter, ends inside a bracket or in a
word that nothing ends in."""
NO_NAME = 3.0
LINE = 0.15
"""Each line of a row but the one with its values."""
GAP = 3.0
"""A gap inside a row that is wider than its table's usual one; `WIDER` of a letter's height is wider."""
WIDER = 0.3
NO_GAP = 0.6
"""Two rows without such a gap between them, where the table has some."""
ABOVE = 2.5
"""Lines above a row's values, where the table's values stand on their rows' first lines."""
UNEVEN = 0.7
"""Each line by which values stand off the middle of their row, where the table's stand in the middle."""
MISFIT = 6.0
"""Two values in one cell, a cell that cannot be what its title says."""
TEXT, TEXT_LINE = 1.5, 0.4
"""Text between two rows without a label, and each line of it."""
UNLABELLED = 2.0
"""Each line between a row and the label of its Analys."""
BEFORE = 1.0
"""Each line between the header and the first row."""
MIDDLE = 1.0
"""That a table's values stand in the middle of their rows."""
LINES = 9
"""Lines of a name above its values, or below them, at most."""
NO_RULE = 2.0
"""A row that begins where no rule stands, where rules part the others."""
LABEL, NEARLY, PIECE, UNKNOWN = 0.4, 0.7, 2.2, 3.5
"""A label of the form, and how far it is from a known one: nearly, the end of one, none."""
