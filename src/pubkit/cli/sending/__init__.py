"""The sub-commands of ``pubkit send``, a module each."""
