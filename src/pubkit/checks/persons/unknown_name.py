"""Is everybody in the termbase?"""
