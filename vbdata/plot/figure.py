"""The figure that an analyst's chart is drawn in: a notebook shows it in its theme's colours, with a text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend import Legend

from vbdata.errors import ParameterError
from vbdata.plot.canvas import WIDE, wrap
from vbdata.plot.svg import drawn
from vbdata.plot.tokens import COLOUR, RC, TEXT_LARGE, TEXT_SMALL, declarations

STYLE: dict[Any, Any] = {
    **RC,
    "figure.facecolor": COLOUR["bg"],
    "axes.facecolor": COLOUR["bg"],
    "axes.edgecolor": COLOUR["edge"],
    "axes.labelcolor": COLOUR["muted"],
    "axes.labelsize": TEXT_SMALL,
    "axes.titlecolor": COLOUR["ink"],
    "axes.titlelocation": "left",
    "axes.titlesize": TEXT_LARGE,
    "axes.titleweight": "bold",
    "axes.titlepad": 14,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": COLOUR["line"],
    "text.color": COLOUR["ink"],
    "xtick.color": COLOUR["edge"],
    "ytick.color": COLOUR["edge"],
    "xtick.labelcolor": COLOUR["muted"],
    "ytick.labelcolor": COLOUR["ink"],
    "xtick.labelsize": TEXT_SMALL,
    "ytick.labelsize": TEXT_SMALL,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "legend.fontsize": TEXT_SMALL,
}
"""Matplotlib settings of the charts: the pages' colours and sizes."""
_TOKEN = {colour: f"var(--{name},{colour})" for name, colour in COLOUR.items()}
_DARK = (
    'body[data-jp-theme-light="false"] .vbdata-chart,body.vscode-dark .vbdata-chart,body[data-theme="dark"] '
    f".vbdata-chart{{{declarations(dark=True)}}}@media (prefers-color-scheme:dark){{"
    f'body[data-theme="auto"] .vbdata-chart{{{declarations(dark=True)}}}}}'
    ".vbdata-chart svg{max-width:100%;height:auto}"
)
"""Dark in JupyterLab, in Visual Studio Code, and on the site of the documentation."""


@contextmanager
def styled() -> Iterator[None]:
    """The settings above, for as long as something is drawn.

    A notebook's backend is loaded with the first figure and turns on that figures are shown: that stays.
    """
    shows = matplotlib.is_interactive()
    try:
        with matplotlib.rc_context(STYLE):
            try:
                yield
            finally:
                shows = matplotlib.is_interactive()
    finally:
        matplotlib.interactive(shows)


class Chart(Figure):
    """A figure with a text alternative; a notebook shows it as text and lines, not as a picture of them."""

    explains = 0
    """In how many columns the chart says what its marks are; 0 where it need not."""
    _own: Legend | None = None

    @property
    def alt(self) -> str:
        """The text alternative, which its axes have as their label."""
        return " ".join(str(ax.get_label()) for ax in self.axes)

    def draw(self, renderer: Any) -> None:
        """Draw it with a legend of its marks as they look now, unless it has been given another."""
        redraw, self.stale_callback = self.stale_callback, None  # a window need not draw it once more
        if self._own in self.legends:
            self._own.remove()
        if self.explains and not self.legends and not any(ax.get_legend() for ax in self.axes):
            marks, words = self.axes[0].get_legend_handles_labels()
            self._own = self.legend(
                marks, _wrapped(words, WIDE - 60), loc="outside lower left", ncols=self.explains,
                frameon=False, fontsize=TEXT_SMALL, labelcolor=COLOUR["ink"],
            )  # fmt: skip
        self.stale_callback = redraw
        super().draw(renderer)

    def to_html(self) -> str:
        """The figure as HTML that stands alone: light, and dark where the notebook is."""
        root = drawn(self)
        root = root[root.index("<svg") :]
        for colour, token in _TOKEN.items():
            root = root.replace(colour, token)
        root = re.sub(r"font: ([^;]*)'DejaVu Sans'", r"font: \1'DejaVu Sans', system-ui, sans-serif", root)
        named = f'<svg role="img" aria-label="{html.escape(self.alt)}"'
        return f'<div class="vbdata-chart"><style>{_DARK}</style>{root.replace("<svg", named, 1)}</div>'

    def _ipython_display_(self) -> None:
        from IPython.display import display

        shown = {"text/html": self.to_html(), "text/plain": self.alt}
        display(shown, raw=True)


def axes(given: Axes | None, width: float, height: float) -> Axes:
    """The axes given, or one in a new figure of so many CSS px, which a notebook shows at the cell's end."""
    import matplotlib.pyplot as plt

    if isinstance(given, Axes):
        return given
    if given is not None:
        raise ParameterError("diagrammet ritas i en Axes av Matplotlib", value=str(given), hint="utelämna ax")

    with styled():
        figure = plt.figure(FigureClass=Chart, figsize=(width / 72, height / 72), layout="constrained")
        return figure.add_subplot()


def told(ax: Axes, head: str, said: Sequence[str], title: str | None, alt: str | None) -> Axes:
    """Give an axes its title, and as its label the text alternative: those asked for, else what it shows."""
    shown = head if title is None else str(title)
    with styled():
        ax.set_title("\n".join(wrap(shown, WIDE - 340, TEXT_LARGE, bold=True)))
    ax.set_label(alt or f"{head}. {'; '.join(said)}.")
    return ax


def explained(ax: Axes, columns: int) -> None:
    """Say what the marks of an axes are, below the chart or the axes; `ax.legend()` says it anew."""
    figure = ax.get_figure(root=True)
    if isinstance(figure, Chart):
        figure.explains = columns
        return
    marks, words = ax.get_legend_handles_labels()
    wide = ax.get_window_extent().width * 72 / ax.figure.dpi
    ax.legend(marks, _wrapped(words, wide), loc="upper left", bbox_to_anchor=(0, 0), borderaxespad=3.4)


def _wrapped(words: Sequence[str], width: float) -> list[str]:
    return ["\n".join(wrap(each, width, TEXT_SMALL)) for each in words]
