"""Words and spelling. Pure."""
