"""The command line: arguments in, text and exit code out.

The only part of pubkit that prints, exits, and reads the environment and the clock.
"""

from pubkit.cli.quick import main

__all__ = ["main"]
