"""The persons of a document: found by rule, and compared in a text and its translation."""
