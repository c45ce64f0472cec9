"""What makes WeasyPrint load faster: each part looks before it touches, and puts back what it took.

None of it changes what is laid out: whatever is not as expected raises ``ChangedError``, and
``engine.py`` loads WeasyPrint as it is.
"""
