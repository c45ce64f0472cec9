"""Are the agreed terms, events and places rendered as agreed?"""
