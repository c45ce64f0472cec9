"""File formats, one per module: bytes in, values of the model out, and back."""
