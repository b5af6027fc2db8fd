"""The REST API of good practices."""
