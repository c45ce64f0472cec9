"""Editions go to the members: who they are, what each gets, and what became of it."""
