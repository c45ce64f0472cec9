"""How rosters are read: in which encoding, which addresses, how fast."""
