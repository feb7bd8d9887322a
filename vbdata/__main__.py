"""``python -m vbdata`` is the same as ``vbdata``."""

from vbdata.cli import main

main()
