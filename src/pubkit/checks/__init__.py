"""What is wrong with a translation, a source, a finished edition.

A check is a function; ``registry`` says how one is written, ``themes`` has them all, ``runner``
runs them. Those of finished editions are run by ``proofreading``, which imports no others.
"""
