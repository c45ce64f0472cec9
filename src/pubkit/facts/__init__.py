"""Facts by value: what the figures, dates, times and amounts of an English and a Chinese text say.

Pure functions over plain strings. ``english`` and ``chinese`` read facts, ``indexed``
looks them up, ``rewordings`` knows what says the same otherwise, ``comparison`` tells which of them
the other text does not say. Nothing here knows catalogs, pairs or messages.
"""
