"""The curators' care of what is held: duplicates, links, gaps, corrections."""
