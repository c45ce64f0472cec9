"""Whether two texts plainly say the same: most do, and need no further reading.

One walk over each text takes the figures, dates and times that are written in their usual forms,
as values. Where both texts have the same ones, nothing can be wrong with them. Anything unusual,
in either text, ends the walk: ``comparison`` reads such texts with care.
"""
