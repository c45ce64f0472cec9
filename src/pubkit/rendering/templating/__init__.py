"""Templates: where they lie, what they say, and the engine that fills them in."""
