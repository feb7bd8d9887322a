"""Interactive tables by itables (DataTables), all of it in the notebook: nothing is asked of the network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from vbdata.render.parts import css
from vbdata.render.parts.html import Block, Html, element

PAGE = 25
SWEDISH: Any = {
    "decimal": ",",
    "thousands": "\u00a0",
    "search": "Sök i tabellen:",
    "lengthMenu": "Visa _MENU_ rader",
    "info": "Rad _START_–_END_ av _TOTAL_",
    "infoEmpty": "Inga rader",
    "infoFiltered": "(av _MAX_)",
    "zeroRecords": "Ingen rad passar",
    "emptyTable": "Inga rader",
    "paginate": {"first": "Första", "previous": "Förra", "next": "Nästa", "last": "Sista"},
}
SORTING = """function () {
  var order = this.constructor.fn.dataTable.ext.type.order;
  var swedish = new Intl.Collator("sv", {numeric: true});
  function plain(cell) { return String(cell).replace(/<[^>]*>/g, "").trim(); }
  function number(text) { return Number(text.replace(/\\s/g, "").replace("\u2212", "-").replace(",", ".")); }
  function by(sign) {
    return function (one, other) {
      var a = plain(one), b = plain(other), difference = number(a) - number(b);
      if (!a || !b) { return !a - !b; }
      return sign * (isNaN(difference) ? swedish.compare(a, b) : difference);
    };
  }
  order["svensk-asc"] = by(1); order["svensk-desc"] = by(-1);
}"""
"""What a click on a title does: Swedish order, numbers by size, and blanks last either way."""
LONG = 40
"""A longer text gets room enough to be read, however many columns there are."""
_STYLE = Html(
    "<style>.vb .rull{overflow-x:auto;max-width:100%}"
    ".vb .rull table{table-layout:auto;font-size:.875rem;line-height:1.35}"
    ".vb .rull td{vertical-align:top;text-align:start;white-space:normal;padding:.375rem .75rem}"
    ".vb .rull td:first-child,.vb .rull th:first-child{padding-inline-start:.5rem}"
    ".vb .rull th{white-space:nowrap;text-align:start}"
    ".vb .rull .lang{min-width:16rem;max-width:38rem}.vb .rull .kall{min-width:9rem;overflow-wrap:anywhere}"
    ".vb .rull .ordagrant{font-family:ui-monospace,monospace;font-size:.8125rem}"
    ".vb mark{background:#ffdc80;color:#5c3f00;padding:0 .1em;border-radius:.15em}</style>"
)


def setup() -> Block:
    """Stylesheet, glyphs, and the tables' script, which stands in this output."""
    from itables.javascript import init_notebook_mode

    init_notebook_mode(all_interactive=False, connected=False)
    return Block(css.setup().html + _STYLE, "none")


def interactive(columns: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> Html:
    """A table of cells that are escaped already; it can be sorted, searched and paged through."""
    from itables import JavascriptFunction
    from itables.javascript import to_html_datatable

    safe = [[str(_cell(cell)) for cell in row] for row in rows]
    frame = pd.DataFrame(safe, columns=list(columns), dtype="string")
    shown = to_html_datatable(
        frame, connected=False, allow_html=True, showIndex=False, show_dtypes=False, maxBytes=0,
        pageLength=PAGE, lengthMenu=[10, PAGE, 100, 500], classes="display compact", language=SWEDISH,
        autoWidth=False, display_logo_when_loading=False, style="width:100%;margin:0",
        layout={"topStart": "search", "topEnd": "pageLength", "bottomStart": "info", "bottomEnd": "paging"},
        warn_on_unexpected_option_type=False, drawCallback=JavascriptFunction(SORTING),
        text_in_header_can_be_selected=False,  # a click on a title sorts
        columnDefs=[{"targets": "_all", "type": "svensk"}],
    )  # fmt: skip
    title = element("p", element("strong", caption))
    return title + element("div", Html(shown), class_="rull")


def _cell(content: object) -> Html:
    """A cell that is escaped; a long text with room of its own."""
    safe = Html("{}").format(content)
    return element("div", safe, class_="lang") if len(safe.striptags()) > LONG else safe
