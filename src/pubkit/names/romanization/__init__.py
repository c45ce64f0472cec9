"""Chinese names in Latin letters: syllables, spellings, surnames, and how characters are read."""
