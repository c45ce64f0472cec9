"""What an English text says in figures."""
