"""Does the source contradict itself? The slips of the report, reported on the report."""
