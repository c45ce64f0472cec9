"""One module per command: the line from source to edition, with its files read and written.

Nothing here prints, exits, or reads the environment or the clock; progress is told to a callback.
"""
