"""The pages, feeds and maps around all editions."""
