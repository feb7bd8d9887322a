"""Sphinx builds the documentation as a site (`make docs`): offline, with warnings as errors.

Code in the Swedish pages is run on the bundled sample, in a workbook of its own below the site's folder, so
that no report of the analyst's is ever shown.
"""

import os
import re
import shutil
import tempfile
from pathlib import Path

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

import vbdata

project, author, release = "vbdata", "vbdata", vbdata.__version__
html_title = f"vbdata {release}"
html_theme = "furo"
html_static_path, html_css_files = ["static"], ["tables.css"]
html_copy_source = html_show_sourcelink = False
html_show_copyright = html_show_sphinx = False
templates_path: list[str] = []
exclude_patterns = ["_site"]
extensions = ["sphinx.ext.autodoc", "numpydoc", "myst_nb"]

autodoc_typehints = "none"  # the docstrings say what a parameter is
autodoc_member_order = "bysource"
default_role = "py:obj"
numpydoc_show_class_members = False

myst_heading_anchors = 3
nb_execution_mode = "force"
nb_execution_in_temp = True
nb_execution_raise_on_error = nb_execution_show_tb = True
nb_merge_streams = True
nb_execution_timeout = 120

SWEDISH = ("snabbstart", "analys", "gallery", "data_dictionary", "quality")
ROOT = Path(__file__).resolve().parents[1]


def make_workbook(app: Sphinx) -> None:
    """The sample's tables, in a workbook that the pages' code finds itself in."""
    from vbdata.ingest import ingest

    folder = Path(app.outdir).resolve().parent / "workbook"
    shutil.rmtree(folder, ignore_errors=True)
    sample = folder / "data/raw/sample"
    shutil.copytree(ROOT / "data/raw/sample", sample)
    for name in ("units.csv", "successions.csv", "denominators.csv"):
        shutil.copyfile(ROOT / "data" / name, folder / "data" / name)
    os.environ["VBDATA_REGISTER"] = str(folder / "data")
    ingest([sample], folder / "data/processed")
    kernels = folder / "ipython/profile_default/ipython_kernel_config.py"
    kernels.parent.mkdir(parents=True)
    kernels.write_text("c.IPKernelApp.log_level = 'ERROR'\n")  # each warns that it is spoken to unencrypted
    os.environ["IPYTHONDIR"] = str(folder / "ipython")
    (folder / "notebooks").mkdir()
    tempfile.tempdir = str(folder / "notebooks")  # where myst_nb runs a page's code


def links_inside(app: Sphinx, docname: str, source: list[str]) -> None:
    """Let what lies outside the folder be read as text there: the pages are also read as files."""
    source[0] = re.sub(r"\]\(\.\./(?:LICENSE|[\w/]+\.ipynb)\)", "](index.md)", source[0])
    source[0] = source[0].replace("](../CHANGELOG.md)", "](changelog.md)")


def in_its_language(app: Sphinx, page: str, template: str, context: dict, doctree: object) -> None:
    """Say to those who listen to a page which language it is in."""
    context["language"] = "sv" if page in SWEDISH else "en"


def setup(app: Sphinx) -> None:
    """What Sphinx calls."""
    app.add_lexer("csv", TextLexer)  # Pygments has none
    app.connect("builder-inited", make_workbook)
    app.connect("source-read", links_inside)
    app.connect("html-page-context", in_its_language)
