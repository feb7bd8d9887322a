"""Read a PDF into a Document: characters and rules from pdfium, tables and blocks by our own hand."""

from vbdata.extract.pdf.reader import read_pdf

__all__ = ["read_pdf"]
