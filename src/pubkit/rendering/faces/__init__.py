"""The faces of an edition, made ready before it is laid out.

::

    page --find_characters--> characters, installed_faces --ready_fonts--> FontSet
    FontSet --configured_fonts--> what WeasyPrint lays the page out with

A face for Chinese has twenty megabytes and an edition uses a hundredth of them. Here it gets a
small face with its own characters, and a configuration of fonts of its own: what else is
installed, and what the user's fontconfig says, changes no edition. What the small faces lack is
seen after the layout, and the edition is laid out again with the whole ones.
"""
