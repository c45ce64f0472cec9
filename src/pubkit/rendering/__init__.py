"""A document in one language becomes a page, and the page becomes a PDF."""
