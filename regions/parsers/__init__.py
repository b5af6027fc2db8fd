"""Bytes or text to frozen rows; no Django."""
