"""Names, places and answers compared. Pure."""
