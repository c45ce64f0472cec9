"""How even Chinese lines are, and what that costs, beside WeasyPrint as it is."""
