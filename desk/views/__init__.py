"""Pages of the curators' desk that are of no single record."""
