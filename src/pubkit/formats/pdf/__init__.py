"""Finished PDFs: read back as viewers, screen readers and search engines will."""

from pubkit.formats.pdf.reader import read_pdf

__all__ = ["read_pdf"]
