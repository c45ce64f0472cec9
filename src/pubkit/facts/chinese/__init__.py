"""What a Chinese text says in figures."""
