"""Read a Word file into a Document: paragraphs and table rows in order, merged cells, icons."""

from vbdata.extract.docx.reader import read_docx

__all__ = ["read_docx"]
