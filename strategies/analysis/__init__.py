"""Pure parts: which priorities are alike, and where terms stand in a text."""
