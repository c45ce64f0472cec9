"""What a person at a layout desk would move: headlines, pictures, rows, page ends."""
