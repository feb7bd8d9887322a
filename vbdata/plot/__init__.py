"""Charts of the reports: a frame in, a Matplotlib axes out.

`goals`, `outcomes`, `spread`, `years` and `complaints` are for analysts: each takes a table that
`vbdata.load` gives, and draws in any axes or in a figure of its own.

The others draw what the pages show, from frames that are made for them and in pixels: one unit of an axes is
one CSS pixel. `svg` turns an axes into inline SVG whose text is text and whose colours are the page's CSS
variables, so that one drawing serves light, dark and print.
"""

from vbdata.plot.bars import status_bars
from vbdata.plot.canvas import NARROW, WIDE, text_width, wrap
from vbdata.plot.cases import MAX_DOTS, case_dots
from vbdata.plot.charts import complaints, goals, outcomes, spread, years
from vbdata.plot.dots import dot_target
from vbdata.plot.funnel import funnel
from vbdata.plot.periods import run_chart
from vbdata.plot.scale import Scale, nice_scale, scale_around_zero
from vbdata.plot.strip import strip
from vbdata.plot.svg import svg
from vbdata.plot.swarm import swarm
from vbdata.plot.tokens import TOKENS
from vbdata.plot.transition import transition
from vbdata.plot.trend import trend

__all__ = [
    "MAX_DOTS",
    "NARROW",
    "TOKENS",
    "WIDE",
    "Scale",
    "case_dots",
    "complaints",
    "dot_target",
    "funnel",
    "goals",
    "nice_scale",
    "outcomes",
    "run_chart",
    "scale_around_zero",
    "spread",
    "status_bars",
    "strip",
    "svg",
    "swarm",
    "text_width",
    "transition",
    "trend",
    "wrap",
    "years",
]


def __dir__() -> list[str]:
    """What an analyst looks for; the pages' drawings have parts that only pages make."""
    return ["TOKENS", "complaints", "goals", "outcomes", "spread", "years"]
