"""What pubkit knows of persons, titles, organizations and terms."""
