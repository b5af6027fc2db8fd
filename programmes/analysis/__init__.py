"""Answers about programmes and calls that need no database."""
