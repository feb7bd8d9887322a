"""Charts of the reports: every function takes a frame and gives a Matplotlib axes in pixel units.

One unit of an axes is one CSS pixel. `svg` turns an axes into inline SVG whose text is text and whose
colours are the page's CSS variables, so that one drawing serves light, dark and print.
"""

from vbdata.plot.bars import status_bars
from vbdata.plot.canvas import NARROW, WIDE, text_width, wrap
from vbdata.plot.cases import MAX_DOTS, case_dots
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
    "dot_target",
    "funnel",
    "nice_scale",
    "run_chart",
    "scale_around_zero",
    "status_bars",
    "strip",
    "svg",
    "swarm",
    "text_width",
    "transition",
    "trend",
    "wrap",
]
