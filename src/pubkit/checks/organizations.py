"""Does every organization of the source stand in the translation, in its agreed form?"""
