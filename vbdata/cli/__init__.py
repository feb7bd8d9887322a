"""The command line: a module for each group of commands, which are registered by being imported."""

from vbdata.cli import pages, reading, workbook, writing
from vbdata.cli.app import app, main

__all__ = ["app", "main", "pages", "reading", "workbook", "writing"]
