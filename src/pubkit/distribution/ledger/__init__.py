"""What became of each message, kept so that neither a kill nor a full disk can lose it."""
