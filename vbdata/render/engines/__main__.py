"""A process of a run: ``python -m vbdata.render.engines fork|kernel <deadline> <memory>``."""

from __future__ import annotations

import sys

from vbdata.render.engines.job import Limits

if __name__ == "__main__":
    kind, deadline, memory = sys.argv[1:]
    if kind == "fork":
        from vbdata.render.engines.fork import main
    else:
        from vbdata.render.engines.kernel import main
    main(Limits(float(deadline), int(memory)))
