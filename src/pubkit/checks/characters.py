"""Are there characters that no edition can print, or that nobody can see?"""
