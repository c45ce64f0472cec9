"""How many seeded faults do the checks find, and how often do they cry wolf?

::

    python -m benchmarks.checks

takes clean translated documents (``corpus/``), makes one fault in a copy of each (``mutators/``),
runs pubkit and its peer over clean and faulty copies (``detection``, ``peers``), and prints what
was found (``report``). ``speed`` measures the time.
"""
