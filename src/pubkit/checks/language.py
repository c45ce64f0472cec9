"""Is the translation in the target language, and of a plausible size?"""
