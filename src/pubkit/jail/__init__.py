"""A child process that can do nothing but compute, and whose end costs nobody anything.

::

    parent --fork--> child: limits, no network, a few folders to read --> the work
    parent <-- bytes, or what went wrong -- pipe -- child

What comes out of the pipe is bytes with lengths and JSON, never objects: whoever takes the child
over, by a fault in a library that reads pictures or fonts, gets no further than that.

Each wall stands by itself (``walls.py``), and none is needed for the others; a machine that lacks
one has the rest. ``pubkit doctor`` tells which ones stand.
"""

from pubkit.jail.process import PATIENCE, Bounds, Cause, Cell, Ended, run_jailed, standing_walls
from pubkit.jail.walls import Wall

__all__ = [
    "PATIENCE",
    "Bounds",
    "Cause",
    "Cell",
    "Ended",
    "Wall",
    "run_jailed",
    "standing_walls",
]
