"""Does a translation agree with itself from entry to entry?"""
