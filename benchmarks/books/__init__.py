"""How many translations of other programs' books are kept."""
