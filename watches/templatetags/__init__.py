"""Template tags of watches."""
