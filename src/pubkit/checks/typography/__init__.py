"""Is the translation set as its language is set?"""
