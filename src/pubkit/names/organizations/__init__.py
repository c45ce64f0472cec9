"""The organizations of a document, of which nobody has agreed on a rendering."""
