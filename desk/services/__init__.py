"""Writes of this app, one transaction each."""
