"""Messages go to a mail server: where it is, how it is spoken to, what it says."""
