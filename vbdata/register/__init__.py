"""The register of units: who they are, what became of whom, and how many people they serve.

Three CSV files in the workbook's ``data/``, kept by the analyst. A file that contradicts itself is an error
that names its row; nothing is guessed.
"""

from vbdata.register.entries import KINDS, Denominator, Succession, Unit
from vbdata.register.files import ENVIRONMENT, register_folder
from vbdata.register.register import Register, register

__all__ = [
    "ENVIRONMENT",
    "KINDS",
    "Denominator",
    "Register",
    "Succession",
    "Unit",
    "register",
    "register_folder",
]
