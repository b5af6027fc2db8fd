"""Writes of the indicators app: definitions, loads, starter set."""
