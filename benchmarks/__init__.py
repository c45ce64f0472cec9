"""What is measured, against which peers; one package for each question."""
