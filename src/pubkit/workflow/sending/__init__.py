"""``pubkit send``: the editions of a document go to the members.

What may be sent is looked at once, when a campaign begins (``editions.py``), and frozen then.
A run that goes on with a campaign reads nothing of the document, and starts quickly.
"""
