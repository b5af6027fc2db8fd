"""Import and export of the catalogue as sheets."""
