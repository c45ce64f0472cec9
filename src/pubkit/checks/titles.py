"""Has every person the right title and office in the translation?"""
