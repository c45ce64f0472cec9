"""Sending: who gets what, how a message is made, and what comes back."""
