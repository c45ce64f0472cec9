"""The message: its headers, its parts, and the look at both before it goes."""
